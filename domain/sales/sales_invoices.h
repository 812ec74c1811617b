// Sales invoices and credit notes: what the customer is asked to pay, and what is given back.
#pragma once

#include "domain/sales/positions.h"
#include "domain/sales/sales_orders.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::sales {

struct SalesInvoiceThing {
    static constexpr Thing thing{"sales_invoice", "sales_invoices"};
};
// Of invoices and credit notes.
using SalesInvoiceId = Id<SalesInvoiceThing>;

inline constexpr Reason sales_invoice_exists{
    Refusal::conflict, "sales_invoice_exists",
    "The company has an invoice or a credit note with this id already."};
inline constexpr Reason sales_invoice_unknown{Refusal::missing, "sales_invoice_unknown",
                                              "The company has no sales invoice with this id."};
inline constexpr Reason invoiced_before_order{Refusal::invalid, "invoiced_before_order",
                                              "Nothing is invoiced before it is ordered."};
inline constexpr Reason invoice_of_several{
    Refusal::invalid, "invoice_of_several",
    "An invoice is for one customer and counterparty, under one contract and in one currency."};
inline constexpr Reason nothing_to_invoice{
    Refusal::conflict, "nothing_to_invoice",
    "Nothing of what is named is still to be invoiced; what is ordered and not delivered is "
    "invoiced with the basis `ordered`."};
inline constexpr Reason invoiced_beyond{
    Refusal::conflict, "invoiced_beyond",
    "More of the line would be invoiced than is delivered, or with the basis `ordered` than is "
    "ordered."};
inline constexpr Reason tax_account_missing{
    Refusal::conflict, "tax_account_missing",
    "A tax that is charged or withheld has no account to be posted on; SetTaxAccounts does."};
inline constexpr Reason credited_before_invoice{Refusal::invalid, "credited_before_invoice",
                                                "Nothing is credited before it is invoiced."};
inline constexpr Reason sales_invoice_line_unknown{Refusal::missing, "sales_invoice_line_unknown",
                                                   "The invoice has no line with this number."};
inline constexpr Reason credited_beyond{
    Refusal::conflict, "credited_beyond",
    "More would be credited of the line than was invoiced and is not credited yet."};
inline constexpr Reason credit_amount_unfit{
    Refusal::invalid, "credit_amount_unfit",
    "A price is reduced by an amount above zero in the invoice's currency, a quantity by none."};

enum class InvoiceBasis : std::uint8_t { delivered, ordered };

void describe(auto& choice, InvoiceBasis) {
    choice.choice("InvoiceBasis", "What is invoiced.")
        .value("delivered", "What the customer has.")
        .value("ordered",
               "What is ordered, delivered or not: what is not is owed to the customer.");
}

// An order that is invoiced, or a part of it.
struct InvoiceAsk {
    SalesOrderId order;
    std::optional<std::int64_t> line;
    std::optional<Quantity> quantity;

    static void describe(auto& line) {
        line.record("InvoiceAsk", "An order that is invoiced, or a part of it.")
            .field("order", &InvoiceAsk::order, "An order of the company.")
            .field("line", &InvoiceAsk::line, "Number of a line. Absent: all that can be.")
            .least(1)
            .field("quantity", &InvoiceAsk::quantity,
                   "In any unit of the item. Absent: all that can be.");
    }
};

// A tax as a document has it: one line of its breakdown (EN 16931, BG-23).
struct SaleTax {
    taxes::TaxCode tax;
    taxes::TaxEffect effect = taxes::TaxEffect::charged;
    taxes::TaxCategory category = taxes::TaxCategory::none;
    std::optional<Percent> percent;
    Money base;
    Money amount;
    std::optional<ledger::AccountCode> account;

    bool operator==(const SaleTax&) const = default;
    static void describe(auto& record) {
        record.record("SaleTax", "A tax of a sales document.")
            .field("tax", &SaleTax::tax, "Its code.")
            .field("effect", &SaleTax::effect, "What it does to what is paid.")
            .field("category", &SaleTax::category, "What it is to an electronic invoice.")
            .field("percent", &SaleTax::percent, "Its rate, where it is one in percent.")
            .field("base", &SaleTax::base, "What it is levied on.")
            .field("amount", &SaleTax::amount, "What it comes to.")
            .field("account", &SaleTax::account, "Where it is posted; absent: nowhere.");
    }
};

struct InvoicedSaleLine {
    std::int64_t line = 1;
    SalesOrderId order;
    std::int64_t order_line = 1;
    items::ItemCode item;
    std::string name;
    Quantity quantity;
    Quantity base;
    UnitPrice price;
    Percent discount;
    Money amount;
    Money net;
    std::vector<taxes::TaxCode> taxes;
    PositionMove position;
    BookedAmount revenue;
    SalesAccounts accounts;
    std::optional<Unit> price_unit{};

