// Purchase orders: placed, amended with their history kept, confirmed by the supplier, closed.
#pragma once

#include "domain/purchasing/purchase_order.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::purchasing {

inline constexpr Reason purchase_order_exists{
    Refusal::conflict, "purchase_order_exists",
    "The company has a purchase order with this id already."};
inline constexpr Reason purchase_order_unknown{Refusal::missing, "purchase_order_unknown",
                                               "The company has no purchase order with this id."};
inline constexpr Reason supplier_without_counterparty{
    Refusal::conflict, "supplier_without_counterparty",
    "No legal entity stands behind the supplier on that day; link one."};
inline constexpr Reason purchase_line_incomplete{
    Refusal::invalid, "purchase_line_incomplete",
    "A line names an item and a quantity, or a quotation or a requisition that has them."};
inline constexpr Reason quotation_of_other_supplier{Refusal::invalid, "quotation_of_other_supplier",
                                                    "Another supplier has quoted that."};
inline constexpr Reason quotation_not_awarded{
    Refusal::conflict, "quotation_not_awarded",
    "The line of the request is not awarded to the quotation; AwardQuotations does."};
inline constexpr Reason quotation_item_differs{
    Refusal::invalid, "quotation_item_differs",
    "The quotation is for another item or in another unit."};
inline constexpr Reason purchase_warehouse_missing{
    Refusal::invalid, "purchase_warehouse_missing",
    "Goods come to a warehouse, and the company has not just one; say which."};
inline constexpr Reason purchase_warehouse_unwanted{
    Refusal::invalid, "purchase_warehouse_unwanted",
    "A service does not come to a warehouse, and goods are borne by no account but stock's."};
inline constexpr Reason purchase_price_missing{
    Refusal::invalid, "purchase_price_missing",
    "The line names no price, and no quotation, agreement or price list has one."};
inline constexpr Reason purchase_price_unfit{
    Refusal::invalid, "purchase_price_unfit",
    "An order is in one currency, and no price of it is below zero."};
inline constexpr Reason purchase_too_large{Refusal::invalid, "purchase_too_large",
                                           "The line would come to more than any amount."};
inline constexpr Reason deliveries_differ{
    Refusal::invalid, "deliveries_differ",
    "The deliveries do not add up to the quantity of the line, or are in another unit."};
inline constexpr Reason delivery_before_order{Refusal::invalid, "delivery_before_order",
                                              "Nothing comes before it is ordered."};
inline constexpr Reason purchase_line_unknown{Refusal::missing, "purchase_line_unknown",
                                              "The order has no line with this number."};
inline constexpr Reason purchase_line_twice{Refusal::invalid, "purchase_line_twice",
                                            "A line of the order is named twice."};
inline constexpr Reason purchase_line_closed{
    Refusal::conflict, "purchase_line_closed",
    "The line is closed: nothing more of it is to come, unless it is reopened."};
inline constexpr Reason purchase_line_open{Refusal::conflict, "purchase_line_open",
                                           "The line is not closed."};
inline constexpr Reason purchase_item_kept{
    Refusal::invalid, "purchase_item_kept",
    "A line keeps its item and the unit that it is bought in; close it and add another one."};
inline constexpr Reason purchase_below_received{
    Refusal::conflict, "purchase_below_received",
    "More has come of the line, or is invoiced, than would be ordered."};
inline constexpr Reason purchase_unchanged{Refusal::conflict, "purchase_unchanged",
                                           "The command names nothing that is to be another way."};

// A line as it is asked for.
struct PurchaseLine {
    std::optional<items::ItemCode> item;
    std::optional<Quantity> quantity;
    std::optional<UnitPrice> price;
    std::optional<Date> due;
    std::vector<ScheduledDelivery> deliveries;
    std::optional<inventory::WarehouseCode> warehouse;
    std::optional<ledger::AccountCode> expense;
    std::optional<Percent> over_receipt;
    std::optional<Percent> under_receipt;
    std::vector<taxes::TaxCode> taxes;
    std::string text;
    std::optional<FrameworkCode> framework;
    std::optional<QuotationLineRef> quotation;
    std::optional<RequisitionLineRef> requisition;

