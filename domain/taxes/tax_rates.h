// Rates of tax: what a country or region levies, from a day on.
#pragma once

#include "domain/companies/companies.h"
#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/core/table.h"
#include "domain/core/world.h"

#include <optional>
#include <string>

namespace kontor::taxes {

// A country by ISO 3166-1 ("DE") or a part of one by ISO 3166-2 ("CA-QC").
struct JurisdictionThing {
    static constexpr Thing thing{"jurisdiction", "tax_rates"};
};
using JurisdictionCode = Code<JurisdictionThing>;

struct TaxRateThing {
    static constexpr Thing thing{"tax_rate", "tax_rates"};
};
using TaxRateCode = Code<TaxRateThing>;

inline constexpr Reason jurisdiction_unfit{Refusal::invalid, "jurisdiction_unfit",
                                           "A jurisdiction is a country by ISO 3166-1, such as DE, "
                                           "or a part of one by ISO 3166-2, such as "
                                           "CA-QC."};
inline constexpr Reason tax_rate_is_one_of{
    Refusal::invalid, "tax_rate_is_one_of",
    "A rate is a percentage or an amount for a unit: one of the two, and not below zero."};
inline constexpr Reason tax_rate_unchanged{Refusal::conflict, "tax_rate_unchanged",
                                           "This is the rate on that day already."};
inline constexpr Reason tax_rate_not_set{Refusal::missing, "tax_rate_not_set",
                                         "No such rate of the jurisdiction is set for the day."};

struct TaxRateSet {
    CompanyCode company;
    JurisdictionCode jurisdiction;
    TaxRateCode rate;
    Date from;
    std::optional<Percent> percent;
    std::optional<UnitPrice> per_unit;

    bool operator==(const TaxRateSet&) const = default;
    static void describe(auto& event) {
        event.record("TaxRateSet", "A jurisdiction levies this from a day on.")
            .company(&TaxRateSet::company)
            .stream(&TaxRateSet::jurisdiction)
            .on(&TaxRateSet::from)
            .field("company", &TaxRateSet::company, "Whose books.")
            .field("jurisdiction", &TaxRateSet::jurisdiction, "The country or region.")
            .field("rate", &TaxRateSet::rate, "Code of the rate.")
            .field("from", &TaxRateSet::from, "The first day.")
            .field("percent", &TaxRateSet::percent, "The percentage.")
            .field("per_unit", &TaxRateSet::per_unit, "Or the amount for a unit.");
    }
};

struct TaxRateWithdrawn {
    CompanyCode company;
    JurisdictionCode jurisdiction;
    TaxRateCode rate;
    Date from;

    bool operator==(const TaxRateWithdrawn&) const = default;
    static void describe(auto& event) {
        event.record("TaxRateWithdrawn", "A rate was set from a day on by mistake.")
            .company(&TaxRateWithdrawn::company)
            .stream(&TaxRateWithdrawn::jurisdiction)
            .on(&TaxRateWithdrawn::from)
            .field("company", &TaxRateWithdrawn::company, "Whose books.")
            .field("jurisdiction", &TaxRateWithdrawn::jurisdiction, "The country or region.")
            .field("rate", &TaxRateWithdrawn::rate, "Code of the rate.")
            .field("from", &TaxRateWithdrawn::from, "The first day.");
    }
};

struct SetTaxRate {
    CompanyCode company;
    JurisdictionCode jurisdiction;
    TaxRateCode rate;
    Date from;
    std::optional<Percent> percent;
    std::optional<UnitPrice> per_unit;

    static void describe(auto& command) {
        command
            .record("SetTaxRate",
                    "Says what a country or region levies from a day on. All taxes that name the "
                    "rate follow; what was invoiced stays as it is.")
            .company(&SetTaxRate::company)
            .stream(&SetTaxRate::jurisdiction)
            .example(R"({"company": "DEMO", "jurisdiction": "DE", "rate": "standard", "from":
                "2021-01-01", "percent": "19"})")
            .field("company", &SetTaxRate::company, "Whose books.")
            .field("jurisdiction", &SetTaxRate::jurisdiction,
                   "A country by ISO 3166-1, such as \"DE\", or a part of one by ISO 3166-2, such "
                   "as \"CA-QC\".")
            .field("rate", &SetTaxRate::rate, "A code for the rate, such as \"standard\".")
            .field("from", &SetTaxRate::from, "The first day: what is supplied on it is taxed so.")
            .field("percent", &SetTaxRate::percent, "The percentage.")
            .least(0)
            .most(1'000'000'000)
            .field("per_unit", &SetTaxRate::per_unit,
                   "Or the amount for a unit, where so much is levied for a bottle or a litre.")
            .refuses(companies::company_unknown, jurisdiction_unfit, tax_rate_is_one_of,
                     tax_rate_unchanged);
    }
};

struct WithdrawTaxRate {
    CompanyCode company;
    JurisdictionCode jurisdiction;
    TaxRateCode rate;
    Date from;

    static void describe(auto& command) {
        command
            .record("WithdrawTaxRate",
                    "Takes back what was set from a day on; the rate before it holds again.")
            .company(&WithdrawTaxRate::company)
            .stream(&WithdrawTaxRate::jurisdiction)
            .example(R"({"company": "DEMO", "jurisdiction": "DE", "rate": "standard", "from":
                "2021-01-01"})")
            .field("company", &WithdrawTaxRate::company, "Whose books.")
            .field("jurisdiction", &WithdrawTaxRate::jurisdiction, "The country or region.")
            .field("rate", &WithdrawTaxRate::rate, "Code of the rate.")
            .field("from", &WithdrawTaxRate::from, "The first day.")
            .refuses(tax_rate_not_set);
    }
};

struct TaxRateKey {
    CompanyCode company;
    JurisdictionCode jurisdiction;
    TaxRateCode rate;
    Date from;

    auto operator<=>(const TaxRateKey&) const = default;
    static void describe(auto& key) {
        key.record("TaxRateKey", "A rate from a day on.")
            .field("company", &TaxRateKey::company, "Whose books.")
            .field("jurisdiction", &TaxRateKey::jurisdiction, "The country or region.")
            .field("rate", &TaxRateKey::rate, "Code of the rate.")
            .field("from", &TaxRateKey::from, "The first day.");
    }
};

struct TaxRate {
    std::optional<Percent> percent;
    std::optional<UnitPrice> per_unit;

    bool operator==(const TaxRate&) const = default;
    static void describe(auto& record) {
        record.record("TaxRate", "What is levied.")
            .field("percent", &TaxRate::percent, "The percentage.")
            .field("per_unit", &TaxRate::per_unit, "Or the amount for a unit.");
    }
};
using TaxRates = Table<TaxRateKey, TaxRate>;

// The rate of a jurisdiction on a day; null when none is set.
const TaxRate* tax_rate_on(const World&, const CompanyCode&, const JurisdictionCode&,
                           const TaxRateCode&, Date);
// Whether the code reads as ISO 3166 has it.
bool is_jurisdiction(const JurisdictionCode&);

Decision<TaxRateSet> decide(const World&, const SetTaxRate&, const Context&);
Decision<TaxRateWithdrawn> decide(const World&, const WithdrawTaxRate&, const Context&);
void evolve(TaxRates&, const TaxRateSet&);
void evolve(TaxRates&, const TaxRateWithdrawn&);

Part tax_rates();

}  // namespace kontor::taxes
