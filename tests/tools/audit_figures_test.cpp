// Figures and their changes under audit, against sums over the events as they were answered live.
#include "tests/tools/small_company.h"
#include "tools/audit.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace kontor;
using nlohmann::json;
using test::lines_of;
using test::Ran;
using test::ran;

namespace {

using Words = std::vector<std::string>;

std::int64_t cents_of(const std::string& amount) {
    std::string digits = amount;
    digits.erase(std::remove(digits.begin(), digits.end(), '.'), digits.end());
    return std::stoll(digits);
}

std::uint64_t position_of(const test::LiveEvent& event) { return std::stoull(event.name); }

// Debits less credits of an account of ACME, by event, of commits in (from, to].
std::map<std::string, std::int64_t> postings(const test::SmallCompany& company,
                                             const std::string& account, std::uint64_t from,
                                             std::uint64_t to) {
    std::map<std::string, std::int64_t> by_event;
    for (const test::LiveEvent& event : company.events) {
        if (event.type != "EntryPosted" || position_of(event) <= from || position_of(event) > to)
            continue;
        const json posted = json::parse(event.json);
        if (posted["company"] != "ACME") continue;
        for (const json& line : posted["lines"])
            if (line["account"] == account)
                by_event[event.name] += (line["side"] == "debit" ? 1 : -1) *
                                        cents_of(line["base"]["amount"].get<std::string>());
    }
    return by_event;
}

std::int64_t sum_of(const std::map<std::string, std::int64_t>& by_event) {
    std::int64_t sum = 0;
    for (const auto& [event, amount] : by_event) sum += amount;
    return sum;
}

struct Audited {
    test::ToolsDirectory place;
    const std::string data = place / "company";
    const test::SmallCompany& company = test::copy_of_small_company(data);

    Ran asked(Words words) const {
        words.insert(words.end(), {"--data", data});
        return ran(audit, std::move(words));
    }
};

}  // namespace

TEST_CASE("a figure is explained from the log alone, by events that add up to it") {
    const Audited audited;
    const auto due = postings(audited.company, "1010", 0, audited.company.commits);
    REQUIRE(sum_of(due) > 0);
    const Ran json_page = audited.asked(
        {"explain", "trial_balance", "1010", "--field", "debit", "--company", "ACME", "--json"});
    CHECK(json_page.err == "");
    REQUIRE(json_page.code == 0);
    const json page = json::parse(json_page.out);
    CHECK(cents_of(page["figure"]["amount"]) == sum_of(due));
    std::map<std::string, std::int64_t> told;
    for (const json& event : page["rows"]) told[event["event"]] = cents_of(event["amount"]);
    CHECK(told == due);
    for (const json& event : page["rows"]) {
        CHECK(event["actor"] == "kontor");
        CHECK_FALSE(event["time"].get<std::string>().empty());
        CHECK_FALSE(event["text"].get<std::string>().empty());
    }
    // In pages of three, as words, it comes to the same.
    const Ran text = audited.asked({"explain", "trial_balance", "1010", "--field=debit",
                                    "company=ACME", "--param", "limit=3"});
    REQUIRE(text.code == 0);
    CHECK(text.out.find("debit of 1010 of trial_balance is " +
                        page["figure"]["amount"].get<std::string>() + " GBP, known at position ") ==
          0);
    CHECK(text.out.find(std::to_string(due.size()) + " events add up to " +
                        page["figure"]["amount"].get<std::string>() +
                        " GBP, which is the figure.\n") != std::string::npos);
    for (const auto& [event, amount] : due)
        CHECK(text.out.find("    " + event + " EntryPosted on ") != std::string::npos);
    const Ran csv = audited.asked({"explain", "trial_balance", "1010", "--field", "debit",
                                   "--company", "ACME", "--param", "limit=3", "--csv"});
    const std::string head =
        "event,type,stream,day,time,actor,command,command_id,flow,text,note,amount,unit\r";
    CHECK(lines_of(csv.out).front() == head);
    CHECK(std::ranges::count(lines_of(csv.out), head) == 1);
}

TEST_CASE("a figure is explained as it was known and as of a day; without a field, all are") {
    const Audited audited;
    const auto due = postings(audited.company, "1010", 0, 30);
    const Ran page = audited.asked({"explain", "trial_balance", "--known-at", "30", "--company",
                                    "ACME", "1010", "--field", "debit", "--json"});
    REQUIRE(page.code == 0);
    CHECK(cents_of(json::parse(page.out)["figure"]["amount"]) == sum_of(due));
    const Ran all = audited.asked({"explain", "trial_balance", "1010", "--company", "ACME"});
    CHECK(all.code == 0);
    CHECK(all.out.find("debit of 1010 of trial_balance is ") != std::string::npos);
    CHECK(all.out.find("credit of 1010 of trial_balance is 0.00 GBP") != std::string::npos);
    // The totals of a statement, which has no row in the question.
    const Ran totals = audited.asked({"explain", "statement_of_account", "--field", "closing",
                                      "--company", "ACME", "--account", "1010", "--json"});
    REQUIRE(totals.code == 0);
    CHECK(cents_of(json::parse(totals.out)["figure"]["amount"]) ==
          sum_of(postings(audited.company, "1010", 0, audited.company.commits)));
}

