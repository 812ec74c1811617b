// Copies of a company: taken while it works or rests, checked before they count, put back into an
// empty place only.
#pragma once

#include <string>

namespace kontor {

// `kontor backup --data <dir> --to <dir>`; `argv[0]` is "backup". Answers the exit code.
int backup(int argc, char** argv);
// `kontor restore --from <backup> --data <dir>`; `argv[0]` is "restore". Answers the exit code.
int restore(int argc, char** argv);

}  // namespace kontor
