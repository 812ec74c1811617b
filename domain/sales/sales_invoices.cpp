// When something may be invoiced or credited, and what becomes of the orders.
#include "domain/sales/sales_invoices.h"

#include "domain/core/catalog.h"
#include "domain/sales/invoicing.h"

#include <algorithm>
#include <map>
#include <utility>

namespace kontor::sales {

namespace {

SalesLineState& line_of(SalesOrder& order, std::int64_t number) {
    return order.lines[static_cast<std::size_t>(number - 1)];
}

// A quantity in base units as it is told in the unit that a line is sold in, to the millionth.
Quantity in_sold_unit(const Quantity& sold, const Quantity& base, std::int64_t micro) {
    const Wide quantity = divide(Wide{sold.micro} * micro, Wide{base.micro}, Rounding::half_up);
    return {static_cast<std::int64_t>(quantity), sold.unit};
}

// What of a line can be invoiced, in millionths of its base unit.
std::int64_t open_for_invoice(const SalesLineState& line, InvoiceBasis basis) {
    const SoldProgress& progress = line.progress;
    const bool all = basis == InvoiceBasis::ordered && !line.closed;
    return (all ? line.sold.base.micro - progress.returned : progress.kept()) - progress.invoiced;
}

// How what is ordered and not invoiced changes by orders that a document has changed.
UninvoicedChange change_of(const World& world, const CompanyCode& company,
                           const SalesDocument& document,
                           const std::map<SalesOrderId, SalesOrder>& orders) {
    UninvoicedChange change{document.counterparty, document.contract, {0, document.currency}};
    for (const auto& [id, order] : orders)
        change.amount = change.amount +
                        change_between(*world.of<SalesOrders>().find({company, id}), order).amount;
    return change;
}

// An invoice that is being made of orders, which are kept as they will stand.
class Invoicing {
public:
    Invoicing(const World& world, const InvoiceSale& invoice, SaleInvoiced& invoiced)
        : world_(world), invoice_(invoice), invoiced_(invoiced) {}

    Objection add(const InvoiceAsk& ask) {
        SalesOrder* order = nullptr;
        if (Objection fault = find_order(ask.order, order)) return fault;
        if (ask.line) {
            if (!order->line(*ask.line)) return sales_line_unknown.about(*ask.line);
            return add_line(ask, *order, line_of(*order, *ask.line));
        }
        for (SalesLineState& line : order->lines)
            if (open_for_invoice(line, invoice_.basis) > 0)
                if (Objection fault = add_line({ask.order, {}, {}}, *order, line)) return fault;
        return {};
    }
    // Once the net amounts are known: what they take of what is unbilled.
    Objection find_positions(const DayRate& rate) {
        for (InvoicedSaleLine& line : invoiced_.document.lines) {
            SalesLineState& state = line_of(orders_.at(line.order), line.order_line);
            SoldProgress& progress = state.progress;
            const Money share{
                share_of_rest(state.sold.net.minor - progress.invoiced_minor,
                              state.sold.base.micro - progress.invoiced, line.base.micro),
                line.net.currency};
            const auto move = invoiced_for(progress, share, rate);
            const auto rounding = rate.of(share - line.net);
            if (!move || !rounding) return sales_too_large.about(line.item);
            line.position = *move;
            line.revenue = {share - line.net, *rounding};
            progress.invoiced += line.base.micro;
            progress.invoiced_minor += share.minor;
            apply(progress, *move);
        }
        invoiced_.uninvoiced = change_of(world_, invoice_.company, invoiced_.document, orders_);
        return {};
    }

private:
    Objection find_order(const SalesOrderId& id, SalesOrder*& order) {
        if (const auto known = orders_.find(id); known != orders_.end()) {
            order = &known->second;
            return {};
        }
        const SalesOrder* found = world_.of<SalesOrders>().find({invoice_.company, id});
        if (!found) return sales_order_unknown.about(id);
        if (invoiced_.date < found->date)
            return invoiced_before_order.about(invoiced_.date, found->date);
        SalesDocument& document = invoiced_.document;
        if (orders_.empty()) {
            document.customer = found->customer;
            document.counterparty = found->counterparty;
            document.contract = found->contract;
            document.currency = found->currency;
        } else if (document.customer != found->customer ||
                   document.counterparty != found->counterparty ||
                   document.contract != found->contract || document.currency != found->currency) {
            return invoice_of_several.about(id);
        }
        order = &orders_.emplace(id, *found).first->second;
        return {};
    }
    Objection add_line(const InvoiceAsk& ask, const SalesOrder&, SalesLineState& line) {
        const SoldLine& sold = line.sold;
        // What is asked for of one line twice is counted together.
        std::int64_t& asked = asked_[{ask.order, sold.line}];
        const std::int64_t open = open_for_invoice(line, invoice_.basis) - asked;
        Quantity base{open, sold.base.unit};
        if (ask.quantity)
            if (Objection fault = inventory::find_quantity(world_, invoice_.company, sold.item,
                                                           *ask.quantity, base))
                return fault;
        if (open <= 0 || base.micro > open)
            return invoiced_beyond.about(sold.item,
                                         Quantity{std::max<std::int64_t>(open, 0), base.unit});
        asked += base.micro;
        InvoicedSaleLine invoiced;
        invoiced.line = std::ssize(invoiced_.document.lines) + 1;
        invoiced.order = ask.order;
        invoiced.order_line = sold.line;
        invoiced.item = sold.item;
        invoiced.name = sold.name;
        invoiced.quantity = in_sold_unit(sold.quantity, sold.base, base.micro);
        invoiced.base = base;
        invoiced.price = sold.price;
        invoiced.price_unit = sold.price_unit;
        invoiced.discount = sold.discount;
        SoldProgress& progress = line.progress;
        const std::int64_t before = progress.invoiced + asked - base.micro;
        invoiced.amount = {share_of_rest(sold.amount.minor - progress.invoiced_amount,
                                         sold.base.micro - before, base.micro),
                           sold.amount.currency};
        progress.invoiced_amount += invoiced.amount.minor;
        invoiced.taxes = sold.taxes;
        invoiced.accounts = sold.accounts;
        invoiced_.document.lines.push_back(std::move(invoiced));
        return {};
    }

