// The context of stock: where it lies, what moves it, what it is worth.
#pragma once

#include "domain/core/catalog.h"

namespace kontor::inventory {

BusinessContext inventory();

}  // namespace kontor::inventory
