// A company keeps books of its own: in one currency, by the days of one time zone.
#pragma once

#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/core/table.h"
#include "domain/core/world.h"

#include <string>
#include <string_view>

namespace kontor {
class Part;
struct BusinessContext;
}  // namespace kontor

namespace kontor::companies {

// What a new company's books begin with.
enum class Chart : std::uint8_t { none, standard, ifrs, ru_94n };

void describe(auto& choice, Chart) {
    choice.choice("Chart", "The accounts that a new company begins with.")
        .value("none", "No accounts; they are opened one by one or imported.")
        .value("standard", "A small plain chart, so that a company can start at once.")
        .value("ifrs",
               "A chart for statements by IFRS: lines of IAS 1 and IFRS 18, income and expenses by "
               "their categories.")
        .value("ru_94n",
               "The Russian plan of accounts (order 94n of the Ministry of Finance, 31 October "
               "2000).");
}

// The names of a template's accounts.
enum class ChartLanguage : std::uint8_t { english, russian };

void describe(auto& choice, ChartLanguage) {
    choice.choice("ChartLanguage", "The language that a chart's names are in.")
        .value("english", "English.")
        .value("russian", "Russian, where the chart has Russian names.");
}

inline constexpr Reason company_exists{Refusal::conflict, "company_exists",
                                       "A company has this code already."};
inline constexpr Reason company_unknown{Refusal::missing, "company_unknown",
                                        "No company has this code."};
inline constexpr Reason base_currency_unfit{
    Refusal::invalid, "base_currency_unfit",
    "Books cannot be kept in this code: ISO 4217 gives it no smallest unit (metals, testing)."};
inline constexpr Reason time_zone_unknown{
    Refusal::invalid, "time_zone_unknown",
    "The time zone is no name of the IANA database, such as Europe/Berlin."};

struct CompanyCreated {
    CompanyCode company;
    std::string name;
    Currency base_currency;
    std::string time_zone;
    std::int64_t fiscal_year_start_month = 1;
    std::int64_t first_fiscal_year = 0;
    Chart chart = Chart::none;
    std::int64_t fiscal_year_start_day = 1;
    ChartLanguage chart_language = ChartLanguage::english;

    bool operator==(const CompanyCreated&) const = default;
    static void describe(auto& event) {
        event.record("CompanyCreated", "A company keeps books here.")
            .company(&CompanyCreated::company)
            .stream(&CompanyCreated::company)
            .on_recorded_day()
            .field("company", &CompanyCreated::company, "Its code.")
            .field("name", &CompanyCreated::name, "Its name.")
            .field("base_currency", &CompanyCreated::base_currency, "Currency of its books.")
            .field("time_zone", &CompanyCreated::time_zone, "IANA name.")
            .field("fiscal_year_start_month", &CompanyCreated::fiscal_year_start_month,
                   "1 is January.")
            .field(
                "first_fiscal_year", &CompanyCreated::first_fiscal_year,
                "Calendar year in which its first fiscal year begins; 0: none is opened with it.")
            .field("chart", &CompanyCreated::chart, "Accounts that it begins with.")
            .field("fiscal_year_start_day", &CompanyCreated::fiscal_year_start_day,
                   "Day of that month on which its fiscal years begin.")
            .otherwise(std::int64_t{1})
            .field("chart_language", &CompanyCreated::chart_language, "Of the accounts' names.")
            .otherwise(ChartLanguage::english);
    }
};

struct CompanyRenamed {
    CompanyCode company;
    std::string name;

    bool operator==(const CompanyRenamed&) const = default;
    static void describe(auto& event) {
        event.record("CompanyRenamed", "A company has another name.")
            .company(&CompanyRenamed::company)
            .stream(&CompanyRenamed::company)
            .on_recorded_day()
            .field("company", &CompanyRenamed::company, "Its code, which stays.")
            .field("name", &CompanyRenamed::name, "The new name.");
    }
};

struct CreateCompany {
    CompanyCode company;
    std::string name;
    Currency base_currency;
    std::string time_zone;
    std::int64_t fiscal_year_start_month = 1;
    std::int64_t first_fiscal_year = 0;
    Chart chart = Chart::standard;
    std::int64_t fiscal_year_start_day = 1;
    ChartLanguage chart_language = ChartLanguage::english;

