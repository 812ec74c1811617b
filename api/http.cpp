// What HTTP messages look like on the wire, as far as Kontor writes them (RFC 9110, RFC 9112).
#include "api/http.h"

#include "api/problem.h"

#include <charconv>

namespace kontor {
namespace {

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

void append_number(std::size_t number, int radix, std::string& out) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number, radix).ptr;
    out.append(digits, end);
}

void append_value(std::string_view value, std::string& out) {
    for (const char letter : value) {
        const auto code = static_cast<unsigned char>(letter);
        out += code < 0x20 || code == 0x7f ? ' ' : letter;
    }
}

bool belongs_to_server(std::string_view name) {
    return same_name(name, "content-length") || same_name(name, "transfer-encoding") ||
           same_name(name, "connection");
}

}  // namespace

bool same_name(std::string_view left, std::string_view right) {
    if (left.size() != right.size()) return false;
    for (std::size_t at = 0; at < left.size(); ++at)
        if (lower(left[at]) != lower(right[at])) return false;
    return true;
}

const std::string* find_header(const std::vector<Header>& headers, std::string_view name) {
    for (const Header& header : headers)
        if (same_name(header.name, name)) return &header.value;
    return nullptr;
}

std::string_view reason_phrase(int status) {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 206: return "Partial Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 415: return "Unsupported Media Type";
        case 417: return "Expectation Failed";
        case 422: return "Unprocessable Content";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        case 505: return "HTTP Version Not Supported";
        default: return "Status";
    }
}

HttpAnswer protocol_no(int status, std::string_view code, std::string_view detail) {
    Problem no;
    no.status = status;
    no.code = code;
    no.title = reason_phrase(status);
    no.detail = detail;
    HttpAnswer answer;
    answer.status = status;
    answer.headers.push_back({"Content-Type", std::string(problem_media_type)});
    if (status == 503) {
        no.retry_after = 1;
        answer.headers.push_back({"Retry-After", "1"});
    }
    answer.body = problem_json(no);
    return answer;
}

void append_head(const HttpAnswer& answer, Framing framing, bool keep_alive, int minor_version,
                 std::string& out) {
    out += "HTTP/1.1 ";
    append_number(static_cast<std::size_t>(answer.status), 10, out);
    out += ' ';
    out += reason_phrase(answer.status);
    out += "\r\n";
    for (const Header& header : answer.headers) {
        if (belongs_to_server(header.name)) continue;
        append_value(header.name, out);
        out += ": ";
        append_value(header.value, out);
        out += "\r\n";
    }
    if (framing == Framing::length) {
        out += "Content-Length: ";
        append_number(answer.body.size(), 10, out);
        out += "\r\n";
    } else if (framing == Framing::chunks) {
        out += "Transfer-Encoding: chunked\r\n";
    }
    // Staying is the rule of HTTP/1.1 and must be said to a client of HTTP/1.0.
    if (!keep_alive)
        out += "Connection: close\r\n";
    else if (minor_version == 0)
        out += "Connection: keep-alive\r\n";
    out += "\r\n";
}

void append_chunk(std::string_view piece, std::string& out) {
    if (piece.empty()) return;
    append_number(piece.size(), 16, out);
    out += "\r\n";
    out += piece;
    out += "\r\n";
}

}  // namespace kontor
