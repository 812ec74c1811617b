// How promotions are defined, ended, and counted as they are used.
#include "domain/pricing/promotions.h"

#include "domain/items/item_records.h"
#include "domain/parties/dealings.h"

namespace kontor::pricing {

namespace {

Objection fault_of_gift(const PromotionTerms& terms) {
    constexpr std::int64_t whole = 100'000'000;  // 100 % as a Percent has it
    const int given = terms.percent.has_value() + terms.amount.has_value() + terms.buy.has_value();
    if (given != 1 || terms.buy.has_value() != terms.pay.has_value()) return promotion_is_one_of;
    if (terms.percent && (terms.percent->units <= 0 || terms.percent->units > whole))
        return promotion_is_one_of;
    if (terms.amount && (terms.amount->minor <= 0 || terms.amount->currency != terms.currency))
        return promotion_is_one_of;
    if (terms.buy && *terms.pay >= *terms.buy) return promotion_is_one_of;
    return {};
}

Objection fault_of_limits(const PromotionTerms& terms) {
    for (const auto* amount : {&terms.from_amount, &terms.budget, &terms.most})
        if (*amount && ((*amount)->minor <= 0 || (*amount)->currency != terms.currency))
            return promotion_limits_unfit.about(**amount);
    for (const auto* uses : {&terms.uses, &terms.uses_per_party})
        if (*uses && **uses <= 0) return promotion_limits_unfit.about(std::to_string(**uses));
    return {};
}

Objection fault_of_goods(const World& world, const CompanyCode& company,
                         const PromotionTerms& terms) {
    for (std::size_t n = 0; n < terms.items.size(); ++n)
        if (!world.of<items::Items>().find({company, terms.items[n]}))
            return items::item_unknown.about(terms.items[n]).at("terms/items", n);
    for (std::size_t n = 0; n < terms.categories.size(); ++n)
        if (!world.of<items::ItemCategories>().find({company, terms.categories[n]}))
            return items::item_category_unknown.about(terms.categories[n])
                .at("terms/categories", n);
    return {};
}

}  // namespace

std::int64_t uses_by(const World& world, const CompanyCode& company, const PromotionCode& promotion,
                     const parties::PartyCode& party) {
    std::int64_t uses = 0;
    for (const parties::PartyCode& each : parties::with_absorbed(world, company, party))
        if (const auto* row = world.of<PromotionParties>().find({company, promotion, each}))
            uses += row->uses;
    return uses;
}

Decision<PromotionDefined> decide(const World& world, const DefinePromotion& define,
                                  const Context&) {
    if (!world.of<companies::Companies>().find(define.company))
        return companies::company_unknown.about(define.company);
    if (world.of<Promotions>().find({define.company, define.promotion}))
        return promotion_exists.about(define.promotion);
    const PromotionTerms& terms = define.terms;
    if (Objection fault = fault_of_gift(terms)) return fault;
    if (Objection fault = fault_of_limits(terms)) return fault;
    if (terms.until < terms.from)
        return parties::end_before_beginning.about(terms.from, terms.until);
    if (terms.party)
        if (Objection fault = parties::fault_of_party(world, define.company, *terms.party))
            return fault;
    if (terms.group && !world.of<PriceGroups>().find({define.company, *terms.group}))
        return price_group_unknown.about(*terms.group);
    if (Objection fault = fault_of_goods(world, define.company, terms)) return fault;
    return PromotionDefined{define.company, define.promotion, define.name, terms};
}

Decision<PromotionEnded> decide(const World& world, const EndPromotion& end,
                                const Context& context) {
    const Promotion* promotion = world.of<Promotions>().find({end.company, end.promotion});
    if (!promotion) return promotion_unknown.about(end.promotion);
    const Date until = end.until.value_or(context.today);
    if (until < promotion->terms.from)
        return parties::end_before_beginning.about(promotion->terms.from, until);
    if (promotion->terms.until <= until)
        return promotion_ends_earlier.about(end.promotion, promotion->terms.until);
    return PromotionEnded{end.company, end.promotion, until};
}

Decision<PromotionUsed> decide(const World& world, const UsePromotion& use,
                               const Context& context) {
    const Promotion* promotion = world.of<Promotions>().find({use.company, use.promotion});
    if (!promotion) return promotion_unknown.about(use.promotion);
    const PromotionTerms& terms = promotion->terms;
    const Date date = use.date.value_or(context.today);
    if (date < terms.from || terms.until < date)
        return promotion_not_running.about(use.promotion, date);
    if (!world.of<parties::Parties>().find({use.company, use.party}))
        return parties::party_unknown.about(use.party);
    if (use.amount.minor <= 0 || use.amount.currency != terms.currency ||
        (terms.most && use.amount.minor > terms.most->minor))
        return promotion_use_unfit.about(use.amount);
    const PromotionUse* before =
        world.of<PromotionUses>().find({use.company, use.promotion, use.document});
    if (before && before->party != use.party) return promotion_used_by_other.about(before->party);
    const std::int64_t more = before ? 0 : 1;
    const std::int64_t uses = promotion->uses + more;
    if (more && terms.uses && uses > *terms.uses) return promotion_used_up.about(use.promotion);
    if (more && terms.uses_per_party &&
        uses_by(world, use.company, use.promotion, use.party) >= *terms.uses_per_party)
        return promotion_used_up_by_party.about(use.promotion, use.party);
    const std::int64_t given = before ? before->amount.minor : 0;
    const Money spent = promotion->spent + Money{use.amount.minor - given, terms.currency};
    const std::int64_t budget = terms.budget ? terms.budget->minor : most_money;
    if (use.amount.minor > given && spent.minor > budget)
        return promotion_budget_spent.about(use.promotion, spent);
    const auto* of_party =
        world.of<PromotionParties>().find({use.company, use.promotion, use.party});
    return PromotionUsed{
        use.company, use.promotion, use.document, use.party,
        date,        use.amount,    uses,         (of_party ? of_party->uses : 0) + more,
        spent};
}

Decision<PromotionUseTakenBack> decide(const World& world, const TakeBackPromotion& back,
                                       const Context&) {
    const Promotion* promotion = world.of<Promotions>().find({back.company, back.promotion});
    if (!promotion) return promotion_unknown.about(back.promotion);
    const PromotionUse* use =
        world.of<PromotionUses>().find({back.company, back.promotion, back.document});
    if (!use) return promotion_use_unknown.about(back.promotion, back.document);
    const auto& of_party =
        *world.of<PromotionParties>().find({back.company, back.promotion, use->party});
    return PromotionUseTakenBack{
        back.company, back.promotion,      back.document,     use->party,
        use->amount,  promotion->uses - 1, of_party.uses - 1, promotion->spent - use->amount};
}

void evolve(Promotions& promotions, const PromotionDefined& defined) {
    promotions.put({defined.company, defined.promotion},
                   {defined.terms, 0, {0, defined.terms.currency}});
}

void evolve(Promotions& promotions, const PromotionEnded& ended) {
    promotions.change({ended.company, ended.promotion},
                      [&](Promotion& promotion) { promotion.terms.until = ended.until; });
}

void evolve(Promotions& promotions, const PromotionUsed& used) {
    promotions.change({used.company, used.promotion}, [&](Promotion& promotion) {
        promotion.uses = used.uses;
        promotion.spent = used.spent;
    });
}

void evolve(Promotions& promotions, const PromotionUseTakenBack& back) {
    promotions.change({back.company, back.promotion}, [&](Promotion& promotion) {
        promotion.uses = back.uses;
        promotion.spent = back.spent;
    });
}

void evolve(PromotionDays& days, const PromotionDefined& defined) {
    days.put({defined.company, defined.terms.until, defined.promotion}, {defined.terms.from});
}

void evolve(PromotionUses& uses, const PromotionUsed& used) {
    uses.put({used.company, used.promotion, used.document}, {used.party, used.amount});
}

void evolve(PromotionUses& uses, const PromotionUseTakenBack& back) {
    uses.erase({back.company, back.promotion, back.document});
}

void evolve(PromotionParties& parties, const PromotionUsed& used) {
    parties.put({used.company, used.promotion, used.party}, {used.uses_of_party});
}

void evolve(PromotionParties& parties, const PromotionUseTakenBack& back) {
    parties.put({back.company, back.promotion, back.party}, {back.uses_of_party});
}

Part promotions() {
    return Part()
        .table<Promotions>("pricing.promotions")
        .table<PromotionDays>("pricing.promotion_days")
        .table<PromotionUses>("pricing.promotion_uses")
        .table<PromotionParties>("pricing.promotion_parties")
        .commands<DefinePromotion, EndPromotion, UsePromotion, TakeBackPromotion>()
        .event<PromotionDefined, Promotions, PromotionDays>()
        .event<PromotionEnded, Promotions>()
        .event<PromotionUsed, Promotions, PromotionUses, PromotionParties>()
        .event<PromotionUseTakenBack, Promotions, PromotionUses, PromotionParties>();
}

}  // namespace kontor::pricing
