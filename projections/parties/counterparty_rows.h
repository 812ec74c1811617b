// What is kept and shown of a legal entity: names, numbers, addresses, bank accounts.
#pragma once

#include "domain/parties/addresses.h"
#include "domain/parties/bank_accounts.h"
#include "domain/parties/counterparty.h"
#include "domain/parties/personal_places.h"
#include "projections/parties/party_rows.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::parties {

struct NameSince {
    Date since;
    std::string legal_name;
    std::string legal_form;
    std::optional<PersonalText> personal_name = std::nullopt;

    bool operator==(const NameSince&) const = default;
    static void describe(auto& row) {
        row.record("NameSince", "What a legal entity is called from a day on.")
            .field("since", &NameSince::since, "The first day.")
            .field("legal_name", &NameSince::legal_name, "As its register has it.")
            .field("legal_form", &NameSince::legal_form, "Such as GmbH.")
            .field("personal_name", &NameSince::personal_name, "What a person is called.")
            .sealed_as("legal_name");
    }
};

// The numbers of a person who contracts.
struct PersonalNumbers {
    std::optional<PersonalText> inn;
    std::optional<PersonalText> ogrnip;
    std::optional<PersonalText> vat_number;
    std::optional<PersonalText> tax_number;

    bool operator==(const PersonalNumbers&) const = default;
    static void describe(auto& row) {
        row.record("PersonalNumbers", "By which registers and tax offices know a person.")
            .field("inn", &PersonalNumbers::inn, "In Russia the tax number.")
            .field("ogrnip", &PersonalNumbers::ogrnip, "In Russia the number of the register.")
            .field("vat_number", &PersonalNumbers::vat_number, "With the prefix of VIES.")
            .field("tax_number", &PersonalNumbers::tax_number, "Any other number.");
    }
};

// Where a person lives, but for the country.
struct PersonalPostal {
    PersonalText lines;
    std::optional<PersonalText> postal_code;
    PersonalText city;
    std::optional<PersonalText> region;

    bool operator==(const PersonalPostal&) const = default;
    static void describe(auto& row) {
        row.record("PersonalPostal", "Where a person is, but for the country.")
            .field("lines", &PersonalPostal::lines, "Street, house, door.")
            .field("postal_code", &PersonalPostal::postal_code, "The postal code.")
            .field("city", &PersonalPostal::city, "The city or village.")
            .field("region", &PersonalPostal::region, "State, province or region.");
    }
};

struct PreferredAddress {
    AddressPurpose purpose = AddressPurpose::registered;
    AddressCode address;

    bool operator==(const PreferredAddress&) const = default;
    static void describe(auto& row) {
        row.record("PreferredAddress", "The address taken for a purpose.")
            .field("purpose", &PreferredAddress::purpose, "For what.")
            .field("address", &PreferredAddress::address, "The address.");
    }
};

struct PreferredAccount {
    Currency currency;
    BankAccountCode bank_account;

    bool operator==(const PreferredAccount&) const = default;
    static void describe(auto& row) {
        row.record("PreferredAccount", "The account paid to in a currency.")
            .field("currency", &PreferredAccount::currency, "The currency.")
            .field("bank_account", &PreferredAccount::bank_account, "The account.");
    }
};

// Kept: all of it, for every day.
struct KnownCounterparty {
    CounterpartyCode counterparty;
    std::vector<NameSince> names;
    CountryCode country;
    std::vector<EntityNumber> numbers;
    std::vector<StandingReason> standings;
    std::vector<PreferredAddress> addresses;
    std::vector<PreferredAccount> accounts;
    std::optional<CounterpartyCode> merged_into;
    std::string merge_reason;
    std::vector<CounterpartyCode> absorbed;
    std::optional<PersonId> person;
    std::optional<PersonalNumbers> personal_numbers;

    static void describe(auto& row) {
        row.record("KnownCounterparty", "A counterparty, for every day.")
            .field("counterparty", &KnownCounterparty::counterparty, "Its code.")
            .field("names", &KnownCounterparty::names, "In the order of their days.")
            .field("country", &KnownCounterparty::country, "Where its seat is.")
            .field("numbers", &KnownCounterparty::numbers, "By which it is known.")
            .field("standings", &KnownCounterparty::standings, "From which day on.")
            .field("addresses", &KnownCounterparty::addresses, "Taken by default.")
            .field("accounts", &KnownCounterparty::accounts, "Paid to by default.")
            .field("merged_into", &KnownCounterparty::merged_into, "The one that stands for it.")
            .field("merge_reason", &KnownCounterparty::merge_reason, "How it was seen.")
            .field("absorbed", &KnownCounterparty::absorbed, "Those that it stands for.")
            .field("person", &KnownCounterparty::person, "Who it is; absent: a legal entity.")
            .field("personal_numbers", &KnownCounterparty::personal_numbers, "Of the person.");
    }
};

