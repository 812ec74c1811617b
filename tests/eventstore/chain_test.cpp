// The audit of a log: a sound one passes, and each way of meddling with one is named.
#include "eventstore/chain.h"

#include "eventstore/hashes.h"
#include "eventstore/schemas.h"
#include "tests/eventstore/made_commits.h"

#include <rocksdb/db.h>
#include <catch2/catch.hpp>

#include <functional>
#include <map>

using namespace kontor;
using namespace kontor::test;

namespace {

// The families of a closed log, opened behind its back.
class Meddling {
public:
    explicit Meddling(const std::string& directory) {
        const std::string path = directory + "/log";
        std::vector<std::string> names;
        REQUIRE(rocksdb::DB::ListColumnFamilies({}, path, &names).ok());
        std::vector<rocksdb::ColumnFamilyDescriptor> families;
        for (const std::string& name : names) families.emplace_back(name, rocksdb::Options());
        rocksdb::DB* db = nullptr;
        std::vector<rocksdb::ColumnFamilyHandle*> handles;
        REQUIRE(rocksdb::DB::Open({}, path, families, &handles, &db).ok());
        db_.reset(db);
        for (std::size_t i = 0; i < names.size(); ++i) columns_[names[i]] = handles[i];
    }
    ~Meddling() {
        for (const auto& [name, column] : columns_) db_->DestroyColumnFamilyHandle(column);
    }
    Meddling(const Meddling&) = delete;
    Meddling& operator=(const Meddling&) = delete;

    void put(const std::string& column, const std::string& key, const std::string& value) {
        REQUIRE(db_->Put({}, columns_.at(column), key, value).ok());
    }
    void erase(const std::string& column, const std::string& key) {
        REQUIRE(db_->Delete({}, columns_.at(column), key).ok());
    }
    std::string get(const std::string& column, const std::string& key) {
        std::string value;
        REQUIRE(db_->Get({}, columns_.at(column), key, &value).ok());
        return value;
    }
    // The first key that begins so.
    std::string first(const std::string& column, const std::string& prefix) {
        const std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator({}, columns_.at(column)));
        rows->Seek(prefix);
        REQUIRE(rows->Valid());
        REQUIRE(rows->key().starts_with(prefix));
        return rows->key().ToString();
    }

private:
    std::unique_ptr<rocksdb::DB> db_;
    std::map<std::string, rocksdb::ColumnFamilyHandle*> columns_;
};

std::string key_of(Position position) { return schema_key(static_cast<std::int64_t>(position)); }

constexpr Position commits = 80;

// What the audit says of a log of eighty commits after somebody was at it.
std::string difference_after(const std::function<void(Meddling&)>& meddle) {
    const TemporaryDirectory directory;
    CommitChain chain(21);
    REQUIRE(open_log(directory.path())->append_if(0, chain.group(commits)));
    {
        Meddling meddling(directory.path());
        meddle(meddling);
    }
    const auto log = open_log(directory.path());
    return verify_chain(*log, {.schemas = false}, {}).difference;
}

// A commit that was changed by somebody who knows how to seal one.
std::string resealed(const std::string& bytes, const std::function<void(Commit&, Hash&)>& change) {
    OpenedCommit opened = open_commit(bytes, Hashing::skip);
    REQUIRE(opened.fault == "");
    change(opened.commit, opened.previous);
    return seal(opened.commit, opened.previous).bytes;
}

// Replaces commit 40.
std::string difference_with(const std::function<void(Commit&, Hash&)>& change) {
    return difference_after([&](Meddling& log) {
        log.put("commits", key_of(40), resealed(log.get("commits", key_of(40)), change));
    });
}

bool holds(const std::string& text, std::string_view what) {
    CAPTURE(text);
    return text.find(what) != std::string::npos;
}

}  // namespace

