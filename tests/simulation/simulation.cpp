// The course of a history: bursts, ends, restarts, and what is compared after each.
#include "tests/simulation/simulation.h"

#include "domain/contexts.h"
#include "eventstore/moments.h"
#include "projections/memory_rows.h"
#include "tests/simulation/clients.h"
#include "tests/simulation/life.h"

#include <algorithm>
#include <filesystem>

namespace kontor::simulation {
namespace {

const Catalog& the_catalog() {
    static const auto catalog = make_catalog();
    return *catalog;
}

std::string first_difference(const TableSums& a, const TableSums& b) {
    for (const auto& [table, sum] : a) {
        const auto other = b.find(table);
        if (other == b.end() || !(other->second == sum)) return table;
    }
    return {};
}

// Another one after each snapshot.
std::string snapshot_mark(const EventLog& log) {
    std::string mark;
    log.each_row(LocalRow::Family::meta, {}, {}, [&](std::string_view key, std::string_view value) {
        mark.append(key).append(value);
        return true;
    });
    return mark;
}

class History {
public:
    History(std::uint64_t seed, Ground& ground) : dice_(seed), clients_(dice_), ground_(ground) {
        habits_.snapshot_changed_rows = 1 + dice_.below(24);
        habits_.cached_rows = 1 + dice_.below(24);
        habits_.most_commits = 1 + dice_.below(20);
        habits_.clock = [this] { return time(); };
    }
    ~History() { life_.reset(); }
    History(const History&) = delete;
    History& operator=(const History&) = delete;

    void run();
    Counts counts() const;

private:
    Timestamp time();
    void begin();
    void begin_again();
    void end();
    void live(std::vector<Request> requests);
    void plan_end();
    bool check_figures();
    bool check_end();
    void check_state();
    void check_read_models();

