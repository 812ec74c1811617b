// Questions about several companies at once: their figures are added in one currency, combined and
// nothing more. What the companies owe and sell each other is still in it.
#pragma once

#include "domain/companies/companies.h"
#include "projections/ledger/scope.h"
#include "projections/projection.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

constexpr const char* combined_basis = "combined, no elimination";

// The fields of a question that say which companies; a query has a member of that name.
template <class Query>
auto& describe_companies(auto& query) {
    return query.every_company()
        .field("companies", &Query::companies,
               "Which companies, repeated in the address; none: all.")
        .otherwise_empty()
        .longest(200);
}

// The totals' fields that say what was added; totals have members of these names.
template <class Totals>
auto& describe_basis(auto& totals) {
    return totals
        .field("basis", &Totals::basis,
               "\"combined, no elimination\": what is between the companies is still in it.")
        .field("companies", &Totals::companies, "The companies that were added.");
}

// Calls with each company and the currency of its books until one says in words why nobody can
// answer; these words with the company's code before them.
using EachCompany = std::function<std::optional<std::string>(const CompanyCode&, Currency base)>;
std::optional<std::string> each_company(const AsOf&, const std::vector<CompanyCode>& companies,
                                        const EachCompany&);
// Those that are asked for; none: all.
std::vector<CompanyCode> companies_of(const AsOf&, const std::vector<CompanyCode>& asked);

// One figure of each company.
using ByCompany = std::map<std::string, Wide>;
Wide all_of(const ByCompany&);
// Of all companies, so that all rows of an answer have the same columns.
std::map<std::string, Money> money_of(const ByCompany&, const std::vector<CompanyCode>&, Currency);

}  // namespace kontor::ledger
