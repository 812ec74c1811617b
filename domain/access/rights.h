// What everybody may do at one moment: a plain value to ask at the door and inside a commit.
#pragma once

#include "domain/core/world.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kontor::access {

// A copy of all keys, roles and grants, made to be asked. It knows nothing of later changes: the
// engine makes a new one after a commit that touched access.
class Rights {
public:
    Rights() = default;  // nobody may do anything
    explicit Rights(const World& world);

    struct Who {
        std::string key;    // the key's name
        std::string actor;  // who acts with it
    };
    // Whose secret has this SHA-256 (32 octets); null when no valid key does. The pointer lives as
    // long as this value.
    const Who* who(std::string_view sha256_octets) const;
    // The key exists and is not revoked.
    bool holds(std::string_view key) const;
    // The actor has a role with `permission` (a command's or query's name), with all of its
    // context ("ledger.*") or with *, granted for `company` or for all. An empty company means what
    // belongs to no single company: only a grant for all permits it.
    bool permits(std::string_view actor, std::string_view permission, std::string_view context,
                 std::string_view company) const;
    // Where the actor may do that.
    struct Where {
        bool every_company = false;
        std::set<std::string, std::less<>> companies;  // granted one by one; may not exist yet
    };
    Where where(std::string_view actor, std::string_view permission,
                std::string_view context) const;

private:
    struct Granted {
        std::set<std::string, std::less<>> permissions;
        std::string company;  // empty: all
    };
    static bool covers(const Granted& granted, std::string_view permission,
                       std::string_view context);

    std::map<std::string, Who, std::less<>> by_sha256_;
    std::set<std::string, std::less<>> valid_;
    std::map<std::string, std::vector<Granted>, std::less<>> by_actor_;
};

}  // namespace kontor::access
