// A log whose program can be ended at any append, with the group wholly there or wholly not.
//
// It also lets the syncer wait, so that what a group holds depends on the history alone and not on
// the speed of threads, and it looks at what it is given before the log behind it does.
#pragma once

#include "eventstore/event_log.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>

namespace kontor::simulation {

class CrashingLog final : public EventLog {
public:
    // `kept` is what the program's end leaves; it outlives this.
    explicit CrashingLog(EventLog& kept) : kept_(kept) {}

    enum class Left : bool { nothing_of_the_group, the_whole_group };
    // Ends the program at the n-th append from here, counted from 1, among those that hold commits.
    void end_at(std::uint64_t n, Left left);
    // The same among all appends, also those that only hold rows.
    void end_at_any(std::uint64_t n, Left left);
    bool ended() const;

    // Appends with commits wait until they are let go.
    void hold();
    // Or until the end of the log, or until there is nothing more to wait for.
    void wait_until_held(const std::function<bool()>& pointless);
    void let_go();

    // What no log may be asked to keep: an id twice, a stream with a gap. Empty while all is well.
    std::string fault() const;
    // All that was tried, by position, as octets, and the last positions of the groups.
    std::map<Position, std::string> tried() const;
    std::vector<Position> ends_of_groups() const;
    struct Counts {
        std::uint64_t appends = 0, snapshots = 0;
    };
    Counts counts() const;

    LogTail tail() const override { return kept_.tail(); }
    bool append_if(Position expected, const Group& group) override;
    std::unique_ptr<CommitCursor> read_from(Position position) const override {
        return kept_.read_from(position);
    }
    std::optional<CommandPlace> find_command(std::string_view actor,
                                             std::string_view id) const override {
        return kept_.find_command(actor, id);
    }
    std::int64_t tail_of(std::string_view stream) const override { return kept_.tail_of(stream); }
    const LogIndexes& indexes() const override { return kept_.indexes(); }
    std::optional<std::string> row(LocalRow::Family family, std::string_view key) const override {
        return kept_.row(family, key);
    }
    void each_row(LocalRow::Family family, std::string_view prefix, std::string_view from,
                  const std::function<bool(std::string_view key, std::string_view value)>& call)
        const override {
        kept_.each_row(family, prefix, from, call);
    }
    void checkpoint(const std::string& directory) override { kept_.checkpoint(directory); }

private:
    bool is_last(const Group& group);
    std::string fault_of(const Group& group) const;

    EventLog& kept_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool held_ = false, waits_ = false, ended_ = false;
    std::uint64_t to_go_ = 0;  // appends until the end; 0: no end is planned
    bool rows_count_ = false;
    Left left_ = Left::nothing_of_the_group;
    std::string fault_;
    std::map<Position, std::string> tried_;
    std::vector<Position> ends_;
    Counts counts_;
};

}  // namespace kontor::simulation
