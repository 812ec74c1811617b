// A purchase order as it stands: what is ordered, when it is to come, and what has come of it.
#pragma once

#include "domain/contracts/contract_defaults.h"
#include "domain/core/paged_table.h"
#include "domain/purchasing/framework_agreements.h"
#include "domain/purchasing/purchase_policy.h"
#include "domain/purchasing/supplier_quotations.h"
#include "domain/taxes/tax_groups.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::purchasing {

struct PurchaseOrderThing {
    static constexpr Thing thing{"purchase_order", "purchase_orders"};
};
using PurchaseOrderId = Id<PurchaseOrderThing>;

// Gapless within a series: the series' beginning and a count from 1.
struct OrderNumber {
    std::string series;
    std::int64_t count = 1;

    bool operator==(const OrderNumber&) const = default;
    static void describe(auto& record) {
        record.record("OrderNumber", "The number of an order.")
            .field("series", &OrderNumber::series, "What numbers of the series begin with.")
            .field("count", &OrderNumber::count, "Which one of the series, from 1.");
    }
};
std::string to_text(const OrderNumber&);

struct ScheduledDelivery {
    Date date;
    Quantity quantity;

    bool operator==(const ScheduledDelivery&) const = default;
    static void describe(auto& record) {
        record.record("ScheduledDelivery", "A part of what is ordered, on a day.")
            .field("date", &ScheduledDelivery::date, "The day.")
            .field("quantity", &ScheduledDelivery::quantity, "In the unit of the order's line.");
    }
};

struct QuotationLineRef {
    SupplierQuotationId quotation;
    std::int64_t line = 1;

    auto operator<=>(const QuotationLineRef&) const = default;
    static void describe(auto& record) {
        record.record("QuotationLineRef", "A line of a supplier's quotation.")
            .field("quotation", &QuotationLineRef::quotation, "The quotation.")
            .field("line", &QuotationLineRef::line, "Number of the line of its request, from 1.")
            .otherwise(std::int64_t{1})
            .least(1);
    }
};

// A line as it is ordered, with all that the command left to defaults.
struct OrderedLine {
    std::int64_t line = 1;
    items::ItemCode item;
    bool stocked = true;
    Quantity quantity;
    Quantity base;
    UnitPrice price;
    Money amount;
    std::optional<inventory::WarehouseCode> warehouse;
    std::optional<ledger::AccountCode> expense;
    std::vector<ScheduledDelivery> deliveries;
    Percent over_receipt;
    Percent under_receipt;
    std::vector<taxes::TaxCode> taxes;
    std::string text;
    std::optional<FrameworkCode> framework;
    std::optional<QuotationLineRef> quotation;
    std::optional<RequisitionLineRef> requisition;

    bool operator==(const OrderedLine&) const = default;
    static void describe(auto& line) {
        line.record("OrderedLine", "A line of a purchase order.")
            .field("line", &OrderedLine::line, "Its number, from 1.")
            .field("item", &OrderedLine::item, "The item.")
            .field("stocked", &OrderedLine::stocked, "It goes into stock when it comes.")
            .field("quantity", &OrderedLine::quantity, "In the unit that it is bought in.")
            .field("base", &OrderedLine::base, "The same in the item's base unit.")
            .field("price", &OrderedLine::price, "Of one of the unit that it is bought in.")
            .field("amount", &OrderedLine::amount, "Quantity x price, without tax.")
            .field("warehouse", &OrderedLine::warehouse, "Where it is to come.")
            .field("expense", &OrderedLine::expense, "The account that bears a service.")
            .field("deliveries", &OrderedLine::deliveries, "When it is to come, in order.")
            .field("over_receipt", &OrderedLine::over_receipt, "So much more may come.")
            .field("under_receipt", &OrderedLine::under_receipt, "So much less is all.")
            .field("taxes", &OrderedLine::taxes, "Its taxes.")
            .field("text", &OrderedLine::text, "What more is said of it.")
            .field("framework", &OrderedLine::framework, "The agreement that it calls off by.")
            .field("quotation", &OrderedLine::quotation, "The quotation that it is ordered by.")
            .field("requisition", &OrderedLine::requisition, "The requisition that it is for.");
    }
};

// What has come of a line, in millionths of the item's base unit.
struct LineProgress {
    std::int64_t received = 0;  // whatever came, rejected or not
    std::int64_t rejected = 0;
    std::int64_t returned = 0;
    std::int64_t replaced = 0;  // of what was returned: the supplier is to send it anew
    std::int64_t invoiced = 0;
    std::int64_t invoiced_minor = 0;  // in smallest units of the order's currency
    std::int64_t ordered_minor = 0;   // what the order's prices make of it

    // What is kept and is to be paid.
    std::int64_t accepted() const { return received - rejected - returned; }
    // What counts for the order: a replacement is still to come.
    std::int64_t delivered() const { return received - rejected - replaced; }
    bool operator==(const LineProgress&) const = default;
    static void describe(auto& record) {
        record.record("LineProgress", "What has come of a line, in millionths of the base unit.")
            .field("received", &LineProgress::received, "Whatever came.")
            .field("rejected", &LineProgress::rejected, "What was not taken.")
            .field("returned", &LineProgress::returned, "What went back.")
            .field("replaced", &LineProgress::replaced, "What of that is to come anew.")
            .field("invoiced", &LineProgress::invoiced, "What is invoiced, less credits.")
            .field("invoiced_minor", &LineProgress::invoiced_minor,
                   "For how much, in smallest units of the order's currency.")
            .field("ordered_minor", &LineProgress::ordered_minor,
                   "For how much it should be by the order.");
    }
};

