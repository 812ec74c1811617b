// Statements on paper: what poppler reads from the PDF is what the books say, in any script, and
// the same octets each time.
#include "api/pdf_document.h"
#include "api/report_layout.h"
#include "api/state_digests.h"
#include "tests/support/running_server.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace kontor {
namespace {

using nlohmann::json;
using test::RunningServer;
using test::ScratchDirectory;

// The words of each line, by poppler, which Kontor shares nothing with.
std::vector<std::string> lines_of_pdf(const std::string& pdf) {
    const ScratchDirectory place;
    const std::string file = place.path() + "/report.pdf", text = place.path() + "/report.txt";
    std::ofstream(file, std::ios::binary) << pdf;
    REQUIRE(std::system(("pdftotext -layout '" + file + "' '" + text + "' 2> /dev/null").c_str()) ==
            0);
    std::vector<std::string> lines;
    std::ifstream in(text);
    for (std::string line; std::getline(in, line);) {
        std::string words, word;
        for (std::istringstream split(line); split >> word;)
            words += (words.empty() ? "" : " ") + word;
        if (!words.empty()) lines.push_back(words);
    }
    return lines;
}

bool has(const std::vector<std::string>& lines, const std::string& line) {
    return std::find(lines.begin(), lines.end(), line) != lines.end();
}

// Of a footer: the number of the page stands at the end of its first line.
bool has_end(const std::vector<std::string>& lines, const std::string& end) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const std::string& line) { return line.ends_with(end); });
}

std::string entry_id(int n) {
    char text[37];
    std::snprintf(text, sizeof text, "01900000-0000-7000-8000-%012d", n);
    return text;
}

const std::vector<Header> as_pdf = {{"Accept", "application/pdf"}};

class Books {
public:
    explicit Books(const std::string& chart, const std::string& name, ServerOptions options = {})
        : server(directory_.path(), std::move(options)) {
        tell("CreateCompany", json{{"company", "ACME"},
                                   {"name", name},
                                   {"base_currency", chart == "ifrs" ? "EUR" : "RUB"},
                                   {"time_zone", "UTC"},
                                   {"first_fiscal_year", 2026},
                                   {"chart_language", chart == "ifrs" ? "english" : "russian"},
                                   {"chart", chart}}
                                  .dump());
    }
    void tell(const std::string& command, const std::string& body) {
        const HttpAnswer answer = server.command(command, body);
        INFO(answer.body);
        REQUIRE(answer.status == 200);
        position = json::parse(answer.body)["position"];
    }
    void post(const std::string& date, const std::string& debit, const std::string& credit,
              const std::string& amount, const std::string& currency) {
        const json money{{"amount", amount}, {"currency", currency}};
        tell("PostEntry", json{{"company", "ACME"},
                               {"entry", entry_id(++entries_)},
                               {"journal", "GEN"},
                               {"date", date},
                               {"text", "Entry"},
                               {"lines",
                                {{{"account", debit}, {"side", "debit"}, {"amount", money}},
                                 {{"account", credit}, {"side", "credit"}, {"amount", money}}}}}
                              .dump());
    }
    HttpAnswer printed(const std::string& question, const std::string& language = {}) {
        std::vector<Header> headers = as_pdf;
        if (!language.empty()) headers.push_back({"Accept-Language", language});
        return server.get(
            "/queries/" + question + "&company=ACME&min_position=" + std::to_string(position),
            std::move(headers));
    }
    std::vector<std::string> lines(const std::string& question, const std::string& language = {}) {
        const HttpAnswer answer = printed(question, language);
        INFO(answer.body.substr(0, 300));
        REQUIRE(answer.status == 200);
        CHECK(*answer.header("Content-Type") == "application/pdf");
        return lines_of_pdf(answer.body);
    }

private:
    ScratchDirectory directory_;
    int entries_ = 0;

public:
    RunningServer server;
    int position = 0;
};

}  // namespace

TEST_CASE("figures are printed with thousands, dates in words") {
    CHECK(ReportWords().figure("0.00") == "0.00");
    CHECK(ReportWords().figure("999.00") == "999.00");
    CHECK(ReportWords().figure("-1000") == "-1,000");
    CHECK(ReportWords().figure("1234567.89") == "1,234,567.89");
    CHECK(ReportWords().figure("-123456.7") == "-123,456.7");
    CHECK(ReportWords().date(*date_from("2026-12-31")) == "31 December 2026");
    CHECK(ReportWords().date(*date_from("2027-02-01")) == "1 February 2027");
}

