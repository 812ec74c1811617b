// Things in two times are found as they were, at any corner, for the same few row reads.
#include "projections/two_time_rows.h"
#include "tests/projections/row_stores.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace kontor;
using namespace kontor::testing;
using namespace std::string_literals;

namespace {

struct Plain {
    std::string key;
    Date day;
    EventRef event;
    std::optional<std::string> row;
};
using History = std::vector<Plain>;

const TwoTimeRows things("r");
const std::vector<std::string> keys{"", "\0"s, "a", "a\0"s, "a\0\1"s, "ab", "b"};

History drawn_history(std::size_t count, bool in_order, std::mt19937_64& dice) {
    History history;
    for (std::size_t i = 0; i < count; ++i) {
        const int day = in_order ? static_cast<int>(i / 7) : static_cast<int>(dice() % 500);
        history.push_back({keys[dice() % keys.size()], Date{day}, {i / 3, i % 3 ? 1u : 0u}, {}});
        if (dice() % 5 != 0) history.back().row = "row " + std::to_string(i);
        // Two puts by one event for one day: the second stands.
        std::erase_if(history, [&](const Plain& plain) {
            const Plain& last = history.back();
            return &plain != &last && plain.key == last.key && plain.day == last.day &&
                   plain.event == last.event;
        });
    }
    return history;
}

const Plain* plain_at(const History& history, const std::string& key, const Corner& corner) {
    const Plain* best = nullptr;
    for (const Plain& plain : history) {
        if (plain.key != key || plain.event.position > corner.known_at) continue;
        if (corner.valid_at && plain.day > *corner.valid_at) continue;
        if (!best || plain.day >= best->day) best = &plain;
    }
    return best && best->row ? best : nullptr;
}

Corner drawn_corner(std::mt19937_64& dice, std::size_t count) {
    Corner corner;
    if (dice() % 4 != 0) corner.valid_at = Date{static_cast<int>(dice() % (count / 5))};
    if (dice() % 4 != 0) corner.known_at = dice() % (count / 3 + 2);
    return corner;
}

}  // namespace

