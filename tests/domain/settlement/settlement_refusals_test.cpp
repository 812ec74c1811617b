// Why items, payments and allocations cannot be, in the order in which it is told.
#include "tests/domain/settlement/settled_company.h"

using namespace kontor;
using namespace kontor::settlement;
using namespace kontor::settlement::settled;

namespace {

template <class Command>
void refused(Books& books, const Command& command, const Reason& reason) {
    INFO("expected: " << reason.code);
    const Objection objection = books.refused(command);
    INFO("answered: " << objection.text());
    CHECK(objection.reason == &reason);
}

// What is common to items and payments of somebody: each fault hides the next. `command` names
// the counterparty NOBODY, the party NOBODY and the contract NONE.
template <class Command>
void refused_for_whose(Books& books, Command& command) {
    refused(books, command, parties::counterparty_unknown);
    command.counterparty = {"MERGED"};
    refused(books, command, parties::counterparty_merged);
    command.counterparty = {"ALDER"};
    refused(books, command, parties::party_unknown);
    command.party = parties::PartyCode{"OLD"};
    refused(books, command, parties::party_merged);
    command.party = parties::PartyCode{"SHOP"};
    refused(books, command, contracts::contract_unknown);
    command.contract = contracts::ContractCode{"OF-BIRCH"};
    refused(books, command, contract_of_another);
    command.contract.reset();
}

void know_whom(Books& books) {
    books.must(parties::RegisterCounterparty{acme, {"MERGED"}, "Merged", "Ltd", {"GB"}, {}});
    books.must(parties::MergeCounterparties{acme, {"MERGED"}, {"ALDER"}, "Same"});
    for (const char* code : {"OLD", "SHOP"})
        books.must(parties::RegisterOrganisation{
            acme, {code}, code, {"GB"}, {"en"}, {parties::PartyRole::customer}, day("2026-01-01")});
    books.must(parties::MergeParties{acme, {"OLD"}, {"SHOP"}, "Same"});
    books.must(parties::LinkCounterparty{acme, {"SHOP"}, {"BIRCH"}, day("2026-01-01"), true});
    contracts::MakeContract make;
    make.company = acme;
    make.contract = {"OF-BIRCH"};
    make.party = {"SHOP"};
    make.counterparty = parties::CounterpartyCode{"BIRCH"};
    make.currency = test::currency("EUR");
    make.since = day("2026-01-01");
    books.must(make);
}

// What the ledger says of an amount in a foreign or the base currency: each fault hides the next.
template <class Command>
void refused_by_amount(Books& books, Command command, const char* account) {
    command.amount = usd("-1.00");
    command.base = usd("1.00");
    command.rate = Rate{-1};
    command.date = day("2031-01-01");
    refused(books, command, ledger::date_outside_calendar);
    books.must(ledger::ClosePeriod{acme, {"2026"}, 1});
    command.date = day("2026-01-31");
    refused(books, command, ledger::period_closed);
    books.must(access::DefineRole{{"closer"}, {"*"}});
    books.must(
        ledger::ClosePeriod{acme, {"2026"}, 2, ledger::Closing::soft, access::RoleCode{"closer"}});
    command.date = day("2026-02-28");
    refused(books, command, ledger::period_soft_closed);
    command.date = day("2026-03-01");
    refused(books, command, ledger::amount_not_positive);
    command.amount = usd("1.00");
    books.must(ledger::BlockAccount{acme, {account}});
    refused(books, command, ledger::account_blocked);
    books.must(ledger::UnblockAccount{acme, {account}});
    refused(books, command, ledger::base_not_in_base_currency);
    command.amount = eur("1.00");
    command.base = eur("-2.00");
    refused(books, command, ledger::base_contradicts_amount);
    command.amount = usd("1.00");
    refused(books, command, ledger::base_negative);
    command.base = eur("2.00");
    refused(books, command, ledger::rate_not_positive);
    command.rate = rate("3");
    refused(books, command, ledger::rate_contradicts_base);
    command.rate.reset();
    command.base.reset();
    refused(books, command, ledger::rate_unknown);
}

}  // namespace