    bool operator==(const InvoicedSaleLine&) const = default;
    static void describe(auto& line) {
        line.record("InvoicedSaleLine", "A line of a sales invoice or of a credit note.")
            .field("line", &InvoicedSaleLine::line,
                   "Its number, from 1; of a credit note, that of the invoice's line.")
            .field("order", &InvoicedSaleLine::order, "The order.")
            .field("order_line", &InvoicedSaleLine::order_line, "Number of the order's line.")
            .field("item", &InvoicedSaleLine::item, "The item.")
            .field("name", &InvoicedSaleLine::name, "What it was called.")
            .field("quantity", &InvoicedSaleLine::quantity,
                   "In the unit that it is sold in; of a reduced price, nothing.")
            .field("base", &InvoicedSaleLine::base, "The same in the item's base unit.")
            .field("price", &InvoicedSaleLine::price,
                   "Of one of `price_unit`, or of the unit that it is sold in.")
            .field("discount", &InvoicedSaleLine::discount, "What is taken off.")
            .field("amount", &InvoicedSaleLine::amount, "As agreed; of a credit, above zero too.")
            .field("net", &InvoicedSaleLine::net, "Without taxes.")
            .field("taxes", &InvoicedSaleLine::taxes, "Its taxes.")
            .field("position", &InvoicedSaleLine::position,
                   "What is unbilled or owed to the customer after it.")
            .field("revenue", &InvoicedSaleLine::revenue,
                   "What a reduced price takes off revenue, and the cent that rounding of "
                   "included taxes leaves; a debit is above zero.")
            .field("accounts", &InvoicedSaleLine::accounts, "Where it is posted.")
            .field("price_unit", &InvoicedSaleLine::price_unit,
                   "What the price is for one of, where it is another unit.");
    }
};

// What an invoice and a credit note have in common.
struct SalesDocument {
    companies::DocumentNumber number;
    Date date;
    parties::PartyCode customer;
    parties::CounterpartyCode counterparty;
    contracts::ContractCode contract;
    Currency currency;
    std::vector<InvoicedSaleLine> lines;
    std::vector<SaleTax> taxes;
    Money net;
    Money charged;
    Money gross;
    Money withheld;
    Money payable;
    BookedAmount booked;
    std::optional<contracts::PaymentTermsCode> terms;
    std::string text;

    bool operator==(const SalesDocument&) const = default;
    static void describe(auto& record) {
        record.record("SalesDocument", "A sales invoice or a credit note.")
            .field("number", &SalesDocument::number, "Its number.")
            .field("date", &SalesDocument::date, "Its day.")
            .field("customer", &SalesDocument::customer, "Who bought.")
            .field("counterparty", &SalesDocument::counterparty, "Who pays.")
            .field("contract", &SalesDocument::contract, "The contract that it is under.")
            .field("currency", &SalesDocument::currency, "What it is in.")
            .field("lines", &SalesDocument::lines, "What it is for.")
            .field("taxes", &SalesDocument::taxes, "The breakdown of its taxes.")
            .field("net", &SalesDocument::net, "Without taxes.")
            .field("charged", &SalesDocument::charged, "Taxes that are paid with it.")
            .field("gross", &SalesDocument::gross, "With them.")
            .field("withheld", &SalesDocument::withheld, "What the customer keeps back.")
            .field("payable", &SalesDocument::payable, "What is to be paid.")
            .field("booked", &SalesDocument::booked, "The same, and at the rate of the day.")
            .field("terms", &SalesDocument::terms, "By which it is paid.")
            .field("text", &SalesDocument::text, "What it says.");
    }
};

struct SaleInvoiced {
    CompanyCode company;
    SalesInvoiceId invoice;
    Date date;
    SalesDocument document;
    UninvoicedChange uninvoiced;
    Date posted;

    bool operator==(const SaleInvoiced&) const = default;
    static void describe(auto& event) {
        event.record("SaleInvoiced", "A customer is asked to pay.")
            .company(&SaleInvoiced::company)
            .stream(&SaleInvoiced::invoice)
            .on(&SaleInvoiced::date)
            .field("company", &SaleInvoiced::company, "Who sells.")
            .field("invoice", &SaleInvoiced::invoice, "The invoice.")
            .field("date", &SaleInvoiced::date, "Its day.")
            .field("document", &SaleInvoiced::document, "What it says.")
            .field("uninvoiced", &SaleInvoiced::uninvoiced,
                   "How what is ordered and not invoiced changes.")
            .field("posted", &SaleInvoiced::posted,
                   "The day that it is posted on, by the ledger's policy for what comes late.");
    }
};

