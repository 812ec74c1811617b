// Taxes of a company: which rate, computed how, on which accounts, and what an invoice says of it.
#pragma once

#include "domain/ledger/accounts.h"
#include "domain/taxes/calculation.h"
#include "domain/taxes/tax_rates.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::taxes {

enum class TaxUse : std::uint8_t { both, sale, purchase };

void describe(auto& choice, TaxUse) {
    choice.choice("TaxUse", "Which documents a tax is on.")
        .value("both", "On those of sale and of purchase.")
        .value("sale", "On what the company sells.")
        .value("purchase", "On what the company buys.");
}

// UNCL 5305 as EN 16931 restricts it (BR-CL-17).
enum class TaxCategory : std::uint8_t { none, S, Z, E, AE, K, G, O, L, M };

void describe(auto& choice, TaxCategory) {
    choice.choice("TaxCategory", "What a tax is to an electronic invoice (UNCL 5305, EN 16931).")
        .value("none", "Nothing: it is no VAT, such as an excise or what is withheld.")
        .value("S", "VAT at a standard or reduced rate.")
        .value("Z", "Zero rated goods.")
        .value("E", "Exempt from tax.")
        .value("AE", "VAT reverse charge.")
        .value("K", "Exempt supply of goods within the European Economic Area.")
        .value("G", "Free export item, tax not charged.")
        .value("O", "Outside the scope of tax.")
        .value("L", "General indirect tax of the Canary Islands (IGIC).")
        .value("M", "Tax in Ceuta and Melilla (IPSI).");
}

inline constexpr Reason tax_exists{Refusal::conflict, "tax_exists",
                                   "The company has a tax or a group of taxes with this code "
                                   "already."};
inline constexpr Reason tax_unknown{Refusal::missing, "tax_unknown",
                                    "The company has no tax with this code."};
inline constexpr Reason tax_rate_missing{
    Refusal::invalid, "tax_rate_missing",
    "The tax names no rate; only what is not taxed has none (categories Z, E, AE, K, G, O)."};
inline constexpr Reason tax_rate_unwanted{
    Refusal::invalid, "tax_rate_unwanted",
    "What is not taxed has no rate (EN 16931, BR-Z-05, BR-E-05, BR-AE-05, BR-IC-05, BR-G-05, "
    "BR-O-05); with AE and K whoever buys has one, by reverse charge."};
inline constexpr Reason tax_effect_unfit{
    Refusal::invalid, "tax_effect_unfit",
    "Only what is charged stands in a price or joins the base of other taxes."};
inline constexpr Reason exemption_missing{
    Refusal::invalid, "exemption_missing",
    "What is not taxed needs a reason, as code or text (EN 16931, BR-E-10, BR-AE-10, BR-IC-10, "
    "BR-G-10, BR-O-10)."};
inline constexpr Reason exemption_unwanted{
    Refusal::invalid, "exemption_unwanted",
    "A reason for not being taxed stands with the categories E, AE, K, G and O only (EN 16931, "
    "BR-S-10, BR-Z-10)."};
inline constexpr Reason exemption_code_unfit{
    Refusal::invalid, "exemption_code_unfit",
    "A code of the list VATEX begins with VATEX- and is of capital letters, digits and dashes."};
inline constexpr Reason tax_unchanged{Refusal::conflict, "tax_unchanged",
                                      "The command names nothing that is to be another way."};
inline constexpr Reason tax_blocked{Refusal::conflict, "tax_blocked",
                                    "The tax is blocked for new documents."};
inline constexpr Reason tax_not_blocked{Refusal::conflict, "tax_not_blocked",
                                        "The tax is not blocked."};

// All that a tax is, but its name.
struct TaxTerms {
    JurisdictionCode jurisdiction;
    std::optional<TaxRateCode> rate;
    TaxComputation computation = TaxComputation::percent;
    TaxEffect effect = TaxEffect::charged;
    TaxUse use = TaxUse::both;
    std::int64_t order = 0;
    bool included = false;
    bool joins_base = false;
    bool of_net = false;
    bool cash_basis = false;
    TaxCategory category = TaxCategory::none;
    std::optional<std::string> exemption_code;
    std::optional<std::string> exemption_text;

