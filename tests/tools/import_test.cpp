// Rows become commands: which belong together, what they add up to, and what happens to them on the
// way to a server that is slow, gone, or says no.
#include "tools/import.h"

#include "api/http_server.h"
#include "domain/contexts.h"
#include "tests/support/running_server.h"
#include "tests/tools/small_company.h"
#include "tools/command_line.h"
#include "tools/import_making.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace kontor::imports {
namespace {

namespace fs = std::filesystem;
using test::Ran;
using test::ran;
using test::ScratchDirectory;

void write(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

std::string read(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

struct Result {
    std::vector<Made> made;
    Tally tally;

    // Ids and data of the commands, a line each; what could not be made with its reason.
    std::vector<std::string> shown() const {
        std::vector<std::string> all;
        for (const Made& one : made) {
            const std::size_t data = one.line.find(",\"data\":");
            all.push_back(one.line.empty()
                              ? "- " + one.why_not
                              : one.id + " " +
                                    one.line.substr(data + 8, one.line.size() - data - 10));
        }
        return all;
    }
};

Result result_of(const std::string& mapping, const std::string& csv) {
    static const auto catalog = make_catalog();
    const ScratchDirectory directory;
    const std::string path = directory.path() + "/rows.csv";
    write(path, csv);
    ReadMapping read = read_mapping(*catalog, mapping, directory.path());
    for (const Fault& fault : read.faults) FAIL(fault.pointer << " " << fault.problem);
    ImportFile file(read.mapping, path);
    auto places = file.places(read.faults);
    for (const Fault& fault : read.faults) FAIL(fault.pointer << " " << fault.problem);
    CommandMaking making(read.mapping, file, std::move(places));
    making.survey([](std::uint64_t) {});
    Result result;
    making.make([&](Made made) { result.made.push_back(std::move(made)); }, [](std::uint64_t) {});
    result.tally = making.tally();
    return result;
}

// Opens a journal a group, named by what a test computes: the smallest command with texts.
std::string journals(const std::string& name, const std::string& values,
                     const std::string& more = R"("group_by": ["No"])",
                     const std::string& top = "") {
    return R"({"ids": "t", "values": {)" + values + "}" + top + R"(,
        "commands": [{"command": "OpenJournal", "id": "{No}", )" +
           more + R"(,
        "fields": {"company": "ACME", "journal": "J{No}", "name": ")" +
           name + R"("}}]})";
}

std::vector<std::string> names_of(const Result& result) {
    std::vector<std::string> names;
    for (const std::string& one : result.shown()) {
        const std::size_t at = one.find("\"name\":\"");
        names.push_back(at == std::string::npos ? one : one.substr(at + 8, one.size() - at - 10));
    }
    return names;
}

using Names = std::vector<std::string>;

TEST_CASE("rows of a group need not lie together; a group is made when its last row is read") {
    const auto result = result_of(journals("{total}", R"("total": {"sum": "Net"})"),
                                  "No,Net\n1,10\n2,1\n1,20.5\n3,7\n2,-3\n");
    CHECK(result.shown() == Names{R"(t:1 {"company":"ACME","journal":"J1","name":"30.5"})",
                                  R"(t:3 {"company":"ACME","journal":"J3","name":"7"})",
                                  R"(t:2 {"company":"ACME","journal":"J2","name":"-2"})"});
    CHECK(result.tally.rows == 5);
}

TEST_CASE("a command for each row, and one for each distinct value") {
    const std::string rows = "No,Net\n1,a\n2,b\n1,c\n";
    CHECK(names_of(result_of(
              journals("{Net} {#row}", "", R"("when": {"value": "No", "is": ["1", "2"]})"),
              rows)) == Names{"a 1", "b 2", "c 3"});
    CHECK(names_of(result_of(journals("{Net}", "", R"("once_per": ["No"])"), rows)) ==
          Names{"a", "b"});
}

TEST_CASE("sums of groups of rounded lines are the sum of what the lines say") {
    // Two halves of a penny in each of two countries: rounded apart 0.01 + 0.01, together 0.01.
    const std::string values = R"(
        "exact": {"sum": "Net"},
        "line": {"round": "exact", "digits": 2, "rounding": "half_up"},
        "owed": {"sum": "line", "by": ["Country"]})";
    const std::string rows = "No,Country,Net\n1,UK,0.002\n1,UK,0.003\n1,FR,0.005\n1,DE,-0.005\n";
    CHECK(names_of(result_of(journals("{exact} {line} {owed}", values), rows)) ==
          Names{"0.005 0.01 0.01"});
}

