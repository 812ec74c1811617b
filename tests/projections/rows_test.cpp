// The read-model database keeps rows, snapshots and batches as promised, in memory and in RocksDB.
#include "eventstore/storage_broken.h"
#include "tests/projections/row_stores.h"

#include <rocksdb/perf_context.h>
#include <catch2/catch.hpp>

#include <fstream>
#include <random>

using namespace kontor;
using namespace kontor::testing;

namespace {

using Model = std::map<std::string, std::string>;

std::string drawn_key(std::mt19937_64& dice) {
    std::string key;
    for (auto length = dice() % 3; length > 0; --length) key += "\0a\xff"[dice() % 3];
    return key;
}

// Random seeks and steps in both directions agree with the model.
void compare_cursor(const RowReader& rows, const Model& model, std::mt19937_64& dice) {
    const auto cursor = rows.cursor("");
    CHECK_FALSE(cursor->valid());
    for (int round = 0; round < 8; ++round) {
        const std::string key = drawn_key(dice);
        auto at = dice() % 2 ? model.lower_bound(key) : model.end();
        if (at != model.end()) {
            cursor->seek(key);
        } else {
            cursor->seek_for_prev(key);
            at = model.upper_bound(key);
            at = at == model.begin() ? model.end() : std::prev(at);
        }
        for (int step = 0; step < 6; ++step) {
            REQUIRE(cursor->valid() == (at != model.end()));
            if (!cursor->valid()) break;
            REQUIRE(cursor->key() == at->first);
            REQUIRE(cursor->value() == at->second);
            if (dice() % 2) {
                cursor->next(), ++at;
            } else {
                cursor->prev();
                at = at == model.begin() ? model.end() : std::prev(at);
            }
        }
    }
}

void random_batches(RowStore& store) {
    std::mt19937_64 dice(7);
    Model committed;
    auto batch = store.begin();
    for (int round = 0; round < 60; ++round) {
        const auto before = store.snapshot();
        const Model old = committed;
        Model changed = committed;
        for (int change = 0; change < 12; ++change) {
            const std::string key = drawn_key(dice);
            const auto kind = dice() % 4;
            if (kind == 0) {
                batch->erase(key);
                changed.erase(key);
            } else if (kind == 1) {
                std::string& row = batch->row_to_change(key);
                REQUIRE(row == changed[key]);
                if (row.size() > 3) row.clear();
                row += "+";
                changed[key] = row;
            } else {
                const std::string value = std::to_string(dice() % 100);
                batch->put(key, value);
                changed[key] = value;
            }
            std::string value;
            REQUIRE(batch->get(key, value) == changed.contains(key));
            compare_cursor(*batch, changed, dice);
        }
        REQUIRE(all_rows(*batch) == changed);
        if (dice() % 4 != 0) {
            batch->commit();
            committed = changed;
            REQUIRE(batch->changed_rows() == 0);
            REQUIRE(batch->changed_bytes() == 0);
        } else {
            batch = store.begin();
        }
        REQUIRE(all_rows(*store.snapshot()) == committed);
        REQUIRE(all_rows(*before) == old);
    }
}

void put(RowStore& store, std::string_view key, std::string_view value) {
    const auto batch = store.begin();
    batch->put(key, value);
    batch->commit();
}

}  // namespace

TEST_CASE("a batch sees its changes, a snapshot does not, a dropped batch leaves nothing") {
    MemoryRows memory;
    random_batches(memory);
    const ScratchDirectory scratch;
    RocksRows rocks(scratch / "rows");
    random_batches(rocks);
    RocksRowsOptions ingesting;
    ingesting.ingest_from_bytes = 0;
    RocksRows ingested(scratch / "ingested", ingesting);
    random_batches(ingested);
    ingested.close();
    // Between two commits of both kinds, what is newer counts.
    RocksRows mixed(scratch / "mixed", {.memory = nullptr, .ingest_from_bytes = 200});
    auto batch = mixed.begin();
    Model expected;
    for (int round = 0; round < 40; ++round) {
        const std::string value(static_cast<std::size_t>(round % 3) * 100, 'v');
        for (const char* key : {"a", "m", "z"}) {
            expected[key] = value + std::to_string(round);
            batch->put(key, expected[key]);
        }
        batch->commit();
        REQUIRE(all_rows(*mixed.snapshot()) == expected);
    }
    batch.reset();
    mixed.close();
    RocksRows again(scratch / "mixed");
    CHECK(all_rows(*again.snapshot()) == expected);
}

