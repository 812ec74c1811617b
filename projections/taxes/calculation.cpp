// What lines would be taxed, by the domain's own function and the rates of the day asked for.
#include "projections/taxes/taxes.h"

namespace kontor::taxes {

namespace {

struct AskedLines {
    std::vector<TaxableLine> lines;
    std::string fault;  // what is wrong with them, in words
};

// Lines without their taxes; amounts and quantities are texts, as an address has lists of no money.
AskedLines asked_lines(const TaxCalculation& query, Currency currency) {
    const auto nth = [](std::size_t n) { return std::to_string(n + 1); };
    AskedLines asked;
    const std::size_t count = query.amounts.size();
    for (const std::size_t other : {query.quantities.size(), query.line_taxes.size()})
        if (other != 0 && other != count)
            asked.fault = "There are " + std::to_string(count) + " amounts, and " +
                          std::to_string(other) + " of what each of them has.";
    for (std::size_t n = 0; n < count && asked.fault.empty(); ++n) {
        TaxableLine line;
        const auto amount = money_from(query.amounts[n], currency);
        if (!amount) asked.fault = "The amount of line " + nth(n) + " is none of the currency.";
        line.amount = amount.value_or(Money{});
        if (!query.quantities.empty()) {
            const auto quantity = quantity_from(query.quantities[n], Unit{});
            if (!quantity) asked.fault = "The quantity of line " + nth(n) + " is no number.";
            line.quantity_micro = quantity.value_or(Quantity{}).micro;
        }
        asked.lines.push_back(std::move(line));
    }
    return asked;
}

CalculatedTotals totals_of(const TaxedDocument& document, const DocumentTaxes& taxes,
                           const TaxBook& book) {
    CalculatedTotals totals{document.net,      document.charged, document.gross,
                            document.withheld, document.payable, {},
                            std::nullopt,      std::nullopt,     std::nullopt};
    for (const TaxShare& share : document.taxes) {
        const TaxRule& rule = taxes.rules[share.tax];
        const auto tax = book.tax(rule.tax);
        CalculatedTax total{rule.tax,      rule.effect, TaxCategory::none, std::nullopt,
                            rule.per_unit, share.base,  share.amount,      std::nullopt};
        if (tax) total.category = tax->terms.category;
        if (!rule.per_unit) total.percent = rule.percent;
        totals.taxes.push_back(std::move(total));
    }
    return totals;
}

// Tells what an early payment takes off, of the net amount and of what is charged.
void discount(CalculatedTotals& totals, Percent percent, const std::optional<Money>& paid) {
    std::vector<Money> charged;
    for (const CalculatedTax& tax : totals.taxes)
        if (tax.effect == TaxEffect::charged) charged.push_back(tax.amount);
    const EarlyDiscount all = early_discount(totals.net, charged, percent, totals.gross);
    const EarlyDiscount part = paid ? early_discount(totals.net, charged, percent, *paid) : all;
    totals.discount = part.discount;
    totals.net_discount = part.net;
    totals.paid = paid.value_or(totals.payable - all.discount);
    std::size_t n = 0;
    for (CalculatedTax& tax : totals.taxes)
        if (tax.effect == TaxEffect::charged) tax.discount = part.taxes[n++];
}

}  // namespace

void TaxesModel::answer(const TaxCalculation& query, const AsOf& as_of,
                        Page<CalculatedLine>& page) const {
    const auto company = companies_.get(as_of.rows, {query.company}, as_of.corner);
    if (!company) return page.missing("No company has the code " + query.company.text + ".");
    const Currency currency = query.currency.value_or(company->base_currency);
    if (query.paid && query.paid->currency != currency)
        return page.missing("What is paid is of another currency than the lines.");
    AskedLines asked = asked_lines(query, currency);
    if (!asked.fault.empty()) return page.missing(asked.fault);
    const TaxBook book = this->book(as_of, query.company, {query.date, as_of.corner.known_at});
    DocumentTaxes taxes{query.use, currency, {}};
    for (std::size_t n = 0; n < asked.lines.size(); ++n) {
        std::vector<TaxCode> named = query.taxes;
        if (!query.line_taxes.empty()) named.push_back(query.line_taxes[n]);
        if (const Objection fault = taxes.add(book, named, asked.lines[n].taxes))
            return page.missing(fault.text());
    }
    const auto document =
        taxes_of(asked.lines, taxes.rules, query.rounding.value_or(company->rounding));
    if (!document) return page.missing("It comes to more than an amount can be.");
    CalculatedTotals totals = totals_of(*document, taxes, book);
    if (query.discount) discount(totals, *query.discount, query.paid);
    page.totals(std::move(totals));
    for (std::size_t n = 0; n < document->lines.size(); ++n) {
        const TaxedLine& line = document->lines[n];
        std::string key = ordered_key(static_cast<std::int64_t>(n));
        if (key <= page.after()) continue;
        CalculatedLine row{
            static_cast<std::int64_t>(n) + 1, asked.lines[n].amount, line.net, {}, line.gross};
        for (const TaxShare& share : line.taxes)
            row.taxes.emplace(taxes.rules[share.tax].tax, share.amount);
        if (!page.add(std::move(key), std::move(row))) return;
    }
}

}  // namespace kontor::taxes
