// The auditor prints what was lived, agrees with a sound log, and names the first thing that is
// not.
#include "tools/audit.h"

#include "tests/tools/small_company.h"

#include <rocksdb/db.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

using namespace kontor;
using namespace std::string_literals;
using test::lines_of;
using test::Ran;
using test::ran;

namespace fs = std::filesystem;

namespace {

// A database opened behind the program's back.
class RawRows {
public:
    explicit RawRows(const std::string& path) {
        std::vector<std::string> names;
        REQUIRE(rocksdb::DB::ListColumnFamilies({}, path, &names).ok());
        std::vector<rocksdb::ColumnFamilyDescriptor> families;
        for (const std::string& name : names) families.emplace_back(name, opened_as());
        rocksdb::DB* db = nullptr;
        REQUIRE(rocksdb::DB::Open({}, path, families, &handles_, &db).ok());
        db_.reset(db);
        for (std::size_t at = 0; at < names.size(); ++at) by_name_[names[at]] = handles_[at];
    }
    ~RawRows() {
        for (auto* handle : handles_) db_->DestroyColumnFamilyHandle(handle);
    }
    RawRows(const RawRows&) = delete;
    RawRows& operator=(const RawRows&) = delete;

    std::map<std::string, std::string> rows(const std::string& family) {
        std::map<std::string, std::string> rows;
        const std::unique_ptr<rocksdb::Iterator> at(db_->NewIterator({}, by_name_.at(family)));
        for (at->SeekToFirst(); at->Valid(); at->Next())
            rows[at->key().ToString()] = at->value().ToString();
        return rows;
    }
    void put(const std::string& family, const std::string& key, const std::string& value) {
        REQUIRE(db_->Put({}, by_name_.at(family), key, value).ok());
    }
    void erase(const std::string& family, const std::string& key) {
        REQUIRE(db_->Delete({}, by_name_.at(family), key).ok());
    }
    void flush() {
        for (auto* handle : handles_) REQUIRE(db_->Flush({}, handle).ok());
    }

private:
    static rocksdb::ColumnFamilyOptions opened_as() { return {}; }
    std::unique_ptr<rocksdb::DB> db_;
    std::vector<rocksdb::ColumnFamilyHandle*> handles_;
    std::map<std::string, rocksdb::ColumnFamilyHandle*> by_name_;
};

std::string last_of(const std::map<std::string, std::string>& rows) {
    REQUIRE_FALSE(rows.empty());
    return std::prev(rows.end())->first;
}

std::string flipped(std::string octets, std::size_t at) {
    octets[at] = static_cast<char>(octets[at] ^ 1);
    return octets;
}

// Damages a copy of the company and answers what verify says of it.
std::string verdict_after(const std::function<void(const std::string& directory)>& damage) {
    const test::ToolsDirectory place;
    const std::string directory = place / "company";
    test::copy_of_small_company(directory);
    damage(directory);
    const Ran verify = ran(audit, {"verify", "--data", directory});
    CHECK(verify.code == 1);
    CHECK(verify.out.find("All agrees") == std::string::npos);
    CHECK(lines_of(verify.err).size() == 1);
    return verify.err;
}

void in_log(const std::string& directory, const std::function<void(RawRows&)>& damage) {
    RawRows rows(directory + "/log");
    damage(rows);
}

}  // namespace

TEST_CASE("every event is printed from stored schemas as it was answered when it happened") {
    const test::ToolsDirectory place;
    const auto& company = test::copy_of_small_company(place / "company");
    const Ran print = ran(audit, {"print", "--data", place / "company", "--json"});
    REQUIRE(print.code == 0);
    CHECK(print.err.empty());
    std::vector<nlohmann::json> events;
    std::size_t refusals = 0;
    for (const std::string& line : lines_of(print.out)) {
        auto json = nlohmann::json::parse(line);
        if (json.contains("event"))
            events.push_back(std::move(json));
        else
            refusals += json.at("code") == "entry_unbalanced";
    }
    CHECK(refusals > 0);
    REQUIRE(events.size() == company.events.size());
    for (std::size_t at = 0; at < events.size(); ++at) {
        CHECK(events[at].at("event") == company.events[at].name);
        CHECK(events[at].at("type") == company.events[at].type);
        CHECK(events[at].at("data") == nlohmann::json::parse(company.events[at].json));
    }
}

