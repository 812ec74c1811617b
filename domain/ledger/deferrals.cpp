// What of a deferral belongs to which days, and how it is released.
#include "domain/ledger/deferrals.h"

#include "domain/core/catalog.h"
#include "domain/core/sorted_once.h"
#include "domain/ledger/posting.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kontor::ledger {

namespace {

int month_number(Date date) {
    const YearMonthDay day = civil(date);
    return day.year * 12 + day.month;
}

// Of the two lines of a release, that of income or expense first.
std::vector<EntryLine> lines_of(const World& world, const CompanyCode& company, Money amount,
                                const AccountCode& held_on, const AccountCode& released_to,
                                const std::map<DimensionCode, DimensionValueCode>& dimensions) {
    const Account* released = world.of<Accounts>().find({company, released_to});
    const bool income = released && released->kind == AccountKind::income;
    std::vector<EntryLine> lines(2);
    lines[0].account = released_to;
    lines[0].side = income ? Side::credit : Side::debit;
    lines[1].account = held_on;
    lines[1].side = income ? Side::debit : Side::credit;
    for (EntryLine& line : lines) {
        line.amount = amount;
        line.dimensions = dimensions;
    }
    return lines;
}

bool kinds_fit(const World& world, const DeferAmount& defer) {
    const AccountKind held = world.of<Accounts>().find({defer.company, defer.held_on})->kind;
    const AccountKind released =
        world.of<Accounts>().find({defer.company, defer.released_to})->kind;
    return (held == AccountKind::asset || held == AccountKind::liability) &&
           is_income_or_expense(released);
}

// The day that ends the part of a day: the last of its ordinary period, or of the span. Empty: the
// calendar does not have the day.
std::optional<Date> end_of_part(const World& world, const CompanyCode& company, Period span,
                                Date day) {
    const auto period = days_of_period(world, company, day);
    if (!period) return std::nullopt;
    return std::min(period->last, span.last);
}

// The last days of the fiscal periods that a span touches, the last one that of the span; empty
// where the calendar does not have all of its days.
std::vector<Date> ends_of_parts(const World& world, const CompanyCode& company, Period span) {
    const auto calendar = calendar_of(world, company);
    if (!calendar || span.first < calendar->first || span.last > calendar->last) return {};
    std::vector<Date> ends;
    for (Date day = span.first; day <= span.last; day = ends.back() + 1)
        ends.push_back(*end_of_part(world, company, span, day));
    return ends;
}

Money part_through(const Deferral& deferral, Date through) {
    return part_through(deferral.amount, deferral.span, deferral.by, through, deferral.part_ends);
}

bool is_released(const Deferral& deferral) {
    return deferral.released.minor >= deferral.amount.minor;
}

struct Release {
    CompanyCode company;
    DeferralCode deferral;
    EntryId entry;
    std::string text;
    Money amount;
    Date date;
    Date through;
};

Decision<EntryPosted, DeferralReleased> released(const World& world, const Deferral& deferral,
                                                 const Release& release, const Context& context) {
    EntryPosted entry;
    if (Objection fault =
            make_entry(world,
                       {release.company, release.entry, deferral.journal, release.date,
                        release.text, std::nullopt,
                        lines_of(world, release.company, release.amount, deferral.held_on,
                                 deferral.released_to, deferral.dimensions),
                        std::nullopt, std::nullopt, deferral.books},
                       context, entry))
        return std::move(fault).of_what_is_kept();
    if (!context.by_flow && !deferral.approved && needs_approval(world, entry))
        return approval_required;
    const FiscalPlace place = *fiscal_day(world, release.company, release.date);
    entry.origin =
        EntryOrigin{EntryRule::deferral, release.deferral.text, place.year, place.period};
    const DeferralReleased part{release.company, release.deferral, entry.date,
                                release.through, release.amount,   release.entry};
    return {std::move(entry), part};
}

// Its last day, or the calendar's first one; what is released again is not so before the reversal.
Date date_of(const World& world, const Deferral& deferral, const ReleaseDeferral& release) {
    Date date = release.through;
    if (const auto calendar = calendar_of(world, release.company))
        date = std::max(date, calendar->first);
    const bool again = deferral.through >= release.through;
    return again ? std::max(date, deferral.given_back.value_or(date)) : date;
}

// Another one where a release of that day was reversed.
EntryId id_of(const World& world, const ReleaseDeferral& release) {
    const std::string cause =
        release.company.text + '\n' + release.deferral.text + '\n' + to_text(release.through);
    EntryId id;
    std::uint64_t count = 0;
    do id = {derived_uuid(cause, "deferral", count++)};
    while (world.of<Entries>().find({release.company, id}));
    return id;
}

}  // namespace

