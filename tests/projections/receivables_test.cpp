// Open items at any corner of the two times: equal to their accounts, aged, listed, told as a
// statement.
#include "projections/settlement/open_items.h"

#include "tests/domain/settlement/settled_company.h"
#include "tests/projections/reading.h"
#include "tests/support/dice.h"

#include <map>
#include <set>
#include <tuple>

using namespace kontor;
using namespace kontor::settlement;
using namespace kontor::settlement::settled;

namespace {

// A line on an account of items, and the position that it became known at.
struct Posting {
    std::uint64_t position = 0;
    Date date;
    std::string account, counterparty;
    Currency currency;
    std::int64_t amount = 0, base = 0;
};

OpenItemList everything() { return {acme, {}, {}, {}, {}, false, {}}; }

// Books whose events are read by all read models.
class ReadBooks {
public:
    ReadBooks() {
        companies::CompanyCreated created;
        created.company = acme;
        created.base_currency = test::currency("EUR");
        reading.happened(created, day("2026-01-01"));
    }
    // Whether the command was accepted.
    template <class Command>
    bool tries(const Command& command) {
        const test::Played played = books.tries(Message::of(command));
        if (played.refused) {
            refused.insert(std::string(played.refused.reason->code));
            return false;
        }
        auto in = test::Reading::In::a_commit_of_its_own;
        for (const Message& event : played.events) {
            const Date date = event.type->on
                                  ? *static_cast<const Date*>(event.type->on.in(event.value.get()))
                                  : day("2026-06-15");
            // The ledger's models know nothing of accounts that were opened before they began.
            if (test::the_catalog().event(event.type)->context->name == "settlement")
                reading.happened(event, date, in);
            in = test::Reading::In::the_last_commit;
            if (const auto* entry = event.as<ledger::EntryPosted>()) post(*entry);
        }
        return true;
    }
    template <class Command>
    void must(const Command& command) {
        REQUIRE(tries(command));
    }

    using Sums = std::map<std::tuple<std::string, std::string, Currency>,
                          std::pair<std::int64_t, std::int64_t>>;
    // What accounts of items stand at, by counterparty and currency, plainly added up.
    Sums accounts(const Corner& corner) const {
        Sums sums;
        for (const Posting& posting : postings) {
            if (posting.position > corner.known_at ||
                (corner.valid_at && posting.date > *corner.valid_at))
                continue;
            auto& sum = sums[{posting.account, posting.counterparty, posting.currency}];
            sum.first += posting.amount;
            sum.second += posting.base;
        }
        return without_nothing(sums);
    }
    // What is open by the read model.
    Sums items(const Corner& corner) {
        Sums sums;
        for (const ListedItem& row : reading.ask<ListedItem>(everything(), corner).rows) {
            CHECK(std::abs(row.open.minor) <= std::abs(row.amount.minor));
            CHECK((row.open.minor > 0) == (row.amount.minor > 0));
            const int sign = row.side == ItemSide::receivable ? 1 : -1;
            auto& sum = sums[{row.account.text, row.counterparty.text, row.open.currency}];
            sum.first += sign * row.open.minor;
            sum.second += sign * row.open_base.minor;
        }
        return without_nothing(sums);
    }

    Books books;
    test::Reading reading;
    std::vector<Posting> postings;
    std::set<std::string> refused;

private:
    static Sums without_nothing(Sums sums) {
        std::erase_if(sums, [](const auto& sum) { return sum.second == std::pair{0L, 0L}; });
        return sums;
    }
    void post(const ledger::EntryPosted& entry) {
        for (const ledger::PostedLine& line : entry.lines)
            if (const auto whose = line.dimensions.find({"counterparty"});
                whose != line.dimensions.end())
                postings.push_back({reading.position(), entry.date, line.account.text,
                                    whose->second.text, line.amount.currency,
                                    signed_minor(line.side, line.amount.minor),
                                    signed_minor(line.side, line.base.minor)});
    }
};

// Sums as a failed check shows them.
std::string told(const ReadBooks::Sums& sums) {
    std::string text;
    for (const auto& [of, sum] : sums)
        text += std::get<0>(of) + " " + std::get<1>(of) + " " +
                std::string(std::get<2>(of).text()) + " " + std::to_string(sum.first) + " / " +
                std::to_string(sum.second) + "\n";
    return text;
}

// A random fact: most are accepted, some are not.
class Facts {
public:
    Facts(ReadBooks& all, std::uint64_t seed) : all_(all), dice_(seed) {}

