// How postings are added up by period, and how balances are read from the sums.
#include "domain/ledger/balances.h"

#include <algorithm>

namespace kontor::ledger {

namespace {

// Codes have no control characters, so these stand between them.
constexpr char behind_dimension = '\t';
constexpr char behind_value = '\n';

bool is_at_an_end(std::int64_t sum) { return sum == most_balance || sum == -most_balance; }

// Beyond 64 bits a sum stays at their end, also where it would come back: nobody knows by how much.
std::int64_t plus(std::int64_t sum, Wide more) {
    if (is_at_an_end(sum)) return sum;
    const Wide all = sum + more;
    if (all > most_balance) return most_balance;
    if (all < -Wide{most_balance}) return -most_balance;
    return static_cast<std::int64_t>(all);
}

std::int64_t period_of(const BalanceKey& key, const FiscalYear& year) {
    return key.day ? year.shape.period_on(*key.day) : key.period;
}

void add_balances(const World& world, const CompanyCode& company, const FiscalYear& year,
                  const PeriodSpan& span, std::span<const AccountCode> accounts,
                  BalanceSums& sums) {
    const auto& balances = world.of<PeriodBalances>();
    for (const AccountCode& account : accounts) {
        BalanceKey from;
        from.company = company;
        from.fiscal_year = year.year;
        from.account = account;
        balances.each_from(from, [&](const BalanceKey& key, const PeriodBalance& balance) {
            if (key.account != account || key.fiscal_year != year.year || key.company != company)
                return false;
            if (key.kind == EntryKind::closing && !span.closing_entries) return true;
            const std::int64_t period = period_of(key, year);
            if (period < span.first || period > span.last) return true;
            BalanceSum& sum = sums[{key.account, key.currency, key.book, key.dimensions}];
            sum.base += balance.base;
            sum.amount += balance.amount;
            sum.beyond = sum.beyond || is_at_an_end(balance.base) || is_at_an_end(balance.amount);
            return true;
        });
    }
}

void drop_zeros(BalanceSums& sums) {
    std::erase_if(sums, [](const auto& sum) {
        return sum.second.base == 0 && sum.second.amount == 0 && !sum.second.beyond;
    });
}

}  // namespace

std::string dimension_text(const LineDimensions& dimensions) {
    std::string text;
    for (const auto& [dimension, value] : dimensions)
        text += dimension.text + behind_dimension + value.text + behind_value;
    return text;
}

LineDimensions dimensions_from(std::string_view text) {
    LineDimensions dimensions;
    while (!text.empty()) {
        const std::size_t middle = text.find(behind_dimension), end = text.find(behind_value);
        ensure(middle < end && end != text.npos, "a text of dimensions is whole");
        dimensions[{std::string(text.substr(0, middle))}] = {
            std::string(text.substr(middle + 1, end - middle - 1))};
        text.remove_prefix(end + 1);
    }
    return dimensions;
}

BalanceSums balances_in(const World& world, const CompanyCode& company, const FiscalYear& year,
                        const PeriodSpan& span, std::span<const AccountCode> accounts) {
    BalanceSums sums;
    add_balances(world, company, year, span, accounts, sums);
    drop_zeros(sums);
    return sums;
}

BalanceSums balances_through(const World& world, const CompanyCode& company, const FiscalYear& last,
                             std::int64_t period, std::span<const AccountCode> accounts) {
    BalanceSums sums;
    for (const auto& [key, year] : world.of<FiscalYears>().from({company, first_date})) {
        if (key.company != company || key.first_day > last.shape.first_day) break;
        const bool whole = key.first_day < last.shape.first_day;
        add_balances(world, company, year, {1, whole ? most_periods : period, true}, accounts,
                     sums);
    }
    drop_zeros(sums);
    return sums;
}

void evolve(PeriodBalances& balances, const EntryPosted& posted) {
    static const std::vector<BookCode> all_books{{}};
    BalanceKey key;
    key.company = posted.company;
    key.fiscal_year = posted.fiscal_year;
    key.kind = posted.kind;
    key.period = posted.period;
    if (posted.period == 0) key.day = posted.date;
    for (const BookCode& book : posted.books.empty() ? all_books : posted.books) {
        key.book = book;
        for (const PostedLine& line : posted.lines) {
            key.account = line.account;
            key.currency = line.amount.currency;
            key.dimensions = dimension_text(line.dimensions);
            const Wide sign = line.side == Side::debit ? 1 : -1;
            const PeriodBalance* was = balances.find(key);
            const PeriodBalance is{plus(was ? was->base : 0, sign * line.base.minor),
                                   plus(was ? was->amount : 0, sign * line.amount.minor)};
            if (is.base == 0 && is.amount == 0)
                balances.erase(key);
            else
                balances.put(key, is);
        }
    }
}

}  // namespace kontor::ledger
