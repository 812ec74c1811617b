// Random commands for a small company that uses every rule of the general ledger: two fiscal years
// with adjustments, two books, three currencies, two dimensions.
//
// It draws what is mostly possible, and knows of the ledger what it was told by accepted events
// alone: ids and codes to name again. What is refused is no fault of it.
#pragma once

#include "domain/core/decision.h"
#include "domain/ledger/allocation.h"
#include "domain/ledger/deferrals.h"
#include "domain/ledger/drafts.h"
#include "domain/ledger/recurring.h"
#include "tests/support/dice.h"

#include <string_view>
#include <vector>

namespace kontor::test {

class RandomLedger {
public:
    explicit RandomLedger(std::uint64_t seed);

    static const CompanyCode company;
    // What happened before the first command: calendar, chart, dimensions, books, policy, rates.
    std::vector<Message> founding();

    struct Drawn {
        Message command;
        Context context;
    };
    Drawn next();
    // An event of a command that was accepted.
    void saw(const Message& event);
    // One that nothing has yet.
    ledger::EntryId new_entry();
    Date day();

private:
    using Dimensions = std::map<ledger::DimensionCode, ledger::DimensionValueCode>;
    static constexpr int months_of_a_year = 6;
    static constexpr std::int64_t periods_of_a_year = months_of_a_year + 1;
    static const ledger::DimensionCode centre_, country_;
    static Currency currency_of(const char* code);

    struct Year {
        ledger::FiscalYearCode code;
        Date first_day;
    };

    Message post();
    Message post_on_control();
    Message post_opening_balances();
    Message reverse();
    Message correct();
    Message post_accrual();
    Message reverse_accrual();
    Message save_draft();
    Message approve_draft();
    Message reject_draft();
    Message discard_draft();
    Message post_draft();
    Message define_recurring();
    Message approve_recurring();
    Message pause_recurring();
    Message resume_recurring();
    Message end_recurring();
    Message post_recurring();
    Message post_due();
    Message defer();
    Message approve_deferral();
    Message release();
    Message end_deferral();
    Message define_allocation();
    Message allocate();
    Message revalue();
    Message close_year();
    Message reopen_year();
    Message close_period();
    Message reopen_period();
    Message set_policy();
    Message set_adjustment_account();
    Message set_closing_account();
    Message set_rate();
    Message withdraw_rate();
    Message block();
    Message unblock();

    Money eur(std::int64_t minor) const;
    std::int64_t cents();
    const Year& year();
    Date last_day(const Year& year) const;
    std::optional<Date> maybe_day();
    Date last_of_a_period();
    ledger::JournalCode journal();
    std::vector<ledger::BookCode> books();
    Dimensions dimensions_for(std::string_view account);
    std::string_view one_of(std::initializer_list<std::string_view> texts);
    ledger::EntryId seen_entry();
    ledger::DraftId seen_draft();
    ledger::RecurringCode recurring();
    ledger::DeferralCode deferral();

    ledger::EntryLine line(std::string_view account, ledger::Side side, Money amount);
    void add_pair(std::vector<ledger::EntryLine>& lines);
    std::vector<ledger::EntryLine> entry_lines();
    ledger::PostEntry entry();
    std::vector<ledger::RecurringLine> fixed_lines();
    std::vector<ledger::RecurringLine> computed_lines();
    ledger::AmountFormula formula();
    std::vector<ledger::AllocationTarget> targets(ledger::AllocationBasis basis);

    Dice dice_;
    Date first_day_;
    std::vector<Year> years_;
    std::uint64_t ids_ = 0;
    std::uint64_t last_draft_ = 0;
    std::vector<ledger::EntryId> entries_, accruals_;
    std::vector<ledger::AmountDeferred> deferrals_;
    std::vector<ledger::RecurringDefined> recurring_;
};

}  // namespace kontor::test
