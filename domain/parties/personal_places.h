// Where a person lives and is paid to: addresses and bank accounts of counterparties that are
// persons, kept sealed beside those of legal entities.
#pragma once

#include "domain/parties/addresses.h"
#include "domain/parties/bank_accounts.h"
#include "domain/parties/natural_persons.h"

#include <optional>
#include <vector>

namespace kontor::parties {

struct PersonalAddressAdded {
    CompanyCode company;
    CounterpartyCode counterparty;
    AddressCode address;
    PersonId person;
    std::vector<AddressPurpose> purposes;
    PersonalText lines;
    std::optional<PersonalText> postal_code;
    PersonalText city;
    std::optional<PersonalText> region;
    CountryCode country;
    Date since;
    std::vector<AddressPurpose> preferred_for;

    bool operator==(const PersonalAddressAdded&) const = default;
    static void describe(auto& event) {
        using E = PersonalAddressAdded;
        event.record("PersonalAddressAdded", "A person who contracts has an address.")
            .company(&E::company)
            .stream(&E::counterparty)
            .on(&E::since)
            .field("company", &E::company, "Whose counterparty.")
            .field("counterparty", &E::counterparty, "The counterparty.")
            .field("address", &E::address, "Code of the address.")
            .field("person", &E::person, "Who it is.")
            .field("purposes", &E::purposes, "What it is for, sorted.")
            .field("lines", &E::lines, "Street, house, door.")
            .personal(&E::person)
            .field("postal_code", &E::postal_code, "The postal code.")
            .personal(&E::person)
            .field("city", &E::city, "The city or village.")
            .personal(&E::person)
            .field("region", &E::region, "State, province or region.")
            .personal(&E::person)
            .field("country", &E::country, "By ISO 3166-1; taxes ask for it.")
            .field("since", &E::since, "The first day.")
            .field("preferred_for", &E::preferred_for,
                   "For what it is taken where no other is named.");
    }
};

struct PersonalAccountAdded {
    CompanyCode company;
    CounterpartyCode counterparty;
    BankAccountCode bank_account;
    PersonId person;
    PersonalText number;
    bool iban = false;
    AccountDetails bank;
    Date since;
    std::vector<Currency> preferred_for;
    std::string entered_by;
    bool awaits_confirmation = false;

    bool operator==(const PersonalAccountAdded&) const = default;
    static void describe(auto& event) {
        using E = PersonalAccountAdded;
        event.record("PersonalAccountAdded", "A person can be paid to this account.")
            .company(&E::company)
            .stream(&E::counterparty)
            .on(&E::since)
            .field("company", &E::company, "Whose counterparty.")
            .field("counterparty", &E::counterparty, "The counterparty.")
            .field("bank_account", &E::bank_account, "Code of the account.")
            .field("person", &E::person, "Who it is.")
            .field("number", &E::number, "The IBAN, or the number at the bank.")
            .personal(&E::person)
            .field("iban", &E::iban, "True: it is an IBAN.")
            .field("bank", &E::bank, "The bank and the currency; numbers of the account are empty.")
            .field("since", &E::since, "The first day.")
            .field("preferred_for", &E::preferred_for,
                   "The currencies for which it is paid to where no other is named.")
            .field("entered_by", &E::entered_by, "Who does not confirm it.")
            .field("awaits_confirmation", &E::awaits_confirmation,
                   "True: it is not paid to before somebody else has confirmed it.");
    }
};

struct AddPersonalAddress {
    CompanyCode company;
    CounterpartyCode counterparty;
    AddressCode address;
    PersonId person;
    std::vector<AddressPurpose> purposes;
    PersonalText lines;
    std::optional<PersonalText> postal_code;
    PersonalText city;
    std::optional<PersonalText> region;
    CountryCode country;
    std::optional<Date> since;

