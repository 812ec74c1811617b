// What the auditor looks at in every entry, and in accruals and drafts.
#include "tests/domain/ledger/rules_auditor.h"

#include <algorithm>
#include <cstdlib>

namespace kontor::ledger {

using test::base_of;
using test::PlainCell;
using test::PlainPeriod;

std::vector<BookCode> sorted(std::vector<BookCode> books) {
    std::ranges::sort(books);
    return books;
}

void RulesAuditor::differ(const std::string& words) {
    differences_.push_back("command " + std::to_string(command_) + ": " + words);
}

void RulesAuditor::see(const Message& event, std::uint64_t command, const Context& context) {
    command_ = command;
    ledger_.see(event, command);
    if (const auto* posted = event.as<EntryPosted>()) check(*posted, context);
    if (const auto* posted = event.as<AccrualPosted>()) check(*posted);
    if (const auto* approved = event.as<DraftApproved>()) check(*approved, context);
    if (const auto* posted = event.as<DraftPosted>()) check(*posted);
    if (const auto* released = event.as<DeferralReleased>()) check(*released);
    if (const auto* posted = event.as<RecurringPosted>()) check(*posted);
    if (const auto* allocated = event.as<CostsAllocated>()) check(*allocated);
    if (const auto* revalued = event.as<ForeignBalancesRevalued>()) check(*revalued);
    if (const auto* closed = event.as<FiscalYearClosed>()) check(*closed);
    follow(event, context);
}

// What only has to be remembered.
void RulesAuditor::follow(const Message& event, const Context& context) {
    if (const auto* reversed = event.as<AccrualReversed>())
        accruals_reversed_.insert(reversed->entry);
    if (const auto* saved = event.as<DraftSaved>()) {
        DraftSeen& draft = drafts_[saved->draft];
        draft.content = saved->content;
        draft.saved_by.insert(context.actor);
        draft.approved = draft.rejected = false;
    }
    if (const auto* rejected = event.as<DraftRejected>()) {
        drafts_[rejected->draft].rejected = true;
        drafts_[rejected->draft].approved = false;
    }
    if (const auto* discarded = event.as<DraftDiscarded>()) drafts_[discarded->draft].closed = true;
    if (const auto* deferred = event.as<AmountDeferred>())
        deferrals_[deferred->deferral] = {*deferred, false, 0, {}, false};
    if (const auto* approved = event.as<DeferralApproved>()) {
        Released& released = deferrals_[approved->deferral];
        released.approved = true;
        expect(released.deferred.deferred_by != context.actor,
               "a deferral is approved by who began it");
    }
    if (const auto* defined = event.as<RecurringDefined>()) {
        Recurred& recurred = recurring_[defined->recurring];
        recurred.defined = *defined;
        // Nobody asks for days beyond the calendar.
        recurred.due_days =
            plain_due_days(defined->schedule, ledger_.periods().back().days.last + 31);
        for (const Date day : recurred.due_days)
            if (day < ledger_.periods().front().days.first) recurred.fallen_away.insert(day);
    }
    if (const auto* approved = event.as<RecurringApproved>()) {
        Recurred& recurred = recurring_[approved->recurring];
        recurred.approved = true;
        expect(recurred.defined.defined_by != context.actor,
               "a recurring entry is approved by who defined it");
    }
    if (const auto* paused = event.as<RecurringPaused>())
        recurring_[paused->recurring].paused = true;
    if (const auto* resumed = event.as<RecurringResumed>()) {
        Recurred& recurred = recurring_[resumed->recurring];
        recurred.paused = false;
        for (const Date day : recurred.due_days)
            if (resumed->from && day < *resumed->from && !recurred.posted.contains(day) &&
                recurred.fallen_away.insert(day).second)
                ++looked_at_["due day that falls away"];
    }
    if (const auto* ended = event.as<RecurringEnded>())
        recurring_[ended->recurring].last = ended->last;
    if (const auto* defined = event.as<AllocationDefined>())
        allocations_[defined->allocation] = *defined;
    if (const auto* set = event.as<AdjustmentAccountSet>())
        adjusted_on_[set->account.text] = set->adjustment_account.text;
    if (const auto* set = event.as<ClosingAccountSet>()) {
        closes_to_.erase(set->account);
        if (set->closes_to) closes_to_[set->account] = *set->closes_to;
    }
}

void RulesAuditor::check(const EntryPosted& posted, const Context& context) {
    Wide open = 0;
    for (const PostedLine& line : posted.lines) {
        open += base_of(line);
        check_line(posted, line);
    }
    expect(open == 0, "an entry does not balance by " + test::shown(open));
    expect(posted.lines.size() >= 2, "an entry has fewer than two lines");
    check_place(posted);
    check_given_back(posted);
    if (posted.reverses) check_reversal(posted);
    check_approval(posted, context);
    for (const BookCode& book : posted.books)
        expect(std::ranges::find(ledger_.books(), book.text) != ledger_.books().end(),
               "an entry is in book " + book.text + ", which nobody opened");
    expect(std::ranges::adjacent_find(posted.books, std::ranges::greater_equal()) ==
               posted.books.end(),
           "the books of an entry are not sorted, or one stands there twice");
    if (posted.books.size() == 1) ++looked_at_["entry in one book"];
    if (posted.books.size() == 2) ++looked_at_["entry in two books"];
}

void RulesAuditor::check_place(const EntryPosted& posted) {
    const auto at = ledger_.period(posted.fiscal_year, posted.period);
    if (!at) return differ("an entry is in a period that the year has not");
    const PlainPeriod& period = ledger_.periods()[*at];
    expect(period.days.contains(posted.date), "an entry's day is none of its period");
    expect(period.adjustment == posted.adjustment, "an entry is in another adjustment period");
    expect(!period.closed, "an entry is in a closed period");
    if (posted.adjustment) ++looked_at_["entry in an adjustment period"];
    if (!posted.belongs_to) return;
    ++looked_at_["late entry"];
    expect(*posted.belongs_to < posted.date, "a late entry belongs to a later day");
    // An ordinary period is open that no earlier one behind that day is.
    for (std::size_t between = 0; between < ledger_.periods().size(); ++between) {
        const PlainPeriod& other = ledger_.periods()[between];
        if (other.adjustment || other.closed) continue;
        expect(!(other.days.first > *posted.belongs_to && other.days.first < posted.date),
               "a late entry passes over an open period");
    }
}

void RulesAuditor::check_line(const EntryPosted& posted, const PostedLine& line) {
    if (line.rounding) {
        ++looked_at_["rounding line"];
        const std::int64_t size = std::abs(line.base.minor);
        expect(posted.reverses || size <= ledger_.policy().rounding_tolerance,
               "a rounding line is above the tolerance");
    }
    if (line.amount.currency == line.base.currency)
        expect(line.amount == line.base, "a line in base currency is worth something else");
    // A reversal takes back what was booked, whatever the rates have become.
    if (posted.reverses || !line.rate || !line.rate->type) return;
    ++looked_at_["looked-up rate"];
    const auto worth = ledger_.worth(line.amount.minor, line.amount.currency, *line.rate->type,
                                     posted.belongs_to.value_or(posted.date));
    expect(worth == line.base.minor, "a foreign line is not worth what the rate of its day says");
}

void RulesAuditor::check_reversal(const EntryPosted& posted) {
    const EntryPosted* of = ledger_.entry(*posted.reverses);
    if (!of) return differ("a reversal takes back what is not there");
    ++looked_at_[posted.lines.front().base.minor < 0 ? "reversal by storno"
                                                     : "reversal by swapped sides"];
    // What is left of both by account, dimensions and currency.
    std::map<std::pair<PlainCell, Currency>, std::pair<Wide, Wide>> left;
    for (const EntryPosted* each : {of, &posted})
        for (const PostedLine& line : each->lines) {
            auto& [base, amount] =
                left[{{line.account.text, {}, test::dimensions_of(line.dimensions)},
                      line.amount.currency}];
            base += base_of(line);
            amount += line.side == Side::debit ? line.amount.minor : -line.amount.minor;
        }
    for (const auto& [at, sums] : left)
        expect(sums.first == 0 && sums.second == 0, "a reversal leaves something");
    expect(posted.books == of->books, "a reversal is in other books than its entry");
    expect(posted.kind == of->kind, "a reversal is of another kind than its entry");
    expect(posted.date >= of->date, "a reversal lies before its entry");
    if (of->kind == EntryKind::closing)
        expect(posted.date == of->date, "a close is taken back on another day");
    reversed_by_[of->entry].push_back(posted.entry);
}

// Entries above the amount need a second pair of eyes, unless a flow or a rule that computes makes
// them or they take something back.
void RulesAuditor::check_approval(const EntryPosted& posted, const Context& context) {
    const auto& above = ledger_.policy().four_eyes_above;
    if (!above || context.by_flow || posted.reverses) return;
    Wide debits = 0;
    for (const PostedLine& line : posted.lines)
        if (line.side == Side::debit) debits += line.base.minor;
    if (debits <= above->minor) return;
    if (!posted.origin) {
        const auto draft = posted.draft ? drafts_.find(*posted.draft) : drafts_.end();
        expect(draft != drafts_.end() && draft->second.approved,
               "an entry above the amount was approved by nobody");
        ++looked_at_["approved draft above the amount"];
    } else if (posted.origin->rule == EntryRule::recurrence) {
        expect(recurring_[{posted.origin->of}].approved,
               "a recurring entry above the amount was approved by nobody");
        ++looked_at_["approved recurring entry above the amount"];
    } else if (posted.origin->rule == EntryRule::deferral) {
        expect(deferrals_[{posted.origin->of}].approved,
               "a release above the amount was approved by nobody");
    }
}

void RulesAuditor::check(const AccrualPosted& posted) {
    ++looked_at_["accrual"];
    accruals_[posted.entry] = posted.reversal;
    const EntryPosted* entry = ledger_.entry(posted.entry);
    const EntryPosted* reversal = ledger_.entry(posted.reversal);
    if (!entry || !reversal) return differ("an accrual lacks one of its entries");
    expect(reversal->reverses == posted.entry, "an accrual's reversal takes back something else");
    const auto period = ledger_.ordinary_period(entry->date);
    const Date next = ledger_.periods()[*period].days.last + 1;
    expect(reversal->belongs_to.value_or(reversal->date) == next,
           "an accrual is not taken back on the first day of the next period");
}

void RulesAuditor::check(const DraftApproved& approved, const Context& context) {
    DraftSeen& draft = drafts_[approved.draft];
    expect(!draft.saved_by.contains(context.actor), "a draft is approved by who wrote it");
    expect(!draft.closed && !draft.rejected, "a draft is approved that is closed or rejected");
    draft.approved = true;
    ++looked_at_["approved draft"];
}

void RulesAuditor::check(const DraftPosted& posted) {
    ++looked_at_["posted draft"];
    DraftSeen& draft = drafts_[posted.draft];
    const EntryPosted* entry = ledger_.entry(posted.entry);
    if (!entry) return differ("a draft is posted without an entry");
    expect(!draft.closed && !draft.rejected, "a draft is posted that is closed or rejected");
    draft.closed = true;
    expect(entry->draft == posted.draft, "an entry does not name its draft");
    expect(entry->books == sorted(draft.content.books), "an entry is not in its draft's books");
    for (std::size_t at = 0; at < entry->lines.size(); ++at) {
        const PostedLine& line = entry->lines[at];
        if (line.rounding) continue;
        expect(at < draft.content.lines.size() && line.account == draft.content.lines[at].account &&
                   line.side == draft.content.lines[at].side &&
                   line.amount == draft.content.lines[at].amount &&
                   line.dimensions == draft.content.lines[at].dimensions,
               "an entry has other lines than its draft");
    }
}

void RulesAuditor::finish() {
    for (const auto& [id, by] : reversed_by_) {
        const EntryPosted& entry = *ledger_.entry(id);
        // An accrual is taken back by its reversal, and once more where both were wrong.
        expect(by.size() == (accruals_reversed_.contains(id) ? 2u : 1u),
               "an entry is taken back twice");
        if (!entry.reverses) continue;
        // Only the second half of an accrual, together with the first.
        expect(accruals_reversed_.contains(*entry.reverses), "a reversal is taken back alone");
    }
    for (const auto& [accrual, reversal] : accruals_)
        expect(reversed_by_[reversal].empty() != accruals_reversed_.contains(accrual),
               "half of an accrual is taken back");
}

std::vector<EntryId> RulesAuditor::reversible() const {
    std::vector<EntryId> entries;
    for (const EntryPosted& entry : ledger_.entries())
        if (!entry.reverses && !reversed_by_.contains(entry.entry)) entries.push_back(entry.entry);
    return entries;
}

std::vector<EntryId> RulesAuditor::reversible_accruals() const {
    std::vector<EntryId> entries;
    for (const auto& [accrual, reversal] : accruals_)
        if (!accruals_reversed_.contains(accrual)) entries.push_back(accrual);
    return entries;
}

}  // namespace kontor::ledger
