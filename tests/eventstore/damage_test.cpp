// Torn and decayed files: a log comes back whole, or shorter by what was not synced, or not at all;
// never with another commit in it.
#include "tests/eventstore/log_files.h"
#include "tests/support/write_ahead_log.h"

#include <rocksdb/db.h>
#include <rocksdb/utilities/options_util.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

using namespace kontor;
using namespace kontor::test;
namespace fs = std::filesystem;

namespace {

void append(EventLog& log, const Group& group, std::vector<std::string>& appended) {
    REQUIRE(log.append_if(appended.size(), group));
    for (const SealedCommit& sealed : group.commits) appended.push_back(sealed.bytes);
}

void flip(const std::string& path, std::uintmax_t at) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(at));
    const char octet = static_cast<char>(file.get() ^ 0x10);
    file.seekp(static_cast<std::streamoff>(at));
    file.put(octet);
    REQUIRE(file.good());
}

// A closed log with commits in tables and commits in the write-ahead log.
std::vector<std::string> log_with_every_kind_of_file(const std::string& directory) {
    CommitChain chain(31);
    std::vector<std::string> appended;
    append(*open_log(directory), chain.group(60), appended);
    const auto log = open_log(directory);  // what was only in the write-ahead log goes to tables
    for (int groups = 0; groups < 30; ++groups) append(*log, chain.group(5), appended);
    return appended;
}

struct Tally {
    std::size_t tried = 0, refused = 0, reported = 0, whole = 0, shorter = 0;
};

// Flips an octet here and there in each of the files, one at a time.
Tally flipped(const std::string& directory, const std::vector<std::string>& appended,
              const std::vector<std::string>& files, std::size_t most_a_file) {
    Tally tally;
    Dice dice(32);
    const TemporaryDirectory scratch;
    const std::string copy = scratch.path() + "/copy";
    for (const std::string& file : files) {
        const auto size = file.ends_with(".log") ? written_octets(file) : fs::file_size(file);
        for (std::size_t time = 0; time < std::min<std::size_t>(most_a_file, size); ++time) {
            copy_files(directory, copy);
            const auto at = time == 0 ? 0 : time == 1 ? size - 1 : dice.below(size);
            flip(copy + "/log/" + fs::path(file).filename().string(), at);
            const Aftermath after = reopened(copy, appended);
            INFO(fs::path(file).filename()
                 << " flipped at " << at << ": " << after.refused << after.difference);
            ++tally.tried;
            CHECK(after.prefix);
            if (!after.refused.empty())
                ++tally.refused;
            else if (!after.difference.empty())
                ++tally.reported;
            else
                ++(after.commits == appended.size() ? tally.whole : tally.shorter);
        }
    }
    return tally;
}

}  // namespace

TEST_CASE("a write-ahead log is lengthened ahead of what is written, and comes back whole") {
    constexpr std::uintmax_t step = 512 * 1024;
    const TemporaryDirectory directory, scratch;
    const std::string killed = scratch.path() + "/killed";
    CommitChain chain(35);
    std::vector<std::string> appended;
    std::string wal;
    {
        const auto log = open_log(directory.path());
        wal = log_files(directory.path(), "", ".log").back();
        std::set<std::uintmax_t> lengths;
        while (written_octets(wal) < 2 * step) {
            append(*log, chain.group(20), appended);
            REQUIRE(fs::file_size(wal) > written_octets(wal));
            lengths.insert(fs::file_size(wal));
        }
        CHECK(lengths == std::set{step, 2 * step, 3 * step});
        copy_files(directory.path(), killed);
    }
    CHECK(fs::file_size(wal) == 3 * step);
    for (const std::string& left : {directory.path(), killed}) {
        const Aftermath after = reopened(left, appended);
        CHECK(after.refused == "");
        CHECK(after.difference == "");
        CHECK(after.commits == appended.size());
    }
}

