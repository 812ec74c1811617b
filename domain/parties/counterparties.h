// How legal entities come to be known, and the numbers by which registers know them.
#pragma once

#include "domain/companies/companies.h"
#include "domain/parties/counterparty.h"
#include "domain/parties/organisations.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::parties {

inline constexpr Reason counterparty_exists{
    Refusal::conflict, "counterparty_exists",
    "The company has a counterparty with this code already."};
inline constexpr Reason counterparty_unchanged{
    Refusal::invalid, "counterparty_unchanged",
    "The command names nothing that is to be another way."};
inline constexpr Reason number_malformed{Refusal::invalid, "number_malformed",
                                         "The number cannot be right."};
inline constexpr Reason number_of_person{
    Refusal::invalid, "number_of_person",
    "Only a natural person has a number like this: register it sealed, by "
    "RegisterNaturalPerson."};
inline constexpr Reason number_exists{Refusal::conflict, "number_exists",
                                      "The counterparty has this number already."};
inline constexpr Reason number_unknown{Refusal::missing, "number_unknown",
                                       "The counterparty has no such number."};
inline constexpr Reason number_ended{Refusal::conflict, "number_ended",
                                     "The number has ended already."};

// A number as a command gives it.
struct GivenNumber {
    NumberKind kind = NumberKind::vat;
    std::string number;
    std::optional<CountryCode> country;
    std::optional<Date> since;

    bool operator==(const GivenNumber&) const = default;
    static void describe(auto& record) {
        record.record("GivenNumber", "A number by which a legal entity is known.")
            .field("kind", &GivenNumber::kind, "Which register or office gave it.")
            .field("number", &GivenNumber::number,
                   "As it is written, with spaces or without; its check digits are looked at.")
            .shortest(1)
            .longest(64)
            .field("country", &GivenNumber::country,
                   "In which country. Absent: where the counterparty has its seat.")
            .field("since", &GivenNumber::since, "The first day. Absent: ever since.");
    }
};

struct CounterpartyRegistered {
    CompanyCode company;
    CounterpartyCode counterparty;
    std::string legal_name;
    std::string legal_form;
    CountryCode country;
    std::vector<EntityNumber> numbers;

    bool operator==(const CounterpartyRegistered&) const = default;
    static void describe(auto& event) {
        event.record("CounterpartyRegistered", "The company knows one more legal entity.")
            .company(&CounterpartyRegistered::company)
            .stream(&CounterpartyRegistered::counterparty)
            .on_recorded_day()
            .field("company", &CounterpartyRegistered::company, "Whose counterparty.")
            .field("counterparty", &CounterpartyRegistered::counterparty, "Its code.")
            .field("legal_name", &CounterpartyRegistered::legal_name, "As its register has it.")
            .field("legal_form", &CounterpartyRegistered::legal_form, "Such as GmbH.")
            .field("country", &CounterpartyRegistered::country, "Where its seat is.")
            .field("numbers", &CounterpartyRegistered::numbers, "By which it is known.");
    }
};

struct CounterpartyChanged {
    CompanyCode company;
    CounterpartyCode counterparty;
    std::optional<std::string> legal_name;
    std::optional<std::string> legal_form;
    Date since;

    bool operator==(const CounterpartyChanged&) const = default;
    static void describe(auto& event) {
        event.record("CounterpartyChanged", "A legal entity has another name or form.")
            .company(&CounterpartyChanged::company)
            .stream(&CounterpartyChanged::counterparty)
            .on(&CounterpartyChanged::since)
            .field("company", &CounterpartyChanged::company, "Whose counterparty.")
            .field("counterparty", &CounterpartyChanged::counterparty, "The counterparty.")
            .field("legal_name", &CounterpartyChanged::legal_name,
                   "Its new name; absent: as before.")
            .field("legal_form", &CounterpartyChanged::legal_form,
                   "Its new form; absent: as before.")
            .field("since", &CounterpartyChanged::since, "The first day.");
    }
};

struct CounterpartyNumberAdded {
    CompanyCode company;
    CounterpartyCode counterparty;
    EntityNumber number;

    bool operator==(const CounterpartyNumberAdded&) const = default;
    static void describe(auto& event) {
        event.record("CounterpartyNumberAdded", "A legal entity is known by one more number.")
            .company(&CounterpartyNumberAdded::company)
            .stream(&CounterpartyNumberAdded::counterparty)
            .on_recorded_day()
            .field("company", &CounterpartyNumberAdded::company, "Whose counterparty.")
            .field("counterparty", &CounterpartyNumberAdded::counterparty, "The counterparty.")
            .field("number", &CounterpartyNumberAdded::number, "The number.");
    }
};

