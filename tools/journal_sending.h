// The commands of a journal on their way to a server: all in one commit where they fit in one, in
// batches otherwise; and a trial of them, which leaves nothing.
#pragma once

#include "tools/import_server.h"
#include "tools/journal_commands.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace kontor::hledger {

// All commands as lines of a batch, in the order in which they are sent, each with the line of the
// file that it comes from and the earlier ones that it cannot be decided without.
class BatchLines {
public:
    // Ids begin with `run`.
    BatchLines(const JournalCommands& commands, const std::string& run);

    const std::vector<imports::Made>& lines() const { return lines_; }
    std::uint64_t line_of(std::size_t at) const { return places_[at].line; }
    // All that must be there before it, nearest and farthest.
    std::set<std::size_t> needed_for(std::size_t at) const;
    // It is about all that was posted before it, so that no part of the others will do.
    bool needs_all(std::size_t at) const { return places_[at].needs_all; }
    bool fit_in_one_commit() const;

private:
    struct Place {
        std::uint64_t line = 0;
        std::set<std::size_t> needs{};
        bool needs_all = false;
    };
    template <class Command>
    void add(const std::string& run, const char* name, const Command& command, Place place);
    void add_entry(const std::string& run, std::uint64_t line, const EntryCommand& command);
    // Accounts that are opened, and the newest rate of each pair where one is looked up.
    std::set<std::size_t> needs_of(const std::vector<ledger::EntryLine>& lines,
                                   std::optional<Date> date) const;

    std::vector<imports::Made> lines_;
    std::vector<Place> places_;
    std::size_t octets_ = 0;
    std::map<std::string, std::size_t> accounts_;
    std::map<std::pair<Currency, Currency>, std::map<Date, std::size_t>> rates_;
    std::map<Uuid, std::size_t> entries_;
};

struct JournalOutcome {
    std::uint64_t accepted = 0;
    std::uint64_t untried = 0;  // of a trial: they need more than one commit has room for
    std::vector<JournalFault> refused;
};

// Sends all of them. Throws Unable where the server does not answer.
JournalOutcome send(const imports::ServerWishes& server, const std::string& key,
                    const BatchLines& lines);
// What the server would refuse, by dry runs: by its own rules, on what it has and what the journal
// brings, and nothing is kept. A long journal is tried in parts.
JournalOutcome try_out(const imports::ServerWishes& server, const std::string& key,
                       const BatchLines& lines);

}  // namespace kontor::hledger
