// What is asked about sales: orders and what became of them, invoices, and how documents hang
// together.
#pragma once

#include "domain/sales/deliveries.h"
#include "domain/sales/sales_invoices.h"
#include "projections/projection.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::sales {

struct ListedSalesOrder {
    SalesOrderId order;
    std::string number;
    parties::PartyCode customer;
    parties::CounterpartyCode counterparty;
    contracts::ContractCode contract;
    Date date;
    std::optional<std::string> reference;
    std::optional<parties::PartyCode> seller;
    parties::CountryCode country;
    std::int64_t version = 1;
    std::optional<std::string> held;
    Money net;
    Money gross;
    Money earned;
    Money invoiced;
    Money unbilled;
    Money liability;
    std::string text;

    bool operator==(const ListedSalesOrder&) const = default;
    static void describe(auto& row) {
        row.record("ListedSalesOrder", "A sales order, and what became of it; without taxes.")
            .field("order", &ListedSalesOrder::order, "Its id.")
            .field("number", &ListedSalesOrder::number, "Its number.")
            .field("customer", &ListedSalesOrder::customer, "Who buys.")
            .field("counterparty", &ListedSalesOrder::counterparty, "Who pays.")
            .field("contract", &ListedSalesOrder::contract, "What it is under.")
            .field("date", &ListedSalesOrder::date, "Its day.")
            .field("reference", &ListedSalesOrder::reference, "The customer's own number.")
            .field("seller", &ListedSalesOrder::seller, "Who sold it.")
            .field("country", &ListedSalesOrder::country, "Where it is delivered to.")
            .field("version", &ListedSalesOrder::version, "1, and one more by each amendment.")
            .field("held", &ListedSalesOrder::held, "Why nothing of it is delivered for now.")
            .field("net", &ListedSalesOrder::net, "What is ordered.")
            .field("gross", &ListedSalesOrder::gross, "The same with taxes.")
            .field("earned", &ListedSalesOrder::earned, "Revenue of what was delivered.")
            .field("invoiced", &ListedSalesOrder::invoiced, "What is invoiced, less credits.")
            .field("unbilled", &ListedSalesOrder::unbilled, "Delivered and not invoiced.")
            .field("liability", &ListedSalesOrder::liability, "Invoiced and not delivered.")
            .field("text", &ListedSalesOrder::text, "What the customer is told.");
    }
};

struct SalesOrderList {
    CompanyCode company;
    std::optional<parties::PartyCode> customer;
    std::optional<parties::CounterpartyCode> counterparty;
    std::optional<parties::PartyCode> seller;
    bool held = false;

    static void describe(auto& query) {
        query.record("sales_orders", "Sales orders as they stand on the day `valid_at`, by id.")
            .company(&SalesOrderList::company)
            .field("company", &SalesOrderList::company, "Who sells.")
            .field("customer", &SalesOrderList::customer, "Only of this customer.")
            .field("counterparty", &SalesOrderList::counterparty, "Only what this one pays.")
            .field("seller", &SalesOrderList::seller, "Only what this one sold.")
            .field("held", &SalesOrderList::held, "Only those that are held.")
            .otherwise(false)
            .template answers<ListedSalesOrder>(Times::both);
    }
};

struct SalesOrderLine {
    std::int64_t line = 1;
    items::ItemCode item;
    std::string name;
    Quantity quantity;
    Quantity ordered;
    UnitPrice price;
    Percent discount;
    Money net;
    Money gross;
    Date due;
    std::optional<inventory::WarehouseCode> warehouse;
    bool closed = false;
    Quantity delivered;
    Quantity returned;
    Quantity invoiced;
    Money earned;
    Money earned_base;
    Money invoiced_net;
    Money unbilled;
    Money unbilled_base;
    Money liability;
    Money liability_base;

