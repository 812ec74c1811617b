// The persons as lists and cards: whom the company knows by name, looked for by name.
#pragma once

#include "domain/parties/merges.h"
#include "domain/parties/natural_persons.h"
#include "projections/described_rows.h"
#include "projections/parties/duplicates.h"
#include "projections/parties/party_rows.h"
#include "projections/projection.h"

#include <vector>

namespace kontor::parties {

// Kept as it is listed.
struct ListedPerson {
    PartyCode party;
    PersonId person;
    PersonalText name;
    std::optional<PersonalText> family_name;
    std::optional<PersonalText> given_name;
    std::optional<PersonalText> patronymic;
    std::optional<PersonalText> born_on;
    CountryCode country;
    LanguageCode language;
    std::optional<PartyCode> merged_into;
    std::optional<ErasureGround> erased;

    bool operator==(const ListedPerson&) const = default;
    static void describe(auto& row) {
        using R = ListedPerson;
        row.record("ListedPerson", "A person.")
            .field("party", &R::party, "The code of the party that it is.")
            .field("person", &R::person, "Who.")
            .field("name", &R::name, "In full, as the person writes it.")
            .personal(&R::person)
            .field("family_name", &R::family_name, "Of the name, the part of the family.")
            .personal(&R::person)
            .field("given_name", &R::given_name, "Of the name, the given part.")
            .personal(&R::person)
            .field("patronymic", &R::patronymic, "Of the name, the patronymic or middle names.")
            .personal(&R::person)
            .field("born_on", &R::born_on, "The date of birth.")
            .personal(&R::person)
            .field("country", &R::country, "Where the person lives.")
            .field("language", &R::language, "Of documents for the person.")
            .field("merged_into", &R::merged_into, "The party that stands for it.")
            .field("erased", &R::erased, "Why what was known is gone; absent: it is not.");
    }
};

struct PersonList {
    CompanyCode company;
    std::optional<PersonalText> name = std::nullopt;
    std::optional<CountryCode> country = std::nullopt;
    bool merged = false;
    bool erased = false;

    static void describe(auto& query) {
        query.record("persons", "The persons that a company knows, by the codes of their parties.")
            .company(&PersonList::company)
            .field("company", &PersonList::company, "Whose parties.")
            .field("name", &PersonList::name,
                   "Only those whose name has these words, or their beginnings; capitals and "
                   "accents do not matter.")
            .longest(200)
            .field("country", &PersonList::country, "Only those who live there.")
            .field("merged", &PersonList::merged, "True: those too that were merged into others.")
            .otherwise(false)
            .field("erased", &PersonList::erased, "True: those too of whom nothing is known now.")
            .otherwise(false)
            .template answers<ListedPerson>(Times::known_at);
    }
};

struct PersonCard {
    PartyCode party;
    PersonId person;
    PersonalText name;
    std::optional<PersonalText> family_name;
    std::optional<PersonalText> given_name;
    std::optional<PersonalText> patronymic;
    std::optional<PersonalText> born_on;
    CountryCode country;
    LanguageCode language;
    std::vector<PartyContact> contact_points;
    std::vector<CounterpartyCode> contracts_as;
    std::optional<PartyCode> merged_into;
    std::optional<ErasureGround> erased;

    bool operator==(const PersonCard&) const = default;
    static void describe(auto& row) {
        using R = PersonCard;
        row.record("PersonCard",
                   "All that is known of a person as such; what the person is to the "
                   "company, the query party tells.")
            .field("party", &R::party, "The code of the party that it is.")
            .field("person", &R::person, "Who.")
            .field("name", &R::name, "In full, as the person writes it.")
            .personal(&R::person)
            .field("family_name", &R::family_name, "Of the name, the part of the family.")
            .personal(&R::person)
            .field("given_name", &R::given_name, "Of the name, the given part.")
            .personal(&R::person)
            .field("patronymic", &R::patronymic, "Of the name, the patronymic or middle names.")
            .personal(&R::person)
            .field("born_on", &R::born_on, "The date of birth.")
            .personal(&R::person)
            .field("country", &R::country, "Where the person lives.")
            .field("language", &R::language, "Of documents for the person.")
            .field("contact_points", &R::contact_points, "How the person is reached.")
            .personal(&R::person)
            .field("contracts_as", &R::contracts_as, "The counterparties that are this person.")
            .field("merged_into", &R::merged_into, "The party that stands for it.")
            .field("erased", &R::erased, "Why what was known is gone; absent: it is not.");
    }
};

struct OnePerson {
    CompanyCode company;
    PersonId person;

