// Folds the log into all read models, which move together and are the company at one position.
//
// One thread. Live models share one position: a run of commits is one batch of the read-model
// database, with the position in it, so that each event is folded exactly once whatever crashes. A
// model that throws leaves the joint set and stops at its position; the rest go on. A new version,
// or a rebuild, is built beside the live one and takes its place when it has caught up.
#pragma once

#include "domain/core/catalog.h"
#include "eventstore/canonical.h"
#include "eventstore/event_log.h"
#include "projections/projection.h"
#include "projections/rows.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace kontor {

// A query that some read model answers.
struct QueryRef {
    const ReadModelSpec* spec;
    const QuerySpec* query;
};

// All read models as of one position. Kept alive by who holds it.
class ReadView : public ReadModels {
public:
    struct Model {
        const ReadModelSpec* spec = nullptr;
        std::shared_ptr<void> model;  // null while it is being built for the first time
        std::string prefix;           // its rows lie here
        Position position = 0;        // where it stands; that of the view unless it stopped
        std::string stopped;          // why it stopped; empty for a live one
    };

    const void* model(std::type_index type) const override;
    const Model* named(std::string_view name) const;

    Position position = 0;
    std::shared_ptr<const RowReader> rows;
    std::vector<Model> models;
};

struct ProjectorOptions {
    std::size_t most_commits = 2'000;   // of a batch
    std::size_t most_bytes = 8u << 20;  // of the commits of a batch
    // Models that have more commits than this before them, and those that are being built, hold
    // what they fold in memory and write so many bytes at a time, in the order of their keys; live
    // ones no longer than this, so that who asks sees them come nearer.
    std::size_t far_behind = 20'000;
    std::size_t most_held_bytes = 32u << 20;
    std::chrono::milliseconds longest_held{1'000};
    // Behind a batch of so many commits, those that nobody waits for are folded no sooner than so
    // long after it.
    std::size_t gathered_after = 8;
    std::chrono::milliseconds gathered_for{10};
    std::function<void(const std::string& sentence)> report;  // what an operator must know
};

class Projector {
public:
    // Opens what is there: read models that are ahead of the log, or of another log, are thrown
    // away; new versions begin to be built. Starts the thread.
    Projector(const Catalog& catalog, const EventLog& log, RowStore& store,
              std::vector<ReadModelSpec> specs, ProjectorOptions options);
    ~Projector();
    Projector(const Projector&) = delete;
    Projector& operator=(const Projector&) = delete;

    // The log's durable tail has moved.
    void tail_moved(Position tail);
    std::shared_ptr<const ReadView> view() const;
    std::optional<QueryRef> query(std::string_view name) const;
    const std::vector<ReadModelSpec>& specs() const { return specs_; }

    // Calls back with true once the live models stand at the position or beyond, or with false when
    // the deadline has passed or the projector stops. May call back at once.
    using Reached = std::function<void(bool reached)>;
    void when_at(Position position, std::chrono::steady_clock::time_point deadline,
                 Reached reached);
    // The same and waits.
    bool wait_for(Position position, std::chrono::milliseconds at_most);

    // Builds a model, or all, anew beside the live one. False when there is no such model.
    bool rebuild(std::string_view name);
    void rebuild_all();

    // Runs on the projector's thread between two batches: the database belongs to that thread.
    void between_batches(std::function<void(RowStore&)> work);

    struct Status {
        std::string name;
        int version;
        Position position;
        bool building;  // the first time, or anew
        std::string stopped;
    };
    std::vector<Status> status() const;
    Position tail() const;
    // Empty while all is well; else why the database can take no more.
    std::string broken() const;

    // What a database of read models says that it holds, for those who only look at it.
    struct Stored {
        struct Model {
            std::string name;
            int version = 0;
            std::string prefix;  // its rows lie here
            Position position = 0;
            bool live = false;
            std::string stopped;
        };
        Position position = 0;
        std::string hash;  // of the commit there, 32 octets
        std::vector<Model> models;
    };
    // Empty when the rows are of no projector; throws StorageBroken when they cannot be read.
    static std::optional<Stored> stored(const RowReader& rows);
    // The sum of the digests of a model's stored rows in a view.
    static DigestSum digest(const ReadView& view, const ReadView::Model& model);

    void stop();

private:
    // A model with the rows it folds into.
    struct Folding {
        const ReadModelSpec* spec = nullptr;
        std::uint32_t number = 0;  // names its rows' place
        std::shared_ptr<void> model;
        Position position = 0;  // what is folded
        Position stored = 0;    // what of it the database has
        std::string stopped;
        bool replaces = false;  // a rebuild of a version that is live
    };
    struct Waiter {
        Position position;
        std::chrono::steady_clock::time_point deadline;
        Reached reached;
    };
    // Models that are folded together: each event is read once and given to all that fold it.
    using Together = std::vector<Folding*>;
    struct Folded {
        Position through = 0;        // the last commit that all have folded
        Folding* thrower = nullptr;  // who threw, and in which words; null while all is well
        std::string why;
    };

    void open();
    void start_building(const ReadModelSpec& spec, bool replaces);
    Folding folding(const ReadModelSpec& spec, std::uint32_t number) const;
    void loop();
    bool is_asked() const;
    void gather(std::unique_lock<std::mutex>& lock);
    bool fold_live(Position tail);
    bool fold_building();
    void commit_live();
    void commit_building();
    // Folds a run of commits, at most up to `to`, into all of them.
    Folded fold(const Together& models, Position after, Position to, RowWriter& rows) const;
    // A model that has caught up stands in place of the one before; false when none has.
    bool take_place();
    void compare_rows(const Folding& old_rows, const Folding& new_rows) const;
    void write_register(RowWriter& rows) const;
    void publish();
    void call_waiters(bool stopping);
    void report(const std::string& sentence) const;

    const Catalog& catalog_;
    const EventLog& log_;
    RowStore& store_;
    std::vector<ReadModelSpec> specs_;
    ProjectorOptions options_;

    // The thread's own.
    std::vector<Folding> live_, building_;
    Position position_ = 0;    // of the live models, as the database has them
    Position folded_ = 0;      // the same with what `batch_` holds
    Position last_batch_ = 0;  // how many commits the last batch of the live models held
    std::uint32_t next_number_ = 1;
    std::chrono::steady_clock::time_point written_{};  // when the live models last were
    std::unique_ptr<RowBatch> batch_;                  // of the live models
    std::unique_ptr<RowBatch> building_batch_;         // of those being built

    mutable std::mutex mutex_;
    std::condition_variable work_;
    Position tail_ = 0;
    std::shared_ptr<const ReadView> view_;
    std::vector<Status> status_;
    std::vector<Waiter> waiters_;
    std::vector<std::string> rebuilds_;
    std::vector<std::function<void(RowStore&)>> works_;
    std::string broken_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace kontor
