// Access, the lowest floor: who may do what, and with which keys.
#pragma once

#include "domain/core/catalog.h"

namespace kontor::access {

BusinessContext access();

}  // namespace kontor::access
