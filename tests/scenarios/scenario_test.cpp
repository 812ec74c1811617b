// Every scenario comes out as it is written; KONTOR_UPDATE=1 writes what came out instead.
#include "tests/scenarios/scenario.h"

#include "domain/contexts.h"
#include "tests/scenarios/plain_text.h"
#include "tests/scenarios/round_trip.h"
#include "tests/support/running_server.h"
#include "tools/audit_log.h"
#include "tools/journal_text.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <vector>

using namespace kontor;

namespace {

std::string text_of(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return std::move(text).str();
}

std::vector<std::filesystem::path> scenarios() {
    std::vector<std::filesystem::path> found;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(KONTOR_SOURCE_DIR "/tests/scenarios"))
        if (entry.path().extension() == ".scenario") found.push_back(entry.path());
    std::ranges::sort(found);
    return found;
}

// The first lines that differ, for who reads a failed test.
std::string difference(const std::string& written, const std::string& came) {
    std::istringstream left(written), right(came);
    std::string one, other, before;
    for (std::size_t line = 1;; ++line) {
        const bool more = static_cast<bool>(std::getline(left, one));
        const bool too = static_cast<bool>(std::getline(right, other));
        if (!more && !too) return {};
        if (!more || !too || one != other)
            return "line " + std::to_string(line) + ", after: " + before +
                   "\n  written: " + (more ? one : "(the end)") +
                   "\n  came:    " + (too ? other : "(the end)");
        before = one;
    }
}

// Our export, imported into a new company that is set up alike, comes to the same balances and the
// same text, and to nothing more when it is imported again.
void comes_back(const EventLog& log, const std::string& company, const std::string& path) {
    const test::ScratchDirectory scratch;
    REQUIRE_NOTHROW(test::import_again(scratch.path(), log, {company}, path));
    const auto again =
        rocks_event_log({.directory = scratch.path(), .access = LogAccess::read_only});
    for (const bool at_cost : {true, false})
        CHECK(test::balances_in(*again, {company}, at_cost) ==
              test::balances_in(log, {company}, at_cost));
    std::ostringstream exported;
    write_journal(*again, {{company}, {}, {}, again->tail().position}, exported);
    const std::string text = text_of(path);
    const bool numbers = test::numbers_are_whole(text);
    const std::string before = test::comparable(text, numbers),
                      after = test::comparable(exported.str(), numbers);
    if (before != after) FAIL_CHECK(difference(before, after));
}

// What hledger and ledger-cli read in our export is what the log says, of every company.
void others_agree(const std::string& directory) {
    const auto log = rocks_event_log({.directory = directory, .access = LogAccess::read_only});
    std::set<std::string> companies;
    each_commit(*log, 1, log->tail().position, [&](const Commit& commit) {
        for (const StoredCommand& command : commit.commands)
            for (const StoredEvent& event : command.events)
                if (event.type == "CompanyCreated") companies.insert(event.company);
        return true;
    });
    for (const std::string& company : companies) {
        INFO(company);
        const std::string path = directory + "/exported.journal";
        {
            std::ofstream out(path, std::ios::binary);
            write_journal(*log, {{company}, {}, {}, log->tail().position}, out);
        }
        comes_back(*log, company, path);
        for (const char* program : {"hledger", "ledger"})
            for (const bool at_cost : {true, false}) {
                INFO(program << (at_cost ? " in base currency" : " by currency"));
                const auto said = test::balances_by(program, path, at_cost);
                if (!said)
                    WARN("skipped: " << program << " is not installed");
                else
                    CHECK(*said == test::balances_in(*log, {company}, at_cost));
            }
    }
}

}  // namespace

TEST_CASE("every scenario comes out as it is written") {
    const auto catalog = make_catalog();
    const auto found = scenarios();
    REQUIRE(!found.empty());
    for (const auto& path : found) {
        INFO(path.lexically_relative(KONTOR_SOURCE_DIR).string());
        const std::string written = text_of(path);
        const test::ScratchDirectory scratch;
        const std::string came = test::played_in(scratch.path(), *catalog, written);
        others_agree(scratch.path());
        if (std::getenv("KONTOR_UPDATE"))
            std::ofstream(path, std::ios::binary) << came;
        else if (written != came)
            FAIL_CHECK(difference(written, came));
    }
}

TEST_CASE("a scenario that says another outcome is told apart") {
    const auto catalog = make_catalog();
    const std::string scenario =
        "CreateCompany\n    company        ALPHA\n    name           Alpha\n"
        "    base_currency  EUR\n    time_zone      UTC\n    first_fiscal_year  2026\n";
    CHECK(test::played(*catalog, scenario + "=> ok\n") == scenario + "=> ok\n");
    CHECK(test::played(*catalog, scenario + "=> 409 company_exists\n") == scenario + "=> ok\n");
    CHECK_THROWS_WITH(test::played(*catalog, "CreateNothing\n"),
                      "line 1: no command is called CreateNothing");
}

TEST_CASE("a journal that says something else is told apart") {
    const test::ScratchDirectory scratch;
    const std::string path = scratch.path() + "/made.journal";
    std::ofstream(path) << "2026-01-01 Sale\n    1000  EUR 100.00\n    4000  EUR -100.00\n"
                           "    ; country: United Kingdom\n\n"
                           "2026-01-02 Dollars\n    a%20b  USD -10.50 @@ EUR 9.00\n"
                           "    1000  EUR 9.00\n";
    const test::PlainBalances at_cost{
        {"1000", {{"EUR", 10'900}}}, {"4000", {{"EUR", -10'000}}}, {"a b", {{"EUR", -900}}}};
    test::PlainBalances by_currency = at_cost;
    by_currency["a b"] = {{"USD", -1'050}};
    for (const char* program : {"hledger", "ledger"}) {
        INFO(program);
        const auto said = test::balances_by(program, path, true);
        if (!said) continue;
        CHECK(*said == at_cost);
        CHECK(test::balances_by(program, path, false) == by_currency);
        CHECK(test::balances_by(program, path, true, test::PlainTag{"country", "United Kingdom"}) ==
              test::PlainBalances{{"4000", {{"EUR", -10'000}}}});
        CHECK(test::balances_by(program, path, true, test::PlainTag{"country", "United"})->empty());
        std::ofstream(path + "2")
            << "2026-01-01 Lopsided\n    1000  EUR 1.00\n    4000  EUR 2.00\n";
        CHECK_THROWS(test::balances_by(program, path + "2", true));
    }
}
