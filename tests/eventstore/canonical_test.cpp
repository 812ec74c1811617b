// Canonical octets: equal for equal values only, untouched by appended fields; and the sums.
#include "eventstore/canonical.h"

#include "eventstore/wire.h"
#include "tests/support/dice.h"
#include "tests/support/dossier.h"
#include "tests/support/kitchen_sink.h"
#include "tests/support/random_values.h"

#include <catch2/catch.hpp>
#include <set>

using namespace kontor;
using namespace kontor::test;

namespace {

struct Before {
    std::string name;
    std::int64_t count = 0;
    static void describe(auto& it) {
        it.record("Thing", "Before.")
            .field("name", &Before::name, "Name.")
            .field("count", &Before::count, "Count.");
    }
};

// The same command after three fields were appended and one was retired.
struct After {
    std::string name;
    std::int64_t limit = 0;
    std::optional<std::int64_t> maybe;
    Label label;
    static void describe(auto& it) {
        it.record("Thing", "After.")
            .field("name", &After::name, "Name.")
            .retired("count")
            .field("limit", &After::limit, "Appended.")
            .otherwise(std::int64_t{100})
            .field("maybe", &After::maybe, "Appended.")
            .field("label", &After::label, "Appended.")
            .otherwise(Label{"none", Colour::red});
    }
};

struct TwoTexts {
    std::string a, b;
    static void describe(auto& it) {
        it.record("TwoTexts", "Two.")
            .field("a", &TwoTexts::a, "One.")
            .field("b", &TwoTexts::b, "Other.");
    }
};

Hash filled(std::uint8_t octet) {
    Hash hash;
    hash.fill(octet);
    return hash;
}

}  // namespace

TEST_CASE("values have the same octets only when they are equal", "[canonical]") {
    Dice dice(21);
    std::vector<Node> trees;
    for (int i = 0; i < 150; ++i) trees.push_back(random_value<Node>(dice));
    for (const Node& a : trees)
        for (const Node& b : trees) CHECK((canonical(a) == canonical(b)) == (a == b));
    for (int i = 0; i < 200; ++i) {
        const auto sink = random_value<KitchenSink>(dice);
        auto changed = sink;
        changed.by_number[INT64_MIN + 5] = std::nullopt;
        CHECK(canonical(KitchenSink(sink)) == canonical(sink));
        CHECK((canonical(changed) == canonical(sink)) == (changed == sink));
    }
}

TEST_CASE("a command's fingerprint holds nothing of what is personal but that it is there",
          "[canonical]") {
    const Type& type = type_of<Dossier>();
    Dossier dossier;
    dossier.name.plain = "Ann";
    const Hash ann = command_fingerprint(type, &dossier);
    dossier.name.plain = "Ben";
    CHECK(command_fingerprint(type, &dossier) == ann);
    dossier.name = {"sealed", "fingerprint", {}, false};
    CHECK(command_fingerprint(type, &dossier) == ann);
    const Hash keyed = personal_fingerprint(type, &dossier);
    dossier.name.sealed = "sealed anew";
    CHECK(personal_fingerprint(type, &dossier) == keyed);
    dossier.name.fingerprint = "another";
    CHECK(personal_fingerprint(type, &dossier) != keyed);
    dossier.name = {};
    CHECK(command_fingerprint(type, &dossier) != ann);
    dossier.name.plain = "Ann";
    dossier.about.uuid.low = 1;
    CHECK(command_fingerprint(type, &dossier) != ann);
}

TEST_CASE("texts do not run into each other, and nothing is not zero", "[canonical]") {
    CHECK(canonical(TwoTexts{"ab", "c"}) != canonical(TwoTexts{"a", "bc"}));
    CHECK(canonical(TwoTexts{"a", ""}) != canonical(TwoTexts{"", "a"}));
    using Maybe = std::optional<std::int64_t>;
    CHECK(canonical(Maybe{}) != canonical(Maybe{0}));
    using Lists = std::vector<std::vector<std::int64_t>>;
    CHECK(canonical(Lists{{}, {0}}) != canonical(Lists{{0}, {}}));
    CHECK(canonical(Wrapping(Box3{})) != canonical(Wrapping(Label{})));
}

