// The list of read models: each is one pair of files and one line here.
#include "projections/access/doors.h"
#include "projections/companies/company_list.h"
#include "projections/contracts/contracts.h"
#include "projections/inventory/availability.h"
#include "projections/inventory/stock.h"
#include "projections/items/barcodes.h"
#include "projections/items/costing.h"
#include "projections/items/item_list.h"
#include "projections/items/kits.h"
#include "projections/items/units.h"
#include "projections/ledger/account_pairs.h"
#include "projections/ledger/books.h"
#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/deferrals.h"
#include "projections/ledger/drafts.h"
#include "projections/ledger/financial_statements.h"
#include "projections/ledger/foreign_balances.h"
#include "projections/ledger/journal.h"
#include "projections/ledger/ledger_totals.h"
#include "projections/ledger/off_balance.h"
#include "projections/ledger/rates.h"
#include "projections/ledger/recurring_entries.h"
#include "projections/ledger/rule_runs.h"
#include "projections/parties/counterparty_list.h"
#include "projections/parties/party_list.h"
#include "projections/parties/person_list.h"
#include "projections/pricing/pricing.h"
#include "projections/projection.h"
#include "projections/purchasing/purchase_orders.h"
#include "projections/purchasing/received_not_invoiced.h"
#include "projections/purchasing/sourcing.h"
#include "projections/sales/sales.h"
#include "projections/settlement/bank.h"
#include "projections/settlement/dunning.h"
#include "projections/settlement/open_items.h"
#include "projections/taxes/taxes.h"

namespace kontor {

std::vector<ReadModelSpec> read_models() {
    return {
        access::doors(),
        companies::company_list(),
        ledger::books(),
        ledger::chart_of_accounts(),
        ledger::journal(),
        ledger::financial_statements(),
        ledger::ledger_totals(),
        ledger::foreign_balances(),
        ledger::rule_runs(),
        ledger::account_pairs(),
        ledger::rates_of_exchange(),
        ledger::drafts_model(),
        ledger::recurring_entries(),
        ledger::deferrals_model(),
        ledger::off_balance_model(),
        parties::party_list(),
        parties::counterparty_list(),
        parties::person_list(),
        items::units_of_measure(),
        items::item_list(),
        items::barcode_list(),
        items::kit_list(),
        items::costing_list(),
        taxes::taxes_model(),
        contracts::contracts_model(),
        pricing::pricing_model(),
        inventory::stock(),
        inventory::availability(),
        sales::sales_model(),
        purchasing::sourcing_model(),
        purchasing::purchase_orders_model(),
        purchasing::received_not_invoiced_model(),
        settlement::open_items_model(),
        settlement::dunning_model(),
        settlement::bank_model(),
    };
}

}  // namespace kontor
