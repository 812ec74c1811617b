// The promises of the log, held by every implementation and missed by logs that are broken on
// purpose.
#include "tests/eventstore/log_promises.h"
#include "tests/eventstore/made_commits.h"

#include <catch2/catch.hpp>

using namespace kontor;
using namespace kontor::test;

namespace {

// A log that forgets its files with itself.
class PassingLog : public EventLog {
public:
    explicit PassingLog(std::unique_ptr<EventLog> log) : log_(std::move(log)) {}

    LogTail tail() const override { return log_->tail(); }
    bool append_if(Position expected, const Group& group) override {
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
    void each_row(LocalRow::Family family, std::string_view prefix, std::string_view from,
                  const std::function<bool(std::string_view key, std::string_view value)>& call)
        const override {
        log_->each_row(family, prefix, from, call);
    }
    void checkpoint(const std::string& directory) override { log_->checkpoint(directory); }

protected:
    std::unique_ptr<EventLog> log_;
};

class LogOfItsOwn : public PassingLog {
public:
    explicit LogOfItsOwn(std::unique_ptr<TemporaryDirectory> directory)
        : PassingLog(open_log(directory->path())), directory_(std::move(directory)) {}
    ~LogOfItsOwn() override { log_.reset(); }

private:
    std::unique_ptr<TemporaryDirectory> directory_;
};

std::unique_ptr<EventLog> fresh_rocks_log() {
    return std::make_unique<LogOfItsOwn>(std::make_unique<TemporaryDirectory>());
}

// The first promise that this log misses, and how; empty when it keeps them all.
std::string missed(const MakeLog& make) {
    for (const LogPromise& promise : log_promises())
        if (auto how = promise.broken(make); !how.empty())
            return std::string(promise.sentence) + ": " + how;
    return {};
}

template <class Broken>
std::string missed_by() {
    return missed([] { return std::make_unique<Broken>(memory_event_log()); });
}

}  // namespace

TEST_CASE("the log in memory keeps every promise") {
    for (const LogPromise& promise : log_promises()) {
        INFO(promise.sentence);
        CHECK(promise.broken(memory_event_log) == "");
    }
}

TEST_CASE("the log on disk keeps every promise") {
    for (const LogPromise& promise : log_promises()) {
        INFO(promise.sentence);
        CHECK(promise.broken(fresh_rocks_log) == "");
    }
}

TEST_CASE("a log that passes everything on misses nothing") {
    CHECK(missed_by<PassingLog>() == "");
}

TEST_CASE("a log that loses a commit is caught") {
    struct Skipping : CommitCursor {
        explicit Skipping(std::unique_ptr<CommitCursor> passed) : cursor(std::move(passed)) {}
        bool next(Position& position, std::string_view& bytes) override {
            if (!cursor->next(position, bytes)) return false;
            return position != 7 || cursor->next(position, bytes);
        }
        std::unique_ptr<CommitCursor> cursor;
    };
    struct Losing : PassingLog {
        using PassingLog::PassingLog;
        std::unique_ptr<CommitCursor> read_from(Position position) const override {
            return std::make_unique<Skipping>(PassingLog::read_from(position));
        }
    };
    CHECK(missed_by<Losing>() != "");
}

TEST_CASE("a log whose streams are behind is caught") {
    struct Stale : PassingLog {
        using PassingLog::PassingLog;
        std::int64_t tail_of(std::string_view stream) const override {
            return std::min<std::int64_t>(PassingLog::tail_of(stream), 3);
        }
    };
    CHECK(missed_by<Stale>() != "");
}

TEST_CASE("a log that takes any group is caught") {
    struct Careless : PassingLog {
        using PassingLog::PassingLog;
        bool append_if(Position expected, const Group& group) override {
            const bool taken = PassingLog::append_if(expected, group);
            return taken || expected > PassingLog::tail().position;
        }
    };
    CHECK(missed_by<Careless>() != "");
}

TEST_CASE("a log that writes rows of a group that it turns away is caught") {
    struct Leaking : PassingLog {
        using PassingLog::PassingLog;
        bool append_if(Position expected, const Group& group) override {
            if (PassingLog::append_if(expected, group)) return true;
            PassingLog::append_if(PassingLog::tail().position, {{}, group.rows});
            return false;
        }
    };
    CHECK(missed_by<Leaking>() != "");
}

TEST_CASE("a log that finds commands of anybody is caught") {
    struct Mistaken : PassingLog {
        using PassingLog::PassingLog;
        std::optional<CommandPlace> find_command(std::string_view actor,
                                                 std::string_view id) const override {
            if (actor.ends_with('x')) actor.remove_suffix(1);
            return PassingLog::find_command(actor, id);
        }
    };
    CHECK(missed_by<Mistaken>() != "");
}

TEST_CASE("a log with a tail ahead of what can be read is caught") {
    struct Hasty : PassingLog {
        using PassingLog::PassingLog;
        LogTail tail() const override {
            LogTail tail = PassingLog::tail();
            if (tail.position > 100) ++tail.position;
            return tail;
        }
    };
    CHECK(missed_by<Hasty>() != "");
}
