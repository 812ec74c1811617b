// The client's connection: one request, one answer, with a limit on how long nothing may happen.
#include "api/http_client.h"

#include <openssl/ssl.h>

#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <optional>

namespace kontor {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using View = boost::beast::string_view;
using Piece = std::function<bool(std::string_view)>;

// Reads one answer; the body goes where `piece` says, or into the answer.
class AnswerParser : public http::basic_parser<false> {
public:
    AnswerParser(HttpAnswer& answer, const Piece& piece) : answer_(answer), piece_(piece) {
        body_limit(boost::none);
        header_limit(64 * 1024);
    }

    bool stopped = false;

private:
    HttpAnswer& answer_;
    const Piece& piece_;
    bool header_done_ = false;

    void on_response_impl(int status, View, int, error_code& error) override {
        answer_.status = status;
        error = {};
    }
    void on_field_impl(http::field, View name, View value, error_code& error) override {
        if (!header_done_)
            answer_.headers.push_back({{name.data(), name.size()}, {value.data(), value.size()}});
        error = {};
    }
    void on_header_impl(error_code& error) override {
        header_done_ = true;
        error = {};
    }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code& error) override {
        error = {};
    }
    std::size_t on_body_impl(View octets, error_code& error) override {
        error = {};
        if (!piece_)
            answer_.body.append(octets.data(), octets.size());
        else if (!stopped)
            stopped = !piece_({octets.data(), octets.size()});
        return octets.size();
    }
    void on_chunk_header_impl(std::uint64_t, View, error_code& error) override { error = {}; }
    std::size_t on_chunk_body_impl(std::uint64_t, View octets, error_code& error) override {
        return on_body_impl(octets, error);
    }
    void on_finish_impl(error_code& error) override { error = {}; }
    // Of requests only.
    void on_request_impl(http::verb, View, View, int, error_code& error) override { error = {}; }
};

std::string octets_of(const HttpRequest& request, const HttpPlace& place) {
    std::string out = request.method + " " + place.prefix + request.target + " HTTP/1.1\r\nHost: ";
    const bool literal_v6 = place.host.find(':') != std::string::npos;
    out += literal_v6 ? "[" + place.host + "]" : place.host;
    out += ":" + std::to_string(place.port) + "\r\n";
    for (const Header& header : request.headers) out += header.name + ": " + header.value + "\r\n";
    if (!request.body.empty() || request.method == "POST")
        out += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    return out + "\r\n" + request.body;
}

bool may_repeat(const HttpRequest& request) {
    return request.method == "GET" || request.method == "HEAD" ||
           request.header("Idempotency-Key") != nullptr;
}

}  // namespace

HttpPlace place_of(const std::string& url) {
    const auto parsed = boost::urls::parse_uri(url);
    if (!parsed) throw HttpFailure("\"" + url + "\" is no URL.");
    HttpPlace place;
    place.tls = parsed->scheme() == "https";
    if (!place.tls && parsed->scheme() != "http")
        throw HttpFailure("\"" + url + "\" is neither http nor https.");
    place.host = parsed->host_address();
    if (place.host.empty()) throw HttpFailure("\"" + url + "\" names no host.");
    place.port = parsed->has_port() ? parsed->port_number()
                                    : static_cast<std::uint16_t>(place.tls ? 443 : 80);
    place.prefix = parsed->encoded_path();
    while (!place.prefix.empty() && place.prefix.back() == '/') place.prefix.pop_back();
    return place;
}

class HttpClient::Line {
public:
    Line(const std::string& url, HttpClientOptions options)
        : place_(place_of(url)), options_(std::move(options)) {
        if (!place_.tls) return;
        tls_.emplace(asio::ssl::context::tls_client);
        SSL_CTX_set_min_proto_version(tls_->native_handle(), TLS1_2_VERSION);
        tls_->set_default_verify_paths();
        error_code error;
        if (!options_.trust_file.empty()) tls_->load_verify_file(options_.trust_file, error);
        if (error) throw HttpFailure(options_.trust_file + " holds no certificate to trust.");
        tls_->set_verify_mode(asio::ssl::verify_peer);
    }
    ~Line() { close(); }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    HttpAnswer send(const HttpRequest& request, const Piece& piece) {
        const bool used = stream_.has_value();
        if (!used) connect();
        const std::string octets = octets_of(request, place_);
        bool heard = false;
        try {
            return exchange(octets, request.method == "HEAD", piece, heard);
        } catch (const HttpFailure&) {
            close();
            if (!used || heard || timed_out_ || !may_repeat(request)) throw;
        }
        connect();
        try {
            return exchange(octets, request.method == "HEAD", piece, heard);
        } catch (const HttpFailure&) {
            close();
            throw;
        }
    }

    void close() {
        if (!stream_) return;
        error_code ignored;
        stream_->lowest_layer().close(ignored);
        context_.restart();
        context_.run();
        stream_.reset();
        left_.clear();
    }

private:
    using Stream = asio::ssl::stream<tcp::socket>;