TEST_CASE("printing is narrowed by type, stream, company, actor, position and time") {
    const test::ToolsDirectory place;
    const auto& company = test::copy_of_small_company(place / "company");
    const auto printed = [&](std::vector<std::string> filter) {
        filter.insert(filter.begin(), {"print", "--json", "--data", place / "company"});
        const Ran print = ran(audit, filter);
        REQUIRE(print.code == 0);
        std::vector<nlohmann::json> lines;
        for (const std::string& line : lines_of(print.out))
            lines.push_back(nlohmann::json::parse(line));
        return lines;
    };
    const auto posted = static_cast<std::size_t>(
        std::ranges::count(company.events, "EntryPosted", &test::LiveEvent::type));
    const auto entries = printed({"--type", "EntryPosted"});
    CHECK(entries.size() == posted);
    const std::string stream = entries.at(3).at("stream");
    const auto one_stream = printed({"--stream", stream});
    REQUIRE_FALSE(one_stream.empty());
    for (const auto& line : one_stream) CHECK(line.at("stream") == stream);
    CHECK(printed({"--type", "EntryPosted", "--company", "ACME"}).size() +
              printed({"--type", "EntryPosted", "--company", "OTHER"}).size() ==
          posted);
    CHECK(printed({"--actor", "nobody"}).empty());
    CHECK(printed({"--actor", "kontor"}).size() == printed({}).size());
    // A commit by its position, and the same by its time.
    const auto position = std::to_string(entries.at(3).at("position").get<int>());
    const std::string time = entries.at(3).at("time");
    const auto by_position = printed({"--from", position, "--to", position});
    REQUIRE_FALSE(by_position.empty());
    CHECK(printed({"--from", time, "--to", time}) == by_position);
    for (const auto& line : by_position) CHECK(line.at("time") == time);
    // As text, a commit has a head and each event its fields.
    const Ran text = ran(audit, {"print", "--data", place / "company", "--stream", stream});
    CHECK(text.out.find("commit " + position + " at " + time + " by kontor") != std::string::npos);
    CHECK(text.out.find("lines[0].account: 1010") != std::string::npos);
}

TEST_CASE("a sound company is verified, and the summary counts what there is") {
    const test::ToolsDirectory place;
    const auto& company = test::copy_of_small_company(place / "company");
    const Ran verify = ran(audit, {"verify", "--data", place / "company"});
    CHECK(verify.err == "");
    REQUIRE(verify.code == 0);
    CHECK(verify.out.find("All agrees: " + std::to_string(company.commits) + " commits, " +
                          std::to_string(company.events.size()) + " events") == 0);
    CHECK(verify.out.find(" 2 companies,") != std::string::npos);
}

