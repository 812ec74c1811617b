// Suppliers' invoices and credit notes: matched with orders and receipts, posted, and held back
// from payment where they differ too much.
#pragma once

#include "domain/contracts/payment_terms.h"
#include "domain/ledger/entries.h"
#include "domain/purchasing/purchase_receipts.h"
#include "domain/purchasing/three_way_match.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::purchasing {

struct SupplierInvoiceThing {
    static constexpr Thing thing{"supplier_invoice", "supplier_invoices"};
};
using SupplierInvoiceId = Id<SupplierInvoiceThing>;

inline constexpr Reason supplier_invoice_exists{
    Refusal::conflict, "supplier_invoice_exists",
    "The company has an invoice or a credit note of a supplier with this id already."};
inline constexpr Reason supplier_invoice_unknown{
    Refusal::missing, "supplier_invoice_unknown",
    "The company has no invoice of a supplier with this id."};
inline constexpr Reason supplier_number_exists{
    Refusal::conflict, "supplier_number_exists",
    "The supplier's document with this number is recorded already."};
inline constexpr Reason invoice_without_lines{
    Refusal::invalid, "invoice_without_lines",
    "An invoice has lines of orders, or other charges; nothing of the order is left to invoice."};
inline constexpr Reason invoice_of_other_supplier{
    Refusal::invalid, "invoice_of_other_supplier",
    "The order is with another legal entity than the invoice's first one."};
inline constexpr Reason invoice_currency_differs{
    Refusal::invalid, "invoice_currency_differs",
    "An invoice is in the one currency of its orders."};
inline constexpr Reason invoice_amount_negative{
    Refusal::invalid, "invoice_amount_negative",
    "Prices and amounts are not below zero; what a supplier owes is a credit note."};
inline constexpr Reason purchase_tax_account_missing{
    Refusal::conflict, "purchase_tax_account_missing",
    "The tax has no account to be posted on; SetTaxAccounts says which."};
inline constexpr Reason invoice_taxes_unfit{
    Refusal::invalid, "invoice_taxes_unfit",
    "The invoice's taxes come to more than any amount, or leave nothing to pay."};
inline constexpr Reason invoice_total_differs{
    Refusal::invalid, "invoice_total_differs",
    "The lines and their taxes do not come to the total that stands on the document."};
inline constexpr Reason credited_beyond_returned{
    Refusal::conflict, "credited_beyond_returned",
    "More would be credited than went back, or is invoiced and has not come."};
inline constexpr Reason credited_beyond_invoiced{
    Refusal::conflict, "credited_beyond_invoiced",
    "More would be credited than the line was invoiced for."};
inline constexpr Reason invoice_not_blocked{Refusal::conflict, "invoice_not_blocked",
                                            "The invoice is not blocked for payment."};
inline constexpr Reason release_needs_role{
    Refusal::conflict, "release_needs_role",
    "Invoices are released by those who have the role of the company's policy; you have it not, "
    "or no role is set."};

// A line of an invoice, as it is said.
struct InvoiceLine {
    PurchaseOrderId order;
    std::int64_t line = 1;
    std::optional<Quantity> quantity;
    std::optional<UnitPrice> price;
    std::optional<Money> amount;
    std::vector<taxes::TaxCode> taxes;

    static void describe(auto& line) {
        line.record("InvoiceLine", "A line of a supplier's invoice, by its order.")
            .field("order", &InvoiceLine::order, "The order.")
            .field("line", &InvoiceLine::line, "Number of the order's line.")
            .otherwise(std::int64_t{1})
            .least(1)
            .field("quantity", &InvoiceLine::quantity,
                   "In any unit of the item. Absent: all that came and is not invoiced.")
            .field("price", &InvoiceLine::price,
                   "Of one of the order's units, without tax. Absent: the order's price.")
            .field("amount", &InvoiceLine::amount,
                   "What the line comes to without tax, where that is not quantity x price.")
            .field("taxes", &InvoiceLine::taxes, "Its taxes. Empty: those of the order's line.")
            .otherwise_empty()
            .longest(20);
    }
};

// What an invoice has beside what was ordered, such as freight.
struct OtherCharge {
    ledger::AccountCode account;
    Money amount;
    std::vector<taxes::TaxCode> taxes;
    std::string text;

