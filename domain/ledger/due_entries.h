// What is due: recurring entries and releases of deferrals, posted by one command that a scheduler
// sends each night.
#pragma once

#include "domain/core/decision.h"
#include "domain/core/world.h"
#include "domain/ledger/deferrals.h"
#include "domain/ledger/recurring.h"

#include <optional>

namespace kontor::ledger {

// So that a commit stays small; what is left is posted by the next one.
constexpr std::size_t most_due_at_once = 500;

struct PostDueEntries {
    CompanyCode company;
    std::optional<Date> through;

    static void describe(auto& command) {
        command
            .record("PostDueEntries",
                    "Posts all recurring entries and releases of deferrals that are due through a "
                    "day and can be posted, in the order of their days: at most 500, so run it "
                    "until it posts nothing. What is refused, such as in a closed period, is left "
                    "out and holds nothing else up: it stays due, the closing checklist lists it, "
                    "and PostRecurring or ReleaseDeferral says why.")
            .company(&PostDueEntries::company)
            .stream(&PostDueEntries::company)
            .example(R"({"company": "DEMO", "through": "2026-10-31"})")
            .field("company", &PostDueEntries::company, "Whose books.")
            .field("through", &PostDueEntries::through, "The last due day. Absent: today.")
            .refuses(companies::company_unknown);
    }
};

StepsAsAccepted<PostRecurring, ReleaseDeferral> decide(const World&, const PostDueEntries&,
                                                       const Context&);

Part due_entries();

}  // namespace kontor::ledger
