// The log in memory: the same promises as the one on disk until the program ends, for tests.
#include "domain/core/ensure.h"
#include "eventstore/event_log.h"
#include "eventstore/log_entries.h"

#include <map>
#include <mutex>
#include <unordered_map>

namespace kontor {
namespace {

using StoredBytes = std::shared_ptr<const std::string>;

class MemoryEventLog final : public EventLog, private LogIndexes {
public:
    LogTail tail() const override;
    bool append_if(Position expected, const Group& group) override;
    std::unique_ptr<CommitCursor> read_from(Position position) const override;
    std::optional<CommandPlace> find_command(std::string_view actor,
                                             std::string_view id) const override;
    std::int64_t tail_of(std::string_view stream) const override;
    const LogIndexes& indexes() const override { return *this; }
    std::optional<std::string> row(LocalRow::Family family, std::string_view key) const override;
    void each_row(LocalRow::Family family, std::string_view prefix, std::string_view from,
                  const std::function<bool(std::string_view key, std::string_view value)>& call)
        const override;
    void checkpoint(const std::string& directory) override;

    // The commit, or null beyond the tail.
    StoredBytes at(Position position) const;

private:
    using Rows = std::map<std::string, std::string, std::less<>>;

    void each_command(const std::function<bool(std::string_view actor, std::string_view id,
                                               CommandPlace place)>& call) const override;
    void each_stream(const std::function<bool(std::string_view stream, std::int64_t version)>& call)
        const override;
    void each_of_stream(
        std::string_view stream, std::int64_t from_version,
        const std::function<bool(std::int64_t version, EventPlace place)>& call) const override;
    std::uint64_t listed_events() const override;

    mutable std::mutex mutex_;
    LogTail tail_;
    std::vector<StoredBytes> commits_;
    std::map<std::pair<std::string, std::string>, CommandPlace> commands_;  // by actor and id
    std::map<std::string, std::vector<EventPlace>, std::less<>> streams_;
    std::map<LocalRow::Family, Rows> rows_;
};

class MemoryCursor final : public CommitCursor {
public:
    MemoryCursor(const MemoryEventLog& log, Position from, Position last)
        : log_(log), next_(from), last_(last) {}

