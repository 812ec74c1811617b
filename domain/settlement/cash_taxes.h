// Taxes that are owed when they are paid: what waits in transition becomes payable or recoverable
// as its item is settled, in proportion.
#pragma once

#include "domain/settlement/kept_items.h"

#include <span>
#include <vector>

namespace kontor::settlement {

// What settling so much of an item makes due of its taxes, after the spells before. All parts
// together move all of a tax, whatever was taken back between. `written_off`: the account that
// bears what is never paid, so that its tax is never due; null where it is paid.
std::vector<TaxMove> taxes_due_by(const World&, const CompanyCode&, const KeptItem&,
                                  const OpenItemId&, std::span<const AllocatedSpell> before,
                                  Money settled, std::span<const TaxMove> deducted,
                                  const ledger::AccountCode* written_off);

}  // namespace kontor::settlement
