// How what is due is found and put in the order of its days.
#include "domain/ledger/due_entries.h"

#include "domain/core/catalog.h"

#include <algorithm>
#include <map>
#include <variant>

namespace kontor::ledger {

namespace {

using Due = std::variant<PostRecurring, ReleaseDeferral>;

// In the order of the days; of one day, recurring entries before releases, each by code.
std::multimap<Date, Due> due_through(const World& world, const CompanyCode& company, Date through) {
    std::multimap<Date, Due> due;
    const auto calendar = calendar_of(world, company);
    if (!calendar) return due;
    through = std::min(through, calendar->last);
    for (const auto& [key, recurring] : world.of<Recurrings>().from({company, {}})) {
        if (key.company != company) break;
        if (recurring.paused) continue;
        for (const Date day : due_days(world, key, recurring, {calendar->first, through}))
            due.emplace(day, PostRecurring{company, key.recurring, day});
    }
    for (const auto& [key, deferral] : world.of<Deferrals>().from({company, {}})) {
        if (key.company != company) break;
        for (const Date day : release_days(world, company, deferral, through))
            due.emplace(day, ReleaseDeferral{company, key.deferral, day});
    }
    return due;
}

}  // namespace

StepsAsAccepted<PostRecurring, ReleaseDeferral> decide(const World& world,
                                                       const PostDueEntries& post,
                                                       const Context& context) {
    if (!world.of<companies::Companies>().find(post.company)) return companies::company_unknown;
    StepsAsAccepted<PostRecurring, ReleaseDeferral> steps;
    // What is refused already takes no place of what can be posted.
    for (const auto& [day, due] :
         due_through(world, post.company, post.through.value_or(context.today))) {
        if (steps.messages().size() == most_due_at_once) break;
        std::visit(
            [&](const auto& command) {
                if (!decide(world, command, context).refused()) steps.add(command);
            },
            due);
    }
    return steps;
}

Part due_entries() { return Part().commands<PostDueEntries>(); }

}  // namespace kontor::ledger
