// Paged tables: the same answers whether a row is in memory, set apart for a snapshot, or stored.
#include "domain/core/paged_table.h"

#include "domain/core/id.h"
#include "tests/support/dice.h"

#include <catch2/catch.hpp>

#include <map>
#include <string>
#include <vector>

using namespace kontor;
using kontor::test::Dice;

namespace {

struct Shelf {
    std::int64_t books = 0;

    static void describe(auto& record) {
        record.record("Shelf", "A shelf.").field("books", &Shelf::books, "How many.");
    }
};
using Shelves = PagedTable<CompanyCode, Shelf>;
using Books = std::map<std::string, std::int64_t>;

CompanyCode at(const std::string& code) { return {code}; }

// What a snapshot would hold, and how often it was asked.
class Cellar final : public StoredRows {
public:
    bool find(const void* key, void* row) const override {
        ++asked;
        const auto found = books.find(static_cast<const CompanyCode*>(key)->text);
        if (found == books.end()) return false;
        static_cast<Shelf*>(row)->books = found->second;
        return true;
    }
    void each_from(const void* key, const Row& call) const override {
        auto row =
            key ? books.lower_bound(static_cast<const CompanyCode*>(key)->text) : books.begin();
        for (; row != books.end(); ++row) {
            const CompanyCode code{row->first};
            const Shelf shelf{row->second};
            if (!call(&code, &shelf)) return;
        }
    }
    void store(const FrozenRows& rows) {
        rows.each([&](const void* key, const void* row) {
            const std::string& code = static_cast<const CompanyCode*>(key)->text;
            if (row)
                books[code] = static_cast<const Shelf*>(row)->books;
            else
                books.erase(code);
        });
    }

    Books books;
    mutable int asked = 0;
};

Books rows(const Shelves& shelves) {
    Books rows;
    shelves.each([&](const void* key, const void* row) {
        const std::string& code = static_cast<const CompanyCode*>(key)->text;
        CHECK((rows.empty() || rows.rbegin()->first < code));
        rows[code] = static_cast<const Shelf*>(row)->books;
    });
    CHECK(shelves.size() == rows.size());
    return rows;
}

Books rows_from(const Shelves& shelves, const std::string& from, std::size_t most) {
    Books rows;
    shelves.each_from(at(from), [&](const CompanyCode& code, const Shelf& shelf) {
        rows[code.text] = shelf.books;
        return rows.size() < most;
    });
    return rows;
}

}  // namespace

TEST_CASE("a row that is stored is read when it is asked for, and once") {
    Cellar cellar;
    cellar.books = {{"a", 1}, {"b", 2}};
    Shelves shelves;
    shelves.page(cellar, 1);
    const Shelf* a = shelves.find(at("a"));
    REQUIRE(a != nullptr);
    CHECK(a->books == 1);
    CHECK(shelves.find(at("a")) == a);
    CHECK(cellar.asked == 1);
    // Beyond the one row that may be kept, but the decision is not over.
    CHECK(shelves.find(at("b"))->books == 2);
    CHECK(a->books == 1);
    CHECK(shelves.find(at("c")) == nullptr);
    CHECK(shelves.changed() == 0);
}

TEST_CASE("rows that were read are forgotten after a while, changed ones never") {
    Cellar cellar;
    cellar.books = {{"a", 1}, {"b", 2}, {"c", 3}};
    Shelves shelves;
    shelves.page(cellar, 1);
    shelves.change(at("c"), [](Shelf& shelf) { shelf.books = 30; });
    shelves.keep();
    shelves.let_go();
    for (const char* code : {"a", "b", "a"}) {
        shelves.find(at(code));
        shelves.let_go();
    }
    const int asked = cellar.asked;
    shelves.find(at("a"));
    CHECK(cellar.asked == asked);  // the newest generations are there
    CHECK(shelves.find(at("c"))->books == 30);
    CHECK(cellar.asked == asked);
}