TEST_CASE("verify names the first difference in the log") {
    SECTION("a flipped octet of a commit") {
        CHECK(verdict_after([](const std::string& directory) {
                  in_log(directory, [](RawRows& rows) {
                      const auto key = std::string("\0\0\0\0\0\0\0\7", 8);
                      const std::string commit = rows.rows("commits").at(key);
                      rows.put("commits", key, flipped(commit, commit.size() / 2));
                  });
              }).find("Commit 7 cannot be read: ") != std::string::npos);
    }
    SECTION("a commit that is gone") {
        CHECK(verdict_after([](const std::string& directory) {
                  in_log(directory, [](RawRows& rows) {
                      rows.erase("commits", std::string("\0\0\0\0\0\0\0\7", 8));
                  });
              }).find("Commit 7 is missing") != std::string::npos);
    }
    SECTION("an idempotency record that is gone") {
        CHECK(verdict_after([](const std::string& directory) {
                  in_log(directory, [](RawRows& rows) {
                      for (const auto& [key, value] : rows.rows("commands"))
                          if (key.ends_with("found-OTHER")) rows.erase("commands", key);
                  });
              }).find("command found-OTHER of kontor, which the index of commands does not have") !=
              std::string::npos);
    }
    SECTION("an idempotency record too many") {
        CHECK(verdict_after([](const std::string& directory) {
                  in_log(directory, [](RawRows& rows) {
                      const auto all = rows.rows("commands");
                      rows.put("commands", all.begin()->first + "x", all.begin()->second);
                  });
              }).find("The index of commands has ") != std::string::npos);
    }
    SECTION("a stream at another version") {
        CHECK(verdict_after([](const std::string& directory) {
                  in_log(directory, [](RawRows& rows) {
                      const auto all = rows.rows("streams");
                      const std::string key = last_of(all);
                      rows.put("streams", key, flipped(all.at(key), 7));
                  });
              }).find("The index of streams has ") != std::string::npos);
    }
    SECTION("two schemas exchanged") {
        CHECK(verdict_after([](const std::string& directory) {
                  in_log(directory, [](RawRows& rows) {
                      const auto all = rows.rows("schemas");
                      REQUIRE(all.size() >= 2);
                      rows.put("schemas", all.begin()->first, std::next(all.begin())->second);
                      rows.put("schemas", std::next(all.begin())->first, all.begin()->second);
                  });
              }).find("lies under another schema's number") != std::string::npos);
    }
    SECTION("a schema that is gone") {
        CHECK(verdict_after([](const std::string& directory) {
                  in_log(directory, [](RawRows& rows) {
                      for (const auto& [key, value] : rows.rows("schemas"))
                          rows.erase("schemas", key);
                  });
              }).find("whose schema is not in the log") != std::string::npos);
    }
    SECTION("a flipped octet in a file") {
        const std::string verdict = verdict_after([](const std::string& directory) {
            in_log(directory, [](RawRows& rows) { rows.flush(); });
            fs::path largest;
            for (const auto& file : fs::directory_iterator(directory + "/log"))
                if (file.path().extension() == ".sst" &&
                    (largest.empty() || file.file_size() > fs::file_size(largest)))
                    largest = file.path();
            REQUIRE_FALSE(largest.empty());
            std::fstream file(largest, std::ios::in | std::ios::out | std::ios::binary);
            file.seekg(200);
            const char octet = static_cast<char>(file.get() ^ 1);
            file.seekp(200);
            file.put(octet);
        });
        CHECK(verdict.find("orruption") != std::string::npos);
        CHECK(verdict.find(".sst") != std::string::npos);
    }
}

TEST_CASE("verify names the first difference in snapshot and read models") {
    SECTION("a snapshot row with another row's value") {
        const std::string verdict = verdict_after([](const std::string& directory) {
            in_log(directory, [](RawRows& rows) {
                const auto all = rows.rows("snapshots");
                const auto entry = std::ranges::find_if(all, [](const auto& row) {
                    return row.first.find("ledger.accounts") != std::string::npos;
                });
                REQUIRE(entry != all.end());
                for (auto other = std::next(entry); other != all.end(); ++other)
                    if (other->second != entry->second) {
                        rows.put("snapshots", entry->first, other->second);
                        return;
                    }
            });
        });
        CHECK(verdict.find("The snapshot at commit ") != std::string::npos);
        CHECK(verdict.find("accounts at key ") != std::string::npos);
    }
    SECTION("a snapshot row that is gone") {
        CHECK(verdict_after([](const std::string& directory) {
                  in_log(directory, [](RawRows& rows) {
                      rows.erase("snapshots", last_of(rows.rows("snapshots")));
                  });
              }).find(": it has no row, the events say {") != std::string::npos);
    }
    SECTION("a snapshot whose mark says another sum") {
        CHECK(verdict_after([](const std::string& directory) {
                  in_log(directory, [](RawRows& rows) {
                      for (const auto& [key, value] : rows.rows("meta")) {
                          if (!key.starts_with("snapshot/")) continue;
                          // A digest is a vector of 32 octets, its length before it.
                          const std::size_t length = value.find(" \0\0\0"s);
                          REQUIRE(length + 36 <= value.size());
                          rows.put("meta", key, flipped(value, length + 20));
                      }
                  });
              }).find(" the digest ") != std::string::npos);
    }
    const auto in_views = [](const auto& damage) {
        return verdict_after([&](const std::string& directory) {
            RawRows rows(directory + "/views");
            // Rows of models begin with a number of theirs; those of the register with zero.
            auto all = rows.rows("default");
            std::erase_if(all, [](const auto& row) { return row.first.starts_with("\0\0\0\0"s); });
            REQUIRE(all.size() > 2);
            damage(rows, all);
        });
    };
    SECTION("a changed row of a read model") {
        const std::string verdict = in_views([](RawRows& rows, const auto& all) {
            const auto& [key, value] = *std::next(all.begin());
            rows.put("default", key, flipped(value, value.size() - 1));
        });
        CHECK(verdict.find("Read model ") != std::string::npos);
        CHECK(verdict.find(" differs from the events at row ") != std::string::npos);
        CHECK(verdict.find(", the events give ") != std::string::npos);
    }
    SECTION("a lost row of a read model") {
        CHECK(in_views([](RawRows& rows, const auto& all) {
                  rows.erase("default", last_of(all));
              }).find("it has no row, the events give ") != std::string::npos);
    }
    SECTION("a row too many in a read model") {
        CHECK(in_views([](RawRows& rows, const auto& all) {
                  rows.put("default", last_of(all) + "x", "?");
              }).find("it has ?, the events give no row") != std::string::npos);
    }
    SECTION("read models of another log") {
        CHECK(verdict_after([](const std::string& directory) {
                  fs::remove_all(directory + "/views");
                  const test::ToolsDirectory place;
                  test::write_small_company(place / "other", 7);
                  fs::copy(place / "other/views", directory + "/views");
              }).find("The read models stand at commit ") != std::string::npos);
    }
}

