// A small blocking client for Kontor's own server: importer, command line, load tool and tests.
#pragma once

#include "api/http.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace kontor {

// No answer came, or none that is whole; the sentence says why.
class HttpFailure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Where a server is.
struct HttpPlace {
    bool tls = false;
    std::string host;
    std::uint16_t port = 80;
    std::string prefix;  // of every target, without a slash at its end; mostly empty
};
// From "http://127.0.0.1:8080". Throws HttpFailure for anything that is no http or https URL.
HttpPlace place_of(const std::string& url);

struct HttpClientOptions {
    std::chrono::milliseconds timeout{60'000};  // without any progress
    std::string trust_file;  // PEM certificates to trust besides the system's; for TLS
};

// One keep-alive connection, opened when first needed and again after it was lost. For one thread.
class HttpClient {
public:
    explicit HttpClient(const std::string& url, HttpClientOptions options = {});
    ~HttpClient();
    HttpClient(HttpClient&&) noexcept;
    HttpClient& operator=(HttpClient&&) noexcept;

    // Sends and waits for the whole answer. Where a connection that was used before turns out to be
    // closed before any octet of the answer came, a GET, a HEAD or what has an Idempotency-Key is
    // sent again, once; for anything else that would guess. Throws HttpFailure.
    HttpAnswer send(const HttpRequest& request);
    // The body is handed over in the pieces in which it comes, and the answer has none. `piece` may
    // return false to hear no more: the connection is closed then.
    HttpAnswer send(const HttpRequest& request, const std::function<bool(std::string_view)>& piece);

    HttpAnswer get(std::string target, std::vector<Header> headers = {});
    HttpAnswer post(std::string target, std::string body, std::vector<Header> headers = {});

    void close();

private:
    class Line;
    std::unique_ptr<Line> line_;
};

}  // namespace kontor
