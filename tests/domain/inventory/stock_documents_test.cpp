// Stock documents: what they post, late and corrected ones too, and why one may not be.
#include "domain/inventory/stock_documents.h"

#include "tests/support/given.h"

#include <map>

using namespace kontor;
using namespace kontor::inventory;
using test::day;
using test::nth;

namespace {

const CompanyCode acme{"ACME"};

Unit pieces() { return unit_from("pcs").value(); }
Quantity pcs(std::string_view amount) { return quantity_from(amount, pieces()).value(); }
Money eur(std::string_view amount) { return test::money(amount, "EUR"); }

// Plays commands with their flows, as a company does.
class Books {
public:
    explicit Books(items::CostingMethod method = items::CostingMethod::moving_average)
        : state_(test::the_catalog()) {
        companies::CreateCompany create;
        create.company = acme;
        create.name = "Acme";
        create.base_currency = test::currency("EUR");
        create.time_zone = "UTC";
        create.first_fiscal_year = 2026;
        create.chart = companies::Chart::standard;
        must(create);
        items::DefineUnit unit;
        unit.company = acme;
        unit.unit = pieces();
        unit.name = "pieces";
        must(unit);
        items::CreateItem mug;
        mug.company = acme;
        mug.item = {"mug"};
        mug.name = "Mug";
        mug.base_unit = pieces();
        must(mug);
        items::SetCosting costing;
        costing.company = acme;
        costing.from = day("2026-01-01");
        costing.method = method;
        must(costing);
        must(OpenWarehouse{acme, {"MAIN"}, "Main"});
        must(SetStockAccounts{acme, {}, accounts(), {"GEN"}});
    }
    static StockAccounts accounts() {
        return {{"1200"}, {"2200"}, {"5000"}, {"5000"}, {"5000"}, {"5000"}};
    }
    test::Played tries(const Message& command, Context context = {}) {
        context.today = day("2026-02-01");
        test::Played played =
            test::Play(test::the_catalog(), state_, test::Flows::run, context).run(command);
        if (played.refused)
            state_.take_back();
        else
            state_.keep();
        return played;
    }
    template <class Command>
    test::Played must(const Command& command) {
        test::Played played = tries(Message::of(command));
        INFO(command_name<Command>()
             << (played.refused ? ": " + played.refused.text() : std::string()));
        REQUIRE_FALSE(played.refused);
        return played;
    }
    template <class Command>
    Objection refused(const Command& command) {
        const test::Played played = tries(Message::of(command));
        REQUIRE(played.refused);
        return played.refused;
    }
    // The balance of an account as of a day, by dates of entries.
    std::int64_t balance(std::string_view account, std::string_view through) {
        std::int64_t sum = 0;
        state_.world().of<ledger::Entries>().each_from({}, [&](const ledger::EntryKey&,
                                                               const ledger::Entry& entry) {
            if (entry.date > day(through)) return true;
            for (const ledger::PostedLine& line : entry.lines)
                if (line.account.text == account)
                    sum += line.side == ledger::Side::debit ? line.base.minor : -line.base.minor;
            return true;
        });
        return sum;
    }
    const World& world() const { return state_.world(); }

private:
    template <class Command>
    static std::string_view command_name() {
        return type_of<Command>().name;
    }
    State state_;
};

ReceiveStock receive(std::uint64_t document, std::string_view date, std::string_view quantity,
                     std::string_view cost) {
    return {acme,
            nth<StockDocumentId>(document),
            day(date),
            {},
            {{{"mug"}, pcs(quantity), {"MAIN"}, {}, eur(cost)}},
            {},
            "Receipt"};
}
IssueStock issue(std::uint64_t document, std::string_view date, std::string_view quantity) {
    return {acme,   nth<StockDocumentId>(document),           day(date),
            {},     {{{"mug"}, pcs(quantity), {"MAIN"}, {}}}, {},
            "Issue"};
}
CorrectStockLine correct_cost(std::uint64_t document, std::string_view cost) {
    return {acme, nth<StockDocumentId>(document), 1, {}, eur(cost), "Wrong bill"};
}

// 10 at 10 on 5 January, 10 at 20 on the 8th, 15 out on the 10th.
void move_in_january(Books& books) {
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(receive(2, "2026-01-08", "10", "200.00"));
    books.must(issue(3, "2026-01-10", "15"));
    CHECK(books.balance("1200", "2026-01-31") == 75'00);
    CHECK(books.balance("5000", "2026-01-31") == 225'00);
}

}  // namespace

TEST_CASE("a price that was wrong is posted on the days of what it changes") {
    Books books;
    move_in_january(books);
    books.must(correct_cost(1, "150.00"));
    CHECK(books.balance("1200", "2026-01-05") == 150'00);
    CHECK(books.balance("2200", "2026-01-05") == -150'00);
    CHECK(books.balance("1200", "2026-01-31") == 87'50);
    CHECK(books.balance("5000", "2026-01-31") == 262'50);
    CHECK(books.balance("2200", "2026-01-31") == -350'00);
}

TEST_CASE("in a closed month nothing changes: the first open day gets the difference") {
    Books books;
    move_in_january(books);
    books.must(ledger::ClosePeriod{acme, {"2026"}, 1});
    books.must(correct_cost(1, "150.00"));
    CHECK(books.balance("1200", "2026-01-31") == 75'00);
    CHECK(books.balance("1200", "2026-02-01") == 87'50);
    CHECK(books.balance("5000", "2026-02-01") == 262'50);
    CHECK(books.balance("2200", "2026-02-01") == -350'00);
}

TEST_CASE("any order of entering the same documents gives the same books") {
    Books in_order, backwards;
    in_order.must(receive(1, "2026-01-05", "10", "100.00"));
    in_order.must(receive(2, "2026-01-08", "10", "200.00"));
    in_order.must(issue(3, "2026-01-10", "5"));
    backwards.must(receive(2, "2026-01-08", "10", "200.00"));
    backwards.must(issue(3, "2026-01-10", "5"));
    backwards.must(receive(1, "2026-01-05", "10", "100.00"));
    for (const char* date : {"2026-01-05", "2026-01-08", "2026-01-10"})
        for (const char* account : {"1200", "5000", "2200"}) {
            CAPTURE(date, account);
            CHECK(in_order.balance(account, date) == backwards.balance(account, date));
        }
    CHECK(in_order.balance("1200", "2026-01-31") == 225'00);
}

TEST_CASE("what is reversed leaves nothing") {
    Books books;
    move_in_january(books);
    books.must(ReverseStockDocument{acme, nth<StockDocumentId>(3), "Never went"});
    CHECK(books.balance("1200", "2026-12-31") == 300'00);
    CHECK(books.balance("5000", "2026-12-31") == 0);
    books.must(ReverseStockDocument{acme, nth<StockDocumentId>(1), "Never came"});
    books.must(ReverseStockDocument{acme, nth<StockDocumentId>(2), "Never came"});
    CHECK(books.balance("1200", "2026-12-31") == 0);
    CHECK(books.balance("2200", "2026-12-31") == 0);
    books.must(receive(4, "2026-01-03", "1", "7.00"));
    CHECK(books.balance("1200", "2026-12-31") == 7'00);
}

TEST_CASE("an issue that leaves a later day with less than nothing is refused") {
    Books books;
    books.must(receive(1, "2026-03-01", "10", "100.00"));
    books.must(issue(2, "2026-03-10", "8"));
    const Objection short_of = books.refused(issue(3, "2026-03-05", "5"));
    CHECK(short_of.reason == &stock_insufficient);
    CHECK(short_of.about == "item mug, warehouse MAIN, -3 pcs, 2026-03-10");
    books.must(issue(3, "2026-03-05", "2"));
    CHECK(books.refused(issue(4, "2026-02-28", "1")).about ==
          "item mug, warehouse MAIN, -1 pcs, 2026-02-28");
    // A receipt can no longer be less than what went out.
    CorrectStockLine less{acme, nth<StockDocumentId>(1), 1, pcs("9"), {}, "Miscounted"};
    CHECK(books.refused(less).reason == &stock_insufficient);
}

TEST_CASE("FIFO and standard through documents") {
    Books fifo(items::CostingMethod::fifo);
    fifo.must(receive(1, "2026-01-05", "10", "100.00"));
    fifo.must(receive(2, "2026-01-08", "10", "150.00"));
    fifo.must(issue(3, "2026-01-10", "15"));
    CHECK(fifo.balance("1200", "2026-01-31") == 75'00);
    CorrectStockLine more{acme, nth<StockDocumentId>(1), 1, pcs("20"), eur("200.00"), "Recount"};
    fifo.must(more);
    CHECK(fifo.balance("1200", "2026-01-31") == 200'00);
    CHECK(fifo.balance("5000", "2026-01-31") == 150'00);
}