TEST_CASE("a torn write-ahead log comes back up to the last whole group") {
    const TemporaryDirectory directory, scratch;
    const std::string image = scratch.path() + "/image", torn = scratch.path() + "/torn";
    CommitChain chain(30);
    std::vector<std::string> appended;
    // How long the file is after each group, how many commits there are then, and the mark.
    struct End {
        std::uintmax_t size;
        std::size_t commits;
        std::string mark;
    };
    std::vector<End> ends;
    std::string wal;
    {
        const auto log = open_log(directory.path());
        ends.push_back({0, 0, mark_of(directory.path())});
        for (int groups = 0; groups < 14; ++groups) {
            append(*log, chain.group(groups == 6 ? 150 : 1 + static_cast<std::size_t>(groups) % 4),
                   appended);
            wal = log_files(directory.path(), "", ".log").back();
            ends.push_back({written_octets(wal), appended.size(), mark_of(directory.path())});
        }
        copy_files(directory.path(), image);
    }
    REQUIRE(log_files(image, "", ".log").size() == 1);
    const std::string name = "/log/" + fs::path(wal).filename().string();
    const std::uintmax_t whole = written_octets(image + name);
    REQUIRE(whole == ends.back().size);
    REQUIRE(whole > 2 * 32 * 1024);  // records go over blocks of RocksDB

    std::vector<std::uintmax_t> cuts = {0, 1, 6, 7, 8, 32 * 1024 - 1, 32 * 1024, 32 * 1024 + 1};
    for (const auto& [end, commits, mark] : ends)
        for (const std::uintmax_t cut : {end - 1, end, end + 1, end + 7})
            if (cut <= whole) cuts.push_back(cut);
    Dice dice(30);
    for (int i = 0; i < 12; ++i) cuts.push_back(dice.below(whole));
    for (const std::uintmax_t cut : cuts) {
        const auto reached = std::ranges::find_if(ends.rbegin(), ends.rend(),
                                                  [&](const auto& end) { return end.size <= cut; });
        INFO("cut at " << cut << " of " << whole);
        copy_files(image, torn);
        fs::resize_file(torn + name, cut);
        if (reached->commits < appended.size()) {
            const Aftermath lost = reopened(torn, appended);
            CHECK(lost.refused.starts_with(
                "The log in " + torn + " ends at commit " + std::to_string(reached->commits) +
                ", but commits up to " + std::to_string(appended.size()) + " were durable"));
            copy_files(image, torn);  // opening it shortened the file
            fs::resize_file(torn + name, cut);
        }
        // What was lost had not been synced, so it had not been marked.
        put_mark(torn, reached->mark);
        const Aftermath after = reopened(torn, appended);
        CHECK(after.refused == "");
        CHECK(after.difference == "");
        CHECK(after.prefix);
        CHECK(after.commits == reached->commits);

        // The length arrived before the octets of the last pages did.
        const std::uintmax_t page = cut / 4096 * 4096;
        if (whole - page < 512 || cut % 3 != 0) continue;
        copy_files(image, torn);
        fs::resize_file(torn + name, page);
        fs::resize_file(torn + name, whole);
        const auto arrived = std::ranges::find_if(
            ends.rbegin(), ends.rend(), [&](const auto& end) { return end.size <= page; });
        put_mark(torn, arrived->mark);
        const Aftermath zeros = reopened(torn, appended);
        INFO("zeros from " << page << ": " << zeros.refused << zeros.difference);
        CHECK(zeros.refused == "");
        CHECK(zeros.difference == "");
        CHECK(zeros.prefix);
        CHECK(zeros.commits == arrived->commits);
    }
}

TEST_CASE("what comes back after a tear is gone on with") {
    const TemporaryDirectory directory, scratch;
    const std::string image = scratch.path() + "/image", torn = scratch.path() + "/torn";
    std::string mark_of_nine;
    {
        CommitChain chain(33);
        std::vector<std::string> appended;
        const auto log = open_log(directory.path());
        for (int groups = 0; groups < 10; ++groups) {
            append(*log, chain.group(1), appended);
            if (groups == 8) mark_of_nine = mark_of(directory.path());
        }
        copy_files(directory.path(), image);
    }
    for (const bool zeros : {false, true}) {
        copy_files(image, torn);
        const std::string wal = log_files(torn, "", ".log").back();
        if (zeros) {
            const std::uintmax_t written = written_octets(wal);
            fs::resize_file(wal, written - 50);
            fs::resize_file(wal, written + 2000);
            put_mark(torn, mark_of_nine);
        } else {
            // The beginning of a record that never became whole.
            const auto written = static_cast<std::streamoff>(written_octets(wal));
            std::fstream(wal, std::ios::in | std::ios::out | std::ios::binary).seekp(written)
                << std::string("\1\2\3\4\xff\x7f\1xyz", 10);
        }
        const std::size_t left = zeros ? 9 : 10;
        CommitChain chain(33);
        std::vector<std::string> appended;
        for (const SealedCommit& sealed : chain.group(left).commits)
            appended.push_back(sealed.bytes);
        CHECK(reopened(torn, appended).commits == left);
        append(*open_log(torn), chain.group(5), appended);
        const Aftermath after = reopened(torn, appended);
        CHECK(after.refused == "");
        CHECK(after.difference == "");
        CHECK(after.commits == left + 5);
        CHECK(after.prefix);
    }
}