struct CounterpartyNumberEnded {
    CompanyCode company;
    CounterpartyCode counterparty;
    NumberKind kind = NumberKind::vat;
    CountryCode country;
    std::string number;
    Date until;

    bool operator==(const CounterpartyNumberEnded&) const = default;
    static void describe(auto& event) {
        event.record("CounterpartyNumberEnded", "A legal entity no longer has a number.")
            .company(&CounterpartyNumberEnded::company)
            .stream(&CounterpartyNumberEnded::counterparty)
            .on(&CounterpartyNumberEnded::until)
            .field("company", &CounterpartyNumberEnded::company, "Whose counterparty.")
            .field("counterparty", &CounterpartyNumberEnded::counterparty, "The counterparty.")
            .field("kind", &CounterpartyNumberEnded::kind, "Which register or office gave it.")
            .field("country", &CounterpartyNumberEnded::country, "In which country.")
            .field("number", &CounterpartyNumberEnded::number, "The number.")
            .field("until", &CounterpartyNumberEnded::until, "The last day.");
    }
};

struct CounterpartyNumberRemoved {
    CompanyCode company;
    CounterpartyCode counterparty;
    NumberKind kind = NumberKind::vat;
    CountryCode country;
    std::string number;

    bool operator==(const CounterpartyNumberRemoved&) const = default;
    static void describe(auto& event) {
        event.record("CounterpartyNumberRemoved", "A number was never that legal entity's.")
            .company(&CounterpartyNumberRemoved::company)
            .stream(&CounterpartyNumberRemoved::counterparty)
            .on_recorded_day()
            .field("company", &CounterpartyNumberRemoved::company, "Whose counterparty.")
            .field("counterparty", &CounterpartyNumberRemoved::counterparty, "The counterparty.")
            .field("kind", &CounterpartyNumberRemoved::kind, "Which register or office gave it.")
            .field("country", &CounterpartyNumberRemoved::country, "In which country.")
            .field("number", &CounterpartyNumberRemoved::number, "The number.");
    }
};

struct RegisterCounterparty {
    CompanyCode company;
    CounterpartyCode counterparty;
    std::string legal_name;
    std::string legal_form;
    CountryCode country;
    std::vector<GivenNumber> numbers;

    static void describe(auto& command) {
        command
            .record(
                "RegisterCounterparty",
                "Enters a legal entity that contracts, is billed or pays. It is linked with the "
                "parties that are served through it. Its numbers are checked; that another "
                "counterparty has one of them is no fault (branches, tax groups) and is shown "
                "by the query duplicate_counterparties.")
            .company(&RegisterCounterparty::company)
            .stream(&RegisterCounterparty::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "SALIX-GMBH", "legal_name":
                "Salix Geschenke GmbH", "legal_form": "GmbH", "country": "DE", "numbers": [
                {"kind": "vat", "number": "DE 136 695 976"}, {"kind": "registration",
                "number": "HRB 4711, Amtsgericht Stuttgart"}]})")
            .field("company", &RegisterCounterparty::company, "Whose counterparty.")
            .field("counterparty", &RegisterCounterparty::counterparty,
                   "A code for it, such as \"SALIX-GMBH\"; it never changes.")
            .field("legal_name", &RegisterCounterparty::legal_name,
                   "Its name as its register has it. A natural person's name is not entered here.")
            .shortest(1)
            .longest(300)
            .field("legal_form", &RegisterCounterparty::legal_form,
                   "Its legal form, such as \"GmbH\"; may be empty.")
            .otherwise_empty()
            .longest(50)
            .field("country", &RegisterCounterparty::country,
                   "Where its seat is, by ISO 3166-1, such as \"DE\".")
            .field("numbers", &RegisterCounterparty::numbers,
                   "Of registers and tax offices; more can be added later.")
            .otherwise_empty()
            .longest(20)
            .refuses(companies::company_unknown, counterparty_exists, country_unknown,
                     number_malformed, number_of_person, number_exists);
    }
};

struct ChangeCounterparty {
    CompanyCode company;
    CounterpartyCode counterparty;
    std::optional<std::string> legal_name;
    std::optional<std::string> legal_form;
    std::optional<Date> since;

    static void describe(auto& command) {
        command
            .record("ChangeCounterparty",
                    "Gives a legal entity another name or form from a day on; documents of before "
                    "keep what it was called then.")
            .company(&ChangeCounterparty::company)
            .stream(&ChangeCounterparty::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "SALIX-GMBH", "legal_name":
                "Salix Geschenke SE", "legal_form": "SE", "since": "2026-03-01"})")
            .field("company", &ChangeCounterparty::company, "Whose counterparty.")
            .field("counterparty", &ChangeCounterparty::counterparty, "A counterparty.")
            .field("legal_name", &ChangeCounterparty::legal_name,
                   "Its new name. Absent: as before.")
            .shortest(1)
            .longest(300)
            .field("legal_form", &ChangeCounterparty::legal_form,
                   "Its new form. Absent: as before.")
            .longest(50)
            .field("since", &ChangeCounterparty::since, "The first day. Absent: today.")
            .refuses(counterparty_unknown, counterparty_merged, counterparty_is_person,
                     counterparty_unchanged);
    }
};

