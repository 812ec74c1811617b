// What a company has decided once for all its sales: how its documents are numbered.
#pragma once

#include "domain/companies/companies.h"
#include "domain/companies/document_number.h"
#include "domain/core/decision.h"
#include "domain/core/table.h"
#include "domain/core/world.h"

#include <optional>
#include <string>

namespace kontor {
class Part;
}

namespace kontor::sales {

inline constexpr Reason sales_policy_unchanged{Refusal::conflict, "sales_policy_unchanged",
                                               "The company sells by these rules already."};
inline constexpr Reason document_series_shared{
    Refusal::invalid, "document_series_shared",
    "Orders, invoices and credit notes are counted in series of their own, or a gap in one would "
    "be no gap."};

struct SalesPolicy {
    std::string orders = "SO-";
    std::string invoices = "R-{year}-";
    std::string credit_notes = "CN-{year}-";

    bool operator==(const SalesPolicy&) const = default;
    static void describe(auto& record) {
        record.record("SalesPolicy", "How sales documents are numbered.")
            .field("orders", &SalesPolicy::orders,
                   "What numbers of orders begin with; `{year}` stands for the year of the day.")
            .shortest(1)
            .longest(40)
            .field("invoices", &SalesPolicy::invoices, "The same of invoices.")
            .shortest(1)
            .longest(40)
            .field("credit_notes", &SalesPolicy::credit_notes, "The same of credit notes.")
            .shortest(1)
            .longest(40);
    }
};

struct SalesPolicySet {
    CompanyCode company;
    SalesPolicy policy;

    bool operator==(const SalesPolicySet&) const = default;
    static void describe(auto& event) {
        event.record("SalesPolicySet", "A company sells by these rules from now on.")
            .company(&SalesPolicySet::company)
            .stream(&SalesPolicySet::company)
            .on_recorded_day()
            .field("company", &SalesPolicySet::company, "Who sells.")
            .field("policy", &SalesPolicySet::policy, "All of them.");
    }
};

struct SetSalesPolicy {
    CompanyCode company;
    SalesPolicy policy;

    static void describe(auto& command) {
        command
            .record("SetSalesPolicy",
                    "Says how orders, invoices and credit notes are numbered from now on. Numbers "
                    "within a series have no gap; those that were given stay.")
            .company(&SetSalesPolicy::company)
            .stream(&SetSalesPolicy::company)
            .example(R"({"company": "DEMO", "policy": {"orders": "SO-{year}-", "invoices":
                "R-{year}-", "credit_notes": "CN-{year}-"}})")
            .field("company", &SetSalesPolicy::company, "Who sells.")
            .field("policy", &SetSalesPolicy::policy, "All of them.")
            .refuses(companies::company_unknown, document_series_shared, sales_policy_unchanged);
    }
};
using SalesPolicies = Table<CompanyCode, SalesPolicy>;

SalesPolicy sales_policy_of(const World&, const CompanyCode&);

struct SalesSeriesKey {
    CompanyCode company;
    std::string series;

    auto operator<=>(const SalesSeriesKey&) const = default;
    static void describe(auto& key) {
        key.record("SalesSeriesKey", "A series of numbers of sales documents.")
            .field("company", &SalesSeriesKey::company, "Who sells.")
            .field("series", &SalesSeriesKey::series, "What its numbers begin with.");
    }
};

struct SalesSeriesCount {
    std::int64_t last = 0;

    static void describe(auto& record) {
        record.record("SalesSeriesCount", "How far a series is counted.")
            .field("last", &SalesSeriesCount::last, "The last number that was given.");
    }
};
using SalesSeries = Table<SalesSeriesKey, SalesSeriesCount>;

// The next number of a series on a day.
companies::DocumentNumber next_number(const World&, const CompanyCode&, const std::string& pattern,
                                      Date);
void count(SalesSeries&, const CompanyCode&, const companies::DocumentNumber&);

Decision<SalesPolicySet> decide(const World&, const SetSalesPolicy&, const Context&);
void evolve(SalesPolicies&, const SalesPolicySet&);

Part sales_policy();

}  // namespace kontor::sales
