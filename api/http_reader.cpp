// The grammar of HTTP/1.1 is Beast's; what it leaves to its users to refuse is refused here.
#include "api/http_reader.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

namespace kontor {
namespace {

namespace http = boost::beast::http;
using boost::system::error_code;
// A string view of Boost, which is not std's.
using View = boost::beast::string_view;

std::string text(View view) { return {view.data(), view.size()}; }
std::string_view view(View from) { return {from.data(), from.size()}; }

constexpr ProtocolFault malformed_request{400, "malformed_request", "This is not HTTP/1.1."};
constexpr ProtocolFault ambiguous_length{
    400, "ambiguous_length",
    "Where the body ends must be said in one way: a Content-Length in digits, or chunked."};
constexpr ProtocolFault host_wrong{400, "host_wrong",
                                   "A request of HTTP/1.1 names exactly one Host."};
constexpr ProtocolFault header_too_large{431, "header_too_large",
                                         "The request line and headers are too long."};
constexpr ProtocolFault body_too_large{413, "too_large", "The body is too large for this address."};
constexpr ProtocolFault coding_unknown{501, "coding_unknown",
                                       "The only transfer coding understood is chunked."};
constexpr ProtocolFault version_unknown{505, "version_unknown",
                                        "The versions understood are HTTP/1.0 and HTTP/1.1."};
constexpr ProtocolFault expectation_unknown{417, "expectation_unknown",
                                            "The only expectation understood is 100-continue."};

ProtocolFault fault_of(const error_code& error) {
    if (error == http::error::header_limit) return header_too_large;
    if (error == http::error::body_limit) return body_too_large;
    if (error == http::error::bad_version) return version_unknown;
    if (error == http::error::bad_transfer_encoding || error == http::error::bad_content_length ||
        error == http::error::multiple_content_length)
        return ambiguous_length;
    return malformed_request;
}

}  // namespace

// Fills the request as the grammar recognises its parts, with no copy in between.
class RequestReader::Parser : public http::basic_parser<true> {
public:
    Parser(HttpRequest& request, std::size_t header_limit) : request_(request) {
        // Beast counts the request line and the headers apart; the buffer before it bounds both.
        this->header_limit(static_cast<std::uint32_t>(header_limit));
        body_limit(boost::none);
    }

    std::optional<ProtocolFault> fault;
    bool expects_continue = false;

private:
    HttpRequest& request_;
    int hosts_ = 0;
    int lengths_ = 0;
    bool header_done_ = false;

    void refuse(ProtocolFault why, error_code& error) {
        fault = why;
        error = http::error::bad_field;
    }

    void on_request_impl(http::verb, View method, View target, int version,
                         error_code& error) override {
        request_.method = text(method);
        request_.target = text(target);
        request_.minor_version = version - 10;
        error = {};
    }

    void on_field_impl(http::field field, View name, View value, error_code& error) override {
        error = {};
        // A trailer comes after everything was decided on the header: it is read and left out.
        if (header_done_) return;
        if (field == http::field::host) ++hosts_;
        // Beast takes "2, 2" and the same length twice for one; another reader takes the first.
        if (field == http::field::content_length &&
            (++lengths_ > 1 || value.find_first_not_of("0123456789") != value.npos))
            return refuse(ambiguous_length, error);
        // Beast takes an unknown coding for no coding at all, and the body for the next request.
        if (field == http::field::transfer_encoding && !same_name(view(value), "chunked"))
            return refuse(coding_unknown, error);
        if (field == http::field::transfer_encoding && request_.minor_version == 0)
            return refuse(ambiguous_length, error);
        if (field == http::field::expect && request_.minor_version == 1) {
            if (!same_name(view(value), "100-continue")) return refuse(expectation_unknown, error);
            expects_continue = true;
        }
        request_.headers.push_back({text(name), text(value)});
    }

    void on_header_impl(error_code& error) override {
        header_done_ = true;
        error = {};
        if (hosts_ > 1 || (hosts_ == 0 && request_.minor_version == 1)) refuse(host_wrong, error);
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>& length,
                           error_code& error) override {
        error = {};
        // A promise of octets is not believed beyond what is cheap to be wrong about.
        constexpr std::uint64_t believed = 64 * 1024;
        if (length) request_.body.reserve(static_cast<std::size_t>(std::min(*length, believed)));
    }

    std::size_t on_body_impl(View octets, error_code& error) override {
        error = {};
        request_.body.append(octets.data(), octets.size());
        return octets.size();
    }

    void on_chunk_header_impl(std::uint64_t, View, error_code& error) override { error = {}; }

    std::size_t on_chunk_body_impl(std::uint64_t, View octets, error_code& error) override {
        return on_body_impl(octets, error);
    }

    void on_finish_impl(error_code& error) override { error = {}; }

    // Of answers only.
    void on_response_impl(int, View, int, error_code& error) override { error = {}; }
};

RequestReader::RequestReader(std::size_t header_limit)
    : header_limit_(header_limit), parser_(std::make_unique<std::optional<Parser>>()) {}

RequestReader::~RequestReader() = default;

void RequestReader::begin(HttpRequest& request) {
    parser_->emplace(request, header_limit_);
    header_told_ = false;
}

RequestReader::Step RequestReader::failed(ProtocolFault fault) {
    fault_ = fault;
    return Step::broken;
}

RequestReader::Step RequestReader::read(std::string_view octets, std::size_t& used) {
    Parser& parser = **parser_;
    used = 0;
    if (!parser.is_done()) {
        error_code error;
        parser.eager(header_told_);
        used = parser.put({octets.data(), octets.size()}, error);
        if (error && error != http::error::need_more)
            return failed(parser.fault.value_or(fault_of(error)));
    }
    if (!header_told_) {
        if (!parser.is_header_done()) {
            if (octets.size() >= header_limit_) return failed(header_too_large);
            return Step::more;
        }
        header_told_ = true;
        return Step::header;
    }
    return parser.is_done() ? Step::whole : Step::more;
}

const ProtocolFault& RequestReader::fault() const { return fault_; }

bool RequestReader::has_body() const { return !(*parser_)->is_done(); }

std::optional<std::uint64_t> RequestReader::content_length() const {
    if ((*parser_)->chunked()) return std::nullopt;
    const auto length = (*parser_)->content_length();
    return length ? std::optional<std::uint64_t>(*length) : std::nullopt;
}

bool RequestReader::keep_alive() const { return (*parser_)->keep_alive(); }

bool RequestReader::expects_continue() const { return (*parser_)->expects_continue; }

void RequestReader::limit_body(std::size_t most) { (*parser_)->body_limit(most); }

}  // namespace kontor