Money part_through(Money amount, Period span, ReleaseBy by, Date through,
                   std::span<const Date> part_ends) {
    if (through < span.first) return {0, amount.currency};
    if (through >= span.last) return amount;
    if (by == ReleaseBy::days) {
        const std::array<std::int64_t, 2> days{through - span.first + 1, span.last - through};
        return allocate(amount, days).front();
    }
    const int first = month_number(span.first);
    auto parts = static_cast<std::size_t>(month_number(span.last) - first + 1);
    auto ended = static_cast<std::size_t>(month_number(through + 1) - first);
    if (by == ReleaseBy::periods) {
        parts = part_ends.size();
        ended = static_cast<std::size_t>(
            std::ranges::count_if(part_ends, [&](Date end) { return end <= through; }));
    }
    const std::vector<Money> shares = split(amount, parts);
    Money sum{0, amount.currency};
    for (std::size_t part = 0; part < ended; ++part) sum = sum + shares[part];
    return sum;
}

std::vector<Date> release_days(const World& world, const CompanyCode& company,
                               const Deferral& deferral, Date through) {
    std::vector<Date> days;
    const auto calendar = calendar_of(world, company);
    if (!calendar || is_released(deferral)) return days;
    if (deferral.span.last < calendar->first) {
        if (calendar->first <= through) days.push_back(deferral.span.last);
        return days;
    }
    Date next = deferral.through ? *deferral.through + 1 : deferral.span.first;
    // What was reversed behind the last release is due with it once more.
    next = std::min(std::max(next, calendar->first), deferral.span.last);
    while (next <= deferral.span.last) {
        const auto end = end_of_part(world, company, deferral.span, next);
        if (!end || *end > through) break;
        days.push_back(*end);
        next = *end + 1;
    }
    return days;
}

std::int64_t debit_on(const AccountCode& account, const std::vector<PostedLine>& lines) {
    std::int64_t debit = 0;
    for (const PostedLine& line : lines)
        if (line.account == account)
            debit += line.side == Side::debit ? line.base.minor : -line.base.minor;
    return debit;
}

std::int64_t taken_by(const EntryPosted& posted, const AccountCode& held_on) {
    const std::int64_t debit = debit_on(held_on, posted.lines);
    const std::int64_t taken = debit < 0 ? -debit : debit;
    return posted.reverses ? -taken : taken;
}

Decision<AmountDeferred> decide(const World& world, const DeferAmount& defer,
                                const Context& context) {
    const auto* company = world.of<companies::Companies>().find(defer.company);
    if (!company) return companies::company_unknown.about(defer.company);
    if (world.of<Deferrals>().find({defer.company, defer.deferral}))
        return deferral_exists.about(defer.deferral);
    if (!world.of<Journals>().find({defer.company, defer.journal}))
        return journal_unknown.about(defer.journal);
    if (Objection unknown = unknown_book(world, defer.company, defer.books)) return unknown;
    if (defer.span.last < defer.span.first) return deferral_without_days;
    std::vector<Date> part_ends;
    if (defer.by == ReleaseBy::periods) {
        part_ends = ends_of_parts(world, defer.company, defer.span);
        if (part_ends.empty()) return deferral_beyond_calendar;
    }
    if (defer.amount.currency != company->base_currency)
        return deferral_currency_differs.about(company->base_currency);
    std::vector<PostedLine> lines;
    if (Objection fault = find_lines(world, defer.company, company->base_currency, defer.span.first,
                                     lines_of(world, defer.company, defer.amount, defer.held_on,
                                              defer.released_to, defer.dimensions),
                                     context, lines))
        return std::move(fault).of_what_is_kept();
    if (!kinds_fit(world, defer)) return deferral_accounts_unfit;
    return AmountDeferred{defer.company,
                          defer.deferral,
                          defer.journal,
                          defer.text,
                          defer.amount,
                          defer.held_on,
                          defer.released_to,
                          defer.span,
                          defer.by,
                          defer.dimensions,
                          sorted_once(defer.books),
                          context.actor,
                          std::move(part_ends)};
}

