// How payment terms are defined, changed, renamed and blocked.
#include "domain/contracts/payment_terms.h"

#include "domain/core/catalog.h"

namespace kontor::contracts {

namespace {

constexpr std::int64_t whole = 100'000'000;  // 100 % as a Percent has it

std::string said(Percent percent) {
    return short_decimal_text(percent.units, Percent::digits) + " %";
}

Objection fault_of_parts(const std::vector<Instalment>& instalments) {
    std::int64_t sum = 0;
    std::size_t rests = 0;
    for (std::size_t n = 0; n < instalments.size(); ++n) {
        if (!instalments[n].percent) {
            ++rests;
            continue;
        }
        const std::int64_t units = instalments[n].percent->units;
        if (units <= 0 || units > whole)
            return instalments_not_whole.about(said(*instalments[n].percent))
                .at("conditions/instalments", n);
        sum += units;
    }
    if (rests > 1 || (rests == 0 ? sum != whole : sum >= whole))
        return instalments_not_whole.about(said({sum}));
    return {};
}

bool fits(const DueRule& rule) {
    const bool fixed = rule.then == DueDay::day_of_month || rule.then == DueDay::next_day_of_month;
    return fixed == rule.day.has_value();
}

Objection fault_of_days(const std::vector<Instalment>& instalments) {
    for (std::size_t n = 0; n < instalments.size(); ++n) {
        bool fit = fits(instalments[n].due);
        for (const DiscountStep& step : instalments[n].discounts) fit = fit && fits(step.within);
        if (!fit) return Objection(due_day_unfit).at("conditions/instalments", n);
    }
    return {};
}

Objection fault_of_discounts(const std::vector<Instalment>& instalments) {
    for (std::size_t n = 0; n < instalments.size(); ++n) {
        std::int64_t before = whole;
        for (const DiscountStep& step : instalments[n].discounts) {
            if (step.percent.units <= 0 || step.percent.units >= before)
                return discount_steps_unfit.about(said(step.percent))
                    .at("conditions/instalments", n);
            before = step.percent.units;
        }
    }
    return {};
}

Objection fault_of(const PaymentConditions& conditions) {
    if (Objection fault = fault_of_parts(conditions.instalments)) return fault;
    if (Objection fault = fault_of_days(conditions.instalments)) return fault;
    return fault_of_discounts(conditions.instalments);
}

}  // namespace

Objection fault_of_payment_terms(const World& world, const CompanyCode& company,
                                 const PaymentTermsCode& code) {
    const PaymentTerms* terms = world.of<PaymentTermsTable>().find({company, code});
    if (!terms) return payment_terms_unknown.about(code);
    if (terms->blocked) return payment_terms_blocked.about(code);
    return {};
}

std::int64_t payment_terms_version_on(const World& world, const CompanyCode& company,
                                      const PaymentTermsCode& code, Date document) {
    const PaymentTerms* terms = world.of<PaymentTermsTable>().find({company, code});
    if (!terms) return 0;
    std::size_t version = terms->versions.size();
    while (version > 1 && document < terms->versions[version - 1].from) --version;
    return static_cast<std::int64_t>(version);
}

const PaymentConditions* payment_conditions(const World& world, const CompanyCode& company,
                                            const PaymentTermsCode& code, std::int64_t version) {
    const PaymentTerms* terms = world.of<PaymentTermsTable>().find({company, code});
    if (!terms || version < 1 || version > static_cast<std::int64_t>(terms->versions.size()))
        return nullptr;
    return &terms->versions[static_cast<std::size_t>(version - 1)].conditions;
}

Decision<PaymentTermsDefined> decide(const World& world, const DefinePaymentTerms& define,
                                     const Context&) {
    if (!world.of<companies::Companies>().find(define.company))
        return companies::company_unknown.about(define.company);
    if (world.of<PaymentTermsTable>().find({define.company, define.terms}))
        return payment_terms_exist.about(define.terms);
    if (Objection fault = fault_of(define.conditions)) return fault;
    return PaymentTermsDefined{define.company, define.terms, define.name, define.conditions};
}

Decision<PaymentTermsChanged> decide(const World& world, const ChangePaymentTerms& change,
                                     const Context& context) {
    const PaymentTerms* terms = world.of<PaymentTermsTable>().find({change.company, change.terms});
    if (!terms) return payment_terms_unknown.about(change.terms);
    if (Objection fault = fault_of(change.conditions)) return fault;
    const PaymentTermsVersion& last = terms->versions.back();
    if (change.conditions == last.conditions) return payment_terms_unchanged.about(change.terms);
    const Date from = change.from.value_or(context.today);
    if (from <= last.from) return payment_terms_version_early.about(change.terms, last.from);
    return PaymentTermsChanged{change.company, change.terms,
                               static_cast<std::int64_t>(terms->versions.size()) + 1, from,
                               change.conditions};
}

Decision<PaymentTermsRenamed> decide(const World& world, const RenamePaymentTerms& rename,
                                     const Context&) {
    if (!world.of<PaymentTermsTable>().find({rename.company, rename.terms}))
        return payment_terms_unknown.about(rename.terms);
    return PaymentTermsRenamed{rename.company, rename.terms, rename.name};
}

Decision<PaymentTermsBlocked> decide(const World& world, const BlockPaymentTerms& block,
                                     const Context&) {
    if (Objection fault = fault_of_payment_terms(world, block.company, block.terms)) return fault;
    return PaymentTermsBlocked{block.company, block.terms};
}

Decision<PaymentTermsUnblocked> decide(const World& world, const UnblockPaymentTerms& unblock,
                                       const Context&) {
    const PaymentTerms* terms =
        world.of<PaymentTermsTable>().find({unblock.company, unblock.terms});
    if (!terms) return payment_terms_unknown.about(unblock.terms);
    if (!terms->blocked) return payment_terms_not_blocked.about(unblock.terms);
    return PaymentTermsUnblocked{unblock.company, unblock.terms};
}

void evolve(PaymentTermsTable& table, const PaymentTermsDefined& defined) {
    table.put({defined.company, defined.terms}, {{{first_date, defined.conditions}}, false});
}

void evolve(PaymentTermsTable& table, const PaymentTermsChanged& changed) {
    table.change({changed.company, changed.terms}, [&](PaymentTerms& terms) {
        terms.versions.push_back({changed.from, changed.conditions});
    });
}

void evolve(PaymentTermsTable& table, const PaymentTermsBlocked& blocked) {
    table.change({blocked.company, blocked.terms},
                 [](PaymentTerms& terms) { terms.blocked = true; });
}

void evolve(PaymentTermsTable& table, const PaymentTermsUnblocked& unblocked) {
    table.change({unblocked.company, unblocked.terms},
                 [](PaymentTerms& terms) { terms.blocked = false; });
}

Part payment_terms() {
    return Part()
        .table<PaymentTermsTable>("contracts.payment_terms")
        .commands<DefinePaymentTerms, ChangePaymentTerms, RenamePaymentTerms, BlockPaymentTerms,
                  UnblockPaymentTerms>()
        .event<PaymentTermsDefined, PaymentTermsTable>()
        .event<PaymentTermsChanged, PaymentTermsTable>()
        .event<PaymentTermsRenamed>()
        .event<PaymentTermsBlocked, PaymentTermsTable>()
        .event<PaymentTermsUnblocked, PaymentTermsTable>();
}

}  // namespace kontor::contracts