TEST_CASE("a replay gives the digests that were live, the same on every run") {
    const test::ToolsDirectory place;
    const auto& company = test::copy_of_small_company(place / "company");
    const auto replayed = [&](const std::string& directory, const std::string& to) {
        const Ran replay = ran(audit, {"replay", "--json", "--data", directory, "--to", to});
        REQUIRE(replay.code == 0);
        return nlohmann::json::parse(replay.out);
    };
    const std::string tail = std::to_string(company.commits);
    const auto whole = replayed(place / "company", tail);
    CHECK(whole.at("all") == company.digest);
    CHECK(whole.at("at").at("position") == company.commits);
    CHECK(whole.at("read_models").size() > 3);
    CHECK(replayed(place / "company", tail) == whole);
    // Another writer of the same facts.
    test::write_small_company(place / "again", 20'260'224);
    // The server's own ids are drawn, so hashes of commits differ; what became true does not.
    auto again = replayed(place / "again", tail);
    CHECK(again.at("at").at("hash") != whole.at("at").at("hash"));
    again["at"] = whole.at("at");
    CHECK(again == whole);
    // A moment in between, by position and by time.
    const auto half = replayed(place / "company", "30");
    CHECK(half.at("all") != whole.at("all"));
    CHECK(replayed(place / "company", half.at("at").at("time")) == half);
    // Nothing happened yet: every sum is zero.
    CHECK(replayed(place / "company", "0").at("all") == std::string(64, '0'));
    const Ran text = ran(audit, {"replay", "--data", place / "company"});
    CHECK(text.out.find(company.digest) != std::string::npos);
}

TEST_CASE("the state at a moment is printed row by row") {
    const test::ToolsDirectory place;
    const auto& company = test::copy_of_small_company(place / "company");
    const Ran state = ran(audit, {"state", "--data", place / "company"});
    REQUIRE(state.code == 0);
    std::map<std::string, std::size_t> rows, said;
    for (const std::string& line : lines_of(state.out)) {
        const auto json = nlohmann::json::parse(line);
        if (json.contains("row")) ++rows[json.at("table")];
        if (json.contains("rows")) said[json.at("table")] = json.at("rows");
        if (json.contains("all")) CHECK(json.at("all") == company.digest);
    }
    std::erase_if(said, [](const auto& table) { return table.second == 0; });
    CHECK(rows == said);
    CHECK(rows.at("companies.companies") == 2);
    const Ran one =
        ran(audit, {"state", "--data", place / "company", "--table", "companies.companies"});
    CHECK(one.out.find(R"("key":"ACME")") != std::string::npos);
    CHECK(one.out.find(R"("table":"access.keys")") == std::string::npos);
    const Ran none = ran(audit, {"state", "--data", place / "company", "--table", "cows"});
    CHECK(none.code == 1);
    CHECK(none.err.find("There is no table cows; there are ") != std::string::npos);
}

