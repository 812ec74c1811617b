// How a simulated request becomes what the engine takes.
#include "tests/simulation/requests.h"

namespace kontor::simulation {

Submission submission_of(const Catalog& catalog, const Request& request) {
    Submission submission;
    submission.asker = {request.actor, request.actor + "'s key"};
    submission.lane = request.lane;
    submission.dry_run = request.dry_run;
    submission.may_be_refused = false;
    for (const Line& line : request.lines)
        submission.asks.push_back(std::visit(
            [&](const auto& command) {
                using C = std::remove_cvref_t<decltype(command)>;
                return Ask{catalog.command(&type_of<C>()), std::make_shared<const C>(command),
                           line.id, line.if_match};
            },
            line.command));
    return submission;
}

}  // namespace kontor::simulation
