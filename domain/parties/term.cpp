// How terms follow each other.
#include "domain/parties/term.h"

#include <algorithm>

namespace kontor::parties {

bool any_covers(const Terms& terms, Date day) {
    return std::ranges::any_of(terms, [&](const Term& term) { return term.covers(day); });
}

bool taken_from(const Terms& terms, Date since) {
    return !terms.empty() && (!terms.back().until || since <= *terms.back().until);
}

const Term* open_term(const Terms& terms) {
    return terms.empty() || terms.back().until ? nullptr : &terms.back();
}

void end_term(Terms& terms, Date until) {
    ensure(open_term(terms) != nullptr, "what ends has begun");
    terms.back().until = until;
}

}  // namespace kontor::parties
