// How commits are drawn, and the directories that they are written to.
#include "tests/eventstore/made_commits.h"

#include "eventstore/hashes.h"

#include <unistd.h>
#include <cstdlib>
#include <filesystem>

namespace kontor::test {

StoredEvent CommitChain::event() {
    StoredEvent event;
    event.type = dice_.one_in(3) ? "EntryPosted" : "DealWon";
    event.schema = 0x0123'4567'89ab'cdef;
    event.day = Date{static_cast<std::int32_t>(dice_.between(15'000, 25'000))};
    event.company = dice_.one_in(4) ? "" : "KOPP";
    if (dice_.one_in(3)) event.flow = "deal_won_makes_an_order";
    // Few streams have many events and many have few; some names hold a zero octet.
    if (!dice_.one_in(5)) {
        event.stream = "deal/KOPP/" + std::to_string(dice_.below(dice_.one_in(2) ? 4 : 4000));
        if (dice_.one_in(9)) event.stream += std::string("\0/1", 3);
        event.version = ++streams_[event.stream];
    }
    event.data.octets.resize(dice_.below(dice_.one_in(20) ? 5000 : 200));
    for (char& octet : event.data.octets) octet = static_cast<char>(dice_.below(256));
    return event;
}

StoredCommand CommitChain::command(Position position, std::size_t index) {
    StoredCommand command;
    command.name = "WinDeal";
    command.id = "id-" + std::to_string(position) + "-" + std::to_string(index);
    command.server_made = dice_.one_in(6);
    const Hash fingerprint = blake2b(command.id);
    command.fingerprint.octets.assign(fingerprint.begin(), fingerprint.end());
    if (dice_.one_in(8)) {
        command.outcome = {409, "deal_closed", "The deal is closed.", "", "/deal"};
    } else {
        for (auto events = dice_.below(4); events > 0; --events) command.events.push_back(event());
    }
    return command;
}

SealedCommit CommitChain::next() {
    Commit commit;
    commit.position = static_cast<std::int64_t>(tail_.position + 1);
    commit.time = {tail_.time.micros + dice_.between(1, 1'000'000)};
    commit.actor = "person-" + std::to_string(dice_.below(3));
    commit.key = "laptop";
    if (dice_.one_in(4)) commit.note = "for the audit";
    const std::size_t commands = dice_.one_in(5) ? 1 + dice_.below(6) : 1;
    for (std::size_t index = 0; index < commands; ++index)
        commit.commands.push_back(command(tail_.position + 1, index));
    SealedCommit sealed = seal(std::move(commit), tail_.hash);
    tail_ = {tail_.position + 1, sealed.commit.time, sealed.hash};
    return sealed;
}

Group CommitChain::group(std::size_t commits) {
    Group group;
    for (std::size_t i = 0; i < commits; ++i) group.commits.push_back(next());
    return group;
}

std::vector<std::string> stored_bytes(const EventLog& log, Position from) {
    std::vector<std::string> commits;
    const auto cursor = log.read_from(from);
    Position position = 0;
    for (std::string_view bytes; cursor->next(position, bytes);) commits.emplace_back(bytes);
    return commits;
}

// In memory where there is room: a sync then costs nothing, and no test cuts the power.
static std::filesystem::path place_for_tests() {
    const std::filesystem::path memory = "/dev/shm";
    std::error_code error;
    const auto space = std::filesystem::space(memory, error);
    if (!error && space.available > (1u << 30) && ::access(memory.c_str(), W_OK) == 0)
        return memory;
    return std::filesystem::temp_directory_path();
}

TemporaryDirectory::TemporaryDirectory() {
    path_ = (place_for_tests() / "kontor-test-XXXXXX").string();
    if (::mkdtemp(path_.data()) == nullptr)
        throw std::runtime_error("no temporary directory can be made");
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::unique_ptr<EventLog> open_log(const std::string& directory, LogAccess access) {
    RocksLogOptions options;
    options.directory = directory;
    options.access = access;
    return rocks_event_log(options);
}

}  // namespace kontor::test
