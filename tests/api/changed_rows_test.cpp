// What changed in an answer between two moments of knowledge, and which events changed it: asked of
// a real server, with figures worked out by hand.
#include "api/scalar_text.h"
#include "eventstore/hashes.h"
#include "projections/projection.h"
#include "projections/row_names.h"
#include "tests/support/running_server.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace kontor {
namespace {

using nlohmann::json;
using test::RunningServer;
using test::ScratchDirectory;

std::string entry_id(int n) {
    char text[37];
    std::snprintf(text, sizeof text, "01900000-0000-7000-8000-%012d", n);
    return text;
}

// The books of a company that is asked what changed in them.
class Books {
public:
    explicit Books(const std::string& chart = "standard") : server(directory_.path()) {
        tell("CreateCompany",
             R"({"company": "ACME", "name": "Acme Ltd", "base_currency": "EUR", "time_zone": "UTC",
                 "first_fiscal_year": 2026, "chart": ")" +
                 chart + "\"}");
    }

    // The position of a command that is accepted.
    int tell(const std::string& command, const std::string& body, const std::string& note = {}) {
        std::vector<Header> headers;
        if (!note.empty()) headers.push_back({"Kontor-Note", note});
        const HttpAnswer answer = server.command(command, body, headers);
        INFO(answer.body);
        REQUIRE(answer.status == 200);
        return position_ = json::parse(answer.body)["position"];
    }
    int post(int n, const std::string& date, const std::string& debit, const std::string& credit,
             const std::string& amount, const std::string& text) {
        const json money{{"amount", amount}, {"currency", "EUR"}};
        return tell("PostEntry",
                    json{{"company", "ACME"},
                         {"entry", entry_id(n)},
                         {"journal", "GEN"},
                         {"date", date},
                         {"text", text},
                         {"lines",
                          {{{"account", debit}, {"side", "debit"}, {"amount", money}},
                           {{"account", credit}, {"side", "credit"}, {"amount", money}}}}}
                        .dump());
    }
    HttpAnswer answer(const std::string& query, int from, int to, const std::string& more = {},
                      std::vector<Header> headers = {}) {
        return server.get("/queries/" + query + "/diff?company=ACME&between=" +
                              std::to_string(from) + "&between=" + std::to_string(to) +
                              "&min_position=" + std::to_string(position_) + more,
                          std::move(headers));
    }
    json changes(const std::string& query, int from, int to, const std::string& more = {}) {
        const HttpAnswer got = answer(query, from, to, more);
        INFO(got.body);
        REQUIRE(got.status == 200);
        return json::parse(got.body);
    }

private:
    ScratchDirectory directory_;
    int position_ = 0;

public:
    RunningServer server;
};

const json& row_of(const json& changes, const std::string& row) {
    for (const json& each : changes["rows"])
        if (each["row"] == row) return each;
    FAIL("no row " << row << " changed");
    return changes;
}

std::vector<std::string> rows_of(const json& changes) {
    std::vector<std::string> rows;
    for (const json& each : changes["rows"]) rows.push_back(each["row"]);
    return rows;
}

std::vector<std::string> events_of(const json& row) {
    std::vector<std::string> events;
    for (const json& each : row["events"]) events.push_back(each["event"]);
    return events;
}

std::string name_of(int position, int n = 0) {
    return std::to_string(position) + "." + std::to_string(n);
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a backdated entry changes exactly the rows that it touches, by its own amounts") {
    Books books;
    books.post(1, "2026-02-10", "1000", "4000", "100.00", "Sale");
    const int before = books.post(2, "2026-03-10", "5000", "1000", "40.00", "Goods");
    const int late = books.post(3, "2026-02-20", "1000", "4000", "25.00", "A sale found late");

    const json march = books.changes("trial_balance", before, late, "&valid_at=2026-02-28");
    CHECK(march["between"] == json::array({before, late}));
    CHECK(march["as_of"]["valid_at"] == "2026-02-28");
    CHECK(rows_of(march) == Names{"1000", "4000"});
    CHECK(march["next"].is_null());
    const json& cash = row_of(march, "1000");
    CHECK(cash["change"] == "changed");
    CHECK(cash["before"]["debit"]["amount"] == "100.00");
    CHECK(cash["after"]["debit"]["amount"] == "125.00");
    REQUIRE(cash["fields"].size() == 1);
    CHECK(
        cash["fields"][0] ==
        json{{"field", "debit"}, {"difference", "25.00"}, {"unit", "EUR"}, {"explained", "25.00"}});
    REQUIRE(cash["events"].size() == 1);
    const json& event = cash["events"][0];
    CHECK(event["event"] == name_of(late));
    CHECK(event["type"] == "EntryPosted");
    CHECK(event["day"] == "2026-02-20");
    CHECK(event["actor"] == "administrator");
    CHECK(event["command"] == "PostEntry");
    CHECK(event["text"] == "A sale found late");
    CHECK(event["by"] == "amount");
    CHECK(event["amounts"] == json{{"debit", "25.00"}});
    CHECK(march["totals"]["before"]["debit"]["amount"] == "100.00");
    CHECK(march["totals"]["after"]["debit"]["amount"] == "125.00");
    // On a day before it nothing changed.
    CHECK(books.changes("trial_balance", before, late, "&valid_at=2026-02-19")["rows"].empty());
    CHECK(books.changes("trial_balance", late, late)["rows"].empty());
}

TEST_CASE("a correction tells its reason and both of its entries") {
    Books books;
    const int before = books.post(1, "2026-02-10", "1000", "4000", "100.00", "Sale");
    const json ninety{{"amount", "90.00"}, {"currency", "EUR"}};
    const int corrected =
        books.tell("CorrectEntry",
                   json{{"company", "ACME"},
                        {"corrects", entry_id(1)},
                        {"reversal", entry_id(2)},
                        {"text", "It was 90"},
                        {"replacement",
                         {{"entry", entry_id(3)},
                          {"journal", "GEN"},
                          {"date", "2026-02-10"},
                          {"text", "Sale"},
                          {"lines",
                           {{{"account", "1000"}, {"side", "debit"}, {"amount", ninety}},
                            {{"account", "4000"}, {"side", "credit"}, {"amount", ninety}}}}}}}
                       .dump(),
                   "seen by the bank");
    const json changed = books.changes("trial_balance", before, corrected);
    const json& sales = row_of(changed, "4000");
    CHECK(sales["fields"][0]["difference"] == "-10.00");
    CHECK(sales["fields"][0]["explained"] == "-10.00");
    REQUIRE(events_of(sales) == Names{name_of(corrected), name_of(corrected, 1)});
    CHECK(sales["events"][0]["amounts"]["credit"] == "-100.00");
    CHECK(sales["events"][0]["text"] == "It was 90");
    CHECK(sales["events"][0]["note"] == "seen by the bank");
    CHECK(sales["events"][1]["amounts"]["credit"] == "90.00");
    // In the journal the entry shows who took it back, and two entries came.
    const json journal = books.changes("journal", before, corrected, "&journal=GEN");
    CHECK(rows_of(journal) == Names{entry_id(1), entry_id(2), entry_id(3)});
    const json& first = row_of(journal, entry_id(1));
    CHECK(first["change"] == "changed");
    CHECK(first["fields"] == json::array({{{"field", "reversed_by"}}}));
    CHECK(events_of(first).front() == name_of(corrected));
    CHECK(row_of(journal, entry_id(3))["change"] == "added");
    CHECK(events_of(row_of(journal, entry_id(3))) == Names{name_of(corrected, 1)});
}

TEST_CASE("a balance that changes sides is told by the events that turned it") {
    Books books;
    const int before = books.post(1, "2026-02-10", "1000", "4000", "100.00", "Sale");
    const int turned = books.post(2, "2026-02-11", "5000", "1000", "150.00", "Overdrawn");
    const json changed = books.changes("trial_balance", before, turned);
    const json& cash = row_of(changed, "1000");
    CHECK(cash["fields"].size() == 2);
    CHECK(cash["after"]["debit"]["amount"] == "0.00");
    CHECK(cash["after"]["credit"]["amount"] == "50.00");
    CHECK(events_of(cash) == Names{name_of(turned)});
    CHECK(cash["events"][0]["amounts"] == json{{"credit", "150.00"}});
    const json& goods = row_of(changed, "5000");
    CHECK(goods["change"] == "added");
    CHECK_FALSE(goods.contains("before"));
    CHECK(events_of(goods) == Names{name_of(turned)});
}

TEST_CASE("what no amount tells is told by the events that name the row") {
    Books books;
    const int before = books.post(1, "2026-02-10", "1000", "4000", "100.00", "Sale");
    books.post(2, "2026-02-11", "1000", "4000", "5.00", "Sale");
    const int renamed = books.tell("RenameAccount",
                                   R"({"company": "ACME", "account": "4000", "name": "Turnover"})");
    const int closed =
        books.tell("ClosePeriod", R"({"company": "ACME", "year": "2026", "period": 1})");
    const json chart = books.changes("chart_of_accounts", before, closed);
    REQUIRE(rows_of(chart) == Names{"4000"});
    CHECK(chart["rows"][0]["fields"] == json::array({{{"field", "name"}}}));
    CHECK(chart["rows"][0]["after"]["name"] == "Turnover");
    CHECK(events_of(chart["rows"][0]) == Names{name_of(renamed)});
    CHECK(chart["rows"][0]["events"][0]["by"] == "name");
    // Beside a figure, the name has its own event.
    const json balance = books.changes("trial_balance", before, closed);
    CHECK(events_of(row_of(balance, "1000")) == Names{name_of(before + 1)});
    CHECK(events_of(row_of(balance, "4000")) == Names{name_of(before + 1), name_of(renamed)});
    const json periods = books.changes("fiscal_periods", before, closed);
    REQUIRE(periods["rows"].size() == 1);
    CHECK(periods["rows"][0]["after"]["period"] == 1);
    CHECK(events_of(periods["rows"][0]) == Names{name_of(closed)});
}

TEST_CASE("an account that moved in the tree changes a statement by no amount of its own") {
    Books books("ifrs");
    const int before = books.post(1, "2026-02-10", "5330", "1290", "100.00", "Depreciation");
    const int moved =
        books.tell("MoveAccount", R"({"company": "ACME", "account": "5330", "parent": "52"})");
    const json changed = books.changes("financial_statement", before, moved,
                                       "&statement=income_statement&valid_at=2999-12-31"
                                       "&from=2026-01-01");
    REQUIRE(rows_of(changed) == Names{"selling", "administrative"});
    const json& selling = changed["rows"][0];
    CHECK(selling["fields"][0]["difference"] == "-100.00");
    CHECK(selling["fields"][0]["explained"] == "0.00");
    REQUIRE(events_of(selling) == Names{name_of(moved)});
    CHECK(selling["events"][0]["type"] == "AccountMoved");
    CHECK(selling["events"][0]["by"] == "effect");
}

TEST_CASE("rates have names of their own, and each is told the events of its own") {
    Books books;
    const auto rate = [&](const std::string& command, const std::string& type,
                          const std::string& from, const std::string& date,
                          const std::string& value) {
        json said{
            {"company", "ACME"}, {"type", type}, {"from", from}, {"to", "EUR"}, {"date", date}};
        if (!value.empty()) said["rate"] = value;
        return books.tell(command, said.dump());
    };
    const int gone = rate("SetRate", "spot", "CHF", "2026-01-05", "1.05");
    const int usd = rate("SetRate", "spot", "USD", "2026-01-05", "0.92");
    const int later = rate("SetRate", "spot", "USD", "2026-01-06", "0.93");
    const int gbp = rate("SetRate", "spot", "GBP", "2026-01-05", "1.15");
    const int closing = rate("SetRate", "closing", "USD", "2026-01-05", "0.94");
    const int mended = rate("SetRate", "spot", "USD", "2026-01-05", "0.91");
    const int withdrawn = rate("WithdrawRate", "spot", "CHF", "2026-01-05", "");
    const json changed = books.changes("rates", gone, withdrawn);
    REQUIRE(rows_of(changed) == Names{"spot/CHF/EUR/2026-01-05", "spot/GBP/EUR/2026-01-05",
                                      "spot/USD/EUR/2026-01-06", "spot/USD/EUR/2026-01-05",
                                      "closing/USD/EUR/2026-01-05"});
    CHECK(changed["rows"][0]["change"] == "removed");
    CHECK(events_of(changed["rows"][0]) == Names{name_of(withdrawn)});
    CHECK(events_of(changed["rows"][1]) == Names{name_of(gbp)});
    CHECK(events_of(changed["rows"][2]) == Names{name_of(later)});
    CHECK(events_of(changed["rows"][3]) == Names{name_of(usd), name_of(mended)});
    CHECK(events_of(changed["rows"][4]) == Names{name_of(closing)});
    // The rate of a day changes by what it is made of, also where that is printed the other way
    // round.
    const json used = books.changes("rate", usd, withdrawn, "&from=USD&to=EUR&valid_at=2026-01-05");
    REQUIRE(rows_of(used) == Names{"spot/USD/EUR"});
    CHECK(events_of(used["rows"][0]) == Names{name_of(mended)});
    CHECK(used["rows"][0]["events"][0]["by"] == "name");
    const json turned =
        books.changes("rate", usd, withdrawn, "&from=EUR&to=USD&valid_at=2026-01-10");
    REQUIRE(rows_of(turned) == Names{"spot/EUR/USD"});
    CHECK(events_of(turned["rows"][0]) == Names{name_of(later)});
}

TEST_CASE("periods and values of dimensions have names of their own") {
    Books books;
    const int before = books.tell("OpenFiscalYear", R"({"company": "ACME", "year": "2027",
                                      "first_day": "2027-01-01"})");
    const auto state = [&](const char* command, const char* year, int period) {
        json said{{"company", "ACME"}, {"year", year}, {"period", period}};
        if (command == std::string("ReopenPeriod")) said["reason"] = "Late";
        return books.tell(command, said.dump());
    };
    const int first = state("ClosePeriod", "2026", 1);
    state("ClosePeriod", "2026", 2);
    const int other_year = state("ClosePeriod", "2027", 1);
    const int reopened = state("ReopenPeriod", "2026", 2);
    const json periods = books.changes("fiscal_periods", before, reopened);
    REQUIRE(rows_of(periods) == Names{"2026/1", "2026/2", "2027/1"});
    CHECK(events_of(periods["rows"][0]) == Names{name_of(first)});
    // It was open before and is again: what changed is why it was reopened.
    CHECK(events_of(periods["rows"][1]) == Names{name_of(reopened)});
    CHECK(events_of(periods["rows"][2]) == Names{name_of(other_year)});

