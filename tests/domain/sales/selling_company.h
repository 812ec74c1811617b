// A company with customers, goods, a service and a kit, whose commands are played with their flows.
#pragma once

#include "domain/inventory/stock_documents.h"
#include "domain/items/kits.h"
#include "domain/parties/counterparty_links.h"
#include "domain/parties/organisations.h"
#include "domain/sales/deliveries.h"
#include "domain/sales/sales_invoices.h"
#include "domain/sales/sales_returns.h"
#include "tests/domain/settlement/settled_company.h"

namespace kontor::sales::selling {

using settlement::settled::acme;
using settlement::settled::eur;
using settlement::settled::usd;
using test::day;
using test::nth;

inline Unit pieces() { return unit_from("pcs").value(); }
inline Quantity pcs(std::string_view amount) { return quantity_from(amount, pieces()).value(); }
inline UnitPrice price(std::string_view amount, std::string_view currency = "EUR") {
    return {decimal_from(amount, UnitPrice::digits).value(), test::currency(currency)};
}
inline SalesOrderId order(std::uint64_t number) { return nth<SalesOrderId>(number); }
inline SaleDeliveryId delivery(std::uint64_t number) { return nth<SaleDeliveryId>(number); }
inline SalesInvoiceId invoice(std::uint64_t number) { return nth<SalesInvoiceId>(number); }

// Moving average; mugs at 30.00, no tax unless a line names one.
class Shop : public settlement::settled::Books {
public:
    Shop() {
        account("1130", "Delivered, not invoiced", ledger::AccountKind::asset, "1");
        account("2150", "Invoiced, not delivered", ledger::AccountKind::liability, "2");
        items::DefineUnit unit;
        unit.company = acme;
        unit.unit = pieces();
        unit.name = "pieces";
        unit.decimals = 0;
        must(unit);
        create("mug", items::ItemKind::goods);
        create("plate", items::ItemKind::goods);
        create("engraving", items::ItemKind::service);
        create("set", items::ItemKind::kit);
        must(items::SetKitComponents{
            acme, {"set"}, day("2026-01-01"), {{{"mug"}, pcs("2")}, {{"plate"}, pcs("1")}}});
        items::SetCosting costing;
        costing.company = acme;
        costing.from = day("2026-01-01");
        costing.method = items::CostingMethod::moving_average;
        must(costing);
        must(inventory::OpenWarehouse{acme, {"MAIN"}, "Main"});
        must(inventory::SetStockAccounts{
            acme, {}, {{"1200"}, {"2200"}, {"5000"}, {"5000"}, {"5000"}, {"5000"}}, {"GEN"}});
        must(accounts_of_sales());
        must(parties::RegisterOrganisation{acme,
                                           {"SHOP"},
                                           "Corner shop",
                                           {"GB"},
                                           {"en"},
                                           {parties::PartyRole::customer},
                                           day("2026-01-01")});
        must(parties::LinkCounterparty{acme, {"SHOP"}, {"ALDER"}, day("2026-01-01"), true});
        receive("mug", "100", "3000.00");
        receive("plate", "100", "500.00");
    }
    static SetSalesAccounts accounts_of_sales() {
        return {acme, {}, {{"4000"}, {"1130"}, {"2150"}}, {"SAL"}, {}};
    }
    void create(const char* code, items::ItemKind kind) {
        items::CreateItem item;
        item.company = acme;
        item.item = {code};
        item.name = code;
        item.kind = kind;
        item.base_unit = pieces();
        must(item);
    }
    void receive(const char* item, const char* quantity, const char* cost) {
        inventory::ReceiveStock receive;
        receive.company = acme;
        receive.document = nth<inventory::StockDocumentId>(++received_);
        receive.date = day("2026-01-05");
        receive.lines.emplace_back();
        receive.lines[0].item = {item};
        receive.lines[0].quantity = pcs(quantity);
        receive.lines[0].warehouse = {"MAIN"};
        receive.lines[0].cost = eur(cost);
        must(receive);
    }
    std::int64_t on_hand(const char* item) const {
        std::int64_t sum = 0;
        world().of<inventory::StocksOnHand>().each_from(
            {acme, {item}, {}}, [&](const inventory::OnHandKey& key, const inventory::OnHand& row) {
                if (key.item.text != item) return false;
                sum += row.quantity;
                return true;
            });
        return sum / 1'000'000;
    }

private:
    std::uint64_t received_ = 9000;
};

inline PlaceSalesOrder place(std::uint64_t number, std::string_view date, const char* item,
                             std::string_view quantity, UnitPrice at) {
    PlaceSalesOrder place;
    place.company = acme;
    place.order = order(number);
    place.customer = {"SHOP"};
    place.date = day(date);
    place.lines.emplace_back();
    place.lines[0].item = {item};
    place.lines[0].quantity = pcs(quantity);
    place.lines[0].price = at;
    return place;
}
inline DeliverSale deliver(std::uint64_t number, std::uint64_t of, std::string_view date,
                           std::optional<Quantity> quantity = {}) {
    DeliverSale deliver;
    deliver.company = acme;
    deliver.delivery = delivery(number);
    deliver.order = order(of);
    deliver.date = day(date);
    if (quantity) deliver.lines = {{1, quantity, {}, {}, {}}};
    return deliver;
}
inline ReturnSale give_back(std::uint64_t number, std::uint64_t of, std::string_view date,
                            std::optional<Quantity> quantity = {}) {
    ReturnSale back;
    back.company = acme;
    back.sale_return = nth<SaleReturnId>(number);
    back.delivery = delivery(of);
    back.date = day(date);
    back.reason = "Dented";
    if (quantity) back.lines = {{1, quantity, {}, {}, inventory::StockState::free}};
    return back;
}
inline InvoiceSale bill(std::uint64_t number, std::uint64_t of, std::string_view date,
                        InvoiceBasis basis = InvoiceBasis::delivered,
                        std::optional<Quantity> quantity = {}) {
    InvoiceSale bill;
    bill.company = acme;
    bill.invoice = invoice(number);
    bill.lines = {{order(of), quantity ? std::optional<std::int64_t>(1) : std::nullopt, quantity}};
    bill.basis = basis;
    bill.date = day(date);
    return bill;
}
inline CreditSale credit(std::uint64_t number, std::uint64_t of, std::string_view date) {
    CreditSale credit;
    credit.company = acme;
    credit.credit_note = invoice(number);
    credit.invoice = invoice(of);
    credit.date = day(date);
    credit.reason = "Wrong colour";
    return credit;
}

}  // namespace kontor::sales::selling