    static void describe(auto& line) {
        line.record("PurchaseLine", "Something that is ordered.")
            .field("item", &PurchaseLine::item,
                   "Goods or a service. Absent: that of the quotation or the requisition.")
            .field("quantity", &PurchaseLine::quantity,
                   "Above zero, in the unit that it is bought in, such as a supplier's carton. "
                   "Absent: that of the quotation or the requisition.")
            .field("price", &PurchaseLine::price,
                   "Of one of that unit, without tax. Absent: that of the quotation, of an "
                   "agreement with the supplier, or of its price lists.")
            .field("due", &PurchaseLine::due,
                   "When all of it is to come. Absent: by the quotation's lead time, or when the "
                   "order is.")
            .field("deliveries", &PurchaseLine::deliveries,
                   "When which part is to come, where it comes in parts; they add up to it.")
            .otherwise_empty()
            .longest(366)
            .field("warehouse", &PurchaseLine::warehouse,
                   "Where goods are to come. Absent: that of the order.")
            .field("expense", &PurchaseLine::expense,
                   "The account that bears a service. Absent: the company's.")
            .field("over_receipt", &PurchaseLine::over_receipt,
                   "So much more may come. Absent: as the company's policy has it.")
            .least(0)
            .field("under_receipt", &PurchaseLine::under_receipt,
                   "So much less is all. Absent: as the company's policy has it.")
            .least(0)
            .most(100'000'000)
            .field("taxes", &PurchaseLine::taxes, "Its taxes. Empty: those of the order.")
            .otherwise_empty()
            .longest(20)
            .field("text", &PurchaseLine::text, "What more is to be said of it.")
            .otherwise_empty()
            .longest(500)
            .field("framework", &PurchaseLine::framework,
                   "The agreement that it calls off by. Absent: where it names no price, the first "
                   "that has one.")
            .field("quotation", &PurchaseLine::quotation, "An awarded quotation.")
            .field("requisition", &PurchaseLine::requisition, "An approved requisition.");
    }
};

// A line that is to be another one, or is new.
struct AmendedLine {
    std::optional<std::int64_t> line;
    std::optional<PurchaseLine> added;
    std::optional<Quantity> quantity;
    std::optional<UnitPrice> price;
    std::optional<Date> due;
    std::vector<ScheduledDelivery> deliveries;
    std::optional<inventory::WarehouseCode> warehouse;

    static void describe(auto& line) {
        line.record("AmendedLine", "A line that is to be another one, or is new.")
            .field("line", &AmendedLine::line, "Number of the line. Absent: `added` is new.")
            .least(1)
            .field("added", &AmendedLine::added, "A new line, as in PlacePurchaseOrder.")
            .field("quantity", &AmendedLine::quantity,
                   "In the unit that it is bought in. Absent: as it was.")
            .field("price", &AmendedLine::price,
                   "Absent: as it was. What has come keeps the price that it came at.")
            .field("due", &AmendedLine::due, "When all of it is to come. Absent: as it was.")
            .field("deliveries", &AmendedLine::deliveries,
                   "When which part is to come. Empty: as it was; of another quantity, the last "
                   "ones are so much more or less.")
            .otherwise_empty()
            .longest(366)
            .field("warehouse", &AmendedLine::warehouse,
                   "Where the rest is to come. Absent: as it was.");
    }
};

struct ConfirmedLine {
    std::int64_t line = 1;
    std::optional<Date> date;
    std::vector<ScheduledDelivery> deliveries;

    bool operator==(const ConfirmedLine&) const = default;
    static void describe(auto& line) {
        line.record("ConfirmedLine", "When a supplier says that a line comes.")
            .field("line", &ConfirmedLine::line, "Number of the line.")
            .least(1)
            .field("date", &ConfirmedLine::date, "The day, where all of it comes on one.")
            .field("deliveries", &ConfirmedLine::deliveries,
                   "Or which part on which day; they add up to the line.")
            .otherwise_empty()
            .longest(366);
    }
};

