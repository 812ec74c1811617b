// The server that an import sends to, as the command line names it.
#pragma once

#include "tools/import_sending.h"

#include <cstdint>
#include <string>

namespace CLI {
class App;
}

namespace kontor::imports {

struct ServerWishes {
    std::string url = "http://127.0.0.1:8080", key, key_file, trust;
    std::int64_t patience_seconds = 60;
    std::size_t batch = 2'000;

    // --url, --key, --key-file, --trust, --patience, --batch; the object outlives the parsing.
    void add_options(CLI::App&);
    // Throws Unable where none is given, or the file has none.
    std::string the_key() const;
    // With the key. Throws as `the_key` does.
    SendingOptions sending() const;
};

}  // namespace kontor::imports
