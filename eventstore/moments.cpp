// A bisection of the log by record time.
#include "eventstore/moments.h"

namespace kontor {

Commit sound_commit(Position position, std::string_view bytes) {
    OpenedCommit opened = open_commit(bytes, Hashing::skip);
    if (!opened.fault.empty())
        throw StorageBroken("commit " + std::to_string(position) + ": " + opened.fault);
    return std::move(opened.commit);
}

Commit commit_at(const EventLog& log, Position position) {
    Position found = 0;
    std::string_view bytes;
    const auto cursor = log.read_from(position);
    if (!cursor->next(found, bytes) || found != position)
        throw StorageBroken("commit " + std::to_string(position) + " is missing from the log");
    return sound_commit(position, bytes);
}

Position position_at(const EventLog& log, Timestamp moment) {
    const LogTail tail = log.tail();
    if (tail.position == 0 || tail.time <= moment) return tail.position;
    Position not_after = 0, after = tail.position;
    while (after - not_after > 1) {
        const Position middle = not_after + (after - not_after) / 2;
        (commit_at(log, middle).time <= moment ? not_after : after) = middle;
    }
    return not_after;
}

}  // namespace kontor
