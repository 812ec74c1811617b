// What decisions know of prices, as the pure function asks for it.
#include "domain/contracts/contract_defaults.h"
#include "domain/items/item_records.h"
#include "domain/parties/dealings.h"
#include "domain/pricing/prices.h"

namespace kontor::pricing {

namespace {

std::optional<PricedItem> item_on(const World& world, const CompanyCode& company,
                                  const items::ItemCode& code, Date day) {
    const items::Item* item = world.of<items::Items>().find({company, code});
    if (!item) return std::nullopt;
    PricedItem facts{item->base_unit, item->variant_of, {}};
    auto category = items::category_of(world, company, code, day);
    while (category) {
        facts.categories.push_back(*category);
        category = world.of<items::ItemCategories>().find({company, *category})->parent;
    }
    return facts;
}

std::vector<PriceInForce> prices_on(const World& world, const PriceKey& of) {
    std::vector<PriceInForce> found;
    PriceKey from = of;
    from.from = first_date;
    for (const auto& [key, price] : world.of<Prices>().from(from)) {
        if (key.company != of.company || key.list != of.list || key.item != of.item ||
            key.category != of.category)
            break;
        if (of.from < key.from) continue;
        if (found.empty() || found.back().unit != key.unit) found.push_back({key.unit, {}});
        found.back().price = price;
    }
    return found;
}

std::vector<std::pair<DiscountCode, DiscountTerms>> discounts_under(const World& world,
                                                                    const ShelvedDiscountKey& of) {
    std::vector<std::pair<DiscountCode, DiscountTerms>> found;
    for (const auto& [key, shelved] : world.of<ShelvedDiscounts>().from(of)) {
        if (key.company != of.company || key.use != of.use || key.shelf != of.shelf ||
            key.of != of.of)
            break;
        found.emplace_back(key.discount, *world.of<Discounts>().find({of.company, key.discount}));
    }
    return found;
}

std::vector<RunningPromotion> promotions_on(const World& world, const CompanyCode& company,
                                            const PriceQuestion& question) {
    std::map<PromotionCode, RunningPromotion> running;
    if (question.use != PriceUse::sale) return {};
    for (const auto& [key, day] : world.of<PromotionDays>().from({company, question.date, {}})) {
        if (key.company != company) break;
        const Promotion& promotion = *world.of<Promotions>().find({company, key.promotion});
        const PromotionTerms& terms = promotion.terms;
        if (question.date < terms.from || terms.until < question.date ||
            terms.currency != question.currency)
            continue;
        RunningPromotion is{key.promotion, terms, promotion.uses, 0, promotion.spent};
        if (question.party)
            is.uses_of_party = uses_by(world, company, key.promotion, *question.party);
        const auto* own =
            question.document
                ? world.of<PromotionUses>().find({company, key.promotion, *question.document})
                : nullptr;
        if (own) {
            --is.uses;
            --is.uses_of_party;
            is.spent = is.spent - own->amount;
        }
        running.emplace(key.promotion, std::move(is));
    }
    std::vector<RunningPromotion> all;
    for (auto& [code, each] : running) all.push_back(std::move(each));
    return all;
}

}  // namespace

std::vector<PriceListCode> lists_in_order(
    const PriceBook& book, const PriceQuestion& question,
    const std::optional<PriceListCode>& of_contract,
    const std::function<std::optional<PriceListCode>(const PriceAssignmentKey&)>& assigned,
    const CompanyCode& company) {
    std::vector<PriceListCode> lists;
    const auto add = [&](const std::optional<PriceListCode>& code) {
        const auto list = code ? book.list(*code) : std::nullopt;
        if (list && list->use == question.use && list->currency == question.currency)
            lists.push_back(*code);
    };
    PriceAssignmentKey key{company, question.use, question.currency, {}, {}, question.date};
    add(of_contract);
    for (const parties::PartyCode& party : book.parties) {
        key.party = party;
        add(assigned(key));
    }
    key.party.reset();
    if (book.group) {
        key.group = book.group;
        add(assigned(key));
        key.group.reset();
    }
    add(assigned(key));
    return lists;
}

PriceBook price_book_on(const World& world, const CompanyCode& company,
                        const PriceQuestion& question) {
    PriceBook book;
    const Date day = question.date;
    book.item = [&world, company, day](const items::ItemCode& code) {
        return item_on(world, company, code, day);
    };
    book.ratio = [&world, company](const items::ItemCode& item, Unit from, Unit to) {
        return items::ratio_between(world, company, item, from, to);
    };
    book.list = [&world, company](const PriceListCode& code) -> std::optional<PriceList> {
        const PriceList* list = world.of<PriceLists>().find({company, code});
        return list ? std::optional(*list) : std::nullopt;
    };
    book.prices = [&world, company, day](const PriceListCode& list, const auto& item,
                                         const auto& category) {
        return prices_on(world, {company, list, item, category, {}, day});
    };
    book.discounts = [&world, company, use = question.use](DiscountShelf shelf,
                                                           const std::string& of) {
        return discounts_under(world, {company, use, shelf, of, {}});
    };
    if (question.party) {
        book.parties = parties::with_absorbed(world, company, *question.party);
        book.group = price_group_of(world, company, *question.party, day);
    }
    std::optional<PriceListCode> of_contract;
    if (question.contract)
        if (const auto* terms =
                contracts::contract_terms_on(world, company, *question.contract, day))
            of_contract = terms->price_list;
    book.lists = lists_in_order(
        book, question, of_contract,
        [&](const PriceAssignmentKey& key) { return list_assigned(world, key); }, company);
    book.promotions = promotions_on(world, company, question);
    return book;
}

Priced prices_of(const World& world, const CompanyCode& company, const PriceQuestion& question) {
    return prices_of(price_book_on(world, company, question), question);
}

}  // namespace kontor::pricing
