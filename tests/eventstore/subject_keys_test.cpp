// The place of the keys: what is in it stays, and what was destroyed is nowhere on the disk.
#include "eventstore/subject_keys.h"

#include "eventstore/storage_broken.h"
#include "eventstore/subject_key_copy.h"
#include "tests/eventstore/made_commits.h"

#include <catch2/catch.hpp>

#include <sys/stat.h>
#include <filesystem>
#include <fstream>

using namespace kontor;
using namespace kontor::test;
namespace fs = std::filesystem;
using KeyState = SubjectKeys::State;

namespace {

SubjectName nth(std::uint64_t number) { return name_of({"person", {3, number}}); }

std::vector<NamedKey> drawn(std::uint64_t from, std::uint64_t to) {
    std::vector<NamedKey> keys;
    for (std::uint64_t number = from; number < to; ++number)
        keys.push_back({nth(number), SubjectKey::drawn()});
    return keys;
}

std::string octets_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// How many files below the directory hold the octets.
std::size_t holding(const std::string& directory, std::string_view octets) {
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(directory))
        if (entry.is_regular_file() && octets_of(entry.path()).find(octets) != std::string::npos)
            ++files;
    return files;
}

std::string_view view(const SubjectKey& key) {
    return {reinterpret_cast<const char*>(key.octets.data()), key.octets.size()};
}

mode_t mode_of(const fs::path& path) {
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 0777;
}

void turn_octet(const std::string& path, std::size_t at) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(at));
    const char octet = static_cast<char>(file.get() ^ 1);
    file.seekp(static_cast<std::streamoff>(at));
    file.put(octet);
}

template <class Work>
std::string refusal(const Work& work) {
    try {
        work();
        return {};
    } catch (const StorageBroken& broken) {
        return broken.what();
    }
}

const Hash some_log = {1, 2, 3};

}  // namespace

TEST_CASE("keys are found again by whoever opens their place") {
    const TemporaryDirectory temporary;
    const std::string place = temporary.path() + "/keys";
    const auto keys = drawn(0, 6000);  // more than the first tables take
    {
        const auto files = subject_key_files(place);
        CHECK(files->find(nth(1)).state == KeyState::none);
        files->add({keys.begin(), keys.begin() + 10});
        files->add({keys.begin() + 10, keys.end()});
        CHECK(files->find(nth(1)).key == keys[1].key);
    }
    CHECK(fs::exists(place + "/1"));
    const auto files = subject_key_files(place);
    for (std::uint64_t number = 0; number < keys.size(); ++number) {
        const auto found = files->find(nth(number));
        REQUIRE(found.state == KeyState::there);
        REQUIRE(found.key == keys[number].key);
    }
    CHECK(files->find(nth(6000)).state == KeyState::none);
    CHECK(files->find(name_of({"customer", {3, 1}})).state == KeyState::none);
}

TEST_CASE("a key that was destroyed is in no file, and its person is remembered as erased") {
    const TemporaryDirectory temporary;
    const std::string place = temporary.path() + "/keys";
    const auto keys = drawn(0, 3000);
    {
        const auto files = subject_key_files(place);
        files->add(keys);
        REQUIRE(holding(place, view(keys[7].key)) == 1);
        files->destroy({nth(7), nth(2999), nth(5000)});
        files->destroy({nth(7)});
    }
    for (const std::size_t number : {std::size_t{7}, std::size_t{2999}})
        CHECK(holding(place, view(keys[number].key)) == 0);
    CHECK(holding(place, view(keys[8].key)) == 1);
    const auto files = subject_key_files(place);
    for (const std::uint64_t number : {7u, 2999u, 5000u})
        CHECK(files->find(nth(number)).state == KeyState::erased);
    CHECK(files->find(nth(8)).state == KeyState::there);
}

TEST_CASE("nobody but their owner can read the keys") {
    const TemporaryDirectory temporary;
    const std::string place = temporary.path() + "/keys";
    const mode_t before = ::umask(0);
    {
        const auto files = subject_key_files(place);
        files->add(drawn(0, 2000));
        files->erased_to(5);
        copy_subject_keys(place, temporary.path() + "/copy", some_log);
    }
    ::umask(before);
    CHECK(mode_of(place) == 0700);
    for (const auto& entry : fs::directory_iterator(place)) CHECK(mode_of(entry.path()) == 0600);
    CHECK(mode_of(temporary.path() + "/copy") == 0600);
}

TEST_CASE("the mark of erasures is kept, and one that cannot be read says the beginning") {
    const TemporaryDirectory temporary;
    const std::string place = temporary.path() + "/keys";
    subject_key_files(place)->erased_to(4711);
    CHECK(subject_key_files(place)->erased_to() == 4711);
    subject_key_files(place)->erased_to(12);
    CHECK(subject_key_files(place)->erased_to() == 12);
    turn_octet(place + "/mark", 9);
    CHECK(subject_key_files(place)->erased_to() == 0);
}

