// How each kind is drawn.
#include "tests/support/random_values.h"

#include "domain/core/date.h"
#include "domain/core/ensure.h"
#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/core/personal_form.h"
#include "domain/core/quantity.h"

#include <algorithm>
#include <cstring>
#include <map>

namespace kontor::test {
namespace {

constexpr int deepest = 4;
constexpr Bounds unbounded{};

std::int64_t number(Dice& dice, std::int64_t least, std::int64_t most) {
    switch (dice.below(8)) {
        case 0: return least;
        case 1: return most;
        case 2: return std::clamp<std::int64_t>(0, least, most);
        case 3: {  // far apart bounds would give large numbers only
            const std::int64_t small = dice.between(-1000, 1000);
            return std::clamp(small, least, most);
        }
        default: return dice.between(least, most);
    }
}

std::int64_t number(Dice& dice, const Bounds& bounds, std::int64_t least, std::int64_t most) {
    return number(dice, std::max(bounds.least, least), std::min(bounds.most, most));
}

// One character of UTF-8 that takes at most `room` octets.
std::string character(Dice& dice, std::size_t room) {
    static constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_.,:;/\\\"'<>&%\n\t";
    static const std::vector<std::string> wide = {
        "\xc3\xa9", "\xc3\x9f", "\xd0\x96", "\xe2\x82\xac", "\xe4\xb8\xad", "\xf0\x9f\x93\xa6"};
    if (dice.one_in(6)) {
        const std::string& drawn = wide[dice.below(wide.size())];
        if (drawn.size() <= room) return drawn;
    }
    return std::string(1, plain[dice.below(plain.size())]);
}

std::size_t length(Dice& dice, std::size_t shortest, std::size_t longest, std::size_t usual) {
    if (dice.one_in(8)) return shortest;
    if (dice.one_in(200)) return longest;
    const std::size_t most = std::min(longest, shortest + usual);
    return shortest + dice.below(most - shortest + 1);
}

std::string text(Dice& dice, const Bounds& bounds) {
    const std::size_t wanted = length(dice, bounds.shortest, bounds.longest, 24);
    std::string drawn;
    while (drawn.size() < wanted) drawn += character(dice, wanted - drawn.size());
    // What must be there is not blank.
    if (bounds.shortest > 0 && drawn.find_first_not_of(' ') == std::string::npos) drawn[0] = 'x';
    return drawn;
}

std::string code(Dice& dice, const Bounds& bounds) {
    static constexpr std::string_view plain = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789-./";
    const std::size_t longest = std::min<std::size_t>(bounds.longest, longest_code);
    const std::size_t wanted = length(dice, std::max<std::size_t>(bounds.shortest, 1), longest, 10);
    std::string drawn;
    while (drawn.size() < wanted) drawn += plain[dice.below(plain.size())];
    return drawn;
}

std::string octets(Dice& dice, const Bounds& bounds) {
    std::string drawn(length(dice, bounds.shortest, bounds.longest, 24), '\0');
    for (char& octet : drawn) octet = static_cast<char>(dice.below(256));
    return drawn;
}

// As it lies in the log: nobody has its key. Or nothing, which is never sealed.
PersonalText sealed(Dice& dice) {
    PersonalText drawn;
    if (dice.one_in(8)) return drawn;
    drawn.sealed = octets(dice, {.shortest = 65, .longest = 129});
    drawn.fingerprint = octets(dice, {.shortest = 16, .longest = 16});
    return drawn;
}

// With two digits after the point, with none, with three and with four.
Currency currency(Dice& dice) {
    static constexpr std::string_view codes = "EURUSDGBPJPYKWDCLF";
    Currency drawn;
    std::memcpy(drawn.code.data(), codes.data() + 3 * dice.below(codes.size() / 3), 3);
    return drawn;
}

Unit unit(Dice& dice) {
    static const std::vector<std::string> units = {"kg", "pcs", "m3", "h", "carton12"};
    const std::string& drawn = units[dice.below(units.size())];
    Unit made;
    std::memcpy(made.code.data(), drawn.data(), drawn.size());
    return made;
}

class Drawing {
public:
    explicit Drawing(Dice& dice) : dice_(dice) {}