TEST_CASE("a sound log passes and is counted") {
    for (const bool disk : {false, true}) {
        const TemporaryDirectory directory;
        const auto log = disk ? open_log(directory.path()) : memory_event_log();
        CommitChain chain(20);
        const Group group = chain.group(commits);
        REQUIRE(log->append_if(0, group));
        std::uint64_t commands = 0, events = 0;
        for (const SealedCommit& sealed : group.commits)
            for (const StoredCommand& command : sealed.commit.commands) {
                ++commands;
                events += command.events.size();
            }
        Position reported = 0;
        const ChainVerdict verdict =
            verify_chain(*log, {.schemas = false}, [&](Position at, Position tail) {
                CHECK(tail == commits);
                reported = at;
            });
        CHECK(verdict.difference == "");
        CHECK(verdict.sound());
        CHECK(verdict.commits == commits);
        CHECK(verdict.commands == commands);
        CHECK(verdict.events == events);
        CHECK(verdict.streams == chain.streams().size());
        CHECK(verdict.tail.hash == chain.tail().hash);
        CHECK(reported == commits);
    }
}

TEST_CASE("an empty log passes") {
    const ChainVerdict verdict = verify_chain(*memory_event_log(), {}, {});
    CHECK(verdict.difference == "");
    CHECK(verdict.commits == 0);
}

TEST_CASE("nothing done passes") {
    CHECK(difference_after([](Meddling&) {}) == "");
    CHECK(difference_with([](Commit&, Hash&) {}) == "");
}

TEST_CASE("a commit that is missing is named") {
    const std::string difference =
        difference_after([](Meddling& log) { log.erase("commits", key_of(40)); });
    CHECK(difference.starts_with("Commit 40 is missing in the log in "));
}

TEST_CASE("a commit with other octets is named") {
    CHECK(difference_after([](Meddling& log) {
              std::string bytes = log.get("commits", key_of(40));
              bytes.back() ^= 1;
              log.put("commits", key_of(40), bytes);
          }) == "Commit 40 cannot be read: its checksum differs.");
}

TEST_CASE("a commit that was rewritten breaks the chain behind it") {
    const std::string difference =
        difference_with([](Commit& commit, Hash&) { commit.note = "as I like it"; });
    CHECK(difference.starts_with("Commit 41 names "));
    CHECK(holds(difference, " as the hash of the commit before, which is "));
}

TEST_CASE("a commit that names another hash before it is named itself") {
    CHECK(difference_with([](Commit&, Hash& previous) {
              previous[5] ^= 1;
          }).starts_with("Commit 40 names "));
}

TEST_CASE("a commit under another position is named") {
    CHECK(difference_with([](Commit& commit, Hash&) { commit.position = 41; }) ==
          "Commit 40 says that it is commit 41.");
}

TEST_CASE("record time that goes back is named") {
    CHECK(difference_with([](Commit& commit, Hash&) { commit.time = {0}; }) ==
          "Commit 40 was recorded at 1970-01-01T00:00:00Z, which is not after the commit before.");
}

TEST_CASE("a version that leaves one out is named") {
    const TemporaryDirectory directory;
    CommitChain chain(21);
    REQUIRE(open_log(directory.path())->append_if(0, chain.group(commits)));
    // The last commit has no successor whose link it would break.
    std::string place;
    {
        Meddling log(directory.path());
        Position position = commits;
        std::string changed;
        // Of the last commits, the newest one with an event of a stream becomes the log's end.
        for (; changed.empty(); --position) {
            const std::string bytes = log.get("commits", key_of(position));
            const std::string tried = resealed(bytes, [&](Commit& commit, Hash&) {
                for (StoredCommand& command : commit.commands)
                    for (StoredEvent& event : command.events)
                        if (!event.stream.empty()) ++event.version;
            });
            if (tried == bytes) {
                log.erase("commits", key_of(position));
                continue;
            }
            changed = tried;
            log.put("commits", key_of(position), changed);
            place = "Event " + std::to_string(position) + ".";
        }
    }
    CHECK_THROWS_AS(open_log(directory.path()), StorageBroken);  // the mark tells
    RocksLogOptions options;
    options.directory = directory.path();
    options.accept_shorter_log = true;
    const auto log = rocks_event_log(options);
    const std::string difference = verify_chain(*log, {.schemas = false}, {}).difference;
    CHECK(difference.starts_with(place));
    CHECK(holds(difference, ", which was at "));
}

