// How a log is audited: one walk over the commits, then one over each index.
#include "eventstore/chain.h"

#include "domain/core/id.h"
#include "eventstore/hashes.h"
#include "eventstore/log_entries.h"
#include "eventstore/schemas.h"

#include <unordered_map>
#include <unordered_set>

namespace kontor {
namespace {

// Ends the audit; caught in verify_chain only.
struct Difference {
    std::string sentence;
};

std::string name_of(EventPlace place) {
    return std::to_string(place.position) + "." + std::to_string(place.n);
}

// Names in a forged commit are any octets; who reads of them reads text.
std::string told(std::string sentence) {
    if (!is_utf8(sentence))
        for (char& octet : sentence)
            if (octet & 0x80) octet = '?';
    return sentence;
}

class Audit {
public:
    Audit(const EventLog& log, const ChainChecks& checks, ChainVerdict& verdict)
        : log_(log), checks_(checks), verdict_(verdict) {}

    void schemas();
    void commit(Position position, std::string_view bytes);
    void command_entries();
    void stream_entries();

private:
    void link(const OpenedCommit& opened, Position position);
    void commands(const Commit& commit);
    void events(const Commit& commit);

    [[noreturn]] static void differ(std::string sentence) { throw Difference{std::move(sentence)}; }

    const EventLog& log_;
    const ChainChecks& checks_;
    ChainVerdict& verdict_;
    std::uint64_t client_commands_ = 0;
    std::unordered_set<std::int64_t> schemas_;
    // The places of a stream's events, folded into one number, so that memory grows with streams
    // and not with events.
    struct Places {
        std::int64_t count = 0;
        std::uint64_t folded = 0;
        void add(EventPlace place) {
            ++count;
            folded = (folded ^ place.position) * 0x9e37'79b9'7f4a'7c15;
            folded = (folded ^ (folded >> 29) ^ place.n) * 0xbf58'476d'1ce4'e5b9;
            folded ^= folded >> 32;
        }
        bool operator==(const Places&) const = default;
    };
    std::unordered_map<std::string, Places> streams_;
    std::uint64_t stream_events_ = 0;
};

void Audit::schemas() {
    log_.each_row(
        LocalRow::Family::schemas, {}, {}, [&](std::string_view key, std::string_view value) {
            const std::int64_t number = schema_number(value);
            if (key != schema_key(number))
                differ("Schema " + to_text(sha256(value)) + " lies under another schema's number.");
            schemas_.insert(number);
            ++verdict_.schemas;
            return true;
        });
}

void Audit::commit(Position position, std::string_view bytes) {
    const OpenedCommit opened = open_commit(bytes, Hashing::compute);
    if (!opened.fault.empty())
        differ("Commit " + std::to_string(position) + " cannot be read: " + opened.fault + ".");
    link(opened, position);
    commands(opened.commit);
    events(opened.commit);
    verdict_.commits = position;
    verdict_.tail = {position, opened.commit.time, opened.hash};
}

void Audit::link(const OpenedCommit& opened, Position position) {
    const std::string name = "Commit " + std::to_string(position);
    const Position expected = verdict_.tail.position + 1;
    if (position != expected)
        differ(name + " follows commit " + std::to_string(expected - 1) + ": there is a gap.");
    if (static_cast<Position>(opened.commit.position) != position)
        differ(name + " says that it is commit " + std::to_string(opened.commit.position) + ".");
    if (opened.previous != verdict_.tail.hash)
        differ(name + " names " + to_text(opened.previous) + " as the hash of the commit before, " +
               "which is " + to_text(verdict_.tail.hash) + ".");
    if (position > 1 && opened.commit.time <= verdict_.tail.time)
        differ(name + " was recorded at " + to_text(opened.commit.time) +
               ", which is not after the commit before.");
}

void Audit::commands(const Commit& commit) {
    verdict_.commands += commit.commands.size();
    each_client_command(commit, [&](const std::string& id, CommandPlace place) {
        const auto entry = log_.find_command(commit.actor, id);
        if (entry != place)
            differ("Commit " + std::to_string(commit.position) + " holds command " + id + " of " +
                   commit.actor + ", which the index of commands " +
                   (entry ? "has at commit " + std::to_string(entry->position) : "does not have") +
                   ".");
        ++client_commands_;
    });
}

void Audit::events(const Commit& commit) {
    for (const StoredCommand& command : commit.commands)
        for (const StoredEvent& event : command.events) {
            ++verdict_.events;
            if (event.stream.empty() && event.version != 0)
                differ("Commit " + std::to_string(commit.position) + " holds a " + event.type +
                       " with a version but without a stream.");
            if (checks_.schemas && !schemas_.contains(event.schema))
                differ("Commit " + std::to_string(commit.position) + " holds a " + event.type +
                       " whose schema is not in the log.");
        }
    each_event_of_stream(commit, [&](const StoredEvent& event, EventPlace place) {
        Places& places = streams_[event.stream];
        if (event.version != places.count + 1)
            differ("Event " + name_of(place) + " is version " + std::to_string(event.version) +
                   " of " + event.stream + ", which was at " + std::to_string(places.count) + ".");
        places.add(place);
        ++stream_events_;
    });
    verdict_.streams = streams_.size();
}

// Every command of a client was found where it is, so the index holds more exactly when it counts
// more.
void Audit::command_entries() {
    std::uint64_t entries = 0;
    log_.indexes().each_command([&](std::string_view, std::string_view, CommandPlace) {
        ++entries;
        return true;
    });
    if (entries == client_commands_) return;
    log_.indexes().each_command([&](std::string_view actor, std::string_view id,
                                    CommandPlace place) {
        const auto cursor = log_.read_from(place.position);
        Position position = 0;
        std::string_view bytes;
        if (place.position > 0 && cursor->next(position, bytes)) {
            const Commit commit = open_commit(bytes, Hashing::skip).commit;
            if (commit.actor == actor && place.index < commit.commands.size() &&
                commit.commands[place.index].id == id && !commit.commands[place.index].server_made)
                return true;
        }
        differ("The index of commands has " + std::string(id) + " of " + std::string(actor) +
               " at commit " + std::to_string(place.position) + ", which does not hold it.");
    });
    differ("The index of commands counts " + std::to_string(entries) + " entries, the commits " +
           std::to_string(client_commands_) + ".");
}

void Audit::stream_entries() {
    std::uint64_t entries = 0;
    log_.indexes().each_stream([&](std::string_view name, std::int64_t version) {
        const auto stream = streams_.find(std::string(name));
        const Places expected = stream == streams_.end() ? Places{} : stream->second;
        if (version != expected.count)
            differ("The index of streams has " + std::string(name) + " at version " +
                   std::to_string(version) + ", the commits at " + std::to_string(expected.count) +
                   ".");
        Places places;
        log_.indexes().each_of_stream(name, 1, [&](std::int64_t at, EventPlace place) {
            if (at != places.count + 1)
                differ("The index of streams lists event " + std::to_string(at) + " of " +
                       std::string(name) + " after event " + std::to_string(places.count) + ".");
            places.add(place);
            return true;
        });
        if (places != expected)
            differ("The index of streams lists the events of " + std::string(name) +
                   " elsewhere than the commits hold them.");
        ++entries;
        return true;
    });
    const std::uint64_t listed = log_.indexes().listed_events();
    if (entries != streams_.size() || listed != stream_events_)
        differ("The index of streams has " + std::to_string(entries) + " streams and " +
               std::to_string(listed) + " events, the commits " + std::to_string(streams_.size()) +
               " and " + std::to_string(stream_events_) + ".");
}

}  // namespace

ChainVerdict verify_chain(const EventLog& log, const ChainChecks& checks,
                          const std::function<void(Position at, Position tail)>& progress) {
    constexpr Position commits_between_reports = 10'000;
    ChainVerdict verdict;
    Audit audit(log, checks, verdict);
    try {
        const LogTail tail = log.tail();
        audit.schemas();
        const auto cursor = log.read_from(1);
        Position position = 0;
        for (std::string_view bytes; cursor->next(position, bytes);) {
            audit.commit(position, bytes);
            if (progress && position % commits_between_reports == 0)
                progress(position, tail.position);
        }
        if (verdict.tail.position != tail.position || verdict.tail.hash != tail.hash ||
            verdict.tail.time != tail.time)
            throw Difference{"The log says that it ends at commit " +
                             std::to_string(tail.position) + ", but what can be read ends at " +
                             std::to_string(verdict.tail.position) + "."};
        audit.command_entries();
        audit.stream_entries();
        if (progress) progress(verdict.commits, tail.position);
    } catch (const Difference& difference) {
        verdict.difference = told(difference.sentence);
    } catch (const StorageBroken& broken) {
        verdict.difference = broken.what();
    }
    return verdict;
}

}  // namespace kontor
