// Which companies a question is about.
#include "projections/ledger/combined.h"

#include "projections/companies/company_list.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/ledger_totals.h"

#include <set>

namespace kontor::ledger {

std::vector<CompanyCode> companies_of(const AsOf& as_of, const std::vector<CompanyCode>& asked) {
    return asked.empty() ? as_of.models.of<companies::CompanyListModel>().codes(as_of) : asked;
}

std::optional<std::string> each_company(const AsOf& as_of,
                                        const std::vector<CompanyCode>& companies,
                                        const EachCompany& call) {
    if (companies.empty()) return "There is no company yet.";
    std::set<CompanyCode> seen;
    for (const CompanyCode& company : companies) {
        const auto base = as_of.models.of<LedgerTotals>().base_currency(as_of, company);
        std::optional<std::string> words;
        if (!base)
            words = "No company has this code.";
        else if (!seen.insert(company).second)
            words = "It is named twice.";
        else
            words = call(company, *base);
        if (words) return company.text + ": " + *words;
    }
    return std::nullopt;
}

Wide all_of(const ByCompany& figures) {
    Wide sum = 0;
    for (const auto& [company, figure] : figures) sum += figure;
    return sum;
}

std::map<std::string, Money> money_of(const ByCompany& figures,
                                      const std::vector<CompanyCode>& companies,
                                      Currency currency) {
    std::map<std::string, Money> amounts;
    for (const CompanyCode& company : companies) {
        const auto found = figures.find(company.text);
        amounts[company.text] = money_of(found == figures.end() ? 0 : found->second, currency);
    }
    return amounts;
}

}  // namespace kontor::ledger
