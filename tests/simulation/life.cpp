// How a burst of requests becomes the same groups on every machine.
#include "tests/simulation/life.h"

#include "tests/simulation/difference.h"

#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>

namespace kontor::simulation {
namespace {

// A limit of patience: what takes so long does not come at all.
constexpr std::chrono::seconds patience{120};

EngineOptions options_of(const Habits& habits) {
    EngineOptions options;
    options.clock = habits.clock;
    options.snapshot_changed_rows = habits.snapshot_changed_rows;
    options.cached_rows = habits.cached_rows;
    options.keys = habits.keys.get();
    return options;
}

ProjectorOptions projecting(const Habits& habits) {
    ProjectorOptions options;
    options.most_commits = habits.most_commits;
    return options;
}

}  // namespace

// Answers in the order in which they came, which is that of the decisions. Kept alive by the
// replies, which may come after somebody lost patience.
class Life::Replies {
public:
    Reply to(const std::shared_ptr<Replies>& self, const Request& request) {
        ++due_;
        return [self, request](std::vector<Answered> answers) {
            const std::lock_guard lock(self->mutex_);
            const bool unknown = !answers.empty() && answers.front().status == 503;
            if (unknown)
                self->answers_.unanswered.push_back(request);
            else
                self->answers_.answered.push_back({request, std::move(answers)});
            ++self->came_;
            self->changed_.notify_all();
        };
    }
    bool any() {
        const std::lock_guard lock(mutex_);
        return came_ > 0;
    }
    Answers all() {
        std::unique_lock lock(mutex_);
        require(changed_.wait_for(lock, patience, [&] { return came_ == due_; }),
                "a request was never answered");
        return std::move(answers_);
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t due_ = 0, came_ = 0;  // due_ belongs to who asks
    Answers answers_;
};

Life::Life(const Catalog& catalog, CrashingLog& log, RowStore& rows, const Habits& habits)
    : catalog_(catalog),
      log_(log),
      engine_(catalog, log, options_of(habits)),
      projector_(catalog, log, rows, read_models(), projecting(habits)) {
    engine_.when_durable([this](LogTail tail) { projector_.tail_moved(tail.position); });
    projector_.tail_moved(engine_.durable().position);
}

Life::~Life() {
    log_.let_go();
    engine_.stop();
    projector_.stop();
}

// What `meanwhile` submits is all there when the decider looks for work; then it has decided it.
void Life::let_decide(const std::function<void()>& meanwhile) {
    std::promise<void> entered, go;
    engine_.between_commands([&](const State&) {
        entered.set_value();
        go.get_future().wait();
    });
    entered.get_future().wait();
    meanwhile();
    go.set_value();
    for (int turn = 0; turn < 2; ++turn) {
        std::promise<void> looked;
        engine_.between_commands([&](const State&) { looked.set_value(); });
        looked.get_future().wait();
    }
}

Life::Answers Life::ask(const Request& first, const std::vector<Request>& others) {
    const auto replies = std::make_shared<Replies>();
    log_.hold();
    engine_.submit(submission_of(catalog_, first), replies->to(replies, first));
    // An engine that broke down between two bursts, as when a snapshot could not be read, answers
    // without the log.
    log_.wait_until_held([&] { return replies->any(); });
    let_decide([&] {
        for (const Request& request : others)
            engine_.submit(submission_of(catalog_, request), replies->to(replies, request));
    });
    log_.let_go();
    return replies->all();
}

bool Life::caught_up(Position position, const std::function<bool()>& in_trouble) {
    constexpr std::chrono::milliseconds between_looks{20};
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!in_trouble() && projector_.broken().empty() && std::chrono::steady_clock::now() < end)
        if (projector_.wait_for(position, between_looks)) return true;
    return false;
}

TableSums Life::state_digest() {
    std::promise<TableSums> sums;
    engine_.between_commands([&](const State& state) { sums.set_value(digest_of(state)); });
    return sums.get_future().get();
}

}  // namespace kontor::simulation
