// The rows of the index are what corner_index.cpp says, and depend on the adds alone.
#include "projections/corner_index.h"

#include "projections/corner_blocks.h"
#include "projections/packed_numbers.h"
#include "tests/projections/row_stores.h"

#include <catch2/catch.hpp>

#include <array>
#include <limits>

using namespace kontor;
using namespace kontor::testing;
using namespace std::string_literals;

TEST_CASE("packed numbers of any size come back, and cut ones are refused") {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    const Wide widest = (Wide{most} << 64) + most;
    for (const Wide number :
         {Wide{0}, Wide{-1}, Wide{63}, Wide{64}, Wide{most}, Wide{least}, widest, -widest - 1}) {
        std::string octets;
        append_short(octets, folded(number));
        PackedNumbers packed(octets);
        CHECK(unfolded(packed.shortened<UnsignedWide>()) == number);
        CHECK(packed.done());
        PackedNumbers cut(std::string_view(octets).substr(0, octets.size() - 1));
        CHECK_THROWS_AS(cut.shortened<UnsignedWide>(), StorageBroken);
    }
    for (const std::int64_t number : {std::int64_t{0}, std::int64_t{-1}, most, least}) {
        CHECK(unfolded(folded(number)) == number);
    }
}

TEST_CASE("days before and after 1970 sort as their octets") {
    std::string before;
    for (const int days : {std::numeric_limits<int>::min(), -719'162, -1, 0, 1, 2'932'896}) {
        std::string octets;
        append_fixed(octets, Date{days});
        CHECK(before < octets);
        CHECK(PackedNumbers(octets).fixed_day() == Date{days});
        before = octets;
    }
}

TEST_CASE("postings are cut into edges of 128, with a block each, of a level by their count") {
    const CornerIndex index("x", 1, CornerIndex::ByDay::no);
    MemoryRows memory;
    const auto batch = memory.begin();
    constexpr std::uint64_t edges = fan_out * fan_out + 3;
    for (std::uint64_t i = 0; i < edges * edge_postings; ++i) {
        index.add(*batch, "k", Date{5}, {i, 0}, std::array<std::int64_t, 1>{1});
    }
    const std::string prefix = index.key_prefix("k");
    CHECK(prefix == "xkk\0\1"s);
    std::map<std::string, std::uint64_t> counted;
    for (const auto& [key, value] : all_rows(*batch)) {
        if (key == "xak\0\1"s) {
            ++counted["open"];
            continue;
        }
        REQUIRE(key.starts_with(prefix));
        ++counted[key.substr(prefix.size(), key[prefix.size()] == 'b' ? 2 : 1)];
    }
    // Level 1 ends at each edge but multiples of 16, level 2 at those but multiples of 256.
    CHECK(counted == std::map<std::string, std::uint64_t>{
                         {"open", 1}, {"p", edges}, {"b\1", 16 * 15 + 3}, {"b\2", 15}, {"b\3", 1}});
    std::array<Wide, 1> sum{};
    CHECK(index.sum(*batch, "k", {Date{5}, edges * 100}, sum));
    CHECK(sum[0] == Wide{edges * 100 + 1});
    CHECK_FALSE(index.sum(*batch, "k", {Date{4}, 1}, sum));
    CHECK_FALSE(index.sum(*batch, "other", {}, sum));
}

TEST_CASE("more postings of one event than an edge holds are told apart by their ordinals") {
    const CornerIndex index("x", 1, CornerIndex::ByDay::yes);
    MemoryRows memory;
    const auto batch = memory.begin();
    for (std::int64_t i = 0; i < 1'000; ++i) {
        index.add(*batch, "k", Date{1}, {7, 2}, std::array{i});
    }
    std::optional<PostingPlace> after = PostingPlace{{7, 2}, 499};
    std::int64_t expected = 500;
    index.postings(*batch, "k", {}, after, [&](const Posting& posting) {
        CHECK(posting.amounts[0] == expected++);
        return true;
    });
    CHECK(expected == 1'000);
    expected = 500;
    index.statement(*batch, "k", {}, DayPlace{Date{1}, *after}, [&](const Posting& posting) {
        CHECK(posting.amounts[0] == expected++);
        return true;
    });
    CHECK(expected == 1'000);
    index.postings(*batch, "k", {}, PostingPlace{{7, 2}}, [](const Posting&) -> bool {
        FAIL("nothing is behind the whole event");
        return false;
    });
}
