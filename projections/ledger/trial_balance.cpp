// How the trial balance is read from the ledger's totals, and which events are behind its figures.
#include "projections/ledger/trial_balance.h"

#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/ledger_totals.h"

namespace kontor::ledger {

namespace {

// The day that is compared with, adjustments and all.
Scope compared(const Scope& scope, Date day) {
    Scope other = scope;
    other.corner.valid_at = day;
    other.adjustments.reset();
    return other;
}

}  // namespace

void LedgerTotals::answer(const TrialBalance& query, const AsOf& as_of,
                          Page<TrialBalanceRow>& page) const {
    const auto base = base_currency(as_of, query.company);
    Scope scope;
    if (const auto words = unknown(as_of, base, query, scope)) return page.missing(*words);
    auto accounts = as_of.models.of<ChartModel>().finder(as_of.rows);
    struct Compared {
        Wide now = 0;
        Wide other = 0;
    };
    std::map<AccountCode, Compared> balances;
    for (const auto& [account, turnover] :
         by_account(as_of, query.company, query.dimensions, scope))
        balances[account].now = turnover.balance();
    if (query.compare_to)
        for (const auto& [account, turnover] :
             by_account(as_of, query.company, query.dimensions, compared(scope, *query.compare_to)))
            balances[account].other = turnover.balance();
    Compared debits, credits;
    bool room = true;
    const auto money = [&](Wide minor) { return money_of(minor, *base); };
    for (const auto& [account, balance] : balances) {
        debits.now += debit_of(balance.now);
        credits.now += credit_of(balance.now);
        debits.other += debit_of(balance.other);
        credits.other += credit_of(balance.other);
        std::string key = ordered_key(account);
        if (!room || key <= page.after()) continue;
        const auto known = accounts.get({query.company, account}, as_of.corner);
        TrialBalanceRow row{account, known ? known->name : std::string(),
                            money(debit_of(balance.now)), money(credit_of(balance.now))};
        if (query.compare_to) {
            row.comparative_debit = money(debit_of(balance.other));
            row.comparative_credit = money(credit_of(balance.other));
        }
        room = page.add(std::move(key), std::move(row));
    }
    TrialBalanceTotals totals{money(debits.now), money(credits.now)};
    if (query.compare_to) {
        totals.comparative_debit = money(debits.other);
        totals.comparative_credit = money(credits.other);
    }
    page.totals(std::move(totals));
}

void LedgerTotals::explain(const TrialBalance& query, const ExplainedRow& row, const AsOf& as_of,
                           Explanation& why) const {
    const auto base = base_currency(as_of, query.company);
    Scope scope;
    if (const auto words = unknown(as_of, base, query, scope)) return why.missing(*words);
    const bool other = row.field.starts_with("comparative_");
    const bool debit = row.field == "debit" || row.field == "comparative_debit";
    if (!debit && row.field != "credit" && row.field != "comparative_credit")
        return why.missing(
            "Figures of a trial balance are `debit` and `credit`, and of the day "
            "that it is compared with `comparative_debit` and "
            "`comparative_credit`.");
    if (other && !query.compare_to) return why.missing("The trial balance is not compared.");
    if (other) scope = compared(scope, *query.compare_to);
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
        // What was posted on later only is in the row with nothing.
        if (!any(as_of, found) && !query.compare_to)
            return why.missing("The trial balance has no such account.");
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