    bool operator==(const SalesOrderLine&) const = default;
    static void describe(auto& row) {
        row.record("SalesOrderLine", "A line of a sales order, and what became of it.")
            .field("line", &SalesOrderLine::line, "Its number.")
            .field("item", &SalesOrderLine::item, "The item.")
            .field("name", &SalesOrderLine::name, "What it is called on the order.")
            .field("quantity", &SalesOrderLine::quantity, "In the unit that it is sold in.")
            .field("ordered", &SalesOrderLine::ordered, "The same in the item's base unit.")
            .field("price", &SalesOrderLine::price, "As agreed.")
            .field("discount", &SalesOrderLine::discount, "What is taken off.")
            .field("net", &SalesOrderLine::net, "What it comes to without taxes.")
            .field("gross", &SalesOrderLine::gross, "With them.")
            .field("due", &SalesOrderLine::due, "When it is to be delivered.")
            .field("warehouse", &SalesOrderLine::warehouse, "Where goods are taken from.")
            .field("closed", &SalesOrderLine::closed, "Nothing more of it is delivered.")
            .field("delivered", &SalesOrderLine::delivered, "What went.")
            .field("returned", &SalesOrderLine::returned, "What of that came back.")
            .field("invoiced", &SalesOrderLine::invoiced, "What is invoiced, less credits.")
            .field("earned", &SalesOrderLine::earned, "Revenue.")
            .field("earned_base", &SalesOrderLine::earned_base, "What that is booked at.")
            .field("invoiced_net", &SalesOrderLine::invoiced_net, "Net amount invoiced.")
            .field("unbilled", &SalesOrderLine::unbilled, "Delivered and not invoiced.")
            .field("unbilled_base", &SalesOrderLine::unbilled_base, "What that is booked at.")
            .field("liability", &SalesOrderLine::liability, "Invoiced and not delivered.")
            .field("liability_base", &SalesOrderLine::liability_base, "What that is booked at.");
    }
};

struct SalesOrderQuestion {
    CompanyCode company;
    SalesOrderId order;

    static void describe(auto& query) {
        query
            .record("sales_order",
                    "The lines of an order as they stand on the day `valid_at`; totals are the "
                    "order itself.")
            .company(&SalesOrderQuestion::company)
            .field("company", &SalesOrderQuestion::company, "Who sells.")
            .field("order", &SalesOrderQuestion::order, "The order.")
            .template answers<SalesOrderLine>(Times::both)
            .template totals<ListedSalesOrder>();
    }
};

struct DueSalesLine {
    SalesOrderId order;
    std::int64_t line = 1;
    std::string number;
    parties::PartyCode customer;
    items::ItemCode item;
    std::string name;
    Date due;
    std::optional<inventory::WarehouseCode> warehouse;
    Quantity ordered;
    Quantity undelivered;
    Money undelivered_net;
    std::optional<std::string> held;

    bool operator==(const DueSalesLine&) const = default;
    static void describe(auto& row) {
        row.record("DueSalesLine", "A line of which something is still to be delivered.")
            .field("order", &DueSalesLine::order, "The order.")
            .field("line", &DueSalesLine::line, "Number of the line.")
            .field("number", &DueSalesLine::number, "Number of the order.")
            .field("customer", &DueSalesLine::customer, "Who buys.")
            .field("item", &DueSalesLine::item, "The item.")
            .field("name", &DueSalesLine::name, "What it is called on the order.")
            .field("due", &DueSalesLine::due, "When it is to be delivered.")
            .field("warehouse", &DueSalesLine::warehouse, "Where goods are taken from.")
            .field("ordered", &DueSalesLine::ordered, "In the item's base unit.")
            .field("undelivered", &DueSalesLine::undelivered, "What of it is still to go.")
            .field("undelivered_net", &DueSalesLine::undelivered_net,
                   "What that comes to without taxes.")
            .field("held", &DueSalesLine::held, "Why nothing of the order is delivered for now.");
    }
};

struct DeliveriesDue {
    CompanyCode company;
    std::optional<Date> through;
    std::optional<parties::PartyCode> customer;
    std::optional<items::ItemCode> item;
    std::optional<inventory::WarehouseCode> warehouse;

    static void describe(auto& query) {
        query
            .record("open_sales_lines",
                    "Lines of orders of which something is still to be delivered at the end of "
                    "the day `valid_at`, by the day that they are due.")
            .company(&DeliveriesDue::company)
            .field("company", &DeliveriesDue::company, "Who sells.")
            .field("through", &DeliveriesDue::through,
                   "Only what is due up to this day: deliveries due, and overdue.")
            .field("customer", &DeliveriesDue::customer, "Only of this customer.")
            .field("item", &DeliveriesDue::item, "Only of this item.")
            .field("warehouse", &DeliveriesDue::warehouse, "Only from this warehouse.")
            .template answers<DueSalesLine>(Times::both);
    }
};

