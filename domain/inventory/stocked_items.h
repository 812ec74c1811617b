// Items as stock knows them: which can lie anywhere, how they are counted and told apart.
#pragma once

#include "domain/inventory/stock_places.h"
#include "domain/items/item_units.h"
#include "domain/items/lifecycle.h"

namespace kontor::inventory {

inline constexpr Reason item_not_in_stock{
    Refusal::invalid, "item_not_in_stock",
    "Services, kits and templates are never in stock; a kit's components are."};
inline constexpr Reason lot_missing{Refusal::invalid, "lot_missing",
                                    "The item is tracked by lots or serial numbers; name one."};
inline constexpr Reason lot_not_tracked{Refusal::invalid, "lot_not_tracked",
                                        "The item has neither lots nor serial numbers."};
inline constexpr Reason quantity_not_positive{Refusal::invalid, "quantity_not_positive",
                                              "A quantity is above zero."};
inline constexpr Reason quantity_not_whole{
    Refusal::invalid, "quantity_not_whole",
    "The quantity has more digits in the item's base unit than that unit may have, or its unit "
    "means nothing of the item."};
inline constexpr Reason counted_negative{Refusal::invalid, "counted_negative",
                                         "Nobody counts less than nothing."};

// Why nothing of an item is ever in stock: item_unknown, item_not_in_stock or item_is_template.
Objection fault_of_stocked(const World&, const CompanyCode&, const items::ItemCode&);
// The same of an item that a document moves: that, or why it is kept from moving.
Objection fault_of_item(const World&, const CompanyCode&, const items::ItemCode&);
// Of an item that is there: lot_missing or lot_not_tracked.
Objection fault_of_lot(const World&, const CompanyCode&, const items::ItemCode&,
                       const std::optional<LotCode>&);
enum class LeastQuantity : bool { above_zero, zero };

// Why a quantity is none of the item: quantity_not_positive (counted_negative where it may be zero)
// or quantity_not_whole; none when it is, and then in its base unit.
Objection find_quantity(const World&, const CompanyCode&, const items::ItemCode&,
                        const Quantity& asked, LeastQuantity, Quantity&);
inline Objection find_quantity(const World& world, const CompanyCode& company,
                               const items::ItemCode& item, const Quantity& asked,
                               Quantity& quantity) {
    return find_quantity(world, company, item, asked, LeastQuantity::above_zero, quantity);
}

}  // namespace kontor::inventory
