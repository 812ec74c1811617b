// Taxes: rates, codes and groups as they stand on any day, and what lines would be taxed.
#pragma once

#include "domain/taxes/tax_groups.h"
#include "projections/described_rows.h"
#include "projections/projection.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kontor::taxes {

struct ListedTaxRate {
    JurisdictionCode jurisdiction;
    TaxRateCode rate;
    Date from;
    std::optional<Percent> percent;
    std::optional<UnitPrice> per_unit;

    bool operator==(const ListedTaxRate&) const = default;
    static void describe(auto& row) {
        row.record("ListedTaxRate", "What is levied from a day on.")
            .field("jurisdiction", &ListedTaxRate::jurisdiction, "The country or region.")
            .field("rate", &ListedTaxRate::rate, "Code of the rate.")
            .field("from", &ListedTaxRate::from, "The first day.")
            .field("percent", &ListedTaxRate::percent, "The percentage.")
            .field("per_unit", &ListedTaxRate::per_unit, "Or the amount for a unit.");
    }
};

struct TaxRateList {
    CompanyCode company;
    std::optional<JurisdictionCode> jurisdiction;

    static void describe(auto& query) {
        query
            .record("tax_rates",
                    "Rates from days up to `valid_at`, by jurisdiction and rate, the newest first.")
            .company(&TaxRateList::company)
            .field("company", &TaxRateList::company, "Whose books.")
            .field("jurisdiction", &TaxRateList::jurisdiction, "Only those of this one.")
            .template answers<ListedTaxRate>(Times::both);
    }
};

struct ListedTax {
    TaxCode tax;
    std::string name;
    std::optional<Percent> percent;
    std::optional<UnitPrice> per_unit;
    TaxTerms terms;
    bool blocked = false;
    std::optional<ledger::AccountCode> payable;
    std::optional<ledger::AccountCode> recoverable;
    std::optional<ledger::AccountCode> in_transition;

    bool operator==(const ListedTax&) const = default;
    static void describe(auto& row) {
        row.record("ListedTax", "A tax of a company.")
            .field("tax", &ListedTax::tax, "Its code.")
            .field("name", &ListedTax::name, "Its name.")
            .field("percent", &ListedTax::percent, "Its rate on the day `valid_at`, in percent.")
            .field("per_unit", &ListedTax::per_unit, "Or the amount for a unit.")
            .field("terms", &ListedTax::terms, "What it is.")
            .field("blocked", &ListedTax::blocked, "It stands on no new documents.")
            .field("payable", &ListedTax::payable, "The account of what is owed.")
            .field("recoverable", &ListedTax::recoverable, "That of what is got back.")
            .field("in_transition", &ListedTax::in_transition, "Where it waits until it is paid.");
    }
};

struct TaxList {
    CompanyCode company;
    std::optional<JurisdictionCode> jurisdiction;

    static void describe(auto& query) {
        query.record("taxes", "Taxes of a company, by code.")
            .company(&TaxList::company)
            .field("company", &TaxList::company, "Whose books.")
            .field("jurisdiction", &TaxList::jurisdiction, "Only those of this one.")
            .template answers<ListedTax>(Times::both);
    }
};

struct ListedTaxGroup {
    TaxCode group;
    std::string name;
    std::vector<TaxCode> taxes;

    bool operator==(const ListedTaxGroup&) const = default;
    static void describe(auto& row) {
        row.record("ListedTaxGroup", "A code for several taxes.")
            .field("group", &ListedTaxGroup::group, "The code.")
            .field("name", &ListedTaxGroup::name, "Its name.")
            .field("taxes", &ListedTaxGroup::taxes, "The taxes.");
    }
};

struct TaxGroupList {
    CompanyCode company;

    static void describe(auto& query) {
        query.record("tax_groups", "Groups of taxes, by code.")
            .company(&TaxGroupList::company)
            .field("company", &TaxGroupList::company, "Whose books.")
            .template answers<ListedTaxGroup>(Times::known_at);
    }
};

struct ListedTaxPolicy {
    TaxRounding rounding = TaxRounding::globally;

    bool operator==(const ListedTaxPolicy&) const = default;
    static void describe(auto& row) {
        row.record("ListedTaxPolicy", "What a company has decided of its taxes.")
            .field("rounding", &ListedTaxPolicy::rounding, "When a tax is rounded.");
    }
};

