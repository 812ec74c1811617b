// Under which keys postings are added, and how the keys of a question are found.
#include "projections/ledger/ledger_totals.h"

#include "projections/described_rows.h"
#include "projections/ledger/books.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/journal.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace kontor::ledger {

namespace {

// Each grouping has a letter behind the company, so that its keys lie together.
std::string keys_by_account(const CompanyCode& company) { return ordered_key(company) + 'A'; }
std::string keys_by_value(const CompanyCode& company, const DimensionCode& dimension,
                          const DimensionValueCode& value) {
    return ordered_key(company) + 'V' + ordered_key(dimension) + ordered_key(value);
}
std::string keys_by_combination(const CompanyCode& company) { return ordered_key(company) + 'C'; }

std::string keys_of_filter(const CompanyCode& company, const DimensionFilter& wanted) {
    if (wanted.empty()) return keys_by_account(company);
    if (wanted.size() == 1)
        return keys_by_value(company, wanted.begin()->first, wanted.begin()->second);
    return keys_by_combination(company);
}

}  // namespace

struct LedgerTotals::Combination {
    AccountCode account;
    Layer layer;
    DimensionFilter dimensions;

    // From what stands behind the grouping in a key.
    static Combination from(std::string_view bytes) {
        Combination combination;
        combination.account = taken<AccountCode>(bytes);
        combination.layer = taken_layer(bytes);
        combination.dimensions = taken_dimensions(bytes);
        return combination;
    }
};

bool carries(const DimensionFilter& dimensions, const DimensionFilter& wanted) {
    return std::ranges::all_of(wanted, [&](const auto& pair) {
        const auto found = dimensions.find(pair.first);
        return found != dimensions.end() && found->second == pair.second;
    });
}

void LedgerTotals::on(const companies::CompanyCreated& created, const Recorded& recorded) {
    recorded.rows.put(bases_ + ordered_key(created.company), created.base_currency.text());
}

void LedgerTotals::on(const EntryPosted& posted, const Recorded& recorded) {
    const std::string by_account = keys_by_account(posted.company);
    for (const Layer& in : layers_of(posted)) {
        const std::string layer = octets_of(in);
        std::string key;
        for (const PostedLine& line : posted.lines) {
            const bool debit = line.side == Side::debit;
            const std::array<std::int64_t, 2> amounts{debit ? line.base.minor : 0,
                                                      debit ? 0 : line.base.minor};
            const auto add = [&](const std::string& to) {
                totals_.add(recorded.rows, to, posted.date, recorded.event, amounts);
            };
            key = by_account;
            append_ordered(key, type_of<AccountCode>(), &line.account);
            add(key += layer);
            if (line.dimensions.empty()) continue;
            const std::string account = ordered_key(line.account) + layer;
            for (const auto& [dimension, value] : line.dimensions)
                add(keys_by_value(posted.company, dimension, value) + account);
            if (line.dimensions.size() > 1)
                add(keys_by_combination(posted.company) + account + octets_of(line.dimensions));
        }
    }
}

LedgerTotals::AccountKeys LedgerTotals::keys_of(const AsOf& as_of, const CompanyCode& company,
                                                const AccountCode& account,
                                                const DimensionFilter& wanted,
                                                const Scope& scope) const {
    AccountKeys found;
    found.exactly = wanted.size() > 1;
    const std::string begins_with = keys_of_filter(company, wanted);
    totals_.for_each_key(
        as_of.rows, begins_with + ordered_key(account), std::nullopt, [&](std::string_view key) {
            auto combination = Combination::from(key.substr(begins_with.size()));
            if (!scope.counts(combination.layer)) return true;
            if (found.exactly && !carries(combination.dimensions, wanted)) return true;
            found.keys.push_back({std::string(key),
                                  found.exactly ? std::move(combination.dimensions) : wanted,
                                  scope.corner_of(combination.layer), combination.layer.kind});
            return true;
        });
    return found;
}

LedgerTotals::AccountKeys LedgerTotals::keys_of_all(const AsOf& as_of, const CompanyCode& company,
                                                    const std::set<AccountCode>& accounts,
                                                    const DimensionFilter& wanted,
                                                    const Scope& scope) const {
    AccountKeys all;
    for (const AccountCode& account : accounts)
        std::ranges::move(keys_of(as_of, company, account, wanted, scope).keys,
                          std::back_inserter(all.keys));
    return all;
}

