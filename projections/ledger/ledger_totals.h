// The sums that every figure of the ledger is read from: debits and credits in two times.
#pragma once

#include "domain/companies/companies.h"
#include "domain/ledger/entries.h"
#include "projections/ledger/balances.h"
#include "projections/ledger/combined_balances.h"
#include "projections/ledger/combined_trial_balance.h"
#include "projections/ledger/periods.h"
#include "projections/ledger/scope.h"
#include "projections/ledger/statement_of_account.h"
#include "projections/ledger/summed_events.h"
#include "projections/ledger/trial_balance.h"
#include "projections/projection.h"
#include "projections/two_time_totals.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace kontor::ledger {

using DimensionFilter = std::map<DimensionCode, DimensionValueCode>;

// Whether a line with these dimensions has all that are wanted.
bool carries(const DimensionFilter& dimensions, const DimensionFilter& wanted);

// Debits and credits in smallest units of the base currency.
struct Turnover {
    Wide debit = 0;
    Wide credit = 0;

    Wide balance() const { return debit - credit; }  // debit positive
    Turnover& operator+=(const Turnover& more) {
        debit += more.debit;
        credit += more.credit;
        return *this;
    }
    Turnover& operator-=(const Turnover& less) {
        debit -= less.debit;
        credit -= less.credit;
        return *this;
    }
};

// What a debit on an account adds to a figure: dated before its first day; since; since, instead,
// where it says what stood when the books began; since, besides, where it is revaluation; and what
// rates make of it when it is told in another currency.
struct DebitAdds {
    Wide before = 0;
    Wide since = 0;
    Wide opening = 0;
    Wide revalued = 0;
    Wide exchange = 0;

    // Of an entry of that kind that is dated since.
    Wide since_by(LayerKind kind) const {
        if (kind == LayerKind::opening) return opening;
        return kind == LayerKind::revaluation ? since + revalued : since;
    }
    bool operator==(const DebitAdds&) const = default;
};

struct StatementCursor;

// Each line is added under its account; under its account with each dimension value that it
// carries; and, carrying several, under its account with all of them. A question by no or one
// dimension reads the keys of its account; by more, it walks the combinations. A key ends with the
// layer that the entry is in, so that a sum is that of the layers which its scope counts.
class LedgerTotals {
public:
    explicit LedgerTotals(const Place& place)
        : totals_(place.table(1), 2), bases_(place.table(2)) {}

    void on(const companies::CompanyCreated&, const Recorded&);
    void on(const EntryPosted&, const Recorded&);

    void answer(const TrialBalance&, const AsOf&, Page<TrialBalanceRow>&) const;
    void explain(const TrialBalance&, const ExplainedRow&, const AsOf&, Explanation&) const;
    void answer(const Balances&, const AsOf&, Page<BalanceRow>&) const;
    void explain(const Balances&, const ExplainedRow&, const AsOf&, Explanation&) const;
    void answer(const TrialBalanceByPeriod&, const AsOf&, Page<PeriodBalanceRow>&) const;
    void explain(const TrialBalanceByPeriod&, const ExplainedRow&, const AsOf&, Explanation&) const;
    void answer(const StatementOfAccount&, const AsOf&, Page<StatementRow>&) const;
    void explain(const StatementOfAccount&, const ExplainedRow&, const AsOf&, Explanation&) const;

    void answer(const CombinedTrialBalance&, const AsOf&, Page<CombinedBalance>&) const;
    void explain(const CombinedTrialBalance&, const ExplainedRow&, const AsOf&, Explanation&) const;
    void answer(const CombinedTrialBalanceByPeriod&, const AsOf&,
                Page<CombinedPeriodBalance>&) const;
    void explain(const CombinedTrialBalanceByPeriod&, const ExplainedRow&, const AsOf&,
                 Explanation&) const;
    void answer(const CombinedBalances&, const AsOf&, Page<BalanceRow>&) const;
    void explain(const CombinedBalances&, const ExplainedRow&, const AsOf&, Explanation&) const;

