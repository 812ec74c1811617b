// Deliveries: control of what was ordered passes to the customer, and revenue is earned by it.
//
// Revenue and cost of sales are posted together when that happens (IFRS 15.31, 38), never because
// of an invoice.
#pragma once

#include "domain/sales/positions.h"
#include "domain/sales/sales_orders.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::sales {

struct SaleDeliveryThing {
    static constexpr Thing thing{"sale_delivery", "sale_deliveries"};
};
using SaleDeliveryId = Id<SaleDeliveryThing>;

inline constexpr Reason sale_delivery_exists{Refusal::conflict, "sale_delivery_exists",
                                             "The company has a delivery with this id already."};
inline constexpr Reason sale_delivery_unknown{Refusal::missing, "sale_delivery_unknown",
                                              "The company has no delivery with this id."};
inline constexpr Reason sale_delivery_reversed{Refusal::conflict, "sale_delivery_reversed",
                                               "The delivery is reversed: nothing of it happened."};
inline constexpr Reason delivered_before_order{Refusal::invalid, "delivered_before_order",
                                               "Nothing is delivered before it is ordered."};
inline constexpr Reason delivered_beyond_order{
    Refusal::conflict, "delivered_beyond_order",
    "More would be delivered of the line than is ordered; amend the order first."};
inline constexpr Reason nothing_to_deliver{Refusal::conflict, "nothing_to_deliver",
                                           "Nothing of the order is still to be delivered."};
inline constexpr Reason freight_unfit{Refusal::invalid, "freight_unfit",
                                      "What the freight is expected to cost is not below zero."};
inline constexpr Reason delivery_returned{
    Refusal::conflict, "delivery_returned",
    "Something of the delivery came back since, so it did happen."};

// What goes of a line.
struct DeliveryAsk {
    std::int64_t line = 1;
    std::optional<Quantity> quantity;
    std::optional<inventory::WarehouseCode> warehouse;
    std::optional<inventory::LocationCode> location;
    std::optional<inventory::LotCode> lot;

    static void describe(auto& line) {
        line.record("DeliveryAsk", "What goes of a line of an order.")
            .field("line", &DeliveryAsk::line, "Number of the line of the order.")
            .least(1)
            .field("quantity", &DeliveryAsk::quantity,
                   "In any unit of the item. Absent: all that is still to go.")
            .field("warehouse", &DeliveryAsk::warehouse,
                   "Where it is taken from. Absent: as it was ordered.")
            .field("location", &DeliveryAsk::location,
                   "Where in the warehouse. Absent: in its default location.")
            .field("lot", &DeliveryAsk::lot, "Lot or serial number, where the item has them.");
    }
};

struct DeliveredSaleLine {
    std::int64_t line = 1;
    items::ItemCode item;
    Quantity base;
    std::optional<inventory::WarehouseCode> warehouse;
    std::optional<inventory::LocationCode> location;
    std::optional<inventory::LotCode> lot;
    std::vector<LeavingStock> leaves;
    Date due;
    BookedAmount earned;
    PositionMove position;
    SalesAccounts accounts;
    ledger::JournalCode journal;

    bool operator==(const DeliveredSaleLine&) const = default;
    static void describe(auto& line) {
        line.record("DeliveredSaleLine", "What went of a line of an order.")
            .field("line", &DeliveredSaleLine::line, "Number of the line of the order.")
            .field("item", &DeliveredSaleLine::item, "The item.")
            .field("base", &DeliveredSaleLine::base, "How much, in its base unit.")
            .field("warehouse", &DeliveredSaleLine::warehouse, "Where it was taken from.")
            .field("location", &DeliveredSaleLine::location, "Where in the warehouse.")
            .field("lot", &DeliveredSaleLine::lot, "Lot or serial number.")
            .field("leaves", &DeliveredSaleLine::leaves, "What leaves stock by it.")
            .field("due", &DeliveredSaleLine::due, "When it was to be delivered.")
            .field("earned", &DeliveredSaleLine::earned, "Revenue, without taxes.")
            .field("position", &DeliveredSaleLine::position,
                   "What the customer is to be invoiced for it, or was before.")
            .field("accounts", &DeliveredSaleLine::accounts, "Where it is posted.")
            .field("journal", &DeliveredSaleLine::journal, "In which journal.");
    }
};

