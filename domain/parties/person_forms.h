// What of a person has a form: mail addresses, telephone numbers, dates, numbers of registers.
#pragma once

#include "domain/core/personal_form.h"

namespace kontor::parties {

struct PersonalEmail : PersonalText {};
struct PersonalTelephone : PersonalText {};
struct PersonalBirthDate : PersonalText {};  // as 1980-12-31
struct PersonalInn : PersonalText {};        // twelve digits
struct PersonalOgrnip : PersonalText {};     // fifteen digits
struct PersonalVatNumber : PersonalText {};  // with the prefix of VIES
struct PersonalIban : PersonalText {};

}  // namespace kontor::parties

namespace kontor {

template <>
struct Shape<parties::PersonalEmail> {
    static Type make();
};
template <>
struct Shape<parties::PersonalTelephone> {
    static Type make();
};
template <>
struct Shape<parties::PersonalBirthDate> {
    static Type make();
};
template <>
struct Shape<parties::PersonalInn> {
    static Type make();
};
template <>
struct Shape<parties::PersonalOgrnip> {
    static Type make();
};
template <>
struct Shape<parties::PersonalVatNumber> {
    static Type make();
};
template <>
struct Shape<parties::PersonalIban> {
    static Type make();
};

}  // namespace kontor
