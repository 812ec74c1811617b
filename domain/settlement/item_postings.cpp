// How lines of settlement come about, and which of them are one.
#include "domain/settlement/item_postings.h"

#include "domain/settlement/booking.h"

#include <map>
#include <tuple>

namespace kontor::settlement {

namespace {

void turn(std::vector<ledger::EntryLine>& lines) {
    for (ledger::EntryLine& line : lines) line.side = other(line.side);
}

ledger::EntryLine plain_line(const ledger::AccountCode& account, ledger::Side side, Money amount,
                             Money base) {
    ledger::EntryLine line;
    line.account = account;
    line.side = side;
    line.amount = amount;
    line.base = base;
    return line;
}

}  // namespace

std::vector<ledger::EntryLine> lines_of_item(const ItemFacts& facts, bool taken_back) {
    std::vector<ledger::EntryLine> lines{
        line_of(facts.account, facts.direction, facts.counterparty, facts.amount, facts.base)};
    lines.insert(lines.end(), facts.lines.begin(), facts.lines.end());
    if (taken_back) turn(lines);
    return lines;
}

std::vector<ledger::EntryLine> lines_of_parts(std::span<const AllocatedPart> parts,
                                              bool taken_back) {
    std::vector<ledger::EntryLine> lines;
    for (const AllocatedPart& part : parts) {
        const SettledPart& settled = part.settled;
        const SettledPart& by = part.by;
        lines.push_back(line_of(settled.account, other(settled.direction), settled.counterparty,
                                settled.amount, settled.base));
        lines.push_back(
            line_of(by.account, settled.direction, by.counterparty, by.amount, by.base));
        for (const Deduction& deduction : part.deductions)
            lines.push_back(
                plain_line(deduction.account, settled.direction, deduction.amount, deduction.base));
        for (const TaxMove& tax : part.taxes) {
            // Of parts that settle one by one, rounding can give a little back.
            const bool back = tax.amount.minor < 0 || tax.base.minor < 0;
            const Money amount = back ? -tax.amount : tax.amount;
            const Money base = back ? -tax.base : tax.base;
            const ledger::Side side = back ? other(tax.side) : tax.side;
            lines.push_back(plain_line(tax.from, side, amount, base));
            lines.push_back(plain_line(tax.to, other(side), amount, base));
        }
        if (!part.exchange_account) continue;
        const bool gain = part.exchange.minor > 0;
        const Money amount = gain ? part.exchange : -part.exchange;
        lines.push_back(plain_line(*part.exchange_account,
                                   gain ? ledger::Side::credit : ledger::Side::debit, amount,
                                   amount));
    }
    if (taken_back) turn(lines);
    return lines;
}

std::vector<ledger::EntryLine> summed(const std::vector<ledger::EntryLine>& lines) {
    struct Sum {
        ledger::EntryLine line;
        Wide amount[2] = {0, 0};  // debit, credit
        Wide base[2] = {0, 0};
    };
    std::vector<Sum> sums;
    std::map<std::tuple<ledger::AccountCode, Currency, std::string>, std::size_t> places;
    std::vector<ledger::EntryLine> all;
    for (const ledger::EntryLine& line : lines) {
        // A line that somebody worded, or gave dimensions of its own, stays as it is.
        const auto counterparty = line.dimensions.find(counterparty_dimension);
        const bool own = line.dimensions.size() > (counterparty == line.dimensions.end() ? 0u : 1u);
        if (!line.base || !line.text.empty() || own || line.rate || line.counterpart) {
            all.push_back(line);
            continue;
        }
        const std::string whose =
            counterparty == line.dimensions.end() ? "" : counterparty->second.text;
        const auto [place, added] =
            places.try_emplace({line.account, line.amount.currency, whose}, sums.size());
        if (added) sums.push_back({line});
        Sum& sum = sums[place->second];
        const int side = line.side == ledger::Side::debit ? 0 : 1;
        sum.amount[side] += line.amount.minor;
        sum.base[side] += line.base->minor;
    }
    for (const Sum& sum : sums) {
        const auto add = [&](Wide amount, Wide base, ledger::Side side) {
            ledger::EntryLine line = sum.line;
            line.side = side;
            line.amount.minor = static_cast<std::int64_t>(amount);
            line.base->minor = static_cast<std::int64_t>(base);
            all.push_back(std::move(line));
        };
        const Wide amount = sum.amount[0] - sum.amount[1];
        const Wide base = sum.base[0] - sum.base[1];
        if (amount == 0 && base == 0) continue;
        if (amount > 0 && base >= 0) {
            add(amount, base, ledger::Side::debit);
        } else if (amount < 0 && base <= 0) {
            add(-amount, -base, ledger::Side::credit);
        } else {
            // At two rates they are no one amount: both stand.
            if (sum.amount[0] != 0) add(sum.amount[0], sum.base[0], ledger::Side::debit);
            if (sum.amount[1] != 0) add(sum.amount[1], sum.base[1], ledger::Side::credit);
        }
    }
    return all;
}

}  // namespace kontor::settlement