    bool operator==(const OtherCharge&) const = default;
    static void describe(auto& record) {
        record.record("OtherCharge", "What an invoice has beside what was ordered.")
            .field("account", &OtherCharge::account,
                   "The account that bears it; of freight that is a landed cost, the one that the "
                   "landed cost is owed on.")
            .field("amount", &OtherCharge::amount, "Without tax, above zero.")
            .least(1)
            .field("taxes", &OtherCharge::taxes, "Its taxes.")
            .otherwise_empty()
            .longest(20)
            .field("text", &OtherCharge::text, "What it is.")
            .otherwise_empty()
            .longest(200);
    }
};

// What of a receipt a line of an invoice clears. A credit note has the same the other way round.
struct ClearedReceipt {
    PurchaseReceiptLineRef receipt;
    ledger::AccountCode account;
    std::int64_t stock_line = 0;
    std::optional<ledger::AccountCode> expense;
    Valued cleared;
    Valued prepaid;
    Money price_difference;

    bool operator==(const ClearedReceipt&) const = default;
    static void describe(auto& record) {
        record.record("ClearedReceipt", "What of a receipt is invoiced, or credited.")
            .field("receipt", &ClearedReceipt::receipt, "The line of the receipt.")
            .field("account", &ClearedReceipt::account, "Where it was received and not invoiced.")
            .field("stock_line", &ClearedReceipt::stock_line,
                   "Its line of the stock document; 0: it is not in stock.")
            .field("expense", &ClearedReceipt::expense, "The account that bears a service.")
            .field("cleared", &ClearedReceipt::cleared, "At what it was received at.")
            .field("prepaid", &ClearedReceipt::prepaid, "What of that was paid before it came.")
            .field("price_difference", &ClearedReceipt::price_difference,
                   "What it costs more by the invoice, at the receipt's rate, in base currency; "
                   "below zero: less.");
    }
};

struct InvoicedLine {
    PurchaseOrderId order;
    std::int64_t order_line = 1;
    items::ItemCode item;
    Quantity quantity;
    Money amount;
    Money ordered;
    std::vector<ClearedReceipt> cleared;
    Valued ahead;
    ledger::AccountCode account;
    std::vector<taxes::TaxCode> taxes;

    bool operator==(const InvoicedLine&) const = default;
    static void describe(auto& line) {
        line.record("InvoicedLine", "A line of a supplier's invoice or credit note.")
            .field("order", &InvoicedLine::order, "The order.")
            .field("order_line", &InvoicedLine::order_line, "The line of the order.")
            .field("item", &InvoicedLine::item, "The item.")
            .field("quantity", &InvoicedLine::quantity, "In the item's base unit.")
            .field("amount", &InvoicedLine::amount, "What it comes to without tax.")
            .field("ordered", &InvoicedLine::ordered, "What it should by the order's price.")
            .field("cleared", &InvoicedLine::cleared, "The receipts that it is for.")
            .field("ahead", &InvoicedLine::ahead, "What is invoiced and has not come.")
            .field("account", &InvoicedLine::account, "Where that waits until it comes.")
            .field("taxes", &InvoicedLine::taxes, "Its taxes.");
    }
};

// A tax of an invoice, as it is posted.
struct InvoicedTax {
    taxes::TaxCode tax;
    taxes::TaxEffect effect = taxes::TaxEffect::charged;
    ledger::AccountCode account;
    std::optional<ledger::AccountCode> owed_on;
    Money base;
    Money amount;

    bool operator==(const InvoicedTax&) const = default;
    static void describe(auto& record) {
        record.record("InvoicedTax", "A tax of a supplier's invoice.")
            .field("tax", &InvoicedTax::tax, "Its code.")
            .field("effect", &InvoicedTax::effect, "What it does to what is paid.")
            .field("account", &InvoicedTax::account,
                   "Where it is got back; of what is withheld, where it is owed.")
            .field("owed_on", &InvoicedTax::owed_on, "Of a reverse charge: where it is owed.")
            .field("base", &InvoicedTax::base, "What it is on.")
            .field("amount", &InvoicedTax::amount, "Not below zero.");
    }
};

