// A journal of hledger against a real server: checked before anything is sent, all of it or
// nothing.
#include "tools/import_journal.h"

#include "tests/support/running_server.h"
#include "tests/tools/small_company.h"
#include "tools/import.h"

#include <catch2/catch.hpp>
#include <fstream>

namespace kontor {
namespace {

using test::Ran;

const std::string books = R"(account bank  ; Bank, type:A
account dollars  ; Dollar account, type:A
account sales  ; Sales, type:R

P 2026-01-05 USD 0.92 EUR

2026-01-05 (R-1) Sale
    bank         EUR 100.00
    sales

2026-01-06 Sold for dollars
    dollars      USD 1020.00
    sales       USD -1020.00

2026-01-31 Month end
    bank        EUR 0 = EUR 100.00
)";

class Company {
public:
    Company() : server_(scratch_.path() + "/data") {
        REQUIRE(server_
                    .command("CreateCompany",
                             R"({"company": "ACME", "name": "Acme", "base_currency": "EUR",
                                 "time_zone": "UTC", "first_fiscal_year": 2026, "chart": "none"})")
                    .status == 200);
    }
    Ran import(const std::string& journal, std::vector<std::string> more = {"--open-accounts"}) {
        const std::string path = scratch_.path() + "/books.journal";
        std::ofstream(path, std::ios::binary) << journal;
        std::vector<std::string> words{
            "--hledger", path,          "--company",  "ACME",
            "--url",     server_.url(), "--key-file", scratch_.path() + "/data/admin.key"};
        words.insert(words.end(), more.begin(), more.end());
        return test::ran(import_csv, words);
    }
    // "bank,Bank,100.00,EUR,0.00,EUR", one an account.
    std::vector<std::string> balances() {
        const HttpAnswer answer = server_.get(
            "/queries/trial_balance?company=ACME&min_position=" + std::to_string(position()),
            {{"Accept", "text/csv"}});
        auto lines = test::lines_of(answer.body);
        REQUIRE(!lines.empty());
        lines.erase(lines.begin());
        for (std::string& line : lines) {
            if (line.ends_with('\r')) line.pop_back();
            line.erase(line.find_last_not_of(',') + 1);  // nothing is compared
        }
        return lines;
    }
    // Commits so far, with the one that asks.
    std::uint64_t position() {
        const HttpAnswer answer =
            server_.command("RenameCompany", R"({"company": "ACME", "name": "Acme"})");
        REQUIRE(answer.status == 200);
        const auto at = answer.body.find("\"position\":");
        return std::stoull(answer.body.substr(at + 11));
    }
    test::RunningServer& server() { return server_; }

private:
    test::ScratchDirectory scratch_;
    test::RunningServer server_;
};

using Lines = std::vector<std::string>;
using Catch::Contains;

TEST_CASE("a journal is posted once, however often it is imported") {
    Company company;
    const std::uint64_t before = company.position();
    const Ran first = company.import(books);
    INFO(first.out << first.err);
    REQUIRE(first.code == 0);
    // One commit for all: three accounts, a rate, two entries.
    CHECK(company.position() == before + 2);
    CHECK_THAT(first.out, Contains("commands accepted") && Contains(" 6\n"));
    // 1,020.00 at 0.92 are 938.40.
    CHECK(company.balances() == Lines{"bank,Bank,100.00,EUR,0.00,EUR",
                                      "dollars,Dollar account,938.40,EUR,0.00,EUR",
                                      "sales,Sales,0.00,EUR,1038.40,EUR"});
    const std::uint64_t between = company.position();
    const Ran second = company.import(books);
    CHECK(second.code == 0);
    CHECK_THAT(second.out, Contains("nothing to do"));
    CHECK(company.position() == between + 1);
    // What was added to the file is posted, and nothing else.
    const Ran third = company.import("2026-01-02 Before\n    bank  EUR 1\n    sales\n\n" + books +
                                     "\n2026-02-01 Behind\n    bank  EUR 1\n    sales\n");
    INFO(third.out << third.err);
    // The assertion of 31 January no longer holds.
    CHECK(third.code == 1);
    CHECK_THAT(third.err, Contains("books.journal:20: the file asserts that bank has 100.00 EUR, "
                                   "and it has 101.00 EUR"));
    const Ran fourth = company.import(books + "\n2026-02-01 Behind\n    bank  EUR 1\n    sales\n");
    CHECK(fourth.code == 0);
    CHECK(company.balances().front() == "bank,Bank,101.00,EUR,0.00,EUR");
}

