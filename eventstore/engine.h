// The one writer: commands are decided in order, and durable together with whatever waits.
//
// Three threads. One decides: it takes what waits, connection by connection in turn, and decides
// each on the state as all earlier ones left it. The second makes groups durable: what was decided
// while the last group was being synced is the next group. No answer leaves before everything that
// it was decided on is durable. The third writes out the rows of snapshots, which then ride in a
// group.
#pragma once

#include "domain/access/rights.h"
#include "domain/core/state.h"
#include "eventstore/deciding.h"
#include "eventstore/deciding_keys.h"
#include "eventstore/event_log.h"
#include "eventstore/recovery.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace kontor {

// Who asks: the person or program, through which key. A key that is revoked meanwhile is refused.
struct Asker {
    std::string actor;
    std::string key;
    bool trusted = false;  // the program itself, at its first start
};

struct Ask {
    const Catalog::Command* command = nullptr;
    std::shared_ptr<const void> value;     // of the command's type
    std::optional<std::string> id;         // the client's; else the server makes one
    std::optional<std::int64_t> if_match;  // the version of the command's stream that was seen
    Hash fingerprint{};                    // of command and value; `submit` fills it
    std::string keyed{};  // the same of what is personal; the engine fills it when it seals
};

struct Submission {
    Asker asker;
    std::vector<Ask> asks;  // one, or all lines of an atomic batch
    bool dry_run = false;
    std::optional<std::string> note;
    std::uint64_t lane = 0;      // commands of one lane are decided in order; lanes take turns
    bool may_be_refused = true;  // 503 when the queue is full; batches wait by themselves instead
};

// The HTTP status says which "no" it is; `code` and `text` are the reason's.
struct Answered {
    int status = 200;
    std::string id;
    std::string code;
    std::string text;
    std::string flow;
    std::string pointer;  // the part of the command that a refusal is about; may be empty
    bool replayed = false;
    std::optional<Position> position;  // absent for a dry run and for what left no commit
    std::optional<Timestamp> time;
    struct Event {
        const Type* type;
        std::string stream;
        std::int64_t version;
        std::shared_ptr<const void> value;
    };
    std::vector<Event> events;
};
// Called once, with an answer for each ask, from a thread of the engine: it must not block.
using Reply = std::function<void(std::vector<Answered>)>;

struct EngineOptions {
    std::function<Timestamp()> clock;  // the system's when empty
    // Who may do what, as the state says; empty: everybody everything (small tests).
    std::function<access::Rights(const World&)> rights;
    // The time zone of a company; empty: UTC.
    std::function<std::string_view(const World&, const CompanyCode&)> zone_of;
    // The keys of persons, which outlive the engine; null where nothing is personal.
    SubjectKeys* keys = nullptr;
    std::size_t most_waiting = 4096;  // submissions; beyond it 503
    std::size_t snapshot_changed_rows = 4'096;
    std::size_t cached_rows = 512;  // of each paged table
    std::size_t most_group_bytes = 16u << 20;
    Progress progress;  // of the recovery at start
};

class Engine {
public:
    // Recovers the state up to the tail, stores the schemas that the log lacks, starts the threads.
    Engine(const Catalog& catalog, EventLog& log, EngineOptions options);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    void submit(Submission submission, Reply reply);
    // The same and waits: for tests and tools.
    std::vector<Answered> ask(Submission submission);

    // As of the last durable commit.
    std::shared_ptr<const access::Rights> rights() const;
    LogTail durable() const;
    // Calls back with the tail after each group that held commits; from a thread of the engine.
    void when_durable(std::function<void(LogTail)> call);
    // Empty while all is well; else the sentence that says why the engine stopped for good.
    std::string broken() const;

    // Runs between two commands on the state as decided; for digests and checkpoints.
    void between_commands(std::function<void(const State&)> look);

    struct Counters {
        std::uint64_t decided = 0, refused = 0, groups = 0, commits = 0, waiting = 0;
    };
    Counters counters() const;

