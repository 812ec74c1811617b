// Recurring entries: what comes again, how far it is posted, and what is due next.
#pragma once

#include "domain/ledger/recurring.h"
#include "projections/described_rows.h"
#include "projections/projection.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

enum class RecurringState : std::uint8_t { running, paused, ended };

void describe(auto& choice, RecurringState) {
    choice.choice("RecurringState", "Whether anything of a recurring entry is still posted.")
        .value("running", "What comes due is posted.")
        .value("paused", "What comes due waits.")
        .value("ended", "Nothing is left that could be due.");
}

struct ListedRecurring {
    RecurringCode recurring;
    std::string text;
    RecurringState state = RecurringState::running;
    std::optional<Date> next_due;
    std::int64_t posted = 0;
    std::optional<Date> last_posted;
    std::optional<Date> last;
    std::string defined_by;
    std::optional<std::string> approved_by;
    JournalCode journal;
    std::vector<RecurringLine> lines;
    Schedule schedule;
    std::vector<BookCode> books;

    bool operator==(const ListedRecurring&) const = default;
    static void describe(auto& row) {
        row.record("ListedRecurring", "A recurring entry.")
            .field("recurring", &ListedRecurring::recurring, "Its code.")
            .field("text", &ListedRecurring::text, "What happens.")
            .field("state", &ListedRecurring::state, "Whether it is still posted.")
            .field("next_due", &ListedRecurring::next_due,
                   "The first due day that is not posted: in the past, something stands in the "
                   "way, and PostRecurring says what. Absent: none is left.")
            .field("posted", &ListedRecurring::posted, "How many due days are posted.")
            .field("last_posted", &ListedRecurring::last_posted, "The latest of them.")
            .field("last", &ListedRecurring::last, "It was ended: nothing is due behind it.")
            .field("defined_by", &ListedRecurring::defined_by, "Who defined it.")
            .field("approved_by", &ListedRecurring::approved_by, "Who approved it.")
            .field("journal", &ListedRecurring::journal, "The journal that it is posted in.")
            .field("lines", &ListedRecurring::lines, "Its lines.")
            .field("schedule", &ListedRecurring::schedule, "When it is due.")
            .field("books", &ListedRecurring::books, "The books that it is in; empty: all.");
    }
};

struct RecurringList {
    CompanyCode company;
    std::optional<RecurringState> state;
    std::optional<Date> due_through;

    static void describe(auto& query) {
        query.record("recurring_entries", "Recurring entries, by code.")
            .company(&RecurringList::company)
            .field("company", &RecurringList::company, "Whose books.")
            .field("state", &RecurringList::state, "Only those of this state.")
            .field("due_through", &RecurringList::due_through,
                   "Only those of which something is due on this day or before it.")
            .template answers<ListedRecurring>(Times::known_at);
    }
};

class RecurringModel {
public:
    explicit RecurringModel(const Place& place)
        : recurring_(place.table(1)), progress_(place.table(2)), computed_(place.table(3)) {}

    void on(const RecurringDefined&, const Recorded&);
    void on(const RecurringApproved&, const Recorded&);
    void on(const RecurringPaused&, const Recorded&);
    void on(const RecurringResumed&, const Recorded&);
    void on(const RecurringEnded&, const Recorded&);
    void on(const RecurringPosted&, const Recorded&);
    void answer(const RecurringList&, const AsOf&, Page<ListedRecurring>&) const;

    // What was posted for a due day by a schedule that computes, by formulas or a rest.
    struct Computed {
        RecurringCode recurring;
        Date due;
        std::vector<Money> amounts;
        std::int64_t computed_at = 0;

        static void describe(auto& record) {
            record.record("RecurringComputed", "What was posted for a due day by formulas.")
                .field("recurring", &Computed::recurring, "The recurring entry.")
                .field("due", &Computed::due, "The due day.")
                .field("amounts", &Computed::amounts, "What each line came to in all.")
                .field("computed_at", &Computed::computed_at,
                       "The log position that it was computed from.");
        }
    };
    // All recurring entries of a company, by code.
    void each(const AsOf&, const CompanyCode&,
              const std::function<void(const ListedRecurring&)>&) const;
    // What was computed for one of them, by due day.
    void each_computed(const AsOf&, const RecurringKey&,
                       const std::function<void(const Computed&)>&) const;

private:
    // Which due days are done: all before a number, and some behind it.
    struct Progress {
        std::int64_t settled = 0;
        std::vector<Date> ahead;
        bool paused = false;

        static void describe(auto& record) {
            record.record("RecurringProgress", "Which due days are done.")
                .field("settled", &Progress::settled, "So many from the first.")
                .field("ahead", &Progress::ahead, "Others behind them, in order.")
                .field("paused", &Progress::paused, "It is paused.");
        }
    };
    void change(const Recorded&, const RecurringKey&,
                const std::function<void(ListedRecurring&, Progress&)>& change) const;

    DescribedRows<RecurringKey, ListedRecurring> recurring_;
    DescribedRows<RecurringKey, Progress> progress_;
    DescribedRows<RecurringRunKey, Computed> computed_;
};

ReadModelSpec recurring_entries();

}  // namespace kontor::ledger
