// Tables: what a commit changed is kept, or taken back as if nothing had been tried.
#include "domain/core/table.h"

#include "domain/core/id.h"
#include "tests/support/dice.h"

#include <catch2/catch.hpp>

#include <map>
#include <string>
#include <vector>

using namespace kontor;

namespace {

struct Shelf {
    std::int64_t books = 0;

    bool operator==(const Shelf&) const = default;
    static void describe(auto& record) {
        record.record("Shelf", "A shelf.").field("books", &Shelf::books, "How many.");
    }
};
using Shelves = Table<CompanyCode, Shelf>;

CompanyCode at(const char* code) { return {code}; }

std::map<std::string, std::int64_t> rows(const Shelves& shelves) {
    std::map<std::string, std::int64_t> rows;
    for (const auto& [key, shelf] : shelves) rows[key.text] = shelf.books;
    return rows;
}

// What a snapshot takes: changed keys in order, with -1 for what is gone.
std::vector<std::pair<std::string, std::int64_t>> taken(Shelves& shelves) {
    std::vector<std::pair<std::string, std::int64_t>> changes;
    const auto frozen = shelves.freeze();
    frozen->each([&](const void* key, const void* row) {
        changes.emplace_back(static_cast<const CompanyCode*>(key)->text,
                             row ? static_cast<const Shelf*>(row)->books : -1);
    });
    CHECK(frozen->size() == changes.size());
    shelves.release();
    return changes;
}

using Changes = std::vector<std::pair<std::string, std::int64_t>>;

}  // namespace

TEST_CASE("later steps of a commit see what earlier ones changed") {
    Shelves shelves;
    shelves.put(at("a"), {1});
    REQUIRE(shelves.find(at("a")) != nullptr);
    CHECK(shelves.find(at("a"))->books == 1);
    shelves.change(at("a"), [](Shelf& shelf) { shelf.books = 2; });
    CHECK(shelves.find(at("a"))->books == 2);
    shelves.erase(at("a"));
    CHECK(shelves.find(at("a")) == nullptr);
}

TEST_CASE("what is taken back was never there") {
    Shelves shelves;
    shelves.put(at("a"), {1});
    shelves.put(at("b"), {2});
    shelves.keep();
    shelves.put(at("a"), {10});
    shelves.change(at("a"), [](Shelf& shelf) { shelf.books = 11; });
    shelves.erase(at("b"));
    shelves.put(at("b"), {20});
    shelves.put(at("c"), {3});
    shelves.erase(at("c"));
    shelves.erase(at("nothing"));
    shelves.put(at("d"), {4});
    shelves.take_back();
    CHECK(rows(shelves) == std::map<std::string, std::int64_t>{{"a", 1}, {"b", 2}});
    // What is kept cannot be taken back any more.
    shelves.put(at("a"), {5});
    shelves.keep();
    shelves.take_back();
    CHECK(shelves.find(at("a"))->books == 5);
}

TEST_CASE("a snapshot asks for each kept change once, in order of the keys") {
    Shelves shelves;
    shelves.put(at("b"), {1});
    shelves.put(at("a"), {1});
    CHECK(shelves.changed() == 0);  // not before it is kept
    shelves.keep();
    shelves.change(at("b"), [](Shelf& shelf) { shelf.books = 2; });
    shelves.keep();
    CHECK(shelves.changed() == 2);
    CHECK(taken(shelves) == Changes{{"a", 1}, {"b", 2}});
    CHECK(shelves.changed() == 0);
    shelves.erase(at("a"));
    shelves.keep();
    shelves.put(at("c"), {3});
    shelves.take_back();
    CHECK(taken(shelves) == Changes{{"a", -1}});
}

TEST_CASE("what a snapshot loads counts as no change") {
    Shelves shelves;
    const CompanyCode key = at("a");
    const Shelf shelf{7};
    AnyTable& table = shelves;
    table.load(&key, &shelf);
    CHECK(table.changed() == 0);
    CHECK(table.size() == 1);
    CHECK(*static_cast<const Shelf*>(table.find_row(&key)) == shelf);
    shelves.take_back();
    CHECK(shelves.find(key) != nullptr);
}

TEST_CASE("ranges start at a key, or end with the last row until one") {
    Shelves shelves;
    for (const char* code : {"b", "d", "f"}) shelves.put(at(code), {1});
    std::string from;
    for (const auto& [key, shelf] : shelves.from(at("c"))) from += key.text;
    CHECK(from == "df");
    CHECK(shelves.last_until(at("a")) == nullptr);
    CHECK(shelves.last_until(at("b"))->first == at("b"));
    CHECK(shelves.last_until(at("e"))->first == at("d"));
    CHECK(shelves.last_until(at("z"))->first == at("f"));
}

TEST_CASE("any series of commits leaves what only the kept ones did") {
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        CAPTURE(seed);
        test::Dice dice(seed);
        Shelves shelves;
        std::map<std::string, std::int64_t> kept;
        std::map<std::string, std::int64_t> settled;
        for (int commit = 0; commit < 60; ++commit) {
            auto tried = kept;
            for (std::uint64_t step = dice.below(6); step > 0; --step) {
                const std::string key(1, static_cast<char>('a' + dice.below(8)));
                const std::int64_t books = dice.between(0, 99);
                switch (dice.below(3)) {
                    case 0:
                        shelves.put({key}, {books});
                        tried[key] = books;
                        break;
                    case 1:
                        if (!tried.contains(key)) break;
                        shelves.change({key}, [&](Shelf& shelf) { shelf.books = books; });
                        tried[key] = books;
                        break;
                    default: shelves.erase({key}); tried.erase(key);
                }
            }
            CHECK(rows(shelves) == tried);
            if (dice.one_in(3)) {
                shelves.take_back();
            } else {
                shelves.keep();
                kept = tried;
            }
            CHECK(rows(shelves) == kept);
            if (!dice.one_in(8)) continue;
            // The changes since the last snapshot make the new one of the old one.
            for (const auto& [key, books] : taken(shelves)) {
                if (books < 0)
                    settled.erase(key);
                else
                    settled[key] = books;
            }
            CHECK(settled == kept);
        }
    }
}
