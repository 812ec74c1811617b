// Items as purchasing knows them: which can be ordered, and in which quantities.
#pragma once

#include "domain/inventory/stock_documents.h"
#include "domain/items/item_units.h"
#include "domain/items/lifecycle.h"

namespace kontor::purchasing {

inline constexpr Reason item_not_bought{Refusal::invalid, "item_not_bought",
                                        "A kit is not bought as one; order its components."};

// Why an item cannot be ordered: item_unknown, item_is_template, item_is_draft, item_phased_out,
// item_discontinued, item_use_blocked or item_not_bought, in this order; none when it can.
Objection fault_of_purchase(const World&, const CompanyCode&, const items::ItemCode&);

// Whether it goes into stock when it comes; services do not. The item is there.
bool is_stocked(const World&, const CompanyCode&, const items::ItemCode&);

// Why a quantity is none of an item that is there: quantity_not_positive or quantity_not_whole;
// none when it is, and then in its base unit.
using inventory::find_quantity;

// What a quantity in base units comes to at the price of one purchase unit, of which `ordered` is
// `base`, halves away from zero; empty above most_money. base > 0.
std::optional<Money> amount_of(const UnitPrice& price, const Quantity& ordered,
                               const Quantity& base, std::int64_t of_base);

}  // namespace kontor::purchasing
