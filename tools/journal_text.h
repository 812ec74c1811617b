// A company's ledger as plain-text accounting: a journal that hledger and ledger-cli read.
#pragma once

#include "domain/ledger/entries.h"
#include "eventstore/event_log.h"

#include <iosfwd>
#include <optional>
#include <string>

namespace kontor {

struct JournalTextOptions {
    CompanyCode company;
    std::optional<ledger::BookCode> book;  // empty: the leading one
    std::optional<Date> valid_at;          // entries up to this day
    Position known_at = 0;                 // as the log was then
};

// Writes the entries in the order in which they were recorded, each with number, text, document, id
// and dimensions as comments and tags, `kind` where it closes or opens the books and `period` where
// it adjusts a year; a line in foreign currency with its amount in base currency as total cost
// (`USD 1020.00 @@ EUR 938.40`), so that each entry balances. Accounts are declared with their
// element of the financial statements (`type:`), dated nowhere, currencies with their digits, and
// tags, so that programs that are told to be strict have nothing to say.
// What would mean something to these programs in a text, number or code is written as %XX
// (journal_escapes.h). Returns how many entries were written; throws Unable for a company or book
// that the log does not know.
std::uint64_t write_journal(const EventLog& log, const JournalTextOptions& options,
                            std::ostream& out);

}  // namespace kontor
