// How taxes are grouped, and how the rules of a document's lines are found.
#include "domain/taxes/tax_groups.h"

#include "domain/core/catalog.h"
#include "domain/core/sorted_once.h"

#include <algorithm>
#include <set>

namespace kontor::taxes {

namespace {

constexpr std::int64_t whole_percent = 100'000'000;  // units of Percent in 100 %

// Whether a rate is of the kind that a tax is computed by, on a document in a currency.
bool fits(const TaxTerms& terms, const TaxRate& rate, Currency currency) {
    if (terms.computation == TaxComputation::fixed)
        return rate.per_unit && rate.per_unit->currency == currency;
    if (!rate.percent) return false;
    return terms.computation == TaxComputation::percent || rate.percent->units < whole_percent;
}

// The rule of one tax on the book's day; an objection where there is none.
Objection find_rule(const TaxBook& book, const DocumentTaxes& document, const TaxCode& code,
                    TaxRule& rule) {
    const auto tax = book.tax(code);
    if (!tax) return tax_unknown.about(code);
    if (tax->blocked) return tax_blocked.about(code);
    const TaxTerms& terms = tax->terms;
    if (terms.use != TaxUse::both && terms.use != document.use)
        return tax_of_other_use.about(code, terms.use);
    rule = {code,
            terms.order,
            terms.computation,
            terms.effect,
            terms.included,
            terms.joins_base,
            terms.of_net,
            {},
            {}};
    if (!terms.rate) return {};
    const auto rate = book.rate(terms.jurisdiction, *terms.rate);
    if (!rate) return tax_rate_not_set.about(code, terms.jurisdiction, *terms.rate);
    if (!fits(terms, *rate, document.currency)) return tax_rate_unfit.about(code, *terms.rate);
    rule.percent = rate->percent.value_or(Percent{});
    rule.per_unit = rate->per_unit;
    return {};
}

}  // namespace

TaxRounding tax_rounding_of(const World& world, const CompanyCode& company) {
    const TaxPolicy* policy = world.of<TaxPolicies>().find(company);
    return policy ? policy->rounding : TaxRounding::globally;
}

TaxBook tax_book_on(const World& world, const CompanyCode& company, Date day) {
    const auto copied = [](const auto* row) { return row ? std::optional(*row) : std::nullopt; };
    return {[&world, company, copied](const TaxCode& code) {
                return copied(world.of<Taxes>().find({company, code}));
            },
            [&world, company, copied](const TaxCode& code) {
                return copied(world.of<TaxGroups>().find({company, code}));
            },
            [&world, company, day, copied](const JurisdictionCode& jurisdiction,
                                           const TaxRateCode& rate) {
                return copied(tax_rate_on(world, company, jurisdiction, rate, day));
            }};
}

Objection DocumentTaxes::add(const TaxBook& book, const std::vector<TaxCode>& named,
                             std::vector<std::size_t>& numbers) {
    for (const TaxCode& name : named) {
        const auto group = book.group(name);
        for (const TaxCode& code : group ? group->taxes : std::vector{name}) {
            TaxRule rule;
            if (Objection fault = find_rule(book, *this, code, rule)) return fault;
            const auto known = std::ranges::find(rules, rule);
            const auto number = static_cast<std::size_t>(known - rules.begin());
            if (known == rules.end()) rules.push_back(rule);
            if (!std::ranges::count(numbers, number)) numbers.push_back(number);
        }
    }
    return {};
}

Decision<TaxGroupDefined> decide(const World& world, const DefineTaxGroup& define, const Context&) {
    if (!world.of<companies::Companies>().find(define.company))
        return companies::company_unknown.about(define.company);
    if (world.of<Taxes>().find({define.company, define.group}))
        return tax_exists.about(define.group);
    for (std::size_t n = 0; n < define.taxes.size(); ++n)
        if (!world.of<Taxes>().find({define.company, define.taxes[n]}))
            return tax_unknown.about(define.taxes[n]).at("taxes", n);
    const TaxGroup group{define.name, sorted_once(define.taxes)};
    const TaxGroup* was = world.of<TaxGroups>().find({define.company, define.group});
    if (was && *was == group) return tax_group_unchanged.about(define.group);
    return TaxGroupDefined{define.company, define.group, group.name, group.taxes};
}

Decision<TaxPolicySet> decide(const World& world, const SetTaxPolicy& set, const Context&) {
    if (!world.of<companies::Companies>().find(set.company))
        return companies::company_unknown.about(set.company);
    if (tax_rounding_of(world, set.company) == set.rounding)
        return tax_policy_unchanged.about(set.rounding);
    return TaxPolicySet{set.company, set.rounding};
}

void evolve(TaxGroups& groups, const TaxGroupDefined& defined) {
    groups.put({defined.company, defined.group}, {defined.name, defined.taxes});
}

void evolve(TaxPolicies& policies, const TaxPolicySet& set) {
    policies.put(set.company, {set.rounding});
}

Part tax_groups() {
    return Part()
        .table<TaxGroups>("taxes.groups")
        .table<TaxPolicies>("taxes.policies")
        .commands<DefineTaxGroup, SetTaxPolicy>()
        .event<TaxGroupDefined, TaxGroups>()
        .event<TaxPolicySet, TaxPolicies>();
}

}  // namespace kontor::taxes
