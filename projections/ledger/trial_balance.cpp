// How the trial balance is read from the ledger's totals, and which events are behind its figures.
#include "projections/ledger/trial_balance.h"

#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/ledger_totals.h"

namespace kontor::ledger {

void LedgerTotals::answer(const TrialBalance& query, const AsOf& as_of,
                          Page<TrialBalanceRow>& page) const {
    const auto base = base_currency(as_of, query.company);
    Scope scope;
    if (const auto words = unknown(as_of, base, query, scope)) return page.missing(*words);
    auto accounts = as_of.models.of<ChartModel>().finder(as_of.rows);
    Wide debits = 0;
    Wide credits = 0;
    bool room = true;
    for (const auto& [account, turnover] :
         by_account(as_of, query.company, query.dimensions, scope)) {
        const Wide balance = turnover.balance();
        debits += debit_of(balance);
        credits += credit_of(balance);
        std::string key = ordered_key(account);
        if (!room || key <= page.after()) continue;
        const auto known = accounts.get({query.company, account}, as_of.corner);
        room = page.add(std::move(key),
                        {account, known ? known->name : std::string(),
                         money_of(debit_of(balance), *base), money_of(credit_of(balance), *base)});
    }
    page.totals(TrialBalanceTotals{money_of(debits, *base), money_of(credits, *base)});
}

void LedgerTotals::explain(const TrialBalance& query, const ExplainedRow& row, const AsOf& as_of,
                           Explanation& why) const {
    const auto base = base_currency(as_of, query.company);
    Scope scope;
    if (const auto words = unknown(as_of, base, query, scope)) return why.missing(*words);
    const bool debit = row.field == "debit";
    if (!debit && row.field != "credit")
        return why.missing("Figures of a trial balance are `debit` and `credit`.");
    std::set<AccountCode> accounts{{row.row}};
    Wide balance = 0;
    if (row.row.empty()) {
        // All balances on that side, each by its own postings.
        accounts.clear();
        for (const auto& [account, turnover] :
             by_account(as_of, query.company, query.dimensions, scope)) {
            if ((debit ? debit_of : credit_of)(turnover.balance()) == 0) continue;
            accounts.insert(account);
            balance += turnover.balance();
        }
    } else {
        const AccountKeys found = keys_of(as_of, query.company, {row.row}, query.dimensions, scope);
        if (!any(as_of, found)) return why.missing("The trial balance has no such account.");
        balance = sum(as_of, found).balance();
    }
    const Wide figure = debit ? debit_of(balance) : credit_of(balance);
    why.figure(Figure::of(money_of(figure, *base)));
    // A balance lies on one side; what the other side shows is nothing, of no event.
    if (figure == 0 && balance != 0) return;
    explain_sum_on(
        as_of, query.company, accounts, query.dimensions, scope, *base,
        [&](const Posting& posting) -> std::optional<Wide> {
            const Wide net = Wide{posting.amounts[0]} - posting.amounts[1];
            return debit ? net : -net;
        },
        why);
}

}  // namespace kontor::ledger
