// Who may do what, as an administrator sees it: keys, roles and grants.
#pragma once

#include "domain/access/keys.h"
#include "domain/access/roles.h"
#include "projections/described_rows.h"
#include "projections/projection.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::access {

struct ListedKey {
    KeyCode key;
    ActorCode actor;
    Timestamp created_at;
    std::optional<Timestamp> revoked_at;

    bool operator==(const ListedKey&) const = default;
    static void describe(auto& row) {
        row.record("ListedKey", "A key, without its secret.")
            .field("key", &ListedKey::key, "Its name.")
            .field("actor", &ListedKey::actor, "The person or program that it stands for.")
            .field("created_at", &ListedKey::created_at, "When it was made.")
            .field("revoked_at", &ListedKey::revoked_at,
                   "When it became worthless; absent: never.");
    }
};

struct ListedRole {
    RoleCode role;
    std::vector<std::string> permissions;

    bool operator==(const ListedRole&) const = default;
    static void describe(auto& row) {
        row.record("ListedRole", "A role.")
            .field("role", &ListedRole::role, "Its name.")
            .field("permissions", &ListedRole::permissions,
                   "Names of commands, queries and contexts, or * for everything.");
    }
};

struct ListedGrant {
    ActorCode actor;
    RoleCode role;
    std::optional<CompanyCode> for_company;

    bool operator==(const ListedGrant&) const = default;
    static void describe(auto& row) {
        row.record("ListedGrant", "A role that an actor has.")
            .field("actor", &ListedGrant::actor, "Who has it.")
            .field("role", &ListedGrant::role, "The role.")
            .field("for_company", &ListedGrant::for_company, "Where; absent: in all companies.");
    }
};

struct KeyList {
    std::optional<ActorCode> actor;

    static void describe(auto& query) {
        query.record("keys", "All keys, revoked ones too, by name. Secrets are nowhere kept.")
            .every_company()
            .field("actor", &KeyList::actor, "Only keys of this actor.")
            .template answers<ListedKey>(Times::known_at);
    }
};

struct RoleList {
    static void describe(auto& query) {
        query.record("roles", "All roles with what they permit, by name.")
            .every_company()
            .template answers<ListedRole>(Times::known_at);
    }
};

struct GrantList {
    std::optional<ActorCode> actor;

    static void describe(auto& query) {
        query.record("grants", "Who has which role where, by actor.")
            .every_company()
            .field("actor", &GrantList::actor, "Only what this actor has.")
            .template answers<ListedGrant>(Times::known_at);
    }
};

class DoorsModel {
public:
    explicit DoorsModel(const Place& place)
        : keys_(place.table(1)), roles_(place.table(2)), grants_(place.table(3)) {}

    void on(const KeyCreated&, const Recorded&);
    void on(const KeyRevoked&, const Recorded&);
    void on(const RoleDefined&, const Recorded&);
    void on(const RoleGranted&, const Recorded&);
    void on(const RoleWithdrawn&, const Recorded&);
    void answer(const KeyList&, const AsOf&, Page<ListedKey>&) const;
    void answer(const RoleList&, const AsOf&, Page<ListedRole>&) const;
    void answer(const GrantList&, const AsOf&, Page<ListedGrant>&) const;

private:
    struct KeyKey {
        KeyCode key;
        static void describe(auto& record) {
            record.record("ListedKeyKey", "A key.").field("key", &KeyKey::key, "Its name.");
        }
    };
    struct RoleKey {
        RoleCode role;
        static void describe(auto& record) {
            record.record("ListedRoleKey", "A role.").field("role", &RoleKey::role, "Its name.");
        }
    };
    DescribedRows<KeyKey, ListedKey> keys_;
    DescribedRows<RoleKey, ListedRole> roles_;
    DescribedRows<ListedGrant, ListedGrant> grants_;
};

ReadModelSpec doors();

}  // namespace kontor::access