struct TaxPolicyOf {
    CompanyCode company;

    static void describe(auto& query) {
        query.record("tax_policy", "What a company has decided of its taxes.")
            .company(&TaxPolicyOf::company)
            .field("company", &TaxPolicyOf::company, "Whose books.")
            .template answers<ListedTaxPolicy>(Times::known_at);
    }
};

struct CalculatedLine {
    std::int64_t line = 1;
    Money amount;
    Money net;
    std::map<TaxCode, Money> taxes;
    Money gross;

    bool operator==(const CalculatedLine&) const = default;
    static void describe(auto& row) {
        row.record("CalculatedLine", "What a line is taxed.")
            .field("line", &CalculatedLine::line, "Its number, from 1.")
            .field("amount", &CalculatedLine::amount, "What was asked for.")
            .field("net", &CalculatedLine::net, "Without any tax.")
            .field("taxes", &CalculatedLine::taxes, "Its share of each tax.")
            .field("gross", &CalculatedLine::gross, "With what is charged.");
    }
};

struct CalculatedTax {
    TaxCode tax;
    TaxEffect effect = TaxEffect::charged;
    TaxCategory category = TaxCategory::none;
    std::optional<Percent> percent;
    std::optional<UnitPrice> per_unit;
    Money base;
    Money amount;
    std::optional<Money> discount;

    bool operator==(const CalculatedTax&) const = default;
    static void describe(auto& row) {
        row.record("CalculatedTax", "What all lines come to of a tax.")
            .field("tax", &CalculatedTax::tax, "The tax.")
            .field("effect", &CalculatedTax::effect, "What it does to what is paid.")
            .field("category", &CalculatedTax::category, "What it is to an electronic invoice.")
            .field("percent", &CalculatedTax::percent, "Its rate on the day, in percent.")
            .field("per_unit", &CalculatedTax::per_unit, "Or the amount for a unit.")
            .field("base", &CalculatedTax::base, "What it is computed on.")
            .field("amount", &CalculatedTax::amount, "What it comes to.")
            .field("discount", &CalculatedTax::discount, "What an early payment takes off it.");
    }
};

struct CalculatedTotals {
    Money net;
    Money charged;
    Money gross;
    Money withheld;
    Money payable;
    std::vector<CalculatedTax> taxes;
    std::optional<Money> discount;
    std::optional<Money> net_discount;
    std::optional<Money> paid;

    bool operator==(const CalculatedTotals&) const = default;
    static void describe(auto& row) {
        row.record("CalculatedTotals", "What all lines come to.")
            .field("net", &CalculatedTotals::net, "Without any tax.")
            .field("charged", &CalculatedTotals::charged, "The taxes that are charged.")
            .field("gross", &CalculatedTotals::gross, "With these.")
            .field("withheld", &CalculatedTotals::withheld, "What whoever pays keeps back.")
            .field("payable", &CalculatedTotals::payable, "Gross less what is withheld.")
            .field("taxes", &CalculatedTotals::taxes, "Each tax, in the order of computation.")
            .field("discount", &CalculatedTotals::discount, "What an early payment takes off.")
            .field("net_discount", &CalculatedTotals::net_discount,
                   "What of that comes off the net amount.")
            .field("paid", &CalculatedTotals::paid, "The payment that does so.");
    }
};

struct TaxCalculation {
    CompanyCode company;
    Date date;
    std::vector<std::string> amounts;
    std::vector<TaxCode> taxes;
    std::vector<TaxCode> line_taxes;
    std::vector<std::string> quantities;
    std::optional<Currency> currency;
    TaxUse use = TaxUse::sale;
    std::optional<TaxRounding> rounding;
    std::optional<Percent> discount;
    std::optional<Money> paid;