    const auto dimension = [&](const char* command, const char* code, const char* more) {
        return books.tell(command, R"({"company": "ACME", "dimension": ")" + std::string(code) +
                                       "\", " + more + "}");
    };
    dimension("DefineDimension", "place", R"("name": "Place")");
    const int defined = dimension("DefineDimension", "thing", R"("name": "Thing")");
    const int places = dimension("AddDimensionValues", "place",
                                 R"("values": [{"value": "A", "name": "Aachen"},
                                               {"value": "B", "name": "Bonn"}])");
    const int things =
        dimension("AddDimensionValues", "thing", R"("values": [{"value": "A", "name": "Axe"}])");
    const json values = books.changes("dimension_values", defined, things);
    REQUIRE(rows_of(values) == Names{"place/A", "place/B", "thing/A"});
    CHECK(events_of(values["rows"][1]) == Names{name_of(places)});
    CHECK(events_of(values["rows"][2]) == Names{name_of(things)});
}

TEST_CASE("a combined figure is changed by what changed one of its companies' figures") {
    Books books("ifrs");
    const auto tell = [&](const std::string& company, const std::string& command, json said) {
        said["company"] = company;
        return books.tell(command, said.dump());
    };
    tell("BETA", "CreateCompany",
         {{"name", "Beta"},
          {"base_currency", "USD"},
          {"time_zone", "UTC"},
          {"first_fiscal_year", 2026},
          {"chart", "ifrs"}});
    const auto post = [&](const std::string& company, int n, const std::string& amount,
                          const std::string& currency) {
        const json money{{"amount", amount}, {"currency", currency}};
        return tell(company, "PostEntry",
                    {{"entry", entry_id(n)},
                     {"journal", "GEN"},
                     {"date", "2026-02-10"},
                     {"text", "Paid in"},
                     {"lines",
                      {{{"account", "1290"}, {"side", "debit"}, {"amount", money}},
                       {{"account", "3000"}, {"side", "credit"}, {"amount", money}}}}});
    };
    const auto rate = [&](const std::string& company, const char* type, const char* date,
                          const char* value) {
        return tell(
            company, "SetRate",
            {{"type", type}, {"from", "USD"}, {"to", "EUR"}, {"date", date}, {"rate", value}});
    };
    rate("BETA", "spot", "2026-02-10", "0.90");
    rate("BETA", "closing", "2026-03-31", "0.90");
    post("ACME", 1, "100.00", "EUR");
    const int before = post("BETA", 2, "100.00", "USD");
    const auto changes = [&](int to) {
        const HttpAnswer answer = books.server.get(
            "/queries/combined_statement/diff?companies=ACME&companies=BETA&valid_at=2026-03-31"
            "&statement=balance_sheet&currency=EUR&between=" +
            std::to_string(before) + "&between=" + std::to_string(to));
        INFO(answer.body);
        REQUIRE(answer.status == 200);
        return json::parse(answer.body);
    };
    // What moves no figure, though it names the lines or happens meanwhile.
    tell("BETA", "DefineStatement",
         {{"statement", "own"},
          {"name", "Own"},
          {"kind", "position"},
          {"lines", {{{"line", "cash"}, {"name", "Cash"}, {"level", 1}, {"accounts", {"1290"}}}}}});
    tell("CETA", "CreateCompany",
         {{"name", "Ceta"},
          {"base_currency", "EUR"},
          {"time_zone", "UTC"},
          {"first_fiscal_year", 2026},
          {"chart", "ifrs"}});
    post("CETA", 3, "7.00", "EUR");
    rate("ACME", "spot", "2026-02-10", "0.80");
    const int posted = post("ACME", 4, "5.00", "EUR");
    const json cash = row_of(changes(posted), "cash");
    CHECK(events_of(cash) == Names{name_of(posted)});
    CHECK(cash["events"][0]["by"] == "amount");
    const int mended = rate("BETA", "closing", "2026-03-31", "0.95");
    const json both = changes(mended);
    CHECK(row_of(both, "cash")["after"]["by_company"]["BETA"]["amount"] == "95.00");
    CHECK(events_of(row_of(both, "cash")) == Names{name_of(posted), name_of(mended)});
    CHECK(row_of(both, "cash")["events"][1]["type"] == "RateSet");
    // Equity stays at the rate of its day; the reserve is the rate's alone.
    CHECK(events_of(row_of(both, "capital")) == Names{name_of(posted)});
}

