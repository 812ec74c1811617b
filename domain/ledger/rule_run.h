// One run of a rule: what it moves, book by book, and the entries that say so.
#pragma once

#include "domain/ledger/derived_entries.h"
#include "domain/ledger/posting.h"

#include <map>
#include <string>
#include <vector>

namespace kontor::ledger {

// An account with some dimensions.
struct Cell {
    AccountCode account;
    std::string dimensions;  // as dimension_text says

    auto operator<=>(const Cell&) const = default;
};
using Cells = std::map<Cell, Wide>;  // debits less credits, in smallest units

// The lines that move these, without what comes to zero; or why no entry can hold them.
Objection lines_of(const Cells&, Currency base, std::vector<PostedLine>&);

// Makes the entries of a run: the first has the id that the client chose, the others ids that
// follow from it, and each the next number of its journal and year.
class RuleRun {
public:
    RuleRun(const World& world, const CompanyCode& company, const EntryId& first,
            const JournalCode& journal, const std::string& text)
        : world_(world), first_(first) {
        entry_.company = company;
        entry_.journal = journal;
        entry_.text = text;
    }

    EntryPosted entry(const EntryOrigin&, const FiscalPlace&, Date, const BookCode&,
                      std::vector<PostedLine>);
    // What takes an entry back where it has found a place.
    EntryPosted reversal(const EntryPosted&, const Placed&);

private:
    EntryPosted next(const FiscalPlace&, Date);

    const World& world_;
    EntryId first_;
    EntryPosted entry_;
    std::uint64_t made_ = 0;
    std::map<FiscalYearCode, std::int64_t> numbers_;
};

}  // namespace kontor::ledger