    bool next(Position& position, std::string_view& bytes) override {
        if (next_ > last_) return false;
        bytes_ = log_.at(next_);
        position = next_++;
        bytes = *bytes_;
        return true;
    }

private:
    const MemoryEventLog& log_;
    Position next_, last_;
    StoredBytes bytes_;  // keeps what was given valid
};

LogTail MemoryEventLog::tail() const {
    const std::lock_guard lock(mutex_);
    return tail_;
}

bool MemoryEventLog::append_if(Position expected, const Group& group) {
    const std::lock_guard lock(mutex_);
    if (expected != tail_.position) return false;
    const LogTail after = tail_after(tail_, group.commits);
    for (const SealedCommit& sealed : group.commits) {
        commits_.push_back(std::make_shared<const std::string>(sealed.bytes));
        each_client_command(sealed.commit, [&](const std::string& id, CommandPlace place) {
            const bool added = commands_.emplace(std::pair(sealed.commit.actor, id), place).second;
            ensure(added, "a command id is new to the log");
        });
        each_event_of_stream(sealed.commit, [&](const StoredEvent& event, EventPlace place) {
            auto& places = streams_[event.stream];
            places.push_back(place);
            ensure(event.version == static_cast<std::int64_t>(places.size()),
                   "versions of a stream are gapless");
        });
    }
    for (const LocalRow& row : group.rows) {
        if (row.value)
            rows_[row.family].insert_or_assign(row.key, *row.value);
        else
            rows_[row.family].erase(row.key);
    }
    tail_ = after;
    return true;
}

StoredBytes MemoryEventLog::at(Position position) const {
    const std::lock_guard lock(mutex_);
    return commits_.at(position - 1);
}

std::unique_ptr<CommitCursor> MemoryEventLog::read_from(Position position) const {
    return std::make_unique<MemoryCursor>(*this, std::max<Position>(position, 1), tail().position);
}

std::optional<CommandPlace> MemoryEventLog::find_command(std::string_view actor,
                                                         std::string_view id) const {
    const std::lock_guard lock(mutex_);
    const auto found = commands_.find(std::pair(std::string(actor), std::string(id)));
    if (found == commands_.end()) return std::nullopt;
    return found->second;
}

std::int64_t MemoryEventLog::tail_of(std::string_view stream) const {
    const std::lock_guard lock(mutex_);
    const auto found = streams_.find(stream);
    return found == streams_.end() ? 0 : static_cast<std::int64_t>(found->second.size());
}

std::optional<std::string> MemoryEventLog::row(LocalRow::Family family,
                                               std::string_view key) const {
    const std::lock_guard lock(mutex_);
    const auto rows = rows_.find(family);
    if (rows == rows_.end()) return std::nullopt;
    const auto found = rows->second.find(key);
    if (found == rows->second.end()) return std::nullopt;
    return found->second;
}

// On a copy, so that the callback may ask the log.
void MemoryEventLog::each_row(
    LocalRow::Family family, std::string_view prefix, std::string_view from,
    const std::function<bool(std::string_view key, std::string_view value)>& call) const {
    Rows rows;
    {
        const std::lock_guard lock(mutex_);
        const auto found = rows_.find(family);
        if (found != rows_.end()) rows = found->second;
    }
    for (auto row = rows.lower_bound(std::max(prefix, from));
         row != rows.end() && row->first.starts_with(prefix); ++row)
        if (!call(row->first, row->second)) return;
}

void MemoryEventLog::each_command(
    const std::function<bool(std::string_view actor, std::string_view id, CommandPlace place)>&
        call) const {
    std::unique_lock lock(mutex_);
    const auto commands = commands_;
    lock.unlock();
    for (const auto& [name, place] : commands)
        if (!call(name.first, name.second, place)) return;
}

void MemoryEventLog::each_stream(
    const std::function<bool(std::string_view stream, std::int64_t version)>& call) const {
    std::unique_lock lock(mutex_);
    const auto streams = streams_;
    lock.unlock();
    for (const auto& [stream, places] : streams)
        if (!call(stream, static_cast<std::int64_t>(places.size()))) return;
}

void MemoryEventLog::each_of_stream(
    std::string_view stream, std::int64_t from_version,
    const std::function<bool(std::int64_t version, EventPlace place)>& call) const {
    std::unique_lock lock(mutex_);
    const auto found = streams_.find(stream);
    if (found == streams_.end()) return;
    const auto places = found->second;
    lock.unlock();
    for (std::int64_t version = std::max<std::int64_t>(from_version, 1);
         version <= static_cast<std::int64_t>(places.size()); ++version)
        if (!call(version, places[static_cast<std::size_t>(version - 1)])) return;
}

std::uint64_t MemoryEventLog::listed_events() const {
    const std::lock_guard lock(mutex_);
    std::uint64_t events = 0;
    for (const auto& [stream, places] : streams_) events += places.size();
    return events;
}

// The copy is a log on disk: what is kept in files can only be that.
void MemoryEventLog::checkpoint(const std::string& directory) {
    Group group;
    {
        const std::lock_guard lock(mutex_);
        for (const StoredBytes& bytes : commits_) {
            OpenedCommit opened = open_commit(*bytes, Hashing::compute);
            ensure(opened.fault.empty(), "commits in memory stay as they are");
            group.commits.push_back({std::move(opened.commit), *bytes, opened.hash});
        }
        for (const auto& [family, rows] : rows_)
            for (const auto& [key, value] : rows) group.rows.push_back({family, key, value});
    }
    RocksLogOptions options;
    options.directory = directory;
    const auto copy = rocks_event_log(options);
    if (!copy->append_if(0, group))
        throw StorageBroken("There is a log in " + directory + " already.");
}

}  // namespace

std::unique_ptr<EventLog> memory_event_log() { return std::make_unique<MemoryEventLog>(); }

}  // namespace kontor