    void draw(const Type& type, void* value, const Bounds& bounds, int depth) {
        constexpr std::int64_t first_second = first_date.days * std::int64_t{86'400};
        constexpr std::int64_t end_second = (last_date.days + 1) * std::int64_t{86'400};
        switch (type.kind) {
            case Kind::boolean: *static_cast<bool*>(value) = dice_.one_in(2); break;
            case Kind::choice:
                *static_cast<std::uint8_t*>(value) =
                    static_cast<std::uint8_t>(dice_.below(type.choices.size()));
                break;
            case Kind::integer:
            case Kind::rate:
            case Kind::percent:
                *static_cast<std::int64_t*>(value) = number(dice_, bounds.least, bounds.most);
                break;
            case Kind::timestamp:
                static_cast<Timestamp*>(value)->micros =
                    number(dice_, bounds, first_second * 1'000'000, end_second * 1'000'000 - 1);
                break;
            case Kind::date:
                static_cast<Date*>(value)->days = static_cast<std::int32_t>(
                    number(dice_, bounds, first_date.days, last_date.days));
                break;
            case Kind::text: *static_cast<std::string*>(value) = text(dice_, bounds); break;
            case Kind::code: *static_cast<std::string*>(value) = code(dice_, bounds); break;
            case Kind::bytes: *static_cast<std::string*>(value) = octets(dice_, bounds); break;
            case Kind::personal: *static_cast<PersonalText*>(value) = sealed(dice_); break;
            case Kind::id: *static_cast<Uuid*>(value) = {dice_.next(), dice_.next()}; break;
            case Kind::currency: *static_cast<Currency*>(value) = currency(dice_); break;
            case Kind::unit: *static_cast<Unit*>(value) = unit(dice_); break;
            case Kind::money:
                *static_cast<Money*>(value) = {number(dice_, bounds, -most_money, most_money),
                                               currency(dice_)};
                break;
            case Kind::unit_price:
                *static_cast<UnitPrice*>(value) = {number(dice_, bounds.least, bounds.most),
                                                   currency(dice_)};
                break;
            case Kind::quantity:
                *static_cast<Quantity*>(value) = {
                    number(dice_, bounds, -most_quantity, most_quantity), unit(dice_)};
                break;
            case Kind::optional: optional(type, value, bounds, depth); break;
            case Kind::list: list(type, value, bounds, depth); break;
            case Kind::map: map(type, value, bounds, depth); break;
            case Kind::record:
                for (const Field& field : type.fields)
                    if (!field.retired)
                        draw(field.type(), field.in(value), field.bounds, depth + 1);
                break;
            case Kind::variant: {
                const std::size_t which = dice_.below(type.alternatives.size());
                draw(type.alternatives[which](), type.become(value, which), unbounded, depth + 1);
                break;
            }
        }
    }

private:
    void optional(const Type& type, void* value, const Bounds& bounds, int depth) {
        type.reset(value);
        if (depth > deepest || dice_.one_in(2)) return;
        draw(type.element(), type.emplace(value), bounds, depth);
    }

    std::size_t items(const Bounds& bounds, int depth) {
        if (depth > deepest) return bounds.shortest;
        const std::size_t usual = depth > 2 ? 2 : 4;
        return bounds.shortest +
               dice_.below(std::min(bounds.longest, bounds.shortest + usual) - bounds.shortest + 1);
    }

    // A field's bounds of lengths are its own; those of numbers are each item's.
    static Bounds of_items(const Bounds& bounds) { return {bounds.least, bounds.most}; }

    void list(const Type& type, void* value, const Bounds& bounds, int depth) {
        type.clear(value);
        for (std::size_t left = items(bounds, depth); left > 0; --left)
            draw(type.element(), type.grow(value), of_items(bounds), depth + 1);
    }

    void map(const Type& type, void* value, const Bounds& bounds, int depth) {
        type.clear(value);
        const std::size_t wanted = items(bounds, depth);
        const Box key = box(type.key());
        for (int tries = 0; type.count(value) < wanted && tries < 100; ++tries) {
            draw(type.key(), key.get(), unbounded, depth + 1);
            void* item = type.insert(value, key.get());
            if (item) draw(type.element(), item, of_items(bounds), depth + 1);
        }
    }

    Dice& dice_;
};

}  // namespace

void randomize(const Type& type, void* value, Dice& dice) {
    Drawing(dice).draw(type, value, unbounded, 0);
}

namespace {

// Something of the form that a personal text must have.
std::string of_form(const Type& personal) {
    static const std::map<std::string_view, std::string> samples{
        {"PersonalEmail", "anna@weber.example"},   {"PersonalTelephone", "+49 30 1234567"},
        {"PersonalBirthDate", "1984-02-29"},       {"PersonalInn", "500100732259"},
        {"PersonalOgrnip", "304500116000157"},     {"PersonalVatNumber", "DE136695976"},
        {"PersonalIban", "DE89370400440532013000"}};
    const auto sample = samples.find(personal.name);
    ensure(sample != samples.end(), "each form of personal texts has a sample here");
    return sample->second;
}

}  // namespace

void unsealed(const Type& type, void* value, Dice& dice) {
    each_personal(type, value, [&](const PersonalValue& personal) {
        personal.text = {};
        personal.text.plain = text(dice, {.shortest = 1, .longest = 60});
    });
    // Only commands have forms, and these as fields of their own.
    for (const Field& field : type.fields) {
        if (field.retired) continue;
        const Type* inner = &field.type();
        const void* at = field.in(value);
        if (inner->kind == Kind::optional) {
            at = inner->held(at);
            inner = &inner->element();
        }
        if (at && inner->kind == Kind::personal && form_of(*inner).fault)
            static_cast<PersonalText*>(const_cast<void*>(at))->plain = of_form(*inner);
    }
}

Box random_value(const Type& type, Dice& dice) {
    Box value = box(type);
    randomize(type, value.get(), dice);
    return value;
}

}  // namespace kontor::test