TEST_CASE("an income statement and a balance sheet are printed as their company laid them out") {
    Books books("ifrs", "Nordwind Handelsgesellschaft mbH");
    books.post("2026-01-02", "1290", "3000", "1250000.00", "EUR");
    books.post("2026-05-01", "1210", "4100", "45000.00", "EUR");
    books.post("2026-06-01", "5300", "1290", "9000.50", "EUR");
    books.tell("OpenFiscalYear",
               R"({"company": "ACME", "year": "2027", "first_day": "2027-01-01"})");
    books.post("2027-02-01", "1210", "4100", "1000.00", "EUR");

    const auto income = books.lines(
        "financial_statement?statement=income_statement&valid_at=2026-12-31&from=2026-01-01");
    CHECK(income[0] == "Nordwind Handelsgesellschaft mbH");
    CHECK(has(income, "For the period from 1 January 2026 to 31 December 2026"));
    CHECK(has(income, "Revenue 45,000.00"));
    CHECK(has(income, "General and administrative expenses -9,000.50"));
    CHECK(has(income, "Operating profit or loss 35,999.50"));
    CHECK(has(income, "Cost of sales –"));

    const auto sheet = books.lines(
        "financial_statement?statement=balance_sheet&valid_at=2027-12-31&compare_to=2026-12-31");
    CHECK(has(sheet, "As at 31 December 2027"));
    CHECK(has(sheet, "in EUR 2027-12-31 2026-12-31"));
    // Bank 1,250,000.00 - 9,000.50; receivables 45,000.00, then 46,000.00.
    CHECK(has(sheet, "Cash and cash equivalents 1,240,999.50 1,240,999.50"));
    CHECK(has(sheet, "Total assets 1,286,999.50 1,285,999.50"));
}

TEST_CASE("what is compared, translated or combined is printed and is a table") {
    Books books("ifrs", "Acme");
    books.post("2026-01-02", "1290", "3000", "1000.00", "EUR");
    books.post("2026-02-01", "1290", "4100", "100.00", "EUR");
    const auto rate = [&](const char* type, const char* date, const char* value) {
        books.tell("SetRate", json{{"company", "ACME"},
                                   {"type", type},
                                   {"from", "EUR"},
                                   {"to", "USD"},
                                   {"date", date},
                                   {"rate", value}}
                                  .dump());
    };
    rate("spot", "2026-01-02", "1.10");
    rate("average", "2026-01-01", "1.12");
    rate("average", "2026-02-01", "1.15");
    rate("closing", "2026-02-28", "1.20");
    const auto balances = books.lines("trial_balance?valid_at=2026-02-28&compare_to=2026-01-31");
    CHECK(has(balances, "1290 Cash at bank 1,100.00 – 1,000.00 –"));
    CHECK(has(balances, "4100 Revenue – 100.00 – –"));
    CHECK(has(balances, "Account Name Debit Credit Debit 2026-01-31 Credit 2026-01-31"));
    const auto equity = books.lines("changes_in_equity?valid_at=2026-02-28&currency=USD");
    // Opening, profit, four kinds of moves, transfers, translation and closing.
    CHECK(has(equity, "Issued capital – – – 1,100.00 – – – – 1,100.00"));
    CHECK(has(equity, "Translation reserve – – – – – – – 105.00 105.00"));
    CHECK(has(equity, "Total equity – 115.00 – 1,100.00 – – – 105.00 1,320.00"));
    const auto csv = [&](const std::string& question) {
        return books.server
            .get("/queries/" + question + "&min_position=" + std::to_string(books.position),
                 {{"Accept", "text/csv"}})
            .body;
    };
    CHECK(csv("combined_trial_balance?valid_at=2026-02-28&currency=USD") ==
          "account,name,debit,debit_currency,credit,credit_currency,by_company[ACME],"
          "by_company[ACME]_currency\r\n"
          "1290,Cash at bank,1320.00,USD,0.00,USD,1320.00,USD\r\n"
          "3000,Issued capital,0.00,USD,1100.00,USD,-1100.00,USD\r\n"
          "4100,Revenue,0.00,USD,115.00,USD,-115.00,USD\r\n");
    CHECK(csv("combined_trial_balance_by_period?fiscal_year=2026&through_period=2&currency=EUR")
              .find("4100,Revenue,0.00,EUR,0.00,EUR,-100.00,EUR,-100.00,EUR,-100.00,EUR\r\n") !=
          std::string::npos);
}

