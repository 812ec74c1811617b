// The log as an auditor has it: opened for reading alone, asked by position or by time.
#pragma once

#include "eventstore/event_log.h"
#include "eventstore/wire_schema.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kontor {

// The last commit that the text means: digits are a position, which the log must have; else it is
// RFC 3339 with an offset and means the last commit not after it. Throws Unable.
Position position_from(const EventLog& log, std::string_view text);
// The first commit that the text means: the position itself, or the first commit not before it.
Position first_position_from(const EventLog& log, std::string_view text);

// A commit with what its stored bytes prove.
struct ReadCommit {
    Commit commit;
    Hash previous{};
    Hash hash{};
};
// Throws StorageBroken where the log has no sound commit.
ReadCommit read_commit(const EventLog& log, Position position);

// Calls with each commit from one position to another, until it says false.
void each_commit(const EventLog& log, Position from, Position to,
                 const std::function<bool(const Commit&)>& call);

// What events say, by the schemas that lie in the log and by nothing else: neither the types of
// this program nor its business take part.
class StoredMeanings {
public:
    explicit StoredMeanings(const EventLog& log) : log_(log) {}

    // JSON of the event's fields; a line of text for each of its values. Throws StorageBroken when
    // the log lacks the schema, or the event is not what the schema says.
    std::string json(const StoredEvent& event);
    std::string text(const StoredEvent& event);

private:
    const Type& type_of(const StoredEvent& event);

    const EventLog& log_;
    std::map<std::int64_t, std::unique_ptr<const StoredSchema>> schemas_;
};

// The log as it was right after one of its commits: what came later is not there. For reading;
// every writing call is a bug of the caller.
class LogUntil final : public EventLog {
public:
    LogUntil(const EventLog& log, Position position);

    LogTail tail() const override { return tail_; }
    bool append_if(Position expected, const Group& group) override;
    std::unique_ptr<CommitCursor> read_from(Position position) const override;
    std::optional<CommandPlace> find_command(std::string_view actor,
                                             std::string_view id) const override;
    // Of the whole log: an index has no past.
    std::int64_t tail_of(std::string_view stream) const override { return log_.tail_of(stream); }
    const LogIndexes& indexes() const override { return log_.indexes(); }
    std::optional<std::string> row(LocalRow::Family family, std::string_view key) const override;
    void each_row(LocalRow::Family family, std::string_view prefix, std::string_view from,
                  const std::function<bool(std::string_view key, std::string_view value)>& call)
        const override;
    void checkpoint(const std::string& directory) override;

private:
    const EventLog& log_;
    LogTail tail_;
};

}  // namespace kontor
