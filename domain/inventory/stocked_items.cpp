// How items are looked at before anything of them moves.
#include "domain/inventory/stocked_items.h"

namespace kontor::inventory {

Objection fault_of_stocked(const World& world, const CompanyCode& company,
                           const items::ItemCode& code) {
    const items::Item* item = world.of<items::Items>().find({company, code});
    if (!item) return items::item_unknown.about(code);
    if (item->is_template) return items::item_is_template.about(code);
    if (item->kind != items::ItemKind::goods) return item_not_in_stock.about(code);
    return {};
}

Objection fault_of_item(const World& world, const CompanyCode& company,
                        const items::ItemCode& code) {
    if (Objection fault = fault_of_stocked(world, company, code)) return fault;
    return items::fault_of_use(world, company, code, items::ItemUse::move);
}

Objection fault_of_lot(const World& world, const CompanyCode& company, const items::ItemCode& code,
                       const std::optional<LotCode>& lot) {
    const bool tracked =
        world.of<items::Items>().find({company, code})->tracking != items::Tracking::none;
    if (tracked && !lot) return lot_missing.about(code);
    if (!tracked && lot) return lot_not_tracked.about(code, *lot);
    return {};
}

Objection find_quantity(const World& world, const CompanyCode& company, const items::ItemCode& item,
                        const Quantity& asked, LeastQuantity least, Quantity& quantity) {
    if (least == LeastQuantity::zero && asked.micro < 0) return counted_negative.about(item, asked);
    if (least == LeastQuantity::above_zero && asked.micro <= 0)
        return quantity_not_positive.about(item, asked);
    const auto exact = items::in_base_unit(world, company, item, asked);
    const auto found = exact ? items::whole(*exact) : std::nullopt;
    if (!found || (found->micro == 0 && asked.micro != 0) ||
        !items::fits_unit(world, company, *found))
        return quantity_not_whole.about(item, asked);
    quantity = *found;
    return {};
}

}  // namespace kontor::inventory
