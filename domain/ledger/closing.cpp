// Which entries carry a year's result to equity, and how they are taken back.
#include "domain/ledger/closing.h"

#include "domain/core/catalog.h"
#include "domain/core/sorted_once.h"
#include "domain/ledger/closing_accounts.h"
#include "domain/ledger/rule_run.h"

#include <algorithm>

namespace kontor::ledger {

namespace {

// An entry of the program may be longer than one of a user; a commit still has its bound.
constexpr std::size_t most_lines_of_a_closing = 10'000;

EntryOrigin origin_of(const FiscalYearCode& year) { return {EntryRule::closing, {}, year, 0}; }

bool has_a_result(const Account& account) { return is_income_or_expense(account.kind); }

Objection fault_of_target(const World& world, const CompanyCode& company, const AccountCode& code) {
    const Account* account = world.of<Accounts>().find({company, code});
    if (!account) return account_unknown.about(code);
    if (account->summary) return account_is_summary.about(code);
    if (account->kind != AccountKind::equity) return account_not_equity.about(code);
    if (account->blocked) return account_blocked.about(code);
    if (!account->required_dimensions.empty())
        return dimension_missing.about(code, account->required_dimensions.front());
    return {};
}

// What is left, whatever the currencies of the postings.
struct Left {
    std::map<BookCode, Cells> by_book;
    bool beyond = false;  // what of it nobody knows, as sums ended where numbers do
};

Left left_of(const World& world, const CompanyCode& company, const FiscalYear& year) {
    Left left;
    const PeriodSpan whole_year{1, most_periods, true};
    for (const auto& [of, sum] : balances_in(world, company, year, whole_year,
                                             accounts_where(world, company, has_a_result))) {
        left.by_book[of.book][{of.account, of.dimensions}] += sum.base;
        left.beyond = left.beyond || sum.beyond;
    }
    for (auto& [book, sums] : left.by_book)
        std::erase_if(sums, [](const auto& sum) { return sum.second == 0; });
    std::erase_if(left.by_book, [](const auto& book) { return book.second.empty(); });
    return left;
}

// Takes off what is left as much as one entry holds, by its lines and by the amount of a side.
Cells next_entry(Cells& left, const Cell& target) {
    Cells cells;
    Wide debits = 0, credits = 0;
    while (!left.empty() && cells.size() + 1 < most_lines_of_a_closing) {
        auto& [cell, balance] = *left.begin();
        Wide& side = balance > 0 ? credits : debits;
        const Wide room = most_money - side;
        if (room == 0) break;
        const Wide size = std::min(room, balance > 0 ? balance : -balance);
        side += size;
        const Wide taken = balance > 0 ? size : -size;
        cells[cell] -= taken;
        cells[target] += taken;
        balance -= taken;
        if (balance == 0) left.erase(left.begin());
    }
    return cells;
}

// Carries what one book has left: first the accounts that are furthest from retained earnings, so
// that what arrives on an account goes on with what it had.
struct Carrying {
    const World& world;
    const CloseFiscalYear& close;
    const Context& context;
    const AccountCode& retained_earnings;
    FiscalPlace place;
    Date day;
    Currency base;
    RuleRun run;
    Decision<EntryPosted, FiscalYearClosed> posts = {};
    std::vector<EntryId> entries = {};

    Objection carry(const BookCode& book, const Cells& left) {
        Stages stages;
        for (const auto& [cell, balance] : left) stages[stage_of(cell.account)][cell] += balance;
        while (!stages.empty()) {
            const auto stage = stages.extract(stages.begin());
            const AccountCode& target = stage.key().second;
            Wide arrived = 0;
            for (Cells& cells : entries_of(stage.mapped()))
                if (const Objection fault = post(book, target, std::move(cells), arrived))
                    return fault;
            if (arrived != 0) stages[stage_of(target)][{target, {}}] += arrived;
        }
        return {};
    }

private:
    // By how far the accounts are from retained earnings, below zero, and by what takes them.
    using Stage = std::pair<int, AccountCode>;
    using Stages = std::map<Stage, Cells>;

    Stage stage_of(const AccountCode& account) const {
        const AccountCode* first = closes_to(world, close.company, account);
        return {-closing_depth(world, close.company, account), first ? *first : retained_earnings};
    }

    // What is an entry of its own. Where debits have their credits, income and expenses would be
    // each other's in one, and not those of what takes them.
    std::vector<Cells> entries_of(const Cells& cells) const {
        std::vector<Cells> apart(policy_of(world, close.company).pairs_lines ? 2 : 1);
        for (const auto& [cell, balance] : cells)
            if (balance != 0) apart[balance > 0 ? apart.size() - 1 : 0][cell] = balance;
        return apart;
    }

    // As many entries as it takes; adds what the target has of it.
    Objection post(const BookCode& book, const AccountCode& target, Cells cells, Wide& arrived) {
        if (cells.empty()) return {};
        if (target != retained_earnings) {
            if (const Objection fault = fault_of_arrival(target, cells)) return fault;
            for (const auto& [cell, balance] : cells) arrived += balance;
        }
        while (!cells.empty()) {
            std::vector<PostedLine> lines;
            if (const Objection fault = lines_of(next_entry(cells, {target, {}}), base, lines))
                return fault;
            EntryPosted entry =
                run.entry(origin_of(close.fiscal_year), place, day, book, std::move(lines));
            entry.kind = EntryKind::closing;
            entries.push_back(entry.entry);
            posts.add(std::move(entry));
        }
        return {};
    }

