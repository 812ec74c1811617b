// Sales orders: placed, amended with their history kept, held and released, closed.
#pragma once

#include "domain/inventory/stocked_items.h"
#include "domain/items/kits.h"
#include "domain/sales/sales_order.h"
#include "domain/sales/sales_policy.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::sales {

inline constexpr Reason sales_order_exists{Refusal::conflict, "sales_order_exists",
                                           "The company has a sales order with this id already."};
inline constexpr Reason sales_order_unknown{Refusal::missing, "sales_order_unknown",
                                            "The company has no sales order with this id."};
inline constexpr Reason customer_without_counterparty{
    Refusal::conflict, "customer_without_counterparty",
    "No legal entity stands behind the customer on that day; link one."};
inline constexpr Reason sales_price_unfit{
    Refusal::invalid, "sales_price_unfit",
    "An order is in one currency, and no price of it is below zero."};
inline constexpr Reason sales_discount_unfit{Refusal::invalid, "sales_discount_unfit",
                                             "A discount is from 0 % to 100 %."};
inline constexpr Reason sales_warehouse_missing{
    Refusal::invalid, "sales_warehouse_missing",
    "Goods are taken from a warehouse, and the company has not just one; say which."};
inline constexpr Reason sales_warehouse_unwanted{Refusal::invalid, "sales_warehouse_unwanted",
                                                 "A service is taken from no warehouse."};
inline constexpr Reason sales_too_large{Refusal::invalid, "sales_too_large",
                                        "The order would come to more than any amount."};
inline constexpr Reason due_before_order{Refusal::invalid, "due_before_order",
                                         "Nothing is due before it is ordered."};
inline constexpr Reason sales_line_unknown{Refusal::missing, "sales_line_unknown",
                                           "The order has no line with this number."};
inline constexpr Reason sales_line_twice{Refusal::invalid, "sales_line_twice",
                                         "A line of the order is named twice."};
inline constexpr Reason sales_line_closed{
    Refusal::conflict, "sales_line_closed",
    "The line is closed: nothing more of it is delivered, unless it is reopened."};
inline constexpr Reason sales_line_open{Refusal::conflict, "sales_line_open",
                                        "The line is not closed."};
inline constexpr Reason sales_line_begun{
    Refusal::conflict, "sales_line_begun",
    "Something of the line is delivered or invoiced at its price; close it and add another one."};
inline constexpr Reason sales_below_done{
    Refusal::conflict, "sales_below_done",
    "More of the line is delivered or invoiced than would be ordered."};
inline constexpr Reason sales_order_unchanged{
    Refusal::conflict, "sales_order_unchanged",
    "The command names nothing that is to be another way."};
inline constexpr Reason sales_order_held{
    Refusal::conflict, "sales_order_held",
    "The order is held: nothing of it is delivered until it is released."};
inline constexpr Reason sales_order_not_held{Refusal::conflict, "sales_order_not_held",
                                             "The order is not held, and is released already."};

inline constexpr Reason kit_not_openable{
    Refusal::conflict, "kit_not_openable",
    "What the kit holds on that day is not known, or is no whole number of its units."};

// A line as it is asked for.
struct SalesLine {
    items::ItemCode item;
    Quantity quantity;
    std::optional<UnitPrice> price;
    std::optional<Percent> discount;
    std::vector<taxes::TaxCode> taxes;
    std::optional<inventory::WarehouseCode> warehouse;
    std::optional<Date> due;
    std::string text;

    static void describe(auto& line) {
        line.record("SalesLine", "Something that a customer orders.")
            .field("item", &SalesLine::item, "Goods, a service or a kit.")
            .field("quantity", &SalesLine::quantity, "Above zero, in the unit that it is sold in.")
            .field("price", &SalesLine::price,
                   "Of one of that unit, with the taxes that it includes. Absent: by the price "
                   "lists, discounts and promotions that the customer has on the order's day.")
            .field("discount", &SalesLine::discount,
                   "What is taken off the price, in percent. Absent: nothing.")
            .field("taxes", &SalesLine::taxes,
                   "Taxes or groups of them. Empty: those of the item's category.")
            .otherwise_empty()
            .longest(20)
            .field("warehouse", &SalesLine::warehouse,
                   "Where goods are taken from. Absent: that of the order.")
            .field("due", &SalesLine::due, "When it is to be delivered. Absent: when the order is.")
            .field("text", &SalesLine::text, "What more is to be said of it.")
            .otherwise_empty()
            .longest(500);
    }
};

