// How the companies' accounts are translated, added and explained.
#include "projections/ledger/combined_trial_balance.h"

#include "projections/ledger/books.h"
#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/ledger_totals.h"
#include "projections/ledger/translation.h"

namespace kontor::ledger {

namespace {

// What a company is asked for: one position after the other.
using Positions = std::vector<Untranslated>;

std::optional<std::string> find_position(const CombinedTrialBalance& query, const AsOf& as_of,
                                         const CompanyCode& company, Currency base,
                                         Positions& positions) {
    static const std::map<DimensionCode, DimensionValueCode> any;
    Scope scope;
    if (auto words = find_scope(as_of, {company, {}, {}, {}, query.closing_entries, any}, scope))
        return words;
    positions = {{company, scope, std::nullopt, base, query.currency}};
    return std::nullopt;
}

// Before the year, and at the end of each of its periods.
std::optional<std::string> find_positions(const CombinedTrialBalanceByPeriod& query,
                                          const AsOf& as_of, const CompanyCode& company,
                                          Currency base, Positions& positions,
                                          std::vector<FiscalPeriod>& periods) {
    static const std::map<DimensionCode, DimensionValueCode> any;
    auto own = as_of.models.of<BooksModel>().periods_of(as_of, company, query.fiscal_year);
    if (own.empty()) return "The company has no fiscal year " + query.fiscal_year.text + ".";
    const auto last = query.through_period.value_or(std::ssize(own));
    const std::optional<FiscalYearCode> year = query.fiscal_year;
    for (std::int64_t period = 1; period <= last; ++period) {
        const std::optional<std::int64_t> through = period;
        Scope scope;
        if (auto words =
                find_scope(as_of, {company, {}, year, through, query.closing_entries, any}, scope))
            return words;
        if (period == 1)
            positions.push_back({company, before(scope, own.front().first_day), std::nullopt, base,
                                 query.currency});
        positions.push_back({company, scope, std::nullopt, base, query.currency});
    }
    own.resize(static_cast<std::size_t>(last));
    const auto same = [](const FiscalPeriod& one, const FiscalPeriod& other) {
        return one.first_day == other.first_day && one.last_day == other.last_day;
    };
    if (!periods.empty() && !std::ranges::equal(periods, own, same))
        return "Its fiscal year " + query.fiscal_year.text + " has other periods.";
    periods = std::move(own);
    return std::nullopt;
}

std::string name_of(const AsOf& as_of, const std::vector<CompanyCode>& companies,
                    const AccountCode& account) {
    const auto& chart = as_of.models.of<ChartModel>();
    for (const CompanyCode& company : companies)
        if (const auto known = chart.find(as_of.rows, company, account, as_of.corner))
            return known->name;
    return {};
}

std::string two_digits(std::size_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

// The positions of a year in a row: opening, each period and closing.
struct Through {
    std::vector<Wide> at;  // at the end of each position
    ByCompany closing;

    Wide moved(std::size_t period) const { return at[period] - at[period - 1]; }
};

std::map<std::string, Money> columns_of(const Through& through, Currency currency) {
    std::map<std::string, Money> columns;
    for (std::size_t at = 1; at < through.at.size(); ++at)
        columns[two_digits(at)] = money_of(through.moved(at), currency);
    return columns;
}

}  // namespace

void LedgerTotals::answer(const CombinedTrialBalance& query, const AsOf& as_of,
                          Page<CombinedBalance>& page) const {
    std::map<AccountCode, ByCompany> balances;
    Wide reserve = 0, debits = 0, credits = 0;
    const auto companies = companies_of(as_of, query.companies);
    const auto words =
        each_company(as_of, companies,
                     [&](const CompanyCode& company, Currency base) -> std::optional<std::string> {
                         Positions positions;
                         if (auto unknown = find_position(query, as_of, company, base, positions))
                             return unknown;
                         Translated translated;
                         if (auto unknown = translate(as_of, positions.front(), translated))
                             return unknown;
                         reserve += translated.reserve;
                         for (const auto& [account, balance] : translated.balances)
                             balances[account][company.text] = balance;
                         return std::nullopt;
                     });
    if (words) return page.missing(*words);
    const auto money = [&](Wide minor) { return money_of(minor, query.currency); };
    bool room = true;
    for (const auto& [account, by_company] : balances) {
        const Wide balance = all_of(by_company);
        debits += debit_of(balance);
        credits += credit_of(balance);
        std::string key = ordered_key(account);
        if (!room || key <= page.after()) continue;
        room = page.add(std::move(key), {account, name_of(as_of, companies, account),
                                         money(debit_of(balance)), money(credit_of(balance)),
                                         money_of(by_company, companies, query.currency)});
    }
    page.totals(CombinedBalanceTotals{combined_basis, companies, money(debits), money(credits),
                                      money(reserve)});
}

void LedgerTotals::explain(const CombinedTrialBalance& query, const ExplainedRow& row,
                           const AsOf& as_of, Explanation& why) const {
    const auto one = column_named(row.field, "by_company");
    const bool total = row.row.empty();
    const bool reserve = total && row.field == "translation_reserve";
    const bool debit = row.field == "debit", credit = row.field == "credit";
    if (!debit && !credit && !reserve && (total || !one))
        return why.missing(
            "Figures of it are `debit`, `credit` and `by_company[...]`, and of all accounts "
            "together `debit`, `credit` and `translation_reserve`.");
    std::map<AccountCode, Wide> balances;
    std::map<AccountCode, EventSums> events;
    bool company_is_there = false;
    const auto words = each_company(
        as_of, companies_of(as_of, query.companies),
        [&](const CompanyCode& company, Currency base) -> std::optional<std::string> {
            Positions positions;
            if (auto unknown = find_position(query, as_of, company, base, positions))
                return unknown;
            // Sides of the books differ by what they lack, if anything, and not by rates.
            if (reserve && base == query.currency) return std::nullopt;
            Translated translated;
            if (auto unknown = translate(as_of, positions.front(), translated)) return unknown;
            const bool adds = !one || company.text == *one;
            // A row has a figure of each company, of one too that never posted on its account.
            for (const auto& [account, balance] : translated.balances)
                if (total || account.text == row.row) balances[account] += adds ? balance : 0;
            if (!adds) return std::nullopt;
            company_is_there = true;
            each_of_position(as_of, positions.front(),
                             total ? std::nullopt : Translation::Accounts{{AccountCode{row.row}}},
                             [&](const AccountCode& account, const EventRef& event, Wide shown) {
                                 events[account][event] += shown;
                             });
            return std::nullopt;
        });
    if (words) return why.missing(*words);
    if (!total && (balances.empty() || !company_is_there))
        return why.missing("The trial balance has no such account or company.");
    Wide figure = 0;
    EventSums shown;
    for (const auto& [account, balance] : balances) {
        if (!one && !reserve && (debit ? debit_of(balance) : credit_of(balance)) == 0) continue;
        figure += credit ? -balance : balance;
        for (const auto& [event, amount] : events[account])
            shown[event] += credit ? -amount : amount;
    }
    why.figure(Figure::of(money_of(figure, query.currency)));
    explain_events(shown, query.currency, why);
}

void LedgerTotals::answer(const CombinedTrialBalanceByPeriod& query, const AsOf& as_of,
                          Page<CombinedPeriodBalance>& page) const {
    std::map<AccountCode, Through> accounts;
    std::vector<FiscalPeriod> periods;
    const auto companies = companies_of(as_of, query.companies);
    const auto words = each_company(
        as_of, companies,
        [&](const CompanyCode& company, Currency base) -> std::optional<std::string> {
            Positions positions;
            if (auto unknown = find_positions(query, as_of, company, base, positions, periods))
                return unknown;
            for (std::size_t at = 0; at < positions.size(); ++at) {
                Translated translated;
                if (auto unknown = translate(as_of, positions[at], translated)) return unknown;
                for (const auto& [account, balance] : translated.balances) {
                    Through& through = accounts[account];
                    through.at.resize(positions.size());
                    through.at[at] += balance;
                    if (at + 1 == positions.size()) through.closing[company.text] = balance;
                }
            }
            return std::nullopt;
        });
    if (words) return page.missing(*words);
    const auto money = [&](Wide minor) { return money_of(minor, query.currency); };
    Through all{std::vector<Wide>(periods.size() + 1), {}};
    bool room = true;
    for (const auto& [account, through] : accounts) {
        for (std::size_t at = 0; at < through.at.size(); ++at) all.at[at] += through.at[at];
        std::string key = ordered_key(account);
        if (!room || key <= page.after()) continue;
        room = page.add(std::move(key),
                        {account, name_of(as_of, companies, account), money(through.at.front()),
                         columns_of(through, query.currency), money(through.at.back()),
                         money_of(through.closing, companies, query.currency)});
    }
    CombinedPeriodTotals totals{combined_basis,        companies,
                                money(all.at.front()), columns_of(all, query.currency),
                                money(all.at.back()),  {}};
    for (std::size_t at = 0; at < periods.size(); ++at)
        totals.columns.push_back({two_digits(at + 1), periods[at].first_day, periods[at].last_day,
                                  periods[at].adjustment});
    page.totals(std::move(totals));
}

void LedgerTotals::explain(const CombinedTrialBalanceByPeriod& query, const ExplainedRow& row,
                           const AsOf& as_of, Explanation& why) const {
    const auto one = column_named(row.field, "by_company");
    const auto column = column_named(row.field, "periods");
    const bool opening = row.field == "opening", closing = row.field == "closing" || one;
    std::vector<FiscalPeriod> periods;
    bool is_there = row.row.empty(), company_is_there = false;
    Wide figure = 0;
    EventSums events;
    const auto words = each_company(
        as_of, companies_of(as_of, query.companies),
        [&](const CompanyCode& company, Currency base) -> std::optional<std::string> {
            Positions positions;
            if (auto unknown = find_positions(query, as_of, company, base, positions, periods))
                return unknown;
            const bool adds = !one || company.text == *one;
            company_is_there = company_is_there || adds;
            // Which position adds to the figure, and which takes away from it.
            std::optional<std::size_t> plus, minus;
            if (opening) plus = 0;
            if (closing) plus = positions.size() - 1;
            for (std::size_t at = 1; at < positions.size(); ++at)
                if (column && two_digits(at) == *column) {
                    plus = at;
                    minus = at - 1;
                }
            if (!plus)
                return "Figures of it are `opening`, `periods[01]` and so on, `closing` and "
                       "`by_company[...]`.";
            for (const auto& [position, times] : {std::pair{plus, 1}, {minus, -1}}) {
                if (!position) continue;
                Translated translated;
                if (auto unknown = translate(as_of, positions[*position], translated))
                    return unknown;
                for (const auto& [account, balance] : translated.balances)
                    if (row.row.empty() || account.text == row.row) {
                        figure += adds ? times * balance : 0;
                        is_there = true;
                    }
                if (!adds) continue;
                each_of_position(
                    as_of, positions[*position],
                    row.row.empty() ? std::nullopt : Translation::Accounts{{AccountCode{row.row}}},
                    [&](const AccountCode&, const EventRef& event, Wide shown) {
                        events[event] += times * shown;
                    });
            }
            return std::nullopt;
        });
    if (words) return why.missing(*words);
    if (!is_there || !company_is_there)
        return why.missing("The trial balance has no such account or company.");
    why.figure(Figure::of(money_of(figure, query.currency)));
    explain_events(events, query.currency, why);
}

}  // namespace kontor::ledger