    static void describe(auto& command) {
        using C = AddPersonalAddress;
        command
            .record("AddPersonalAddress",
                    "Gives a counterparty that is a person an address, kept sealed but for its "
                    "country. One that moved is ended, and another one added.")
            .company(&C::company)
            .stream(&C::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "N-1001", "address": "A1", "person":
                "0197a5f0-0000-7000-8000-000000001001", "purposes": ["registered", "delivery",
                "invoice"], "lines": "Weidenweg 7", "postal_code": "70173", "city": "Stuttgart",
                "country": "DE", "since": "2026-01-01"})")
            .field("company", &C::company, "Whose counterparty.")
            .field("counterparty", &C::counterparty, "A counterparty that is a person.")
            .field("address", &C::address,
                   "A code for it, such as \"A1\": at most two letters and seven digits, so that "
                   "it says nothing.")
            .field("person", &C::person, "Who it is.")
            .field("purposes", &C::purposes, "What it is for; at least one.")
            .shortest(1)
            .longest(3)
            .field("lines", &C::lines, "Street, house, door; one below the other.")
            .shortest(1)
            .longest(500)
            .personal(&C::person)
            .field("postal_code", &C::postal_code, "The postal code.")
            .longest(20)
            .personal(&C::person)
            .field("city", &C::city, "The city or village.")
            .shortest(1)
            .longest(100)
            .personal(&C::person)
            .field("region", &C::region, "State, province or region.")
            .longest(100)
            .personal(&C::person)
            .field("country", &C::country, "By ISO 3166-1, such as \"DE\".")
            .field("since", &C::since, "The first day. Absent: today.")
            .refuses(counterparty_unknown, counterparty_merged, counterparty_is_no_person,
                     person_differs, person_erased, code_may_name, address_exists, country_unknown);
    }
};

struct AddPersonalAccount {
    CompanyCode company;
    CounterpartyCode counterparty;
    BankAccountCode bank_account;
    PersonId person;
    std::optional<PersonalIban> iban;
    std::optional<PersonalText> account_number;
    std::optional<Currency> currency;
    std::string bic;
    std::string bank_code;
    std::optional<CountryCode> country;
    std::string bank_name;
    std::optional<Date> since;

    static void describe(auto& command) {
        using C = AddPersonalAccount;
        command
            .record("AddPersonalAccount",
                    "Gives a counterparty that is a person a bank account. Its number is kept "
                    "sealed; the bank is not. Check digits of an IBAN are looked at, those of a "
                    "number at a bank are not, since nobody can read it.")
            .company(&C::company)
            .stream(&C::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "N-1001", "bank_account": "B1",
                "person": "0197a5f0-0000-7000-8000-000000001001", "iban":
                "DE89 3704 0044 0532 0130 00", "currency": "EUR", "bic": "COBADEFFXXX", "since":
                "2026-01-01"})")
            .field("company", &C::company, "Whose counterparty.")
            .field("counterparty", &C::counterparty, "A counterparty that is a person.")
            .field("bank_account", &C::bank_account,
                   "A code for it, such as \"B1\": at most two letters and seven digits, so that "
                   "it says nothing.")
            .field("person", &C::person, "Who it is.")
            .field("iban", &C::iban, "The IBAN, where there is one.")
            .longest(50)
            .personal(&C::person, "number")
            .field("account_number", &C::account_number,
                   "Where there is no IBAN: the number at the bank.")
            .longest(50)
            .personal(&C::person, "number")
            .field("currency", &C::currency, "The only currency that it takes. Absent: any.")
            .field("bic", &C::bic, "BIC of the bank; may be empty.")
            .otherwise_empty()
            .longest(20)
            .field("bank_code", &C::bank_code,
                   "Where there is no IBAN: the bank's national code; in Russia the BIK.")
            .otherwise_empty()
            .longest(20)
            .field("country", &C::country, "Where there is no IBAN: in which country the bank is.")
            .field("bank_name", &C::bank_name, "Name of the bank; may be empty.")
            .otherwise_empty()
            .longest(200)
            .field("since", &C::since, "The first day. Absent: today.")
            .refuses(counterparty_unknown, counterparty_merged, counterparty_is_no_person,
                     person_differs, person_erased, code_may_name, bank_account_exists,
                     account_number_unclear, bic_malformed, country_unknown, bank_code_malformed,
                     bank_account_listed);
    }
};

Decision<PersonalAddressAdded> decide(const World&, const AddPersonalAddress&, const Context&);
Decision<PersonalAccountAdded> decide(const World&, const AddPersonalAccount&, const Context&);
void evolve(Addresses&, const PersonalAddressAdded&);
void evolve(BankAccounts&, const PersonalAccountAdded&);

Part personal_places();

}  // namespace kontor::parties
