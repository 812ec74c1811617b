// The story of the demo company: founded in January 2026, told as it was recorded then.
#include "tools/demo.h"

#include "api/first_start.h"
#include "domain/companies/companies.h"
#include "domain/contexts.h"
#include "domain/inventory/locations.h"
#include "domain/items/item_records.h"
#include "domain/items/variants.h"
#include "domain/ledger/calendar.h"
#include "domain/ledger/deferrals.h"
#include "domain/ledger/dimensions.h"
#include "domain/ledger/drafts.h"
#include "domain/ledger/recurring.h"
#include "domain/parties/account_confirmations.h"
#include "domain/parties/bank_accounts.h"
#include "domain/parties/counterparties.h"
#include "domain/parties/counterparty_links.h"
#include "domain/parties/organisations.h"
#include "domain/parties/persons.h"
#include "domain/pricing/price_assignments.h"
#include "domain/purchasing/supplier_invoices.h"
#include "domain/sales/deliveries.h"
#include "domain/settlement/bank_lines.h"
#include "domain/settlement/payments.h"
#include "eventstore/clock.h"
#include "eventstore/engine.h"
#include "tools/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <random>
#include <tuple>

namespace kontor {
namespace {

using namespace ledger;

const CompanyCode company{"DEMO"};

Money eur(std::int64_t cents) { return {cents, *currency_from("EUR")}; }
Date on(int month, int day) { return *date_of(2026, month, day); }

struct Customer {
    const char* code;
    const char* name;
};
constexpr Customer customers[] = {
    {"C-1001", "Alder & Finch Bookshop"}, {"C-1002", "Brightwater Cafe"},
    {"C-1003", "Copperfield Hotel"},      {"C-1004", "Dunmore Stationers"},
    {"C-1005", "Elm Street School"},      {"C-1006", "Foxglove Gifts"},
};

class Story {
public:
    Story(const std::string& directory, std::uint64_t seed)
        : catalog_(make_catalog()),
          log_(rocks_event_log({directory})),
          keys_(subject_keys_of(*catalog_, directory)),
          engine_(*catalog_, *log_, options()),
          dice_(seed) {
        at(on(1, 2), 8);
        admit_administrator(*catalog_, engine_, directory);
    }

    void tell() {
        found();
        for (int month = 1; month <= 6; ++month) tell_month(month);
        correct_the_past();
        leave_to_judge();
        open_for_takeover();
        know_customers();
        know_persons();
        clock_ = std::nullopt;  // the last commit is of today, so that a clock is believed
        std::vector<Ask> today;
        today.push_back(
            ask(AddDimensionValues{company, {"customer"}, {{{"C-1007"}, "Greenhill Bakery"}}}));
        keep_items(today);
        settle_items(today);
        price_items(today);
        buy_something(today);
        sell_items(today);
        send_all("ann", std::move(today));
    }

private:
    EngineOptions options() {
        EngineOptions options;
        options.zone_of = companies::time_zone_of;
        options.keys = keys_.get();
        options.clock = [this] { return clock_.value_or(system_now()); };
        return options;
    }

