// Revisions: one after the other, each from a day on.
#include "domain/items/revisions.h"

#include "tests/domain/items/stocked.h"

using namespace kontor;
using namespace kontor::items;
using namespace kontor::items::stocked;
using test::day;
using test::given;

namespace {

ItemRevised revised(std::string_view revision, std::string_view from) {
    return {acme, {"mug"}, {std::string(revision)}, day(from), ""};
}

std::string on(const test::Given& story, std::string_view date) {
    return revision_of(story.world(), acme, {"mug"}, day(date)).value_or(RevisionCode{"none"}).text;
}

}  // namespace

TEST_CASE("an item is of its newest revision on a day") {
    auto story = given(stocked_company(), revised("A", "2026-01-10"), revised("B", "2026-03-10"));
    CHECK(on(story, "2026-01-09") == "none");
    CHECK(on(story, "2026-01-10") == "A");
    CHECK(on(story, "2026-03-09") == "A");
    CHECK(on(story, "2026-03-10") == "B");
}

TEST_CASE("what is wrong with a revision is said in a fixed order") {
    auto story = given(stocked_company(), form("shirt"), revised("A", "2026-01-10"));
    story.when(ReviseItem{acme, {"cup"}, {"A"}, {}, ""}).refused(item_unknown, "item cup");
    story.when(ReviseItem{acme, {"shirt"}, {"A"}, {}, ""}).refused(item_is_template);
    story.when(ReviseItem{acme, {"mug"}, {"A"}, day("2026-01-10"), ""})
        .refused(revision_exists, "revision A");
    story.when(ReviseItem{acme, {"mug"}, {"B"}, day("2026-01-10"), ""})
        .refused(revision_not_later, "2026-01-10");
    Context march;
    march.today = day("2026-03-01");
    story.when(ReviseItem{acme, {"mug"}, {"B"}, {}, "wider"}, march)
        .then(ItemRevised{acme, {"mug"}, {"B"}, day("2026-03-01"), "wider"});
}
