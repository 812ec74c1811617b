// A year of a real company's invoices, imported and exported again: hledger and ledger-cli come to
// the balances that we answer, and to the totals that were counted in the file by others.
#include "domain/core/decimal.h"
#include "tests/scenarios/plain_text.h"
#include "tests/support/ran.h"
#include "tests/support/running_server.h"
#include "tools/export.h"
#include "tools/import.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

using namespace kontor;
using test::PlainBalances;

namespace {

// By the description of the data set, in pence. The file's 9,747,747.934, of which 8,187,806.364
// from the United Kingdom, and four of its months have a third digit, which the books round away.
constexpr std::int64_t sold_in_all = 974'774'793;
constexpr std::int64_t sold_at_home = 818'780'636;
const std::map<std::string, std::int64_t> sold_by_month = {
    {"2010-12", 74'895'702},  {"2011-01", 56'000'026},  {"2011-02", 49'806'265},
    {"2011-03", 68'326'708},  {"2011-04", 49'320'712},  {"2011-05", 72'333'351},
    {"2011-06", 69'112'312},  {"2011-07", 68'130'011},  {"2011-08", 68'268'051},
    {"2011-09", 101'968'762}, {"2011-10", 107'070'467}, {"2011-11", 146'175'625},
    {"2011-12", 43'366'801}};

const test::PlainTag at_home{"country", "United Kingdom"};

std::string text_of(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return std::move(text).str();
}

// The file's total is of sales and of what was written off.
std::int64_t sold(const PlainBalances& balances) {
    std::int64_t pence = 0;
    for (const char* account : {"4000", "5700"})
        if (const auto found = balances.find(account); found != balances.end())
            pence -= found->second.at("GBP");
    return pence;
}

void add(PlainBalances& balances, const PlainBalances& more) {
    for (const auto& [account, amounts] : more)
        for (const auto& [currency, amount] : amounts) balances[account][currency] += amount;
}

// The answer of a trial balance as CSV.
PlainBalances balances_of(const HttpAnswer& answer) {
    REQUIRE(answer.status == 200);
    PlainBalances balances;
    auto lines = test::lines_of(answer.body);
    REQUIRE(lines.size() > 1);
    lines.erase(lines.begin());
    for (const std::string& line : lines) {
        std::istringstream cells(line);
        std::string account, name, debit, credit, currency;
        for (std::string* cell : {&account, &name, &debit, &currency, &credit})
            std::getline(cells, *cell, ',');
        const std::int64_t balance = *decimal_from(debit, 2) - *decimal_from(credit, 2);
        if (balance != 0) balances[account][currency] += balance;
    }
    return balances;
}

// What our own trial balances say.
struct Answered {
    PlainBalances in_all, at_home;
    std::map<std::string, PlainBalances> until;  // the end of each month
};

// Opens the books in the directory, imports the rows, and asks.
Answered imported(const std::string& directory, const std::string& csv) {
    const std::string real = KONTOR_SOURCE_DIR "/tools/real";
    test::RunningServer server(directory);
    REQUIRE(server
                .post("/commands", text_of(real + "/books.ndjson"),
                      {{"Content-Type", "application/x-ndjson"}})
                .status == 200);
    const auto import =
        test::ran(import_csv, {"--mapping", real + "/online_retail.json", "--url", server.url(),
                               "--key", server.key(), "--refused", csv + ".refused", csv});
    INFO(import.out << import.err);
    REQUIRE(import.code == 0);
    const HttpAnswer last =
        server.command("RenameCompany", R"({"company": "ONLINE", "name": "Online Retail"})");
    REQUIRE(last.status == 200);
    const std::string position =
        std::to_string(std::stoull(last.body.substr(last.body.find("\"position\":") + 11)));
    const auto ask = [&](const std::string& more) {
        return balances_of(
            server.get("/queries/trial_balance?company=ONLINE&min_position=" + position + more,
                       {{"Accept", "text/csv"}}));
    };
    Answered answered{ask(""), ask("&dimensions[country]=United%20Kingdom"), {}};
    for (const auto& [month, sales] : sold_by_month) {
        const int year = std::stoi(month.substr(0, 4)), number = std::stoi(month.substr(5));
        const Date next = *date_of(year + number / 12, number % 12 + 1, 1);
        answered.until[month] = ask("&valid_at=" + to_text(next - 1));
    }
    return answered;
}

// A file a month, each with what stands above the first transaction.
std::map<std::string, std::string> cut_by_month(const std::string& journal) {
    std::map<std::string, std::string> texts, paths;
    std::string head, month;
    for (const std::string& line : test::lines_of(text_of(journal))) {
        if (!line.empty() && line.front() == '2') month = line.substr(0, 7);
        std::string& text = month.empty() ? head : texts.try_emplace(month, head).first->second;
        text += line + '\n';
    }
    for (const auto& [of, text] : texts)
        std::ofstream(paths[of] = journal + '.' + of, std::ios::binary) << text;
    return paths;
}

void agrees(const std::string& program, const std::string& journal,
            const std::map<std::string, std::string>& months, const Answered& answered) {
    const auto all = test::balances_by(program, journal, true);
    if (!all) {
        WARN("skipped: " << program << " is not installed");
        return;
    }
    CHECK(*all == answered.in_all);
    CHECK(sold(*all) == sold_in_all);
    const auto home = test::balances_by(program, journal, true, at_home);
    CHECK(*home == answered.at_home);
    CHECK(sold(*home) == sold_at_home);
    PlainBalances until;
    for (const auto& [month, path] : months) {
        INFO(month);
        const auto moved = test::balances_by(program, path, true);
        CHECK(sold(*moved) == sold_by_month.at(month));
        add(until, *moved);
        CHECK(until == answered.until.at(month));
    }
}

}  // namespace

TEST_CASE("hledger and ledger read the year of Online Retail as we have it") {
    const std::string rows = KONTOR_SOURCE_DIR "/../shared/data/online_retail/online_retail.csv.gz";
    if (!std::filesystem::exists(rows)) {
        WARN("skipped: the real input is missing, " << rows << " is not there");
        return;
    }
    const test::ScratchDirectory scratch;
    const std::string csv = scratch.path() + "/rows.csv", data = scratch.path() + "/data";
    const std::string journal = scratch.path() + "/exported.journal";
    REQUIRE(std::system(("gzip -dc '" + rows + "' > '" + csv + "'").c_str()) == 0);
    const Answered answered = imported(data, csv);
    CHECK(sold(answered.in_all) == sold_in_all);
    const auto exported =
        test::ran(export_ledger, {"--data", data, "--company", "ONLINE", "--to", journal});
    INFO(exported.err);
    REQUIRE(exported.code == 0);
    // Of the file's 25,900 invoices 2,102 come to nothing.
    CHECK_THAT(exported.err, Catch::Contains("23798 entries of ONLINE"));
    const auto months = cut_by_month(journal);
    REQUIRE(months.size() == sold_by_month.size());
    for (const char* program : {"hledger", "ledger"}) {
        INFO(program);
        agrees(program, journal, months, answered);
    }
}
