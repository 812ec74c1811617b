// Returns: what a customer gives back of a delivery, with the goods or without them.
//
// Revenue is taken back on the day of the return. What of it is invoiced is owed to the customer
// until a credit note is written, what is not is no longer unbilled.
#pragma once

#include "domain/inventory/returns.h"
#include "domain/sales/deliveries.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::sales {

struct SaleReturnThing {
    static constexpr Thing thing{"sale_return", "sale_returns"};
};
using SaleReturnId = Id<SaleReturnThing>;

inline constexpr Reason sale_return_exists{Refusal::conflict, "sale_return_exists",
                                           "The company has a return with this id already."};
inline constexpr Reason returned_before_delivery{Refusal::invalid, "returned_before_delivery",
                                                 "Nothing comes back before it went."};
inline constexpr Reason delivery_line_unknown{Refusal::missing, "delivery_line_unknown",
                                              "The delivery has no line with this number."};
inline constexpr Reason returned_beyond_delivery{
    Refusal::conflict, "returned_beyond_delivery",
    "More would come back of the line than went by it and is not back yet."};

struct SaleReturnAsk {
    std::int64_t line = 1;
    std::optional<Quantity> quantity;
    std::optional<inventory::WarehouseCode> warehouse;
    std::optional<inventory::LocationCode> location;
    inventory::StockState state = inventory::StockState::free;

    static void describe(auto& line) {
        line.record("SaleReturnAsk", "What comes back of a line of a delivery.")
            .field("line", &SaleReturnAsk::line, "Number of the line of the delivery, from 1.")
            .least(1)
            .field("quantity", &SaleReturnAsk::quantity,
                   "In any unit of the item. Absent: all that is not back yet.")
            .field("warehouse", &SaleReturnAsk::warehouse,
                   "Where it lies now. Absent: where it went from.")
            .field("location", &SaleReturnAsk::location,
                   "Where in the warehouse. Absent: in its default location.")
            .field("state", &SaleReturnAsk::state, "Whether it may be sold before it is looked at.")
            .otherwise(inventory::StockState::free);
    }
};

// Goods that are in stock again, at what the issue cost that they went by.
struct ComingBack {
    items::ItemCode item;
    Quantity quantity;
    std::int64_t leaving = 1;

    bool operator==(const ComingBack&) const = default;
    static void describe(auto& record) {
        record.record("ComingBack", "Goods that are in stock again.")
            .field("item", &ComingBack::item, "Goods.")
            .field("quantity", &ComingBack::quantity, "In their base unit.")
            .field("leaving", &ComingBack::leaving,
                   "Which of all goods of the delivery they were, from 1.");
    }
};

struct ReturnedSaleLine {
    std::int64_t line = 1;
    std::int64_t order_line = 1;
    items::ItemCode item;
    Quantity base;
    std::optional<inventory::WarehouseCode> warehouse;
    std::optional<inventory::LocationCode> location;
    std::optional<inventory::LotCode> lot;
    inventory::StockState state = inventory::StockState::free;
    std::vector<ComingBack> back;
    BookedAmount earned;
    PositionMove position;
    SalesAccounts accounts;
    ledger::JournalCode journal;

    bool operator==(const ReturnedSaleLine&) const = default;
    static void describe(auto& line) {
        line.record("ReturnedSaleLine", "What came back of a line of a delivery.")
            .field("line", &ReturnedSaleLine::line, "Number of the line of the delivery.")
            .field("order_line", &ReturnedSaleLine::order_line, "Number of the order's line.")
            .field("item", &ReturnedSaleLine::item, "The item.")
            .field("base", &ReturnedSaleLine::base, "How much, in its base unit.")
            .field("warehouse", &ReturnedSaleLine::warehouse, "Where it lies now.")
            .field("location", &ReturnedSaleLine::location, "Where in the warehouse.")
            .field("lot", &ReturnedSaleLine::lot, "Lot or serial number.")
            .field("state", &ReturnedSaleLine::state, "Whether it may be sold.")
            .field("back", &ReturnedSaleLine::back, "What is in stock again by it.")
            .otherwise_empty()
            .field("earned", &ReturnedSaleLine::earned,
                   "What revenue changes by, without taxes; below zero.")
            .field("position", &ReturnedSaleLine::position,
                   "What is no longer unbilled, and what the customer is owed.")
            .field("accounts", &ReturnedSaleLine::accounts, "Where it is posted.")
            .field("journal", &ReturnedSaleLine::journal, "In which journal.");
    }
};