Decision<DeferralApproved> decide(const World& world, const ApproveDeferral& approve,
                                  const Context& context) {
    const Deferral* deferral = world.of<Deferrals>().find({approve.company, approve.deferral});
    if (!deferral) return deferral_unknown.about(approve.deferral);
    if (deferral->approved) return deferral_approved.about(approve.deferral);
    if (deferral->deferred_by == context.actor) return deferral_started_by_approver;
    return DeferralApproved{approve.company, approve.deferral};
}

Decision<EntryPosted, DeferralReleased> decide(const World& world, const ReleaseDeferral& release,
                                               const Context& context) {
    const Deferral* deferral = world.of<Deferrals>().find({release.company, release.deferral});
    if (!deferral) return deferral_unknown.about(release.deferral);
    const bool within = deferral->span.contains(release.through);
    const bool ends_part =
        release.through == deferral->span.last ||
        end_of_part(world, release.company, deferral->span, release.through) == release.through;
    if (!within || !ends_part) return release_not_due.about(release.through);
    if (is_released(*deferral)) return {};
    const Money part = part_through(*deferral, release.through) - deferral->released;
    if (part.minor <= 0 && deferral->through >= release.through) return {};
    if (part.minor <= 0)
        return DeferralReleased{release.company, release.deferral,   release.through,
                                release.through, {0, part.currency}, {}};
    return released(world, *deferral,
                    {release.company, release.deferral, id_of(world, release), deferral->text, part,
                     date_of(world, *deferral, release), release.through},
                    context);
}

Decision<EntryPosted, DeferralReleased> decide(const World& world, const EndDeferral& end,
                                               const Context& context) {
    const Deferral* deferral = world.of<Deferrals>().find({end.company, end.deferral});
    if (!deferral) return deferral_unknown.about(end.deferral);
    if (is_released(*deferral)) return deferral_released.about(end.deferral);
    return released(
        world, *deferral,
        {end.company, end.deferral, end.entry, end.text.empty() ? deferral->text : end.text,
         deferral->amount - deferral->released, end.date.value_or(context.today),
         deferral->span.last},
        context);
}

void evolve(Deferrals& deferrals, const AmountDeferred& deferred) {
    deferrals.put({deferred.company, deferred.deferral}, {deferred.journal,
                                                          deferred.text,
                                                          deferred.amount,
                                                          deferred.held_on,
                                                          deferred.released_to,
                                                          deferred.span,
                                                          deferred.by,
                                                          deferred.dimensions,
                                                          deferred.books,
                                                          deferred.deferred_by,
                                                          false,
                                                          {0, deferred.amount.currency},
                                                          std::nullopt,
                                                          std::nullopt,
                                                          deferred.part_ends});
}

void evolve(Deferrals& deferrals, const DeferralApproved& approved) {
    deferrals.change({approved.company, approved.deferral},
                     [](Deferral& deferral) { deferral.approved = true; });
}

void evolve(Deferrals& deferrals, const DeferralReleased& released) {
    deferrals.change({released.company, released.deferral}, [&](Deferral& deferral) {
        deferral.through = std::max(deferral.through, {released.through});
    });
}

void evolve(Deferrals& deferrals, const EntryPosted& posted) {
    if (!posted.origin || posted.origin->rule != EntryRule::deferral) return;
    deferrals.change({posted.company, {posted.origin->of}}, [&](Deferral& deferral) {
        deferral.released.minor += taken_by(posted, deferral.held_on);
        if (!posted.reverses) return;
        deferral.given_back = std::max(deferral.given_back, {posted.date});
        if (!deferral.through || posted.date >= *deferral.through) return;
        // The days behind it are open again where nothing of theirs is released: such as when the
        // end of a contract is taken back.
        const Money due = part_through(deferral, posted.date);
        if (due.minor >= deferral.released.minor) deferral.through = posted.date;
    });
}

Part deferrals() {
    return Part()
        .table<Deferrals>("ledger.deferrals", 2)
        .commands<DeferAmount, ReleaseDeferral, ApproveDeferral, EndDeferral>()
        .event<AmountDeferred, Deferrals>()
        .event<DeferralApproved, Deferrals>()
        .event<DeferralReleased, Deferrals>();
}

}  // namespace kontor::ledger
