// Purchase orders: what is open, what is to come when, how suppliers keep their word, and what
// belongs together from the requisition to the credit note.
#pragma once

#include "domain/purchasing/supplier_invoices.h"
#include "domain/purchasing/supplier_returns.h"
#include "projections/described_rows.h"
#include "projections/projection.h"
#include "projections/two_time_totals.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kontor::purchasing {

struct ListedPurchaseOrder {
    PurchaseOrderId order;
    std::string number;
    Date date;
    parties::PartyCode supplier;
    parties::CounterpartyCode counterparty;
    contracts::ContractCode contract;
    Money amount;
    std::int64_t version = 1;
    std::string confirmation;

    bool operator==(const ListedPurchaseOrder&) const = default;
    static void describe(auto& row) {
        row.record("ListedPurchaseOrder", "A purchase order.")
            .field("order", &ListedPurchaseOrder::order, "Its id.")
            .field("number", &ListedPurchaseOrder::number, "Its number; empty: it has none.")
            .field("date", &ListedPurchaseOrder::date, "Its day.")
            .field("supplier", &ListedPurchaseOrder::supplier, "Who is to deliver.")
            .field("counterparty", &ListedPurchaseOrder::counterparty, "Who is paid.")
            .field("contract", &ListedPurchaseOrder::contract, "The contract that it is under.")
            .field("amount", &ListedPurchaseOrder::amount, "What it comes to without tax.")
            .field("version", &ListedPurchaseOrder::version, "Which version it is.")
            .field("confirmation", &ListedPurchaseOrder::confirmation,
                   "The supplier's number of it.");
    }
};

struct PurchaseOrderList {
    CompanyCode company;
    std::optional<parties::PartyCode> supplier;

    static void describe(auto& query) {
        query.record("purchase_orders", "Purchase orders, by id.")
            .company(&PurchaseOrderList::company)
            .field("company", &PurchaseOrderList::company, "Who buys.")
            .field("supplier", &PurchaseOrderList::supplier, "Only of this supplier.")
            .template answers<ListedPurchaseOrder>(Times::both);
    }
};

struct OpenPurchaseLine {
    PurchaseOrderId order;
    std::int64_t line = 1;
    std::string number;
    parties::PartyCode supplier;
    items::ItemCode item;
    std::optional<inventory::WarehouseCode> warehouse;
    Quantity ordered;
    Quantity received;
    Quantity rejected;
    Quantity returned;
    Quantity invoiced;
    Quantity open;
    Money open_amount;
    Date due;
    bool confirmed = false;
    bool closed = false;

    bool operator==(const OpenPurchaseLine&) const = default;
    static void describe(auto& row) {
        row.record("OpenPurchaseLine", "A line of a purchase order, with what has come of it.")
            .field("order", &OpenPurchaseLine::order, "The order.")
            .field("line", &OpenPurchaseLine::line, "Number of the line.")
            .field("number", &OpenPurchaseLine::number, "The order's number.")
            .field("supplier", &OpenPurchaseLine::supplier, "Who is to deliver.")
            .field("item", &OpenPurchaseLine::item, "The item.")
            .field("warehouse", &OpenPurchaseLine::warehouse, "Where it is to come.")
            .field("ordered", &OpenPurchaseLine::ordered, "In the item's base unit, as all here.")
            .field("received", &OpenPurchaseLine::received, "All that came.")
            .field("rejected", &OpenPurchaseLine::rejected, "What of it was not taken.")
            .field("returned", &OpenPurchaseLine::returned, "What went back later.")
            .field("invoiced", &OpenPurchaseLine::invoiced, "What is invoiced, less credits.")
            .field("open", &OpenPurchaseLine::open, "What is still to come.")
            .field("open_amount", &OpenPurchaseLine::open_amount, "At the order's price.")
            .field("due", &OpenPurchaseLine::due, "When the next of it is to come, or was to.")
            .field("confirmed", &OpenPurchaseLine::confirmed, "The supplier has said so.")
            .field("closed", &OpenPurchaseLine::closed, "Nothing more is to come.");
    }
};

struct OpenPurchaseOrders {
    CompanyCode company;
    std::optional<PurchaseOrderId> order;
    std::optional<parties::PartyCode> supplier;
    std::optional<items::ItemCode> item;
    bool all = false;

