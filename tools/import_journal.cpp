// Reads the journal, holds all of it against the company's books, and only then sends anything.
#include "tools/import_journal.h"

#include "api/http_client.h"
#include "tools/command_line.h"
#include "tools/csv.h"
#include "tools/import_server.h"
#include "tools/journal_books.h"
#include "tools/journal_commands.h"
#include "tools/journal_sending.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>

namespace kontor {
namespace {

using namespace hledger;

struct Wishes {
    std::string file, company, journal = "GEN", accounts, closing = "close";
    imports::ServerWishes server;
    std::vector<std::string> commodities, dimensions;
    bool open_accounts = false, check = false;
};

[[noreturn]] void tell_faults(const std::string& path, const std::vector<JournalFault>& faults) {
    constexpr std::size_t most_told = 100;
    for (std::size_t at = 0; at < faults.size() && at < most_told; ++at)
        std::cerr << path << ':' << faults[at].line << ": " << faults[at].problem << '\n';
    if (faults.size() > most_told) std::cerr << "and " << faults.size() - most_told << " more\n";
    throw Unable("the journal has " + std::to_string(faults.size()) +
                 (faults.size() == 1 ? " fault" : " faults") + ", see above; nothing was sent");
}

JournalWishes journal_wishes(const Wishes& wishes) {
    JournalWishes made;
    made.journal = {wishes.journal};
    made.open_accounts = wishes.open_accounts;
    if (wishes.closing == "leave-out") made.closing = ClosingWish::leave_out;
    made.dimensions.insert(wishes.dimensions.begin(), wishes.dimensions.end());
    for (const std::string& one : wishes.commodities) {
        const auto equals = one.rfind('=');
        if (equals == std::string::npos || !currency_from(one.substr(equals + 1)))
            throw Unable("--commodity wants a symbol and a currency, such as $=USD, and not " +
                         one);
        made.commodities[one.substr(0, equals)] = one.substr(equals + 1);
    }
    if (wishes.accounts.empty()) return made;
    std::ifstream in(wishes.accounts, std::ios::binary);
    if (!in) throw Unable("cannot read " + wishes.accounts);
    CsvReader reader(in, {});
    std::vector<std::string> cells;
    while (reader.next(cells)) {
        if (cells.size() != 2)
            throw Unable(wishes.accounts + ":" + std::to_string(reader.line()) +
                         ": a row is a name of the journal and a code of the chart");
        made.accounts[cells[0]] = cells[1];
    }
    return made;
}

void line(const std::string& what, std::uint64_t count) {
    std::cout << fmt::format("{:<32} {:>8}\n", what, count);
}

// What of our own export comes back another way, or not.
void tell_of_export(const JournalCommands& commands) {
    if (commands.closing_entries > 0) line("closing entries, made anew", commands.closing_entries);
    if (commands.left_closing_entries > 0)
        line("closing entries left out", commands.left_closing_entries);
    if (commands.ordinary_openings > 0) {
        line("opening entries, posted as others", commands.ordinary_openings);
        std::cout << "  as the company's policy names no opening account\n";
    }
    if (commands.left_links > 0) line("links of late entries, left out", commands.left_links);
    for (const std::string& dimension : commands.left_dimensions)
        std::cout << "tag \"" << dimension << "\" left out: the company has no such dimension\n";
}

void tell(const Journal& journal, const JournalCommands& commands) {
    line("transactions read", journal.transactions.size());
    line("  posted already", commands.known_entries);
    line("  of zeros, left out", commands.empty);
    line("  to be posted", commands.entries.size());
    line("prices to be set as rates", commands.rates.size());
    line("  set already", commands.known_rates);
    line("accounts to be opened", commands.accounts.size());
    line("balance assertions held", commands.assertions);
    if (commands.left_documents > 0)
        line("documents named twice, left out", commands.left_documents);
    tell_of_export(commands);
}

void tell_refused(const Wishes& wishes, const std::vector<JournalFault>& refused) {
    for (const JournalFault& fault : refused)
        std::cerr << wishes.file << ':' << fault.line << ": " << fault.problem << '\n';
}

int check(const Wishes& wishes, const std::string& key, const BatchLines& lines) {
    JournalOutcome tried;
    try {
        tried = try_out(wishes.server, key, lines);
    } catch (const HttpFailure& failure) {
        throw Unable(failure.what());
    }
    if (tried.untried > 0)
        std::cout << tried.untried
                  << " of the commands could not be tried: they need more of the journal before "
                     "them than one commit has room for\n";
    std::cout << "nothing was posted, as --check asks\n";
    if (tried.refused.empty()) return exit_done;
    tell_refused(wishes, tried.refused);
    throw Unable(std::to_string(tried.refused.size()) +
                 " of the commands would be refused, see above");
}

int post(const Wishes& wishes, const std::string& key, const BatchLines& lines) {
    JournalOutcome sent;
    try {
        sent = send(wishes.server, key, lines);
    } catch (const HttpFailure& failure) {
        throw Unable(std::string(failure.what()) +
                     "; run the same import again: what was done is known by its ids");
    }
    line("commands accepted", sent.accepted);
    if (sent.refused.empty()) return exit_done;
    tell_refused(wishes, sent.refused);
    throw Unable(std::to_string(sent.refused.size()) +
                 " of the commands were refused, see above; " +
                 (lines.fit_in_one_commit()
                      ? "nothing was posted"
                      : "mend the journal or the books and run the same import again: what "
                        "was posted is known by its ids"));
}

int run(const Wishes& wishes) {
    std::ifstream in(wishes.file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) throw Unable("cannot read " + wishes.file);
    if (!is_utf8(text.str()))
        throw Unable(wishes.file + " is not in UTF-8; convert it, for example with iconv");
    const JournalWishes wished = journal_wishes(wishes);
    Journal journal;
    if (const auto faults = read_journal(text.str(), journal); !faults.empty())
        tell_faults(wishes.file, faults);
    const std::string key = wishes.server.the_key();
    const CompanyBooks books =
        books_at(wishes.server, key, wishes.company, journal, wished.journal);
    const JournalCommands commands = commands_of(journal, books, wished);
    if (!commands.faults.empty()) tell_faults(wishes.file, commands.faults);
    tell(journal, commands);
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const BatchLines lines(commands,
                           "journal-" + std::to_string(now / std::chrono::microseconds(1)) + "-");
    if (lines.lines().empty()) {
        std::cout << "nothing to do\n";
        return exit_done;
    }
    return wishes.check ? check(wishes, key, lines) : post(wishes, key, lines);
}

}  // namespace

int import_journal(int argc, char** argv) {
    CLI::App app{
        "Posts the transactions of a journal of hledger (docs/import.md) in a company's books. "
        "All of it is checked before anything is sent; importing the same journal twice posts "
        "nothing.",
        "kontor import --hledger"};
    Wishes wishes;
    app.add_option("--hledger", wishes.file, "the journal")->required()->check(CLI::ExistingFile);
    app.add_option("--company", wishes.company, "in whose books")->required();
    app.add_option("--journal", wishes.journal, "the company's journal that the entries are in")
        ->capture_default_str();
    app.add_option("--accounts", wishes.accounts,
                   "a CSV file of two columns: names of the file, codes of the chart")
        ->check(CLI::ExistingFile);
    app.add_option("--commodity", wishes.commodities,
                   "which currency a symbol is, such as $=USD; any number of times");
    app.add_option("--dimension", wishes.dimensions,
                   "a tag that is a dimension of the company; any number of times");
    app.add_flag("--open-accounts", wishes.open_accounts,
                 "opens accounts that the journal declares with a type and the chart lacks");
    app.add_option("--closing-entries", wishes.closing,
                   "of our own export: the company closes the year anew, or they are left out")
        ->check(CLI::IsMember({"close", "leave-out"}))
        ->capture_default_str();
    app.add_flag("--check", wishes.check,
                 "holds the journal against the books and has the server try all of it; nothing "
                 "stays");
    wishes.server.add_options(app);
    CLI11_PARSE(app, argc, argv);
    return run_command("import", [&] { return run(wishes); });
}

}  // namespace kontor