struct AddCounterpartyNumber {
    CompanyCode company;
    CounterpartyCode counterparty;
    GivenNumber number;

    static void describe(auto& command) {
        command
            .record("AddCounterpartyNumber",
                    "Says one more number by which a legal entity is known, of its own country or "
                    "of another where it is registered.")
            .company(&AddCounterpartyNumber::company)
            .stream(&AddCounterpartyNumber::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "SALIX-GMBH", "number": {"kind": "vat",
                "number": "ATU 142 43 102", "country": "AT"}})")
            .field("company", &AddCounterpartyNumber::company, "Whose counterparty.")
            .field("counterparty", &AddCounterpartyNumber::counterparty, "A counterparty.")
            .field("number", &AddCounterpartyNumber::number, "The number.")
            .refuses(counterparty_unknown, counterparty_merged, counterparty_is_person,
                     country_unknown, number_malformed, number_of_person, number_exists);
    }
};

struct EndCounterpartyNumber {
    CompanyCode company;
    CounterpartyCode counterparty;
    NumberKind kind = NumberKind::vat;
    std::string number;
    std::optional<CountryCode> country;
    std::optional<Date> until;

    static void describe(auto& command) {
        command
            .record("EndCounterpartyNumber",
                    "Says that a legal entity no longer has a number, such as when it is taken off "
                    "the register of value added tax.")
            .company(&EndCounterpartyNumber::company)
            .stream(&EndCounterpartyNumber::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "SALIX-GMBH", "kind": "vat", "number":
                "ATU14243102", "country": "AT", "until": "2026-06-30"})")
            .field("company", &EndCounterpartyNumber::company, "Whose counterparty.")
            .field("counterparty", &EndCounterpartyNumber::counterparty, "A counterparty.")
            .field("kind", &EndCounterpartyNumber::kind, "Which register or office gave it.")
            .field("number", &EndCounterpartyNumber::number, "The number.")
            .shortest(1)
            .longest(64)
            .field("country", &EndCounterpartyNumber::country,
                   "In which country. Absent: where the counterparty has its seat.")
            .field("until", &EndCounterpartyNumber::until, "The last day. Absent: today.")
            .refuses(counterparty_unknown, counterparty_merged, number_unknown, number_ended,
                     end_before_beginning);
    }
};

struct RemoveCounterpartyNumber {
    CompanyCode company;
    CounterpartyCode counterparty;
    NumberKind kind = NumberKind::vat;
    std::string number;
    std::optional<CountryCode> country;

    static void describe(auto& command) {
        command
            .record("RemoveCounterpartyNumber",
                    "Takes back a number that was never that legal entity's, such as one that was "
                    "mistyped.")
            .company(&RemoveCounterpartyNumber::company)
            .stream(&RemoveCounterpartyNumber::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "SALIX-GMBH", "kind": "vat", "number":
                "ATU14243102", "country": "AT"})")
            .field("company", &RemoveCounterpartyNumber::company, "Whose counterparty.")
            .field("counterparty", &RemoveCounterpartyNumber::counterparty, "A counterparty.")
            .field("kind", &RemoveCounterpartyNumber::kind, "Which register or office gave it.")
            .field("number", &RemoveCounterpartyNumber::number, "The number.")
            .shortest(1)
            .longest(64)
            .field("country", &RemoveCounterpartyNumber::country,
                   "In which country. Absent: where the counterparty has its seat.")
            .refuses(counterparty_unknown, counterparty_merged, number_unknown);
    }
};

Decision<CounterpartyRegistered> decide(const World&, const RegisterCounterparty&, const Context&);
Decision<CounterpartyChanged> decide(const World&, const ChangeCounterparty&, const Context&);
Decision<CounterpartyNumberAdded> decide(const World&, const AddCounterpartyNumber&,
                                         const Context&);
Decision<CounterpartyNumberEnded> decide(const World&, const EndCounterpartyNumber&,
                                         const Context&);
Decision<CounterpartyNumberRemoved> decide(const World&, const RemoveCounterpartyNumber&,
                                           const Context&);
void evolve(Counterparties&, const CounterpartyRegistered&);
void evolve(Counterparties&, const CounterpartyNumberAdded&);
void evolve(Counterparties&, const CounterpartyNumberEnded&);
void evolve(Counterparties&, const CounterpartyNumberRemoved&);

Part counterparties();

}  // namespace kontor::parties
