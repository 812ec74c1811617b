// Items and what settles them: what is posted, to the cent, and what stays open.
#include "domain/settlement/open_items.h"

#include "domain/ledger/revaluation.h"
#include "tests/domain/settlement/settled_company.h"

using namespace kontor;
using namespace kontor::settlement;
using namespace kontor::settlement::settled;

namespace {

// 1,000.00 with tax of 200.00, 2 % within ten days.
OpenItem invoice_with_tax(std::uint64_t number) {
    OpenItem open = invoice(number, "2026-03-01", eur("1200.00"));
    open.instalments[0].discounts = {{day("2026-03-11"), {2'000'000}}};
    open.taxes = {{{"2100"}, eur("200.00"), {}}};
    open.lines = {credit("4000", eur("1000.00")), credit("2100", eur("200.00"))};
    return open;
}

}  // namespace

TEST_CASE("an invoice is one item and one entry") {
    Books books;
    const auto played = books.must(invoice_with_tax(1));
    REQUIRE(played.events.size() == 2);
    CHECK(books.balance("1100") == 1'200'00);
    CHECK(books.balance("4000") == -1'000'00);
    CHECK(books.balance("2100") == -200'00);
    CHECK(books.open(1) == eur("1200.00"));
    const auto* posted = played.events[1].as<ledger::EntryPosted>();
    REQUIRE(posted);
    CHECK(posted->journal.text == "SAL");
    CHECK(posted->lines[0].dimensions.at({"counterparty"}).text == "ALDER");
    CHECK(open_of(books.world(), acme, {"ALDER"}, ItemSide::receivable) ==
          std::vector<Money>{eur("1200.00")});
}

TEST_CASE("paid early, 2 % of 1,200.00 come off revenue and tax in proportion") {
    Books books;
    books.must(invoice_with_tax(1));
    RecordPayment paid = payment(2, "2026-03-11", eur("1176.00"));
    paid.allocations = {of(1)};
    const auto played = books.must(paid);
    CHECK(books.balance("1010") == 1'176'00);
    CHECK(books.balance("4090") == 20'00);
    CHECK(books.balance("2100") == -196'00);
    CHECK(books.balance("1100") == 0);
    CHECK(books.balance("2110") == 0);
    CHECK(books.open(1).minor == 0);
    CHECK(books.open(2).minor == 0);
    // One entry: bank, discount, tax against the receivable.
    REQUIRE(played.events.size() == 2);
    CHECK(played.events[1].as<ledger::EntryPosted>()->lines.size() == 4);
}

TEST_CASE("part payments have their part of the discount, and a late one has none") {
    Books books;
    books.must(invoice_with_tax(1));
    RecordPayment half = payment(2, "2026-03-05", eur("588.00"));
    half.allocations = {of(1)};
    books.must(half);
    CHECK(books.balance("4090") == 10'00);
    CHECK(books.balance("2100") == -198'00);
    CHECK(books.open(1) == eur("600.00"));
    SECTION("the other half in time") {
        half.payment = item(3);
        books.must(half);
        CHECK(books.balance("4090") == 20'00);
        CHECK(books.balance("2100") == -196'00);
        CHECK(books.open(1).minor == 0);
    }
    SECTION("the other half late") {
        RecordPayment late = payment(3, "2026-03-12", eur("600.00"));
        late.allocations = {of(1)};
        books.must(late);
        CHECK(books.balance("4090") == 10'00);
        CHECK(books.open(1).minor == 0);
        CHECK(books.open(3).minor == 0);
    }
    SECTION("the other half in time, without the discount that could be taken") {
        RecordPayment whole = payment(3, "2026-03-10", eur("600.00"));
        whole.allocations = {of(1)};
        whole.allocations[0].without_discount = true;
        books.must(whole);
        CHECK(books.balance("4090") == 10'00);
        CHECK(books.open(1).minor == 0);
    }
    SECTION("too much in time: the discount is taken, and the rest is an advance") {
        RecordPayment more = payment(3, "2026-03-10", eur("600.00"));
        more.allocations = {of(1)};
        books.must(more);
        CHECK(books.balance("4090") == 20'00);
        CHECK(books.open(3) == eur("12.00"));
        CHECK(books.balance("2110") == -12'00);
    }
}

TEST_CASE("a discount of the net amount leaves the tax") {
    Books books;
    OpenItem open = invoice_with_tax(1);
    open.instalments[0].discounts = {{day("2026-03-11"), {2'000'000}, true}};
    books.must(open);
    RecordPayment paid = payment(2, "2026-03-10", eur("1180.00"));
    paid.allocations = {of(1)};
    books.must(paid);
    CHECK(books.balance("4090") == 20'00);
    CHECK(books.balance("2100") == -200'00);
    CHECK(books.open(1).minor == 0);
}

TEST_CASE("a payable in dollars paid at another rate: loss of 30.60") {
    // Invoice 100 at USD 10.20, rate 0.92: payable 938.40; paid at 0.95: 969.00.
    Books books;
    books.rate_of("2026-04-10", "0.92");
    books.rate_of("2026-05-10", "0.95");
    books.must(invoice(1, "2026-04-10", usd("1020.00"), ItemSide::payable));
    CHECK(books.balance("2000") == -938'40);
    RecordPayment paid = payment(2, "2026-05-10", usd("1020.00"), PaymentWay::paid);
    paid.allocations = {of(1)};
    const auto played = books.must(paid);
    CHECK(books.balance("1020") == -969'00);
    CHECK(books.balance("5800") == 30'60);
    CHECK(books.balance("4910") == 0);
    CHECK(books.balance("2000") == 0);
    CHECK(books.balance("1120") == 0);
    CHECK(played.events[1].as<ledger::EntryPosted>()->lines.size() == 3);
}

TEST_CASE("a receivable in dollars received in euros") {
    Books books;
    books.rate_of("2026-04-10", "0.90");
    books.rate_of("2026-05-10", "0.80");
    books.must(invoice(1, "2026-04-10", usd("1000.00")));
    RecordPayment paid = payment(2, "2026-05-10", eur("820.00"));
    paid.allocations = {of(1)};
    paid.allocations[0].clears = usd("1000.00");
    paid.allocations[0].amount = eur("820.00");
    books.must(paid);
    CHECK(books.balance("1100") == 0);
    CHECK(books.balance("5800") == 80'00);
    CHECK(books.open(1).minor == 0);
    // Without saying so, at the rate of the day: 400.00 are 500.00 dollars.
    books.must(invoice(3, "2026-04-10", usd("1000.00")));
    RecordPayment part = payment(4, "2026-05-10", eur("400.00"));
    part.allocations = {of(3)};
    books.must(part);
    CHECK(books.open(3) == usd("500.00"));
    CHECK(books.balance("1100") == 450'00);
    CHECK(books.balance("5800") == 130'00);
}

TEST_CASE("what settles nothing is an advance at its rate, and is allocated later") {
    Books books;
    books.rate_of("2026-02-01", "0.88");
    books.rate_of("2026-03-01", "0.90");
    books.must(payment(1, "2026-02-01", usd("400.00")));
    CHECK(books.balance("2110") == -352'00);
    books.must(invoice(2, "2026-03-01", usd("1000.00")));
    books.must(allocate(1, 1, "2026-03-02", {of(2)}));
    CHECK(books.balance("2110") == 0);
    CHECK(books.balance("1100") == 540'00);
    CHECK(books.balance("5800") == 8'00);
    CHECK(books.open(2) == usd("600.00"));
    CHECK(books.balance("2110", "2026-03-01") == -352'00);
}

TEST_CASE("instalments keep what each is booked at") {
    // USD 400 were paid in advance at 0.88, so 400 of the invoice are booked at 352.00 (IFRIC 22).
    Books books;
    books.rate_of("2026-02-01", "0.88");
    books.rate_of("2026-03-01", "0.90");
    books.must(payment(1, "2026-02-01", usd("400.00"), PaymentWay::paid));
    OpenItem bill = invoice(2, "2026-03-01", usd("1000.00"), ItemSide::payable);
    bill.instalments = {{day("2026-03-01"), usd("400.00"), eur("352.00"), {}},
                        {day("2026-03-31"), usd("600.00"), eur("540.00"), {}}};
    books.must(bill);
    CHECK(books.balance("5000") == 892'00);
    books.must(allocate(1, 1, "2026-03-01", {of(2)}));
    CHECK(books.balance("2000") == -540'00);
    CHECK(books.balance("5800") == 0);
    CHECK(books.balance("4910") == 0);
}

TEST_CASE("the oldest due is settled first, and what is held back is not") {
    Books books;
    books.must(invoice(1, "2026-03-01", eur("100.00"), ItemSide::payable));
    books.must(invoice(2, "2026-02-01", eur("100.00"), ItemSide::payable));
    books.must(invoice(3, "2026-01-01", eur("100.00"), ItemSide::payable));
    books.must(HoldItemPayment{acme, item(3), "Two boxes too many"});
    RecordPayment paid = payment(4, "2026-04-01", eur("150.00"), PaymentWay::paid);
    paid.oldest_due = true;
    books.must(paid);
    CHECK(books.open(1) == eur("50.00"));
    CHECK(books.open(2).minor == 0);
    CHECK(books.open(3) == eur("100.00"));
    books.must(ReleaseItemPayment{acme, item(3), "Taken back"});
    paid.payment = item(5);
    books.must(paid);
    CHECK(books.open(1).minor == 0);
    CHECK(books.open(3).minor == 0);
    CHECK(books.open(5).minor == 0);
}

TEST_CASE("credit notes settle invoices, and what is owed is netted with what is owing") {
    Books books;
    books.must(invoice(1, "2026-03-01", eur("100.00")));
    OpenItem note = invoice(2, "2026-03-05", eur("30.00"));
    note.kind = ItemKind::credit_note;
    note.lines = {debit("4000", eur("30.00"))};
    books.must(note);
    CHECK(books.balance("1100") == 70'00);
    const std::int64_t before = books.entries();
    books.must(allocate(1, 2, "2026-03-06", {of(1)}));
    CHECK(books.entries() == before);  // nothing moves on the account
    CHECK(books.open(1) == eur("70.00"));
    books.must(invoice(3, "2026-03-07", eur("50.00"), ItemSide::payable));
    books.must(allocate(2, 3, "2026-03-08", {of(1)}));
    CHECK(books.open(1) == eur("20.00"));
    CHECK(books.balance("1100") == 20'00);
    CHECK(books.balance("2000") == 0);
}

TEST_CASE("an allocation is taken back from its own day or a later one") {
    Books books;
    books.must(invoice(1, "2026-03-01", eur("100.00")));
    books.must(payment(2, "2026-03-05", eur("100.00")));
    books.must(allocate(1, 2, "2026-03-10", {of(1)}));
    CHECK(books.balance("1100", "2026-03-31") == 0);
    SECTION("as if it had never been") {
        books.must(TakeBackAllocation{acme, allocation(1), {}, {}, "Another bill"});
        CHECK(books.balance("1100", "2026-03-10") == 100'00);
        CHECK(books.balance("2110", "2026-03-10") == -100'00);
        books.must(allocate(2, 2, "2026-03-10", {of(1)}));
        CHECK(books.open(1).minor == 0);
    }
    SECTION("from a later day on, and the days before stay") {
        books.must(TakeBackAllocation{acme, allocation(1), {}, day("2026-03-20"), "Bounced"});
        CHECK(books.balance("1100", "2026-03-19") == 0);
        CHECK(books.balance("1100", "2026-03-20") == 100'00);
        // Until then nothing of it was open.
        CHECK(books.refused(allocate(2, 2, "2026-03-15", {of(1)})).reason == &allocated_beyond);
        books.must(allocate(2, 2, "2026-03-20", {of(1)}));
        CHECK(books.balance("1100", "2026-03-20") == 0);
    }
}

TEST_CASE("a payment that bounced is taken back with what it settled") {
    Books books;
    books.must(invoice_with_tax(1));
    RecordPayment paid = payment(2, "2026-03-11", eur("1176.00"));
    paid.allocations = {of(1)};
    books.must(paid);
    ReverseItem reverse{acme, item(2), {}, false, "Bounced"};
    CHECK(books.refused(reverse).reason == &item_allocated);
    reverse.with_allocations = true;
    SECTION("as if it had never been") {
        books.must(reverse);
        for (const char* account : {"1010", "4090", "2110"}) {
            CAPTURE(account);
            CHECK(books.balance(account, "2026-03-11") == 0);
        }
        CHECK(books.balance("1100", "2026-03-11") == 1'200'00);
        CHECK(books.balance("2100", "2026-03-11") == -200'00);
    }
    SECTION("on the day on which the bank took it") {
        reverse.date = day("2026-03-20");
        books.must(reverse);
        CHECK(books.balance("1100", "2026-03-19") == 0);
        CHECK(books.balance("1100", "2026-03-20") == 1'200'00);
        CHECK(books.balance("1010", "2026-03-19") == 1'176'00);
        CHECK(books.balance("1010", "2026-03-20") == 0);
    }
    CHECK(books.open(1) == eur("1200.00"));
    CHECK(books.balance("2110") == 0);
}

TEST_CASE("an invoice that is taken back gives its number back") {
    Books books;
    OpenItem open = invoice(1, "2026-03-01", eur("100.00"));
    open.document = "R-1";
    books.must(open);
    open.item = item(2);
    CHECK(books.refused(open).reason == &item_document_exists);
    books.must(ReverseItem{acme, item(1), {}, false, "Wrong firm"});
    CHECK(books.balance("1100") == 0);
    books.must(open);
    // A payment finds it by its number.
    RecordPayment paid = payment(3, "2026-03-05", eur("100.00"));
    paid.allocations.emplace_back().document = "R-1";
    books.must(paid);
    CHECK(books.open(2).minor == 0);
}

TEST_CASE("what stood open at the beginning is posted against the one opening account") {
    Books books;
    ledger::SetLedgerPolicy policy;
    policy.company = acme;
    policy.opening_account = ledger::AccountCode{"9000"};
    books.must(policy);
    OpenItem owed = invoice(1, "2026-01-01", eur("700.00"));
    owed.lines.clear();
    owed.opening = true;
    owed.document_date = day("2025-11-20");
    books.must(owed);
    OpenItem owing = invoice(2, "2026-01-01", usd("100.00"), ItemSide::payable);
    owing.lines.clear();
    owing.opening = true;
    owing.base = eur("90.00");
    const auto played = books.must(owing);
    CHECK(played.events[1].as<ledger::EntryPosted>()->kind == ledger::EntryKind::opening);
    CHECK(books.balance("9000") == -610'00);
    CHECK(books.balance("1100") == 700'00);
    CHECK(books.balance("2000") == -90'00);
}

TEST_CASE("little that nobody asks for is let go, more is written off") {
    Books books;
    books.must(invoice(1, "2026-03-01", eur("100.00")));
    RecordPayment paid = payment(2, "2026-03-05", eur("98.99"));
    paid.allocations = {of(1)};
    paid.allocations[0].closes = true;
    CHECK(books.refused(paid).reason == &difference_too_large);  // the tolerance is 1.00
    paid.amount = eur("99.00");
    books.must(paid);
    CHECK(books.balance("5900") == 1'00);
    CHECK(books.open(1).minor == 0);
    books.must(invoice(3, "2026-03-01", eur("100.00")));
    WriteOffItem write_off{acme, item(4), item(3), {}, eur("60.00"), day("2026-05-01"), {}, "Gone"};
    books.must(write_off);
    CHECK(books.balance("5700") == 60'00);
    CHECK(books.open(3) == eur("40.00"));
    // Paid after all.
    ReverseItem back{acme, item(4), {}, true, "Paid after all"};
    books.must(back);
    CHECK(books.balance("5700") == 0);
    CHECK(books.open(3) == eur("100.00"));
}

TEST_CASE("a role writes off no more of an item than its limit") {
    Books books;
    books.must(access::DefineRole{{"clerk"}, {"*"}});
    books.must(access::DefineRole{{"chief"}, {"*"}});
    books.must(access::GrantRole{{"ann"}, {"clerk"}, {}});
    books.must(SetWriteOffLimit{acme, {"clerk"}, eur("50.00")});
    books.must(SetWriteOffLimit{acme, {"chief"}, eur("500.00")});
    books.must(invoice(1, "2026-03-01", eur("100.00")));
    WriteOffItem part{acme, item(2), item(1), {}, eur("30.00"), day("2026-05-01"), {}, "Gone"};
    books.must(part);
    part.write_off = item(3);
    const Objection beyond = books.refused(part);
    CHECK(beyond.reason == &write_off_beyond_limit);
    part.amount = eur("20.00");
    books.must(part);
    books.must(access::GrantRole{{"ann"}, {"chief"}, {}});
    part.write_off = item(4);
    part.amount.reset();
    books.must(part);
    CHECK(books.open(1).minor == 0);
}

TEST_CASE("foreign lines of an item balance, however their parts are rounded") {
    Books books;
    OpenItem open = invoice(1, "2026-03-01", usd("100.03"));
    open.rate = rate("0.333333");
    open.lines = {credit("4000", usd("33.34")), credit("4000", usd("33.34")),
                  credit("4000", usd("33.35"))};
    books.must(open);
    CHECK(books.balance("1100") == 33'34);
    CHECK(books.balance("4000") == -33'34);
}

TEST_CASE("payment terms become instalments") {
    Books books;
    contracts::DefinePaymentTerms terms;
    terms.company = acme;
    terms.terms = {"2-10-NET-30"};
    terms.name = "30 days net, 2 % within 10";
    terms.conditions.instalments.push_back({});
    terms.conditions.instalments[0].due.days = 30;
    terms.conditions.instalments[0].discounts.push_back({{2'000'000}, {}});
    terms.conditions.instalments[0].discounts[0].within.days = 10;
    books.must(terms);
    OpenItem open = invoice(1, "2026-03-01", eur("100.00"));
    open.terms = contracts::PaymentTermsCode{"2-10-NET-30"};
    CHECK(books.refused(open).reason == &instalments_and_terms);
    open.instalments.clear();
    const auto played = books.must(open);
    const auto& facts = played.events[0].as<ItemOpened>()->facts;
    CHECK(
        facts.instalments ==
        std::vector<ItemInstalment>{
            {day("2026-03-31"), eur("100.00"), eur("100.00"), {{day("2026-03-11"), {2'000'000}}}}});
}

TEST_CASE("a till never holds less than nothing, on any day") {
    Books books;
    books.must(OpenTill{acme, {"SHOP"}, "Shop", {"1005"}, {}});
    MoveCash in{acme,        nth<CashMoveId>(1), {"SHOP"}, day("2026-03-01"),
                CashWay::in, eur("100.00"),      {},       {credit("1010", eur("100.00"))},
                "Change"};
    books.must(in);
    RecordPayment paid = payment(2, "2026-03-10", eur("80.00"), PaymentWay::paid);
    paid.account.reset();
    paid.till = TillCode{"SHOP"};
    books.must(paid);
    CHECK(books.balance("1005") == 20'00);
    // Entered late, it leaves too little on the tenth.
    MoveCash late = in;
    late.move = nth<CashMoveId>(3);
    late.date = day("2026-03-05");
    late.way = CashWay::out;
    late.amount = eur("30.00");
    late.lines = {debit("5300", eur("30.00"))};
    const Objection short_of = books.refused(late);
    CHECK(short_of.reason == &till_insufficient);
    CHECK(short_of.about == "till SHOP, -10.00 EUR, 2026-03-10");
    late.date = day("2026-02-28");
    CHECK(books.refused(late).about == "till SHOP, -30.00 EUR, 2026-02-28");
    CHECK(books.refused(ReverseCashMove{acme, nth<CashMoveId>(1), "No"}).reason ==
          &till_insufficient);
    RecordPayment received = payment(4, "2026-03-09", eur("50.00"));
    received.account.reset();
    received.till = TillCode{"SHOP"};
    books.must(received);
    late.date = day("2026-03-09");
    books.must(late);
    CHECK(books.refused(ReverseItem{acme, item(4), {}, false, "No"}).reason == &till_insufficient);
    books.must(ReverseItem{acme, item(2), {}, false, "Never paid"});
    books.must(ReverseItem{acme, item(4), {}, false, "Never came"});
    CHECK(books.balance("1005") == 70'00);
}

TEST_CASE("revaluation goes beside the account of items, which keeps the booked rate") {
    Books books;
    books.rate_of("2026-04-10", "0.92");
    books.must(invoice(1, "2026-04-10", usd("1020.00"), ItemSide::payable));
    books.must(ledger::SetRate{acme, ledger::RateType::closing, test::currency("USD"),
                               test::currency("EUR"), day("2026-04-30"), rate("0.93")});
    ledger::RevalueForeignBalances revalue{};
    revalue.company = acme;
    revalue.fiscal_year = {"2026"};
    revalue.period = 4;
    revalue.entry = nth<ledger::EntryId>(900);
    revalue.journal = {"GEN"};
    books.must(revalue);
    CHECK(books.balance("2009", "2026-04-30") == -10'20);
    CHECK(books.balance("2009", "2026-05-01") == 0);
    CHECK(books.balance("2000", "2026-05-01") == -938'40);
}