struct SupplierInvoiced {
    CompanyCode company;
    SupplierInvoiceId invoice;
    bool credit = false;
    parties::PartyCode supplier;
    parties::CounterpartyCode counterparty;
    contracts::ContractCode contract;
    std::string number;
    Date date;
    std::optional<Date> due;
    std::optional<contracts::PaymentTermsCode> terms;
    std::optional<Rate> rate;
    std::vector<InvoicedLine> lines;
    std::vector<OtherCharge> charges;
    std::vector<InvoicedTax> taxes;
    Money net;
    Money payable;
    Money payable_base;
    std::vector<ledger::EntryLine> postings;
    std::vector<MatchFault> faults;
    Date posted_on;
    std::string text;

    bool operator==(const SupplierInvoiced&) const = default;
    static void describe(auto& event) {
        event.record("SupplierInvoiced", "A supplier asks for money, or gives some back.")
            .company(&SupplierInvoiced::company)
            .stream(&SupplierInvoiced::invoice)
            .on(&SupplierInvoiced::date)
            .field("company", &SupplierInvoiced::company, "Who owes.")
            .field("invoice", &SupplierInvoiced::invoice, "The document.")
            .field("credit", &SupplierInvoiced::credit, "It is a credit note.")
            .field("supplier", &SupplierInvoiced::supplier, "The supplier.")
            .field("counterparty", &SupplierInvoiced::counterparty, "Who is owed.")
            .field("contract", &SupplierInvoiced::contract, "The contract of its order.")
            .field("number", &SupplierInvoiced::number, "The supplier's number of it.")
            .field("date", &SupplierInvoiced::date, "Its day.")
            .field("due", &SupplierInvoiced::due, "When it is to be paid.")
            .field("terms", &SupplierInvoiced::terms, "The terms that it is paid by.")
            .field("rate", &SupplierInvoiced::rate,
                   "So many of the base currency for one of the invoice's, to ten digits.")
            .field("lines", &SupplierInvoiced::lines, "Its lines, by orders.")
            .field("charges", &SupplierInvoiced::charges, "What it has beside.")
            .field("taxes", &SupplierInvoiced::taxes, "Its taxes.")
            .field("net", &SupplierInvoiced::net, "Without taxes.")
            .field("payable", &SupplierInvoiced::payable, "What is to be paid.")
            .field("payable_base", &SupplierInvoiced::payable_base, "The same in base currency.")
            .field("postings", &SupplierInvoiced::postings,
                   "The lines of its entry beside what is owed.")
            .field("faults", &SupplierInvoiced::faults,
                   "Why it is blocked for payment; none: it is not.")
            .field("posted_on", &SupplierInvoiced::posted_on,
                   "The day that it is posted on, as the ledger's policy has it.")
            .field("text", &SupplierInvoiced::text, "What is said of it.");
    }
};

struct SupplierInvoiceReleased {
    CompanyCode company;
    SupplierInvoiceId invoice;
    std::string reason;

    bool operator==(const SupplierInvoiceReleased&) const = default;
    static void describe(auto& event) {
        event.record("SupplierInvoiceReleased", "A blocked invoice may be paid all the same.")
            .company(&SupplierInvoiceReleased::company)
            .stream(&SupplierInvoiceReleased::invoice)
            .on_recorded_day()
            .field("company", &SupplierInvoiceReleased::company, "Who owes.")
            .field("invoice", &SupplierInvoiceReleased::invoice, "The invoice.")
            .field("reason", &SupplierInvoiceReleased::reason, "Why.");
    }
};

// The reasons of a document of a supplier, in the order of the checks, but for what the quantities
// of credit notes have beside.
auto& refuses_as_supplier_document(auto& command) {
    return command.refuses(
        supplier_invoice_exists, purchase_order_unknown, invoice_of_other_supplier,
        invoice_currency_differs, invoice_without_lines, supplier_number_exists,
        ledger::date_outside_calendar, ledger::period_closed, ledger::period_soft_closed,
        receipt_rate_unfit, receipt_rate_unknown, purchase_accounts_missing, purchase_line_unknown,
        inventory::quantity_not_positive, inventory::quantity_not_whole, invoice_amount_negative,
        purchase_too_large, inventory::stock_accounts_missing);
}

struct RecordSupplierInvoice {
    CompanyCode company;
    SupplierInvoiceId invoice;
    std::string number;
    PurchaseOrderId order;
    std::optional<Date> date;
    std::optional<Date> due;
    std::optional<contracts::PaymentTermsCode> terms;
    std::vector<InvoiceLine> lines;
    std::vector<OtherCharge> charges;
    std::optional<Rate> rate;
    std::optional<Money> total;
    std::string text;

