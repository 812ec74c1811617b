// How taxes are listed. A tax is there on any day under its first name; groups and the policy have
// one time only, when they became known.
#include "projections/taxes/taxes.h"

namespace kontor::taxes {

void TaxesModel::on(const companies::CompanyCreated& created, const Recorded& recorded) {
    companies_.put(recorded, {created.company}, first_date,
                   {created.base_currency, TaxRounding::globally});
}

void TaxesModel::on(const TaxRateSet& set, const Recorded& recorded) {
    rates_.put(recorded, {set.company, set.jurisdiction, set.rate, -set.from.days}, set.from,
               {set.jurisdiction, set.rate, set.from, set.percent, set.per_unit});
}

void TaxesModel::on(const TaxRateWithdrawn& gone, const Recorded& recorded) {
    rates_.erase(recorded, {gone.company, gone.jurisdiction, gone.rate, -gone.from.days},
                 gone.from);
}

void TaxesModel::on(const TaxDefined& defined, const Recorded& recorded) {
    taxes_.put(recorded, {defined.company, defined.tax}, first_date,
               {defined.tax, defined.name, {}, {}, defined.terms, false, {}, {}, {}});
}

void TaxesModel::on(const TaxRenamed& renamed, const Recorded& recorded) {
    taxes_.change(recorded, {renamed.company, renamed.tax},
                  [&](ListedTax& tax) { tax.name = renamed.name; });
}

void TaxesModel::on(const TaxAccountsSet& set, const Recorded& recorded) {
    taxes_.change(recorded, {set.company, set.tax}, [&](ListedTax& tax) {
        tax.payable = set.payable;
        tax.recoverable = set.recoverable;
        tax.in_transition = set.in_transition;
    });
}

void TaxesModel::on(const TaxBlocked& blocked, const Recorded& recorded) {
    taxes_.change(recorded, {blocked.company, blocked.tax},
                  [](ListedTax& tax) { tax.blocked = true; });
}

void TaxesModel::on(const TaxUnblocked& unblocked, const Recorded& recorded) {
    taxes_.change(recorded, {unblocked.company, unblocked.tax},
                  [](ListedTax& tax) { tax.blocked = false; });
}

void TaxesModel::on(const TaxGroupDefined& defined, const Recorded& recorded) {
    groups_.put(recorded, {defined.company, defined.group}, first_date,
                {defined.group, defined.name, defined.taxes});
}

void TaxesModel::on(const TaxPolicySet& set, const Recorded& recorded) {
    companies_.change_always(recorded, {set.company},
                             [&](OfCompany& company) { company.rounding = set.rounding; });
}

std::optional<TaxRate> TaxesModel::rate(const AsOf& as_of, const Corner& at,
                                        const CompanyCode& company,
                                        const JurisdictionCode& jurisdiction,
                                        const TaxRateCode& code) const {
    const std::string of = ordered_key(company) + ordered_key(jurisdiction) + ordered_key(code);
    const auto row = rates_.first(as_of.rows, of, of, at);
    if (!row) return std::nullopt;
    return TaxRate{row->percent, row->per_unit};
}

TaxBook TaxesModel::book(const AsOf& as_of, const CompanyCode& company,
                         const Corner& rates_at) const {
    const Corner known{std::nullopt, as_of.corner.known_at};
    return {[this, &as_of, company, known](const TaxCode& code) -> std::optional<Tax> {
                const auto tax = taxes_.get(as_of.rows, {company, code}, known);
                if (!tax) return std::nullopt;
                return Tax{tax->terms,   tax->name,        tax->blocked,
                           tax->payable, tax->recoverable, tax->in_transition};
            },
            [this, &as_of, company, known](const TaxCode& code) -> std::optional<TaxGroup> {
                const auto group = groups_.get(as_of.rows, {company, code}, known);
                if (!group) return std::nullopt;
                return TaxGroup{group->name, group->taxes};
            },
            [this, &as_of, company, rates_at](const JurisdictionCode& jurisdiction,
                                              const TaxRateCode& code) {
                return rate(as_of, rates_at, company, jurisdiction, code);
            }};
}

void TaxesModel::answer(const TaxRateList& query, const AsOf& as_of,
                        Page<ListedTaxRate>& page) const {
    std::string begins_with = ordered_key(query.company);
    if (query.jurisdiction) begins_with += ordered_key(*query.jurisdiction);
    rates_.list(as_of, begins_with, page);
}

void TaxesModel::answer(const TaxList& query, const AsOf& as_of, Page<ListedTax>& page) const {
    taxes_.list(as_of, ordered_key(query.company), page, [&](ListedTax& tax) {
        if (query.jurisdiction && tax.terms.jurisdiction != *query.jurisdiction) return false;
        if (!tax.terms.rate) return true;
        if (const auto found =
                rate(as_of, as_of.corner, query.company, tax.terms.jurisdiction, *tax.terms.rate)) {
            tax.percent = found->percent;
            tax.per_unit = found->per_unit;
        }
        return true;
    });
}

void TaxesModel::answer(const TaxGroupList& query, const AsOf& as_of,
                        Page<ListedTaxGroup>& page) const {
    groups_.list(as_of, ordered_key(query.company), page);
}

void TaxesModel::answer(const TaxPolicyOf& query, const AsOf& as_of,
                        Page<ListedTaxPolicy>& page) const {
    const auto company = companies_.get(as_of.rows, {query.company}, as_of.corner);
    if (!company) return page.missing("No company has the code " + query.company.text + ".");
    if (page.after().empty()) page.add("policy", {company->rounding});
}

ReadModelSpec taxes_model() {
    return ReadModelSpec::of<TaxesModel>("taxes", 1, "taxes")
        .folding<TaxesModel, companies::CompanyCreated, TaxRateSet, TaxRateWithdrawn, TaxDefined,
                 TaxRenamed, TaxAccountsSet, TaxBlocked, TaxUnblocked, TaxGroupDefined,
                 TaxPolicySet>()
        .answering<TaxesModel, TaxRateList, ListedTaxRate>()
        .answering<TaxesModel, TaxList, ListedTax>()
        .answering<TaxesModel, TaxGroupList, ListedTaxGroup>()
        .answering<TaxesModel, TaxPolicyOf, ListedTaxPolicy>()
        .answering<TaxesModel, TaxCalculation, CalculatedLine>();
}

}  // namespace kontor::taxes
