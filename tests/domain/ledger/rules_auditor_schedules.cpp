// What the auditor looks at in deferrals and recurring entries: their days and amounts.
#include "tests/domain/ledger/rules_auditor.h"

#include <algorithm>

namespace kontor::ledger {

using test::base_of;
using test::first_difference;
using test::PlainLine;
using test::PlainPeriod;
using test::PlainSums;
using test::without_zeros;

Wide plain_part(Wide amount, Period span, ReleaseBy by, Date through,
                const std::vector<PlainPeriod>& calendar) {
    if (by == ReleaseBy::days) {
        const Wide days = span.last - span.first + 1, passed = through - span.first + 1;
        return test::rounded_quotient(amount * passed, days);
    }
    if (by == ReleaseBy::periods) {
        Wide periods = 0, passed = 0;
        for (const PlainPeriod& period : calendar) {
            if (period.adjustment > 0 || period.days.last < span.first ||
                period.days.first > span.last)
                continue;
            ++periods;
            if (period.days.last <= through || through == span.last) ++passed;
        }
        return amount / periods * passed + std::min(passed, amount % periods);
    }
    // Month by month; each has as much as any other, and the first ones the cents that are left.
    Wide months = 0, passed = 0;
    for (Date month = span.first; month <= last_of_month(span.last);
         month = last_of_month(month) + 1) {
        ++months;
        if (last_of_month(month) <= through || through == span.last) ++passed;
    }
    return amount / months * passed + std::min(passed, amount % months);
}

std::vector<Date> plain_due_days(const Schedule& schedule, Date through) {
    std::vector<Date> days;
    const auto is_over = [&](Date day) {
        return day > through || (schedule.until && day > *schedule.until) ||
               (schedule.times && static_cast<std::int64_t>(days.size()) == *schedule.times);
    };
    if (schedule.every == Frequency::weekly) {
        for (Date day = schedule.from; !is_over(day); day = day + 7) days.push_back(day);
        return days;
    }
    const int step = schedule.every == Frequency::monthly     ? 1
                     : schedule.every == Frequency::quarterly ? 3
                                                              : 12;
    const auto wanted = static_cast<int>(schedule.day.value_or(civil(schedule.from).day));
    int months = 0;
    for (Date month = schedule.from - (civil(schedule.from).day - 1);;
         month = last_of_month(month) + 1) {
        const Date day = std::min(month + (wanted - 1), last_of_month(month));
        if (day < schedule.from) continue;
        if (is_over(day)) return days;
        if (months++ % step == 0) days.push_back(day);
    }
}

void RulesAuditor::check_given_back(const EntryPosted& posted) {
    if (!posted.origin || posted.origin->rule != EntryRule::deferral) return;
    if (!posted.reverses && !posted.replaces) return;
    Released& of = deferrals_[{posted.origin->of}];
    Wide debit = 0;
    for (const PostedLine& line : posted.lines)
        if (line.account == of.deferred.held_on) debit += base_of(line);
    const Wide taken = debit < 0 ? -debit : debit;
    of.released += posted.reverses ? -taken : taken;
    of.given_back = of.given_back || posted.reverses;
    ++looked_at_[posted.reverses ? "release given back" : "release corrected"];
    expect(of.released >= 0 && of.released <= of.deferred.amount.minor,
           "more of a deferral is released, or given back, than there is");
}

void RulesAuditor::check(const DeferralReleased& released) {
    Released& before = deferrals_[released.deferral];
    const AmountDeferred& deferred = before.deferred;
    ++looked_at_[deferred.by == ReleaseBy::days     ? "release by days"
                 : deferred.by == ReleaseBy::months ? "release by months"
                                                    : "release by periods"];
    if (released.through == deferred.span.last && released.date < released.through)
        ++looked_at_["deferral ended early"];
    expect(!before.through || released.through > *before.through || before.given_back,
           "days of a deferral are released twice");
    before.through = std::max(before.through, {released.through});
    before.released += released.amount.minor;
    const Wide due = plain_part(deferred.amount.minor, deferred.span, deferred.by, released.through,
                                ledger_.periods());
    const bool more_was = released.amount.minor == 0 && before.released > due;
    expect(before.released == due || more_was, "of a deferral " + test::shown(before.released) +
                                                   " is released and should be " +
                                                   test::shown(due));
    if (released.through == deferred.span.last)
        expect(before.released == deferred.amount.minor, "a deferral lost a cent");
    expect(released.entry.has_value() == (released.amount.minor != 0),
           "a release has an entry for nothing, or none for something");
    if (!released.entry) return void(++looked_at_["release of less than a cent"]);
    const EntryPosted* entry = ledger_.entry(*released.entry);
    if (!entry) return differ("a release has no entry");
    const bool income =
        ledger_.accounts().at(deferred.released_to.text).kind == AccountKind::income;
    const Wide debit = income ? -released.amount.minor : released.amount.minor;
    PlainSums is, due_sums;
    const std::string dimensions = test::dimensions_of(deferred.dimensions);
    due_sums[{deferred.released_to.text, {}, dimensions}] = debit;
    due_sums[{deferred.held_on.text, {}, dimensions}] = -debit;
    for (const PostedLine& line : entry->lines)
        is[{line.account.text, {}, test::dimensions_of(line.dimensions)}] += base_of(line);
    expect(is == due_sums, "the entry of a release: " + first_difference(is, due_sums));
    expect(entry->books == sorted(deferred.books), "a release is in other books");
}

void RulesAuditor::check(const RecurringPosted& posted) {
    Recurred& recurred = recurring_[posted.recurring];
    const RecurringDefined& defined = recurred.defined;
    expect(std::ranges::find(recurred.due_days, posted.due) != recurred.due_days.end(),
           "something is posted on a day that is none of its schedule");
    expect(!recurred.paused, "a paused recurring entry is posted");
    expect(!recurred.last || posted.due <= *recurred.last,
           "a recurring entry goes on behind its end");
    expect(!recurred.fallen_away.contains(posted.due), "a due day is posted that fell away");
    if (posted.entry) {
        const EntryPosted* entry = ledger_.entry(*posted.entry);
        if (!entry) return differ("a due day has no entry");
        expect(entry->belongs_to.value_or(entry->date) == posted.due,
               "a recurring entry is not posted on its due day");
        expect(entry->books == sorted(defined.books), "a recurring entry is in other books");
    }
    const bool computed = std::ranges::any_of(
        defined.lines, [](const RecurringLine& line) { return line.formula || !line.amount; });
    if (computed)
        check_computed(recurred, posted);
    else
        check_fixed(recurred, posted);
    auto& entries = recurred.posted[posted.due];
    if (posted.entry) entries.push_back(*posted.entry);
}

void RulesAuditor::check_fixed(const Recurred& recurred, const RecurringPosted& posted) {
    ++looked_at_["fixed due day"];
    expect(!recurred.posted.contains(posted.due), "a due day is posted twice");
    const EntryPosted* entry = posted.entry ? ledger_.entry(*posted.entry) : nullptr;
    if (!entry) return differ("a due day with fixed amounts has no entry");
    const std::vector<RecurringLine>& lines = recurred.defined.lines;
    for (std::size_t at = 0; at < entry->lines.size(); ++at) {
        const PostedLine& line = entry->lines[at];
        if (line.rounding) continue;
        expect(at < lines.size() && line.account == lines[at].account &&
                   line.side == lines[at].side && line.amount == *lines[at].amount &&
                   line.base == lines[at].base.value_or(line.base) &&
                   line.dimensions == lines[at].dimensions,
               "a recurring entry has other lines than were defined");
    }
}

void RulesAuditor::check_computed(const Recurred& recurred, const RecurringPosted& posted) {
    ++looked_at_["formula run"];
    const auto before = recurred.posted.find(posted.due);
    if (before != recurred.posted.end()) {
        ++looked_at_["formula difference"];
        expect(posted.entry.has_value(), "a run is told that changed nothing");
    }
    const std::vector<RecurringLine>& lines = recurred.defined.lines;
    std::vector<Wide> amounts;
    Wide debits = 0;
    for (const RecurringLine& line : lines) {
        const Wide amount = line.formula  ? evaluated(*line.formula, recurred.defined, posted.due)
                            : line.amount ? Wide{line.amount->minor}
                                          : Wide{0};
        amounts.push_back(amount);
        debits += line.side == Side::debit ? amount : -amount;
    }
    PlainSums due, is;
    for (std::size_t at = 0; at < lines.size(); ++at) {
        const RecurringLine& line = lines[at];
        const bool rest = !line.formula && !line.amount;
        const Wide debit = rest ? -debits : line.side == Side::debit ? amounts[at] : -amounts[at];
        due[{line.account.text, {}, test::dimensions_of(line.dimensions)}] += debit;
        const Wide said = at < posted.amounts.size() ? posted.amounts[at].minor : 0;
        expect(said == (line.side == Side::debit ? debit : -debit),
               "a run says another amount than its formula");
    }
    std::vector<EntryId> entries;
    if (before != recurred.posted.end()) entries = before->second;
    if (posted.entry) entries.push_back(*posted.entry);
    for (const EntryId& id : entries)
        for (const PostedLine& line : ledger_.entry(id)->lines)
            is[{line.account.text, {}, test::dimensions_of(line.dimensions)}] += base_of(line);
    due = without_zeros(std::move(due));
    is = without_zeros(std::move(is));
    expect(is == due, "what a formula has posted in all: " + first_difference(is, due));
}

// By what is in all books and what is in those of the recurring entry.
Wide RulesAuditor::evaluated(const AmountFormula& formula, const RecurringDefined& defined,
                             Date due) const {
    const std::size_t period = *ledger_.ordinary_period(due);
    Wide sum = 0;
    for (const PlainLine& line : ledger_.lines()) {
        if (!line.is_on(formula.accounts)) continue;
        if (!line.book.empty() &&
            std::ranges::find(defined.books, line.book, &BookCode::text) == defined.books.end())
            continue;
        if (formula.measure == BalanceMeasure::movement ? line.period != period || line.closing()
                                                        : line.period > period)
            continue;
        const AccountKind kind = ledger_.accounts().at(line.account()).kind;
        const bool by_debits = kind == AccountKind::asset || kind == AccountKind::expense;
        sum += by_debits ? line.base() : -line.base();
    }
    return test::rounded_quotient(sum * formula.percent.units, Wide{100} * 1'000'000);
}

std::vector<PostRecurring> RulesAuditor::recurring_due(Date through) const {
    std::vector<PostRecurring> due;
    for (const auto& [code, recurred] : recurring_)
        for (const Date day : recurred.due_days)
            if (day <= through && !recurred.posted.contains(day) &&
                !recurred.fallen_away.contains(day))
                due.push_back({recurred.defined.company, code, day});
    return due;
}

std::vector<ReleaseDeferral> RulesAuditor::releases_due(Date through) const {
    std::vector<ReleaseDeferral> due;
    for (const auto& [code, released] : deferrals_) {
        const AmountDeferred& deferred = released.deferred;
        std::set<Date> ends{deferred.span.last};
        for (const PlainPeriod& period : ledger_.periods())
            if (deferred.span.contains(period.days.last)) ends.insert(period.days.last);
        for (const Date end : ends)
            if (end <= through && (!released.through || end > *released.through))
                due.push_back({deferred.company, code, end});
    }
    return due;
}

}  // namespace kontor::ledger
