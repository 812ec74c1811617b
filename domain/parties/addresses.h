// Where a legal entity has its seat, gets its goods and its bills.
#pragma once

#include "domain/parties/counterparty.h"
#include "domain/parties/organisations.h"
#include "domain/parties/term.h"

#include <cstdint>
#include <string>
#include <vector>

namespace kontor::parties {

struct AddressThing {
    static constexpr Thing thing{"address", "addresses"};
};
using AddressCode = Code<AddressThing>;

enum class AddressPurpose : std::uint8_t { registered, delivery, invoice };

void describe(auto& choice, AddressPurpose) {
    choice.choice("AddressPurpose", "What an address is for.")
        .value("registered", "The seat, as the register has it.")
        .value("delivery", "Goods go there.")
        .value("invoice", "Bills and dunning letters go there.");
}

inline constexpr Reason address_exists{Refusal::conflict, "address_exists",
                                       "The counterparty has an address with this code already."};
inline constexpr Reason address_unknown{Refusal::missing, "address_unknown",
                                        "The counterparty has no address with this code."};
inline constexpr Reason address_ended{Refusal::conflict, "address_ended",
                                      "The address has ended; add it anew under another code."};
inline constexpr Reason address_not_for{Refusal::invalid, "address_not_for",
                                        "The address is not for this purpose."};

struct PostalAddress {
    std::vector<std::string> lines;
    std::string postal_code;
    std::string city;
    std::string region;
    CountryCode country;

    bool operator==(const PostalAddress&) const = default;
    static void describe(auto& record) {
        record.record("PostalAddress", "Where something is sent.")
            .field("lines", &PostalAddress::lines, "Street, house, door; from the top.")
            .otherwise_empty()
            .longest(6)
            .field("postal_code", &PostalAddress::postal_code, "May be empty.")
            .otherwise_empty()
            .longest(20)
            .field("city", &PostalAddress::city, "The city or village.")
            .longest(100)
            .field("region", &PostalAddress::region, "State, province or region; may be empty.")
            .otherwise_empty()
            .longest(100)
            .field("country", &PostalAddress::country, "By ISO 3166-1, such as \"DE\".");
    }
};

struct AddressAdded {
    CompanyCode company;
    CounterpartyCode counterparty;
    AddressCode address;
    std::vector<AddressPurpose> purposes;
    PostalAddress postal;
    Date since;
    std::vector<AddressPurpose> preferred_for;

    bool operator==(const AddressAdded&) const = default;
    static void describe(auto& event) {
        event.record("AddressAdded", "A counterparty has an address.")
            .company(&AddressAdded::company)
            .stream(&AddressAdded::counterparty)
            .on(&AddressAdded::since)
            .field("company", &AddressAdded::company, "Whose counterparty.")
            .field("counterparty", &AddressAdded::counterparty, "The counterparty.")
            .field("address", &AddressAdded::address, "Code of the address.")
            .field("purposes", &AddressAdded::purposes, "What it is for, sorted.")
            .field("postal", &AddressAdded::postal, "Where it is.")
            .field("since", &AddressAdded::since, "The first day.")
            .field("preferred_for", &AddressAdded::preferred_for,
                   "For what it is taken where no other is named.");
    }
};

struct AddressChanged {
    CompanyCode company;
    CounterpartyCode counterparty;
    AddressCode address;
    std::vector<AddressPurpose> purposes;
    PostalAddress postal;
    Date since;

    bool operator==(const AddressChanged&) const = default;
    static void describe(auto& event) {
        event.record("AddressChanged", "An address is written or used another way.")
            .company(&AddressChanged::company)
            .stream(&AddressChanged::counterparty)
            .on(&AddressChanged::since)
            .field("company", &AddressChanged::company, "Whose counterparty.")
            .field("counterparty", &AddressChanged::counterparty, "The counterparty.")
            .field("address", &AddressChanged::address, "Code of the address.")
            .field("purposes", &AddressChanged::purposes, "What it is for, sorted.")
            .field("postal", &AddressChanged::postal, "Where it is.")
            .field("since", &AddressChanged::since, "The first day.");
    }
};

struct AddressPreferred {
    CompanyCode company;
    CounterpartyCode counterparty;
    AddressCode address;
    AddressPurpose purpose = AddressPurpose::registered;

