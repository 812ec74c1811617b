// Reservations: stock that is there and promised to a line of an order, decided in order.
//
// A promise is kept as what was promised and when; what of it is covered follows from what is there
// now. So no physical fact is ever refused for a promise, and whatever happens to stock, those who
// were promised first keep their cover and the youngest lose theirs.
#pragma once

#include "domain/inventory/expectations.h"

#include <map>

namespace kontor::inventory {

inline constexpr Reason reservation_exists{
    Refusal::conflict, "reservation_exists",
    "The line of the order has a reservation of the item; change that one."};
inline constexpr Reason reservation_unknown{
    Refusal::missing, "reservation_unknown",
    "Nothing of the item is reserved for this line of an order."};
inline constexpr Reason reservation_unchanged{Refusal::conflict, "reservation_unchanged",
                                              "It is reserved so already."};
inline constexpr Reason stock_not_available{
    Refusal::conflict, "stock_not_available",
    "Less is there that is free and not promised to others."};

struct StockReserved {
    CompanyCode company;
    OrderReference order;
    std::int64_t line = 0;
    items::ItemCode item;
    std::optional<WarehouseCode> warehouse;
    Quantity quantity;
    Date needed_on;
    std::int64_t number = 0;

    bool operator==(const StockReserved&) const = default;
    static void describe(auto& event) {
        event.record("StockReserved", "Stock is promised to a line of an order.")
            .company(&StockReserved::company)
            .stream(&StockReserved::order)
            .on_recorded_day()
            .field("company", &StockReserved::company, "Whose stock.")
            .field("order", &StockReserved::order, "The order.")
            .field("line", &StockReserved::line, "Its line, from 1.")
            .field("item", &StockReserved::item, "The item.")
            .field("warehouse", &StockReserved::warehouse, "In which warehouse; absent: in any.")
            .field("quantity", &StockReserved::quantity, "In the base unit.")
            .field("needed_on", &StockReserved::needed_on, "When it is needed.")
            .field("number", &StockReserved::number,
                   "Its turn: what has a lower one was promised before.");
    }
};

struct ReservationChanged {
    CompanyCode company;
    OrderReference order;
    std::int64_t line = 0;
    items::ItemCode item;
    Quantity quantity;
    Date needed_on;
    std::int64_t number = 0;

    bool operator==(const ReservationChanged&) const = default;
    static void describe(auto& event) {
        event
            .record("ReservationChanged",
                    "More or less stock is promised to a line of an order, or for "
                    "another day.")
            .company(&ReservationChanged::company)
            .stream(&ReservationChanged::order)
            .on_recorded_day()
            .field("company", &ReservationChanged::company, "Whose stock.")
            .field("order", &ReservationChanged::order, "The order.")
            .field("line", &ReservationChanged::line, "Its line, from 1.")
            .field("item", &ReservationChanged::item, "The item.")
            .field("quantity", &ReservationChanged::quantity,
                   "In all from now on, in the base unit.")
            .field("needed_on", &ReservationChanged::needed_on, "When it is needed.")
            .field("number", &ReservationChanged::number,
                   "The turn of what was added; 0 where nothing was.");
    }
};

struct ReservationReleased {
    CompanyCode company;
    OrderReference order;
    std::int64_t line = 0;
    items::ItemCode item;
    std::string reason;

    bool operator==(const ReservationReleased&) const = default;
    static void describe(auto& event) {
        event.record("ReservationReleased", "Nothing is promised to a line of an order any more.")
            .company(&ReservationReleased::company)
            .stream(&ReservationReleased::order)
            .on_recorded_day()
            .field("company", &ReservationReleased::company, "Whose stock.")
            .field("order", &ReservationReleased::order, "The order.")
            .field("line", &ReservationReleased::line, "Its line, from 1.")
            .field("item", &ReservationReleased::item, "The item.")
            .field("reason", &ReservationReleased::reason, "Why.");
    }
};

struct ReserveStock {
    CompanyCode company;
    OrderReference order;
    std::int64_t line = 0;
    items::ItemCode item;
    std::optional<WarehouseCode> warehouse;
    Quantity quantity;
    Date needed_on;
    bool partly = false;

    static void describe(auto& command) {
        command
            .record("ReserveStock",
                    "Promises stock that is there to a line of an order, as far as "
                    "nobody was promised it before. Only what is free counts: not "
                    "what is in inspection, blocked, in transit, expired, or where "
                    "nothing goes out.")
            .company(&ReserveStock::company)
            .stream(&ReserveStock::order)
            .example(R"({"company": "DEMO", "order": "01980000-0000-7000-8000-000000000602",
                "line": 1, "item": "CANDLE", "quantity": {"amount": "2", "unit": "ea"},
                "needed_on": "2026-12-31", "partly": false})")
            .field("company", &ReserveStock::company, "Whose stock.")
            .field("order", &ReserveStock::order, "The order.")
            .field("line", &ReserveStock::line, "Its line, from 1.")
            .least(1)
            .field("item", &ReserveStock::item, "An item of goods.")
            .field("warehouse", &ReserveStock::warehouse, "Where. Absent: in any warehouse.")
            .field("quantity", &ReserveStock::quantity, "Above zero, in any unit of the item.")
            .field("needed_on", &ReserveStock::needed_on, "When it is needed.")
            .field("partly", &ReserveStock::partly, "Reserve what there is, if it is less.")
            .otherwise(false)
            .refuses(companies::company_unknown, items::item_unknown, items::item_is_template,
                     item_not_in_stock, warehouse_unknown, quantity_not_positive,
                     quantity_not_whole, reservation_exists, stock_not_available);
    }
};