    // Decides and answers everything that was submitted, then ends the threads.
    void stop();

private:
    struct Waiting {
        Submission submission;
        Reply reply;
    };
    using Lane = std::list<Waiting>;
    struct Settled {
        Reply reply;
        std::vector<Answered> answers;
    };
    // What becomes durable together, and what leaves then.
    struct Forming {
        Group group;
        std::size_t bytes = 0;
        bool closed = false;
        KeyChanges keys;
        std::vector<Settled> settled;
        std::shared_ptr<const access::Rights> rights;  // when they changed within
        bool snapshot = false;
    };
    // Of commits that are not durable yet, by what the log will answer for later. Belongs to the
    // decider, which forgets what has become durable when it next looks.
    struct Overlay {
        std::unordered_map<std::string, CommandPlace> commands;
        struct Version {
            std::int64_t version;
            Position position;
        };
        std::unordered_map<std::string, Version> streams;
        // Keys of both, in the order of their commits.
        struct Key {
            Position position;
            const std::string* command;  // else a stream
            const std::string* stream;
        };
        std::deque<Key> keys;

        void add(const Commit& commit);
        void forget_until(Position durable);
    };
    // Versions of streams as this commit will leave them.
    using Versions = std::unordered_map<std::string, std::int64_t>;

    void decide_loop();
    void sync_loop();
    void settle(Waiting waiting);
    std::vector<Answered> decide(Submission& submission);
    // Seals what is personal in it before anybody looks at it; a line each, none where no line is.
    std::vector<SealedCommand> seal_personal(Submission& submission);
    // Whether it is about nobody, or about somebody who was erased; then it has answered.
    bool cannot_be_kept(const SealedCommand& sealed, Answered& answer) const;
    // The event as the asker may see it, opened or sealed; `fault` says what did not open.
    std::shared_ptr<const void> shown(const Catalog::Event& event,
                                      const std::shared_ptr<const void>& value, const Asker& asker,
                                      std::string& fault) const;
    // The checks at the door, in order; true when they answered.
    bool turned_away(const Submission& submission, std::vector<Answered>& answers) const;
    bool repeated(const Submission& submission, std::vector<Answered>& answers);
    bool version_differs(const Ask& ask, Versions& versions, Answered& answer);
    void refuse(const Submission& submission, std::size_t at, const Refused& refused, Timestamp now,
                std::vector<Answered>& answers);
    void append(Commit commit);
    void carry_out_erasures_of(const Forming& group);
    bool give_to_group(Settled& settled);
    Commit new_commit(const Submission& submission, Timestamp now) const;
    StoredEvent stored(const Happened& happened, Timestamp now, Versions& versions);
    Context context_for(const Submission& submission, const Ask& ask, Timestamp now) const;
    std::string_view zone_of(const std::string& company) const;
    Commit commit_at(Position position) const;
    Answered from_commit(const Commit& commit, std::uint32_t index, const Asker& asker) const;
    std::int64_t version_of(const std::string& stream, Versions& versions) const;
    void refresh_rights(const std::vector<Happened>& happened);
    void snapshot_when_due();
    void snapshot_loop();
    void look_when_asked();
    Forming& forming();
    bool make_durable(Forming& group);
    Timestamp next_time() const;
    void break_down(const std::string& why);

    const Catalog& catalog_;
    EventLog& log_;
    EngineOptions options_;
    State state_;
    Snapshots snapshots_;
    std::unordered_map<const Type*, std::int64_t> schema_of_;  // of events

    // The decider's own.
    LogTail decided_;
    std::shared_ptr<const access::Rights> deciding_rights_;
    bool rights_changed_ = false;  // by the command that is being decided
    Overlay overlay_;
    DecidingKeys keys_;
    KeyChanges key_changes_;              // of the command that is being decided
    std::optional<SealedCommit> sealed_;  // of the command that is being decided

    std::atomic<Position> durable_position_{0};
    std::atomic<bool> is_broken_{false};

    mutable std::mutex mutex_;
    std::condition_variable work_, group_, snapshot_;
    std::unordered_map<std::uint64_t, Lane> lanes_;
    std::deque<std::uint64_t> turns_;  // lanes with something waiting
    std::size_t waiting_ = 0;
    std::deque<std::function<void(const State&)>> looks_;
    std::deque<Forming> forming_;  // the front one may be on its way to the disk
    bool stopping_ = false, decider_done_ = false, snapshotter_done_ = false;
    // A snapshot goes from being frozen to being encoded, synced and released.
    enum class SnapshotStep : std::uint8_t { none, frozen, encoding, in_group, durable };
    std::atomic<SnapshotStep> snapshot_step_{SnapshotStep::none};
    Snapshots::Frozen frozen_;  // while the step is `frozen`
    std::string broken_;
    LogTail durable_;
    std::shared_ptr<const access::Rights> durable_rights_;
    std::vector<std::function<void(LogTail)>> listeners_;
    Counters counters_;

    std::thread decider_, syncer_, snapshotter_;
};

}  // namespace kontor
