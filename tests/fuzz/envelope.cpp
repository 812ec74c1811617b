// A commit as it may lie in a log that somebody wrote into, and a whole log of such.
#include "domain/core/date.h"
#include "eventstore/chain.h"
#include "eventstore/hashes.h"
#include "eventstore/log_entries.h"
#include "eventstore/wire.h"
#include "tests/fuzz/octets_log.h"
#include "tests/fuzz/targets.h"

#include <cstring>

namespace kontor::fuzz {
namespace {

// The header that makes any octets a commit whose checksum is right, as a forger would write it.
std::string forged(std::string_view table, const Hash& previous) {
    SealedCommit sealed = seal({}, previous);
    constexpr std::size_t length_at = 8, checksum_at = 16, previous_at = 24, header_size = 56;
    std::string octets = sealed.bytes.substr(0, header_size) + std::string(table);
    const auto put = [&](std::size_t at, std::uint64_t number) {
        for (std::size_t i = 0; i < 8; ++i) octets[at + i] = static_cast<char>(number >> 8 * i);
    };
    put(length_at, octets.size());
    put(checksum_at, xxh3(std::string_view(octets).substr(previous_at)));
    return octets;
}

void check_commit(std::string_view octets) {
    const Exactly stored(octets);
    const OpenedCommit opened = open_commit(stored.view(), Hashing::compute);
    if (!opened.fault.empty()) {
        holds(is_utf8(opened.fault), "a fault is told in UTF-8");
        return;
    }
    holds(opened.hash == sha256(stored.view()), "the hash is of the stored octets");
    const SealedCommit again = seal(opened.commit, opened.previous);
    holds(previous_of(again) == opened.previous, "a commit keeps its link");
    const OpenedCommit back = open_commit(again.bytes, Hashing::compute);
    holds(back.fault.empty(), "what was opened can be sealed and opened");
    holds(back.hash == again.hash, "under the hash that was told");
    holds(to_wire(back.commit) == to_wire(opened.commit), "and says the same");
}

// What a sound verdict promises, looked for again in the plainest way.
void check_sound(const OctetsLog& log, const ChainVerdict& verdict) {
    Hash previous{};
    std::int64_t position = 0;
    Timestamp time;
    std::map<std::string, std::int64_t> versions;
    for (const std::string& octets : log.commits()) {
        const OpenedCommit opened = open_commit(octets, Hashing::compute);
        holds(opened.fault.empty(), "each commit of a sound log can be opened");
        holds(opened.commit.position == ++position, "positions count without gap");
        holds(opened.previous == previous, "each names the hash of the one before");
        holds(position == 1 || opened.commit.time > time, "time goes on");
        each_event_of_stream(opened.commit, [&](const StoredEvent& event, EventPlace) {
            holds(event.version == ++versions[event.stream], "versions count without gap");
        });
        previous = opened.hash;
        time = opened.commit.time;
    }
    holds(verdict.tail.hash == previous, "the tail is the last commit");
    holds(verdict.commits == log.commits().size(), "all commits were looked at");
    holds(verdict.streams == versions.size(), "and all streams");
}

// Tables behind their lengths of two octets; the high bit of a length leaves the link wrong.
void check_chain(std::string_view octets) {
    std::vector<std::string> commits;
    Hash previous{};
    while (octets.size() >= 2 && commits.size() < 16) {
        const std::size_t said = static_cast<unsigned char>(octets[0]) +
                                 256u * (static_cast<unsigned char>(octets[1]) & 0x7f);
        const bool unlinked = octets[1] & 0x80;
        octets.remove_prefix(2);
        const auto table = octets.substr(0, said);
        octets.remove_prefix(table.size());
        commits.push_back(forged(table, unlinked ? Hash{} : previous));
        previous = sha256(commits.back());
    }
    const OctetsLog log(std::move(commits));
    const ChainVerdict verdict = verify_chain(log, {.schemas = false}, [](Position, Position) {});
    holds(is_utf8(verdict.difference), "a difference is told in UTF-8");
    if (verdict.sound()) check_sound(log, verdict);
}

}  // namespace

// The first octet: "r" a commit as it is, "t" a table without its envelope, else a log of tables.
void envelope(std::string_view octets) {
    if (octets.empty()) return;
    const char what = octets.front();
    octets.remove_prefix(1);
    if (what == 'r')
        check_commit(octets);
    else if (what == 't')
        check_commit(forged(octets, Hash{}));
    else
        check_chain(octets);
}

}  // namespace kontor::fuzz