enum class CreditKind : std::uint8_t { quantity, price };

void describe(auto& choice, CreditKind) {
    choice.choice("CreditKind", "What is given back.")
        .value("quantity",
               "So much is not to be paid: it came back, never went, or is invoiced anew.")
        .value("price", "It stays with the customer and costs less: revenue is less.");
}

struct SaleCredited {
    CompanyCode company;
    SalesInvoiceId credit_note;
    SalesInvoiceId invoice;
    CreditKind kind = CreditKind::quantity;
    Date date;
    SalesDocument document;
    std::string reason;
    UninvoicedChange uninvoiced;
    Date posted;

    bool operator==(const SaleCredited&) const = default;
    static void describe(auto& event) {
        event.record("SaleCredited", "Something of an invoice is given back.")
            .company(&SaleCredited::company)
            .stream(&SaleCredited::credit_note)
            .on(&SaleCredited::date)
            .field("company", &SaleCredited::company, "Who sells.")
            .field("credit_note", &SaleCredited::credit_note, "The credit note.")
            .field("invoice", &SaleCredited::invoice, "The invoice.")
            .field("kind", &SaleCredited::kind, "What is given back.")
            .field("date", &SaleCredited::date, "Its day.")
            .field("document", &SaleCredited::document,
                   "What it says; amounts above zero are given back.")
            .field("reason", &SaleCredited::reason, "Why.")
            .field("uninvoiced", &SaleCredited::uninvoiced,
                   "How what is ordered and not invoiced changes.")
            .field("posted", &SaleCredited::posted,
                   "The day that it is posted on, by the ledger's policy for what comes late.");
    }
};

struct InvoiceSale {
    CompanyCode company;
    SalesInvoiceId invoice;
    std::vector<InvoiceAsk> lines;
    InvoiceBasis basis = InvoiceBasis::delivered;
    std::optional<Date> date;
    std::optional<contracts::PaymentTermsCode> terms;
    std::string text;

    static void describe(auto& command) {
        command
            .record("InvoiceSale",
                    "Asks a customer to pay for one or several orders: for what was delivered, or "
                    "in advance. It opens a receivable. What was earned at delivery stays as it "
                    "is; what is invoiced before is owed to the customer until then.")
            .company(&InvoiceSale::company)
            .stream(&InvoiceSale::invoice)
            .example(R"({"company": "DEMO", "invoice": "01980000-0000-7000-8000-000000000721",
                "lines": [{"order": "01980000-0000-7000-8000-000000000701"}]})")
            .field("company", &InvoiceSale::company, "Who sells.")
            .field("invoice", &InvoiceSale::invoice, "A new id, chosen by the client.")
            .field("lines", &InvoiceSale::lines, "What is invoiced.")
            .shortest(1)
            .longest(2'000)
            .field("basis", &InvoiceSale::basis, "What of it can be.")
            .otherwise(InvoiceBasis::delivered)
            .field("date", &InvoiceSale::date, "Its day. Absent: the company's today.")
            .field("terms", &InvoiceSale::terms,
                   "When it is paid. Absent: as the contract says, else at once.")
            .field("text", &InvoiceSale::text, "What it says.")
            .otherwise_empty()
            .longest(2'000)
            .refuses(companies::company_unknown, sales_invoice_exists,
                     ledger::date_outside_calendar, sales_order_unknown, invoiced_before_order,
                     invoice_of_several, sales_line_unknown, inventory::quantity_not_positive,
                     inventory::quantity_not_whole, invoiced_beyond, nothing_to_invoice,
                     contracts::payment_terms_unknown, contracts::payment_terms_blocked,
                     ledger::rate_unknown, taxes::tax_unknown, taxes::tax_blocked,
                     taxes::tax_of_other_use, taxes::tax_rate_not_set, taxes::tax_rate_unfit,
                     sales_too_large, tax_account_missing);
    }
};

// What of an invoice is given back.
struct CreditAsk {
    std::int64_t line = 1;
    std::optional<Quantity> quantity;
    std::optional<Money> amount;

