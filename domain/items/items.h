// Items: what a company buys, makes, keeps and sells, in which units, and how it is costed.
#pragma once

#include "domain/core/catalog.h"

namespace kontor::items {

BusinessContext items();

}  // namespace kontor::items