struct PurchaseOrderPlaced {
    CompanyCode company;
    PurchaseOrderId order;
    std::optional<OrderNumber> number;
    parties::PartyCode supplier;
    parties::CounterpartyCode counterparty;
    contracts::ContractCode contract;
    Currency currency;
    Date date;
    std::vector<OrderedLine> lines;
    std::string text;

    bool operator==(const PurchaseOrderPlaced&) const = default;
    static void describe(auto& event) {
        event.record("PurchaseOrderPlaced", "The company has ordered something.")
            .company(&PurchaseOrderPlaced::company)
            .stream(&PurchaseOrderPlaced::order)
            .on(&PurchaseOrderPlaced::date)
            .field("company", &PurchaseOrderPlaced::company, "Who buys.")
            .field("order", &PurchaseOrderPlaced::order, "The order.")
            .field("number", &PurchaseOrderPlaced::number, "Its number, where it has one.")
            .field("supplier", &PurchaseOrderPlaced::supplier, "Who is to deliver.")
            .field("counterparty", &PurchaseOrderPlaced::counterparty, "Who is paid for it.")
            .field("contract", &PurchaseOrderPlaced::contract, "The contract that it is under.")
            .field("currency", &PurchaseOrderPlaced::currency, "What it is in.")
            .field("date", &PurchaseOrderPlaced::date, "Its day.")
            .field("lines", &PurchaseOrderPlaced::lines, "What is ordered.")
            .field("text", &PurchaseOrderPlaced::text, "What the supplier is told.");
    }
};

struct PurchaseOrderAmended {
    CompanyCode company;
    PurchaseOrderId order;
    std::int64_t version = 2;
    std::vector<OrderedLine> was;
    std::vector<OrderedLine> becomes;
    std::string reason;

    bool operator==(const PurchaseOrderAmended&) const = default;
    static void describe(auto& event) {
        event.record("PurchaseOrderAmended", "An order is another one from now on.")
            .company(&PurchaseOrderAmended::company)
            .stream(&PurchaseOrderAmended::order)
            .on_recorded_day()
            .field("company", &PurchaseOrderAmended::company, "Who buys.")
            .field("order", &PurchaseOrderAmended::order, "The order.")
            .field("version", &PurchaseOrderAmended::version, "Which version it is now.")
            .field("was", &PurchaseOrderAmended::was, "The changed lines as they were.")
            .field("becomes", &PurchaseOrderAmended::becomes, "As they are; new ones behind.")
            .field("reason", &PurchaseOrderAmended::reason, "Why.");
    }
};

struct PurchaseOrderConfirmed {
    CompanyCode company;
    PurchaseOrderId order;
    std::vector<ConfirmedLine> lines;
    std::string reference;

    bool operator==(const PurchaseOrderConfirmed&) const = default;
    static void describe(auto& event) {
        event.record("PurchaseOrderConfirmed", "The supplier says when it delivers.")
            .company(&PurchaseOrderConfirmed::company)
            .stream(&PurchaseOrderConfirmed::order)
            .on_recorded_day()
            .field("company", &PurchaseOrderConfirmed::company, "Who buys.")
            .field("order", &PurchaseOrderConfirmed::order, "The order.")
            .field("lines", &PurchaseOrderConfirmed::lines, "What comes when.")
            .field("reference", &PurchaseOrderConfirmed::reference, "The supplier's own number.");
    }
};

// A line that is closed or reopened, with what is not to come, or is to come again.
struct UndeliveredLine {
    std::int64_t line = 1;
    items::ItemCode item;
    Quantity undelivered;
    Money amount;
    std::optional<FrameworkCode> framework;

    bool operator==(const UndeliveredLine&) const = default;
    static void describe(auto& record) {
        record.record("UndeliveredLine", "A line with what has not come of it.")
            .field("line", &UndeliveredLine::line, "Number of the line.")
            .field("item", &UndeliveredLine::item, "The item.")
            .field("undelivered", &UndeliveredLine::undelivered, "In the item's base unit.")
            .field("amount", &UndeliveredLine::amount, "At the order's price.")
            .field("framework", &UndeliveredLine::framework, "The agreement that has it again.");
    }
};

