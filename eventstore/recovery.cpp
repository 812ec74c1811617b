// How a replay uses two processors: one thread reads, checks and decodes, another folds, and a
// third writes the rows of snapshots.
#include "eventstore/recovery.h"

#include "eventstore/threads.h"
#include "eventstore/wire.h"

#include <array>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace kontor {
namespace {

[[noreturn]] void unknown(Position position, std::string_view type) {
    throw StorageBroken("commit " + std::to_string(position) + " holds a " + std::string(type) +
                        ", which this program does not know; it was written by a newer one");
}
[[noreturn]] void unreadable(Position position, std::string_view type) {
    throw StorageBroken("commit " + std::to_string(position) + ": a " + std::string(type) +
                        " cannot be read");
}

// Commits that are read and decoded. Used again and again, so that its values keep their memory.
struct DecodedRun {
    static constexpr std::size_t commits_of_a_run = 256;

    struct Decoded {
        const Catalog::Event* event = nullptr;
        Box value;
    };
    struct Commit {
        Position position = 0;
        std::size_t first = 0, count = 0;  // of `events`
    };
    std::vector<Commit> commits;
    std::vector<Decoded> events;
    std::size_t used = 0;  // of `events`

    void clear() {
        commits.clear();
        used = 0;
    }
    Decoded& next(const Catalog::Event& event) {
        if (used == events.size()) events.emplace_back();
        Decoded& decoded = events[used++];
        if (decoded.event != &event) decoded = {&event, box(*event.spec->type)};
        return decoded;
    }
};

// Reads ahead of the fold, a few runs at most.
class DecodedAhead {
public:
    DecodedAhead(const Catalog& catalog, const EventLog& log, Position from, Position to)
        : catalog_(catalog), log_(log), next_(from), to_(to) {
        reader_ = named_thread("kontor-replay", [this] { read(); });
    }
    ~DecodedAhead() {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        moved_.notify_all();
        reader_.join();
    }
    DecodedAhead(const DecodedAhead&) = delete;
    DecodedAhead& operator=(const DecodedAhead&) = delete;

    // The next run, which is the caller's until the next call; null behind the last.
    const DecodedRun* take() {
        std::unique_lock lock(mutex_);
        if (given_) ++taken_;
        given_ = false;
        moved_.notify_all();
        moved_.wait(lock, [&] { return taken_ < read_ || done_; });
        if (taken_ < read_) {
            given_ = true;
            return &runs_[taken_ % runs_.size()];
        }
        if (failed_) std::rethrow_exception(failed_);
        return nullptr;
    }

private:
    void read() {
        try {
            cursor_ = log_.read_from(next_);
            while (DecodedRun* run = free_run()) {
                fill(*run);
                const std::lock_guard lock(mutex_);
                if (run->commits.empty()) break;
                ++read_;
                moved_.notify_all();
            }
        } catch (...) {
            failed_ = std::current_exception();
        }
        const std::lock_guard lock(mutex_);
        done_ = true;
        moved_.notify_all();
    }
    DecodedRun* free_run() {
        std::unique_lock lock(mutex_);
        moved_.wait(lock, [&] { return stopping_ || read_ - taken_ < runs_.size(); });
        return stopping_ ? nullptr : &runs_[read_ % runs_.size()];
    }
    void fill(DecodedRun& run) {
        run.clear();
        Position position = 0;
        std::string_view bytes;
        while (run.commits.size() < DecodedRun::commits_of_a_run && next_ <= to_ &&
               cursor_->next(position, bytes)) {
            const std::string fault = read_events(bytes, found_);
            if (!fault.empty())
                throw StorageBroken("commit " + std::to_string(position) +
                                    " cannot be read: " + fault);
            if (hash_ && previous_of(bytes) != *hash_)
                throw StorageBroken("commit " + std::to_string(position) +
                                    " does not name the hash of the commit before it");
            hash_ = sha256(bytes);
            run.commits.push_back({position, run.used, found_.size()});
            for (const EventOctets& octets : found_) decode(run, position, octets);
            next_ = position + 1;
        }
    }
    void decode(DecodedRun& run, Position position, const EventOctets& octets) const {
        const Catalog::Event* event = catalog_.event(octets.type);
        if (!event) unknown(position, octets.type);
        if (!from_wire(*event->spec->type, octets.data, run.next(*event).value.get()))
            unreadable(position, octets.type);
    }