    bool operator==(const TaxTerms&) const = default;
    static void describe(auto& record) {
        record.record("TaxTerms", "How a tax is computed and what it is to an invoice.")
            .field("jurisdiction", &TaxTerms::jurisdiction, "The country or region that levies it.")
            .field("rate", &TaxTerms::rate, "Its rate there. Absent: it is not taxed.")
            .field("computation", &TaxTerms::computation, "How it is computed.")
            .otherwise(TaxComputation::percent)
            .field("effect", &TaxTerms::effect, "What it does to what is paid.")
            .otherwise(TaxEffect::charged)
            .field("use", &TaxTerms::use, "Which documents it is on.")
            .otherwise(TaxUse::both)
            .field("order", &TaxTerms::order,
                   "Taxes of a line are computed by this number, then by their codes.")
            .otherwise(std::int64_t{0})
            .least(0)
            .most(1'000)
            .field("included", &TaxTerms::included, "True where prices contain it.")
            .otherwise(false)
            .field("joins_base", &TaxTerms::joins_base,
                   "True where later taxes are computed on it too: tax on tax.")
            .otherwise(false)
            .field("of_net", &TaxTerms::of_net,
                   "True where it is computed on the net amount alone, whatever joined the base "
                   "before.")
            .otherwise(false)
            .field("cash_basis", &TaxTerms::cash_basis,
                   "True where it is owed when the invoice is paid, and not when it is made.")
            .otherwise(false)
            .field("category", &TaxTerms::category, "What it is to an electronic invoice.")
            .otherwise(TaxCategory::none)
            .field("exemption_code", &TaxTerms::exemption_code,
                   "Why it is not taxed, by the list VATEX, such as \"VATEX-EU-AE\".")
            .longest(40)
            .field("exemption_text", &TaxTerms::exemption_text, "The same in words.")
            .longest(500);
    }
};

struct TaxDefined {
    CompanyCode company;
    TaxCode tax;
    std::string name;
    TaxTerms terms;

    bool operator==(const TaxDefined&) const = default;
    static void describe(auto& event) {
        event.record("TaxDefined", "Documents may carry one more tax.")
            .company(&TaxDefined::company)
            .stream(&TaxDefined::tax)
            .on_recorded_day()
            .field("company", &TaxDefined::company, "Whose books.")
            .field("tax", &TaxDefined::tax, "Its code.")
            .field("name", &TaxDefined::name, "Its name.")
            .field("terms", &TaxDefined::terms, "What it is.");
    }
};

struct TaxRenamed {
    CompanyCode company;
    TaxCode tax;
    std::string name;

    bool operator==(const TaxRenamed&) const = default;
    static void describe(auto& event) {
        event.record("TaxRenamed", "A tax has another name.")
            .company(&TaxRenamed::company)
            .stream(&TaxRenamed::tax)
            .on_recorded_day()
            .field("company", &TaxRenamed::company, "Whose books.")
            .field("tax", &TaxRenamed::tax, "Its code, which stays.")
            .field("name", &TaxRenamed::name, "The new name.");
    }
};

struct TaxAccountsSet {
    CompanyCode company;
    TaxCode tax;
    std::optional<ledger::AccountCode> payable;
    std::optional<ledger::AccountCode> recoverable;
    std::optional<ledger::AccountCode> in_transition;

    bool operator==(const TaxAccountsSet&) const = default;
    static void describe(auto& event) {
        event.record("TaxAccountsSet", "A tax is posted on these accounts from now on.")
            .company(&TaxAccountsSet::company)
            .stream(&TaxAccountsSet::tax)
            .on_recorded_day()
            .field("company", &TaxAccountsSet::company, "Whose books.")
            .field("tax", &TaxAccountsSet::tax, "Its code.")
            .field("payable", &TaxAccountsSet::payable, "What is owed.")
            .field("recoverable", &TaxAccountsSet::recoverable, "What is got back.")
            .field("in_transition", &TaxAccountsSet::in_transition,
                   "What is owed or got back when it is paid.");
    }
};

struct TaxBlocked {
    CompanyCode company;
    TaxCode tax;

    bool operator==(const TaxBlocked&) const = default;
    static void describe(auto& event) {
        event.record("TaxBlocked", "A tax stands on no new documents.")
            .company(&TaxBlocked::company)
            .stream(&TaxBlocked::tax)
            .on_recorded_day()
            .field("company", &TaxBlocked::company, "Whose books.")
            .field("tax", &TaxBlocked::tax, "Its code.");
    }
};

struct TaxUnblocked {
    CompanyCode company;
    TaxCode tax;

    bool operator==(const TaxUnblocked&) const = default;
    static void describe(auto& event) {
        event.record("TaxUnblocked", "A tax stands on new documents again.")
            .company(&TaxUnblocked::company)
            .stream(&TaxUnblocked::tax)
            .on_recorded_day()
            .field("company", &TaxUnblocked::company, "Whose books.")
            .field("tax", &TaxUnblocked::tax, "Its code.");
    }
};

struct DefineTax {
    CompanyCode company;
    TaxCode tax;
    std::string name;
    TaxTerms terms;

    static void describe(auto& command) {
        command
            .record("DefineTax",
                    "Adds a tax that lines of documents may carry. What it is never changes, as "
                    "documents name it; its rate follows the jurisdiction's.")
            .company(&DefineTax::company)
            .stream(&DefineTax::tax)
            .example(R"({"company": "DEMO", "tax": "VAT-S", "name": "VAT 19 %", "terms":
                {"jurisdiction": "DE", "rate": "standard", "category": "S"}})")
            .field("company", &DefineTax::company, "Whose books.")
            .field("tax", &DefineTax::tax, "A code for it, such as \"VAT-S\"; it never changes.")
            .field("name", &DefineTax::name, "Its name, as on an invoice.")
            .shortest(1)
            .longest(200)
            .field("terms", &DefineTax::terms, "What it is.")
            .refuses(companies::company_unknown, tax_exists, jurisdiction_unfit, tax_rate_missing,
                     tax_rate_unwanted, tax_effect_unfit, exemption_missing, exemption_unwanted,
                     exemption_code_unfit);
    }
};

