// How price lists, discounts and promotions are listed. Prices, groups and assignments have two
// times; names, ends and uses have one, when they became known.
#include "projections/pricing/pricing.h"

#include "projections/any_day.h"

namespace kontor::pricing {

void PricingModel::on(const companies::CompanyCreated& created, const Recorded& recorded) {
    companies_.put(recorded, {created.company}, first_date, {created.base_currency});
}

void PricingModel::on(const parties::PartiesMerged& merged, const Recorded& recorded) {
    const PartyKey key{merged.company, merged.into};
    Absorbed absorbed = merges_.get(recorded.rows, key, Corner{}).value_or(Absorbed{});
    absorbed.parties.push_back(merged.party);
    merges_.put(recorded, key, first_date, absorbed);
}

void PricingModel::on(const parties::PartyMergeUndone& undone, const Recorded& recorded) {
    merges_.change_always(recorded, {undone.company, undone.into},
                          [&](Absorbed& absorbed) { std::erase(absorbed.parties, undone.party); });
}

void PricingModel::on(const PriceListDefined& defined, const Recorded& recorded) {
    lists_.put(recorded, {defined.company, defined.list}, first_date,
               {defined.list,
                defined.name,
                defined.use,
                defined.currency,
                defined.based_on,
                {{first_date, defined.percent, defined.round_to}}});
}

void PricingModel::on(const PriceListRenamed& renamed, const Recorded& recorded) {
    lists_.change_always(recorded, {renamed.company, renamed.list},
                         [&](ListedPriceList& list) { list.name = renamed.name; });
}

void PricingModel::on(const PriceListAdjusted& adjusted, const Recorded& recorded) {
    lists_.change_always(recorded, {adjusted.company, adjusted.list}, [&](ListedPriceList& list) {
        auto& all = list.adjustments;
        std::erase_if(all, [&](const PriceAdjustment& each) { return each.from == adjusted.from; });
        all.push_back({adjusted.from, adjusted.percent, adjusted.round_to});
        std::ranges::sort(all, {}, &PriceAdjustment::from);
    });
}

void PricingModel::on(const PricesSet& set, const Recorded& recorded) {
    for (const PricedLineOfList& line : set.prices)
        prices_.put(
            recorded, {set.company, set.list, line.item, line.category, line.unit, -set.from.days},
            set.from,
            {set.list, line.item, line.category, line.unit, set.from, line.until, line.breaks});
}

void PricingModel::on(const PriceWithdrawn& gone, const Recorded& recorded) {
    prices_.erase(recorded,
                  {gone.company, gone.list, gone.item, gone.category, gone.unit, -gone.from.days},
                  gone.from);
}

void PricingModel::on(const PriceGroupDefined& defined, const Recorded& recorded) {
    groups_.put(recorded, {defined.company, defined.group}, first_date,
                {defined.group, defined.name});
}

void PricingModel::on(const PartyPutIntoPriceGroup& put, const Recorded& recorded) {
    members_.put(recorded, {put.company, put.party}, put.from, {put.party, put.group, put.from});
}

void PricingModel::on(const PriceListAssigned& assigned, const Recorded& recorded) {
    assignments_.put(
        recorded,
        {assigned.company, assigned.use, assigned.currency, assigned.party, assigned.group},
        assigned.from,
        {assigned.use, assigned.currency, assigned.party, assigned.group, assigned.list,
         assigned.from});
}

void PricingModel::on(const DiscountDefined& defined, const Recorded& recorded) {
    const ListedDiscount row{defined.discount, defined.name, defined.terms};
    discounts_.put(recorded, {defined.company, defined.discount}, first_date, row);
    shelves_.put(recorded, shelved(defined.company, defined.discount, defined.terms), first_date,
                 row);
}

void PricingModel::on(const DiscountEnded& ended, const Recorded& recorded) {
    const auto end = [&](ListedDiscount& discount) { discount.terms.until = ended.until; };
    discounts_.change_always(recorded, {ended.company, ended.discount}, end);
    const auto row = discounts_.get(recorded.rows, {ended.company, ended.discount}, Corner{});
    shelves_.change_always(recorded, shelved(ended.company, ended.discount, row->terms), end);
}

void PricingModel::on(const PromotionDefined& defined, const Recorded& recorded) {
    promotions_.put(
        recorded, {defined.company, defined.promotion}, first_date,
        {defined.promotion, defined.name, defined.terms, 0, Money{0, defined.terms.currency}});
}

void PricingModel::on(const PromotionEnded& ended, const Recorded& recorded) {
    promotions_.change_always(
        recorded, {ended.company, ended.promotion},
        [&](ListedPromotion& promotion) { promotion.terms.until = ended.until; });
}

void PricingModel::on(const PromotionUsed& used, const Recorded& recorded) {
    promotions_.change_always(recorded, {used.company, used.promotion},
                              [&](ListedPromotion& promotion) {
                                  promotion.uses = used.uses;
                                  promotion.spent = used.spent;
                              });
    uses_.put(recorded, {used.company, used.promotion, used.document}, first_date,
              {used.promotion, used.document, used.party, used.date, used.amount});
    uses_of_parties_.put(recorded, {used.company, used.promotion, used.party}, first_date,
                         {used.uses_of_party});
}

void PricingModel::on(const PromotionUseTakenBack& back, const Recorded& recorded) {
    promotions_.change_always(recorded, {back.company, back.promotion},
                              [&](ListedPromotion& promotion) {
                                  promotion.uses = back.uses;
                                  promotion.spent = back.spent;
                              });
    uses_.erase(recorded, {back.company, back.promotion, back.document}, first_date);
    uses_of_parties_.put(recorded, {back.company, back.promotion, back.party}, first_date,
                         {back.uses_of_party});
}

void PricingModel::answer(const PriceListList& query, const AsOf& as_of,
                          Page<ListedPriceList>& page) const {
    lists_.list(as_of, ordered_key(query.company), page,
                [&](const ListedPriceList& list) { return !query.use || list.use == *query.use; });
}

void PricingModel::answer(const PriceEntries& query, const AsOf& as_of,
                          Page<ListedPrice>& page) const {
    std::string begins_with = ordered_key(query.company);
    if (query.list) begins_with += ordered_key(*query.list);
    prices_.list(as_of, begins_with, page,
                 [&](const ListedPrice& price) { return !query.item || price.item == query.item; });
}

void PricingModel::answer(const PriceGroupList& query, const AsOf& as_of,
                          Page<ListedPriceGroup>& page) const {
    groups_.list(as_of, ordered_key(query.company), page);
}

void PricingModel::answer(const PriceGroupMembers& query, const AsOf& as_of,
                          Page<ListedGroupMember>& page) const {
    members_.list(as_of, ordered_key(query.company), page, [&](const ListedGroupMember& member) {
        return member.group && (!query.group || member.group == query.group);
    });
}

void PricingModel::answer(const PriceAssignmentList& query, const AsOf& as_of,
                          Page<ListedAssignment>& page) const {
    assignments_.list(as_of, ordered_key(query.company), page,
                      [](const ListedAssignment& row) { return row.list.has_value(); });
}

void PricingModel::answer(const DiscountList& query, const AsOf& as_of,
                          Page<ListedDiscount>& page) const {
    const Date day = as_of.corner.valid_at.value_or(last_date);
    discounts_.list(on_any_day(as_of), ordered_key(query.company), page,
                    [&](const ListedDiscount& row) {
                        const DiscountTerms& terms = row.terms;
                        if (query.use && terms.use != *query.use) return false;
                        if (query.party && terms.party != query.party) return false;
                        if (query.item && terms.item != query.item) return false;
                        return terms.from <= day && (!terms.until || day <= *terms.until);
                    });
}

void PricingModel::answer(const PromotionList& query, const AsOf& as_of,
                          Page<ListedPromotion>& page) const {
    const auto& day = as_of.corner.valid_at;
    promotions_.list(on_any_day(as_of), ordered_key(query.company), page,
                     [&](const ListedPromotion& row) {
                         return !day || (row.terms.from <= *day && *day <= row.terms.until);
                     });
}

void PricingModel::answer(const PromotionUseList& query, const AsOf& as_of,
                          Page<ListedPromotionUse>& page) const {
    std::string begins_with = ordered_key(query.company);
    if (query.promotion) begins_with += ordered_key(*query.promotion);
    uses_.list(as_of, begins_with, page, [&](const ListedPromotionUse& use) {
        return !query.party || use.party == *query.party;
    });
}

ReadModelSpec pricing_model() {
    return ReadModelSpec::of<PricingModel>("pricing", 1, "pricing")
        .folding<PricingModel, companies::CompanyCreated, parties::PartiesMerged,
                 parties::PartyMergeUndone, PriceListDefined, PriceListRenamed, PriceListAdjusted,
                 PricesSet, PriceWithdrawn, PriceGroupDefined, PartyPutIntoPriceGroup,
                 PriceListAssigned, DiscountDefined, DiscountEnded, PromotionDefined,
                 PromotionEnded, PromotionUsed, PromotionUseTakenBack>()
        .answering<PricingModel, PriceListList, ListedPriceList>()
        .answering<PricingModel, PriceEntries, ListedPrice>()
        .answering<PricingModel, PriceGroupList, ListedPriceGroup>()
        .answering<PricingModel, PriceGroupMembers, ListedGroupMember>()
        .answering<PricingModel, PriceAssignmentList, ListedAssignment>()
        .answering<PricingModel, DiscountList, ListedDiscount>()
        .answering<PricingModel, PromotionList, ListedPromotion>()
        .answering<PricingModel, PromotionUseList, ListedPromotionUse>()
        .answering<PricingModel, PriceOf, LinePrice>();
}

}  // namespace kontor::pricing
