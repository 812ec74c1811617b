// The API as a client meets it: a real server, a real connection, the program's own commands.
#include "api/scalar_text.h"
#include "domain/core/personal.h"
#include "eventstore/hashes.h"
#include "tests/support/running_server.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <set>
#include <sstream>
#include <thread>

namespace kontor {
namespace {

using nlohmann::json;
using test::RunningServer;
using test::ScratchDirectory;

constexpr const char* create_acme = R"({"company": "ACME", "name": "Acme Ltd",
    "base_currency": "EUR", "time_zone": "Asia/Riyadh", "fiscal_year_start_month": 1,
    "first_fiscal_year": 2026, "chart": "standard"})";

std::string entry_json(const std::string& entry, const std::string& date, const std::string& amount,
                       const std::string& credit = "") {
    const auto line = [](const char* account, const char* side, const std::string& value) {
        return json{{"account", account},
                    {"side", side},
                    {"amount", {{"amount", value}, {"currency", "EUR"}}}};
    };
    return json{
        {"company", "ACME"},
        {"entry", entry},
        {"journal", "GEN"},
        {"date", date},
        {"text", "Sale"},
        {"lines",
         {line("1000", "debit", amount), line("4000", "credit", credit.empty() ? amount : credit)}}}
        .dump();
}

std::string entry_id(int n) {
    char text[37];
    std::snprintf(text, sizeof text, "01900000-0000-7000-8000-%012d", n);
    return text;
}

std::string batch_line(const std::string& id, const std::string& data) {
    return R"({"id": ")" + id + R"(", "command": "PostEntry", "data": )" + data + "}\n";
}

const std::vector<Header> ndjson = {{"Content-Type", "application/x-ndjson"}};

std::vector<json> lines_of(const std::string& body) {
    std::vector<json> lines;
    std::istringstream in(body);
    for (std::string line; std::getline(in, line);) lines.push_back(json::parse(line));
    return lines;
}

struct Acme {
    Acme() : server(directory.path()) {
        REQUIRE(server.command("CreateCompany", create_acme).status == 200);
    }
    json ask(const std::string& target) {
        const HttpAnswer answer = server.get(target);
        INFO(answer.body);
        REQUIRE(answer.status == 200);
        return json::parse(answer.body);
    }
    // What an account amounts to on the debit side, less the credit side.
    std::string balance(const std::string& account, const std::string& more = "") {
        const std::string now = "&min_position=" + ask("/health/ready")["position"].dump();
        const json answer = ask("/queries/trial_balance?company=ACME" + now + more);
        for (const json& row : answer["rows"])
            if (row["account"] == account)
                return row.contains("debit") && row["debit"]["amount"] != "0.00"
                           ? row["debit"]["amount"].get<std::string>()
                           : "-" + row["credit"]["amount"].get<std::string>();
        return "none";
    }

    ScratchDirectory directory;
    RunningServer server;
};

}  // namespace

TEST_CASE("a posted entry is in the next trial balance, at every corner of the two times") {
    Acme acme;
    const json first = json::parse(
        acme.server.command("PostEntry", entry_json(entry_id(1), "2026-02-10", "100.00")).body);
    const json second = json::parse(
        acme.server.command("PostEntry", entry_json(entry_id(2), "2026-01-20", "30.00")).body);
    const std::string after_first = first["position"].dump();
    CHECK(second["position"] == first["position"].get<int>() + 1);
    CHECK(acme.balance("1000") == "130.00");
    CHECK(acme.balance("4000") == "-130.00");
    CHECK(acme.balance("1000", "&valid_at=2026-01-31") == "30.00");
    CHECK(acme.balance("1000", "&known_at=" + after_first) == "100.00");
    CHECK(acme.balance("1000", "&valid_at=2026-01-31&known_at=" + after_first) == "none");
    CHECK(acme.balance("1000", "&known_at=" + first["time"].get<std::string>()) == "100.00");
    const int created = first["position"].get<int>() - 1;
    CHECK(acme.balance("1000", "&known_at=" + std::to_string(created)) == "none");
    CHECK(acme.server.get("/queries/trial_balance?company=ACME&known_at=2020-01-01T00:00:00Z")
              .status == 404);
}

