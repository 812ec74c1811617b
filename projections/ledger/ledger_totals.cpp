// Under which keys postings are added, and how the keys of a question are found.
#include "projections/ledger/ledger_totals.h"

#include "projections/described_rows.h"
#include "projections/ledger/books.h"
#include "projections/ledger/figures.h"

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

std::string bytes_of(const DimensionFilter& dimensions) {
    std::string bytes;
    for (const auto& [dimension, value] : dimensions)
        bytes += ordered_key(dimension) + ordered_key(value);
    return bytes;
}

template <class T>
T taken(std::string_view& bytes) {
    T value{};
    const auto length = from_ordered(type_of<T>(), bytes, &value);
    if (!length) throw StorageBroken("a key of the ledger's totals cannot be read");
    bytes.remove_prefix(*length);
    return value;
}

// One octet for the plain layer, in which most entries are.
std::string bytes_of(const Layer& layer) {
    if (layer == Layer{}) return std::string(1, '\0');
    return '\1' + ordered_key(layer.book) + static_cast<char>(layer.adjustment) +
           static_cast<char>(layer.closing);
}

Layer taken_layer(std::string_view& bytes) {
    const auto octet = [&] {
        if (bytes.empty()) throw StorageBroken("a key of the ledger's totals cannot be read");
        const char first = bytes.front();
        bytes.remove_prefix(1);
        return first;
    };
    if (octet() == '\0') return {};
    Layer layer;
    layer.book = taken<BookCode>(bytes);
    layer.adjustment = octet();
    layer.closing = octet() != 0;
    return layer;
}

// What stands behind the grouping in a key: account, layer, and in combinations all dimensions.
struct Combination {
    AccountCode account;
    Layer layer;
    DimensionFilter dimensions;
};

Combination combination_from(std::string_view bytes) {
    Combination combination;
    combination.account = taken<AccountCode>(bytes);
    combination.layer = taken_layer(bytes);
    while (!bytes.empty()) {
        const auto dimension = taken<DimensionCode>(bytes);
        combination.dimensions[dimension] = taken<DimensionValueCode>(bytes);
    }
    return combination;
}

std::string keys_of_filter(const CompanyCode& company, const DimensionFilter& wanted) {
    if (wanted.empty()) return keys_by_account(company);
    if (wanted.size() == 1)
        return keys_by_value(company, wanted.begin()->first, wanted.begin()->second);
    return keys_by_combination(company);
}

}  // namespace

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
        const std::string layer = bytes_of(in);
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
                add(keys_by_combination(posted.company) + account + bytes_of(line.dimensions));
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
            auto combination = combination_from(key.substr(begins_with.size()));
            if (!scope.counts(combination.layer)) return true;
            if (found.exactly && !carries(combination.dimensions, wanted)) return true;
            found.keys.push_back({std::string(key),
                                  found.exactly ? std::move(combination.dimensions) : wanted,
                                  scope.corner_of(combination.layer)});
            return true;
        });
    return found;
}

std::map<AccountCode, Turnover> LedgerTotals::by_account(const AsOf& as_of,
                                                         const CompanyCode& company,
                                                         const DimensionFilter& wanted,
                                                         const Scope& scope) const {
    const std::string begins_with = keys_of_filter(company, wanted);
    std::map<AccountCode, Turnover> accounts;
    const auto add = [&](const Corner& corner, bool later) {
        totals_.for_each_sum(
            as_of.rows, begins_with, std::nullopt, corner,
            [&](std::string_view key, std::span<const Wide> sums) {
                const auto combination = combination_from(key.substr(begins_with.size()));
                if (scope.counts(combination.layer) && scope.is_later(combination.layer) == later &&
                    (wanted.size() < 2 || carries(combination.dimensions, wanted)))
                    accounts[combination.account] += {sums[0], sums[1]};
                return true;
            });
    };
    add(scope.corner, false);
    // Adjustments that are left out of the last day count on the days before it.
    if (scope.adjustments) add(before(scope.corner, *scope.corner.valid_at), true);
    return accounts;
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

void LedgerTotals::explain_postings(const AsOf& as_of, const AccountKeys& found, Currency base,
                                    const Adds& adds, Explanation& why) const {
    std::optional<PostingPlace> after;
    if (why.after()) after = PostingPlace{*why.after()};
    // Each key gives its first events behind the place; merged, the first of all are among them.
    std::map<EventRef, Wide> events;
    for (std::size_t key = 0; key < found.keys.size(); ++key) {
        const AccountKey& of = found.keys[key];
        std::optional<EventRef> last;
        std::size_t count = 0;
        totals_.postings(as_of.rows, of.bytes, of.corner, after, [&](const Posting& posting) {
            const auto amount = adds(posting, key);
            if (!amount) return true;
            if (last != posting.place.event && ++count > why.limit() + 1) return false;
            last = posting.place.event;
            events[posting.place.event] += *amount;
            return true;
        });
    }
    const std::string unit(base.text());
    for (const auto& [event, amount] : events)
        if (!why.add(event, {amount, minor_digits(base), unit})) return;
}

void LedgerTotals::explain_accounts(const AsOf& as_of, const CompanyCode& company,
                                    const std::map<AccountCode, Wide>& adds,
                                    const DimensionFilter& dimensions, const Scope& scope,
                                    std::optional<Date> from, Currency base,
                                    Explanation& why) const {
    AccountKeys all;
    std::vector<Wide> times;
    for (const auto& [account, of_debit] : adds) {
        AccountKeys of_account = keys_of(as_of, company, account, dimensions, scope);
        times.resize(times.size() + of_account.keys.size(), of_debit);
        std::ranges::move(of_account.keys, std::back_inserter(all.keys));
    }
    explain_postings(
        as_of, all, base,
        [&](const Posting& posting, std::size_t key) -> std::optional<Wide> {
            if (from && posting.day < *from) return std::nullopt;
            return times[key] * (Wide{posting.amounts[0]} - posting.amounts[1]);
        },
        why);
}

ReadModelSpec ledger_totals() {
    return ReadModelSpec::of<LedgerTotals>("ledger_totals", 4, "ledger")
        .folding<LedgerTotals, companies::CompanyCreated, EntryPosted>()
        .answering<LedgerTotals, TrialBalance, TrialBalanceRow>()
        .answering<LedgerTotals, StatementOfAccount, StatementRow>();
}

}  // namespace kontor::ledger
