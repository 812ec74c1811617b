// A company that knows a person too, and deals with the person as one who contracts.
#pragma once

#include "domain/parties/natural_persons.h"
#include "domain/parties/persons.h"
#include "tests/domain/parties/known.h"

namespace kontor::parties::known {

inline const PersonId anna{Uuid{7, 1}}, ben{Uuid{7, 2}};
inline const CompanyCode other_company{"OTHER"};

// What was said, as it is before it is sealed.
template <class Text = PersonalText>
Text said(const char* text) {
    Text value;
    value.plain = text;
    return value;
}

inline PersonRegistered person(const PersonId& id, const char* party) {
    PersonRegistered event;
    event.company = acme;
    event.person = id;
    event.party = {party};
    event.name = said("Anna Weber");
    event.country = {"DE"};
    event.language = {"de"};
    return event;
}

inline NaturalPersonRegistered trader() {
    NaturalPersonRegistered event;
    event.company = acme;
    event.counterparty = {"N-1"};
    event.person = anna;
    event.legal_name = said("Anna Weber e.K.");
    event.country = {"DE"};
    return event;
}

// Salix and Fern; Anna is P-1 and contracts as N-1, Ben is P-2.
inline test::Past with_persons() {
    test::Past past = acquainted();
    past.push_back(
        Message::of(companies::CompanyCreated{other_company, "Other", test::currency("EUR"),
                                              "Europe/Berlin", 1, 2026, companies::Chart::none}));
    past.push_back(Message::of(person(anna, "P-1")));
    past.push_back(Message::of(person(ben, "P-2")));
    past.push_back(Message::of(trader()));
    return past;
}

inline PersonErased erased(const PersonId& id, const char* party) {
    return {acme, id, {party}, ErasureGround::asked};
}

}  // namespace kontor::parties::known