TEST_CASE("a figure explains itself down to its events") {
    Acme acme;
    for (int n = 1; n <= 5; ++n)
        acme.server.command("PostEntry", entry_json(entry_id(n), "2026-02-10", "10.00"));
    const std::string target =
        "/queries/trial_balance/explain?company=ACME&row=4000&field=credit&limit=2";
    acme.balance("4000");  // waits for the read models
    json page = acme.ask(target);
    CHECK(page["figure"]["amount"] == "50.00");
    CHECK(page["figure"]["unit"] == "EUR");
    std::size_t events = 0;
    int cents = 0;
    while (true) {
        for (const json& row : page["rows"]) {
            CHECK(row["type"] == "EntryPosted");
            cents += row["amount"] == "10.00" ? 1'000 : 0;
            ++events;
        }
        if (page["next"].is_null()) break;
        // The question is in the cursor: it may be said again, and no other may be said.
        const std::string after = "after=" + page["next"].get<std::string>();
        const std::string explain = "/queries/trial_balance/explain?";
        CHECK(acme.server.get(explain + "company=ACME&row=1000&field=debit&" + after).status ==
              422);
        CHECK(acme.server.get("/queries/trial_balance?" + after).status == 422);
        page = acme.ask(events < 4 ? target + "&" + after : explain + after);
    }
    CHECK(events == 5);
    CHECK(cents == 5'000);
    const json rows = acme.ask("/queries/trial_balance?company=ACME&limit=1");
    CHECK(acme.server.get(target + "&after=" + rows["next"].get<std::string>()).status == 422);
}

TEST_CASE("the same id twice answers the same, once") {
    Acme acme;
    const std::string body = entry_json(entry_id(1), "2026-02-10", "100.00");
    const HttpAnswer first = acme.server.command("PostEntry", body, {{"Idempotency-Key", "k1"}});
    const HttpAnswer again = acme.server.command("PostEntry", body, {{"Idempotency-Key", "k1"}});
    CHECK(first.status == 200);
    CHECK(again.body == first.body);
    CHECK_FALSE(first.header("Idempotency-Replayed"));
    REQUIRE(again.header("Idempotency-Replayed"));
    const HttpAnswer other = acme.server.command(
        "PostEntry", entry_json(entry_id(2), "2026-02-10", "1.00"), {{"Idempotency-Key", "k1"}});
    CHECK(other.status == 422);
    CHECK(json::parse(other.body)["code"] == "id_of_other_input");
}

TEST_CASE("every no is a problem that says what and why") {
    Acme acme;
    const auto code = [&](const std::string& command, const std::string& body,
                          std::vector<Header> headers = {}) {
        const HttpAnswer answer = acme.server.command(command, body, std::move(headers));
        CHECK(*answer.header("Content-Type") == "application/problem+json");
        const json problem = json::parse(answer.body);
        CHECK(problem["status"] == answer.status);
        return std::to_string(answer.status) + " " + problem["code"].get<std::string>();
    };
    CHECK(code("PostEntry", "{") == "422 malformed_input");
    CHECK(code("PostEntry", "") == "422 malformed_input");
    CHECK(code("Unheard", "{}") == "404 nothing_here");
    CHECK(code("PostEntry", entry_json(entry_id(1), "2026-02-10", "5.00", "6.00")) ==
          "422 entry_unbalanced");
    CHECK(code("PostEntry", entry_json(entry_id(1), "2031-02-10", "5.00")) ==
          "422 date_outside_calendar");
    CHECK(code("CreateCompany", create_acme) == "409 company_exists");
    CHECK(code("PostEntry", entry_json(entry_id(1), "2026-02-10", "5.00"),
               {{"If-Match", "\"7\""}}) == "412 version_differs");
    CHECK(code("PostEntry", entry_json(entry_id(1), "2026-02-10", "5.00"),
               {{"If-Match", "seven"}}) == "422 malformed_input");
    const json faults = json::parse(
        acme.server.command("PostEntry", R"({"company": "ACME", "lines": [{"account": 5}]})").body);
    std::set<std::string> pointers;
    for (const json& fault : faults["errors"]) pointers.insert(fault["pointer"]);
    for (const char* pointer : {"/entry", "/journal", "/lines/0/account", "/lines/0/side"})
        CHECK(pointers.contains(pointer));
    CHECK(acme.server.get("/nowhere").status == 404);
    CHECK(acme.server.get("/commands/PostEntry").status == 405);
    CHECK(acme.server.get("/queries/trial_balance").status == 422);
    CHECK(acme.server.get("/queries/trial_balance?company=ACME&colour=red").status == 422);
    CHECK(acme.server.get("/queries/trial_balance?company=ACME&known_at=999999").status == 422);
    CHECK(acme.server.get("/queries/trial_balance?company=ACME&after=nonsense").status == 422);
    CHECK(acme.server.get("/queries/trial_balance?company=ACME&limit=0").status == 422);
    CHECK(acme.server.get("/queries/unheard").status == 404);
}

TEST_CASE("a refusal says where and about what, and a repeat says the same") {
    Acme acme;
    json wrong = json::parse(entry_json(entry_id(1), "2026-02-10", "5.00"));
    wrong["lines"][1]["account"] = "4711";
    const std::string body = wrong.dump();
    const HttpAnswer first = acme.server.command("PostEntry", body, {{"Idempotency-Key", "k1"}});
    const json problem = json::parse(first.body);
    CHECK(problem["code"] == "account_unknown");
    CHECK(problem["pointer"] == "/lines/1");
    CHECK_THAT(problem["detail"].get<std::string>(), Catch::StartsWith("/lines/1, account 4711: "));
    const HttpAnswer again = acme.server.command("PostEntry", body, {{"Idempotency-Key", "k1"}});
    CHECK(again.body == first.body);

    // What a step refuses is no part of the command that was sent.
    const std::string good = entry_json(entry_id(2), "2026-02-10", "5.00");
    REQUIRE(acme.server.command("PostEntry", good).status == 200);
    wrong.erase("company");
    const json correction = {{"company", "ACME"},
                             {"corrects", entry_id(2)},
                             {"reversal", entry_id(3)},
                             {"replacement", wrong}};
    const json refused = json::parse(acme.server.command("CorrectEntry", correction.dump()).body);
    CHECK(refused["code"] == "account_unknown");
    CHECK_FALSE(refused.contains("pointer"));
    CHECK_THAT(refused["detail"].get<std::string>(), Catch::StartsWith("account 4711: "));
}

TEST_CASE("a data directory that cannot be one is said in one sentence") {
    const ScratchDirectory directory;
    const std::string file = directory.path() + "/file";
    std::ofstream(file) << "mine";
    CHECK_THROWS_WITH(RunningServer(file),
                      "The data directory " + file + " is a file, not a directory.");
    CHECK_THROWS_WITH(RunningServer(file + "/below"),
                      Catch::StartsWith("The data directory " + file + "/below cannot be made: "));
    const RunningServer deep(directory.path() + "/made/on/the/way");
    CHECK(std::filesystem::exists(directory.path() + "/made/on/the/way/admin.key"));
}

TEST_CASE("a dry run says what would happen and nothing happens") {
    Acme acme;
    const std::string body = entry_json(entry_id(1), "2026-02-10", "100.00");
    const HttpAnswer tried = acme.server.command("PostEntry?dry_run=true", body);
    CHECK(tried.status == 200);
    const json answer = json::parse(tried.body);
    CHECK(answer["dry_run"] == true);
    CHECK_FALSE(answer.contains("position"));
    CHECK(answer["events"][0]["data"]["number"] == 1);
    CHECK(acme.balance("1000") == "none");
    CHECK(acme.server.command("PostEntry?dry_run=perhaps", body).status == 422);
    CHECK(acme.server.command("PostEntry?dry_run=true&dry_run=false", body).status == 422);
    CHECK(acme.balance("1000") == "none");
}

TEST_CASE("a header that cannot be meant is refused in a sentence that names it") {
    Acme acme;
    const std::string body = entry_json(entry_id(1), "2026-02-10", "100.00");
    const auto detail = [&](const std::string& name, const std::string& value) {
        const HttpAnswer answer = acme.server.command("PostEntry", body, {{name, value}});
        CHECK(answer.status == 422);
        return json::parse(answer.body)["detail"].get<std::string>();
    };
    CHECK(detail("Idempotency-Key", "a b") ==
          "The input comes with the header Idempotency-Key, which must be printable ASCII without "
          "spaces.");
    for (const char* version : {"seven", "\"-1\"", "-1", "*", "\"\""})
        CHECK(detail("If-Match", version) ==
              "The input comes with the header If-Match, which must be a version such as \"3\".");
    CHECK(detail("Kontor-Note", "\xff\xfe") ==
          "The input comes with the header Kontor-Note, which must be UTF-8.");
    CHECK(detail("Kontor-Note", std::string(501, 'x')).find("500") != std::string::npos);
    CHECK(acme.balance("1000") == "none");
    CHECK(acme.server
              .command("PostEntry", body,
                       {{"Kontor-Note",
                         "f\xC3\xBCr die B\xC3\xBC"
                         "cher"}})
              .status == 200);
}

TEST_CASE("a batch answers line by line, in order, and one bad line stops nothing") {
    Acme acme;
    std::string body;
    for (int n = 1; n <= 700; ++n)
        body += n == 350 ? "this is no JSON\n"
                         : batch_line("b" + std::to_string(n),
                                      entry_json(entry_id(n), n == 20 ? "2031-01-01" : "2026-02-10",
                                                 "1.00"));
    const auto lines = lines_of(acme.server.post("/commands", body, ndjson).body);
    REQUIRE(lines.size() == 700);
    for (std::size_t at = 0; at < lines.size(); ++at) {
        if (at == 349) {
            CHECK(lines[at]["status"] == 422);
            CHECK(lines[at]["id"].is_null());
            continue;
        }
        CHECK(lines[at]["id"] == "b" + std::to_string(at + 1));
        CHECK(lines[at]["status"] == (at == 19 ? 422 : 200));
        if (at == 19) CHECK(lines[at]["problem"]["code"] == "date_outside_calendar");
    }
    const std::string position = lines.back()["position"].dump();
    CHECK(acme.balance("1000") == "698.00");
    const auto again = lines_of(acme.server.post("/commands", body, ndjson).body);
    CHECK(again.back()["position"].dump() == position);
    CHECK(again.back()["replayed"] == true);
    CHECK(acme.server.post("/commands", body).status == 415);
    const auto as = [&](const std::string& media_type, const std::string& line) {
        return acme.server.post("/commands", line, {{"Content-Type", media_type}});
    };
    const std::string first = body.substr(0, body.find('\n') + 1);
    CHECK(as("Application/X-NDJSON; charset=utf-8", first).status == 200);
    CHECK(as("application/x-ndjsonlines", first).status == 415);
    const std::string below = R"({"if_match": -1, )" + first.substr(1);
    const auto told = lines_of(as("application/x-ndjson", below).body);
    CHECK(told[0]["problem"]["errors"][0]["pointer"] == "/if_match");
    std::string too_many;
    for (int n = 0; n <= 10'000; ++n) too_many += "{}\n";
    CHECK(acme.server.post("/commands", too_many, ndjson).status == 413);
}

TEST_CASE("an atomic batch is all or nothing") {
    Acme acme;
    const auto post = [&](const std::string& body) {
        return lines_of(acme.server.post("/commands?atomic=true", body, ndjson).body);
    };
    const std::string good = batch_line("1", entry_json(entry_id(1), "2026-02-10", "1.00")) +
                             batch_line("2", entry_json(entry_id(2), "2026-02-10", "1.00"));
    const std::string refused = batch_line("3", entry_json(entry_id(3), "2026-02-10", "1.00")) +
                                batch_line("4", entry_json(entry_id(4), "2031-02-10", "1.00"));
    auto lines = post(refused);
    CHECK(lines[0]["problem"]["code"] == "batch_refused");
    CHECK(lines[1]["problem"]["code"] == "date_outside_calendar");
    CHECK(acme.balance("1000") == "none");
    // A dry run of it knows what its earlier lines would have done, and leaves nothing.
    const auto try_out = [&](const std::string& body) {
        return lines_of(acme.server.post("/commands?atomic=true&dry_run=true", body, ndjson).body);
    };
    lines = try_out(good + batch_line("7", entry_json(entry_id(1), "2026-02-10", "1.00")));
    CHECK(lines[0]["problem"]["code"] == "batch_refused");
    CHECK(lines[2]["problem"]["code"] == "entry_exists");
    lines = try_out(good);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0] == json({{"id", "1"}, {"status", 200}, {"dry_run", true}}));
    CHECK(acme.balance("1000") == "none");
    const HttpAnswer one_by_one = acme.server.post("/commands?dry_run=true", good, ndjson);
    CHECK(one_by_one.status == 422);
    CHECK(one_by_one.body.find("is of one command, or of a batch that is atomic") !=
          std::string::npos);
    lines = post(good);
    CHECK(lines[0]["position"] == lines[1]["position"]);
    lines = post(good + batch_line("5", "{}"));
    CHECK(lines[0]["problem"]["code"] == "batch_refused");
    CHECK(lines[2]["problem"]["code"] == "malformed_input");
    lines = post(good + batch_line("1", entry_json(entry_id(9), "2026-02-10", "1.00")));
    CHECK(lines[2]["problem"]["errors"][0]["pointer"] == "/id");
    lines = post(good + batch_line("6", entry_json(entry_id(6), "2026-02-10", "1.00")));
    CHECK(lines[0]["problem"]["code"] == "batch_partly_known");
    lines = post(good);
    CHECK(lines[0]["replayed"] == true);
}