    static void describe(auto& command) {
        command
            .record("RecordSupplierInvoice",
                    "Records what a supplier asks for, matched with what was ordered and what "
                    "came. It is posted and owed whether it matches or not; where it differs by "
                    "more than the company tolerates, it is blocked for payment with the reasons. "
                    "Without lines it is for all that came of the order and is not invoiced.")
            .company(&RecordSupplierInvoice::company)
            .stream(&RecordSupplierInvoice::invoice)
            .example(R"({"company": "DEMO", "invoice": "01980000-0000-7000-8000-000000000609",
                "number": "W-2026-81", "order": "01980000-0000-7000-8000-000000000605",
                "total": {"amount": "174.00", "currency": "EUR"}})")
            .field("company", &RecordSupplierInvoice::company, "Who owes.")
            .field("invoice", &RecordSupplierInvoice::invoice, "A new id, chosen by the client.")
            .field("number", &RecordSupplierInvoice::number, "The supplier's number of it.")
            .shortest(1)
            .longest(64)
            .field("order", &RecordSupplierInvoice::order,
                   "The order that it is for, or the first of them.")
            .field("date", &RecordSupplierInvoice::date, "Its day. Absent: the company's today.")
            .field("due", &RecordSupplierInvoice::due,
                   "When it is to be paid. Absent: by the terms, or at once.")
            .field("terms", &RecordSupplierInvoice::terms,
                   "The terms that it is paid by. Absent: those of the contract, unless `due` is "
                   "said.")
            .field("lines", &RecordSupplierInvoice::lines, "Its lines. Empty: all that came.")
            .otherwise_empty()
            .longest(900)
            .field("charges", &RecordSupplierInvoice::charges, "What it has beside.")
            .otherwise_empty()
            .longest(50)
            .field("rate", &RecordSupplierInvoice::rate,
                   "So many of the base currency for one of the invoice's. Absent: the company's "
                   "rate of the day.")
            .field("total", &RecordSupplierInvoice::total,
                   "What stands on it with taxes. Absent: nobody compares.")
            .field("text", &RecordSupplierInvoice::text, "What is to be said of it.")
            .otherwise_empty()
            .longest(500);
        refuses_as_supplier_document(command).refuses(
            ledger::account_unknown, ledger::account_is_summary, taxes::tax_unknown,
            taxes::tax_blocked, taxes::tax_of_other_use, taxes::tax_rate_not_set,
            taxes::tax_rate_unfit, invoice_taxes_unfit, purchase_tax_account_missing,
            invoice_total_differs);
    }
};

struct RecordSupplierCreditNote {
    CompanyCode company;
    SupplierInvoiceId invoice;
    std::string number;
    PurchaseOrderId order;
    std::optional<Date> date;
    std::vector<InvoiceLine> lines;
    std::optional<Rate> rate;
    std::optional<Money> total;
    std::string text;

    static void describe(auto& command) {
        command
            .record("RecordSupplierCreditNote",
                    "Records what a supplier gives back: for goods that went back after they were "
                    "invoiced, for what was invoiced and has not come, or, of a line without a "
                    "quantity, of the price. Without lines it is for all that went back.")
            .company(&RecordSupplierCreditNote::company)
            .stream(&RecordSupplierCreditNote::invoice)
            .example(R"({"company": "DEMO", "invoice": "01980000-0000-7000-8000-000000000610",
                "number": "W-2026-C4", "order": "01980000-0000-7000-8000-000000000605", "lines":
                [{"order": "01980000-0000-7000-8000-000000000605", "line": 1, "amount":
                {"amount": "6.00", "currency": "EUR"}}], "text": "A bonus"})")
            .field("company", &RecordSupplierCreditNote::company, "Who gets it.")
            .field("invoice", &RecordSupplierCreditNote::invoice, "A new id, chosen by the client.")
            .field("number", &RecordSupplierCreditNote::number, "The supplier's number of it.")
            .shortest(1)
            .longest(64)
            .field("order", &RecordSupplierCreditNote::order,
                   "The order that it is for, or the first of them.")
            .field("date", &RecordSupplierCreditNote::date, "Its day. Absent: the company's today.")
            .field("lines", &RecordSupplierCreditNote::lines,
                   "Its lines. Empty: all that went back and is not credited.")
            .otherwise_empty()
            .longest(900)
            .field("rate", &RecordSupplierCreditNote::rate,
                   "So many of the base currency for one of the note's. Absent: the company's rate "
                   "of the day.")
            .field("total", &RecordSupplierCreditNote::total,
                   "What stands on it with taxes. Absent: nobody compares.")
            .field("text", &RecordSupplierCreditNote::text, "What is to be said of it.")
            .otherwise_empty()
            .longest(500);
        refuses_as_supplier_document(command).refuses(
            credited_beyond_returned, credited_beyond_invoiced, taxes::tax_unknown,
            taxes::tax_blocked, taxes::tax_of_other_use, taxes::tax_rate_not_set,
            taxes::tax_rate_unfit, invoice_taxes_unfit, purchase_tax_account_missing,
            invoice_total_differs);
    }
};

