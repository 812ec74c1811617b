// The server's door: HTTP/1.1 over TCP or TLS, bounded in everything that a client can make it
// hold.
#pragma once

#include "api/http.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace kontor {

struct HttpServerOptions {
    std::string address = "127.0.0.1";  // an IP address, or "localhost" for 127.0.0.1
    std::uint16_t port = 0;             // 0: any free one, see HttpServer::port
    std::size_t threads = 2;            // a connection stays on one of them
    // PEM files, both or none; with them every connection is TLS 1.2 or newer.
    std::string certificate_file;
    std::string key_file;
    // An address that others can reach is refused without TLS, unless this says so.
    bool allow_public_plain = false;

    // Beyond it a connection is accepted and answered 503 with Retry-After: a client left in the
    // kernel's queue would wait without knowing why. (Over TLS it is closed: a handshake costs more
    // than the refusal is worth.)
    std::size_t max_connections = 4096;
    std::size_t header_limit = 16 * 1024;         // request line and headers; more: 431
    std::size_t body_memory = 256 * 1024 * 1024;  // of all requests together; more: 503
    std::size_t stream_limit = 4 * 1024 * 1024;   // backlog that ends an AnswerStream

    std::chrono::milliseconds header_timeout{10'000};  // TLS handshake and whole header
    std::chrono::milliseconds body_timeout{30'000};    // plus a second for each `body_rate`
    std::size_t body_rate = 64 * 1024;                 // bytes a second
    std::chrono::milliseconds idle_timeout{60'000};    // between requests
    std::chrono::milliseconds write_timeout{30'000};   // without any progress
    std::chrono::milliseconds linger_timeout{2'000};   // after the last answer, for its reading
    std::chrono::milliseconds stop_timeout{10'000};    // for requests in progress, see stop

    // Told what an operator should know: failing accepts, exceptions of the application. Called
    // from any thread.
    std::function<void(const std::string&)> report;
};

// Counts since the start, for metrics.
struct HttpTraffic {
    std::uint64_t connections = 0;  // open now
    std::uint64_t accepted = 0;
    std::uint64_t turned_away = 0;  // over max_connections
    std::uint64_t requests = 0;     // handed to the application
    std::uint64_t refused = 0;      // answered by the server or `admit` before the application
    std::uint64_t timed_out = 0;    // clients too slow to write or to read
    std::uint64_t body_bytes = 0;   // held now
};

class HttpServer {
public:
    // Listens and serves at once. Throws std::runtime_error with one sentence when it cannot: the
    // address is taken or public without TLS, the certificate cannot be read.
    HttpServer(HttpServerOptions options, Application application, Admission admission = {});
    // Stops.
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    std::uint16_t port() const;
    HttpTraffic traffic() const;

    // Accepts no more, closes idle connections and answers what was taken, for at most
    // stop_timeout. A stream that answers a GET tells what can be asked for again and ends at once;
    // any other gets its time. Exchanges answered later go nowhere, without harm. May be called
    // again, and from any thread but one of the server's own.
    void stop();

private:
    class Listening;
    std::unique_ptr<Listening> listening_;
};

}  // namespace kontor
