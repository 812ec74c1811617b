// A new company can start at once: its calendar, journals, dimensions and chart come with it.
#include "domain/flows/created_company_gets_its_books.h"

#include "domain/ledger/entries.h"
#include "tests/support/given.h"

using namespace kontor;

namespace {

companies::CreateCompany create(companies::Chart chart) {
    return {{"ACME"}, "Acme Ltd", test::currency("GBP"), "Europe/London", 4, 2099, chart};
}

template <class Event>
std::size_t count(const std::vector<Message>& events) {
    return static_cast<std::size_t>(std::ranges::count_if(
        events, [](const Message& event) { return event.as<Event>() != nullptr; }));
}

}  // namespace

TEST_CASE("a created company gets its year, journals, dimensions and chart in one commit") {
    State state(test::the_catalog());
    test::Play play(test::the_catalog(), state, test::Flows::run, {});
    const test::Played played = play.run(Message::of(create(companies::Chart::standard)));
    REQUIRE_FALSE(played.refused);
    REQUIRE(played.events.front().as<companies::CompanyCreated>() != nullptr);
    const auto* year = played.events.at(1).as<ledger::FiscalYearOpened>();
    REQUIRE(year != nullptr);
    CHECK(*year == ledger::FiscalYearOpened{{"ACME"}, {"2099/00"}, test::day("2099-04-01"), 12});
    CHECK(count<ledger::JournalOpened>(played.events) == 4);
    CHECK(count<ledger::DimensionDefined>(played.events) == 2);
    CHECK(count<ledger::AccountOpened>(played.events) == 37);
    CHECK(count<ledger::LedgerPolicySet>(played.events) == 1);
    CHECK(count<ledger::AdjustmentAccountSet>(played.events) == 2);
    CHECK(count<ledger::ClosingAccountSet>(played.events) == 0);
    CHECK(count<ledger::StatementDefined>(played.events) == 4);

    // The company can post at once.
    ledger::PostEntry post;
    post.company = {"ACME"};
    post.entry = test::nth<ledger::EntryId>(1);
    post.journal = {"GEN"};
    post.date = test::day("2100-03-31");
    post.lines = {{{"1010"}, ledger::Side::debit, test::money("10.00", "GBP"), {}, {}, {}},
                  {{"3000"}, ledger::Side::credit, test::money("10.00", "GBP"), {}, {}, {}}};
    CHECK_FALSE(play.run(Message::of(post)).refused);
}

TEST_CASE("a company by order 94n knows how its year is reformed") {
    State state(test::the_catalog());
    test::Play play(test::the_catalog(), state, test::Flows::run, {});
    const test::Played played = play.run(Message::of(create(companies::Chart::ru_94n)));
    REQUIRE_FALSE(played.refused);
    CHECK(count<ledger::ClosingAccountSet>(played.events) == 8);
    CHECK(*ledger::closes_to(state.world(), {"ACME"}, {"90.1"}) == ledger::AccountCode{"90.9"});
    CHECK(*ledger::closes_to(state.world(), {"ACME"}, {"90.9"}) == ledger::AccountCode{"99"});
    CHECK(ledger::closes_to(state.world(), {"ACME"}, {"99"}) == nullptr);
}

TEST_CASE("a company without a chart gets everything but accounts") {
    State state(test::the_catalog());
    test::Play play(test::the_catalog(), state, test::Flows::run, {});
    const test::Played played = play.run(Message::of(create(companies::Chart::none)));
    REQUIRE_FALSE(played.refused);
    CHECK(count<ledger::FiscalYearOpened>(played.events) == 1);
    CHECK(count<ledger::JournalOpened>(played.events) == 4);
    CHECK(count<ledger::DimensionDefined>(played.events) == 2);
    CHECK(count<ledger::AccountOpened>(played.events) == 0);
}

TEST_CASE("a year from January is named by its number alone") {
    auto calendar_year = create(companies::Chart::none);
    calendar_year.fiscal_year_start_month = 1;
    State state(test::the_catalog());
    test::Play play(test::the_catalog(), state, test::Flows::run, {});
    const test::Played played = play.run(Message::of(calendar_year));
    const auto* year = played.events.at(1).as<ledger::FiscalYearOpened>();
    REQUIRE(year != nullptr);
    CHECK(year->year.text == "2099");
    CHECK(year->first_day == test::day("2099-01-01"));
}

TEST_CASE("a year may begin on another day of the month, or be left to who opens it") {
    auto tax_year = create(companies::Chart::none);
    tax_year.fiscal_year_start_day = 6;
    State state(test::the_catalog());
    const test::Played played =
        test::Play(test::the_catalog(), state, test::Flows::run, {}).run(Message::of(tax_year));
    const auto* year = played.events.at(1).as<ledger::FiscalYearOpened>();
    REQUIRE(year != nullptr);
    CHECK(year->year.text == "2099/00");
    CHECK(year->first_day == test::day("2099-04-06"));

    auto none = create(companies::Chart::none);
    none.first_fiscal_year = 0;
    State other(test::the_catalog());
    test::Play play(test::the_catalog(), other, test::Flows::run, {});
    CHECK(count<ledger::FiscalYearOpened>(play.run(Message::of(none)).events) == 0);
    CHECK_FALSE(play.run(Message::of(ledger::OpenFiscalYear{
                             none.company, {"short"}, test::day("2099-10-09"), 3}))
                    .refused);
}

TEST_CASE("contra accounts of the standard chart rise on the other side") {
    State state(test::the_catalog());
    test::Play play(test::the_catalog(), state, test::Flows::run, {});
    std::vector<std::string> contra;
    for (const Message& event : play.run(Message::of(create(companies::Chart::standard))).events)
        if (const auto* opened = event.as<ledger::AccountOpened>();
            opened && opened->normal_side != ledger::normal_side_of(opened->kind))
            contra.push_back(opened->account.text);
    CHECK(contra == std::vector<std::string>{"1590", "4090"});
}

TEST_CASE("the program's catalog is sound") {
    for (const std::string& fault : test::the_catalog().faults()) FAIL_CHECK(fault);
    CHECK(test::the_catalog().faults().empty());
}
