// How positions, commits and meanings are read from a log that is only looked at.
#include "tools/audit_log.h"

#include "domain/core/ensure.h"
#include "eventstore/moments.h"
#include "eventstore/schemas.h"
#include "eventstore/wire_print.h"
#include "tools/command_line.h"

#include <algorithm>
#include <charconv>

namespace kontor {
namespace {

bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Position digits(const EventLog& log, std::string_view text) {
    Position position = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), position);
    const Position tail = log.tail().position;
    if (error != std::errc() || position > tail)
        throw Unable("The log ends at commit " + std::to_string(tail) + ", so there is no commit " +
                     std::string(text) + ".");
    return position;
}

Timestamp moment(std::string_view text) {
    const auto time = timestamp_from(text);
    if (!time)
        throw Unable("\"" + std::string(text) +
                     "\" is neither a position (digits) nor a time with an offset, such as "
                     "2026-02-17T22:30:00Z.");
    return *time;
}

}  // namespace

Position position_from(const EventLog& log, std::string_view text) {
    return all_digits(text) ? digits(log, text) : position_at(log, moment(text));
}

Position first_position_from(const EventLog& log, std::string_view text) {
    if (all_digits(text)) return std::max<Position>(digits(log, text), 1);
    return position_at(log, {moment(text).micros - 1}) + 1;
}

ReadCommit read_commit(const EventLog& log, Position position) {
    Position found = 0;
    std::string_view bytes;
    const auto cursor = log.read_from(position);
    if (position == 0 || !cursor->next(found, bytes) || found != position)
        throw StorageBroken("There is no commit " + std::to_string(position) + " in the log.");
    OpenedCommit opened = open_commit(bytes, Hashing::compute);
    if (!opened.fault.empty())
        throw StorageBroken("Commit " + std::to_string(position) +
                            " cannot be read: " + opened.fault + ".");
    return {std::move(opened.commit), opened.previous, opened.hash};
}

void each_commit(const EventLog& log, Position from, Position to,
                 const std::function<bool(const Commit&)>& call) {
    const auto cursor = log.read_from(from);
    Position position = 0;
    for (std::string_view bytes; position < to && cursor->next(position, bytes);) {
        if (position > to) return;
        const OpenedCommit opened = open_commit(bytes, Hashing::skip);
        if (!opened.fault.empty())
            throw StorageBroken("Commit " + std::to_string(position) +
                                " cannot be read: " + opened.fault + ".");
        if (!call(opened.commit)) return;
    }
}

const Type& StoredMeanings::type_of(const StoredEvent& event) {
    const auto [place, added] = schemas_.try_emplace(event.schema);
    if (added) {
        const auto binary = log_.row(LocalRow::Family::schemas, schema_key(event.schema));
        if (binary) place->second = StoredSchema::read(*binary);
    }
    if (!place->second)
        throw StorageBroken("The schema of a " + event.type + " is not in the log, or is damaged.");
    const Type* type = place->second->find(event.type);
    if (!type) throw StorageBroken("The schema of a " + event.type + " does not describe it.");
    return *type;
}

std::string StoredMeanings::json(const StoredEvent& event) {
    auto json = wire_to_json(type_of(event), event.data.octets);
    if (!json) throw StorageBroken("A " + event.type + " is not what its stored schema says.");
    return std::move(*json);
}

std::string StoredMeanings::text(const StoredEvent& event) {
    auto text = wire_to_text(type_of(event), event.data.octets);
    if (!text) throw StorageBroken("A " + event.type + " is not what its stored schema says.");
    return std::move(*text);
}

LogUntil::LogUntil(const EventLog& log, Position position) : log_(log) {
    if (position == 0) return;
    const ReadCommit last = read_commit(log, position);
    tail_ = {position, last.commit.time, last.hash};
}

bool LogUntil::append_if(Position, const Group&) {
    ensure(false, "a log that is only looked at is not written");
    return false;
}

namespace {

// Ends where the log is taken to end.
class CursorUntil final : public CommitCursor {
public:
    CursorUntil(std::unique_ptr<CommitCursor> cursor, Position last)
        : cursor_(std::move(cursor)), last_(last) {}
    bool next(Position& position, std::string_view& bytes) override {
        Position found = 0;
        std::string_view read;
        if (at_ >= last_ || !cursor_->next(found, read)) return false;
        at_ = found;
        if (found > last_) return false;
        position = found;
        bytes = read;
        return true;
    }

private:
    std::unique_ptr<CommitCursor> cursor_;
    Position last_, at_ = 0;
};

}  // namespace

std::unique_ptr<CommitCursor> LogUntil::read_from(Position position) const {
    return std::make_unique<CursorUntil>(log_.read_from(position), tail_.position);
}

std::optional<CommandPlace> LogUntil::find_command(std::string_view actor,
                                                   std::string_view id) const {
    const auto place = log_.find_command(actor, id);
    return place && place->position <= tail_.position ? place : std::nullopt;
}

std::optional<std::string> LogUntil::row(LocalRow::Family family, std::string_view key) const {
    return log_.row(family, key);
}

void LogUntil::each_row(
    LocalRow::Family family, std::string_view prefix, std::string_view from,
    const std::function<bool(std::string_view key, std::string_view value)>& call) const {
    log_.each_row(family, prefix, from, call);
}

void LogUntil::checkpoint(const std::string&) {
    ensure(false, "a log that is only looked at is not copied");
}

}  // namespace kontor
