// Where the keys of persons are, apart from everything that they open.
//
//    <directory>/keys/0, 1, ...   tables of keys; each four times as large as the one before
//    <directory>/keys/mark        up to which position of the log erasures are carried out
//
// Nothing here is copied anywhere by the program itself: not into the log, not into its
// checkpoints, not into a backup. `subject_key_copy.h` copies it into a file apart, when asked.
#pragma once

#include "domain/core/catalog.h"
#include "eventstore/commit.h"
#include "eventstore/seal.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace kontor {

// A person as the keys know them: BLAKE2b-128 of the thing's name and the id.
using SubjectName = std::array<std::uint8_t, 16>;
SubjectName name_of(const Subject& subject);

struct NamedKey {
    SubjectName subject;
    SubjectKey key;
};

class SubjectKeys {
public:
    enum class State : std::uint8_t { none, there, erased };
    struct Found {
        State state = State::none;
        SubjectKey key{};
    };

    SubjectKeys() = default;
    SubjectKeys(const SubjectKeys&) = delete;
    SubjectKeys& operator=(const SubjectKeys&) = delete;
    virtual ~SubjectKeys() = default;

    // From any thread. Throws StorageBroken where it cannot be told.
    virtual Found find(const SubjectName& subject) const = 0;
    // Keys of subjects that have none; durable when it returns.
    virtual void add(const std::vector<NamedKey>& keys) = 0;
    // The keys are gone, durably, when it returns; that the subjects were erased is remembered,
    // whether they had a key or not.
    virtual void destroy(const std::vector<SubjectName>& subjects) = 0;

    // All erasures of the log up to there are carried out. It may be less than is true: then some
    // of the log is looked through again.
    virtual Position erased_to() const = 0;
    virtual void erased_to(Position position) = 0;
};

// For tests, and programs that keep nothing.
std::unique_ptr<SubjectKeys> memory_subject_keys();
// Opens or makes them in `directory`, which holds nothing else; one process at a time writes, which
// the lock of the data directory sees to. Throws StorageBroken.
std::unique_ptr<SubjectKeys> subject_key_files(const std::string& directory);
// Those of a data directory, <data>/keys; null where the program knows nothing that is personal.
std::unique_ptr<SubjectKeys> subject_keys_of(const Catalog& catalog, const std::string& data);

}  // namespace kontor
