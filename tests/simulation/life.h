// One life of the program: the engine and the read models, from a start to an end.
#pragma once

#include "eventstore/engine.h"
#include "projections/projector.h"
#include "tests/simulation/crashing_log.h"
#include "tests/simulation/requests.h"

#include <memory>
#include <vector>

namespace kontor::simulation {

// What every life of a history has.
struct Habits {
    std::size_t snapshot_changed_rows = 8;
    std::size_t cached_rows = 4;   // of each paged table
    std::size_t most_commits = 7;  // of a batch of the projector
    std::function<Timestamp()> clock;
    std::shared_ptr<SubjectKeys> keys = memory_subject_keys();  // they outlive every end
};

class Life {
public:
    // Throws StorageBroken when it ended before it began.
    Life(const Catalog& catalog, CrashingLog& log, RowStore& rows, const Habits& habits);
    ~Life();
    Life(const Life&) = delete;
    Life& operator=(const Life&) = delete;

    struct Answers {
        std::vector<Exchange> answered;   // in the order in which they were decided
        std::vector<Request> unanswered;  // 503: nobody knows; in the order of decision
    };
    // Asks `first`, which commits, and while its group is held at the log all others at once: they
    // are decided in turn, lane by lane, and are the next group.
    Answers ask(const Request& first, const std::vector<Request>& others);
    // True when all read models stand at the position; false when they never will.
    bool caught_up(Position position, const std::function<bool()>& in_trouble);
    TableSums state_digest();
    bool broken() const { return !engine_.broken().empty(); }
    const Projector& projector() const { return projector_; }

private:
    class Replies;
    void let_decide(const std::function<void()>& meanwhile);

    const Catalog& catalog_;
    CrashingLog& log_;
    Engine engine_;
    Projector projector_;
};

}  // namespace kontor::simulation
