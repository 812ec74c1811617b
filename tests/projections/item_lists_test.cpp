// Lists of items, barcodes and costings, page by page and at corners of the two times.
#include "projections/items/barcodes.h"
#include "projections/items/costing.h"
#include "projections/items/item_list.h"
#include "projections/items/kits.h"
#include "projections/items/units.h"
#include "tests/domain/items/stocked.h"
#include "tests/projections/reading.h"

using namespace kontor;
using namespace kontor::items;
using namespace kontor::items::stocked;
using test::day;

namespace {

const Date january = day("2026-01-05");

// As of a day, by all that is known.
Corner on(std::string_view date) {
    Corner corner;
    corner.valid_at = day(date);
    return corner;
}

struct Stocked : test::Reading {
    Stocked() {
        for (const Message& event : stocked_company()) happened(event, january);
    }
};

}  // namespace

TEST_CASE("items come page by page, each with the category and revision of the corner") {
    Stocked reading;
    reading.happened(ItemCategorized{acme, {"mug"}, day("2026-06-01"), ItemCategoryCode{"oils"}},
                     day("2026-06-01"));
    reading.happened(ItemRevised{acme, {"oil"}, {"B"}, day("2026-07-01"), ""}, day("2026-07-01"));
    reading.happened(ItemRevised{acme, {"oil"}, {"A"}, day("2026-05-01"), ""}, day("2026-05-01"));
    reading.happened(ItemRenamed{acme, {"mug"}, "Mug", ""}, day("2026-03-01"));
    const auto listed = [&](Corner corner, ItemList query = {acme, {}, {}, {}, {}, {}, {}}) {
        std::string text;
        for (const std::size_t limit : {1u, 2u, 1'000u}) {
            std::string all;
            for (const ListedItem& item : reading.ask<ListedItem>(query, corner, limit).rows) {
                all += (all.empty() ? "" : ", ") + item.name;
                if (item.category) all += " in " + item.category->text;
                if (item.revision) all += " rev " + item.revision->text;
            }
            CHECK((text.empty() || text == all));
            text = all;
        }
        return text;
    };
    CHECK(listed(on("2026-02-28")) == "freight, gift, mug in mugs, oil in oils");
    CHECK(listed(on("2026-05-31")) == "freight, gift, Mug in mugs, oil in oils rev A");
    CHECK(listed(on("2026-06-30")) == "freight, gift, Mug in oils, oil in oils rev A");
    CHECK(listed({}) == "freight, gift, Mug in oils, oil in oils rev B");
    ItemList goods{acme, ItemCategoryCode{"goods"}, {}, {}, {}, {}, {}};
    CHECK(listed({}, goods) == "Mug in oils, oil in oils rev B");
    goods.text = "MUG";
    CHECK(listed({}, goods) == "Mug in oils");
    goods.category = ItemCategoryCode{"mugs"};
    CHECK(listed({}, goods) == "");
    CHECK(listed(on("2026-05-31"), goods) == "Mug in mugs");
}

TEST_CASE("costings come page by page") {
    Stocked reading;
    CostingSet set{acme,
                   ItemCategoryCode{"oils"},
                   {},
                   day("2026-02-01"),
                   CostingMethod::standard,
                   ValuationArea::warehouse};
    reading.happened(set, set.from);
    for (const std::size_t limit : {1u, 1'000u}) {
        const auto rows =
            reading.ask<ItemCosting>(ItemCostings{acme, {}, {}, {}}, Corner{}, limit).rows;
        REQUIRE(rows.size() == 2);
        CHECK(rows[0] == ItemCosting{{"mug"},
                                     "mug",
                                     CostingMethod::fifo,
                                     ValuationArea::company,
                                     CostingSource::nothing,
                                     {},
                                     {}});
        CHECK(rows[1] == ItemCosting{{"oil"},
                                     "oil",
                                     CostingMethod::standard,
                                     ValuationArea::warehouse,
                                     CostingSource::category,
                                     ItemCategoryCode{"oils"},
                                     day("2026-02-01")});
    }
    const auto before = reading.ask<ItemCosting>(ItemCostings{acme, {}, {}, CostingMethod::fifo},
                                                 on("2026-01-31"), 1);
    CHECK(before.rows.size() == 2);
}

TEST_CASE("barcodes and components come page by page") {
    Stocked reading;
    for (const char* code : {"036000291452", "6291041500213", "73513537"})
        reading.happened(BarcodeAssigned{acme, {code}, BarcodeScheme::gtin, {"mug"}, unit("pcs")},
                         january);
    KitComponentsSet holds{acme, {"gift"}, january, {}};
    holds.components = {{{"oil"}, quantity("0.5", "l")}, {{"mug"}, quantity("1", "dz")}};
    reading.happened(holds, january);
    for (const std::size_t limit : {1u, 2u, 100u}) {
        const auto codes = reading.ask<ListedBarcode>(BarcodeList{acme, {}, {}}, {}, limit).rows;
        REQUIRE(codes.size() == 3);
        CHECK(codes[0].barcode.text == "73513537");
        const auto said =
            reading.ask<ListedComponent>(KitComponents{acme, {"gift"}, false, 2}, {}, limit).rows;
        CHECK(said == std::vector<ListedComponent>{{{"oil"}, "oil", quantity("1", "l"), true},
                                                   {{"mug"}, "mug", quantity("2", "dz"), true}});
        const auto opened =
            reading.ask<ListedComponent>(KitComponents{acme, {"gift"}, true, 2}, {}, limit).rows;
        CHECK(opened == std::vector<ListedComponent>{{{"mug"}, "mug", quantity("24", "pcs"), true},
                                                     {{"oil"}, "oil", quantity("1", "l"), true}});
    }
}
