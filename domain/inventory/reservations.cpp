// How stock is promised, and what of the promises is covered.
#include "domain/inventory/reservations.h"

#include "domain/inventory/lots.h"

#include <algorithm>
#include <limits>

namespace kontor::inventory {

namespace {

// Behind all that is promised of the item until now.
std::int64_t next_number(const std::vector<OpenReservation>& open) {
    std::int64_t last = 0;
    for (const OpenReservation& each : open)
        for (const PromisedPart& part : each.reservation.parts) last = std::max(last, part.number);
    return last + 1;
}

Quantity quantity_of(const World& world, const CompanyCode& company, const items::ItemCode& item,
                     std::int64_t micro) {
    return {micro, world.of<items::Items>().find({company, item})->base_unit};
}

// As a described quantity has it, however many warehouses there are.
std::int64_t bounded(Wide quantity) {
    return static_cast<std::int64_t>(std::clamp<Wide>(quantity, 0, most_quantity));
}

void take_of_parts(std::vector<PromisedPart>& parts, std::int64_t taken, bool youngest_first) {
    while (taken > 0 && !parts.empty()) {
        const auto part = youngest_first ? std::prev(parts.end()) : parts.begin();
        const std::int64_t of_part = std::min(taken, part->quantity);
        part->quantity -= of_part;
        taken -= of_part;
        if (part->quantity == 0) parts.erase(part);
    }
}

// What free stock has left while promises are covered one after the other.
class Left {
public:
    explicit Left(const FreeStock& free) {
        for (const auto& [warehouse, quantity] : free) {
            by_warehouse_[warehouse] = std::max<std::int64_t>(quantity, 0);
            in_all_ += by_warehouse_[warehouse];
        }
    }
    // A warehouse can give what it has and those of any warehouse have left; they cannot take more
    // than all have, so this is enough to keep every promise that was covered.
    std::int64_t in(const std::optional<WarehouseCode>& warehouse) const {
        if (!warehouse) return bounded(in_all_);
        const auto found = by_warehouse_.find(*warehouse);
        return found == by_warehouse_.end() ? 0 : bounded(std::min<Wide>(found->second, in_all_));
    }
    void take(const std::optional<WarehouseCode>& warehouse, std::int64_t quantity) {
        if (warehouse && quantity != 0) by_warehouse_[*warehouse] -= quantity;
        in_all_ -= quantity;
    }

private:
    std::map<WarehouseCode, std::int64_t> by_warehouse_;
    Wide in_all_ = 0;
};

}  // namespace

std::int64_t Reservation::quantity() const {
    std::int64_t all = 0;
    for (const PromisedPart& part : parts) all += part.quantity;
    return all;
}

FreeStock free_stock(const World& world, const CompanyCode& company, const items::ItemCode& item,
                     Date day) {
    FreeStock free;
    world.of<StocksOnHand>().each_from(
        {company, item, {}}, [&](const OnHandKey& key, const OnHand& there) {
            if (key.company != company || key.item != item) return false;
            const StockPlace& place = key.place;
            if (!can_be_taken(world, company, place)) return true;
            if (place.lot && has_expired(world, company, item, *place.lot, day)) return true;
            free[place.warehouse] += there.quantity;
            return true;
        });
    return free;
}

void cover(const FreeStock& free, std::vector<OpenReservation>& open) {
    struct Turn {
        std::int64_t number;
        OpenReservation* of;
        std::int64_t quantity;
    };
    std::vector<Turn> turns;
    for (OpenReservation& each : open) {
        each.covered = 0;
        for (const PromisedPart& part : each.reservation.parts)
            turns.push_back({part.number, &each, part.quantity});
    }
    std::ranges::sort(turns, {}, &Turn::number);
    Left left(free);
    for (const Turn& turn : turns) {
        const auto& warehouse = turn.of->reservation.warehouse;
        const std::int64_t covered = std::min(turn.quantity, left.in(warehouse));
        left.take(warehouse, covered);
        turn.of->covered += covered;
    }
}

std::int64_t left_behind(const FreeStock& free, const std::vector<OpenReservation>& open,
                         const std::optional<WarehouseCode>& warehouse) {
    Left left(free);
    for (const OpenReservation& each : open) left.take(each.reservation.warehouse, each.covered);
    return left.in(warehouse);
}

std::vector<OpenReservation> open_reservations(const World& world, const CompanyCode& company,
                                               const items::ItemCode& item, Date day) {
    std::vector<OpenReservation> open;
    world.of<Reservations>().each_from(
        {company, item, {}, std::numeric_limits<std::int64_t>::min()},
        [&](const ReservationKey& key, const Reservation& reservation) {
            if (key.company != company || key.item != item) return false;
            open.push_back({{key.order, key.line}, reservation, 0});
            return true;
        });
    cover(free_stock(world, company, item, day), open);
    return open;
}

Quantity available_of(const World& world, const CompanyCode& company, const items::ItemCode& item,
                      const std::optional<WarehouseCode>& warehouse, Date day) {
    const std::int64_t left = left_behind(free_stock(world, company, item, day),
                                          open_reservations(world, company, item, day), warehouse);
    return quantity_of(world, company, item, left);
}

Decision<StockReserved> decide(const World& world, const ReserveStock& reserve,
                               const Context& context) {
    const CompanyCode& company = reserve.company;
    if (!world.of<companies::Companies>().find(company))
        return companies::company_unknown.about(company);
    if (Objection fault = fault_of_stocked(world, company, reserve.item)) return fault;
    if (reserve.warehouse && !world.of<Warehouses>().find({company, *reserve.warehouse}))
        return warehouse_unknown.about(*reserve.warehouse);
    Quantity quantity;
    if (Objection fault = find_quantity(world, company, reserve.item, reserve.quantity, quantity))
        return fault;
    if (world.of<Reservations>().find({company, reserve.item, reserve.order, reserve.line}))
        return reservation_exists.about(reserve.item);
    const Quantity available =
        available_of(world, company, reserve.item, reserve.warehouse, context.today);
    if (available.micro == 0 || (available.micro < quantity.micro && !reserve.partly))
        return stock_not_available.about(reserve.item, available);
    quantity.micro = std::min(quantity.micro, available.micro);
    const auto open = open_reservations(world, company, reserve.item, context.today);
    return StockReserved{company,           reserve.order, reserve.line,      reserve.item,
                         reserve.warehouse, quantity,      reserve.needed_on, next_number(open)};
}

Decision<ReservationChanged> decide(const World& world, const ChangeReservation& change,
                                    const Context& context) {
    const CompanyCode& company = change.company;
    const Reservation* was =
        world.of<Reservations>().find({company, change.item, change.order, change.line});
    if (!was) return reservation_unknown.about(change.item);
    Quantity quantity = quantity_of(world, company, change.item, was->quantity());
    const std::int64_t before = quantity.micro;
    if (change.quantity)
        if (Objection fault =
                find_quantity(world, company, change.item, *change.quantity, quantity))
            return fault;
    const Date needed_on = change.needed_on.value_or(was->needed_on);
    if (quantity.micro == before && needed_on == was->needed_on)
        return reservation_unchanged.about(change.item);
    ReservationChanged changed{company, change.order, change.line, change.item, quantity, needed_on,
                               0};
    if (quantity.micro > before) {
        const Quantity available =
            available_of(world, company, change.item, was->warehouse, context.today);
        if (quantity.micro - before > available.micro)
            return stock_not_available.about(change.item, available);
        changed.number = next_number(open_reservations(world, company, change.item, context.today));
    }
    return changed;
}

Decision<ReservationReleased> decide(const World& world, const ReleaseReservation& release,
                                     const Context&) {
    if (!world.of<Reservations>().find(
            {release.company, release.item, release.order, release.line}))
        return reservation_unknown.about(release.item);
    return ReservationReleased{release.company, release.order, release.line, release.item,
                               release.reason};
}

void change(Reservation& reservation, const ReservationChanged& changed) {
    const std::int64_t more = changed.quantity.micro - reservation.quantity();
    reservation.needed_on = changed.needed_on;
    if (more > 0)
        reservation.parts.push_back({changed.number, more});
    else
        take_of_parts(reservation.parts, -more, true);
}

void take_issued(Reservation& reservation, std::int64_t issued) {
    take_of_parts(reservation.parts, issued, false);
}

void evolve(Reservations& reservations, const StockReserved& reserved) {
    reservations.put(
        {reserved.company, reserved.item, reserved.order, reserved.line},
        {reserved.warehouse, reserved.needed_on, {{reserved.number, reserved.quantity.micro}}});
}

void evolve(Reservations& reservations, const ReservationChanged& changed) {
    reservations.change({changed.company, changed.item, changed.order, changed.line},
                        [&](Reservation& reservation) { change(reservation, changed); });
}

void evolve(Reservations& reservations, const ReservationReleased& released) {
    reservations.erase({released.company, released.item, released.order, released.line});
}

void evolve(Reservations& reservations, const StockMoved& moved) {
    for (const MovedLine& line : moved.lines) {
        const std::int64_t issued = -moved_for_order(line);
        if (issued <= 0) continue;
        const ReservationKey key{moved.company, line.item, line.order->order, line.order->line};
        const Reservation* was = reservations.find(key);
        if (!was) continue;
        Reservation left = *was;
        take_issued(left, issued);
        if (left.parts.empty())
            reservations.erase(key);
        else
            reservations.put(key, left);
    }
}

Part reservations() {
    return Part()
        .table<Reservations>("inventory.reservations")
        .commands<ReserveStock, ChangeReservation, ReleaseReservation>()
        .event<StockReserved, Reservations>()
        .event<ReservationChanged, Reservations>()
        .event<ReservationReleased, Reservations>();
}

}  // namespace kontor::inventory
