// Listening, handing connections to lanes, and stopping without forgetting anybody.
#include "api/http_server.h"

#include "api/http_connection.h"
#include "api/http_lane.h"

#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <stdexcept>
#include <thread>
#include <utility>

namespace kontor {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;
using TlsContext = boost::asio::ssl::context;

// Beyond the limit so many more are told why at a time; the rest is closed without a word.
constexpr std::uint64_t turned_away_at_once = 64;

boost::asio::ip::address address_of(const std::string& text) {
    error_code error;
    auto address = boost::asio::ip::make_address(text == "localhost" ? "127.0.0.1" : text, error);
    if (error) throw std::runtime_error("\"" + text + "\" is no IP address to listen on.");
    return address;
}

std::unique_ptr<TlsContext> tls_of(const HttpServerOptions& options) {
    if (options.certificate_file.empty() && options.key_file.empty()) return nullptr;
    if (options.certificate_file.empty() || options.key_file.empty())
        throw std::runtime_error("TLS needs both a certificate file and a key file.");
    auto tls = std::make_unique<TlsContext>(TlsContext::tls_server);
    tls->set_options(TlsContext::default_workarounds | TlsContext::no_sslv2 | TlsContext::no_sslv3 |
                     TlsContext::no_tlsv1 | TlsContext::no_tlsv1_1 | TlsContext::no_compression);
    SSL_CTX_set_options(tls->native_handle(), SSL_OP_NO_RENEGOTIATION);
    error_code error;
    tls->use_certificate_chain_file(options.certificate_file, error);
    if (error)
        throw std::runtime_error("The certificate " + options.certificate_file +
                                 " cannot be used: " + error.message() + ".");
    tls->use_private_key_file(options.key_file, TlsContext::pem, error);
    if (error)
        throw std::runtime_error("The key " + options.key_file +
                                 " cannot be used: " + error.message() + ".");
    return tls;
}

// The soft limit of open files is often 1,024; what the system allows is taken, as far as needed.
void allow_open_files(std::size_t connections) {
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
    const rlim_t wanted = std::min<rlim_t>(files.rlim_max, connections + 1024);
    if (files.rlim_cur >= wanted) return;
    files.rlim_cur = wanted;
    setrlimit(RLIMIT_NOFILE, &files);
}

}  // namespace

class HttpServer::Listening {
public:
    Listening(HttpServerOptions options, Application application, Admission admission);
    ~Listening() { stop(); }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;

    std::uint16_t port() const { return port_; }
    const ServerFloor& floor() const { return *floor_; }
    void stop();

private:
    const std::shared_ptr<ServerFloor> floor_;
    const std::unique_ptr<TlsContext> tls_;
    std::vector<std::shared_ptr<Lane>> lanes_;
    std::optional<tcp::acceptor> acceptor_;
    std::optional<boost::asio::steady_timer> pause_;
    std::size_t next_lane_ = 0;
    std::uint16_t port_ = 0;
    std::mutex stopping_;

    void listen();
    void accept();
    void accepted(error_code error, tcp::socket socket, const std::shared_ptr<Lane>& lane);
};

HttpServer::Listening::Listening(HttpServerOptions options, Application application,
                                 Admission admission)
    : floor_(std::make_shared<ServerFloor>()), tls_(tls_of(options)) {
    floor_->options = std::move(options);
    floor_->application = std::move(application);
    floor_->admission = std::move(admission);
    allow_open_files(floor_->options.max_connections);
    for (std::size_t at = 0; at < std::max<std::size_t>(1, floor_->options.threads); ++at)
        lanes_.push_back(std::make_shared<Lane>(floor_));
    listen();
    for (const auto& lane : lanes_) lane->start();
    boost::asio::post(lanes_[0]->context, [this] { accept(); });
}

void HttpServer::Listening::listen() {
    const HttpServerOptions& options = floor_->options;
    const tcp::endpoint place(address_of(options.address), options.port);
    if (!place.address().is_loopback() && !tls_ && !options.allow_public_plain)
        throw std::runtime_error("Listening on " + options.address +
                                 " without TLS would show keys and data to the network: give a "
                                 "certificate, or mean it with --public-without-tls.");
    error_code error;
    acceptor_.emplace(lanes_[0]->context);
    pause_.emplace(lanes_[0]->context);
    acceptor_->open(place.protocol(), error);
    if (!error) acceptor_->set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_->bind(place, error);
    if (!error) acceptor_->listen(tcp::acceptor::max_listen_connections, error);
    if (error)
        throw std::runtime_error("Cannot listen on " + options.address + ":" +
                                 std::to_string(options.port) + ": " + error.message() + ".");
    port_ = acceptor_->local_endpoint().port();
}

void HttpServer::Listening::accept() {
    if (floor_->stopping) return;
    const std::shared_ptr<Lane> lane = lanes_[next_lane_++ % lanes_.size()];
    acceptor_->async_accept(lane->context, [this, lane](error_code error, tcp::socket socket) {
        accepted(error, std::move(socket), lane);
    });
}

void HttpServer::Listening::accepted(error_code error, tcp::socket socket,
                                     const std::shared_ptr<Lane>& lane) {
    if (floor_->stopping || error == boost::asio::error::operation_aborted) return;
    if (error) {
        // Out of open files, say: trying at once would only burn the processor.
        floor_->report("Accepting a connection failed: " + error.message() + ".");
        pause_->expires_after(std::chrono::milliseconds(100));
        pause_->async_wait([this](error_code) { accept(); });
        return;
    }
    ++floor_->accepted;
    const std::uint64_t open = ++floor_->connections;
    const std::uint64_t most = floor_->options.max_connections;
    const bool too_many = open > most;
    if (too_many) ++floor_->turned_away;
    if (too_many && (tls_ || open > most + turned_away_at_once)) {
        --floor_->connections;
    } else {
        error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        auto connection = make_connection(lane, std::move(socket), tls_.get());
        boost::asio::post(lane->context, [connection = std::move(connection), too_many] {
            too_many ? connection->turn_away() : connection->open();
        });
    }
    accept();
}

void HttpServer::Listening::stop() {
    const std::lock_guard once(stopping_);
    if (floor_->stopping.exchange(true)) return;
    boost::asio::post(lanes_[0]->context, [this] {
        error_code ignored;
        acceptor_->close(ignored);
        pause_->cancel();
    });
    for (const auto& lane : lanes_) lane->drain();
    const auto patience = Lane::Clock::now() + floor_->options.stop_timeout;
    while (floor_->connections > 0 && Lane::Clock::now() < patience)
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    for (const auto& lane : lanes_) lane->end();
}

HttpServer::HttpServer(HttpServerOptions options, Application application, Admission admission)
    : listening_(std::make_unique<Listening>(std::move(options), std::move(application),
                                             std::move(admission))) {}

HttpServer::~HttpServer() = default;

std::uint16_t HttpServer::port() const { return listening_->port(); }

void HttpServer::stop() { listening_->stop(); }

HttpTraffic HttpServer::traffic() const {
    const ServerFloor& floor = listening_->floor();
    return {floor.connections, floor.accepted,  floor.turned_away, floor.requests,
            floor.refused,     floor.timed_out, floor.body_bytes};
}

}  // namespace kontor
