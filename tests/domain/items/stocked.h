// A company with units, categories and some items, for tests about items.
#pragma once

#include "domain/items/costing.h"
#include "domain/items/kits.h"
#include "domain/items/lifecycle.h"
#include "domain/items/variants.h"
#include "tests/support/given.h"

namespace kontor::items::stocked {

inline const CompanyCode acme{"ACME"};

inline Unit unit(std::string_view code) { return unit_from(code).value(); }
inline Quantity quantity(std::string_view amount, std::string_view code) {
    return quantity_from(amount, unit(code)).value();
}

inline UnitDefined unit_defined(std::string_view code, std::int64_t decimals = 6) {
    return {acme, unit(code), std::string(code), decimals, {}};
}
inline UnitConversionDefined converts(std::string_view from, Quantity equals,
                                      std::int64_t per = 1) {
    return {acme, unit(from), equals, per};
}

// Goods counted in pieces, without a category.
inline ItemCreated goods(std::string_view code, std::string_view base_unit = "pcs") {
    ItemCreated created;
    created.company = acme;
    created.item = {std::string(code)};
    created.name = code;
    created.base_unit = unit(base_unit);
    return created;
}
inline ItemCreated of_kind(ItemKind kind, std::string_view code) {
    ItemCreated created = goods(code);
    created.kind = kind;
    return created;
}
inline ItemCreated form(std::string_view code) {
    ItemCreated created = goods(code);
    created.is_template = true;
    return created;
}
inline ItemCategoryDefined category(std::string_view code, std::string_view parent = {}) {
    ItemCategoryDefined defined{acme, {std::string(code)}, std::string(code), {}};
    if (!parent.empty()) defined.parent = ItemCategoryCode{std::string(parent)};
    return defined;
}

// ACME counts in pcs, dz (12 pcs), gro (12 dz) and CTN, weighs in g, kg and lb, and measures in l.
// It has a mug and oil in the categories goods > mugs and goods > oil, a service and a kit.
inline test::Past stocked_company() {
    ItemCreated mug = goods("mug");
    mug.category = ItemCategoryCode{"mugs"};
    ItemCreated oil = goods("oil", "l");
    oil.category = ItemCategoryCode{"oils"};
    return {
        Message::of(companies::CompanyCreated{acme, "Acme", test::currency("EUR"), "UTC", 1, 0,
                                              companies::Chart::none}),
        Message::of(unit_defined("pcs", 0)),
        Message::of(unit_defined("dz")),
        Message::of(unit_defined("gro")),
        Message::of(unit_defined("CTN")),
        Message::of(unit_defined("g")),
        Message::of(unit_defined("kg")),
        Message::of(unit_defined("lb")),
        Message::of(unit_defined("l")),
        Message::of(converts("dz", quantity("12", "pcs"))),
        Message::of(converts("gro", quantity("12", "dz"))),
        Message::of(converts("kg", quantity("1000", "g"))),
        Message::of(
            converts("lb", quantity("45359.237", "kg"), 100'000)),  // a pound is 0.45359237 kg
        Message::of(category("goods")),
        Message::of(category("mugs", "goods")),
        Message::of(category("oils", "goods")),
        Message::of(mug),
        Message::of(oil),
        Message::of(of_kind(ItemKind::service, "freight")),
        Message::of(of_kind(ItemKind::kit, "gift")),
    };
}

}  // namespace kontor::items::stocked
