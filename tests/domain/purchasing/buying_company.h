// A company that buys: a supplier in euros and one in dollars, mugs that come in cartons of 24, and
// carriage, which is a service.
#pragma once

#include "domain/ledger/rates.h"
#include "domain/parties/counterparties.h"
#include "domain/parties/counterparty_links.h"
#include "domain/parties/merges.h"
#include "domain/parties/organisations.h"
#include "domain/purchasing/supplier_invoices.h"
#include "domain/purchasing/supplier_returns.h"
#include "domain/settlement/settlement_accounts.h"
#include "tests/domain/inventory/stocked_company.h"

namespace kontor::purchasing::buying {

using inventory::stocked::acme;
using inventory::stocked::eur;
using inventory::stocked::pcs;
using test::day;
using test::nth;

inline Money usd(std::string_view amount) { return test::money(amount, "USD"); }
inline Unit carton() { return unit_from("CTN").value(); }
inline Quantity ctn(std::string_view amount) { return quantity_from(amount, carton()).value(); }
inline UnitPrice price(std::string_view amount, std::string_view code = "EUR") {
    return {decimal_from(amount, UnitPrice::digits).value(), test::currency(code)};
}
inline Percent percent(std::string_view text) {
    return {decimal_from(text, Percent::digits).value()};
}
inline Rate rate(std::string_view text) { return {decimal_from(text, Rate::digits).value()}; }
inline Context asked_by(std::string actor) {
    Context context;
    context.actor = std::move(actor);
    return context;
}

class Buyer : public inventory::stocked::Books {
public:
    explicit Buyer(items::CostingMethod method = items::CostingMethod::moving_average)
        : Books(method) {
        know_supplier("WICK", "WICK-LTD");
        know_supplier("YANKEE", "YANKEE-INC");
        items::DefineUnit unit;
        unit.company = acme;
        unit.unit = carton();
        unit.name = "Carton";
        must(unit);
        must(items::DefineItemUnit{acme, {"mug"}, carton(), pcs("24"), 1});
        items::CreateItem carriage;
        carriage.company = acme;
        carriage.item = {"carriage"};
        carriage.name = "Carriage";
        carriage.kind = items::ItemKind::service;
        carriage.base_unit = inventory::stocked::pieces();
        must(carriage);
        must(SetPurchaseAccounts{acme, accounts_of_purchases()});
        account("5050", "Purchase price variance", ledger::AccountKind::expense, "5");
        must(inventory::SetStockAccounts{
            acme, {}, {{"1200"}, {"2200"}, {"5000"}, {"5050"}, {"5000"}, {"5000"}}, {"GEN"}});
        account("1120", "Advances to suppliers", ledger::AccountKind::asset, "1");
        account("2110", "Advances from customers", ledger::AccountKind::liability, "2");
        must(settlement::SetSettlementAccounts{acme,
                                               {{"1100"},
                                                {"2000"},
                                                {"2110"},
                                                {"1120"},
                                                {"4910"},
                                                {"5800"},
                                                {"4090"},
                                                {"4900"},
                                                {"5700"},
                                                {"5900"},
                                                {}},
                                               {{"SAL"}, {"PUR"}, {"BNK"}},
                                               0});
    }
    void account(const char* code, const char* name, ledger::AccountKind kind, const char* parent) {
        ledger::OpenAccount open;
        open.company = acme;
        open.account = {code};
        open.name = name;
        open.kind = kind;
        open.parent = ledger::AccountCode{parent};
        must(open);
    }
    static PurchaseAccounts accounts_of_purchases() {
        return {{"2200"}, {"5300"}, {"4910"}, {"5800"}, {"PUR"}};
    }
    void know_supplier(const char* party, const char* entity) {
        must(parties::RegisterOrganisation{acme,
                                           {party},
                                           party,
                                           {"GB"},
                                           {"en"},
                                           {parties::PartyRole::supplier},
                                           day("2025-01-01")});
        must(parties::RegisterCounterparty{acme, {entity}, entity, "Ltd", {"GB"}, {}});
        must(parties::LinkCounterparty{acme, {party}, {entity}, day("2025-01-01"), true});
    }
    void know_rate(const char* date, const char* of_dollar) {
        must(ledger::SetRate{acme, ledger::RateType::spot, test::currency("USD"),
                             test::currency("EUR"), day(date), rate(of_dollar)});
    }
    using Books::must;
    // As somebody else than who did the rest.
    template <class Command>
    void must_as(const char* actor, const Command& command) {
        const test::Played played = tries(Message::of(command), asked_by(actor));
        INFO((played.refused ? played.refused.text() : std::string()));
        REQUIRE_FALSE(played.refused);
    }
    template <class Event, class Command>
    Event says(const Command& command) {
        const test::Played played = must(command);
        for (const Message& event : played.events)
            if (const Event* one = event.as<Event>()) return *one;
        FAIL("the command makes no such event");
        return {};
    }
    template <class Command>
    void refuses(const Command& command, const Reason& reason) {
        const Objection objection = refused(command);
        INFO("answered: " << objection.text() << ", expected: " << reason.code);
        CHECK(objection.reason == &reason);
        const auto& declared = test::the_catalog().command(&type_of<Command>())->own_reasons;
        CHECK(std::ranges::find(declared, &reason) != declared.end());
    }
    // What an account has in a currency, whenever it was posted; debits are above zero.
    std::int64_t in_currency(std::string_view account, std::string_view code) const {
        std::int64_t sum = 0;
        world().of<ledger::Entries>().each_from(
            {}, [&](const ledger::EntryKey&, const ledger::Entry& entry) {
                for (const ledger::PostedLine& line : entry.lines)
                    if (line.account.text == account && line.amount.currency.text() == code)
                        sum += line.side == ledger::Side::debit ? line.amount.minor
                                                                : -line.amount.minor;
                return true;
            });
        return sum;
    }
    std::int64_t at_end(std::string_view account) { return balance(account, "2026-12-31"); }
    const PurchaseOrder& order(std::uint64_t number) const {
        return *world().of<PurchaseOrders>().find({acme, nth<PurchaseOrderId>(number)});
    }
};

// All that can be wrong with a supplier on 1 February; `of` makes a command that names one.
void refuses_suppliers(Buyer& buyer, const auto& of) {
    buyer.refuses(of("NONE"), parties::party_unknown);
    for (const char* code : {"MERGED", "REFUSED", "FORMER", "ONCE"})
        buyer.know_supplier(code, (code + std::string("-LTD")).c_str());
    buyer.must(parties::MergeParties{acme, {"MERGED"}, {"WICK"}, "The same firm"});
    buyer.refuses(of("MERGED"), parties::party_merged);
    buyer.must(parties::RefuseParty{acme, {"REFUSED"}, "Never delivers", day("2026-01-01")});
    buyer.refuses(of("REFUSED"), parties::party_refused);
    buyer.must(parties::RetireParty{acme, {"FORMER"}, "Gone", day("2026-01-01")});
    buyer.refuses(of("FORMER"), parties::party_former);
    buyer.must(
        parties::EndPartyRole{acme, {"ONCE"}, parties::PartyRole::supplier, day("2025-12-31")});
    buyer.refuses(of("ONCE"), parties::party_lacks_role);
}

inline PurchaseLine mugs(std::string_view quantity, std::string_view price_of_one,
                         std::string_view code = "EUR") {
    PurchaseLine line;
    line.item = items::ItemCode{"mug"};
    line.quantity = pcs(quantity);
    line.price = price(price_of_one, code);
    return line;
}

inline PlacePurchaseOrder place(std::uint64_t number, const char* supplier,
                                std::vector<PurchaseLine> lines,
                                std::string_view date = "2026-01-05") {
    PlacePurchaseOrder order;
    order.company = acme;
    order.order = nth<PurchaseOrderId>(number);
    order.supplier = {supplier};
    order.date = day(date);
    order.lines = std::move(lines);
    return order;
}

// All that is open of an order, or so much of its first line.
inline ReceivePurchase receive(std::uint64_t number, std::uint64_t order,
                               std::optional<Quantity> quantity = {},
                               std::optional<Quantity> rejected = {},
                               std::string_view date = "2026-01-10") {
    ReceivePurchase receive;
    receive.company = acme;
    receive.receipt = nth<PurchaseReceiptId>(number);
    receive.order = nth<PurchaseOrderId>(order);
    receive.date = day(date);
    if (quantity) {
        CameOfLine came;
        came.quantity = quantity;
        came.rejected = rejected;
        receive.lines.push_back(came);
    }
    return receive;
}

// For all that came and is not invoiced, or for so much of the first line at a price.
inline RecordSupplierInvoice invoice(std::uint64_t number, std::uint64_t order,
                                     std::optional<Quantity> quantity = {},
                                     std::optional<UnitPrice> price = {},
                                     std::string_view date = "2026-01-20") {
    RecordSupplierInvoice invoice;
    invoice.company = acme;
    invoice.invoice = nth<SupplierInvoiceId>(number);
    invoice.number = "I-" + std::to_string(number);
    invoice.order = nth<PurchaseOrderId>(order);
    invoice.date = day(date);
    if (quantity || price) {
        InvoiceLine line;
        line.order = invoice.order;
        line.quantity = quantity;
        line.price = price;
        invoice.lines.push_back(line);
    }
    return invoice;
}
inline RecordSupplierCreditNote credit_note(std::uint64_t number, std::uint64_t order,
                                            std::vector<InvoiceLine> lines = {},
                                            std::string_view date = "2026-01-25") {
    RecordSupplierCreditNote note;
    note.company = acme;
    note.invoice = nth<SupplierInvoiceId>(number);
    note.number = "C-" + std::to_string(number);
    note.order = nth<PurchaseOrderId>(order);
    note.date = day(date);
    note.lines = std::move(lines);
    return note;
}
inline ReturnToSupplier send_back(std::uint64_t number, std::uint64_t receipt,
                                  std::string_view quantity, std::string_view date = "2026-01-22") {
    ReturnToSupplier back;
    back.company = acme;
    back.supplier_return = nth<SupplierReturnId>(1'000 + number);  // stock has its id too
    back.receipt = nth<PurchaseReceiptId>(receipt);
    back.date = day(date);
    back.lines.resize(1);
    back.lines[0].quantity = pcs(quantity);
    back.reason = "Chipped";
    return back;
}

}  // namespace kontor::purchasing::buying
