// One commit being decided: a command, its steps and the flows that react, on one state.
#pragma once

#include "domain/core/state.h"

#include <optional>
#include <string_view>
#include <vector>

namespace kontor {

// An event that a commit will hold, in the order in which it was evolved.
struct Happened {
    const Catalog::Event* event = nullptr;
    Message message;
    std::string_view flow;  // the rule that caused it; empty when the command itself did
};

struct Refused {
    Objection objection;    // points into the command that was sent, never into a step or a flow's
    std::string_view flow;  // the rule whose command or veto it was
};

// Decides on `state` and evolves it as it goes; the caller keeps the state or takes it back.
// All events of one decision are evolved first; then the flows of each run, in the order of its
// events and of flows.cpp, depth first, each command decided on all that came earlier.
class Deciding {
public:
    Deciding(const Catalog& catalog, State& state) : catalog_(catalog), state_(state) {}

    // A refusal anywhere is the refusal of the whole.
    std::optional<Refused> decide(const Catalog::Command& command, const void* value,
                                  const Context& context);

    const std::vector<Happened>& happened() const { return happened_; }

private:
    std::optional<Refused> decide(const Catalog::Command& command, const void* value,
                                  const Context& context, std::string_view flow);
    std::optional<Refused> react(std::size_t from, std::size_t to, const Context& context);

    const Catalog& catalog_;
    State& state_;
    std::vector<Happened> happened_;
};

}  // namespace kontor
