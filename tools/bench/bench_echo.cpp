// The limit of HTTP: a bare Beast server that reads each request whole and decides nothing.
//
// It answers every request with the same number of octets, on as many I/O threads as `kontor
// serve` has, a connection staying on one of them. Prints its port, and ends with its standard
// input.
#include <unistd.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Error = boost::system::error_code;

class EchoConnection : public std::enable_shared_from_this<EchoConnection> {
public:
    EchoConnection(tcp::socket socket, const std::string& body)
        : socket_(std::move(socket)), answer_(http::status::ok, 11) {
        answer_.set(http::field::content_type, "application/json");
        answer_.body() = body;
        answer_.prepare_payload();
    }

    void read() {
        request_ = {};
        http::async_read(socket_, buffer_, request_,
                         [self = shared_from_this()](Error error, std::size_t) {
                             if (!error) self->answer();
                         });
    }

private:
    tcp::socket socket_;
    boost::beast::flat_buffer buffer_;
    http::request<http::string_body> request_;
    http::response<http::string_body> answer_;

    void answer() {
        http::async_write(socket_, answer_, [self = shared_from_this()](Error error, std::size_t) {
            if (!error) self->read();
        });
    }
};

class EchoServer {
public:
    EchoServer(std::size_t threads, std::string body) : body_(std::move(body)) {
        for (std::size_t at = 0; at < threads; ++at)
            lanes_.push_back(std::make_unique<asio::io_context>(1));
        acceptor_ = std::make_unique<tcp::acceptor>(
            *lanes_[0], tcp::endpoint(asio::ip::address_v4::loopback(), 0));
        accept();
        for (const auto& lane : lanes_)
            threads_.emplace_back([&lane = *lane] {
                const auto work = asio::make_work_guard(lane);
                lane.run();
            });
    }
    ~EchoServer() {
        for (const auto& lane : lanes_) lane->stop();
        for (std::thread& thread : threads_) thread.join();
    }
    EchoServer(const EchoServer&) = delete;
    EchoServer& operator=(const EchoServer&) = delete;

    unsigned port() const { return acceptor_->local_endpoint().port(); }

private:
    const std::string body_;
    std::vector<std::unique_ptr<asio::io_context>> lanes_;
    std::unique_ptr<tcp::acceptor> acceptor_;
    std::vector<std::thread> threads_;
    std::size_t accepted_ = 0;

    void accept() {
        asio::io_context& lane = *lanes_[accepted_++ % lanes_.size()];
        acceptor_->async_accept(lane, [this, &lane](Error error, tcp::socket socket) {
            if (error) return;
            socket.set_option(tcp::no_delay(true), error);
            auto made = std::make_shared<EchoConnection>(std::move(socket), body_);
            asio::post(lane, [made] { made->read(); });
            accept();
        });
    }
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: bench_echo <threads> <octets of the answer's body>\n", stderr);
        return 2;
    }
    EchoServer server(std::strtoul(argv[1], nullptr, 10),
                      std::string(std::strtoul(argv[2], nullptr, 10), 'k'));
    std::printf("{\"port\": %u}\n", server.port());
    std::fflush(stdout);
    for (char ignored = 0; ::read(STDIN_FILENO, &ignored, 1) > 0;) {}
    return 0;
}