TEST_CASE("a sheet in Russian has no English on it") {
    Books books("ifrs", "Акме");
    books.post("2026-01-02", "1290", "3000", "1000.00", "EUR");
    const auto is_english = [](const std::string& line) {
        // The last lines of the footer name a command and have digests.
        return !line.starts_with("Проверка: ") && !line.starts_with("Дайджест ") &&
               !line.starts_with("Хеш ") && line.find(" (ACME) ") == line.npos &&
               std::ranges::search_n(line, 4, true, {}, [](char letter) {
                   return letter >= 'a' && letter <= 'z';
               }).begin() != line.end();
    };
    for (const char* question :
         {"trial_balance?valid_at=2026-02-28&compare_to=2026-01-31",
          "financial_statement?statement=balance_sheet&valid_at=2026-02-28",
          "financial_statement?statement=income_statement&valid_at=2026-02-28&from=2026-01-01",
          "financial_statement?statement=cash_flow&valid_at=2026-02-28&from=2026-01-01",
          "changes_in_equity?valid_at=2026-02-28"}) {
        INFO(question);
        for (const std::string& line : books.lines(question, "ru")) {
            INFO(line);
            CHECK_FALSE(is_english(line));
        }
    }
    const std::string combined = "combined_trial_balance?valid_at=2026-02-28&currency=EUR";
    const HttpAnswer sheet = books.server.get(
        "/queries/" + combined, {{"Accept", "application/pdf"}, {"Accept-Language", "ru"}});
    REQUIRE(sheet.status == 200);
    const auto lines = lines_of_pdf(sheet.body);
    for (const std::string& line : lines) UNSCOPED_INFO(line);
    CHECK(lines[0] == "Сводный пробный баланс");
    CHECK(has(lines, "Основа: сложено, без элиминации"));
    CHECK(std::ranges::any_of(lines, [](const std::string& line) {
        return line.starts_with("по состоянию на 2026-02-28 · известно на ");
    }));
}

TEST_CASE("what was known before the first commit is printed too") {
    Books books("ifrs", "Acme");
    const HttpAnswer sheet = books.server.get("/queries/companies?known_at=0", as_pdf);
    INFO(sheet.body.substr(0, 300));
    REQUIRE(sheet.status == 200);
    const auto lines = lines_of_pdf(sheet.body);
    for (const std::string& line : lines) UNSCOPED_INFO(line);
    CHECK(std::ranges::any_of(lines, [](const std::string& line) {
        return line.find("known before the first commit, log position 0") != line.npos;
    }));
}

TEST_CASE("the footer says as of when, by which position, and what proves it") {
    Books books("ifrs", "Acme");
    books.post("2026-05-01", "1210", "4100", "45000.00", "EUR");
    const std::string then = std::to_string(books.position);
    const std::string question = "trial_balance?valid_at=2026-12-31&known_at=" + then;
    const HttpAnswer first = books.printed(question);
    books.post("2026-05-01", "1210", "4100", "1.00", "EUR");
    // What came later is not in it, nor in its octets.
    CHECK(books.printed(question).body == first.body);
    const auto lines = lines_of_pdf(first.body);
    CHECK(has(lines, "1210 Trade receivables 45,000.00 –"));
    CHECK(has(lines, "Total 45,000.00 45,000.00"));
    std::string digest, hash, when;
    for (const std::string& line : lines) {
        if (line.starts_with("State digest at position " + then + ": ")) digest = line;
        if (line.starts_with("Hash of commit " + then)) hash = line;
        if (line.starts_with("Acme (ACME) · valid at 2026-12-31 · known at ")) when = line;
    }
    CHECK(when.find(", log position " + then + " 1") != when.npos);
    CHECK(hash.substr(hash.rfind(' ') + 1).size() == 64);
    const std::string of = digest.substr(digest.rfind(' ') + 1);
    CHECK(of.size() == 64);
    CHECK(of.find_first_not_of("0123456789abcdef") == of.npos);
    // Another position, another digest.
    CHECK(books.printed("trial_balance?valid_at=2026-12-31").body != first.body);
}

