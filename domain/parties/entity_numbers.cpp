// Which rule a number follows.
#include "domain/parties/entity_numbers.h"

#include "domain/parties/check_digits.h"
#include "domain/parties/lei.h"
#include "domain/parties/russian_numbers.h"
#include "domain/parties/vat_numbers.h"

namespace kontor::parties {

namespace {

const CountryCode russia{"RU"};

// Russia's tax number serves for value added tax too.
bool is_inn(NumberKind kind, const CountryCode& country) {
    return country == russia && (kind == NumberKind::tax || kind == NumberKind::vat);
}

bool is_words(NumberKind kind, const CountryCode& country) {
    return kind == NumberKind::other || (kind == NumberKind::registration && country != russia);
}

}  // namespace

std::string number_of(NumberKind kind, const CountryCode& country, std::string_view text) {
    if (is_words(kind, country)) return std::string(text);
    if (kind == NumberKind::vat) return vat_number_of(country.text, text);
    return compacted(text);
}

std::string fault_of_number(NumberKind kind, const CountryCode& country, std::string_view number) {
    if (is_inn(kind, country)) return fault_of_inn(number);
    switch (kind) {
        case NumberKind::vat: return fault_of_vat_number(country.text, number);
        case NumberKind::registration:
            return country == russia ? fault_of_ogrn(number) : std::string();
        case NumberKind::kpp:
            return country == russia ? fault_of_kpp(number) : "is Russian, and the country is not";
        case NumberKind::lei: return fault_of_lei(number);
        case NumberKind::eori: return fault_of_eori(number);
        case NumberKind::tax:
        case NumberKind::other: break;
    }
    return {};
}

bool is_number_of_person(NumberKind kind, const CountryCode& country, std::string_view number) {
    if (is_inn(kind, country)) return is_inn_of_person(number);
    if (kind == NumberKind::registration && country == russia) return is_ogrn_of_person(number);
    return kind == NumberKind::vat && is_vat_number_of_person(country.text, number);
}

}  // namespace kontor::parties
