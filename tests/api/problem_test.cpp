// How a no reads: RFC 9457 members, Kontor's own, and codes that mean one thing.
#include "api/problem.h"

#include "domain/contexts.h"

#include <catch2/catch.hpp>
#include <set>

using namespace kontor;

namespace {

constexpr Reason period_closed{Refusal::conflict, "period_closed", "The period is \"closed\"."};
constexpr Reason account_unknown{Refusal::missing, "account_unknown", "There is no such account."};
constexpr Reason entry_empty{Refusal::invalid, "entry_empty", "An entry has lines."};

}  // namespace

TEST_CASE("the business refuses with 404, 409 or 422 and its own words") {
    CHECK(problem_json(refused(period_closed)) ==
          R"({"type":"urn:kontor:problem:period_closed","title":"Period closed","status":409,)"
          R"("detail":"The period is \"closed\".","code":"period_closed"})");
    CHECK(refused(account_unknown).status == 404);
    CHECK(refused(entry_empty).status == 422);
}

TEST_CASE("a veto of a rule is a conflict and names the rule") {
    const Problem veto = refused(account_unknown, "goods_receipt_posts_to_ledger");
    CHECK(veto.status == 409);
    CHECK(problem_json(veto) ==
          R"({"type":"urn:kontor:problem:account_unknown","title":"Account unknown","status":409,)"
          R"("detail":"There is no such account.","code":"account_unknown",)"
          R"("flow":"goods_receipt_posts_to_ledger"})");
}

TEST_CASE("malformed input tells every fault") {
    CHECK(problem_json(malformed({{"/lines/0/a~1b", "is missing"}, {"", "is \"odd\""}})) ==
          R"({"type":"urn:kontor:problem:malformed_input","title":"The input is malformed",)"
          R"("status":422,"detail":"2 faults.","code":"malformed_input","errors":[)"
          R"({"pointer":"/lines/0/a~1b","problem":"is missing"},)"
          R"({"pointer":"","problem":"is \"odd\""}]})");
    CHECK(malformed({{"/price", "is missing"}}).detail == "/price is missing.");
    CHECK(malformed({{"", "must be an object"}}).detail == "The input must be an object.");
    CHECK_THAT(malformed(std::vector<Fault>(most_faults, {"/x", "is odd"})).detail,
               Catch::Contains("more"));
}

TEST_CASE("what may help later says when, and what it is about is a member") {
    Problem wait = try_again(behind, "Read models stand at 41.", 2);
    wait.position = 41;
    wait.id = "invoice 7";
    CHECK(problem_json(wait) ==
          R"({"type":"urn:kontor:problem:behind","title":"The read models are not there yet",)"
          R"("status":503,"detail":"Read models stand at 41.","code":"behind","id":"invoice 7",)"
          R"("position":41,"retry_after":2})");
}

TEST_CASE("what the engine answers has the title of its kind") {
    CHECK(refused(403, "not_permitted", "ada has no role with it.", "").title ==
          "The key lacks the permission");
    CHECK(refused(409, "period_closed", "It was closed then.", "").title == "Period closed");
}

TEST_CASE("a no never breaks its own JSON") {
    const std::string text = problem_json(problem(nothing_here, "no route \xFF\n\""));
    CHECK_THAT(text, Catch::Contains("no route \xEF\xBF\xBD\\n\\\""));
}

TEST_CASE("a code means one thing in the whole program") {
    std::set<std::string_view> codes;
    for (const ProblemKind* kind : problem_kinds()) {
        CAPTURE(kind->code);
        CHECK(codes.insert(kind->code).second);
        CHECK(kind->status >= 400);
    }
    // Reasons may be shared by commands, but never be called as a problem is.
    const auto catalog = make_catalog();
    for (const Catalog::Command& command : catalog->commands())
        for (const Reason* reason : command.own_reasons) {
            CAPTURE(reason->code);
            CHECK_FALSE(codes.contains(reason->code));
        }
}
