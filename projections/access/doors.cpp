// How keys, roles and grants are listed. Rights are true from the moment on in which they are
// recorded, so they have one time only and all rows lie on one day.
#include "projections/access/doors.h"

namespace kontor::access {

void DoorsModel::on(const KeyCreated& created, const Recorded& recorded) {
    keys_.put(recorded, {created.key}, first_date,
              {created.key, created.actor, recorded.time, std::nullopt});
}

void DoorsModel::on(const KeyRevoked& revoked, const Recorded& recorded) {
    auto key = keys_.get(recorded.rows, {revoked.key}, Corner{});
    if (!key) throw StorageBroken("a revoked key was never created: " + revoked.key.text);
    key->revoked_at = recorded.time;
    keys_.put(recorded, {revoked.key}, first_date, *key);
}

void DoorsModel::on(const RoleDefined& defined, const Recorded& recorded) {
    roles_.put(recorded, {defined.role}, first_date, {defined.role, defined.permissions});
}

void DoorsModel::on(const RoleGranted& granted, const Recorded& recorded) {
    const ListedGrant grant{granted.actor, granted.role, granted.for_company};
    grants_.put(recorded, grant, first_date, grant);
}

void DoorsModel::on(const RoleWithdrawn& withdrawn, const Recorded& recorded) {
    grants_.erase(recorded, {withdrawn.actor, withdrawn.role, withdrawn.for_company}, first_date);
}

void DoorsModel::answer(const KeyList& query, const AsOf& as_of, Page<ListedKey>& page) const {
    keys_.list(as_of, {}, page,
               [&](const ListedKey& key) { return !query.actor || key.actor == *query.actor; });
}

void DoorsModel::answer(const RoleList&, const AsOf& as_of, Page<ListedRole>& page) const {
    roles_.list(as_of, {}, page);
}

void DoorsModel::answer(const GrantList& query, const AsOf& as_of, Page<ListedGrant>& page) const {
    grants_.list(as_of, query.actor ? ordered_key(*query.actor) : std::string(), page);
}

ReadModelSpec doors() {
    return ReadModelSpec::of<DoorsModel>("doors", 4, "access")
        .folding<DoorsModel, KeyCreated, KeyRevoked, RoleDefined, RoleGranted, RoleWithdrawn>()
        .answering<DoorsModel, KeyList, ListedKey>()
        .answering<DoorsModel, RoleList, ListedRole>()
        .answering<DoorsModel, GrantList, ListedGrant>();
}

}  // namespace kontor::access