    test::Dice dice_;
    Clients clients_;
    Ground& ground_;
    Habits habits_;
    Auditor auditor_;
    std::unique_ptr<CrashingLog> log_;
    std::unique_ptr<Life> life_;
    std::vector<Request> unanswered_, asked_again_;
    std::int64_t seconds_ = 1'780'000'000;
    std::atomic<std::uint64_t> ticks_ = 0;
    Counts counts_;
};

// Each question is some milliseconds later than the one before; a restart may set it back.
Timestamp History::time() {
    return {seconds_ * 1'000'000 + static_cast<std::int64_t>(++ticks_) * 7'000};
}

void History::begin() {
    if (dice_.one_in(2)) ground_.plan_trouble(dice_);
    ground_.open();
    log_ = std::make_unique<CrashingLog>(ground_.log());
    if (dice_.one_in(6))
        log_->end_at_any(1 + dice_.below(2), static_cast<CrashingLog::Left>(dice_.one_in(2)));
    life_ = std::make_unique<Life>(the_catalog(), *log_, ground_.rows(), habits_);
}

void History::end() {
    life_.reset();
    if (log_) counts_.snapshots += log_->counts().snapshots;
    ground_.close(dice_);
    if (dice_.one_in(3)) seconds_ += dice_.between(-4'000, 90'000);
}

// Until it stands: it may end while it begins.
void History::begin_again() {
    std::map<Position, std::string> tried;
    std::vector<Position> ends;
    if (log_) {
        tried = log_->tried();
        ends = log_->ends_of_groups();
        log_.reset();
    }
    constexpr int most = 60;
    for (int attempt = 0; attempt < most; ++attempt) {
        ++counts_.restarts;
        try {
            begin();
        } catch (const StorageBroken& why) {
            const bool expected = (log_ && log_->ended()) || ground_.in_trouble();
            require(expected, std::string("the program does not start: ") + why.what());
            ++counts_.crashes;
            end();
            log_.reset();
            continue;
        }
        auditor_.came_back(*log_, unanswered_, tried, ends);
        for (const Request& request : unanswered_)
            if (!dice_.one_in(5) && std::ranges::all_of(request.lines, [](const Line& line) {
                    return line.id.has_value();
                }))
                asked_again_.push_back(request);
        counts_.unanswered += unanswered_.size();
        unanswered_.clear();
        return;
    }
    throw Difference("the program did not start " + std::to_string(most) + " times in a row");
}

void History::plan_end() {
    if (!dice_.one_in(6)) ground_.plan_trouble(dice_);
    const auto left = static_cast<CrashingLog::Left>(dice_.one_in(2));
    if (dice_.one_in(4))
        log_->end_at(1 + dice_.below(3), left);
    else if (dice_.one_in(12))
        log_->end_at_any(1 + dice_.below(4), left);
}

void History::live(std::vector<Request> requests) {
    plan_end();
    requests.insert(requests.begin(), asked_again_.begin(), asked_again_.end());
    asked_again_.clear();
    Life::Answers answers = life_->ask(clients_.refused(), requests);
    require(log_->fault().empty(), "the log was given what it cannot keep: " + log_->fault());
    for (const Exchange& exchange : answers.answered) auditor_.answered(exchange);
    unanswered_ = std::move(answers.unanswered);
    const bool over = log_->ended() || ground_.in_trouble() || life_->broken();
    require(over || unanswered_.empty(), "a request was answered 503 while nothing was wrong");
    if (!over && dice_.one_in(3)) check_figures();
    if (!over && !dice_.one_in(10)) return;
    if (over) ++counts_.crashes;
    end();
    begin_again();
}

// False when trouble came before the read models were there.
bool History::check_figures() {
    const bool caught_up = life_->caught_up(auditor_.tail(), [&] { return ground_.in_trouble(); });
    if (!caught_up && ground_.in_trouble()) return false;
    require(caught_up, "the read models do not reach the end of the log");
    try {
        auditor_.check_figures(life_->projector(), dice_);
    } catch (const Difference& figure) {
        // Tells rows that went bad from a fold that was never right.
        std::string rebuilt = "a rebuild says the same";
        try {
            check_read_models();
        } catch (const Difference& why) {
            rebuilt = why.what();
        }
        throw Difference(std::string(figure.what()) + "; " + rebuilt);
    }
    return true;
}

// The live state is the one that a snapshot and the commits after it give, and the one that all
// commits give.
void History::check_state() {
    const TableSums live = life_->state_digest();
    State replayed(the_catalog());
    const auto cursor = log_->read_from(1);
    Position position = 0;
    for (std::string_view bytes; cursor->next(position, bytes);)
        replay(the_catalog(), replayed, sound_commit(position, bytes));
    const std::string differs = first_difference(live, digest_of(replayed));
    require(differs.empty(), "the live state differs from a replay of the log in " + differs);
    // The engine may write a snapshot meanwhile, under the feet of a state that reads its rows as
    // it needs them; a start has the log to itself.
    std::string stale, mark;
    do {
        mark = snapshot_mark(*log_);
        State recovered(the_catalog());
        Snapshots snapshots(the_catalog(), *log_);
        recover(the_catalog(), *log_, snapshots, recovered, {.cached_rows = habits_.cached_rows},
                {});
        stale = first_difference(live, digest_of(recovered));
    } while (mark != snapshot_mark(*log_));
    require(stale.empty(),
            "the live state differs from its snapshot and the commits after it in " + stale);
}

void History::check_read_models() {
    MemoryRows rows;
    ProjectorOptions options;
    options.most_commits = 1 + dice_.below(30);
    Projector anew(the_catalog(), *log_, rows, read_models(), options);
    anew.tail_moved(auditor_.tail());
    require(anew.wait_for(auditor_.tail(), std::chrono::minutes(2)), "a rebuild does not end");
    const auto live = life_->projector().view(), rebuilt = anew.view();
    require(live->position == rebuilt->position, "the read models are not at the end of the log");
    for (const ReadView::Model& model : live->models) {
        const auto* other = rebuilt->named(model.spec->name);
        require(model.stopped.empty() && other && other->stopped.empty(),
                "read model " + std::string(model.spec->name) + " stopped: " + model.stopped);
        require(Projector::digest(*live, model) == Projector::digest(*rebuilt, *other),
                "read model " + std::string(model.spec->name) + " differs from its rebuild");
    }
}

// False when trouble came before the read models were there.
bool History::check_end() {
    auditor_.came_back(*log_, {}, log_->tried(), log_->ends_of_groups());
    if (!check_figures()) return false;
    check_state();
    check_read_models();
    return true;
}

void History::run() {
    begin_again();
    const std::vector<Request> opening = clients_.opening();
    do live(opening);
    while (auditor_.books().companies().size() < opening.size());
    const std::uint64_t bursts = 2 + dice_.below(14);
    for (std::uint64_t at = 0; at < bursts; ++at) live(clients_.burst(auditor_.books()));
    // The last life is one without an end, so that everything can be compared.
    end();
    while (true) {
        begin_again();
        if (log_->ended() || ground_.in_trouble()) {
            end();
            continue;
        }
        log_->end_at(0, CrashingLog::Left::nothing_of_the_group);
        const Life::Answers answers = life_->ask(clients_.refused(), asked_again_);
        asked_again_.clear();
        for (const Exchange& exchange : answers.answered) auditor_.answered(exchange);
        unanswered_ = answers.unanswered;
        if (unanswered_.empty() && !ground_.in_trouble() && check_end()) break;
        end();
    }
    counts_.snapshots += log_->counts().snapshots;
}

Counts History::counts() const {
    Counts counts = counts_;
    counts.histories = 1;
    counts.audit = auditor_.counts();
    counts.ground = ground_.counts;
    return counts;
}

Told run(std::uint64_t seed, Ground& ground) {
    Told told;
    told.seed = seed;
    History history(seed, ground);
    try {
        history.run();
    } catch (const std::exception& why) {
        told.difference = "Seed " + std::to_string(seed) + ": " + why.what() + ".";
    }
    told.counts = history.counts();
    return told;
}

}  // namespace

void Counts::add(const Counts& more) {
    histories += more.histories;
    audit.add(more.audit);
    ground.add(more.ground);
    crashes += more.crashes;
    restarts += more.restarts;
    unanswered += more.unanswered;
    snapshots += more.snapshots;
}

Told simulate(std::uint64_t seed) {
    const auto ground = memory_ground();
    return run(seed, *ground);
}

Told simulate_on_disk(std::uint64_t seed, const std::string& directory, bool synced) {
    std::filesystem::remove_all(directory);
    std::filesystem::create_directories(directory);
    Told told;
    {
        const auto ground = disk_ground(directory, synced);
        told = run(seed, *ground);
    }
    std::filesystem::remove_all(directory);
    return told;
}

std::string table_of(const Counts& counts) {
    const std::pair<const char*, std::uint64_t> lines[] = {
        {"histories", counts.histories},
        {"commands answered", counts.audit.commands},
        {"  of these repeats", counts.audit.repeats},
        {"  refused by the business", counts.audit.refusals},
        {"  turned away or dry", counts.audit.others},
        {"requests without an answer", counts.unanswered},
        {"  of these in the log after all", counts.audit.kept_unanswered},
        {"ends at an append or by the disk", counts.crashes},
        {"starts", counts.restarts},
        {"snapshots", counts.snapshots},
        {"corners compared", counts.audit.corners},
        {"power cuts", counts.ground.cuts},
        {"syncs that failed", counts.ground.sync_fails},
        {"full disks", counts.ground.full_disks},
        {"octets lost in cuts", counts.ground.lost_octets},
        {"unsynced octets that stayed", counts.ground.kept_octets},
        {"names lost in cuts", counts.ground.lost_names},
        {"starts refused for a torn manifest", counts.ground.torn_manifests},
    };
    std::string table;
    for (const auto& [name, count] : lines) {
        std::string line = name;
        line.resize(36, ' ');
        std::string number = std::to_string(count);
        if (number.size() < 12) number.insert(0, 12 - number.size(), ' ');
        table += line + number + "\n";
    }
    return table;
}

}  // namespace kontor::simulation