TEST_CASE("a Russian chart is printed in Cyrillic letters") {
    Books books("ru_94n", "ООО «Северный ветер»");
    books.post("2026-01-02", "51", "80", "10000.00", "RUB");
    const auto lines = books.lines("trial_balance?valid_at=2026-12-31");
    CHECK(lines[0] == "ООО «Северный ветер»");
    bool found = false;
    for (const std::string& line : lines) found = found || line == "51 Расчетные счета 10,000.00 –";
    for (const std::string& line : lines) UNSCOPED_INFO(line);
    CHECK(found);
}

TEST_CASE("the language that is liked best is taken, of those that there are") {
    using enum ReportLanguage;
    CHECK(language_of("") == std::nullopt);
    CHECK(language_of("de, fr;q=0.5, *") == std::nullopt);
    CHECK(language_of("ru") == russian);
    CHECK(language_of("RU-ru,ru;q=0.9,en-US;q=0.8,en;q=0.7") == russian);
    CHECK(language_of("de, en;q=0.3, ru;q=0.35") == russian);
    CHECK(language_of("en;q=0.5, ru;q=0.5") == english);
    CHECK(language_of("ru;q=0, en;q=0.001") == english);
    CHECK(language_of("ru;q=x") == std::nullopt);
    CHECK(language_of("rue") == std::nullopt);
}

TEST_CASE("labels, dates and figures are Russian or English, and so are names of templates") {
    Books books("ru_94n", "ООО «Северный ветер»");
    books.tell("OpenAccount", R"({"company": "ACME", "account": "51.1", "name": "Сбербанк",
                                  "kind": "asset", "parent": "51"})");
    books.post("2026-01-02", "51", "80", "1234567.80", "RUB");
    books.post("2026-01-02", "51.1", "80", "5.00", "RUB");
    const std::string trial = "trial_balance?valid_at=2026-12-31";
    const auto russian = books.lines(trial, "ru-RU,ru;q=0.9,en;q=0.5");
    for (const std::string& line : russian) UNSCOPED_INFO(line);
    CHECK(russian[1] == "Пробный баланс");
    CHECK(has(russian, "По состоянию на 31 декабря 2026 г."));
    CHECK(has(russian, "Суммы в RUB"));
    CHECK(has(russian, "Счет Наименование Дебет Кредит"));
    CHECK(has(russian, "51 Расчетные счета 1 234 567,80 –"));
    CHECK(has(russian, "Итого 1 234 572,80 1 234 572,80"));
    CHECK(std::ranges::any_of(russian, [](const std::string& line) {
        return line.starts_with("Дайджест состояния на позиции ");
    }));
    const HttpAnswer asked = books.printed(trial, "ru");
    CHECK(*asked.header("Content-Language") == "ru");
    CHECK(asked.body == books.printed(trial, "ru").body);

    const auto english = books.lines(trial, "en");
    for (const std::string& line : english) UNSCOPED_INFO(line);
    CHECK(has(english, "51 Settlement accounts 1,234,567.80 –"));
    // What no template has is called what the company calls it.
    CHECK(has(english, "51.1 Сбербанк 5.00 –"));
    const auto sheet =
        books.lines("financial_statement?statement=balance_sheet&valid_at=2026-12-31", "en");
    CHECK(sheet[1] == "Statement of financial position");
    const auto balance =
        books.lines("financial_statement?statement=balance_sheet&valid_at=2026-12-31", "ru");
    for (const std::string& line : balance) UNSCOPED_INFO(line);
    CHECK(balance[1] == "Бухгалтерский баланс");
    CHECK(has(balance, "в RUB 2026-12-31"));
}

