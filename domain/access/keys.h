// Keys open the door: each belongs to one person or program and can be revoked.
#pragma once

#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/table.h"
#include "domain/core/world.h"

namespace kontor {
class Part;
}

namespace kontor::access {

struct KeyThing {
    static constexpr Thing thing{"key", "keys"};
};
// The name of a key, by which people speak of it; never its secret.
using KeyCode = Code<KeyThing>;

struct ActorThing {
    static constexpr Thing thing{"actor", "grants"};
};
// The person or program that acts: the same over all of its keys.
using ActorCode = Code<ActorThing>;

inline constexpr Reason key_exists{
    Refusal::conflict, "key_exists",
    "A key has this name already, perhaps a revoked one; names of keys are used once."};
inline constexpr Reason secret_in_use{Refusal::conflict, "secret_in_use",
                                      "Another key has the same secret; draw a new one."};
inline constexpr Reason key_unknown{Refusal::missing, "key_unknown", "No key has this name."};
inline constexpr Reason key_revoked{Refusal::conflict, "key_revoked",
                                    "The key is already revoked."};
inline constexpr Reason last_administrator{
    Refusal::conflict, "last_administrator",
    "Nobody with a valid key would be left who may do everything in every company; "
    "give that right to another actor first."};

struct KeyCreated {
    KeyCode key;
    ActorCode actor;
    Bytes sha256;

    bool operator==(const KeyCreated&) const = default;
    static void describe(auto& event) {
        event.record("KeyCreated", "A key opens the door for an actor.")
            .every_company()
            .stream(&KeyCreated::key)
            .on_recorded_day()
            .field("key", &KeyCreated::key, "Name of the key.")
            .field("actor", &KeyCreated::actor, "The person or program that it stands for.")
            .field("sha256", &KeyCreated::sha256, "SHA-256 of the secret; the secret is not kept.")
            .shortest(32)
            .longest(32);
    }
};

struct KeyRevoked {
    KeyCode key;

    bool operator==(const KeyRevoked&) const = default;
    static void describe(auto& event) {
        event.record("KeyRevoked", "A key opens nothing any more.")
            .every_company()
            .stream(&KeyRevoked::key)
            .on_recorded_day()
            .field("key", &KeyRevoked::key, "Name of the key.");
    }
};

struct CreateKey {
    KeyCode key;
    ActorCode actor;
    Bytes sha256;

    static void describe(auto& command) {
        command
            .record("CreateKey",
                    "Lets whoever knows a secret act as the given person or program. Only the "
                    "hash of the secret is sent and kept.")
            .every_company()
            .stream(&CreateKey::key)
            .example(R"({"key": "ann-laptop", "actor": "ann", "sha256":
                "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="})")
            .field("key", &CreateKey::key, "A name for the key, such as \"ann-laptop\".")
            .field("actor", &CreateKey::actor,
                   "Who acts with it; what the actor may do is said by grants.")
            .field("sha256", &CreateKey::sha256, "SHA-256 of the secret, 32 octets.")
            .shortest(32)
            .longest(32)
            .refuses(key_exists, secret_in_use);
    }
};

struct RevokeKey {
    KeyCode key;

    static void describe(auto& command) {
        command.record("RevokeKey", "Makes a key worthless from this moment on.")
            .every_company()
            .stream(&RevokeKey::key)
            .example(R"({"key": "ann-laptop"})")
            .field("key", &RevokeKey::key, "Name of the key.")
            .refuses(key_unknown, key_revoked, last_administrator);
    }
};

// What decisions need to remember of a key.
struct Key {
    ActorCode actor;
    Bytes sha256;
    bool revoked = false;

    static void describe(auto& record) {
        record.record("Key", "A key as decisions know it.")
            .field("actor", &Key::actor, "Who acts with it.")
            .field("sha256", &Key::sha256, "SHA-256 of the secret.")
            .field("revoked", &Key::revoked, "It opens nothing any more.");
    }
};
using Keys = Table<KeyCode, Key>;

Decision<KeyCreated> decide(const World&, const CreateKey&, const Context&);
Decision<KeyRevoked> decide(const World&, const RevokeKey&, const Context&);
void evolve(Keys&, const KeyCreated&);
void evolve(Keys&, const KeyRevoked&);

Part keys();

}  // namespace kontor::access
