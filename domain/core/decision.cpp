// How a refusal says where it stands and what it is about.
#include "domain/core/decision.h"

#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/core/quantity.h"

#include <algorithm>

namespace kontor {

namespace {

// "fiscal_year" reads "fiscal year".
std::string words_of(std::string_view name) {
    std::string words(name);
    std::ranges::replace(words, '_', ' ');
    return words;
}

// A value as a person would name it. Records, lists and the like are nothing that a reason is
// about.
std::string named(const Type& type, const void* value) {
    switch (type.kind) {
        case Kind::code:
            return words_of(type.thing.name) + ' ' +
                   static_cast<const Code<CompanyThing>*>(value)->text;
        case Kind::id:
            return words_of(type.thing.name) + ' ' + to_text(*static_cast<const Uuid*>(value));
        case Kind::integer: return std::to_string(*static_cast<const std::int64_t*>(value));
        case Kind::text: return *static_cast<const std::string*>(value);
        case Kind::date: return to_text(*static_cast<const Date*>(value));
        case Kind::currency: return std::string(static_cast<const Currency*>(value)->text());
        case Kind::unit: return "unit " + std::string(static_cast<const Unit*>(value)->text());
        case Kind::money: return to_text(*static_cast<const Money*>(value));
        case Kind::quantity: return to_text(*static_cast<const Quantity*>(value));
        case Kind::unit_price: {
            const auto& price = *static_cast<const UnitPrice*>(value);
            return short_decimal_text(price.units, UnitPrice::digits) + ' ' +
                   std::string(price.currency.text());
        }
        case Kind::percent:
            return short_decimal_text(static_cast<const Percent*>(value)->units, Percent::digits) +
                   " %";
        case Kind::rate:
            return short_decimal_text(static_cast<const Rate*>(value)->units, Rate::digits);
        case Kind::boolean: return *static_cast<const bool*>(value) ? "yes" : "no";
        case Kind::choice:
            return words_of(type.choices[*static_cast<const std::uint8_t*>(value)].name);
        case Kind::optional: {
            const void* held = type.held(value);
            return held ? named(type.element(), held) : std::string();
        }
        default: ensure(false, "a reason is about values that have a name"); return {};
    }
}

}  // namespace

void Objection::add(const Type& type, const void* value) { add(named(type, value)); }

void Objection::add(std::string_view words) {
    if (words.empty()) return;
    if (!about.empty()) about += ", ";
    about += words;
}

Objection Objection::at(std::string_view list, std::size_t item) && {
    pointer = '/' + std::string(list) + '/' + std::to_string(item) + pointer;
    return std::move(*this);
}

Objection Objection::of_what_is_kept() && {
    pointer.clear();
    return std::move(*this);
}

std::string Objection::text() const {
    std::string text = pointer;
    if (!text.empty() && !about.empty()) text += ", ";
    text += about;
    if (!text.empty()) text += ": ";
    return text + std::string(reason->doc);
}

}  // namespace kontor