TEST_CASE("pages are of one moment, whatever is posted between them") {
    Acme acme;
    for (int n = 1; n <= 10; ++n)
        acme.server.command("PostEntry", entry_json(entry_id(n), "2026-02-10", "1.00"));
    const std::string position = acme.ask("/health/ready")["position"].dump();
    json page =
        acme.ask("/queries/journal?company=ACME&journal=GEN&limit=4&min_position=" + position);
    std::size_t rows = page["rows"].size();
    const json as_of = page["as_of"];
    int n = 10;
    while (!page["next"].is_null()) {
        acme.server.command("PostEntry", entry_json(entry_id(++n), "2026-01-10", "1.00"));
        page = acme.ask("/queries/journal?limit=4&after=" + page["next"].get<std::string>());
        CHECK(page["as_of"] == as_of);
        rows += page["rows"].size();
    }
    CHECK(rows == 10);
}

TEST_CASE("a company that nobody knows, or not yet, is missing and not empty") {
    Acme acme;
    acme.balance("1000");  // waits for the read models
    const std::string before = std::to_string(acme.ask("/health/ready")["position"].get<int>() - 1);
    for (const ReadModelSpec& model : read_models()) {
        for (const QuerySpec& query : model.queries) {
            // It asks for one party, and this company has none.
            const auto must_name = [&](std::string_view field) {
                const Field* whose = query.type->field(field);
                return whose && whose->type().kind != Kind::optional;
            };
            if (must_name("party") || must_name("counterparty")) continue;
            const std::string name(query.type->name);
            // What asks for one thing is missing where the thing is.
            static const std::set<std::string_view> of_one_thing{"entry",
                                                                 "draft",
                                                                 "item",
                                                                 "person",
                                                                 "kit_components",
                                                                 "unit_conversion",
                                                                 "stock_card",
                                                                 "contract",
                                                                 "payment_schedule",
                                                                 "price",
                                                                 "pick_proposal",
                                                                 "available_to_promise",
                                                                 "quotations_compared",
                                                                 "purchase_thread",
                                                                 "sales_order",
                                                                 "sales_invoice",
                                                                 "sales_thread"};
            if (!query.type->company || of_one_thing.contains(name)) continue;
            INFO(name);
            // What it must be asked with, by the kind of each field, and codes by their names.
            std::string asked;
            for (const Field& field : query.type->fields) {
                const Kind kind = field.type().kind;
                if (kind == Kind::optional || field.otherwise) continue;
                static const std::map<std::string_view, std::string_view> codes{
                    {"journal", "GEN"},
                    {"account", "1000"},
                    {"statement", "balance_sheet"},
                    {"dimension", "project"},
                    {"fiscal_year", "2026"},
                    {"amounts", "100"}};
                std::string_view value;
                if (const auto code = codes.find(field.name); code != codes.end())
                    value = code->second;
                if (kind == Kind::date) value = "2026-01-01";
                if (kind == Kind::currency) value = "EUR";
                if (kind == Kind::integer) value = "1";
                if (!value.empty())
                    asked += '&' + std::string(field.name) + '=' + std::string(value);
            }
            // These ask for a span of days, which may be said in several ways.
            if (name == "changes_in_equity") asked += "&from=2026-01-01";
            if (name == "translated_trial_balance") asked += "&valid_at=2026-01-31";
            const auto status = [&](const std::string& company, const std::string& more) {
                const std::string parameters = "company=" + company + asked + more;
                if (holds_personal(*query.type))
                    return acme.server.post("/queries/" + name, parameters).status;
                return acme.server.get("/queries/" + name + "?" + parameters).status;
            };
            CHECK(status("ACME", "") == 200);
            CHECK(status("ACNE", "") == 404);
            CHECK(status("ACME", "&known_at=" + before) == 404);
        }
    }
}

