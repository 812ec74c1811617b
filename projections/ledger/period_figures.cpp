// How the figures of a period are taken from the ledger's sums.
#include "projections/ledger/period_figures.h"

#include <algorithm>

namespace kontor::ledger {

std::optional<PeriodAsked> period_of(const AsOf& as_of, const CompanyCode& company,
                                     const FiscalYearCode& year, std::int64_t number) {
    const auto& books = as_of.models.of<BooksModel>();
    const auto periods = books.periods_of(as_of, company, year);
    if (number < 0 || number > std::ssize(periods) || periods.empty()) return std::nullopt;
    const auto end_of = [&](std::int64_t period) {
        return books.end_of_period(as_of, company, year, period).value();
    };
    const auto last = std::ssize(periods);
    const auto& period = periods[number == 0 ? 0 : static_cast<std::size_t>(number - 1)];
    return PeriodAsked{period, end_of(number == 0 ? last : number), end_of(last),
                       periods.front().first_day};
}

std::vector<Scope> scopes_through(const AsOf& as_of, const CompanyCode& company,
                                  const BooksModel::PeriodEnd& end, const Corner& known) {
    Scope scope;
    scope.corner = known;
    scope.corner.valid_at = end.last_day;
    scope.adjustments = end.adjustment;
    const auto books = as_of.models.of<BooksModel>().books(as_of, company);
    if (books.empty()) return {scope};
    std::vector<Scope> scopes;
    for (const ListedBook& book : books) {
        scope.book = book.book;
        scopes.push_back(scope);
    }
    return scopes;
}

MovedByBook moved_in(const AsOf& as_of, const CompanyCode& company, const PeriodAsked& asked,
                     const Corner& known, const std::vector<AccountCode>& accounts,
                     const DimensionFilter& dimensions) {
    const auto& totals = as_of.models.of<LedgerTotals>();
    MovedByBook moved;
    for (Scope scope : scopes_through(as_of, company, asked.end, known)) {
        scope.closing = false;
        Scope earlier = scope;
        if (asked.end.adjustment > 0)
            *earlier.adjustments -= 1;
        else
            earlier = before(scope, asked.period.first_day);
        std::map<AccountCode, std::pair<Wide, Wide>> of_book;
        for (const AccountCode& account : accounts) {
            Turnover turnover = totals.of_account(as_of, company, account, dimensions, scope);
            turnover -= totals.of_account(as_of, company, account, dimensions, earlier);
            if (turnover.debit != 0 || turnover.credit != 0)
                of_book[account] = {turnover.debit, turnover.credit};
        }
        moved.push_back(std::move(of_book));
    }
    return moved;
}

bool same_sums(const ForeignBalancesModel::Sums& a, const ForeignBalancesModel::Sums& b) {
    return std::ranges::equal(a, b, [](const auto& x, const auto& y) {
        return x.first == y.first && x.second.amount == y.second.amount &&
               x.second.booked == y.second.booked;
    });
}

ForeignBalancesModel::Sums monetary_sums(const AsOf& as_of, const CompanyCode& company,
                                         const Scope& scope) {
    auto sums =
        as_of.models.of<ForeignBalancesModel>().sums(as_of, company, std::nullopt, {}, scope);
    const auto chart = as_of.models.of<ChartModel>().all(as_of, company);
    std::erase_if(sums, [&](const auto& sum) {
        return !chart.at(sum.first.first).monetary ||
               (sum.second.amount == 0 && sum.second.booked == 0);
    });
    return sums;
}

std::optional<Wide> result_left(const AsOf& as_of, const CompanyCode& company,
                                const std::map<AccountCode, ChartAccount>& chart,
                                const Scope& scope, Date first_day) {
    const auto& totals = as_of.models.of<LedgerTotals>();
    auto earlier = totals.by_account(as_of, company, {}, before(scope, first_day));
    Wide left = 0;
    bool any = false;
    for (const auto& [account, turnover] : totals.by_account(as_of, company, {}, scope)) {
        if (!is_income_or_expense(chart.at(account).kind)) continue;
        const Wide of_year = turnover.balance() - earlier[account].balance();
        left += of_year;
        any = any || of_year != 0;
    }
    return any ? std::optional(left) : std::nullopt;
}

}  // namespace kontor::ledger
