// How the translated trial balance is shown, and which events its figures come from.
#include "projections/ledger/translated_trial_balance.h"

#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/rates.h"
#include "projections/ledger/translation.h"

namespace kontor::ledger {

void RatesModel::answer(const TranslatedBalances& query, const AsOf& as_of,
                        Page<TranslatedBalance>& page) const {
    const auto& totals = as_of.models.of<LedgerTotals>();
    const auto base = totals.base_currency(as_of, query.company);
    if (!base) return page.missing("No company has this code.");
    Scope scope;
    if (const auto words = find_scope(as_of, query, scope)) return page.missing(*words);
    Translated translated;
    const Untranslated of{query.company, scope, std::nullopt, *base, query.currency};
    if (const auto words = translate(as_of, of, translated)) return page.missing(*words);
    const auto books = totals.by_account(as_of, query.company, {}, scope);
    auto accounts = as_of.models.of<ChartModel>().finder(as_of.rows);
    Wide debits = 0;
    Wide credits = 0;
    bool room = true;
    for (const auto& [account, balance] : translated.balances) {
        debits += debit_of(balance);
        credits += credit_of(balance);
        std::string key = ordered_key(account);
        if (!room || key <= page.after()) continue;
        const auto known = accounts.get({query.company, account}, as_of.corner);
        const auto in_books = books.find(account);
        const Wide own = in_books == books.end() ? 0 : in_books->second.balance();
        room = page.add(std::move(key),
                        {account, known ? known->name : std::string(), money_of(own, *base),
                         money_of(debit_of(balance), query.currency),
                         money_of(credit_of(balance), query.currency)});
    }
    page.totals(TranslatedTotals{money_of(debits, query.currency),
                                 money_of(credits, query.currency),
                                 money_of(translated.reserve, query.currency)});
}

// Each event is told with what it moved at the rates of the answer. The reserve is explained by
// what each event's sides differ by, as its lines are translated at several rates.
void RatesModel::explain(const TranslatedBalances& query, const ExplainedRow& row,
                         const AsOf& as_of, Explanation& why) const {
    const auto& totals = as_of.models.of<LedgerTotals>();
    const auto base = totals.base_currency(as_of, query.company);
    if (!base) return why.missing("No company has this code.");
    Scope scope;
    if (const auto words = find_scope(as_of, query, scope)) return why.missing(*words);
    const AccountCode account{row.row};
    if (!row.row.empty() &&
        !as_of.models.of<ChartModel>().find(as_of.rows, query.company, account, as_of.corner))
        return why.missing("The trial balance has no such account.");
    if (row.field == "base" && !row.row.empty()) {
        const Wide balance = totals.of_account(as_of, query.company, account, {}, scope).balance();
        why.figure(Figure::of(money_of(balance, *base)));
        return totals.explain_sum_on(
            as_of, query.company, {account}, {}, scope, *base,
            [](const Posting& posting) { return Wide{posting.amounts[0]} - posting.amounts[1]; },
            why);
    }
    const bool reserve = row.row.empty() && row.field == "reserve";
    const bool debit = row.field == "debit";
    if (!debit && !reserve && row.field != "credit")
        return why.missing(
            "Figures of it are `base`, `debit` and `credit`, and of all accounts together `debit`, "
            "`credit` and `reserve`.");
    const Untranslated of{query.company, scope, std::nullopt, *base, query.currency};
    Translated translated;
    if (const auto words = translate(as_of, of, translated)) return why.missing(*words);
    // The balances that lie on the side that is asked for.
    std::set<AccountCode> accounts;
    Wide figure = 0;
    for (const auto& [code, balance] : translated.balances) {
        const Wide shown = reserve ? balance : debit ? debit_of(balance) : credit_of(balance);
        if ((!row.row.empty() && code != account) || shown == 0) continue;
        accounts.insert(code);
        figure += shown;
    }
    why.figure(Figure::of(money_of(figure, query.currency)));
    EventSums events;
    Translation(as_of, of).each_of_position(
        reserve ? std::nullopt : std::optional(accounts),
        [&](const AccountCode&, const EventRef& event, Wide shown) {
            events[event] += debit || reserve ? shown : -shown;
        });
    explain_events(events, query.currency, why);
}

}  // namespace kontor::ledger
