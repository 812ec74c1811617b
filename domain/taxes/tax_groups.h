// Groups of taxes, what a company has decided of rounding, and which taxes a line carries on a day.
#pragma once

#include "domain/taxes/tax_codes.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kontor::taxes {

inline constexpr Reason tax_group_unchanged{Refusal::conflict, "tax_group_unchanged",
                                            "The group has this name and these taxes already."};
inline constexpr Reason tax_policy_unchanged{Refusal::conflict, "tax_policy_unchanged",
                                             "The company rounds its taxes so already."};
// What whoever taxes a line may meet beside tax_unknown, tax_blocked and tax_rate_not_set.
inline constexpr Reason tax_of_other_use{
    Refusal::invalid, "tax_of_other_use",
    "The tax is on documents of the other side only: of sale or of purchase."};
inline constexpr Reason tax_rate_unfit{
    Refusal::invalid, "tax_rate_unfit",
    "The rate is not of the tax's kind: a percentage where it is fixed for a unit, an amount where "
    "it is a percentage or of another currency than the document, or 100 % and more of a "
    "division."};

struct TaxGroupDefined {
    CompanyCode company;
    TaxCode group;
    std::string name;
    std::vector<TaxCode> taxes;

    bool operator==(const TaxGroupDefined&) const = default;
    static void describe(auto& event) {
        event.record("TaxGroupDefined", "A code stands for these taxes from now on.")
            .company(&TaxGroupDefined::company)
            .stream(&TaxGroupDefined::group)
            .on_recorded_day()
            .field("company", &TaxGroupDefined::company, "Whose books.")
            .field("group", &TaxGroupDefined::group, "Code of the group.")
            .field("name", &TaxGroupDefined::name, "Its name.")
            .field("taxes", &TaxGroupDefined::taxes, "All its taxes, sorted.");
    }
};

struct TaxPolicySet {
    CompanyCode company;
    TaxRounding rounding = TaxRounding::globally;

    bool operator==(const TaxPolicySet&) const = default;
    static void describe(auto& event) {
        event.record("TaxPolicySet", "A company rounds its taxes so from now on.")
            .company(&TaxPolicySet::company)
            .stream(&TaxPolicySet::company)
            .on_recorded_day()
            .field("company", &TaxPolicySet::company, "Whose books.")
            .field("rounding", &TaxPolicySet::rounding, "When a tax is rounded.");
    }
};

struct DefineTaxGroup {
    CompanyCode company;
    TaxCode group;
    std::string name;
    std::vector<TaxCode> taxes;

    static void describe(auto& command) {
        command
            .record("DefineTaxGroup",
                    "Gives several taxes one code, which lines may carry in their place, such as "
                    "those of a country and of a province. Said again, it is replaced; what is "
                    "invoiced stays.")
            .company(&DefineTaxGroup::company)
            .stream(&DefineTaxGroup::group)
            .example(R"({"company": "DEMO", "group": "VAT-ALL", "name": "All VAT", "taxes":
                ["VAT-S"]})")
            .field("company", &DefineTaxGroup::company, "Whose books.")
            .field("group", &DefineTaxGroup::group, "A code for it, which no tax has.")
            .field("name", &DefineTaxGroup::name, "Its name.")
            .shortest(1)
            .longest(200)
            .field("taxes", &DefineTaxGroup::taxes, "Its taxes; no groups. At least one.")
            .shortest(1)
            .longest(20)
            .refuses(companies::company_unknown, tax_exists, tax_unknown, tax_group_unchanged);
    }
};

struct SetTaxPolicy {
    CompanyCode company;
    TaxRounding rounding = TaxRounding::globally;

    static void describe(auto& command) {
        command
            .record("SetTaxPolicy",
                    "Says when a company rounds its taxes. At first it does so globally, which "
                    "electronic invoices by EN 16931 demand.")
            .company(&SetTaxPolicy::company)
            .stream(&SetTaxPolicy::company)
            .example(R"({"company": "DEMO", "rounding": "per_line"})")
            .field("company", &SetTaxPolicy::company, "Whose books.")
            .field("rounding", &SetTaxPolicy::rounding, "When a tax is rounded.")
            .refuses(companies::company_unknown, tax_policy_unchanged);
    }
};

struct TaxGroup {
    std::string name;
    std::vector<TaxCode> taxes;

    bool operator==(const TaxGroup&) const = default;
    static void describe(auto& record) {
        record.record("TaxGroup", "A group of taxes.")
            .field("name", &TaxGroup::name, "Its name.")
            .field("taxes", &TaxGroup::taxes, "All its taxes, sorted.");
    }
};
using TaxGroups = Table<TaxKey, TaxGroup>;

struct TaxPolicy {
    TaxRounding rounding = TaxRounding::globally;

    static void describe(auto& record) {
        record.record("TaxPolicy", "What a company has decided of its taxes.")
            .field("rounding", &TaxPolicy::rounding, "When a tax is rounded.");
    }
};
using TaxPolicies = Table<CompanyCode, TaxPolicy>;

TaxRounding tax_rounding_of(const World&, const CompanyCode&);

// Where taxes, groups and rates of a day are looked up: the decisions' tables, or a read model's.
struct TaxBook {
    std::function<std::optional<Tax>(const TaxCode&)> tax;
    std::function<std::optional<TaxGroup>(const TaxCode&)> group;
    std::function<std::optional<TaxRate>(const JurisdictionCode&, const TaxRateCode&)> rate;
};
TaxBook tax_book_on(const World&, const CompanyCode&, Date);

// The rules of a document, each once, with what its lines name.
struct DocumentTaxes {
    TaxUse use = TaxUse::sale;
    Currency currency;
    std::vector<TaxRule> rules;

    // Adds the taxes that a line names, groups opened, each once however often it is named, and
    // says their numbers. Meets tax_unknown, tax_blocked, tax_of_other_use, tax_rate_not_set and
    // tax_rate_unfit, for each code in this order; whoever calls it declares them.
    Objection add(const TaxBook&, const std::vector<TaxCode>& named,
                  std::vector<std::size_t>& numbers);
};

Decision<TaxGroupDefined> decide(const World&, const DefineTaxGroup&, const Context&);
Decision<TaxPolicySet> decide(const World&, const SetTaxPolicy&, const Context&);
void evolve(TaxGroups&, const TaxGroupDefined&);
void evolve(TaxPolicies&, const TaxPolicySet&);

Part tax_groups();

}  // namespace kontor::taxes
