// The list of all rules that cross contexts, in the order in which they run.
#include "domain/flows/flows.h"

#include "domain/flows/bank_statements_post_to_ledger.h"
#include "domain/flows/contracts_name_price_lists_that_fit.h"
#include "domain/flows/created_company_gets_its_books.h"
#include "domain/flows/delivered_sale_earns_revenue.h"
#include "domain/flows/delivered_sale_leaves_stock.h"
#include "domain/flows/invoiced_sale_opens_receivable.h"
#include "domain/flows/moved_stock_posts_to_ledger.h"
#include "domain/flows/open_items_post_to_ledger.h"
#include "domain/flows/ordered_sale_opens_contract.h"
#include "domain/flows/purchase_orders_are_expected.h"
#include "domain/flows/received_goods_enter_stock.h"
#include "domain/flows/sale_beyond_credit_is_held.h"
#include "domain/flows/settlement_accounts_say_whose_items.h"
#include "domain/flows/sold_goods_are_expected.h"
#include "domain/flows/sold_goods_use_promotions.h"
#include "domain/flows/stock_accounts_say_whose_stock.h"
#include "domain/flows/stock_follows_its_costing.h"
#include "domain/flows/supplier_invoices_are_owed.h"

namespace kontor {

std::vector<FlowSpec> flows() {
    using namespace flow;
    return {
        on<created_company_gets_its_books>(),
        on<made_contract_names_a_price_list_that_fits>().refuses(pricing::price_list_unknown,
                                                                 pricing::price_list_unfit),
        on<amended_contract_names_a_price_list_that_fits>().refuses(pricing::price_list_unknown,
                                                                    pricing::price_list_unfit),
        on<stock_accounts_say_whose_stock>(),
        on<moved_stock_posts_to_ledger>(),
        on<corrected_stock_posts_to_ledger>(),
        on<reversed_stock_posts_to_ledger>(),
        on<revalued_stock_posts_to_ledger>(),
        on<landed_cost_posts_to_ledger>(),
        on<withdrawn_landed_cost_posts_to_ledger>(),
        on<set_costing_values_stock>(),
        on<withdrawn_costing_values_stock>(),
        on<categorized_item_values_stock>(),
        on<tracking_of_stock_stays>().refuses(stock_tracked_otherwise),
        on<stock_of_purchases_is_corrected_there>().refuses(stock_of_purchase),
        on<stock_of_purchases_is_reversed_there>().refuses(stock_of_purchase),
        on<placed_order_has_a_contract>(),
        on<placed_order_is_expected>(),
        on<amended_order_is_expected>(),
        on<confirmed_order_is_expected>(),
        on<closed_lines_are_not_expected>(),
        on<reopened_lines_are_expected>(),
        on<received_goods_enter_stock>(),
        on<reversed_receipt_leaves_stock>(),
        on<returned_goods_leave_stock>(),
        on<invoiced_prices_reach_stock>(),
        on<supplier_invoice_is_owed>(),
        on<released_invoice_may_be_paid>(),
        on<settlement_accounts_say_whose_items>(),
        on<opened_till_keeps_its_account>(),
        on<opened_item_posts_to_ledger>(),
        on<reversed_item_posts_to_ledger>(),
        on<recorded_payment_posts_to_ledger>(),
        on<written_off_item_posts_to_ledger>(),
        on<allocated_items_post_to_ledger>(),
        on<taken_back_allocation_posts_to_ledger>(),
        on<posted_loss_allowance_posts_to_ledger>(),
        on<moved_cash_posts_to_ledger>(),
        on<reversed_cash_move_posts_to_ledger>(),
        on<recorded_bank_statement_posts_to_ledger>(),
        on<recognized_bank_lines_are_settled>(),
        on<cleared_bank_line_posts_to_ledger>(),
        on<posted_bank_line_posts_to_ledger>(),
        on<reopened_bank_line_posts_to_ledger>(),
        on<payment_on_statement_is_not_reversed>().refuses(payment_on_statement),
        on<ordered_sale_opens_contract>(),
        on<amended_sale_counts_against_contract>(),
        on<closed_sale_counts_against_contract>(),
        on<reopened_sale_counts_against_contract>(),
        on<sold_goods_use_promotions>(),
        on<amended_sale_uses_promotions>(),
        on<closed_sale_uses_promotions>(),
        on<reopened_sale_uses_promotions>(),
        on<ordered_sale_is_held_beyond_credit>(),
        on<amended_sale_is_held_beyond_credit>(),
        on<sold_goods_are_expected>(),
        on<amended_sale_is_expected>(),
        on<closed_sale_is_not_expected>(),
        on<reopened_sale_is_expected>(),
        on<delivered_sale_is_within_credit>().refuses(credit_limit_exceeded),
        on<delivered_sale_leaves_stock>(),
        on<delivered_sale_earns_revenue>(),
        on<returned_sale_is_in_stock_again>(),
        on<returned_sale_earns_less>(),
        on<reversed_delivery_is_in_stock_again>(),
        on<reversed_delivery_earns_nothing>(),
        on<invoiced_sale_opens_receivable>().refuses(settlement::settlement_accounts_missing),
        on<credited_sale_opens_credit>(),
        on<sales_invoice_is_not_reversed>().refuses(item_is_invoice),
    };
}

}  // namespace kontor
