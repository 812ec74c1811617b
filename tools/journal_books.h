// A company's books at a running server, as far as a journal is held against them.
#pragma once

#include "tools/import_server.h"
#include "tools/journal_commands.h"

#include <string>

namespace kontor::hledger {

// Asks for what the journal needs and no more. Throws Unable where the server does not answer, and
// Interrupted.
CompanyBooks books_at(const imports::ServerWishes& server, const std::string& key,
                      const std::string& company, const Journal& journal,
                      const ledger::JournalCode& posted_in);

}  // namespace kontor::hledger