struct SaleDelivered {
    CompanyCode company;
    SaleDeliveryId delivery;
    SalesOrderId order;
    parties::PartyCode customer;
    parties::CounterpartyCode counterparty;
    Date date;
    std::vector<DeliveredSaleLine> lines;
    std::optional<parties::PartyCode> carrier;
    std::optional<std::string> consignment;
    std::optional<Money> freight;
    std::string text;
    Date posted;

    bool operator==(const SaleDelivered&) const = default;
    static void describe(auto& event) {
        event.record("SaleDelivered", "A customer has what was ordered, or a part of it.")
            .company(&SaleDelivered::company)
            .stream(&SaleDelivered::delivery)
            .on(&SaleDelivered::date)
            .field("company", &SaleDelivered::company, "Who sells.")
            .field("delivery", &SaleDelivered::delivery, "The delivery.")
            .field("order", &SaleDelivered::order, "The order.")
            .field("customer", &SaleDelivered::customer, "Who has it.")
            .field("counterparty", &SaleDelivered::counterparty, "Who pays.")
            .field("date", &SaleDelivered::date, "When control passed.")
            .field("lines", &SaleDelivered::lines, "What went.")
            .field("carrier", &SaleDelivered::carrier, "Who carries it.")
            .field("consignment", &SaleDelivered::consignment, "The carrier's own number.")
            .field("freight", &SaleDelivered::freight, "What carrying it is expected to cost.")
            .field("text", &SaleDelivered::text, "What the delivery note says.")
            .field("posted", &SaleDelivered::posted,
                   "The day that it is posted on, by the ledger's policy for what comes late.");
    }
};

struct SaleDeliveryReversed {
    CompanyCode company;
    SaleDeliveryId delivery;
    SalesOrderId order;
    Date date;
    std::vector<DeliveredSaleLine> lines;
    std::string reason;
    UninvoicedChange uninvoiced;
    Date posted;

    bool operator==(const SaleDeliveryReversed&) const = default;
    static void describe(auto& event) {
        event.record("SaleDeliveryReversed", "Nothing of a delivery happened.")
            .company(&SaleDeliveryReversed::company)
            .stream(&SaleDeliveryReversed::delivery)
            .on(&SaleDeliveryReversed::date)
            .field("company", &SaleDeliveryReversed::company, "Who sells.")
            .field("delivery", &SaleDeliveryReversed::delivery, "The delivery.")
            .field("order", &SaleDeliveryReversed::order, "The order.")
            .field("date", &SaleDeliveryReversed::date, "When it was said to have happened.")
            .field("lines", &SaleDeliveryReversed::lines,
                   "The lines that are taken out: amounts are what is taken back.")
            .field("reason", &SaleDeliveryReversed::reason, "Why, for the auditor.")
            .field("uninvoiced", &SaleDeliveryReversed::uninvoiced,
                   "How what is ordered and not invoiced changes.")
            .field("posted", &SaleDeliveryReversed::posted,
                   "The day that it is posted on, by the ledger's policy for what comes late.");
    }
};

struct DeliverSale {
    CompanyCode company;
    SaleDeliveryId delivery;
    SalesOrderId order;
    std::optional<Date> date;
    std::vector<DeliveryAsk> lines;
    std::optional<parties::PartyCode> carrier;
    std::optional<std::string> consignment;
    std::optional<Money> freight;
    std::string text;

