// How questions are answered from the moves of stock.
#include "projections/inventory/stock_queries.h"

#include "projections/any_day.h"
#include "projections/inventory/stock.h"
#include "projections/ledger/ledger_totals.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace kontor::inventory {

namespace {

const std::vector<std::int64_t> usual_bounds{30, 90, 180, 365};

}  // namespace

void StockModel::answer(const StockReconciliation& query, const AsOf& as_of,
                        Page<ReconciledStock>& page) const {
    const Currency base = currency_of(as_of, query.company);
    std::set<ledger::AccountCode> accounts;
    series_.each(on_any_day(as_of), ordered_key(query.company),
                 [&](const MovedLine& line) { accounts.insert(line.begins->bearers.stock); });
    std::map<items::ItemCode, ReconciledStock> rows;
    const auto row_of = [&](const items::ItemCode& item) -> ReconciledStock& {
        return rows.try_emplace(item, ReconciledStock{item, {0, base}, {0, base}, {0, base}})
            .first->second;
    };
    for (const items::ItemCode& item : items_of(as_of, query.company)) {
        Wide posted = 0;
        values_.sum(as_of.rows, ordered_key(ItemKey{query.company, item}), as_of.corner,
                    {&posted, 1});
        row_of(item).stock.minor = static_cast<std::int64_t>(posted);
    }
    ledger::Scope scope;
    scope.corner = as_of.corner;
    const auto& books = as_of.models.of<ledger::LedgerTotals>();
    for (const auto& [group, turnover] :
         books.by_values(as_of, query.company, {item_dimension}, {}, scope, accounts))
        row_of({group.values.front().text}).ledger.minor +=
            static_cast<std::int64_t>(turnover.balance());
    ReconciliationTotals totals{{0, base}, {0, base}, {0, base}};
    bool full = false;
    for (auto& [item, row] : rows) {
        if (query.item && item != *query.item) continue;
        row.difference = row.stock - row.ledger;
        totals.stock = totals.stock + row.stock;
        totals.ledger = totals.ledger + row.ledger;
        totals.difference = totals.difference + row.difference;
        std::string key = ordered_key(ItemKey{query.company, item});
        const bool empty = row.stock.minor == 0 && row.ledger.minor == 0;
        if (!empty && !full && key > page.after()) full = !page.add(std::move(key), row);
    }
    page.totals(totals);
}

void StockModel::answer(const UnmatchedReturns& query, const AsOf& as_of,
                        Page<UnmatchedReturn>& page) const {
    unmatched_.list(as_of, ordered_key(query.company), page, [&](const UnmatchedReturn& row) {
        return (!query.item || row.item == *query.item) &&
               (!query.customer || row.customer == query.customer);
    });
}

// The last day on which it moved, so that as many moves are until it as there are. Where the newest
// were taken back, days before it are tried.
Date StockModel::newest_of(const AsOf& as_of, const SeriesRowKey& key, std::int64_t moves) const {
    const auto newest = newest_.get(as_of.rows, key, on_any_day(as_of).corner);
    if (!newest) throw StorageBroken("when stock moved last is not there");
    const std::string octets = ordered_key(key);
    const auto has_all = [&](int day) {
        Corner until = as_of.corner;
        until.valid_at = Date{day};
        std::array<Wide, 3> sums{};
        moved_.sum(as_of.rows, octets, until, sums);
        return sums[2] == moves;
    };
    int last = newest->day.days, before = last - 1;
    for (int step = 1; before > first_date.days && has_all(before); step *= 2) {
        last = before;
        before = std::max(last - step, first_date.days);
    }
    while (before + 1 < last) {
        const int middle = before + (last - before) / 2;
        (has_all(middle) ? last : before) = middle;
    }
    return Date{last};
}

