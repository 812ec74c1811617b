// Barcodes: what a scanner reads, and which item in which unit it stands for.
#pragma once

#include "domain/items/item_units.h"
#include "domain/items/lifecycle.h"

#include <optional>

namespace kontor::items {

struct BarcodeThing {
    static constexpr Thing thing{"barcode", "barcodes"};
};
using Barcode = Code<BarcodeThing>;

enum class BarcodeScheme : std::uint8_t { gtin, internal };

void describe(auto& choice, BarcodeScheme) {
    choice.choice("BarcodeScheme", "Whose numbers barcodes are.")
        .value("gtin", "A Global Trade Item Number of GS1 of 8, 12, 13 or 14 digits (EAN, UPC).")
        .value("internal", "The company's own or a supplier's; any text.");
}

inline constexpr Reason gtin_malformed{
    Refusal::invalid, "gtin_malformed",
    "A GTIN has 8, 12, 13 or 14 digits and nothing else; for other barcodes say `internal`."};
inline constexpr Reason gtin_check_digit_wrong{
    Refusal::invalid, "gtin_check_digit_wrong",
    "The last digit does not agree with those before it: one of them is misread."};
inline constexpr Reason barcode_taken{
    Refusal::conflict, "barcode_taken",
    "The barcode stands for an item of the company already; a GTIN is the same with leading "
    "zeros."};
inline constexpr Reason barcode_unknown{Refusal::missing, "barcode_unknown",
                                        "The barcode stands for no item of the company."};

struct BarcodeAssigned {
    CompanyCode company;
    Barcode barcode;
    BarcodeScheme scheme = BarcodeScheme::gtin;
    ItemCode item;
    Unit unit;

    bool operator==(const BarcodeAssigned&) const = default;
    static void describe(auto& event) {
        event.record("BarcodeAssigned", "A barcode stands for an item.")
            .company(&BarcodeAssigned::company)
            .stream(&BarcodeAssigned::item)
            .on_recorded_day()
            .field("company", &BarcodeAssigned::company, "Whose item.")
            .field("barcode", &BarcodeAssigned::barcode, "The barcode as it was given.")
            .field("scheme", &BarcodeAssigned::scheme, "Whose number it is.")
            .field("item", &BarcodeAssigned::item, "The item.")
            .field("unit", &BarcodeAssigned::unit, "One of this unit bears it.");
    }
};

struct BarcodeWithdrawn {
    CompanyCode company;
    Barcode barcode;
    ItemCode item;

    bool operator==(const BarcodeWithdrawn&) const = default;
    static void describe(auto& event) {
        event.record("BarcodeWithdrawn", "A barcode no longer stands for an item.")
            .company(&BarcodeWithdrawn::company)
            .stream(&BarcodeWithdrawn::item)
            .on_recorded_day()
            .field("company", &BarcodeWithdrawn::company, "Whose item.")
            .field("barcode", &BarcodeWithdrawn::barcode, "The barcode as it was assigned.")
            .field("item", &BarcodeWithdrawn::item, "The item that it stood for.");
    }
};

struct AssignBarcode {
    CompanyCode company;
    Barcode barcode;
    BarcodeScheme scheme = BarcodeScheme::gtin;
    ItemCode item;
    std::optional<Unit> unit;

    static void describe(auto& command) {
        command
            .record("AssignBarcode",
                    "Says which item a barcode stands for, and one of which unit bears it: piece "
                    "and carton have barcodes of their own. A barcode stands for one item.")
            .company(&AssignBarcode::company)
            .stream(&AssignBarcode::item)
            .example(R"({"company": "DEMO", "barcode": "4006381333931", "item": "MUG-01"})")
            .field("company", &AssignBarcode::company, "Whose item.")
            .field("barcode", &AssignBarcode::barcode, "What a scanner reads.")
            .field("scheme", &AssignBarcode::scheme, "Whose number it is.")
            .otherwise(BarcodeScheme::gtin)
            .field("item", &AssignBarcode::item, "An item of the company; of a template, none.")
            .field("unit", &AssignBarcode::unit,
                   "The unit that bears it; it converts to the item's base unit. Absent: the base "
                   "unit.")
            .refuses(item_unknown, item_is_template, gtin_malformed, gtin_check_digit_wrong,
                     barcode_taken, units_do_not_convert);
    }
};

struct WithdrawBarcode {
    CompanyCode company;
    Barcode barcode;

    static void describe(auto& command) {
        command
            .record("WithdrawBarcode",
                    "A barcode no longer stands for its item; it may stand for another one then.")
            .company(&WithdrawBarcode::company)
            .no_stream()
            .example(R"({"company": "DEMO", "barcode": "4006381333931"})")
            .field("company", &WithdrawBarcode::company, "Whose item.")
            .field("barcode", &WithdrawBarcode::barcode, "The barcode.")
            .refuses(barcode_unknown);
    }
};

struct BarcodeKey {
    CompanyCode company;
    std::string key;  // barcode_key of it

    auto operator<=>(const BarcodeKey&) const = default;
    static void describe(auto& key) {
        key.record("BarcodeKey", "A barcode of a company.")
            .field("company", &BarcodeKey::company, "Whose item.")
            .field("key", &BarcodeKey::key, "The barcode; a GTIN in fourteen digits.");
    }
};

struct BarcodeOfItem {
    Barcode barcode;
    ItemCode item;
    Unit unit;

    static void describe(auto& record) {
        record.record("BarcodeOfItem", "What a barcode stands for.")
            .field("barcode", &BarcodeOfItem::barcode, "The barcode as it was assigned.")
            .field("item", &BarcodeOfItem::item, "The item.")
            .field("unit", &BarcodeOfItem::unit, "One of this unit bears it.");
    }
};
using Barcodes = Table<BarcodeKey, BarcodeOfItem>;

// What a barcode stands for, however many leading zeros were scanned; null where it is nothing.
const BarcodeOfItem* find_barcode(const World&, const CompanyCode&, const Barcode&);

Decision<BarcodeAssigned> decide(const World&, const AssignBarcode&, const Context&);
Decision<BarcodeWithdrawn> decide(const World&, const WithdrawBarcode&, const Context&);
void evolve(Barcodes&, const BarcodeAssigned&);
void evolve(Barcodes&, const BarcodeWithdrawn&);

Part barcodes();

}  // namespace kontor::items
