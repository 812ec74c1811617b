// Roles say what may be done; grants say who may do it, for one company or for all.
#pragma once

#include "domain/access/keys.h"
#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/table.h"
#include "domain/core/world.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kontor::access {

struct RoleThing {
    static constexpr Thing thing{"role", "roles"};
};
using RoleCode = Code<RoleThing>;

inline constexpr Reason role_unknown{Refusal::missing, "role_unknown",
                                     "No role has this name; define it first."};
inline constexpr Reason grant_exists{Refusal::conflict, "grant_exists",
                                     "The actor has this role there already."};
inline constexpr Reason grant_unknown{
    Refusal::missing, "grant_unknown",
    "The actor does not have this role there; a grant for all companies and one for a single "
    "company are two grants."};

struct RoleDefined {
    RoleCode role;
    std::vector<std::string> permissions;

    bool operator==(const RoleDefined&) const = default;
    static void describe(auto& event) {
        event.record("RoleDefined", "A role permits exactly this.")
            .every_company()
            .stream(&RoleDefined::role)
            .on_recorded_day()
            .field("role", &RoleDefined::role, "Name of the role.")
            .field("permissions", &RoleDefined::permissions,
                   "Names of commands and queries, contexts (ledger.*), or * for everything.");
    }
};

struct RoleGranted {
    ActorCode actor;
    RoleCode role;
    std::optional<CompanyCode> for_company;

    bool operator==(const RoleGranted&) const = default;
    static void describe(auto& event) {
        event.record("RoleGranted", "An actor has a role.")
            .every_company()
            .stream(&RoleGranted::actor)
            .on_recorded_day()
            .field("actor", &RoleGranted::actor, "Who has it.")
            .field("role", &RoleGranted::role, "The role.")
            .field("for_company", &RoleGranted::for_company, "Where; absent: in all companies.");
    }
};

struct RoleWithdrawn {
    ActorCode actor;
    RoleCode role;
    std::optional<CompanyCode> for_company;

    bool operator==(const RoleWithdrawn&) const = default;
    static void describe(auto& event) {
        event.record("RoleWithdrawn", "An actor no longer has a role.")
            .every_company()
            .stream(&RoleWithdrawn::actor)
            .on_recorded_day()
            .field("actor", &RoleWithdrawn::actor, "Who had it.")
            .field("role", &RoleWithdrawn::role, "The role.")
            .field("for_company", &RoleWithdrawn::for_company, "Where; absent: in all companies.");
    }
};

struct DefineRole {
    RoleCode role;
    std::vector<std::string> permissions;

    static void describe(auto& command) {
        command
            .record("DefineRole",
                    "Says what a role permits. A role that exists permits only this from now on.")
            .every_company()
            .stream(&DefineRole::role)
            .example(R"({"role": "accountant", "permissions": ["ledger.*"]})")
            .field("role", &DefineRole::role, "Name of the role, such as \"bookkeeper\".")
            .field("permissions", &DefineRole::permissions,
                   "Names of commands (PostEntry), of queries (trial_balance), whole contexts "
                   "(ledger.*), or * for everything.")
            .longest(1'000)
            .refuses(last_administrator);
    }
};

struct GrantRole {
    ActorCode actor;
    RoleCode role;
    std::optional<CompanyCode> for_company;

    static void describe(auto& command) {
        command.record("GrantRole", "Gives an actor a role, for one company or for all.")
            .every_company()
            .stream(&GrantRole::actor)
            .example(R"({"actor": "ann", "role": "accountant", "for_company": "DEMO"})")
            .field("actor", &GrantRole::actor, "Who gets it.")
            .field("role", &GrantRole::role, "A defined role.")
            .field("for_company", &GrantRole::for_company,
                   "The company; it may be created later. Absent: all companies, and what belongs "
                   "to no single one.")
            .refuses(role_unknown, grant_exists);
    }
};

struct WithdrawRole {
    ActorCode actor;
    RoleCode role;
    std::optional<CompanyCode> for_company;

    static void describe(auto& command) {
        command.record("WithdrawRole", "Takes a role from an actor, exactly as it was granted.")
            .every_company()
            .stream(&WithdrawRole::actor)
            .example(R"({"actor": "ann", "role": "accountant", "for_company": "DEMO"})")
            .field("actor", &WithdrawRole::actor, "Who has it.")
            .field("role", &WithdrawRole::role, "The role.")
            .field("for_company", &WithdrawRole::for_company,
                   "The company that it was granted for; absent: all.")
            .refuses(grant_unknown, last_administrator);
    }
};

struct Role {
    std::vector<std::string> permissions;  // sorted, each once

    static void describe(auto& record) {
        record.record("Role", "A role as decisions know it.")
            .field("permissions", &Role::permissions, "What it permits, sorted.");
    }
};
using Roles = Table<RoleCode, Role>;

struct GrantedRole {
    RoleCode role;
    std::optional<CompanyCode> company;

    bool operator==(const GrantedRole&) const = default;
    static void describe(auto& record) {
        record.record("GrantedRole", "A role that an actor has.")
            .field("role", &GrantedRole::role, "The role.")
            .field("company", &GrantedRole::company, "Where; absent: in all companies.");
    }
};

struct Grant {
    std::vector<GrantedRole> roles;  // in the order of granting

    static void describe(auto& record) {
        record.record("Grant", "All that was granted to an actor.")
            .field("roles", &Grant::roles, "The roles, in the order of granting.");
    }
};
using Grants = Table<ActorCode, Grant>;

// Whether the actor has the role, for the company or for all.
bool has_role(const World&, std::string_view actor, const RoleCode&, const CompanyCode&);

// Whether anybody with a valid key may do everything everywhere, when the given things are
// imagined away.
struct Without {
    const KeyCode* key = nullptr;
    const ActorCode* actor = nullptr;  // with `granted`: that grant of this actor
    const GrantedRole* granted = nullptr;
    const RoleCode* role = nullptr;
};
bool administered(const World&, const Without& without = {});

Decision<RoleDefined> decide(const World&, const DefineRole&, const Context&);
Decision<RoleGranted> decide(const World&, const GrantRole&, const Context&);
Decision<RoleWithdrawn> decide(const World&, const WithdrawRole&, const Context&);
void evolve(Roles&, const RoleDefined&);
void evolve(Grants&, const RoleGranted&);
void evolve(Grants&, const RoleWithdrawn&);

Part roles();

}  // namespace kontor::access
