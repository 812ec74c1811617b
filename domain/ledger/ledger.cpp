// The aggregates of the ledger context.
#include "domain/ledger/ledger.h"

#include "domain/ledger/accounts.h"
#include "domain/ledger/accruals.h"
#include "domain/ledger/allocation.h"
#include "domain/ledger/attachments.h"
#include "domain/ledger/calendar.h"
#include "domain/ledger/charts.h"
#include "domain/ledger/closing.h"
#include "domain/ledger/closing_accounts.h"
#include "domain/ledger/deferrals.h"
#include "domain/ledger/derived_entries.h"
#include "domain/ledger/dimensions.h"
#include "domain/ledger/drafts.h"
#include "domain/ledger/due_entries.h"
#include "domain/ledger/entries.h"
#include "domain/ledger/journals.h"
#include "domain/ledger/opening_balances.h"
#include "domain/ledger/parallel_books.h"
#include "domain/ledger/policy.h"
#include "domain/ledger/rates.h"
#include "domain/ledger/recurring.h"
#include "domain/ledger/revaluation.h"
#include "domain/ledger/statement_layouts.h"

namespace kontor::ledger {

BusinessContext ledger() {
    BusinessContext context{"ledger", "Accounts, journals, periods and entries.", {}};
    context.parts.push_back(calendar());
    context.parts.push_back(policy());
    context.parts.push_back(rates());
    context.parts.push_back(parallel_books());
    context.parts.push_back(dimensions());
    context.parts.push_back(accounts());
    context.parts.push_back(statement_layouts());
    context.parts.push_back(off_balance());
    context.parts.push_back(charts());
    context.parts.push_back(journals());
    context.parts.push_back(entries());
    context.parts.push_back(drafts());
    context.parts.push_back(attachments());
    context.parts.push_back(accruals());
    context.parts.push_back(recurring());
    context.parts.push_back(deferrals());
    context.parts.push_back(due_entries());
    context.parts.push_back(opening_balances());
    context.parts.push_back(sums_for_rules());
    context.parts.push_back(closing_accounts());
    context.parts.push_back(closing());
    context.parts.push_back(revaluation());
    context.parts.push_back(allocation());
    return context;
}

}  // namespace kontor::ledger