TEST_CASE("values: texts, cuts, lookups, signs, constants, first and last") {
    const std::string values = R"(
        "kind": {"cut": "Doc", "from": 1, "length": 1},
        "kind_name": {"lookup": "{kind}", "in": "kinds", "otherwise": "other {kind}"},
        "Who": {"text": "{Who}", "otherwise": "nobody"},
        "tax": {"constant": "0.19"},
        "taxed": {"multiply": ["Net", "tax"]},
        "less": {"subtract": ["Net", "taxed"]},
        "side": {"sign": "Net", "negative": "minus", "zero": "nil", "positive": "plus"},
        "size": {"absolute": "Net"},
        "turned": {"negate": "Net"},
        "german": {"number": "G", "decimal_mark": ",", "thousands_mark": "."},
        "day": {"date": "D", "pattern": "D.M.YYYY"},
        "tail": {"cut": "Doc", "from": 3})";
    const std::string top = R"(, "lookups": {"kinds": {"table": {"C": "credit"}}})";
    const auto name =
        "{kind_name}|{Who}|{taxed}|{less}|{side}|{size}|{turned}|{german}|{day}|{tail}";
    CHECK(names_of(result_of(journals(name, values, R"("once_per": ["No"])", top),
                             "No,Doc,Who,Net,G,D\n"
                             "1,C\xC3\xA4xy, ann ,-2.50,\"1.234,5\",1.2.2024\n"
                             "2,Z,,0,0,31.12.1999\n")) ==
          Names{"credit|ann|-0.4750|-2.0250|minus|2.50|2.50|1234.5|2024-02-01|xy",
                "other Z|nobody|0.00|0.00|nil|0|0|0|1999-12-31|"});
    CHECK(names_of(result_of(journals("{a} {b}", R"("a": {"first": "Net"}, "b": {"last": "Net"})"),
                             "No,Net\n1,x\n1,y\n1,z\n")) == Names{"x z"});
}

TEST_CASE("a lookup may be another CSV file; its faults are the mapping's") {
    static const auto catalog = make_catalog();
    const ScratchDirectory directory;
    write(directory.path() + "/names.csv", "code,name\nUK,\"Kingdom, united\"\n");
    const auto with = [&](const std::string& lookup) {
        return read_mapping(
            *catalog,
            journals("{n}", R"("n": {"lookup": "{Country}", "in": "names"})",
                     R"("once_per": ["No"])", R"(, "lookups": {"names": {)" + lookup + "}}"),
            directory.path());
    };
    const auto good = with(R"("csv": "names.csv", "key": "code", "value": "name")");
    CHECK(good.faults.empty());
    CHECK(good.mapping.lookups.front().entries.find("UK")->second == "Kingdom, united");
    CHECK(with(R"("csv": "none.csv", "key": "code", "value": "name")").faults.at(0).pointer ==
          "/lookups/names/csv");
    CHECK(with(R"("csv": "names.csv", "key": "iso", "value": "name")").faults.at(0).pointer ==
          "/lookups/names/key");
}

TEST_CASE("rows and groups are left out by name and counted") {
    const std::string values = R"("total": {"sum": "Net"})";
    const auto result = result_of(journals("{total}", values,
                                           R"("group_by": ["No"], "leave_out":
                    [{"reason": "adds up to nothing",
                      "when": {"value": "total", "sign": "zero"}}])",
                                           R"(, "leave_out": [
                    {"reason": "test", "when": [{"value": "No", "begins_with": "T"},
                                                {"value": "Net", "is_not": "5"}]},
                    {"reason": "zero", "when": {"value": "Net", "sign": "zero"}}])"),
                                  "No,Net\n1,3\n1,0.00\nT1,1\n2,4\n2,-4\nT2,5\n");
    CHECK(names_of(result) == Names{"3", "5"});
    CHECK(result.tally.rows_left_out ==
          std::map<std::string, std::uint64_t>{{"test", 1}, {"zero", 1}});
    CHECK(result.tally.groups_left_out ==
          std::map<std::string, std::uint64_t>{{"adds up to nothing", 1}});
}

TEST_CASE("rows of a group must agree on what is not computed from all of them") {
    const std::string values = R"("day": {"date": "At", "pattern": "YYYY-MM-DD hh:mm"})";
    const std::string at = "No,At\n1,2024-01-31 08:00\n1,2024-01-31 08:01\n";
    CHECK(names_of(result_of(journals("{day}", values), at)) == Names{"2024-01-31"});
    CHECK_THAT(result_of(journals("{At}", values), at).made.at(0).why_not,
               Catch::Contains("differ in At"));
    CHECK_THAT(result_of(journals("{day}", values), at + "1,2024-02-01 08:01\n").made.at(0).why_not,
               Catch::Contains("differ in day"));
}

