// Through which legal entities a party is served, and which of them is taken by default.
#pragma once

#include "domain/parties/counterparty.h"
#include "domain/parties/party.h"
#include "domain/parties/term.h"

namespace kontor::parties {

inline constexpr Reason link_stands{
    Refusal::conflict, "link_stands",
    "The party is served through this counterparty on that day or later already."};
inline constexpr Reason link_unknown{Refusal::missing, "link_unknown",
                                     "The party is not served through this counterparty."};
inline constexpr Reason link_preferred{Refusal::conflict, "link_preferred",
                                       "The party is served through it by default already."};

struct CounterpartyLinked {
    CompanyCode company;
    PartyCode party;
    CounterpartyCode counterparty;
    Date since;
    bool preferred = false;

    bool operator==(const CounterpartyLinked&) const = default;
    static void describe(auto& event) {
        event.record("CounterpartyLinked", "A party is served through a counterparty.")
            .company(&CounterpartyLinked::company)
            .stream(&CounterpartyLinked::party)
            .on(&CounterpartyLinked::since)
            .field("company", &CounterpartyLinked::company, "Whose party.")
            .field("party", &CounterpartyLinked::party, "The party.")
            .field("counterparty", &CounterpartyLinked::counterparty, "The counterparty.")
            .field("since", &CounterpartyLinked::since, "The first day.")
            .field("preferred", &CounterpartyLinked::preferred,
                   "Taken where no other is named, instead of the one before.");
    }
};

struct CounterpartyPreferred {
    CompanyCode company;
    PartyCode party;
    CounterpartyCode counterparty;

    bool operator==(const CounterpartyPreferred&) const = default;
    static void describe(auto& event) {
        event.record("CounterpartyPreferred", "A counterparty is taken where no other is named.")
            .company(&CounterpartyPreferred::company)
            .stream(&CounterpartyPreferred::party)
            .on_recorded_day()
            .field("company", &CounterpartyPreferred::company, "Whose party.")
            .field("party", &CounterpartyPreferred::party, "The party.")
            .field("counterparty", &CounterpartyPreferred::counterparty, "The counterparty.");
    }
};

struct CounterpartyUnlinked {
    CompanyCode company;
    PartyCode party;
    CounterpartyCode counterparty;
    Date until;

    bool operator==(const CounterpartyUnlinked&) const = default;
    static void describe(auto& event) {
        event.record("CounterpartyUnlinked", "A party is no longer served through a counterparty.")
            .company(&CounterpartyUnlinked::company)
            .stream(&CounterpartyUnlinked::party)
            .on(&CounterpartyUnlinked::until)
            .field("company", &CounterpartyUnlinked::company, "Whose party.")
            .field("party", &CounterpartyUnlinked::party, "The party.")
            .field("counterparty", &CounterpartyUnlinked::counterparty, "The counterparty.")
            .field("until", &CounterpartyUnlinked::until, "The last day.");
    }
};

struct LinkCounterparty {
    CompanyCode company;
    PartyCode party;
    CounterpartyCode counterparty;
    std::optional<Date> since;
    bool preferred = false;

    static void describe(auto& command) {
        command
            .record("LinkCounterparty",
                    "Says that a party is served through a counterparty: it contracts, is billed "
                    "and pays. A party may have several, and a counterparty may stand behind "
                    "several parties.")
            .company(&LinkCounterparty::company)
            .stream(&LinkCounterparty::party)
            .example(R"({"company": "DEMO", "party": "SALIX", "counterparty": "SALIX-GMBH", "since":
                "2026-01-01"})")
            .field("company", &LinkCounterparty::company, "Whose party.")
            .field("party", &LinkCounterparty::party, "A party.")
            .field("counterparty", &LinkCounterparty::counterparty, "A counterparty.")
            .field("since", &LinkCounterparty::since, "The first day. Absent: today.")
            .field("preferred", &LinkCounterparty::preferred,
                   "True: taken where a document names none. The first is so anyway.")
            .otherwise(false)
            .refuses(party_unknown, party_merged, counterparty_unknown, counterparty_merged,
                     link_stands);
    }
};

struct PreferCounterparty {
    CompanyCode company;
    PartyCode party;
    CounterpartyCode counterparty;

    static void describe(auto& command) {
        command
            .record("PreferCounterparty",
                    "Takes a counterparty where a document of the party names none.")
            .company(&PreferCounterparty::company)
            .stream(&PreferCounterparty::party)
            .example(R"({"company": "DEMO", "party": "C-1001", "counterparty": "ALDER-BOOKS"})")
            .field("company", &PreferCounterparty::company, "Whose party.")
            .field("party", &PreferCounterparty::party, "A party.")
            .field("counterparty", &PreferCounterparty::counterparty,
                   "A counterparty that it is served through.")
            .refuses(party_unknown, party_merged, link_unknown, link_preferred);
    }
};

struct UnlinkCounterparty {
    CompanyCode company;
    PartyCode party;
    CounterpartyCode counterparty;
    std::optional<Date> until;

    static void describe(auto& command) {
        command
            .record("UnlinkCounterparty",
                    "Says that a party is no longer served through a counterparty. What it "
                    "contracted stays.")
            .company(&UnlinkCounterparty::company)
            .stream(&UnlinkCounterparty::party)
            .example(R"({"company": "DEMO", "party": "SALIX", "counterparty": "SALIX-GMBH", "until":
                "2030-12-31"})")
            .field("company", &UnlinkCounterparty::company, "Whose party.")
            .field("party", &UnlinkCounterparty::party, "A party.")
            .field("counterparty", &UnlinkCounterparty::counterparty,
                   "A counterparty that it is served through.")
            .field("until", &UnlinkCounterparty::until, "The last day. Absent: today.")
            .refuses(party_unknown, party_merged, link_unknown, end_before_beginning);
    }
};

struct CounterpartyLinkKey {
    CompanyCode company;
    PartyCode party;
    CounterpartyCode counterparty;

    auto operator<=>(const CounterpartyLinkKey&) const = default;
    static void describe(auto& key) {
        key.record("CounterpartyLinkKey", "A party and a counterparty that it is served through.")
            .field("company", &CounterpartyLinkKey::company, "Whose party.")
            .field("party", &CounterpartyLinkKey::party, "The party.")
            .field("counterparty", &CounterpartyLinkKey::counterparty, "The counterparty.");
    }
};

struct CounterpartyLink {
    Terms terms;
    bool preferred = false;

    static void describe(auto& record) {
        record.record("CounterpartyLink", "When a party is served through a counterparty.")
            .field("terms", &CounterpartyLink::terms, "In the order of time.")
            .field("preferred", &CounterpartyLink::preferred, "Taken where no other is named.");
    }
};
using CounterpartyLinks = Table<CounterpartyLinkKey, CounterpartyLink>;

Decision<CounterpartyLinked> decide(const World&, const LinkCounterparty&, const Context&);
Decision<CounterpartyPreferred> decide(const World&, const PreferCounterparty&, const Context&);
Decision<CounterpartyUnlinked> decide(const World&, const UnlinkCounterparty&, const Context&);
void evolve(CounterpartyLinks&, const CounterpartyLinked&);
void evolve(CounterpartyLinks&, const CounterpartyPreferred&);
void evolve(CounterpartyLinks&, const CounterpartyUnlinked&);

Part counterparty_links();

}  // namespace kontor::parties
