// Barcodes: which item each stood for on any day, found as it was scanned.
#pragma once

#include "domain/items/barcodes.h"
#include "projections/described_rows.h"
#include "projections/projection.h"

#include <optional>
#include <string>

namespace kontor::items {

struct ListedBarcode {
    Barcode barcode;
    BarcodeScheme scheme = BarcodeScheme::gtin;
    ItemCode item;
    Unit unit;

    bool operator==(const ListedBarcode&) const = default;
    static void describe(auto& row) {
        row.record("ListedBarcode", "What a barcode stands for.")
            .field("barcode", &ListedBarcode::barcode, "The barcode as it was assigned.")
            .field("scheme", &ListedBarcode::scheme, "Whose number it is.")
            .field("item", &ListedBarcode::item, "The item.")
            .field("unit", &ListedBarcode::unit, "One of this unit bears it.");
    }
};

struct BarcodeList {
    CompanyCode company;
    std::optional<Barcode> barcode;
    std::optional<ItemCode> item;

    static void describe(auto& query) {
        query.record("barcodes", "Barcodes, by item.")
            .company(&BarcodeList::company)
            .field("company", &BarcodeList::company, "Whose items.")
            .field("barcode", &BarcodeList::barcode,
                   "Only this one, as it was scanned: a GTIN is found with more or fewer leading "
                   "zeros too.")
            .field("item", &BarcodeList::item, "Only those of this item.")
            .template answers<ListedBarcode>(Times::both);
    }
};

class BarcodesModel {
public:
    explicit BarcodesModel(const Place& place)
        : items_(place.table(1)), barcodes_(place.table(2)) {}

    void on(const BarcodeAssigned&, const Recorded&);
    void on(const BarcodeWithdrawn&, const Recorded&);
    void answer(const BarcodeList&, const AsOf&, Page<ListedBarcode>&) const;

private:
    struct OfItem {
        CompanyCode company;
        ItemCode item;
        std::string key;
        static void describe(auto& key) {
            key.record("ListedBarcodeKey", "A barcode of an item.")
                .field("company", &OfItem::company, "Whose item.")
                .field("item", &OfItem::item, "The item.")
                .field("key", &OfItem::key, "The barcode; a GTIN in fourteen digits.");
        }
    };
    DescribedRows<OfItem, ListedBarcode> items_;
    DescribedRows<BarcodeKey, ListedBarcode> barcodes_;
};

ReadModelSpec barcode_list();

}  // namespace kontor::items