    static void describe(auto& command) {
        command
            .record("DeliverSale",
                    "Says that the customer has what was ordered, or a part of it: goods leave "
                    "stock, and revenue and cost of sales are posted on that day. Services are "
                    "delivered the same way.")
            .company(&DeliverSale::company)
            .stream(&DeliverSale::delivery)
            .example(R"({"company": "DEMO", "delivery": "01980000-0000-7000-8000-000000000711",
                "order": "01980000-0000-7000-8000-000000000701", "lines": [{"line": 1, "quantity":
                {"amount": "5", "unit": "ea"}}]})")
            .field("company", &DeliverSale::company, "Who sells.")
            .field("delivery", &DeliverSale::delivery, "A new id, chosen by the client.")
            .field("order", &DeliverSale::order, "An order of the company.")
            .field("date", &DeliverSale::date,
                   "When control passes to the customer. Absent: the company's today.")
            .field("lines", &DeliverSale::lines, "What goes. Empty: all that is still to go.")
            .otherwise_empty()
            .longest(2'000)
            .field("carrier", &DeliverSale::carrier, "Who carries it.")
            .field("consignment", &DeliverSale::consignment, "The carrier's own number of it.")
            .shortest(1)
            .longest(64)
            .field("freight", &DeliverSale::freight,
                   "What carrying it is expected to cost the company.")
            .field("text", &DeliverSale::text, "What the delivery note says.")
            .otherwise_empty()
            .longest(2'000)
            .refuses(sales_order_unknown, sale_delivery_exists, sales_order_held,
                     delivered_before_order, parties::party_unknown, freight_unfit,
                     ledger::date_outside_calendar, ledger::rate_unknown, sales_line_unknown,
                     sales_line_closed, inventory::quantity_not_positive,
                     inventory::quantity_not_whole, delivered_beyond_order,
                     sales_warehouse_unwanted, kit_not_openable, sales_too_large,
                     nothing_to_deliver);
    }
};

struct ReverseSaleDelivery {
    CompanyCode company;
    SaleDeliveryId delivery;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("ReverseSaleDelivery",
                    "Takes a delivery out on its own day, as if it had never been entered: goods "
                    "are in stock again and nothing is earned by it. What came back from a "
                    "customer is a return.")
            .company(&ReverseSaleDelivery::company)
            .stream(&ReverseSaleDelivery::delivery)
            .example(R"({"company": "DEMO", "delivery": "01980000-0000-7000-8000-000000000712",
                "reason": "The driver brought it back"})")
            .field("company", &ReverseSaleDelivery::company, "Who sells.")
            .field("delivery", &ReverseSaleDelivery::delivery, "A delivery of the company.")
            .field("reason", &ReverseSaleDelivery::reason, "Why, for the auditor.")
            .shortest(1)
            .longest(500)
            .refuses(sale_delivery_unknown, sale_delivery_reversed, delivery_returned);
    }
};

struct SaleDeliveryKey {
    CompanyCode company;
    SaleDeliveryId delivery;

    auto operator<=>(const SaleDeliveryKey&) const = default;
    static void describe(auto& key) {
        key.record("SaleDeliveryKey", "A delivery of a company.")
            .field("company", &SaleDeliveryKey::company, "Who sells.")
            .field("delivery", &SaleDeliveryKey::delivery, "Its id.");
    }
};

struct SaleDelivery {
    SalesOrderId order;
    Date date;
    std::vector<DeliveredSaleLine> lines;
    bool reversed = false;
    std::vector<std::int64_t> returned{};

    static void describe(auto& record) {
        record.record("SaleDelivery", "A delivery as decisions know it.")
            .field("order", &SaleDelivery::order, "The order.")
            .field("date", &SaleDelivery::date, "When control passed.")
            .field("lines", &SaleDelivery::lines, "What went.")
            .field("reversed", &SaleDelivery::reversed, "Nothing of it happened.")
            .field("returned", &SaleDelivery::returned,
                   "What of its lines came back, in millionths; empty: nothing.")
            .otherwise_empty();
    }
};
using SaleDeliveries = PagedTable<SaleDeliveryKey, SaleDelivery>;

Decision<SaleDelivered> decide(const World&, const DeliverSale&, const Context&);
Decision<SaleDeliveryReversed> decide(const World&, const ReverseSaleDelivery&, const Context&);
void evolve(SaleDeliveries&, const SaleDelivered&);
void evolve(SaleDeliveries&, const SaleDeliveryReversed&);
void evolve(SalesOrders&, const SaleDelivered&);
void evolve(SalesOrders&, const SaleDeliveryReversed&);
void evolve(UninvoicedSales&, const SaleDeliveryReversed&);

Part sale_deliveries();

}  // namespace kontor::sales