void LedgerTotals::each_sum(
    const AsOf& as_of, const std::string& begins_with, const Scope& scope,
    const std::function<Combination(std::string_view key)>& read,
    const std::function<void(const Combination&, const Turnover&)>& each) const {
    const auto walk = [&](const Corner& corner, bool later) {
        totals_.for_each_sum(as_of.rows, begins_with, std::nullopt, corner,
                             [&](std::string_view key, std::span<const Wide> sums) {
                                 const Combination of = read(key);
                                 if (scope.counts(of.layer) && scope.is_later(of.layer) == later)
                                     each(of, {sums[0], sums[1]});
                                 return true;
                             });
    };
    walk(scope.corner, false);
    // Adjustments that are left out of the last day count on the days before it.
    if (scope.adjustments) walk(before(scope.corner, *scope.corner.valid_at), true);
}

std::map<AccountCode, Turnover> LedgerTotals::by_account(const AsOf& as_of,
                                                         const CompanyCode& company,
                                                         const DimensionFilter& wanted,
                                                         const Scope& scope) const {
    std::map<AccountCode, Turnover> accounts;
    each_account(as_of, company, wanted, scope,
                 [&](const AccountCode& account, LayerKind, const Turnover& turnover) {
                     accounts[account] += turnover;
                 });
    return accounts;
}

void LedgerTotals::each_account(
    const AsOf& as_of, const CompanyCode& company, const DimensionFilter& wanted,
    const Scope& scope,
    const std::function<void(const AccountCode&, LayerKind, const Turnover&)>& call) const {
    const std::string begins_with = keys_of_filter(company, wanted);
    each_sum(
        as_of, begins_with, scope,
        [&](std::string_view key) { return Combination::from(key.substr(begins_with.size())); },
        [&](const Combination& of, const Turnover& turnover) {
            if (wanted.size() < 2 || carries(of.dimensions, wanted))
                call(of.account, of.layer.kind, turnover);
        });
}

// Lines without a dimension lie under their account alone, those with one under its value too, and
// those with several under each value and under all together. So what lies in a narrower sum is
// taken out of the wider one, and what is left there carries nothing more.
std::map<LedgerTotals::Group, Turnover> LedgerTotals::by_values(
    const AsOf& as_of, const CompanyCode& company, const std::vector<DimensionCode>& by,
    const DimensionFilter& wanted, const Scope& scope,
    const std::optional<std::set<AccountCode>>& accounts) const {
    std::map<Group, Turnover> groups;
    std::map<AccountCode, Turnover> grouped;
    const auto group = [&](const AccountCode& account,
                           const DimensionFilter& dimensions) -> Turnover& {
        Group of{account, {}};
        for (const DimensionCode& dimension : by) {
            const auto found = dimensions.find(dimension);
            of.values.push_back(found == dimensions.end() ? DimensionValueCode{} : found->second);
        }
        return groups[of];
    };
    const auto add = [&](const Combination& of, const Turnover& turnover) {
        if (accounts && !accounts->contains(of.account)) return false;
        group(of.account, of.dimensions) += turnover;
        grouped[of.account] += turnover;
        return true;
    };
    const bool more_than_wanted =
        std::ranges::any_of(by, [&](const auto& each) { return !wanted.contains(each); });
    if (wanted.size() > 1 || (more_than_wanted && wanted.size() + by.size() > 1)) {
        const std::string begins_with = keys_by_combination(company);
        each_sum(
            as_of, begins_with, scope,
            [&](std::string_view key) { return Combination::from(key.substr(begins_with.size())); },
            [&](const Combination& of, const Turnover& turnover) {
                if (!carries(of.dimensions, wanted) || !add(of, turnover) || !wanted.empty())
                    return;
                for (const DimensionCode& dimension : by) {
                    const auto found = of.dimensions.find(dimension);
                    if (found == of.dimensions.end()) continue;
                    group(of.account, {*found}) -= turnover;
                    grouped[of.account] -= turnover;
                }
            });
    }
    if (wanted.size() > 1) return groups;
    if (wanted.empty())
        for (const DimensionCode& dimension : by) {
            const std::string begins_with = ordered_key(company) + 'V' + ordered_key(dimension);
            each_sum(
                as_of, begins_with, scope,
                [&](std::string_view key) {
                    key.remove_prefix(begins_with.size());
                    const auto value = taken<DimensionValueCode>(key);
                    Combination of = Combination::from(key);
                    of.dimensions = {{dimension, value}};
                    return of;
                },
                add);
        }
    for (auto [account, turnover] : by_account(as_of, company, wanted, scope)) {
        if (accounts && !accounts->contains(account)) continue;
        turnover -= grouped[account];
        group(account, wanted) += turnover;
    }
    return groups;
}