struct PurchaseReceiptThing {
    static constexpr Thing thing{"purchase_receipt", {}};
};
using PurchaseReceiptId = Id<PurchaseReceiptThing>;

struct PurchaseReceiptLineRef {
    PurchaseReceiptId receipt;
    std::int64_t line = 1;

    auto operator<=>(const PurchaseReceiptLineRef&) const = default;
    static void describe(auto& record) {
        record.record("PurchaseReceiptLineRef", "A line of a receipt from a supplier.")
            .field("receipt", &PurchaseReceiptLineRef::receipt, "The receipt.")
            .field("line", &PurchaseReceiptLineRef::line, "Number of the line, from 1.")
            .otherwise(std::int64_t{1})
            .least(1);
    }
};

// A quantity with what it comes to: in the order's currency, and in base currency at the rates that
// it was booked at.
struct Valued {
    std::int64_t quantity = 0;  // millionths of the item's base unit
    std::int64_t amount = 0;    // smallest units of the order's currency
    std::int64_t base = 0;      // smallest units of the base currency

    Valued& operator+=(const Valued& more);
    Valued& operator-=(const Valued& less);
    // The share of a part of the quantity; the last part is the remainder.
    Valued part(std::int64_t of_quantity) const;
    bool operator==(const Valued&) const = default;
    static void describe(auto& record) {
        record.record("Valued", "A quantity with what it comes to.")
            .field("quantity", &Valued::quantity, "Millionths of the item's base unit.")
            .field("amount", &Valued::amount, "Smallest units of the order's currency.")
            .field("base", &Valued::base, "Smallest units of the base currency.");
    }
};

struct OrderLineState {
    OrderedLine ordered;
    std::vector<ScheduledDelivery> confirmed;
    LineProgress progress;
    bool closed = false;
    std::vector<PurchaseReceiptLineRef> receipts;  // in the order of entering
    Valued ahead;                                  // what is invoiced and has not come

    static void describe(auto& record) {
        record.record("OrderLineState", "A line of an order as it stands.")
            .field("ordered", &OrderLineState::ordered, "The line.")
            .field("confirmed", &OrderLineState::confirmed,
                   "When the supplier says that it comes; empty: it has not said.")
            .field("progress", &OrderLineState::progress, "What has come of it.")
            .field("closed", &OrderLineState::closed, "Nothing more is to come.")
            .field("receipts", &OrderLineState::receipts,
                   "Lines of receipts of it, in the order of entering.")
            .field("ahead", &OrderLineState::ahead, "What is invoiced and has not come.");
    }
};

// The most that may come of a line, and the least that makes it complete, in millionths.
std::int64_t most_to_receive(const OrderedLine&);
std::int64_t least_to_receive(const OrderedLine&);
// What is still to come, in millionths of the base unit; 0 where it is closed or complete.
std::int64_t open_of(const OrderLineState&);

struct PurchaseOrderKey {
    CompanyCode company;
    PurchaseOrderId order;

    auto operator<=>(const PurchaseOrderKey&) const = default;
    static void describe(auto& key) {
        key.record("PurchaseOrderKey", "A purchase order of a company.")
            .field("company", &PurchaseOrderKey::company, "Whose.")
            .field("order", &PurchaseOrderKey::order, "Its id.");
    }
};

struct PurchaseOrder {
    parties::PartyCode supplier;
    parties::CounterpartyCode counterparty;
    contracts::ContractCode contract;
    Currency currency;
    Date date;
    std::int64_t version = 1;
    std::vector<OrderLineState> lines;
    Valued prepaid{};  // what was paid before anything came, and is not used; has no quantity

    // Null: it has none with this number.
    const OrderLineState* line(std::int64_t number) const;
    static void describe(auto& record) {
        record.record("PurchaseOrder", "A purchase order as decisions know it.")
            .field("supplier", &PurchaseOrder::supplier, "Who is to deliver.")
            .field("counterparty", &PurchaseOrder::counterparty, "Who is paid for it.")
            .field("contract", &PurchaseOrder::contract, "The contract that it is under.")
            .field("currency", &PurchaseOrder::currency, "What it is in.")
            .field("date", &PurchaseOrder::date, "Its day.")
            .field("version", &PurchaseOrder::version, "1, and one more by each amendment.")
            .field("lines", &PurchaseOrder::lines, "Its lines, by number.")
            .field("prepaid", &PurchaseOrder::prepaid,
                   "What was paid before anything came, and is not used yet.");
    }
};
using PurchaseOrders = PagedTable<PurchaseOrderKey, PurchaseOrder>;

struct OrderSeriesKey {
    CompanyCode company;
    std::string series;

    auto operator<=>(const OrderSeriesKey&) const = default;
    static void describe(auto& key) {
        key.record("OrderSeriesKey", "A series of numbers of orders.")
            .field("company", &OrderSeriesKey::company, "Whose.")
            .field("series", &OrderSeriesKey::series, "What its numbers begin with.");
    }
};

struct OrderSeries {
    std::int64_t last = 0;

    static void describe(auto& record) {
        record.record("OrderSeries", "How far a series is counted.")
            .field("last", &OrderSeries::last, "The last number that was given.");
    }
};
using AllOrderSeries = Table<OrderSeriesKey, OrderSeries>;

}  // namespace kontor::purchasing
