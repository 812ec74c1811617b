// The general ledger as somebody keeps it who has only the events, and adds up from the first one
// each time: no tables, no sums by period, no read models.
#pragma once

#include "domain/core/decision.h"
#include "domain/ledger/entries.h"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kontor::test {

// To the nearest whole, halves away from zero; the denominator is above zero.
Wide rounded_quotient(Wide numerator, Wide denominator);

// One of the company's periods; those of all years stand in the order of time, adjustment periods
// behind the ordinary ones of their year.
struct PlainPeriod {
    ledger::FiscalYearCode year;
    std::int64_t number = 0;
    Period days;
    std::int64_t adjustment = 0;
    bool closed = false;
};

// Above zero on the debit side, in smallest units of the base currency.
Wide base_of(const ledger::PostedLine& line);

// A line of an entry in one book, or in all.
struct PlainLine {
    const ledger::EntryPosted* entry = nullptr;
    const ledger::PostedLine* line = nullptr;
    std::uint64_t known = 0;  // the command that it came of
    std::string book;         // empty: all
    std::size_t period = 0;   // among those of all years

    bool debit() const { return line->side == ledger::Side::debit; }
    Wide base() const { return base_of(*line); }
    // The same in the currency of the line.
    Wide amount() const { return debit() ? line->amount.minor : -line->amount.minor; }
    bool closing() const { return entry->kind == ledger::EntryKind::closing; }
    const std::string& account() const { return line->account.text; }
    bool is_on(const std::vector<ledger::AccountCode>& accounts) const;
    // Whether the line carries all of these values.
    bool carries(
        const std::map<ledger::DimensionCode, ledger::DimensionValueCode>& dimensions) const;
};

// What is summed together: an account with some dimensions, of what is in one book or in all.
struct PlainCell {
    std::string account;
    std::string book;
    std::string dimensions;

    auto operator<=>(const PlainCell&) const = default;
};
using PlainSums = std::map<PlainCell, Wide>;

std::string dimensions_of(const std::map<ledger::DimensionCode, ledger::DimensionValueCode>&);
PlainCell cell_of(const PlainLine& line);
std::string shown(const PlainCell& cell);
std::string shown(Wide amount);
PlainSums without_zeros(PlainSums sums);
// In words, where sums are not what they should be.
std::string first_difference(const PlainSums& are, const PlainSums& should_be);

class PlainLedger {
public:
    // An event, with the number of the command that it came of.
    void see(const Message& event, std::uint64_t known);

    const std::deque<ledger::EntryPosted>& entries() const { return entries_; }
    const ledger::EntryPosted* entry(const ledger::EntryId& id) const;
    const std::vector<PlainLine>& lines() const { return lines_; }
    const std::vector<PlainPeriod>& periods() const { return periods_; }
    std::optional<std::size_t> period(const ledger::FiscalYearCode& year,
                                      std::int64_t number) const;
    // The ordinary period of a day.
    std::optional<std::size_t> ordinary_period(Date day) const;
    const std::map<std::string, ledger::AccountOpened>& accounts() const { return accounts_; }
    // The books that entries may be in, and before them the empty one: all.
    const std::vector<std::string>& books() const { return books_; }
    const ledger::LedgerPolicy& policy() const { return policy_; }

    // The sums of the lines that count, in base currency, without what comes to zero.
    PlainSums sums(const auto& counts) const {
        PlainSums sums;
        for (const PlainLine& line : lines_)
            if (counts(line)) sums[cell_of(line)] += line.base();
        std::erase_if(sums, [](const auto& sum) { return sum.second == 0; });
        return sums;
    }
    Wide sum(const auto& counts) const {
        Wide sum = 0;
        for (const PlainLine& line : lines_)
            if (counts(line)) sum += line.base();
        return sum;
    }
    // What an amount is worth in base currency by the company's rates of a type on a day; empty
    // where none is known, or only one that is too old.
    std::optional<Wide> worth(Wide amount, Currency currency, ledger::RateType type,
                              Date day) const;

private:
    void see(const ledger::EntryPosted& posted, std::uint64_t known);
    void see(const ledger::FiscalYearOpened& opened);
    void set_closed(const ledger::FiscalYearCode& year, std::int64_t number, bool closed);

    std::deque<ledger::EntryPosted> entries_;  // stay where they are
    std::vector<PlainLine> lines_;
    std::vector<PlainPeriod> periods_;
    std::map<std::string, ledger::AccountOpened> accounts_;
    std::vector<std::string> books_{std::string()};
    std::vector<ledger::RateSet> rates_;
    ledger::LedgerPolicy policy_;
    Currency base_currency_;
};

}  // namespace kontor::test
