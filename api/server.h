// The running company: the log, the writer, the read models and the door, opened in this order.
#pragma once

#include "api/http_server.h"
#include "domain/core/catalog.h"
#include "projections/projection.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace kontor {

struct ServerOptions {
    std::string directory;
    HttpServerOptions http;
    bool accept_clock = false;        // a clock over a day ahead of the last commit is believed
    bool accept_shorter_log = false;  // RocksLogOptions has it
    std::size_t worker_threads = 2;
    std::function<Timestamp()> clock;  // record times; the system's when empty
    std::string fonts;  // directory of those that PDFs are printed with; the system's when empty
    // What an operator must know, a sentence at a time; from any thread.
    std::function<void(const std::string&)> report;
};

class Server {
public:
    // Listens first and answers 503 with how far it is while the log is replayed; serves when the
    // constructor is done. Throws StorageBroken or std::runtime_error with one sentence when the
    // directory cannot be opened or the address is taken.
    Server(const Catalog& catalog, std::vector<ReadModelSpec> read_models, ServerOptions options);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::string url() const;
    // Answers what it took, then closes everything.
    void stop();

private:
    class Open;
    std::unique_ptr<Open> open_;
};

// The OpenAPI document of a program; examples are commands as JSON by their names.
std::string openapi_of(const Catalog& catalog, const std::vector<ReadModelSpec>& read_models);

}  // namespace kontor
