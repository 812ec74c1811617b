// Octets at the server's door, in whatever pieces the network brings them.
#include "api/http_reader.h"

#include "tests/fuzz/targets.h"

#include <algorithm>

namespace kontor::fuzz {
namespace {

// Small, so that inputs come near them.
constexpr std::size_t header_limit = 512, body_limit = 256;

struct Heard {
    std::vector<HttpRequest> requests;
    std::vector<bool> keep_alive;
    std::string_view fault;  // its code; empty when the octets ended first
};

// What no part of a header may hold: whoever reads it after us would see a line end there.
bool is_one_line(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

void check_header(const HttpRequest& request, const RequestReader& reader) {
    std::size_t size = request.method.size() + request.target.size();
    holds(is_one_line(request.method) && is_one_line(request.target), "a request line is one line");
    holds(!request.method.empty() && !request.target.empty(), "with a method and a target");
    holds(request.target.find(' ') == std::string::npos, "a target has no spaces");
    int hosts = 0, codings = 0, lengths = 0;
    for (const Header& header : request.headers) {
        holds(is_one_line(header.name) && is_one_line(header.value), "a header is one line");
        holds(!header.name.empty() && header.name.find_first_of(": \t") == std::string::npos,
              "a header's name is a token");
        size += header.name.size() + header.value.size();
        hosts += same_name(header.name, "Host");
        codings += same_name(header.name, "Transfer-Encoding");
        lengths += same_name(header.name, "Content-Length");
    }
    holds(size <= 2 * header_limit, "a header is no longer than its limit");
    holds(hosts <= 1 && (hosts == 1 || request.minor_version == 0), "one Host is named");
    holds(request.minor_version == 0 || request.minor_version == 1, "the version is known");
    // RFC 9112 6.1: both together is how one request is hidden inside another.
    holds(codings == 0 || lengths == 0, "a body ends in one way");
    holds(codings <= 1 && (codings == 0 || request.minor_version == 1), "chunks are of HTTP/1.1");
    if (lengths) {
        const std::string* const first = request.header("Content-Length");
        holds(first->find_first_not_of("0123456789") == std::string::npos, "a length is digits");
        holds(!reader.has_body() || reader.content_length().has_value(), "and is what counts");
    }
}

// Reads as a connection does: what was not used is given again with so many octets more.
Heard heard(std::string_view octets, std::size_t piece) {
    Heard all;
    RequestReader reader(header_limit);
    HttpRequest request;
    reader.begin(request);
    bool keep = false, in_body = false;
    std::size_t begin = 0, end = 0;
    while (true) {
        std::size_t used = 0;
        const Exactly window(octets.substr(begin, end - begin));
        const auto step =
            begin == end && !in_body ? RequestReader::Step::more : reader.read(window.view(), used);
        holds(used <= end - begin, "no more is used than there is");
        begin += used;
        if (step == RequestReader::Step::broken) {
            all.fault = reader.fault().code;
            holds(reader.fault().status >= 400 && !reader.fault().detail.empty(), "a no says why");
            return all;
        }
        if (step == RequestReader::Step::header) {
            check_header(request, reader);
            keep = reader.keep_alive();
            in_body = true;
            if (reader.content_length().value_or(0) > body_limit) {
                all.fault = "too_large";
                return all;
            }
            reader.limit_body(body_limit);
        } else if (step == RequestReader::Step::whole) {
            holds(request.body.size() <= body_limit, "a body is no longer than its limit");
            all.requests.push_back(std::move(request));
            all.keep_alive.push_back(keep);
            if (!keep) return all;
            request = {};
            reader.begin(request);
            in_body = false;
        } else if (used == 0 || begin == end) {
            if (end == octets.size()) return all;
            // A connection's buffer is full of one piece that does not end, such as a trailer.
            if (used == 0 && end - begin == header_limit) {
                all.fault = "too_large";
                return all;
            }
            end = std::min({end + piece, octets.size(), begin + header_limit});
        }
    }
}

std::string written(const HttpRequest& request) {
    std::string text = request.method + " " + request.target + " HTTP/1." +
                       std::to_string(request.minor_version) + "\r\n";
    for (const Header& header : request.headers)
        if (!same_name(header.name, "Transfer-Encoding") &&
            !same_name(header.name, "Content-Length"))
            text += header.name + ": " + header.value + "\r\n";
    return text + "Content-Length: " + std::to_string(request.body.size()) + "\r\n\r\n" +
           request.body;
}

bool same(const HttpRequest& left, const HttpRequest& right) {
    return left.method == right.method && left.target == right.target && left.body == right.body &&
           left.minor_version == right.minor_version;
}

}  // namespace

// The first octet says in which pieces the rest comes.
void http(std::string_view octets) {
    if (octets.empty()) return;
    const std::size_t piece = 1 + static_cast<unsigned char>(octets.front()) % 64;
    octets.remove_prefix(1);
    const Heard at_once = heard(octets, header_limit);
    const Heard in_pieces = heard(octets, piece);
    holds(at_once.requests.size() == in_pieces.requests.size(), "pieces change no count");
    for (std::size_t n = 0; n < at_once.requests.size(); ++n) {
        const HttpRequest& request = at_once.requests[n];
        holds(same(request, in_pieces.requests[n]), "pieces change no request");
        const std::string again = written(request);
        if (again.size() - request.body.size() >= header_limit) continue;
        const Heard echo = heard(again, header_limit);
        holds(echo.requests.size() == 1 && echo.fault.empty(), "one request is one request");
        holds(same(request, echo.requests.front()), "and the same when it is sent again");
        holds(echo.keep_alive.front() == at_once.keep_alive[n], "with the same end");
    }
    // Garbage that is not whole yet may be refused now or with its next piece: not compared.
}

}  // namespace kontor::fuzz