struct PostalSince {
    Date since;
    std::vector<AddressPurpose> purposes;
    PostalAddress postal;
    std::optional<PersonalPostal> personal = std::nullopt;

    bool operator==(const PostalSince&) const = default;
    static void describe(auto& row) {
        row.record("PostalSince", "How an address is written from a day on.")
            .field("since", &PostalSince::since, "The first day.")
            .field("purposes", &PostalSince::purposes, "What it is for.")
            .field("postal", &PostalSince::postal, "Where it is.")
            .field("personal", &PostalSince::personal, "Where a person is.");
    }
};

struct KnownAddress {
    CounterpartyCode counterparty;
    AddressCode address;
    std::vector<PostalSince> written;
    Term term;

    static void describe(auto& row) {
        row.record("KnownAddress", "An address, for every day.")
            .field("counterparty", &KnownAddress::counterparty, "The counterparty.")
            .field("address", &KnownAddress::address, "Code of the address.")
            .field("written", &KnownAddress::written, "In the order in which it was said.")
            .field("term", &KnownAddress::term, "From when until when.");
    }
};

struct KnownAccount {
    CounterpartyCode counterparty;
    BankAccountCode bank_account;
    AccountDetails details;
    Term term;
    std::optional<PersonalText> personal_number = std::nullopt;
    bool awaits_confirmation = false;

    static void describe(auto& row) {
        row.record("KnownAccount", "A bank account, for every day.")
            .field("counterparty", &KnownAccount::counterparty, "The counterparty.")
            .field("bank_account", &KnownAccount::bank_account, "Code of the account.")
            .field("details", &KnownAccount::details, "As a payment needs it.")
            .field("term", &KnownAccount::term, "From when until when.")
            .field("personal_number", &KnownAccount::personal_number, "Of a person's account.")
            .field("awaits_confirmation", &KnownAccount::awaits_confirmation,
                   "True: no second person has looked at it.");
    }
};

struct ListedCounterparty {
    CounterpartyCode counterparty;
    std::string legal_name;
    std::string legal_form;
    CountryCode country;
    std::string vat_number;
    std::vector<std::string> numbers;
    Standing standing = Standing::active;
    std::string standing_reason;
    std::vector<PartyCode> serves;
    std::optional<CounterpartyCode> merged_into;
    std::optional<PersonId> person = std::nullopt;
    std::optional<PersonalText> personal_name = std::nullopt;

    bool operator==(const ListedCounterparty&) const = default;
    static void describe(auto& row) {
        row.record("ListedCounterparty", "A counterparty.")
            .field("counterparty", &ListedCounterparty::counterparty, "Its code.")
            .field("legal_name", &ListedCounterparty::legal_name, "As its register has it.")
            .field("legal_form", &ListedCounterparty::legal_form, "Such as GmbH.")
            .field("country", &ListedCounterparty::country, "Where its seat is.")
            .field("vat_number", &ListedCounterparty::vat_number,
                   "Its number for value added tax in that country; may be empty.")
            .field("numbers", &ListedCounterparty::numbers, "All of them, each with its kind.")
            .field("standing", &ListedCounterparty::standing, "How it stands.")
            .field("standing_reason", &ListedCounterparty::standing_reason, "Why.")
            .field("serves", &ListedCounterparty::serves, "The parties served through it.")
            .field("merged_into", &ListedCounterparty::merged_into, "The one that stands for it.")
            .field("person", &ListedCounterparty::person, "Who it is; absent: a legal entity.")
            .field("personal_name", &ListedCounterparty::personal_name,
                   "The legal name of a person.")
            .personal(&ListedCounterparty::person, "legal_name");
    }
};

struct ListedAddress {
    CounterpartyCode counterparty;
    AddressCode address;
    std::vector<AddressPurpose> purposes;
    std::vector<AddressPurpose> preferred_for;
    std::vector<std::string> lines;
    std::string postal_code;
    std::string city;
    std::string region;
    CountryCode country;
    Date since;
    std::optional<Date> until;
    std::optional<PersonId> person = std::nullopt;
    std::optional<PersonalPostal> personal = std::nullopt;

