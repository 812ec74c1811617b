// The HTTP status by which a business refusal is recorded and answered.
#pragma once

#include "domain/core/decision.h"

namespace kontor {

// 422 for invalid, 404 for missing, 409 for conflict.
int status_of(Refusal refusal);

}  // namespace kontor
