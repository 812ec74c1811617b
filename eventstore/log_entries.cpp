// The rules that one commit after another keeps, whichever log holds them.
#include "eventstore/log_entries.h"

namespace kontor {

LogTail tail_after(LogTail tail, std::span<const SealedCommit> commits) {
    for (const SealedCommit& sealed : commits) {
        const Commit& commit = sealed.commit;
        ensure(static_cast<Position>(commit.position) == tail.position + 1,
               "a commit's position follows the tail");
        ensure(tail.position == 0 || tail.time < commit.time, "record time only grows");
        ensure(previous_of(sealed) == tail.hash, "a commit names the hash of the one before");
        ensure(sealed.bytes.size() <= most_commit_bytes, "a commit is not too large");
        tail = {tail.position + 1, commit.time, sealed.hash};
    }
    return tail;
}

}  // namespace kontor
