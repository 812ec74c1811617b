// Contracts: what was agreed with whom, and when how much of a document is to be paid.
#pragma once

#include "domain/core/catalog.h"

namespace kontor::contracts {

BusinessContext contracts();

}  // namespace kontor::contracts
