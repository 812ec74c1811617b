// Who may come in: keys made, listed and revoked from the machine that the company lives on.
#pragma once

namespace kontor {

// `kontor key create|list|revoke`; `argv[0]` is "key". Asks the running server; where none runs,
// opens the log itself. Answers the exit code.
int key(int argc, char** argv);

}  // namespace kontor
