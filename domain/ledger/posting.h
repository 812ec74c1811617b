// What every entry must have before it is in the books, whoever makes it: a place in the calendar,
// accounts that take its lines, a balance, and a number.
#pragma once

#include "domain/ledger/entries.h"

#include <optional>
#include <span>
#include <vector>

namespace kontor::ledger {

// Why an entry cannot be posted as it is asked for, the first of PostEntry's reasons; none when it
// can, and then it is as it will be posted.
Objection make_entry(const World&, const PostEntry&, const Context&, EntryPosted&);
// The same with lines that were converted and rounded before; those of `PostEntry` are counted
// only.
Objection make_entry(const World&, const PostEntry&, const Context&, std::vector<PostedLine> ready,
                     EntryPosted&);

// Where an entry comes to lie in the calendar.
struct Placed {
    FiscalPlace in;
    Date date;
    std::optional<Date> belongs_to;
};

// Why the actor cannot post on a day, in a period if one is named; none when it can.
Objection find_place(const World&, const CompanyCode&, Date,
                     const std::optional<std::int64_t>& period, const Context&, Placed&);

// Why lines cannot be posted as they are asked for, the first fault of the first line that has one;
// none when they can, and then they are as they will be posted, at the rates of the day on which
// it happened.
Objection find_lines(const World&, const CompanyCode&, Currency base_currency, Date,
                     std::span<const EntryLine>, const Context&, std::vector<PostedLine>&);

// Why an account takes no line in a currency; none when it does.
Objection fault_of_account(const World&, const CompanyCode&, const AccountCode&, Currency,
                           const Context&);
// Why a line on the account cannot carry these dimensions, and no others; none when it can.
Objection fault_of_dimensions(const World&, const CompanyCode&, const AccountCode&,
                              const std::map<DimensionCode, DimensionValueCode>&);

// Why no posting carries this value of a dimension; none when one can.
Objection fault_of_value(const World&, const CompanyCode&, const DimensionCode&,
                         const DimensionValueCode&);

// Why files cannot belong to one entry; none when they can, and then with hashes in small letters.
Objection find_attachments(std::span<const Attachment>, std::vector<Attachment>&);

// Whether an entry has a line that flows alone may post.
bool on_control_account(const World&, const CompanyCode&, const Entry&);

// Why lines are no entry together; none when debits equal credits.
Objection fault_of_balance(std::span<const PostedLine>);

// Brings lines into balance that rates left out of it: what is between debits and credits, if the
// company's policy tolerates so little, becomes a line on its rounding account. Why that account
// takes no line; none otherwise, whether there is such a line or not.
Objection round_off(const World&, const CompanyCode&, Currency base_currency, const Context&,
                    std::vector<PostedLine>&);
// Whether the entry is above the amount from which the company wants a second pair of eyes. A
// foreign line whose amount in base currency was said counts at the company's rate where that is
// more, since a small one could be said of any; without a rate nobody can tell, so it is looked at.
bool needs_approval(const World&, const EntryPosted&);

// The number that the journal's next entry in a fiscal year has. The journal is there.
std::int64_t next_number(const World&, const CompanyCode&, const JournalCode&,
                         const FiscalYearCode&);

// What takes an entry back, under a new id and where it has found a place; its number is the next.
EntryPosted reversal_of(const World&, const EntryKey& taken_back, const Entry&, const EntryId& as,
                        const Placed&, const std::string& text);

// The lines that take these back, as the company's policy says: with debits and credits exchanged,
// or with negative amounts.
std::vector<PostedLine> taken_back(const World&, const CompanyCode&, std::vector<PostedLine>);

// Which debit belongs to which credit, where the company keeps that; else nothing.
std::vector<LinePair> pairs_of(const World&, const CompanyCode&, std::span<const PostedLine>);

}  // namespace kontor::ledger