// A line that is to be another one, or is new.
struct AmendedSalesLine {
    std::optional<std::int64_t> line;
    std::optional<SalesLine> added;
    std::optional<Quantity> quantity;
    std::optional<UnitPrice> price;
    std::optional<Percent> discount;
    std::optional<Date> due;
    std::optional<inventory::WarehouseCode> warehouse;

    static void describe(auto& line) {
        line.record("AmendedSalesLine", "A line that is to be another one, or is new.")
            .field("line", &AmendedSalesLine::line, "Number of the line. Absent: `added` is new.")
            .least(1)
            .field("added", &AmendedSalesLine::added, "A new line, as in PlaceSalesOrder.")
            .field("quantity", &AmendedSalesLine::quantity, "Absent: as it was.")
            .field("price", &AmendedSalesLine::price, "Absent: as it was.")
            .field("discount", &AmendedSalesLine::discount, "Absent: as it was.")
            .field("due", &AmendedSalesLine::due, "Absent: as it was.")
            .field("warehouse", &AmendedSalesLine::warehouse, "Absent: as it was.");
    }
};

struct SalesOrderPlaced {
    CompanyCode company;
    SalesOrderId order;
    companies::DocumentNumber number;
    parties::PartyCode customer;
    parties::CounterpartyCode counterparty;
    contracts::ContractCode contract;
    bool contract_by_default = false;
    Currency currency;
    Date date;
    std::optional<std::string> reference;
    std::optional<parties::PartyCode> seller;
    parties::CountryCode country;
    std::vector<SoldLine> lines;
    Money net;
    Money gross;
    std::string text;

    bool operator==(const SalesOrderPlaced&) const = default;
    static void describe(auto& event) {
        event.record("SalesOrderPlaced", "A customer has ordered something.")
            .company(&SalesOrderPlaced::company)
            .stream(&SalesOrderPlaced::order)
            .on(&SalesOrderPlaced::date)
            .field("company", &SalesOrderPlaced::company, "Who sells.")
            .field("order", &SalesOrderPlaced::order, "The order.")
            .field("number", &SalesOrderPlaced::number, "Its number.")
            .field("customer", &SalesOrderPlaced::customer, "Who buys.")
            .field("counterparty", &SalesOrderPlaced::counterparty, "Who pays.")
            .field("contract", &SalesOrderPlaced::contract, "The contract that it is under.")
            .field("contract_by_default", &SalesOrderPlaced::contract_by_default,
                   "There was none, and one is made with the order.")
            .field("currency", &SalesOrderPlaced::currency, "What it is in.")
            .field("date", &SalesOrderPlaced::date, "Its day.")
            .field("reference", &SalesOrderPlaced::reference, "The customer's own number.")
            .field("seller", &SalesOrderPlaced::seller, "Who sold it.")
            .field("country", &SalesOrderPlaced::country, "Where it is delivered to.")
            .field("lines", &SalesOrderPlaced::lines, "What is sold.")
            .field("net", &SalesOrderPlaced::net, "What it comes to without taxes.")
            .field("gross", &SalesOrderPlaced::gross, "With taxes.")
            .field("text", &SalesOrderPlaced::text, "What the customer is told.");
    }
};

struct SalesOrderAmended {
    CompanyCode company;
    SalesOrderId order;
    std::int64_t version = 2;
    std::vector<SoldLine> was;
    std::vector<SoldLine> becomes;
    Money net;
    Money gross;
    std::string reason;
    Date date;
    UninvoicedChange uninvoiced;

    bool operator==(const SalesOrderAmended&) const = default;
    static void describe(auto& event) {
        event.record("SalesOrderAmended", "An order is another one from now on.")
            .company(&SalesOrderAmended::company)
            .stream(&SalesOrderAmended::order)
            .on_recorded_day()
            .field("company", &SalesOrderAmended::company, "Who sells.")
            .field("order", &SalesOrderAmended::order, "The order.")
            .field("version", &SalesOrderAmended::version, "Which version it is now.")
            .field("was", &SalesOrderAmended::was, "The changed lines as they were.")
            .field("becomes", &SalesOrderAmended::becomes, "As they are; new ones behind.")
            .field("net", &SalesOrderAmended::net, "What all of it comes to without taxes.")
            .field("gross", &SalesOrderAmended::gross, "With taxes.")
            .field("reason", &SalesOrderAmended::reason, "Why.")
            .field("date", &SalesOrderAmended::date, "The company's day.")
            .field("uninvoiced", &SalesOrderAmended::uninvoiced,
                   "How what is ordered and not invoiced changes.");
    }
};