struct RenameTax {
    CompanyCode company;
    TaxCode tax;
    std::string name;

    static void describe(auto& command) {
        command.record("RenameTax", "Gives a tax another name. Its code stays.")
            .company(&RenameTax::company)
            .stream(&RenameTax::tax)
            .example(R"({"company": "DEMO", "tax": "VAT-S", "name": "Value added tax 19 %"})")
            .field("company", &RenameTax::company, "Whose books.")
            .field("tax", &RenameTax::tax, "A tax of the company.")
            .field("name", &RenameTax::name, "The new name.")
            .shortest(1)
            .longest(200)
            .refuses(tax_unknown);
    }
};

struct SetTaxAccounts {
    CompanyCode company;
    TaxCode tax;
    std::optional<ledger::AccountCode> payable;
    std::optional<ledger::AccountCode> recoverable;
    std::optional<ledger::AccountCode> in_transition;

    static void describe(auto& command) {
        command
            .record("SetTaxAccounts",
                    "Says on which accounts a tax is posted from now on. What the command does not "
                    "name stays as it was.")
            .company(&SetTaxAccounts::company)
            .stream(&SetTaxAccounts::tax)
            .example(R"({"company": "DEMO", "tax": "VAT-S", "payable": "2100", "recoverable":
                "1300"})")
            .field("company", &SetTaxAccounts::company, "Whose books.")
            .field("tax", &SetTaxAccounts::tax, "A tax of the company.")
            .field("payable", &SetTaxAccounts::payable,
                   "The account of what is owed; it may be a control account.")
            .field("recoverable", &SetTaxAccounts::recoverable, "That of what is got back.")
            .field("in_transition", &SetTaxAccounts::in_transition,
                   "With cash basis: where it waits until it is paid.")
            .refuses(tax_unknown, ledger::account_unknown, ledger::account_is_summary,
                     tax_unchanged);
    }
};

struct BlockTax {
    CompanyCode company;
    TaxCode tax;

    static void describe(auto& command) {
        command.record("BlockTax", "Keeps a tax off new documents. What is invoiced stays.")
            .company(&BlockTax::company)
            .stream(&BlockTax::tax)
            .example(R"({"company": "DEMO", "tax": "VAT-S"})")
            .field("company", &BlockTax::company, "Whose books.")
            .field("tax", &BlockTax::tax, "A tax of the company.")
            .refuses(tax_unknown, tax_blocked);
    }
};

struct UnblockTax {
    CompanyCode company;
    TaxCode tax;

    static void describe(auto& command) {
        command.record("UnblockTax", "Allows a tax on new documents again.")
            .company(&UnblockTax::company)
            .stream(&UnblockTax::tax)
            .example(R"({"company": "DEMO", "tax": "VAT-S"})")
            .field("company", &UnblockTax::company, "Whose books.")
            .field("tax", &UnblockTax::tax, "A tax of the company.")
            .refuses(tax_unknown, tax_not_blocked);
    }
};

struct TaxKey {
    CompanyCode company;
    TaxCode tax;

    auto operator<=>(const TaxKey&) const = default;
    static void describe(auto& key) {
        key.record("TaxKey", "A tax or a group of taxes of a company.")
            .field("company", &TaxKey::company, "Whose books.")
            .field("tax", &TaxKey::tax, "Its code.");
    }
};

struct Tax {
    TaxTerms terms;
    std::string name;
    bool blocked = false;
    std::optional<ledger::AccountCode> payable;
    std::optional<ledger::AccountCode> recoverable;
    std::optional<ledger::AccountCode> in_transition;

    static void describe(auto& record) {
        record.record("Tax", "A tax as decisions know it.")
            .field("terms", &Tax::terms, "What it is.")
            .field("name", &Tax::name, "Its name.")
            .field("blocked", &Tax::blocked, "It stands on no new documents.")
            .field("payable", &Tax::payable, "The account of what is owed.")
            .field("recoverable", &Tax::recoverable, "That of what is got back.")
            .field("in_transition", &Tax::in_transition, "Where it waits until it is paid.");
    }
};
using Taxes = Table<TaxKey, Tax>;

Decision<TaxDefined> decide(const World&, const DefineTax&, const Context&);
Decision<TaxRenamed> decide(const World&, const RenameTax&, const Context&);
Decision<TaxAccountsSet> decide(const World&, const SetTaxAccounts&, const Context&);
Decision<TaxBlocked> decide(const World&, const BlockTax&, const Context&);
Decision<TaxUnblocked> decide(const World&, const UnblockTax&, const Context&);
void evolve(Taxes&, const TaxDefined&);
void evolve(Taxes&, const TaxRenamed&);
void evolve(Taxes&, const TaxAccountsSet&);
void evolve(Taxes&, const TaxBlocked&);
void evolve(Taxes&, const TaxUnblocked&);

Part tax_codes();

}  // namespace kontor::taxes
