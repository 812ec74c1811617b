// Each promise of event_log.h, tried on a log that was never used before.
#include "tests/eventstore/log_promises.h"

#include "eventstore/chain.h"
#include "tests/eventstore/made_commits.h"

#include <atomic>
#include <chrono>
#include <thread>

namespace kontor::test {
namespace {

std::string at(Position position) { return " at commit " + std::to_string(position); }

// The log holds exactly these commits, and its tail says so.
std::string differs(const EventLog& log, const std::vector<SealedCommit>& expected) {
    const LogTail tail = log.tail();
    if (tail.position != expected.size())
        return "the tail is at " + std::to_string(tail.position) + ", not at " +
               std::to_string(expected.size());
    if (!expected.empty() &&
        (tail.hash != expected.back().hash || tail.time != expected.back().commit.time))
        return "the tail has another hash or time than the last commit";
    const auto cursor = log.read_from(1);
    Position position = 0;
    std::string_view bytes;
    for (Position next = 1; cursor->next(position, bytes); ++next) {
        if (position != next) return "position " + std::to_string(position) + " comes" + at(next);
        if (next > expected.size()) return "there is more than was appended";
        if (bytes != expected[next - 1].bytes) return "other bytes come back" + at(next);
    }
    if (position != expected.size()) return "reading ends after " + std::to_string(position);
    return {};
}

std::string starts_empty(const MakeLog& make) {
    const auto log = make();
    if (log->find_command("person-0", "id-1-0")) return "a command is found in an empty log";
    if (log->tail_of("deal/KOPP/1") != 0) return "a stream is found in an empty log";
    if (log->tail().hash != Hash{}) return "an empty log has a hash";
    return differs(*log, {});
}

std::string keeps_commits(const MakeLog& make) {
    const auto log = make();
    CommitChain chain(1);
    std::vector<SealedCommit> expected;
    for (const std::size_t size : {1u, 2u, 20u, 1u, 100u, 3u}) {
        const Group group = chain.group(size);
        if (!log->append_if(expected.size(), group)) return "a group is turned away";
        expected.insert(expected.end(), group.commits.begin(), group.commits.end());
        if (auto fault = differs(*log, expected); !fault.empty()) return fault;
    }
    return {};
}

std::string turns_away_the_wrong_tail(const MakeLog& make) {
    const auto log = make();
    CommitChain chain(2);
    Group first = chain.group(5), second = chain.group(3);
    second.rows.push_back({LocalRow::Family::meta, "with the second", "there"});
    const auto none = [&](Position expected, const Group& group) {
        return !log->append_if(expected, group);
    };
    if (!none(1, first)) return "a group for commit 1 is taken by an empty log";
    if (!log->append_if(0, first)) return "the first group is turned away";
    for (const Position wrong : {0u, 4u, 6u})
        if (!none(wrong, second)) return "a group for another tail is taken";
    if (log->row(LocalRow::Family::meta, "with the second")) return "a row is left";
    for (const SealedCommit& sealed : second.commits)
        for (const StoredCommand& command : sealed.commit.commands)
            if (log->find_command(sealed.commit.actor, command.id))
                return "a command is left that was turned away";
    if (auto fault = differs(*log, first.commits); !fault.empty()) return fault;
    return log->append_if(5, second) ? "" : "the right tail is turned away afterwards";
}

std::string reads_from_anywhere(const MakeLog& make) {
    const auto log = make();
    CommitChain chain(3);
    const Group group = chain.group(12);
    if (!log->append_if(0, group)) return "a group is turned away";
    for (Position from = 0; from <= 14; ++from) {
        const auto read = stored_bytes(*log, from);
        const Position first = std::max<Position>(from, 1);
        const std::size_t count = first > 12 ? 0 : 12 - first + 1;
        if (read.size() != count)
            return std::to_string(read.size()) + " commits come from " + std::to_string(from);
        if (count > 0 && read.front() != group.commits[first - 1].bytes)
            return "another commit comes first" + at(from);
    }
    const auto cursor = log->read_from(11);
    if (!log->append_if(12, chain.group(4))) return "a group is turned away beside a cursor";
    Position position = 0;
    std::string_view bytes;
    while (cursor->next(position, bytes)) continue;
    return position == 12 ? "" : "a cursor goes beyond the tail of its call";
}

std::string finds_commands(const MakeLog& make) {
    const auto log = make();
    CommitChain chain(4);
    std::vector<SealedCommit> all;
    for (int groups = 0; groups < 6; ++groups) {
        const Group group = chain.group(15);
        if (!log->append_if(all.size(), group)) return "a group is turned away";
        all.insert(all.end(), group.commits.begin(), group.commits.end());
    }
    bool client = false, server = false;
    for (const SealedCommit& sealed : all) {
        const auto& commands = sealed.commit.commands;
        for (std::uint32_t index = 0; index < commands.size(); ++index) {
            const auto place = log->find_command(sealed.commit.actor, commands[index].id);
            const std::string name = "command " + commands[index].id;
            (commands[index].server_made ? server : client) = true;
            if (commands[index].server_made && place) return name + ", the server's, is found";
            if (!commands[index].server_made &&
                place != CommandPlace{static_cast<Position>(sealed.commit.position), index})
                return name + " is not found where it is";
            if (log->find_command(sealed.commit.actor + "x", commands[index].id))
                return name + " is found for somebody else";
        }
    }
    return client && server ? "" : "the drawn commits tried too little";
}

// Two names that run together to the same text are still two.
std::string tells_names_apart(const MakeLog& make) {
    const auto log = make();
    const auto commit = [&](Position position, std::string actor, std::string id,
                            std::string stream) {
        Commit made;
        made.position = static_cast<std::int64_t>(position);
        made.time = {static_cast<std::int64_t>(position)};
        made.actor = std::move(actor);
        StoredCommand command;
        command.id = std::move(id);
        StoredEvent event;
        event.stream = std::move(stream);
        event.version = 1;
        command.events.push_back(event);
        made.commands.push_back(command);
        return seal(made, log->tail().hash);
    };
    using std::string_literals::operator""s;
    const std::vector<std::array<std::string, 3>> names = {
        {"ab", "c", "s/1"},     {"a", "bc", "s/1\0"s},     {"", "abc", "s/1\0\0"s},
        {"abc", "", "s/10"},    {"a\0b"s, "c", "s/1\xff"}, {"a", "\0bc"s, "s"},
        {"a\0"s, "b\0c"s, "s/"}};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto& [actor, id, stream] = names[i];
        if (log->find_command(actor, id)) return "a command is found before it is there";
        if (log->tail_of(stream) != 0) return "a stream is found before it is there";
        if (!log->append_if(i, {{commit(i + 1, actor, id, stream)}, {}})) return "turned away";
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto place = log->find_command(names[i][0], names[i][1]);
        if (!place || place->position != i + 1) return "a command is taken for another";
        if (log->tail_of(names[i][2]) != 1) return "a stream is taken for another";
    }
    return {};
}

std::string knows_streams(const MakeLog& make) {
    const auto log = make();
    CommitChain chain(5);
    std::map<std::string, std::vector<EventPlace>> expected;
    for (int groups = 0; groups < 20; ++groups) {
        const Group group = chain.group(10);
        if (!log->append_if(log->tail().position, group)) return "a group is turned away";
        for (const SealedCommit& sealed : group.commits) {
            EventPlace place{static_cast<Position>(sealed.commit.position), 0};
            for (const StoredCommand& command : sealed.commit.commands)
                for (const StoredEvent& event : command.events) {
                    if (!event.stream.empty()) expected[event.stream].push_back(place);
                    ++place.n;
                }
        }
        for (const auto& [stream, version] : chain.streams())
            if (log->tail_of(stream) != version)
                return stream + " is said to be at " + std::to_string(log->tail_of(stream));
    }
    for (const auto& [stream, places] : expected)
        for (const std::int64_t from : {std::int64_t{0}, std::int64_t{2}}) {
            std::vector<EventPlace> found;
            log->indexes().each_of_stream(stream, from, [&](std::int64_t, EventPlace place) {
                found.push_back(place);
                return true;
            });
            const auto skipped = static_cast<std::ptrdiff_t>(from == 2 ? 1 : 0);
            if (found != std::vector(places.begin() + skipped, places.end()))
                return "the events of " + stream + " are said to be elsewhere";
        }
    return {};
}

std::string keeps_rows(const MakeLog& make) {
    const auto log = make();
    CommitChain chain(6);
    using Family = LocalRow::Family;
    Group group = chain.group(2);
    group.rows = {{Family::meta, "b", "2"},        {Family::meta, "a", "1"},
                  {Family::meta, "ba", "3"},       {Family::snapshots, "b", "elsewhere"},
                  {Family::meta, "b\xff", "last"}, {Family::schemas, "empty", ""}};
    if (!log->append_if(0, group)) return "a group with rows is turned away";
    // A group of rows alone; later rows win.
    if (!log->append_if(2, {{}, {{Family::meta, "a", std::nullopt}, {Family::meta, "b", "20"}}}))
        return "a group of rows alone is turned away";
    if (!log->append_if(2, {})) return "an empty group is turned away";
    if (log->row(Family::meta, "a")) return "a row is there after it went";
    if (log->row(Family::meta, "b") != "20") return "a row was not replaced";
    if (log->row(Family::snapshots, "b") != "elsewhere") return "families run together";
    if (log->row(Family::schemas, "empty") != "") return "an empty row is not there";
    const auto listed = [&](std::string_view prefix, std::size_t most, std::string_view from = {}) {
        std::string all;
        log->each_row(Family::meta, prefix, from,
                      [&](std::string_view key, std::string_view value) {
                          all += std::string(key) + "=" + std::string(value) + ";";
                          return --most > 0;
                      });
        return all;
    };
    if (listed("", 9) != "b=20;ba=3;b\xff=last;") return "rows are listed as " + listed("", 9);
    if (listed("ba", 9) != "ba=3;") return "a prefix lists " + listed("ba", 9);
    if (listed("b", 2) != "b=20;ba=3;") return "the callback cannot end a list";
    if (listed("b", 1, "b0") != "ba=3;") return "a list begins before its place";
    if (listed("ba", 9, "a") != "ba=3;") return "a list begins before its prefix";
    return differs(*log, group.commits);
}

// Readers beside the writer see whole groups up to a tail that only grows.
std::string is_read_beside_the_writer(const MakeLog& make) {
    const auto log = make();
    std::atomic<bool> done = false;
    std::string fault;
    std::thread reader([&] {
        Position seen = 0;
        while (!done && fault.empty()) {
            const LogTail tail = log->tail();
            if (tail.position < seen) fault = "the tail went back";
            seen = tail.position;
            const auto commits = stored_bytes(*log);
            if (commits.size() < seen) fault = "a commit below the tail is not read";
            if (commits.empty()) continue;
            const OpenedCommit last = open_commit(commits.back(), Hashing::skip);
            if (!last.fault.empty()) fault = last.fault;
            for (std::uint32_t index = 0; index < last.commit.commands.size(); ++index)
                if (!last.commit.commands[index].server_made &&
                    !log->find_command(last.commit.actor, last.commit.commands[index].id))
                    fault = "a command of a commit that is read is not found";
        }
    });
    CommitChain chain(7);
    bool taken = true;
    for (int groups = 0; groups < 30; ++groups)
        taken = taken && log->append_if(log->tail().position, chain.group(5));
    done = true;
    reader.join();
    return taken ? fault : "a group is turned away";
}

std::string copies_itself(const MakeLog& make) {
    const auto log = make();
    const TemporaryDirectory directory;
    CommitChain chain(8);
    Group group = chain.group(50);
    group.rows.push_back({LocalRow::Family::meta, "state", "as it was"});
    if (!log->append_if(0, group)) return "a group is turned away";
    const std::string copied = directory.path() + "/copy";
    log->checkpoint(copied);
    if (!log->append_if(50, chain.group(5))) return "a group is turned away after the copy";
    for (const LogAccess access : {LogAccess::read_only, LogAccess::read_write}) {
        const auto copy = open_log(copied, access);
        if (auto fault = differs(*copy, group.commits); !fault.empty()) return "copy: " + fault;
        if (copy->row(LocalRow::Family::meta, "state") != "as it was") return "a row is missing";
    }
    try {
        log->checkpoint(copied);
        return "a copy is written over another log";
    } catch (const StorageBroken&) {
        return {};
    }
}

// Backups are taken while the company works.
std::string copies_itself_beside_the_writer(const MakeLog& make) {
    const auto log = make();
    const TemporaryDirectory directory;
    CommitChain chain(10);
    std::vector<std::string> appended;
    const auto append = [&](std::size_t commits) {
        const Group group = chain.group(commits);
        for (const SealedCommit& sealed : group.commits) appended.push_back(sealed.bytes);
        return log->append_if(log->tail().position, group);
    };
    bool taken = append(10);
    std::atomic<bool> done = false;
    std::vector<Position> tails;
    std::string fault;
    std::thread copier([&] {
        for (int copy = 0; copy < 4; ++copy) {
            tails.push_back(log->tail().position);
            try {
                log->checkpoint(directory.path() + "/" + std::to_string(copy));
            } catch (const StorageBroken& broken) {
                fault = broken.what();
            }
        }
        done = true;
    });
    while (!done) {
        taken = append(3) && taken;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    copier.join();
    if (!taken) return "a group is turned away beside a copy";
    if (!fault.empty()) return fault;
    for (std::size_t copy = 0; copy < tails.size(); ++copy) {
        const auto copied = open_log(directory.path() + "/" + std::to_string(copy));
        const auto commits = stored_bytes(*copied);
        if (commits.size() < tails[copy]) return "a copy lacks what was there before it was made";
        if (commits.size() > appended.size() ||
            !std::equal(commits.begin(), commits.end(), appended.begin()))
            return "a copy holds something else";
        const auto verdict = verify_chain(*copied, {.schemas = false}, {});
        if (!verdict.sound()) return "copy: " + verdict.difference;
    }
    return {};
}

std::string keeps_the_largest_commit(const MakeLog& make) {
    const auto log = make();
    Commit commit;
    commit.position = 1;
    commit.time = {1};
    commit.commands.resize(1);
    commit.commands[0].events.resize(1);
    commit.commands[0].events[0].data.octets.assign(most_commit_bytes - 4096, '\x7f');
    const SealedCommit sealed = seal(commit, {});
    if (sealed.bytes.size() > most_commit_bytes) return "the drawn commit is too large";
    if (!log->append_if(0, {{sealed}, {}})) return "the largest commit is turned away";
    return differs(*log, {sealed});
}

std::string verifies(const MakeLog& make) {
    const auto log = make();
    CommitChain chain(9);
    Group group = chain.group(60);
    if (!log->append_if(0, group)) return "a group is turned away";
    return verify_chain(*log, {.schemas = false}, {}).difference;
}

}  // namespace

const std::vector<LogPromise>& log_promises() {
    static const std::vector<LogPromise> promises = {
        {"a new log is empty", starts_empty},
        {"commits come back octet by octet, gapless", keeps_commits},
        {"a group for another tail leaves nothing", turns_away_the_wrong_tail},
        {"reading begins anywhere and ends at the tail of the call", reads_from_anywhere},
        {"commands are found by actor and the client's id", finds_commands},
        {"names that run together are told apart", tells_names_apart},
        {"streams know their newest version and their events", knows_streams},
        {"rows ride in a group, are replaced, go and are listed", keeps_rows},
        {"readers beside the writer see whole groups", is_read_beside_the_writer},
        {"a copy is a log of its own", copies_itself},
        {"a copy made beside the writer is whole", copies_itself_beside_the_writer},
        {"the largest commit comes back", keeps_the_largest_commit},
        {"what was appended verifies", verifies},
    };
    return promises;
}

}  // namespace kontor::test
