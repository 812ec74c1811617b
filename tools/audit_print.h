// The log as text or JSON: what was asked, by whom, and what became true.
#pragma once

#include "eventstore/event_log.h"

#include <iosfwd>
#include <optional>
#include <string>

namespace kontor {

// Which events are wanted; what is absent or empty does not narrow.
struct EventFilter {
    Position from = 1;
    Position to = 0;  // the last one looked at; 0 is none at all
    std::string stream, type, actor, company;

    // Commands that left no event are shown only where nothing asks for a property of events.
    bool asks_of_events() const { return !stream.empty() || !type.empty() || !company.empty(); }
    bool takes(const Commit& commit) const;
    bool takes(const StoredEvent& event) const;
};

enum class PrintAs : bool { text, json };

// Prints the events, decoded by the schemas stored in the log, in order. As JSON a line is an
// event, or a command without events; as text it is a block for each commit. False when nothing is
// like that. Throws StorageBroken for what cannot be read.
bool print_log(const EventLog& log, const EventFilter& filter, PrintAs as, std::ostream& out);

}  // namespace kontor
