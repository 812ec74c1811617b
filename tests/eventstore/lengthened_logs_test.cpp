// Write-ahead logs that are lengthened ahead of what is written to them.
#include "eventstore/rocks_log_files.h"
#include "tests/eventstore/made_commits.h"

#include <rocksdb/env.h>
#include <catch2/catch.hpp>

#include <filesystem>

using namespace kontor;
using namespace kontor::test;
namespace fs = std::filesystem;

namespace {

std::unique_ptr<rocksdb::WritableFile> begun(rocksdb::Env& env, const std::string& path) {
    std::unique_ptr<rocksdb::WritableFile> file;
    REQUIRE(env.NewWritableFile(path, &file, {}).ok());
    REQUIRE(file->Append(std::string(100, 'x')).ok());
    REQUIRE(file->Sync().ok());
    return file;
}

std::uint64_t told_size(rocksdb::Env& env, const std::string& path) {
    std::uint64_t size = 0;
    REQUIRE(env.GetFileSize(path, &size).ok());
    return size;
}

}  // namespace

// Who copies it beside its writer copies so much: a record that came to stand behind zeros that
// were copied would be read as if none were missing between.
TEST_CASE("while a log is open its size is what was written") {
    const TemporaryDirectory directory;
    const auto env = with_lengthened_logs(*rocksdb::Env::Default(), directory.path());
    const std::string path = directory.path() + "/000007.log";
    const auto file = begun(*env, path);
    CHECK(fs::file_size(path) == 512 * 1024);
    CHECK(told_size(*env, path) == 100);
    REQUIRE(file->Append(std::string(600 * 1024, 'y')).ok());
    CHECK(fs::file_size(path) == 1024 * 1024);
    CHECK(told_size(*env, path) == 600 * 1024 + 100);
    REQUIRE(file->Close().ok());
    CHECK(fs::file_size(path) == 1024 * 1024);
}

TEST_CASE("nothing else is lengthened") {
    const TemporaryDirectory directory;
    const auto env = with_lengthened_logs(*rocksdb::Env::Default(), directory.path() + "/log");
    fs::create_directories(directory.path() + "/log");
    for (const char* name : {"/log/000007.sst", "/log/MANIFEST-000001", "/000007.log"}) {
        const std::string path = directory.path() + name;
        REQUIRE(begun(*env, path)->Close().ok());
        CHECK(fs::file_size(path) == 100);
    }
}