TEST_CASE("one event is explained with its command, its rule and its place in the chain") {
    const test::ToolsDirectory place;
    const auto& company = test::copy_of_small_company(place / "company");
    // The journals of a new company are opened by a flow from its creation.
    const auto opened = std::ranges::find(company.events, "JournalOpened", &test::LiveEvent::type);
    const auto created =
        std::ranges::find(company.events, "CompanyCreated", &test::LiveEvent::type);
    REQUIRE(opened != company.events.end());
    const auto explained = [&](const std::string& event) {
        return ran(audit, {"explain", "--json", "--data", place / "company", "--event", event});
    };
    const auto json = nlohmann::json::parse(explained(opened->name).out);
    CHECK(json.at("command") == "CreateCompany");
    CHECK(json.at("id") == "found-ACME");
    CHECK(json.at("id_made_by") == "client");
    CHECK(json.at("version") == 1);
    CHECK(json.at("flow") == "created_company_gets_its_books");
    CHECK(json.at("caused_by_one_of") == nlohmann::json::array({created->name}));
    CHECK(json.at("data") == nlohmann::json::parse(opened->json));
    // The next commit names this one's hash.
    const std::string position = opened->name.substr(0, opened->name.find('.'));
    const auto next =
        nlohmann::json::parse(explained(std::to_string(std::stoul(position) + 1) + ".0").out);
    CHECK(next.at("previous_hash") == json.at("hash"));
    CHECK(json.at("hash") != json.at("previous_hash"));
    CHECK(explained(position + ".999").err.find("has no event 999") != std::string::npos);
    CHECK(explained("99999.0").code == 1);
    CHECK(explained("nonsense").err.find("names no event") != std::string::npos);
}

TEST_CASE("a difference of two moments is the events between and the rows that they changed") {
    const test::ToolsDirectory place;
    const auto& company = test::copy_of_small_company(place / "company");
    const auto& last = company.events.back();
    const auto position = std::stoul(last.name);
    const Ran diff = ran(audit, {"diff", "--data", place / "company", "--from",
                                 std::to_string(position - 1), "--to", std::to_string(position)});
    REQUIRE(diff.code == 0);
    std::size_t events = 0, rows = 0;
    for (const std::string& line : lines_of(diff.out)) {
        const auto json = nlohmann::json::parse(line);
        events += json.contains("event");
        rows += json.contains("table");
        if (json.contains("table")) CHECK(json.value("before", json) != json.value("after", json));
    }
    CHECK(events == 3);  // the atomic batch came last
    CHECK(rows > 0);
    const Ran same = ran(audit, {"diff", "--data", place / "company", "--from", "9", "--to", "9"});
    CHECK(same.code == 0);
    CHECK(same.out.empty());
}

TEST_CASE("what an auditor cannot do ends in one sentence, wrong usage in 2") {
    const test::ToolsDirectory place;
    test::copy_of_small_company(place / "company");
    const Ran nowhere = ran(audit, {"verify", "--data", place / "nowhere"});
    CHECK(nowhere.code == 1);
    CHECK(nowhere.err.find("There is no data directory ") != std::string::npos);
    const Ran beyond = ran(audit, {"replay", "--data", place / "company", "--to", "9999"});
    CHECK(beyond.code == 1);
    CHECK(beyond.err.find("so there is no commit 9999.") != std::string::npos);
    const Ran moment = ran(audit, {"replay", "--data", place / "company", "--to", "yesterday"});
    CHECK(moment.code == 1);
    CHECK(moment.err.find("is neither a position") != std::string::npos);
    CHECK(lines_of(moment.err).size() == 1);
    // Nothing was changed by looking: no file is new, none is longer.
    std::map<std::string, std::uintmax_t> before, after;
    const auto files = [&](auto& into) {
        for (const auto& file : fs::recursive_directory_iterator(place / "company"))
            if (file.is_regular_file()) into[file.path()] = file.file_size();
    };
    files(before);
    CHECK(ran(audit, {"verify", "--data", place / "company"}).code == 0);
    files(after);
    CHECK(before == after);
}
