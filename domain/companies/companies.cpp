// How companies are founded, and what the floors above may know of them.
#include "domain/companies/companies.h"

#include "domain/companies/time_zones.h"
#include "domain/core/catalog.h"

#include <algorithm>

namespace kontor::companies {

namespace {

bool has_smallest_unit(Currency currency) {
    const auto known = currencies();
    const auto entry = std::ranges::find(known, currency.text(), &CurrencyEntry::code);
    return entry != known.end() && entry->minor_digits >= 0;
}

}  // namespace

std::string_view time_zone_of(const World& world, const CompanyCode& code) {
    const Company* company = world.of<Companies>().find(code);
    return company ? std::string_view(company->time_zone) : std::string_view("UTC");
}

Decision<CompanyCreated> decide(const World& world, const CreateCompany& create, const Context&) {
    if (world.of<Companies>().find(create.company)) return company_exists.about(create.company);
    if (!has_smallest_unit(create.base_currency))
        return base_currency_unfit.about(create.base_currency);
    if (!is_time_zone(create.time_zone)) return time_zone_unknown.about(create.time_zone);
    return CompanyCreated{create.company,
                          create.name,
                          create.base_currency,
                          create.time_zone,
                          create.fiscal_year_start_month,
                          create.first_fiscal_year,
                          create.chart,
                          create.fiscal_year_start_day,
                          create.chart_language};
}

Decision<CompanyRenamed> decide(const World& world, const RenameCompany& rename, const Context&) {
    if (!world.of<Companies>().find(rename.company)) return company_unknown.about(rename.company);
    return CompanyRenamed{rename.company, rename.name};
}

void evolve(Companies& companies, const CompanyCreated& created) {
    companies.put(created.company, {created.base_currency, created.time_zone});
}

Part company_register() {
    return Part()
        .table<Companies>("companies.companies")
        .commands<CreateCompany, RenameCompany>()
        .event<CompanyCreated, Companies>()
        .event<CompanyRenamed>();
}

BusinessContext companies() {
    BusinessContext context{"companies", "The companies whose books are kept here.", {}};
    context.parts.push_back(company_register());
    return context;
}

}  // namespace kontor::companies
