// What takes away what of a line between its delivery and its invoice.
#include "domain/sales/positions.h"

#include "domain/ledger/policy.h"
#include "domain/ledger/posting.h"
#include "domain/ledger/rates.h"

#include <algorithm>
#include <map>

namespace kontor::sales {

namespace {

// What is taken of an amount that is there, with its share of what that is booked at; the last has
// all of it.
BookedAmount taken(std::int64_t minor, std::int64_t base, Money amount, Currency base_currency) {
    const std::int64_t part = std::min(amount.minor, minor);
    if (part <= 0) return {{0, amount.currency}, {0, base_currency}};
    return {{part, amount.currency}, {share_of_rest(base, minor, part), base_currency}};
}

BookedAmount less(const BookedAmount& booked) { return {-booked.amount, -booked.base}; }

}  // namespace

Objection find_day_rate(const World& world, const CompanyCode& company, Currency currency, Date day,
                        DayRate& rate) {
    rate.base = world.of<companies::Companies>().find(company)->base_currency;
    rate.rate = {};
    if (currency == rate.base) return {};
    const ledger::RateType type = ledger::policy_of(world, company).rate_type;
    const auto found = ledger::rate_on(world, company, type, currency, rate.base, day);
    if (!found) return ledger::rate_unknown.about(currency, rate.base, day);
    rate.rate = found->rate;
    return {};
}

Date day_posted(const World& world, const CompanyCode& company, Date day, const Context& context) {
    ledger::Placed placed;
    if (ledger::find_place(world, company, day, {}, context, placed)) return day;
    return placed.date;
}

std::optional<PositionMove> delivered_for(const SoldProgress& progress, Money amount,
                                          const DayRate& rate) {
    const BookedAmount owed =
        taken(progress.liability_minor, progress.liability_base, amount, rate.base);
    const Money rest = amount - owed.amount;
    const auto base = rate.of(rest);
    if (!base) return std::nullopt;
    return PositionMove{{rest, *base}, less(owed)};
}

std::optional<PositionMove> invoiced_for(const SoldProgress& progress, Money amount,
                                         const DayRate& rate) {
    const BookedAmount unbilled =
        taken(progress.unbilled_minor, progress.unbilled_base, amount, rate.base);
    const Money rest = amount - unbilled.amount;
    const auto base = rate.of(rest);
    if (!base) return std::nullopt;
    return PositionMove{less(unbilled), {rest, *base}};
}

PositionMove returned_for(const SoldProgress& progress, Money amount, Money base) {
    const BookedAmount unbilled =
        taken(progress.unbilled_minor, progress.unbilled_base, amount, base.currency);
    return {less(unbilled), {amount - unbilled.amount, base - unbilled.base}};
}

void apply(SoldProgress& progress, const PositionMove& move) {
    progress.unbilled_minor += move.unbilled.amount.minor;
    progress.unbilled_base += move.unbilled.base.minor;
    progress.liability_minor += move.liability.amount.minor;
    progress.liability_base += move.liability.base.minor;
}

void add_postings(std::vector<SalePosting>& postings, const SalesAccounts& accounts,
                  const PositionMove& move) {
    postings.push_back({accounts.unbilled, move.unbilled});
    postings.push_back({accounts.contract_liability, less(move.liability)});
}

std::vector<ledger::EntryLine> entry_lines(std::span<const SalePosting> postings) {
    std::map<ledger::AccountCode, BookedAmount> sums;
    for (const SalePosting& posting : postings) {
        auto [sum, first] = sums.try_emplace(posting.account, posting.debit);
        if (first) continue;
        sum->second.amount = sum->second.amount + posting.debit.amount;
        sum->second.base = sum->second.base + posting.debit.base;
    }
    std::vector<ledger::EntryLine> lines;
    for (const auto& [account, debit] : sums) {
        if (debit.amount.minor == 0 && debit.base.minor == 0) continue;
        ledger::EntryLine line;
        line.account = account;
        const bool credit = debit.base.minor != 0 ? debit.base.minor < 0 : debit.amount.minor < 0;
        line.side = credit ? ledger::Side::credit : ledger::Side::debit;
        line.amount = credit ? -debit.amount : debit.amount;
        if (debit.amount.currency != debit.base.currency)
            line.base = credit ? -debit.base : debit.base;
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace kontor::sales
