// How taxes are defined, renamed, given accounts and blocked.
#include "domain/taxes/tax_codes.h"

#include "domain/core/catalog.h"
#include "domain/taxes/tax_groups.h"

#include <algorithm>

namespace kontor::taxes {

namespace {

// Why terms contradict themselves; null when they do not.
Objection fault_of_rate(const TaxTerms& terms) {
    const bool on_the_buyer = terms.effect == TaxEffect::reverse_charge;
    bool untaxed = false;
    switch (terms.category) {
        case TaxCategory::Z:
        case TaxCategory::E:
        case TaxCategory::G:
        case TaxCategory::O: untaxed = true; break;
        case TaxCategory::AE:
        case TaxCategory::K: untaxed = !on_the_buyer; break;
        default: break;
    }
    if (!terms.rate && !untaxed) return tax_rate_missing;
    if (terms.rate && untaxed) return tax_rate_unwanted.about(terms.category);
    return {};
}

bool is_vatex(const std::string& code) {
    return code.starts_with("VATEX-") && code.size() > 6 && code.back() != '-' &&
           std::ranges::all_of(code, [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
           });
}

Objection fault_of_exemption(const TaxTerms& terms) {
    const bool given = terms.exemption_code || terms.exemption_text;
    switch (terms.category) {
        case TaxCategory::E:
        case TaxCategory::AE:
        case TaxCategory::K:
        case TaxCategory::G:
        case TaxCategory::O:
            if (!given) return exemption_missing.about(terms.category);
            break;
        default:
            if (given) return exemption_unwanted.about(terms.category);
    }
    if (terms.exemption_code && !is_vatex(*terms.exemption_code))
        return exemption_code_unfit.about(*terms.exemption_code);
    return {};
}

}  // namespace

Decision<TaxDefined> decide(const World& world, const DefineTax& define, const Context&) {
    if (!world.of<companies::Companies>().find(define.company))
        return companies::company_unknown.about(define.company);
    if (world.of<Taxes>().find({define.company, define.tax}) ||
        world.of<TaxGroups>().find({define.company, define.tax}))
        return tax_exists.about(define.tax);
    const TaxTerms& terms = define.terms;
    if (!is_jurisdiction(terms.jurisdiction)) return jurisdiction_unfit.about(terms.jurisdiction);
    if (const Objection fault = fault_of_rate(terms)) return fault;
    if (terms.effect != TaxEffect::charged && (terms.included || terms.joins_base))
        return tax_effect_unfit.about(terms.effect);
    if (const Objection fault = fault_of_exemption(terms)) return fault;
    return TaxDefined{define.company, define.tax, define.name, terms};
}

Decision<TaxRenamed> decide(const World& world, const RenameTax& rename, const Context&) {
    if (!world.of<Taxes>().find({rename.company, rename.tax})) return tax_unknown.about(rename.tax);
    return TaxRenamed{rename.company, rename.tax, rename.name};
}

Decision<TaxAccountsSet> decide(const World& world, const SetTaxAccounts& set, const Context&) {
    const Tax* tax = world.of<Taxes>().find({set.company, set.tax});
    if (!tax) return tax_unknown.about(set.tax);
    for (const auto* code : {&set.payable, &set.recoverable, &set.in_transition}) {
        if (!*code) continue;
        const auto* account = world.of<ledger::Accounts>().find({set.company, **code});
        if (!account) return ledger::account_unknown.about(**code);
        if (account->summary) return ledger::account_is_summary.about(**code);
    }
    const TaxAccountsSet is{set.company, set.tax, set.payable ? set.payable : tax->payable,
                            set.recoverable ? set.recoverable : tax->recoverable,
                            set.in_transition ? set.in_transition : tax->in_transition};
    if (is.payable == tax->payable && is.recoverable == tax->recoverable &&
        is.in_transition == tax->in_transition)
        return tax_unchanged.about(set.tax);
    return is;
}

Decision<TaxBlocked> decide(const World& world, const BlockTax& block, const Context&) {
    const Tax* tax = world.of<Taxes>().find({block.company, block.tax});
    if (!tax) return tax_unknown.about(block.tax);
    if (tax->blocked) return tax_blocked.about(block.tax);
    return TaxBlocked{block.company, block.tax};
}

Decision<TaxUnblocked> decide(const World& world, const UnblockTax& unblock, const Context&) {
    const Tax* tax = world.of<Taxes>().find({unblock.company, unblock.tax});
    if (!tax) return tax_unknown.about(unblock.tax);
    if (!tax->blocked) return tax_not_blocked.about(unblock.tax);
    return TaxUnblocked{unblock.company, unblock.tax};
}

void evolve(Taxes& taxes, const TaxDefined& defined) {
    taxes.put({defined.company, defined.tax}, {defined.terms, defined.name, false, {}, {}, {}});
}

void evolve(Taxes& taxes, const TaxRenamed& renamed) {
    taxes.change({renamed.company, renamed.tax}, [&](Tax& tax) { tax.name = renamed.name; });
}

void evolve(Taxes& taxes, const TaxAccountsSet& set) {
    taxes.change({set.company, set.tax}, [&](Tax& tax) {
        tax.payable = set.payable;
        tax.recoverable = set.recoverable;
        tax.in_transition = set.in_transition;
    });
}

void evolve(Taxes& taxes, const TaxBlocked& blocked) {
    taxes.change({blocked.company, blocked.tax}, [](Tax& tax) { tax.blocked = true; });
}

void evolve(Taxes& taxes, const TaxUnblocked& unblocked) {
    taxes.change({unblocked.company, unblocked.tax}, [](Tax& tax) { tax.blocked = false; });
}

Part tax_codes() {
    return Part()
        .table<Taxes>("taxes.taxes")
        .commands<DefineTax, RenameTax, SetTaxAccounts, BlockTax, UnblockTax>()
        .event<TaxDefined, Taxes>()
        .event<TaxRenamed, Taxes>()
        .event<TaxAccountsSet, Taxes>()
        .event<TaxBlocked, Taxes>()
        .event<TaxUnblocked, Taxes>();
}

}  // namespace kontor::taxes