struct UnbilledSale {
    SalesOrderId order;
    std::int64_t line = 1;
    std::string number;
    parties::PartyCode customer;
    parties::CounterpartyCode counterparty;
    items::ItemCode item;
    ledger::AccountCode unbilled_account;
    Money unbilled;
    Money unbilled_base;
    ledger::AccountCode liability_account;
    Money liability;
    Money liability_base;

    bool operator==(const UnbilledSale&) const = default;
    static void describe(auto& row) {
        row.record("UnbilledSale", "A line between its delivery and its invoice.")
            .field("order", &UnbilledSale::order, "The order.")
            .field("line", &UnbilledSale::line, "Number of the line.")
            .field("number", &UnbilledSale::number, "Number of the order.")
            .field("customer", &UnbilledSale::customer, "Who buys.")
            .field("counterparty", &UnbilledSale::counterparty, "Who pays.")
            .field("item", &UnbilledSale::item, "The item.")
            .field("unbilled_account", &UnbilledSale::unbilled_account,
                   "Where what is delivered and not invoiced is posted.")
            .field("unbilled", &UnbilledSale::unbilled,
                   "Delivered and not invoiced: an asset (IFRS 15.107).")
            .field("unbilled_base", &UnbilledSale::unbilled_base, "What that is booked at.")
            .field("liability_account", &UnbilledSale::liability_account,
                   "Where what is invoiced and not delivered is posted.")
            .field("liability", &UnbilledSale::liability,
                   "Invoiced and not delivered: a liability (IFRS 15.106).")
            .field("liability_base", &UnbilledSale::liability_base, "What that is booked at.");
    }
};

struct UnbilledTotals {
    Money unbilled;
    Money liability;

    bool operator==(const UnbilledTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("UnbilledTotals", "All that is asked for, as booked, in base currency.")
            .field("unbilled", &UnbilledTotals::unbilled, "Delivered and not invoiced.")
            .field("liability", &UnbilledTotals::liability, "Invoiced and not delivered.");
    }
};

struct UnbilledSales {
    CompanyCode company;
    std::optional<parties::CounterpartyCode> counterparty;

    static void describe(auto& query) {
        query
            .record("unbilled_sales",
                    "Lines that are delivered and not invoiced, or invoiced and not delivered, at "
                    "the end of the day `valid_at`, by order. They come to what their accounts "
                    "stand at.")
            .company(&UnbilledSales::company)
            .field("company", &UnbilledSales::company, "Who sells.")
            .field("counterparty", &UnbilledSales::counterparty, "Only what this one pays.")
            .template answers<UnbilledSale>(Times::both)
            .template totals<UnbilledTotals>();
    }
};

struct ListedSaleDelivery {
    SaleDeliveryId delivery;
    SalesOrderId order;
    std::string number;
    parties::PartyCode customer;
    Date date;
    std::optional<parties::PartyCode> carrier;
    std::optional<std::string> consignment;
    Money earned;
    std::optional<Money> freight;
    bool late = false;
    std::string text;

    bool operator==(const ListedSaleDelivery&) const = default;
    static void describe(auto& row) {
        row.record("ListedSaleDelivery", "A delivery.")
            .field("delivery", &ListedSaleDelivery::delivery, "Its id.")
            .field("order", &ListedSaleDelivery::order, "The order.")
            .field("number", &ListedSaleDelivery::number, "Number of the order.")
            .field("customer", &ListedSaleDelivery::customer, "Who has it.")
            .field("date", &ListedSaleDelivery::date, "When control passed.")
            .field("carrier", &ListedSaleDelivery::carrier, "Who carries it.")
            .field("consignment", &ListedSaleDelivery::consignment, "The carrier's own number.")
            .field("earned", &ListedSaleDelivery::earned, "Revenue, without taxes.")
            .field("freight", &ListedSaleDelivery::freight, "What carrying it is expected to cost.")
            .field("late", &ListedSaleDelivery::late, "Something of it was due before.")
            .field("text", &ListedSaleDelivery::text, "What the delivery note says.");
    }
};

