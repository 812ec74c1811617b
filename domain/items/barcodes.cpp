// How barcodes are assigned, withdrawn and found.
#include "domain/items/barcodes.h"

#include "domain/core/catalog.h"
#include "domain/items/gtin.h"

namespace kontor::items {

const BarcodeOfItem* find_barcode(const World& world, const CompanyCode& company,
                                  const Barcode& barcode) {
    return world.of<Barcodes>().find({company, barcode_key(barcode.text)});
}

Decision<BarcodeAssigned> decide(const World& world, const AssignBarcode& assign, const Context&) {
    const Item* item = world.of<Items>().find({assign.company, assign.item});
    if (!item) return item_unknown.about(assign.item);
    if (item->is_template) return item_is_template.about(assign.item);
    if (assign.scheme == BarcodeScheme::gtin) {
        if (!looks_like_gtin(assign.barcode.text)) return gtin_malformed.about(assign.barcode);
        if (!is_gtin(assign.barcode.text)) return gtin_check_digit_wrong.about(assign.barcode);
    }
    if (const BarcodeOfItem* taken = find_barcode(world, assign.company, assign.barcode))
        return barcode_taken.about(taken->barcode, taken->item);
    const Unit unit = assign.unit.value_or(item->base_unit);
    if (!ratio_to_base(world, assign.company, assign.item, unit))
        return units_do_not_convert.about(unit, item->base_unit);
    return BarcodeAssigned{assign.company, assign.barcode, assign.scheme, assign.item, unit};
}

Decision<BarcodeWithdrawn> decide(const World& world, const WithdrawBarcode& withdraw,
                                  const Context&) {
    const BarcodeOfItem* found = find_barcode(world, withdraw.company, withdraw.barcode);
    if (!found) return barcode_unknown.about(withdraw.barcode);
    return BarcodeWithdrawn{withdraw.company, found->barcode, found->item};
}

void evolve(Barcodes& barcodes, const BarcodeAssigned& assigned) {
    barcodes.put({assigned.company, barcode_key(assigned.barcode.text)},
                 {assigned.barcode, assigned.item, assigned.unit});
}

void evolve(Barcodes& barcodes, const BarcodeWithdrawn& withdrawn) {
    barcodes.erase({withdrawn.company, barcode_key(withdrawn.barcode.text)});
}

Part barcodes() {
    return Part()
        .table<Barcodes>("items.barcodes")
        .commands<AssignBarcode, WithdrawBarcode>()
        .event<BarcodeAssigned, Barcodes>()
        .event<BarcodeWithdrawn, Barcodes>();
}

}  // namespace kontor::items