TEST_CASE("a thing is found as plain recomputation finds it, whatever the corner") {
    const ScratchDirectory scratch;
    std::mt19937_64 dice(21);
    for (const bool in_order : {true, false}) {
        const History history = drawn_history(4'000, in_order, dice);
        RocksRows rocks(scratch / (in_order ? "ordered" : "random"));
        MemoryRows memory;
        const auto whole = memory.begin();
        auto batch = rocks.begin();
        for (const Plain& plain : history) {
            things.put(*whole, plain.key, plain.day, plain.event, plain.row);
            things.put(*batch, plain.key, plain.day, plain.event, plain.row);
            if (dice() % 50 == 0) batch->commit();
        }
        batch->commit();
        whole->commit();
        const auto rows = rocks.snapshot();
        REQUIRE(all_rows(*rows) == all_rows(*memory.snapshot()));
        for (int i = 0; i < 1'000; ++i) {
            const std::string& key = keys[dice() % keys.size()];
            const Corner corner = drawn_corner(dice, history.size());
            const auto found = things.get(*rows, key, corner);
            const Plain* plain = plain_at(history, key, corner);
            REQUIRE(found.has_value() == (plain != nullptr));
            if (!found) continue;
            REQUIRE(found->row == *plain->row);
            REQUIRE(found->day == plain->day);
            REQUIRE(found->event == plain->event);
        }
        for (const std::string& prefix : keys) {
            const Corner corner = drawn_corner(dice, history.size());
            const std::string& after = keys[dice() % keys.size()];
            std::vector<std::string> expected, found;
            for (const std::string& key : keys) {
                const Plain* plain = plain_at(history, key, corner);
                if (key.starts_with(prefix) && key > after && plain) {
                    expected.push_back(key + *plain->row);
                }
            }
            things.for_each(*rows, prefix, after, corner, [&](auto key, const auto& one) {
                found.push_back(std::string(key) + std::string(one.row));
                return true;
            });
            CHECK(found == expected);
        }
    }
}

TEST_CASE("a history lists every put in the order it was recorded, from any place") {
    MemoryRows memory;
    const auto batch = memory.begin();
    std::mt19937_64 dice(4);
    const History history = drawn_history(2'000, false, dice);
    for (const Plain& plain : history) {
        things.put(*batch, plain.key, plain.day, plain.event, plain.row);
    }
    for (const std::uint64_t from : {0u, 100u, 600u}) {
        std::vector<std::optional<std::string>> expected, found;
        for (const Plain& plain : history) {
            if (plain.key == "ab" && plain.event > EventRef{from, 0}) expected.push_back(plain.row);
        }
        things.history(*batch, "ab", PostingPlace{{from, 0}}, [&](const TwoTimeRows::Put& put) {
            found.emplace_back();
            if (put.row) found.back() = std::string(*put.row);
            return true;
        });
        CHECK(found == expected);
    }
}

TEST_CASE("a second put by one event for one day stands in place of the first") {
    MemoryRows memory;
    const auto batch = memory.begin();
    things.put(*batch, "price", Date{1}, {5, 0}, "first");
    things.put(*batch, "price", Date{1}, {5, 0}, "second");
    CHECK(things.get(*batch, "price", {})->row == "second");
    int puts = 0;
    things.history(*batch, "price", {}, [&](const TwoTimeRows::Put&) { return ++puts, true; });
    CHECK(puts == 1);
}

TEST_CASE("a finder finds what one question would, in whatever order it is asked") {
    std::mt19937_64 dice(11);
    MemoryRows memory;
    const auto batch = memory.begin();
    const std::vector<std::string> keys = {"a", "ab", "b", std::string("b\0c", 3), "c", "d", "e"};
    for (std::uint64_t event = 1; event <= 300; ++event) {
        // Some things have one version, some many; some are gone for a time.
        const std::size_t key = std::min(dice() % keys.size(), dice() % keys.size());
        const std::string row = "row " + std::to_string(event);
        const bool gone = dice() % 7 == 0;
        things.put(*batch, keys[key], Date{static_cast<int>(dice() % 20)}, {event, 0},
                   gone ? std::nullopt : std::optional<std::string_view>(row));
    }
    // And most things of a company have one or two.
    auto all_keys = keys;
    for (std::uint64_t event = 301; event <= 340; ++event) {
        all_keys.push_back("few " + std::to_string(event % 30));
        things.put(*batch, all_keys.back(), Date{static_cast<int>(event % 20)}, {event, 0}, "few");
    }
    batch->commit();
    const auto rows = memory.snapshot();
    int found = 0;
    for (int round = 0; round < 60; ++round) {
        TwoTimeRows::Finder finder(things, *rows);
        std::optional<Date> day;
        if (round % 3 > 0) day = Date{static_cast<int>(dice() % 22) - 1};
        const Corner corner{day, round % 2 == 0 ? 1 + dice() % 300 : 1'000};
        auto order = all_keys;
        order.push_back("none");
        order.push_back(keys[dice() % keys.size()]);
        if (round % 4 > 0) std::ranges::shuffle(order, dice);
        if (round % 4 == 1) std::ranges::sort(order);  // some of them twice in a row
        for (const std::string& key : order) {
            const auto expected = things.get(*rows, key, corner);
            const auto got = finder.get(key, corner);
            REQUIRE(got.has_value() == expected.has_value());
            if (!got) continue;
            ++found;
            CHECK(got->row == expected->row);
            CHECK(got->day == expected->day);
            CHECK(got->event == expected->event);
        }
    }
    CHECK(found > 200);
}

TEST_CASE("of 100,000 versions an old, a middle and a recent one cost the same few reads") {
    std::mt19937_64 dice(8);
    for (const bool in_order : {true, false}) {
        MemoryRows memory;
        const auto batch = memory.begin();
        constexpr std::uint64_t versions = 100'000;
        for (std::uint64_t i = 0; i < versions; ++i) {
            const int day = static_cast<int>(in_order ? i : dice() % 100'000);
            things.put(*batch, "k", Date{day}, {i, 0}, "row");
        }
        batch->commit();
        for (const std::uint64_t known_at : {versions / 100, versions / 2, versions - 1}) {
            int most = 0;
            for (int i = 0; i < 200; ++i) {
                const CountingReader counting(*batch);
                const int day = static_cast<int>(dice() % 100'000);
                things.get(counting, "k", {Date{day}, known_at});
                most = std::max(most, counting.reads.load());
            }
            // Two looks at the newest days; the edge, the postings, four levels, and the row.
            CHECK(most <= 9);
        }
    }
}