struct SaleDeliveryList {
    CompanyCode company;
    std::optional<SalesOrderId> order;
    std::optional<parties::PartyCode> customer;
    std::optional<parties::PartyCode> carrier;

    static void describe(auto& query) {
        query
            .record("sale_deliveries",
                    "Deliveries up to the end of the day `valid_at`, by day; those that are "
                    "reversed are left out.")
            .company(&SaleDeliveryList::company)
            .field("company", &SaleDeliveryList::company, "Who sells.")
            .field("order", &SaleDeliveryList::order, "Only of this order.")
            .field("customer", &SaleDeliveryList::customer, "Only to this customer.")
            .field("carrier", &SaleDeliveryList::carrier, "Only by this carrier.")
            .template answers<ListedSaleDelivery>(Times::both);
    }
};

enum class SalesDocumentKind : std::uint8_t { invoice, credit_note };

void describe(auto& choice, SalesDocumentKind) {
    choice.choice("SalesDocumentKind", "What a document asks for.")
        .value("invoice", "To be paid.")
        .value("credit_note", "Given back.");
}

struct ListedSalesInvoice {
    SalesInvoiceId invoice;
    SalesDocumentKind kind = SalesDocumentKind::invoice;
    std::string number;
    Date date;
    parties::PartyCode customer;
    parties::CounterpartyCode counterparty;
    contracts::ContractCode contract;
    Money net;
    Money charged;
    Money gross;
    Money withheld;
    Money payable;
    Money payable_base;
    std::optional<SalesInvoiceId> credits;

    bool operator==(const ListedSalesInvoice&) const = default;
    static void describe(auto& row) {
        row.record("ListedSalesInvoice", "A sales invoice, or a credit note.")
            .field("invoice", &ListedSalesInvoice::invoice, "Its id.")
            .field("kind", &ListedSalesInvoice::kind, "What it asks for.")
            .field("number", &ListedSalesInvoice::number, "Its number.")
            .field("date", &ListedSalesInvoice::date, "Its day.")
            .field("customer", &ListedSalesInvoice::customer, "Who bought.")
            .field("counterparty", &ListedSalesInvoice::counterparty, "Who pays.")
            .field("contract", &ListedSalesInvoice::contract, "What it is under.")
            .field("net", &ListedSalesInvoice::net, "Without taxes (BT-109).")
            .field("charged", &ListedSalesInvoice::charged, "Taxes (BT-110).")
            .field("gross", &ListedSalesInvoice::gross, "With taxes (BT-112).")
            .field("withheld", &ListedSalesInvoice::withheld, "What the customer keeps back.")
            .field("payable", &ListedSalesInvoice::payable, "What is to be paid (BT-115).")
            .field("payable_base", &ListedSalesInvoice::payable_base, "What that is booked at.")
            .field("credits", &ListedSalesInvoice::credits, "The invoice that it gives back of.");
    }
};

struct SalesInvoiceList {
    CompanyCode company;
    std::optional<parties::PartyCode> customer;
    std::optional<parties::CounterpartyCode> counterparty;
    std::optional<SalesDocumentKind> kind;

    static void describe(auto& query) {
        query
            .record("sales_invoices",
                    "Sales invoices and credit notes up to the end of the day `valid_at`, by day.")
            .company(&SalesInvoiceList::company)
            .field("company", &SalesInvoiceList::company, "Who sells.")
            .field("customer", &SalesInvoiceList::customer, "Only of this customer.")
            .field("counterparty", &SalesInvoiceList::counterparty, "Only what this one pays.")
            .field("kind", &SalesInvoiceList::kind, "Only invoices, or credit notes.")
            .template answers<ListedSalesInvoice>(Times::both);
    }
};

struct SalesInvoiceQuestion {
    CompanyCode company;
    SalesInvoiceId invoice;

    static void describe(auto& query) {
        query
            .record("sales_invoice",
                    "The lines of an invoice or a credit note with their amounts; totals are all "
                    "that it says, with the breakdown of its taxes (EN 16931, BG-22, BG-23).")
            .company(&SalesInvoiceQuestion::company)
            .field("company", &SalesInvoiceQuestion::company, "Who sells.")
            .field("invoice", &SalesInvoiceQuestion::invoice, "The invoice.")
            .template answers<InvoicedSaleLine>(Times::both)
            .template totals<SalesDocument>();
    }
};