    bool operator==(const ListedAddress&) const = default;
    static void describe(auto& row) {
        row.record("ListedAddress", "An address of a counterparty.")
            .field("counterparty", &ListedAddress::counterparty, "The counterparty.")
            .field("address", &ListedAddress::address, "Code of the address.")
            .field("purposes", &ListedAddress::purposes, "What it is for.")
            .field("preferred_for", &ListedAddress::preferred_for,
                   "For what it is taken where no other is named.")
            .field("lines", &ListedAddress::lines, "Street, house, door; from the top.")
            .field("postal_code", &ListedAddress::postal_code, "May be empty.")
            .field("city", &ListedAddress::city, "The city or village.")
            .field("region", &ListedAddress::region, "State, province or region; may be empty.")
            .field("country", &ListedAddress::country, "By ISO 3166-1.")
            .field("since", &ListedAddress::since, "The first day.")
            .field("until", &ListedAddress::until, "The last day; absent: it has no end yet.")
            .field("person", &ListedAddress::person, "Whose it is; absent: a legal entity's.")
            .field("personal", &ListedAddress::personal, "Where a person is, but for the country.")
            .personal(&ListedAddress::person);
    }
};

struct ListedBankAccount {
    CounterpartyCode counterparty;
    BankAccountCode bank_account;
    std::optional<Currency> currency;
    std::string iban;
    std::string bic;
    std::string account_number;
    std::string bank_code;
    std::string correspondent_account;
    std::optional<CountryCode> country;
    std::string bank_name;
    std::vector<Currency> preferred_for;
    Date since;
    std::optional<Date> until;
    std::optional<PersonId> person = std::nullopt;
    std::optional<PersonalText> personal_number = std::nullopt;
    bool awaits_confirmation = false;

    bool operator==(const ListedBankAccount&) const = default;
    static void describe(auto& row) {
        row.record("ListedBankAccount", "A bank account of a counterparty.")
            .field("counterparty", &ListedBankAccount::counterparty, "The counterparty.")
            .field("bank_account", &ListedBankAccount::bank_account, "Code of the account.")
            .field("currency", &ListedBankAccount::currency, "The only one; absent: any.")
            .field("iban", &ListedBankAccount::iban, "May be empty.")
            .field("bic", &ListedBankAccount::bic, "May be empty.")
            .field("account_number", &ListedBankAccount::account_number, "Where there is no IBAN.")
            .field("bank_code", &ListedBankAccount::bank_code, "Where there is no IBAN.")
            .field("correspondent_account", &ListedBankAccount::correspondent_account,
                   "In Russia the bank's account at the Bank of Russia.")
            .field("country", &ListedBankAccount::country, "Where there is no IBAN.")
            .field("bank_name", &ListedBankAccount::bank_name, "May be empty.")
            .field("preferred_for", &ListedBankAccount::preferred_for,
                   "The currencies for which it is paid to where no other is named.")
            .field("since", &ListedBankAccount::since, "The first day.")
            .field("until", &ListedBankAccount::until, "The last day; absent: it has no end yet.")
            .field("person", &ListedBankAccount::person, "Whose it is; absent: a legal entity's.")
            .field("personal_number", &ListedBankAccount::personal_number,
                   "The IBAN or number of a person's account.")
            .personal(&ListedBankAccount::person, "number")
            .field("awaits_confirmation", &ListedBankAccount::awaits_confirmation,
                   "True: no second person has looked at it.");
    }
};

struct CounterpartyCard {
    CounterpartyCode counterparty;
    std::string legal_name;
    std::string legal_form;
    CountryCode country;
    Standing standing = Standing::active;
    std::vector<NameSince> names;
    std::vector<EntityNumber> numbers;
    std::vector<StandingReason> standings;
    std::vector<ListedAddress> addresses;
    std::vector<ListedBankAccount> bank_accounts;
    std::vector<LinkTerm> parties;
    std::optional<CounterpartyCode> merged_into;
    std::string merge_reason;
    std::vector<CounterpartyCode> stands_for;
    std::optional<PersonId> person;
    std::optional<PersonalNumbers> personal_numbers;

