// The list of read models: each is one pair of files and one line here.
#include "projections/access/doors.h"
#include "projections/companies/company_list.h"
#include "projections/ledger/books.h"
#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/financial_statements.h"
#include "projections/ledger/journal.h"
#include "projections/ledger/ledger_totals.h"
#include "projections/projection.h"

namespace kontor {

std::vector<ReadModelSpec> read_models() {
    return {
        access::doors(),         companies::company_list(),
        ledger::books(),         ledger::chart_of_accounts(),
        ledger::journal(),       ledger::financial_statements(),
        ledger::ledger_totals(),
    };
}

}  // namespace kontor