    static void describe(auto& query) {
        query
            .record("open_purchase_orders",
                    "Lines of orders of which something is to come at the end of the day "
                    "`valid_at`, by order.")
            .company(&OpenPurchaseOrders::company)
            .field("company", &OpenPurchaseOrders::company, "Who buys.")
            .field("order", &OpenPurchaseOrders::order, "Only this order.")
            .field("supplier", &OpenPurchaseOrders::supplier, "Only of this supplier.")
            .field("item", &OpenPurchaseOrders::item, "Only of this item.")
            .field("all", &OpenPurchaseOrders::all, "Complete and closed lines too.")
            .otherwise(false)
            .template answers<OpenPurchaseLine>(Times::both);
    }
};

struct DueDelivery {
    Date date;
    PurchaseOrderId order;
    std::int64_t line = 1;
    std::string number;
    parties::PartyCode supplier;
    items::ItemCode item;
    std::optional<inventory::WarehouseCode> warehouse;
    Quantity quantity;
    bool confirmed = false;

    bool operator==(const DueDelivery&) const = default;
    static void describe(auto& row) {
        row.record("DueDelivery", "A delivery that is to come.")
            .field("date", &DueDelivery::date, "When.")
            .field("order", &DueDelivery::order, "The order.")
            .field("line", &DueDelivery::line, "Number of its line.")
            .field("number", &DueDelivery::number, "The order's number.")
            .field("supplier", &DueDelivery::supplier, "Who is to deliver.")
            .field("item", &DueDelivery::item, "The item.")
            .field("warehouse", &DueDelivery::warehouse, "Where it is to come.")
            .field("quantity", &DueDelivery::quantity, "What of it has not come.")
            .field("confirmed", &DueDelivery::confirmed, "The supplier has said so.");
    }
};

struct DeliveriesDue {
    CompanyCode company;
    std::optional<Date> until;
    std::optional<parties::PartyCode> supplier;
    std::optional<inventory::WarehouseCode> warehouse;

    static void describe(auto& query) {
        query
            .record("deliveries_due",
                    "Deliveries of suppliers that have not come at the end of the day `valid_at`, "
                    "by day: as confirmed, else as ordered. What came is taken off the earliest.")
            .company(&DeliveriesDue::company)
            .field("company", &DeliveriesDue::company, "Who buys.")
            .field("until", &DeliveriesDue::until, "Only those up to this day.")
            .field("supplier", &DeliveriesDue::supplier, "Only of this supplier.")
            .field("warehouse", &DeliveriesDue::warehouse, "Only to this warehouse.")
            .template answers<DueDelivery>(Times::both);
    }
};

struct ScoredSupplier {
    parties::PartyCode supplier;
    std::int64_t lines = 0;
    Percent on_time;
    Percent in_full;
    Percent on_time_in_full;
    Percent quality;
    Percent price;

    bool operator==(const ScoredSupplier&) const = default;
    static void describe(auto& row) {
        row.record("ScoredSupplier", "How a supplier keeps its word, by lines of orders.")
            .field("supplier", &ScoredSupplier::supplier, "The supplier.")
            .field("lines", &ScoredSupplier::lines, "Lines that were due.")
            .field("on_time", &ScoredSupplier::on_time,
                   "Of these, lines of which something came, and nothing after the day that was "
                   "promised.")
            .field("in_full", &ScoredSupplier::in_full,
                   "Lines of which all came, within the tolerance, whenever it did.")
            .field("on_time_in_full", &ScoredSupplier::on_time_in_full,
                   "Lines of which all had come by that day (SCOR RL.1.1).")
            .field("quality", &ScoredSupplier::quality,
                   "Lines that came and of which nothing was rejected or went back.")
            .field("price", &ScoredSupplier::price,
                   "Lines that were invoiced, and not dearer than ordered.");
    }
};

struct SupplierScorecard {
    CompanyCode company;
    std::optional<Date> from;
    std::optional<parties::PartyCode> supplier;

