// A question that has one time only: when what it asks for became known.
#pragma once

#include "projections/projection.h"

#include <optional>

namespace kontor {

// As it was known then, whatever the day that was asked for.
inline AsOf on_any_day(const AsOf& as_of) {
    return {{std::nullopt, as_of.corner.known_at}, as_of.position, as_of.rows, as_of.models};
}

}  // namespace kontor
