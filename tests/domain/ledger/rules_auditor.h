// An auditor of the ledger's rules who has only the events: what each rule should have come to is
// worked out anew from the first entry on, in the plainest way.
//
// What differs is told in words, so that a test can also show that the auditor notices.
#pragma once

#include "domain/ledger/accruals.h"
#include "domain/ledger/allocation.h"
#include "domain/ledger/closing.h"
#include "domain/ledger/closing_accounts.h"
#include "domain/ledger/deferrals.h"
#include "domain/ledger/drafts.h"
#include "domain/ledger/recurring.h"
#include "domain/ledger/revaluation.h"
#include "tests/support/plain_ledger.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace kontor::ledger {

class RulesAuditor {
public:
    // An event, with the number of the command that it came of and the moment of that.
    void see(const Message& event, std::uint64_t command, const Context& context);
    // A year was reopened: nothing of its close is left in balances.
    void reopened(const FiscalYearCode& year);
    // All is over: what has to hold between entries that came at different times.
    void finish();

    const test::PlainLedger& ledger() const { return ledger_; }
    const std::vector<std::string>& differences() const { return differences_; }
    // How often each thing was there to be looked at.
    const std::map<std::string, std::size_t>& looked_at() const { return looked_at_; }

    // What is due through a day, by the schedules and spans alone, and not posted.
    std::vector<PostRecurring> recurring_due(Date through) const;
    std::vector<ReleaseDeferral> releases_due(Date through) const;
    // Entries that ReverseEntry takes back, and accruals that ReverseAccrual does.
    std::vector<EntryId> reversible() const;
    std::vector<EntryId> reversible_accruals() const;

private:
    struct DraftSeen {
        DraftedEntry content;
        std::set<std::string> saved_by;
        bool approved = false;
        bool rejected = false;
        bool closed = false;
    };
    struct Released {
        AmountDeferred deferred;
        bool approved = false;
        Wide released = 0;
        std::optional<Date> through;
        bool given_back = false;  // a release was reversed
    };
    struct Recurred {
        RecurringDefined defined;
        bool approved = false;
        bool paused = false;
        std::optional<Date> last;
        std::vector<Date> due_days;
        std::set<Date> fallen_away;
        std::map<Date, std::vector<EntryId>> posted;  // by due day, also where it came to nothing
    };

    void check(const EntryPosted& posted, const Context& context);
    void check_place(const EntryPosted& posted);
    void check_line(const EntryPosted& posted, const PostedLine& line);
    void check_reversal(const EntryPosted& posted);
    void check_approval(const EntryPosted& posted, const Context& context);
    void check(const AccrualPosted& posted);
    void check(const DraftApproved& approved, const Context& context);
    void check(const DraftPosted& posted);
    // What reversals and corrections of releases do to their deferral.
    void check_given_back(const EntryPosted&);
    void check(const DeferralReleased& released);
    void check(const RecurringPosted& posted);
    void check_fixed(const Recurred& recurred, const RecurringPosted& posted);
    void check_computed(const Recurred& recurred, const RecurringPosted& posted);
    void check(const CostsAllocated& allocated);
    void check(const ForeignBalancesRevalued& revalued);
    void check(const FiscalYearClosed& closed);
    void check_stage(const EntryPosted& entry, const FiscalYearClosed& closed);
    void follow(const Message& event, const Context& context);

    bool ran_before(const EntryOrigin& origin) const;
    Wide evaluated(const AmountFormula& formula, const RecurringDefined& defined, Date due) const;
    std::vector<Wide> shares_of(Wide whole, const AllocationDefined& allocation,
                                const EntryOrigin& origin, const std::string& book,
                                std::size_t period) const;
    void differ(const std::string& words);
    void expect(bool holds, const std::string& words) {
        if (!holds) differ(words);
    }

    test::PlainLedger ledger_;
    std::uint64_t command_ = 0;
    std::vector<std::string> differences_;
    std::map<std::string, std::size_t> looked_at_;
    std::map<EntryId, std::vector<EntryId>> reversed_by_;
    std::map<EntryId, EntryId> accruals_;  // with their reversals
    std::set<EntryId> accruals_reversed_;
    std::map<DraftId, DraftSeen> drafts_;
    std::map<DeferralCode, Released> deferrals_;
    std::map<RecurringCode, Recurred> recurring_;
    std::map<AllocationCode, AllocationDefined> allocations_;
    std::map<std::string, std::string> adjusted_on_;
    std::map<AccountCode, AccountCode> closes_to_;
};

std::vector<BookCode> sorted(std::vector<BookCode> books);
// Shares in proportion to the weights, by the largest remainder; equal ones go to the earlier.
std::vector<Wide> plain_shares(Wide whole, const std::vector<Wide>& weights);
// The part of an amount that belongs to the days of a span through one.
// By periods, `periods` are all of the calendar.
Wide plain_part(Wide amount, Period span, ReleaseBy by, Date through,
                const std::vector<test::PlainPeriod>& periods);
// The days of a schedule through one, counted day by day or month by month.
std::vector<Date> plain_due_days(const Schedule& schedule, Date through);

}  // namespace kontor::ledger
