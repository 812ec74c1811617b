// How promises, expectations and places are kept, and answered by the functions that decide on
// them.
#include "projections/inventory/availability.h"

#include "projections/any_day.h"
#include "projections/figure_too_large.h"
#include "projections/inventory/stock.h"

#include <algorithm>
#include <set>

namespace kontor::inventory {

namespace {

Quantity quantity_of(Wide micro, Unit unit) {
    if (micro > most_quantity || micro < -most_quantity)
        throw FigureTooLarge("more is expected of an item than a quantity can tell");
    return {static_cast<std::int64_t>(micro), unit};
}

std::string of_item(const CompanyCode& company, const std::optional<items::ItemCode>& item) {
    std::string key = ordered_key(company);
    if (item) key += ordered_key(*item);
    return key;
}

}  // namespace

void AvailabilityModel::on(const LocationDefined& defined, const Recorded& recorded) {
    locations_.put(
        recorded, {defined.company, defined.warehouse, defined.location}, first_date,
        {defined.warehouse, defined.location, defined.name, defined.kind, defined.parent, false});
}

void AvailabilityModel::on(const LocationRenamed& renamed, const Recorded& recorded) {
    locations_.change(recorded, {renamed.company, renamed.warehouse, renamed.location},
                      [&](ListedLocation& location) { location.name = renamed.name; });
}

void AvailabilityModel::on(const LocationMoved& moved, const Recorded& recorded) {
    locations_.change(recorded, {moved.company, moved.warehouse, moved.location},
                      [&](ListedLocation& location) { location.parent = moved.parent; });
}

void AvailabilityModel::on(const LocationBlocked& blocked, const Recorded& recorded) {
    locations_.change(recorded, {blocked.company, blocked.warehouse, blocked.location},
                      [](ListedLocation& location) { location.blocked = true; });
}

void AvailabilityModel::on(const LocationUnblocked& unblocked, const Recorded& recorded) {
    locations_.change(recorded, {unblocked.company, unblocked.warehouse, unblocked.location},
                      [](ListedLocation& location) { location.blocked = false; });
}

void AvailabilityModel::on(const LotExpirySet& set, const Recorded& recorded) {
    lots_.change_always(recorded, {set.company, set.item, set.lot}, [&](LotRow& lot) {
        lot.is_set = true;
        lot.set = set.expires;
    });
}

void AvailabilityModel::on(const StockExpected& expected, const Recorded& recorded) {
    expected_.put(recorded,
                  {expected.company, expected.item, expected.way, expected.order, expected.line},
                  first_date,
                  {expected.item, expected.way, expected.order, expected.line, expected.warehouse,
                   expected.quantity, expected.day, expected.confirmed});
}

void AvailabilityModel::on(const ExpectationDropped& dropped, const Recorded& recorded) {
    expected_.erase(recorded,
                    {dropped.company, dropped.item, dropped.way, dropped.order, dropped.line},
                    first_date);
}

void AvailabilityModel::on(const StockReserved& reserved, const Recorded& recorded) {
    reservations_.put(
        recorded, {reserved.company, reserved.item, reserved.order, reserved.line}, first_date,
        {reserved.item,
         reserved.quantity.unit,
         reserved.order,
         reserved.line,
         {reserved.warehouse, reserved.needed_on, {{reserved.number, reserved.quantity.micro}}}});
}

void AvailabilityModel::on(const ReservationChanged& changed, const Recorded& recorded) {
    reservations_.change_always(recorded,
                                {changed.company, changed.item, changed.order, changed.line},
                                [&](PromiseRow& row) { change(row.reservation, changed); });
}

void AvailabilityModel::on(const ReservationReleased& released, const Recorded& recorded) {
    reservations_.erase(recorded, {released.company, released.item, released.order, released.line},
                        first_date);
}

void AvailabilityModel::on(const ReorderRuleSet& set, const Recorded& recorded) {
    rules_.put(recorded, {set.company, set.item, set.warehouse}, first_date,
               {set.item,
                set.warehouse,
                set.point.unit,
                {set.point.micro, set.up_to.micro, set.multiple.micro, set.lead_time_days}});
}

void AvailabilityModel::on(const ReorderRuleWithdrawn& withdrawn, const Recorded& recorded) {
    rules_.erase(recorded, {withdrawn.company, withdrawn.item, withdrawn.warehouse}, first_date);
}

// What lines did for orders on their days, and until when their lots keep.
void AvailabilityModel::fold(const Recorded& recorded, const CompanyCode& company,
                             const std::vector<LineEdit>& edits) const {
    for (const LineEdit& edit : edits) {
        const auto count = [&](const MovedLine& line, int sign) {
            const std::int64_t moved = moved_for_order(line);
            if (moved == 0) return;
            const std::int64_t amount = sign * (moved > 0 ? moved : -moved);
            moved_.add(recorded.rows,
                       ordered_key(LineKey{company, line.item,
                                           moved > 0 ? ExpectedWay::in : ExpectedWay::out,
                                           line.order->order, line.order->line}),
                       edit.at.day, recorded.event, {&amount, 1});
        };
        if (edit.was) count(*edit.was, -1);
        if (!edit.becomes) continue;
        const MovedLine& line = *edit.becomes;
        count(line, +1);
        if (!line.place.lot) continue;
        const LotRowKey key{company, line.item, *line.place.lot};
        LotRow lot = lots_.get(recorded.rows, key, Corner{}).value_or(LotRow{});
        if (line.expires)
            lot.received = std::min(lot.received.value_or(*line.expires), *line.expires);
        if (!edit.was) lots_.put(recorded, key, first_date, lot);
    }
}

void AvailabilityModel::use_up(const Recorded& recorded, const StockMoved& moved) const {
    for (const MovedLine& line : moved.lines) {
        const std::int64_t issued = -moved_for_order(line);
        if (issued <= 0) continue;
        const PromiseKey key{moved.company, line.item, line.order->order, line.order->line};
        auto row = reservations_.get(recorded.rows, key, Corner{});
        if (!row) continue;
        take_issued(row->reservation, issued);
        if (row->reservation.parts.empty())
            reservations_.erase(recorded, key, first_date);
        else
            reservations_.put(recorded, key, first_date, *row);
    }
}

void AvailabilityModel::on(const StockMoved& moved, const Recorded& recorded) {
    fold(recorded, moved.company, line_edits_of(moved));
    use_up(recorded, moved);
}

void AvailabilityModel::on(const StockLineCorrected& corrected, const Recorded& recorded) {
    fold(recorded, corrected.company, line_edits_of(corrected));
}

void AvailabilityModel::on(const StockDocumentReversed& reversed, const Recorded& recorded) {
    fold(recorded, reversed.company, line_edits_of(reversed));
}

bool AvailabilityModel::is_within(const AsOf& as_of, const CompanyCode& company,
                                  const WarehouseCode& warehouse, LocationCode location,
                                  const LocationCode& above) const {
    while (location != above) {
        const auto row = locations_.get(as_of.rows, {company, warehouse, location}, as_of.corner);
        if (!row || !row->parent) return false;
        location = *row->parent;
    }
    return true;
}

bool AvailabilityModel::can_be_taken(const AsOf& as_of, const CompanyCode& company,
                                     const StockPlace& place) const {
    if (place.state != StockState::free) return false;
    if (as_of.models.of<StockModel>().is_blocked(as_of, company, place.warehouse)) return false;
    std::optional<LocationCode> location = place.location;
    while (location) {
        const auto row =
            locations_.get(as_of.rows, {company, place.warehouse, *location}, as_of.corner);
        if (!row) break;
        if (row->blocked) return false;
        location = row->parent;
    }
    return true;
}

std::optional<Date> AvailabilityModel::expiry_of(const ItemAtCorner& at,
                                                 const StockPlace& place) const {
    if (!place.lot) return std::nullopt;
    const auto lot =
        lots_.get(at.as_of.rows, {at.company, at.item, *place.lot}, on_any_day(at.as_of).corner);
    return lot ? lot->expires() : std::nullopt;
}

// What may be promised and taken, but for what has expired.
std::vector<KeptStock> AvailabilityModel::kept_stock(const ItemAtCorner& at) const {
    std::vector<KeptStock> stock;
    at.as_of.models.of<StockModel>().each_place(
        at.as_of, at.company, at.item, [&](const StockPlace& place, std::int64_t quantity) {
            if (can_be_taken(at.as_of, at.company, place))
                stock.push_back({place, quantity, expiry_of(at, place)});
        });
    return stock;
}

FreeStock AvailabilityModel::free_stock(const ItemAtCorner& at, Date day) const {
    FreeStock free;
    for (const KeptStock& kept : kept_stock(at))
        if (!kept.expires || *kept.expires >= day) free[kept.place.warehouse] += kept.quantity;
    return free;
}

std::vector<OpenReservation> AvailabilityModel::reservations_of(const ItemAtCorner& at,
                                                                const FreeStock& free) const {
    std::vector<OpenReservation> open;
    reservations_.each(on_any_day(at.as_of), of_item(at.company, at.item),
                       [&](const PromiseRow& row) {
                           open.push_back({{row.order, row.line}, row.reservation, 0});
                       });
    cover(free, open);
    return open;
}

std::int64_t AvailabilityModel::moved_by(const AsOf& as_of, const CompanyCode& company,
                                         const LineRow& line) const {
    Wide moved = 0;
    moved_.sum(as_of.rows,
               ordered_key(LineKey{company, line.item, line.way, line.order, line.line}),
               as_of.corner, {&moved, 1});
    return static_cast<std::int64_t>(std::clamp<Wide>(moved, -most_quantity, most_quantity));
}

std::vector<OpenLine> AvailabilityModel::lines_of(const ItemAtCorner& at) const {
    std::vector<OpenLine> lines;
    expected_.each(on_any_day(at.as_of), of_item(at.company, at.item), [&](const LineRow& line) {
        lines.push_back({line.way,
                         {line.order, line.line},
                         {line.warehouse, line.ordered.micro, moved_by(at.as_of, at.company, line),
                          line.day, line.confirmed}});
    });
    return lines;
}

void AvailabilityModel::answer(const LocationList& query, const AsOf& as_of,
                               Page<ListedLocation>& page) const {
    std::string begins_with = ordered_key(query.company);
    if (query.warehouse) begins_with += ordered_key(*query.warehouse);
    locations_.list(as_of, begins_with, page);
}

void AvailabilityModel::answer(const LotList& query, const AsOf& as_of,
                               Page<ListedLot>& page) const {
    const StockModel& stock = as_of.models.of<StockModel>();
    for (const items::ItemCode& item : stock.items_of(as_of, query.company)) {
        if (query.item && item != *query.item) continue;
        std::map<LotCode, std::int64_t> lots;
        stock.each_place(as_of, query.company, item,
                         [&](const StockPlace& place, std::int64_t quantity) {
                             if (place.lot) lots[*place.lot] += quantity;
                         });
        if (lots.empty()) continue;
        const Unit unit = stock.unit_of(as_of, query.company, item);
        for (const auto& [lot, quantity] : lots) {
            std::string key = ordered_key(LotRowKey{query.company, item, lot});
            if (quantity == 0 || key <= page.after()) continue;
            const auto expires = expiry_of({as_of, query.company, item}, StockPlace{{}, lot});
            if (query.expires_until && (!expires || *expires > *query.expires_until)) continue;
            if (!page.add(std::move(key), {item, lot, expires, {quantity, unit}})) return;
        }
    }
}

void AvailabilityModel::answer(const ExpectedStock& query, const AsOf& as_of,
                               Page<ExpectedLine>& page) const {
    bool full = false;
    expected_.each(on_any_day(as_of), of_item(query.company, query.item), [&](const LineRow& line) {
        std::string key =
            ordered_key(LineKey{query.company, line.item, line.way, line.order, line.line});
        if (full || key <= page.after()) return;
        if (query.way && line.way != *query.way) return;
        const std::int64_t moved = moved_by(as_of, query.company, line);
        const std::int64_t open = std::max<std::int64_t>(line.ordered.micro - moved, 0);
        if (open == 0) return;
        const Unit unit = line.ordered.unit;
        full = !page.add(std::move(key),
                         {line.order, line.line, line.item, line.way, line.warehouse, line.ordered,
                          Quantity{moved, unit}, Quantity{open, unit}, line.day, line.confirmed});
    });
}

void AvailabilityModel::answer(const ReservationList& query, const AsOf& as_of,
                               Page<ListedReservation>& page) const {
    std::vector<PromiseRow> rows;
    reservations_.each(on_any_day(as_of), of_item(query.company, query.item),
                       [&](PromiseRow row) { rows.push_back(std::move(row)); });
    std::map<items::ItemCode, std::map<OrderLineRef, std::int64_t>> covered;
    for (const PromiseRow& row : rows) {
        std::string key = ordered_key(PromiseKey{query.company, row.item, row.order, row.line});
        if (key <= page.after()) continue;
        const auto [of_item, missing] = covered.try_emplace(row.item);
        if (missing) {
            const ItemAtCorner at{as_of, query.company, row.item};
            for (const OpenReservation& each : reservations_of(at, free_stock(at, query.on)))
                of_item->second[each.order] = each.covered;
        }
        const std::int64_t reserved = row.reservation.quantity();
        const std::int64_t there = of_item->second[{row.order, row.line}];
        if (query.missing_only.value_or(false) && there == reserved) continue;
        if (!page.add(std::move(key), {row.order,
                                       row.line,
                                       row.item,
                                       row.reservation.warehouse,
                                       row.reservation.needed_on,
                                       {reserved, row.unit},
                                       {there, row.unit},
                                       {reserved - there, row.unit}}))
            return;
    }
}

void AvailabilityModel::answer(const AvailableToPromise& query, const AsOf& as_of,
                               Page<PromisedBucket>& page) const {
    const ItemAtCorner at{as_of, query.company, query.item};
    const std::vector<OpenLine> lines = lines_of(at);
    const FreeStock free = free_stock(at, query.from);
    const StockModel& stock = as_of.models.of<StockModel>();
    Unit unit;
    if (stock.has_moved(as_of, query.company, query.item)) {
        unit = stock.unit_of(as_of, query.company, query.item);
    } else {
        bool expected = false;
        expected_.each(on_any_day(as_of), of_item(query.company, query.item),
                       [&](const LineRow& line) {
                           unit = line.ordered.unit;
                           expected = true;
                       });
        if (!expected)
            return page.missing("Nothing of the item " + query.item.text +
                                " was ever in stock or expected.");
    }
    const PromisePlan plan(free, planned_moves(lines, reservations_of(at, free), query.from),
                           query.warehouse, query.from, query.days);
    for (std::int64_t span = 0; span < query.spans; ++span) {
        const Date from = query.from + static_cast<int>(span * query.days);
        std::string key = ordered_key(from);
        if (key <= page.after()) continue;
        const SupplyAndDemand moves = plan.moves(span);
        const auto discrete = plan.discrete(span);
        PromisedBucket row{from,
                           from + static_cast<int>(query.days - 1),
                           quantity_of(moves.receipts, unit),
                           quantity_of(moves.orders, unit),
                           std::nullopt,
                           quantity_of(plan.cumulative(span), unit)};
        if (discrete) row.discrete = quantity_of(*discrete, unit);
        if (!page.add(std::move(key), row)) return;
    }
}

void AvailabilityModel::answer(const PickProposal& query, const AsOf& as_of,
                               Page<ProposedPick>& page) const {
    const ItemAtCorner at{as_of, query.company, query.item};
    std::vector<KeptStock> stock = kept_stock(at);
    if (query.warehouse)
        std::erase_if(
            stock, [&](const KeptStock& kept) { return kept.place.warehouse != *query.warehouse; });
    if (stock.empty()) return;
    const Unit unit = as_of.models.of<StockModel>().unit_of(as_of, query.company, query.item);
    const std::int64_t wanted = query.quantity ? query.quantity->micro : most_quantity;
    std::int64_t place = 0;
    for (const KeptStock& pick : first_expired_first_out(std::move(stock), wanted, query.on)) {
        std::string key = ordered_key(++place);
        if (key <= page.after()) continue;
        if (!page.add(std::move(key), {pick.place.warehouse,
                                       pick.place.location,
                                       pick.place.lot,
                                       pick.expires,
                                       {pick.quantity, unit}}))
            return;
    }
}

void AvailabilityModel::answer(const ReorderProposal& query, const AsOf& as_of,
                               Page<ProposedOrder>& page) const {
    bool full = false;
    rules_.each(on_any_day(as_of), of_item(query.company, query.item), [&](const RuleRow& row) {
        std::string key = ordered_key(RuleKey{query.company, row.item, row.warehouse});
        if (full || key <= page.after()) return;
        const ItemAtCorner at{as_of, query.company, row.item};
        const FreeStock free = free_stock(at, query.on);
        const Date comes = query.on + static_cast<int>(row.rule.lead_time_days);
        const Wide position =
            position_through(free, planned_moves(lines_of(at), reservations_of(at, free), query.on),
                             row.warehouse, comes);
        const Wide quantity = to_reorder(row.rule, position);
        if (quantity == 0) return;
        full = !page.add(std::move(key), {row.item, row.warehouse, quantity_of(position, row.unit),
                                          Quantity{row.rule.point, row.unit},
                                          quantity_of(quantity, row.unit), comes});
    });
}

ReadModelSpec availability() {
    return ReadModelSpec::of<AvailabilityModel>("availability", 1, "inventory")
        .folding<AvailabilityModel, LocationDefined, LocationRenamed, LocationMoved,
                 LocationBlocked, LocationUnblocked, LotExpirySet, StockExpected,
                 ExpectationDropped, StockReserved, ReservationChanged, ReservationReleased,
                 ReorderRuleSet, ReorderRuleWithdrawn, StockMoved, StockLineCorrected,
                 StockDocumentReversed>()
        .answering<AvailabilityModel, LocationList, ListedLocation>()
        .answering<AvailabilityModel, LotList, ListedLot>()
        .answering<AvailabilityModel, ExpectedStock, ExpectedLine>()
        .answering<AvailabilityModel, ReservationList, ListedReservation>()
        .answering<AvailabilityModel, AvailableToPromise, PromisedBucket>()
        .answering<AvailabilityModel, PickProposal, ProposedPick>()
        .answering<AvailabilityModel, ReorderProposal, ProposedOrder>();
}

}  // namespace kontor::inventory
