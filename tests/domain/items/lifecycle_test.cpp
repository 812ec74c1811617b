// The life of an item: what each stage and each block refuses to whom.
#include "domain/items/lifecycle.h"

#include "tests/domain/items/stocked.h"

using namespace kontor;
using namespace kontor::items;
using namespace kontor::items::stocked;
using test::given;

namespace {

constexpr ItemUse uses[] = {ItemUse::purchase, ItemUse::production, ItemUse::sale, ItemUse::move};

// What refuses each use of the mug, in their order; "-" where nothing does.
std::string refused(const test::Given& story, std::string_view item = "mug") {
    std::string all;
    for (const ItemUse use : uses) {
        const Objection fault = fault_of_use(story.world(), acme, {std::string(item)}, use);
        all += fault ? std::string(fault.reason->code) + " " : "- ";
    }
    return all;
}

ItemLifecycleSet set(ItemLifecycle lifecycle) { return {acme, {"mug"}, lifecycle}; }

}  // namespace

TEST_CASE("each stage of its life refuses what is not done with an item in it") {
    auto story = given(stocked_company());
    CHECK(refused(story, "cup") == "item_unknown item_unknown item_unknown item_unknown ");
    CHECK(refused(story) == "- - - - ");
    story.happened(set(ItemLifecycle::phase_out));
    CHECK(refused(story) == "item_phased_out item_phased_out - - ");
    story.happened(set(ItemLifecycle::discontinued));
    CHECK(refused(story) == "item_discontinued item_discontinued item_discontinued - ");
    story.happened(set(ItemLifecycle::draft));
    CHECK(refused(story) == "item_is_draft item_is_draft item_is_draft item_is_draft ");
    story.happened(form("shirt"));
    CHECK(refused(story, "shirt") ==
          "item_is_template item_is_template item_is_template item_is_template ");
}

TEST_CASE("a kit that has never held anything is not used") {
    auto story = given(stocked_company());
    CHECK(refused(story, "gift") == "kit_is_empty kit_is_empty kit_is_empty kit_is_empty ");
    story.happened(ItemBlocked{acme, {"gift"}, {ItemUse::sale}, "Recalled"});
    CHECK(refused(story, "gift") == "kit_is_empty kit_is_empty item_use_blocked kit_is_empty ");
    // Another kit's components are not its own.
    story.happened(of_kind(ItemKind::kit, "gift2"));
    story.happened(KitComponentsSet{
        acme, {"gift2"}, test::day("2026-01-01"), {{{"mug"}, quantity("2", "pcs")}}});
    CHECK(refused(story, "gift2") == "- - - - ");
    CHECK(refused(story, "gift") == "kit_is_empty kit_is_empty item_use_blocked kit_is_empty ");
}

TEST_CASE("an item goes from stage to stage, and never back to a draft") {
    auto story = given(stocked_company());
    story.when(SetItemLifecycle{acme, {"cup"}, ItemLifecycle::active}).refused(item_unknown);
    story.when(SetItemLifecycle{acme, {"mug"}, ItemLifecycle::active})
        .refused(item_lifecycle_unchanged, "item mug, active");
    story.when(SetItemLifecycle{acme, {"mug"}, ItemLifecycle::draft}).refused(item_no_draft_again);
    story.when(SetItemLifecycle{acme, {"mug"}, ItemLifecycle::discontinued})
        .then(set(ItemLifecycle::discontinued));
    story.happened(set(ItemLifecycle::discontinued));
    story.when(SetItemLifecycle{acme, {"mug"}, ItemLifecycle::active}).accepted();
    ItemCreated draft = goods("cup");
    draft.lifecycle = ItemLifecycle::draft;
    story.happened(draft);
    story.when(SetItemLifecycle{acme, {"cup"}, ItemLifecycle::draft})
        .refused(item_lifecycle_unchanged);
    story.when(SetItemLifecycle{acme, {"cup"}, ItemLifecycle::active}).accepted();
}

TEST_CASE("an item is blocked for some uses and unblocked for others") {
    auto story = given(stocked_company());
    const std::vector<ItemUse> both{ItemUse::sale, ItemUse::purchase};
    story.when(BlockItem{acme, {"cup"}, both, "recall"}).refused(item_unknown);
    story.when(UnblockItem{acme, {"cup"}, both}).refused(item_unknown);
    const ItemBlocked blocked{acme, {"mug"}, {ItemUse::purchase, ItemUse::sale}, "recall"};
    story.when(BlockItem{acme, {"mug"}, both, "recall"}).then(blocked);
    story.happened(blocked);
    CHECK(refused(story) == "item_use_blocked - item_use_blocked - ");
    story.when(BlockItem{acme, {"mug"}, {ItemUse::move, ItemUse::sale}, "recall"})
        .refused(item_use_blocked, "item mug, sale", "/uses/1");
    story.when(UnblockItem{acme, {"mug"}, {ItemUse::sale, ItemUse::move}})
        .refused(item_use_not_blocked, "item mug, move", "/uses/1");
    const ItemUnblocked unblocked{acme, {"mug"}, {ItemUse::sale}};
    story.when(UnblockItem{acme, {"mug"}, {ItemUse::sale}}).then(unblocked);
    story.happened(unblocked);
    CHECK(refused(story) == "item_use_blocked - - - ");
    story.when(BlockItem{acme, {"mug"}, {ItemUse::move}, "recall"}).accepted();
}