struct ChangeReservation {
    CompanyCode company;
    OrderReference order;
    std::int64_t line = 0;
    items::ItemCode item;
    std::optional<Quantity> quantity;
    std::optional<Date> needed_on;

    static void describe(auto& command) {
        command
            .record("ChangeReservation",
                    "Promises more or less to a line of an order, or for another "
                    "day. What is added waits its turn behind all promises that "
                    "were made until now.")
            .company(&ChangeReservation::company)
            .stream(&ChangeReservation::order)
            .example(R"({"company": "DEMO", "order": "01980000-0000-7000-8000-000000000602",
                "line": 1, "item": "CANDLE", "quantity": {"amount": "3", "unit": "ea"}})")
            .field("company", &ChangeReservation::company, "Whose stock.")
            .field("order", &ChangeReservation::order, "The order.")
            .field("line", &ChangeReservation::line, "Its line, from 1.")
            .least(1)
            .field("item", &ChangeReservation::item, "The item.")
            .field("quantity", &ChangeReservation::quantity,
                   "In all from now on, above zero. Absent: as it was.")
            .field("needed_on", &ChangeReservation::needed_on,
                   "When it is needed. Absent: as it was.")
            .refuses(reservation_unknown, quantity_not_positive, quantity_not_whole,
                     reservation_unchanged, stock_not_available);
    }
};

struct ReleaseReservation {
    CompanyCode company;
    OrderReference order;
    std::int64_t line = 0;
    items::ItemCode item;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("ReleaseReservation",
                    "Takes a promise back: what was reserved is free for others.")
            .company(&ReleaseReservation::company)
            .stream(&ReleaseReservation::order)
            .example(R"({"company": "DEMO", "order": "01980000-0000-7000-8000-000000000602",
                "line": 1, "item": "CANDLE", "reason": "Not wanted any more"})")
            .field("company", &ReleaseReservation::company, "Whose stock.")
            .field("order", &ReleaseReservation::order, "The order.")
            .field("line", &ReleaseReservation::line, "Its line, from 1.")
            .least(1)
            .field("item", &ReleaseReservation::item, "The item.")
            .field("reason", &ReleaseReservation::reason, "Why.")
            .shortest(1)
            .longest(500)
            .refuses(reservation_unknown);
    }
};

struct ReservationKey {
    CompanyCode company;
    items::ItemCode item;
    OrderReference order;
    std::int64_t line = 0;

    auto operator<=>(const ReservationKey&) const = default;
    static void describe(auto& key) {
        key.record("ReservationKey", "An item that is promised to a line of an order.")
            .field("company", &ReservationKey::company, "Whose stock.")
            .field("item", &ReservationKey::item, "The item.")
            .field("order", &ReservationKey::order, "The order.")
            .field("line", &ReservationKey::line, "Its line, from 1.");
    }
};

struct PromisedPart {
    std::int64_t number = 0;
    std::int64_t quantity = 0;

    bool operator==(const PromisedPart&) const = default;
    static void describe(auto& record) {
        record.record("PromisedPart", "A part of a reservation that was promised at once.")
            .field("number", &PromisedPart::number,
                   "Its turn: what has a lower one was promised before.")
            .field("quantity", &PromisedPart::quantity, "Millionths of the base unit, above zero.");
    }
};

struct Reservation {
    std::optional<WarehouseCode> warehouse;
    Date needed_on;
    std::vector<PromisedPart> parts;

    std::int64_t quantity() const;
    static void describe(auto& record) {
        record.record("Reservation", "What is promised to a line of an order and not issued yet.")
            .field("warehouse", &Reservation::warehouse, "In which warehouse; absent: in any.")
            .field("needed_on", &Reservation::needed_on, "When it is needed.")
            .field("parts", &Reservation::parts, "By their turns.");
    }
};

using Reservations = PagedTable<ReservationKey, Reservation>;

// What is free of an item, by warehouse. Millionths.
using FreeStock = std::map<WarehouseCode, std::int64_t>;
// Stock that may be promised on a day: free, of no expired lot, where goods may go out.
FreeStock free_stock(const World&, const CompanyCode&, const items::ItemCode&, Date);

struct OpenReservation {
    OrderLineRef order;
    Reservation reservation;
    std::int64_t covered = 0;  // millionths; the rest is short
};
// What of each is covered: first promised, first covered, each in its warehouse; those of any
// warehouse take what the others leave. Below zero in one warehouse is nothing there.
void cover(const FreeStock&, std::vector<OpenReservation>&);
// What is left of free stock behind all of them, in a warehouse or in any. Not below zero.
std::int64_t left_behind(const FreeStock&, const std::vector<OpenReservation>&,
                         const std::optional<WarehouseCode>&);

// Reservations of an item in the order of their lines, covered by what is free on a day.
std::vector<OpenReservation> open_reservations(const World&, const CompanyCode&,
                                               const items::ItemCode&, Date);
// What of an item can be promised on a day, in the base unit; not below zero.
Quantity available_of(const World&, const CompanyCode&, const items::ItemCode&,
                      const std::optional<WarehouseCode>&, Date);

Decision<StockReserved> decide(const World&, const ReserveStock&, const Context&);
Decision<ReservationChanged> decide(const World&, const ChangeReservation&, const Context&);
Decision<ReservationReleased> decide(const World&, const ReleaseReservation&, const Context&);
void change(Reservation&, const ReservationChanged&);
// Takes what was issued off what was promised, the first parts first.
void take_issued(Reservation&, std::int64_t issued);
void evolve(Reservations&, const StockReserved&);
void evolve(Reservations&, const ReservationChanged&);
void evolve(Reservations&, const ReservationReleased&);
void evolve(Reservations&, const StockMoved&);

Part reservations();

}  // namespace kontor::inventory