    bool operator==(const CounterpartyCard&) const = default;
    static void describe(auto& row) {
        row.record("CounterpartyCard",
                   "All that is known of a counterparty; addresses and bank accounts as they are "
                   "on the day.")
            .field("counterparty", &CounterpartyCard::counterparty, "Its code.")
            .field("legal_name", &CounterpartyCard::legal_name, "As its register has it.")
            .field("legal_form", &CounterpartyCard::legal_form, "Such as GmbH.")
            .field("country", &CounterpartyCard::country, "Where its seat is.")
            .field("standing", &CounterpartyCard::standing, "How it stands.")
            .field("names", &CounterpartyCard::names, "What it was called.")
            .personal(&CounterpartyCard::person)
            .field("numbers", &CounterpartyCard::numbers, "By which it is and was known.")
            .field("standings", &CounterpartyCard::standings, "How it stood, and why.")
            .field("addresses", &CounterpartyCard::addresses, "Where it is.")
            .field("bank_accounts", &CounterpartyCard::bank_accounts, "Where it is paid to.")
            .field("parties", &CounterpartyCard::parties, "Who is served through it.")
            .field("merged_into", &CounterpartyCard::merged_into, "The one that stands for it.")
            .field("merge_reason", &CounterpartyCard::merge_reason, "How it was seen.")
            .field("stands_for", &CounterpartyCard::stands_for, "Those merged into it.")
            .field("person", &CounterpartyCard::person, "Who it is; absent: a legal entity.")
            .field("personal_numbers", &CounterpartyCard::personal_numbers, "Of the person.")
            .personal(&CounterpartyCard::person);
    }
};

struct CounterpartyList {
    CompanyCode company;
    std::optional<PartyCode> party = std::nullopt;
    std::optional<CountryCode> country = std::nullopt;
    std::optional<Standing> standing = std::nullopt;
    std::string text = {};
    bool merged = false;

    static void describe(auto& query) {
        query.record("counterparties", "The legal entities that a company deals with, by code.")
            .company(&CounterpartyList::company)
            .field("company", &CounterpartyList::company, "Whose counterparties.")
            .field("party", &CounterpartyList::party,
                   "Only those that this party is served through.")
            .field("country", &CounterpartyList::country, "Only those with their seat there.")
            .field("standing", &CounterpartyList::standing, "Only those that stand so.")
            .field("text", &CounterpartyList::text,
                   "Only those whose legal name has these words, or their beginnings, or whose "
                   "code or one of whose numbers has this text.")
            .otherwise_empty()
            .field("merged", &CounterpartyList::merged,
                   "True: those too that were merged into others.")
            .otherwise(false)
            .template answers<ListedCounterparty>(Times::both);
    }
};

struct OneCounterparty {
    CompanyCode company;
    CounterpartyCode counterparty;
    bool as_itself = false;

    static void describe(auto& query) {
        query
            .record("counterparty",
                    "One counterparty with all that is known of it; of one that was merged, the "
                    "one that stands for it.")
            .company(&OneCounterparty::company)
            .field("company", &OneCounterparty::company, "Whose counterparty.")
            .field("counterparty", &OneCounterparty::counterparty, "A counterparty.")
            .field("as_itself", &OneCounterparty::as_itself,
                   "True: the counterparty itself, even where another one stands for it.")
            .otherwise(false)
            .template answers<CounterpartyCard>(Times::both);
    }
};

struct AddressList {
    CompanyCode company;
    std::optional<CounterpartyCode> counterparty = std::nullopt;
    std::optional<AddressPurpose> purpose = std::nullopt;

    static void describe(auto& query) {
        query.record("addresses", "The addresses of counterparties.")
            .company(&AddressList::company)
            .field("company", &AddressList::company, "Whose counterparties.")
            .field("counterparty", &AddressList::counterparty, "Only those of this one.")
            .field("purpose", &AddressList::purpose, "Only those for this.")
            .template answers<ListedAddress>(Times::both);
    }
};

struct BankAccountList {
    CompanyCode company;
    std::optional<CounterpartyCode> counterparty = std::nullopt;
    std::optional<Currency> currency = std::nullopt;

    static void describe(auto& query) {
        query.record("bank_accounts", "The bank accounts of counterparties.")
            .company(&BankAccountList::company)
            .field("company", &BankAccountList::company, "Whose counterparties.")
            .field("counterparty", &BankAccountList::counterparty, "Only those of this one.")
            .field("currency", &BankAccountList::currency, "Only those that take this currency.")
            .template answers<ListedBankAccount>(Times::both);
    }
};

}  // namespace kontor::parties
