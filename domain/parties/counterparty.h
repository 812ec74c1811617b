// A counterparty: the legal entity that contracts, is billed, pays and is taxed.
//
// It is another thing than the party that people talk to: one customer may be served through
// several legal entities, and one legal entity may stand behind several customers.
#pragma once

#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/table.h"
#include "domain/core/world.h"
#include "domain/parties/entity_numbers.h"
#include "domain/parties/party.h"
#include "domain/parties/standing.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::parties {

struct CounterpartyThing {
    static constexpr Thing thing{"counterparty", "counterparties"};
};
using CounterpartyCode = Code<CounterpartyThing>;

inline constexpr Reason counterparty_unknown{Refusal::missing, "counterparty_unknown",
                                             "The company has no counterparty with this code."};
inline constexpr Reason counterparty_merged{
    Refusal::conflict, "counterparty_merged",
    "The counterparty was merged into another one, which stands for it; name that one."};
inline constexpr Reason counterparty_is_person{
    Refusal::conflict, "counterparty_is_person",
    "The counterparty is a person: what is known of persons is kept sealed, by commands of their "
    "own."};
inline constexpr Reason counterparty_is_no_person{
    Refusal::conflict, "counterparty_is_no_person",
    "The counterparty is a legal entity, of which nothing is sealed."};

struct CounterpartyKey {
    CompanyCode company;
    CounterpartyCode counterparty;

    auto operator<=>(const CounterpartyKey&) const = default;
    static void describe(auto& key) {
        key.record("CounterpartyKey", "A counterparty of a company.")
            .field("company", &CounterpartyKey::company, "Whose counterparty.")
            .field("counterparty", &CounterpartyKey::counterparty, "Its code.");
    }
};

struct Counterparty {
    CountryCode country;
    std::vector<EntityNumber> numbers;
    Standings standings;
    std::optional<CounterpartyCode> merged_into;
    std::vector<CounterpartyCode> absorbed;
    std::optional<PersonId> person = std::nullopt;

    static void describe(auto& record) {
        record.record("Counterparty", "A counterparty as decisions know it.")
            .field("country", &Counterparty::country, "Where its seat is.")
            .field("numbers", &Counterparty::numbers, "By which it is known.")
            .field("standings", &Counterparty::standings, "How it stands from which day on.")
            .field("merged_into", &Counterparty::merged_into, "The one that stands for it.")
            .field("absorbed", &Counterparty::absorbed, "Those that it stands for.")
            .field("person", &Counterparty::person, "Who it is; absent: it is a legal entity.");
    }
};
using Counterparties = Table<CounterpartyKey, Counterparty>;

// Why a command cannot be about the counterparty: it is unknown or merged. Empty when it can.
Objection fault_of_counterparty(const World&, const CompanyCode&, const CounterpartyCode&);
// The same where it must be a legal entity: counterparty_is_person too.
Objection fault_of_legal_entity(const World&, const CompanyCode&, const CounterpartyCode&);

// Its number of a kind in a country on a day; null when it has none.
const EntityNumber* number_on(const Counterparty&, NumberKind, const CountryCode&, Date);

}  // namespace kontor::parties
