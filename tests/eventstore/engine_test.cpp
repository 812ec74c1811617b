// The one writer: what it promises about order, repeats, durability, refusals and failures.
#include "eventstore/engine.h"
#include "eventstore/event_log.h"
#include "eventstore/moments.h"
#include "tests/support/warehouse.h"

#include <catch2/catch.hpp>

#include <condition_variable>
#include <future>
#include <mutex>
#include <random>
#include <thread>

namespace kontor {
namespace {

using namespace warehouse;

const Catalog& the_catalog() {
    static const auto catalog = warehouse::catalog();
    return *catalog;
}

template <class C>
Ask asking(C command, std::optional<std::string> id = {}, std::optional<std::int64_t> seen = {}) {
    return {the_catalog().command(&type_of<C>()), std::make_shared<const C>(std::move(command)),
            std::move(id), seen};
}

Submission from(std::vector<Ask> asks) {
    Submission submission;
    submission.asker = {"ann", "ann's key"};
    submission.asks = std::move(asks);
    return submission;
}
template <class C>
Submission one(C command, std::optional<std::string> id = {},
               std::optional<std::int64_t> seen = {}) {
    return from({asking(std::move(command), std::move(id), seen)});
}
Submission dry(Submission submission) {
    submission.dry_run = true;
    return submission;
}

// A log whose disk can be made to wait, or to fail.
class SlowLog : public EventLog {
public:
    LogTail tail() const override { return log_->tail(); }
    bool append_if(Position expected, const Group& group) override {
        std::unique_lock lock(mutex_);
        ++attempts_;
        reached_.notify_all();
        let_go_.wait(lock, [&] { return !held_; });
        if (failing_) throw StorageBroken("the disk is on fire");
        return log_->append_if(expected, group);
    }
    std::unique_ptr<CommitCursor> read_from(Position position) const override {
        return log_->read_from(position);
    }
    std::optional<CommandPlace> find_command(std::string_view actor,
                                             std::string_view id) const override {
        return log_->find_command(actor, id);
    }
    std::int64_t tail_of(std::string_view stream) const override { return log_->tail_of(stream); }
    const LogIndexes& indexes() const override { return log_->indexes(); }
    std::optional<std::string> row(LocalRow::Family family, std::string_view key) const override {
        return log_->row(family, key);
    }
    void each_row(
        LocalRow::Family family, std::string_view prefix, std::string_view from,
        const std::function<bool(std::string_view, std::string_view)>& call) const override {
        log_->each_row(family, prefix, from, call);
    }
    void checkpoint(const std::string& directory) override { log_->checkpoint(directory); }

    void hold() {
        const std::lock_guard lock(mutex_);
        held_ = true;
        attempts_ = 0;
    }
    void wait_until_held() {
        std::unique_lock lock(mutex_);
        reached_.wait(lock, [&] { return attempts_ > 0; });
    }
    void let_go(bool failing = false) {
        const std::lock_guard lock(mutex_);
        held_ = false;
        failing_ = failing;
        let_go_.notify_all();
    }

private:
    std::unique_ptr<EventLog> log_ = memory_event_log();
    std::mutex mutex_;
    std::condition_variable reached_, let_go_;
    bool held_ = false, failing_ = false;
    int attempts_ = 0;
};

// Everything is decided with hardly a row in memory: each commit is a snapshot as soon as the one
// before is durable, and one row that was read is kept.
EngineOptions forgetful() {
    EngineOptions options;
    options.snapshot_changed_rows = 1;
    options.cached_rows = 1;
    return options;
}

struct House {
    explicit House(EngineOptions options = forgetful())
        : engine(the_catalog(), log, std::move(options)) {}
    Answered ask(Submission submission) { return engine.ask(std::move(submission)).front(); }
    Answered open(const char* bin) { return ask(one(OpenBin{{bin}})); }