TEST_CASE("files that a crash left before they were ingested are removed and never read") {
    const ScratchDirectory scratch;
    put(*std::make_unique<RocksRows>(scratch / "rows"), "k", "1");
    {
        RocksRows other(scratch / "other", {.memory = nullptr, .ingest_from_bytes = 0});
        put(other, "k", "2");
        other.close();
    }
    // As if the files of a batch had been written and the machine had stopped.
    std::filesystem::create_directory(scratch / "rows" / "ingest");
    for (const auto& file : std::filesystem::directory_iterator(scratch / "other"))
        if (file.path().extension() == ".sst")
            std::filesystem::copy(file, scratch / "rows" / "ingest" / "0");
    REQUIRE(std::filesystem::exists(scratch / "rows" / "ingest" / "0"));
    RocksRows opened(scratch / "rows");
    CHECK(all_rows(*opened.snapshot()) == Model{{"k", "1"}});
    CHECK(std::filesystem::is_empty(scratch / "rows" / "ingest"));
}

TEST_CASE("a prefix is erased whole and nothing beside it") {
    const ScratchDirectory scratch;
    RocksRows rocks(scratch / "rows");
    MemoryRows memory;
    for (RowStore* store : {static_cast<RowStore*>(&rocks), static_cast<RowStore*>(&memory)}) {
        const auto batch = store->begin();
        for (int i = 0; i < 25'000; ++i) batch->put("b" + std::to_string(i), "x");
        batch->put("a", "1");
        batch->put("c", "2");
        batch->commit();
        store->erase_prefix("b");
        CHECK(all_rows(*store->snapshot()) == Model{{"a", "1"}, {"c", "2"}});
    }
}

TEST_CASE("a search within a prefix does not walk over what was erased beside it") {
    const ScratchDirectory scratch;
    RocksRows rocks(scratch / "rows");
    const auto batch = rocks.begin();
    for (const char* beside : {"a", "c"})
        for (int i = 0; i < 1'000; ++i) batch->put(beside + std::to_string(i), "x");
    batch->put("b5", "1");
    batch->commit();
    for (const char* beside : {"a", "c"}) rocks.erase_prefix(beside);
    const auto passed_over = [&](std::string_view within) {
        rocksdb::get_perf_context()->Reset();
        const auto rows = rocks.snapshot();
        const auto cursor = rows->cursor(within);
        cursor->seek_for_prev("b4");
        CHECK_FALSE(cursor->valid());
        cursor->seek("b6");
        CHECK_FALSE(cursor->valid());
        return rocksdb::get_perf_context()->internal_delete_skipped_count;
    };
    CHECK(passed_over("") >= 2'000);
    CHECK(passed_over("b") == 0);
}

TEST_CASE("rows are there after closing, in a checkpoint as of its moment, and read-only") {
    const ScratchDirectory scratch;
    std::shared_ptr<const RowReader> held;
    {
        RocksRows rocks(scratch / "rows");
        put(rocks, "k", "1");
        rocks.checkpoint(scratch / "copy");
        put(rocks, "k", "2");
        held = rocks.snapshot();
        rocks.close();
        CHECK_THROWS_AS(rocks.begin(), StorageBroken);
        CHECK(all_rows(*held) == Model{{"k", "2"}});
        held.reset();
    }
    CHECK(all_rows(*RocksRows(scratch / "rows").snapshot()) == Model{{"k", "2"}});
    RocksRows copy(scratch / "copy", {.memory = nullptr, .read_only = true});
    CHECK(all_rows(*copy.snapshot()) == Model{{"k", "1"}});
    CHECK_THROWS_AS(put(copy, "k", "3"), StorageBroken);
    copy.close();
}

TEST_CASE("damaged read models say what to do about it, and it helps") {
    const ScratchDirectory scratch;
    const auto directory = scratch / "rows";
    put(*std::make_unique<RocksRows>(directory), "k", "1");
    std::ofstream(directory / "CURRENT") << "nothing like it";
    CHECK_THROWS_WITH(RocksRows(directory), Catch::Contains(directory.string()) &&
                                                Catch::Contains("delete that directory"));
    std::filesystem::remove_all(directory);
    RocksRows anew(directory);
    CHECK(all_rows(*anew.snapshot()).empty());
}

TEST_CASE("what cannot be opened says so and where") {
    const ScratchDirectory scratch;
    const RocksRows first(scratch / "rows");
    try {
        const RocksRows second(scratch / "rows");
        FAIL("one database was opened twice");
    } catch (const StorageBroken& broken) {
        const std::string sentence = broken.what();
        CHECK(sentence.find("cannot be opened") != std::string::npos);
        CHECK(sentence.find((scratch / "rows").string()) != std::string::npos);
    }
}
