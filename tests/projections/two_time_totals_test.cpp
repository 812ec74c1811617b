// Sums in two times agree with a plain recomputation at any corner, and cost the same at all.
#include "projections/two_time_totals.h"

#include "eventstore/storage_broken.h"
#include "tests/projections/row_stores.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <random>

using namespace kontor;
using namespace kontor::testing;
using namespace std::string_literals;

namespace {

struct Plain {
    std::string key;
    DayPlace at;
    std::array<std::int64_t, 2> amounts;
};
using History = std::vector<Plain>;
enum class Days { ascending, random, storms };

// Rows are cut short, so that a block of a year has several.
const TwoTimeTotals totals("t", 2, {64, true});
// Keys that begin like others, and keys made of what the escaping uses.
const std::vector<std::string> few_keys{"a", "ab", "a\0"s, "a\0\1"s, "a\0\xff"s, "", "\0"s};

Corner drawn_corner(std::mt19937_64& dice, std::uint64_t positions) {
    Corner corner;
    if (dice() % 5 != 0) corner.valid_at = Date{static_cast<int>(dice() % 420) - 10};
    if (dice() % 5 != 0) corner.known_at = dice() % (positions + 2);
    return corner;
}

bool inside(const Plain& plain, const std::string& key, const Corner& corner) {
    return plain.key == key && plain.at.place.event.position <= corner.known_at &&
           (!corner.valid_at || plain.at.day <= *corner.valid_at);
}

// The sums and how many postings they are of.
std::pair<std::array<Wide, 2>, int> plain_sum(const History& history, const std::string& key,
                                              const Corner& corner) {
    std::pair<std::array<Wide, 2>, int> sum{};
    for (const Plain& plain : history) {
        if (!inside(plain, key, corner)) continue;
        for (std::size_t k = 0; k < 2; ++k) sum.first[k] += plain.amounts[k];
        ++sum.second;
    }
    return sum;
}

History drawn_history(std::size_t count, Days days, std::size_t keys, std::mt19937_64& dice) {
    History history;
    std::map<std::string, std::uint64_t> ordinals;
    std::uint64_t position = 1;
    std::uint32_t n = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (dice() % 3 == 0)
            ++position, n = 0;
        else if (dice() % 2 == 0)
            ++n;
        int day = static_cast<int>(i * 400 / count);
        if (days == Days::random) day = static_cast<int>(dice() % 400);
        if (days == Days::storms && (i / 300) % 2 == 1) day = static_cast<int>(dice() % 7);
        const std::string& key = few_keys[dice() % keys];
        const auto amount = [&] {
            const auto large = static_cast<std::int64_t>(dice() % 1'000'000'000'000'001);
            return dice() % 3 == 0 ? -large : large;
        };
        history.push_back(
            {key, {Date{day}, {{position, n}, ordinals[key]++}}, {amount(), amount()}});
    }
    return history;
}

void write(RowStore& store, const History& history, std::mt19937_64& dice, std::size_t most) {
    auto batch = store.begin();
    std::size_t left = 1 + dice() % most;
    for (const Plain& plain : history) {
        totals.add(*batch, plain.key, plain.at.day, plain.at.place.event, plain.amounts);
        if (--left > 0) continue;
        batch->commit();
        left = 1 + dice() % most;
    }
    batch->commit();
}

// How many of the corners differ from the plain recomputation.
int differing_corners(const RowReader& rows, const History& history, std::size_t keys,
                      std::mt19937_64& dice, int corners) {
    int differ = 0;
    for (int i = 0; i < corners; ++i) {
        const std::string& key = few_keys[dice() % keys];
        const Corner corner = drawn_corner(dice, history.back().at.place.event.position);
        std::array<Wide, 2> sum{1, 1};
        const bool any = totals.sum(rows, key, corner, sum);
        const auto plain = plain_sum(history, key, corner);
        differ += sum != plain.first || any != (plain.second > 0);
    }
    return differ;
}

// Pages of a few postings each, put together.
void compare_pages(const RowReader& rows, const History& history, const std::string& key,
                   std::mt19937_64& dice) {
    const Corner corner = drawn_corner(dice, history.back().at.place.event.position);
    std::vector<DayPlace> expected;
    for (const Plain& plain : history) {
        if (inside(plain, key, corner)) expected.push_back(plain.at);
    }
    std::vector<DayPlace> found;
    std::optional<PostingPlace> after;
    for (bool more = true; more;) {
        std::size_t left = 1 + dice() % 200;
        more = false;
        totals.postings(rows, key, corner, after, [&](const Posting& posting) {
            found.push_back(posting.day_place());
            after = posting.place;
            more = --left == 0;
            return !more;
        });
    }
    REQUIRE(found == expected);

    std::ranges::sort(expected);
    found.clear();
    std::array<Wide, 2> balance{};
    std::optional<DayPlace> behind;
    for (bool more = true; more;) {
        std::size_t left = 1 + dice() % 200;
        more = false;
        totals.statement(rows, key, corner, behind, [&](const Posting& posting) {
            found.push_back(posting.day_place());
            for (std::size_t k = 0; k < 2; ++k) balance[k] += posting.amounts[k];
            behind = posting.day_place();
            more = --left == 0;
            return !more;
        });
        if (!behind) continue;
        std::array<Wide, 2> through{};
        REQUIRE(totals.sum_through(rows, key, corner, *behind, through));
        REQUIRE(through == balance);
    }
    REQUIRE(found == expected);
}

}  // namespace

