// How barcodes are listed and found. A barcode counts from the day on which it was assigned, and no
// longer from the day on which it was withdrawn.
#include "projections/items/barcodes.h"

#include "domain/items/gtin.h"

namespace kontor::items {

void BarcodesModel::on(const BarcodeAssigned& assigned, const Recorded& recorded) {
    const std::string key = barcode_key(assigned.barcode.text);
    const ListedBarcode row{assigned.barcode, assigned.scheme, assigned.item, assigned.unit};
    items_.put(recorded, {assigned.company, assigned.item, key}, recorded.day, row);
    barcodes_.put(recorded, {assigned.company, key}, recorded.day, row);
}

void BarcodesModel::on(const BarcodeWithdrawn& withdrawn, const Recorded& recorded) {
    const std::string key = barcode_key(withdrawn.barcode.text);
    items_.erase(recorded, {withdrawn.company, withdrawn.item, key}, recorded.day);
    barcodes_.erase(recorded, {withdrawn.company, key}, recorded.day);
}

void BarcodesModel::answer(const BarcodeList& query, const AsOf& as_of,
                           Page<ListedBarcode>& page) const {
    if (query.barcode) {
        const auto found = barcodes_.get(
            as_of.rows, {query.company, barcode_key(query.barcode->text)}, as_of.corner);
        if (found && page.after().empty() && (!query.item || found->item == *query.item))
            page.add("barcode", *found);
        return;
    }
    std::string begins_with = ordered_key(query.company);
    if (query.item) begins_with += ordered_key(*query.item);
    items_.list(as_of, begins_with, page);
}

ReadModelSpec barcode_list() {
    return ReadModelSpec::of<BarcodesModel>("barcode_list", 1, "items")
        .folding<BarcodesModel, BarcodeAssigned, BarcodeWithdrawn>()
        .answering<BarcodesModel, BarcodeList, ListedBarcode>();
}

}  // namespace kontor::items
