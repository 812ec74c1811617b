// What was received and is not invoiced, line by line of orders: equal to its accounts at every
// moment. And suppliers' invoices, with what blocks them.
#pragma once

#include "domain/inventory/landed_costs.h"
#include "domain/purchasing/supplier_invoices.h"
#include "domain/purchasing/supplier_returns.h"
#include "projections/described_rows.h"
#include "projections/projection.h"
#include "projections/two_time_totals.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::purchasing {

struct UninvoicedLine {
    PurchaseOrderId order;
    std::int64_t line = 1;
    parties::PartyCode supplier;
    items::ItemCode item;
    ledger::AccountCode account;
    Quantity quantity;
    Money amount;
    Money base;

    bool operator==(const UninvoicedLine&) const = default;
    static void describe(auto& row) {
        row.record("UninvoicedLine", "A line of an order that came and is not invoiced.")
            .field("order", &UninvoicedLine::order, "The order.")
            .field("line", &UninvoicedLine::line, "Number of the line.")
            .field("supplier", &UninvoicedLine::supplier, "Who delivered.")
            .field("item", &UninvoicedLine::item, "The item.")
            .field("account", &UninvoicedLine::account, "The account that has it.")
            .field("quantity", &UninvoicedLine::quantity,
                   "In the item's base unit; below zero: invoiced and not there.")
            .field("amount", &UninvoicedLine::amount,
                   "What is owed for it in the order's currency, without what was paid before.")
            .field("base", &UninvoicedLine::base, "What the account has, in base currency.");
    }
};

struct UninvoicedTotals {
    Money base;

    bool operator==(const UninvoicedTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("UninvoicedTotals", "Of all lines that are asked for.")
            .field("base", &UninvoicedTotals::base, "In base currency.");
    }
};

struct ReceivedNotInvoiced {
    CompanyCode company;
    std::optional<parties::PartyCode> supplier;
    std::optional<ledger::AccountCode> account;

    static void describe(auto& query) {
        query
            .record("received_not_invoiced",
                    "What came up to the day `valid_at` and is not invoiced by then, by lines of "
                    "orders and days of entries; what was invoiced and has not come, or is to be "
                    "credited, is below zero.")
            .company(&ReceivedNotInvoiced::company)
            .field("company", &ReceivedNotInvoiced::company, "Who owes.")
            .field("supplier", &ReceivedNotInvoiced::supplier, "Only of this supplier.")
            .field("account", &ReceivedNotInvoiced::account, "Only on this account.")
            .template answers<UninvoicedLine>(Times::both)
            .template totals<UninvoicedTotals>();
    }
};

struct ListedSupplierInvoice {
    SupplierInvoiceId invoice;
    bool credit = false;
    std::string number;
    parties::PartyCode supplier;
    parties::CounterpartyCode counterparty;
    Date date;
    std::optional<Date> due;
    Money payable;
    Money payable_base;
    bool blocked = false;
    std::vector<MatchFault> faults;
    std::string released_because;

    bool operator==(const ListedSupplierInvoice&) const = default;
    static void describe(auto& row) {
        row.record("ListedSupplierInvoice", "An invoice or a credit note of a supplier.")
            .field("invoice", &ListedSupplierInvoice::invoice, "Its id; its open item has it too.")
            .field("credit", &ListedSupplierInvoice::credit, "It is a credit note.")
            .field("number", &ListedSupplierInvoice::number, "The supplier's number of it.")
            .field("supplier", &ListedSupplierInvoice::supplier, "The supplier.")
            .field("counterparty", &ListedSupplierInvoice::counterparty, "Who is owed.")
            .field("date", &ListedSupplierInvoice::date, "Its day.")
            .field("due", &ListedSupplierInvoice::due, "When it is to be paid, where it says so.")
            .field("payable", &ListedSupplierInvoice::payable, "What is to be paid.")
            .field("payable_base", &ListedSupplierInvoice::payable_base, "In base currency.")
            .field("blocked", &ListedSupplierInvoice::blocked, "It is blocked for payment.")
            .field("faults", &ListedSupplierInvoice::faults, "Why it is, or was.")
            .field("released_because", &ListedSupplierInvoice::released_because,
                   "Why it is paid all the same.");
    }
};

struct SupplierInvoiceList {
    CompanyCode company;
    std::optional<parties::PartyCode> supplier;
    std::optional<bool> blocked;

    static void describe(auto& query) {
        query.record("supplier_invoices", "Invoices and credit notes of suppliers, by id.")
            .company(&SupplierInvoiceList::company)
            .field("company", &SupplierInvoiceList::company, "Who owes.")
            .field("supplier", &SupplierInvoiceList::supplier, "Only of this supplier.")
            .field("blocked", &SupplierInvoiceList::blocked,
                   "Only those that are blocked for payment, or are not.")
            .template answers<ListedSupplierInvoice>(Times::both);
    }
};

