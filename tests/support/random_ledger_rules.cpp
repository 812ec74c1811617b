// How runs of the ledger's rules are drawn, and what stands around them: periods, policy, rates.
#include "domain/ledger/closing.h"
#include "domain/ledger/closing_accounts.h"
#include "domain/ledger/due_entries.h"
#include "domain/ledger/revaluation.h"
#include "tests/support/random_ledger.h"

namespace kontor::test {

using namespace ledger;

std::vector<RecurringLine> RandomLedger::fixed_lines() {
    std::vector<RecurringLine> lines;
    for (const EntryLine& each : entry_lines())
        lines.push_back({each.account, each.side, each.amount, each.base, {}, {}, each.dimensions});
    return lines;
}

AmountFormula RandomLedger::formula() {
    AmountFormula formula;
    formula.percent = {dice_.between(1, 150'000'000)};
    formula.measure = dice_.one_in(2) ? BalanceMeasure::movement : BalanceMeasure::balance;
    formula.accounts = {{std::string(one_of({"sales", "rent", "bank", "wages"}))}};
    if (dice_.one_in(3)) formula.accounts.push_back({"power"});
    return formula;
}

// A bonus by a formula, sometimes fees too, and what is owed for them as the rest.
std::vector<RecurringLine> RandomLedger::computed_lines() {
    std::vector<RecurringLine> lines(2);
    lines[0].account = {"bonus"};
    lines[0].formula = formula();
    lines[0].dimensions = dimensions_for("bonus");
    lines[1].account = {"accrued"};
    lines[1].side = Side::credit;
    if (dice_.one_in(2)) {
        lines.emplace_back();
        lines[2].account = {"fees"};
        lines[2].side = dice_.one_in(2) ? Side::credit : Side::debit;
        if (dice_.one_in(2))
            lines[2].amount = eur(cents());
        else
            lines[2].formula = formula();
    }
    return lines;
}

// Formulas are of one book or of what is in all: of two, what is in both would count twice.
Message RandomLedger::define_recurring() {
    DefineRecurring define;
    define.company = company;
    define.recurring = {"R" + std::to_string(1 + dice_.below(12))};
    define.journal = journal();
    define.text = "Again";
    const bool computed = dice_.one_in(2);
    define.lines = computed ? computed_lines() : fixed_lines();
    define.books = books();
    if (computed && define.books.size() > 1) define.books.pop_back();
    Schedule& schedule = define.schedule;
    schedule.every = dice_.one_in(4) ? static_cast<Frequency>(dice_.below(4)) : Frequency::monthly;
    schedule.from = first_day_ + static_cast<int>(dice_.between(0, 270));
    if (dice_.one_in(2)) schedule.day = dice_.between(1, 31);
    if (dice_.one_in(3)) schedule.until = day();
    schedule.times = dice_.between(1, 8);
    return Message::of(define);
}

Message RandomLedger::approve_recurring() {
    return Message::of(ApproveRecurring{company, recurring()});
}
Message RandomLedger::pause_recurring() {
    return Message::of(PauseRecurring{company, recurring()});
}
Message RandomLedger::resume_recurring() {
    return Message::of(ResumeRecurring{company, recurring(), maybe_day()});
}
Message RandomLedger::end_recurring() {
    return Message::of(EndRecurring{company, recurring(), maybe_day()});
}

Message RandomLedger::post_recurring() {
    if (recurring_.empty()) return define_recurring();
    const RecurringDefined& defined = recurring_[dice_.below(recurring_.size())];
    const auto due = defined.schedule.due(dice_.between(0, defined.schedule.times.value_or(8) - 1));
    return Message::of(PostRecurring{company, defined.recurring, due.value_or(day())});
}

Message RandomLedger::post_due() { return Message::of(PostDueEntries{company, maybe_day()}); }

Message RandomLedger::defer() {
    DeferAmount defer;
    defer.company = company;
    defer.deferral = {"D" + std::to_string(1 + dice_.below(20))};
    defer.journal = journal();
    defer.text = "Released";
    defer.amount = eur(cents());
    const bool income = dice_.one_in(3);
    defer.held_on = {income ? "advances" : "prepaid"};
    defer.released_to = {std::string(income ? "sales" : one_of({"rent", "power", "wages"}))};
    // Some contracts began before the books did.
    defer.span.first =
        dice_.one_in(8) ? first_day_ - static_cast<int>(dice_.between(1, 60)) : day();
    defer.span.last = defer.span.first + static_cast<int>(dice_.between(0, 250));
    defer.by = dice_.one_in(2)               ? ReleaseBy::days
               : defer.amount.minor % 4 == 0 ? ReleaseBy::periods
                                             : ReleaseBy::months;
    defer.dimensions = dimensions_for(defer.released_to.text);
    defer.books = books();
    return Message::of(defer);
}

Message RandomLedger::approve_deferral() {
    return Message::of(ApproveDeferral{company, deferral()});
}

Message RandomLedger::release() {
    if (deferrals_.empty()) return defer();
    const AmountDeferred& deferred = deferrals_[dice_.below(deferrals_.size())];
    const Date through = dice_.one_in(4) ? deferred.span.last : last_of_a_period();
    return Message::of(ReleaseDeferral{company, deferred.deferral, through});
}

Message RandomLedger::end_deferral() {
    return Message::of(EndDeferral{company, deferral(), new_entry(), maybe_day(), {}});
}

std::vector<AllocationTarget> RandomLedger::targets(AllocationBasis basis) {
    std::vector<AllocationTarget> targets;
    std::int64_t percent = 100'000'000;
    const auto count = static_cast<std::size_t>(dice_.between(1, 3));
    for (std::size_t at = 0; at < count; ++at) {
        AllocationTarget target;
        target.account = {std::string(one_of({"wages", "bonus", "stock"}))};
        target.dimensions[centre_] = {std::string(1, static_cast<char>('A' + at))};
        if (basis == AllocationBasis::percent) {
            target.percent = Percent{at + 1 == count ? percent : dice_.between(1, percent / 2)};
            percent -= target.percent->units;
        } else if (basis == AllocationBasis::weights) {
            target.weight = dice_.between(1, 1'000);
        } else {
            target.basis_account = AccountCode{std::string(one_of({"sales", "wages", "bank"}))};
            if (dice_.one_in(4)) target.basis_dimensions = target.dimensions;
        }
        targets.push_back(std::move(target));
    }
    return targets;
}

Message RandomLedger::define_allocation() {
    DefineAllocation define;
    define.company = company;
    define.allocation = {"A" + std::to_string(1 + dice_.below(3))};
    define.name = "Shared";
    define.journal = journal();
    define.sources = {{"rent"}};
    if (dice_.one_in(2)) define.sources.push_back({"power"});
    if (dice_.one_in(4)) define.source_dimensions[centre_] = {"A"};
    define.basis = static_cast<AllocationBasis>(dice_.below(3));
    define.targets = targets(define.basis);
    return Message::of(define);
}

Message RandomLedger::allocate() {
    return Message::of(AllocateCosts{company,
                                     {"A" + std::to_string(1 + dice_.below(3))},
                                     year().code,
                                     dice_.between(1, periods_of_a_year),
                                     new_entry(),
                                     "Shared out"});
}

Message RandomLedger::revalue() {
    return Message::of(RevalueForeignBalances{
        company, year().code, dice_.between(1, periods_of_a_year), new_entry(), journal(),
        dice_.one_in(5) ? RateType::spot : RateType::closing, "Valued"});
}

Message RandomLedger::close_year() {
    CloseFiscalYear close{company, year().code, new_entry(), journal(), {}, {}, "Result"};
    if (dice_.one_in(2)) close.period = periods_of_a_year;
    return Message::of(close);
}

Message RandomLedger::reopen_year() {
    return Message::of(ReopenFiscalYear{company, year().code, "A late bill"});
}

Message RandomLedger::close_period() {
    return Message::of(ClosePeriod{company, year().code, dice_.between(1, periods_of_a_year)});
}

Message RandomLedger::reopen_period() {
    return Message::of(
        ReopenPeriod{company, year().code, dice_.between(1, periods_of_a_year), "A late bill"});
}

Message RandomLedger::set_policy() {
    SetLedgerPolicy set{company, {}, {}};
    set.late_entries = dice_.one_in(2) ? LateEntries::refused : LateEntries::first_open_period;
    set.reversals = dice_.one_in(2) ? ReversalStyle::storno : ReversalStyle::swapped_sides;
    set.pairs_lines = dice_.one_in(2);
    set.rounding_tolerance = dice_.between(0, 3);
    if (dice_.one_in(4)) set.exchange_gains = AccountCode{std::string(one_of({"gains", "fees"}))};
    return Message::of(set);
}

Message RandomLedger::set_adjustment_account() {
    return Message::of(
        SetAdjustmentAccount{company,
                             {std::string(one_of({"receivables", "loans"}))},
                             {std::string(one_of({"receivables+", "stock", "accrued"}))}});
}

// Wages ask for a centre, so nothing is closed to them.
Message RandomLedger::set_closing_account() {
    SetClosingAccount set{
        company,
        {std::string(one_of({"sales", "fees", "gains", "rent", "power", "wages", "bonus"}))}};
    if (!dice_.one_in(5))
        set.closes_to = AccountCode{
            std::string(one_of({"fees", "gains", "bonus", "losses", "rounding", "wages"}))};
    return Message::of(set);
}

Message RandomLedger::set_rate() {
    const RateType type = dice_.one_in(2) ? RateType::spot : RateType::closing;
    const Date on = dice_.one_in(2) ? last_of_a_period() : day();
    if (dice_.one_in(2))
        return Message::of(SetRate{company, type, currency_of("USD"), currency_of("EUR"), on,
                                   Rate{dice_.between(8'000'000'000, 9'999'999'999)}});
    return Message::of(SetRate{company, type, currency_of("EUR"), currency_of("JPY"), on,
                               Rate{dice_.between(1'500'000'000'000, 1'700'000'000'000)}});
}

Message RandomLedger::withdraw_rate() {
    return Message::of(
        WithdrawRate{company, RateType::spot, currency_of("USD"), currency_of("EUR"),
                     plus_months(first_day_, static_cast<int>(dice_.below(2 * months_of_a_year)))});
}

Message RandomLedger::block() {
    return Message::of(
        BlockAccount{company, {std::string(one_of({"power", "stock", "bonus", "retained"}))}});
}

Message RandomLedger::unblock() {
    return Message::of(
        UnblockAccount{company, {std::string(one_of({"power", "stock", "bonus", "retained"}))}});
}

}  // namespace kontor::test