    SlowLog log;
    Engine engine;
};

std::future<std::vector<Answered>> begin(Engine& engine, Submission submission) {
    auto promise = std::make_shared<std::promise<std::vector<Answered>>>();
    auto future = promise->get_future();
    engine.submit(std::move(submission), [promise](std::vector<Answered> answers) {
        promise->set_value(std::move(answers));
    });
    return future;
}

bool waits(const std::future<std::vector<Answered>>& future) {
    return future.wait_for(std::chrono::milliseconds(20)) == std::future_status::timeout;
}

}  // namespace

TEST_CASE("accepted commands are commits without a gap") {
    House house;
    CHECK(house.open("A").position == 1);
    CHECK(house.open("B").position == 2);
    const Answered moved = house.ask(one(MovePieces{{"A"}, 5}));
    CHECK(moved.position == 3);
    REQUIRE(moved.events.size() == 1);
    CHECK(moved.events[0].stream == "bin/A");
    CHECK(moved.events[0].version == 2);
    CHECK(*static_cast<const PiecesMoved*>(moved.events[0].value.get()) ==
          PiecesMoved{{"A"}, 5, 5});
    CHECK(house.engine.durable().position == 3);
}

TEST_CASE("a refusal without a client's id leaves nothing") {
    House house;
    const Answered refused = house.ask(one(MovePieces{{"A"}, 1}));
    CHECK(refused.status == 404);
    CHECK(refused.code == "bin_unknown");
    CHECK_FALSE(refused.position);
    CHECK(house.log.tail().position == 0);
}

TEST_CASE("a repeat answers what the first answered") {
    House house;
    const Answered first = house.ask(one(OpenBin{{"A"}}, "id-1"));
    const Answered again = house.ask(one(OpenBin{{"A"}}, "id-1"));
    CHECK(again.status == 200);
    CHECK(again.replayed);
    CHECK(again.position == first.position);
    CHECK(again.time == first.time);
    REQUIRE(again.events.size() == 1);
    CHECK(*static_cast<const BinOpened*>(again.events[0].value.get()) == BinOpened{{"A"}});
    CHECK(house.log.tail().position == 1);

    SECTION("the same id for other input is refused") {
        const Answered other = house.ask(one(OpenBin{{"B"}}, "id-1"));
        CHECK(other.status == 422);
        CHECK(other.code == "id_of_other_input");
        CHECK(house.log.tail().position == 1);
    }
    SECTION("another actor's id is another id") {
        Submission bobs = one(OpenBin{{"B"}}, "id-1");
        bobs.asker.actor = "bob";
        CHECK(house.ask(std::move(bobs)).status == 200);
    }
}

TEST_CASE("a refused id stays refused") {
    House house;
    CHECK(house.ask(one(MovePieces{{"A"}, 1}, "id-1")).status == 404);
    house.open("A");
    const Answered again = house.ask(one(MovePieces{{"A"}, 1}, "id-1"));
    CHECK(again.status == 404);
    CHECK(again.code == "bin_unknown");
    CHECK(again.replayed);
    CHECK(house.ask(one(MovePieces{{"A"}, 1}, "id-2")).status == 200);
}

TEST_CASE("a dry run says what would happen and leaves nothing") {
    House house;
    house.open("A");
    const Answered tried = house.ask(dry(one(MovePieces{{"A"}, 5}, "id-1")));
    CHECK(tried.status == 200);
    CHECK_FALSE(tried.position);
    REQUIRE(tried.events.size() == 1);
    CHECK(tried.events[0].version == 2);
    CHECK(house.ask(dry(one(MovePieces{{"A"}, -1}, "id-1"))).code == "too_few");
    CHECK(house.log.tail().position == 1);
    CHECK(house.ask(one(MovePieces{{"A"}, 7}, "id-1")).position == 2);
}

TEST_CASE("If-Match holds against the version that was seen") {
    House house;
    house.open("A");
    CHECK(house.ask(one(MovePieces{{"A"}, 5}, {}, 1)).status == 200);
    const Answered late = house.ask(one(MovePieces{{"A"}, 5}, {}, 1));
    CHECK(late.status == 412);
    CHECK(late.code == "version_differs");
    CHECK(house.ask(one(CountEmptyBin{{"A"}}, {}, 1)).code == "malformed_input");
}

TEST_CASE("flows follow in the same commit, and their veto refuses the whole") {
    House house;
    house.open("A");
    house.ask(one(MovePieces{{"A"}, 5}));
    const Answered emptied = house.ask(one(MovePieces{{"A"}, -5}));
    REQUIRE(emptied.events.size() == 2);
    CHECK(emptied.events[1].type->name == "EmptyBinCounted");
    const Commit commit = commit_at(house.log, *emptied.position);
    CHECK(commit.commands[0].events[0].flow.empty());
    CHECK(commit.commands[0].events[1].flow == "an_emptied_bin_is_counted");

    const Answered vetoed = house.ask(one(MovePieces{{"A"}, 13}));
    CHECK(vetoed.status == 409);
    CHECK(vetoed.code == "never_thirteen");
    CHECK(vetoed.flow == "an_emptied_bin_is_counted");
    CHECK(house.ask(one(MovePieces{{"A"}, -1})).code == "too_few");  // nothing of it stayed

    house.ask(one(MovePieces{{"A"}, 1}));
    house.ask(one(MovePieces{{"A"}, -1}));
    house.ask(one(MovePieces{{"A"}, 1}));
    const Answered third = house.ask(one(MovePieces{{"A"}, -1}));
    CHECK(third.status == 409);
    CHECK(third.code == "too_many_empty");
    CHECK(third.flow == "an_emptied_bin_is_counted");
}

TEST_CASE("an atomic batch is one commit") {
    House house;
    const auto answers =
        house.engine.ask(from({asking(OpenBin{{"A"}}, "1"), asking(MovePieces{{"A"}, 5}, "2"),
                               asking(MovePieces{{"A"}, -2}, "3", 2)}));
    for (const Answered& answer : answers) CHECK(answer.position == 1);
    CHECK(commit_at(house.log, 1).commands.size() == 3);

    SECTION("all ids known: repeats") {
        const auto again =
            house.engine.ask(from({asking(OpenBin{{"A"}}, "1"), asking(MovePieces{{"A"}, 5}, "2"),
                                   asking(MovePieces{{"A"}, -2}, "3", 2)}));
        for (const Answered& answer : again) CHECK(answer.replayed);
        CHECK(again[2].events[0].version == 3);
    }
    SECTION("some ids known: nothing is done") {
        const auto some =
            house.engine.ask(from({asking(OpenBin{{"A"}}, "1"), asking(OpenBin{{"B"}}, "4")}));
        for (const Answered& answer : some) CHECK(answer.code == "batch_partly_known");
        CHECK(house.log.tail().position == 1);
        CHECK(house.ask(one(OpenBin{{"B"}}, "4")).status == 200);
    }
    SECTION("a stream that has moved on refuses all, says which line, and leaves nothing") {
        const auto stale = house.engine.ask(
            from({asking(OpenBin{{"B"}}, "4"), asking(MovePieces{{"A"}, 1}, "5", 1)}));
        CHECK(stale[0].status == 409);
        CHECK(stale[0].text == "Line 5 of the batch was refused: version_differs");
        CHECK(stale[1].status == 412);
        CHECK(house.log.tail().position == 1);
        CHECK(house.ask(one(OpenBin{{"B"}}, "4")).status == 200);
    }
    SECTION("a refusal refuses all and is recorded without events") {
        const auto refused =
            house.engine.ask(from({asking(OpenBin{{"B"}}, "4"), asking(MovePieces{{"X"}, 1}, "5"),
                                   asking(OpenBin{{"C"}}, "6")}));
        CHECK(refused[0].code == "batch_refused");
        CHECK(refused[0].status == 409);
        CHECK(refused[0].text.find("bin_unknown") != std::string::npos);
        CHECK(refused[1].code == "bin_unknown");
        CHECK(refused[2].code == "batch_refused");
        CHECK(house.log.tail().position == 2);
        CHECK(house.ask(one(OpenBin{{"B"}}, "7")).status == 200);
        CHECK(house.ask(one(OpenBin{{"C"}}, "6")).code == "batch_refused");
    }
    SECTION("a version that differs leaves nothing") {
        const auto differs = house.engine.ask(
            from({asking(OpenBin{{"B"}}, "4"), asking(MovePieces{{"A"}, 1}, "5", 1)}));
        CHECK(differs[1].status == 412);
        CHECK(differs[0].status == 409);
        CHECK(house.log.tail().position == 1);
    }
}

TEST_CASE("more than a commit holds is refused and leaves nothing") {
    House house;
    const auto batch = [&](std::size_t lines, std::size_t name) {
        std::vector<Ask> asks = {asking(OpenBin{{"A"}}, "first")};
        for (std::size_t line = 1; line < lines; ++line) {
            std::string bin = std::to_string(line);
            bin.resize(std::max(bin.size() + 1, name), 'x');
            asks.push_back(asking(OpenBin{{bin}}, std::to_string(line)));
        }
        return from(std::move(asks));
    };
    const auto refused = [&](const std::vector<Answered>& answers) {
        return std::ranges::all_of(answers, [](const Answered& answer) {
            return answer.status == 422 && answer.code == "commit_too_large";
        });
    };

    SECTION("a few large events") {
        CHECK(refused(house.engine.ask(batch(5, 1'100'000))));
        CHECK(refused(house.engine.ask(dry(batch(5, 1'100'000)))));
        CHECK(house.log.tail().position == 0);
        const Answered again = house.ask(one(OpenBin{{"A"}}, "first"));
        CHECK(again.status == 200);
        CHECK_FALSE(again.replayed);
    }
    SECTION("many small ones: the limit is that of the log, to the octet") {
        // The largest batch that is accepted is a commit that the log takes, and fills it.
        std::size_t fits = 10'000, too_many = 60'000;
        while (too_many - fits > 1) {
            const std::size_t lines = (fits + too_many) / 2;
            const bool no = refused(house.engine.ask(dry(batch(lines, 8))));
            (no ? too_many : fits) = lines;
        }
        const auto answers = house.engine.ask(batch(fits, 8));
        REQUIRE(answers.front().status == 200);
        const Commit commit = commit_at(house.log, 1);
        CHECK(commit.commands.size() == fits);
        const std::size_t size = seal(commit, Hash{}).bytes.size();
        CHECK(size <= most_commit_bytes);
        CHECK(size > most_commit_bytes - 1'000);
    }
}

TEST_CASE("deciding goes on while a group is synced, and no answer leaves before it") {
    House house;
    house.open("A");
    house.log.hold();
    auto first = begin(house.engine, one(MovePieces{{"A"}, 5}, "id-1"));
    house.log.wait_until_held();
    auto second = begin(house.engine, one(MovePieces{{"A"}, -3}, "id-2"));
    auto repeat = begin(house.engine, one(MovePieces{{"A"}, 5}, "id-1"));
    auto refused = begin(house.engine, one(MovePieces{{"A"}, -3}));
    auto tried = begin(house.engine, dry(one(MovePieces{{"A"}, 1})));
    CHECK(waits(first));
    CHECK(waits(second));
    CHECK(waits(repeat));
    CHECK(waits(refused));
    CHECK(waits(tried));
    CHECK(house.engine.durable().position == 1);
    house.log.let_go();
    CHECK(first.get()[0].position == 2);
    CHECK(second.get()[0].position == 3);
    const Answered repeated = repeat.get()[0];
    CHECK(repeated.replayed);
    CHECK(repeated.position == 2);
    CHECK(refused.get()[0].code == "too_few");  // on 5 - 3, which were not durable yet
    CHECK(tried.get()[0].events[0].version == 4);
}

TEST_CASE("after a failed sync nobody guesses") {
    House house;
    house.open("A");
    house.log.hold();
    auto first = begin(house.engine, one(MovePieces{{"A"}, 5}, "id-1"));
    house.log.wait_until_held();
    auto second = begin(house.engine, one(MovePieces{{"A"}, -9}));
    CHECK(waits(second));
    house.log.let_go(true);
    CHECK(first.get()[0].code == "outcome_unknown");
    CHECK(second.get()[0].status == 503);
    const Answered later = house.ask(one(OpenBin{{"B"}}));
    CHECK(later.status == 503);
    CHECK(later.code == "not_serving");
    CHECK(later.text.find("the disk is on fire") != std::string::npos);
    CHECK(house.engine.durable().position == 1);
}

TEST_CASE("record time moves forward even when the clock does not") {
    std::int64_t clock = 1'000'000;
    EngineOptions options;
    options.clock = [&] { return Timestamp{clock}; };
    House house(std::move(options));
    CHECK(house.open("A").time == Timestamp{1'000'000});
    CHECK(house.open("B").time == Timestamp{1'000'001});
    clock = 500;
    CHECK(house.open("C").time == Timestamp{1'000'002});
    clock = 2'000'000;
    CHECK(house.open("D").time == Timestamp{2'000'000});
    CHECK(position_at(house.log, Timestamp{999'999}) == 0);
    CHECK(position_at(house.log, Timestamp{1'000'001}) == 2);
    CHECK(position_at(house.log, Timestamp{1'999'999}) == 3);
    CHECK(position_at(house.log, Timestamp{3'000'000}) == 4);
}

TEST_CASE("a restart from snapshot and tail is the same as a replay from the beginning") {
    const auto log = memory_event_log();
    std::mt19937 dice(7);
    StateDigest lived;
    for (int run = 0; run < 5; ++run) {
        EngineOptions options;
        options.snapshot_changed_rows = 3;
        options.cached_rows = 1;
        Engine engine(the_catalog(), *log, std::move(options));
        for (int step = 0; step < 40; ++step) {
            const BinCode bin{std::string(1, static_cast<char>('A' + dice() % 6))};
            const auto pieces = static_cast<std::int64_t>(dice() % 9) - 4;
            engine.ask(dice() % 4 == 0 ? one(OpenBin{bin}) : one(MovePieces{bin, pieces}));
        }
        std::promise<void> looked;
        engine.between_commands([&](const State& state) {
            lived = summed_up(the_catalog(), digest_of(state));
            looked.set_value();
        });
        looked.get_future().wait();
    }
    State replayed(the_catalog());
    Position position = 0;
    std::string_view bytes;
    for (const auto cursor = log->read_from(1); cursor->next(position, bytes);)
        replay(the_catalog(), replayed, open_commit(bytes, Hashing::skip).commit);
    CHECK(position > 20);
    const StateDigest from_zero = summed_up(the_catalog(), digest_of(replayed));
    CHECK(from_zero.all == lived.all);

    Snapshots snapshots(the_catalog(), *log);
    State loaded(the_catalog());
    const auto at = snapshots.load(loaded);
    CHECK(at.found);
    CHECK(at.position > 0);
    CHECK(snapshots.sums() == digest_of(loaded));
}

TEST_CASE("many clients at once are as if one after the other") {
    House house;
    house.open("A");
    constexpr int clients = 8, each = 100;
    std::vector<std::thread> threads;
    std::atomic<std::int64_t> sum{0};
    for (int client = 0; client < clients; ++client)
        threads.emplace_back([&, client] {
            std::mt19937 dice(static_cast<unsigned>(client));
            for (int at = 0; at < each; ++at) {
                const auto pieces = static_cast<std::int64_t>(dice() % 7) - 2;
                Submission submission = one(MovePieces{{"A"}, pieces});
                submission.lane = static_cast<std::uint64_t>(client);
                if (house.ask(std::move(submission)).status == 200) sum += pieces;
            }
        });
    for (std::thread& thread : threads) thread.join();
    std::promise<std::int64_t> held;
    house.engine.between_commands(
        [&](const State& state) { held.set_value(state.world().of<Bins>().find({"A"})->pieces); });
    CHECK(held.get_future().get() == sum);
    std::int64_t version = 0;
    Hash previous{};
    std::string_view bytes;
    Position position = 0;
    for (const auto cursor = house.log.read_from(1); cursor->next(position, bytes);) {
        const OpenedCommit opened = open_commit(bytes, Hashing::compute);
        REQUIRE(opened.fault.empty());
        CHECK(opened.previous == previous);
        previous = opened.hash;
        for (const StoredCommand& command : opened.commit.commands)
            for (const StoredEvent& event : command.events)
                if (event.stream == "bin/A") CHECK(event.version == ++version);
    }
    CHECK(house.engine.counters().groups <= house.engine.counters().commits);
}

TEST_CASE("a full queue says so instead of growing") {
    EngineOptions options;
    options.most_waiting = 2;
    House house(std::move(options));
    house.open("A");
    // The decider is kept busy with a look, so that what is submitted waits.
    std::promise<void> entered, leave;
    house.engine.between_commands([&](const State&) {
        entered.set_value();
        leave.get_future().wait();
    });
    entered.get_future().wait();
    auto first = begin(house.engine, one(MovePieces{{"A"}, 1}));
    auto second = begin(house.engine, one(MovePieces{{"A"}, 1}));
    auto third = begin(house.engine, one(MovePieces{{"A"}, 1}));
    Submission line = one(MovePieces{{"A"}, 1});
    line.may_be_refused = false;
    auto of_a_batch = begin(house.engine, std::move(line));
    CHECK(third.get()[0].code == "busy");
    leave.set_value();
    CHECK(first.get()[0].status == 200);
    CHECK(second.get()[0].status == 200);
    CHECK(of_a_batch.get()[0].status == 200);
}

TEST_CASE("stopping answers what was taken") {
    House house;
    house.open("A");
    house.log.hold();
    auto first = begin(house.engine, one(MovePieces{{"A"}, 1}));
    auto second = begin(house.engine, one(MovePieces{{"A"}, 1}));
    std::thread stopping([&] { house.engine.stop(); });
    house.log.let_go();
    stopping.join();
    CHECK(first.get()[0].status == 200);
    CHECK(second.get()[0].status == 200);
    CHECK(house.ask(one(OpenBin{{"B"}})).code == "not_serving");
}

}  // namespace kontor
