// What one client can make the server hold or wait for, and that the others never notice; and TLS.
#include "api/http_client.h"
#include "api/http_server.h"
#include "tests/api/raw_client.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

using namespace kontor;
using Catch::Contains;
using Catch::EndsWith;
using Catch::StartsWith;
using std::chrono::milliseconds;

namespace {

const std::string hello = "GET /hello HTTP/1.1\r\nHost: here\r\n\r\n";

void echo(const std::shared_ptr<Exchange>& exchange) {
    exchange->answer({200, {}, exchange->request().body + "!"});
}

std::string url_of(const HttpServer& server) {
    return "http://127.0.0.1:" + std::to_string(server.port());
}

template <typename Condition>
bool comes_true(Condition condition) {
    for (int tries = 0; tries < 5000 && !condition(); ++tries)
        std::this_thread::sleep_for(milliseconds(2));
    return condition();
}

// A certificate for 127.0.0.1 that signs itself, and its key, as files.
struct Certificate {
    std::filesystem::path folder;
    std::string certificate_file;
    std::string key_file;

    Certificate() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "kontor-tls-XXXXXX").string();
        folder = mkdtemp(pattern.data());
        certificate_file = (folder / "certificate.pem").string();
        key_file = (folder / "key.pem").string();
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"),
                                                                      EVP_PKEY_free);
        const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), X509_free);
        X509_set_version(made.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(made.get()), -60);
        X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
        X509_set_pubkey(made.get(), key.get());
        X509_NAME* const name = X509_get_subject_name(made.get());
        const auto* const common = reinterpret_cast<const unsigned char*>("kontor test");
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common, -1, -1, 0);
        X509_set_issuer_name(made.get(), name);
        X509_EXTENSION* const names =
            X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
        X509_add_ext(made.get(), names, -1);
        X509_EXTENSION_free(names);
        X509_sign(made.get(), key.get(), EVP_sha256());
        std::FILE* file = std::fopen(certificate_file.c_str(), "w");
        PEM_write_X509(file, made.get());
        std::fclose(file);
        file = std::fopen(key_file.c_str(), "w");
        PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        std::fclose(file);
    }
    ~Certificate() { std::filesystem::remove_all(folder); }
    Certificate(const Certificate&) = delete;
    Certificate& operator=(const Certificate&) = delete;
};

}  // namespace