struct PurchaseLinesClosed {
    CompanyCode company;
    PurchaseOrderId order;
    std::vector<UndeliveredLine> lines;
    std::string reason;

    bool operator==(const PurchaseLinesClosed&) const = default;
    static void describe(auto& event) {
        event.record("PurchaseLinesClosed", "Nothing more of these lines is to come.")
            .company(&PurchaseLinesClosed::company)
            .stream(&PurchaseLinesClosed::order)
            .on_recorded_day()
            .field("company", &PurchaseLinesClosed::company, "Who buys.")
            .field("order", &PurchaseLinesClosed::order, "The order.")
            .field("lines", &PurchaseLinesClosed::lines, "The lines.")
            .field("reason", &PurchaseLinesClosed::reason, "Why.");
    }
};

struct PurchaseLinesReopened {
    CompanyCode company;
    PurchaseOrderId order;
    std::vector<UndeliveredLine> lines;
    std::string reason;

    bool operator==(const PurchaseLinesReopened&) const = default;
    static void describe(auto& event) {
        event.record("PurchaseLinesReopened", "The rest of these lines is to come after all.")
            .company(&PurchaseLinesReopened::company)
            .stream(&PurchaseLinesReopened::order)
            .on_recorded_day()
            .field("company", &PurchaseLinesReopened::company, "Who buys.")
            .field("order", &PurchaseLinesReopened::order, "The order.")
            .field("lines", &PurchaseLinesReopened::lines, "The lines.")
            .field("reason", &PurchaseLinesReopened::reason, "Why.");
    }
};

// What is wrong with a line that is ordered, in the order of the checks.
auto& refuses_as_purchase_line(auto& command) {
    return command.refuses(
        supplier_quotation_unknown, quotation_of_other_supplier, quotation_line_unknown,
        quotation_not_awarded, quotation_expired, requisition_unknown, requisition_line_unknown,
        purchase_line_incomplete, items::item_unknown, items::item_is_template,
        items::item_is_draft, items::item_phased_out, items::item_discontinued,
        items::item_use_blocked, item_not_bought, requisition_rejected, requisition_not_approved,
        requisition_item_differs, inventory::quantity_not_positive, inventory::quantity_not_whole,
        quotation_item_differs, quotation_minimum_missed, purchase_warehouse_unwanted,
        purchase_warehouse_missing, inventory::warehouse_unknown, inventory::warehouse_blocked,
        ledger::account_unknown, ledger::account_is_summary, framework_unknown,
        framework_of_other_supplier, framework_not_valid, framework_item_unknown,
        framework_price_differs, purchase_price_missing, purchase_price_unfit, purchase_too_large,
        taxes::tax_unknown, taxes::tax_blocked, taxes::tax_of_other_use, taxes::tax_rate_not_set,
        taxes::tax_rate_unfit, deliveries_differ, delivery_before_order);
}

struct PlacePurchaseOrder {
    CompanyCode company;
    PurchaseOrderId order;
    parties::PartyCode supplier;
    std::optional<parties::CounterpartyCode> counterparty;
    std::optional<contracts::ContractCode> contract;
    std::optional<Date> date;
    std::optional<Date> due;
    std::optional<inventory::WarehouseCode> warehouse;
    std::vector<taxes::TaxCode> taxes;
    std::vector<PurchaseLine> lines;
    std::string text;