TEST_CASE("a stored row can be changed, erased and taken back") {
    Cellar cellar;
    cellar.books = {{"a", 1}, {"b", 2}};
    Shelves shelves;
    shelves.page(cellar, 1);
    shelves.change(at("a"), [](Shelf& shelf) { ++shelf.books; });
    shelves.erase(at("b"));
    shelves.erase(at("nothing"));
    CHECK(rows(shelves) == Books{{"a", 2}});
    shelves.take_back();
    CHECK(rows(shelves) == Books{{"a", 1}, {"b", 2}});
    CHECK(shelves.changed() == 0);
    CHECK(cellar.books == Books{{"a", 1}, {"b", 2}});
}

TEST_CASE("rows that are set apart stay as they were, and hide what is stored") {
    Cellar cellar;
    cellar.books = {{"a", 1}, {"b", 2}};
    Shelves shelves;
    shelves.page(cellar, 1);
    shelves.find(at("a"));
    shelves.put(at("a"), {10});
    shelves.erase(at("b"));
    shelves.keep();
    const auto frozen = shelves.freeze();
    CHECK(shelves.changed() == 0);
    CHECK(rows(shelves) == Books{{"a", 10}});
    shelves.change(at("a"), [](Shelf& shelf) { shelf.books = 11; });
    shelves.put(at("b"), {20});
    CHECK(rows(shelves) == Books{{"a", 11}, {"b", 20}});
    shelves.take_back();
    CHECK(rows(shelves) == Books{{"a", 10}});
    cellar.store(*frozen);
    shelves.release();
    CHECK(rows(shelves) == Books{{"a", 10}});
    const int asked = cellar.asked;
    CHECK(shelves.find(at("a"))->books == 10);  // and not what was read before the change
    CHECK(cellar.asked == asked);               // it stays at hand until the next freeze
    CHECK(shelves.find(at("b")) == nullptr);
}

TEST_CASE("any history of changes, snapshots and refusals is that of a table in memory") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        Cellar cellar;
        Shelves shelves;
        shelves.page(cellar, dice.below(4));
        Books kept;
        std::shared_ptr<const FrozenRows> frozen;
        for (int commit = 0; commit < 200; ++commit) {
            Books tried = kept;
            for (std::uint64_t change = dice.below(6); change > 0; --change) {
                const std::string key(1, static_cast<char>('a' + dice.below(12)));
                const auto books = static_cast<std::int64_t>(dice.below(100));
                switch (dice.below(4)) {
                    case 0:
                        shelves.put(at(key), {books});
                        tried[key] = books;
                        break;
                    case 1:
                        if (!tried.contains(key)) break;
                        shelves.change(at(key), [&](Shelf& shelf) { shelf.books += books; });
                        tried[key] += books;
                        break;
                    case 2:
                        shelves.erase(at(key));
                        tried.erase(key);
                        break;
                    default: {
                        const Shelf* shelf = shelves.find(at(key));
                        REQUIRE((shelf != nullptr) == tried.contains(key));
                        if (shelf) REQUIRE(shelf->books == tried[key]);
                    }
                }
            }
            REQUIRE(rows(shelves) == tried);
            if (dice.one_in(3)) {
                shelves.take_back();
            } else {
                shelves.keep();
                kept = tried;
            }
            shelves.let_go();
            if (frozen && dice.one_in(3)) {  // durable at last
                cellar.store(*frozen);
                shelves.release();
                frozen.reset();
            } else if (!frozen && dice.one_in(3)) {
                frozen = shelves.freeze();
            }
            REQUIRE(rows(shelves) == kept);
            const std::string from(1, static_cast<char>('a' + dice.below(13)));
            const std::size_t most = 1 + dice.below(4);
            Books expected;
            for (auto row = kept.lower_bound(from); row != kept.end() && expected.size() < most;
                 ++row)
                expected.insert(*row);
            REQUIRE(rows_from(shelves, from, most) == expected);
        }
    }
}
