// The auditor: what the log says, whether it is sound, and what was known at any moment.
#pragma once

namespace kontor {

// `kontor audit print|verify|replay|state|explain|diff`: `argv[0]` is "audit", the sub-command and
// its options follow. Answers the exit code.
int audit(int argc, char** argv);

}  // namespace kontor