    static void describe(auto& query) {
        query
            .record("person",
                    "All that is known of one person, such as the person may ask for (Regulation "
                    "(EU) 2016/679, article 15).")
            .company(&OnePerson::company)
            .field("company", &OnePerson::company, "Whose party.")
            .field("person", &OnePerson::person, "A person.")
            .template answers<PersonCard>(Times::known_at);
    }
};

struct DuplicatePerson {
    std::optional<PartyCode> party;
    std::optional<PersonId> person;
    std::optional<PersonalText> name;
    PartyCode other;
    PersonId other_person;
    PersonalText other_name;
    Certainty certainty = Certainty::certain;
    LikenessSign sign = LikenessSign::number;

    bool operator==(const DuplicatePerson&) const = default;
    static void describe(auto& row) {
        using R = DuplicatePerson;
        row.record("DuplicatePerson", "Two persons that may be one.")
            .field("party", &R::party, "One; absent: the one that was asked about.")
            .field("person", &R::person, "Who.")
            .field("name", &R::name, "The name.")
            .personal(&R::person)
            .field("other", &R::other, "The other one.")
            .field("other_person", &R::other_person, "Who.")
            .field("other_name", &R::other_name, "The name.")
            .personal(&R::other_person, "name")
            .field("certainty", &R::certainty, "How sure it is.")
            .field("sign", &R::sign, "By what they are alike; it is not said, as it is personal.");
    }
};

struct DuplicatePersons {
    CompanyCode company;
    std::optional<PartyCode> party = std::nullopt;
    std::optional<PersonalText> name = std::nullopt;
    std::optional<PersonalText> born_on = std::nullopt;

    static void describe(auto& query) {
        query
            .record("duplicate_persons",
                    "Persons that may be one: by a number of a tax office, by name, by mail "
                    "address or telephone number. Those merged or erased already are left out, "
                    "and those whose birth dates differ unless a number is the same. With a name: "
                    "who it may be that is about to be entered.")
            .company(&DuplicatePersons::company)
            .field("company", &DuplicatePersons::company, "Whose parties.")
            .field("party", &DuplicatePersons::party, "Only those that may be this one.")
            .field("name", &DuplicatePersons::name, "A name that is not entered yet.")
            .longest(200)
            .field("born_on", &DuplicatePersons::born_on,
                   "The birth date that goes with the name, such as \"1980-12-31\".")
            .template answers<DuplicatePerson>(Times::known_at);
    }
};

// Kept: as what a person contracts, with the numbers of the counterparty.
struct ContractsAs {
    CounterpartyCode counterparty;
    PersonId person;
    std::optional<PersonalText> inn;
    std::optional<PersonalText> ogrnip;
    std::optional<PersonalText> vat_number;
    std::optional<PersonalText> tax_number;

    static void describe(auto& row) {
        using R = ContractsAs;
        row.record("ContractsAs", "A counterparty that is a person.")
            .field("counterparty", &R::counterparty, "The counterparty.")
            .field("person", &R::person, "Who.")
            .field("inn", &R::inn, "In Russia the tax number.")
            .personal(&R::person)
            .field("ogrnip", &R::ogrnip, "In Russia the number of the register.")
            .personal(&R::person)
            .field("vat_number", &R::vat_number, "With the prefix of VIES.")
            .personal(&R::person)
            .field("tax_number", &R::tax_number, "Any other number.")
            .personal(&R::person);
    }
};

// Kept: a way to a person.
struct PersonContact {
    PersonId person;
    PartyContact contact;

    static void describe(auto& row) {
        row.record("PersonContact", "A way to a person.")
            .field("person", &PersonContact::person, "Who.")
            .field("contact", &PersonContact::contact, "The way.")
            .personal(&PersonContact::person);
    }
};

class PersonModel {
public:
    explicit PersonModel(const Place& place)
        : persons_(place.table(1)), contracts_(place.table(2)), contacts_(place.table(3)) {}

    void on(const PersonRegistered&, const Recorded&);
    void on(const PersonChanged&, const Recorded&);
    void on(const PersonErased&, const Recorded&);
    void on(const PersonContactAdded&, const Recorded&);
    void on(const ContactPointRemoved&, const Recorded&);
    void on(const NaturalPersonRegistered&, const Recorded&);
    void on(const NaturalPersonChanged&, const Recorded&);
    void on(const PartiesMerged&, const Recorded&);
    void on(const PartyMergeUndone&, const Recorded&);
    void answer(const PersonList&, const AsOf&, Page<ListedPerson>&) const;
    void answer(const OnePerson&, const AsOf&, Page<PersonCard>&) const;
    void answer(const DuplicatePersons&, const AsOf&, Page<DuplicatePerson>&) const;

private:
    void change(const auto& event, const Recorded&, const auto& change) const;

    DescribedRows<PartyKey, ListedPerson> persons_;
    DescribedRows<CounterpartyKey, ContractsAs> contracts_;
    DescribedRows<ContactPointKey, PersonContact> contacts_;
};

ReadModelSpec person_list();

}  // namespace kontor::parties