    static void describe(auto& query) {
        query
            .record("tax_calculation",
                    "What lines would be taxed on a day, as a document of that day is. Nothing is "
                    "stored.")
            .company(&TaxCalculation::company)
            .field("company", &TaxCalculation::company, "Whose taxes.")
            .field("date", &TaxCalculation::date, "The day of supply, whose rates hold.")
            .field("amounts", &TaxCalculation::amounts,
                   "For each line its price times its quantity, such as 15.89.")
            .shortest(1)
            .longest(1'000)
            .field("taxes", &TaxCalculation::taxes, "Taxes or groups that all lines carry.")
            .otherwise_empty()
            .longest(20)
            .field("line_taxes", &TaxCalculation::line_taxes,
                   "For each line one more tax or group that it alone carries.")
            .otherwise_empty()
            .longest(1'000)
            .field("quantities", &TaxCalculation::quantities,
                   "For each line its quantity, where a tax is fixed for a unit. Absent: 1.")
            .otherwise_empty()
            .longest(1'000)
            .field("currency", &TaxCalculation::currency,
                   "Of the amounts. Absent: that of the company's books.")
            .field("use", &TaxCalculation::use, "Whether it is sold or bought.")
            .otherwise(TaxUse::sale)
            .field("rounding", &TaxCalculation::rounding,
                   "When a tax is rounded. Absent: as the company has decided.")
            .field("discount", &TaxCalculation::discount,
                   "An early discount in percent, below 100.")
            .least(0)
            .most(99'999'999)
            .field("paid", &TaxCalculation::paid,
                   "The part that is paid early. Absent: all that is due with the discount.")
            .template answers<CalculatedLine>(Times::known_at)
            .template totals<CalculatedTotals>();
    }
};

class TaxesModel {
public:
    explicit TaxesModel(const Place& place)
        : rates_(place.table(1)),
          taxes_(place.table(2)),
          groups_(place.table(3)),
          companies_(place.table(4)) {}

    void on(const companies::CompanyCreated&, const Recorded&);
    void on(const TaxRateSet&, const Recorded&);
    void on(const TaxRateWithdrawn&, const Recorded&);
    void on(const TaxDefined&, const Recorded&);
    void on(const TaxRenamed&, const Recorded&);
    void on(const TaxAccountsSet&, const Recorded&);
    void on(const TaxBlocked&, const Recorded&);
    void on(const TaxUnblocked&, const Recorded&);
    void on(const TaxGroupDefined&, const Recorded&);
    void on(const TaxPolicySet&, const Recorded&);
    void answer(const TaxRateList&, const AsOf&, Page<ListedTaxRate>&) const;
    void answer(const TaxList&, const AsOf&, Page<ListedTax>&) const;
    void answer(const TaxGroupList&, const AsOf&, Page<ListedTaxGroup>&) const;
    void answer(const TaxPolicyOf&, const AsOf&, Page<ListedTaxPolicy>&) const;
    void answer(const TaxCalculation&, const AsOf&, Page<CalculatedLine>&) const;

private:
    // Of a rate the newest day comes first: its number is below those of earlier days.
    struct RateKey {
        CompanyCode company;
        JurisdictionCode jurisdiction;
        TaxRateCode rate;
        std::int64_t days_back = 0;
        static void describe(auto& key) {
            key.record("ListedTaxRateKey", "A rate from a day on.")
                .field("company", &RateKey::company, "Whose books.")
                .field("jurisdiction", &RateKey::jurisdiction, "The country or region.")
                .field("rate", &RateKey::rate, "Code of the rate.")
                .field("days_back", &RateKey::days_back, "Days from its first to 1970.");
        }
    };
    struct CompanyKey {
        CompanyCode company;
        static void describe(auto& key) {
            key.record("TaxedCompanyKey", "A company.")
                .field("company", &CompanyKey::company, "Its code.");
        }
    };
    struct OfCompany {
        Currency base_currency;
        TaxRounding rounding = TaxRounding::globally;
        static void describe(auto& row) {
            row.record("TaxedCompany", "What of a company its taxes need.")
                .field("base_currency", &OfCompany::base_currency, "Currency of its books.")
                .field("rounding", &OfCompany::rounding, "When a tax is rounded.");
        }
    };
    TaxBook book(const AsOf&, const CompanyCode&, const Corner& rates_at) const;
    std::optional<TaxRate> rate(const AsOf&, const Corner&, const CompanyCode&,
                                const JurisdictionCode&, const TaxRateCode&) const;

    DescribedRows<RateKey, ListedTaxRate> rates_;
    DescribedRows<TaxKey, ListedTax> taxes_;
    DescribedRows<TaxKey, ListedTaxGroup> groups_;
    DescribedRows<CompanyKey, OfCompany> companies_;
};

ReadModelSpec taxes_model();

}  // namespace kontor::taxes