    bool operator==(const AddressPreferred&) const = default;
    static void describe(auto& event) {
        event.record("AddressPreferred", "An address is taken where no other is named.")
            .company(&AddressPreferred::company)
            .stream(&AddressPreferred::counterparty)
            .on_recorded_day()
            .field("company", &AddressPreferred::company, "Whose counterparty.")
            .field("counterparty", &AddressPreferred::counterparty, "The counterparty.")
            .field("address", &AddressPreferred::address, "Code of the address.")
            .field("purpose", &AddressPreferred::purpose, "For what.");
    }
};

struct AddressEnded {
    CompanyCode company;
    CounterpartyCode counterparty;
    AddressCode address;
    Date until;

    bool operator==(const AddressEnded&) const = default;
    static void describe(auto& event) {
        event.record("AddressEnded", "A counterparty no longer has an address.")
            .company(&AddressEnded::company)
            .stream(&AddressEnded::counterparty)
            .on(&AddressEnded::until)
            .field("company", &AddressEnded::company, "Whose counterparty.")
            .field("counterparty", &AddressEnded::counterparty, "The counterparty.")
            .field("address", &AddressEnded::address, "Code of the address.")
            .field("until", &AddressEnded::until, "The last day.");
    }
};

struct AddAddress {
    CompanyCode company;
    CounterpartyCode counterparty;
    AddressCode address;
    std::vector<AddressPurpose> purposes;
    PostalAddress postal;
    std::optional<Date> since;

    static void describe(auto& command) {
        command
            .record("AddAddress",
                    "Gives a counterparty an address for one purpose or several. The first of a "
                    "purpose is taken where a document names none.")
            .company(&AddAddress::company)
            .stream(&AddAddress::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "SALIX-GMBH", "address": "HQ",
                "purposes": ["registered", "delivery", "invoice"], "postal": {"lines":
                ["Weidenweg 7"], "postal_code": "70173", "city": "Stuttgart", "country": "DE"},
                "since": "2026-01-01"})")
            .field("company", &AddAddress::company, "Whose counterparty.")
            .field("counterparty", &AddAddress::counterparty, "A counterparty.")
            .field("address", &AddAddress::address,
                   "A code for it, such as \"HQ\"; documents name it by this.")
            .field("purposes", &AddAddress::purposes, "What it is for; at least one.")
            .shortest(1)
            .longest(3)
            .field("postal", &AddAddress::postal, "Where it is.")
            .field("since", &AddAddress::since, "The first day. Absent: today.")
            .refuses(counterparty_unknown, counterparty_merged, counterparty_is_person,
                     address_exists, country_unknown);
    }
};

struct ChangeAddress {
    CompanyCode company;
    CounterpartyCode counterparty;
    AddressCode address;
    std::vector<AddressPurpose> purposes;
    PostalAddress postal;
    std::optional<Date> since;

    static void describe(auto& command) {
        command
            .record("ChangeAddress",
                    "Writes an address anew from a day on, such as after a move; documents of "
                    "before keep what it was then.")
            .company(&ChangeAddress::company)
            .stream(&ChangeAddress::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "SALIX-GMBH", "address": "HQ",
                "purposes": ["registered", "delivery", "invoice"], "postal": {"lines":
                ["Erlenweg 3"], "postal_code": "70173", "city": "Stuttgart", "country": "DE"},
                "since": "2026-04-01"})")
            .field("company", &ChangeAddress::company, "Whose counterparty.")
            .field("counterparty", &ChangeAddress::counterparty, "A counterparty.")
            .field("address", &ChangeAddress::address, "An address of it.")
            .field("purposes", &ChangeAddress::purposes, "What it is for; at least one.")
            .shortest(1)
            .longest(3)
            .field("postal", &ChangeAddress::postal, "Where it is.")
            .field("since", &ChangeAddress::since, "The first day. Absent: today.")
            .refuses(counterparty_unknown, counterparty_merged, counterparty_is_person,
                     address_unknown, address_ended, country_unknown);
    }
};

