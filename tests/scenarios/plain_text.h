// Other programs' opinion of a company's ledger: hledger and ledger-cli read what we export.
#pragma once

#include "domain/core/id.h"
#include "eventstore/event_log.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace kontor::test {

// Balances by account and currency, debit positive, in smallest units; zeros are left out.
using PlainBalances = std::map<std::string, std::map<std::string, std::int64_t>>;

// What a program says of a journal file; `at_cost` in base currency. Empty when the program is not
// installed. Throws where it refuses the file.
std::optional<PlainBalances> balances_by(const std::string& program, const std::string& journal,
                                         bool at_cost);

// The plain sum over the entries of a company that are in its leading book, by the log alone.
PlainBalances balances_in(const EventLog& log, const CompanyCode& company, bool at_cost);

}  // namespace kontor::test