TEST_CASE("names of several fields are of queries that have the fields and explain nothing") {
    for (const RowNames& names : row_names()) {
        INFO(names.query);
        const QuerySpec* found = nullptr;
        const auto models = read_models();
        for (const ReadModelSpec& model : models)
            for (const QuerySpec& query : model.queries)
                if (query.type->name == names.query) found = &query;
        REQUIRE(found);
        CHECK_FALSE(found->explain);
        for (const std::string_view field : names.fields) CHECK(found->type->row().field(field));
    }
}

TEST_CASE("changes come in pages of the same two moments, and as CSV whole") {
    Books books;
    const int before = books.post(1, "2026-01-10", "1000", "4000", "1.00", "Sale");
    int last = before;
    const std::vector<std::string> accounts = {"1010", "1100", "1200", "2000", "2100", "5000"};
    for (std::size_t at = 0; at < accounts.size(); ++at)
        last = books.post(10 + static_cast<int>(at), "2026-01-11", accounts[at], "4000", "2.50",
                          "=1+1, a text");
    const json whole = books.changes("trial_balance", before, last);
    CHECK(rows_of(whole) == Names{"1010", "1100", "1200", "2000", "2100", "4000", "5000"});
    std::vector<std::string> paged;
    json page = books.changes("trial_balance", before, last, "&limit=3");
    books.post(99, "2026-01-12", "1000", "4000", "7.00", "Later");
    while (true) {
        for (const std::string& row : rows_of(page)) paged.push_back(row);
        if (page["next"].is_null()) break;
        const std::string next = page["next"];
        CHECK(books.server.get("/queries/trial_balance?after=" + next).status == 422);
        CHECK(books.server.get("/queries/trial_balance/diff?between=1&between=2&after=" + next)
                  .status == 422);
        const HttpAnswer answer =
            books.server.get("/queries/trial_balance/diff?limit=3&after=" + next);
        REQUIRE(answer.status == 200);
        page = json::parse(answer.body);
    }
    CHECK(paged == rows_of(whole));
    const HttpAnswer csv =
        books.answer("trial_balance", before, last, {}, {{"Accept", "text/csv"}});
    CHECK(csv.body.find("row,change,field,before,after,difference,explained,unit,events\r\n") == 0);
    CHECK(csv.body.find("4000,changed,credit,1.00,16.00,15.00,15.00,EUR,") != csv.body.npos);
    CHECK(csv.body.find("1010,added,debit,,2.50,2.50,2.50,EUR,") != csv.body.npos);
}