TEST_CASE("items need accounts that are theirs") {
    Books books(false);
    refused(books, invoice(1, "2026-03-01", eur("1.00")), settlement_accounts_missing);
    SetSettlementAccounts set = Books::accounts();
    set.company = {"OTHER"};
    set.journals.payments = {"none"};
    set.accounts.others = {{"none"}};
    set.accounts.exchange_gains = {"1100"};
    refused(books, set, companies::company_unknown);
    set.company = acme;
    refused(books, set, ledger::journal_unknown);
    set.journals.payments = {"BNK"};
    refused(books, set, ledger::account_unknown);
    set.accounts.others = {{"1"}};
    refused(books, set, ledger::account_is_summary);
    set.accounts.others = {{"4900"}};
    refused(books, set, settlement_account_unfit);
    set.accounts.others.clear();
    set.accounts.supplier_advances = {"2000"};
    refused(books, set, settlement_account_unfit);
    set.accounts.supplier_advances = {"1120"};
    books.must(ledger::RequireDimensions{acme, {"1120"}, {{"project"}}});
    CHECK(books.refused(set).about == "account 1120, dimension project");
    books.must(ledger::RequireDimensions{acme, {"1120"}, {}});
    ledger::PostEntry by_hand;
    by_hand.company = acme;
    by_hand.entry = nth<ledger::EntryId>(1);
    by_hand.journal = {"GEN"};
    by_hand.date = day("2026-03-01");
    by_hand.lines = {debit("1100", eur("5.00")), credit("4000", eur("5.00"))};
    books.must(by_hand);
    refused(books, set, settlement_account_in_use);
    books.must(
        ledger::ReverseEntry{acme, nth<ledger::EntryId>(2), nth<ledger::EntryId>(1), {}, ""});
    refused(books, set, ledger::account_is_control);
    set.accounts.exchange_gains = {"4910"};
    books.must(
        ledger::DefineDimension{acme, {"counterparty"}, "Counterparty", ledger::ValueRule::listed});
    refused(books, set, counterparty_dimension_listed);
    Books others;
    refused(others, Books::accounts(), settlement_accounts_unchanged);
    by_hand.entry = nth<ledger::EntryId>(3);
    refused(others, by_hand, ledger::account_is_control);
    // A new account beside the old one, on which items stay.
    others.must(invoice(1, "2026-03-01", eur("1.00")));
    set = Books::accounts();
    set.accounts.receivable = {"1109"};
    others.must(set);
    others.must(invoice(2, "2026-03-01", eur("2.00")));
    CHECK(others.balance("1100") == 1'00);
    CHECK(others.balance("1109") == 2'00);
}

TEST_CASE("an item is refused for the first of its faults") {
    Books books;
    know_whom(books);
    books.must(invoice(9, "2026-03-01", eur("1.00")));
    OpenItem taken = invoice(8, "2026-03-01", eur("1.00"));
    taken.document = "R-1";
    books.must(taken);
    OpenItem open = invoice(9, "2026-03-01", eur("1.00"));
    open.company = {"OTHER"};
    refused(books, open, companies::company_unknown);
    open.company = acme;
    refused(books, open, open_item_exists);
    open.item = item(1);
    open.kind = ItemKind::write_off;
    open.counterparty = {"NOBODY"};
    open.party = parties::PartyCode{"NOBODY"};
    open.contract = contracts::ContractCode{"NONE"};
    open.account = ledger::AccountCode{"1010"};
    open.document = "R-1";
    open.opening = true;
    refused(books, open, item_kind_reserved);
    open.kind = ItemKind::payment;
    refused(books, open, item_kind_reserved);
    open.kind = ItemKind::invoice;
    refused_for_whose(books, open);
    refused(books, open, not_an_item_account);
    open.account.reset();
    refused(books, open, item_document_exists);
    open.document = "R-2";
    refused(books, open, opening_has_lines);
    open.opening = false;
    open.lines.clear();
    refused(books, open, item_lines_missing);
    open.lines = {credit("none", usd("1.00"))};
    refused_by_amount(books, open, "1100");
    books.must(ledger::AddDimensionValues{acme, {"counterparty"}, {{{"ALDER"}, "Alder"}}});
    books.must(ledger::BlockDimensionValue{acme, {"counterparty"}, {"ALDER"}});
    open.amount = eur("1.00");
    refused(books, open, ledger::dimension_value_blocked);
    books.must(ledger::UnblockDimensionValue{acme, {"counterparty"}, {"ALDER"}});
    open.terms = contracts::PaymentTermsCode{"none"};
    refused(books, open, instalments_and_terms);
    open.instalments.clear();
    refused(books, open, contracts::payment_terms_unknown);
    contracts::DefinePaymentTerms terms;
    terms.company = acme;
    terms.terms = {"LONG"};
    terms.name = "Long";
    terms.conditions.instalments.push_back({});
    terms.conditions.instalments[0].due.months = 120;
    books.must(terms);
    books.must(contracts::BlockPaymentTerms{acme, {"LONG"}});
    open.terms = contracts::PaymentTermsCode{"LONG"};
    refused(books, open, contracts::payment_terms_blocked);
    books.must(contracts::UnblockPaymentTerms{acme, {"LONG"}});
    open.document_date = day("9999-12-31");
    refused(books, open, due_beyond_years);
    open.terms.reset();
    open.taxes = {{{"2100"}, usd("1.00"), {}}};
    open.instalments = {{day("2026-04-01"), eur("0.40"), eur("0.40"), {}},
                        {day("2026-04-01"), eur("0.60"), {}, {}}};
    refused(books, open, instalments_differ);  // one says its base
    open.instalments[1].base = eur("0.61");
    open.base = eur("1.00");
    refused(books, open, instalments_differ);
    open.instalments = {{day("2026-04-01"), eur("0.99"), {}, {}}};
    refused(books, open, instalments_differ);
    open.instalments[0].amount = eur("1.00");
    refused(books, open, item_taxes_differ);
    open.taxes[0].amount = eur("1.01");
    refused(books, open, item_taxes_differ);
    open.taxes.clear();
    CHECK(books.refused(open).pointer == "/lines/0");
    refused(books, open, ledger::account_unknown);
    open.lines[0].account = {"2110"};
    refused(books, open, line_on_item_account);
    books.must(OpenTill{acme, {"SHOP"}, "Shop", {"1005"}, {}});
    open.lines[0].account = {"1005"};
    refused(books, open, ledger::account_is_control);
    open.lines = {credit("4000", eur("0.99"))};
    refused(books, open, ledger::entry_unbalanced);
    open.lines = {credit("4000", eur("1.00"))};
    books.must(open);
}

TEST_CASE("an account of items may take one currency only") {
    Books books;
    ledger::OpenAccount account;
    account.company = acme;
    account.account = {"1130"};
    account.name = "Claims in dollars";
    account.kind = ledger::AccountKind::asset;
    account.currency = test::currency("USD");
    books.must(account);
    SetSettlementAccounts set = Books::accounts();
    set.accounts.others = {{"1130"}};
    books.must(set);
    OpenItem open = invoice(1, "2026-03-01", eur("1.00"));
    open.account = ledger::AccountCode{"1130"};
    refused(books, open, ledger::account_currency_differs);
    set.accounts.customer_advances = {"1130"};
    set.accounts.others.clear();
    books.must(set);
    refused(books, payment(2, "2026-03-01", eur("1.00")), ledger::account_currency_differs);
}

TEST_CASE("a payment is refused for the first of its faults") {
    Books books;
    know_whom(books);
    books.must(OpenTill{acme, {"SHOP"}, "Shop", {"1005"}, {}});
    books.must(invoice(9, "2026-03-05", eur("10.00")));
    RecordPayment paid = payment(9, "2026-03-01", eur("1.00"));
    paid.company = {"OTHER"};
    refused(books, paid, companies::company_unknown);
    paid.company = acme;
    refused(books, paid, open_item_exists);
    Books without(false);
    refused(without, payment(9, "2026-03-01", eur("1.00")), settlement_accounts_missing);
    paid.payment = item(1);
    paid.counterparty = {"NOBODY"};
    paid.party = parties::PartyCode{"NOBODY"};
    paid.contract = contracts::ContractCode{"NONE"};
    paid.till = TillCode{"NONE"};
    refused_for_whose(books, paid);
    refused(books, paid, payment_account_missing);
    paid.account.reset();
    refused(books, paid, till_unknown);
    paid.till = TillCode{"SHOP"};
    paid.amount = usd("1.00");
    refused(books, paid, till_currency_differs);
    paid.till.reset();
    paid.account = ledger::AccountCode{"none"};
    refused(books, paid, ledger::account_unknown);
    paid.account = ledger::AccountCode{"1"};
    refused(books, paid, ledger::account_is_summary);
    paid.account = ledger::AccountCode{"2110"};
    refused(books, paid, ledger::account_is_control);
    paid.account = ledger::AccountCode{"1010"};
    refused_by_amount(books, paid, "2110");
    paid.amount = eur("1.00");
    paid.account.reset();
    paid.till = TillCode{"SHOP"};
    paid.way = PaymentWay::paid;
    paid.side = ItemSide::receivable;
    paid.allocations = {{}};
    refused(books, paid, till_insufficient);
    paid.way = PaymentWay::received;
    CHECK(books.refused(paid).pointer == "/allocations/0");
    refused(books, paid, item_not_named);
    paid.allocations[0].document = "none";
    refused(books, paid, open_item_unknown);
    paid.allocations[0].document.reset();
    paid.allocations[0].item = item(99);
    refused(books, paid, open_item_unknown);
}

TEST_CASE("an allocation is refused for the first of its faults") {
    Books books;
    Books without(false);
    refused(without, allocate(1, 1, "2026-03-01", {}), settlement_accounts_missing);
    books.must(invoice(1, "2026-03-05", eur("10.00")));
    books.must(invoice(2, "2026-03-05", eur("10.00")));
    books.must(invoice(3, "2026-03-05", eur("10.00"), ItemSide::receivable, "BIRCH"));
    books.must(invoice(4, "2026-03-20", eur("10.00")));
    books.must(ReverseItem{acme, item(2), {}, false, "Wrong"});
    books.must(payment(5, "2026-03-10", eur("20.00")));
    books.must(payment(6, "2026-03-10", eur("1.00")));
    OpenItem dollars = invoice(7, "2026-03-05", usd("10.00"), ItemSide::payable);
    dollars.base = eur("9.00");
    books.must(dollars);
    books.must(allocate(1, 6, "2026-03-10", {of(1)}));

    AllocateItem made = allocate(1, 99, "2031-01-01", {{}});
    refused(books, made, item_allocation_exists);
    made.allocation = allocation(2);
    refused(books, made, open_item_unknown);
    made.by = item(2);
    refused(books, made, open_item_reversed);
    made.by = item(5);
    refused(books, made, ledger::date_outside_calendar);
    books.must(ledger::ClosePeriod{acme, {"2026"}, 1});
    made.date = day("2026-01-31");
    refused(books, made, ledger::period_closed);
    books.must(access::DefineRole{{"closer"}, {"*"}});
    books.must(
        ledger::ClosePeriod{acme, {"2026"}, 2, ledger::Closing::soft, access::RoleCode{"closer"}});
    made.date = day("2026-02-28");
    refused(books, made, ledger::period_soft_closed);
    made.date = day("2026-03-09");
    CHECK(books.refused(made).pointer == "/items/0");
    refused(books, made, item_not_named);
    AllocationAsk& ask = made.items[0];
    ask.item = item(1);
    ask.document = "R-1";
    refused(books, made, item_not_named);
    ask.document.reset();
    ask.item = item(99);
    refused(books, made, open_item_unknown);
    ask.item = item(2);
    refused(books, made, open_item_reversed);
    ask.item = item(6);
    refused(books, made, items_owed_alike);
    ask.item = item(5);
    refused(books, made, items_owed_alike);
    ask.item = item(3);
    refused(books, made, counterparty_differs);
    ask.item = item(4);
    refused(books, made, allocated_before_item);
    ask.item = item(1);
    refused(books, made, allocated_before_item);  // the payment is of the day after
    made.date = day("2026-03-10");
    ask.instalment = 2;
    refused(books, made, instalment_unknown);
    ask.instalment = 1;
    ask.amount = usd("1.00");
    ask.clears = eur("-1.00");
    refused(books, made, allocation_not_positive);
    ask.amount = eur("21.00");
    refused(books, made, allocation_not_positive);
    ask.clears.reset();
    refused(books, made, allocated_beyond);
    ask.amount = eur("5.00");
    ask.closes = true;
    refused(books, made, difference_too_large);
    ask.closes = false;
    books.must(made);
    // Two currencies without a rate between them.
    AllocateItem netted = allocate(3, 7, "2026-03-20", {of(1)});
    refused(books, netted, exchange_rate_unknown);
    netted.items.clear();
    netted.oldest_due = true;
    refused(books, netted, nothing_allocated);
    // A payment settles nothing before it came, by no rule either.
    AllocateItem early = allocate(4, 5, "2026-03-09", {});
    early.oldest_due = true;
    refused(books, early, nothing_allocated);
}

TEST_CASE("taking back, holding and reversing are refused for the first of their faults") {
    Books books;
    ReverseItem reverse{acme, item(1), day("2026-02-28"), false, "Wrong"};
    refused(books, reverse, open_item_unknown);
    refused(books, HoldItemPayment{acme, item(1), "No"}, open_item_unknown);
    refused(books, ReleaseItemPayment{acme, item(1), "No"}, open_item_unknown);
    books.must(invoice(1, "2026-03-01", eur("10.00")));
    refused(books, ReleaseItemPayment{acme, item(1), "No"}, item_not_held);
    books.must(HoldItemPayment{acme, item(1), "No"});
    refused(books, HoldItemPayment{acme, item(1), "No"}, item_held);
    books.must(payment(2, "2026-03-10", eur("10.00")));
    TakeBackAllocation back{acme, allocation(1), 3, day("2026-03-09"), "Wrong"};
    refused(books, back, item_allocation_unknown);
    books.must(allocate(1, 2, "2026-03-10", {of(1)}));
    refused(books, back, allocation_line_unknown);
    back.line.reset();
    refused(books, back, taken_back_before_allocation);
    back.date = day("2031-01-01");
    refused(books, back, ledger::date_outside_calendar);
    books.must(ledger::ClosePeriod{acme, {"2026"}, 4});
    back.date = day("2026-04-30");
    refused(books, back, ledger::period_closed);
    books.must(access::DefineRole{{"closer"}, {"*"}});
    books.must(
        ledger::ClosePeriod{acme, {"2026"}, 5, ledger::Closing::soft, access::RoleCode{"closer"}});
    back.date = day("2026-05-31");
    refused(books, back, ledger::period_soft_closed);

    refused(books, reverse, reversed_before_item);
    reverse.date = day("2031-01-01");
    refused(books, reverse, item_allocated);
    back.date.reset();
    books.must(back);
    refused(books, back, allocation_taken_back);
    refused(books, reverse, ledger::date_outside_calendar);
    reverse.date = day("2026-04-30");
    refused(books, reverse, ledger::period_closed);
    reverse.date = day("2026-05-31");
    refused(books, reverse, ledger::period_soft_closed);
    reverse.date.reset();
    books.must(reverse);
    refused(books, reverse, open_item_reversed);
    refused(books, HoldItemPayment{acme, item(1), "No"}, open_item_reversed);
    refused(books, ReleaseItemPayment{acme, item(1), "No"}, open_item_reversed);
}

TEST_CASE("a write-off is refused for the first of its faults") {
    Books without(false);
    WriteOffItem off{acme,         item(1),           item(8),    3,
                     usd("20.00"), day("2031-01-01"), {{"none"}}, "Gone"};
    refused(without, off, settlement_accounts_missing);
    Books books;
    books.must(invoice(1, "2026-03-05", eur("10.00")));
    refused(books, off, open_item_exists);
    off.write_off = item(9);
    refused(books, off, open_item_unknown);
    books.must(invoice(2, "2026-03-05", eur("10.00")));
    books.must(ReverseItem{acme, item(2), {}, false, "Wrong"});
    off.item = item(2);
    refused(books, off, open_item_reversed);
    off.item = item(1);
    refused(books, off, instalment_unknown);
    off.instalment = 1;
    refused(books, off, ledger::account_unknown);
    off.account = ledger::AccountCode{"5"};
    refused(books, off, ledger::account_is_summary);
    off.account = ledger::AccountCode{"2110"};
    refused(books, off, ledger::account_is_control);
    off.account.reset();
    refused(books, off, ledger::date_outside_calendar);
    books.must(ledger::ClosePeriod{acme, {"2026"}, 1});
    off.date = day("2026-01-31");
    refused(books, off, ledger::period_closed);
    books.must(access::DefineRole{{"closer"}, {"*"}});
    books.must(
        ledger::ClosePeriod{acme, {"2026"}, 2, ledger::Closing::soft, access::RoleCode{"closer"}});
    off.date = day("2026-02-28");
    refused(books, off, ledger::period_soft_closed);
    off.date = day("2026-03-04");
    refused(books, off, allocated_before_item);
    off.date = day("2026-03-05");
    refused(books, off, allocation_not_positive);
    off.amount = eur("10.01");
    refused(books, off, allocated_beyond);
    off.amount = eur("10.00");
    SetWriteOffLimit limit{{"OTHER"}, {"none"}, usd("1.00")};
    refused(books, limit, companies::company_unknown);
    limit.company = acme;
    refused(books, limit, access::role_unknown);
    limit.role = {"closer"};
    refused(books, limit, write_off_limit_unfit);
    limit.limit = eur("9.99");
    books.must(limit);
    refused(books, limit, write_off_limit_unchanged);
    refused(books, off, write_off_beyond_limit);
}

TEST_CASE("a till is refused for the first of its faults") {
    Books without(false);
    OpenTill open{{"OTHER"}, {"SHOP"}, "Shop", {"none"}, {}};
    refused(without, open, companies::company_unknown);
    open.company = acme;
    refused(without, open, settlement_accounts_missing);
    Books books;
    refused(books, open, ledger::account_unknown);
    open.account = {"1"};
    refused(books, open, ledger::account_is_summary);
    open.account = {"1100"};
    refused(books, open, till_account_taken);
    open.account = {"5000"};
    refused(books, open, till_account_unfit);
    ledger::PostEntry by_hand;
    by_hand.company = acme;
    by_hand.entry = nth<ledger::EntryId>(1);
    by_hand.journal = {"GEN"};
    by_hand.date = day("2026-03-01");
    by_hand.lines = {debit("1000", eur("5.00")), credit("4000", eur("5.00"))};
    books.must(by_hand);
    open.account = {"1000"};
    refused(books, open, settlement_account_in_use);
    open.account = {"1005"};
    books.must(open);
    refused(books, open, till_exists);
    open.till = {"OTHER"};
    refused(books, open, till_account_taken);

    MoveCash move{acme,        nth<CashMoveId>(1), {"NONE"}, day("2026-03-01"),
                  CashWay::in, eur("1.00"),        {},       {credit("1010", eur("1.00"))},
                  "Change"};
    refused(books, move, till_unknown);
    move.till = {"SHOP"};
    books.must(move);
    refused(books, move, cash_move_exists);
    move.move = nth<CashMoveId>(2);
    move.amount = usd("-1.00");
    refused(books, move, till_currency_differs);
    move.amount = eur("-1.00");
    move.base = usd("1.00");
    move.date = day("2031-01-01");
    refused(books, move, ledger::date_outside_calendar);
    books.must(ledger::ClosePeriod{acme, {"2026"}, 1});
    move.date = day("2026-01-31");
    refused(books, move, ledger::period_closed);
    books.must(access::DefineRole{{"closer"}, {"*"}});
    books.must(
        ledger::ClosePeriod{acme, {"2026"}, 2, ledger::Closing::soft, access::RoleCode{"closer"}});
    move.date = day("2026-02-28");
    refused(books, move, ledger::period_soft_closed);
    move.date = day("2026-03-01");
    refused(books, move, ledger::amount_not_positive);
    move.amount = eur("2.00");
    books.must(ledger::BlockAccount{acme, {"1005"}});
    refused(books, move, ledger::account_blocked);
    books.must(ledger::UnblockAccount{acme, {"1005"}});
    refused(books, move, ledger::base_not_in_base_currency);
    move.base = eur("1.00");
    refused(books, move, ledger::base_contradicts_amount);
    move.base.reset();
    move.way = CashWay::out;
    move.lines = {debit("none", eur("2.00"))};
    refused(books, move, ledger::account_unknown);
    move.lines[0].account = {"2110"};
    refused(books, move, line_on_item_account);
    move.lines[0].account = {"1005"};
    refused(books, move, ledger::account_is_control);
    move.lines[0].account = {"5300"};
    refused(books, move, till_insufficient);

    // A till of dollars.
    books.account("1006", "Dollars", ledger::AccountKind::asset, "1");
    books.must(OpenTill{acme, {"USD"}, "Dollars", {"1006"}, test::currency("USD")});
    MoveCash dollars = move;
    dollars.till = {"USD"};
    dollars.amount = usd("1.00");
    dollars.base = eur("-1.00");
    refused(books, dollars, ledger::base_negative);
    dollars.base.reset();
    refused(books, dollars, ledger::rate_unknown);

    ReverseCashMove reverse{acme, nth<CashMoveId>(9), "Wrong"};
    refused(books, reverse, cash_move_unknown);
    reverse.move = nth<CashMoveId>(1);
    books.must(
        ledger::ClosePeriod{acme, {"2026"}, 3, ledger::Closing::soft, access::RoleCode{"closer"}});
    refused(books, reverse, ledger::period_soft_closed);
    books.must(ledger::ClosePeriod{acme, {"2026"}, 3});
    refused(books, reverse, ledger::period_closed);
    books.must(ledger::ReopenPeriod{acme, {"2026"}, 3, "Count"});
    books.must(reverse);
    refused(books, reverse, cash_move_reversed);
}
