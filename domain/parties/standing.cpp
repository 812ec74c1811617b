// How standings follow each other.
#include "domain/parties/standing.h"

#include <algorithm>

namespace kontor::parties {

Standing standing_on(const Standings& standings, Date day) {
    Standing standing = Standing::active;
    for (const StandingSince& each : standings)
        if (each.since <= day) standing = each.standing;
    return standing;
}

Standing last_standing(const Standings& standings) {
    return standings.empty() ? Standing::active : standings.back().standing;
}

Objection fault_of_standing(const Standings& standings, Standing standing, Date since) {
    if (last_standing(standings) == standing) return standing_unchanged.about(standing);
    if (!standings.empty() && since < standings.back().since)
        return standing_changed_later.about(standings.back().standing, standings.back().since);
    return {};
}

void change_standing(Standings& standings, Standing standing, Date since) {
    if (!standings.empty() && standings.back().since == since)
        standings.back().standing = standing;
    else
        standings.push_back({since, standing});
}

}  // namespace kontor::parties
