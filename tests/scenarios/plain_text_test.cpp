// What people write in texts, numbers and codes is no syntax of the programs that read our export.
#include "tests/scenarios/plain_text.h"

#include "tests/support/running_server.h"
#include "tools/hledger_journal.h"
#include "tools/journal_commands.h"
#include "tools/journal_text.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>
#include <memory>
#include <set>
#include <sstream>

namespace kontor::test {
namespace {

using Json = nlohmann::json;

// Each of them once was a date, a tag, a comment, a code or a mark to one of the programs.
const std::vector<std::string> hostile{
    "Parts, due date: 5 May",
    "Parts [2025-05-05]",
    "[=2025-05-06] Parts",
    "[2025-05-07=2025-05-08]",
    "tag: value, date:2025-05-05",
    "[2025-99-99] ref",
    "date:2025-05-09",
    "date2: 2025-05-10",
    "date:",
    "value:: (1",
    "Payee: Somebody",
    "Value: 5",
    ":tag:other:",
    "key:: 5 +",
    "paid ; and a comment",
    ";",
    "  spaces  around  ",
    "*",
    "! pending",
    "* (code) cleared",
    "(code) text",
    ") text (",
    "payee | note",
    "= EUR 5",
    "@@ EUR 5",
    "{EUR 5} [2025-05-05] (lot)",
    "  1000  EUR 5",
    "two\nlines\r\n2025-05-11 with a transaction\n    1000  EUR 5",
    "\ttabs\t",
    "100% of 20%25 and %3A",
    "%",
    "%2",
    "\"quoted\" 'text' \\n",
    "~ monthly",
    "Сумма: всё [2025-05-05], date: вчера",
    "北京 \u3000 日付:2025-05-05",
    "\u00A0date:\u00A0x\u2003y",
    "end comment",
    "#"};

class Company {
public:
    Company() : server_(std::make_unique<RunningServer>(scratch_.path())) {
        command("CreateCompany", {{"company", "ACME"},
                                  {"name", "Acme; date:2025-01-01\n[2025-05-05]"},
                                  {"base_currency", "EUR"},
                                  {"time_zone", "UTC"},
                                  {"first_fiscal_year", 0},
                                  {"chart", "none"}});
        command("OpenFiscalYear",
                {{"year", "2025"}, {"first_day", "2025-01-01"}, {"adjustment_periods", 1}});
    }
    void command(const std::string& name, Json data) {
        data["company"] = "ACME";
        const HttpAnswer answer = server_->command(name, data.dump());
        INFO(name << ' ' << answer.body);
        REQUIRE(answer.status == 200);
    }
    void open(const std::string& account, const std::string& name, const std::string& kind) {
        command("OpenAccount", {{"account", account}, {"name", name}, {"kind", kind}});
    }
    // 1000 to 4000, in a currency at an amount in base currency.
    Json lines(const std::string& amount, const std::string& currency, const std::string& base) {
        const auto line = [&](const char* account, const char* side) {
            return Json{{"account", account},
                        {"side", side},
                        {"amount", {{"amount", amount}, {"currency", currency}}},
                        {"base", {{"amount", base}, {"currency", "EUR"}}}};
        };
        return {line("1000", "debit"), line("4000", "credit")};
    }
    void post(const std::string& text, Json lines, Json more = Json::object()) {
        more["entry"] = "01980000-0000-7000-8000-" + std::to_string(100'000'000'000 + ++entries_);
        more["journal"] = "GEN";
        more.emplace("date", "2025-03-01");
        more["text"] = text;
        more["lines"] = std::move(lines);
        command("PostEntry", std::move(more));
    }
    // The path of its journal.
    std::string exported() {
        server_.reset();
        const auto log =
            rocks_event_log({.directory = scratch_.path(), .access = LogAccess::read_only});
        const std::string path = scratch_.path() + "/exported.journal";
        std::ofstream out(path, std::ios::binary);
        write_journal(*log, {{"ACME"}, {}, {}, log->tail().position}, out);
        return path;
    }

private:
    ScratchDirectory scratch_;
    std::unique_ptr<RunningServer> server_;
    std::int64_t entries_ = 0;
};

std::string text_of(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return std::move(text).str();
}

std::set<std::string> words_of(const std::string& lines) {
    std::istringstream in(lines);
    std::set<std::string> words;
    for (std::string line; std::getline(in, line);)
        if (!line.empty()) words.insert(line);
    return words;
}

bool installed(const std::string& program) {
    if (std::system(("command -v " + program + " >/dev/null").c_str()) == 0) return true;
    WARN("skipped: " << program << " is not installed");
    return false;
}

// A code has no control characters and no space at its ends.
std::optional<std::string> as_code(std::string text) {
    if (text.size() > 60 || !fault_of_code(text).empty()) return std::nullopt;
    return text;
}

TEST_CASE("no text, number or code of an entry is syntax to hledger or ledger-cli") {
    Company company;
    company.open("1000", "Bank: type:L, [2025-05-05]; date:", "asset");
    company.open("4000", "Sales", "income");
    company.open("(a:b)  [x]; \u3000\u3000y", "Odd", "expense");
    const std::vector<std::string> dimensions{"date",   "date2",    "Payee",       "value",
                                              "entry",  "kind",     "a b: c, d:e", "[2025-05-05]",
                                              "страна", "x\u00A0y", "%64ate"};
    for (const std::string& dimension : dimensions)
        company.command("DefineDimension",
                        {{"dimension", dimension}, {"name", "Any"}, {"values", "any"}});
    for (std::size_t at = 0; at < hostile.size(); ++at) {
        Json lines = company.lines("5.00", "EUR", "5.00");
        for (Json& line : lines) line["text"] = hostile[at];
        if (const auto value = as_code(hostile[at]))
            for (const std::string& dimension : dimensions)
                lines[0]["dimensions"][dimension] = *value;
        if (at % 2 == 1) lines[0]["account"] = "(a:b)  [x]; \u3000\u3000y";
        Json more = Json::object();
        if (hostile[at].size() <= 60) more["document"] = hostile[at];
        company.post(hostile[at], lines, more);
    }
    const std::string path = company.exported();
    CAPTURE(path);
    const std::set<std::string> plain{"a%20b%3A%20c%2C%20d%3Ae", "%5B2025-05-05%5D", "страна",
                                      "x%C2%A0y", "%2564ate"};
    std::set<std::string> tags = plain;
    for (const char* tag : {"%64ate", "%64ate2", "%50ayee", "%76alue", "%65ntry", "%6Bind"})
        tags.insert(tag);
    if (installed("hledger")) {
        const std::string hledger = "hledger -f " + path;
        CHECK(output_of(hledger + " check").empty());
        CHECK(output_of(hledger + " reg not:date:2025-03-01").empty());
        CHECK(output_of(hledger + " reg --date2 not:date2:2025-03-01").empty());
        CHECK(words_of(output_of(hledger + " accounts")) ==
              std::set<std::string>{"%28a%3Ab%29%20%20%5Bx%5D%3B%20%E3%80%80%E3%80%80y", "1000",
                                    "4000"});
        CHECK(words_of(output_of(hledger + " accounts type:A")) == std::set<std::string>{"1000"});
        std::set<std::string> known = tags;
        known.insert({"entry", "document", "type"});
        CHECK(words_of(output_of(hledger + " tags")) == known);
    }
    if (installed("ledger")) {
        const std::string ledger = "ledger --no-color --args-only -f " + path;
        CHECK(words_of(output_of(ledger + " reg --format '%(format_date(date, \"%F\"))\\n'")) ==
              std::set<std::string>{"2025-03-01"});
        CHECK(words_of(output_of(ledger + " tags")) == tags);
        // Told to be strict it warns, and told to be pedantic it stops, at what is not declared.
        for (const char* strictly : {" --strict", " --pedantic"})
            CHECK(words_of(output_of(ledger + strictly + " bal --flat --no-total 4000")) ==
                  words_of(output_of(ledger + " bal --flat --no-total 4000")));
        CHECK(words_of(output_of(ledger + " accounts")) ==
              std::set<std::string>{"%28a%3Ab%29%20%20%5Bx%5D%3B%20%E3%80%80%E3%80%80y", "1000",
                                    "4000"});
    }
    // Read back, all of it is what it was.
    hledger::Journal journal;
    for (const auto& fault : hledger::read_journal(text_of(path), journal))
        FAIL_CHECK(fault.line << ": " << fault.problem);
    REQUIRE(journal.accounts.size() == 3);
    CHECK(journal.accounts[0].said == "Bank: type:L, [2025-05-05]; date:");
    REQUIRE(journal.transactions.size() == hostile.size());
    hledger::CompanyBooks books;
    books.company = {"ACME"};
    books.base_currency = *currency_from("EUR");
    hledger::JournalWishes wishes{{"GEN"}, {}, {}, {}, true};
    wishes.dimensions.insert(dimensions.begin(), dimensions.end());
    const auto commands = hledger::commands_of(journal, books, wishes);
    for (const auto& fault : commands.faults) FAIL_CHECK(fault.line << ": " << fault.problem);
    REQUIRE(commands.entries.size() == hostile.size());
    CHECK(commands.accounts.size() == 3);
    for (std::size_t at = 0; at < hostile.size(); ++at) {
        const auto& post = std::get<ledger::PostEntry>(commands.entries[at].command);
        CHECK(post.text == hostile[at]);
        if (hostile[at].size() <= 60) CHECK(post.document == hostile[at]);
        CHECK(post.lines[0].text == hostile[at]);
        CHECK(post.lines[0].account.text == (at % 2 == 1 ? "(a:b)  [x]; \u3000\u3000y" : "1000"));
        const auto value = as_code(hostile[at]);
        REQUIRE(post.lines[0].dimensions.size() == (value ? dimensions.size() : 0));
        for (const auto& [dimension, said] : post.lines[0].dimensions) CHECK(said.text == *value);
    }
}

TEST_CASE("cents show where the base currency stands in costs alone, and accounts are declared") {
    Company company;
    company.open("1000", "Bank", "asset");
    company.open("4000", "Sales", "income");
    company.post("Dollars", company.lines("1470.00", "USD", "1339.67"));
    company.post("Yen", company.lines("150", "JPY", "1.01"));
    company.post("Dinars", company.lines("1.255", "KWD", "4.10"));
    const std::string path = company.exported();
    INFO(text_of(path));
    if (installed("hledger")) {
        CHECK(output_of("hledger -f " + path + " check --strict").empty());
        CHECK(output_of("hledger -f " + path + " bal -B -N 1000") ==
              "         EUR 1344.78  1000\n");
    }
    if (installed("ledger")) {
        CHECK(output_of("ledger --strict -f " + path + " bal -B --no-total 1000") ==
              "         EUR 1344.78  1000\n");
        CHECK(output_of("ledger --strict -f " + path + " bal --flat --no-total 4000") ==
              "            JPY -150\n          KWD -1.255\n        USD -1470.00  4000\n");
    }
    hledger::Journal journal;
    CHECK(hledger::read_journal(text_of(path), journal).empty());
    CHECK(to_text(journal.transactions.at(2).postings.at(0).amount->number) == "1.255");
}

TEST_CASE("what closes a year and what adjusts it is a tag for the queries of both programs") {
    Company company;
    company.open("1000", "Bank", "asset");
    company.open("3000", "Retained earnings", "equity");
    company.open("4000", "Sales", "income");
    company.post("Sale", company.lines("100.00", "EUR", "100.00"), {{"date", "2025-12-31"}});
    company.post("Found by the auditor", company.lines("5.00", "EUR", "5.00"),
                 {{"date", "2025-12-31"}, {"period", 13}});
    company.command("SetLedgerPolicy", {{"retained_earnings", "3000"}});
    company.command("CloseFiscalYear", {{"fiscal_year", "2025"},
                                        {"entry", "01980000-0000-7000-8000-000000000099"},
                                        {"journal", "GEN"}});
    const std::string path = company.exported();
    INFO(text_of(path));
    using Balances = PlainBalances;
    const auto said = [&](const std::string& program, const std::string& query) {
        return balances_by(program, path, true, {}, query);
    };
    const Balances before_closing{{"1000", {{"EUR", 10'500}}}, {"4000", {{"EUR", -10'500}}}};
    const Balances before_adjusting{{"1000", {{"EUR", 10'000}}}, {"4000", {{"EUR", -10'000}}}};
    if (installed("hledger")) {
        CHECK(said("hledger", "not:tag:kind=closing") == before_closing);
        CHECK(said("hledger", "not:tag:kind=closing not:tag:period=P13") == before_adjusting);
    }
    if (installed("ledger")) {
        CHECK(said("ledger", "'not' '%kind=closing'") == before_closing);
        CHECK(said("ledger", "--limit 'not has_tag(\"kind\") and not has_tag(\"period\")'") ==
              before_adjusting);
    }
    // Read back, the company closes the year, and the adjustment is one.
    hledger::Journal journal;
    CHECK(hledger::read_journal(text_of(path), journal).empty());
    hledger::CompanyBooks books;
    books.company = {"ACME"};
    books.base_currency = *currency_from("EUR");
    for (const char* account : {"1000", "3000", "4000"}) books.accounts[account] = {account};
    books.accounts["3000"].kind = ledger::AccountKind::equity;
    books.fiscal_years = {{{"2025"}, *date_from("2025-01-01"), *date_from("2025-12-31")}};
    const auto commands =
        hledger::commands_of(journal, books, {{"GEN"}, {}, {}, {"kind", "period"}, false});
    CHECK(commands.faults.empty());
    REQUIRE(commands.entries.size() == 3);
    for (const std::size_t at : {0U, 1U}) {
        const auto& post = std::get<ledger::PostEntry>(commands.entries[at].command);
        CHECK(to_text(*post.date) == "2025-12-31");
        CHECK(post.period.value_or(0) == (at == 0 ? 0 : 13));
        CHECK_FALSE(post.document);
        for (const ledger::EntryLine& line : post.lines) CHECK(line.dimensions.empty());
    }
    const auto& close = std::get<ledger::CloseFiscalYear>(commands.entries[2].command);
    CHECK(close.fiscal_year.text == "2025");
    CHECK(close.retained_earnings->text == "3000");
    CHECK(close.period == 13);
}

}  // namespace
}  // namespace kontor::test