struct SalesLinesClosed {
    CompanyCode company;
    SalesOrderId order;
    std::vector<std::int64_t> lines;
    std::string reason;
    UninvoicedChange uninvoiced;

    bool operator==(const SalesLinesClosed&) const = default;
    static void describe(auto& event) {
        event.record("SalesLinesClosed", "Nothing more of these lines is delivered.")
            .company(&SalesLinesClosed::company)
            .stream(&SalesLinesClosed::order)
            .on_recorded_day()
            .field("company", &SalesLinesClosed::company, "Who sells.")
            .field("order", &SalesLinesClosed::order, "The order.")
            .field("lines", &SalesLinesClosed::lines, "Numbers of the lines.")
            .field("reason", &SalesLinesClosed::reason, "Why.")
            .field("uninvoiced", &SalesLinesClosed::uninvoiced,
                   "How what is ordered and not invoiced changes.");
    }
};

struct SalesLinesReopened {
    CompanyCode company;
    SalesOrderId order;
    std::vector<std::int64_t> lines;
    std::string reason;
    UninvoicedChange uninvoiced;

    bool operator==(const SalesLinesReopened&) const = default;
    static void describe(auto& event) {
        event.record("SalesLinesReopened", "The rest of these lines is delivered after all.")
            .company(&SalesLinesReopened::company)
            .stream(&SalesLinesReopened::order)
            .on_recorded_day()
            .field("company", &SalesLinesReopened::company, "Who sells.")
            .field("order", &SalesLinesReopened::order, "The order.")
            .field("lines", &SalesLinesReopened::lines, "Numbers of the lines.")
            .field("reason", &SalesLinesReopened::reason, "Why.")
            .field("uninvoiced", &SalesLinesReopened::uninvoiced,
                   "How what is ordered and not invoiced changes.");
    }
};

struct SalesOrderHeld {
    CompanyCode company;
    SalesOrderId order;
    std::string reason;

    bool operator==(const SalesOrderHeld&) const = default;
    static void describe(auto& event) {
        event.record("SalesOrderHeld", "Nothing of an order is delivered for now.")
            .company(&SalesOrderHeld::company)
            .stream(&SalesOrderHeld::order)
            .on_recorded_day()
            .field("company", &SalesOrderHeld::company, "Who sells.")
            .field("order", &SalesOrderHeld::order, "The order.")
            .field("reason", &SalesOrderHeld::reason, "Why.");
    }
};

struct SalesOrderReleased {
    CompanyCode company;
    SalesOrderId order;
    std::string reason;

    bool operator==(const SalesOrderReleased&) const = default;
    static void describe(auto& event) {
        event.record("SalesOrderReleased", "An order that was held may be delivered.")
            .company(&SalesOrderReleased::company)
            .stream(&SalesOrderReleased::order)
            .on_recorded_day()
            .field("company", &SalesOrderReleased::company, "Who sells.")
            .field("order", &SalesOrderReleased::order, "The order.")
            .field("reason", &SalesOrderReleased::reason, "Why.");
    }
};

// What is wrong with a line that is sold, in the order of the checks.
auto& refuses_as_sales_line(auto& command) {
    return command.refuses(
        items::item_unknown, items::item_is_template, items::item_is_draft,
        items::item_discontinued, items::item_use_blocked, items::kit_is_empty,
        inventory::quantity_not_positive, inventory::quantity_not_whole, sales_warehouse_unwanted,
        sales_warehouse_missing, inventory::warehouse_unknown, inventory::warehouse_blocked,
        kit_not_openable, pricing::price_missing, pricing::price_too_large,
        pricing::promotion_not_running, sales_price_unfit, sales_discount_unfit, sales_too_large,
        due_before_order, sales_accounts_missing, taxes::tax_unknown, taxes::tax_blocked,
        taxes::tax_of_other_use, taxes::tax_rate_not_set, taxes::tax_rate_unfit);
}

struct PlaceSalesOrder {
    CompanyCode company;
    SalesOrderId order;
    parties::PartyCode customer;
    std::optional<parties::CounterpartyCode> counterparty;
    std::optional<contracts::ContractCode> contract;
    std::optional<Currency> currency;
    std::optional<Date> date;
    std::optional<Date> due;
    std::optional<inventory::WarehouseCode> warehouse;
    std::optional<std::string> reference;
    std::optional<parties::PartyCode> seller;
    std::optional<parties::CountryCode> country;
    std::vector<SalesLine> lines;
    std::string text;
    std::vector<pricing::PromotionCode> promotions;

