// The context of settlement: what others owe the company and it owes them, and how that is paid.
#pragma once

#include "domain/core/catalog.h"

namespace kontor::settlement {

BusinessContext settlement();

}  // namespace kontor::settlement
