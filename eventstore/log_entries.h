// What every log derives from the commits it is given, and what it relies on in them.
#pragma once

#include "domain/core/ensure.h"
#include "eventstore/event_log.h"

#include <span>

namespace kontor {

// The tail when these commits follow. That each fits the one before is the writer's duty: anything
// else is a bug, and stops the program before it is in the log for good.
LogTail tail_after(LogTail tail, std::span<const SealedCommit> commits);

// Commands whose ids clients chose: those that can be asked for again.
void each_client_command(const Commit& commit, const auto& call) {
    std::uint32_t index = 0;
    for (const StoredCommand& command : commit.commands) {
        if (!command.server_made)
            call(command.id, CommandPlace{static_cast<Position>(commit.position), index});
        ++index;
    }
}

// Events that belong to a stream.
void each_event_of_stream(const Commit& commit, const auto& call) {
    EventPlace place{static_cast<Position>(commit.position), 0};
    for (const StoredCommand& command : commit.commands)
        for (const StoredEvent& event : command.events) {
            if (!event.stream.empty()) call(event, place);
            ++place.n;
        }
}

}  // namespace kontor
