// The entry of each fact of settlement.
#include "domain/flows/open_items_post_to_ledger.h"

#include "domain/settlement/item_postings.h"

#include <utility>

namespace kontor::flow {

namespace {

using namespace settlement;

ledger::PostEntry entry(const CompanyCode& company, const ledger::EntryId& id,
                        const ledger::JournalCode& journal, Date date, std::string text,
                        std::vector<ledger::EntryLine> lines) {
    ledger::PostEntry post;
    post.company = company;
    post.entry = id;
    post.journal = journal;
    post.date = date;
    post.text = std::move(text);
    post.lines = std::move(lines);
    return post;
}

const ledger::JournalCode& journal_of_payments(const World& world, const CompanyCode& company) {
    return world.of<SettlementRulesTable>().find(company)->journals.payments;
}

// An item that settles something at once is posted with what it settles.
ledger::PostEntry entry_with_parts(const CompanyCode& company, const OpenItemId& id,
                                   const ItemFacts& facts, Date date,
                                   const std::vector<AllocatedPart>& parts) {
    std::vector<ledger::EntryLine> lines = lines_of_item(facts);
    const std::vector<ledger::EntryLine> settled = lines_of_parts(parts);
    lines.insert(lines.end(), settled.begin(), settled.end());
    return entry(company, entry_of(id), facts.journal, facts.belongs_to.value_or(date), facts.text,
                 summed(lines));
}

ledger::ReverseEntry reversal(const CompanyCode& company, const ledger::EntryId& as,
                              const ledger::EntryId& reverses, Date date,
                              const std::string& reason) {
    return {company, as, reverses, date, reason, {}};
}

}  // namespace

Decision<ledger::PostEntry, ledger::PostOpeningBalances> opened_item_posts_to_ledger(
    const ItemOpened& opened, const World&) {
    const ItemFacts& facts = opened.facts;
    const Date date = facts.belongs_to.value_or(opened.date);
    if (facts.opening) {
        ledger::PostOpeningBalances post;
        post.company = opened.company;
        post.entry = entry_of(opened.item);
        post.journal = facts.journal;
        post.date = date;
        post.text = facts.text;
        post.lines = lines_of_item(facts);
        return post;
    }
    ledger::PostEntry post = entry(opened.company, entry_of(opened.item), facts.journal, date,
                                   facts.text, lines_of_item(facts));
    // Suppliers number as they like; one's own numbers are unique in the journal too.
    if (facts.side == ItemSide::receivable) post.document = facts.document;
    return post;
}

Decision<ledger::PostEntry, ledger::ReverseEntry> reversed_item_posts_to_ledger(
    const ItemReversed& reversed, const World& world) {
    const CompanyCode& company = reversed.company;
    const Date date = reversed.belongs_to.value_or(reversed.date);
    const ledger::EntryId as{derived_uuid(reversed.item.uuid, "reversed_item_posts_to_ledger", 0)};
    const KeptAllocation* settled =
        world.of<Allocations>().find({company, AllocationId{reversed.item.uuid}});
    // What the item settled at once is in its entry too, and was taken off by one of its own.
    if (!settled || !settled->with_item)
        return reversal(company, as, entry_of(reversed.item), date, reversed.reason);
    ItemFacts facts = reversed.facts;
    facts.lines = world.of<OpenItems>().find({company, reversed.item})->lines;
    return entry(company, as, facts.journal, date, reversed.reason, lines_of_item(facts, true));
}

Decision<ledger::PostEntry> recorded_payment_posts_to_ledger(const PaymentRecorded& recorded,
                                                             const World&) {
    return entry_with_parts(recorded.company, recorded.payment, recorded.facts, recorded.date,
                            recorded.parts);
}

Decision<ledger::PostEntry> written_off_item_posts_to_ledger(const ItemWrittenOff& written,
                                                             const World&) {
    return entry_with_parts(written.company, written.write_off, written.facts, written.date,
                            written.parts);
}

Decision<ledger::PostEntry> allocated_items_post_to_ledger(const ItemsAllocated& allocated,
                                                           const World& world) {
    std::vector<ledger::EntryLine> lines = summed(lines_of_parts(allocated.parts));
    // An invoice and its credit note lie on one account: nothing moves there.
    if (lines.empty()) return {};
    return entry(allocated.company, entry_of(allocated.allocation),
                 journal_of_payments(world, allocated.company),
                 allocated.belongs_to.value_or(allocated.date), allocated.text, std::move(lines));
}

Decision<ledger::PostEntry, ledger::ReverseEntry> taken_back_allocation_posts_to_ledger(
    const AllocationTakenBack& back, const World& world) {
    const CompanyCode& company = back.company;
    const Date date = back.belongs_to.value_or(back.date);
    const ledger::EntryId as{derived_uuid(back.allocation.uuid,
                                          "taken_back_allocation_posts_to_ledger",
                                          static_cast<std::uint64_t>(back.time))};
    std::vector<ledger::EntryLine> lines = summed(lines_of_parts(back.parts, true));
    if (lines.empty()) return {};
    if (back.whole) return reversal(company, as, entry_of(back.allocation), date, back.reason);
    return entry(company, as, journal_of_payments(world, company), date, back.reason,
                 std::move(lines));
}

Decision<ledger::PostEntry> moved_cash_posts_to_ledger(const CashMoved& moved, const World&) {
    ledger::EntryLine cash;
    cash.account = moved.account;
    cash.side = moved.way == CashWay::in ? ledger::Side::debit : ledger::Side::credit;
    cash.amount = moved.amount;
    cash.base = moved.base;
    std::vector<ledger::EntryLine> lines{cash};
    lines.insert(lines.end(), moved.lines.begin(), moved.lines.end());
    return entry(moved.company, entry_of(moved.move), moved.journal,
                 moved.belongs_to.value_or(moved.date), moved.text, std::move(lines));
}

Decision<ledger::ReverseEntry> reversed_cash_move_posts_to_ledger(const CashMoveReversed& reversed,
                                                                  const World&) {
    return reversal(reversed.company,
                    {derived_uuid(reversed.move.uuid, "reversed_cash_move_posts_to_ledger", 0)},
                    entry_of(reversed.move), reversed.belongs_to.value_or(reversed.date),
                    reversed.reason);
}

Decision<ledger::PostEntry> posted_loss_allowance_posts_to_ledger(const LossAllowancePosted& posted,
                                                                  const World&) {
    const bool more = posted.posted.minor > 0;
    ledger::EntryLine expense;
    expense.account = posted.matrix.expense;
    expense.side = more ? ledger::Side::debit : ledger::Side::credit;
    expense.amount = more ? posted.posted : -posted.posted;
    ledger::EntryLine allowance = expense;
    allowance.account = posted.matrix.allowance;
    allowance.side = other(expense.side);
    return entry(posted.company, entry_of(posted.allowance), posted.journal,
                 posted.belongs_to.value_or(posted.date), "Loss allowance", {expense, allowance});
}

}  // namespace kontor::flow
