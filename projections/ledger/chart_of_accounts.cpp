// How the chart is kept. An account is there on any day, under the name that it had first: entries
// are often posted on days before its account was typed in, and their statements name it.
#include "projections/ledger/chart_of_accounts.h"

namespace kontor::ledger {

void ChartModel::on(const AccountOpened& opened, const Recorded& recorded) {
    std::int64_t level = 1;
    if (opened.parent) {
        const auto parent =
            accounts_.get(recorded.rows, {opened.company, *opened.parent}, Corner{});
        if (!parent) throw StorageBroken("the parent of an account was never opened");
        level = parent->level + 1;
    }
    accounts_.put(recorded, {opened.company, opened.account}, first_date,
                  {opened.account, opened.name, opened.kind, opened.normal_side, opened.parent,
                   level, opened.summary, false, opened.currency, opened.required_dimensions});
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

void ChartModel::answer(const ChartOfAccounts& query, const AsOf& as_of,
                        Page<ChartAccount>& page) const {
    accounts_.list(as_of, ordered_key(query.company), page, [&](const ChartAccount& account) {
        return (!query.kind || account.kind == *query.kind) &&
               (!query.parent || account.parent == query.parent);
    });
}

std::optional<ChartAccount> ChartModel::find(const RowReader& rows, const CompanyCode& company,
                                             const AccountCode& account,
                                             const Corner& corner) const {
    return accounts_.get(rows, {company, account}, corner);
}

ReadModelSpec chart_of_accounts() {
    return ReadModelSpec::of<ChartModel>("chart_of_accounts", 3, "ledger")
        .folding<ChartModel, AccountOpened, AccountRenamed, AccountBlocked, AccountUnblocked,
                 DimensionsRequired>()
        .answering<ChartModel, ChartOfAccounts, ChartAccount>();
}

}  // namespace kontor::ledger
