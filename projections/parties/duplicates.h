// Who may be entered twice, and by what one sees it; before entering somebody and afterwards.
#pragma once

#include "domain/parties/counterparty.h"
#include "domain/parties/likeness.h"
#include "domain/parties/party.h"

#include <optional>
#include <string>

namespace kontor::parties {

enum class Certainty : std::uint8_t { certain, likely };

void describe(auto& choice, Certainty) {
    choice.choice("Certainty", "How sure it is that two entries are one.")
        .value("certain", "Their numbers are the same, and nobody else is served through them.")
        .value("likely", "Look before you merge them.");
}

struct DuplicateParty {
    std::optional<PartyCode> party;
    std::string name;
    PartyCode other;
    std::string other_name;
    Certainty certainty = Certainty::certain;
    LikenessSign sign = LikenessSign::number;
    std::string same;

    bool operator==(const DuplicateParty&) const = default;
    static void describe(auto& row) {
        row.record("DuplicateParty", "Two parties that may be one.")
            .field("party", &DuplicateParty::party, "One; absent: the one that was asked about.")
            .field("name", &DuplicateParty::name, "Its name.")
            .field("other", &DuplicateParty::other, "The other one.")
            .field("other_name", &DuplicateParty::other_name, "Its name.")
            .field("certainty", &DuplicateParty::certainty, "How sure it is.")
            .field("sign", &DuplicateParty::sign, "By what they are alike.")
            .field("same", &DuplicateParty::same, "What is the same; empty for names.");
    }
};

struct DuplicateParties {
    CompanyCode company;
    std::optional<PartyCode> party = std::nullopt;
    std::string name = {};
    std::optional<CountryCode> country = std::nullopt;
    std::string number = {};

    static void describe(auto& query) {
        query
            .record("duplicate_parties",
                    "Parties that may be one: by a number of their counterparties, by name and "
                    "country, by mail address or telephone number. Those merged already are left "
                    "out. With a name or number: who it may be that is about to be entered.")
            .company(&DuplicateParties::company)
            .field("company", &DuplicateParties::company, "Whose parties.")
            .field("party", &DuplicateParties::party, "Only those that may be this one.")
            .field("name", &DuplicateParties::name, "A name that is not entered yet.")
            .otherwise_empty()
            .field("country", &DuplicateParties::country, "The country that goes with the name.")
            .field("number", &DuplicateParties::number,
                   "A number of any register that is not entered yet.")
            .otherwise_empty()
            .template answers<DuplicateParty>(Times::known_at);
    }
};

struct DuplicateCounterparty {
    std::optional<CounterpartyCode> counterparty;
    std::string name;
    CounterpartyCode other;
    std::string other_name;
    Certainty certainty = Certainty::certain;
    LikenessSign sign = LikenessSign::number;
    std::string same;

    bool operator==(const DuplicateCounterparty&) const = default;
    static void describe(auto& row) {
        row.record("DuplicateCounterparty", "Two counterparties that may be one legal entity.")
            .field("counterparty", &DuplicateCounterparty::counterparty,
                   "One; absent: the one that was asked about.")
            .field("name", &DuplicateCounterparty::name, "Its legal name.")
            .field("other", &DuplicateCounterparty::other, "The other one.")
            .field("other_name", &DuplicateCounterparty::other_name, "Its legal name.")
            .field("certainty", &DuplicateCounterparty::certainty, "How sure it is.")
            .field("sign", &DuplicateCounterparty::sign, "By what they are alike.")
            .field("same", &DuplicateCounterparty::same, "What is the same; empty for names.");
    }
};

struct DuplicateCounterparties {
    CompanyCode company;
    std::optional<CounterpartyCode> counterparty = std::nullopt;
    std::string name = {};
    std::optional<CountryCode> country = std::nullopt;
    std::string number = {};

    static void describe(auto& query) {
        query
            .record("duplicate_counterparties",
                    "Counterparties that may be one legal entity: by number, legal name and "
                    "country, or bank account. Those merged already are left out. With a name or "
                    "number: who it may be that is about to be entered.")
            .company(&DuplicateCounterparties::company)
            .field("company", &DuplicateCounterparties::company, "Whose counterparties.")
            .field("counterparty", &DuplicateCounterparties::counterparty,
                   "Only those that may be this one.")
            .field("name", &DuplicateCounterparties::name, "A name that is not entered yet.")
            .otherwise_empty()
            .field("country", &DuplicateCounterparties::country,
                   "The country that goes with the name.")
            .field("number", &DuplicateCounterparties::number,
                   "A number of any register that is not entered yet.")
            .otherwise_empty()
            .template answers<DuplicateCounterparty>(Times::known_at);
    }
};

}  // namespace kontor::parties
