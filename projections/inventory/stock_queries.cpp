// How questions are answered from the moves of stock.
#include "projections/inventory/stock_queries.h"

#include "projections/any_day.h"
#include "projections/inventory/stock.h"
#include "projections/ledger/ledger_totals.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

namespace kontor::inventory {

namespace {

const std::vector<std::int64_t> usual_bounds{30, 90, 180, 365};

struct Lain {
    Date since;
    std::int64_t quantity = 0;
};

// What is left when what came first went first.
class Lying {
public:
    void move(Date day, std::int64_t quantity) {
        if (quantity > 0) {
            const std::int64_t covered = std::min(missing_, quantity);
            missing_ -= covered;
            if (quantity > covered) lain_.push_back({day, quantity - covered});
            return;
        }
        for (quantity = -quantity; quantity > 0 && !lain_.empty();) {
            const std::int64_t taken = std::min(quantity, lain_.front().quantity);
            quantity -= taken;
            lain_.front().quantity -= taken;
            if (lain_.front().quantity == 0) lain_.pop_front();
        }
        missing_ += quantity;
    }
    const std::deque<Lain>& lain() const { return lain_; }

private:
    std::deque<Lain> lain_;
    std::int64_t missing_ = 0;
};

std::size_t band_of(const std::vector<std::int64_t>& bounds, std::int64_t days) {
    return static_cast<std::size_t>(std::ranges::lower_bound(bounds, days) - bounds.begin());
}

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

void StockModel::answer(const StockAgeing& query, const AsOf& as_of, Page<AgedStock>& page) const {
    const Currency base = currency_of(as_of, query.company);
    std::vector<std::int64_t> bounds = query.bounds.empty() ? usual_bounds : query.bounds;
    std::ranges::sort(bounds);
    AgedTotals totals{{0, base}};
    bool full = false;
    for (const items::ItemCode& item : items_of(as_of, query.company)) {
        if (query.item && item != *query.item) continue;
        std::vector<AgedStock> bands(bounds.size() + 1);
        for (std::size_t at = 0; at < bands.size(); ++at) {
            bands[at].item = item;
            bands[at].days_from = at == 0 ? 0 : bounds[at - 1] + 1;
            if (at < bounds.size()) bands[at].days_to = bounds[at];
            bands[at].value = {0, base};
        }
        for (const Replayed& series : replayed(as_of, query.company, item)) {
            Lying lying;
            Money value{0, base};
            Date newest = first_date;
            for (const ReplayedMove& move : series.moves) {
                if (move.move) newest = move.kept.move.at.day;
                lying.move(move.kept.move.at.day, move.kept.move.quantity);
                value.minor += move.kept.effect.stock;
            }
            if (value.minor < 0 || lying.lain().empty()) continue;
            const Date on = as_of.corner.valid_at.value_or(newest);
            std::vector<std::int64_t> weights;
            for (const Lain& lain : lying.lain()) weights.push_back(lain.quantity);
            const std::vector<Money> values = allocate(value, weights);
            for (std::size_t at = 0; at < weights.size(); ++at) {
                AgedStock& band = bands[band_of(bounds, on.days - lying.lain()[at].since.days)];
                band.quantity = {band.quantity.micro + weights[at], series.unit};
                band.value = band.value + values[at];
            }
        }
        for (const AgedStock& band : bands) {
            totals.value = totals.value + band.value;
            std::string key = ordered_key(ItemKey{query.company, item}) +
                              ordered_key(Date{static_cast<int>(band.days_from)});
            if (band.quantity.micro > 0 && !full && key > page.after())
                full = !page.add(std::move(key), band);
        }
    }
    page.totals(totals);
}

}  // namespace kontor::inventory