class ReceivedNotInvoicedModel {
public:
    explicit ReceivedNotInvoicedModel(const Place& place)
        : lines_(place.table(1)),
          sums_(place.table(2), 3),
          invoices_(place.table(3)),
          causes_(place.table(4)),
          bases_(place.table(5)) {}

    void on(const companies::CompanyCreated&, const Recorded&);
    void on(const PurchaseReceived&, const Recorded&);
    void on(const PurchaseReceiptReversed&, const Recorded&);
    void on(const PurchaseReturned&, const Recorded&);
    void on(const SupplierInvoiced&, const Recorded&);
    void on(const SupplierInvoiceReleased&, const Recorded&);
    void on(const inventory::StockMoved&, const Recorded&);
    void on(const inventory::LandedCostAdded&, const Recorded&);
    void on(const inventory::LandedCostWithdrawn&, const Recorded&);
    void answer(const ReceivedNotInvoiced&, const AsOf&, Page<UninvoicedLine>&) const;
    void answer(const SupplierInvoiceList&, const AsOf&, Page<ListedSupplierInvoice>&) const;

private:
    struct LineKey {
        CompanyCode company;
        PurchaseOrderId order;
        std::int64_t line = 1;
        ledger::AccountCode account;
        static void describe(auto& key) {
            key.record("UninvoicedLineKey", "A line of an order on an account.")
                .field("company", &LineKey::company, "Who owes.")
                .field("order", &LineKey::order, "The order.")
                .field("line", &LineKey::line, "Number of the line.")
                .field("account", &LineKey::account, "The account.");
        }
    };
    // What of a line never changes.
    struct LineRow {
        parties::PartyCode supplier;
        items::ItemCode item;
        Unit unit;
        Currency currency;
        static void describe(auto& row) {
            row.record("UninvoicedLineFacts", "A line of an order.")
                .field("supplier", &LineRow::supplier, "Who delivers.")
                .field("item", &LineRow::item, "The item.")
                .field("unit", &LineRow::unit, "Its base unit.")
                .field("currency", &LineRow::currency, "The order's currency.");
        }
    };
    struct InvoiceKey {
        CompanyCode company;
        SupplierInvoiceId invoice;
        static void describe(auto& key) {
            key.record("ListedSupplierInvoiceKey", "An invoice of a supplier.")
                .field("company", &InvoiceKey::company, "Who owes.")
                .field("invoice", &InvoiceKey::invoice, "Its id.");
        }
    };
    struct CauseThing {
        static constexpr Thing thing{"stock_fact", {}};
    };
    using CauseId = Id<CauseThing>;
    struct CauseKey {
        CompanyCode company;
        CauseId cause;
        static void describe(auto& key) {
            key.record("StockFactOfPurchaseKey", "A fact of stock that a purchase made.")
                .field("company", &CauseKey::company, "Whose.")
                .field("cause", &CauseKey::cause, "The stock document or landed cost.");
        }
    };
    // The line that a fact of stock posts for, and what was counted for it already.
    struct Cause {
        PurchaseOrderId order;
        std::int64_t line = 1;
        ledger::AccountCode account;
        Date counted_on;
        std::int64_t counted = 0;
        static void describe(auto& row) {
            row.record("StockFactOfPurchase", "A fact of stock that a purchase made.")
                .field("order", &Cause::order, "The order.")
                .field("line", &Cause::line, "The line that it posts for.")
                .field("account", &Cause::account, "The account.")
                .field("counted_on", &Cause::counted_on, "The day of what is counted already.")
                .field("counted", &Cause::counted,
                       "What of it is counted already: a debit, in smallest units.");
        }
    };
    struct BooksKey {
        CompanyCode company;
        static void describe(auto& key) {
            key.record("PurchasingCompanyKey", "A company that buys.")
                .field("company", &BooksKey::company, "Its code.");
        }
    };
    struct BooksCurrency {
        Currency currency;
        static void describe(auto& row) {
            row.record("PurchasingCurrency", "What a company keeps its books in.")
                .field("currency", &BooksCurrency::currency, "Its base currency.");
        }
    };

    // What an account gets for a line: above zero is owed.
    void count(const Recorded&, const LineKey&, Date, const Valued&) const;
    void count_rest(const Recorded&, const CompanyCode&, CauseId,
                    const std::vector<inventory::StockEntryLine>&) const;

    DescribedRows<LineKey, LineRow> lines_;
    TwoTimeTotals sums_;
    DescribedRows<InvoiceKey, ListedSupplierInvoice> invoices_;
    DescribedRows<CauseKey, Cause> causes_;
    DescribedRows<BooksKey, BooksCurrency> bases_;
};

ReadModelSpec received_not_invoiced_model();

}  // namespace kontor::purchasing
