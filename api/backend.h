// What the routes stand in front of: the writer, the read models and the log.
#pragma once

#include "eventstore/engine.h"
#include "eventstore/event_log.h"
#include "projections/projector.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kontor {

struct Printing;

struct Backend {
    const Catalog& catalog;
    EventLog& log;
    Engine& engine;
    Projector& projector;
    // Runs later, on a thread that may take its time: reading, parsing, folding answers.
    std::function<void(std::function<void()>)> later;
    // What the log held when this process began. No answer is of less unless it is asked for, so
    // that nobody who read before a restart reads an earlier company, or none, after it.
    Position held_at_start;
    Printing& printing;
    const SubjectKeys* keys = nullptr;  // null where the program knows nothing personal
};

// Who came in, and what they could do at that moment.
struct Visitor {
    std::string actor;
    std::string key;
    std::shared_ptr<const access::Rights> rights;

    bool may(std::string_view permission, std::string_view context,
             std::string_view company) const {
        return rights->permits(actor, permission, context, company);
    }
};

// The visitor whose secret stands in an Authorization header ("Bearer <key>"); empty for none.
std::optional<Visitor> visitor_of(const Engine& engine, const std::string* authorization);

}  // namespace kontor