    // Why an account of the result cannot take what is carried to it; none when it can.
    Objection fault_of_arrival(const AccountCode& target, const Cells& cells) const {
        if (const Objection fault = fault_of_account(world, close.company, target, base, context))
            return fault;
        if (const Objection fault = fault_of_dimensions(world, close.company, target, {}))
            return fault;
        // Its sum must not end where numbers do while it is on its way.
        Wide all = 0;
        for (const auto& [cell, balance] : cells) all += balance < 0 ? -balance : balance;
        if (all > most_balance / 2) return entry_too_large;
        return {};
    }
};

bool earlier_year_has_a_result(const World& world, const CompanyCode& company,
                               const FiscalYear& year) {
    for (const auto& [key, earlier] : world.of<FiscalYears>().from({company, first_date})) {
        if (key.company != company || key.first_day >= year.shape.first_day) break;
        if (!left_of(world, company, earlier).by_book.empty()) return true;
    }
    return false;
}

// The first period that a close of the year belongs in, behind all income and expenses.
std::int64_t first_period_of_close(const World& world, const CompanyCode& company,
                                   const FiscalYear& year) {
    const auto accounts = accounts_where(world, company, has_a_result);
    for (std::int64_t period = year.shape.periods(); year.shape.is_adjustment(period); --period)
        if (!balances_in(world, company, year, {period, period, false}, accounts).empty())
            return period;
    return year.shape.ordinary_periods();
}

}  // namespace

Decision<EntryPosted, FiscalYearClosed> decide(const World& world, const CloseFiscalYear& close,
                                               const Context& context) {
    const FiscalYear* year = fiscal_year_named(world, close.company, close.fiscal_year);
    if (!year) return fiscal_year_unknown.about(close.fiscal_year);
    if (world.of<Entries>().find({close.company, close.entry}))
        return entry_exists.about(close.entry);
    if (!world.of<Journals>().find({close.company, close.journal}))
        return journal_unknown.about(close.journal);
    const auto target = close.retained_earnings ? close.retained_earnings
                                                : policy_of(world, close.company).retained_earnings;
    if (!target) return retained_earnings_missing;
    if (const Objection fault = fault_of_target(world, close.company, *target)) return fault;
    if (earlier_year_has_a_result(world, close.company, *year)) return earlier_year_not_closed;
    const Date last_day = year->shape.last_day();
    const std::int64_t least = first_period_of_close(world, close.company, *year);
    const auto place = fiscal_period(world, close.company, last_day, close.period.value_or(least));
    if (!place)
        return date_outside_period.about(last_day, "period " + std::to_string(*close.period));
    if (place->period < least)
        return closing_before_adjustments.about("period " + std::to_string(least));
    if (const Objection closed = closed_for(world, close.company, *place, context.actor))
        return closed;

    const Left all_left = left_of(world, close.company, *year);
    if (all_left.beyond) return entry_too_large;
    const Currency base = world.of<companies::Companies>().find(close.company)->base_currency;
    Carrying carrying{
        world,   close,
        context, *target,
        *place,  last_day,
        base,    RuleRun(world, close.company, close.entry, close.journal, close.text)};
    for (const auto& [book, left] : all_left.by_book)
        if (const Objection fault = carrying.carry(book, left)) return fault;
    carrying.posts.add(
        FiscalYearClosed{close.company, close.fiscal_year, *target, std::move(carrying.entries)});
    return std::move(carrying.posts);
}

Steps<ReopenPeriod, ReverseEntry> decide(const World& world, const ReopenFiscalYear& reopen,
                                         const Context& context) {
    const FiscalYear* year = fiscal_year_named(world, reopen.company, reopen.fiscal_year);
    if (!year) return fiscal_year_unknown.about(reopen.fiscal_year);
    const DerivedEntry* closing = derived_by(world, reopen.company, origin_of(reopen.fiscal_year));
    if (!closing || closing->entries.empty())
        return fiscal_year_not_closed.about(reopen.fiscal_year);
    std::vector<std::int64_t> periods;
    for (const EntryId& entry : closing->entries)
        periods.push_back(world.of<Entries>().find({reopen.company, entry})->period);
    Steps<ReopenPeriod, ReverseEntry> steps;
    for (const std::int64_t period : sorted_once(periods)) {
        const auto place = fiscal_period(world, reopen.company, year->shape.last_day(), period);
        if (place && closed_for(world, reopen.company, *place, context.actor))
            steps.add(ReopenPeriod{reopen.company, reopen.fiscal_year, period, reopen.reason});
    }
    const auto new_id = [&](const EntryId& of) {
        EntryId id;
        std::uint64_t count = 0;
        do id = {derived_uuid(of.uuid, "reopening", count++)};
        while (world.of<Entries>().find({reopen.company, id}));
        return id;
    };
    for (const EntryId& entry : closing->entries)
        steps.add(ReverseEntry{reopen.company, new_id(entry), entry, {}, reopen.reason});
    return steps;
}

Part closing() {
    return Part().commands<CloseFiscalYear, ReopenFiscalYear>().event<FiscalYearClosed>();
}

}  // namespace kontor::ledger
