// What lines would cost, by the domain's own function and what was known at the corner.
#include "projections/any_day.h"
#include "projections/contracts/contracts.h"
#include "projections/items/item_list.h"
#include "projections/items/units.h"
#include "projections/pricing/pricing.h"

#include <map>
#include <memory>

namespace kontor::pricing {

std::vector<RunningPromotion> PricingModel::running(
    const AsOf& as_of, const CompanyCode& company, const PriceQuestion& question,
    const std::vector<parties::PartyCode>& parties) const {
    std::map<PromotionCode, RunningPromotion> running;
    if (question.use != PriceUse::sale) return {};
    const AsOf known = on_any_day(as_of);
    promotions_.each(known, ordered_key(company), [&](const ListedPromotion& row) {
        const PromotionTerms& terms = row.terms;
        if (question.date < terms.from || terms.until < question.date ||
            terms.currency != question.currency)
            return;
        RunningPromotion is{row.promotion, terms, row.uses, 0, row.spent};
        for (const parties::PartyCode& party : parties)
            if (const auto uses =
                    uses_of_parties_.get(known.rows, {company, row.promotion, party}, known.corner))
                is.uses_of_party += uses->uses;
        running.emplace(row.promotion, std::move(is));
    });
    std::vector<RunningPromotion> all;
    for (auto& [code, each] : running) all.push_back(std::move(each));
    return all;
}

PriceBook PricingModel::book(const AsOf& as_of, const CompanyCode& company,
                             const PriceQuestion& question) const {
    const auto& items = as_of.models.of<items::ItemsModel>();
    const auto& units = as_of.models.of<items::UnitsModel>();
    const Corner known{std::nullopt, as_of.corner.known_at};
    PriceBook book;
    const auto categories =
        std::make_shared<const std::map<items::ItemCategoryCode, items::ListedCategory>>(
            items.categories(as_of, company));
    book.item = [&items, &as_of, company,
                 categories](const items::ItemCode& code) -> std::optional<PricedItem> {
        const auto item = items.find(as_of, company, code);
        if (!item) return std::nullopt;
        PricedItem facts{item->base_unit, item->variant_of, {}};
        auto category = item->category;
        while (category) {
            facts.categories.push_back(*category);
            const auto row = categories->find(*category);
            category = row == categories->end() ? std::nullopt : row->second.parent;
        }
        return facts;
    };
    book.ratio = [&units, &as_of, company](const items::ItemCode& item, Unit from, Unit to) {
        return units.ratio(as_of, company, item, from, to);
    };
    book.list = [this, &as_of, company,
                 known](const PriceListCode& code) -> std::optional<PriceList> {
        const auto list = lists_.get(as_of.rows, {company, code}, known);
        if (!list) return std::nullopt;
        return PriceList{list->use, list->currency, list->based_on, list->adjustments};
    };
    book.prices = [this, &as_of, company](const PriceListCode& list, const auto& item,
                                          const auto& category) {
        std::vector<PriceInForce> found;
        const std::string begins_with =
            ordered_key(company) + ordered_key(list) + ordered_key(item) + ordered_key(category);
        prices_.each(as_of, begins_with, [&](const ListedPrice& price) {
            if (found.empty() || found.back().unit != price.unit)
                found.push_back({price.unit, {price.breaks, price.until}});
        });
        return found;
    };
    book.discounts = [this, &as_of, company, use = question.use](DiscountShelf shelf,
                                                                 const std::string& of) {
        std::vector<std::pair<DiscountCode, DiscountTerms>> found;
        const std::string begins_with =
            ordered_key(company) + ordered_key(use) + ordered_key(shelf) + ordered_key(of);
        shelves_.each(on_any_day(as_of), begins_with, [&](const ListedDiscount& discount) {
            found.emplace_back(discount.discount, discount.terms);
        });
        return found;
    };
    if (question.party) {
        book.parties.push_back(*question.party);
        for (std::size_t n = 0; n < book.parties.size(); ++n) {
            const PartyKey key{company, book.parties[n]};
            if (const auto absorbed = merges_.get(as_of.rows, key, known))
                book.parties.insert(book.parties.end(), absorbed->parties.begin(),
                                    absorbed->parties.end());
            const auto member = members_.get(as_of.rows, key, as_of.corner);
            if (member && !book.group) book.group = member->group;
        }
    }
    std::optional<PriceListCode> of_contract;
    if (question.contract)
        if (const auto contract = as_of.models.of<contracts::ContractsModel>().contract(
                as_of, company, *question.contract))
            of_contract = contract->terms.price_list;
    book.lists = lists_in_order(
        book, question, of_contract,
        [&](const PriceAssignmentKey& key) -> std::optional<PriceListCode> {
            const auto row = assignments_.get(
                as_of.rows, {company, key.use, key.currency, key.party, key.group}, as_of.corner);
            return row ? row->list : std::nullopt;
        },
        company);
    book.promotions = running(as_of, company, question, book.parties);
    return book;
}

void PricingModel::answer(const PriceOf& query, const AsOf& as_of, Page<LinePrice>& page) const {
    const auto company = companies_.get(as_of.rows, {query.company}, on_any_day(as_of).corner);
    if (!company) return page.missing("No company has the code " + query.company.text + ".");
    const std::size_t count = query.items.size();
    for (const std::size_t other : {query.quantities.size(), query.units.size()})
        if (other != 0 && other != count)
            return page.missing("There are " + std::to_string(count) + " items, and " +
                                std::to_string(other) + " of what each of them has.");
    PriceQuestion question;
    question.use = query.use;
    question.party = query.party;
    question.contract = query.contract;
    question.currency = query.currency.value_or(company->base_currency);
    question.date = as_of.corner.valid_at.value_or(last_date);
    question.promotions = query.promotions;
    const auto& units = as_of.models.of<items::UnitsModel>();
    for (std::size_t n = 0; n < count; ++n) {
        const auto unit = query.units.empty() ? units.base_of(as_of, query.company, query.items[n])
                                              : std::optional(query.units[n]);
        const auto quantity = query.quantities.empty()
                                  ? std::optional(Quantity{1'000'000, unit.value_or(Unit{})})
                                  : quantity_from(query.quantities[n], unit.value_or(Unit{}));
        if (!quantity)
            return page.missing("The quantity of line " + std::to_string(n + 1) + " is no number.");
        question.lines.push_back({query.items[n], *quantity});
    }
    const Priced priced = prices_of(book(as_of, query.company, question), question);
    if (priced.fault) return page.missing(priced.fault.text());
    const PricedDocument& document = priced.document;
    PriceTotals totals{document.gross, document.discounts, document.promoted, document.net, {}};
    for (const PromotionGiven& each : document.promotions)
        totals.given.push_back({each.promotion, each.amount});
    page.totals(std::move(totals));
    for (std::size_t n = 0; n < count; ++n) {
        std::string key = ordered_key(static_cast<std::int64_t>(n));
        if (key <= page.after()) continue;
        const PricedLine& line = document.lines[n];
        LinePrice row{static_cast<std::int64_t>(n) + 1,
                      query.items[n],
                      question.lines[n].quantity,
                      line.list,
                      line.unit,
                      line.list_price,
                      line.unit_price,
                      line.gross,
                      line.discounts,
                      line.promotions,
                      line.net,
                      line.steps};
        if (!page.add(std::move(key), std::move(row))) return;
    }
}

}  // namespace kontor::pricing
