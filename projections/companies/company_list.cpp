// How the list of companies is kept. A company is there on any day: its books may begin before it
// was typed in.
#include "projections/companies/company_list.h"

namespace kontor::companies {

void CompanyListModel::on(const CompanyCreated& created, const Recorded& recorded) {
    companies_.put(recorded, {created.company}, first_date,
                   {created.company, created.name, created.base_currency, created.time_zone,
                    created.fiscal_year_start_month});
}

void CompanyListModel::on(const CompanyRenamed& renamed, const Recorded& recorded) {
    companies_.change(recorded, {renamed.company},
                      [&](ListedCompany& company) { company.name = renamed.name; });
}

void CompanyListModel::answer(const CompanyList&, const AsOf& as_of,
                              Page<ListedCompany>& page) const {
    companies_.list(as_of, {}, page);
}

std::optional<ListedCompany> CompanyListModel::find(const RowReader& rows,
                                                    const CompanyCode& company,
                                                    const Corner& corner) const {
    return companies_.get(rows, {company}, corner);
}

std::vector<CompanyCode> CompanyListModel::codes(const AsOf& as_of) const {
    std::vector<CompanyCode> codes;
    companies_.each(as_of, {},
                    [&](const ListedCompany& listed) { codes.push_back(listed.company); });
    return codes;
}

ReadModelSpec company_list() {
    return ReadModelSpec::of<CompanyListModel>("company_list", 4, "companies")
        .folding<CompanyListModel, CompanyCreated, CompanyRenamed>()
        .answering<CompanyListModel, CompanyList, ListedCompany>();
}

}  // namespace kontor::companies
