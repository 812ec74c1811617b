// The chart of accounts as a tree: what each account is, and was on any day.
#pragma once

#include "domain/ledger/accounts.h"
#include "domain/ledger/closing_accounts.h"
#include "domain/ledger/revaluation.h"
#include "projections/described_rows.h"
#include "projections/projection.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kontor::ledger {

struct ChartAccount {
    AccountCode account;
    std::string name;
    AccountKind kind = AccountKind::asset;
    Side normal_side = Side::debit;
    std::optional<AccountCode> parent;
    std::int64_t level = 1;
    bool summary = false;
    bool blocked = false;
    std::optional<Currency> currency;
    std::vector<DimensionCode> required_dimensions;
    bool any_kind_below = false;
    bool control = false;
    bool monetary = false;
    bool suspense = false;
    std::optional<AccountCode> adjustment_account = std::nullopt;
    std::optional<AccountCode> closes_to = std::nullopt;

    bool operator==(const ChartAccount&) const = default;
    static void describe(auto& row) {
        row.record("ChartAccount", "An account or a heading of the chart.")
            .field("account", &ChartAccount::account, "Its code.")
            .field("name", &ChartAccount::name, "Its name.")
            .field("kind", &ChartAccount::kind, "Element of the financial statements.")
            .field("normal_side", &ChartAccount::normal_side, "The side that raises it.")
            .field("parent", &ChartAccount::parent,
                   "The heading or account above it; absent at the top.")
            .field("level", &ChartAccount::level, "1 at the top, 2 below that, and so on.")
            .field("summary", &ChartAccount::summary, "A heading, which takes no postings.")
            .field("blocked", &ChartAccount::blocked, "It takes no new postings.")
            .field("currency", &ChartAccount::currency, "The only currency of its postings.")
            .field("required_dimensions", &ChartAccount::required_dimensions,
                   "Dimensions that each new posting on it must carry.")
            .field("any_kind_below", &ChartAccount::any_kind_below,
                   "A heading that has accounts of all kinds below it.")
            .field("control", &ChartAccount::control, "Only flows of other areas post on it.")
            .field("monetary", &ChartAccount::monetary, "Its foreign balances are revalued.")
            .field("suspense", &ChartAccount::suspense,
                   "Its balance should be zero when a period is closed.")
            .field("adjustment_account", &ChartAccount::adjustment_account,
                   "The account that takes the differences of its revaluation; absent: it takes "
                   "them itself.")
            .field("closes_to", &ChartAccount::closes_to,
                   "Of income and expenses: the account that takes what it has first when a year "
                   "is closed; absent: retained earnings do.");
    }
};

struct ChartOfAccounts {
    CompanyCode company;
    std::optional<AccountKind> kind;
    std::optional<AccountCode> parent;

    static void describe(auto& query) {
        query.record("chart_of_accounts", "All accounts and headings, by code.")
            .company(&ChartOfAccounts::company)
            .field("company", &ChartOfAccounts::company, "Whose chart.")
            .field("kind", &ChartOfAccounts::kind, "Only accounts of this kind.")
            .field("parent", &ChartOfAccounts::parent, "Only what stands directly below this.")
            .template answers<ChartAccount>(Times::both);
    }
};

class ChartModel {
    using Accounts = DescribedRows<AccountKey, ChartAccount>;

public:
    explicit ChartModel(const Place& place) : accounts_(place.table(1)) {}

    void on(const AccountOpened&, const Recorded&);
    void on(const AccountRenamed&, const Recorded&);
    void on(const AccountBlocked&, const Recorded&);
    void on(const AccountUnblocked&, const Recorded&);
    void on(const AccountMoved&, const Recorded&);
    void on(const AccountUseChanged&, const Recorded&);
    void on(const AdjustmentAccountSet&, const Recorded&);
    void on(const ClosingAccountSet&, const Recorded&);
    void on(const DimensionsRequired&, const Recorded&);
    void answer(const ChartOfAccounts&, const AsOf&, Page<ChartAccount>&) const;
    // Empty when the company has no such account at the corner.
    std::optional<ChartAccount> find(const RowReader&, const CompanyCode&, const AccountCode&,
                                     const Corner&) const;
    // The whole chart at the corner, by code, each with its level in the tree.
    std::map<AccountCode, ChartAccount> all(const AsOf&, const CompanyCode&) const;
    // The account alone or, of a heading, the accounts below it; none when the company has no such
    // account at the corner.
    std::set<AccountCode> below(const AsOf&, const CompanyCode&, const AccountCode&) const;
    // For many accounts, in order.
    Accounts::Finder finder(const RowReader& rows) const { return {accounts_, rows}; }

private:
    Accounts accounts_;
};

ReadModelSpec chart_of_accounts();

}  // namespace kontor::ledger