    const World& world_;
    const InvoiceSale& invoice_;
    SaleInvoiced& invoiced_;
    std::map<SalesOrderId, SalesOrder> orders_;
    std::map<std::pair<SalesOrderId, std::int64_t>, std::int64_t> asked_;
};

Objection find_terms(const World& world, const InvoiceSale& invoice, SalesDocument& document) {
    document.terms = invoice.terms;
    if (invoice.terms)
        return contracts::fault_of_payment_terms(world, invoice.company, *invoice.terms);
    if (const auto* terms =
            contracts::contract_terms_on(world, invoice.company, document.contract, document.date))
        document.terms = terms->payment_terms;
    return {};
}

// A credit note that is being made of an invoice's lines.
class Crediting {
public:
    Crediting(const World& world, const CreditSale& credit, const SalesInvoice& invoice,
              SaleCredited& credited)
        : world_(world), credit_(credit), invoice_(invoice), credited_(credited) {}

    Objection add(const CreditAsk& ask) {
        if (ask.line < 1 || ask.line > std::ssize(invoice_.lines))
            return sales_invoice_line_unknown.about(ask.line);
        CreditableLine& line = invoice_.lines[static_cast<std::size_t>(ask.line - 1)];
        InvoicedSaleLine credited = line.invoiced;
        if (Objection fault = credit_.kind == CreditKind::price
                                  ? find_price(line, ask, credited)
                                  : find_quantity(line, ask, credited))
            return fault;
        credited_.document.lines.push_back(std::move(credited));
        return {};
    }
    Objection add_all() {
        for (std::size_t at = 0; at < invoice_.lines.size(); ++at) {
            if (invoice_.lines[at].left == 0) continue;
            CreditAsk ask;
            ask.line = static_cast<std::int64_t>(at) + 1;
            if (Objection fault = add(ask)) return std::move(fault).of_what_is_kept();
        }
        return credited_.document.lines.empty() ? Objection(credited_beyond) : Objection();
    }
    // Once the net amounts are known: what of them the customer was owed, is unbilled again, or is
    // taken off revenue.
    Objection find_positions(const DayRate& rate) {
        for (InvoicedSaleLine& line : credited_.document.lines) {
            SoldProgress& progress = line_of(order_of(line), line.order_line).progress;
            const auto move = delivered_for(progress, line.net, rate);
            if (!move) return sales_too_large.about(line.item);
            line.position = *move;
            line.revenue = {Money{0, line.net.currency}, Money{0, rate.base}};
            if (credit_.kind == CreditKind::price) std::swap(line.revenue, line.position.unbilled);
            progress.invoiced -= line.base.micro;
            apply(progress, line.position);
        }
        credited_.uninvoiced = change_of(world_, credit_.company, credited_.document, orders_);
        return {};
    }

private:
    Objection find_price(CreditableLine& line, const CreditAsk& ask, InvoicedSaleLine& credited) {
        if (!ask.amount || ask.quantity || ask.amount->minor <= 0 ||
            ask.amount->currency != invoice_.currency)
            return credit_amount_unfit.about(ask.line);
        if (ask.amount->minor > line.left_minor)
            return credited_beyond.about(credited.item, Money{line.left_minor, invoice_.currency});
        credited.amount = *ask.amount;
        credited.quantity.micro = 0;
        credited.base.micro = 0;
        line.left_minor -= ask.amount->minor;
        return {};
    }
    Objection find_quantity(CreditableLine& line, const CreditAsk& ask,
                            InvoicedSaleLine& credited) {
        if (ask.amount) return credit_amount_unfit.about(ask.line);
        credited.base.micro = line.left;
        if (ask.quantity)
            if (Objection fault = inventory::find_quantity(world_, credit_.company, credited.item,
                                                           *ask.quantity, credited.base))
                return fault;
        if (line.left == 0 || credited.base.micro > line.left)
            return credited_beyond.about(credited.item, Quantity{line.left, credited.base.unit});
        credited.quantity =
            in_sold_unit(line.invoiced.quantity, line.invoiced.base, credited.base.micro);
        credited.amount = {share_of_rest(line.left_minor, line.left, credited.base.micro),
                           invoice_.currency};
        line.left -= credited.base.micro;
        line.left_minor -= credited.amount.minor;
        return {};
    }
    SalesOrder& order_of(const InvoicedSaleLine& line) {
        if (const auto known = orders_.find(line.order); known != orders_.end())
            return known->second;
        const SalesOrder* order = world_.of<SalesOrders>().find({credit_.company, line.order});
        return orders_.emplace(line.order, *order).first->second;
    }