    static void describe(auto& command) {
        command
            .record("PlacePurchaseOrder",
                    "Orders something from a supplier. Prices come from quotations and agreements "
                    "where a line does not say them.")
            .company(&PlacePurchaseOrder::company)
            .stream(&PlacePurchaseOrder::order)
            .example(R"({"company": "DEMO", "order": "01980000-0000-7000-8000-000000000605",
                "supplier": "WICK", "lines": [{"item": "CANDLE", "quantity": {"amount": "240",
                "unit": "ea"}, "price": {"amount": "1.45", "currency": "EUR"}, "warehouse":
                "MAIN"}]})")
            .field("company", &PlacePurchaseOrder::company, "Who buys.")
            .field("order", &PlacePurchaseOrder::order, "A new id, chosen by the client.")
            .field("supplier", &PlacePurchaseOrder::supplier, "A party that is a supplier.")
            .field("counterparty", &PlacePurchaseOrder::counterparty,
                   "The legal entity behind it. Absent: the preferred one.")
            .field("contract", &PlacePurchaseOrder::contract,
                   "The contract that it is under. Absent: the preferred one that holds, or one "
                   "that is made with it.")
            .field("date", &PlacePurchaseOrder::date, "Its day. Absent: the company's today.")
            .field("due", &PlacePurchaseOrder::due,
                   "When it is to come. Absent: on the order's day.")
            .field("warehouse", &PlacePurchaseOrder::warehouse,
                   "Where goods are to come. Absent: the company's only warehouse.")
            .field("taxes", &PlacePurchaseOrder::taxes, "Taxes of lines that name none.")
            .otherwise_empty()
            .longest(20)
            .field("lines", &PlacePurchaseOrder::lines, "What is ordered.")
            .shortest(1)
            .longest(1'000)
            .field("text", &PlacePurchaseOrder::text, "What the supplier is told.")
            .otherwise_empty()
            .longest(2'000)
            .refuses(companies::company_unknown, purchase_order_exists, parties::party_unknown,
                     parties::party_merged, parties::party_refused, parties::party_former,
                     parties::party_lacks_role, parties::counterparty_unknown,
                     parties::counterparty_merged, parties::counterparty_refused,
                     parties::counterparty_former, parties::counterparty_not_linked,
                     supplier_without_counterparty);
        refuses_as_purchase_line(command).refuses(
            contracts::contract_unknown, contracts::contract_not_of_dealing,
            contracts::contract_currency_differs, contracts::contract_not_in_force,
            framework_exceeded);
    }
};

struct AmendPurchaseOrder {
    CompanyCode company;
    PurchaseOrderId order;
    std::vector<AmendedLine> lines;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("AmendPurchaseOrder",
                    "Changes lines of an order or adds some. What it was before stays in its "
                    "history; dates that the supplier confirmed for a changed line no longer "
                    "count.")
            .company(&AmendPurchaseOrder::company)
            .stream(&AmendPurchaseOrder::order)
            .example(R"({"company": "DEMO", "order": "01980000-0000-7000-8000-000000000605",
                "lines": [{"line": 1, "quantity": {"amount": "264", "unit": "ea"}}], "reason":
                "Two dozen more"})")
            .field("company", &AmendPurchaseOrder::company, "Who buys.")
            .field("order", &AmendPurchaseOrder::order, "An order of the company.")
            .field("lines", &AmendPurchaseOrder::lines, "What is to be another way.")
            .shortest(1)
            .longest(1'000)
            .field("reason", &AmendPurchaseOrder::reason, "Why.")
            .shortest(1)
            .longest(500)
            .refuses(purchase_order_unknown, purchase_line_unknown, purchase_line_twice,
                     purchase_line_closed, purchase_item_kept);
        refuses_as_purchase_line(command).refuses(purchase_below_received, purchase_unchanged,
                                                  framework_exceeded);
    }
};

struct ConfirmPurchaseOrder {
    CompanyCode company;
    PurchaseOrderId order;
    std::vector<ConfirmedLine> lines;
    std::string reference;

    static void describe(auto& command) {
        command
            .record("ConfirmPurchaseOrder",
                    "Says when the supplier delivers. Without lines all comes as it is ordered.")
            .company(&ConfirmPurchaseOrder::company)
            .stream(&ConfirmPurchaseOrder::order)
            .example(R"({"company": "DEMO", "order": "01980000-0000-7000-8000-000000000605",
                "reference": "W-10024"})")
            .field("company", &ConfirmPurchaseOrder::company, "Who buys.")
            .field("order", &ConfirmPurchaseOrder::order, "An order of the company.")
            .field("lines", &ConfirmPurchaseOrder::lines,
                   "What comes when. Empty: all open lines, as they are ordered.")
            .otherwise_empty()
            .longest(1'000)
            .field("reference", &ConfirmPurchaseOrder::reference, "The supplier's own number.")
            .otherwise_empty()
            .longest(64)
            .refuses(purchase_order_unknown, purchase_line_unknown, purchase_line_twice,
                     purchase_line_closed, deliveries_differ, delivery_before_order);
    }
};

