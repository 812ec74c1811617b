// The parties: whom the company sells to and buys from, and the legal entities behind them.
#pragma once

#include "domain/core/catalog.h"

namespace kontor::parties {

BusinessContext parties();

}  // namespace kontor::parties
