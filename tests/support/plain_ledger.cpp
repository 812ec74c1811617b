// How events become lines, periods and rates, and how a rate is found by looking at all of them.
#include "tests/support/plain_ledger.h"

#include "domain/companies/companies.h"

#include <algorithm>

namespace kontor::test {

using namespace ledger;

namespace {

Wide power_of_ten(int exponent) {
    Wide power = 1;
    for (int at = 0; at < exponent; ++at) power *= 10;
    return power;
}

}  // namespace

Wide rounded_quotient(Wide numerator, Wide denominator) {
    const bool negative = numerator < 0;
    const Wide size = negative ? -numerator : numerator;
    const Wide rounded = (2 * size + denominator) / (2 * denominator);
    return negative ? -rounded : rounded;
}

Wide base_of(const PostedLine& line) {
    return line.side == Side::debit ? line.base.minor : -line.base.minor;
}

bool PlainLine::is_on(const std::vector<AccountCode>& accounts) const {
    return std::ranges::find(accounts, line->account) != accounts.end();
}

bool PlainLine::carries(const std::map<DimensionCode, DimensionValueCode>& dimensions) const {
    return std::ranges::all_of(dimensions, [&](const auto& wanted) {
        const auto found = line->dimensions.find(wanted.first);
        return found != line->dimensions.end() && found->second == wanted.second;
    });
}

std::string dimensions_of(const std::map<DimensionCode, DimensionValueCode>& dimensions) {
    std::string text;
    for (const auto& [dimension, value] : dimensions)
        text += (text.empty() ? "" : ", ") + dimension.text + " " + value.text;
    return text;
}

PlainCell cell_of(const PlainLine& line) {
    return {line.account(), line.book, dimensions_of(line.line->dimensions)};
}

std::string shown(const PlainCell& cell) {
    return cell.account + (cell.dimensions.empty() ? "" : " with " + cell.dimensions) +
           (cell.book.empty() ? " in all books" : " in book " + cell.book);
}

std::string shown(Wide amount) { return std::to_string(static_cast<std::int64_t>(amount)); }

PlainSums without_zeros(PlainSums sums) {
    std::erase_if(sums, [](const auto& sum) { return sum.second == 0; });
    return sums;
}

std::string first_difference(const PlainSums& are, const PlainSums& should_be) {
    for (const auto& [cell, sum] : are) {
        const auto found = should_be.find(cell);
        const Wide wanted = found == should_be.end() ? 0 : found->second;
        if (sum != wanted)
            return shown(cell) + " is " + shown(sum) + " and should be " + shown(wanted);
    }
    for (const auto& [cell, sum] : should_be)
        if (!are.contains(cell)) return shown(cell) + " is 0 and should be " + shown(sum);
    return "nothing";
}

void PlainLedger::see(const Message& event, std::uint64_t known) {
    if (const auto* posted = event.as<EntryPosted>()) see(*posted, known);
    if (const auto* opened = event.as<FiscalYearOpened>()) see(*opened);
    if (const auto* closed = event.as<PeriodClosed>())
        set_closed(closed->year, closed->period, true);
    if (const auto* reopened = event.as<PeriodReopened>())
        set_closed(reopened->year, reopened->period, false);
    if (const auto* opened = event.as<AccountOpened>()) accounts_[opened->account.text] = *opened;
    if (const auto* opened = event.as<BookOpened>()) books_.push_back(opened->book.text);
    if (const auto* set = event.as<LedgerPolicySet>()) policy_ = set->policy;
    if (const auto* created = event.as<companies::CompanyCreated>())
        base_currency_ = created->base_currency;
    const auto forget = [&](const auto& other) {
        std::erase_if(rates_, [&](const RateSet& rate) {
            return rate.type == other.type && rate.from == other.from && rate.to == other.to &&
                   rate.date == other.date;
        });
    };
    if (const auto* set = event.as<RateSet>()) {
        forget(*set);
        rates_.push_back(*set);
    }
    if (const auto* withdrawn = event.as<RateWithdrawn>()) forget(*withdrawn);
}

void PlainLedger::see(const EntryPosted& posted, std::uint64_t known) {
    entries_.push_back(posted);
    const EntryPosted& entry = entries_.back();
    const std::size_t at = period(entry.fiscal_year, entry.period).value_or(periods_.size());
    for (const PostedLine& line : entry.lines) {
        if (entry.books.empty()) lines_.push_back({&entry, &line, known, {}, at});
        for (const BookCode& book : entry.books)
            lines_.push_back({&entry, &line, known, book.text, at});
    }
}

void PlainLedger::see(const FiscalYearOpened& opened) {
    Date first = opened.first_day;
    for (std::int64_t number = 1; number <= opened.months; ++number) {
        const Date next = plus_months(first, 1);
        periods_.push_back({opened.year, number, {first, next - 1}});
        first = next;
    }
    for (std::int64_t adjustment = 1; adjustment <= opened.adjustment_periods; ++adjustment)
        periods_.push_back(
            {opened.year, opened.months + adjustment, {first - 1, first - 1}, adjustment});
}

void PlainLedger::set_closed(const FiscalYearCode& year, std::int64_t number, bool closed) {
    if (const auto at = period(year, number)) periods_[*at].closed = closed;
}

const EntryPosted* PlainLedger::entry(const EntryId& id) const {
    const auto found = std::ranges::find(entries_, id, &EntryPosted::entry);
    return found == entries_.end() ? nullptr : &*found;
}

std::optional<std::size_t> PlainLedger::period(const FiscalYearCode& year,
                                               std::int64_t number) const {
    for (std::size_t at = 0; at < periods_.size(); ++at)
        if (periods_[at].year == year && periods_[at].number == number) return at;
    return std::nullopt;
}

std::optional<std::size_t> PlainLedger::ordinary_period(Date day) const {
    for (std::size_t at = 0; at < periods_.size(); ++at)
        if (periods_[at].adjustment == 0 && periods_[at].days.contains(day)) return at;
    return std::nullopt;
}

std::optional<Wide> PlainLedger::worth(Wide amount, Currency currency, RateType type,
                                       Date day) const {
    const RateSet* newest = nullptr;
    for (const RateSet& rate : rates_) {
        const bool direct = rate.from == currency && rate.to == base_currency_;
        const bool inverse = rate.from == base_currency_ && rate.to == currency;
        if (rate.type != type || rate.date > day || (!direct && !inverse)) continue;
        if (!newest || rate.date > newest->date || (rate.date == newest->date && direct))
            newest = &rate;
    }
    if (!newest) return std::nullopt;
    const bool grows_stale = type == RateType::spot || type == RateType::closing;
    if (grows_stale && day - newest->date > policy_.rate_days) return std::nullopt;
    const Wide up = amount * power_of_ten(minor_digits(base_currency_));
    const Wide down = power_of_ten(minor_digits(currency));
    const Wide one = power_of_ten(Rate::digits);
    return newest->to == base_currency_ ? rounded_quotient(up * newest->rate.units, down * one)
                                        : rounded_quotient(up * one, down * newest->rate.units);
}

}  // namespace kontor::test
