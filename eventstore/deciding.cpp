// The order in which commands, events and flows follow each other within a commit.
#include "eventstore/deciding.h"

#include "eventstore/placement.h"

#include <algorithm>

namespace kontor {

std::optional<Refused> Deciding::decide(const Catalog::Command& command, const void* value,
                                        const Context& context) {
    return decide(command, value, context, {});
}

std::optional<Refused> Deciding::decide(const Catalog::Command& command, const void* value,
                                        const Context& context, std::string_view flow) {
    const Type& type = *command.spec->type;
    Outcome outcome = command.spec->decide(state_.world(), value, context);
    if (outcome.refused) {
        ensure(std::ranges::find(type.reasons, outcome.refused.reason) != type.reasons.end(),
               "a command refuses for a declared reason");
        return Refused{std::move(outcome.refused), flow};
    }
    if (!command.spec->steps.empty()) {
        for (const Message& step : outcome.messages) {
            const Catalog::Command* next = catalog_.command(step.type);
            const std::size_t before = happened_.size();
            auto refused = decide(*next, step.value.get(), context, flow);
            // Refused for itself, a step has changed nothing.
            const bool left_out = command.spec->leaves_out && happened_.size() == before;
            if (!refused || left_out) continue;
            refused->objection = std::move(refused->objection).of_what_is_kept();
            return refused;
        }
        return std::nullopt;
    }
    const std::size_t from = happened_.size();
    for (Message& message : outcome.messages) {
        const Catalog::Event* event = catalog_.event(message.type);
        ensure(event != nullptr, "what a command appends is registered");
        ensure(!type.company ||
                   company_of(*message.type, message.value.get()) == company_of(type, value),
               "an event carries the company of its command");
        state_.evolve(*event, message.value.get());
        happened_.push_back({event, std::move(message), flow});
    }
    return react(from, happened_.size(), context);
}

std::optional<Refused> Deciding::react(std::size_t from, std::size_t to, const Context& context) {
    for (std::size_t at = from; at < to; ++at) {
        const Catalog::Event* event = happened_[at].event;
        const std::shared_ptr<const void> value = happened_[at].message.value;
        for (const FlowSpec* flow : event->flows) {
            Outcome outcome = flow->react(value.get(), state_.world());
            if (outcome.refused) {
                const auto& may = flow->reasons;
                ensure(std::ranges::find(may, outcome.refused.reason) != may.end(),
                       "a flow refuses for a declared reason");
                return Refused{std::move(outcome.refused).of_what_is_kept(), flow->name};
            }
            Context by_flow = context;
            by_flow.by_flow = true;
            for (const Message& sent : outcome.messages) {
                const Catalog::Command* command = catalog_.command(sent.type);
                if (auto refused = decide(*command, sent.value.get(), by_flow, flow->name)) {
                    refused->objection = std::move(refused->objection).of_what_is_kept();
                    return refused;
                }
            }
        }
    }
    return std::nullopt;
}

}  // namespace kontor
