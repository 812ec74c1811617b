// What roles permit and who has them; the last administrator cannot lock the house from outside.
#include "domain/access/roles.h"

#include "domain/core/catalog.h"

#include <algorithm>

namespace kontor::access {

namespace {

bool permits_everything(const std::vector<std::string>& permissions) {
    return std::ranges::find(permissions, "*") != permissions.end();
}

bool may_everything(const World& world, const ActorCode& actor, const Without& without) {
    const Grant* grant = world.of<Grants>().find(actor);
    if (!grant) return false;
    return std::ranges::any_of(grant->roles, [&](const GrantedRole& granted) {
        if (granted.company) return false;
        if (without.role && granted.role == *without.role) return false;
        if (without.actor && *without.actor == actor && granted == *without.granted) return false;
        const Role* role = world.of<Roles>().find(granted.role);
        return role && permits_everything(role->permissions);
    });
}

}  // namespace

bool has_role(const World& world, std::string_view actor, const RoleCode& role,
              const CompanyCode& company) {
    const Grant* grant = world.of<Grants>().find(ActorCode{std::string(actor)});
    return grant && std::ranges::any_of(grant->roles, [&](const GrantedRole& granted) {
               return granted.role == role && (!granted.company || *granted.company == company);
           });
}

bool administered(const World& world, const Without& without) {
    for (const auto& [name, key] : world.of<Keys>()) {
        if (key.revoked || (without.key && *without.key == name)) continue;
        if (may_everything(world, key.actor, without)) return true;
    }
    return false;
}

Decision<RoleDefined> decide(const World& world, const DefineRole& define, const Context&) {
    if (!permits_everything(define.permissions) && administered(world) &&
        !administered(world, {.role = &define.role}))
        return last_administrator;
    std::vector<std::string> permissions = define.permissions;
    std::ranges::sort(permissions);
    const auto repeated = std::ranges::unique(permissions);
    permissions.erase(repeated.begin(), repeated.end());
    return RoleDefined{define.role, std::move(permissions)};
}

Decision<RoleGranted> decide(const World& world, const GrantRole& grant, const Context&) {
    if (!world.of<Roles>().find(grant.role)) return role_unknown.about(grant.role);
    const Grant* had = world.of<Grants>().find(grant.actor);
    const GrantedRole granted{grant.role, grant.for_company};
    if (had && std::ranges::find(had->roles, granted) != had->roles.end())
        return grant_exists.about(grant.actor, grant.role);
    return RoleGranted{grant.actor, grant.role, grant.for_company};
}

Decision<RoleWithdrawn> decide(const World& world, const WithdrawRole& withdraw, const Context&) {
    const Grant* had = world.of<Grants>().find(withdraw.actor);
    const GrantedRole granted{withdraw.role, withdraw.for_company};
    if (!had || std::ranges::find(had->roles, granted) == had->roles.end())
        return grant_unknown.about(withdraw.actor, withdraw.role);
    if (administered(world) &&
        !administered(world, {.actor = &withdraw.actor, .granted = &granted}))
        return last_administrator;
    return RoleWithdrawn{withdraw.actor, withdraw.role, withdraw.for_company};
}

void evolve(Roles& roles, const RoleDefined& defined) {
    roles.put(defined.role, {defined.permissions});
}

void evolve(Grants& grants, const RoleGranted& granted) {
    const Grant* had = grants.find(granted.actor);
    Grant grant = had ? *had : Grant{};
    grant.roles.push_back({granted.role, granted.for_company});
    grants.put(granted.actor, std::move(grant));
}

void evolve(Grants& grants, const RoleWithdrawn& withdrawn) {
    const GrantedRole gone{withdrawn.role, withdrawn.for_company};
    const Grant* had = grants.find(withdrawn.actor);
    if (had && had->roles.size() == 1 && had->roles.front() == gone)
        grants.erase(withdrawn.actor);
    else
        grants.change(withdrawn.actor, [&](Grant& grant) { std::erase(grant.roles, gone); });
}

Part roles() {
    return Part()
        .table<Roles>("access.roles")
        .table<Grants>("access.grants")
        .commands<DefineRole, GrantRole, WithdrawRole>()
        .event<RoleDefined, Roles>()
        .event<RoleGranted, Grants>()
        .event<RoleWithdrawn, Grants>();
}

}  // namespace kontor::access
