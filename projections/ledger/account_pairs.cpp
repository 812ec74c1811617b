// How pairs of accounts are added up. Each pair lies under its debit account and under its credit
// account, so that an analysis reads what is of its own account alone.
#include "projections/ledger/account_pairs.h"

#include "projections/described_rows.h"
#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/ledger_totals.h"
#include "projections/ledger/summed_events.h"

#include <algorithm>
#include <array>

namespace kontor::ledger {

namespace {

constexpr char by_debit = 'D', by_credit = 'C';

std::string keys_of(const CompanyCode& company, char grouping) {
    return ordered_key(company) + grouping;
}

constexpr std::array<std::string_view, 6> turnover_columns{
    "opening_debit", "opening_credit", "debit", "credit", "closing_debit", "closing_credit"};

// In the order of the columns.
std::array<Wide, 6> turnover_figures(const Turnover& was, const Turnover& now) {
    return {debit_of(was.balance()), credit_of(was.balance()), now.debit - was.debit,
            now.credit - was.credit, debit_of(now.balance()),  credit_of(now.balance())};
}

}  // namespace

void AccountPairs::on(const EntryPosted& posted, const Recorded& recorded) {
    if (posted.pairs.empty()) return;
    const std::string debits = keys_of(posted.company, by_debit);
    const std::string credits = keys_of(posted.company, by_credit);
    for (const LinePair& pair : posted.pairs) {
        const auto code = [&](std::int64_t line) {
            return ordered_key(posted.lines.at(static_cast<std::size_t>(line - 1)).account);
        };
        const std::string debit = code(pair.debit), credit = code(pair.credit);
        const std::array<std::int64_t, 1> amount{pair.base.minor};
        for (const Layer& layer : layers_of(posted)) {
            const std::string in = octets_of(layer);
            totals_.add(recorded.rows, debits + debit + credit + in, posted.date, recorded.event,
                        amount);
            totals_.add(recorded.rows, credits + credit + debit + in, posted.date, recorded.event,
                        amount);
        }
    }
}

AccountPairs::Pairs AccountPairs::moved(const AsOf& as_of, const std::string& begins_with,
                                        std::size_t grouping_length, const Scope& scope,
                                        Date from) const {
    Pairs pairs;
    totals_.for_each_key(as_of.rows, begins_with, std::nullopt, [&](std::string_view key) {
        std::string_view octets = key.substr(grouping_length);
        const AccountCode first = taken<AccountCode>(octets);
        const AccountCode second = taken<AccountCode>(octets);
        const Layer layer = taken_layer(octets);
        if (!scope.counts(layer)) return true;
        std::array<Wide, 1> through{}, earlier{};
        const Corner corner = scope.corner_of(layer);
        if (!totals_.sum(as_of.rows, key, corner, through)) return true;
        totals_.sum(as_of.rows, key, before(corner, from), earlier);
        pairs[{first, second}] += through[0] - earlier[0];
        return true;
    });
    std::erase_if(pairs, [](const auto& pair) { return pair.second == 0; });
    return pairs;
}

void AccountPairs::answer(const TurnoverSheet& query, const AsOf& as_of,
                          Page<TurnoverRow>& page) const {
    const auto& totals = as_of.models.of<LedgerTotals>();
    const auto base = totals.base_currency(as_of, query.company);
    if (!base) return page.missing("No company has this code.");
    Scope scope;
    if (const auto words = find_scope(as_of, query, scope)) return page.missing(*words);
    const auto through = totals.by_account(as_of, query.company, query.dimensions, scope);
    auto earlier =
        totals.by_account(as_of, query.company, query.dimensions, before(scope, query.from));
    auto accounts = as_of.models.of<ChartModel>().finder(as_of.rows);
    std::array<Wide, 6> all{};
    bool room = true;
    for (const auto& [account, now] : through) {
        const Turnover was = earlier[account];
        const std::array<Wide, 6> figures = turnover_figures(was, now);
        if (std::ranges::all_of(figures, [](Wide figure) { return figure == 0; })) continue;
        for (std::size_t at = 0; at < all.size(); ++at) all[at] += figures[at];
        std::string key = ordered_key(account);
        if (!room || key <= page.after()) continue;
        const auto known = accounts.get({query.company, account}, as_of.corner);
        const auto money = [&](std::size_t at) { return money_of(figures[at], *base); };
        room = page.add(std::move(key), {account, known ? known->name : std::string(), money(0),
                                         money(1), money(2), money(3), money(4), money(5)});
    }
    const auto money = [&](std::size_t at) { return money_of(all[at], *base); };
    page.totals(TurnoverTotals{money(0), money(1), money(2), money(3), money(4), money(5)});
}

void AccountPairs::explain(const TurnoverSheet& query, const ExplainedRow& row, const AsOf& as_of,
                           Explanation& why) const {
    const auto& totals = as_of.models.of<LedgerTotals>();
    const auto base = totals.base_currency(as_of, query.company);
    if (!base) return why.missing("No company has this code.");
    Scope scope;
    if (const auto words = find_scope(as_of, query, scope)) return why.missing(*words);
    const auto column = std::ranges::find(turnover_columns, row.field);
    if (column == turnover_columns.end())
        return why.missing("The sheet has no such figure; its fields are named as they are.");
    const auto at = static_cast<std::size_t>(column - turnover_columns.begin());
    const bool opening = at < 2, turnover = at == 2 || at == 3, debit = at % 2 == 0;
    std::set<AccountCode> accounts;
    Wide figure = 0;
    const auto add = [&](const AccountCode& account, const Turnover& was, const Turnover& now) {
        const Wide each = turnover_figures(was, now)[at];
        // A balance lies on one side; what the other side shows is nothing, of no event.
        if (turnover || each != 0) accounts.insert(account);
        figure += each;
    };
    const Scope earlier = before(scope, query.from);
    if (row.row.empty()) {
        auto was = totals.by_account(as_of, query.company, query.dimensions, earlier);
        for (const auto& [account, now] :
             totals.by_account(as_of, query.company, query.dimensions, scope))
            add(account, was[account], now);
    } else {
        const AccountCode account{row.row};
        if (!as_of.models.of<ChartModel>().find(as_of.rows, query.company, account, as_of.corner))
            return why.missing("The sheet has no such account.");
        const auto through = [&](const Scope& of) {
            return totals.of_account(as_of, query.company, account, query.dimensions, of);
        };
        add(account, through(earlier), through(scope));
    }
    why.figure(Figure::of(money_of(figure, *base)));
    totals.explain_sum_on(
        as_of, query.company, accounts, query.dimensions, scope, *base,
        [&](const Posting& posting) -> std::optional<Wide> {
            const bool early = posting.day < query.from;
            if ((opening && !early) || (turnover && early)) return std::nullopt;
            const Wide debits = posting.amounts[0], credits = posting.amounts[1];
            if (turnover) return debit ? debits : credits;
            return debit ? debits - credits : credits - debits;
        },
        why);
}

void AccountPairs::answer(const AccountAnalysis& query, const AsOf& as_of,
                          Page<AnalysisRow>& page) const {
    const auto& totals = as_of.models.of<LedgerTotals>();
    const auto base = totals.base_currency(as_of, query.company);
    if (!base) return page.missing("No company has this code.");
    const auto& chart = as_of.models.of<ChartModel>();
    if (!chart.find(as_of.rows, query.company, query.account, as_of.corner))
        return page.missing("The company has no account " + query.account.text + ".");
    Scope scope;
    if (const auto words = find_scope(as_of, query, scope)) return page.missing(*words);
    const auto pairs = [&](char grouping) {
        const std::string of_company = keys_of(query.company, grouping);
        return moved(as_of, of_company + ordered_key(query.account), of_company.size(), scope,
                     query.from);
    };
    std::map<AccountCode, std::pair<Wide, Wide>> against;
    Wide paired_debit = 0, paired_credit = 0;
    for (const auto& [accounts, amount] : pairs(by_debit)) {
        against[accounts.second].first += amount;
        paired_debit += amount;
    }
    for (const auto& [accounts, amount] : pairs(by_credit)) {
        against[accounts.second].second += amount;
        paired_credit += amount;
    }
    const Turnover now = totals.of_account(as_of, query.company, query.account, {}, scope);
    const Turnover was =
        totals.of_account(as_of, query.company, query.account, {}, before(scope, query.from));
    const auto money = [&](Wide amount) { return money_of(amount, *base); };
    page.totals(AnalysisTotals{money(was.balance()), money(now.debit - was.debit),
                               money(now.credit - was.credit), money(now.balance()),
                               money(now.debit - was.debit - paired_debit),
                               money(now.credit - was.credit - paired_credit)});
    auto names = chart.finder(as_of.rows);
    for (const auto& [account, amounts] : against) {
        std::string key = ordered_key(account);
        if (key <= page.after()) continue;
        const auto known = names.get({query.company, account}, as_of.corner);
        if (!page.add(std::move(key), {account, known ? known->name : std::string(),
                                       money(amounts.first), money(amounts.second)}))
            return;
    }
}

void AccountPairs::answer(const Chessboard& query, const AsOf& as_of,
                          Page<ChessboardRow>& page) const {
    const auto base = as_of.models.of<LedgerTotals>().base_currency(as_of, query.company);
    if (!base) return page.missing("No company has this code.");
    Scope scope;
    if (const auto words = find_scope(as_of, query, scope)) return page.missing(*words);
    const std::string debits = keys_of(query.company, by_debit);
    Wide all = 0;
    bool room = true;
    for (const auto& [accounts, amount] : moved(as_of, debits, debits.size(), scope, query.from)) {
        all += amount;
        std::string key = ordered_key(accounts.first) + ordered_key(accounts.second);
        if (room && key > page.after())
            room = page.add(std::move(key),
                            {accounts.first.text + '/' + accounts.second.text, accounts.first,
                             accounts.second, money_of(amount, *base)});
    }
    page.totals(ChessboardTotals{money_of(all, *base)});
}

void AccountPairs::explain(const Chessboard& query, const ExplainedRow& row, const AsOf& as_of,
                           Explanation& why) const {
    const auto base = as_of.models.of<LedgerTotals>().base_currency(as_of, query.company);
    if (!base) return why.missing("No company has this code.");
    Scope scope;
    if (const auto words = find_scope(as_of, query, scope)) return why.missing(*words);
    if (row.field != "amount") return why.missing("The figure of a field is `amount`.");
    const std::string debits = keys_of(query.company, by_debit);
    if (row.row.empty())
        return explain_pairs(as_of, debits, debits.size(), scope, query.from, *base, why);
    const std::size_t slash = row.row.find('/');
    if (slash == row.row.npos) return why.missing("A field is named as \"50/51\".");
    explain_pairs(as_of,
                  debits + ordered_key(AccountCode{row.row.substr(0, slash)}) +
                      ordered_key(AccountCode{row.row.substr(slash + 1)}),
                  debits.size(), scope, query.from, *base, why);
}

void AccountPairs::explain(const AccountAnalysis& query, const ExplainedRow& row, const AsOf& as_of,
                           Explanation& why) const {
    const auto base = as_of.models.of<LedgerTotals>().base_currency(as_of, query.company);
    if (!base) return why.missing("No company has this code.");
    Scope scope;
    if (const auto words = find_scope(as_of, query, scope)) return why.missing(*words);
    if (row.field != "debit" && row.field != "credit")
        return why.missing("Figures of an analysis are `debit` and `credit`.");
    const std::string of_company =
        keys_of(query.company, row.field == "debit" ? by_debit : by_credit);
    explain_pairs(as_of,
                  of_company + ordered_key(query.account) + ordered_key(AccountCode{row.row}),
                  of_company.size(), scope, query.from, *base, why);
}

void AccountPairs::explain_pairs(const AsOf& as_of, const std::string& begins_with,
                                 std::size_t grouping_length, const Scope& scope, Date from,
                                 Currency base, Explanation& why) const {
    const Pairs pairs = moved(as_of, begins_with, grouping_length, scope, from);
    if (pairs.empty() && begins_with.size() > grouping_length)
        return why.missing("The accounts were not moved against each other.");
    Wide figure = 0;
    for (const auto& [accounts, amount] : pairs) figure += amount;
    why.figure(Figure::of(money_of(figure, base)));
    std::vector<SummedKey> keys;
    totals_.for_each_key(as_of.rows, begins_with, std::nullopt, [&](std::string_view key) {
        std::string_view octets = key.substr(grouping_length);
        taken<AccountCode>(octets);
        taken<AccountCode>(octets);
        const Layer layer = taken_layer(octets);
        if (scope.counts(layer)) keys.push_back({std::string(key), scope.corner_of(layer)});
        return true;
    });
    explain_sum(
        totals_, as_of.rows, keys, base,
        [&](const Posting& posting, std::size_t) {
            return posting.day >= from ? std::optional(Wide{posting.amounts[0]}) : std::nullopt;
        },
        why);
}

ReadModelSpec account_pairs() {
    return ReadModelSpec::of<AccountPairs>("account_pairs", 2, "ledger")
        .folding<AccountPairs, EntryPosted>()
        .answering<AccountPairs, TurnoverSheet, TurnoverRow>()
        .answering<AccountPairs, AccountAnalysis, AnalysisRow>()
        .answering<AccountPairs, Chessboard, ChessboardRow>();
}

}  // namespace kontor::ledger