TEST_CASE("a calculation of taxes says which part of it makes no sense, and is not missing") {
    Acme acme;
    acme.balance("1000");  // waits for the read models
    const auto fault = [&](const std::string& more) {
        const HttpAnswer answer = acme.server.get(
            "/queries/tax_calculation?company=ACME&date=2026-01-01&amounts=100" + more);
        if (answer.status != 422) return std::to_string(answer.status);
        const json first = json::parse(answer.body).at("errors").at(0);
        return first.at("pointer").get<std::string>() + " " +
               first.at("problem").get<std::string>();
    };
    CHECK(fault("") == "200");
    CHECK(fault("&amounts=x") == "/amounts/1 must be an amount in EUR, without its code");
    CHECK(fault("&amounts=1.234") == "/amounts/1 must be an amount in EUR, without its code");
    CHECK(fault("&quantities=y") == "/quantities/0 must be a quantity, such as 2.5");
    CHECK(fault("&quantities=1&quantities=2") ==
          "/quantities must be given for each of the 1 amounts or for none, and is given 2 times");
    CHECK(fault("&paid=1&paid_currency=USD") == "/paid_currency must be that of the lines, EUR");
    CHECK(fault("&taxes=NONE") == "404");
}

TEST_CASE("a dimension or value that nobody knows is missing and not zero") {
    Acme acme;
    acme.balance("1000");  // waits for the read models
    const auto status = [&](const std::string& query) {
        return acme.server.get("/queries/" + query).status;
    };
    const std::string balance = "trial_balance?company=ACME&dimensions";
    const std::string statement = "statement_of_account?company=ACME&account=1000&dimensions";
    for (const std::string& query : {balance, statement}) {
        CHECK(status(query + "%5Bcost_center%5D=SHOP") == 404);
        CHECK(status(query + "%5Bcost_centre%5D=SHOP") == 404);
    }
    const HttpAnswer added =
        acme.server.command("AddDimensionValues", R"({"company": "ACME", "dimension": "cost_centre",
            "values": [{"value": "SHOP", "name": "Shop"}]})");
    REQUIRE(added.status == 200);
    const std::string position = "&min_position=" + json::parse(added.body)["position"].dump();
    CHECK(status(balance + "%5Bcost_centre%5D=SHOP" + position) == 200);
    CHECK(status(statement + "%5Bcost_centre%5D=SHOP" + position) == 200);
    CHECK(status(balance + "%5Bcost_centre%5D=SHOP&valid_at=2026-01-31" + position) == 200);
}

