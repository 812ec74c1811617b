// How what is due is found and put in the order of its days.
#include "domain/ledger/due_entries.h"

#include "domain/core/catalog.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace kontor::ledger {

namespace {

// What is due of one schedule or deferral, day by day. Most of it is never looked at: a run takes
// the first days of all, and stops when it has enough.
struct Waiting {
    const RecurringKey* recurring = nullptr;
    const Recurring* schedule = nullptr;
    std::int64_t number = 0;  // of the schedule's next day
    const DeferralKey* deferral = nullptr;
    std::vector<Date> releases;  // the last one first
};

// The next day of a schedule that is not posted yet; empty: none through the day.
std::optional<Date> next_of(const World& world, Waiting& of, Date through) {
    const auto& runs = world.of<RecurringRuns>();
    while (true) {
        const auto due = of.schedule->schedule.due(of.number);
        if (!due || *due > through || (of.schedule->last && *due > *of.schedule->last))
            return std::nullopt;
        if (!runs.find({of.recurring->company, of.recurring->recurring, *due})) return due;
        ++of.number;
    }
}

// In the order of the days; of one day, recurring entries before releases, each by code.
using Queue = std::map<std::pair<Date, std::size_t>, Waiting>;

Queue first_due(const World& world, const CompanyCode& company, Period days) {
    Queue queue;
    std::size_t place = 0;
    for (const auto& [key, recurring] : world.of<Recurrings>().from({company, {}})) {
        if (key.company != company) break;
        if (recurring.paused) continue;
        Waiting waiting{&key,
                        &recurring,
                        std::max(recurring.settled, recurring.schedule.number_from(days.first)),
                        nullptr,
                        {}};
        if (const auto day = next_of(world, waiting, days.last))
            queue.emplace(std::pair(*day, ++place), std::move(waiting));
    }
    for (const auto& [key, deferral] : world.of<Deferrals>().from({company, {}})) {
        if (key.company != company) break;
        auto releases = release_days(world, company, deferral, days.last);
        if (releases.empty()) continue;
        const Date day = releases.front();
        std::ranges::reverse(releases);
        queue.emplace(std::pair(day, ++place), Waiting{nullptr, nullptr, 0, &key, releases});
    }
    return queue;
}

}  // namespace

StepsAsAccepted<PostRecurring, ReleaseDeferral> decide(const World& world,
                                                       const PostDueEntries& post,
                                                       const Context& context) {
    if (!world.of<companies::Companies>().find(post.company))
        return companies::company_unknown.about(post.company);
    StepsAsAccepted<PostRecurring, ReleaseDeferral> steps;
    const auto calendar = calendar_of(world, post.company);
    if (!calendar) return steps;
    const Date through = std::min(post.through.value_or(context.today), calendar->last);
    // What is refused already takes no place of what can be posted.
    const auto add = [&](const auto& command) {
        if (!decide(world, command, context).refused()) steps.add(command);
    };
    Queue queue = first_due(world, post.company, {calendar->first, through});
    while (!queue.empty() && steps.messages().size() < most_due_at_once) {
        auto next = queue.extract(queue.begin());
        const auto [day, place] = next.key();
        Waiting& waiting = next.mapped();
        std::optional<Date> then;
        if (waiting.schedule) {
            add(PostRecurring{post.company, waiting.recurring->recurring, day});
            ++waiting.number;
            then = next_of(world, waiting, through);
        } else {
            add(ReleaseDeferral{post.company, waiting.deferral->deferral, day});
            waiting.releases.pop_back();
            if (!waiting.releases.empty()) then = waiting.releases.back();
        }
        if (!then) continue;
        next.key() = {*then, place};
        queue.insert(std::move(next));
    }
    return steps;
}

Part due_entries() { return Part().commands<PostDueEntries>(); }

}  // namespace kontor::ledger
