// The keys of persons in a file of their own, which is kept apart from the backup that they open.
#pragma once

#include "eventstore/commit.h"

#include <cstdint>
#include <string>

namespace kontor {

struct CopiedKeys {
    std::uint64_t keys = 0;    // of persons who can be read
    std::uint64_t erased = 0;  // persons who were erased
};

// Writes the keys of `directory`, as they are now, into a file that was not there and that only its
// owner can read; durable when it returns. A process may write the keys meanwhile. A directory that
// is not there holds none. `log` is the hash of the log's first commit: a log of which they are.
// Throws StorageBroken, and leaves no file then.
CopiedKeys copy_subject_keys(const std::string& directory, const std::string& file,
                             const Hash& log);

// Puts the keys of a copy into a directory without any. Which erasures were carried out is not
// taken over, since the copy may be older than the log that it is put beside: `carry_out_erasures`
// looks through all of that. Throws StorageBroken; also when the copy is of another log.
CopiedKeys restore_subject_keys(const std::string& file, const std::string& directory,
                                const Hash& log);

}  // namespace kontor