TEST_CASE("an earlier write-ahead log that is short or missing is not passed over") {
    const TemporaryDirectory directory, scratch;
    const std::string image = scratch.path() + "/image", torn = scratch.path() + "/torn";
    CommitChain chain(34);
    std::vector<std::string> appended;
    {
        const auto log = open_log(directory.path());
        append(*log, chain.group(20), appended);
        // Snapshot rows enough to fill a memory table, so that another file is begun while the
        // first still holds what other families have not flushed.
        Group rows = chain.group(1);
        for (int row = 0; row < 40; ++row)
            rows.rows.push_back({LocalRow::Family::snapshots, std::to_string(row),
                                 std::string(1u << 20, static_cast<char>(row))});
        append(*log, rows, appended);
        append(*log, chain.group(20), appended);
        append(*log, chain.group(20), appended);
        copy_files(directory.path(), image);
    }
    const auto files = log_files(image, "", ".log");
    REQUIRE(files.size() >= 2);
    REQUIRE(reopened(directory.path(), appended).commits == appended.size());
    for (const bool missing : {false, true}) {
        copy_files(image, torn);
        const std::string first = torn + "/log/" + fs::path(files.front()).filename().string();
        if (missing)
            fs::remove(first);
        else
            fs::resize_file(first, written_octets(first) / 2);
        const Aftermath after = reopened(torn, appended);
        CAPTURE(missing, after.refused, after.difference, after.commits);
        CHECK_FALSE(after.refused.empty());
    }
}

TEST_CASE("a flipped octet in any kind of file never gives another commit") {
    const TemporaryDirectory directory;
    const auto appended = log_with_every_kind_of_file(directory.path());
    const auto tried = [&](std::string_view begins, std::string_view ends, std::size_t most) {
        const auto files = log_files(directory.path(), begins, ends);
        REQUIRE_FALSE(files.empty());
        return flipped(directory.path(), appended, files, most);
    };
    // Each octet of a table is under a checksum that somebody asks, or is never read.
    const Tally tables = tried("", ".sst", 12);
    CHECK(tables.shorter == 0);
    CHECK(tables.refused + tables.reported > tables.tried / 2);
    // A flip in a record looks like a torn tail: the log would end there, but for the mark.
    const Tally ahead = tried("", ".log", 30);
    CHECK(ahead.refused > ahead.tried / 2);
    CHECK(ahead.shorter == 0);
    const Tally manifest = tried("MANIFEST", "", 20);
    CHECK(manifest.shorter == 0);
    CHECK(manifest.refused + manifest.reported > manifest.tried / 2);
    const Tally current = tried("CURRENT", "", 17);
    CHECK(current.refused == current.tried);
    const Tally others = tried("OPTIONS", "", 4);
    CHECK(others.shorter == 0);
}

TEST_CASE("a file that is missing is not passed over") {
    const TemporaryDirectory directory, scratch;
    const auto appended = log_with_every_kind_of_file(directory.path());
    const std::string copy = scratch.path() + "/copy";
    for (const auto& [begins, ends] : {std::pair{"CURRENT", ""}, {"MANIFEST", ""}, {"", ".sst"}}) {
        for (const std::string& file : log_files(directory.path(), begins, ends)) {
            copy_files(directory.path(), copy);
            fs::remove(copy + "/log/" + fs::path(file).filename().string());
            const Aftermath after = reopened(copy, appended);
            CAPTURE(file, after.difference, after.commits);
            CHECK(after.refused.starts_with("The log in " + copy + " cannot be opened: "));
        }
    }
}

