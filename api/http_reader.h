// Octets become requests here, strictly: what two readers could read differently is refused.
#pragma once

#include "api/http.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace kontor {

// Why a request is no HTTP that Kontor takes; the connection cannot be used further.
struct ProtocolFault {
    int status = 400;
    std::string_view code;
    std::string_view detail;
};

// Reads one request after the other from whatever pieces the network gives. It never holds octets
// itself but those of the body: what `read` has not used must be given again with more behind it.
class RequestReader {
public:
    explicit RequestReader(std::size_t header_limit);
    ~RequestReader();

    // Begins another request, to be read into `request`, which must outlive the reading.
    void begin(HttpRequest& request);

    enum class Step {
        more,    // not enough octets yet
        header,  // everything but the body is there; told once, before `whole`
        whole,   // the request is complete
        broken,  // see fault()
    };
    // Goes one step; `used` says how many of the octets are done with.
    Step read(std::string_view octets, std::size_t& used);

    const ProtocolFault& fault() const;
    // From `header` on:
    bool has_body() const;
    std::optional<std::uint64_t> content_length() const;  // none: chunked, or no body
    bool keep_alive() const;
    bool expects_continue() const;
    // The most octets that the body may have; called after `header`, before going on.
    void limit_body(std::size_t most);

private:
    class Parser;
    std::size_t header_limit_;
    std::unique_ptr<std::optional<Parser>> parser_;
    ProtocolFault fault_;
    bool header_told_ = false;

    Step failed(ProtocolFault fault);
};

}  // namespace kontor
