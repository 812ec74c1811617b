// How keys, roles and grants become an answer to "may they?".
#include "domain/access/rights.h"

#include "domain/access/keys.h"
#include "domain/access/roles.h"

namespace kontor::access {

Rights::Rights(const World& world) {
    for (const auto& [name, key] : world.of<Keys>()) {
        if (key.revoked) continue;
        valid_.insert(name.text);
        by_sha256_[key.sha256.octets] = {name.text, key.actor.text};
    }
    for (const auto& [actor, grant] : world.of<Grants>()) {
        for (const GrantedRole& granted : grant.roles) {
            const Role* role = world.of<Roles>().find(granted.role);
            if (!role) continue;
            by_actor_[actor.text].push_back(
                {{role->permissions.begin(), role->permissions.end()},
                 granted.company ? granted.company->text : std::string()});
        }
    }
}

const Rights::Who* Rights::who(std::string_view sha256_octets) const {
    const auto found = by_sha256_.find(sha256_octets);
    return found == by_sha256_.end() ? nullptr : &found->second;
}

bool Rights::holds(std::string_view key) const { return valid_.contains(key); }

bool Rights::covers(const Granted& granted, std::string_view permission, std::string_view context) {
    return granted.permissions.contains("*") || granted.permissions.contains(permission) ||
           granted.permissions.contains(std::string(context) + ".*");
}

bool Rights::permits(std::string_view actor, std::string_view permission, std::string_view context,
                     std::string_view company) const {
    const auto found = by_actor_.find(actor);
    if (found == by_actor_.end()) return false;
    for (const Granted& granted : found->second) {
        // A grant for all has no company; one for a company says nothing about what has none.
        if (!granted.company.empty() && granted.company != company) continue;
        if (covers(granted, permission, context)) return true;
    }
    return false;
}

Rights::Where Rights::where(std::string_view actor, std::string_view permission,
                            std::string_view context) const {
    Where where;
    const auto found = by_actor_.find(actor);
    if (found == by_actor_.end()) return where;
    for (const Granted& granted : found->second) {
        if (!covers(granted, permission, context)) continue;
        if (granted.company.empty())
            where.every_company = true;
        else
            where.companies.insert(granted.company);
    }
    return where;
}

}  // namespace kontor::access