struct ClosePurchaseLines {
    CompanyCode company;
    PurchaseOrderId order;
    std::vector<std::int64_t> lines;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("ClosePurchaseLines",
                    "Says that nothing more of lines is to come: they are cancelled where nothing "
                    "has, and short where something has.")
            .company(&ClosePurchaseLines::company)
            .stream(&ClosePurchaseLines::order)
            .example(R"({"company": "DEMO", "order": "01980000-0000-7000-8000-000000000606",
                "lines": [1], "reason": "The supplier has no more"})")
            .field("company", &ClosePurchaseLines::company, "Who buys.")
            .field("order", &ClosePurchaseLines::order, "An order of the company.")
            .field("lines", &ClosePurchaseLines::lines,
                   "Numbers of lines. Empty: all that are not closed.")
            .otherwise_empty()
            .longest(1'000)
            .field("reason", &ClosePurchaseLines::reason, "Why.")
            .shortest(1)
            .longest(500)
            .refuses(purchase_order_unknown, purchase_line_unknown, purchase_line_twice,
                     purchase_line_closed);
    }
};

struct ReopenPurchaseLines {
    CompanyCode company;
    PurchaseOrderId order;
    std::vector<std::int64_t> lines;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("ReopenPurchaseLines",
                    "Says that the rest of closed lines is to come after all.")
            .company(&ReopenPurchaseLines::company)
            .stream(&ReopenPurchaseLines::order)
            .example(R"({"company": "DEMO", "order": "01980000-0000-7000-8000-000000000606",
                "lines": [1], "reason": "The supplier found some more"})")
            .field("company", &ReopenPurchaseLines::company, "Who buys.")
            .field("order", &ReopenPurchaseLines::order, "An order of the company.")
            .field("lines", &ReopenPurchaseLines::lines, "Numbers of closed lines.")
            .shortest(1)
            .longest(1'000)
            .field("reason", &ReopenPurchaseLines::reason, "Why.")
            .shortest(1)
            .longest(500)
            .refuses(purchase_order_unknown, purchase_line_unknown, purchase_line_twice,
                     purchase_line_open, framework_exceeded);
    }
};

Decision<PurchaseOrderPlaced> decide(const World&, const PlacePurchaseOrder&, const Context&);
Decision<PurchaseOrderAmended> decide(const World&, const AmendPurchaseOrder&, const Context&);
Decision<PurchaseOrderConfirmed> decide(const World&, const ConfirmPurchaseOrder&, const Context&);
Decision<PurchaseLinesClosed> decide(const World&, const ClosePurchaseLines&, const Context&);
Decision<PurchaseLinesReopened> decide(const World&, const ReopenPurchaseLines&, const Context&);
void evolve(PurchaseOrders&, const PurchaseOrderPlaced&);
void evolve(PurchaseOrders&, const PurchaseOrderAmended&);
void evolve(PurchaseOrders&, const PurchaseOrderConfirmed&);
void evolve(PurchaseOrders&, const PurchaseLinesClosed&);
void evolve(PurchaseOrders&, const PurchaseLinesReopened&);
void evolve(AllOrderSeries&, const PurchaseOrderPlaced&);
void evolve(Requisitions&, const PurchaseOrderPlaced&);
void evolve(Requisitions&, const PurchaseOrderAmended&);
void evolve(Frameworks&, const PurchaseOrderPlaced&);
void evolve(Frameworks&, const PurchaseOrderAmended&);
void evolve(Frameworks&, const PurchaseLinesClosed&);
void evolve(Frameworks&, const PurchaseLinesReopened&);

Part purchase_orders();

}  // namespace kontor::purchasing
