// The keys that the decider knows: those of the place of keys, and those of commits that are not
// durable yet.
//
// A person's first command draws a key. It is kept with the commit that uses it and forgotten with
// a dry run or a refusal, so that nothing is left of what did not happen. An erasure counts from
// the moment that it is decided, though its key is destroyed when it is durable.
#pragma once

#include "domain/core/catalog.h"
#include "domain/core/personal.h"
#include "eventstore/subject_keys.h"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kontor {

// What a commit changes about keys, in the order in which it must become durable: keys before the
// commit, erasures behind it.
struct KeyChanges {
    std::vector<NamedKey> added;
    std::vector<SubjectName> erased;
};

// A command as it is decided.
struct SealedCommand {
    std::shared_ptr<const void> value;
    std::vector<SubjectName> subjects;  // whose values were sealed
    std::string problem;                // a value is about nobody: in words; else empty
    // Under which keys, and the fingerprint under them (personal_fingerprint).
    std::string keyed;
    bool fresh_key = false;  // drawn for it: no earlier command can have been sealed so
};

class DecidingKeys {
public:
    explicit DecidingKeys(SubjectKeys* keys) : keys_(keys) {}

    // A copy with everything personal sealed; keys that are missing are drawn.
    SealedCommand seal(const Type& command, const void* value);
    // Whether what concerns the subject has been erased, durably, in a commit on its way, or by
    // what is being decided.
    bool erased(const SubjectName& subject) const;
    // The event happens within what is being decided.
    void happened(const Type& event, const void* value);
    SubjectKeys::Found find(const SubjectName& subject) const;

    // What was decided is the commit at the position.
    KeyChanges keep(Position position);
    // It came to nothing.
    void drop();
    void forget_until(Position durable);

private:
    struct Pending {
        SubjectKeys::Found found;
        Position position = 0;
    };

    void put(const SubjectName& subject, const SubjectKeys::Found& found, Position position);
    SubjectKey key_for(const SubjectName& subject, SealedCommand& sealed);

    SubjectKeys* const keys_;
    std::map<SubjectName, Pending> pending_;                 // of commits that are not durable yet
    std::deque<std::pair<Position, SubjectName>> in_order_;  // the same, by commit
    std::map<SubjectName, SubjectKey> drawn_;                // for what is being decided
    std::vector<SubjectName> erased_;                        // by it
};

}  // namespace kontor
