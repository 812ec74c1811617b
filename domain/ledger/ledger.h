// The general ledger: what a company has, owes, earns and uses up, by account and day.
#pragma once

#include "domain/core/catalog.h"

namespace kontor::ledger {

BusinessContext ledger();

}  // namespace kontor::ledger