    static void describe(auto& query) {
        query
            .record("supplier_scorecard",
                    "On time, in full, quality and price of suppliers, by lines of orders that "
                    "were due up to the day `valid_at`, in percent of these.")
            .company(&SupplierScorecard::company)
            .field("company", &SupplierScorecard::company, "Who buys.")
            .field("from", &SupplierScorecard::from, "Only lines due from this day on.")
            .field("supplier", &SupplierScorecard::supplier, "Only this supplier.")
            .template answers<ScoredSupplier>(Times::both);
    }
};

enum class PurchaseStep : std::uint8_t {
    requisition,
    quotation,
    order,
    amendment,
    confirmation,
    closing,
    reopening,
    receipt,
    receipt_reversed,
    returned,
    invoice,
    credit_note,
    release
};

void describe(auto& choice, PurchaseStep) {
    choice.choice("PurchaseStep", "What happened on the way of a purchase.")
        .value("requisition", "It was asked for.")
        .value("quotation", "The supplier quoted it.")
        .value("order", "It was ordered.")
        .value("amendment", "The order was changed.")
        .value("confirmation", "The supplier confirmed it.")
        .value("closing", "Lines were closed.")
        .value("reopening", "Lines were reopened.")
        .value("receipt", "It came, or a part of it.")
        .value("receipt_reversed", "A receipt was taken back.")
        .value("returned", "Something went back.")
        .value("invoice", "It was invoiced.")
        .value("credit_note", "Something was given back.")
        .value("release", "A blocked invoice was released.");
}

struct PurchaseDocumentThing {
    static constexpr Thing thing{"purchase_document", {}};
};
// Any document of a purchase: its order, a receipt, an invoice; or what it began with.
using PurchaseDocumentId = Id<PurchaseDocumentThing>;

struct PurchaseThreadStep {
    PurchaseDocumentId document;
    PurchaseStep step = PurchaseStep::order;
    PurchaseOrderId order;
    Date date;
    std::string text;
    std::optional<Money> amount;

    bool operator==(const PurchaseThreadStep&) const = default;
    static void describe(auto& row) {
        row.record("PurchaseThreadStep", "A document on the way of a purchase.")
            .field("document", &PurchaseThreadStep::document,
                   "Its id; stock documents and open items have the same.")
            .field("step", &PurchaseThreadStep::step, "What happened.")
            .field("order", &PurchaseThreadStep::order, "The order.")
            .field("date", &PurchaseThreadStep::date, "When.")
            .field("text", &PurchaseThreadStep::text, "Its number, or why.")
            .field("amount", &PurchaseThreadStep::amount, "What it came to, where it has one.");
    }
};

struct PurchaseThread {
    CompanyCode company;
    PurchaseDocumentId document;

    static void describe(auto& query) {
        query
            .record("purchase_thread",
                    "All that belongs together with a document, forwards and backwards: from "
                    "requisition and quotation over orders and receipts to invoices and credits.")
            .company(&PurchaseThread::company)
            .field("company", &PurchaseThread::company, "Who buys.")
            .field("document", &PurchaseThread::document, "Any document of the purchase.")
            .template answers<PurchaseThreadStep>(Times::known_at);
    }
};

class PurchaseOrdersModel {
public:
    explicit PurchaseOrdersModel(const Place& place)
        : orders_(place.table(1)),
          lines_(place.table(2)),
          progress_(place.table(3), 7),
          steps_(place.table(4)),
          links_(place.table(5)) {}