TEST_CASE("rows that cannot be read are refused with their group, and only those") {
    const std::string zero = R"(, "leave_out": [
        {"reason": "zero", "when": {"value": "Net", "sign": "zero"}}])";
    const auto result =
        result_of(journals("{total}", R"("total": {"sum": "Net"})", R"("group_by": ["No"])", zero),
                  "No,Net\n1,3\n2,x\n2,4\n3,5\n");
    CHECK(names_of(result) == Names{"3", "- \"x\" is no number.", "5"});
    CHECK(result.made[1].rows.size() == 2);
    CHECK_THAT(
        result_of(journals("{n}", R"("n": {"lookup": "{Net}", "in": "t"})", R"("group_by": ["No"])",
                           R"(, "lookups": {"t": {"table": {"a": "b"}}})"),
                  "No,Net\n1,z\n")
            .made.at(0)
            .why_not,
        Catch::Contains("has no \"z\""));
}

TEST_CASE("a long group becomes several commands, each whole in itself") {
    const auto result = result_of(journals("{#part} {total}", R"("total": {"sum": "Net"})",
                                           R"("group_by": ["No"], "most_rows": 2)"),
                                  "No,Net\n1,1\n1,2\n1,3\n1,4\n1,5\n2,9\n");
    CHECK(names_of(result) == Names{"1 3", "2 7", "3 5", "1 9"});
    CHECK(result.made[2].part == 3);
    CHECK(result.made[3].part == 0);
}

TEST_CASE("lists repeat an item for each group of rows, where its condition holds") {
    const auto result = result_of(R"({"ids": "t", "values": {
            "total": {"sum": "Net"}, "size": {"absolute": "total"},
            "side": {"sign": "total", "positive": "debit", "negative": "credit"}},
        "commands": [{"command": "PostEntry", "id": "{No}", "group_by": ["No"], "fields": {
            "company": "ACME", "entry": "{No}", "journal": "GEN", "date": "2024-01-31",
            "lines": [
                {"account": "1", "side": "debit", "amount": {"amount": "1", "currency": "EUR"},
                 "dimensions": {"project": "{Project}"}},
                {"$each": ["Account"],
                 "$when": {"value": "total", "sign": ["positive", "negative"]},
                 "account": "{Account}", "side": "{side}",
                 "amount": {"amount": "{size}", "currency": "EUR"}}]}}]})",
                                  "No,Account,Net,Project\n1,7,5,\n1,8,1,\n1,7,-6,\n1,8,-1,\n");
    CHECK(result.shown() ==
          Names{R"(t:1 {"company":"ACME","entry":"1","journal":"GEN","date":"2024-01-31","lines":[)"
                R"({"account":"1","side":"debit","amount":{"amount":"1","currency":"EUR"}},)"
                R"({"account":"7","side":"credit","amount":{"amount":"1","currency":"EUR"}}]})"});
}

TEST_CASE("command ids are printable, bounded, the same each time, and others at another attempt") {
    CHECK(command_id("t", "a b/é~%", 1) == "t:a%20b/%C3%A9%7E%25");
    CHECK(command_id("t", "x", 2) == "t:x~2");
    const std::string longest = command_id("t", std::string(500, 'x'), 1);
    CHECK(longest.size() == 128);
    CHECK(longest == command_id("t", std::string(500, 'x'), 1));
    CHECK(longest != command_id("t", std::string(501, 'x'), 1));
    CHECK(longest != command_id("t", std::string(500, 'x'), 2));
}

// A company with an account for each letter, served for real.
class Books {
public:
    Books() : server_(directory_.path() + "/data") {
        command("CreateCompany", R"({"company": "ACME", "name": "Acme", "base_currency": "EUR",
            "time_zone": "Europe/Berlin", "first_fiscal_year": 2024, "chart": "standard"})");
        write(path("mapping.json"), R"({"ids": "sales", "csv": {"delimiter": ";",
            "encoding": "windows-1252"}, "numbers": {"decimal_mark": ",", "thousands_mark": "."},
            "dates": "DD.MM.YYYY",
            "values": {"total": {"sum": "Net"}, "day": {"date": "Day"},
                       "entry": {"uuid": "{No}", "ordered_by": "day"}},
            "commands": [{"command": "PostEntry", "id": "{No}", "group_by": ["No"], "fields": {
                "company": "ACME", "entry": "{entry}", "journal": "GEN", "date": "{day}",
                "text": "{Text}", "document": "{No}", "lines": [
                    {"account": "1000", "side": "debit",
                     "amount": {"amount": "{total}", "currency": "EUR"}},
                    {"$each": ["Account"], "account": "{Account}", "side": "credit",
                     "amount": {"amount": "{total}", "currency": "EUR"}}]}}]})");
    }

    std::string path(const std::string& name) const { return directory_.path() + "/" + name; }
    void command(const std::string& name, const std::string& body) {
        const HttpAnswer answer = server_.command(name, body);
        INFO(answer.body);
        REQUIRE(answer.status == 200);
    }
    Ran import(const std::string& csv, const std::vector<std::string>& more = {}) {
        std::vector<std::string> arguments = {
            "--mapping",  path("mapping.json"),  path(csv), "--url", server_.url(),
            "--key-file", path("data/admin.key")};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return ran(import_csv, std::move(arguments));
    }
    std::string trial_balance() { return server_.get("/queries/trial_balance?company=ACME").body; }

