// Reminders, the loss allowance and payment runs: who is reminded of what, what is expected to be
// lost, and what is paid.
#include "domain/settlement/allowance.h"
#include "domain/settlement/dunning.h"
#include "domain/settlement/payment_runs.h"
#include "tests/domain/settlement/settled_company.h"

using namespace kontor;
using namespace kontor::settlement;
using namespace kontor::settlement::settled;

namespace {

std::string dunned(Books& books, std::uint64_t run, const char* date) {
    DunCustomers dun{acme, nth<DunningRunId>(run), day(date), {}};
    const test::Played played = books.tries(Message::of(dun));
    if (played.refused) return std::string(played.refused.reason->code);
    std::string told;
    for (const DunnedItem& each : played.events[0].as<CustomersDunned>()->items)
        told += std::to_string(each.item.uuid.low) + " level " + std::to_string(each.level) + " ";
    return told;
}

// 0.3 % of what is not due, 1.6 % from the first day, 3.6 % from 31, 6.6 % from 61, 10.6 % from 91:
// the matrix of IFRS 9, illustrative example 12.
SetAllowanceMatrix matrix() {
    SetAllowanceMatrix set;
    set.company = acme;
    set.matrix = {{"1190"},
                  {"5700"},
                  {{0, {300'000}},
                   {1, {1'600'000}},
                   {31, {3'600'000}},
                   {61, {6'600'000}},
                   {91, {10'600'000}}}};
    return set;
}

OpenItem due(std::uint64_t number, const char* date, const char* due_on, Money amount) {
    OpenItem made = invoice(number, date, amount);
    made.instalments[0].due = day(due_on);
    return made;
}

void bank_of(Books& books, const char* whose) {
    parties::AddBankAccount add;
    add.company = acme;
    add.counterparty = {whose};
    add.bank_account = {"MAIN"};
    add.details.iban = "GB29NWBK60161331926819";
    add.since = day("2026-01-01");
    books.must(add);
}

}  // namespace

TEST_CASE("an item rises one level at a time, and not before the interval is over") {
    Books books;
    CHECK(dunned(books, 1, "2026-04-10") == "dunning_levels_missing");
    SetDunningLevels set{{"OTHER"}, {{10, "Reminder"}, {10, "Last"}}, 14};
    CHECK(books.refused(set).reason == &companies::company_unknown);
    set.company = acme;
    CHECK(books.refused(set).reason == &dunning_levels_unfit);
    set.levels[1].days = 30;
    books.must(set);
    CHECK(books.refused(set).reason == &dunning_levels_unchanged);
    books.must(due(1, "2026-03-01", "2026-03-31", eur("100.00")));
    CHECK(dunned(books, 1, "2026-04-09") == "nobody_dunned");
    CHECK(dunned(books, 1, "2026-04-10") == "1 level 1 ");
    CHECK(dunned(books, 1, "2026-04-11") == "dunning_run_exists");
    books.must(due(2, "2026-03-01", "2026-03-01", eur("50.00")));
    // Long overdue, and reminded for the first time all the same.
    CHECK(dunned(books, 2, "2026-04-23") == "2 level 1 ");
    CHECK(dunned(books, 3, "2026-04-24") == "nobody_dunned");
    CHECK(dunned(books, 4, "2026-04-30") == "1 level 2 ");
    books.must(HoldItemPayment{acme, item(2), "Disputed"});
    CHECK(dunned(books, 5, "2026-05-31") == "1 level 2 ");
    RecordPayment paid = payment(3, "2026-06-01", eur("100.00"));
    paid.allocations = {of(1)};
    books.must(paid);
    books.must(ReleaseItemPayment{acme, item(2), "Settled"});
    CHECK(dunned(books, 6, "2026-06-30") == "2 level 2 ");
}

TEST_CASE("the loss allowance is the matrix of IFRS 9, illustrative example 12") {
    // 15,000,000 not due, 7,500,000 for 1 to 30 days, 4,000,000 to 60, 2,500,000 to 90, 1,000,000
    // beyond: an allowance of 580,000.
    Books books;
    books.account("1190", "Loss allowance", ledger::AccountKind::asset, "1");
    PostLossAllowance post{acme, nth<AllowanceId>(1), day("2026-06-30")};
    CHECK(books.refused(post).reason == &allowance_matrix_missing);
    books.must(matrix());
    books.must(due(1, "2026-03-01", "2026-06-30", eur("15000000.00")));
    books.must(due(2, "2026-03-01", "2026-06-15", eur("7500000.00")));
    books.must(due(3, "2026-03-01", "2026-05-15", eur("4000000.00")));
    books.must(due(4, "2026-03-01", "2026-04-15", eur("2500000.00")));
    books.must(due(5, "2026-03-01", "2026-03-15", eur("1000000.00")));
    books.must(payment(6, "2026-06-20", eur("999.00")));  // settles nothing, takes nothing off
    books.must(post);
    CHECK(books.balance("1190") == -580'000'00);
    CHECK(books.balance("5700") == 580'000'00);
    // Run again it posts nothing.
    post.allowance = nth<AllowanceId>(2);
    CHECK(books.must(post).events.empty());
    // What is paid later was open on that day still.
    RecordPayment paid = payment(7, "2026-07-05", eur("1000000.00"));
    paid.allocations = {of(5)};
    books.must(paid);
    CHECK(books.must(post).events.empty());
    // What was paid before, as is known late, was not: 10.6 % of a million less.
    books.must(ReverseItem{acme, item(7), {}, true, "Another day"});
    paid.payment = item(8);
    paid.date = day("2026-06-29");
    books.must(paid);
    books.must(post);
    CHECK(books.balance("1190") == -474'000'00);
    CHECK(books.refused(post).reason == &allowance_exists);
}

TEST_CASE("a matrix and an allowance are refused for the first of their faults") {
    Books books(false);
    books.account("1190", "Loss allowance", ledger::AccountKind::asset, "1");
    SetAllowanceMatrix set = matrix();
    set.company = {"OTHER"};
    set.matrix.allowance = {"none"};
    set.matrix.bands[1].days = 0;
    CHECK(books.refused(set).reason == &companies::company_unknown);
    set.company = acme;
    CHECK(books.refused(set).reason == &ledger::account_unknown);
    set.matrix.allowance = {"1"};
    CHECK(books.refused(set).reason == &ledger::account_is_summary);
    ledger::ChangeAccountUse use;
    use.company = acme;
    use.account = {"1190"};
    use.control = true;
    books.must(use);
    set.matrix.allowance = {"1190"};
    CHECK(books.refused(set).reason == &ledger::account_is_control);
    use.control = false;
    books.must(use);
    set.matrix.allowance = {"2000"};
    CHECK(books.refused(set).reason == &allowance_account_unfit);
    set.matrix.allowance = {"1190"};
    set.matrix.expense = {"4000"};
    CHECK(books.refused(set).reason == &allowance_account_unfit);
    set.matrix.expense = {"5700"};
    CHECK(books.refused(set).reason == &allowance_bands_unfit);
    set.matrix.bands[1].days = 1;
    books.must(set);
    CHECK(books.refused(set).reason == &allowance_matrix_unchanged);
    PostLossAllowance post{acme, nth<AllowanceId>(1), day("2031-01-01")};
    CHECK(books.refused(post).reason == &settlement_accounts_missing);
    books.must(Books::accounts());
    CHECK(books.refused(post).reason == &ledger::date_outside_calendar);
    books.must(ledger::ClosePeriod{acme, {"2026"}, 1});
    post.date = day("2026-01-31");
    CHECK(books.refused(post).reason == &ledger::period_closed);
    books.must(access::DefineRole{{"closer"}, {"*"}});
    books.must(
        ledger::ClosePeriod{acme, {"2026"}, 2, ledger::Closing::soft, access::RoleCode{"closer"}});
    post.date = day("2026-02-28");
    CHECK(books.refused(post).reason == &ledger::period_soft_closed);
}

TEST_CASE("a run pays what is due and what has a discount to lose, supplier by supplier") {
    Books books;
    bank_of(books, "ALDER");
    OpenItem due_now = invoice(1, "2026-03-01", eur("100.00"), ItemSide::payable);
    books.must(due_now);  // due on 31 March
    OpenItem early = invoice(2, "2026-03-20", eur("200.00"), ItemSide::payable);
    early.instalments[0].discounts = {{day("2026-03-31"), {2'000'000}}};
    books.must(early);
    OpenItem later = invoice(3, "2026-03-20", eur("400.00"), ItemSide::payable);
    later.instalments[0].discounts = {{day("2026-04-10"), {2'000'000}}};
    books.must(later);  // its discount lasts beyond the next run
    books.must(invoice(4, "2026-03-01", eur("800.00"), ItemSide::payable));
    books.must(HoldItemPayment{acme, item(4), "Two boxes too many"});
    books.must(invoice(5, "2026-03-01", eur("30.00"), ItemSide::payable, "BIRCH"));

    RunPayments run;
    run.company = {"OTHER"};
    run.run = nth<PaymentRunId>(1);
    run.date = day("2026-03-25");
    run.due_until = day("2026-03-31");
    run.account = {"1010"};
    CHECK(books.refused(run).reason == &companies::company_unknown);
    Books without(false);
    run.company = acme;
    CHECK(without.refused(run).reason == &settlement_accounts_missing);
    const Objection no_account = books.refused(run);
    CHECK(no_account.reason == &bank_account_missing);
    CHECK(no_account.about == "counterparty BIRCH");
    run.leave_out = {{"BIRCH"}};
    const test::Played played = books.must(run);
    CHECK(books.balance("1010") == -296'00);
    CHECK(books.balance("4900") == -4'00);
    CHECK(books.open(1).minor == 0);
    CHECK(books.open(2).minor == 0);
    CHECK(books.open(3) == eur("400.00"));
    CHECK(books.open(4) == eur("800.00"));
    const auto* recorded = played.events[0].as<PaymentRecorded>();
    CHECK(recorded->facts.bank_account->text == "MAIN");
    CHECK(recorded->facts.run == nth<PaymentRunId>(1));
    run.run = nth<PaymentRunId>(2);
    CHECK(books.refused(run).reason == &nothing_to_pay);
    // A supplier who owes as much is not paid.
    bank_of(books, "BIRCH");
    OpenItem note = invoice(6, "2026-03-02", eur("30.00"), ItemSide::payable, "BIRCH");
    note.kind = ItemKind::credit_note;
    note.lines = {credit("5000", eur("30.00"))};
    books.must(note);
    run.leave_out.clear();
    CHECK(books.refused(run).reason == &nothing_to_pay);
}