TEST_CASE("nothing is sent while anything is wrong, and --check never sends") {
    Company company;
    const std::uint64_t before = company.position();
    const Ran checked = company.import(books, {"--open-accounts", "--check"});
    CHECK(checked.code == 0);
    CHECK_THAT(checked.out, Contains("nothing was posted, as --check asks"));
    const Ran unread = company.import(books + "\ninclude more.journal\n");
    CHECK(unread.code == 1);
    CHECK_THAT(unread.err, Contains("books.journal:18: \"include\"") &&
                               Contains("1 fault, see above; nothing was sent"));
    const Ran unknown = company.import(books, {});
    CHECK(unknown.code == 1);
    CHECK_THAT(unknown.err,
               Contains("books.journal:8: the chart has no account") && Contains("2 faults"));
    const Ran nobody = company.import(books, {"--key", "kontor_nobody"});
    CHECK(nobody.code == 1);
    CHECK_THAT(nobody.err, Contains("401"));
    CHECK(company.position() == before + 1);
}

TEST_CASE("what the server refuses is told with its line, and nothing of the journal is posted") {
    Company company;
    REQUIRE(company.server()
                .command("ClosePeriod", R"({"company": "ACME", "year": "2026", "period": 2})")
                .status == 200);
    const Ran refused = company.import(books + "\n2026-02-01 Closed\n    bank  EUR 1\n    sales\n");
    INFO(refused.out << refused.err);
    CHECK(refused.code == 1);
    CHECK_THAT(refused.err, Contains("books.journal:18: period_closed") &&
                                Contains("1 of the commands were refused, see above; nothing was "
                                         "posted"));
    CHECK(company.balances().empty());
    // Mended, the same transactions are posted.
    CHECK(company.import(books).code == 0);
    CHECK(company.balances().size() == 3);
}

TEST_CASE("--check tells all that the server would refuse, by the company's own calendar") {
    Company company;
    REQUIRE(company.server()
                .command("ClosePeriod", R"({"company": "ACME", "year": "2026", "period": 2})")
                .status == 200);
    const std::uint64_t before = company.position();
    const std::string wrong = books +
                              "\n2026-02-01 Closed\n    bank  EUR 1\n    sales\n"
                              "\n2031-02-01 Far\n    bank  EUR 1\n    sales\n"
                              "\n2025-12-01 Early\n    dollars  USD 1\n    sales  USD -1\n";
    const Ran checked = company.import(wrong, {"--open-accounts", "--check"});
    INFO(checked.out << checked.err);
    CHECK(checked.code == 1);
    CHECK_THAT(checked.err, Contains("books.journal:18: period_closed") &&
                                Contains("books.journal:22: date_outside_calendar") &&
                                Contains("books.journal:26: date_outside_calendar") &&
                                Contains("3 of the commands would be refused, see above"));
    CHECK(company.position() == before + 1);
    CHECK(company.balances().empty());
    // In a long journal too, of which every part knows the accounts and rates that it needs.
    std::string journal = books;
    for (int number = 1; number <= 1'500; ++number)
        journal += "\n2026-03-01 Sale " + std::to_string(number) +
                   "\n    dollars  USD 1.00\n    sales  USD -1.00\n";
    const Ran good = company.import(journal, {"--open-accounts", "--check"});
    INFO(good.out << good.err);
    CHECK(good.code == 1);  // the rate of 5 January is over a month old
    CHECK_THAT(good.err, Contains("rate_unknown") && Contains("100 of the commands"));
    const Ran young = company.import("P 2026-02-20 USD 0.93 EUR\n" + journal +
                                         "\n2026-02-28 Closed\n    bank  EUR 1\n    sales\n",
                                     {"--open-accounts", "--check"});
    INFO(young.out << young.err);
    CHECK_THAT(young.err, Contains("period_closed") && Contains("1 of the commands"));
    CHECK(company.balances().empty());
}

TEST_CASE("a long journal goes in batches, and again posts nothing") {
    Company company;
    std::string journal = "account bank  ; Bank, type:A\naccount sales  ; Sales, type:R\n";
    for (int number = 1; number <= 1'200; ++number)
        journal +=
            "\n2026-03-01 Sale " + std::to_string(number) + "\n    bank  EUR 1.00\n    sales\n";
    const Ran first = company.import(journal, {"--open-accounts", "--batch", "500"});
    INFO(first.out << first.err);
    CHECK(first.code == 0);
    CHECK(company.balances().front() == "bank,Bank,1200.00,EUR,0.00,EUR");
    const Ran second = company.import(journal, {"--open-accounts"});
    CHECK(second.code == 0);
    CHECK_THAT(second.out, Contains("nothing to do"));
}

}  // namespace
}  // namespace kontor
