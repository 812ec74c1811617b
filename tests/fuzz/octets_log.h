// A log over any octets at all, with the indexes that its readable commits ask for.
#pragma once

#include "eventstore/event_log.h"
#include "eventstore/hashes.h"
#include "eventstore/log_entries.h"

#include <map>
#include <utility>

namespace kontor::fuzz {

class OctetsLog : public EventLog, private LogIndexes {
public:
    explicit OctetsLog(std::vector<std::string> commits) : commits_(std::move(commits)) {
        for (const std::string& octets : commits_) {
            const OpenedCommit opened = open_commit(octets, Hashing::compute);
            tail_ = {tail_.position + 1, opened.commit.time, opened.hash};
            if (!opened.fault.empty()) continue;
            each_client_command(opened.commit, [&](const std::string& id, CommandPlace place) {
                commands_.try_emplace({opened.commit.actor, id}, place);
            });
            each_event_of_stream(opened.commit, [&](const StoredEvent& event, EventPlace place) {
                streams_[event.stream].emplace_back(event.version, place);
            });
        }
    }

    const std::vector<std::string>& commits() const { return commits_; }

    LogTail tail() const override { return tail_; }
    bool append_if(Position, const Group&) override { return false; }
    std::unique_ptr<CommitCursor> read_from(Position position) const override {
        return std::make_unique<Cursor>(commits_, position);
    }
    std::optional<CommandPlace> find_command(std::string_view actor,
                                             std::string_view id) const override {
        const auto found = commands_.find({std::string(actor), std::string(id)});
        if (found == commands_.end()) return std::nullopt;
        return found->second;
    }
    std::int64_t tail_of(std::string_view stream) const override {
        const auto found = streams_.find(stream);
        return found == streams_.end() ? 0 : found->second.back().first;
    }
    const LogIndexes& indexes() const override { return *this; }
    std::optional<std::string> row(LocalRow::Family, std::string_view) const override { return {}; }
    void each_row(LocalRow::Family, std::string_view, std::string_view,
                  const std::function<bool(std::string_view, std::string_view)>&) const override {}
    void checkpoint(const std::string&) override {}

private:
    class Cursor : public CommitCursor {
    public:
        Cursor(const std::vector<std::string>& commits, Position from)
            : commits_(commits), at_(from) {}
        bool next(Position& position, std::string_view& bytes) override {
            if (at_ == 0 || at_ > commits_.size()) return false;
            bytes = commits_[at_ - 1];
            position = at_++;
            return true;
        }

    private:
        const std::vector<std::string>& commits_;
        Position at_;
    };

    void each_command(const std::function<bool(std::string_view, std::string_view, CommandPlace)>&
                          call) const override {
        for (const auto& [name, place] : commands_)
            if (!call(name.first, name.second, place)) return;
    }
    void each_stream(
        const std::function<bool(std::string_view, std::int64_t)>& call) const override {
        for (const auto& [stream, events] : streams_)
            if (!call(stream, events.back().first)) return;
    }
    void each_of_stream(std::string_view stream, std::int64_t from,
                        const std::function<bool(std::int64_t, EventPlace)>& call) const override {
        const auto found = streams_.find(stream);
        if (found == streams_.end()) return;
        for (const auto& [version, place] : found->second)
            if (version >= from && !call(version, place)) return;
    }
    std::uint64_t listed_events() const override {
        std::uint64_t count = 0;
        for (const auto& [stream, events] : streams_) count += events.size();
        return count;
    }

    const std::vector<std::string> commits_;
    LogTail tail_;
    std::map<std::pair<std::string, std::string>, CommandPlace> commands_;
    std::map<std::string, std::vector<std::pair<std::int64_t, EventPlace>>, std::less<>> streams_;
};

}  // namespace kontor::fuzz