struct PreferAddress {
    CompanyCode company;
    CounterpartyCode counterparty;
    AddressCode address;
    AddressPurpose purpose = AddressPurpose::registered;

    static void describe(auto& command) {
        command.record("PreferAddress", "Takes an address where a document names none.")
            .company(&PreferAddress::company)
            .stream(&PreferAddress::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "SALIX-GMBH", "address": "HQ",
                "purpose": "delivery"})")
            .field("company", &PreferAddress::company, "Whose counterparty.")
            .field("counterparty", &PreferAddress::counterparty, "A counterparty.")
            .field("address", &PreferAddress::address, "An address of it.")
            .field("purpose", &PreferAddress::purpose, "For what; one that the address has.")
            .refuses(counterparty_unknown, counterparty_merged, address_unknown, address_ended,
                     address_not_for);
    }
};

struct EndAddress {
    CompanyCode company;
    CounterpartyCode counterparty;
    AddressCode address;
    std::optional<Date> until;

    static void describe(auto& command) {
        command
            .record("EndAddress",
                    "Says that a counterparty no longer has an address. It stays for what named "
                    "it; another one of the same purpose is taken in its place.")
            .company(&EndAddress::company)
            .stream(&EndAddress::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "SALIX-GMBH", "address": "HQ", "until":
                "2030-12-31"})")
            .field("company", &EndAddress::company, "Whose counterparty.")
            .field("counterparty", &EndAddress::counterparty, "A counterparty.")
            .field("address", &EndAddress::address, "An address of it.")
            .field("until", &EndAddress::until, "The last day. Absent: today.")
            .refuses(counterparty_unknown, counterparty_merged, address_unknown, address_ended,
                     end_before_beginning);
    }
};

struct AddressKey {
    CompanyCode company;
    CounterpartyCode counterparty;
    AddressCode address;

    auto operator<=>(const AddressKey&) const = default;
    static void describe(auto& key) {
        key.record("AddressKey", "An address of a counterparty.")
            .field("company", &AddressKey::company, "Whose counterparty.")
            .field("counterparty", &AddressKey::counterparty, "The counterparty.")
            .field("address", &AddressKey::address, "Code of the address.");
    }
};

// Where it is from a day on.
struct CountrySince {
    Date since;
    CountryCode country;

    static void describe(auto& record) {
        record.record("CountrySince", "In which country an address is from a day on.")
            .field("since", &CountrySince::since, "The first day.")
            .field("country", &CountrySince::country, "The country.");
    }
};

struct Address {
    std::vector<AddressPurpose> purposes;
    std::vector<AddressPurpose> preferred_for;
    std::vector<CountrySince> countries;
    Term term;

    static void describe(auto& record) {
        record.record("Address", "An address as decisions know it.")
            .field("purposes", &Address::purposes, "What it is for.")
            .field("preferred_for", &Address::preferred_for,
                   "For what it is taken where no other is named.")
            .field("countries", &Address::countries,
                   "In which country it is, in the order in which it was said.")
            .field("term", &Address::term, "From when until when.");
    }
};
using Addresses = Table<AddressKey, Address>;

bool is_for(const Address&, AddressPurpose);
// Where the address is on a day, for taxes; as first said on days before.
CountryCode country_on(const Address&, Date);

// The purposes for which the counterparty has no address without an end yet: a new one is taken for
// them where a document names none.
std::vector<AddressPurpose> purposes_unserved(const World&, const CompanyCode&,
                                              const CounterpartyCode&, std::vector<AddressPurpose>);

Decision<AddressAdded> decide(const World&, const AddAddress&, const Context&);
Decision<AddressChanged> decide(const World&, const ChangeAddress&, const Context&);
Decision<AddressPreferred> decide(const World&, const PreferAddress&, const Context&);
Decision<AddressEnded> decide(const World&, const EndAddress&, const Context&);
void evolve(Addresses&, const AddressAdded&);
void evolve(Addresses&, const AddressChanged&);
void evolve(Addresses&, const AddressPreferred&);
void evolve(Addresses&, const AddressEnded&);

Part addresses();

}  // namespace kontor::parties
