// What the auditor looks at behind a run of an allocation, a revaluation or a close.
#include "tests/domain/ledger/rules_auditor.h"

#include <algorithm>

namespace kontor::ledger {

using test::first_difference;
using test::PlainCell;
using test::PlainLine;
using test::PlainSums;
using test::without_zeros;

std::vector<Wide> plain_shares(Wide whole, const std::vector<Wide>& weights) {
    Wide all = 0;
    for (const Wide weight : weights) all += weight;
    const Wide size = whole < 0 ? -whole : whole;
    std::vector<Wide> shares, rests;
    Wide left = size;
    for (const Wide weight : weights) {
        shares.push_back(size * weight / all);
        rests.push_back(size * weight % all);
        left -= shares.back();
    }
    for (; left > 0; --left) {
        const auto largest = std::ranges::max_element(rests);
        *largest = -1;
        ++shares[static_cast<std::size_t>(largest - rests.begin())];
    }
    if (whole < 0)
        for (Wide& share : shares) share = -share;
    return shares;
}

// Whether an earlier command has posted something for the same.
bool RulesAuditor::ran_before(const EntryOrigin& origin) const {
    return std::ranges::any_of(ledger_.lines(), [&](const PlainLine& line) {
        return line.entry->origin == origin && line.known < command_;
    });
}

std::vector<Wide> RulesAuditor::shares_of(Wide whole, const AllocationDefined& allocation,
                                          const EntryOrigin& origin, const std::string& book,
                                          std::size_t period) const {
    std::vector<Wide> weights;
    for (const AllocationTarget& target : allocation.targets) {
        Wide weight = 0;
        if (target.percent) weight = target.percent->units;
        if (target.weight) weight = *target.weight;
        if (target.basis_account) {
            for (const PlainLine& line : ledger_.lines()) {
                if (line.account() != target.basis_account->text ||
                    !line.carries(target.basis_dimensions) ||
                    (!line.book.empty() && line.book != book))
                    continue;
                if (line.entry->origin == origin) {
                    // Taken off wherever it lies, so only what lies elsewhere is left to take.
                    if (line.period != period) weight -= line.base();
                } else if (line.period == period && !line.closing()) {
                    weight += line.base();
                }
            }
            const AccountKind kind = ledger_.accounts().at(target.basis_account->text).kind;
            if (kind != AccountKind::asset && kind != AccountKind::expense) weight = -weight;
        }
        weights.push_back(weight);
    }
    if (whole == 0) return std::vector<Wide>(weights.size(), 0);
    return plain_shares(whole, weights);
}

void RulesAuditor::check(const CostsAllocated& allocated) {
    const AllocationDefined& allocation = allocations_[allocated.allocation];
    const EntryOrigin origin{EntryRule::allocation, allocated.allocation.text,
                             allocated.fiscal_year, allocated.period};
    const std::size_t period = *ledger_.period(allocated.fiscal_year, allocated.period);
    static const char* const by[] = {"percent", "weights", "balances"};
    ++looked_at_[std::string("allocation by ") + by[static_cast<int>(allocation.basis)]];
    if (!allocated.entries.empty())
        ++looked_at_[ran_before(origin) ? "allocation of a difference" : "allocation that moves"];
    for (const EntryId& id : allocated.entries) {
        const EntryPosted* entry = ledger_.entry(id);
        expect(entry && entry->origin == origin && entry->period == allocated.period &&
                   entry->date == ledger_.periods()[period].days.last,
               "an allocation's entry is not there, or elsewhere");
    }
    const auto is_source = [&](const PlainLine& line) {
        return line.is_on(allocation.sources) && line.carries(allocation.source_dimensions);
    };
    const PlainSums left = ledger_.sums([&](const PlainLine& line) {
        return is_source(line) && line.period == period && !line.closing();
    });
    expect(left.empty(), "after an allocation a source " + first_difference(left, {}));

    // What it has moved in all, against the shares of the whole.
    const auto is_own = [&](const PlainLine& line) { return line.entry->origin == origin; };
    PlainSums due;
    for (const std::string& book : ledger_.books()) {
        Wide whole = 0;
        for (const PlainLine& line : ledger_.lines()) {
            if (line.book != book || !is_source(line) || line.closing()) continue;
            const bool there = line.period == period;
            if (is_own(line) ? there : !there) continue;
            const Wide moved = is_own(line) ? -line.base() : line.base();
            due[cell_of(line)] -= moved;
            whole += moved;
        }
        const std::vector<Wide> shares = shares_of(whole, allocation, origin, book, period);
        Wide all = 0;
        for (std::size_t at = 0; at < shares.size(); ++at) {
            const AllocationTarget& target = allocation.targets[at];
            due[{target.account.text, book, test::dimensions_of(target.dimensions)}] += shares[at];
            all += shares[at];
        }
        expect(all == whole, "the shares do not add up to the whole");
    }
    due = without_zeros(std::move(due));
    const PlainSums own = ledger_.sums(is_own);
    expect(own == due, "what an allocation has moved: " + first_difference(own, due));
}

void RulesAuditor::check(const ForeignBalancesRevalued& revalued) {
    const std::size_t period = *ledger_.period(revalued.fiscal_year, revalued.period);
    const Date day = ledger_.periods()[period].days.last;
    ++looked_at_[revalued.entries.empty() ? "revaluation with no difference" : "revaluation"];
    // By account and currency, what is booked and held at the end of the period.
    std::map<std::pair<PlainCell, Currency>, std::pair<Wide, Wide>> balances;
    for (const PlainLine& line : ledger_.lines()) {
        const Currency currency = line.line->amount.currency;
        if (!ledger_.accounts().at(line.account()).monetary || line.period > period ||
            currency == line.line->base.currency)
            continue;
        auto& [base, amount] = balances[{cell_of(line), currency}];
        base += line.base();
        amount += line.amount();
    }
    std::map<std::string, PlainSums> due, is, behind;  // by currency
    for (const auto& [at, balance] : balances) {
        const auto& [cell, currency] = at;
        const auto worth = balance.second == 0
                               ? std::optional<Wide>(0)
                               : ledger_.worth(balance.second, currency, revalued.rate_type, day);
        if (!worth) return differ("a currency is revalued without a rate");
        PlainCell beside = cell;
        if (adjusted_on_.contains(cell.account)) beside.account = adjusted_on_[cell.account];
        due[std::string(currency.text())][beside] += *worth - balance.first;
    }
    for (const PlainLine& line : ledger_.lines()) {
        const auto& origin = line.entry->origin;
        if (!origin || origin->rule != EntryRule::revaluation) continue;
        const AccountKind kind = ledger_.accounts().at(line.account()).kind;
        if (kind == AccountKind::income || kind == AccountKind::expense) continue;
        if (line.entry->date == day && line.period <= period && !line.entry->reverses)
            is[origin->of][cell_of(line)] += line.base();
        // By the day that it belongs to: the policy may move what takes a revaluation back.
        if (line.entry->belongs_to.value_or(line.entry->date) <= day + 1)
            behind[origin->of][cell_of(line)] += line.base();
    }
    for (const auto& [currency, sums] : due) is[currency];
    for (auto& [currency, sums] : is) {
        const PlainSums wanted = without_zeros(due[currency]);
        sums = without_zeros(std::move(sums));
        expect(sums == wanted,
               "the revaluation of " + currency + ": " + first_difference(sums, wanted));
    }
    for (auto& [currency, sums] : behind) {
        sums = without_zeros(std::move(sums));
        expect(sums.empty(), "a day later the revaluation of " + currency +
                                 " leaves: " + first_difference(sums, {}));
    }
}

void RulesAuditor::check(const FiscalYearClosed& closed) {
    const EntryOrigin origin{EntryRule::closing, {}, closed.fiscal_year, 0};
    ++looked_at_[closed.entries.empty() ? "close with no result"
                 : ran_before(origin)   ? "close of what was left"
                                        : "close"];
    const PlainSums left = ledger_.sums([&](const PlainLine& line) {
        const AccountKind kind = ledger_.accounts().at(line.account()).kind;
        return line.entry->fiscal_year == closed.fiscal_year &&
               (kind == AccountKind::income || kind == AccountKind::expense);
    });
    expect(left.empty(), "after a close " + first_difference(left, {}));
    for (const EntryId& id : closed.entries) {
        const EntryPosted* entry = ledger_.entry(id);
        expect(entry && entry->kind == EntryKind::closing, "a close has an entry of another kind");
        if (entry) check_stage(*entry, closed);
    }
}

// All of an entry goes to one account, and where pairs are kept from or to it in each of them.
void RulesAuditor::check_stage(const EntryPosted& entry, const FiscalYearClosed& closed) {
    const auto taken_by = [&](const AccountCode& account) {
        const auto first = closes_to_.find(account);
        return first == closes_to_.end() ? closed.retained_earnings : first->second;
    };
    // Retained earnings are taken by none, and an entry that comes to nothing has no such line.
    std::set<AccountCode> accounts, targets;
    for (const PostedLine& line : entry.lines) accounts.insert(line.account);
    for (const AccountCode& account : accounts)
        if (account != closed.retained_earnings) targets.insert(taken_by(account));
    if (targets.size() > 1)  // that of the account that takes the others is not meant
        std::erase_if(targets,
                      [&](const AccountCode& target) { return !accounts.contains(target); });
    expect(targets.size() == 1, "a close carries accounts in one entry that go to several");
    if (targets.empty()) return;
    const AccountCode target = *targets.begin();
    if (target != closed.retained_earnings) ++looked_at_["close over another account"];
    for (const AccountCode& account : accounts)
        expect(account == target || taken_by(account) == target,
               "a close carries " + account.text + " to " + target.text);
    for (const LinePair& pair : entry.pairs) {
        const auto at = [&](std::int64_t line) {
            return entry.lines[static_cast<std::size_t>(line - 1)].account;
        };
        expect((at(pair.debit) == target) != (at(pair.credit) == target),
               "a close has a pair that is not with the account that takes it");
    }
}

void RulesAuditor::reopened(const FiscalYearCode& year) {
    ++looked_at_["reopening"];
    std::map<Date, PlainSums> left;
    for (const PlainLine& line : ledger_.lines())
        if (line.closing() && line.entry->fiscal_year == year)
            left[line.entry->date][cell_of(line)] += line.base();
    for (auto& [day, sums] : left) {
        sums = without_zeros(std::move(sums));
        expect(sums.empty(),
               "a close leaves on " + to_text(day) + ": " + first_difference(sums, {}));
    }
}

}  // namespace kontor::ledger
