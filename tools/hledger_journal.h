// What a journal of hledger says, as far as its format is read here: transactions with costs and
// balance assertions, market prices, declared accounts; each with the line that it stands on.
#pragma once

#include "domain/core/date.h"
#include "tools/import_formats.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kontor::hledger {

struct JournalFault {
    std::uint64_t line = 0;
    std::string problem;
};

struct WrittenAmount {
    Exact number;
    std::string commodity;  // as the file has it: EUR, $; empty: none
};

// `@ 0.92 EUR` is of one, `@@ 938.40 EUR` of all.
struct WrittenCost {
    WrittenAmount amount;
    bool of_all = false;
};

// `= 5`; `== 5` where the account has nothing else; with `*` the accounts below it count.
struct Assertion {
    WrittenAmount amount;
    bool nothing_else = false;
    bool with_below = false;
};

struct WrittenPosting {
    std::uint64_t line = 0;
    std::string account;
    std::optional<WrittenAmount> amount;
    std::optional<WrittenCost> cost;
    std::optional<Assertion> assertion;
    std::optional<Date> date;                 // its own: `date:2026-01-09`, or `[2026-01-09]`
    std::string comment;                      // of its own line
    std::map<std::string, std::string> tags;  // of the lines below it too
};

struct WrittenTransaction {
    std::uint64_t line = 0;
    Date date;
    std::string code;
    std::string text;
    std::map<std::string, std::string> tags;
    std::vector<WrittenPosting> postings;
};

struct WrittenPrice {
    std::uint64_t line = 0;
    Date date;
    std::string commodity;
    WrittenAmount amount;
};

struct DeclaredAccount {
    std::uint64_t line = 0;
    std::string name;
    std::string said;  // of the comment beside it, else of the first one below, without its tags
    std::map<std::string, std::string> tags;
};

struct Journal {
    bool exported = false;  // by Kontor: its tags are ours, its texts have escapes
    std::vector<WrittenTransaction> transactions;
    std::vector<WrittenPrice> prices;
    std::vector<DeclaredAccount> accounts;
};

// Reads a whole journal. What is not read here (includes, aliases, automated and periodic
// transactions, virtual postings, lots, balance assignments) is a fault, never left out in silence;
// with any fault the journal must not be used. Texts and tags are unescaped where the journal says
// that it has escapes (journal_escapes.h); names of accounts are as the file has them.
std::vector<JournalFault> read_journal(std::string_view text, Journal& journal);

// `name:value` pairs of a comment; a value ends with a comma.
std::map<std::string, std::string> tags_in(std::string_view comment);

}  // namespace kontor::hledger