    static void describe(auto& line) {
        line.record("CreditAsk", "What of a line of an invoice is given back.")
            .field("line", &CreditAsk::line, "Number of the invoice's line.")
            .least(1)
            .field("quantity", &CreditAsk::quantity,
                   "In any unit of the item. Absent: all that is not credited yet.")
            .field("amount", &CreditAsk::amount,
                   "Of the kind `price`: what is taken off the line as it was agreed, with the "
                   "taxes that its price includes.");
    }
};

struct CreditSale {
    CompanyCode company;
    SalesInvoiceId credit_note;
    SalesInvoiceId invoice;
    CreditKind kind = CreditKind::quantity;
    std::optional<Date> date;
    std::vector<CreditAsk> lines;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("CreditSale",
                    "Gives something of an invoice back: a quantity that is not to be paid, or a "
                    "part of the price. An invoice is never changed or deleted, so that numbers "
                    "have no gap; all of it is taken back by a credit note without lines.")
            .company(&CreditSale::company)
            .stream(&CreditSale::credit_note)
            .example(R"({"company": "DEMO", "credit_note":
                "01980000-0000-7000-8000-000000000722", "invoice":
                "01980000-0000-7000-8000-000000000721", "kind": "price", "lines": [{"line": 1,
                "amount": {"amount": "1.00", "currency": "EUR"}}], "reason": "A dented box"})")
            .field("company", &CreditSale::company, "Who sells.")
            .field("credit_note", &CreditSale::credit_note, "A new id, chosen by the client.")
            .field("invoice", &CreditSale::invoice, "An invoice of the company.")
            .field("kind", &CreditSale::kind, "What is given back.")
            .otherwise(CreditKind::quantity)
            .field("date", &CreditSale::date, "Its day. Absent: the company's today.")
            .field("lines", &CreditSale::lines,
                   "Of which lines. Empty: all of the invoice that is not credited yet.")
            .otherwise_empty()
            .longest(2'000)
            .field("reason", &CreditSale::reason, "Why.")
            .shortest(1)
            .longest(500)
            .refuses(sales_invoice_unknown, sales_invoice_exists, credited_before_invoice,
                     ledger::date_outside_calendar, ledger::rate_unknown,
                     sales_invoice_line_unknown, credit_amount_unfit,
                     inventory::quantity_not_positive, inventory::quantity_not_whole,
                     credited_beyond, taxes::tax_unknown, taxes::tax_blocked,
                     taxes::tax_of_other_use, taxes::tax_rate_not_set, taxes::tax_rate_unfit,
                     sales_too_large, tax_account_missing);
    }
};

struct SalesInvoiceKey {
    CompanyCode company;
    SalesInvoiceId invoice;

    auto operator<=>(const SalesInvoiceKey&) const = default;
    static void describe(auto& key) {
        key.record("SalesInvoiceKey", "A sales invoice or a credit note of a company.")
            .field("company", &SalesInvoiceKey::company, "Who sells.")
            .field("invoice", &SalesInvoiceKey::invoice, "Its id.");
    }
};

// What of a line is not credited yet.
struct CreditableLine {
    InvoicedSaleLine invoiced;
    std::int64_t left = 0;
    std::int64_t left_minor = 0;

    static void describe(auto& record) {
        record.record("CreditableLine", "A line of an invoice as decisions know it.")
            .field("invoiced", &CreditableLine::invoiced, "The line.")
            .field("left", &CreditableLine::left, "Not credited yet, in millionths.")
            .field("left_minor", &CreditableLine::left_minor, "The same of its amount.");
    }
};

struct SalesInvoice {
    bool credit_note = false;
    Date date;
    parties::PartyCode customer;
    parties::CounterpartyCode counterparty;
    contracts::ContractCode contract;
    Currency currency;
    std::optional<contracts::PaymentTermsCode> terms;
    std::vector<CreditableLine> lines;

    static void describe(auto& record) {
        record.record("SalesInvoice", "A sales invoice as decisions know it.")
            .field("credit_note", &SalesInvoice::credit_note, "It is a credit note.")
            .field("date", &SalesInvoice::date, "Its day.")
            .field("customer", &SalesInvoice::customer, "Who bought.")
            .field("counterparty", &SalesInvoice::counterparty, "Who pays.")
            .field("contract", &SalesInvoice::contract, "The contract that it is under.")
            .field("currency", &SalesInvoice::currency, "What it is in.")
            .field("terms", &SalesInvoice::terms, "By which it is paid.")
            .field("lines", &SalesInvoice::lines, "Its lines, by number.");
    }
};
using SalesInvoices = PagedTable<SalesInvoiceKey, SalesInvoice>;

Decision<SaleInvoiced> decide(const World&, const InvoiceSale&, const Context&);
Decision<SaleCredited> decide(const World&, const CreditSale&, const Context&);
void evolve(SalesInvoices&, const SaleInvoiced&);
void evolve(SalesInvoices&, const SaleCredited&);
void evolve(SalesOrders&, const SaleInvoiced&);
void evolve(SalesOrders&, const SaleCredited&);
void evolve(SalesSeries&, const SaleInvoiced&);
void evolve(SalesSeries&, const SaleCredited&);
void evolve(UninvoicedSales&, const SaleInvoiced&);
void evolve(UninvoicedSales&, const SaleCredited&);

Part sales_invoices();

}  // namespace kontor::sales