    const World& world_;
    const CreditSale& credit_;
    SalesInvoice invoice_;  // as it will stand
    SaleCredited& credited_;
    std::map<SalesOrderId, SalesOrder> orders_;
};

void put(SalesInvoices& invoices, const CompanyCode& company, const SalesInvoiceId& id,
         bool credit_note, const SalesDocument& document) {
    SalesInvoice invoice{
        credit_note,       document.date,     document.customer, document.counterparty,
        document.contract, document.currency, document.terms,    {}};
    for (const InvoicedSaleLine& line : document.lines)
        invoice.lines.push_back({line, line.base.micro, line.amount.minor});
    invoices.put({company, id}, std::move(invoice));
}

}  // namespace

Decision<SaleInvoiced> decide(const World& world, const InvoiceSale& invoice,
                              const Context& context) {
    if (!world.of<companies::Companies>().find(invoice.company))
        return companies::company_unknown.about(invoice.company);
    if (world.of<SalesInvoices>().find({invoice.company, invoice.invoice}))
        return sales_invoice_exists.about(invoice.invoice);
    SaleInvoiced invoiced;
    invoiced.company = invoice.company;
    invoiced.invoice = invoice.invoice;
    invoiced.date = invoice.date.value_or(context.today);
    SalesDocument& document = invoiced.document;
    document.date = invoiced.date;
    document.text = invoice.text;
    if (!ledger::fiscal_day(world, invoice.company, invoiced.date))
        return ledger::date_outside_calendar.about(invoiced.date);
    Invoicing invoicing(world, invoice, invoiced);
    for (std::size_t at = 0; at < invoice.lines.size(); ++at)
        if (Objection fault = invoicing.add(invoice.lines[at]))
            return std::move(fault).at("lines", at);
    if (document.lines.empty()) return nothing_to_invoice;
    if (Objection fault = find_terms(world, invoice, document)) return fault;
    DayRate rate;
    if (Objection fault =
            find_day_rate(world, invoice.company, document.currency, invoiced.date, rate))
        return fault;
    if (Objection fault =
            find_document_totals(world, invoice.company, invoiced.date, rate, document))
        return std::move(fault).of_what_is_kept();
    if (Objection fault = invoicing.find_positions(rate)) return fault;
    invoiced.posted = day_posted(world, invoice.company, invoiced.date, context);
    document.number = next_number(world, invoice.company,
                                  sales_policy_of(world, invoice.company).invoices, invoiced.date);
    return invoiced;
}

Decision<SaleCredited> decide(const World& world, const CreditSale& credit,
                              const Context& context) {
    const SalesInvoice* invoice = world.of<SalesInvoices>().find({credit.company, credit.invoice});
    if (!invoice || invoice->credit_note) return sales_invoice_unknown.about(credit.invoice);
    if (world.of<SalesInvoices>().find({credit.company, credit.credit_note}))
        return sales_invoice_exists.about(credit.credit_note);
    SaleCredited credited;
    credited.company = credit.company;
    credited.credit_note = credit.credit_note;
    credited.invoice = credit.invoice;
    credited.kind = credit.kind;
    credited.date = credit.date.value_or(context.today);
    credited.reason = credit.reason;
    SalesDocument& document = credited.document;
    document.date = credited.date;
    document.customer = invoice->customer;
    document.counterparty = invoice->counterparty;
    document.contract = invoice->contract;
    document.currency = invoice->currency;
    document.text = credit.reason;
    if (credited.date < invoice->date)
        return credited_before_invoice.about(credited.date, invoice->date);
    if (!ledger::fiscal_day(world, credit.company, credited.date))
        return ledger::date_outside_calendar.about(credited.date);
    DayRate rate;
    if (Objection fault =
            find_day_rate(world, credit.company, document.currency, credited.date, rate))
        return fault;
    Crediting crediting(world, credit, *invoice, credited);
    for (std::size_t at = 0; at < credit.lines.size(); ++at)
        if (Objection fault = crediting.add(credit.lines[at]))
            return std::move(fault).at("lines", at);
    if (credit.lines.empty())
        if (Objection fault = crediting.add_all()) return fault;
    // A credit note mirrors its invoice, at the taxes of then.
    if (Objection fault =
            find_document_totals(world, credit.company, invoice->date, rate, document))
        return std::move(fault).of_what_is_kept();
    if (Objection fault = crediting.find_positions(rate)) return fault;
    credited.posted = day_posted(world, credit.company, credited.date, context);
    document.number = next_number(
        world, credit.company, sales_policy_of(world, credit.company).credit_notes, credited.date);
    return credited;
}

void evolve(SalesInvoices& invoices, const SaleInvoiced& invoiced) {
    put(invoices, invoiced.company, invoiced.invoice, false, invoiced.document);
}

void evolve(SalesInvoices& invoices, const SaleCredited& credited) {
    invoices.change({credited.company, credited.invoice}, [&](SalesInvoice& invoice) {
        for (const InvoicedSaleLine& line : credited.document.lines) {
            CreditableLine& of = invoice.lines[static_cast<std::size_t>(line.line - 1)];
            of.left -= line.base.micro;
            of.left_minor -= line.amount.minor;
        }
    });
    put(invoices, credited.company, credited.credit_note, true, credited.document);
}

void evolve(SalesOrders& orders, const SaleInvoiced& invoiced) {
    for (const InvoicedSaleLine& line : invoiced.document.lines)
        orders.change({invoiced.company, line.order}, [&](SalesOrder& order) {
            SoldProgress& progress = line_of(order, line.order_line).progress;
            progress.invoiced += line.base.micro;
            progress.invoiced_amount += line.amount.minor;
            progress.invoiced_minor += line.net.minor + line.revenue.amount.minor;
            apply(progress, line.position);
        });
}

void evolve(SalesOrders& orders, const SaleCredited& credited) {
    for (const InvoicedSaleLine& line : credited.document.lines)
        orders.change({credited.company, line.order}, [&](SalesOrder& order) {
            SalesLineState& state = line_of(order, line.order_line);
            SoldProgress& progress = state.progress;
            progress.invoiced -= line.base.micro;
            progress.invoiced_amount -= line.amount.minor;
            progress.invoiced_minor -= line.net.minor;
            apply(progress, line.position);
            if (credited.kind == CreditKind::quantity) return;
            // It costs less from now on: what is still to be delivered earns as much as before.
            state.sold.amount.minor -= line.amount.minor;
            state.sold.net.minor -= line.net.minor;
            progress.earned_minor -= line.revenue.amount.minor;
            progress.earned_base -= line.revenue.base.minor;
        });
}

void evolve(SalesSeries& series, const SaleInvoiced& invoiced) {
    count(series, invoiced.company, invoiced.document.number);
}

void evolve(SalesSeries& series, const SaleCredited& credited) {
    count(series, credited.company, credited.document.number);
}

void evolve(UninvoicedSales& sales, const SaleInvoiced& invoiced) {
    apply(sales, invoiced.company, invoiced.uninvoiced);
}

void evolve(UninvoicedSales& sales, const SaleCredited& credited) {
    apply(sales, credited.company, credited.uninvoiced);
}

Part sales_invoices() {
    return Part()
        .table<SalesInvoices>("sales.invoices")
        .commands<InvoiceSale, CreditSale>()
        .event<SaleInvoiced, SalesInvoices, SalesOrders, SalesSeries, UninvoicedSales>()
        .event<SaleCredited, SalesInvoices, SalesOrders, SalesSeries, UninvoicedSales>();
}

}  // namespace kontor::sales
