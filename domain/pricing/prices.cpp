// How a price is found, adjusted and discounted, and a line explained.
#include "domain/pricing/prices.h"

#include "domain/items/item_records.h"
#include "domain/pricing/promotion_shares.h"

#include <algorithm>
#include <map>

namespace kontor::pricing {

namespace {

constexpr std::int64_t whole = 100'000'000;  // 100 % as a Percent has it

// A line's item and quantity as all that follows asks for them.
struct Line {
    const AskedPrice& asked;
    PricedItem facts;
    items::ExactQuantity base;  // in the item's base unit
};

struct Adjusted {
    PriceListCode list;
    Percent percent;
    UnitPrice price;  // that it leaves
};

struct Found {
    PriceListCode list;  // where the price stands
    Unit unit;
    items::ExactQuantity quantity;  // in that unit
    UnitPrice price;
    std::vector<Adjusted> adjusted;  // from that list up to the one that was asked

    UnitPrice offered() const { return adjusted.empty() ? price : adjusted.back().price; }
};

std::optional<items::ExactQuantity> in_unit(const PriceBook& book, const AskedPrice& asked,
                                            Unit unit) {
    const auto ratio = book.ratio(asked.item, asked.quantity.unit, unit);
    return ratio ? items::converted(items::exact(asked.quantity), *ratio, unit) : std::nullopt;
}

bool reaches(const items::ExactQuantity& quantity, Quantity least) {
    return Wide{quantity.numerator} >= Wide{least.micro} * quantity.denominator;
}

// quantity x price in the currency's smallest unit, halves away from zero.
std::optional<Money> amount_of(const items::ExactQuantity& quantity, UnitPrice price) {
    const int digits = Quantity::digits + UnitPrice::digits - minor_digits(price.currency);
    const Wide minor = divide(Wide{quantity.numerator} * price.units,
                              Wide{quantity.denominator} * ten_to(digits), Rounding::half_up);
    if (minor > most_money) return std::nullopt;
    return Money{static_cast<std::int64_t>(minor), price.currency};
}

UnitPrice part_of(UnitPrice price, std::int64_t hundredths) {
    return {
        static_cast<std::int64_t>(divide(Wide{price.units} * hundredths, whole, Rounding::half_up)),
        price.currency};
}

UnitPrice adjusted_by(UnitPrice price, const PriceAdjustment& adjustment) {
    UnitPrice result = part_of(price, whole + adjustment.percent.units);
    if (adjustment.round_to) {
        const std::int64_t step = adjustment.round_to->units;
        result.units =
            static_cast<std::int64_t>(divide(result.units, step, Rounding::half_up)) * step;
    }
    return result;
}

// The price of the largest quantity that the line reaches; null when it reaches none.
const UnitPrice* price_at(const KeptPrice& price, const items::ExactQuantity& quantity) {
    const UnitPrice* found = nullptr;
    for (const PriceBreak& each : price.breaks)
        if (!each.quantity || reaches(quantity, *each.quantity)) found = &each.price;
    return found;
}

// Prices in the unit that was asked for come first, then those in the base unit, then others by the
// code of their unit.
std::optional<Found> price_among(const PriceBook& book, const PriceQuestion& question,
                                 const PriceListCode& list, const Line& line,
                                 const std::vector<PriceInForce>& prices) {
    std::map<std::pair<int, Unit>, const KeptPrice*> by_unit;
    for (const PriceInForce& each : prices) {
        if (each.price.until && *each.price.until < question.date) continue;
        const Unit unit = each.unit.value_or(line.facts.base_unit);
        const int rank = unit == line.asked.quantity.unit ? 0
                         : unit == line.facts.base_unit   ? 1
                                                          : 2;
        by_unit.emplace(std::pair{rank, unit}, &each.price);
    }
    for (const auto& [rank, price] : by_unit) {
        const auto quantity = in_unit(book, line.asked, rank.second);
        if (!quantity) continue;
        if (const UnitPrice* at = price_at(*price, *quantity))
            return Found{list, rank.second, *quantity, *at, {}};
    }
    return std::nullopt;
}

// What a list says of the item itself, else of its template, else of its categories from the
// nearest up; else what the list below says, adjusted.
std::optional<Found> price_in(const PriceBook& book, const PriceQuestion& question,
                              const PriceListCode& code, const Line& line) {
    const auto list = book.list(code);
    if (!list) return std::nullopt;
    const auto look = [&](const std::optional<items::ItemCode>& item,
                          const std::optional<items::ItemCategoryCode>& category) {
        return price_among(book, question, code, line, book.prices(code, item, category));
    };
    if (auto found = look(line.asked.item, {})) return found;
    if (line.facts.variant_of)
        if (auto found = look(line.facts.variant_of, {})) return found;
    for (const items::ItemCategoryCode& category : line.facts.categories)
        if (auto found = look({}, category)) return found;
    if (!list->based_on) return std::nullopt;
    auto found = price_in(book, question, *list->based_on, line);
    if (found) {
        const PriceAdjustment& adjustment = adjustment_on(*list, question.date);
        found->adjusted.push_back(
            {code, adjustment.percent, adjusted_by(found->offered(), adjustment)});
    }
    return found;
}

// Whether a discount is for the line: all that it names is so.
bool is_for(const PriceBook& book, const PriceQuestion& question, const PriceListCode& list,
            const Line& line, const DiscountTerms& terms) {
    const auto is_in = [](const auto& all, const auto& one) {
        return std::ranges::find(all, one) != all.end();
    };
    if (question.date < terms.from || (terms.until && *terms.until < question.date)) return false;
    if (terms.per_unit && terms.per_unit->currency != question.currency) return false;
    if (terms.party && !is_in(book.parties, *terms.party)) return false;
    if (terms.group && book.group != terms.group) return false;
    if (terms.contract && question.contract != terms.contract) return false;
    if (terms.item && line.asked.item != *terms.item && line.facts.variant_of != terms.item)
        return false;
    if (terms.category && !is_in(line.facts.categories, *terms.category)) return false;
    if (terms.list && list != *terms.list) return false;
    if (!terms.from_quantity) return true;
    const auto quantity = in_unit(book, line.asked, terms.from_quantity->unit);
    return quantity && reaches(*quantity, *terms.from_quantity);
}

using Candidates = std::map<std::pair<std::int64_t, DiscountCode>, DiscountTerms>;

Candidates discounts_for(const PriceBook& book, const PriceQuestion& question,
                         const PriceListCode& list, const Line& line) {
    Candidates all;
    const auto look = [&](DiscountShelf shelf, const std::string& of) {
        for (auto& [code, terms] : book.discounts(shelf, of))
            if (is_for(book, question, list, line, terms)) all[{terms.stage, code}] = terms;
    };
    look(DiscountShelf::all, "");
    for (const auto& party : book.parties) look(DiscountShelf::party, party.text);
    if (question.contract) look(DiscountShelf::contract, question.contract->text);
    if (book.group) look(DiscountShelf::group, book.group->text);
    look(DiscountShelf::item, line.asked.item.text);
    if (line.facts.variant_of) look(DiscountShelf::item, line.facts.variant_of->text);
    for (const auto& category : line.facts.categories) look(DiscountShelf::category, category.text);
    look(DiscountShelf::list, list.text);
    return all;
}

// What a discount leaves of a price for one of a unit.
UnitPrice discounted(const PriceBook& book, const Line& line, Unit unit, UnitPrice price,
                     const DiscountTerms& terms) {
    if (terms.percent) return part_of(price, whole - terms.percent->units);
    const auto ratio = book.ratio(line.asked.item, unit, line.facts.base_unit);
    if (!ratio) return price;
    const Wide off = divide(Wide{terms.per_unit->units} * ratio->numerator, ratio->denominator,
                            Rounding::half_up);
    return {off >= price.units ? 0 : price.units - static_cast<std::int64_t>(off), price.currency};
}

// Applies the best discount of each stage, and says what it took off. True where nothing more may
// be taken off.
bool discount(const PriceBook& book, const PriceQuestion& question, const Line& line,
              const Found& found, PricedLine& priced) {
    const Candidates all = discounts_for(book, question, priced.list, line);
    for (auto at = all.begin(); at != all.end();) {
        const std::int64_t stage = at->first.first;
        auto best = all.end();
        UnitPrice least = priced.unit_price;
        for (; at != all.end() && at->first.first == stage; ++at) {
            const UnitPrice left =
                discounted(book, line, found.unit, priced.unit_price, at->second);
            if (left.units >= least.units) continue;
            least = left;
            best = at;
        }
        if (best == all.end()) continue;
        const Money net = *amount_of(found.quantity, least);
        priced.steps.push_back({PriceStepKind::discount, best->first.second.text,
                                best->second.percent, least, net - priced.net});
        priced.unit_price = least;
        priced.net = net;
        if (best->second.last) return true;
    }
    return false;
}

struct LinePriced {
    PricedLine line;
    bool closed = false;
    Objection fault;
};

LinePriced priced_line(const PriceBook& book, const PriceQuestion& question, const Line& line) {
    for (const PriceListCode& list : book.lists) {
        const auto found = price_in(book, question, list, line);
        if (!found) continue;
        PricedLine priced;
        priced.list = list;
        priced.unit = found->unit;
        priced.unit_price = found->price;
        Money before{0, question.currency};
        const auto step = [&](PriceStepKind kind, const PriceListCode& by,
                              std::optional<Percent> percent, UnitPrice price) {
            const auto amount = amount_of(found->quantity, price);
            if (!amount) return false;
            priced.steps.push_back({kind, by.text, percent, price, *amount - before});
            priced.unit_price = price;
            before = *amount;
            return true;
        };
        bool fits = step(PriceStepKind::list_price, found->list, {}, found->price);
        for (const Adjusted& each : found->adjusted)
            fits = fits && step(PriceStepKind::adjustment, each.list, each.percent, each.price);
        if (!fits) return {{}, false, price_too_large.about(line.asked.item)};
        priced.list_price = priced.unit_price;
        priced.gross = priced.net = before;
        const bool closed = discount(book, question, line, *found, priced);
        priced.discounts = priced.gross - priced.net;
        priced.promotions = {0, question.currency};
        return {std::move(priced), closed, {}};
    }
    return {{}, false, price_missing.about(line.asked.item, line.asked.quantity, question.date)};
}

}  // namespace

Priced prices_of(const PriceBook& book, const PriceQuestion& question) {
    Priced result;
    PricedDocument& document = result.document;
    const auto refuse = [&](Objection fault) {
        result = {{}, std::move(fault)};
        return result;
    };
    for (const PromotionCode& named : question.promotions)
        if (std::ranges::find(book.promotions, named, &RunningPromotion::promotion) ==
            book.promotions.end())
            return refuse(promotion_not_running.about(named, question.date));
    std::vector<PromotableLine> lines;
    document.lines.reserve(question.lines.size());
    for (std::size_t n = 0; n < question.lines.size(); ++n) {
        const AskedPrice& asked = question.lines[n];
        auto facts = book.item(asked.item);
        if (!facts) return refuse(items::item_unknown.about(asked.item).at("lines", n));
        const auto base = in_unit(book, asked, facts->base_unit);
        const auto rounded = base ? items::rounded(*base, Rounding::half_up) : std::nullopt;
        if (!rounded || rounded->micro <= 0)
            return refuse(price_quantity_unfit.about(asked.quantity).at("lines", n));
        LinePriced priced = priced_line(book, question, {asked, *facts, *base});
        if (priced.fault) return refuse(std::move(priced.fault).at("lines", n));
        document.lines.push_back(std::move(priced.line));
        lines.push_back(
            {asked.item, *std::move(facts), rounded->micro, priced.closed, &document.lines.back()});
    }
    Wide gross = 0;
    for (const PricedLine& each : document.lines) gross += each.gross.minor;
    if (gross > most_money) return refuse(price_too_large);
    document.promotions = give_promotions(book, question, lines);
    document.gross = document.discounts = document.promoted = document.net = {0, question.currency};
    for (const PricedLine& each : document.lines) {
        document.gross = document.gross + each.gross;
        document.discounts = document.discounts + each.discounts;
        document.promoted = document.promoted + each.promotions;
        document.net = document.net + each.net;
    }
    return result;
}

}  // namespace kontor::pricing
