// Open items and their accounts are equal at every moment: each item, each allocation and each till
// posts what it comes to, in the same commit, as one entry.
#pragma once

#include "domain/ledger/entries.h"
#include "domain/ledger/opening_balances.h"
#include "domain/settlement/allowance.h"
#include "domain/settlement/payments.h"
#include "domain/settlement/write_offs.h"

namespace kontor::flow {

Decision<ledger::PostEntry, ledger::PostOpeningBalances> opened_item_posts_to_ledger(
    const settlement::ItemOpened&, const World&);
Decision<ledger::PostEntry, ledger::ReverseEntry> reversed_item_posts_to_ledger(
    const settlement::ItemReversed&, const World&);
Decision<ledger::PostEntry> recorded_payment_posts_to_ledger(const settlement::PaymentRecorded&,
                                                             const World&);
Decision<ledger::PostEntry> written_off_item_posts_to_ledger(const settlement::ItemWrittenOff&,
                                                             const World&);
Decision<ledger::PostEntry> allocated_items_post_to_ledger(const settlement::ItemsAllocated&,
                                                           const World&);
Decision<ledger::PostEntry, ledger::ReverseEntry> taken_back_allocation_posts_to_ledger(
    const settlement::AllocationTakenBack&, const World&);
Decision<ledger::PostEntry> moved_cash_posts_to_ledger(const settlement::CashMoved&, const World&);
Decision<ledger::ReverseEntry> reversed_cash_move_posts_to_ledger(
    const settlement::CashMoveReversed&, const World&);
Decision<ledger::PostEntry> posted_loss_allowance_posts_to_ledger(
    const settlement::LossAllowancePosted&, const World&);

}  // namespace kontor::flow