TEST_CASE("a log without a sound mark is refused, and gone on with when told to") {
    const TemporaryDirectory directory, scratch;
    const auto appended = log_with_every_kind_of_file(directory.path());
    const std::string copy = scratch.path() + "/copy", mark = copy + "/mark";
    const std::string text = "The log in " + copy + " has no sound mark of how far it went";
    SECTION("a flipped octet leaves the other block, or is not read") {
        for (const std::uintmax_t at : std::initializer_list<std::uintmax_t>{
                 0, 5, 12, 20, 40, 60, 66, 100, 4096, 4100, 4116, 4150, 8191}) {
            copy_files(directory.path(), copy);
            flip(mark, at);
            const Aftermath after = reopened(copy, appended);
            CAPTURE(at);
            CHECK(after.refused == "");
            CHECK(after.commits == appended.size());
        }
    }
    SECTION("both blocks") {
        copy_files(directory.path(), copy);
        flip(mark, 20);
        flip(mark, 4116);
        CHECK(reopened(copy, appended).refused.starts_with(text));
    }
    SECTION("a missing file") {
        copy_files(directory.path(), copy);
        fs::remove(mark);
        CHECK(reopened(copy, appended).refused.starts_with(text));
        RocksLogOptions options;
        options.directory = copy;
        options.accept_shorter_log = true;
        CHECK(rocks_event_log(options)->tail().position == appended.size());
        CHECK(reopened(copy, appended).commits == appended.size());
    }
    SECTION("the mark of another log") {
        copy_files(directory.path(), copy);
        const TemporaryDirectory other;
        CommitChain chain(99);
        std::vector<std::string> others;
        append(*open_log(other.path()), chain.group(7), others);
        put_mark(copy, mark_of(other.path()));
        CHECK(reopened(copy, appended)
                  .refused.starts_with("The log in " + copy + " holds another commit 7 than"));
    }
    SECTION("a log that is gone") {
        copy_files(directory.path(), copy);
        fs::remove_all(copy + "/log");
        fs::remove(copy + "/format");
        CHECK(reopened(copy, appended)
                  .refused.starts_with("The log is gone: " + copy + "/log is missing"));
    }
}

TEST_CASE("a log of a newer program is refused") {
    for (const bool family : {false, true}) {
        const TemporaryDirectory directory;
        open_log(directory.path()).reset();
        {
            std::vector<rocksdb::ColumnFamilyDescriptor> families;
            std::vector<rocksdb::ColumnFamilyHandle*> columns;
            rocksdb::DBOptions settings;
            rocksdb::DB* db = nullptr;
            const std::string path = directory.path() + "/log";
            REQUIRE(rocksdb::LoadLatestOptions({}, path, &settings, &families).ok());
            REQUIRE(rocksdb::DB::Open(settings, path, families, &columns, &db).ok());
            if (family) {
                rocksdb::ColumnFamilyHandle* added = nullptr;
                REQUIRE(db->CreateColumnFamily({}, "marks", &added).ok());
                columns.push_back(added);
            } else {
                REQUIRE(db->Put({}, "format", std::string("\0\0\0\0\0\0\0\2", 8)).ok());
            }
            for (auto* column : columns) db->DestroyColumnFamilyHandle(column);
            delete db;
        }
        const Aftermath after = reopened(directory.path(), {});
        CHECK(after.refused ==
              "The log in " + directory.path() + " was written by a newer program" +
                  (family ? ": it has a family marks, which this one does not know."
                          : " (format 2); this one knows up to 1."));
    }
}

TEST_CASE("a list of files that lost its end is refused, or nothing was lost with it") {
    const TemporaryDirectory directory, scratch;
    const auto appended = log_with_every_kind_of_file(directory.path());
    const std::string copy = scratch.path() + "/copy";
    const fs::path list = log_files(directory.path(), "MANIFEST-", "").back();
    const auto length = fs::file_size(list);
    std::size_t refused = 0;
    for (std::uintmax_t left = 1; left < length; left += 13) {
        copy_files(directory.path(), copy);
        fs::resize_file(fs::path(copy) / "log" / list.filename(), left);
        const Aftermath after = reopened(copy, appended);
        INFO("cut to " << left << " of " << length << ": " << after.refused);
        CHECK(after.difference.empty());
        if (after.refused.empty())
            CHECK(after.commits == appended.size());
        else
            ++refused;
    }
    CHECK(refused > 0);

    // Without its note the same damage opens, and the audit finds what is missing.
    std::size_t found = 0;
    for (std::uintmax_t left = 1; left < length; left += 13) {
        copy_files(directory.path(), copy);
        fs::remove(copy + "/log/manifest.length");
        fs::resize_file(fs::path(copy) / "log" / list.filename(), left);
        if (!reopened(copy, appended).difference.empty()) ++found;
    }
    CHECK(found > 0);
}

// RocksDB's writer of such a file ends the program at the second line that a full disk refuses.
TEST_CASE("no journal of words lies beside the log") {
    const TemporaryDirectory directory;
    log_with_every_kind_of_file(directory.path());
    CHECK_FALSE(log_files(directory.path(), "", "").empty());
    CHECK(log_files(directory.path(), "LOG", "").empty());
}
