// When recurring entries are due, what they come to, and what of it is posted.
#include "domain/ledger/recurring.h"

#include "domain/core/catalog.h"
#include "domain/core/sorted_once.h"
#include "domain/ledger/balances.h"
#include "domain/ledger/posting.h"

#include <algorithm>
#include <utility>

namespace kontor::ledger {

namespace {

bool has_formula(const std::vector<RecurringLine>& lines) {
    return std::ranges::any_of(lines, [](const auto& line) { return line.formula.has_value(); });
}

bool is_rest(const RecurringLine& line) { return !line.amount && !line.formula; }

int months_of(Frequency every) {
    switch (every) {
        case Frequency::weekly: break;
        case Frequency::monthly: return 1;
        case Frequency::quarterly: return 3;
        case Frequency::yearly: return 12;
    }
    return 0;
}

// That day of the month, or its last one.
Date in_month(Date first_of_month, std::int64_t day) {
    return std::min(first_of_month + static_cast<int>(day - 1), last_of_month(first_of_month));
}

Objection fault_of_line(const World& world, const DefineRecurring& define,
                        const RecurringLine& line, Currency base, bool computed) {
    const auto& accounts = world.of<Accounts>();
    if (!accounts.find({define.company, line.account})) return account_unknown.about(line.account);
    if (line.amount && line.amount->minor <= 0) return amount_not_positive;
    if ((line.amount && line.formula) || (line.base && !line.amount)) return amount_unclear;
    if (computed && line.amount && line.amount->currency != base) return formula_without_base;
    if (!line.formula) return {};
    for (const AccountCode& account : line.formula->accounts) {
        const Account* counted = accounts.find({define.company, account});
        if (!counted) return account_unknown.about(account);
        if (counted->summary) return account_is_summary.about(account);
        if (std::ranges::find(define.lines, account, &RecurringLine::account) != define.lines.end())
            return formula_of_own_account.about(account);
    }
    return {};
}

// What the accounts of a formula come to on the side that is usual for their kind.
Wide sum_of(const World& world, const CompanyCode& company, const AmountFormula& formula,
            const std::vector<BookCode>& books, const FiscalPlace& place) {
    const FiscalYear& year = *fiscal_year_named(world, company, place.year);
    const BalanceSums sums =
        formula.measure == BalanceMeasure::movement
            ? balances_in(world, company, year, {place.period, place.period}, formula.accounts)
            : balances_through(world, company, year, place.period, formula.accounts);
    Wide sum = 0;
    for (const auto& [of, balance] : sums) {
        if (!of.book.text.empty() && std::ranges::find(books, of.book) == books.end()) continue;
        const Account& account = *world.of<Accounts>().find({company, of.account});
        sum += normal_side_of(account.kind) == Side::debit ? balance.base : -balance.base;
    }
    return sum;
}

EntryLine line_of(const RecurringLine& line, Side side, Money amount) {
    EntryLine made;
    made.account = line.account;
    made.side = side;
    made.amount = amount;
    made.base = line.base;
    made.text = line.text;
    made.dimensions = line.dimensions;
    return made;
}

// The lines that bring what was posted to what the amounts are now.
std::vector<EntryLine> lines_of(const Recurring& recurring, const std::vector<Money>& amounts,
                                const RecurringRun* before) {
    std::vector<EntryLine> lines;
    for (std::size_t at = 0; at < amounts.size(); ++at) {
        const RecurringLine& line = recurring.lines[at];
        const Money left = before ? amounts[at] - before->amounts[at] : amounts[at];
        const Side other = line.side == Side::debit ? Side::credit : Side::debit;
        if (left.minor > 0) lines.push_back(line_of(line, line.side, left));
        if (left.minor < 0) lines.push_back(line_of(line, other, -left));
    }
    return lines;
}

std::vector<EntryLine> fixed_lines_of(const Recurring& recurring) {
    std::vector<EntryLine> lines;
    for (const RecurringLine& line : recurring.lines)
        lines.push_back(line_of(line, line.side, *line.amount));
    return lines;
}

// Ids are the clients' to choose, this one too: what is taken is passed over.
EntryId id_of(const World& world, const PostRecurring& post, std::int64_t times) {
    const std::string cause =
        post.company.text + '\n' + post.recurring.text + '\n' + to_text(post.due);
    EntryId id;
    auto count = static_cast<std::uint64_t>(times);
    do id = {derived_uuid(cause, "recurring", count++)};
    while (world.of<Entries>().find({post.company, id}));
    return id;
}

bool computes(const Recurring& recurring) {
    return has_formula(recurring.lines) || std::ranges::any_of(recurring.lines, is_rest);
}

}  // namespace

std::optional<std::vector<Money>> computed_amounts(const std::vector<RecurringLine>& lines,
                                                   Currency base, const FormulaSum& sum_of) {
    std::vector<Wide> amounts;
    Wide debits = 0;
    for (const RecurringLine& line : lines) {
        Wide amount = line.amount ? line.amount->minor : 0;
        if (line.formula) {
            const Wide sum = sum_of(*line.formula);
            if (sum > most_money || sum < -Wide{most_money}) return std::nullopt;
            amount = divide(sum * line.formula->percent.units, ten_to(Percent::digits + 2),
                            Rounding::half_up);
        }
        amounts.push_back(amount);
        debits += line.side == Side::debit ? amount : -amount;
    }
    std::vector<Money> computed;
    for (std::size_t at = 0; at < amounts.size(); ++at) {
        const RecurringLine& line = lines[at];
        if (is_rest(line)) amounts[at] = line.side == Side::debit ? -debits : debits;
        if (amounts[at] > most_money || amounts[at] < -Wide{most_money}) return std::nullopt;
        computed.push_back({static_cast<std::int64_t>(amounts[at]), base});
    }
    return computed;
}

std::optional<Date> Schedule::due(std::int64_t n) const {
    if (times && n >= *times) return std::nullopt;
    Date date = from;
    if (every == Frequency::weekly) {
        date = from + static_cast<int>(7 * n);
    } else {
        const YearMonthDay first = civil(from);
        const std::int64_t wanted = day.value_or(first.day);
        Date month = from - (first.day - 1);
        if (in_month(month, wanted) < from) month = plus_months(month, 1);
        date = in_month(plus_months(month, static_cast<int>(n) * months_of(every)), wanted);
    }
    if (date > last_date || (until && date > *until)) return std::nullopt;
    return date;
}

std::int64_t Schedule::number_from(Date wanted) const {
    // Due days follow each other in order, and there are at most so many before the last date.
    std::int64_t least = 0, most = 1;
    while (due(most).value_or(wanted) < wanted) most *= 2;
    while (least < most) {
        const std::int64_t middle = (least + most) / 2;
        const auto date = due(middle);
        if (date && *date < wanted)
            least = middle + 1;
        else
            most = middle;
    }
    return least;
}

std::optional<std::int64_t> Schedule::number_of(Date wanted) const {
    const std::int64_t number = number_from(wanted);
    if (due(number) != wanted) return std::nullopt;
    return number;
}

Decision<RecurringDefined> decide(const World& world, const DefineRecurring& define,
                                  const Context& context) {
    const auto* company = world.of<companies::Companies>().find(define.company);
    if (!company) return companies::company_unknown.about(define.company);
    if (world.of<Recurrings>().find({define.company, define.recurring}))
        return recurring_exists.about(define.recurring);
    if (!world.of<Journals>().find({define.company, define.journal}))
        return journal_unknown.about(define.journal);
    if (Objection unknown = unknown_book(world, define.company, define.books)) return unknown;
    if (define.lines.size() < 2) return too_few_lines;
    if (define.lines.size() > most_lines) return too_many_lines;
    if (!define.schedule.due(0)) return schedule_empty;
    const auto rests = std::ranges::count_if(define.lines, is_rest);
    const bool computed = rests > 0 || has_formula(define.lines);
    if (has_formula(define.lines) && define.books.size() > 1) return formula_of_several_books;
    for (std::size_t at = 0; at < define.lines.size(); ++at)
        if (Objection fault =
                fault_of_line(world, define, define.lines[at], company->base_currency, computed))
            return std::move(fault).at("lines", at);
    if (rests > 1) return amount_unclear;
    const auto calendar = calendar_of(world, define.company);
    const std::int64_t settled = calendar ? define.schedule.number_from(calendar->first) : 0;
    return RecurringDefined{
        define.company,  define.recurring,          define.journal, define.text, define.lines,
        define.schedule, sorted_once(define.books), context.actor,  settled};
}

Decision<RecurringApproved> decide(const World& world, const ApproveRecurring& approve,
                                   const Context& context) {
    const Recurring* recurring = world.of<Recurrings>().find({approve.company, approve.recurring});
    if (!recurring) return recurring_unknown.about(approve.recurring);
    if (recurring->approved) return recurring_approved;
    if (recurring->defined_by == context.actor) return recurring_defined_by_approver;
    return RecurringApproved{approve.company, approve.recurring};
}

Decision<RecurringPaused> decide(const World& world, const PauseRecurring& pause, const Context&) {
    const Recurring* recurring = world.of<Recurrings>().find({pause.company, pause.recurring});
    if (!recurring) return recurring_unknown.about(pause.recurring);
    if (recurring->paused) return recurring_paused;
    return RecurringPaused{pause.company, pause.recurring};
}

Decision<RecurringResumed> decide(const World& world, const ResumeRecurring& resume,
                                  const Context&) {
    const Recurring* recurring = world.of<Recurrings>().find({resume.company, resume.recurring});
    if (!recurring) return recurring_unknown.about(resume.recurring);
    if (!recurring->paused) return recurring_not_paused;
    return RecurringResumed{resume.company, resume.recurring, resume.from};
}

Decision<RecurringEnded> decide(const World& world, const EndRecurring& end,
                                const Context& context) {
    const Recurring* recurring = world.of<Recurrings>().find({end.company, end.recurring});
    if (!recurring) return recurring_unknown.about(end.recurring);
    const Date last = end.last.value_or(context.today);
    if (recurring->last && *recurring->last <= last) return recurring_ended.about(*recurring->last);
    return RecurringEnded{end.company, end.recurring, last};
}

Decision<EntryPosted, RecurringPosted> decide(const World& world, const PostRecurring& post,
                                              const Context& context) {
    const Recurring* recurring = world.of<Recurrings>().find({post.company, post.recurring});
    if (!recurring) return recurring_unknown.about(post.recurring);
    const RecurringRun* before =
        world.of<RecurringRuns>().find({post.company, post.recurring, post.due});
    const auto number = recurring->schedule.number_of(post.due);
    if (!number || (!before && *number < recurring->settled)) return day_not_due.about(post.due);
    if (before && !computes(*recurring)) return {};
    if (recurring->paused) return recurring_paused;
    if (recurring->last && post.due > *recurring->last)
        return recurring_ended.about(*recurring->last);

    RecurringPosted posted{post.company, post.recurring, post.due, std::nullopt, {}};
    std::vector<EntryLine> lines;
    if (computes(*recurring)) {
        const auto place = fiscal_day(world, post.company, post.due);
        if (!place) return date_outside_calendar.about(post.due);
        const Currency base = world.of<companies::Companies>().find(post.company)->base_currency;
        const auto amounts =
            computed_amounts(recurring->lines, base, [&](const AmountFormula& formula) {
                return sum_of(world, post.company, formula, recurring->books, *place);
            });
        if (!amounts) return entry_too_large;
        lines = lines_of(*recurring, *amounts, before);
        posted.amounts = *amounts;
        if (lines.empty() && before) return {};
        if (lines.empty()) return posted;
    } else {
        lines = fixed_lines_of(*recurring);
    }
    EntryPosted entry;
    if (Objection fault =
            make_entry(world,
                       {post.company, id_of(world, post, before ? before->times : 0),
                        recurring->journal, post.due, recurring->text, std::nullopt,
                        std::move(lines), std::nullopt, std::nullopt, recurring->books},
                       context, entry))
        return std::move(fault).of_what_is_kept();
    if (!context.by_flow && !recurring->approved && needs_approval(world, entry))
        return approval_required;
    const FiscalPlace due = *fiscal_day(world, post.company, post.due);
    entry.origin = EntryOrigin{EntryRule::recurrence, post.recurring.text, due.year, due.period};
    posted.entry = entry.entry;
    return {std::move(entry), std::move(posted)};
}

void evolve(Recurrings& recurrings, const RecurringDefined& defined) {
    recurrings.put({defined.company, defined.recurring}, {.journal = defined.journal,
                                                          .text = defined.text,
                                                          .lines = defined.lines,
                                                          .schedule = defined.schedule,
                                                          .books = defined.books,
                                                          .defined_by = defined.defined_by,
                                                          .settled = defined.settled});
}

void evolve(Recurrings& recurrings, const RecurringApproved& approved) {
    recurrings.change({approved.company, approved.recurring},
                      [](Recurring& recurring) { recurring.approved = true; });
}

void evolve(Recurrings& recurrings, const RecurringPaused& paused) {
    recurrings.change({paused.company, paused.recurring},
                      [](Recurring& recurring) { recurring.paused = true; });
}

void evolve(Recurrings& recurrings, const RecurringResumed& resumed) {
    recurrings.change({resumed.company, resumed.recurring}, [&](Recurring& recurring) {
        recurring.paused = false;
        if (!resumed.from) return;
        while (recurring.schedule.due(recurring.settled).value_or(*resumed.from) < *resumed.from)
            ++recurring.settled;
    });
}

void evolve(Recurrings& recurrings, const RecurringEnded& ended) {
    recurrings.change({ended.company, ended.recurring},
                      [&](Recurring& recurring) { recurring.last = ended.last; });
}

void evolve(Recurrings& recurrings, const RecurringPosted& posted) {
    recurrings.change({posted.company, posted.recurring}, [&](Recurring& recurring) {
        if (recurring.schedule.due(recurring.settled) == posted.due) ++recurring.settled;
    });
}

void evolve(RecurringRuns& runs, const RecurringPosted& posted) {
    const RecurringRunKey key{posted.company, posted.recurring, posted.due};
    const RecurringRun* before = runs.find(key);
    runs.put(key, {(before ? before->times : 0) + (posted.entry ? 1 : 0), posted.amounts});
}

Part recurring() {
    return Part()
        .table<Recurrings>("ledger.recurring")
        .table<RecurringRuns>("ledger.recurring_runs")
        .commands<DefineRecurring, PauseRecurring, ResumeRecurring, PostRecurring, ApproveRecurring,
                  EndRecurring>()
        .event<RecurringDefined, Recurrings>()
        .event<RecurringApproved, Recurrings>()
        .event<RecurringPaused, Recurrings>()
        .event<RecurringResumed, Recurrings>()
        .event<RecurringEnded, Recurrings>()
        .event<RecurringPosted, Recurrings, RecurringRuns>();
}

}  // namespace kontor::ledger
