// Our export, imported into another company that is set up alike, comes to the same books.
#pragma once

#include "domain/core/id.h"
#include "eventstore/event_log.h"

#include <string>

namespace kontor::test {

// The log of a new company, set up as the one of the log, after its journal was imported twice.
// Throws where the import refuses it.
void import_again(const std::string& directory, const EventLog& log, const CompanyCode& company,
                  const std::string& journal_path);

// A journal as far as an import brings it back: transactions in order, then accounts, currencies
// and tags. Left out are links of late entries, closes that were taken back again, and what is
// taken back by a reversal of a reversal, or a second time (both halves of an accrual); and
// numbers, where some of them lie in other books or with those.
std::string comparable(const std::string& journal, bool numbers);
// Whether the numbers of each journal and year have no gap.
bool numbers_are_whole(const std::string& journal);

}  // namespace kontor::test
