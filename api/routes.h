// Every address of the API and who may use it.
#pragma once

#include "api/backend.h"
#include "api/feed.h"
#include "api/http.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kontor {

// What the server as a whole knows and the routes do not.
struct ServerFacts {
    std::function<std::string()> metrics;                           // Prometheus text
    std::function<std::string(std::string& directory)> checkpoint;  // makes one; a fault in words
    std::string openapi;
};

class Routes {
public:
    Routes(Backend& backend, ServerFacts facts);

    // Answers a request, at once or later. The body is there.
    void handle(const std::shared_ptr<Exchange>& exchange);
    // Says no before a body is read: no such address, no key, too large.
    std::optional<HttpAnswer> admit(const HttpRequest& head) const;
    // The longest body that an address takes, in bytes.
    static std::size_t body_limit(std::string_view method, std::string_view target);

    void close() { feed_.close(); }

private:
    void get(const std::shared_ptr<Exchange>& exchange, std::string_view path,
             std::string_view query, const Visitor& visitor);
    void post(const std::shared_ptr<Exchange>& exchange, std::string_view path,
              std::string_view query, const Visitor& visitor);
    HttpAnswer health(std::string_view path) const;
    void checkpoint(const std::shared_ptr<Exchange>& exchange, const Visitor& visitor);
    HttpAnswer rebuild(std::string_view query, const Visitor& visitor);

    Backend& backend_;
    ServerFacts facts_;
    Feed feed_;
};

}  // namespace kontor