Turnover LedgerTotals::of_account(const AsOf& as_of, const CompanyCode& company,
                                  const AccountCode& account, const DimensionFilter& wanted,
                                  const Scope& scope) const {
    return sum(as_of, keys_of(as_of, company, account, wanted, scope));
}

Turnover LedgerTotals::sum(const AsOf& as_of, const AccountKeys& found,
                           std::optional<Date> before_day) const {
    Turnover all;
    for (const AccountKey& key : found.keys) {
        std::array<Wide, 2> sums{};
        totals_.sum(as_of.rows, key.bytes,
                    before_day ? before(key.corner, *before_day) : key.corner, sums);
        all += {sums[0], sums[1]};
    }
    return all;
}

bool LedgerTotals::any(const AsOf& as_of, const AccountKeys& found) const {
    return std::ranges::any_of(found.keys, [&](const AccountKey& key) {
        std::array<Wide, 2> sums{};
        return totals_.sum(as_of.rows, key.bytes, key.corner, sums);
    });
}

std::optional<Currency> LedgerTotals::base_currency(const AsOf& as_of,
                                                    const CompanyCode& company) const {
    std::string code;
    if (!as_of.rows.get(bases_ + ordered_key(company), code)) return std::nullopt;
    return currency_from(code);
}

std::vector<SummedKey> LedgerTotals::summed(const std::vector<AccountKey>& keys) {
    std::vector<SummedKey> summed;
    for (const AccountKey& key : keys) summed.push_back({key.bytes, key.corner});
    return summed;
}

void LedgerTotals::explain_postings(const AsOf& as_of, const AccountKeys& found, Currency base,
                                    const PostingAdds& adds, Explanation& why) const {
    explain_sum(totals_, as_of.rows, summed(found.keys), base, adds, why);
}

void LedgerTotals::each_event(const AsOf& as_of, const std::vector<AccountKey>& keys,
                              std::optional<EventRef> after,
                              const std::function<bool(const EventRef&)>& call) const {
    each_summed_event(
        totals_, as_of.rows, summed(keys), after, 256,
        [](const Posting&, std::size_t) { return Wide{0}; },
        [&](const EventRef& event, Wide) { return call(event); });
}

void LedgerTotals::explain_lines(const AsOf& as_of, const std::vector<AccountKey>& keys,
                                 const Scope& scope, Currency base, const LineAdds& adds,
                                 Explanation& why) const {
    RowsByEvent::Finder entries = as_of.models.of<JournalModel>().entries(as_of.rows);
    const std::string unit(base.text());
    each_event(as_of, keys, why.after(), [&](const EventRef& event) {
        const EntryPosted entry = JournalModel::entry_of(entries, event).posted;
        if (!scope.shows(entry, event)) return true;
        Wide amount = 0;
        for (const PostedLine& line : entry.lines) amount += adds(entry, line);
        return amount == 0 || why.add(event, {amount, minor_digits(base), unit});
    });
}

void LedgerTotals::each_posting(const AsOf& as_of, const CompanyCode& company,
                                const AccountCode& account, const Scope& scope,
                                const std::function<void(const Posting&, LayerKind)>& call) const {
    for (const AccountKey& key : keys_of(as_of, company, account, {}, scope).keys)
        totals_.postings(as_of.rows, key.bytes, key.corner, {}, [&](const Posting& posting) {
            call(posting, key.kind);
            return true;
        });
}

void LedgerTotals::explain_accounts(const AsOf& as_of, const CompanyCode& company,
                                    const std::map<AccountCode, DebitAdds>& adds,
                                    const DimensionFilter& dimensions, const Scope& scope,
                                    std::optional<Date> from, Currency base,
                                    Explanation& why) const {
    AccountKeys all;
    std::vector<DebitAdds> times;
    for (const auto& [account, of_debit] : adds) {
        AccountKeys of_account = keys_of(as_of, company, account, dimensions, scope);
        for (const AccountKey& key : of_account.keys) {
            DebitAdds of_kind = of_debit;
            of_kind.since = of_debit.since_by(key.kind);
            times.push_back(of_kind);
        }
        std::ranges::move(of_account.keys, std::back_inserter(all.keys));
    }
    explain_postings(
        as_of, all, base,
        [&](const Posting& posting, std::size_t key) -> std::optional<Wide> {
            const Wide each = from && posting.day < *from ? times[key].before : times[key].since;
            if (each == 0) return std::nullopt;
            return each * (Wide{posting.amounts[0]} - posting.amounts[1]);
        },
        why);
}

