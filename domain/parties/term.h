// From when until when something holds: a role, a relation, an address, a link.
#pragma once

#include "domain/core/date.h"
#include "domain/core/decision.h"

#include <optional>
#include <vector>

namespace kontor::parties {

inline constexpr Reason end_before_beginning{Refusal::invalid, "end_before_beginning",
                                             "It would end before it began."};

// Both days are in it.
struct Term {
    Date since;
    std::optional<Date> until;

    bool operator==(const Term&) const = default;
    bool covers(Date day) const { return since <= day && (!until || day <= *until); }
    static void describe(auto& record) {
        record.record("Term", "From when until when something holds.")
            .field("since", &Term::since, "The first day.")
            .field("until", &Term::until, "The last day; absent: it has no end yet.");
    }
};
// In the order of time; they never overlap, and only the last may have no end.
using Terms = std::vector<Term>;

bool any_covers(const Terms&, Date);
// Whether a new term may not begin on the day: another one holds then, or later.
bool taken_from(const Terms&, Date since);
// The last term when it has no end yet; else null.
const Term* open_term(const Terms&);
// Ends the open term.
void end_term(Terms&, Date until);

}  // namespace kontor::parties