TEST_CASE("the same rows as CSV") {
    Acme acme;
    acme.server.command("PostEntry", entry_json(entry_id(1), "2026-02-10", "100.00"));
    const std::string position = acme.ask("/health/ready")["position"].dump();
    const HttpAnswer csv = acme.server.get(
        "/queries/trial_balance?company=ACME&min_position=" + position, {{"Accept", "text/csv"}});
    CHECK(csv.status == 200);
    CHECK(csv.body.starts_with("account,"));
    CHECK(csv.body.find("100.00,EUR") != std::string::npos);
}

TEST_CASE("a file of rows is the whole answer unless pages are asked for") {
    Acme acme;
    for (int number = 1; number <= 130; ++number)
        acme.server.command("PostEntry", entry_json(entry_id(number), "2026-02-10", "1.00"));
    const std::string target =
        "/queries/statement_of_account?company=ACME&account=4000&min_position=" +
        acme.ask("/health/ready")["position"].dump();
    const HttpAnswer whole = acme.server.get(target, {{"Accept", "text/csv"}});
    CHECK(std::ranges::count(whole.body, '\n') == 131);
    CHECK(whole.header("Kontor-Next") == nullptr);
    const HttpAnswer page = acme.server.get(target + "&limit=100", {{"Accept", "text/csv"}});
    CHECK(std::ranges::count(page.body, '\n') == 101);
    REQUIRE(page.header("Kontor-Next") != nullptr);
    CHECK(whole.body.starts_with(page.body));
}

