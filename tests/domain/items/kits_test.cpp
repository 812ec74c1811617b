// Kits: what they hold from which day, and what they come to when all of them is opened.
#include "domain/items/kits.h"

#include "tests/domain/items/stocked.h"

using namespace kontor;
using namespace kontor::items;
using namespace kontor::items::stocked;
using test::day;
using test::given;

namespace {

KitComponent part(std::string_view item, std::string_view amount, std::string_view code) {
    return {{std::string(item)}, quantity(amount, code)};
}

KitComponentsSet holds(std::string_view kit, std::vector<KitComponent> components,
                       std::string_view from = "2026-01-01") {
    return {acme, {std::string(kit)}, day(from), std::move(components)};
}

SetKitComponents set(std::string_view kit, std::vector<KitComponent> components,
                     std::optional<Date> from = day("2026-01-01")) {
    return {acme, {std::string(kit)}, from, std::move(components)};
}

// "mug 2 pcs, oil 0.5 l" of so many kits on a day; "none".
std::string comes_to(const test::Given& story, std::string_view kit, std::string_view count,
                     std::string_view date = "2026-06-01") {
    const auto shares =
        opened(story.world(), acme, {std::string(kit)}, exact(quantity(count, "pcs")), day(date));
    if (!shares) return "none";
    std::string text;
    for (const KitShare& share : *shares) {
        const auto all = whole(share.quantity);
        text += (text.empty() ? "" : ", ") + share.item.text + " " +
                (all ? to_text(*all) : std::string("a fraction"));
    }
    return text;
}

}  // namespace

TEST_CASE("a kit holds what was said last for a day that is not after") {
    auto story = given(stocked_company());
    Context may;
    may.today = day("2026-05-02");
    const std::vector<KitComponent> two{part("mug", "2", "pcs"), part("oil", "0.5", "l")};
    story.when(set("gift", two, {}), may).then(holds("gift", two, "2026-05-02"));
    story.happened(holds("gift", two, "2026-05-02"));
    CHECK(components_of(story.world(), acme, {"gift"}, day("2026-05-01")) == nullptr);
    CHECK(*components_of(story.world(), acme, {"gift"}, day("2026-05-02")) == two);
    story.when(set("gift", two, day("2026-06-01")))
        .refused(kit_components_unchanged, "item gift, 2026-06-01");
    story.when(set("gift", two, day("2026-05-01"))).accepted();
    story.happened(holds("gift", {part("mug", "3", "pcs")}, "2026-06-01"));
    CHECK(comes_to(story, "gift", "1", "2026-05-31") == "mug 2 pcs, oil 0.5 l");
    CHECK(comes_to(story, "gift", "1") == "mug 3 pcs");
    CHECK(comes_to(story, "gift", "1", "2026-05-01") == "none");
}

TEST_CASE("what is wrong with components is said in a fixed order") {
    auto story = given(stocked_company(), form("shirt"));
    story.when(set("cup", {part("mug", "1", "pcs")})).refused(item_unknown, "item cup");
    story.when(set("mug", {part("mug", "1", "pcs")})).refused(item_no_kit, "item mug");
    const auto wrong = [&](const KitComponent& second) {
        return set("gift", {part("oil", "1", "l"), second});
    };
    story.when(wrong(part("cup", "0", "kg"))).refused(item_unknown, "item cup", "/components/1");
    story.when(wrong(part("shirt", "0", "kg")))
        .refused(item_is_template, "item shirt", "/components/1");
    story.when(wrong(part("oil", "0", "kg")))
        .refused(component_repeated, "item oil", "/components/0");
    story.when(wrong(part("gift", "0", "kg")))
        .refused(component_not_positive, "0 kg", "/components/1");
    story.when(wrong(part("gift", "1", "kg")))
        .refused(units_do_not_convert, "item gift, unit kg", "/components/1");
    story.when(wrong(part("gift", "1", "dz")))
        .refused(kit_contains_itself, "item gift", "/components/1");
    story.when(wrong(part("mug", "1", "dz"))).accepted();
    story.when(wrong(part("freight", "1", "pcs"))).accepted();
}

TEST_CASE("a kit holds itself over no other kit, on whatever day") {
    auto story =
        given(stocked_company(), of_kind(ItemKind::kit, "box"), of_kind(ItemKind::kit, "crate"));
    story.happened(holds("gift", {part("box", "1", "pcs")}, "2030-01-01"));
    story.happened(holds("box", {part("crate", "1", "pcs")}, "2020-01-01"));
    story.when(set("crate", {part("gift", "1", "pcs")}))
        .refused(kit_contains_itself, "item gift", "/components/0");
    story.when(set("crate", {part("mug", "1", "pcs")})).accepted();
}

TEST_CASE("kits in kits are opened, and all of an item is one share") {
    auto story = given(stocked_company(), of_kind(ItemKind::kit, "box"));
    story.happened(holds("gift", {part("mug", "1", "dz"), part("oil", "0.25", "l")}));
    CHECK(comes_to(story, "box", "1") == "none");
    story.happened(holds("box", {part("gift", "2", "pcs"), part("mug", "1", "pcs")}));
    CHECK(comes_to(story, "box", "3") == "mug 75 pcs, oil 1.5 l");
    CHECK(comes_to(story, "mug", "3") == "mug 3 pcs");
    CHECK(comes_to(story, "nothing", "3") == "none");
    // Of a third of a kit, three times over, nothing is lost: components are told exactly.
    story.happened(ItemUnitDefined{acme, {"oil"}, unit("CTN"), quantity("1", "l"), 3, 1, 3});
    story.happened(holds("gift", {part("oil", "1", "CTN")}));
    CHECK(comes_to(story, "gift", "1") == "oil a fraction");
    CHECK(comes_to(story, "gift", "3") == "oil 1 l");
}

TEST_CASE("a kit that others hold many times over is opened once") {
    auto story = given(stocked_company());
    // Each of 39 kits holds the next one by two ways: by itself and in a companion.
    for (int n = 0; n < 39; ++n) {
        const std::string next = n == 38 ? "mug" : "k" + std::to_string(n + 1);
        story.happened(of_kind(ItemKind::kit, "k" + std::to_string(n)));
        story.happened(of_kind(ItemKind::kit, "c" + std::to_string(n)));
        story.happened(holds("c" + std::to_string(n), {part(next, "1", "pcs")}));
        story.happened(holds("k" + std::to_string(n),
                             {part(next, "1", "pcs"), part("c" + std::to_string(n), "1", "pcs")}));
    }
    CHECK(comes_to(story, "k0", "1") == "mug 549755813888 pcs");  // 2^39
}
