// How what has a form is looked at before it is sealed: by the rules that hold for organisations.
#include "domain/parties/person_forms.h"

#include "domain/core/date.h"
#include "domain/parties/check_digits.h"
#include "domain/parties/contact_forms.h"
#include "domain/parties/iban.h"
#include "domain/parties/russian_numbers.h"
#include "domain/parties/vat_numbers.h"

namespace kontor {

namespace {

// The country whose VAT numbers begin so.
std::string country_of(std::string_view number) {
    const std::string_view prefix = number.substr(0, 2);
    if (prefix == "EL") return "GR";
    if (prefix == "XI") return "GB";
    return std::string(prefix);
}

std::string fault_of_date(std::string_view text) {
    return date_from(text) ? "" : "must be a date, such as 1980-12-31";
}

std::string fault_of_personal_inn(std::string_view text) {
    const std::string inn = parties::compacted(text);
    if (!parties::is_inn_of_person(inn)) return "must have the twelve digits of a person's INN";
    return parties::fault_of_inn(inn);
}

std::string fault_of_personal_ogrn(std::string_view text) {
    const std::string ogrn = parties::compacted(text);
    if (!parties::is_ogrn_of_person(ogrn)) return "must have the fifteen digits of an OGRNIP";
    return parties::fault_of_ogrn(ogrn);
}

std::string kept_vat_number(std::string_view text) {
    const std::string number = parties::compacted(text);
    return parties::vat_number_of(country_of(number), number);
}

std::string fault_of_personal_vat(std::string_view text) {
    const std::string number = parties::compacted(text);
    if (!parties::fault_of_shape(std::string_view(number).substr(0, 2), "2!a").empty())
        return "must begin with the two letters of its country, such as BG";
    return parties::fault_of_vat_number(country_of(number), kept_vat_number(text));
}

std::string fault_of_personal_iban(std::string_view text) {
    return parties::fault_of_iban(parties::compacted(text));
}

}  // namespace

Type Shape<parties::PersonalEmail>::make() {
    return personal_text_of<parties::PersonalEmail>("PersonalEmail", {&parties::fault_of_email});
}
Type Shape<parties::PersonalTelephone>::make() {
    return personal_text_of<parties::PersonalTelephone>("PersonalTelephone",
                                                        {&parties::fault_of_telephone});
}
Type Shape<parties::PersonalBirthDate>::make() {
    return personal_text_of<parties::PersonalBirthDate>("PersonalBirthDate", {&fault_of_date});
}
Type Shape<parties::PersonalInn>::make() {
    return personal_text_of<parties::PersonalInn>("PersonalInn",
                                                  {&fault_of_personal_inn, &parties::compacted});
}
Type Shape<parties::PersonalOgrnip>::make() {
    return personal_text_of<parties::PersonalOgrnip>(
        "PersonalOgrnip", {&fault_of_personal_ogrn, &parties::compacted});
}
Type Shape<parties::PersonalVatNumber>::make() {
    return personal_text_of<parties::PersonalVatNumber>("PersonalVatNumber",
                                                        {&fault_of_personal_vat, &kept_vat_number});
}
Type Shape<parties::PersonalIban>::make() {
    return personal_text_of<parties::PersonalIban>("PersonalIban",
                                                   {&fault_of_personal_iban, &parties::compacted});
}

}  // namespace kontor
