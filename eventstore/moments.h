// Which commit was the newest at a moment: how "as we knew it then" becomes a position.
#pragma once

#include "eventstore/event_log.h"

namespace kontor {

// The position of the last commit not after the moment; 0 when there is none. Record times are
// strictly monotone, so a few commits are looked at, whatever the length of the log.
Position position_at(const EventLog& log, Timestamp moment);

// A stored commit read back; throws StorageBroken, with the position, when it cannot be.
Commit sound_commit(Position position, std::string_view bytes);

// The commit at a position. Throws StorageBroken when it is not there or cannot be read.
Commit commit_at(const EventLog& log, Position position);

}  // namespace kontor
