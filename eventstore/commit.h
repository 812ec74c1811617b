// A commit: one command, or all of an atomic batch, with everything that was decided on it.
#pragma once

#include "domain/core/date.h"
#include "domain/core/describe.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kontor {

// Counts commits from 1, gapless. 0 is before the first.
using Position = std::uint64_t;

// One fact, as it lies in the log. Named `<position>.<n>`, n counting from 0 over the commit.
struct StoredEvent {
    std::string type;          // the event's described name
    std::int64_t schema = 0;   // the first eight octets (big-endian) of its schema's SHA-256
    std::string stream;        // <thing>/<company>/<key>; empty for no stream
    std::int64_t version = 0;  // counts the events of its stream from 1; 0 without a stream
    Date day;                  // when it is true: the company's business day
    std::string company;       // empty for what belongs to every company
    std::string flow;          // the rule that caused it; empty when the command itself did
    Bytes data;                // FlatBuffers table of the event's type

    static void describe(auto& event) {
        event.record("StoredEvent", "One fact of a commit.")
            .field("type", &StoredEvent::type, "Name of the event's type.")
            .field("schema", &StoredEvent::schema, "First eight octets of the schema's SHA-256.")
            .field("stream", &StoredEvent::stream, "The stream it belongs to.")
            .field("version", &StoredEvent::version, "Its number in the stream, from 1.")
            .field("day", &StoredEvent::day, "Business date: when it is true.")
            .field("company", &StoredEvent::company, "Whose it is.")
            .field("flow", &StoredEvent::flow, "The rule that caused it.")
            .field("data", &StoredEvent::data, "The event as a FlatBuffers table.");
    }
};

// How a command ended: 200, or the business refusal that was recorded under a client's id.
struct StoredOutcome {
    std::int64_t status = 200;  // HTTP status
    std::string code;           // of the Reason
    std::string text;           // what was answered: where, about what, the Reason as it was then
    std::string flow;           // the rule whose veto it was
    std::string pointer;        // the part of the command that it is about; may be empty

    static void describe(auto& outcome) {
        outcome.record("StoredOutcome", "How a command ended.")
            .field("status", &StoredOutcome::status, "HTTP status.")
            .field("code", &StoredOutcome::code, "Code of the reason that refused.")
            .field("text", &StoredOutcome::text,
                   "What was answered, in the reason's words of then.")
            .field("flow", &StoredOutcome::flow, "The rule whose veto it was.")
            .field("pointer", &StoredOutcome::pointer, "The part of the command it is about.")
            .otherwise_empty();
    }
};

struct StoredCommand {
    std::string name;
    std::string id;            // the Idempotency-Key; unique for its actor
    bool server_made = false;  // the id was made by the server, so nobody can ask for it again
    Bytes fingerprint;         // BLAKE2b-256 of name and canonical fields
    StoredOutcome outcome;
    std::vector<StoredEvent> events;

    static void describe(auto& command) {
        command.record("StoredCommand", "What was asked, how it ended, what it made true.")
            .field("name", &StoredCommand::name, "Name of the command.")
            .field("id", &StoredCommand::id, "The client's id of the command.")
            .field("server_made", &StoredCommand::server_made, "The id was made by the server.")
            .field("fingerprint", &StoredCommand::fingerprint, "BLAKE2b-256 of its fields.")
            .field("outcome", &StoredCommand::outcome, "How it ended.")
            .field("events", &StoredCommand::events, "What became true, in order.");
    }
};

struct Commit {
    std::int64_t position = 0;
    Timestamp time;     // record time, strictly monotone
    std::string actor;  // the person or program that asked
    std::string key;    // the name of the key that was used
    std::optional<std::string> note;
    std::vector<StoredCommand> commands;

    static void describe(auto& commit) {
        commit.record("Commit", "One command or atomic batch.")
            .field("position", &Commit::position, "Counts commits from 1.")
            .field("time", &Commit::time, "When it was recorded.")
            .field("actor", &Commit::actor, "Who asked.")
            .field("key", &Commit::key, "Name of the key that was used.")
            .field("note", &Commit::note, "Why, in the asker's words.")
            .field("commands", &Commit::commands, "The commands decided.");
    }
};

using Hash = std::array<std::uint8_t, 32>;

// A commit as it is stored: magic, format, length, checksum and the previous commit's hash before
// the FlatBuffers table. The hash is SHA-256 over all of these bytes.
struct SealedCommit {
    Commit commit;
    std::string bytes;
    Hash hash{};
};

constexpr std::size_t most_commit_bytes = 8 * 1024 * 1024;

// The bytes of a commit that follows the one whose hash is `previous` (all zero for the first).
SealedCommit seal(Commit commit, const Hash& previous);

// A stored commit read back. `fault` says in a few words what is wrong: not a commit, written by a
// newer program, cut short, checksum differs, or the table within is malformed.
struct OpenedCommit {
    Commit commit;
    Hash previous{};
    Hash hash{};  // of the stored bytes; computed only when asked for
    std::string fault;
};
enum class Hashing : bool { skip, compute };
OpenedCommit open_commit(std::string_view bytes, Hashing hashing);

// An event as it lies in the octets of its commit, for who folds events and asks nothing else.
struct EventOctets {
    std::string_view type;
    std::string_view data;  // FlatBuffers table of the event's type
};
// The events of a stored commit, in order, whose checksum is looked at first; a quarter of the work
// of `open_commit`. Answers in a few words what is wrong; empty when nothing is.
std::string read_events(std::string_view bytes, std::vector<EventOctets>& events);
// The hash that stored bytes, which are a sound commit's, name as that of the commit before.
Hash previous_of(std::string_view bytes);

// The hash that sealed bytes name as that of the commit before.
Hash previous_of(const SealedCommit& sealed);

}  // namespace kontor