    static void describe(auto& command) {
        command
            .record("PlaceSalesOrder",
                    "A customer orders something. What the order does not say comes from the "
                    "contract, the price lists and the items.")
            .company(&PlaceSalesOrder::company)
            .stream(&PlaceSalesOrder::order)
            .example(R"({"company": "DEMO", "order": "01980000-0000-7000-8000-000000000701",
                "customer": "C-1001", "lines": [{"item": "CANDLE", "quantity": {"amount": "6",
                "unit": "ea"}, "price": {"amount": "2.50", "currency": "EUR"}, "warehouse":
                "MAIN"}]})")
            .field("company", &PlaceSalesOrder::company, "Who sells.")
            .field("order", &PlaceSalesOrder::order, "A new id, chosen by the client.")
            .field("customer", &PlaceSalesOrder::customer, "A party that is a customer.")
            .field("counterparty", &PlaceSalesOrder::counterparty,
                   "The legal entity that pays. Absent: the preferred one.")
            .field("contract", &PlaceSalesOrder::contract,
                   "The contract that it is under. Absent: the preferred one; where there is none, "
                   "one is made.")
            .field("currency", &PlaceSalesOrder::currency,
                   "What it is in. Absent: that of the first price that is named, else that of "
                   "the books.")
            .field("date", &PlaceSalesOrder::date, "Its day. Absent: the company's today.")
            .field("due", &PlaceSalesOrder::due,
                   "When it is to be delivered. Absent: on the order's day.")
            .field("warehouse", &PlaceSalesOrder::warehouse,
                   "Where goods are taken from. Absent: the company's only warehouse.")
            .field("reference", &PlaceSalesOrder::reference,
                   "The customer's own number of it (EN 16931, BT-13).")
            .shortest(1)
            .longest(64)
            .field("seller", &PlaceSalesOrder::seller, "The employee or agent who sold it.")
            .field("country", &PlaceSalesOrder::country,
                   "Where it is delivered to. Absent: the country of the counterparty.")
            .field("lines", &PlaceSalesOrder::lines, "What is ordered.")
            .shortest(1)
            .longest(2'000)
            .field("text", &PlaceSalesOrder::text, "What the customer is told.")
            .otherwise_empty()
            .longest(2'000)
            .field("promotions", &PlaceSalesOrder::promotions,
                   "Promotions that the customer has named, such as by a coupon.")
            .otherwise_empty()
            .longest(20)
            .refuses(companies::company_unknown, sales_order_exists, parties::party_unknown,
                     parties::party_merged, parties::party_refused, parties::party_former,
                     parties::party_lacks_role, parties::counterparty_unknown,
                     parties::counterparty_merged, parties::counterparty_refused,
                     parties::counterparty_former, parties::counterparty_not_linked,
                     customer_without_counterparty, parties::country_unknown,
                     contracts::contract_unknown, contracts::contract_not_of_dealing,
                     contracts::contract_currency_differs, contracts::contract_not_in_force);
        refuses_as_sales_line(command);
    }
};

struct AmendSalesOrder {
    CompanyCode company;
    SalesOrderId order;
    std::vector<AmendedSalesLine> lines;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("AmendSalesOrder",
                    "Changes lines of an order or adds some. What it was before stays in its "
                    "history. A price is changed as long as nothing of the line is delivered or "
                    "invoiced.")
            .company(&AmendSalesOrder::company)
            .stream(&AmendSalesOrder::order)
            .example(R"({"company": "DEMO", "order": "01980000-0000-7000-8000-000000000701",
                "lines": [{"line": 1, "quantity": {"amount": "8", "unit": "ea"}}], "reason":
                "Two more"})")
            .field("company", &AmendSalesOrder::company, "Who sells.")
            .field("order", &AmendSalesOrder::order, "An order of the company.")
            .field("lines", &AmendSalesOrder::lines, "What is to be another way.")
            .shortest(1)
            .longest(2'000)
            .field("reason", &AmendSalesOrder::reason, "Why.")
            .shortest(1)
            .longest(500)
            .refuses(sales_order_unknown, sales_line_unknown, sales_line_twice, sales_line_closed,
                     sales_line_begun);
        refuses_as_sales_line(command).refuses(sales_below_done, sales_order_unchanged);
    }
};

