// A journal of hledger as commands of a company: rates, accounts, entries; and what in it no books
// of double entry can take.
#pragma once

#include "domain/ledger/closing.h"
#include "domain/ledger/entries.h"
#include "domain/ledger/opening_balances.h"
#include "domain/ledger/rates.h"
#include "tools/hledger_journal.h"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <variant>
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
        ledger::AccountKind kind = ledger::AccountKind::asset;
    };
    struct FiscalYear {
        ledger::FiscalYearCode code;
        Date first_day, last_day;
    };
    using RateKey = std::tuple<Currency, Currency, Date>;

    CompanyCode company;
    Currency base_currency;
    std::map<std::string, Account> accounts;  // by code
    std::map<RateKey, Rate> rates;            // spot
    std::set<Uuid> entries;                   // of the journals that are posted in
    // What a journal that Kontor exported is held against besides:
    std::set<std::string> journals;
    std::set<std::string> dimensions;
    std::vector<FiscalYear> fiscal_years;
    std::optional<std::string> opening_account;
};

// What becomes of entries that close a year.
enum class ClosingWish : std::uint8_t { close, leave_out };

struct JournalWishes {
    ledger::JournalCode journal;
    std::map<std::string, std::string> accounts;     // codes by names of the file
    std::map<std::string, std::string> commodities;  // ISO 4217 codes by symbols of the file
    std::set<std::string> dimensions;                // tags that are dimensions of the company
    bool open_accounts = false;  // those that are declared with a type and not in the chart
    ClosingWish closing = ClosingWish::close;
};

template <class Command>
struct OfLine {
    std::uint64_t line = 0;
    Command command;
};

// What makes an entry: it is posted, takes another one back, opens the books or closes a year.
using EntryCommand = std::variant<ledger::PostEntry, ledger::ReverseEntry,
                                  ledger::PostOpeningBalances, ledger::CloseFiscalYear>;

struct JournalCommands {
    std::vector<OfLine<ledger::OpenAccount>> accounts;
    std::vector<OfLine<ledger::SetRate>> rates;
    std::vector<OfLine<EntryCommand>> entries;
    std::uint64_t known_entries = 0;   // posted by an earlier import
    std::uint64_t known_rates = 0;     // set already
    std::uint64_t empty = 0;           // transactions of zeros, which assert balances
    std::uint64_t left_documents = 0;  // numbers that an earlier transaction of the file has
    std::uint64_t assertions = 0;
    // Of a journal that Kontor exported:
    std::uint64_t closing_entries = 0;       // that CloseFiscalYear makes anew
    std::uint64_t left_closing_entries = 0;  // as it was wished, or taken back in the file
    std::uint64_t ordinary_openings = 0;     // as the company's policy has no opening account
    std::uint64_t left_links = 0;            // to the days that late entries belong to
    std::set<std::string> left_dimensions;   // that the company does not have
    std::vector<JournalFault> faults;
};

// An entry has an id made of what its transaction says, so that the same file comes to the same
// entries, whatever is added to it before or behind; one of our own export has the id that it had,
// its journal, period and dimensions, and what took back, opened or closed does so again. With any
// fault nothing may be sent.
JournalCommands commands_of(const Journal& journal, const CompanyBooks& books,
                            const JournalWishes& wishes);

}  // namespace kontor::hledger
