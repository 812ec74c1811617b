// The first start of a data directory: somebody must be able to come in.
#pragma once

#include "eventstore/engine.h"

#include <string>

namespace kontor {

// A secret nobody can guess: 256 bits of the system's randomness in letters.
std::string new_secret();

// For an empty log: writes an administrator's key to <directory>/admin.key, readable by its owner
// only, and commits the role, the grant and the key's hash. Does nothing for any other log.
void admit_administrator(const Catalog& catalog, Engine& engine, const std::string& directory);

}  // namespace kontor