TEST_CASE("a damaged key is told, and its person is taken neither for a new nor an erased one") {
    const TemporaryDirectory temporary;
    const std::string place = temporary.path() + "/keys";
    const auto keys = drawn(0, 1);
    subject_key_files(place)->add(keys);
    const std::size_t at = octets_of(place + "/0").find(std::string(view(keys[0].key)));
    REQUIRE(at != std::string::npos);
    turn_octet(place + "/0", at);
    const auto files = subject_key_files(place);
    CHECK(refusal([&] { files->find(nth(0)); }) ==
          "A key in " + place + " cannot be read; put the keys back from their copy.");
    CHECK(refusal([&] { copy_subject_keys(place, temporary.path() + "/copy", some_log); }) ==
          "The file of keys " + place + "/0 is damaged: a key cannot be read.");
    CHECK_FALSE(fs::exists(temporary.path() + "/copy"));
}

TEST_CASE("files that are no keys are refused in one sentence") {
    const TemporaryDirectory temporary;
    const std::string place = temporary.path() + "/keys";
    subject_key_files(place);
    const std::string whole = octets_of(place + "/0");
    const auto refused = [&](const std::string& octets) {
        std::ofstream(place + "/0", std::ios::binary) << octets;
        return refusal([&] { subject_key_files(place); });
    };
    CHECK(refused(whole) == "");
    const std::string beginning = "The file of keys " + place + "/0 is damaged: ";
    CHECK(refused("") == beginning + "it is cut short.");
    CHECK(refused("KKEY") == beginning + "it is cut short.");
    CHECK(refused(std::string(4096, 'x')) == beginning + "it does not begin with KKEY.");
    std::string newer = whole;
    newer[7] = '\7';
    CHECK(refused(newer) == beginning + "it was written by a newer program (format 7).");
    std::string salted = whole;
    salted[20] = static_cast<char>(salted[20] ^ 1);
    CHECK(refused(salted) == beginning + "the checksum of its head differs.");
}

TEST_CASE("a copy brings the keys back, and the erased stay erased") {
    const TemporaryDirectory temporary;
    const std::string place = temporary.path() + "/keys", copy = temporary.path() + "/copy";
    const auto keys = drawn(0, 2500);
    {
        const auto files = subject_key_files(place);
        files->add(keys);
        files->destroy({nth(3)});
        files->erased_to(99);
    }
    const CopiedKeys copied = copy_subject_keys(place, copy, some_log);
    CHECK(copied.keys == 2499);
    CHECK(copied.erased == 1);
    CHECK(holding(temporary.path(), view(keys[3].key)) == 0);
    CHECK(refusal([&] { copy_subject_keys(place, copy, some_log); }) ==
          "The copy of the keys " + copy + " cannot be made: File exists.");

    const std::string again = temporary.path() + "/again";
    CHECK(restore_subject_keys(copy, again, some_log).keys == 2499);
    const auto files = subject_key_files(again);
    for (std::uint64_t number = 0; number < keys.size(); ++number) {
        const auto found = files->find(nth(number));
        REQUIRE(found.state == (number == 3 ? KeyState::erased : KeyState::there));
        if (number != 3) REQUIRE(found.key == keys[number].key);
    }
    CHECK(files->erased_to() == 0);
    CHECK(
        copy_subject_keys(temporary.path() + "/none", temporary.path() + "/empty", some_log).keys ==
        0);
}

TEST_CASE("a copy of another log, or one that is not as it was written, is refused") {
    const TemporaryDirectory temporary;
    const std::string place = temporary.path() + "/keys", copy = temporary.path() + "/copy";
    subject_key_files(place)->add(drawn(0, 3));
    copy_subject_keys(place, copy, some_log);
    const std::string whole = octets_of(copy), again = temporary.path() + "/again";
    const auto refused = [&](const std::string& octets, const Hash& log = some_log) {
        std::ofstream(copy, std::ios::binary) << octets;
        return refusal([&] { restore_subject_keys(copy, again, log); });
    };
    const std::string beginning = "The copy of the keys " + copy + " ";
    CHECK(refused(whole, {9}) == beginning + "belongs to another log.");
    CHECK(refused("") == beginning + "is none.");
    for (std::size_t at = 0; at < whole.size(); ++at) {
        CHECK(refused(whole.substr(0, at)) != "");
        std::string turned = whole;
        turned[at] = static_cast<char>(turned[at] ^ 0x10);
        CHECK(refused(turned) != "");
    }
    CHECK_FALSE(fs::exists(again));
    CHECK(refused(whole) == "");
    CHECK(refusal([&] { restore_subject_keys(temporary.path() + "/gone", again, some_log); }) ==
          "The copy of the keys " + temporary.path() +
              "/gone cannot be read: No such file or directory.");
}