struct ReleaseSupplierInvoice {
    CompanyCode company;
    SupplierInvoiceId invoice;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("ReleaseSupplierInvoice",
                    "Says that a blocked invoice is paid all the same. Only who has the role of "
                    "the company's policy may.")
            .company(&ReleaseSupplierInvoice::company)
            .stream(&ReleaseSupplierInvoice::invoice)
            .example(R"({"company": "DEMO", "invoice": "01980000-0000-7000-8000-000000000611",
                "reason": "Agreed with the seller"})")
            .field("company", &ReleaseSupplierInvoice::company, "Who owes.")
            .field("invoice", &ReleaseSupplierInvoice::invoice, "A blocked invoice.")
            .field("reason", &ReleaseSupplierInvoice::reason, "Why.")
            .shortest(1)
            .longest(500)
            .refuses(supplier_invoice_unknown, invoice_not_blocked, release_needs_role);
    }
};

struct SupplierInvoiceKey {
    CompanyCode company;
    SupplierInvoiceId invoice;

    auto operator<=>(const SupplierInvoiceKey&) const = default;
    static void describe(auto& key) {
        key.record("SupplierInvoiceKey", "An invoice of a supplier.")
            .field("company", &SupplierInvoiceKey::company, "Who owes.")
            .field("invoice", &SupplierInvoiceKey::invoice, "Its id.");
    }
};

struct SupplierInvoice {
    bool credit = false;
    bool blocked = false;

    static void describe(auto& record) {
        record.record("SupplierInvoice", "An invoice as decisions know it.")
            .field("credit", &SupplierInvoice::credit, "It is a credit note.")
            .field("blocked", &SupplierInvoice::blocked, "It is blocked for payment.");
    }
};
using SupplierInvoices = PagedTable<SupplierInvoiceKey, SupplierInvoice>;

struct SupplierNumberKey {
    CompanyCode company;
    parties::CounterpartyCode counterparty;
    std::string number;

    auto operator<=>(const SupplierNumberKey&) const = default;
    static void describe(auto& key) {
        key.record("SupplierNumberKey", "A supplier's number of a document.")
            .field("company", &SupplierNumberKey::company, "Who got it.")
            .field("counterparty", &SupplierNumberKey::counterparty, "Whose document.")
            .field("number", &SupplierNumberKey::number, "The number.");
    }
};

struct SupplierNumber {
    SupplierInvoiceId invoice;

    static void describe(auto& record) {
        record.record("SupplierNumber", "Which document has a supplier's number.")
            .field("invoice", &SupplierNumber::invoice, "The document.");
    }
};
using SupplierNumbers = PagedTable<SupplierNumberKey, SupplierNumber>;

Decision<SupplierInvoiced> decide(const World&, const RecordSupplierInvoice&, const Context&);
Decision<SupplierInvoiced> decide(const World&, const RecordSupplierCreditNote&, const Context&);
Decision<SupplierInvoiceReleased> decide(const World&, const ReleaseSupplierInvoice&,
                                         const Context&);
void evolve(SupplierInvoices&, const SupplierInvoiced&);
void evolve(SupplierInvoices&, const SupplierInvoiceReleased&);
void evolve(SupplierNumbers&, const SupplierInvoiced&);
void evolve(PurchaseOrders&, const SupplierInvoiced&);
void evolve(PurchaseReceipts&, const SupplierInvoiced&);

Part supplier_invoices();

}  // namespace kontor::purchasing
