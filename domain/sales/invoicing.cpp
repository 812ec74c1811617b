// The arithmetic of a sales document.
#include "domain/sales/invoicing.h"

namespace kontor::sales {

namespace {

// The account of a tax on a document of sale; what is owed by cash basis waits until it is paid.
std::optional<ledger::AccountCode> account_of(const taxes::Tax& tax) {
    switch (tax.terms.effect) {
        case taxes::TaxEffect::charged:
            return tax.terms.cash_basis ? tax.in_transition : tax.payable;
        case taxes::TaxEffect::withheld: return tax.recoverable;
        case taxes::TaxEffect::reverse_charge: break;  // the buyer posts it
    }
    return std::nullopt;
}

}  // namespace

Objection find_document_totals(const World& world, const CompanyCode& company, Date tax_day,
                               const DayRate& rate, SalesDocument& document) {
    taxes::DocumentTaxes rules{taxes::TaxUse::sale, document.currency, {}};
    const taxes::TaxBook book = taxes::tax_book_on(world, company, tax_day);
    std::vector<taxes::TaxableLine> taxable;
    for (std::size_t at = 0; at < document.lines.size(); ++at) {
        const InvoicedSaleLine& line = document.lines[at];
        taxes::TaxableLine taxed{line.amount, line.quantity.micro, {}};
        if (Objection fault = rules.add(book, line.taxes, taxed.taxes))
            return std::move(fault).at("lines", at);
        taxable.push_back(std::move(taxed));
    }
    const auto taxed =
        taxes::taxes_of(taxable, rules.rules, taxes::tax_rounding_of(world, company));
    if (!taxed) return sales_too_large;
    for (std::size_t at = 0; at < document.lines.size(); ++at)
        document.lines[at].net = taxed->lines[at].net;
    for (const taxes::TaxShare& share : taxed->taxes) {
        const taxes::TaxRule& rule = rules.rules[share.tax];
        const taxes::Tax& tax = *world.of<taxes::Taxes>().find({company, rule.tax});
        SaleTax part{rule.tax,   rule.effect,  tax.terms.category, std::nullopt,
                     share.base, share.amount, account_of(tax)};
        if (rule.computation == taxes::TaxComputation::percent) part.percent = rule.percent;
        if (rule.effect != taxes::TaxEffect::reverse_charge && share.amount.minor != 0 &&
            !part.account)
            return tax_account_missing.about(rule.tax);
        document.taxes.push_back(std::move(part));
    }
    document.net = taxed->net;
    document.charged = taxed->charged;
    document.gross = taxed->gross;
    document.withheld = taxed->withheld;
    document.payable = taxed->payable;
    const auto base = rate.of(document.payable);
    if (!base) return sales_too_large;
    document.booked = {document.payable, *base};
    return {};
}

}  // namespace kontor::sales
