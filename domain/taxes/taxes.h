// Taxes: rates by jurisdiction and day, the taxes of a company, and what a document comes to.
#pragma once

#include "domain/core/catalog.h"

namespace kontor::taxes {

BusinessContext taxes();

}  // namespace kontor::taxes