    const Catalog& catalog_;
    const EventLog& log_;
    // The reader's own.
    Position next_;
    const Position to_;
    std::unique_ptr<CommitCursor> cursor_;
    std::vector<EventOctets> found_;
    std::optional<Hash> hash_;

    std::mutex mutex_;
    std::condition_variable moved_;
    std::array<DecodedRun, 4> runs_;
    std::size_t read_ = 0, taken_ = 0;  // runs, counted from the first
    bool given_ = false, done_ = false, stopping_ = false;
    std::exception_ptr failed_;
    std::thread reader_;
};

}  // namespace

void replay(const Catalog& catalog, State& state, const Commit& commit) {
    const auto position = static_cast<Position>(commit.position);
    for (const StoredCommand& command : commit.commands) {
        for (const StoredEvent& stored : command.events) {
            const Catalog::Event* event = catalog.event(stored.type);
            if (!event) unknown(position, stored.type);
            const Box value = box(*event->spec->type);
            if (!from_wire(*event->spec->type, stored.data.octets, value.get()))
                unreadable(position, stored.type);
            state.evolve(*event, value.get());
        }
    }
    state.keep();
}

Replay::Replay(const Catalog& catalog, State& state, Snapshots& snapshots, Position from,
               bool write)
    : catalog_(catalog), state_(state), snapshots_(snapshots), write_(write), position_(from) {}

void Replay::fold(const Commit& commit) {
    replay(catalog_, state_, commit);
    folded(static_cast<Position>(commit.position));
}

void Replay::folded(Position position) {
    constexpr std::size_t rows_in_between = 50'000;
    position_ = position;
    if (!write_ || state_.changed() < rows_in_between) return;
    finish_writing();
    writing_ = std::async(
        std::launch::async,
        [this, frozen = Snapshots::freeze(state_, position_)] { snapshots_.write(frozen); });
}

void Replay::finish_writing() {
    if (!writing_.valid()) return;
    writing_.get();
    state_.release();
}

void Replay::snapshot() {
    finish_writing();
    snapshots_.write(Snapshots::freeze(state_, position_));
    state_.release();
}

void Replay::fold_until(const EventLog& log, Position to,
                        const std::function<void(Position at)>& progress) {
    if (position_ >= to) return;
    DecodedAhead ahead(catalog_, log, position_ + 1, to);
    while (const DecodedRun* run = ahead.take()) {
        for (const DecodedRun::Commit& commit : run->commits) {
            for (std::size_t at = commit.first; at < commit.first + commit.count; ++at)
                state_.evolve(*run->events[at].event, run->events[at].value.get());
            state_.keep();
            folded(commit.position);
        }
        if (progress) progress(position_);
    }
    finish_writing();
    if (position_ != to)
        throw StorageBroken("the log says it goes to commit " + std::to_string(to) +
                            " but commits after " + std::to_string(position_) + " are missing");
}

void recover(const Catalog& catalog, EventLog& log, Snapshots& snapshots, State& state,
             const Recovery& how, const Progress& progress) {
    const Position tail = log.tail().position;
    const Position at = snapshots.load(state, how.cached_rows).position;
    if (at > tail)
        throw StorageBroken("the snapshot stands at commit " + std::to_string(at) +
                            " but the log ends at " + std::to_string(tail) +
                            ": commits that were there are missing");
    Replay replay(catalog, state, snapshots, at, how.write);
    replay.fold_until(log, tail, [&](Position reached) {
        if (progress) progress(reached, tail);
    });
    if (how.write && !snapshots.current()) {
        replay.snapshot();
        snapshots.make_current();
    }
    if (progress) progress(tail, tail);
}

}  // namespace kontor