TEST_CASE("sums, pages and rows are right however days fall and batches are cut") {
    const ScratchDirectory scratch;
    std::mt19937_64 dice(11);
    int number = 0;
    for (const Days days : {Days::ascending, Days::random, Days::storms}) {
        for (const std::size_t keys : {std::size_t{1}, few_keys.size()}) {
            const History history = drawn_history(6'000, days, keys, dice);
            MemoryRows memory;
            write(memory, history, dice, 6'000);
            const auto directory = scratch / std::to_string(number++).c_str();
            const auto half = history.begin() + static_cast<std::ptrdiff_t>(dice() % 6'000);
            {
                RocksRows first(directory);
                write(first, History(history.begin(), half), dice, 40);
            }
            RocksRows rocks(directory);
            write(rocks, History(half, history.end()), dice, 900);
            const auto rows = rocks.snapshot();
            REQUIRE(all_rows(*rows) == all_rows(*memory.snapshot()));
            CHECK(differing_corners(*rows, history, keys, dice, 400) == 0);
            CHECK(differing_corners(*memory.snapshot(), history, keys, dice, 400) == 0);
            for (int i = 0; i < 6; ++i) {
                compare_pages(*rows, history, few_keys[dice() % keys], dice);
            }
        }
    }
}

TEST_CASE("the comparison notices a level of blocks that is of another history") {
    std::mt19937_64 dice(5);
    const History history = drawn_history(6'000, Days::random, 1, dice);
    History other = history;
    for (auto& posting : other) posting.amounts[0] += 1;
    MemoryRows memory, wrong;
    write(memory, history, dice, 6'000);
    write(wrong, other, dice, 6'000);
    CHECK(differing_corners(*memory.snapshot(), history, 1, dice, 200) == 0);
    for (const char level : {'\1', '\2'}) {
        // A key's blocks lie behind "tk", the key "a", its end, 'b' and the level.
        const std::string blocks = "tka\0\1b"s + level;
        const auto batch = memory.begin();
        for (const auto& [key, row] : all_rows(*wrong.snapshot()))
            if (key.starts_with(blocks)) batch->put(key, row);
        CHECK(differing_corners(*batch, history, 1, dice, 200) > 20);
    }
}

TEST_CASE("a block that is missing is no sum without it") {
    std::mt19937_64 dice(6);
    const History history = drawn_history(6'000, Days::random, 1, dice);
    for (const char level : {'\1', '\2'}) {
        MemoryRows memory;
        write(memory, history, dice, 6'000);
        memory.erase_prefix("tka\0\1b"s + level);
        CHECK_THROWS_AS(differing_corners(*memory.snapshot(), history, 1, dice, 200),
                        StorageBroken);
    }
}

TEST_CASE("sums go beyond 64 bits") {
    MemoryRows memory;
    const auto batch = memory.begin();
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    for (std::uint64_t i = 0; i < 20'000; ++i) {
        totals.add(*batch, "k", Date{static_cast<int>(i % 3)}, {i, 0},
                   std::array<std::int64_t, 2>{most, -most});
    }
    std::array<Wide, 2> sum{};
    CHECK(totals.sum(*batch, "k", {}, sum));
    CHECK(sum == std::array<Wide, 2>{Wide{most} * 20'000, Wide{most} * -20'000});
}

TEST_CASE("a source stands for its last amounts, and earlier corners for the earlier ones") {
    MemoryRows memory;
    const auto batch = memory.begin();
    using Amounts = std::array<std::int64_t, 2>;
    totals.replace(*batch, "deal 1", "open", Date{10}, {1, 0}, Amounts{1, 500});
    totals.replace(*batch, "deal 1", "open", Date{10}, {2, 0}, Amounts{1, 500});  // says the same
    totals.replace(*batch, "deal 1", "won", Date{20}, {3, 0}, Amounts{1, 450});
    totals.remove(*batch, "deal 1", {4, 0});
    totals.remove(*batch, "deal 1", {5, 0});
    const auto sum = [&](std::string_view key, Corner corner) {
        Amounts small{};
        std::array<Wide, 2> sums{};
        totals.sum(*batch, key, corner, sums);
        std::ranges::transform(sums, small.begin(),
                               [](Wide wide) { return static_cast<std::int64_t>(wide); });
        return small;
    };
    CHECK(sum("open", {Date{10}, 2}) == Amounts{1, 500});
    CHECK(sum("open", {Date{9}, 2}) == Amounts{0, 0});
    CHECK(sum("open", {Date{10}, 3}) == Amounts{0, 0});
    CHECK(sum("won", {Date{19}, 3}) == Amounts{0, 0});
    CHECK(sum("won", {Date{20}, 3}) == Amounts{1, 450});
    CHECK(sum("won", {Date{20}, 4}) == Amounts{0, 0});
    int postings = 0;
    for (const char* key : {"open", "won"}) {
        totals.postings(*batch, key, {}, {}, [&](const Posting&) { return ++postings, true; });
    }
    CHECK(postings == 4);
}

TEST_CASE("keys are walked in order, from anywhere, with a seek each") {
    MemoryRows memory;
    std::mt19937_64 dice(3);
    write(memory, drawn_history(8'000, Days::random, few_keys.size(), dice), dice, 500);
    const auto rows = memory.snapshot();
    auto sorted = few_keys;
    std::ranges::sort(sorted);
    const auto walked = [&](const RowReader& reader, std::string_view begins_with,
                            std::optional<std::string_view> after) {
        std::vector<std::string> keys;
        totals.for_each_key(reader, begins_with, after, [&](std::string_view key) {
            keys.emplace_back(key);
            return true;
        });
        return keys;
    };
    const CountingReader counting(*rows);
    CHECK(walked(counting, "", {}) == sorted);
    CHECK(counting.reads.load() == static_cast<int>(few_keys.size()) + 1);
    for (const std::string& prefix : few_keys) {
        for (const std::string& after : few_keys) {
            std::vector<std::string> expected;
            for (const std::string& key : sorted) {
                if (key.starts_with(prefix) && key > after) expected.push_back(key);
            }
            CHECK(walked(*rows, prefix, after) == expected);
        }
    }
    int with_sums = 0;
    totals.for_each_sum(*rows, "a", {}, {Date{200}, 1'000}, [&](auto key, auto sums) {
        std::array<Wide, 2> sum{};
        CHECK(totals.sum(*rows, key, {Date{200}, 1'000}, sum));
        CHECK(std::ranges::equal(sums, sum));
        return ++with_sums, true;
    });
    CHECK(with_sums == 5);
}

TEST_CASE("the sums of many keys are those of each, until no more are wanted") {
    MemoryRows memory;
    const auto batch = memory.begin();
    constexpr std::size_t most = 2'100;
    const auto key_of = [](std::size_t at) { return "m" + std::to_string(10'000 + at); };
    std::mt19937_64 dice(17);
    std::uint64_t position = 0;
    for (int round = 0; round < 150; ++round)  // beyond an edge for one in sixteen
        for (std::size_t at = 0; at < most; at += round < 3 ? 1 : 16)
            totals.add(*batch, key_of(at), Date{static_cast<int>(dice() % 40)}, {++position, 0},
                       std::array<std::int64_t, 2>{static_cast<std::int64_t>(at), 1});
    batch->commit();
    const auto rows = memory.snapshot();
    for (const Corner corner : {Corner{}, Corner{Date{20}, position / 2}, Corner{Date{3}, 500}}) {
        std::vector<std::string> expected;
        for (std::size_t at = 0; at < most; ++at)
            if (std::array<Wide, 2> sum{}; totals.sum(*rows, key_of(at), corner, sum))
                expected.push_back(key_of(at));
        for (const std::size_t wanted : {1u, 63u, 64u, 1'024u, 1'025u, 2'100u}) {
            std::vector<std::string> seen;
            totals.for_each_sum(*rows, "m", {}, corner, [&](auto key, auto sums) {
                std::array<Wide, 2> sum{};
                CHECK(totals.sum(*rows, key, corner, sum));
                CHECK(std::ranges::equal(sums, sum));
                seen.emplace_back(key);
                return seen.size() < wanted;
            });
            const auto count = std::min(wanted, expected.size());
            CHECK(seen ==
                  std::vector(expected.begin(), expected.begin() + static_cast<int>(count)));
        }
        // Fewer keys than a second thread is worth.
        std::size_t few = 0;
        totals.for_each_sum(*rows, "m1000", {}, corner, [&](auto, auto) { return ++few > 0; });
        CHECK(few == static_cast<std::size_t>(std::ranges::count_if(
                         expected, [](const auto& key) { return key.starts_with("m1000"); })));
    }
}

TEST_CASE("a question reads a few rows, whatever the history holds and however old it is") {
    const TwoTimeTotals usual("t", 2);
    MemoryRows memory;
    auto batch = memory.begin();
    std::mt19937_64 dice(9);
    std::uint64_t position = 0;
    const std::array<std::int64_t, 2> one{1, 1};
    int most_before = 0;
    for (const std::uint64_t size : {1'000u, 10'000u, 100'000u, 1'000'000u}) {
        for (; position < size; ++position) {
            usual.add(*batch, "k", Date{static_cast<int>(dice() % 400)}, {position, 0}, one);
        }
        batch->commit();
        int most = 0;
        for (int i = 0; i < 300; ++i) {
            const CountingReader counting(*batch);
            std::array<Wide, 2> sum{};
            usual.sum(counting, "k", {Date{static_cast<int>(dice() % 400)}, dice() % size}, sum);
            most = std::max(most, counting.reads.load());
        }
        // The edge, the postings, and a block for each level: 128 * 16^levels postings.
        CHECK(most <= 6);
        CHECK(most <= most_before + 3);
        most_before = most;
    }
    // A page of a statement as it was known when a thousandth was there, and as it is now: one row
    // or jump a posting, where a jump asks each level once.
    for (const std::uint64_t known_at : {std::uint64_t{1'000}, position}) {
        const CountingReader counting(*batch);
        int left = 50;
        usual.statement(counting, "k", {Date{390}, known_at}, DayPlace{Date{100}, {{0, 0}}},
                        [&](const Posting&) { return --left > 0; });
        CHECK(left == 0);
        CHECK(counting.reads <= 50 * 6 + 6);
    }
}