    void next() {
        const std::uint64_t kind = dice_.below(10);
        if (kind < 4 || items_ < 4) return open();
        if (kind < 7) return pay();
        if (kind < 8) return allocate();
        if (kind < 9) return take_back();
        reverse();
    }

private:
    Date any_day() { return day("2026-01-01") + static_cast<int>(dice_.below(150)); }
    Money amount() {
        const auto minor = static_cast<std::int64_t>(1 + dice_.below(50'000));
        return {minor, test::currency(dice_.below(3) ? "EUR" : "USD")};
    }
    const char* whose() { return dice_.below(2) ? "ALDER" : "BIRCH"; }
    std::uint64_t some() { return 1 + dice_.below(items_); }
    void open() {
        OpenItem made = invoice(++items_, "2026-01-01", amount(),
                                dice_.below(3) ? ItemSide::receivable : ItemSide::payable, whose());
        made.date = any_day();
        const Date due = *made.date + static_cast<int>(dice_.below(60));
        made.instalments[0].due = due;
        if (dice_.below(2)) made.instalments[0].discounts = {{due, {3'000'000}}};
        if (dice_.below(4) == 0) {
            made.kind = ItemKind::credit_note;
            made.lines[0].side = other(made.lines[0].side);
        }
        if (made.amount.minor > 2 && dice_.below(3) == 0) {
            made.instalments.assign(2, made.instalments[0]);
            made.instalments[0].amount.minor = made.amount.minor / 2;
            made.instalments[1].amount.minor = made.amount.minor - made.amount.minor / 2;
            made.instalments[1].due = due + 30;
        }
        if (made.amount.currency == test::currency("USD"))
            made.rate = rate(dice_.below(2) ? "0.917" : "0.883");
        all_.tries(made);
    }
    void pay() {
        RecordPayment made =
            payment(++items_, "2026-01-01", amount(),
                    dice_.below(2) ? PaymentWay::received : PaymentWay::paid, whose());
        made.date = any_day();
        if (made.amount.currency == test::currency("USD"))
            made.rate = rate(dice_.below(2) ? "0.931" : "0.87");
        made.oldest_due = dice_.below(2) == 0;
        if (!made.oldest_due && dice_.below(2)) {
            made.allocations = {of(some())};
            made.allocations[0].closes = dice_.below(3) == 0;
        }
        all_.tries(made);
    }
    void allocate() {
        AllocateItem made =
            settled::allocate(10'000 + ++allocations_, some(), "2026-01-01", {of(some())});
        made.date = any_day();
        made.oldest_due = dice_.below(2) == 0;
        if (made.oldest_due) made.items.clear();
        if (!made.oldest_due && dice_.below(4) == 0) made.items[0].clears = amount();
        all_.tries(made);
    }
    void take_back() {
        const bool of_payment = dice_.below(2);
        TakeBackAllocation made{acme,
                                of_payment ? allocation(some())
                                           : allocation(10'000 + 1 + dice_.below(allocations_ + 1)),
                                {},
                                {},
                                "Wrong"};
        if (dice_.below(2)) made.date = any_day();
        if (dice_.below(3) == 0) made.line = 1;
        all_.tries(made);
    }
    void reverse() {
        ReverseItem made{acme, item(some()), {}, dice_.below(2) == 0, "Wrong"};
        if (dice_.below(2)) made.date = any_day();
        if (dice_.below(4) == 0) {
            WriteOffItem off{acme, item(++items_), item(some()), {}, {}, any_day(), {}, "Gone"};
            all_.tries(off);
            return;
        }
        all_.tries(made);
    }

    ReadBooks& all_;
    test::Dice dice_;
    std::uint64_t items_ = 0, allocations_ = 0;
};

}  // namespace

TEST_CASE("open items are their accounts by counterparty and currency, at every corner") {
    const auto seed = static_cast<std::uint64_t>(GENERATE(range(1, 7)));
    CAPTURE(seed);
    ReadBooks all;
    all.books.rate_of("2026-01-01", "0.9");
    Facts facts(all, seed);
    for (int count = 0; count < 250; ++count) facts.next();
    REQUIRE(all.postings.size() > 100);
    test::Dice dice(seed);
    for (int count = 0; count < 40; ++count) {
        const Corner corner{day("2025-12-31") + static_cast<int>(dice.below(200)),
                            1 + dice.below(all.reading.position())};
        CAPTURE(to_text(*corner.valid_at), corner.known_at);
        CHECK(told(all.items(corner)) == told(all.accounts(corner)));
    }
    CHECK(told(all.items({})) == told(all.accounts({})));
    // And what a credit limit looks at.
    for (const char* whose : {"ALDER", "BIRCH"}) {
        std::map<Currency, std::int64_t> open;
        for (const Money& each : open_of(all.books.world(), acme, {whose}, ItemSide::receivable))
            open[each.currency] = each.minor;
        std::map<Currency, std::int64_t> exposed;
        for (const auto& row : all.reading.ask<Exposure>(Exposures{acme, {{whose}}}).rows)
            if (row.exposure.minor != 0) exposed[row.exposure.currency] = row.exposure.minor;
        CHECK(open == exposed);
    }
    // Nothing that a rule of the ledger would have to catch.
    for (const char* code : {"entry_unbalanced", "amount_not_positive", "too_few_lines"})
        CHECK_FALSE(all.refused.contains(code));
}

TEST_CASE("any order of entering the same facts leaves the same open on every day") {
    const auto seed = static_cast<std::uint64_t>(GENERATE(range(1, 5)));
    CAPTURE(seed);
    test::Dice dice(seed);
    std::vector<OpenItem> invoices;
    std::vector<RecordPayment> payments;
    std::vector<AllocateItem> allocations;
    ReadBooks one, two;
    const auto amount = [&] {
        return Money{static_cast<std::int64_t>(100 + dice.below(10'000)), test::currency("EUR")};
    };
    const auto any_day = [&] { return day("2026-01-01") + static_cast<int>(dice.below(100)); };
    for (std::uint64_t number = 1; number <= 10; ++number) {
        invoices.push_back(invoice(number, "2026-01-01", amount()));
        invoices.back().date = any_day();
        one.must(invoices.back());
        payments.push_back(payment(100 + number, "2026-01-01", amount()));
        payments.back().date = any_day();
        one.must(payments.back());
    }
    for (std::uint64_t number = 1; number <= 120; ++number) {
        AllocateItem made =
            allocate(number, 101 + dice.below(10), "2026-01-01", {of(1 + dice.below(10))});
        made.date = any_day() + 40;
        made.items[0].amount = amount();
        if (one.tries(made)) allocations.push_back(made);
    }
    REQUIRE(allocations.size() > 5);
    const auto shuffled = [&](auto& facts) {
        for (std::size_t at = facts.size(); at > 1; --at)
            std::swap(facts[at - 1], facts[dice.below(at)]);
    };
    shuffled(payments);
    shuffled(invoices);
    shuffled(allocations);
    for (const RecordPayment& each : payments) two.must(each);
    for (const OpenItem& each : invoices) two.must(each);
    for (const AllocateItem& each : allocations) two.must(each);
    for (int count = 0; count < 150; count += 3) {
        const Corner corner{day("2026-01-01") + count};
        CHECK(one.reading.ask<ListedItem>(everything(), corner).rows ==
              two.reading.ask<ListedItem>(everything(), corner).rows);
        CHECK(one.accounts(corner) == two.accounts(corner));
    }
}

TEST_CASE("a bill of 30 April paid on 30 June is open as of 31 May, whenever that is asked") {
    ReadBooks all;
    all.must(invoice(1, "2026-04-30", eur("100.00"), ItemSide::payable));
    const std::uint64_t before = all.reading.position();
    RecordPayment paid = payment(2, "2026-06-30", eur("100.00"), PaymentWay::paid);
    paid.allocations = {of(1)};
    all.must(paid);
    const auto aged = [&](const char* on, std::uint64_t known) {
        Ageing query{acme, ItemSide::payable, {}, {}};
        const auto answer = all.reading.ask<AgedBalance>(query, {day(on), known});
        return answer.rows.empty() ? std::string("nothing")
                                   : amount_text(answer.rows[0].total) + ", not due " +
                                         amount_text(answer.rows[0].not_due) + ", 1-30 " +
                                         amount_text(answer.rows[0].overdue.at("1-30"));
    };
    const std::uint64_t now = all.reading.position();
    CHECK(aged("2026-05-30", now) == "100.00, not due 100.00, 1-30 0.00");
    CHECK(aged("2026-05-31", now) == "100.00, not due 0.00, 1-30 100.00");
    CHECK(aged("2026-05-31", before) == aged("2026-05-31", now));
    CHECK(aged("2026-06-30", now) == "nothing");
    CHECK(aged("2026-06-30", before) == "100.00, not due 0.00, 1-30 0.00");
}

TEST_CASE("age groups are as they are asked for, on every page") {
    ReadBooks all;
    for (std::uint64_t number = 1; number <= 6; ++number) {
        OpenItem made = invoice(number, "2026-01-01", eur("10.00"), ItemSide::receivable,
                                number % 2 ? "ALDER" : "BIRCH");
        made.instalments[0].due = day("2026-03-01") + static_cast<int>(number) * 10;
        all.must(made);
    }
    // As of 10 April ALDER's were due on 11 and 31 March and are due on 20 April, BIRCH's were due
    // on 21 March and are due on the day itself and on 30 April.
    Ageing query{acme, ItemSide::receivable, {}, {15, 7}};
    const Corner corner{day("2026-04-10")};
    const auto answer = all.reading.ask<AgedBalance>(query, corner, 1);
    REQUIRE(answer.rows.size() == 2);
    CHECK(answer.pages == 2);
    using Groups = std::map<std::string, Money>;
    CHECK((answer.rows[0].overdue ==
           Groups{{"1-7", eur("0.00")}, {"8-15", eur("10.00")}, {"16+", eur("10.00")}}));
    CHECK((answer.rows[0].not_due == eur("10.00")));
    CHECK((answer.rows[1].overdue ==
           Groups{{"1-7", eur("0.00")}, {"8-15", eur("0.00")}, {"16+", eur("10.00")}}));
    CHECK((answer.rows[1].not_due == eur("20.00")));
    const auto* totals = answer.totals->as<AgedTotals>();
    CHECK(totals->total_base == eur("60.00"));
    CHECK(totals->not_due_base == eur("30.00"));
    CHECK(totals->overdue_base.at("16+") == eur("20.00"));
    query.counterparty = parties::CounterpartyCode{"BIRCH"};
    const auto birch = all.reading.ask<AgedBalance>(query, corner);
    REQUIRE(birch.rows.size() == 1);
    CHECK(birch.rows[0] == answer.rows[1]);
    CHECK(birch.totals->as<AgedTotals>()->total_base == eur("30.00"));
}

TEST_CASE("statement, forecast, payments and exposure") {
    ReadBooks all;
    OpenItem first = invoice(1, "2026-03-01", eur("100.00"));
    first.document = "R-1";
    first.instalments[0].discounts = {{day("2026-03-10"), {2'000'000}}};
    all.must(first);
    all.must(invoice(2, "2026-03-05", eur("50.00")));
    all.must(invoice(3, "2026-03-06", eur("30.00"), ItemSide::payable));
    RecordPayment paid = payment(4, "2026-03-10", eur("128.00"));
    paid.allocations = {of(1)};
    all.must(paid);
    CounterpartyStatement query{acme, {"ALDER"},         {}, ItemSide::receivable,
                                {},   day("2026-03-05"), {}};
    const auto statement = all.reading.ask<StatementMovement>(query, {}, 2);
    std::string told;
    for (const StatementMovement& row : statement.rows)
        told += to_text(row.date) + " " + amount_text(row.amount) + " " + amount_text(row.balance) +
                "; ";
    CHECK(told == "2026-03-05 50.00 150.00; 2026-03-10 -128.00 22.00; 2026-03-10 -2.00 20.00; ");
    CHECK(statement.totals->as<MovementTotals>()->opening.at("EUR") == eur("100.00"));
    CHECK(statement.totals->as<MovementTotals>()->closing.at("EUR") == eur("20.00"));

    const auto payments = all.reading.ask<ListedPayment>(PaymentList{acme, {}, {}});
    REQUIRE(payments.rows.size() == 1);
    CHECK(payments.rows[0].unallocated == eur("30.00"));
    const auto exposed = all.reading.ask<Exposure>(Exposures{acme, {}});
    REQUIRE(exposed.rows.size() == 1);
    CHECK(exposed.rows[0] == Exposure{{"ALDER"}, {}, eur("50.00"), eur("30.00"), eur("20.00")});

    // 50.00 are due on 4 April, 30.00 to be paid on 5 April; the advance counts as money back.
    CashForecast forecast{acme, {}, day("2026-04-04")};
    const auto days = all.reading.ask<ForecastDay>(forecast).rows;
    REQUIRE(days.size() == 2);
    CHECK(days[0].incoming == eur("20.00"));
    CHECK(days[1].outgoing == eur("30.00"));
    CHECK(days[1].cumulated == eur("-10.00"));

    all.must(ReverseItem{acme, item(4), {}, true, "Bounced"});
    CHECK(all.reading.ask<ListedPayment>(PaymentList{acme, {}, {}}).rows.empty());
    CHECK(all.reading.ask<Exposure>(Exposures{acme, {}}).rows[0].exposure == eur("150.00"));
    const auto items = all.reading.ask<ListedItem>(
        OpenItemList{acme, ItemSide::receivable, {}, {}, {}, false, {}});
    CHECK(items.rows.size() == 2);
    CHECK(items.totals->as<OpenItemTotals>()->receivable == eur("150.00"));
}

TEST_CASE("tills tell what lies in them on a day") {
    ReadBooks all;
    all.must(OpenTill{acme, {"SHOP"}, "Shop", {"1005"}, {}});
    all.must(MoveCash{acme,
                      nth<CashMoveId>(1),
                      {"SHOP"},
                      day("2026-03-01"),
                      CashWay::in,
                      eur("100.00"),
                      {},
                      {credit("1010", eur("100.00"))},
                      "Change"});
    RecordPayment paid = payment(2, "2026-03-10", eur("80.00"), PaymentWay::paid);
    paid.account.reset();
    paid.till = TillCode{"SHOP"};
    all.must(paid);
    const auto balance = [&](const char* on) {
        return all.reading.ask<ListedTill>(TillList{acme}, {day(on)}).rows.at(0).balance;
    };
    CHECK(balance("2026-02-28") == eur("0.00"));
    CHECK(balance("2026-03-09") == eur("100.00"));
    CHECK(balance("2026-03-10") == eur("20.00"));
    all.must(ReverseItem{acme, item(2), {}, false, "Never paid"});
    CHECK(balance("2026-03-10") == eur("100.00"));
}
