// How the command line's words become what a sending needs.
#include "tools/import_server.h"

#include "tools/command_line.h"
#include "tools/running_server.h"

#include <CLI/CLI.hpp>

#include <chrono>

namespace kontor::imports {

void ServerWishes::add_options(CLI::App& app) {
    app.add_option("--url", url, "the server")->capture_default_str();
    app.add_option("--key", key, "the key to send as");
    app.add_option("--key-file", key_file, "a file with the key, such as <data>/admin.key");
    app.add_option("--trust", trust, "PEM certificates to trust besides the system's");
    app.add_option("--patience", patience_seconds,
                   "seconds to go on asking a server that does not answer")
        ->capture_default_str()
        ->check(CLI::Range(0, 86'400));
    app.add_option("--batch", batch, "commands a batch")
        ->capture_default_str()
        ->check(CLI::Range(1, 10'000));
}

std::string ServerWishes::the_key() const {
    if (!key.empty()) return key;
    if (key_file.empty()) throw Unable("the server wants a key: give --key or --key-file");
    const auto found = file_text(key_file);
    if (!found || found->empty()) throw Unable("no key can be read from " + key_file);
    return *found;
}

SendingOptions ServerWishes::sending() const {
    SendingOptions options;
    options.url = url;
    options.key = the_key();
    options.most_lines = batch;
    options.patience = std::chrono::seconds(patience_seconds);
    options.trust_file = trust;
    return options;
}

}  // namespace kontor::imports
