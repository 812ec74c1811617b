// Between delivery and invoice: what a line of an order is an asset for, or a liability.
//
// What is delivered and not invoiced is an unbilled receivable (IFRS 15.107), what is invoiced and
// not delivered a contract liability (IFRS 15.106). Whatever comes later first takes away what is
// there, at what it was booked at, and only its rest becomes the other of the two.
#pragma once

#include "domain/core/exact_rate.h"
#include "domain/sales/sales_order.h"

#include <optional>
#include <span>
#include <vector>

namespace kontor::sales {

// Above zero: there is more of it; below: less.
struct PositionMove {
    BookedAmount unbilled;
    BookedAmount liability;

    bool operator==(const PositionMove&) const = default;
    static void describe(auto& record) {
        record.record("PositionMove", "How a line's unbilled amount and its liability move.")
            .field("unbilled", &PositionMove::unbilled, "Delivered and not invoiced.")
            .field("liability", &PositionMove::liability, "Invoiced and not delivered.");
    }
};

// The rate of a day: so many units of base currency for one of a document's.
struct DayRate {
    Currency base;
    ExactRate rate;

    // Empty where it is above any amount.
    std::optional<Money> of(Money amount) const { return converted(amount, rate, base); }
};
// Why an amount of a day has none; none when it has: rate_unknown.
Objection find_day_rate(const World&, const CompanyCode&, Currency, Date, DayRate&);

// Something is delivered, or an invoice is credited: a liability goes first. `amount` is above
// zero; empty where an amount is too large.
std::optional<PositionMove> delivered_for(const SoldProgress&, Money amount, const DayRate&);
// Something is invoiced: what is unbilled goes first.
std::optional<PositionMove> invoiced_for(const SoldProgress&, Money amount, const DayRate&);
// Something comes back that was booked at `base`: what is unbilled goes first, and for the rest the
// customer is owed what was earned by it.
PositionMove returned_for(const SoldProgress&, Money amount, Money base);

void apply(SoldProgress&, const PositionMove&);

// An amount on an account, debit or credit by its sign, with what it is booked at.
struct SalePosting {
    ledger::AccountCode account;
    BookedAmount debit;
};
// Adds a move of a line's position to what is posted.
void add_postings(std::vector<SalePosting>&, const SalesAccounts&, const PositionMove&);
// Lines of an entry: one for each account, none for what comes to nothing.
std::vector<ledger::EntryLine> entry_lines(std::span<const SalePosting>);

}  // namespace kontor::sales