    const HttpPlace place_;
    const HttpClientOptions options_;
    asio::io_context context_{1};
    std::optional<asio::ssl::context> tls_;
    // Without TLS only its lower layer is used.
    asio::ssl::context no_tls_{asio::ssl::context::tls_client};
    std::optional<Stream> stream_;
    std::string left_;  // octets that came behind the last answer
    bool timed_out_ = false;

    [[noreturn]] void fail(const std::string& why) const {
        throw HttpFailure(place_.host + ":" + std::to_string(place_.port) + " " + why);
    }

    // Lets one operation run for as long as may pass without progress. On time-out the socket is
    // closed, so that nothing still refers to the caller's memory.
    template <typename Start>
    std::size_t wait(error_code& error, Start start) {
        bool done = false;
        std::size_t count = 0;
        start([&](error_code ended, std::size_t moved) {
            error = ended;
            count = moved;
            done = true;
        });
        context_.restart();
        context_.run_for(options_.timeout);
        if (done) return count;
        timed_out_ = true;
        error_code ignored;
        stream_->lowest_layer().close(ignored);
        context_.restart();
        context_.run();
        fail("gave no sign for " + std::to_string(options_.timeout.count()) + " ms.");
    }

    void connect() {
        timed_out_ = false;
        error_code error;
        tcp::resolver resolver(context_);
        const auto ends = resolver.resolve(place_.host, std::to_string(place_.port), error);
        if (error) fail("is not known: " + error.message() + ".");
        stream_.emplace(context_, tls_ ? *tls_ : no_tls_);
        wait(error, [&](auto done) {
            asio::async_connect(stream_->lowest_layer(), ends,
                                [done](error_code ended, const tcp::endpoint&) { done(ended, 0); });
        });
        if (error) {
            stream_.reset();
            fail("does not take connections: " + error.message() + ".");
        }
        stream_->lowest_layer().set_option(tcp::no_delay(true), error);
        if (!tls_) return;
        SSL_set_tlsext_host_name(stream_->native_handle(), place_.host.c_str());
        stream_->set_verify_callback(asio::ssl::host_name_verification(place_.host));
        wait(error, [&](auto done) {
            stream_->async_handshake(asio::ssl::stream_base::client,
                                     [done](error_code ended) { done(ended, 0); });
        });
        if (error) {
            stream_.reset();
            fail("could not be trusted: " + error.message() + ".");
        }
    }

    HttpAnswer exchange(const std::string& octets, bool only_head, const Piece& piece,
                        bool& heard) {
        // A server that refuses in the middle of the body closes: its answer is still read.
        const error_code writing = write(octets);
        while (true) {
            HttpAnswer answer;
            AnswerParser parser(answer, piece);
            parser.eager(true);
            parser.skip(only_head);
            read(parser, writing, heard);
            if (parser.stopped) close();
            if (!parser.stopped && (!parser.keep_alive() || writing)) close();
            // 100 Continue and its like come before the answer.
            if (answer.status >= 200 || !stream_) return answer;
        }
    }

    error_code write(std::string_view octets) {
        error_code error;
        while (!octets.empty() && !error) {
            const auto some = asio::buffer(octets.data(), octets.size());
            octets.remove_prefix(wait(error, [&](auto done) {
                if (tls_)
                    stream_->async_write_some(some, done);
                else
                    stream_->next_layer().async_write_some(some, done);
            }));
        }
        return error;
    }

    void read(AnswerParser& parser, error_code writing, bool& heard) {
        std::array<char, 16 * 1024> buffer;
        while (true) {
            error_code error;
            if (!left_.empty()) {
                left_.erase(0, parser.put({left_.data(), left_.size()}, error));
                if (error && error != http::error::need_more)
                    fail("does not speak HTTP: " + error.message() + ".");
                if (parser.is_done() || parser.stopped) return;
            }
            error = {};
            const std::size_t count = wait(error, [&](auto done) {
                if (tls_)
                    stream_->async_read_some(asio::buffer(buffer), done);
                else
                    stream_->next_layer().async_read_some(asio::buffer(buffer), done);
            });
            if (error && parser.got_some() && parser.need_eof()) {
                parser.put_eof(error);
                if (!error) return;
            }
            if (error) {
                const error_code& first = writing ? writing : error;
                fail("ended the connection before its answer: " + first.message() + ".");
            }
            heard = true;
            left_.append(buffer.data(), count);
        }
    }
};

HttpClient::HttpClient(const std::string& url, HttpClientOptions options)
    : line_(std::make_unique<Line>(url, std::move(options))) {}
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;

HttpAnswer HttpClient::send(const HttpRequest& request) { return line_->send(request, {}); }

HttpAnswer HttpClient::send(const HttpRequest& request,
                            const std::function<bool(std::string_view)>& piece) {
    return line_->send(request, piece);
}

HttpAnswer HttpClient::get(std::string target, std::vector<Header> headers) {
    return send({"GET", std::move(target), std::move(headers), {}, {}, 1});
}

HttpAnswer HttpClient::post(std::string target, std::string body, std::vector<Header> headers) {
    return send({"POST", std::move(target), std::move(headers), std::move(body), {}, 1});
}

void HttpClient::close() { line_->close(); }

}  // namespace kontor