TEST_CASE("a report through a period says which day that ends on, and which book leads") {
    Books books("ifrs", "Acme");
    books.tell("OpenFiscalYear", R"({"company": "ACME", "year": "2027", "first_day": "2027-01-01",
                                     "adjustment_periods": 1})");
    books.tell("OpenBook", R"({"company": "ACME", "book": "IFRS", "name": "Group"})");
    books.tell("OpenBook", R"({"company": "ACME", "book": "LOCAL", "name": "Tax law"})");
    books.post("2027-02-01", "1210", "4100", "45000.00", "EUR");
    const auto lines = books.lines(
        "financial_statement?statement=balance_sheet&fiscal_year=2027&through_period=2");
    for (const std::string& line : lines) UNSCOPED_INFO(line);
    CHECK(has(lines, "As at 28 February 2027"));
    CHECK(has(lines, "Book: IFRS Group, the leading one"));
    CHECK(has(lines, "Through period: 2, which ends on 28 February 2027"));
    CHECK(std::ranges::any_of(lines, [](const std::string& line) {
        return line.starts_with(
            "Acme (ACME) · valid through period 2 of fiscal year 2027, which "
            "ends on 2027-02-28 · known at ");
    }));
    const auto other = books.lines("trial_balance?book=LOCAL&valid_at=2027-12-31");
    CHECK(has(other, "Book: LOCAL Tax law"));
    const auto russian =
        books.lines("trial_balance?fiscal_year=2027&through_period=13&book=LOCAL", "ru");
    for (const std::string& line : russian) UNSCOPED_INFO(line);
    CHECK(has(russian, "По период: 13, последний день 31 декабря 2027 г."));
    CHECK(std::ranges::any_of(russian, [](const std::string& line) {
        return line.starts_with(
            "Acme (ACME) · по период 13 финансового года 2027, последний день "
            "2027-12-31 · известно на ");
    }));
    // A trial balance by period is of its whole year, where none is named.
    const auto by_period = books.lines("trial_balance_by_period?fiscal_year=2027");
    CHECK(has(by_period, "As at 31 December 2027"));
}

TEST_CASE("a long answer is printed on several pages, each with its head and number") {
    Report report;
    report.company = "Acme";
    report.title = "Trial balance";
    report.unit = "in EUR";
    report.columns = {{"Account"}, {"Name"}, {"Debit", true}};
    for (int at = 0; at < 120; ++at)
        report.rows.push_back(
            {{std::to_string(1000 + at),
              at == 7 ? std::string(300, 'w') : "Account " + std::to_string(at), "1,000.00"}});
    std::string long_footer = "Where from";
    for (int word = 0; word < 60; ++word) long_footer += " word" + std::to_string(word);
    report.footer = {long_footer};
    const ReportFonts fonts = report_fonts({});
    const std::string pdf = pdf_of(report, fonts);
    CHECK(pdf == pdf_of(report, fonts));
    const auto lines = lines_of_pdf(pdf);
    CHECK(std::count(lines.begin(), lines.end(), "Account Name Debit") == 3);
    CHECK(std::count_if(lines.begin(), lines.end(), [](const std::string& line) {
              return line.starts_with("Where from");
          }) == 3);
    CHECK(std::count_if(lines.begin(), lines.end(), [](const std::string& line) {
              return line.starts_with("word") && line.ends_with("word59");
          }) == 3);
    for (int at = 0; at < 120; ++at)
        if (at != 7)
            CHECK(has(lines,
                      std::to_string(1000 + at) + " Account " + std::to_string(at) + " 1,000.00"));
    for (const char* number : {"1", "2", "3"})
        CHECK((has_end(lines, std::string(number) + " / 3") ||
               has_end(lines, std::string(number) + "/3")));
    // Too many figures for any page.
    report.columns.assign(60, {"Figure", true});
    for (ReportRow& row : report.rows) row.cells.assign(60, "1,000,000.00");
    CHECK_THROWS_AS(pdf_of(report, fonts), ReportTooWide);
}

TEST_CASE("what cannot be printed says why") {
    ServerOptions options;
    options.fonts = "/nowhere";
    Books books("ifrs", "Acme", options);
    const HttpAnswer missing = books.printed("trial_balance?valid_at=2026-12-31");
    CHECK(missing.status == 503);
    CHECK(json::parse(missing.body)["code"] == "fonts_missing");
    CHECK(json::parse(missing.body)["detail"].get<std::string>().find("fonts-dejavu-core") !=
          std::string::npos);
    CHECK(books.printed("trial_balance?limit=1").status == 422);
    CHECK(books.printed("trial_balance/explain?row=1290&field=debit").status == 406);
    CHECK(books.printed("financial_statement?statement=cows").status == 404);
}

}  // namespace kontor
