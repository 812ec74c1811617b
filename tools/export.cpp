// The command line of `kontor export`.
#include "tools/export.h"

#include "tools/audit_log.h"
#include "tools/audit_source.h"
#include "tools/command_line.h"
#include "tools/export_payments.h"
#include "tools/journal_text.h"

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <string_view>

namespace kontor {
namespace {

struct Wishes {
    std::string data, key, company, book, valid_at, known_at, to;
};

int run(const Wishes& wishes) {
    AuditSource source(wishes.data, wishes.key);
    JournalTextOptions options;
    options.company = {wishes.company};
    if (!wishes.book.empty()) options.book = ledger::BookCode{wishes.book};
    if (!wishes.valid_at.empty()) {
        options.valid_at = date_from(wishes.valid_at);
        if (!options.valid_at) throw Unable("--valid-at must be a date, such as 2026-03-31");
    }
    options.known_at = wishes.known_at.empty() ? source.log().tail().position
                                               : position_from(source.log(), wishes.known_at);
    std::ofstream file;
    if (!wishes.to.empty()) {
        file.open(wishes.to, std::ios::binary);
        if (!file) throw Unable("The file " + wishes.to + " cannot be written.");
    }
    std::ostream& out = wishes.to.empty() ? std::cout : file;
    const std::uint64_t entries = write_journal(source.log(), options, out);
    out.flush();
    if (!out) throw Unable("The journal could not be written to its end.");
    std::cerr << entries << " entries of " << wishes.company << " as of position "
              << options.known_at << '\n';
    return exit_done;
}

}  // namespace

int export_ledger(int argc, char** argv) {
    for (int at = 1; at < argc; ++at)
        if (std::string_view(argv[at]).starts_with("--payment-run"))
            return export_payments(argc, argv);
    CLI::App app{"Writes a company's ledger as a journal that hledger and ledger-cli read.",
                 "kontor export"};
    app.footer(
        "For a payment run as a file for the bank (pain.001): kontor export --payment-run <id>\n"
        "--company <code>; with --help behind it, it says what else it takes.");
    Wishes wishes;
    app.add_option("--data,--backup", wishes.data, "Data directory, or a backup of one")
        ->required();
    app.add_option("--company", wishes.company, "Whose ledger")->required();
    app.add_option("--book", wishes.book, "Which of its parallel books; else the leading one");
    app.add_option("--valid-at", wishes.valid_at, "Entries up to this day only");
    app.add_option("--known-at", wishes.known_at,
                   "As it was known then: a position, or a time such as 2026-02-17T22:30:00Z");
    app.add_option("--to", wishes.to, "The file; else the standard output");
    app.add_option("--key", wishes.key,
                   "Secret of the key to ask a running server with; else that in admin.key");
    CLI11_PARSE(app, argc, argv);
    return run_command("export", [&] { return run(wishes); });
}

}  // namespace kontor
