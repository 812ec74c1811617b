// What the books of a new company begin with.
#include "domain/flows/created_company_gets_its_books.h"

namespace kontor::flow {

namespace {

// "2026" for a calendar year, "2025/26" for one that ends in another calendar year.
ledger::FiscalYearCode name_of_year(Date first_day) {
    const YearMonthDay first = civil(first_day);
    const int year = first.year;
    std::string name = std::to_string(year);
    if (first.month != 1 || first.day != 1) {
        const std::string last = std::to_string((year + 1) % 100);
        name += (last.size() == 1 ? "/0" : "/") + last;
    }
    return {std::move(name)};
}

}  // namespace

Decision<ledger::OpenFiscalYear, ledger::OpenJournal, ledger::DefineDimension, ledger::ApplyChart>
created_company_gets_its_books(const companies::CompanyCreated& created, const World&) {
    const CompanyCode& company = created.company;
    Decision<ledger::OpenFiscalYear, ledger::OpenJournal, ledger::DefineDimension,
             ledger::ApplyChart>
        books;
    if (created.first_fiscal_year > 0) {
        const auto first_day = date_of(static_cast<int>(created.first_fiscal_year),
                                       static_cast<int>(created.fiscal_year_start_month),
                                       static_cast<int>(created.fiscal_year_start_day));
        ensure(first_day.has_value(),
               "the bounds of CreateCompany leave only days of the calendar");
        books.add(ledger::OpenFiscalYear{company, name_of_year(*first_day), *first_day, 12});
    }
    books.add(ledger::OpenJournal{company, {"GEN"}, "General"});
    books.add(ledger::OpenJournal{company, {"SAL"}, "Sales"});
    books.add(ledger::OpenJournal{company, {"PUR"}, "Purchases"});
    books.add(ledger::OpenJournal{company, {"BNK"}, "Cash and bank"});
    books.add(ledger::DefineDimension{
        company, {"cost_centre"}, "Cost centre", ledger::ValueRule::listed});
    books.add(ledger::DefineDimension{company, {"project"}, "Project", ledger::ValueRule::listed});
    if (created.chart != companies::Chart::none)
        books.add(ledger::ApplyChart{company, created.chart, created.chart_language});
    return books;
}

}  // namespace kontor::flow