TEST_CASE("a header that decides something is there once") {
    Acme acme;
    const std::string entry = entry_json(entry_id(1), "2026-02-10", "1.00");
    CHECK(acme.server
              .command("PostEntry", entry, {{"Idempotency-Key", "a"}, {"idempotency-key", "b"}})
              .status == 422);
    CHECK(acme.server.get("/queries/companies", {{"Authorization", "Bearer other"}}).status == 422);
    CHECK(acme.server.command("PostEntry", entry, {{"Idempotency-Key", "a"}}).status == 200);
}

TEST_CASE("without the permission every command and query is forbidden") {
    Acme acme;
    const std::string secret = "a secret that nobody guesses";
    const Hash hash = sha256(secret);
    std::string encoded;
    append_base64({reinterpret_cast<const char*>(hash.data()), hash.size()}, encoded);
    const HttpAnswer created = acme.server.command(
        "CreateKey", R"({"key": "bob", "actor": "bob", "sha256": ")" + encoded + "\"}");
    INFO(created.body);
    REQUIRE(created.status == 200);
    const std::string admin = acme.server.key();

    SECTION("a key without a role may do nothing") {
        acme.server.act_with(secret);
        std::size_t asked = 0;
        for (const Catalog::Command& command : test::program().commands()) {
            const std::string_view example = command.spec->type->example;
            if (example.empty()) continue;
            const std::string name(command.spec->type->name);
            INFO(name);
            CHECK(acme.server.command(name, std::string(example)).status == 403);
            ++asked;
        }
        CHECK(asked > 5);
        for (const char* target :
             {"/queries/trial_balance?company=ACME", "/queries/companies", "/events", "/metrics"})
            CHECK(acme.server.get(target).status == 403);
        CHECK(acme.server.post("/checkpoint", "").status == 403);
    }
    SECTION("a role for one company opens that company only, until it is withdrawn") {
        const std::string role = R"({"role": "clerk", "permissions": ["ledger.*"]})";
        REQUIRE(acme.server.command("DefineRole", role).status == 200);
        const std::string grant = R"({"actor": "bob", "role": "clerk", "for_company": "ACME"})";
        REQUIRE(acme.server.command("GrantRole", grant).status == 200);
        acme.server.act_with(secret);
        const std::string body = entry_json(entry_id(1), "2026-02-10", "100.00");
        const HttpAnswer posted = acme.server.command("PostEntry", body);
        REQUIRE(posted.status == 200);
        CHECK(acme.server
                  .get("/queries/trial_balance?company=ACME&min_position=" +
                       json::parse(posted.body)["position"].dump())
                  .status == 200);
        CHECK(acme.server.get("/queries/trial_balance?company=OTHER").status == 403);
        CHECK(acme.server.command("CreateCompany", create_acme).status == 403);
        acme.server.act_with(admin);
        REQUIRE(acme.server.command("WithdrawRole", grant).status == 200);
        acme.server.act_with(secret);
        CHECK(acme.server.command("PostEntry", body).status == 403);
        acme.server.act_with(admin);
        REQUIRE(acme.server.command("RevokeKey", R"({"key": "bob"})").status == 200);
        acme.server.act_with(secret);
        CHECK(acme.server.command("PostEntry", body).status == 401);
    }
    SECTION("a wrong key, or none, may not even come in") {
        acme.server.act_with("wrong");
        CHECK(acme.server.get("/openapi.json").status == 401);
        CHECK(acme.server.get("/queries/unheard").status == 401);
        CHECK(acme.server.get("/health/live").status == 200);
        CHECK(acme.server.get("/health/ready").status == 200);
    }
}