struct CloseSalesLines {
    CompanyCode company;
    SalesOrderId order;
    std::vector<std::int64_t> lines;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("CloseSalesLines",
                    "Says that nothing more of lines is delivered: they are cancelled where "
                    "nothing was, and short where something was.")
            .company(&CloseSalesLines::company)
            .stream(&CloseSalesLines::order)
            .example(R"({"company": "DEMO", "order": "01980000-0000-7000-8000-000000000702",
                "lines": [1], "reason": "The customer does without"})")
            .field("company", &CloseSalesLines::company, "Who sells.")
            .field("order", &CloseSalesLines::order, "An order of the company.")
            .field("lines", &CloseSalesLines::lines, "Numbers. Empty: all that are not closed.")
            .otherwise_empty()
            .longest(2'000)
            .field("reason", &CloseSalesLines::reason, "Why.")
            .shortest(1)
            .longest(500)
            .refuses(sales_order_unknown, sales_line_unknown, sales_line_twice, sales_line_closed);
    }
};

struct ReopenSalesLines {
    CompanyCode company;
    SalesOrderId order;
    std::vector<std::int64_t> lines;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("ReopenSalesLines",
                    "Says that the rest of closed lines is delivered after all.")
            .company(&ReopenSalesLines::company)
            .stream(&ReopenSalesLines::order)
            .example(R"({"company": "DEMO", "order": "01980000-0000-7000-8000-000000000702",
                "lines": [1], "reason": "The customer wants it after all"})")
            .field("company", &ReopenSalesLines::company, "Who sells.")
            .field("order", &ReopenSalesLines::order, "An order of the company.")
            .field("lines", &ReopenSalesLines::lines, "Numbers of closed lines.")
            .shortest(1)
            .longest(2'000)
            .field("reason", &ReopenSalesLines::reason, "Why.")
            .shortest(1)
            .longest(500)
            .refuses(sales_order_unknown, sales_line_unknown, sales_line_twice, sales_line_open);
    }
};

struct HoldSalesOrder {
    CompanyCode company;
    SalesOrderId order;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("HoldSalesOrder",
                    "Keeps an order from being delivered. Orders beyond a credit limit are held by "
                    "themselves.")
            .company(&HoldSalesOrder::company)
            .stream(&HoldSalesOrder::order)
            .example(R"({"company": "DEMO", "order": "01980000-0000-7000-8000-000000000702",
                "reason": "The customer asks for another colour"})")
            .field("company", &HoldSalesOrder::company, "Who sells.")
            .field("order", &HoldSalesOrder::order, "An order of the company.")
            .field("reason", &HoldSalesOrder::reason, "Why.")
            .shortest(1)
            .longest(500)
            .refuses(sales_order_unknown, sales_order_held);
    }
};

struct ReleaseSalesOrder {
    CompanyCode company;
    SalesOrderId order;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("ReleaseSalesOrder",
                    "Lets an order be delivered that is held, or that a credit limit would hold "
                    "back. It is a permission of its own, for those who answer for credit, and "
                    "ends when the order is amended to come to more.")
            .company(&ReleaseSalesOrder::company)
            .stream(&ReleaseSalesOrder::order)
            .example(R"({"company": "DEMO", "order": "01980000-0000-7000-8000-000000000702",
                "reason": "The colour is settled"})")
            .field("company", &ReleaseSalesOrder::company, "Who sells.")
            .field("order", &ReleaseSalesOrder::order, "An order of the company.")
            .field("reason", &ReleaseSalesOrder::reason, "Why.")
            .shortest(1)
            .longest(500)
            .refuses(sales_order_unknown, sales_order_not_held);
    }
};

Decision<SalesOrderPlaced> decide(const World&, const PlaceSalesOrder&, const Context&);
Decision<SalesOrderAmended> decide(const World&, const AmendSalesOrder&, const Context&);
Decision<SalesLinesClosed> decide(const World&, const CloseSalesLines&, const Context&);
Decision<SalesLinesReopened> decide(const World&, const ReopenSalesLines&, const Context&);
Decision<SalesOrderHeld> decide(const World&, const HoldSalesOrder&, const Context&);
Decision<SalesOrderReleased> decide(const World&, const ReleaseSalesOrder&, const Context&);
void evolve(SalesOrders&, const SalesOrderPlaced&);
void evolve(SalesOrders&, const SalesOrderAmended&);
void evolve(SalesOrders&, const SalesLinesClosed&);
void evolve(SalesOrders&, const SalesLinesReopened&);
void evolve(SalesOrders&, const SalesOrderHeld&);
void evolve(SalesOrders&, const SalesOrderReleased&);
void evolve(SalesSeries&, const SalesOrderPlaced&);
void evolve(UninvoicedSales&, const SalesOrderPlaced&);
void evolve(UninvoicedSales&, const SalesOrderAmended&);
void evolve(UninvoicedSales&, const SalesLinesClosed&);
void evolve(UninvoicedSales&, const SalesLinesReopened&);

Part sales_orders();

}  // namespace kontor::sales