TEST_CASE("lines of a statement are the same lines wherever they came to stand") {
    Books books;
    books.post(1, "2026-02-10", "1000", "4000", "100.00", "Sale");
    const int before = books.post(2, "2026-03-10", "5000", "1000", "40.00", "Goods");
    const int late = books.post(3, "2026-02-20", "1000", "4000", "25.00", "Late");
    const json changed = books.changes("statement_of_account", before, late, "&account=1000");
    REQUIRE(rows_of(changed) == Names{entry_id(3) + ".1", entry_id(2) + ".2"});
    CHECK(changed["rows"][0]["change"] == "added");
    CHECK(events_of(changed["rows"][0]) == Names{name_of(late)});
    const json& goods = changed["rows"][1];
    CHECK(goods["change"] == "changed");
    CHECK(goods["fields"] == json::array({{{"field", "balance"},
                                           {"difference", "25.00"},
                                           {"unit", "EUR"},
                                           {"explained", "25.00"}}}));
    CHECK(events_of(goods) == Names{name_of(late)});
}

TEST_CASE("a question for changes says what is wrong with it") {
    Books books;
    const int last = books.post(1, "2026-02-10", "1000", "4000", "100.00", "Sale");
    const auto no = [&](const std::string& target) {
        const HttpAnswer answer = books.server.get("/queries/" + target);
        const json told = json::parse(answer.body);
        std::string words = std::to_string(answer.status) + " " + told["code"].get<std::string>();
        if (told.contains("errors"))
            words += " " + told["errors"][0]["pointer"].get<std::string>() + " " +
                     told["errors"][0]["problem"].get<std::string>();
        return words;
    };
    const std::string diff = "trial_balance/diff?company=ACME";
    const std::string end = std::to_string(last);
    CHECK(no(diff) ==
          "422 malformed_input /between must be given twice: the earlier moment, then the later "
          "one");
    CHECK(no(diff + "&between=1") == no(diff));
    CHECK(no(diff + "&between=2&between=1") ==
          "422 malformed_input /between must name the earlier moment first");
    CHECK(no(diff + "&between=1&between=" + std::to_string(last + 1)) ==
          "422 malformed_input /between is beyond the log, which ends at position " + end);
    CHECK(no(diff + "&between=1&between=yesterday").find("/between must be a position or an") !=
          std::string::npos);
    CHECK(no(diff + "&between=0&between=1&known_at=1").find("422 malformed_input /known_at") == 0);
    CHECK(no("trial_balance/diff?company=NONE&between=0&between=" + end) == "404 row_missing");
    CHECK(no("unheard/diff?between=0&between=1") == "404 nothing_here");
    CHECK(no("trial_balance/other?company=ACME") == "404 nothing_here");
    // Before the company was there nothing was; all that is there came since.
    const json all = books.changes("trial_balance", 0, last);
    CHECK(rows_of(all) == Names{"1000", "4000"});
    CHECK(all["rows"][0]["change"] == "added");
    // Moments are instants too.
    const HttpAnswer timed =
        books.server.get("/queries/" + diff + "&between=2020-01-01T00:00:00Z&between=" + end);
    CHECK(json::parse(timed.body)["between"] == json::array({0, last}));
}

TEST_CASE("changes are for those who may ask the query itself") {
    Books books;
    const int last = books.post(1, "2026-02-10", "1000", "4000", "100.00", "Sale");
    const std::string secret = "a secret that nobody guesses";
    const Hash hash = sha256(secret);
    std::string encoded;
    append_base64({reinterpret_cast<const char*>(hash.data()), hash.size()}, encoded);
    books.tell("DefineRole", R"({"role": "charts", "permissions": ["chart_of_accounts"]})");
    books.tell("GrantRole", R"({"actor": "eve", "role": "charts"})");
    books.tell("CreateKey", R"({"key": "eve", "actor": "eve", "sha256": ")" + encoded + "\"}");
    books.server.act_with(secret);
    CHECK(books.answer("chart_of_accounts", 0, last).status == 200);
    CHECK(books.answer("trial_balance", 0, last).status == 403);
}

}  // namespace kontor