struct ListedCreditExposure {
    parties::CounterpartyCode counterparty;
    std::optional<contracts::ContractCode> contract;
    Money uninvoiced;
    Money receivable;
    Money unallocated;
    Money exposure;

    bool operator==(const ListedCreditExposure&) const = default;
    static void describe(auto& row) {
        row.record("ListedCreditExposure", "What a customer would owe in a currency, with taxes.")
            .field("counterparty", &ListedCreditExposure::counterparty, "The legal entity.")
            .field("contract", &ListedCreditExposure::contract, "The contract.")
            .field("uninvoiced", &ListedCreditExposure::uninvoiced,
                   "Ordered and not invoiced, delivered or not.")
            .field("receivable", &ListedCreditExposure::receivable, "Open items that it owes.")
            .field("unallocated", &ListedCreditExposure::unallocated,
                   "Payments, advances and credit notes that settle nothing yet.")
            .field("exposure", &ListedCreditExposure::exposure, "The first two less the third.");
    }
};

struct CreditExposures {
    CompanyCode company;
    std::optional<parties::CounterpartyCode> counterparty;

    static void describe(auto& query) {
        query
            .record("credit_exposure",
                    "What credit limits are held against, at the end of the day `valid_at`, by "
                    "legal entity, contract and currency.")
            .company(&CreditExposures::company)
            .field("company", &CreditExposures::company, "Who sells.")
            .field("counterparty", &CreditExposures::counterparty, "Only this legal entity.")
            .template answers<ListedCreditExposure>(Times::both);
    }
};

enum class ThreadKind : std::uint8_t {
    sales_order,
    delivery,
    stock_document,
    entry,
    sale_return,
    invoice,
    credit_note,
    open_item,
    payment
};

void describe(auto& choice, ThreadKind) {
    choice.choice("ThreadKind", "A kind of document.")
        .value("sales_order", "The order.")
        .value("delivery", "What went by it.")
        .value("stock_document", "What left stock by a delivery.")
        .value("entry", "What was posted by a delivery, or of an open item.")
        .value("sale_return", "What came back.")
        .value("invoice", "What was asked for.")
        .value("credit_note", "What was given back.")
        .value("open_item", "What is owed by an invoice.")
        .value("payment", "What settles that: a payment or another item.");
}

struct ThreadStep {
    std::int64_t line = 1;
    ThreadKind kind = ThreadKind::sales_order;
    std::string document;
    std::optional<std::string> from;
    Date date;
    std::optional<std::string> number;
    std::optional<Money> amount;

    bool operator==(const ThreadStep&) const = default;
    static void describe(auto& row) {
        row.record("ThreadStep", "A document of a thread.")
            .field("line", &ThreadStep::line, "Where it stands, from 1.")
            .field("kind", &ThreadStep::kind, "What it is.")
            .field("document", &ThreadStep::document, "Its id.")
            .field("from", &ThreadStep::from, "The document that it came from.")
            .field("date", &ThreadStep::date, "Its day.")
            .field("number", &ThreadStep::number, "Its number.")
            .field("amount", &ThreadStep::amount,
                   "What it comes to: orders and deliveries without taxes, invoices as they are "
                   "to be paid, payments what they settle.");
    }
};

struct SalesThread {
    CompanyCode company;
    std::optional<SalesOrderId> order;
    std::optional<SaleDeliveryId> delivery;
    std::optional<SalesInvoiceId> invoice;

    static void describe(auto& query) {
        query
            .record("sales_thread",
                    "All documents that hang together with an order, a delivery or an invoice, "
                    "forwards and backwards: orders, deliveries with what left stock and what was "
                    "posted, invoices, and what settles them.")
            .company(&SalesThread::company)
            .field("company", &SalesThread::company, "Who sells.")
            .field("order", &SalesThread::order, "An order; name one of the three.")
            .field("delivery", &SalesThread::delivery, "A delivery.")
            .field("invoice", &SalesThread::invoice, "An invoice or a credit note.")
            .template answers<ThreadStep>(Times::both);
    }
};

}  // namespace kontor::sales