    // Sets the moment at which what follows is recorded.
    void at(Date day, int hour) { clock_ = Timestamp{(day.days * 24LL + hour) * 3'600'000'000LL}; }
    std::int64_t roll(std::int64_t least, std::int64_t most) {
        return least +
               static_cast<std::int64_t>(dice_() % static_cast<std::uint64_t>(most - least + 1));
    }

    template <class C>
    Ask ask(C command) {
        return {catalog_->command(&type_of<C>()),
                std::make_shared<const C>(std::move(command)),
                "demo-" + std::to_string(++commands_),
                std::nullopt,
                {}};
    }
    // All in one commit.
    void send_all(const char* actor, std::vector<Ask> asks) {
        Submission submission;
        submission.asker = {actor, "demo", true};
        submission.asks = std::move(asks);
        for (const Answered& answer : engine_.ask(std::move(submission)))
            if (answer.status != 200)
                throw Unable("the demo was refused " + answer.id + ": " + answer.code + ", " +
                             answer.text);
    }
    template <class C>
    void send(const char* actor, C command) {
        send_all(actor, {ask(std::move(command))});
    }

    EntryId next_entry() { return {derived_uuid("demo", "entry", ++entries_)}; }

    static EntryLine line(const char* account, Side side, std::int64_t cents) {
        return {{account}, side, eur(cents), std::nullopt, {}, {}};
    }
    static EntryLine with(EntryLine line, const char* dimension, std::string value) {
        line.dimensions[{dimension}] = {std::move(value)};
        return line;
    }

    EntryId post(const char* actor, Date date, std::string text, std::vector<EntryLine> lines,
                 std::optional<std::string> document = {}) {
        const EntryId entry = next_entry();
        send(actor, PostEntry{company,
                              entry,
                              {"GEN"},
                              date,
                              std::move(text),
                              std::move(document),
                              std::move(lines),
                              std::nullopt});
        return entry;
    }

    // The account that balances from an older program would be opened against.
    void open_for_takeover() {
        OpenAccount opening;
        opening.company = company;
        opening.account = {"3900"};
        opening.name = "Opening balances";
        opening.kind = AccountKind::equity;
        opening.parent = AccountCode{"3"};
        send("ann", opening);
        SetLedgerPolicy policy;
        policy.company = company;
        policy.opening_account = opening.account;
        send("ann", policy);
    }

    // The customers as parties, and the two firms behind the first of them.
    void know_customers() {
        using namespace parties;
        for (const Customer& customer : customers)
            send("ann", RegisterOrganisation{company,
                                             {customer.code},
                                             customer.name,
                                             {"GB"},
                                             {"en"},
                                             {PartyRole::customer},
                                             on(1, 2)});
        const auto behind = [&](const char* code, const char* name, bool preferred) {
            send("ann", RegisterCounterparty{company, {code}, name, "Ltd", {"GB"}, {}});
            send("ann", LinkCounterparty{company, {"C-1001"}, {code}, on(1, 2), preferred});
        };
        behind("ALDER-LTD", "Alder & Finch Ltd", true);
        behind("ALDER-BOOKS", "Alder Books Ltd", false);
    }

    void found() {
        send("ann", companies::CreateCompany{company, "Demo Trading GmbH", *currency_from("EUR"),
                                             "Europe/Berlin", 1, 2026, companies::Chart::standard});
        send("ann", DefineDimension{company, {"customer"}, "Customer", ValueRule::listed});
        AddDimensionValues listed{company, {"customer"}, {}};
        for (const Customer& customer : customers)
            listed.values.push_back({{customer.code}, customer.name});
        send("ann", listed);
        send("ann", AddDimensionValues{
                        company, {"cost_centre"}, {{{"SHOP"}, "Shop"}, {{"OFFICE"}, "Office"}}});
        post("ann", on(1, 2), "Share capital paid in",
             {line("1010", Side::debit, 5'000'000), line("3000", Side::credit, 5'000'000)});
        post("ann", on(1, 5), "Cash for the till",
             {line("1000", Side::debit, 50'000), line("1010", Side::credit, 50'000)});
    }

    void tell_month(int month) {
        at(on(month, 3), 9);
        post("ann", on(month, month == 1 ? 3 : 1), "Rent",
             {with(line("5200", Side::debit, 120'000), "cost_centre", "SHOP"),
              with(line("5200", Side::debit, 60'000), "cost_centre", "OFFICE"),
              line("1010", Side::credit, 180'000)});
        at(on(month, 6), 15);
        const std::int64_t goods = roll(400'000, 700'000);
        post("ben", on(month, 6), "Goods bought",
             {line("1200", Side::debit, goods), line("1300", Side::debit, goods * 19 / 100),
              line("2000", Side::credit, goods + goods * 19 / 100)},
             "B-2026-" + std::to_string(month));
        for (int day = 8; day <= 26; day += 6) sell(month, day);
        at(on(month, 27), 10);
        post("ben", on(month, 27), "Supplier paid",
             {line("2000", Side::debit, goods + goods * 19 / 100),
              line("1010", Side::credit, goods + goods * 19 / 100)});
        at(on(month, 28), 11);
        post("ann", on(month, 28), "Wages",
             {with(line("5100", Side::debit, 240'000), "cost_centre", "SHOP"),
              with(line("5100", Side::debit, 160'000), "cost_centre", "OFFICE"),
              line("1010", Side::credit, 400'000)});
        if (month == 2 || month == 3) {
            at(on(month, 28), 17);
            send("ann", ClosePeriod{company, {"2026"}, month - 1});
        }
    }

    void sell(int month, int day) {
        at(on(month, day), 14);
        const Customer& customer = customers[roll(0, std::ssize(customers) - 1)];
        const std::int64_t net = roll(90'000, 420'000), tax = net * 19 / 100;
        const std::string document = "S-2026-" + std::to_string(++invoices_);
        const EntryId invoice =
            post("eve", on(month, day), "Sale on account",
                 {with(line("1100", Side::debit, net + tax), "customer", customer.code),
                  with(line("4000", Side::credit, net), "customer", customer.code),
                  line("2100", Side::credit, tax)},
                 document);
        if (month == 3 && day == 14) march_ = {invoice, customer.code, document, net};
        post("eve", on(month, day), "Cost of the goods sold",
             {with(line("5000", Side::debit, net * 55 / 100), "cost_centre", "SHOP"),
              line("1200", Side::credit, net * 55 / 100)});
        if (roll(0, 3) == 0) return;  // some pay later than this story goes
        at(on(month, day + 1), 9);
        post("ann", on(month, day + 1), "Customer paid",
             {line("1010", Side::debit, net + tax),
              with(line("1100", Side::credit, net + tax), "customer", customer.code)});
    }

    // In July a sale of March turns out to have been 100 euros more: the books of March change, and
    // what they said before July can still be told.
    void correct_the_past() {
        at(on(7, 9), 16);
        const std::int64_t net = march_.net + 10'000, tax = net * 19 / 100;
        CorrectEntry correct;
        correct.company = company;
        correct.corrects = march_.entry;
        correct.reversal = next_entry();
        correct.text = "The delivery note lists one more box";
        correct.replacement.entry = next_entry();
        correct.replacement.journal = {"GEN"};
        correct.replacement.date = on(3, 14);
        correct.replacement.text = "Sale on account";
        correct.replacement.document = march_.document;
        correct.replacement.lines = {
            with(line("1100", Side::debit, net + tax), "customer", march_.customer),
            with(line("4000", Side::credit, net), "customer", march_.customer),
            line("2100", Side::credit, tax)};
        send("ann", correct);
    }

    // A person who buys; and a new bank account that awaits somebody else than who has entered it.
    void know_persons() {
        using namespace parties;
        RegisterPerson buyer;
        buyer.company = company;
        buyer.person = {uuid_from("0197a5f0-0000-7000-8000-000000001009").value()};
        buyer.party = {"P-1009"};
        buyer.name.plain = "Robin Hazel";
        buyer.country = {"GB"};
        buyer.roles = {PartyRole::customer};
        buyer.since = on(1, 2);
        send("ann", buyer);
        send("ann", SetPartiesPolicy{company, true});
        AddBankAccount account{company, {"ALDER-LTD"}, {"NEW"}, {}, on(7, 10)};
        account.details.currency = *currency_from("GBP");
        account.details.iban = "GB29 NWBK 6016 1331 9268 19";
        send("ben", account);
    }

    // What somebody else than the administrator has entered, so that the administrator may judge
    // it.
    void leave_to_judge() {
        at(on(7, 10), 11);
        const auto save = [&](std::string text, std::int64_t cents) {
            DraftedEntry content;
            content.journal = {"GEN"};
            content.text = std::move(text);
            content.lines = {with(line("5300", Side::debit, cents), "cost_centre", "OFFICE"),
                             line("1010", Side::credit, cents)};
            send("ben", SaveDraft{company, {derived_uuid("demo", "draft", ++drafts_)}, content});
        };
        save("A desk for the office", 42'000);
        save("A chair for the office", 39'900);
        DefineRecurring cleaning;
        cleaning.company = company;
        cleaning.recurring = {"CLEANING"};
        cleaning.journal = {"GEN"};
        cleaning.text = "Cleaning of the shop";
        cleaning.lines.resize(2);
        cleaning.lines[0].account = {"5300"};
        cleaning.lines[1].account = {"1010"};
        cleaning.lines[1].side = Side::credit;
        for (RecurringLine& line : cleaning.lines) line.amount = eur(12'000);
        cleaning.schedule.from = on(8, 31);
        cleaning.schedule.day = 31;
        send("ben", cleaning);
        DeferAmount licence;
        licence.company = company;
        licence.deferral = {"LICENCE"};
        licence.journal = {"GEN"};
        licence.text = "Licence of the till's program";
        licence.amount = eur(60'000);
        licence.held_on = {"1400"};
        licence.released_to = {"5300"};
        licence.span = {on(8, 1), on(12, 31)};
        send("ben", licence);
    }

    items::DefineUnit unit(const char* code, const char* name, std::int64_t decimals,
                           const char* rec20) {
        return {company, *unit_from(code), name, decimals, rec20};
    }

    // The first of what the shop sells.
    void keep_items(std::vector<Ask>& asks) {
        const auto account = [&](const char* code, const char* name, AccountKind kind,
                                 const char* parent) {
            OpenAccount open;
            open.company = company;
            open.account = {code};
            open.name = name;
            open.kind = kind;
            open.parent = AccountCode{parent};
            asks.push_back(ask(open));
        };
        account("1250", "Goods in the warehouse", AccountKind::asset, "1");
        // Beside those that are posted on by hand: open items lie on accounts of their own.
        account("1005", "Till of the shop", AccountKind::asset, "1");
        account("1015", "Second account at the bank", AccountKind::asset, "1");
        account("1016", "Account for customers at the bank", AccountKind::asset, "1");
        OpenAccount suspense;
        suspense.company = company;
        suspense.account = {"1095"};
        suspense.name = "Lines of bank statements that wait";
        suspense.kind = AccountKind::asset;
        suspense.parent = AccountCode{"1"};
        suspense.suspense = true;
        asks.push_back(ask(suspense));
        account("1110", "Receivables by item", AccountKind::asset, "1");
        account("1120", "Advances to suppliers", AccountKind::asset, "1");
        account("1130", "Delivered, not invoiced", AccountKind::asset, "1");
        account("1190", "Loss allowance", AccountKind::asset, "1");
        account("2010", "Payables by item", AccountKind::liability, "2");
        account("2110", "Advances from customers", AccountKind::liability, "2");
        account("2150", "Invoiced, not delivered", AccountKind::liability, "2");
        asks.push_back(ask(unit("ea", "Each", 0, "EA")));
        asks.push_back(ask(unit("dz", "Dozen", 6, "DZN")));
        asks.push_back(ask(unit("gro", "Gross", 6, "GRO")));
        asks.push_back(ask(unit("CTN", "Carton", 6, "CT")));
        asks.push_back(ask(unit("kg", "Kilogram", 6, "KGM")));
        asks.push_back(ask(items::DefineUnitConversion{
            company, *unit_from("gro"), {12'000'000, *unit_from("dz")}, 1}));
        asks.push_back(ask(items::DefineItemCategory{company, {"CUPS"}, "Cups", {}}));
        items::CreateItem item;
        item.company = company;
        item.base_unit = *unit_from("ea");
        item.item = {"CANDLE"};
        item.name = "Candle, ivory";
        asks.push_back(ask(item));
        item.item = {"HONEY"};
        item.name = "Honey, 250 g";
        item.tracking = items::Tracking::lot;
        item.shelf_life_days = 730;
        asks.push_back(ask(item));
        item.tracking = items::Tracking::none;
        item.shelf_life_days = 0;
        item.item = {"GIFT"};
        item.name = "Gift box";
        item.kind = items::ItemKind::kit;
        asks.push_back(ask(item));
        item.item = {"ENGRAVING"};
        item.name = "Engraving of a name";
        item.kind = items::ItemKind::service;
        asks.push_back(ask(item));
        item.item = {"SHIRT"};
        item.name = "Shirt with the shop's name";
        item.kind = items::ItemKind::goods;
        item.is_template = true;
        asks.push_back(ask(item));
        asks.push_back(ask(inventory::OpenWarehouse{company, {"SHOP"}, "Shop in the old town"}));
        asks.push_back(ask(inventory::DefineLocation{
            company, {"SHOP"}, {"HALL"}, "Sales hall", inventory::LocationKind::zone, {}}));
    }

    // Invoices of a customer, a supplier's bill, and money that came before it settles something.
    void settle_items(std::vector<Ask>& asks) {
        using namespace settlement;
        asks.push_back(ask(SetSettlementAccounts{company,
                                                 {{"1110"},
                                                  {"2010"},
                                                  {"2110"},
                                                  {"1120"},
                                                  {"4910"},
                                                  {"5800"},
                                                  {"4090"},
                                                  {"4900"},
                                                  {"5700"},
                                                  {"5900"},
                                                  {}},
                                                 {{"SAL"}, {"PUR"}, {"BNK"}}}));
        parties::AddBankAccount bank;
        bank.company = company;
        bank.counterparty = {"ALDER-BOOKS"};
        bank.bank_account = {"MAIN"};
        bank.details.iban = "GB29NWBK60161331926819";
        bank.since = on(1, 2);
        asks.push_back(ask(bank));
        const auto id = [](std::uint64_t number) {
            return OpenItemId{Uuid{0x0198000000007000, 0x800000000000e000 + number}};
        };
        const auto item = [&](std::uint64_t number, ItemSide side, const char* whose, Date date,
                              std::int64_t cents, EntryLine against) {
            OpenItem open;
            open.company = company;
            open.item = id(number);
            open.side = side;
            open.counterparty = {whose};
            open.document =
                (side == ItemSide::receivable ? "R-2026-" : "B-") + std::to_string(100 + number);
            open.date = date;
            open.amount = eur(cents);
            open.instalments = {{plus_months(date, 1), eur(cents), {}, {}}};
            open.lines = {std::move(against)};
            open.text = side == ItemSide::receivable ? "Books and cards" : "Boxes";
            asks.push_back(ask(open));
        };
        item(2, ItemSide::payable, "ALDER-BOOKS", on(5, 20), 18'000,
             line("5300", Side::debit, 18'000));
        item(4, ItemSide::receivable, "ALDER-LTD", on(6, 10), 74'000,
             line("4000", Side::credit, 74'000));
        item(5, ItemSide::receivable, "ALDER-LTD", on(3, 2), 9'500,
             line("4000", Side::credit, 9'500));
        RecordPayment paid;
        paid.company = company;
        paid.payment = id(3);
        paid.counterparty = {"ALDER-LTD"};
        paid.date = on(6, 29);
        paid.amount = eur(50'000);
        paid.account = AccountCode{"1010"};
        paid.text = "On account";
        asks.push_back(ask(paid));
        keep_banks(asks);
    }

    // Two statements whose lines nobody has recognized: one is a payment that was entered by hand,
    // the other one of a customer.
    void keep_banks(std::vector<Ask>& asks) {
        using namespace settlement;
        OpenHouseBank bank;
        bank.company = company;
        bank.bank = {"CUSTOMERS"};
        bank.name = "Demo Trading Ltd";
        bank.iban = "DE75512108001245126199";
        bank.account = {"1016"};
        bank.suspense = {"1095"};
        asks.push_back(ask(bank));
        std::int64_t balance = 0;
        for (const auto& [number, month, day, cents, words] :
             {std::tuple{1, 6, 29, 50'000, "On account"}, {2, 6, 30, 12'000, "Thank you"}}) {
            const auto id = [&](std::uint64_t last) {
                return Uuid{0x0198000000007000,
                            0x800000000000eb01 + 16 * static_cast<std::uint64_t>(number) + last};
            };
            RecordBankStatement statement;
            statement.company = company;
            statement.statement = {id(0)};
            statement.account = bank.iban;
            statement.number = "2026/" + std::to_string(number);
            statement.date = on(month, day);
            statement.opening = eur(balance);
            statement.closing = eur(balance += cents);
            BankLineAsk& line = statement.lines.emplace_back();
            line.payer = {id(1)};
            line.date = on(month, day);
            line.amount = eur(cents);
            line.words = words;
            line.text = PersonalText{{}, {}, words};
            asks.push_back(ask(statement));
        }
    }

    // What it costs, to everybody.
    void price_items(std::vector<Ask>& asks) {
        using namespace pricing;
        DefinePriceList retail;
        retail.company = company;
        retail.list = {"RETAIL"};
        retail.name = "Retail";
        retail.currency = *currency_from("EUR");
        asks.push_back(ask(retail));
        const auto costs = [](const char* item, std::int64_t cents) {
            return PricedLineOfList{
                items::ItemCode{item}, {}, {}, {{{}, {cents * 10'000, *currency_from("EUR")}}}, {}};
        };
        asks.push_back(ask(SetPrices{
            company, retail.list, on(1, 2), {costs("CANDLE", 275), costs("GIFT", 1'490)}}));
        AssignPriceList to_all;
        to_all.company = company;
        to_all.currency = retail.currency;
        to_all.list = retail.list;
        to_all.from = on(1, 2);
        asks.push_back(ask(to_all));
    }

    // A supplier of candles: what somebody needs, an order that may be closed, and carriage that
    // is billed too dear, and came once more by mistake.
    void buy_something(std::vector<Ask>& asks) {
        using namespace purchasing;
        const auto uuid = [](std::uint64_t number) {
            return Uuid{0x0198000000007000, 0x8000000000000000 + number};
        };
        const Unit each = *unit_from("ea");
        asks.push_back(ask(parties::RegisterOrganisation{company,
                                                         {"WICK"},
                                                         "Wick & Tallow",
                                                         {"DE"},
                                                         {"en"},
                                                         {parties::PartyRole::supplier},
                                                         on(1, 2)}));
        asks.push_back(ask(parties::RegisterCounterparty{
            company, {"WICK-GMBH"}, "Wick & Tallow GmbH", "GmbH", {"DE"}, {}}));
        asks.push_back(
            ask(parties::LinkCounterparty{company, {"WICK"}, {"WICK-GMBH"}, on(1, 2), true}));
        items::CreateItem carriage;
        carriage.company = company;
        carriage.item = {"CARRIAGE"};
        carriage.name = "Carriage";
        carriage.kind = items::ItemKind::service;
        carriage.base_unit = each;
        asks.push_back(ask(carriage));
        asks.push_back(
            ask(SetPurchaseAccounts{company, {{"2200"}, {"5400"}, {"4910"}, {"5800"}, {"PUR"}}}));
        asks.push_back(ask(RequestPurchase{company,
                                           {uuid(0x602)},
                                           {{{"CANDLE"}, {24'000'000, each}, {}, {}, {}}},
                                           "For the fair"}));
        const auto order = [&](std::uint64_t number, const char* item, std::int64_t quantity,
                               std::int64_t cents) {
            PlacePurchaseOrder place;
            place.company = company;
            place.order = {uuid(number)};
            place.supplier = {"WICK"};
            place.date = on(7, 1);
            place.lines.resize(1);
            place.lines[0].item = items::ItemCode{item};
            place.lines[0].quantity = Quantity{quantity * 1'000'000, each};
            place.lines[0].price = UnitPrice{cents * 10'000, *currency_from("EUR")};
            if (item == std::string_view("CANDLE"))
                place.lines[0].warehouse = inventory::WarehouseCode{"SHOP"};
            asks.push_back(ask(place));
        };
        order(0x606, "CANDLE", 48, 145);
        order(0x613, "CARRIAGE", 10, 2'000);
        const auto carry = [&](std::uint64_t number) {
            ReceivePurchase receive;
            receive.company = company;
            receive.receipt = {uuid(number)};
            receive.order = {uuid(0x613)};
            receive.date = on(7, 3);
            receive.lines.resize(1);
            receive.lines[0].quantity = Quantity{2'000'000, each};
            asks.push_back(ask(receive));
        };
        carry(0x614);
        RecordSupplierInvoice bill;
        bill.company = company;
        bill.invoice = {uuid(0x611)};
        bill.number = "W-2026-77";
        bill.order = {uuid(0x613)};
        bill.date = on(7, 6);
        bill.lines.resize(1);
        bill.lines[0].order = bill.order;
        bill.lines[0].quantity = Quantity{2'000'000, each};
        bill.lines[0].price = UnitPrice{22'000'000, *currency_from("EUR")};
        asks.push_back(ask(bill));
        carry(0x608);
    }

    // Names are engraved, on the customer's own cups; a part of them is done.
    void sell_items(std::vector<Ask>& asks) {
        using namespace sales;
        asks.push_back(
            ask(SetSalesAccounts{company, {}, {{"4000"}, {"1130"}, {"2150"}}, {"GEN"}, {}}));
        PlaceSalesOrder place;
        place.company = company;
        place.order = {Uuid{0x0198000000007000, 0x8000000000000702}};
        place.customer = {"C-1001"};
        place.date = on(7, 1);
        place.lines.resize(2);
        for (SalesLine& line : place.lines) {
            line.item = {"ENGRAVING"};
            line.quantity = {12'000'000, *unit_from("ea")};
            line.price = UnitPrice{4'500'000, *currency_from("EUR")};
        }
        asks.push_back(ask(place));
        DeliverSale done;
        done.company = company;
        done.delivery = {Uuid{0x0198000000007000, 0x8000000000000712}};
        done.order = place.order;
        done.date = on(7, 8);
        done.lines.resize(1);
        done.lines[0].line = 2;
        done.lines[0].quantity = Quantity{5'000'000, *unit_from("ea")};
        asks.push_back(ask(done));
    }

    struct March {
        EntryId entry;
        const char* customer;
        std::string document;
        std::int64_t net;
    };

    std::optional<Timestamp> clock_;
    const std::unique_ptr<Catalog> catalog_;
    const std::unique_ptr<EventLog> log_;
    const std::unique_ptr<SubjectKeys> keys_;
    Engine engine_;
    std::mt19937_64 dice_;
    std::uint64_t entries_ = 0, commands_ = 0, drafts_ = 0;
    int invoices_ = 0;
    March march_{};
};

}  // namespace

void write_demo(const std::string& directory, std::uint64_t seed) {
    if (std::filesystem::exists(directory) && !std::filesystem::is_empty(directory))
        throw Unable("The data directory " + directory +
                     " holds something already; the demo overwrites nothing");
    // Told beside and moved when whole: an interrupted demo never looks like a company.
    const std::filesystem::path whole = std::filesystem::path(directory) / "";
    const std::string unfinished = whole.parent_path().string() + ".unfinished";
    std::filesystem::remove_all(unfinished);
    Story(unfinished, seed).tell();
    std::filesystem::remove(directory);
    std::filesystem::rename(unfinished, directory);
}

int demo(int argc, char** argv) {
    CLI::App app{"Writes a small generated company, DEMO, into a new data directory.",
                 "kontor demo"};
    std::string data;
    std::uint64_t seed = 1;
    app.add_option("--data", data, "the data directory to make")->required();
    app.add_option("--seed", seed, "another number gives another company")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    return run_command("demo", [&] {
        write_demo(data, seed);
        std::printf("the company DEMO is in %s\n", data.c_str());
        return exit_done;
    });
}

}  // namespace kontor
