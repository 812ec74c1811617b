// How a party or a counterparty stands with the company: dealt with, no longer, or refused.
#pragma once

#include "domain/core/date.h"
#include "domain/core/decision.h"

#include <cstdint>
#include <vector>

namespace kontor::parties {

enum class Standing : std::uint8_t { active, former, refused };

void describe(auto& choice, Standing) {
    choice.choice("Standing", "How the company stands with somebody.")
        .value("active", "The company deals with it.")
        .value("former", "It no longer exists or no longer deals with the company.")
        .value("refused", "The company will not deal with it: it is on the black list.");
}

inline constexpr Reason standing_unchanged{Refusal::conflict, "standing_unchanged",
                                           "That is how it stands already."};
inline constexpr Reason standing_changed_later{
    Refusal::conflict, "standing_changed_later",
    "Its standing changed after that day; choose a day that is not before."};

struct StandingSince {
    Date since;
    Standing standing = Standing::active;

    bool operator==(const StandingSince&) const = default;
    static void describe(auto& record) {
        record.record("StandingSince", "How it stands from a day on.")
            .field("since", &StandingSince::since, "The first day.")
            .field("standing", &StandingSince::standing, "How it stands.");
    }
};
// In the order of time; before the first it is active.
using Standings = std::vector<StandingSince>;

Standing standing_on(const Standings&, Date);
Standing last_standing(const Standings&);
// Why it cannot stand so from that day on; empty when it can.
Objection fault_of_standing(const Standings&, Standing, Date since);
// A second change on one day stands in place of the first.
void change_standing(Standings&, Standing, Date since);

}  // namespace kontor::parties
