// Rights: the answer to "may they?" at one moment.
#include "domain/access/rights.h"

#include "domain/access/keys.h"
#include "domain/access/roles.h"
#include "tests/support/given.h"

using namespace kontor;
using namespace kontor::access;
using test::given;

namespace {

Bytes hash(char of) { return {std::string(32, of)}; }

auto house() {
    return given(RoleDefined{{"administrator"}, {"*"}},
                 RoleDefined{{"bookkeeper"}, {"ledger.*", "companies"}},
                 RoleDefined{{"reader"}, {"trial_balance"}},
                 RoleGranted{{"root"}, {"administrator"}, {}},
                 RoleGranted{{"ann"}, {"bookkeeper"}, CompanyCode{"ACME"}},
                 RoleGranted{{"ann"}, {"reader"}, {}}, KeyCreated{{"root-1"}, {"root"}, hash('a')},
                 KeyCreated{{"ann-1"}, {"ann"}, hash('b')},
                 KeyCreated{{"ann-2"}, {"ann"}, hash('c')}, KeyRevoked{{"ann-2"}});
}

}  // namespace

TEST_CASE("a secret's hash tells key and actor while the key is valid") {
    const auto story = house();
    const Rights rights(story.world());
    REQUIRE(rights.who(hash('b').octets) != nullptr);
    CHECK(rights.who(hash('b').octets)->key == "ann-1");
    CHECK(rights.who(hash('b').octets)->actor == "ann");
    CHECK(rights.who(hash('c').octets) == nullptr);
    CHECK(rights.who("") == nullptr);
    CHECK(rights.holds("ann-1"));
    CHECK_FALSE(rights.holds("ann-2"));
    CHECK_FALSE(rights.holds("nobody"));
}

TEST_CASE("a permission is a name, all of a context or everything") {
    const auto story = house();
    const Rights rights(story.world());
    CHECK(rights.permits("root", "PostEntry", "ledger", "ACME"));
    CHECK(rights.permits("root", "DefineRole", "access", ""));
    CHECK(rights.permits("ann", "PostEntry", "ledger", "ACME"));
    CHECK(rights.permits("ann", "trial_balance", "ledger", "OTHER"));
    CHECK_FALSE(rights.permits("ann", "PostEntry", "ledger", "OTHER"));
    CHECK_FALSE(rights.permits("ann", "DefineRole", "access", "ACME"));
    CHECK_FALSE(rights.permits("bob", "PostEntry", "ledger", "ACME"));
    // The query that is named like its context opens nothing else of it.
    CHECK(rights.permits("ann", "companies", "companies", "ACME"));
    CHECK_FALSE(rights.permits("ann", "RenameCompany", "companies", "ACME"));
}

TEST_CASE("what belongs to no company needs a grant for all") {
    const auto story = house();
    const Rights rights(story.world());
    CHECK_FALSE(rights.permits("ann", "companies", "companies", ""));
    CHECK(rights.permits("ann", "trial_balance", "ledger", ""));
}

TEST_CASE("an actor sees the companies that the grants name, or every one") {
    const auto story = house();
    const Rights rights(story.world());
    CHECK(rights.where("root", "journal", "ledger").every_company);
    const auto journal = rights.where("ann", "journal", "ledger");
    CHECK_FALSE(journal.every_company);
    CHECK(journal.companies == std::set<std::string, std::less<>>{"ACME"});
    CHECK(rights.where("ann", "trial_balance", "ledger").every_company);
    CHECK(rights.where("bob", "journal", "ledger").companies.empty());
}

TEST_CASE("rights are a copy that later changes do not touch") {
    auto story = house();
    const Rights before(story.world());
    story.happened(KeyRevoked{{"ann-1"}});
    const Rights after(story.world());
    CHECK(before.holds("ann-1"));
    CHECK_FALSE(after.holds("ann-1"));
    CHECK_FALSE(Rights().permits("root", "PostEntry", "ledger", "ACME"));
}
