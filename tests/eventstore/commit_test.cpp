// The envelope of a commit: laid out as documented, and no damage to it passes.
#include "eventstore/commit.h"

#include "eventstore/hashes.h"
#include "eventstore/wire.h"
#include "tests/eventstore/made_commits.h"

#include <catch2/catch.hpp>

using namespace kontor;
using namespace kontor::test;

namespace {

SealedCommit small_commit() {
    Commit commit;
    commit.position = 2;
    commit.time = {1'700'000'000'000'000};
    commit.actor = "anna";
    commit.key = "laptop";
    commit.note = "";
    StoredCommand command;
    command.name = "WinDeal";
    command.id = "7";
    command.events.resize(1);
    command.events[0].type = "DealWon";
    command.events[0].stream = "deal/KOPP/1";
    command.events[0].version = 3;
    command.events[0].day = {20'000};
    command.events[0].data.octets = std::string("\0\1\2", 3);
    commit.commands.push_back(command);
    Hash previous{};
    previous.front() = 0xaa;
    previous.back() = 0xbb;
    return seal(commit, previous);
}

std::string fault_of(std::string_view bytes) { return open_commit(bytes, Hashing::skip).fault; }

std::string with(std::string bytes, std::size_t at, std::string_view octets) {
    return bytes.replace(at, octets.size(), octets);
}

// The eight octets of a number, least significant first.
std::string eight(std::uint64_t number) {
    std::string octets;
    for (int shift = 0; shift < 64; shift += 8) octets += static_cast<char>(number >> shift & 0xff);
    return octets;
}

}  // namespace

TEST_CASE("a sealed commit opens as it was, with the hash of its bytes") {
    const SealedCommit sealed = small_commit();
    const OpenedCommit opened = open_commit(sealed.bytes, Hashing::compute);
    CHECK(opened.fault == "");
    CHECK(to_wire(opened.commit) == to_wire(sealed.commit));
    CHECK(opened.commit.position == 2);
    CHECK(opened.commit.note == "");
    CHECK(opened.commit.commands.at(0).events.at(0).data.octets == std::string("\0\1\2", 3));
    CHECK(opened.hash == sha256(sealed.bytes));
    CHECK(sealed.hash == sha256(sealed.bytes));
    CHECK(opened.previous.front() == 0xaa);
    CHECK(opened.previous == previous_of(sealed));
}

TEST_CASE("the envelope is laid out as documented") {
    const std::string bytes = small_commit().bytes;
    CHECK(bytes.substr(0, 8) == std::string("KNTR\1\0\0\0", 8));
    CHECK(bytes.substr(8, 8) == eight(bytes.size()));
    CHECK(bytes.substr(16, 8) == eight(xxh3(bytes.substr(24))));
    CHECK(bytes.substr(24, 32) == "\xaa" + std::string(30, '\0') + "\xbb");
    CHECK(bytes.substr(56) == to_wire(small_commit().commit));
}

TEST_CASE("equal commits after the same one have equal bytes") {
    CHECK(small_commit().bytes == small_commit().bytes);
}

TEST_CASE("drawn commits open as they were") {
    CommitChain chain(11);
    Hash previous{};
    for (int i = 0; i < 300; ++i) {
        const SealedCommit sealed = chain.next();
        const OpenedCommit opened = open_commit(sealed.bytes, Hashing::compute);
        REQUIRE(opened.fault == "");
        REQUIRE(to_wire(opened.commit) == to_wire(sealed.commit));
        REQUIRE(opened.previous == previous);
        previous = opened.hash;
    }
}

TEST_CASE("every flipped bit, every cut and every octet more is found") {
    const std::string bytes = small_commit().bytes;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string flipped = bytes;
            flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
            INFO("octet " << at << " bit " << bit);
            REQUIRE(fault_of(flipped) != "");
        }
        INFO("cut at " << at);
        REQUIRE(fault_of(bytes.substr(0, at)) != "");
    }
    CHECK(fault_of(bytes + '\0') != "");
    CHECK(fault_of({}) != "");
}

TEST_CASE("a fault says what is wrong") {
    const std::string bytes = small_commit().bytes;
    const std::string size = std::to_string(bytes.size());
    CHECK(fault_of(with(bytes, 0, "X")) == "this is no commit: it does not begin with KNTR");
    CHECK(fault_of(with(bytes, 4, "\2")) ==
          "it was written by a newer program (format 2); this one knows up to 1");
    CHECK(fault_of(with(bytes, 4, std::string_view("\0", 1))) ==
          "it says format 0, which there never was");
    CHECK(fault_of(bytes.substr(0, 30)) == "it is cut short within its header");
    CHECK(fault_of(bytes.substr(0, 100)) ==
          "it is cut short: 100 octets are there, it says " + size);
    CHECK(fault_of(bytes + "x") ==
          "it is longer than it says: " + std::to_string(bytes.size() + 1) +
              " octets are there, it says " + size);
    CHECK(fault_of(with(bytes, 60, "\xff\xff")) == "its checksum differs");
}

// Who writes a checksum over nonsense is no disk: the table is verified all the same.
TEST_CASE("a malformed table under a right checksum is refused") {
    const std::string bytes = small_commit().bytes;
    std::size_t malformed = 0;
    for (std::size_t at = 56; at + 4 <= bytes.size(); at += 4) {
        std::string changed = with(bytes, at, "\xff\xff\xff\x7f");
        changed = with(changed, 16, eight(xxh3(std::string_view(changed).substr(24))));
        const std::string fault = fault_of(changed);
        if (fault.empty()) continue;
        CHECK(fault == "its table is malformed, though its checksum is right");
        ++malformed;
    }
    CHECK(malformed > 10);
}
