// What lines would be taxed, by the domain's own function and the rates of the day asked for.
#include "projections/figure_too_large.h"
#include "projections/question_malformed.h"
#include "projections/taxes/taxes.h"

namespace kontor::taxes {

namespace {

void must_be_one_each(std::size_t lines, std::size_t given, const char* field) {
    if (given != 0 && given != lines)
        throw QuestionMalformed(std::string("/") + field,
                                "must be given for each of the " + std::to_string(lines) +
                                    " amounts or for none, and is given " + std::to_string(given) +
                                    " times");
}

// Lines without their taxes; amounts and quantities are texts, as an address has lists of no money.
std::vector<TaxableLine> asked_lines(const TaxCalculation& query, Currency currency) {
    must_be_one_each(query.amounts.size(), query.quantities.size(), "quantities");
    must_be_one_each(query.amounts.size(), query.line_taxes.size(), "line_taxes");
    std::vector<TaxableLine> lines;
    for (std::size_t n = 0; n < query.amounts.size(); ++n) {
        TaxableLine line;
        const auto amount = money_from(query.amounts[n], currency);
        if (!amount)
            throw QuestionMalformed(
                "/amounts/" + std::to_string(n),
                "must be an amount in " + std::string(currency.text()) + ", without its code");
        line.amount = *amount;
        if (!query.quantities.empty()) {
            const auto quantity = quantity_from(query.quantities[n], Unit{});
            if (!quantity)
                throw QuestionMalformed("/quantities/" + std::to_string(n),
                                        "must be a quantity, such as 2.5");
            line.quantity_micro = quantity->micro;
        }
        lines.push_back(std::move(line));
    }
    return lines;
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
        throw QuestionMalformed("/paid_currency",
                                "must be that of the lines, " + std::string(currency.text()));
    std::vector<TaxableLine> lines = asked_lines(query, currency);
    const TaxBook book = this->book(as_of, query.company, {query.date, as_of.corner.known_at});
    DocumentTaxes taxes{query.use, currency, {}};
    for (std::size_t n = 0; n < lines.size(); ++n) {
        std::vector<TaxCode> named = query.taxes;
        if (!query.line_taxes.empty()) named.push_back(query.line_taxes[n]);
        const Objection fault = taxes.add(book, named, lines[n].taxes);
        if (!fault) continue;
        if (fault.reason->refusal == Refusal::missing) return page.missing(fault.text());
        throw QuestionMalformed("/taxes", fault.text());
    }
    const auto document = taxes_of(lines, taxes.rules, query.rounding.value_or(company->rounding));
    if (!document) throw FigureTooLarge("The lines come to more than an amount can be.");
    CalculatedTotals totals = totals_of(*document, taxes, book);
    if (query.discount) discount(totals, *query.discount, query.paid);
    page.totals(std::move(totals));
    for (std::size_t n = 0; n < document->lines.size(); ++n) {
        const TaxedLine& line = document->lines[n];
        std::string key = ordered_key(static_cast<std::int64_t>(n));
        if (key <= page.after()) continue;
        CalculatedLine row{
            static_cast<std::int64_t>(n) + 1, lines[n].amount, line.net, {}, line.gross};
        for (const TaxShare& share : line.taxes)
            row.taxes.emplace(taxes.rules[share.tax].tax, share.amount);
        if (!page.add(std::move(key), std::move(row))) return;
    }
}

}  // namespace kontor::taxes
