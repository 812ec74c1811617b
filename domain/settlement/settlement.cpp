// The list of aggregates of settlement.
#include "domain/settlement/settlement.h"

#include "domain/settlement/allowance.h"
#include "domain/settlement/bank_lines.h"
#include "domain/settlement/dunning.h"
#include "domain/settlement/payment_runs.h"
#include "domain/settlement/write_offs.h"

namespace kontor::settlement {

BusinessContext settlement() {
    return {"settlement",
            "Receivables, payables, payments and cash: what is owed, and how it is settled.",
            {settlement_accounts(), open_items(), allocating(), payments(), payment_runs(),
             write_offs(), dunning(), allowance(), tills(), house_banks(), bank_statements(),
             bank_lines()}};
}

}  // namespace kontor::settlement
