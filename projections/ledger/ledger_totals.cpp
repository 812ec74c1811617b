// Under which keys postings are added, and how the keys of a question are found.
#include "projections/ledger/ledger_totals.h"

#include "projections/described_rows.h"
#include "projections/ledger/books.h"

#include <algorithm>
#include <array>

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

struct Combination {
    AccountCode account;
    DimensionFilter dimensions;
};

Combination combination_from(std::string_view bytes) {
    Combination combination;
    combination.account = taken<AccountCode>(bytes);
    while (!bytes.empty()) {
        const auto dimension = taken<DimensionCode>(bytes);
        combination.dimensions[dimension] = taken<DimensionValueCode>(bytes);
    }
    return combination;
}

bool carries(const DimensionFilter& dimensions, const DimensionFilter& wanted) {
    return std::ranges::all_of(wanted, [&](const auto& pair) {
        const auto found = dimensions.find(pair.first);
        return found != dimensions.end() && found->second == pair.second;
    });
}

}  // namespace

void LedgerTotals::on(const companies::CompanyCreated& created, const Recorded& recorded) {
    recorded.rows.put(bases_ + ordered_key(created.company), created.base_currency.text());
}

void LedgerTotals::on(const EntryPosted& posted, const Recorded& recorded) {
    const std::string by_account = keys_by_account(posted.company);
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
        add(key);
        if (line.dimensions.empty()) continue;
        const std::string account = ordered_key(line.account);
        for (const auto& [dimension, value] : line.dimensions)
            add(keys_by_value(posted.company, dimension, value) + account);
        if (line.dimensions.size() > 1)
            add(keys_by_combination(posted.company) + account + bytes_of(line.dimensions));
    }
}

std::optional<std::string> LedgerTotals::unknown(const AsOf& as_of,
                                                 const std::optional<Currency>& base,
                                                 const CompanyCode& company,
                                                 const DimensionFilter& dimensions) {
    if (!base) return "No company has this code.";
    return as_of.models.of<BooksModel>().unknown_among(as_of, company, dimensions);
}

LedgerTotals::AccountKeys LedgerTotals::keys_of(const AsOf& as_of, const CompanyCode& company,
                                                const AccountCode& account,
                                                const DimensionFilter& wanted) const {
    AccountKeys found;
    if (wanted.size() < 2) {
        found.keys.push_back(
            wanted.empty() ? keys_by_account(company) + ordered_key(account)
                           : keys_by_value(company, wanted.begin()->first, wanted.begin()->second) +
                                 ordered_key(account));
        found.dimensions.push_back(wanted);
        return found;
    }
    found.exactly = true;
    const std::string company_keys = keys_by_combination(company);
    totals_.for_each_sum(as_of.rows, company_keys + ordered_key(account), std::nullopt,
                         as_of.corner, [&](std::string_view key, std::span<const Wide>) {
                             auto combination = combination_from(key.substr(company_keys.size()));
                             if (carries(combination.dimensions, wanted)) {
                                 found.keys.emplace_back(key);
                                 found.dimensions.push_back(std::move(combination.dimensions));
                             }
                             return true;
                         });
    return found;
}

std::map<AccountCode, Turnover> LedgerTotals::by_account(const AsOf& as_of,
                                                         const CompanyCode& company,
                                                         const DimensionFilter& wanted) const {
    const std::string begins_with =
        wanted.empty()       ? keys_by_account(company)
        : wanted.size() == 1 ? keys_by_value(company, wanted.begin()->first, wanted.begin()->second)
                             : keys_by_combination(company);
    std::map<AccountCode, Turnover> accounts;
    totals_.for_each_sum(as_of.rows, begins_with, std::nullopt, as_of.corner,
                         [&](std::string_view key, std::span<const Wide> sums) {
                             const auto combination =
                                 combination_from(key.substr(begins_with.size()));
                             if (wanted.size() < 2 || carries(combination.dimensions, wanted))
                                 accounts[combination.account] += {sums[0], sums[1]};
                             return true;
                         });
    return accounts;
}

Turnover LedgerTotals::sum(const AsOf& as_of, const std::vector<std::string>& keys,
                           const Corner& corner) const {
    Turnover all;
    for (const std::string& key : keys) {
        std::array<Wide, 2> sums{};
        totals_.sum(as_of.rows, key, corner, sums);
        all += {sums[0], sums[1]};
    }
    return all;
}

bool LedgerTotals::any(const AsOf& as_of, const std::vector<std::string>& keys) const {
    return std::ranges::any_of(keys, [&](const std::string& key) {
        std::array<Wide, 2> sums{};
        return totals_.sum(as_of.rows, key, as_of.corner, sums);
    });
}

std::optional<Currency> LedgerTotals::base_currency(const AsOf& as_of,
                                                    const CompanyCode& company) const {
    std::string code;
    if (!as_of.rows.get(bases_ + ordered_key(company), code)) return std::nullopt;
    return currency_from(code);
}

void LedgerTotals::explain_postings(const AsOf& as_of, const std::vector<std::string>& keys,
                                    Currency base, const Adds& adds, Explanation& why) const {
    std::optional<PostingPlace> after;
    if (why.after()) after = PostingPlace{*why.after()};
    // Each key gives its first events behind the place; merged, the first of all are among them.
    std::map<EventRef, Wide> events;
    for (std::size_t key = 0; key < keys.size(); ++key) {
        std::optional<EventRef> last;
        std::size_t count = 0;
        totals_.postings(as_of.rows, keys[key], as_of.corner, after, [&](const Posting& posting) {
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

ReadModelSpec ledger_totals() {
    return ReadModelSpec::of<LedgerTotals>("ledger_totals", 3, "ledger")
        .folding<LedgerTotals, companies::CompanyCreated, EntryPosted>()
        .answering<LedgerTotals, TrialBalance, TrialBalanceRow>()
        .answering<LedgerTotals, StatementOfAccount, StatementRow>();
}

}  // namespace kontor::ledger
