// On which day an item counts and what it is booked at: what the ledger would say of its line.
#pragma once

#include "domain/settlement/kept_items.h"

namespace kontor::settlement {

inline constexpr Reason line_on_item_account{
    Refusal::invalid, "line_on_item_account",
    "A line lies on an account of items, where every posting is an item of its own."};

// What an item is booked as.
struct Booked {
    Date date;
    std::optional<Date> belongs_to;
    Money base;
    std::optional<ledger::LineRate> rate;
};

// The day on which something of a day is posted, by the ledger's policy for late entries; why
// there is none: date_outside_calendar, period_closed, period_soft_closed.
Objection find_day(const World&, const CompanyCode&, Date, const Context&, Date& posted,
                   std::optional<Date>& belongs_to);

// An amount on an account of items, which says whose it is, or on that of a till.
struct Bookable {
    ledger::AccountCode account;
    ledger::Side side = ledger::Side::debit;
    std::optional<parties::CounterpartyCode> counterparty;
    Money amount;
    std::optional<Money> base;
    std::optional<Rate> rate;
};
// Why it cannot be booked on a day: the reasons of find_day, then those of a line of an entry.
Objection find_booked(const World&, const CompanyCode&, const Bookable&, Date, const Context&,
                      Booked&);

// Why other lines of an item's entry cannot be: account_unknown, line_on_item_account, or
// account_is_control where no flow asks for them.
Objection fault_of_lines(const World&, const CompanyCode&, const std::vector<ledger::EntryLine>&,
                         const Context&);

// Lines in the foreign currency of an amount that say neither base nor rate get their share of the
// amount's base, so that the entry balances; the largest of them has what rounding leaves.
void share_base(std::vector<ledger::EntryLine>&, ledger::Side item_side, Money amount, Money base);

// A line on an account of items says whose it is.
ledger::EntryLine line_of(const ledger::AccountCode&, ledger::Side,
                          const parties::CounterpartyCode&, Money amount, Money base);

}  // namespace kontor::settlement
