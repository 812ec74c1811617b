// Erasures that the log knows and the keys do not yet: what a crash or an old copy leaves behind.
#pragma once

#include "domain/core/catalog.h"
#include "eventstore/event_log.h"
#include "eventstore/subject_keys.h"

namespace kontor {

// Destroys every key whose erasure is in the log behind the keys' mark, and moves the mark to the
// tail. Looks at nothing where no event erases. Throws StorageBroken.
void carry_out_erasures(const Catalog& catalog, const EventLog& log, SubjectKeys& keys);

}  // namespace kontor
