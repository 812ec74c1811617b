// Roles and grants: what may be done, by whom and where.
#include "domain/access/roles.h"

#include "tests/support/given.h"

using namespace kontor;
using namespace kontor::access;
using test::given;

namespace {

Bytes hash(char of) { return {std::string(32, of)}; }

test::Past one_administrator() {
    return {Message::of(RoleDefined{{"administrator"}, {"*"}}),
            Message::of(RoleGranted{{"root"}, {"administrator"}, {}}),
            Message::of(KeyCreated{{"first"}, {"root"}, hash('a')})};
}
const CompanyCode acme{"ACME"};

}  // namespace

TEST_CASE("a role permits each thing once, in order") {
    given()
        .when(DefineRole{{"clerk"}, {"trial_balance", "PostEntry", "PostEntry"}})
        .then(RoleDefined{{"clerk"}, {"PostEntry", "trial_balance"}});
}

TEST_CASE("a role that exists is defined anew") {
    given(RoleDefined{{"clerk"}, {"ledger.*"}})
        .when(DefineRole{{"clerk"}, {}})
        .then(RoleDefined{{"clerk"}, {}});
}

TEST_CASE("the role of the last administrator keeps permitting everything") {
    given(one_administrator())
        .when(DefineRole{{"administrator"}, {"ledger.*"}})
        .refused(last_administrator);
    given(one_administrator())
        .when(DefineRole{{"administrator"}, {"*", "ledger.*"}})
        .then(RoleDefined{{"administrator"}, {"*", "ledger.*"}});
}

TEST_CASE("another role that permits everything frees the first") {
    given(one_administrator(), RoleDefined{{"owner"}, {"*"}}, RoleGranted{{"root"}, {"owner"}, {}})
        .when(DefineRole{{"administrator"}, {"ledger.*"}})
        .then(RoleDefined{{"administrator"}, {"ledger.*"}});
}

TEST_CASE("a defined role is granted, for all companies or for one") {
    given(RoleDefined{{"clerk"}, {"ledger.*"}})
        .when(GrantRole{{"ann"}, {"clerk"}, {}})
        .then(RoleGranted{{"ann"}, {"clerk"}, {}});
    given(RoleDefined{{"clerk"}, {"ledger.*"}}, RoleGranted{{"ann"}, {"clerk"}, {}})
        .when(GrantRole{{"ann"}, {"clerk"}, acme})
        .then(RoleGranted{{"ann"}, {"clerk"}, acme});
}

TEST_CASE("only a defined role is granted") {
    given().when(GrantRole{{"ann"}, {"clerk"}, {}}).refused(role_unknown);
}

TEST_CASE("a role is granted once for one place") {
    given(RoleDefined{{"clerk"}, {"ledger.*"}}, RoleGranted{{"ann"}, {"clerk"}, acme})
        .when(GrantRole{{"ann"}, {"clerk"}, acme})
        .refused(grant_exists);
}

TEST_CASE("a role is withdrawn as it was granted") {
    auto story = given(RoleDefined{{"clerk"}, {"ledger.*"}}, RoleGranted{{"ann"}, {"clerk"}, acme});
    story.when(WithdrawRole{{"ann"}, {"clerk"}, acme})
        .then(RoleWithdrawn{{"ann"}, {"clerk"}, acme});
    story.when(WithdrawRole{{"ann"}, {"clerk"}, {}}).refused(grant_unknown);
    story.when(WithdrawRole{{"bob"}, {"clerk"}, acme}).refused(grant_unknown);
    story.happened(RoleWithdrawn{{"ann"}, {"clerk"}, acme});
    story.when(WithdrawRole{{"ann"}, {"clerk"}, acme}).refused(grant_unknown);
    story.when(GrantRole{{"ann"}, {"clerk"}, acme}).then(RoleGranted{{"ann"}, {"clerk"}, acme});
}

TEST_CASE("withdrawing one role leaves the others") {
    given(RoleDefined{{"clerk"}, {"ledger.*"}}, RoleGranted{{"ann"}, {"clerk"}, acme},
          RoleGranted{{"ann"}, {"clerk"}, {}}, RoleWithdrawn{{"ann"}, {"clerk"}, acme})
        .when(GrantRole{{"ann"}, {"clerk"}, {}})
        .refused(grant_exists);
}

TEST_CASE("the last grant of everything stays") {
    auto story = given(one_administrator());
    story.when(WithdrawRole{{"root"}, {"administrator"}, {}}).refused(last_administrator);
    story.happened(RoleGranted{{"ann"}, {"administrator"}, {}});
    // Ann may do everything but has no key to do it with.
    story.when(WithdrawRole{{"root"}, {"administrator"}, {}}).refused(last_administrator);
    story.happened(KeyCreated{{"ann"}, {"ann"}, hash('b')});
    story.when(WithdrawRole{{"root"}, {"administrator"}, {}})
        .then(RoleWithdrawn{{"root"}, {"administrator"}, {}});
}
