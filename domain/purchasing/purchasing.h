// The context of purchasing: from what somebody needs to what the supplier is owed for it.
#pragma once

#include "domain/core/catalog.h"

namespace kontor::purchasing {

BusinessContext purchasing();

}  // namespace kontor::purchasing