TEST_CASE("the feed tells every commit once, and goes on where it was left") {
    Acme acme;
    acme.server.command("PostEntry", entry_json(entry_id(1), "2026-02-10", "100.00"));
    acme.server.command("PostEntry", entry_json(entry_id(2), "2026-02-10", "100.00"));
    const auto listen = [&](const std::string& target, std::vector<Header> headers,
                            const std::string& until) {
        HttpClient client(acme.server.url());
        HttpRequest request{"GET", target, std::move(headers), {}, {}};
        request.headers.push_back({"Authorization", "Bearer " + acme.server.key()});
        std::string heard;
        client.send(request, [&](std::string_view piece) {
            heard += piece;
            return heard.find(until) == std::string::npos;
        });
        return heard;
    };
    const std::string last = acme.ask("/health/ready")["position"].dump();
    const std::string all = listen("/events?after=0", {}, "id: " + last);
    std::size_t messages = 0;
    for (std::size_t at = 0; (at = all.find("\nid: ", at)) != std::string::npos; ++at) ++messages;
    CHECK(std::to_string(messages) == last);
    const std::string rest =
        listen("/events", {{"Last-Event-ID", std::to_string(std::stoi(last) - 1)}}, "id: " + last);
    CHECK(rest.find("id: " + std::to_string(std::stoi(last) - 1) + "\n") == std::string::npos);
    CHECK(rest.find(entry_id(2)) != std::string::npos);
    const std::string entries = listen("/events?after=0&type=EntryPosted",
                                       {{"Accept", "application/x-ndjson"}}, entry_id(2));
    CHECK(entries.find("CompanyCreated") == std::string::npos);
    CHECK(entries.find(entry_id(1)) != std::string::npos);
    // A summary says where the log is, then which read models each change touched.
    std::string summary;
    std::atomic<bool> told{false};
    std::thread console([&] {
        summary = listen("/events?summary=true", {}, "\"ledger_totals\"");
        told = true;
    });
    for (int n = 3; !told && n < 200; ++n) {
        acme.server.command("PostEntry", entry_json(entry_id(n), "2026-02-10", "100.00"));
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    console.join();
    CHECK(summary.find("{\"position\":") != std::string::npos);
    CHECK(summary.find("\"journal\"") != std::string::npos);
    CHECK(summary.find("\"company_list\"") == std::string::npos);
    for (const char* wrong : {"type=Unheard", "summary=maybe", "after=0&after=1", "after=-1"})
        CHECK(acme.server.get("/events?" + std::string(wrong)).status == 422);
}

TEST_CASE("a feed ends when its key is revoked") {
    Acme acme;
    // The administrator's second key, so that the first can take it away.
    const std::string secret = "the secret of the second key";
    const Hash hash = sha256(secret);
    std::string sha = R"({"key": "second", "actor": "administrator", "sha256": ")";
    append_base64({reinterpret_cast<const char*>(hash.data()), hash.size()}, sha);
    REQUIRE(acme.server.command("CreateKey", sha + "\"}").status == 200);
    std::string heard;
    std::thread listener([&] {
        HttpClient client(acme.server.url());
        client.send({"GET", "/events?after=0", {{"Authorization", "Bearer " + secret}}, {}, {}},
                    [&](std::string_view piece) {
                        heard += piece;
                        return true;
                    });
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(acme.server.command("RevokeKey", R"({"key": "second"})").status == 200);
    CHECK(acme.server.command("PostEntry", entry_json(entry_id(1), "2026-02-10", "1.00")).status ==
          200);
    listener.join();
    CHECK(heard.find(entry_id(1)) == std::string::npos);
}

TEST_CASE("a stopped and started server knows everything, and its figures are the same") {
    ScratchDirectory directory;
    std::string before;
    {
        RunningServer server(directory.path());
        REQUIRE(server.command("CreateCompany", create_acme).status == 200);
        for (int n = 1; n <= 20; ++n)
            REQUIRE(
                server.command("PostEntry", entry_json(entry_id(n), "2026-02-10", "3.00")).status ==
                200);
        const std::string position =
            json::parse(server.get("/health/ready").body)["position"].dump();
        before = server.get("/queries/trial_balance?company=ACME&min_position=" + position).body;
        CHECK(before.find("60.00") != std::string::npos);
    }
    RunningServer server(directory.path());
    const std::string position = json::parse(server.get("/health/ready").body)["position"].dump();
    CHECK(server.get("/queries/trial_balance?company=ACME&min_position=" + position).body ==
          before);
    CHECK(server.command("PostEntry", entry_json(entry_id(20), "2026-02-10", "3.00")).status ==
          409);
}

// A crash can leave read models as of long ago, or none; here there are none.
TEST_CASE("after a restart nobody reads less than the log held") {
    ScratchDirectory directory;
    json position;
    {
        RunningServer server(directory.path());
        REQUIRE(server.command("CreateCompany", create_acme).status == 200);
        std::string body;
        for (int n = 1; n <= 3'000; ++n)
            body +=
                batch_line("b" + std::to_string(n), entry_json(entry_id(n), "2026-02-10", "1.00"));
        REQUIRE(lines_of(server.post("/commands", body, ndjson).body).size() == 3'000);
        position = json::parse(server.get("/health/ready").body)["position"];
    }
    std::filesystem::remove_all(directory.path() + "/views");
    RunningServer server(directory.path());
    const HttpAnswer answer = server.get("/queries/trial_balance?company=ACME");
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    CHECK(json::parse(answer.body)["as_of"]["position"] == position);
    CHECK(answer.body.find("3000.00") != std::string::npos);
}

TEST_CASE("read models are built anew while they go on answering") {
    Acme acme;
    acme.server.command("PostEntry", entry_json(entry_id(1), "2026-02-10", "100.00"));
    const HttpAnswer begun = acme.server.post("/rebuild", "");
    CHECK(begun.status == 202);
    CHECK(json::parse(begun.body)["rebuilding"].size() == read_models().size());
    CHECK(acme.balance("1000") == "100.00");
    const auto building = [&] {
        const json ready = acme.ask("/health/ready");
        return std::ranges::any_of(ready["read_models"],
                                   [](const json& model) { return model["building"] == true; });
    };
    for (int tries = 0; tries < 2'000 && building(); ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    CHECK_FALSE(building());
    CHECK(acme.balance("1000") == "100.00");
    CHECK(acme.server.post("/rebuild?read_model=ledger_totals", "").status == 202);
    CHECK(acme.server.post("/rebuild?read_model=unheard", "").status == 404);
    CHECK(acme.server.post("/rebuild?colour=red", "").status == 422);
    CHECK(acme.server.get("/rebuild").status == 405);
}

TEST_CASE("the business day is the company's, not the server's") {
    // FACTS: posted at 22:30 UTC by a company in Riyadh, it is the next day there.
    Acme acme;
    const json answer = json::parse(acme.server
                                        .command("RenameAccount",
                                                 R"({"company": "ACME", "account": "1000",
                                                     "name": "Till"})")
                                        .body);
    REQUIRE(answer.contains("time"));
    const Timestamp time = *timestamp_from(answer["time"].get<std::string>());
    const Date there{static_cast<std::int32_t>((time.micros / 1'000'000 + 3 * 3600) / 86'400)};
    HttpClient client(acme.server.url());
    HttpRequest request{
        "GET",
        "/events?after=0&type=AccountRenamed",
        {{"Authorization", "Bearer " + acme.server.key()}, {"Accept", "application/x-ndjson"}},
        {},
        {}};
    std::string heard;
    client.send(request, [&](std::string_view piece) {
        heard += piece;
        return heard.find('\n') == std::string::npos;
    });
    CHECK(json::parse(heard.substr(0, heard.find('\n')))["events"][0]["day"] == to_text(there));
}

}  // namespace kontor