    static void describe(auto& command) {
        command
            .record("CreateCompany",
                    "Founds a company in the log. Its first fiscal year, its journals, the "
                    "dimensions cost_centre and project and, if wanted, a plain chart of accounts "
                    "are made with it.")
            .company(&CreateCompany::company)
            .stream(&CreateCompany::company)
            .example(R"({"company": "NORTH", "name": "North Trading Ltd", "base_currency": "GBP",
                "time_zone": "Europe/London", "fiscal_year_start_month": 4,
                "first_fiscal_year": 2026, "chart": "standard"})")
            .field("company", &CreateCompany::company,
                   "A short code for it, such as \"DEMO\"; it never changes.")
            .field("name", &CreateCompany::name, "Its name, as on its letters.")
            .shortest(1)
            .longest(200)
            .field("base_currency", &CreateCompany::base_currency,
                   "The currency that its books are kept in (ISO 4217); it never changes.")
            .field("time_zone", &CreateCompany::time_zone,
                   "Name in the IANA time zone database, such as \"Europe/Berlin\". It says which "
                   "day it is for the company.")
            .longest(64)
            .field("fiscal_year_start_month", &CreateCompany::fiscal_year_start_month,
                   "Month in which its fiscal years begin; 1 is January.")
            .otherwise(std::int64_t{1})
            .least(1)
            .most(12)
            .field("first_fiscal_year", &CreateCompany::first_fiscal_year,
                   "Calendar year in which its first fiscal year begins. Nothing can be posted "
                   "before that day, unless an earlier fiscal year is opened. 0: none is opened "
                   "with the company; OpenFiscalYear opens the first, such as a short one or one "
                   "of weeks.")
            .least(0)
            .most(9'990)
            .field("chart", &CreateCompany::chart, "Accounts to begin with.")
            .otherwise(Chart::standard)
            .field("fiscal_year_start_day", &CreateCompany::fiscal_year_start_day,
                   "Day of that month on which its fiscal years begin, such as 6 for 6 April.")
            .otherwise(std::int64_t{1})
            .least(1)
            .most(28)
            .field("chart_language", &CreateCompany::chart_language, "Of the accounts' names.")
            .otherwise(ChartLanguage::english)
            .refuses(company_exists, base_currency_unfit, time_zone_unknown);
    }
};

struct RenameCompany {
    CompanyCode company;
    std::string name;

    static void describe(auto& command) {
        command.record("RenameCompany", "Gives a company another name. Its code stays.")
            .company(&RenameCompany::company)
            .stream(&RenameCompany::company)
            .example(R"({"company": "DEMO", "name": "Demo Trading and Gifts GmbH"})")
            .field("company", &RenameCompany::company, "Its code.")
            .field("name", &RenameCompany::name, "The new name.")
            .shortest(1)
            .longest(200)
            .refuses(company_unknown);
    }
};

// What decisions, here and on the floors above, need to know of a company.
struct Company {
    Currency base_currency;
    std::string time_zone;

    static void describe(auto& record) {
        record.record("Company", "A company as decisions know it.")
            .field("base_currency", &Company::base_currency, "Currency of its books.")
            .field("time_zone", &Company::time_zone, "IANA name.");
    }
};
using Companies = Table<CompanyCode, Company>;

// The IANA name of the company's time zone; "UTC" when no company has this code.
std::string_view time_zone_of(const World&, const CompanyCode&);

Decision<CompanyCreated> decide(const World&, const CreateCompany&, const Context&);
Decision<CompanyRenamed> decide(const World&, const RenameCompany&, const Context&);
void evolve(Companies&, const CompanyCreated&);

Part company_register();

// The context, of which companies are all.
BusinessContext companies();

}  // namespace kontor::companies
