// An event as an auditor is told of it: what it was, who did it, when, by which command and why.
#pragma once

#include "domain/core/catalog.h"
#include "domain/core/date.h"
#include "eventstore/commit.h"
#include "eventstore/event_log.h"
#include "projections/corner.h"

#include <optional>
#include <string>

namespace kontor {

struct ToldEvent {
    std::string event;
    std::string type;
    std::string stream;
    Date day;
    Timestamp time;
    std::string actor;
    std::string command;
    std::string command_id;
    std::optional<std::string> flow;
    std::optional<std::string> text;
    std::optional<std::string> note;

    static auto& describe_fields(auto& event) {
        return event.field("event", &ToldEvent::event, "<position>.<n>")
            .field("type", &ToldEvent::type, "Name of its type.")
            .field("stream", &ToldEvent::stream, "The stream that it belongs to.")
            .field("day", &ToldEvent::day, "When it is true.")
            .field("time", &ToldEvent::time, "When it was recorded.")
            .field("actor", &ToldEvent::actor, "Who asked for it.")
            .field("command", &ToldEvent::command, "What was asked.")
            .field("command_id", &ToldEvent::command_id, "The id of the command.")
            .field("flow", &ToldEvent::flow,
                   "The rule that caused it; absent: nothing but the "
                   "command.")
            .field("text", &ToldEvent::text, "Its own `reason` or `text`: why, or what happened.")
            .field("note", &ToldEvent::note, "The asker's note on the command (Kontor-Note).");
    }
    static void describe(auto& event) {
        event.record("ToldEvent", "An event, who did it, when and why.");
        describe_fields(event);
    }
};

// Tells of events one after the other; those of one commit, which opens once, best together.
class EventTeller {
public:
    EventTeller(const EventLog& log, const Catalog& catalog) : log_(log), catalog_(catalog) {}

    // Throws StorageBroken when the log has no such event.
    ToldEvent told(const EventRef& event);

private:
    const EventLog& log_;
    const Catalog& catalog_;
    Commit commit_;
};

// Its own `reason`, or else its own `text`; empty when it has neither or says nothing.
std::optional<std::string> reason_of(const Catalog& catalog, const StoredEvent& event);

}  // namespace kontor
