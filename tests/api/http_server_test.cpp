// The server's door as clients meet it: real connections, exact octets.
#include "api/http_server.h"
#include "api/http_client.h"
#include "tests/api/raw_client.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

using namespace kontor;
using Catch::Contains;
using Catch::EndsWith;
using Catch::StartsWith;
using std::chrono::milliseconds;

namespace {

const std::string hello = "GET /hello HTTP/1.1\r\nHost: here\r\n\r\n";

void echo(const std::shared_ptr<Exchange>& exchange) {
    const HttpRequest& request = exchange->request();
    exchange->answer({200,
                      {{"Content-Type", "text/plain"}},
                      request.method + " " + request.target + " " + request.body});
}

// Answers from a thread of its own, in the order of asking, as the engine does after a sync.
class LateAnswers {
public:
    LateAnswers() : thread_([this] { run(); }) {}
    ~LateAnswers() {
        {
            const std::lock_guard lock(mutex_);
            ended_ = true;
        }
        changed_.notify_all();
        thread_.join();
    }
    void take(std::shared_ptr<Exchange> exchange) {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(std::move(exchange));
        changed_.notify_all();
    }
    void hold() {
        const std::lock_guard lock(mutex_);
        held_ = true;
    }
    void release() {
        const std::lock_guard lock(mutex_);
        held_ = false;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::shared_ptr<Exchange>> waiting_;
    bool held_ = false;
    bool ended_ = false;
    std::thread thread_;

    void run() {
        std::unique_lock lock(mutex_);
        while (!ended_) {
            changed_.wait(lock, [&] { return ended_ || (!held_ && !waiting_.empty()); });
            while (!held_ && !waiting_.empty()) {
                const auto exchange = std::move(waiting_.front());
                waiting_.pop_front();
                lock.unlock();
                echo(exchange);
                lock.lock();
            }
        }
    }
};

// Waits for what other threads bring about; ten seconds mean never.
template <typename Condition>
bool comes_true(Condition condition) {
    for (int tries = 0; tries < 5000 && !condition(); ++tries)
        std::this_thread::sleep_for(milliseconds(2));
    return condition();
}

}  // namespace

TEST_CASE("A connection answers one request after the other") {
    HttpServer server({}, echo);
    RawClient client(server.port());
    CHECK(client.ask(hello) ==
          "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
          "Content-Length: 11\r\n\r\nGET /hello ");
    CHECK_THAT(client.ask("POST /a?b=%20c HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\n\r\nbody"),
               EndsWith("POST /a?b=%20c body"));
    CHECK(server.traffic().accepted == 1);
    CHECK(server.traffic().requests == 2);
}

TEST_CASE("Requests sent ahead are answered in their order, however late the answers come") {
    LateAnswers late;
    HttpServer server({}, [&](auto exchange) { late.take(exchange); });
    std::string all;
    for (int at = 0; at < 200; ++at)
        all +=
            "POST /" + std::to_string(at) + " HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";
    RawClient client(server.port());
    client.send(all);
    for (int at = 0; at < 200; ++at)
        REQUIRE_THAT(client.answer(), EndsWith("\r\n\r\nPOST /" + std::to_string(at) + " abc"));
}

TEST_CASE("Requests sent ahead of large answers hold neither order nor memory up") {
    HttpServer server({}, [](const std::shared_ptr<Exchange>& exchange) {
        exchange->answer({200, {}, std::string(100'000, exchange->request().target[1])});
    });
    RawClient client(server.port());
    std::string all;
    for (int at = 0; at < 50; ++at)
        all += std::string("GET /") + static_cast<char>('a' + at % 26) +
               " HTTP/1.1\r\nHost: h\r\n\r\n";
    client.send(all);
    for (int at = 0; at < 50; ++at) {
        const std::string answer = client.answer();
        REQUIRE(answer.substr(answer.size() - 100'000) ==
                std::string(100'000, static_cast<char>('a' + at % 26)));
    }
}

TEST_CASE("A connection ends when the client says so, and when its version says so") {
    HttpServer server({}, echo);
    RawClient modern(server.port());
    modern.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    CHECK_THAT(modern.rest(), Contains("Connection: close\r\n") && EndsWith("GET / "));
    RawClient old(server.port());
    old.send("GET / HTTP/1.0\r\n\r\n");
    CHECK_THAT(old.rest(), StartsWith("HTTP/1.1 200") && EndsWith("GET / "));
    RawClient staying(server.port());
    CHECK_THAT(staying.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"),
               Contains("Connection: keep-alive\r\n"));
    CHECK_THAT(staying.ask("GET / HTTP/1.0\r\n\r\n"), StartsWith("HTTP/1.1 200"));
}

TEST_CASE("A client that has said all it will still gets its answer") {
    LateAnswers late;
    HttpServer server({}, [&](auto exchange) { late.take(exchange); });
    RawClient client(server.port());
    client.send(hello);
    client.end_sending();
    CHECK_THAT(client.rest(), EndsWith("GET /hello "));
}

TEST_CASE("A request may come octet by octet") {
    HttpServer server({}, echo);
    RawClient client(server.port());
    const std::string request =
        "POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\n2;why=not\r\nde\r\n0\r\nTrailer: none\r\n\r\n";
    for (const char octet : request) client.send({&octet, 1});
    CHECK_THAT(client.answer(), EndsWith("POST /x abcde"));
    CHECK_THAT(client.ask(hello), EndsWith("GET /hello "));
}

TEST_CASE("HEAD answers as GET would, without the body") {
    HttpServer server({}, echo);
    RawClient client(server.port());
    client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK_THAT(client.until("\r\n\r\n"), Contains("Content-Length: 7\r\n"));
    CHECK_THAT(client.ask(hello), StartsWith("HTTP/1.1 200"));
}

TEST_CASE("A client that asks whether to go on is told before the body") {
    HttpServer server({}, echo);
    RawClient client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    CHECK(client.until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    CHECK_THAT(client.ask("ok"), EndsWith("POST / ok"));
}

TEST_CASE("What is no HTTP, or could be read in two ways, is refused and ends the connection") {
    struct Case {
        std::string request;
        std::string status;
        std::string code;
    };
    const std::string post = "POST / HTTP/1.1\r\nHost: h\r\n";
    const std::vector<Case> cases{
        {"nonsense\r\n\r\n", "400", "malformed_request"},
        {"GET / HTTP/1.1\r\n\r\n", "400", "host_wrong"},
        {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400", "host_wrong"},
        {"GET / HTTP/1.1\r\nHost : a\r\n\r\n", "400", "malformed_request"},
        {"GET / HTTP/1.1\r\nHost: a\r\nBad\x01: b\r\n\r\n", "400", "malformed_request"},
        {"GET / HTTP/1.1\nHost: a\n\n\r\n\r\n", "505", "version_unknown"},
        {"GET / HTTP/2.0\r\nHost: a\r\n\r\n", "505", "version_unknown"},
        {post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", "400", "ambiguous_length"},
        {post + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nab", "400", "ambiguous_length"},
        {post + "Content-Length: 2, 2\r\n\r\nab", "400", "ambiguous_length"},
        {post + "Content-Length: +2\r\n\r\nab", "400", "ambiguous_length"},
        {post + "Content-Length: -1\r\n\r\n", "400", "ambiguous_length"},
        {post + "Content-Length: 99999999999999999999\r\n\r\n", "400", "ambiguous_length"},
        {post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "400",
         "ambiguous_length"},
        {post + "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n", "400",
         "ambiguous_length"},
        {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", "400", "ambiguous_length"},
        {post + "Transfer-Encoding: gzip, chunked\r\n\r\n", "501", "coding_unknown"},
        {post + "Transfer-Encoding: chunked, identity\r\n\r\n", "501", "coding_unknown"},
        {post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "400", "malformed_request"},
        {post + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(40'000, 'x'), "400",
         "malformed_request"},
        {post + "Content-Length: 2000000\r\n\r\n", "413", "too_large"},
        {post + "Transfer-Encoding: chunked\r\n\r\n1e8480\r\n", "413", "too_large"},
        {post + "Expect: wonders\r\nContent-Length: 1\r\n\r\n", "417", "expectation_unknown"},
        {"GET / HTTP/1.1\r\nX: " + std::string(20'000, 'x'), "431", "header_too_large"},
        {"GET /" + std::string(20'000, 'x'), "431", "header_too_large"},
    };
    std::atomic<int> asked = 0;
    HttpServer server({}, [&](const auto& exchange) {
        ++asked;
        echo(exchange);
    });
    for (const Case& wrong : cases) {
        CAPTURE(wrong.request.substr(0, 80));
        RawClient client(server.port());
        client.send(wrong.request);
        const std::string answer = client.rest();
        CHECK_THAT(answer, StartsWith("HTTP/1.1 " + wrong.status + " "));
        CHECK_THAT(answer, Contains("Content-Type: application/problem+json\r\n"));
        CHECK_THAT(answer, Contains("\"code\":\"" + wrong.code + "\""));
    }
    CHECK(asked == 0);
    CHECK(server.traffic().refused == cases.size());
}

TEST_CASE("A body's limit is its route's") {
    Admission admission;
    admission.body_limit = [](const std::string& method, std::string_view target) {
        return method == "POST" && target == "/large" ? std::size_t{3'000'000} : std::size_t{10};
    };
    HttpServer server({}, echo, admission);
    HttpClient client("http://127.0.0.1:" + std::to_string(server.port()));
    CHECK(client.post("/large", std::string(3'000'000, 'x')).status == 200);
    CHECK(client.post("/large", std::string(3'000'001, 'x')).status == 413);
    CHECK(client.post("/small", std::string(10, 'x')).status == 200);
    CHECK(client.post("/small", std::string(11, 'x')).status == 413);
}

TEST_CASE("Who is not admitted is told before the body is sent") {
    Admission admission;
    admission.admit = [](const HttpRequest& request) -> std::optional<HttpAnswer> {
        if (request.header("AUTHORIZATION") != nullptr) return std::nullopt;
        return HttpAnswer{401, {{"WWW-Authenticate", "Bearer"}}, "no"};
    };
    HttpServer server({}, echo, admission);
    RawClient without(server.port());
    without.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n");
    CHECK_THAT(without.rest(), StartsWith("HTTP/1.1 401 Unauthorized\r\n") &&
                                   Contains("Connection: close") && EndsWith("no"));
    // Without a body the connection stays good.
    RawClient reader(server.port());
    CHECK_THAT(reader.ask(hello), StartsWith("HTTP/1.1 401 "));
    CHECK_THAT(reader.ask("GET / HTTP/1.1\r\nHost: h\r\nAuthorization: x\r\n\r\n"),
               StartsWith("HTTP/1.1 200 "));
}

TEST_CASE("A header's value cannot begin another header") {
    HttpServer server({}, [](const std::shared_ptr<Exchange>& exchange) {
        exchange->answer({200, {{"X", "a\r\nSet-Cookie: b"}, {"Content-Length", "99"}}, "x"});
    });
    RawClient client(server.port());
    CHECK(client.ask(hello) ==
          "HTTP/1.1 200 OK\r\nX: a  Set-Cookie: b\r\nContent-Length: 1\r\n\r\nx");
}

TEST_CASE("A request that the application drops or fails at is answered 500") {
    std::atomic<int> reports = 0;
    HttpServerOptions options;
    options.report = [&](const std::string&) { ++reports; };
    HttpServer server(options, [](const std::shared_ptr<Exchange>& exchange) {
        if (exchange->request().target == "/fail") throw std::runtime_error("secret");
        if (exchange->request().target == "/hello") echo(exchange);
    });
    RawClient client(server.port());
    CHECK_THAT(client.ask("GET /fail HTTP/1.1\r\nHost: h\r\n\r\n"),
               StartsWith("HTTP/1.1 500 ") && !Contains("secret"));
    CHECK_THAT(client.ask("GET /drop HTTP/1.1\r\nHost: h\r\n\r\n"), StartsWith("HTTP/1.1 500 "));
    CHECK_THAT(client.ask(hello), StartsWith("HTTP/1.1 200 "));
    CHECK(reports == 2);
}

TEST_CASE("A stream is told in chunks, and the connection goes on behind it") {
    std::atomic<bool> second_way = false;
    HttpServer server({}, [&](const std::shared_ptr<Exchange>& exchange) {
        if (exchange->request().target == "/hello") return echo(exchange);
        const auto stream = exchange->stream();
        if (exchange->stream() != nullptr) second_way = true;
        exchange->answer({200, {}, "a second answer goes nowhere"});
        std::thread([stream] {
            stream->start(200, {{"Content-Type", "application/x-ndjson"}});
            for (int line = 0; line < 1000; ++line) stream->write(std::to_string(line) + "\n");
            stream->finish();
        }).detach();
    });
    std::string lines;
    for (int line = 0; line < 1000; ++line) lines += std::to_string(line) + "\n";

    HttpClient client("http://127.0.0.1:" + std::to_string(server.port()));
    for (int again = 0; again < 20; ++again) {
        REQUIRE(client.get("/stream").body == lines);
        REQUIRE(client.get("/hello").body == "GET /hello ");
    }
    CHECK(server.traffic().accepted == 1);

    RawClient ahead(server.port());
    ahead.send("GET /stream HTTP/1.1\r\nHost: h\r\n\r\n" + hello);
    CHECK_THAT(ahead.until("\r\n0\r\n\r\n"), Contains("Transfer-Encoding: chunked\r\n"));
    CHECK_THAT(ahead.answer(), EndsWith("GET /hello "));

    RawClient old(server.port());
    old.send("GET /stream HTTP/1.0\r\n\r\n");
    CHECK_THAT(old.rest(), !Contains("chunked") && EndsWith("\r\n\r\n" + lines));

    RawClient head(server.port());
    head.send("HEAD /stream HTTP/1.1\r\nHost: h\r\n\r\n" + hello);
    head.until("\r\n\r\n");
    CHECK_THAT(head.answer(), EndsWith("GET /hello "));
    CHECK_FALSE(second_way);
}

TEST_CASE("A stream that cannot be made whole ends without its last chunk") {
    HttpServer server({}, [](const std::shared_ptr<Exchange>& exchange) {
        const auto stream = exchange->stream();
        stream->start(200, {});
        stream->write("half");
        stream->when_drained([stream] { stream->abandon(); });
    });
    RawClient client(server.port());
    client.send(hello);
    CHECK_THAT(client.rest(), !EndsWith("0\r\n\r\n"));
    HttpClient strict("http://127.0.0.1:" + std::to_string(server.port()));
    CHECK_THROWS_AS(strict.get("/"), HttpFailure);
}

TEST_CASE("A producer that waits for the backlog delivers everything to a slow reader") {
    HttpServerOptions options;
    options.stream_limit = 1'000'000;
    const std::string piece(50'000, 'x');
    std::atomic<std::size_t> most = 0;
    HttpServer server(options, [&](const std::shared_ptr<Exchange>& exchange) {
        struct Producer : std::enable_shared_from_this<Producer> {
            std::shared_ptr<AnswerStream> stream;
            std::string piece;
            std::atomic<std::size_t>* most = nullptr;
            int left = 400;
            void produce() {
                while (left > 0 && stream->backlog() < 200'000) {
                    if (!stream->write(piece)) return;
                    *most = std::max(most->load(), stream->backlog());
                    --left;
                }
                if (left == 0) return stream->finish();
                stream->when_drained([self = shared_from_this()] { self->produce(); });
            }
        };
        const auto producer = std::make_shared<Producer>();
        producer->stream = exchange->stream();
        producer->piece = piece;
        producer->most = &most;
        producer->stream->start(200, {});
        producer->produce();
    });
    HttpClient client("http://127.0.0.1:" + std::to_string(server.port()));
    CHECK(client.get("/").body.size() == 400 * piece.size());
    CHECK(most < 300'000);
}

TEST_CASE("A stream learns that its client has gone") {
    std::promise<void> gone;
    std::shared_ptr<AnswerStream> stream;
    HttpServer server({}, [&](const std::shared_ptr<Exchange>& exchange) {
        stream = exchange->stream();
        stream->when_closed([&] { gone.set_value(); });
        stream->start(200, {});
        stream->write("first");
    });
    {
        RawClient client(server.port());
        client.send(hello);
        client.until("first");
    }
    REQUIRE(gone.get_future().wait_for(std::chrono::seconds(10)) == std::future_status::ready);
    CHECK_FALSE(stream->write("more"));
    bool told = false;
    stream->when_closed([&] { told = true; });
    CHECK(told);
}

TEST_CASE("Stopping answers what was taken, and nothing after it does harm") {
    LateAnswers late;
    late.hold();
    std::shared_ptr<Exchange> forgotten;
    std::shared_ptr<AnswerStream> feed;
    std::shared_ptr<AnswerStream> batch;
    std::promise<void> feed_over;
    HttpServerOptions options;
    options.stop_timeout = milliseconds(3'000);
    HttpServer server(options, [&](const std::shared_ptr<Exchange>& exchange) {
        const std::string& target = exchange->request().target;
        if (target == "/feed") {
            feed = exchange->stream();
            feed->when_closed([&] { feed_over.set_value(); });
            feed->start(200, {});
            feed->write("news\n");
        } else if (target == "/batch") {
            batch = exchange->stream();
            batch->start(200, {});
            batch->write("one\n");
        } else if (target == "/forgotten") {
            forgotten = exchange;
        } else {
            late.take(exchange);
        }
    });
    RawClient idle(server.port());
    RawClient waiting(server.port());
    RawClient reader(server.port());
    RawClient sender(server.port());
    waiting.send(hello + hello);
    reader.send("GET /feed HTTP/1.1\r\nHost: h\r\n\r\n");
    reader.until("news\n");
    sender.send("POST /batch HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
    sender.until("one\n");
    RawClient lost(server.port());
    lost.send("GET /forgotten HTTP/1.1\r\nHost: h\r\n\r\n");
    REQUIRE(comes_true([&] { return server.traffic().requests == 4; }));

    std::thread stopping([&] { server.stop(); });
    CHECK(idle.rest().empty());
    REQUIRE(feed_over.get_future().wait_for(std::chrono::seconds(10)) == std::future_status::ready);
    CHECK_THAT(reader.rest(), !EndsWith("0\r\n\r\n"));
    batch->write("two\n");
    batch->finish();
    CHECK_THAT(sender.rest(), Contains("two\n") && EndsWith("0\r\n\r\n"));
    late.release();
    // The request in progress is answered; the one sent ahead of it was not taken.
    const std::string answer = waiting.rest();
    CHECK_THAT(answer, Contains("Connection: close\r\n") && EndsWith("GET /hello "));
    CHECK(answer.rfind("HTTP/1.1") == 0);
    stopping.join();
    CHECK(lost.rest().empty());
    CHECK_THROWS(RawClient(server.port()));
    forgotten->answer({200, {}, "too late"});
    CHECK_FALSE(batch->write("too late"));
    forgotten.reset();
}

TEST_CASE("a server can be stopped at any moment of its clock") {
    // The shortest timeouts make the clock tick every 5 ms; a tick that is due when the server ends
    // must not keep it alive.
    for (int round = 0; round < 150; ++round) {
        kontor::HttpServerOptions options;
        options.header_timeout = options.idle_timeout = std::chrono::milliseconds(20);
        kontor::HttpServer server(std::move(options), [](std::shared_ptr<kontor::Exchange>) {});
        std::this_thread::sleep_for(std::chrono::microseconds(4'600 + round * 10));
        server.stop();
    }
    SUCCEED("every server ended");
}

TEST_CASE("A server says in one sentence why it cannot listen") {
    HttpServerOptions open;
    open.address = "0.0.0.0";
    CHECK_THROWS_WITH(HttpServer(open, echo), Contains("without TLS") && Contains("certificate"));
    open.allow_public_plain = true;
    CHECK_NOTHROW(HttpServer(open, echo));
    HttpServerOptions nowhere;
    nowhere.address = "example.org";
    CHECK_THROWS_WITH(HttpServer(nowhere, echo), Contains("no IP address"));
    HttpServer first({}, echo);
    HttpServerOptions taken;
    taken.port = first.port();
    CHECK_THROWS_WITH(HttpServer(taken, echo), Contains("Cannot listen on 127.0.0.1:"));
    HttpServerOptions half;
    half.certificate_file = "certificate.pem";
    CHECK_THROWS_WITH(HttpServer(half, echo), Contains("both"));
    half.key_file = "key.pem";
    CHECK_THROWS_WITH(HttpServer(half, echo), Contains("certificate.pem cannot be used"));
}