TEST_CASE("a command that the index lost is named") {
    const std::string difference =
        difference_after([](Meddling& log) { log.erase("commands", log.first("commands", "")); });
    CHECK(difference.starts_with("Commit "));
    CHECK(holds(difference, "which the index of commands does not have"));
}

TEST_CASE("a command that the index has elsewhere is named") {
    const std::string difference = difference_after([](Meddling& log) {
        log.put("commands", log.first("commands", ""), key_of(77) + std::string(4, '\0'));
    });
    CHECK(holds(difference, "which the index of commands has at commit 77"));
}

TEST_CASE("a command that only the index has is named") {
    const auto with_entry = [](Position position) {
        return difference_after([=](Meddling& log) {
            const std::string actor("\0\0\0\4anna", 8);
            log.put("commands", actor + "forged", key_of(position) + std::string(4, '\0'));
        });
    };
    for (const Position position : {Position{0}, Position{3}, Position{999}})
        CHECK(with_entry(position) == "The index of commands has forged of anna at commit " +
                                          std::to_string(position) + ", which does not hold it.");
}

TEST_CASE("an index of streams that differs is named") {
    CHECK(holds(
        difference_after([](Meddling& log) { log.erase("streams", log.first("streams", "s")); }),
        "The index of streams has "));
    const std::string behind = difference_after([](Meddling& log) {
        const std::string key = log.first("streams", "s");
        std::string value = log.get("streams", key);
        ++value[7];
        log.put("streams", key, value);
    });
    CHECK(holds(behind, "The index of streams has deal/KOPP/"));
    CHECK(holds(behind, ", the commits at "));
    CHECK(holds(difference_after([](Meddling& log) {
                    log.put("streams", "sdeal/KOPP/forged",
                            key_of(1) + key_of(1) + std::string(4, '\0'));
                }),
                "The index of streams has deal/KOPP/forged at version 1, the commits at 0."));
    CHECK(holds(
        difference_after([](Meddling& log) { log.erase("streams", log.first("streams", "e")); }),
        "The index of streams lists "));
    CHECK(holds(difference_after([](Meddling& log) {
                    const std::string key = log.first("streams", "e");
                    std::string value = log.get("streams", key);
                    ++value.back();
                    log.put("streams", key, value);
                }),
                "The index of streams lists the events of deal/KOPP/"));
    CHECK(holds(difference_after([](Meddling& log) {
                    log.put("streams", "e" + std::string(20, '\xee'), std::string(12, '\0'));
                }),
                " streams and "));
}

TEST_CASE("schemas lie under their own numbers, and every event has its own") {
    CommitChain chain(22);
    const std::string schema = "the octets of a schema";
    const std::int64_t number = schema_number(schema);
    const auto log = memory_event_log();
    REQUIRE(log->append_if(0, {{}, {{LocalRow::Family::schemas, schema_key(number), schema}}}));
    CHECK(verify_chain(*log, {}, {}).difference == "");
    CHECK(verify_chain(*log, {}, {}).schemas == 1);
    // The drawn events name a schema that nobody stored.
    REQUIRE(log->append_if(0, chain.group(20)));
    CHECK(holds(verify_chain(*log, {}, {}).difference, " whose schema is not in the log."));
    CHECK(verify_chain(*log, {.schemas = false}, {}).difference == "");
    REQUIRE(log->append_if(20, {{}, {{LocalRow::Family::schemas, schema_key(number), "others"}}}));
    CHECK(verify_chain(*log, {}, {}).difference ==
          "Schema " + to_text(sha256("others")) + " lies under another schema's number.");
}
