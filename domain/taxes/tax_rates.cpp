// How rates of tax are set and found.
#include "domain/taxes/tax_rates.h"

#include "domain/core/catalog.h"

#include <algorithm>

namespace kontor::taxes {

const TaxRate* tax_rate_on(const World& world, const CompanyCode& company,
                           const JurisdictionCode& jurisdiction, const TaxRateCode& rate,
                           Date day) {
    const auto* row = world.of<TaxRates>().last_until({company, jurisdiction, rate, day});
    if (!row || row->first != TaxRateKey{company, jurisdiction, rate, row->first.from})
        return nullptr;
    return &row->second;
}

bool is_jurisdiction(const JurisdictionCode& code) {
    const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    const std::string_view text = code.text;
    if (text.size() < 2 || !is_letter(text[0]) || !is_letter(text[1])) return false;
    if (text.size() == 2) return true;
    return text[2] == '-' && text.size() >= 4 && text.size() <= 6 &&
           std::ranges::all_of(text.substr(3),
                               [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

Decision<TaxRateSet> decide(const World& world, const SetTaxRate& set, const Context&) {
    if (!world.of<companies::Companies>().find(set.company))
        return companies::company_unknown.about(set.company);
    if (!is_jurisdiction(set.jurisdiction)) return jurisdiction_unfit.about(set.jurisdiction);
    if (set.percent.has_value() == set.per_unit.has_value() ||
        (set.per_unit && set.per_unit->units < 0))
        return tax_rate_is_one_of;
    const TaxRate* was = tax_rate_on(world, set.company, set.jurisdiction, set.rate, set.from);
    if (was && *was == TaxRate{set.percent, set.per_unit})
        return tax_rate_unchanged.about(set.jurisdiction, set.rate, set.from);
    return TaxRateSet{set.company, set.jurisdiction, set.rate, set.from, set.percent, set.per_unit};
}

Decision<TaxRateWithdrawn> decide(const World& world, const WithdrawTaxRate& withdraw,
                                  const Context&) {
    if (!world.of<TaxRates>().find(
            {withdraw.company, withdraw.jurisdiction, withdraw.rate, withdraw.from}))
        return tax_rate_not_set.about(withdraw.jurisdiction, withdraw.rate, withdraw.from);
    return TaxRateWithdrawn{withdraw.company, withdraw.jurisdiction, withdraw.rate, withdraw.from};
}

void evolve(TaxRates& rates, const TaxRateSet& set) {
    rates.put({set.company, set.jurisdiction, set.rate, set.from}, {set.percent, set.per_unit});
}

void evolve(TaxRates& rates, const TaxRateWithdrawn& gone) {
    rates.erase({gone.company, gone.jurisdiction, gone.rate, gone.from});
}

Part tax_rates() {
    return Part()
        .table<TaxRates>("taxes.rates")
        .commands<SetTaxRate, WithdrawTaxRate>()
        .event<TaxRateSet, TaxRates>()
        .event<TaxRateWithdrawn, TaxRates>();
}

}  // namespace kontor::taxes
