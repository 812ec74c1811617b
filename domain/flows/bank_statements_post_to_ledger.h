// The bank's account in the ledger is what its statements say: every line is posted in the same
// commit, what is recognized settles, and a line that changes its mind moves between accounts.
#pragma once

#include "domain/ledger/entries.h"
#include "domain/settlement/bank_lines.h"

namespace kontor::flow {

inline constexpr Reason payment_on_statement{
    Refusal::conflict, "payment_on_statement",
    "The payment is on a bank statement; ReopenBankLine takes it off that first."};

Decision<ledger::PostEntry> recorded_bank_statement_posts_to_ledger(
    const settlement::BankStatementRecorded&, const World&);
Decision<settlement::AssignBankLine> recognized_bank_lines_are_settled(
    const settlement::BankStatementRecorded&, const World&);
Decision<ledger::PostEntry> cleared_bank_line_posts_to_ledger(const settlement::BankLineCleared&,
                                                              const World&);
Decision<ledger::PostEntry> posted_bank_line_posts_to_ledger(const settlement::BankLinePosted&,
                                                             const World&);
Decision<settlement::ReverseItem, ledger::PostEntry, ledger::ReverseEntry>
reopened_bank_line_posts_to_ledger(const settlement::BankLineReopened&, const World&);
Decision<> payment_on_statement_is_not_reversed(const settlement::ItemReversed&, const World&);

}  // namespace kontor::flow
