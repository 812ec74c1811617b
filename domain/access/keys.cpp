// Who holds a key, and that somebody always does who may do everything.
#include "domain/access/keys.h"

#include "domain/access/roles.h"
#include "domain/core/catalog.h"

namespace kontor::access {

Decision<KeyCreated> decide(const World& world, const CreateKey& create, const Context&) {
    const Keys& keys = world.of<Keys>();
    if (keys.find(create.key)) return key_exists.about(create.key);
    for (const auto& [name, key] : keys)
        if (key.sha256 == create.sha256) return secret_in_use;
    return KeyCreated{create.key, create.actor, create.sha256};
}

Decision<KeyRevoked> decide(const World& world, const RevokeKey& revoke, const Context&) {
    const Key* key = world.of<Keys>().find(revoke.key);
    if (!key) return key_unknown.about(revoke.key);
    if (key->revoked) return key_revoked.about(revoke.key);
    if (administered(world) && !administered(world, {.key = &revoke.key}))
        return last_administrator;
    return KeyRevoked{revoke.key};
}

void evolve(Keys& keys, const KeyCreated& created) {
    keys.put(created.key, {created.actor, created.sha256});
}

void evolve(Keys& keys, const KeyRevoked& revoked) {
    keys.change(revoked.key, [](Key& key) { key.revoked = true; });
}

Part keys() {
    return Part()
        .table<Keys>("access.keys")
        .commands<CreateKey, RevokeKey>()
        .event<KeyCreated, Keys>()
        .event<KeyRevoked, Keys>();
}

}  // namespace kontor::access
