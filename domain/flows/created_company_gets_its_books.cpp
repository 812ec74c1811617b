// What the books of a new company begin with.
#include "domain/flows/created_company_gets_its_books.h"

namespace kontor::flow {

namespace {

using ledger::AccountKind;
using ledger::Side;

struct ChartLine {
    std::string_view account;
    std::string_view name;
    AccountKind kind;
    std::string_view parent = {};  // empty: a heading at the top
    bool contra = false;
};

// Parents before their accounts. Codes leave room between them.
constexpr ChartLine standard_chart[] = {
    {"1", "Assets", AccountKind::asset},
    {"1000", "Cash", AccountKind::asset, "1"},
    {"1010", "Bank", AccountKind::asset, "1"},
    {"1100", "Trade receivables", AccountKind::asset, "1"},
    {"1200", "Inventories", AccountKind::asset, "1"},
    {"1300", "Input tax recoverable", AccountKind::asset, "1"},
    {"1400", "Prepaid expenses", AccountKind::asset, "1"},
    {"1500", "Property, plant and equipment", AccountKind::asset, "1"},
    {"1590", "Accumulated depreciation", AccountKind::asset, "1", true},
    {"2", "Liabilities", AccountKind::liability},
    {"2000", "Trade payables", AccountKind::liability, "2"},
    {"2100", "Output tax payable", AccountKind::liability, "2"},
    {"2200", "Accrued expenses", AccountKind::liability, "2"},
    {"2300", "Wages payable", AccountKind::liability, "2"},
    {"2400", "Loans", AccountKind::liability, "2"},
    {"3", "Equity", AccountKind::equity},
    {"3000", "Share capital", AccountKind::equity, "3"},
    {"3100", "Retained earnings", AccountKind::equity, "3"},
    {"4", "Income", AccountKind::income},
    {"4000", "Sales", AccountKind::income, "4"},
    {"4090", "Sales returns and discounts", AccountKind::income, "4", true},
    {"4900", "Other income", AccountKind::income, "4"},
    {"5", "Expenses", AccountKind::expense},
    {"5000", "Cost of sales", AccountKind::expense, "5"},
    {"5100", "Wages and salaries", AccountKind::expense, "5"},
    {"5200", "Rent", AccountKind::expense, "5"},
    {"5300", "Office and utilities", AccountKind::expense, "5"},
    {"5400", "Marketing", AccountKind::expense, "5"},
    {"5500", "Travel", AccountKind::expense, "5"},
    {"5600", "Depreciation", AccountKind::expense, "5"},
    {"5700", "Bad debts", AccountKind::expense, "5"},
    {"5900", "Interest and bank charges", AccountKind::expense, "5"},
};

ledger::OpenAccount account_of(const CompanyCode& company, const ChartLine& line) {
    ledger::OpenAccount open;
    open.company = company;
    open.account = {std::string(line.account)};
    open.name = line.name;
    open.kind = line.kind;
    if (line.parent.empty())
        open.summary = true;
    else
        open.parent = ledger::AccountCode{std::string(line.parent)};
    if (line.contra)
        open.normal_side =
            ledger::normal_side_of(line.kind) == Side::debit ? Side::credit : Side::debit;
    return open;
}

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

Decision<ledger::OpenFiscalYear, ledger::OpenJournal, ledger::DefineDimension, ledger::OpenAccount>
created_company_gets_its_books(const companies::CompanyCreated& created, const World&) {
    const CompanyCode& company = created.company;
    Decision<ledger::OpenFiscalYear, ledger::OpenJournal, ledger::DefineDimension,
             ledger::OpenAccount>
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
    if (created.chart == companies::Chart::standard)
        for (const ChartLine& line : standard_chart) books.add(account_of(company, line));
    return books;
}

}  // namespace kontor::flow
