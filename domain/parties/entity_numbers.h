// The numbers by which registers and tax offices know a legal entity.
#pragma once

#include "domain/core/date.h"
#include "domain/parties/countries.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kontor::parties {

enum class NumberKind : std::uint8_t { vat, tax, registration, kpp, lei, eori, other };

void describe(auto& choice, NumberKind) {
    choice.choice("NumberKind", "Which register or office gave a number.")
        .value("vat", "For value added tax; kept with the prefix of VIES, such as DE136695976.")
        .value("tax", "For other taxes; in Russia the INN.")
        .value("registration", "Of the commercial register, such as HRB 4711; in Russia the OGRN.")
        .value("kpp", "In Russia the reason for registration (KPP), one a branch.")
        .value("lei", "The legal entity identifier (ISO 17442).")
        .value("eori", "Of customs in the European Union and in Britain.")
        .value("other", "Any other number.");
}

struct EntityNumber {
    NumberKind kind = NumberKind::vat;
    CountryCode country;
    std::string number;
    std::optional<Date> since;
    std::optional<Date> until;

    bool operator==(const EntityNumber&) const = default;
    static void describe(auto& record) {
        record.record("EntityNumber", "A number by which a legal entity is known.")
            .field("kind", &EntityNumber::kind, "Which register or office gave it.")
            .field("country", &EntityNumber::country, "In which country.")
            .field("number", &EntityNumber::number, "The number in its one form.")
            .field("since", &EntityNumber::since, "The first day; absent: ever since.")
            .field("until", &EntityNumber::until, "The last day; absent: it has no end yet.");
    }
    bool covers(Date day) const { return (!since || *since <= day) && (!until || day <= *until); }
    bool is(NumberKind of_kind, const CountryCode& of_country, std::string_view text) const {
        return kind == of_kind && country == of_country && number == text;
    }
};

// The one form in which a number is kept, so that two of them can be compared: compact, but for
// registers whose numbers are words too ("HRB 4711").
std::string number_of(NumberKind, const CountryCode&, std::string_view text);
// What is wrong with a number in that form, in words; empty when nothing is.
std::string fault_of_number(NumberKind, const CountryCode&, std::string_view number);
// Whether a sound number is one that only a natural person has.
bool is_number_of_person(NumberKind, const CountryCode&, std::string_view number);

}  // namespace kontor::parties
