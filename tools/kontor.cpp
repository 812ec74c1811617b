// kontor, the one program: each word of its command line is a tool of its own.
#include "tools/audit.h"
#include "tools/backup.h"
#include "tools/demo.h"
#include "tools/describe.h"
#include "tools/export.h"
#include "tools/import.h"
#include "tools/key.h"
#include "tools/load.h"
#include "tools/serve.h"

#include <cstdio>
#include <string_view>

namespace kontor {
namespace {

struct Word {
    std::string_view name;
    int (*run)(int argc, char** argv);
    std::string_view doc;
};

constexpr Word words[] = {
    {"serve", serve, "runs a company: the HTTP API over a data directory"},
    {"demo", demo, "writes a small generated company into a new data directory"},
    {"import", import_csv, "turns a CSV file into commands by a mapping"},
    {"export", export_ledger, "writes a company's ledger as a journal for hledger and ledger-cli"},
    {"key", key, "creates, lists and revokes the keys that people and programs use"},
    {"audit", audit, "proves, prints and replays the log"},
    {"describe", describe, "says what a command, event or query is and takes"},
    {"backup", backup, "copies a company, running or not, and verifies the copy"},
    {"restore", restore, "puts a backup back into a new data directory"},
    {"load", load, "measures a server under load"},
};

int usage(std::FILE* to) {
    std::fprintf(to, "usage: kontor <word> [options]; kontor <word> --help says more\n\n");
    for (const Word& word : words)
        std::fprintf(to, "  %-8s %s\n", word.name.data(), word.doc.data());
    return to == stdout ? 0 : 2;
}

}  // namespace
}  // namespace kontor

int main(int argc, char** argv) {
    if (argc < 2) return kontor::usage(stderr);
    const std::string_view asked = argv[1];
    if (asked == "help" || asked == "--help" || asked == "-h") return kontor::usage(stdout);
    for (const kontor::Word& word : kontor::words)
        if (word.name == asked) return word.run(argc - 1, argv + 1);
    std::fprintf(stderr, "kontor: there is no word %s\n\n", argv[1]);
    return kontor::usage(stderr);
}
