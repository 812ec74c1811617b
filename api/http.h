// HTTP as the routes see it: a request, its one answer, a stream of answers. No library shows.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kontor {

struct Header {
    std::string name;
    std::string value;
};

// Names of headers and codings are compared as ASCII without case (RFC 9110 5.1).
bool same_name(std::string_view left, std::string_view right);

// The first header of that name, or null.
const std::string* find_header(const std::vector<Header>& headers, std::string_view name);

struct HttpRequest {
    std::string method;           // as sent: "POST"
    std::string target;           // as sent, not decoded: "/queries/TrialBalance?limit=10"
    std::vector<Header> headers;  // in the order of arrival
    std::string body;             // chunked codings removed
    std::string peer;             // the other side's address, without port
    int minor_version = 1;        // HTTP/1.<this>

    const std::string* header(std::string_view name) const { return find_header(headers, name); }
};

// Content-Length, Transfer-Encoding and Connection are the server's; it leaves out any given here.
struct HttpAnswer {
    int status = 200;
    std::vector<Header> headers;
    std::string body;

    const std::string* header(std::string_view name) const { return find_header(headers, name); }
};

// An answer that is told piece by piece (SSE, NDJSON), in HTTP chunks. Every function may be called
// from any thread and none waits for the client. A producer writes while `write` says true, watches
// `backlog`, and above what it thinks fair waits for `when_drained`. The callbacks run on an I/O
// thread and must be short.
class AnswerStream {
public:
    virtual ~AnswerStream() = default;

    // Once, before anything is written.
    virtual void start(int status, std::vector<Header> headers) = 0;
    // False when the client is gone, too slow (its backlog passed the server's limit, which ends
    // the connection) or the server ends: what is written then goes nowhere.
    virtual bool write(std::string_view piece) = 0;
    // Bytes taken by `write` that the operating system has not taken yet.
    virtual std::size_t backlog() const = 0;
    // Calls once, when the backlog is (or already was) below 64 KB, or the stream has closed. A
    // later call replaces an earlier one that has not been called yet.
    virtual void when_drained(std::function<void()> call) = 0;
    // Calls exactly once, when nothing more can be written: the client has gone, the server ends,
    // or the finished answer is sent. At once, on the calling thread, where that has happened
    // already.
    virtual void when_closed(std::function<void()> call) = 0;
    // The answer is whole. Must be called in the end, or `abandon`.
    virtual void finish() = 0;
    // The answer cannot be made whole: the connection ends without the last chunk, so that the
    // client knows.
    virtual void abandon() = 0;
};

// One request and the duty to answer it, handed to the application; answers may come later and from
// any thread. An exchange dropped without an answer answers 500.
class Exchange {
public:
    virtual ~Exchange() = default;

    virtual const HttpRequest& request() const = 0;
    // The whole answer. The first answer counts: one after an answer or a stream goes nowhere.
    virtual void answer(HttpAnswer answer) = 0;
    // The same, with what `make` gives: it runs on the thread of the connection, so that who knows
    // the answer need not spend time on its words.
    virtual void answer_with(std::function<HttpAnswer()> make) = 0;
    // An answer in pieces, in place of `answer`. Null when it has been answered already.
    virtual std::shared_ptr<AnswerStream> stream() = 0;
};

// What answers requests. Called on an I/O thread, which serves other connections too: it must be
// short, and hands long work to a thread of its own. What it throws is answered 500.
using Application = std::function<void(std::shared_ptr<Exchange>)>;

// What is asked between a request's header and its body. Both are called on an I/O thread.
struct Admission {
    // Looks at a request without its body and may answer at once (401, 404, 405), so that nobody
    // without a key can make the server read megabytes. Empty: everything is admitted.
    std::function<std::optional<HttpAnswer>(const HttpRequest&)> admit;
    // The most bytes that the body may have; more answers 413. Empty: 1 MB.
    std::function<std::size_t(const std::string& method, std::string_view target)> body_limit;
};

// "Not Found" for 404; "Status" for a code without a name (RFC 9110 15).
std::string_view reason_phrase(int status);

// A no of the protocol itself, as problem details (RFC 9457).
HttpAnswer protocol_no(int status, std::string_view code, std::string_view detail);

// How a message ends: the bytes of its body, chunks, or the end of the connection.
enum class Framing { length, chunks, close, none };

// Appends the status line and headers. Control characters in header values become spaces, so that
// no value can begin another header.
void append_head(const HttpAnswer& answer, Framing framing, bool keep_alive, int minor_version,
                 std::string& out);
// Appends one chunk of a chunked body; an empty piece appends nothing (it would be the last chunk).
void append_chunk(std::string_view piece, std::string& out);

}  // namespace kontor