    void on(const PurchaseOrderPlaced&, const Recorded&);
    void on(const PurchaseOrderAmended&, const Recorded&);
    void on(const PurchaseOrderConfirmed&, const Recorded&);
    void on(const PurchaseLinesClosed&, const Recorded&);
    void on(const PurchaseLinesReopened&, const Recorded&);
    void on(const PurchaseReceived&, const Recorded&);
    void on(const PurchaseReceiptReversed&, const Recorded&);
    void on(const PurchaseReturned&, const Recorded&);
    void on(const SupplierInvoiced&, const Recorded&);
    void on(const SupplierInvoiceReleased&, const Recorded&);
    void answer(const PurchaseOrderList&, const AsOf&, Page<ListedPurchaseOrder>&) const;
    void answer(const OpenPurchaseOrders&, const AsOf&, Page<OpenPurchaseLine>&) const;
    void answer(const DeliveriesDue&, const AsOf&, Page<DueDelivery>&) const;
    void answer(const SupplierScorecard&, const AsOf&, Page<ScoredSupplier>&) const;
    void answer(const PurchaseThread&, const AsOf&, Page<PurchaseThreadStep>&) const;

private:
    struct OrderKey {
        CompanyCode company;
        PurchaseOrderId order;
        static void describe(auto& key) {
            key.record("ListedPurchaseOrderKey", "A purchase order.")
                .field("company", &OrderKey::company, "Whose.")
                .field("order", &OrderKey::order, "Its id.");
        }
    };
    struct LineKey {
        CompanyCode company;
        PurchaseOrderId order;
        std::int64_t line = 1;
        static void describe(auto& key) {
            key.record("ListedPurchaseLineKey", "A line of a purchase order.")
                .field("company", &LineKey::company, "Whose.")
                .field("order", &LineKey::order, "The order.")
                .field("line", &LineKey::line, "Its number.");
        }
    };
    struct LineRow {
        PurchaseOrderId order;
        std::string number;
        parties::PartyCode supplier;
        OrderedLine ordered;
        std::vector<ScheduledDelivery> confirmed;
        bool closed = false;
        static void describe(auto& row) {
            row.record("ListedPurchaseLine", "A line of a purchase order.")
                .field("order", &LineRow::order, "The order.")
                .field("number", &LineRow::number, "The order's number.")
                .field("supplier", &LineRow::supplier, "Who is to deliver.")
                .field("ordered", &LineRow::ordered, "The line.")
                .field("confirmed", &LineRow::confirmed, "When the supplier says that it comes.")
                .field("closed", &LineRow::closed, "Nothing more is to come.");
        }
    };
    struct StepKey {
        CompanyCode company;
        PurchaseOrderId order;
        std::int64_t position = 0;
        std::int64_t n = 0;
        static void describe(auto& key) {
            key.record("PurchaseStepKey", "A step of a purchase.")
                .field("company", &StepKey::company, "Whose.")
                .field("order", &StepKey::order, "The order.")
                .field("position", &StepKey::position, "The commit.")
                .field("n", &StepKey::n, "Which event of it, and what of that.");
        }
    };
    struct LinkKey {
        CompanyCode company;
        PurchaseDocumentId document;
        PurchaseOrderId order;
        static void describe(auto& key) {
            key.record("PurchaseLinkKey", "A document of a purchase and an order of it.")
                .field("company", &LinkKey::company, "Whose.")
                .field("document", &LinkKey::document, "The document.")
                .field("order", &LinkKey::order, "The order.");
        }
    };
    struct LinkRow {
        PurchaseDocumentId document;
        PurchaseOrderId order;
        static void describe(auto& row) {
            row.record("PurchaseLink", "A document belongs to an order.")
                .field("document", &LinkRow::document, "The document.")
                .field("order", &LinkRow::order, "The order.");
        }
    };
    // A line as it is at a corner.
    struct Line {
        LineRow row;
        LineProgress progress;
        OrderLineState state() const;
        const std::vector<ScheduledDelivery>& deliveries() const;
    };

    LineProgress progress_of(const AsOf&, const std::string& key,
                             const std::optional<Date>& until) const;
    void count(const Recorded&, const CompanyCode&, const PurchaseOrderId&, std::int64_t line,
               const LineProgress&, int sign, Date) const;
    void step(const Recorded&, const CompanyCode&, PurchaseThreadStep, std::int64_t within) const;
    void put_lines(const Recorded&, const CompanyCode&, const ListedPurchaseOrder&,
                   const std::vector<OrderedLine>&, Date) const;
    // Lines of the company, or of one order, from the one behind `after` on, until the callback
    // says false.
    void each_line(const AsOf&, const std::string& begins_with,
                   const std::function<bool(const std::string& key, const Line&)>&) const;

    DescribedRows<OrderKey, ListedPurchaseOrder> orders_;
    DescribedRows<LineKey, LineRow> lines_;
    TwoTimeTotals progress_;
    DescribedRows<StepKey, PurchaseThreadStep> steps_;
    DescribedRows<LinkKey, LinkRow> links_;
};

ReadModelSpec purchase_orders_model();

}  // namespace kontor::purchasing
