// How the chart is kept. An account is there on any day, under the name that it had first: entries
// are often posted on days before its account was typed in, and their statements name it.
#include "projections/ledger/chart_of_accounts.h"

namespace kontor::ledger {

void ChartModel::on(const AccountOpened& opened, const Recorded& recorded) {
    accounts_.put(recorded, {opened.company, opened.account}, first_date,
                  {opened.account, opened.name, opened.kind, opened.normal_side, opened.parent, 0,
                   opened.summary, false, opened.currency, opened.required_dimensions,
                   opened.any_kind_below, opened.control, opened.monetary, opened.suspense});
}

void ChartModel::on(const AccountMoved& moved, const Recorded& recorded) {
    accounts_.change(recorded, {moved.company, moved.account},
                     [&](ChartAccount& account) { account.parent = moved.parent; });
}

void ChartModel::on(const AccountUseChanged& changed, const Recorded& recorded) {
    accounts_.change(recorded, {changed.company, changed.account}, [&](ChartAccount& account) {
        account.control = changed.control;
        account.monetary = changed.monetary;
        account.suspense = changed.suspense;
    });
}

void ChartModel::on(const AdjustmentAccountSet& set, const Recorded& recorded) {
    accounts_.change(recorded, {set.company, set.account}, [&](ChartAccount& account) {
        account.adjustment_account = set.adjustment_account;
    });
}

void ChartModel::on(const ClosingAccountSet& set, const Recorded& recorded) {
    accounts_.change(recorded, {set.company, set.account},
                     [&](ChartAccount& account) { account.closes_to = set.closes_to; });
}

void ChartModel::on(const AccountRenamed& renamed, const Recorded& recorded) {
    accounts_.change(recorded, {renamed.company, renamed.account},
                     [&](ChartAccount& account) { account.name = renamed.name; });
}

void ChartModel::on(const AccountBlocked& blocked, const Recorded& recorded) {
    accounts_.change(recorded, {blocked.company, blocked.account},
                     [](ChartAccount& account) { account.blocked = true; });
}

void ChartModel::on(const AccountUnblocked& unblocked, const Recorded& recorded) {
    accounts_.change(recorded, {unblocked.company, unblocked.account},
                     [](ChartAccount& account) { account.blocked = false; });
}

void ChartModel::on(const DimensionsRequired& required, const Recorded& recorded) {
    accounts_.change(recorded, {required.company, required.account}, [&](ChartAccount& account) {
        account.required_dimensions = required.required_dimensions;
    });
}

std::map<AccountCode, ChartAccount> ChartModel::all(const AsOf& as_of,
                                                    const CompanyCode& company) const {
    std::map<AccountCode, ChartAccount> chart;
    accounts_.each(as_of, ordered_key(company),
                   [&](ChartAccount account) { chart.emplace(account.account, account); });
    // Where an account was moved, all below it are at another level: so it is counted when asked.
    for (auto& [code, account] : chart) {
        account.level = 1;
        for (auto above = account.parent; above; above = chart.at(*above).parent) ++account.level;
    }
    return chart;
}

std::set<AccountCode> ChartModel::below(const AsOf& as_of, const CompanyCode& company,
                                        const AccountCode& wanted) const {
    const auto chart = all(as_of, company);
    std::set<AccountCode> below;
    for (const auto& [code, account] : chart) {
        if (account.summary) continue;
        for (std::optional<AccountCode> at = code; at; at = chart.at(*at).parent)
            if (*at == wanted) below.insert(code);
    }
    return below;
}

void ChartModel::answer(const ChartOfAccounts& query, const AsOf& as_of,
                        Page<ChartAccount>& page) const {
    for (const auto& [code, account] : all(as_of, query.company)) {
        if (query.kind && account.kind != *query.kind) continue;
        if (query.parent && account.parent != query.parent) continue;
        std::string key = ordered_key(code);
        if (key > page.after() && !page.add(std::move(key), account)) return;
    }
}

std::optional<ChartAccount> ChartModel::find(const RowReader& rows, const CompanyCode& company,
                                             const AccountCode& account,
                                             const Corner& corner) const {
    return accounts_.get(rows, {company, account}, corner);
}

ReadModelSpec chart_of_accounts() {
    return ReadModelSpec::of<ChartModel>("chart_of_accounts", 7, "ledger")
        .folding<ChartModel, AccountOpened, AccountRenamed, AccountBlocked, AccountUnblocked,
                 AccountMoved, AccountUseChanged, AdjustmentAccountSet, ClosingAccountSet,
                 DimensionsRequired>()
        .answering<ChartModel, ChartOfAccounts, ChartAccount>();
}

}  // namespace kontor::ledger