// What came first went first, so what is left is what came last: of each band as much as came in
// its days, until it is all that there is.
std::vector<std::int64_t> StockModel::lain_of(const AsOf& as_of, const std::string& key, Date on,
                                              std::int64_t all, std::int64_t came,
                                              const std::vector<std::int64_t>& bounds) const {
    std::vector<std::int64_t> lain(bounds.size() + 1);
    std::int64_t younger = 0;
    for (std::size_t at = 0; at < bounds.size() && younger < all; ++at) {
        std::int64_t until_now = all;
        if (bounds[at] < on.days - first_date.days) {
            Corner until = as_of.corner;
            until.valid_at = Date{static_cast<std::int32_t>(on.days - bounds[at] - 1)};
            std::array<Wide, 3> sums{};
            moved_.sum(as_of.rows, key, until, sums);
            until_now = std::min(all, came - static_cast<std::int64_t>(sums[0]));
        }
        lain[at] = std::max<std::int64_t>(until_now - younger, 0);
        younger += lain[at];
    }
    lain.back() = all - younger;
    return lain;
}

std::map<SeriesKey, std::int64_t> StockModel::values_of(const AsOf& as_of,
                                                        const CompanyCode& company,
                                                        const items::ItemCode& item) const {
    std::map<SeriesKey, std::int64_t> values;
    for (const Replayed& series : replayed(as_of, company, item))
        for (const ReplayedMove& move : series.moves) values[series.series] += move.effect.stock;
    return values;
}

void StockModel::answer(const StockAgeing& query, const AsOf& as_of, Page<AgedStock>& page) const {
    const Currency base = currency_of(as_of, query.company);
    std::vector<std::int64_t> bounds = query.bounds.empty() ? usual_bounds : query.bounds;
    std::ranges::sort(bounds);
    std::string begins_with = ordered_key(query.company);
    if (query.item) begins_with += ordered_key(*query.item);
    struct Costed {
        SeriesKey key;
        Unit unit;
    };
    std::map<items::ItemCode, std::vector<Costed>> items;
    series_.each(on_any_day(as_of), begins_with, [&](const MovedLine& line) {
        items[line.item].push_back({series_of(query.company, line), line.quantity.unit});
    });
    const Sums moved = sums_of(moved_, as_of, begins_with);
    const Sums replayed = sums_of(replayed_, as_of, begins_with);
    AgedTotals totals{{0, base}};
    bool full = false;
    for (const auto& [item, all_series] : items) {
        const std::string item_key = ordered_key(ItemKey{query.company, item});
        std::map<SeriesKey, std::int64_t> values;  // postings have items and no series
        if (all_series.size() > 1)
            values = values_of(as_of, query.company, item);
        else if (const auto value = replayed.find(item_key); value != replayed.end())
            values[all_series.front().key] = value->second[0];
        std::vector<AgedStock> bands(bounds.size() + 1);
        for (std::size_t at = 0; at < bands.size(); ++at) {
            bands[at].item = item;
            bands[at].days_from = at == 0 ? 0 : bounds[at - 1] + 1;
            if (at < bounds.size()) bands[at].days_to = bounds[at];
            bands[at].value = {0, base};
        }
        for (const Costed& series : all_series) {
            const SeriesRowKey row{query.company, item, series.key.area, series.key.lot};
            const std::string key = ordered_key(row);
            const auto sums = moved.find(key);
            const Money value{values[series.key], base};
            if (sums == moved.end() || sums->second[1] <= 0 || value.minor < 0) continue;
            const Date on = as_of.corner.valid_at ? *as_of.corner.valid_at
                                                  : newest_of(as_of, row, sums->second[2]);
            const std::vector<std::int64_t> lain =
                lain_of(as_of, key, on, sums->second[1], sums->second[0], bounds);
            const std::vector<Money> of_bands = allocate(value, lain);
            for (std::size_t at = 0; at < lain.size(); ++at) {
                bands[at].quantity = {bands[at].quantity.micro + lain[at], series.unit};
                bands[at].value = bands[at].value + of_bands[at];
            }
        }
        for (const AgedStock& band : bands) {
            totals.value = totals.value + band.value;
            std::string key = item_key + ordered_key(Date{static_cast<int>(band.days_from)});
            if (band.quantity.micro > 0 && !full && key > page.after())
                full = !page.add(std::move(key), band);
        }
    }
    page.totals(totals);
}

}  // namespace kontor::inventory