    // What the company's books are kept in; empty when there is no such company.
    std::optional<Currency> base_currency(const AsOf&, const CompanyCode&) const;
    // All accounts with postings of these dimensions in the scope, by code.
    std::map<AccountCode, Turnover> by_account(const AsOf&, const CompanyCode&,
                                               const DimensionFilter&, const Scope&) const;
    // The same apart for each kind of entry, in no order; an account may come several times.
    void each_account(
        const AsOf&, const CompanyCode&, const DimensionFilter&, const Scope&,
        const std::function<void(const AccountCode&, LayerKind, const Turnover&)>&) const;
    // The same as `by_account` of one account, which costs no more than its own postings do.
    Turnover of_account(const AsOf&, const CompanyCode&, const AccountCode&, const DimensionFilter&,
                        const Scope&) const;
    // Sums by account and by what a line carries of each dimension: an empty value of what carries
    // none. They add up to those by account. Of some accounts only, where they are given.
    struct Group {
        AccountCode account;
        std::vector<DimensionValueCode> values;
        auto operator<=>(const Group&) const = default;
    };
    std::map<Group, Turnover> by_values(const AsOf&, const CompanyCode&,
                                        const std::vector<DimensionCode>&, const DimensionFilter&,
                                        const Scope&,
                                        const std::optional<std::set<AccountCode>>&) const;
    // Each posting on an account, with the kind of its entry.
    void each_posting(const AsOf&, const CompanyCode&, const AccountCode&, const Scope&,
                      const std::function<void(const Posting&, LayerKind)>& call) const;
    // The events behind a sum over accounts, each taken as a debit on it adds; all is since where
    // no first day is given.
    void explain_accounts(const AsOf&, const CompanyCode&,
                          const std::map<AccountCode, DebitAdds>& adds, const DimensionFilter&,
                          const Scope&, std::optional<Date> from, Currency base,
                          Explanation&) const;
    // The same of lines that carry a value of a dimension; an empty value: that carry none of it.
    void explain_column(const AsOf&, const CompanyCode&,
                        const std::map<AccountCode, DebitAdds>& adds, const DimensionCode&,
                        const DimensionValueCode&, const DimensionFilter&, const Scope&,
                        std::optional<Date> from, Currency base, Explanation&) const;
    // The events behind a sum over postings on accounts, each with what it adds; empty: it is no
    // part of the sum.
    using PostingShare = std::function<std::optional<Wide>(const Posting&)>;
    void explain_sum_on(const AsOf&, const CompanyCode&, const std::set<AccountCode>&,
                        const DimensionFilter&, const Scope&, Currency base, const PostingShare&,
                        Explanation&) const;
    // Events with postings on accounts as far as each scope counts them, in order behind a place,
    // until `call` answers false. Some may have none with the dimensions: an entry says.
    using InScope = std::vector<std::pair<std::set<AccountCode>, Scope>>;
    void each_event_on(const AsOf&, const CompanyCode&, const InScope&, const DimensionFilter&,
                       const std::optional<EventRef>& after,
                       const std::function<bool(const EventRef&)>& call) const;
    // The same by day, behind a place.
    void each_event_by_day(const AsOf&, const CompanyCode&, const std::set<AccountCode>&,
                           const DimensionFilter&, const Scope&,
                           const std::optional<DayPlace>& after,
                           const std::function<bool(const EventRef&)>& call) const;

private:
    // What a question to books of this currency names and nobody knows, in words; empty when it
    // can be answered, and then its scope is known.
    template <class Query>
    static std::optional<std::string> unknown(const AsOf& as_of,
                                              const std::optional<Currency>& base,
                                              const Query& query, Scope& scope) {
        return base ? find_scope(as_of, query, scope) : "No company has this code.";
    }

    // What the postings of an account with these dimensions lie under, as far as a scope counts
    // them.
    struct AccountKey {
        std::string bytes;
        DimensionFilter dimensions;  // what all lines under it have
        Corner corner;               // what of it counts
        LayerKind kind = LayerKind::ordinary;
    };
    struct AccountKeys {
        std::vector<AccountKey> keys;
        bool exactly = false;  // whether their lines have no other dimensions
    };
    AccountKeys keys_of(const AsOf&, const CompanyCode&, const AccountCode&, const DimensionFilter&,
                        const Scope&) const;
    AccountKeys keys_of_all(const AsOf&, const CompanyCode&, const std::set<AccountCode>&,
                            const DimensionFilter&, const Scope&) const;
    // The sum of all keys, of what is dated before a day where one is given.
    Turnover sum(const AsOf&, const AccountKeys&, std::optional<Date> before_day = {}) const;
    bool any(const AsOf&, const AccountKeys&) const;

    // What stands in a key: account, layer, and the dimensions that all lines under it have.
    struct Combination;
    // The sum of each key that begins so, as far as the scope counts it.
    void each_sum(const AsOf&, const std::string& begins_with, const Scope&,
                  const std::function<Combination(std::string_view key)>& read,
                  const std::function<void(const Combination&, const Turnover&)>&) const;

    // Events with postings under the keys, in order, until `call` answers false.
    void each_event(const AsOf&, const std::vector<AccountKey>&, std::optional<EventRef> after,
                    const std::function<bool(const EventRef&)>& call) const;
    // The events behind a sum of lines, each with what `adds` says of them; the keys hold all of
    // these lines, and others that add nothing.
    using LineAdds = std::function<Wide(const EntryPosted&, const PostedLine&)>;
    void explain_lines(const AsOf&, const std::vector<AccountKey>&, const Scope&, Currency base,
                       const LineAdds& adds, Explanation&) const;

    // The events behind a sum with what each adds.
    void explain_postings(const AsOf&, const AccountKeys&, Currency base, const PostingAdds&,
                          Explanation&) const;
    static std::vector<SummedKey> summed(const std::vector<AccountKey>&);

    struct AskedBalances;
    std::optional<std::string> find(const Balances&, const AsOf&, AskedBalances&) const;
    BalanceRow row_of(const Balances&, const AsOf&, const AskedBalances&, const std::string& key,
                      const std::vector<CompanyCode>&) const;
    struct AskedPeriods;
    std::optional<std::string> find(const TrialBalanceByPeriod&, const AsOf&, AskedPeriods&) const;

    // Why the company has no statement of the account; empty when it has one.
    static std::optional<std::string> no_statement(const StatementOfAccount&, const AsOf&);
    void explain_line(const StatementOfAccount&, const ExplainedRow&, const AsOf&, const Scope&,
                      const AccountKeys&, Currency base, Explanation&) const;

    // Where a line of an entry stands among the postings of the account.
    StatementCursor place_of(const AsOf&, const AccountKeys&, const AccountCode&, const EventRef&,
                             const EntryPosted&, std::size_t line) const;

    struct Movements;
    Movements movements(const StatementOfAccount&, const AsOf&, const AccountKeys&,
                        const std::string& after, std::size_t limit) const;

    TwoTimeTotals totals_;
    std::string bases_;  // prefix of the companies' base currencies
};

ReadModelSpec ledger_totals();

}  // namespace kontor::ledger