TEST_CASE("the octets are slots and values, and an end", "[canonical]") {
    CHECK(canonical(TwoTexts{"", "hi"}) == std::string("\2\2hi\0", 5));
    CHECK(canonical(TwoTexts{}) == std::string("\0", 1));
    CHECK(canonical(Before{"", 258}) == std::string("\2\0\0\0\0\0\0\1\2\0", 10));
    // A length of 300 is 0x2c with more to come, then 2 times 128.
    CHECK(canonical(std::string(300, 'x')) == "\xac\x02" + std::string(300, 'x'));
}

TEST_CASE("appended fields change no old digest", "[canonical]") {
    const Before old{"pump", 0};
    const auto read = from_wire<After>(to_wire(old));
    REQUIRE(read.has_value());
    CHECK(read->limit == 100);
    CHECK(canonical(*read) == canonical(old));
    CHECK(command_fingerprint(type_of<After>(), &*read) ==
          command_fingerprint(type_of<Before>(), &old));
    // Zero is not what absence means here, so it is said.
    After zero = *read;
    zero.limit = 0;
    CHECK(canonical(zero) != canonical(*read));
}

TEST_CASE("fingerprints tell commands and their contents apart", "[canonical]") {
    const TwoTexts texts{"pump", ""};
    const Before before{"pump", 0};
    CHECK(canonical(texts) == canonical(before));
    CHECK(command_fingerprint(type_of<TwoTexts>(), &texts) !=
          command_fingerprint(type_of<Before>(), &before));
}

TEST_CASE("rows of different tables, keys and contents have different digests", "[canonical]") {
    const std::vector<std::string> parts = {"", "a", "b", "ab", "ba", std::string("\1a", 2)};
    std::set<Hash> digests;
    for (const auto& table : parts)
        for (const auto& key : parts)
            for (const auto& row : parts) digests.insert(row_digest(table, key, row));
    CHECK(digests.size() == parts.size() * parts.size() * parts.size());
    const std::string key = "k";
    const Before row{"pump", 3};
    CHECK(row_digest("things", type_of<std::string>(), &key, type_of<Before>(), &row) ==
          row_digest("things", canonical(key), canonical(row)));
}

TEST_CASE("a digest is a sum: order is nothing, and what was added can leave", "[canonical]") {
    Dice dice(4);
    std::vector<Hash> hashes(50);
    for (Hash& hash : hashes)
        for (auto& octet : hash) octet = static_cast<std::uint8_t>(dice.below(256));
    DigestSum forward, backward;
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        forward.add(hashes[i]);
        backward.add(hashes[hashes.size() - 1 - i]);
    }
    CHECK(forward == backward);
    DigestSum half;
    for (std::size_t i = 0; i < 25; ++i) half.add(hashes[i]);
    DigestSum rest = forward;
    for (std::size_t i = 25; i < 50; ++i) rest.subtract(hashes[i]);
    CHECK(rest == half);
    DigestSum sum = half;
    for (std::size_t i = 25; i < 50; ++i) sum.add(hashes[i]);
    CHECK(sum == forward);
    for (const Hash& hash : hashes) forward.subtract(hash);
    CHECK(forward == DigestSum{});
}

TEST_CASE("sums carry through all 256 bits and begin again", "[canonical]") {
    Hash one{};
    one[31] = 1;
    DigestSum sum;
    sum.add(filled(0xff));
    CHECK(to_text(sum) == std::string(64, 'f'));
    sum.add(one);
    CHECK(sum == DigestSum{});
    sum.subtract(one);
    CHECK(to_text(sum) == std::string(64, 'f'));

    Hash low{};
    for (std::size_t i = 8; i < 32; ++i) low[i] = 0xff;
    sum = {};
    sum.add(low);
    sum.add(one);
    CHECK(to_text(sum) == "0000000000000001" + std::string(48, '0'));
    // 2^256 - 1 twice is 2^256 - 2: both a carry in and a carry out at each step.
    sum = {};
    sum.add(filled(0xff));
    sum.add(filled(0xff));
    CHECK(to_text(sum).substr(0, 63) == std::string(63, 'f'));
    CHECK(to_text(sum).back() == 'e');
    Hash octets = filled(0xff);
    octets.back() = 0xfe;
    CHECK(digest_sum_from(octets) == sum);
    CHECK(to_octets(sum) == std::string(octets.begin(), octets.end()));
}
