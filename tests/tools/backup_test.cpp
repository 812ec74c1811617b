// A backup is the company as it was, checked; a restore gives it back and overwrites nothing.
#include "tools/backup.h"

#include "tests/support/write_ahead_log.h"
#include "tests/tools/small_company.h"
#include "tools/audit.h"
#include "tools/key.h"

#include <catch2/catch.hpp>
#include <fstream>

using namespace kontor;
using test::Ran;
using test::ran;

namespace fs = std::filesystem;

namespace {

std::string digests_of(const std::string& directory) {
    const Ran replay = ran(audit, {"replay", "--data", directory});
    REQUIRE(replay.code == 0);
    return replay.out;
}

void write_text(const std::string& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

}  // namespace

TEST_CASE("a directory at rest is backed up and restored to the same digests") {
    const test::ToolsDirectory place;
    const auto& company = test::copy_of_small_company(place / "company");
    write_text(place / "company/admin.key", "a secret\n");
    const Ran taken = ran(backup, {"--data", place / "company", "--to", place / "backup/"});
    INFO(taken.err);
    REQUIRE(taken.code == 0);
    CHECK(taken.out.find(std::to_string(company.commits) + " commits") != std::string::npos);
    CHECK(taken.out.find("admin.key") != std::string::npos);
    CHECK_FALSE(fs::exists(place / "backup/admin.key"));
    CHECK(digests_of(place / "backup") == digests_of(place / "company"));
    CHECK(ran(audit, {"verify", "--backup", place / "backup"}).code == 0);

    // What happens to the original afterwards is nothing to the backup.
    const std::string before = digests_of(place / "company");
    fs::remove_all(place / "company");
    const Ran restored = ran(restore, {"--from", place / "backup", "--data", place / "company"});
    INFO(restored.err);
    REQUIRE(restored.code == 0);
    CHECK(digests_of(place / "company") == before);
    const Ran verified = ran(audit, {"verify", "--data", place / "company"});
    CHECK(verified.out.find("There are no read models") == std::string::npos);
    CHECK(verified.code == 0);
    // It is a data directory like any other: it can be written again.
    CHECK(ran(key, {"create", "--data", place / "company", "--name", "new"}).code == 0);
    CHECK(digests_of(place / "backup") == before);
}

TEST_CASE("backup and restore overwrite nothing and leave nothing half done") {
    const test::ToolsDirectory place;
    test::copy_of_small_company(place / "company");
    fs::create_directory(place / "full");
    write_text(place / "full/something", "precious");
    write_text(place / "file", "precious");
    for (const std::string target : {"full", "file", "company"}) {
        const Ran taken = ran(backup, {"--data", place / "company", "--to", place / target});
        CHECK(taken.code == 1);
        CHECK(taken.err.find("is there already; nothing is overwritten.") != std::string::npos);
        const Ran restored = ran(restore, {"--from", place / "company", "--data", place / target});
        CHECK(restored.code == 1);
        CHECK(restored.err.find("is there already; nothing is overwritten.") != std::string::npos);
    }
    CHECK(fs::file_size(place / "full/something") == 8);
    CHECK(fs::file_size(place / "file") == 8);
    // An empty directory holds nothing to lose.
    fs::create_directory(place / "empty");
    CHECK(ran(backup, {"--data", place / "company", "--to", place / "empty"}).code == 0);
    CHECK(fs::exists(place / "empty/log"));
    const Ran nowhere = ran(backup, {"--data", place / "nowhere", "--to", place / "copy"});
    CHECK(nowhere.code == 1);
    CHECK(nowhere.err.find("There is no data directory ") != std::string::npos);
    CHECK_FALSE(fs::exists(place / "copy"));
    CHECK_FALSE(fs::exists(place / "copy.part"));
}

TEST_CASE("a damaged backup is not restored") {
    const test::ToolsDirectory place;
    test::copy_of_small_company(place / "company");
    REQUIRE(ran(backup, {"--data", place / "company", "--to", place / "backup"}).code == 0);
    // The write-ahead log holds the commits: an octet in the middle of what is written is turned.
    std::string largest;
    for (const auto& entry : fs::directory_iterator(place / "backup/log"))
        if (const std::string path = entry.path(); path.ends_with(".log"))
            if (largest.empty() || test::written_octets(path) > test::written_octets(largest))
                largest = path;
    REQUIRE_FALSE(largest.empty());
    const auto middle = static_cast<std::streamoff>(test::written_octets(largest) / 2);
    std::fstream file(largest, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(middle);
    const char octet = static_cast<char>(file.get() ^ 1);
    file.seekp(middle);
    file.put(octet);
    file.close();
    const Ran restored = ran(restore, {"--from", place / "backup", "--data", place / "restored"});
    CHECK(restored.code == 1);
    CHECK(test::lines_of(restored.err).size() == 1);
    CHECK_FALSE(fs::exists(place / "restored"));
    CHECK_FALSE(fs::exists(place / "restored.restoring"));
}
