// How much of a tax is due once so much of its item is settled.
#include "domain/settlement/cash_taxes.h"

#include "domain/taxes/tax_codes.h"

#include <algorithm>

namespace kontor::settlement {

namespace {

Money share(Money whole, Wide part, std::int64_t of) {
    return {static_cast<std::int64_t>(divide(whole.minor * part, of, Rounding::half_up)),
            whole.currency};
}

// Where a tax of an item goes when it is due; null where it does not wait for that.
const ledger::AccountCode* due_account(const World& world, const CompanyCode& company,
                                       const KeptItem& item, const ItemTax& tax) {
    if (!tax.tax) return nullptr;
    const taxes::Tax* known = world.of<taxes::Taxes>().find({company, *tax.tax});
    if (!known || !known->terms.cash_basis || known->in_transition != tax.account) return nullptr;
    const auto& due = item.side == ItemSide::receivable ? known->payable : known->recoverable;
    return due ? &*due : nullptr;
}

}  // namespace

std::vector<TaxMove> taxes_due_by(const World& world, const CompanyCode& company,
                                  const KeptItem& item, const OpenItemId& id,
                                  std::span<const AllocatedSpell> before, Money settled,
                                  std::span<const TaxMove> deducted,
                                  const ledger::AccountCode* written_off) {
    std::vector<TaxMove> moves;
    if (item.amount.minor == 0) return moves;
    Wide in_all = settled.minor;
    for (const AllocatedSpell& spell : before)
        if (!spell.until) in_all += spell.amount.minor;
    in_all = std::min(in_all, Wide{item.amount.minor});
    for (const ItemTax& tax : item.taxes) {
        const ledger::AccountCode* due = due_account(world, company, item, tax);
        if (!due) continue;
        TaxMove move;
        move.item = id;
        move.tax = *tax.tax;
        move.from = tax.account;
        move.to = written_off ? *written_off : *due;
        move.side = item.direction;
        move.amount = share(tax.amount, in_all, item.amount.minor);
        move.base =
            share(share(item.base, tax.amount.minor, item.amount.minor), in_all, item.amount.minor);
        move.deducted = {0, move.amount.currency};
        move.deducted_base = {0, move.base.currency};
        for (const TaxMove& off : deducted)
            if (off.tax == move.tax) {
                move.deducted = off.deducted;
                move.deducted_base = off.deducted_base;
            }
        const auto without = [&](const TaxMove& was) {
            move.amount = move.amount - was.deducted;
            move.base = move.base - was.deducted_base;
        };
        for (const AllocatedSpell& spell : before)
            for (const TaxMove& was : spell.taxes)
                if (!spell.until && was.tax == move.tax) {
                    without(was);
                    move.amount = move.amount - was.amount;
                    move.base = move.base - was.base;
                }
        without(move);
        if (move.amount.minor != 0 || move.base.minor != 0 || move.deducted.minor != 0)
            moves.push_back(std::move(move));
    }
    return moves;
}

}  // namespace kontor::settlement
