// Sales: orders, what is delivered, what is earned and what is invoiced.
#pragma once

#include "domain/core/catalog.h"

namespace kontor::sales {

BusinessContext sales();

}  // namespace kontor::sales
