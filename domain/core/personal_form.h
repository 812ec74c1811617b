// What a personal text must look like. Only the door can tell: behind it nobody reads the text.
//
// A command has a field of a type of its own, such as a mail address; an event keeps the value as a
// plain PersonalText, since what is sealed has no form.
#pragma once

#include "domain/core/personal.h"

#include <string>
#include <string_view>

namespace kontor {

struct PersonalForm {
    // What is wrong with the text, in words that do not repeat it; empty when nothing is.
    std::string (*fault)(std::string_view text) = nullptr;
    // The one way in which it is sealed, so that two writings of one value have one fingerprint;
    // null: as it was written.
    std::string (*kept)(std::string_view text) = nullptr;
};

// For the Shape of a struct T that derives from PersonalText and adds no member. Names are unique.
Type personal_text(Type living, const PersonalForm& form);
template <class T>
Type personal_text_of(std::string_view name, const PersonalForm& form) {
    static_assert(sizeof(T) == sizeof(PersonalText));
    return personal_text(living<T>(Kind::personal, name), form);
}

// The form that was given for a personal type; empty for texts of any form.
PersonalForm form_of(const Type& personal);

}  // namespace kontor
