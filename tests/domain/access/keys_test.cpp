// Keys: who may open the door, and that the last administrator cannot be locked out.
#include "domain/access/keys.h"

#include "domain/access/roles.h"
#include "tests/support/given.h"

using namespace kontor;
using namespace kontor::access;
using test::given;

namespace {

Bytes hash(char of) { return {std::string(32, of)}; }

// Root may do everything everywhere and has one key.
test::Past one_administrator() {
    return {Message::of(RoleDefined{{"administrator"}, {"*"}}),
            Message::of(RoleGranted{{"root"}, {"administrator"}, {}}),
            Message::of(KeyCreated{{"first"}, {"root"}, hash('a')})};
}

}  // namespace

TEST_CASE("a key opens the door for an actor") {
    given()
        .when(CreateKey{{"laptop"}, {"ann"}, hash('a')})
        .then(KeyCreated{{"laptop"}, {"ann"}, hash('a')});
}

TEST_CASE("an actor may have several keys") {
    given(KeyCreated{{"laptop"}, {"ann"}, hash('a')})
        .when(CreateKey{{"phone"}, {"ann"}, hash('b')})
        .then(KeyCreated{{"phone"}, {"ann"}, hash('b')});
}

TEST_CASE("the name of a key is used once, even of a revoked one") {
    given(KeyCreated{{"laptop"}, {"ann"}, hash('a')})
        .when(CreateKey{{"laptop"}, {"bob"}, hash('b')})
        .refused(key_exists);
    given(KeyCreated{{"laptop"}, {"ann"}, hash('a')}, KeyRevoked{{"laptop"}})
        .when(CreateKey{{"laptop"}, {"ann"}, hash('b')})
        .refused(key_exists);
}

TEST_CASE("two keys never have one secret, not even a revoked one") {
    given(KeyCreated{{"laptop"}, {"ann"}, hash('a')})
        .when(CreateKey{{"phone"}, {"ann"}, hash('a')})
        .refused(secret_in_use);
    given(KeyCreated{{"laptop"}, {"ann"}, hash('a')}, KeyRevoked{{"laptop"}})
        .when(CreateKey{{"phone"}, {"bob"}, hash('a')})
        .refused(secret_in_use);
}

TEST_CASE("a name that is taken is said before a secret that is taken") {
    given(KeyCreated{{"laptop"}, {"ann"}, hash('a')})
        .when(CreateKey{{"laptop"}, {"ann"}, hash('a')})
        .refused(key_exists);
}

TEST_CASE("a key is revoked once") {
    auto story = given(KeyCreated{{"laptop"}, {"ann"}, hash('a')});
    story.when(RevokeKey{{"laptop"}}).then(KeyRevoked{{"laptop"}});
    story.happened(KeyRevoked{{"laptop"}});
    story.when(RevokeKey{{"laptop"}}).refused(key_revoked);
    story.when(RevokeKey{{"phone"}}).refused(key_unknown);
}

TEST_CASE("the last administrator's last key stays") {
    given(one_administrator()).when(RevokeKey{{"first"}}).refused(last_administrator);
}

TEST_CASE("an administrator's key goes when another key of an administrator is left") {
    given(one_administrator(), KeyCreated{{"second"}, {"root"}, hash('b')})
        .when(RevokeKey{{"first"}})
        .then(KeyRevoked{{"first"}});
}

TEST_CASE("a key of somebody who may less does not stand in for the administrator's") {
    given(one_administrator(), RoleDefined{{"clerk"}, {"ledger.*"}},
          RoleGranted{{"ann"}, {"clerk"}, {}}, KeyCreated{{"ann"}, {"ann"}, hash('b')})
        .when(RevokeKey{{"first"}})
        .refused(last_administrator);
}

TEST_CASE("an administrator of one company does not stand in for one of all") {
    given(one_administrator(), RoleGranted{{"ann"}, {"administrator"}, CompanyCode{"ACME"}},
          KeyCreated{{"ann"}, {"ann"}, hash('b')})
        .when(RevokeKey{{"first"}})
        .refused(last_administrator);
}
