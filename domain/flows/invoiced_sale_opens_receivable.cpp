// The open items of sales documents.
#include "domain/flows/invoiced_sale_opens_receivable.h"

namespace kontor::flow {

namespace {

using sales::SalePosting;

// What is posted beside the item. Lines say themselves which way they move what they are booked
// on; taxes of a credit note go the other way.
std::vector<SalePosting> postings_of(const sales::SalesDocument& document, bool credit) {
    const Currency base = document.booked.base.currency;
    std::vector<SalePosting> postings;
    for (const sales::InvoicedSaleLine& line : document.lines) {
        sales::add_postings(postings, line.accounts, line.position);
        postings.push_back({line.accounts.revenue, line.revenue});
    }
    for (const sales::SaleTax& tax : document.taxes) {
        if (!tax.account || tax.amount.minor == 0) continue;
        const bool withheld = tax.effect == taxes::TaxEffect::withheld;
        const Money debit = withheld != credit ? tax.amount : -tax.amount;
        // Its share of what the whole is booked at, so that both have one rate.
        const Wide booked = document.payable.minor == 0
                                ? Wide{0}
                                : divide(Wide{document.booked.base.minor} * debit.minor,
                                         document.payable.minor, Rounding::half_up);
        postings.push_back({*tax.account, {debit, {static_cast<std::int64_t>(booked), base}}});
    }
    return postings;
}

// The lines beside the item, with what rates have moved since delivery.
std::vector<ledger::EntryLine> lines_beside(Money item_base,
                                            const std::vector<SalePosting>& postings,
                                            const settlement::SettlementRules& rules) {
    std::vector<ledger::EntryLine> lines = sales::entry_lines(postings);
    std::int64_t debits = item_base.minor;
    for (const SalePosting& posting : postings) debits += posting.debit.base.minor;
    if (debits == 0) return lines;
    ledger::EntryLine line;
    line.account = debits > 0 ? rules.accounts.exchange_gains : rules.accounts.exchange_losses;
    line.side = debits > 0 ? ledger::Side::credit : ledger::Side::debit;
    line.amount = {debits > 0 ? debits : -debits, item_base.currency};
    lines.push_back(std::move(line));
    return lines;
}

std::vector<settlement::ItemTax> taxes_of(const sales::SalesDocument& document) {
    std::vector<settlement::ItemTax> all;
    for (const sales::SaleTax& tax : document.taxes)
        if (tax.effect == taxes::TaxEffect::charged && tax.account && tax.amount.minor > 0)
            all.push_back({*tax.account, tax.amount, tax.tax});
    return all;
}

Decision<settlement::OpenItem> item_of(const World& world, const CompanyCode& company,
                                       const sales::SalesInvoiceId& id,
                                       const sales::SalesDocument& document,
                                       settlement::ItemKind kind) {
    if (document.payable.minor == 0) return {};  // nothing is owed, and nothing was earned
    const bool credit = kind == settlement::ItemKind::credit_note;
    settlement::OpenItem open;
    open.company = company;
    open.item = {id.uuid};
    open.kind = kind;
    open.side = settlement::ItemSide::receivable;
    open.party = document.customer;
    open.counterparty = document.counterparty;
    open.document = companies::to_text(document.number);
    open.date = document.date;
    open.amount = document.payable;
    const Currency base = document.booked.base.currency;
    if (document.currency != base) open.base = document.booked.base;
    if (!credit) open.terms = document.terms;
    open.taxes = taxes_of(document);
    open.text = document.text.substr(0, 500);
    const auto* rules = world.of<settlement::SettlementRulesTable>().find(company);
    if (!rules) return settlement::settlement_accounts_missing;
    open.lines = lines_beside(credit ? -document.booked.base : document.booked.base,
                              postings_of(document, credit), *rules);
    return open;
}

}  // namespace

Decision<settlement::OpenItem> invoiced_sale_opens_receivable(const sales::SaleInvoiced& invoiced,
                                                              const World& world) {
    return item_of(world, invoiced.company, invoiced.invoice, invoiced.document,
                   settlement::ItemKind::invoice);
}

Decision<settlement::OpenItem> credited_sale_opens_credit(const sales::SaleCredited& credited,
                                                          const World& world) {
    return item_of(world, credited.company, credited.credit_note, credited.document,
                   settlement::ItemKind::credit_note);
}

Decision<> sales_invoice_is_not_reversed(const settlement::ItemReversed& reversed,
                                         const World& world) {
    if (world.of<sales::SalesInvoices>().find(
            {reversed.company, sales::SalesInvoiceId{reversed.item.uuid}}))
        return item_is_invoice.about(reversed.item);
    return {};
}

}  // namespace kontor::flow
