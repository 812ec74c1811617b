// Which entries carry a year's result to equity, and how they are taken back.
#include "domain/ledger/closing.h"

#include "domain/core/catalog.h"
#include "domain/core/sorted_once.h"
#include "domain/ledger/posting.h"

#include <algorithm>

namespace kontor::ledger {

namespace {

// An entry of the program may be longer than one of a user; a commit still has its bound.
constexpr std::size_t most_lines_of_a_closing = 10'000;

EntryOrigin origin_of(const FiscalYearCode& year) { return {EntryRule::closing, {}, year, 0}; }

std::vector<AccountCode> income_and_expenses(const World& world, const CompanyCode& company) {
    std::vector<AccountCode> accounts;
    for (const auto& [key, account] : world.of<Accounts>().from({company, {}})) {
        if (key.company != company) break;
        if (!account.summary &&
            (account.kind == AccountKind::income || account.kind == AccountKind::expense))
            accounts.push_back(key.account);
    }
    return accounts;
}

const Reason* fault_of_target(const World& world, const CompanyCode& company,
                              const AccountCode& code) {
    const Account* account = world.of<Accounts>().find({company, code});
    if (!account) return &account_unknown;
    if (account->summary) return &account_is_summary;
    if (account->kind != AccountKind::equity) return &account_not_equity;
    if (account->blocked) return &account_blocked;
    if (!account->required_dimensions.empty()) return &dimension_missing;
    return nullptr;
}

// What is left on an account with some dimensions, whatever the currencies of its postings.
struct Left {
    AccountCode account;
    std::string dimensions;

    auto operator<=>(const Left&) const = default;
};
using LeftByBook = std::map<BookCode, std::map<Left, Wide>>;

LeftByBook left_of(const World& world, const CompanyCode& company, const FiscalYear& year) {
    LeftByBook left;
    const PeriodSpan whole_year{1, most_periods, true};
    for (const auto& [of, sum] :
         balances_in(world, company, year, whole_year, income_and_expenses(world, company)))
        left[of.book][{of.account, of.dimensions}] += sum.base;
    for (auto& [book, sums] : left)
        std::erase_if(sums, [](const auto& sum) { return sum.second == 0; });
    return left;
}

PostedLine line_of(const AccountCode& account, Wide debit, Currency base) {
    const Money amount{static_cast<std::int64_t>(debit < 0 ? -debit : debit), base};
    return {account, debit < 0 ? Side::credit : Side::debit, amount, amount, {}, {}};
}

}  // namespace

Decision<EntryPosted, FiscalYearClosed> decide(const World& world, const CloseFiscalYear& close,
                                               const Context& context) {
    const FiscalYear* year = fiscal_year_named(world, close.company, close.fiscal_year);
    if (!year) return fiscal_year_unknown;
    if (world.of<Entries>().find({close.company, close.entry})) return entry_exists;
    if (!world.of<Journals>().find({close.company, close.journal})) return journal_unknown;
    const auto target = close.retained_earnings ? close.retained_earnings
                                                : policy_of(world, close.company).retained_earnings;
    if (!target) return retained_earnings_missing;
    if (const Reason* fault = fault_of_target(world, close.company, *target)) return *fault;
    const Date last_day = year->shape.last_day();
    const auto place = fiscal_period(world, close.company, last_day,
                                     close.period.value_or(year->shape.ordinary_periods()));
    if (!place) return date_outside_period;
    if (const Reason* closed = closed_for(world, close.company, *place, context.actor))
        return *closed;

    const Currency base = world.of<companies::Companies>().find(close.company)->base_currency;
    Decision<EntryPosted, FiscalYearClosed> closes;
    FiscalYearClosed closed{close.company, close.fiscal_year, *target, {}};
    std::int64_t number = next_number(world, close.company, close.journal, close.fiscal_year);
    EntryPosted entry{close.company,
                      close.entry,
                      close.journal,
                      close.fiscal_year,
                      number,
                      last_day,
                      close.text,
                      {},
                      {},
                      {},
                      {},
                      place->period};
    entry.adjustment = place->adjustment;
    entry.kind = EntryKind::closing;
    entry.origin = origin_of(close.fiscal_year);
    // Adds what the lines so far come to on the account of equity, and begins the next entry.
    const auto finish = [&](Wide result) {
        if (result != 0) entry.lines.push_back(line_of(*target, result, base));
        if (entry.lines.empty()) return;
        closed.entries.push_back(entry.entry);
        closes.add(entry);
        entry.lines.clear();
        entry.number = ++number;
        entry.entry = {derived_uuid(close.entry.uuid, "closing", closed.entries.size())};
    };
    for (const auto& [book, sums] : left_of(world, close.company, *year)) {
        entry.books.clear();
        if (!book.text.empty()) entry.books.push_back(book);
        Wide result = 0;
        for (const auto& [left, sum] : sums) {
            if (sum > most_money || sum < -Wide{most_money}) return entry_too_large;
            entry.lines.push_back(line_of(left.account, -sum, base));
            entry.lines.back().dimensions = dimensions_from(left.dimensions);
            result += sum;
            if (result > most_money || result < -Wide{most_money}) return entry_too_large;
            if (entry.lines.size() + 1 < most_lines_of_a_closing) continue;
            finish(result);
            result = 0;
        }
        finish(result);
    }
    closes.add(closed);
    return closes;
}

Steps<ReopenPeriod, ReverseEntry> decide(const World& world, const ReopenFiscalYear& reopen,
                                         const Context& context) {
    const FiscalYear* year = fiscal_year_named(world, reopen.company, reopen.fiscal_year);
    if (!year) return fiscal_year_unknown;
    const DerivedEntry* closing = derived_by(world, reopen.company, origin_of(reopen.fiscal_year));
    if (!closing || closing->entries.empty()) return fiscal_year_not_closed;
    std::vector<std::int64_t> periods;
    for (const EntryId& entry : closing->entries)
        periods.push_back(world.of<Entries>().find({reopen.company, entry})->period);
    Steps<ReopenPeriod, ReverseEntry> steps;
    for (const std::int64_t period : sorted_once(periods)) {
        const auto place = fiscal_period(world, reopen.company, year->shape.last_day(), period);
        if (place && closed_for(world, reopen.company, *place, context.actor))
            steps.add(ReopenPeriod{reopen.company, reopen.fiscal_year, period, reopen.reason});
    }
    for (const EntryId& entry : closing->entries)
        steps.add(ReverseEntry{
            reopen.company, {derived_uuid(entry.uuid, "reopening", 0)}, entry, {}, reopen.reason});
    return steps;
}

Part closing() {
    return Part().commands<CloseFiscalYear, ReopenFiscalYear>().event<FiscalYearClosed>();
}

}  // namespace kontor::ledger