TEST_CASE("A client that sends its header too slowly is dropped while others are served") {
    HttpServerOptions options;
    options.header_timeout = milliseconds(150);
    HttpServer server(options, echo);
    RawClient slow(server.port());
    RawClient silent(server.port());
    std::atomic<bool> dropped = false;
    std::thread dribbling([&] {
        const std::string endless = "GET /" + std::string(4'000, 'x');
        for (const char octet : endless) {
            if (dropped || !slow.send({&octet, 1})) break;
            std::this_thread::sleep_for(milliseconds(5));
        }
    });
    HttpClient other(url_of(server));
    int served = 0;
    CHECK(comes_true([&] {
        served += other.get("/").status == 200;
        return server.traffic().timed_out >= 1;
    }));
    CHECK_THAT(slow.rest(), StartsWith("HTTP/1.1 408 "));
    dropped = true;
    dribbling.join();
    CHECK(silent.rest().empty());
    CHECK(served > 0);
    CHECK(other.get("/").status == 200);
}

TEST_CASE("A body must come at its pace") {
    HttpServerOptions options;
    options.body_timeout = milliseconds(100);
    HttpServer server(options, echo);
    RawClient slow(server.port());
    slow.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n0123456789");
    CHECK_THAT(slow.rest(), StartsWith("HTTP/1.1 408 "));
}

TEST_CASE("A connection that rests too long is closed without a word") {
    HttpServerOptions options;
    options.idle_timeout = milliseconds(50);
    HttpServer server(options, echo);
    RawClient resting(server.port());
    resting.ask(hello);
    CHECK(resting.rest().empty());
    CHECK(server.traffic().timed_out == 0);
    // The client's next request finds the connection closed and opens another.
    HttpClient client(url_of(server));
    CHECK(client.get("/").status == 200);
    REQUIRE(comes_true([&] { return server.traffic().connections == 0; }));
    CHECK(client.get("/").status == 200);
    REQUIRE(comes_true([&] { return server.traffic().connections == 0; }));
    // Without an id nobody knows whether a command was taken: it is not sent twice.
    CHECK_THROWS_AS(client.post("/", "x"), HttpFailure);
    CHECK(client.post("/", "x").status == 200);
    REQUIRE(comes_true([&] { return server.traffic().connections == 0; }));
    CHECK(client.post("/", "x", {{"Idempotency-Key", "1"}}).status == 200);
}

TEST_CASE("A client that never reads its answer is dropped while others are served") {
    HttpServerOptions options;
    options.write_timeout = milliseconds(150);
    options.threads = 1;
    HttpServer server(options, [](const std::shared_ptr<Exchange>& exchange) {
        const bool large = exchange->request().target == "/large";
        exchange->answer({200, {}, std::string(large ? 20'000'000 : 1, 'x')});
    });
    RawClient deaf(server.port(), 4096);
    deaf.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
    HttpClient other(url_of(server));
    CHECK(comes_true(
        [&] { return other.get("/").status == 200 && server.traffic().timed_out == 1; }));
}

TEST_CASE("A stream that nobody reads ends at its limit, and the others go on") {
    HttpServerOptions options;
    options.stream_limit = 500'000;
    options.threads = 1;
    std::mutex mutex;
    std::vector<std::shared_ptr<AnswerStream>> streams;
    HttpServer server(options, [&](const std::shared_ptr<Exchange>& exchange) {
        if (exchange->request().target == "/hello") return echo(exchange);
        const auto stream = exchange->stream();
        stream->start(200, {{"Content-Type", "text/event-stream"}});
        const std::lock_guard lock(mutex);
        streams.push_back(stream);
    });
    RawClient deaf(server.port(), 4096);
    RawClient listening(server.port());
    for (RawClient* client : {&deaf, &listening}) {
        client->send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n");
        client->until("\r\n\r\n");
    }
    REQUIRE(comes_true([&] {
        const std::lock_guard lock(mutex);
        return streams.size() == 2;
    }));
    // The first stream is fed as fast as memory goes, its kernel's buffers included.
    const std::string piece(10'000, 'x');
    std::size_t fed = 0;
    std::size_t most = 0;
    while (fed < 100'000'000 && streams[0]->write(piece)) {
        fed += piece.size();
        most = std::max(most, streams[0]->backlog());
    }
    CHECK(fed < 100'000'000);
    CHECK(most <= options.stream_limit);
    CHECK(comes_true([&] { return streams[0]->backlog() == 0; }));
    CHECK(streams[1]->write("news"));
    listening.until("news");
    RawClient other(server.port());
    CHECK_THAT(other.ask(hello), StartsWith("HTTP/1.1 200 "));
}

TEST_CASE("Beyond the limit a connection is told why") {
    HttpServerOptions options;
    options.max_connections = 2;
    HttpServer server(options, echo);
    const auto first = std::make_unique<RawClient>(server.port());
    RawClient second(server.port());
    first->ask(hello);
    second.ask(hello);
    RawClient third(server.port());
    CHECK_THAT(third.rest(), StartsWith("HTTP/1.1 503 Service Unavailable\r\n") &&
                                 Contains("Retry-After: 1\r\n") &&
                                 Contains("too_many_connections"));
    CHECK(server.traffic().turned_away == 1);
    CHECK_THAT(second.ask(hello), StartsWith("HTTP/1.1 200 "));
}

TEST_CASE("When one connection ends there is room for another") {
    HttpServerOptions options;
    options.max_connections = 1;
    HttpServer server(options, echo);
    for (int again = 0; again < 20; ++again) {
        {
            RawClient client(server.port());
            REQUIRE_THAT(client.ask(hello), StartsWith("HTTP/1.1 200 "));
        }
        REQUIRE(comes_true([&] { return server.traffic().connections == 0; }));
    }
}

TEST_CASE("All bodies together have a limit, and it is free again when they are answered") {
    HttpServerOptions options;
    options.body_memory = 1'000'000;
    std::mutex mutex;
    std::vector<std::shared_ptr<Exchange>> held;
    HttpServer server(options, [&](const std::shared_ptr<Exchange>& exchange) {
        const std::lock_guard lock(mutex);
        if (exchange->request().body.size() > 1000) return held.push_back(exchange);
        echo(exchange);
    });
    const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 600000\r\n\r\n";
    const std::string body(600'000, 'x');
    RawClient first(server.port());
    first.send(head + body);
    REQUIRE(comes_true([&] { return server.traffic().requests == 1; }));
    CHECK(server.traffic().body_bytes == 600'000);
    RawClient second(server.port());
    second.send(head + body);
    CHECK_THAT(second.rest(), StartsWith("HTTP/1.1 503 ") && Contains("Retry-After: 1\r\n"));
    HttpClient small(url_of(server));
    CHECK(small.post("/", "x").status == 200);
    {
        const std::lock_guard lock(mutex);
        held[0]->answer({200, {}, "done"});
        held.clear();
    }
    CHECK_THAT(first.answer(), EndsWith("done"));
    CHECK(comes_true([&] { return server.traffic().body_bytes == 0; }));
}

TEST_CASE("Over TLS everything is as without") {
    const Certificate certificate;
    HttpServerOptions options;
    options.certificate_file = certificate.certificate_file;
    options.key_file = certificate.key_file;
    options.header_timeout = milliseconds(3'000);
    HttpServer server(options, [](const std::shared_ptr<Exchange>& exchange) {
        if (exchange->request().target != "/stream") return echo(exchange);
        const auto stream = exchange->stream();
        stream->start(200, {});
        stream->write(std::string(300'000, 's'));
        stream->finish();
    });
    const std::string url = "https://127.0.0.1:" + std::to_string(server.port());
    HttpClient client(url, {milliseconds(10'000), certificate.certificate_file});
    CHECK(client.post("/", std::string(500'000, 'x')).body == std::string(500'000, 'x') + "!");
    CHECK(client.get("/stream").body == std::string(300'000, 's'));
    CHECK(client.post("/", "again").body == "again!");
    CHECK(server.traffic().accepted == 1);
    // Whoever does not know the certificate does not trust it; plain HTTP is not understood.
    CHECK_THROWS_AS(HttpClient(url).get("/"), HttpFailure);
    RawClient plain(server.port());
    plain.send(hello);
    CHECK_THAT(plain.rest(), !Contains("HTTP/1.1 200"));
}

TEST_CASE("A silent handshake is given up, and a server with one stops") {
    const Certificate certificate;
    HttpServerOptions options;
    options.certificate_file = certificate.certificate_file;
    options.key_file = certificate.key_file;
    options.header_timeout = milliseconds(50);
    HttpServer server(options, echo);
    RawClient silent(server.port());
    CHECK(silent.rest().empty());
    RawClient another(server.port());
    server.stop();
    CHECK(another.rest().empty());
}

TEST_CASE("The client gives up on a server that never answers") {
    std::vector<std::shared_ptr<Exchange>> held;
    HttpServerOptions options;
    options.stop_timeout = milliseconds(50);
    HttpServer server(options, [&](const auto& exchange) { held.push_back(exchange); });
    HttpClient client(url_of(server), {milliseconds(50), {}});
    CHECK_THROWS_WITH(client.get("/"), Contains("gave no sign for 50 ms"));
    CHECK_THROWS_AS(HttpClient("http://127.0.0.1:1").get("/"), HttpFailure);
    CHECK_THROWS_WITH(HttpClient("ftp://example.org"), Contains("neither http nor https"));
    server.stop();
    held.clear();
}

TEST_CASE("A client may hear an answer piece by piece, and stop listening") {
    HttpServer server({}, [](const std::shared_ptr<Exchange>& exchange) {
        const auto stream = exchange->stream();
        stream->start(200, {});
        stream->write("one\n");
        if (exchange->request().target == "/short") stream->finish();
    });
    HttpClient client(url_of(server));
    std::string heard;
    const HttpRequest whole{"GET", "/short", {}, {}, {}, 1};
    CHECK(client.send(whole, [&](std::string_view piece) { return !(heard += piece).empty(); })
              .status == 200);
    CHECK(heard == "one\n");
    const HttpRequest endless{"GET", "/endless", {}, {}, {}, 1};
    CHECK(client.send(endless, [](std::string_view) { return false; }).status == 200);
    CHECK(client.get("/short").body == "one\n");
}

TEST_CASE("Many answers from one thread reach many clients") {
    std::mutex mutex;
    std::vector<std::shared_ptr<Exchange>> waiting;
    std::atomic<bool> ended = false;
    HttpServer server({}, [&](const auto& exchange) {
        const std::lock_guard lock(mutex);
        waiting.push_back(exchange);
    });
    std::thread syncing([&] {
        while (!ended) {
            std::vector<std::shared_ptr<Exchange>> group;
            {
                const std::lock_guard lock(mutex);
                group.swap(waiting);
            }
            for (const auto& exchange : group) echo(exchange);
            std::this_thread::sleep_for(milliseconds(1));
        }
    });
    std::vector<std::future<int>> clients;
    for (int number = 0; number < 8; ++number)
        clients.push_back(std::async(std::launch::async, [&, number] {
            HttpClient client(url_of(server));
            int right = 0;
            for (int at = 0; at < 50; ++at) {
                const std::string body = std::to_string(number * 1000 + at);
                right += client.post("/", body).body == body + "!";
            }
            return right;
        }));
    for (auto& client : clients) CHECK(client.get() == 50);
    ended = true;
    syncing.join();
}