TEST_CASE("rows that changed between two moments are told with the events that changed them") {
    const Audited audited;
    const auto since = postings(audited.company, "1010", 30, 50);
    REQUIRE(since.size() > 1);
    const Ran page = audited.asked(
        {"diff", "trial_balance", "--company", "ACME", "--between", "30", "50", "--json"});
    CHECK(page.err == "");
    REQUIRE(page.code == 0);
    const json changes = json::parse(page.out);
    CHECK(changes["between"] == json::array({30, 50}));
    bool found = false;
    for (const json& row : changes["rows"]) {
        if (row["row"] != "1010") continue;
        found = true;
        REQUIRE(row["fields"].size() == 1);
        CHECK(row["fields"][0]["field"] == "debit");
        CHECK(cents_of(row["fields"][0]["difference"]) == sum_of(since));
        CHECK(row["fields"][0]["explained"] == row["fields"][0]["difference"]);
        std::map<std::string, std::int64_t> told;
        for (const json& event : row["events"])
            told[event["event"]] = cents_of(event["amounts"]["debit"]);
        CHECK(told == since);
    }
    CHECK(found);
    const Ran text =
        audited.asked({"diff", "trial_balance", "--company", "ACME", "--between", "30", "50"});
    CHECK(text.out.find("trial_balance between positions 30 and 50\n1010 changed\n    debit ") ==
          0);
    CHECK(text.out.find(", which these events add up to\n") != std::string::npos);
    CHECK(text.out.find(" rows changed\n") != std::string::npos);
    const Ran csv = audited.asked(
        {"diff", "trial_balance", "--company", "ACME", "--between", "30", "50", "--csv"});
    CHECK(csv.out.find("\r\n1010,changed,debit,") != std::string::npos);
    const Ran none =
        audited.asked({"diff", "trial_balance", "--company", "ACME", "--between", "50", "50"});
    CHECK(none.out.find("nothing changed\n") != std::string::npos);
}

TEST_CASE("an auditor's question that cannot be asked says why") {
    const Audited audited;
    const auto no = [&](Words words) {
        const Ran answer = audited.asked(std::move(words));
        CHECK(answer.code == 1);
        CHECK(answer.out.empty());
        return answer.err;
    };
    CHECK(no({"explain", "cows", "1"}).find("There is no query cows") != std::string::npos);
    CHECK(no({"explain", "trial_balance", "9999", "--company", "ACME", "--field", "debit"})
              .find("The trial balance has no such account.") != std::string::npos);
    CHECK(no({"explain", "trial_balance", "1010", "--field", "debit"}).find("company is missing") !=
          std::string::npos);
    CHECK(no({"explain", "companies", "ACME"}).find("No figure of companies") != std::string::npos);
    CHECK(no({"explain"}).find("Name a query and a row, or give --event.") != std::string::npos);
    CHECK(no({"explain", "trial_balance", "1010", "too_many"}).find("one word too many") !=
          std::string::npos);
    CHECK(no({"diff", "trial_balance", "--company", "ACME"}).find("Say --between") !=
          std::string::npos);
    CHECK(no({"diff", "trial_balance", "--company", "ACME", "--between", "9", "3"})
              .find("between must name the earlier moment first") != std::string::npos);
    CHECK(no({"diff", "trial_balance", "--company", "NONE", "--between", "3", "9"})
              .find("No company has this code.") != std::string::npos);
    CHECK(ran(audit, {"diff", "trial_balance", "--between", "1", "2"})
              .err.find("Give either --data, or --url and --key.") != std::string::npos);
}

TEST_CASE("printing tells of each command who gave it, when and why") {
    const Audited audited;
    const Ran print = audited.asked({"print", "--json"});
    std::size_t reversals = 0;
    for (const std::string& line : lines_of(print.out)) {
        const json event = json::parse(line);
        CHECK(event["actor"] == "kontor");
        CHECK_FALSE(event["time"].get<std::string>().empty());
        if (event.value("command", "") != "ReverseEntry") continue;
        ++reversals;
        CHECK(event["reason"] == "a mistake");
    }
    CHECK(reversals > 0);
    const Ran text = audited.asked({"print"});
    CHECK(text.out.find(": a mistake\n") != std::string::npos);
    // A text of several lines stays in one.
    CHECK(text.out.find(R"(: "entry \")") != std::string::npos);
}