private:
    ScratchDirectory directory_;
    test::RunningServer server_;
};

std::uint64_t counted(const std::string& summary, const std::string& what) {
    std::istringstream lines(summary);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with(what)) return std::stoull(line.substr(what.size()));
    FAIL("the summary says nothing of " << what << ": " << summary);
    return 0;
}

TEST_CASE("an import twice is the same as once; refused rows are mended and imported again") {
    Books books;
    write(books.path("rows.csv"),
          "No;Day;Account;Net;Text\n"
          "1;31.01.2024;4000;1.000,50;Caf\xE9\n"
          "2;31.01.2024;4711;7,00;no such account\n"
          "1;31.01.2024;4900;2,00;Caf\xE9\n"
          "3;31.02.2024;4000;1,00;no such day\n");
    const Ran first = books.import("rows.csv");
    CHECK(first.code == exit_no);
    CHECK_THAT(first.err, Catch::Contains("2 rows were refused"));
    CHECK(counted(first.out, "commands sent") == 2);
    CHECK(counted(first.out, "  accepted") == 1);
    CHECK(counted(first.out, "  refused") == 1);
    CHECK(counted(first.out, "commands not made") == 1);
    const std::string refused = read(books.path("rows.csv.refused.csv"));
    CHECK_THAT(refused, Catch::Contains("2;31.01.2024;4711;7,00;no such account;2;1;;"
                                        "account_unknown;"));
    CHECK_THAT(refused, Catch::Contains("3;31.02.2024;4000;1,00;no such day;1;;;unreadable;"));

    const Ran again = books.import("rows.csv");
    CHECK(counted(again.out, "  accepted") == 0);
    CHECK(counted(again.out, "  repeated") == 1);
    CHECK(read(books.path("rows.csv.refused.csv")) == refused);
    CHECK(read(books.path("rows.csv.refused.csv.before")) == refused);

    std::string mended = refused;
    mended.replace(mended.find("4711"), 4, "4000");
    mended.replace(mended.find("31.02"), 5, "29.02");
    write(books.path("mended.csv"), mended);
    const Ran third = books.import("mended.csv");
    INFO(third.out << third.err);
    CHECK(third.code == exit_done);
    CHECK(counted(third.out, "  accepted") == 2);
    CHECK(!fs::exists(books.path("mended.csv.refused.csv")));
    const Ran fourth = books.import("mended.csv");
    CHECK(counted(fourth.out, "  repeated") == 2);
    // 1,000.50 + 2.00 + 7.00 + 1.00, at most a moment after they were accepted.
    const auto shown = [&] { return books.trial_balance().find("1010.50") != std::string::npos; };
    for (int tries = 0; tries < 100 && !shown(); ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(shown());
}

TEST_CASE("nothing is sent with a fault in the mapping, a missing column or a broken file") {
    Books books;
    write(books.path("rows.csv"), "No;Day;Account;Amount;Text\n1;31.01.2024;4000;1,00;x\n");
    const Ran missing = books.import("rows.csv");
    CHECK(missing.code == exit_no);
    CHECK_THAT(missing.err, Catch::Contains("/values/total/sum names \"Net\"") &&
                                Catch::Contains("nothing was sent"));
    write(books.path("rows.csv"), "No;Day;Account;Net;Text\n1;31.01.2024;4000;1,00;x\n2;short\n");
    const Ran broken = books.import("rows.csv");
    CHECK(broken.code == exit_no);
    CHECK_THAT(broken.err, Catch::Contains("has 2 cells where 5 are meant"));
    write(books.path("rows.csv"), "No;Day;Account;Net;Text\n1;31.01.2024;4000;1,00;x\n");
    const Ran nobody = books.import("rows.csv", {"--key", "kontor_nobody"});
    CHECK(nobody.code == exit_no);
    CHECK_THAT(nobody.err, Catch::Contains("401"));
    const Ran checked = books.import("rows.csv", {"--check", "--show", "1"});
    CHECK(checked.code == exit_done);
    CHECK_THAT(checked.out, Catch::Contains("\"command\":\"PostEntry\""));
    CHECK(counted(checked.out, "commands well-formed") == 1);
    CHECK(counted(books.import("rows.csv").out, "  accepted") == 1);
}

TEST_CASE("a server that is busy or lets go of the connection is asked again, with the same ids") {
    std::atomic<int> asked{0};
    std::string first_body, last_body;
    HttpServer server({}, [&](const std::shared_ptr<Exchange>& exchange) {
        const int now = ++asked;
        last_body = exchange->request().body;
        if (now == 1) {
            first_body = last_body;
            return exchange->answer({503, {{"Retry-After", "1"}}, ""});
        }
        std::string lines = "{\"id\":\"t:1\",\"status\":200,\"position\":1,\"replayed\":true}\n";
        if (now == 2) return exchange->answer({200, {}, lines});  // a line is missing
        const std::string second = "{\"id\":\"t:2\",\"status\":";
        if (now == 3)
            lines += second + "503,\"problem\":{\"code\":\"outcome_unknown\",\"detail\":\"?\"}}\n";
        else
            lines += second + "200,\"position\":2}\n";
        exchange->answer({200, {{"Content-Type", "application/x-ndjson"}}, lines});
    });
    const ScratchDirectory directory;
    write(directory.path() + "/m.json", journals("{No}", "", R"("once_per": ["No"])"));
    write(directory.path() + "/rows.csv", "No\n1\n2\n");
    const auto import = [&](std::uint16_t port) {
        return ran(import_csv, {"--mapping", directory.path() + "/m.json",
                                directory.path() + "/rows.csv", "--key", "k", "--patience", "3",
                                "--url", "http://127.0.0.1:" + std::to_string(port)});
    };
    const Ran done = import(server.port());
    INFO(done.out << done.err);
    CHECK(done.code == exit_done);
    CHECK(asked == 4);
    CHECK(last_body == first_body);
    CHECK(counted(done.out, "  accepted") == 1);
    CHECK(counted(done.out, "  repeated") == 1);
    const std::uint16_t port = server.port();
    server.stop();
    const Ran gone = import(port);
    CHECK(gone.code == exit_no);
    CHECK_THAT(gone.err, Catch::Contains("given up after 3 s") &&
                             Catch::Contains("Run the same import again"));
}

TEST_CASE("an import can be interrupted, says how to go on, and leaves no harm") {
    HttpServer server({}, [&](const std::shared_ptr<Exchange>& exchange) {
        std::raise(SIGINT);
        exchange->answer({503, {}, ""});
    });
    const ScratchDirectory directory;
    write(directory.path() + "/m.json", journals("{No}", "", R"("once_per": ["No"])"));
    write(directory.path() + "/rows.csv", "No\n1\n2\n");
    const Ran stopped = ran(
        import_csv, {"--mapping", directory.path() + "/m.json", directory.path() + "/rows.csv",
                     "--key", "k", "--url", "http://127.0.0.1:" + std::to_string(server.port())});
    CHECK(stopped.code == exit_interrupted);
    CHECK_THAT(stopped.err, Catch::Contains("interrupted after 0 commands") &&
                                Catch::Contains("Run the same import again"));
}

TEST_CASE("all of Online Retail becomes well-formed commands") {
    const std::string rows = KONTOR_SOURCE_DIR "/../shared/data/online_retail/online_retail.csv.gz";
    if (!fs::exists(rows)) {
        WARN("skipped: the real input is missing, " << rows << " is not there");
        return;
    }
    const ScratchDirectory directory;
    const std::string csv = directory.path() + "/rows.csv";
    REQUIRE(std::system(("gzip -dc '" + rows + "' > '" + csv + "'").c_str()) == 0);
    const Ran checked = ran(import_csv, {"--check", csv, "--mapping",
                                         KONTOR_SOURCE_DIR "/tools/real/online_retail.json"});
    INFO(checked.err);
    CHECK(checked.code == exit_done);
    // Counted from the file by other means: 25,900 invoices, 2,102 of them of zero value, 38
    // countries, 4,372 customers of whom one had nothing but zero values, and those without.
    CHECK(counted(checked.out, "rows read") == 541'909);
    CHECK(counted(checked.out, "  left out: zero value") == 2'515);
    CHECK(counted(checked.out, "commands well-formed") == 38 + 4'371 + 1 + 23'798);
}

}  // namespace
}  // namespace kontor::imports
