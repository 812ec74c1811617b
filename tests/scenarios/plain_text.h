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

// What our export says of a line's dimension, as these programs know it; a value of letters and
// spaces only, as both take it for a regular expression.
struct PlainTag {
    std::string name, value;
};

// What a command of the shell writes; throws with it where it fails.
std::string output_of(const std::string& command);

// What a program says of a journal file, or of the postings with a tag in it, or of those that
// a query in the program's own words finds; `at_cost` in base currency. Empty when the program is
// not installed. Throws where it refuses the file.
std::optional<PlainBalances> balances_by(const std::string& program, const std::string& journal,
                                         bool at_cost, const std::optional<PlainTag>& tag = {},
                                         const std::string& query = {});

// The plain sum over the entries of a company that are in its leading book, by the log alone.
PlainBalances balances_in(const EventLog& log, const CompanyCode& company, bool at_cost);

}  // namespace kontor::test
