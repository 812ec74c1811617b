// The aggregates of the items context.
#include "domain/items/items.h"

#include "domain/items/barcodes.h"
#include "domain/items/categories.h"
#include "domain/items/costing.h"
#include "domain/items/item_records.h"
#include "domain/items/item_units.h"
#include "domain/items/kits.h"
#include "domain/items/lifecycle.h"
#include "domain/items/revisions.h"
#include "domain/items/units.h"
#include "domain/items/variants.h"

namespace kontor::items {

BusinessContext items() {
    BusinessContext context{
        "items", "Goods, services and kits, their units and their costing.", {}};
    context.parts.push_back(units());
    context.parts.push_back(categories());
    context.parts.push_back(item_records());
    context.parts.push_back(lifecycle());
    context.parts.push_back(item_units());
    context.parts.push_back(variants());
    context.parts.push_back(kits());
    context.parts.push_back(barcodes());
    context.parts.push_back(revisions());
    context.parts.push_back(costing());
    return context;
}

}  // namespace kontor::items