void LedgerTotals::explain_column(const AsOf& as_of, const CompanyCode& company,
                                  const std::map<AccountCode, DebitAdds>& adds,
                                  const DimensionCode& dimension, const DimensionValueCode& value,
                                  const DimensionFilter& dimensions, const Scope& scope,
                                  std::optional<Date> from, Currency base, Explanation& why) const {
    if (!value.text.empty()) {
        DimensionFilter wanted = dimensions;
        wanted[dimension] = value;
        return explain_accounts(as_of, company, adds, wanted, scope, from, base, why);
    }
    // What a line must not carry is seen in the entries.
    std::vector<AccountKey> keys;
    for (const auto& [account, of_debit] : adds)
        std::ranges::move(keys_of(as_of, company, account, dimensions, scope).keys,
                          std::back_inserter(keys));
    explain_lines(
        as_of, keys, scope, base,
        [&](const EntryPosted& entry, const PostedLine& line) -> Wide {
            const auto of = adds.find(line.account);
            if (of == adds.end() || line.dimensions.contains(dimension)) return 0;
            if (!carries(line.dimensions, dimensions)) return 0;
            const bool early = from && entry.date < *from;
            const Wide each = early ? of->second.before : of->second.since_by(layer_kind_of(entry));
            return each * (line.side == Side::debit ? line.base.minor : -Wide{line.base.minor});
        },
        why);
}

void LedgerTotals::explain_sum_on(const AsOf& as_of, const CompanyCode& company,
                                  const std::set<AccountCode>& accounts,
                                  const DimensionFilter& dimensions, const Scope& scope,
                                  Currency base, const PostingShare& share,
                                  Explanation& why) const {
    explain_postings(
        as_of, keys_of_all(as_of, company, accounts, dimensions, scope), base,
        [&](const Posting& posting, std::size_t) { return share(posting); }, why);
}

void LedgerTotals::each_event_on(const AsOf& as_of, const CompanyCode& company,
                                 const InScope& accounts, const DimensionFilter& wanted,
                                 const std::optional<EventRef>& after,
                                 const std::function<bool(const EventRef&)>& call) const {
    std::vector<AccountKey> keys;
    for (const auto& [some, scope] : accounts)
        for (const AccountCode& account : some)
            std::ranges::move(keys_of(as_of, company, account, wanted, scope).keys,
                              std::back_inserter(keys));
    each_event(as_of, keys, after, call);
}

void LedgerTotals::each_event_by_day(const AsOf& as_of, const CompanyCode& company,
                                     const std::set<AccountCode>& accounts,
                                     const DimensionFilter& wanted, const Scope& scope,
                                     const std::optional<DayPlace>& after,
                                     const std::function<bool(const EventRef&)>& call) const {
    std::vector<KeyAtCorner> keys;
    for (const AccountCode& account : accounts)
        for (AccountKey& key : keys_of(as_of, company, account, wanted, scope).keys)
            keys.push_back({std::move(key.bytes), key.corner});
    totals_.events_by_day(as_of.rows, keys, after, call);
}

ReadModelSpec ledger_totals() {
    return ReadModelSpec::of<LedgerTotals>("ledger_totals", 5, "ledger")
        .folding<LedgerTotals, companies::CompanyCreated, EntryPosted>()
        .answering<LedgerTotals, TrialBalance, TrialBalanceRow>()
        .answering<LedgerTotals, Balances, BalanceRow>()
        .answering<LedgerTotals, TrialBalanceByPeriod, PeriodBalanceRow>()
        .answering<LedgerTotals, StatementOfAccount, StatementRow>()
        .answering<LedgerTotals, CombinedTrialBalance, CombinedBalance>()
        .answering<LedgerTotals, CombinedTrialBalanceByPeriod, CombinedPeriodBalance>()
        .answering<LedgerTotals, CombinedBalances, BalanceRow>();
}

}  // namespace kontor::ledger
