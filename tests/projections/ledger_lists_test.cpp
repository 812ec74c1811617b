// Lists of master data: chart, periods, journals, dimensions, companies, keys, roles and grants.
#include "projections/access/doors.h"
#include "projections/companies/company_list.h"
#include "projections/ledger/books.h"
#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/journal.h"
#include "tests/projections/reading.h"

#include <catch2/catch.hpp>

using namespace kontor;
using namespace kontor::ledger;
using test::day;

namespace {

const CompanyCode acme{"ACME"};
const Date opened_on = day("2026-03-01");

AccountOpened opened(const char* code, const char* parent, AccountKind kind, bool summary) {
    AccountOpened event;
    event.company = acme;
    event.account = {code};
    event.name = code;
    event.kind = kind;
    event.normal_side = normal_side_of(kind);
    if (*parent) event.parent = AccountCode{parent};
    event.summary = summary;
    return event;
}

std::vector<std::string> codes(const std::vector<ChartAccount>& rows) {
    std::vector<std::string> codes;
    for (const ChartAccount& row : rows)
        codes.push_back(std::to_string(row.level) + " " + row.account.text + " " + row.name +
                        (row.blocked ? " blocked" : ""));
    return codes;
}
using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("the chart is a tree, as it was on any day and as it was known at any moment") {
    test::Reading books;
    books.happened(opened("1", "", AccountKind::asset, true), opened_on);
    books.happened(opened("10", "1", AccountKind::asset, true), opened_on);
    books.happened(opened("1000", "10", AccountKind::asset, false), opened_on);
    books.happened(opened("4000", "", AccountKind::income, false), opened_on);
    books.happened(AccountRenamed{acme, {"1000"}, "Cash"}, day("2026-04-01"));
    books.happened(AccountBlocked{acme, {"1000"}}, day("2026-05-01"));
    books.happened(AccountUnblocked{acme, {"1000"}}, day("2026-06-01"));
    books.happened(DimensionsRequired{acme, {"4000"}, {{"country"}}}, day("2026-06-02"));
    const auto chart = [&](Corner corner, ChartOfAccounts query = {acme, {}, {}}) {
        return codes(books.ask<ChartAccount>(query, corner, 3).rows);
    };
    CHECK(chart({}) == Codes{"1 1 1", "2 10 10", "3 1000 Cash", "1 4000 4000"});
    CHECK(chart({day("2026-05-31"), 8}) ==
          Codes{"1 1 1", "2 10 10", "3 1000 Cash blocked", "1 4000 4000"});
    CHECK(chart({day("2026-03-31"), 8})[2] == "3 1000 1000");
    // Known later than it holds: entries of the year before name the account, too.
    CHECK(chart({day("2025-01-01"), 8})[2] == "3 1000 1000");
    CHECK(chart({{}, 6})[2] == "3 1000 Cash blocked");
    CHECK(chart({{}, 2}) == Codes{"1 1 1", "2 10 10"});
    CHECK(chart({}, {acme, AccountKind::income, {}}) == Codes{"1 4000 4000"});
    CHECK(chart({}, {acme, {}, AccountCode{"10"}}) == Codes{"3 1000 Cash"});
    CHECK(chart({}, {{"OTHER"}, {}, {}}).empty());
    CHECK(books.ask<ChartAccount>(ChartOfAccounts{acme, {}, {}}).rows[3].required_dimensions ==
          std::vector<DimensionCode>{{"country"}});
}

TEST_CASE("a change on a day before the newest one still counts") {
    // A clock that is set back across midnight makes the later event the earlier day.
    test::Reading books;
    books.happened(opened("1000", "", AccountKind::asset, false), opened_on);
    books.happened(AccountRenamed{acme, {"1000"}, "Cash"}, day("2026-04-02"));
    books.happened(AccountBlocked{acme, {"1000"}}, day("2026-04-01"));
    CHECK(codes(books.ask<ChartAccount>(ChartOfAccounts{acme, {}, {}}).rows) ==
          Codes{"1 1000 Cash blocked"});
}

TEST_CASE("periods are listed by year and number with their days") {
    test::Reading books;
    books.happened(FiscalYearOpened{acme, {"2025/26"}, day("2025-04-06"), 12}, opened_on);
    books.happened(FiscalYearOpened{acme, {"2026/27"}, day("2026-04-06"), 3}, opened_on);
    books.happened(PeriodClosed{acme, {"2025/26"}, 2}, opened_on);
    books.happened(PeriodReopened{acme, {"2025/26"}, 2, "late invoice"}, opened_on);
    const auto all = books.ask<FiscalPeriod>(FiscalPeriods{acme, {}}, {}, 4);
    REQUIRE(all.rows.size() == 15);
    CHECK(all.rows[0] ==
          FiscalPeriod{{"2025/26"}, 1, day("2025-04-06"), day("2025-05-05"), false, {}});
    CHECK(
        all.rows[1] ==
        FiscalPeriod{{"2025/26"}, 2, day("2025-05-06"), day("2025-06-05"), false, "late invoice"});
    CHECK(all.rows[14].last_day == day("2026-07-05"));
    CHECK(books.ask<FiscalPeriod>(FiscalPeriods{acme, {}}, {{}, 3}).rows[1].closed);
    CHECK(books.ask<FiscalPeriod>(FiscalPeriods{acme, FiscalYearCode{"2026/27"}}).rows.size() == 3);
}

TEST_CASE("periods and numbers are in the order of time, whatever the years are called") {
    test::Reading books;
    books.happened(companies::CompanyCreated{acme, "Acme", test::currency("EUR"), "UTC", 1, 2026,
                                             companies::Chart::none},
                   opened_on);
    books.happened(JournalOpened{acme, {"GEN"}, "General"}, opened_on);
    books.happened(FiscalYearOpened{acme, {"FY9"}, day("2026-01-01"), 12}, opened_on);
    FiscalYearOpened ten{acme, {"FY10"}, day("2027-01-01"), 12};
    ten.adjustment_periods = 1;
    books.happened(ten, opened_on);
    books.happened(FiscalYearOpened{acme, {"OLD"}, day("2025-01-01"), 12}, opened_on);
    const auto all = books.ask<FiscalPeriod>(FiscalPeriods{acme, {}}, {}, 5);
    REQUIRE(all.rows.size() == 37);
    CHECK(all.rows.front().fiscal_year.text == "OLD");
    CHECK(all.rows[12].fiscal_year.text == "FY9");
    CHECK(all.rows[24].fiscal_year.text == "FY10");
    CHECK(all.rows.back().adjustment);
    CHECK(all.rows.back().first_day == day("2027-12-31"));

    std::uint64_t id = 0;
    const auto post = [&](const char* year, const char* date, std::int64_t number) {
        const Money amount = test::money("1.00", "EUR");
        books.happened(EntryPosted{acme,
                                   test::nth<EntryId>(++id),
                                   {"GEN"},
                                   {year},
                                   number,
                                   day(date),
                                   {},
                                   {},
                                   {{{"1"}, Side::debit, amount, amount, {}, {}},
                                    {{"2"}, Side::credit, amount, amount, {}, {}}},
                                   {},
                                   {}},
                       day(date));
    };
    post("FY9", "2026-05-01", 1);
    post("FY10", "2027-05-01", 1);
    post("OLD", "2025-05-01", 1);
    post("FY9", "2026-04-01", 2);
    for (const std::size_t limit : {1u, 2u, 3u, 10u}) {
        std::string order;
        const JournalListing query{acme, {"GEN"}, JournalOrder::number, {}};
        for (const JournalEntry& row : books.ask<JournalEntry>(query, {}, limit).rows)
            order += row.fiscal_year.text + "/" + std::to_string(row.number) + " ";
        CHECK(order == "OLD/1 FY9/1 FY9/2 FY10/1 ");
    }
}

TEST_CASE("journals, dimensions and values are listed by code") {
    test::Reading books;
    books.happened(JournalOpened{acme, {"SAL"}, "Sales"}, opened_on);
    books.happened(JournalOpened{acme, {"GEN"}, "General"}, opened_on);
    books.happened(DimensionDefined{acme, {"project"}, "Project", ValueRule::listed}, opened_on);
    books.happened(DimensionDefined{acme, {"country"}, "Country", ValueRule::any}, opened_on);
    books.happened(DimensionValuesAdded{acme, {"project"}, {{{"P2"}, "Two"}, {{"P1"}, "One"}}},
                   opened_on);
    books.happened(DimensionValueBlocked{acme, {"project"}, {"P1"}}, day("2026-04-01"));
    CHECK(books.ask<ListedJournal>(JournalList{acme}).rows ==
          std::vector<ListedJournal>{{{"GEN"}, "General"}, {{"SAL"}, "Sales"}});
    CHECK(books.ask<ListedDimension>(DimensionList{acme}).rows ==
          std::vector<ListedDimension>{{{"country"}, "Country", ValueRule::any},
                                       {{"project"}, "Project", ValueRule::listed}});
    const ValueList projects{acme, DimensionCode{"project"}};
    CHECK(books.ask<ListedValue>(projects, {}, 1).rows ==
          std::vector<ListedValue>{{{"project"}, {"P1"}, "One", true},
                                   {{"project"}, {"P2"}, "Two", false}});
    CHECK_FALSE(books.ask<ListedValue>(projects, {day("2026-03-31"), 6}).rows[0].blocked);
    books.happened(DimensionValueUnblocked{acme, {"project"}, {"P1"}}, day("2026-04-02"));
    CHECK_FALSE(books.ask<ListedValue>(projects).rows[0].blocked);
    CHECK(books.ask<ListedValue>(ValueList{acme, DimensionCode{"country"}}).rows.empty());
}

TEST_CASE("companies are listed by code under the name of the day") {
    test::Reading books;
    books.happened(
        companies::CompanyCreated{
            {"B"}, "Bee", test::currency("EUR"), "UTC", 1, 2026, companies::Chart::none},
        opened_on);
    books.happened(
        companies::CompanyCreated{
            {"A"}, "Ant", test::currency("USD"), "UTC", 7, 2026, companies::Chart::none},
        opened_on);
    books.happened(companies::CompanyRenamed{{"B"}, "Bumblebee"}, day("2026-04-01"));
    using companies::ListedCompany;
    const companies::CompanyList all;
    CHECK(books.ask<ListedCompany>(all, {}, 1).rows ==
          std::vector<ListedCompany>{{{"A"}, "Ant", test::currency("USD"), "UTC", 7},
                                     {{"B"}, "Bumblebee", test::currency("EUR"), "UTC", 1}});
    CHECK(books.ask<ListedCompany>(all, {day("2026-03-31"), 3}).rows[1].name == "Bee");
    CHECK(books.ask<ListedCompany>(all, {{}, 1}).rows.size() == 1);
}

TEST_CASE("keys, roles and grants are listed as they are and were known") {
    using namespace kontor::access;
    test::Reading books;
    books.happened(RoleDefined{{"clerk"}, {"ledger"}}, opened_on);
    books.happened(RoleGranted{{"ann"}, {"clerk"}, acme}, opened_on);
    books.happened(RoleGranted{{"ann"}, {"clerk"}, {}}, opened_on);
    books.happened(KeyCreated{{"laptop"}, {"ann"}, {std::string(32, 'a')}}, opened_on);
    books.happened(KeyRevoked{{"laptop"}}, opened_on);
    books.happened(RoleWithdrawn{{"ann"}, {"clerk"}, acme}, opened_on);
    books.happened(RoleDefined{{"clerk"}, {"companies"}}, opened_on);
    CHECK(
        books.ask<ListedKey>(KeyList{}).rows ==
        std::vector<ListedKey>{{{"laptop"}, {"ann"}, Timestamp{4'000'000}, Timestamp{5'000'000}}});
    CHECK(books.ask<ListedKey>(KeyList{}, {{}, 4}).rows[0].revoked_at == std::nullopt);
    CHECK(books.ask<ListedKey>(KeyList{ActorCode{"bob"}}).rows.empty());
    CHECK(books.ask<ListedRole>(RoleList{}).rows ==
          std::vector<ListedRole>{{{"clerk"}, {"companies"}}});
    CHECK(books.ask<ListedRole>(RoleList{}, {{}, 1}).rows[0].permissions ==
          std::vector<std::string>{"ledger"});
    CHECK(books.ask<ListedGrant>(GrantList{}).rows ==
          std::vector<ListedGrant>{{{"ann"}, {"clerk"}, {}}});
    CHECK(books.ask<ListedGrant>(GrantList{ActorCode{"ann"}}, {{}, 5}).rows.size() == 2);
    CHECK(books.ask<ListedGrant>(GrantList{ActorCode{"an"}}).rows.empty());
}