struct SaleReturned {
    CompanyCode company;
    SaleReturnId sale_return;
    SaleDeliveryId delivery;
    SalesOrderId order;
    parties::PartyCode customer;
    Date date;
    std::vector<ReturnedSaleLine> lines;
    std::string reason;
    UninvoicedChange uninvoiced;
    Date posted;

    bool operator==(const SaleReturned&) const = default;
    static void describe(auto& event) {
        event.record("SaleReturned", "A customer has given something back.")
            .company(&SaleReturned::company)
            .stream(&SaleReturned::sale_return)
            .on(&SaleReturned::date)
            .field("company", &SaleReturned::company, "Who sold it.")
            .field("sale_return", &SaleReturned::sale_return, "The return.")
            .field("delivery", &SaleReturned::delivery, "The delivery.")
            .field("order", &SaleReturned::order, "The order.")
            .field("customer", &SaleReturned::customer, "Who had it.")
            .field("date", &SaleReturned::date, "Its day.")
            .field("lines", &SaleReturned::lines, "What came back.")
            .field("reason", &SaleReturned::reason, "Why.")
            .field("uninvoiced", &SaleReturned::uninvoiced,
                   "How what is ordered and not invoiced changes.")
            .field("posted", &SaleReturned::posted,
                   "The day that it is posted on, by the ledger's policy for what comes late.");
    }
};

struct ReturnSale {
    CompanyCode company;
    SaleReturnId sale_return;
    SaleDeliveryId delivery;
    std::optional<Date> date;
    std::vector<SaleReturnAsk> lines;
    bool without_goods = false;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("ReturnSale",
                    "Says that a customer has given something back of a delivery. Goods are in "
                    "stock again at what their issue cost; revenue is taken back, and what of it "
                    "was invoiced is owed to the customer until CreditSale gives it back. It is "
                    "not delivered again: what replaces it is another line.")
            .company(&ReturnSale::company)
            .stream(&ReturnSale::sale_return)
            .example(R"({"company": "DEMO", "sale_return": "01980000-0000-7000-8000-000000000731",
                "delivery": "01980000-0000-7000-8000-000000000711", "lines": [{"line": 1,
                "quantity": {"amount": "1", "unit": "ea"}, "state": "blocked"}], "reason":
                "Too short"})")
            .field("company", &ReturnSale::company, "Who sold it.")
            .field("sale_return", &ReturnSale::sale_return, "A new id, chosen by the client.")
            .field("delivery", &ReturnSale::delivery, "A delivery of the company.")
            .field("date", &ReturnSale::date, "Its day. Absent: the company's today.")
            .field("lines", &ReturnSale::lines, "What comes back. Empty: all that is not yet.")
            .otherwise_empty()
            .longest(2'000)
            .field("without_goods", &ReturnSale::without_goods,
                   "The goods do not come, such as what was spoilt on the way.")
            .otherwise(false)
            .field("reason", &ReturnSale::reason, "Why.")
            .shortest(1)
            .longest(500)
            .refuses(sale_delivery_unknown, sale_return_exists, sale_delivery_reversed,
                     returned_before_delivery, ledger::date_outside_calendar, delivery_line_unknown,
                     inventory::quantity_not_positive, inventory::quantity_not_whole,
                     returned_beyond_delivery, kit_not_openable);
    }
};

struct SaleReturnKey {
    CompanyCode company;
    SaleReturnId sale_return;

    auto operator<=>(const SaleReturnKey&) const = default;
    static void describe(auto& key) {
        key.record("SaleReturnKey", "A return of a company.")
            .field("company", &SaleReturnKey::company, "Who sold it.")
            .field("sale_return", &SaleReturnKey::sale_return, "Its id.");
    }
};

struct SaleReturn {
    SaleDeliveryId delivery;

    static void describe(auto& record) {
        record.record("SaleReturn", "A return as decisions know it.")
            .field("delivery", &SaleReturn::delivery, "The delivery.");
    }
};
using SaleReturns = PagedTable<SaleReturnKey, SaleReturn>;

Decision<SaleReturned> decide(const World&, const ReturnSale&, const Context&);
void evolve(SaleReturns&, const SaleReturned&);
void evolve(SaleDeliveries&, const SaleReturned&);
void evolve(SalesOrders&, const SaleReturned&);
void evolve(UninvoicedSales&, const SaleReturned&);

Part sale_returns();

}  // namespace kontor::sales
