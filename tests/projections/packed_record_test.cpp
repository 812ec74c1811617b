// Any described record comes back from its packed form; damaged ones are refused or read as some
// record.
#include "projections/packed_record.h"

#include "domain/contexts.h"
#include "domain/core/catalog.h"
#include "domain/ledger/entries.h"
#include "eventstore/canonical.h"
#include "eventstore/storage_broken.h"
#include "eventstore/wire.h"
#include "projections/memory_rows.h"
#include "projections/rows_by_event.h"
#include "tests/projections/row_stores.h"
#include "tests/support/dossier.h"
#include "tests/support/kitchen_sink.h"
#include "tests/support/random_values.h"

#include <catch2/catch.hpp>

using namespace kontor;
using namespace kontor::test;

namespace {

template <class T>
std::string packed(const T& record) {
    std::string octets;
    append_packed(octets, record);
    return octets;
}

template <class T>
T from_packed(std::string_view octets) {
    return taken_packed<T>(octets);
}

struct Early {
    std::int64_t count = 0;
    static void describe(auto& record) {
        record.record("Early", "Before it had more.").field("count", &Early::count, "A count.");
    }
};
struct Late {
    std::int64_t count = 0;
    std::string more = "as initialised";
    std::int64_t size = 0;
    static void describe(auto& record) {
        record.record("Late", "With more.")
            .field("count", &Late::count, "A count.")
            .field("more", &Late::more, "More.")
            .field("size", &Late::size, "A size.")
            .otherwise(std::int64_t{3});
    }
};

}  // namespace

TEST_CASE("thousands of random records come back equal, member by member") {
    Dice dice(11);
    for (int round = 0; round < 2'000; ++round) {
        const auto sink = random_value<KitchenSink>(dice);
        CHECK(from_packed<KitchenSink>(packed(sink)) == sink);
        const auto dossier = random_value<Dossier>(dice);
        CHECK(canonical(from_packed<Dossier>(packed(dossier))) == canonical(dossier));
    }
}

TEST_CASE("an entry comes back equal and is shorter than its message") {
    Dice dice(12);
    std::size_t octets = 0, message = 0;
    for (int round = 0; round < 200; ++round) {
        const auto entry = random_value<ledger::EntryPosted>(dice);
        CHECK(from_packed<ledger::EntryPosted>(packed(entry)) == entry);
        octets += packed(entry).size();
        message += to_wire(entry).size();
    }
    CHECK(octets < message);
}

TEST_CASE("a field that was described later reads as what its absence means") {
    const Late late = from_packed<Late>(packed(Early{5}));
    CHECK(late.count == 5);
    CHECK(late.more.empty());
    CHECK(late.size == 3);
    CHECK(from_packed<Late>(packed(Late{5, "", 0})).size == 0);
}

TEST_CASE("packed octets that end too early are refused; what lies behind a record is left") {
    Dice dice(13);
    for (int round = 0; round < 50; ++round) {
        const std::string whole = packed(random_value<KitchenSink>(dice));
        for (std::size_t length = 0; length < whole.size(); length += 1 + whole.size() / 40)
            CHECK_THROWS_AS(from_packed<KitchenSink>(whole.substr(0, length)), StorageBroken);
        const std::string two = whole + "behind";
        std::string_view left = two;
        taken_packed<KitchenSink>(left);
        CHECK(left == "behind");
    }
}

TEST_CASE("records are found by their events, in packs that depend on the events alone") {
    Dice dice(14);
    const RowsByEvent table("t");
    MemoryRows one_by_one, at_once;
    const auto small = one_by_one.begin(), large = at_once.begin();
    std::map<EventRef, std::string> texts;
    EventRef event{1, 0};
    for (int i = 0; i < 500; ++i) {
        if (dice.below(3) == 0)
            event = {event.position + 1 + dice.below(300),
                     static_cast<std::uint32_t>(dice.below(2))};
        else
            ++event.n;
        const Late late{i, std::string(i % 50 == 0 ? 9'000 : dice.below(40), 'x'), 1};
        texts[event] = late.more;
        table.add(*small, event, packed(late));
        small->commit();
        table.add(*large, event, packed(late));
    }
    large->commit();
    CHECK(kontor::testing::all_rows(*one_by_one.snapshot()) ==
          kontor::testing::all_rows(*at_once.snapshot()));
    CHECK(kontor::testing::all_rows(*at_once.snapshot()).size() < 40);
    const auto rows = at_once.snapshot();
    for (const auto& [of, text] : texts)
        CHECK(from_packed<Late>(table.get(*rows, of)).more == text);
    CHECK_THROWS_AS(table.get(*rows, EventRef{0, 0}), StorageBroken);
    CHECK_THROWS_AS(table.get(*rows, EventRef{event.position + 1, 0}), StorageBroken);
}
