// A journal of hledger as commands of a company: rates, accounts, entries; and what in it no books
// of double entry can take.
#pragma once

#include "domain/ledger/entries.h"
#include "domain/ledger/rates.h"
#include "tools/hledger_journal.h"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace kontor::hledger {

// What the company has, as far as a journal is held against it.
struct CompanyBooks {
    struct Account {
        std::string name;
        bool heading = false;
        bool blocked = false;
        bool control = false;
        std::optional<Currency> currency = std::nullopt;
    };
    using RateKey = std::tuple<Currency, Currency, Date>;

    CompanyCode company;
    Currency base_currency;
    std::map<std::string, Account> accounts;  // by code
    std::map<RateKey, Rate> rates;            // spot
    std::set<Uuid> entries;                   // of the journal that is posted in
};

struct JournalWishes {
    ledger::JournalCode journal;
    std::map<std::string, std::string> accounts;     // codes by names of the file
    std::map<std::string, std::string> commodities;  // ISO 4217 codes by symbols of the file
    std::set<std::string> dimensions;                // tags that are dimensions of the company
    bool open_accounts = false;  // those that are declared with a type and not in the chart
};

template <class Command>
struct OfLine {
    std::uint64_t line = 0;
    Command command;
};

struct JournalCommands {
    std::vector<OfLine<ledger::OpenAccount>> accounts;
    std::vector<OfLine<ledger::SetRate>> rates;
    std::vector<OfLine<ledger::PostEntry>> entries;
    std::uint64_t known_entries = 0;   // posted by an earlier import
    std::uint64_t known_rates = 0;     // set already
    std::uint64_t empty = 0;           // transactions of zeros, which assert balances
    std::uint64_t left_documents = 0;  // numbers that an earlier transaction of the file has
    std::uint64_t assertions = 0;
    std::vector<JournalFault> faults;
};

// An entry has an id made of what its transaction says, so that the same file comes to the same
// entries, whatever is added to it before or behind. With any fault nothing may be sent.
JournalCommands commands_of(const Journal& journal, const CompanyBooks& books,
                            const JournalWishes& wishes);

}  // namespace kontor::hledger
