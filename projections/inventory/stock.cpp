// How stock is kept by place and by value, and how a card is replayed from what was known.
#include "projections/inventory/stock.h"

#include "projections/any_day.h"

#include <map>

namespace kontor::inventory {

StockModel::MoveKey StockModel::key_of(const CompanyCode& company, const MoveOrder& at,
                                       const MovedLine& line) {
    return {company, line.item, line.area, line.costed_lot, at};
}

void StockModel::on(const companies::CompanyCreated& created, const Recorded& recorded) {
    bases_.put(recorded, {created.company}, first_date, {created.base_currency});
}

void StockModel::on(const WarehouseOpened& opened, const Recorded& recorded) {
    warehouses_.put(recorded, {opened.company, opened.warehouse}, first_date,
                    {opened.warehouse, opened.name, false});
}

void StockModel::on(const WarehouseRenamed& renamed, const Recorded& recorded) {
    warehouses_.change_always(recorded, {renamed.company, renamed.warehouse},
                              [&](ListedWarehouse& warehouse) { warehouse.name = renamed.name; });
}

void StockModel::on(const WarehouseBlocked& blocked, const Recorded& recorded) {
    warehouses_.change_always(recorded, {blocked.company, blocked.warehouse},
                              [](ListedWarehouse& warehouse) { warehouse.blocked = true; });
}

void StockModel::on(const WarehouseUnblocked& unblocked, const Recorded& recorded) {
    warehouses_.change_always(recorded, {unblocked.company, unblocked.warehouse},
                              [](ListedWarehouse& warehouse) { warehouse.blocked = false; });
}

void StockModel::add(const Recorded& recorded, const CompanyCode& company, Date day,
                     const MovedLine& line, int sign) const {
    const std::int64_t micro = sign * line.quantity.micro;
    quantities_.add(recorded.rows,
                    ordered_key(PlaceKey{company, line.item, line.place.warehouse, line.place.lot}),
                    day, recorded.event, {&micro, 1});
}

void StockModel::post(const Recorded& recorded, const CompanyCode& company,
                      const std::vector<StockEntryLine>& postings) const {
    for (const StockEntryLine& posting : postings)
        if (posting.item)
            values_.add(recorded.rows, ordered_key(ItemKey{company, *posting.item}), posting.date,
                        recorded.event, {&posting.debit.minor, 1});
}

void StockModel::on(const StockMoved& moved, const Recorded& recorded) {
    for (const MovedLine& line : moved.lines) {
        const MoveOrder at{moved.date, moved.second, moved.document, line.line};
        moves_.put(recorded, key_of(moved.company, at, line), moved.date,
                   {at, moved.kind, moved.text, line});
        if (line.begins)
            series_.put(recorded, {moved.company, line.item, line.area, line.costed_lot},
                        first_date, line);
        add(recorded, moved.company, moved.date, line, +1);
    }
    post(recorded, moved.company, moved.postings);
}

void StockModel::on(const StockLineCorrected& corrected, const Recorded& recorded) {
    const MoveOrder at{corrected.date, corrected.second, corrected.document, corrected.was.line};
    const MoveKey key = key_of(corrected.company, at, corrected.was);
    auto move = moves_.get(recorded.rows, key, Corner{});
    if (!move) throw StorageBroken("a corrected move is not there");
    move->line = corrected.becomes;
    moves_.put(recorded, key, corrected.date, *move);
    add(recorded, corrected.company, corrected.date, corrected.was, -1);
    add(recorded, corrected.company, corrected.date, corrected.becomes, +1);
    post(recorded, corrected.company, corrected.postings);
}

void StockModel::on(const StockDocumentReversed& reversed, const Recorded& recorded) {
    for (const MovedLine& line : reversed.lines) {
        const MoveOrder at{reversed.date, reversed.second, reversed.document, line.line};
        moves_.erase(recorded, key_of(reversed.company, at, line), reversed.date);
        add(recorded, reversed.company, reversed.date, line, -1);
    }
    post(recorded, reversed.company, reversed.postings);
}

Currency StockModel::currency_of(const AsOf& as_of, const CompanyCode& company) const {
    const auto base = bases_.get(as_of.rows, {company}, Corner{});
    if (!base) throw StorageBroken("a company with stock has no currency");
    return base->currency;
}

void StockModel::answer(const WarehouseList& query, const AsOf& as_of,
                        Page<ListedWarehouse>& page) const {
    warehouses_.list(as_of, ordered_key(query.company), page);
}

void StockModel::answer(const StockOnHand& query, const AsOf& as_of,
                        Page<StockAtPlace>& page) const {
    std::string begins_with = ordered_key(query.company);
    if (query.item) begins_with += ordered_key(*query.item);
    std::optional<std::string_view> after;
    if (!page.after().empty()) after = page.after();
    std::map<items::ItemCode, Unit> units;
    const auto unit_of = [&](const items::ItemCode& item) {
        const auto [unit, missing] = units.try_emplace(item);
        if (missing) {
            const auto begun = series_.first(
                as_of.rows, ordered_key(query.company) + ordered_key(item), {}, Corner{});
            if (!begun) throw StorageBroken("stock of an item never began");
            unit->second = begun->quantity.unit;
        }
        return unit->second;
    };
    quantities_.for_each_sum(
        as_of.rows, begins_with, after, as_of.corner,
        [&](std::string_view key, std::span<const Wide> sums) {
            if (sums[0] == 0) return true;
            std::string_view octets = key;
            const auto place = taken<PlaceKey>(octets);
            if (query.warehouse && place.warehouse != *query.warehouse) return true;
            return page.add(std::string(key),
                            {place.item, place.warehouse, place.lot,
                             Quantity{static_cast<std::int64_t>(sums[0]), unit_of(place.item)}});
        });
}

std::vector<items::ItemCode> StockModel::items_of(const AsOf& as_of,
                                                  const CompanyCode& company) const {
    std::vector<items::ItemCode> items;
    series_.each(on_any_day(as_of), ordered_key(company), [&](const MovedLine& line) {
        if (items.empty() || items.back() != line.item) items.push_back(line.item);
    });
    return items;
}

std::vector<StockModel::Replayed> StockModel::replayed(const AsOf& as_of,
                                                       const CompanyCode& company,
                                                       const items::ItemCode& item) const {
    struct Series {
        std::vector<MoveOfItem> moves;
        std::vector<Edit> edits;  // that make it from nothing
    };
    std::map<SeriesKey, Series> by_key;
    const std::string of_item = ordered_key(company) + ordered_key(item);
    // A series is costed as it began, whatever has become of the document that it began with.
    series_.each(on_any_day(as_of), of_item, [&](const MovedLine& line) {
        const Move begins = beginning(*line.begins, {}, line.line);
        by_key[series_of(company, line)].edits.push_back({begins.at, std::nullopt, begins});
    });
    moves_.each(as_of, of_item, [&](MoveOfItem move) {
        Series& series = by_key[series_of(company, move.line)];
        series.edits.push_back({move.at, std::nullopt, move_of(move.at, move.line)});
        series.moves.push_back(std::move(move));
    });
    std::vector<Replayed> all;
    for (auto& [key, series] : by_key) {
        const Rewritten rewritten = rewrite({}, {}, series.edits);
        if (rewritten.obstacle != Obstacle::none)
            throw StorageBroken("moves of an item cannot be replayed");
        Replayed replayed{std::move(series.moves), {}};
        for (const MoveBlock& block : rewritten.blocks)
            for (const KeptMove& kept : block.moves)
                if (kept.move.valuing != Valuing::reformula) replayed.kept.push_back(kept);
        all.push_back(std::move(replayed));
    }
    return all;
}

void StockModel::answer(const StockValue& query, const AsOf& as_of, Page<ValuedStock>& page) const {
    const Currency base = currency_of(as_of, query.company);
    StockTotals totals{{0, base}, {0, base}};
    bool full = false;
    for (const items::ItemCode& item : items_of(as_of, query.company)) {
        if (query.item && item != *query.item) continue;
        std::string key = ordered_key(ItemKey{query.company, item});
        Wide posted = 0;
        values_.sum(as_of.rows, key, as_of.corner, {&posted, 1});
        ValuedStock row{item, {}, {static_cast<std::int64_t>(posted), base}, {0, base}};
        for (const Replayed& series : replayed(as_of, query.company, item))
            for (std::size_t at = 0; at < series.kept.size(); ++at) {
                row.quantity.unit = series.moves[at].line.quantity.unit;
                row.quantity.micro += series.kept[at].move.quantity;
                row.replayed.minor += series.kept[at].effect.stock;
            }
        totals.posted = totals.posted + row.posted;
        totals.replayed = totals.replayed + row.replayed;
        const bool empty =
            row.quantity.micro == 0 && row.posted.minor == 0 && row.replayed.minor == 0;
        if (!empty && !full && key > page.after()) full = !page.add(std::move(key), row);
    }
    page.totals(totals);
}

void StockModel::answer(const StockCard& query, const AsOf& as_of, Page<CardLine>& page) const {
    const Currency base = currency_of(as_of, query.company);
    const auto all = replayed(as_of, query.company, query.item);
    if (all.empty())
        return page.missing("Nothing of the item " + query.item.text + " was ever in stock.");
    for (const Replayed& series : all) {
        Quantity quantity;
        Money value{0, base};
        for (std::size_t at = 0; at < series.kept.size(); ++at) {
            const MoveOfItem& move = series.moves[at];
            quantity.unit = move.line.quantity.unit;
            quantity = quantity + move.line.quantity;
            const Money added{series.kept[at].effect.stock, base};
            value = value + added;
            std::string key = ordered_key(key_of(query.company, move.at, move.line));
            if (key <= page.after()) continue;
            if (!page.add(std::move(key),
                          {move.at.document, move.at.line, move.at.day, move.kind, move.text,
                           move.line.place, move.line.quantity, added, quantity, value}))
                return;
        }
    }
}

ReadModelSpec stock() {
    return ReadModelSpec::of<StockModel>("stock", 2, "inventory")
        .folding<StockModel, companies::CompanyCreated, WarehouseOpened, WarehouseRenamed,
                 WarehouseBlocked, WarehouseUnblocked, StockMoved, StockLineCorrected,
                 StockDocumentReversed>()
        .answering<StockModel, WarehouseList, ListedWarehouse>()
        .answering<StockModel, StockOnHand, StockAtPlace>()
        .answering<StockModel, StockValue, ValuedStock>()
        .answering<StockModel, StockCard, CardLine>();
}

}  // namespace kontor::inventory
