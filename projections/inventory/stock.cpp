// How stock is kept by place and by value, and how a card is replayed from what was known.
#include "projections/inventory/stock.h"

#include "projections/any_day.h"
#include "projections/inventory/availability.h"

#include <algorithm>
#include <array>
#include <map>

namespace kontor::inventory {

namespace {

bool is_asked_for(const StockOnHand& query, const AsOf& as_of, const StockPlace& place) {
    if (query.warehouse && place.warehouse != *query.warehouse) return false;
    if (query.lot && place.lot != query.lot) return false;
    if (query.state && place.state != *query.state) return false;
    if (!query.location) return true;
    return place.location && place.state != StockState::transit &&
           as_of.models.of<AvailabilityModel>().is_within(as_of, query.company, place.warehouse,
                                                          *place.location, *query.location);
}

}  // namespace

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

// A line of a document that is there already becomes another one, or goes.
void StockModel::change(const Recorded& recorded, const CompanyCode& company,
                        const LineEdit& edit) const {
    const MovedLine& line = edit.line();
    const std::int64_t micro = (edit.becomes ? edit.becomes->quantity.micro : 0) -
                               (edit.was ? edit.was->quantity.micro : 0);
    quantities_.add(recorded.rows, ordered_key(PlaceKey{company, line.item, line.place}),
                    edit.at.day, recorded.event, {&micro, 1});
    const SeriesRowKey of{company, line.item, line.area, line.costed_lot};
    std::array<std::int64_t, 3> moved{};
    const auto count = [&](const std::optional<MovedLine>& counted, int sign) {
        if (!counted) return;
        moved[2] += sign;
        if (counted->valuing == Valuing::relocates) return;
        moved[0] += sign * std::max<std::int64_t>(counted->quantity.micro, 0);
        moved[1] += sign * counted->quantity.micro;
    };
    count(edit.was, -1);
    count(edit.becomes, +1);
    if (moved != std::array<std::int64_t, 3>{})
        moved_.add(recorded.rows, ordered_key(of), edit.at.day, recorded.event, moved);
    if (!edit.was) {
        const auto newest = newest_.get(recorded.rows, of, Corner{});
        if (!newest || newest->day < edit.at.day)
            newest_.put(recorded, of, first_date, {edit.at.day});
        return;
    }
    const MoveKey key = key_of(company, edit.at, line);
    auto move = moves_.get(recorded.rows, key, Corner{});
    if (!move) throw StorageBroken("a changed move is not there");
    match(recorded, company, edit, move->kind);
    if (!edit.becomes) return moves_.erase(recorded, key, edit.at.day);
    move->line = *edit.becomes;
    moves_.put(recorded, key, edit.at.day, *move);
}

// What came back from customers and matches no issue is listed while it does not.
void StockModel::match(const Recorded& recorded, const CompanyCode& company, const LineEdit& edit,
                       StockDocumentKind kind) const {
    if (kind != StockDocumentKind::returned || edit.line().quantity.micro < 0 || edit.line().source)
        return;
    const auto unmatched_of = [](const std::optional<MovedLine>& line) {
        if (!line) return Quantity{};
        Quantity rest = line->quantity;
        for (const ReturnedPart& part : line->parts) rest = rest - part.quantity;
        return rest;
    };
    const Quantity was = unmatched_of(edit.was), is = unmatched_of(edit.becomes);
    const ReturnKey key{company, edit.at.day, edit.at.document, edit.at.line};
    if (is.micro > 0)
        unmatched_.put(recorded, key, edit.at.day,
                       {edit.at.document, edit.at.line, edit.at.day, edit.line().item,
                        edit.line().customer, edit.becomes->quantity, is});
    else if (was.micro > 0)
        unmatched_.erase(recorded, key, edit.at.day);
}

void StockModel::post(const Recorded& recorded, const CompanyCode& company,
                      const std::vector<StockEntryLine>& postings) const {
    for (const StockEntryLine& posting : postings) {
        if (!posting.item) continue;
        const std::string key = ordered_key(ItemKey{company, *posting.item});
        values_.add(recorded.rows, key, posting.date, recorded.event, {&posting.debit.minor, 1});
        replayed_.add(recorded.rows, key, posting.moved_on.value_or(posting.date), recorded.event,
                      {&posting.debit.minor, 1});
    }
}

void StockModel::on(const StockMoved& moved, const Recorded& recorded) {
    for (const LineEdit& edit : line_edits_of(moved)) {
        change(recorded, moved.company, edit);
        if (edit.was) continue;
        const MovedLine& line = *edit.becomes;
        match(recorded, moved.company, edit, moved.kind);
        moves_.put(recorded, key_of(moved.company, edit.at, line), moved.date,
                   {edit.at, moved.kind, moved.text, line});
        if (line.begins)
            series_.put(recorded, {moved.company, line.item, line.area, line.costed_lot},
                        first_date, line);
    }
    post(recorded, moved.company, moved.postings);
}

void StockModel::on(const StockLineCorrected& corrected, const Recorded& recorded) {
    for (const LineEdit& edit : line_edits_of(corrected)) change(recorded, corrected.company, edit);
    post(recorded, corrected.company, corrected.postings);
}

void StockModel::on(const StockDocumentReversed& reversed, const Recorded& recorded) {
    for (const LineEdit& edit : line_edits_of(reversed)) change(recorded, reversed.company, edit);
    post(recorded, reversed.company, reversed.postings);
}

void StockModel::on(const StockRevalued& revalued, const Recorded& recorded) {
    for (const ChangedStep& step : revalued.steps)
        series_.change_always(recorded, {revalued.company, revalued.item, step.area, step.lot},
                              [&](MovedLine& line) {
                                  auto& steps = line.begins->steps;
                                  if (step.was) std::erase(steps, *step.was);
                                  if (step.becomes) steps.push_back(*step.becomes);
                              });
    post(recorded, revalued.company, revalued.postings);
}

void StockModel::on(const LandedCostAdded& added, const Recorded& recorded) {
    for (const LineEdit& edit : line_edits_of(added)) change(recorded, added.company, edit);
    post(recorded, added.company, added.postings);
}

void StockModel::on(const LandedCostWithdrawn& withdrawn, const Recorded& recorded) {
    for (const LineEdit& edit : line_edits_of(withdrawn)) change(recorded, withdrawn.company, edit);
    post(recorded, withdrawn.company, withdrawn.postings);
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

bool StockModel::has_moved(const AsOf& as_of, const CompanyCode& company,
                           const items::ItemCode& item) const {
    return series_.first(as_of.rows, ordered_key(company) + ordered_key(item), {}, Corner{})
        .has_value();
}

Unit StockModel::unit_of(const AsOf& as_of, const CompanyCode& company,
                         const items::ItemCode& item) const {
    const auto begun =
        series_.first(as_of.rows, ordered_key(company) + ordered_key(item), {}, Corner{});
    if (!begun) throw StorageBroken("stock of an item never began");
    return begun->quantity.unit;
}

bool StockModel::is_blocked(const AsOf& as_of, const CompanyCode& company,
                            const WarehouseCode& warehouse) const {
    const auto row = warehouses_.get(as_of.rows, {company, warehouse}, on_any_day(as_of).corner);
    return !row || row->blocked;
}

void StockModel::each_place(
    const AsOf& as_of, const CompanyCode& company, const items::ItemCode& item,
    const std::function<void(const StockPlace&, std::int64_t)>& call) const {
    quantities_.for_each_sum(as_of.rows, ordered_key(company) + ordered_key(item), std::nullopt,
                             as_of.corner, [&](std::string_view key, std::span<const Wide> sums) {
                                 if (sums[0] == 0) return true;
                                 std::string_view octets = key;
                                 call(taken<PlaceKey>(octets).place,
                                      static_cast<std::int64_t>(sums[0]));
                                 return true;
                             });
}

void StockModel::answer(const StockOnHand& query, const AsOf& as_of,
                        Page<StockAtPlace>& page) const {
    std::string begins_with = ordered_key(query.company);
    if (query.item) begins_with += ordered_key(*query.item);
    std::optional<std::string_view> after;
    if (!page.after().empty()) after = page.after();
    std::map<items::ItemCode, Unit> units;
    const auto unit_in = [&](const items::ItemCode& item) {
        const auto [unit, missing] = units.try_emplace(item);
        if (missing) unit->second = unit_of(as_of, query.company, item);
        return unit->second;
    };
    quantities_.for_each_sum(
        as_of.rows, begins_with, after, as_of.corner,
        [&](std::string_view key, std::span<const Wide> sums) {
            if (sums[0] == 0) return true;
            std::string_view octets = key;
            const auto at = taken<PlaceKey>(octets);
            if (!is_asked_for(query, as_of, at.place)) return true;
            return page.add(
                std::string(key),
                {at.item, at.place.warehouse, at.place.location, at.place.lot, at.place.state,
                 Quantity{static_cast<std::int64_t>(sums[0]), unit_in(at.item)}});
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
        Unit unit;
        std::map<MoveOrder, MoveOfItem> lines;
        std::vector<Move> moves;
    };
    std::map<SeriesKey, Series> by_key;
    const std::string of_item = ordered_key(company) + ordered_key(item);
    // A series is costed as it began, whatever has become of the document that it began with.
    series_.each(on_any_day(as_of), of_item, [&](const MovedLine& line) {
        Series& series = by_key[series_of(company, line)];
        series.unit = line.quantity.unit;
        for (Move& step : beginning(*line.begins, {}, line.line))
            if (!as_of.corner.valid_at || step.at.day <= *as_of.corner.valid_at)
                series.moves.push_back(std::move(step));
    });
    moves_.each(as_of, of_item, [&](MoveOfItem move) {
        Series& series = by_key[series_of(company, move.line)];
        series.moves.push_back(move_of(move.at, move.line));
        series.lines.emplace(move.at, std::move(move));
    });
    std::vector<Replayed> all;
    for (auto& [key, series] : by_key) {
        std::ranges::sort(series.moves, {}, &Move::at);
        std::vector<Effect> effects = effects_of(series.moves);
        if (!effects.empty() && effects.back().obstacle != Obstacle::none)
            throw StorageBroken("moves of an item cannot be replayed");
        Replayed replayed{key, series.unit, {}};
        for (std::size_t at = 0; at < effects.size(); ++at) {
            Move& move = series.moves[at];
            const auto line = series.lines.find(move.at);
            if (line != series.lines.end())
                replayed.moves.push_back(
                    {std::move(line->second), std::move(move), std::move(effects[at])});
            else if (effects[at] != Effect{})
                replayed.moves.push_back({std::nullopt, std::move(move), std::move(effects[at])});
        }
        all.push_back(std::move(replayed));
    }
    return all;
}

StockModel::Sums StockModel::sums_of(const TwoTimeTotals& totals, const AsOf& as_of,
                                     const std::string& begins_with) {
    Sums sums;
    totals.for_each_sum(as_of.rows, begins_with, std::nullopt, as_of.corner,
                        [&](std::string_view key, std::span<const Wide> found) {
                            std::vector<std::int64_t> narrow;
                            for (const Wide sum : found)
                                narrow.push_back(static_cast<std::int64_t>(sum));
                            sums.emplace_hint(sums.end(), key, std::move(narrow));
                            return true;
                        });
    return sums;
}

// All items are looked at for their totals, whatever a page shows: so sums are walked, not looked
// up.
void StockModel::answer(const StockValue& query, const AsOf& as_of, Page<ValuedStock>& page) const {
    const Currency base = currency_of(as_of, query.company);
    std::string begins_with = ordered_key(query.company);
    if (query.item) begins_with += ordered_key(*query.item);
    std::map<std::string, ValuedStock> rows;
    series_.each(on_any_day(as_of), begins_with, [&](const MovedLine& line) {
        rows.try_emplace(rows.end(), ordered_key(ItemKey{query.company, line.item}),
                         ValuedStock{line.item, {0, line.quantity.unit}, {0, base}, {0, base}});
    });
    for (const auto& [key, sums] : sums_of(quantities_, as_of, begins_with)) {
        std::string_view octets = key;
        const auto at = taken<PlaceKey>(octets);
        rows.at(ordered_key(ItemKey{query.company, at.item})).quantity.micro += sums[0];
    }
    for (const auto& [key, sums] : sums_of(values_, as_of, begins_with))
        rows.at(key).posted.minor = sums[0];
    for (const auto& [key, sums] : sums_of(replayed_, as_of, begins_with))
        rows.at(key).replayed.minor = sums[0];
    StockTotals totals{{0, base}, {0, base}};
    bool full = false;
    for (const auto& [key, row] : rows) {
        totals.posted = totals.posted + row.posted;
        totals.replayed = totals.replayed + row.replayed;
        const bool empty =
            row.quantity.micro == 0 && row.posted.minor == 0 && row.replayed.minor == 0;
        if (!empty && !full && key > page.after()) full = !page.add(key, row);
    }
    page.totals(totals);
}

void StockModel::answer(const StockCard& query, const AsOf& as_of, Page<CardLine>& page) const {
    const Currency base = currency_of(as_of, query.company);
    const auto all = replayed(as_of, query.company, query.item);
    if (all.empty())
        return page.missing("Nothing of the item " + query.item.text + " was ever in stock.");
    for (const Replayed& series : all) {
        Quantity quantity{0, series.unit};
        Money value{0, base};
        for (const ReplayedMove& move : series.moves) {
            const MoveOrder& at = move.move.at;
            const Quantity moved{move.move.quantity, series.unit};
            quantity = quantity + moved;
            const Money added{move.effect.stock, base};
            value = value + added;
            std::string key = ordered_key(
                MoveKey{query.company, query.item, series.series.area, series.series.lot, at});
            if (key <= page.after()) continue;
            CardLine line{{},    {},       at.day, StockDocumentKind::revaluation, {}, {}, moved,
                          added, quantity, value};
            if (move.line) {
                line.document = at.document;
                line.line = at.line;
                line.kind = move.line->kind;
                line.text = move.line->text;
                line.place = move.line->line.place;
            } else if (added.minor == 0) {
                continue;
            }
            if (!page.add(std::move(key), line)) return;
        }
    }
}

ReadModelSpec stock() {
    return ReadModelSpec::of<StockModel>("stock", 5, "inventory")
        .folding<StockModel, companies::CompanyCreated, WarehouseOpened, WarehouseRenamed,
                 WarehouseBlocked, WarehouseUnblocked, StockMoved, StockLineCorrected,
                 StockDocumentReversed, StockRevalued, LandedCostAdded, LandedCostWithdrawn>()
        .answering<StockModel, WarehouseList, ListedWarehouse>()
        .answering<StockModel, StockOnHand, StockAtPlace>()
        .answering<StockModel, StockValue, ValuedStock>()
        .answering<StockModel, StockCard, CardLine>()
        .answering<StockModel, StockReconciliation, ReconciledStock>()
        .answering<StockModel, UnmatchedReturns, UnmatchedReturn>()
        .answering<StockModel, StockAgeing, AgedStock>();
}

}  // namespace kontor::inventory
