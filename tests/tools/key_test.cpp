// Keys are made, listed and revoked where no server runs; secrets are shown once and kept nowhere.
#include "tools/key.h"

#include "domain/contexts.h"
#include "eventstore/hashes.h"
#include "tests/tools/small_company.h"
#include "tools/audit.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

using namespace kontor;
using test::lines_of;
using test::Ran;
using test::ran;

namespace {

// Name, actor, state and roles of each key as the list shows them.
std::map<std::string, std::string> listed(const std::string& directory) {
    const Ran list = ran(key, {"list", "--data", directory});
    INFO(list.err);
    REQUIRE(list.code == 0);
    std::map<std::string, std::string> keys;
    for (const std::string& line : lines_of(list.out)) {
        std::string words;
        for (const char c : line)
            if (c != ' ' || (!words.empty() && words.back() != ' ')) words += c;
        const std::size_t end = words.find(' ');
        keys[words.substr(0, end)] = words.substr(end + 1);
    }
    return keys;
}

}  // namespace

TEST_CASE("a key is made with a role, listed and revoked without a server") {
    const test::ToolsDirectory place;
    const std::string company = place / "company";
    test::copy_of_small_company(company);
    const Ran made = ran(key, {"create", "--data", company, "--name", "ann-laptop", "--actor",
                               "ann", "--role", "reader", "--company", "ACME"});
    INFO(made.err);
    REQUIRE(made.code == 0);
    CHECK(made.err.find("Key ann-laptop of ann, reader in company ACME.") == 0);
    REQUIRE(lines_of(made.out).size() == 1);
    const std::string secret = lines_of(made.out)[0];
    CHECK(secret.size() >= 64);
    auto keys = listed(company);
    CHECK(keys.at("ann-laptop") == "ann valid reader at ACME");
    CHECK(keys.at("admin") == "administrator valid administrator");

    // The log holds the hash of the secret and nothing else of it.
    const Ran print = ran(audit, {"print", "--json", "--data", company, "--type", "KeyCreated"});
    const auto created = nlohmann::json::parse(lines_of(print.out).back());
    const Hash hash = sha256(secret);
    std::string base64;
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t at = 0; at < hash.size(); at += 3) {
        const auto octet = [&](std::size_t i) { return i < hash.size() ? hash[i] : 0u; };
        const unsigned three = octet(at) << 16 | octet(at + 1) << 8 | octet(at + 2);
        for (unsigned i = 0; i < 4; ++i)
            base64 += at + i > hash.size() ? '=' : letters[three >> (18 - 6 * i) & 63];
    }
    CHECK(created.at("data").at("sha256") == base64);
    CHECK(print.out.find(secret.substr(7)) == std::string::npos);

    // Another key of the same actor needs the role no second time.
    REQUIRE(ran(key, {"create", "--data", company, "--actor", "ann", "--role", "reader",
                      "--company", "ACME"})
                .code == 0);
    std::size_t of_ann = 0;
    for (const auto& [name, rest] : listed(company))
        of_ann += name.starts_with("ann-") && rest == "ann valid reader at ACME";
    CHECK(of_ann == 2);

    const Ran revoked = ran(key, {"revoke", "--data", company, "ann-laptop"});
    CHECK(revoked.code == 0);
    CHECK(listed(company).at("ann-laptop") == "ann revoked reader at ACME");
    CHECK(ran(audit, {"verify", "--data", company}).code == 0);
}

TEST_CASE("a reader may ask and do nothing") {
    const test::ToolsDirectory place;
    const std::string company = place / "company";
    test::copy_of_small_company(company);
    REQUIRE(ran(key, {"create", "--data", company, "--name", "ann", "--role", "reader"}).code == 0);
    const Ran print = ran(audit, {"print", "--json", "--data", company, "--type", "RoleDefined"});
    const auto defined = nlohmann::json::parse(lines_of(print.out).back()).at("data");
    REQUIRE(defined.at("role") == "reader");
    const std::set<std::string> permissions = defined.at("permissions");
    CHECK(permissions.contains("trial_balance"));
    CHECK(permissions.contains("events"));
    CHECK(permissions.contains("companies"));
    for (const BusinessContext& context : contexts()) {
        CHECK_FALSE(permissions.contains(std::string(context.name) + ".*"));
        for (const Part& part : context.parts)
            for (const CommandSpec& command : part.command_specs)
                CHECK_FALSE(permissions.contains(std::string(command.type->name)));
    }
    CHECK_FALSE(permissions.contains("*"));
}

TEST_CASE("what cannot be done about keys is said in the words of the business") {
    const test::ToolsDirectory place;
    const std::string company = place / "company";
    test::copy_of_small_company(company);
    const auto refused = [&](std::vector<std::string> words, const std::string& sentence) {
        words.insert(words.begin() + 1, {"--data", company});
        const Ran answer = ran(key, words);
        CHECK(answer.code == 1);
        CHECK(answer.out.empty());
        INFO(answer.err);
        CHECK(answer.err.find(sentence) != std::string::npos);
        CHECK(lines_of(answer.err).size() == 1);
    };
    refused({"create", "--name", "admin"}, "A key has this name already");
    refused({"create", "--name", "bob", "--role", "astronaut"}, "No role has this name");
    refused({"create", "--name", " "}, "/key");
    refused({"revoke", "nobody"}, "No key has this name.");
    refused({"revoke", "admin"}, "Nobody with a valid key would be left");
    CHECK(listed(company).size() == 2);  // the head and the administrator's
    CHECK(ran(key, {"list", "--data", place / "nowhere"}).code == 1);
    CHECK_FALSE(std::filesystem::exists(place / "nowhere"));
}

TEST_CASE("wrong usage of key is 2") {
    // CLI writes its own sentence; it is caught with the rest.
    CHECK(ran(key, {"create"}).code == 2);
    CHECK(ran(key, {"create", "--data", "x"}).code == 2);
    CHECK(ran(key, {"create", "--data", "x", "--name", "a", "--company", "ACME"}).code == 2);
    CHECK(ran(key, {"lend", "--data", "x"}).code == 2);
    CHECK(ran(key, {}).code == 2);
    CHECK(ran(key, {"--help"}).code == 0);
}
