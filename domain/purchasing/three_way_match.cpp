// What a tolerance allows.
#include "domain/purchasing/three_way_match.h"

namespace kontor::purchasing {

bool is_beyond(const MatchTolerance& tolerance, std::int64_t difference, std::int64_t of,
               Money amount) {
    if (tolerance.percent &&
        Wide{difference} * ten_to(Percent::digits + 2) > Wide{of} * tolerance.percent->units)
        return true;
    return tolerance.amount && amount.minor > tolerance.amount->minor;
}

}  // namespace kontor::purchasing
