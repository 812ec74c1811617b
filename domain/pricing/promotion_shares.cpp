// How a promotion finds its goods, and what each line has of it.
#include "domain/pricing/promotion_shares.h"

#include <algorithm>
#include <numeric>

namespace kontor::pricing {

namespace {

bool holds(const auto& all, const auto& one) { return std::ranges::find(all, one) != all.end(); }

bool is_of_goods(const PromotionTerms& terms, const PromotableLine& line) {
    if (terms.items.empty() && terms.categories.empty()) return true;
    if (holds(terms.items, line.item)) return true;
    if (line.facts.variant_of && holds(terms.items, *line.facts.variant_of)) return true;
    return std::ranges::any_of(line.facts.categories,
                               [&](const auto& each) { return holds(terms.categories, each); });
}

bool is_for(const PriceBook& book, const PriceQuestion& question,
            const RunningPromotion& promotion) {
    const PromotionTerms& terms = promotion.terms;
    if (terms.on_request && !holds(question.promotions, promotion.promotion)) return false;
    if (terms.party && !holds(book.parties, *terms.party)) return false;
    if (terms.group && book.group != terms.group) return false;
    if (terms.uses && promotion.uses >= *terms.uses) return false;
    return !terms.uses_per_party || promotion.uses_of_party < *terms.uses_per_party;
}

// Of all whole units of the lines every `buy` are paid as `pay`: the cheapest are free, of lines
// that cost the same the earlier.
std::vector<Money> free_units(const PromotionTerms& terms,
                              const std::vector<PromotableLine*>& lines, Currency currency) {
    constexpr std::int64_t one = 1'000'000;
    std::int64_t units = 0;
    for (const PromotableLine* each : lines) units += each->base_micro / one;
    std::int64_t free = units / *terms.buy * (*terms.buy - *terms.pay);
    std::vector<std::size_t> order(lines.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto unit_cost = [&](std::size_t n) {
        return divide(Wide{lines[n]->line->net.minor} * one * one, lines[n]->base_micro,
                      Rounding::half_up);
    };
    std::ranges::stable_sort(order, {}, unit_cost);
    std::vector<Money> given(lines.size(), Money{0, currency});
    for (const std::size_t n : order) {
        const std::int64_t taken = std::min(free, lines[n]->base_micro / one);
        given[n].minor =
            static_cast<std::int64_t>(divide(Wide{lines[n]->line->net.minor} * taken * one,
                                             lines[n]->base_micro, Rounding::half_up));
        free -= taken;
    }
    return given;
}

std::vector<std::int64_t> minor_of(const std::vector<Money>& amounts) {
    std::vector<std::int64_t> minor;
    for (const Money& each : amounts) minor.push_back(each.minor);
    return minor;
}

// What each line has of a promotion; empty when it gives nothing.
std::vector<Money> shares_of(const RunningPromotion& promotion,
                             const std::vector<PromotableLine*>& lines) {
    const PromotionTerms& terms = promotion.terms;
    std::vector<Money> nets;
    for (const PromotableLine* each : lines) nets.push_back(each->line->net);
    const Money goods = std::accumulate(nets.begin(), nets.end(), Money{0, terms.currency});
    if (terms.from_amount && goods.minor < terms.from_amount->minor) return {};
    std::vector<Money> given;
    if (terms.buy) {
        given = free_units(terms, lines, terms.currency);
    } else {
        const Money whole =
            terms.percent ? percent_of(goods, *terms.percent, Rounding::half_up).value_or(goods)
                          : Money{std::min(terms.amount->minor, goods.minor), terms.currency};
        given = allocate(whole, minor_of(nets));
    }
    const Money whole = std::accumulate(given.begin(), given.end(), Money{0, terms.currency});
    std::int64_t most = whole.minor;
    if (terms.most) most = std::min(most, terms.most->minor);
    if (terms.budget) most = std::min(most, terms.budget->minor - promotion.spent.minor);
    if (most <= 0) return {};
    return most == whole.minor ? given : allocate({most, terms.currency}, minor_of(given));
}

}  // namespace

std::vector<PromotionGiven> give_promotions(const PriceBook& book, const PriceQuestion& question,
                                            std::vector<PromotableLine>& lines) {
    std::vector<const RunningPromotion*> running;
    for (const RunningPromotion& each : book.promotions)
        if (is_for(book, question, each)) running.push_back(&each);
    std::ranges::stable_sort(running, {},
                             [](const RunningPromotion* each) { return each->terms.order; });
    std::vector<PromotionGiven> all;
    enum class Has { nothing, combining, alone };
    std::vector<Has> has(lines.size(), Has::nothing);
    for (const RunningPromotion* promotion : running) {
        const PromotionTerms& terms = promotion->terms;
        std::vector<PromotableLine*> goods;
        std::vector<std::size_t> places;
        for (std::size_t n = 0; n < lines.size(); ++n) {
            const bool open =
                has[n] == Has::nothing || (has[n] == Has::combining && terms.combines);
            if (!open || lines[n].closed || !is_of_goods(terms, lines[n])) continue;
            goods.push_back(&lines[n]);
            places.push_back(n);
        }
        if (goods.empty()) continue;
        const std::vector<Money> shares = shares_of(*promotion, goods);
        PromotionGiven given{promotion->promotion, {0, terms.currency}};
        for (std::size_t n = 0; n < shares.size(); ++n) {
            if (shares[n].minor == 0) continue;
            PricedLine& line = *goods[n]->line;
            line.promotions = line.promotions + shares[n];
            line.net = line.net - shares[n];
            line.steps.push_back({PriceStepKind::promotion, promotion->promotion.text,
                                  terms.percent, std::nullopt, -shares[n]});
            has[places[n]] = terms.combines ? Has::combining : Has::alone;
            given.amount = given.amount + shares[n];
        }
        if (given.amount.minor != 0) all.push_back(std::move(given));
    }
    return all;
}

}  // namespace kontor::pricing
