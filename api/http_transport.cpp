// What carries a connection's octets: TCP as it is, or TLS over it.
#include "api/http_connection.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>

namespace kontor {
namespace {

using boost::asio::buffer;
using Error = Connection::Error;

std::string peer_of(const Socket& socket) {
    Error error;
    const auto peer = socket.remote_endpoint(error);
    return error ? std::string() : peer.address().to_string();
}

class PlainConnection : public Connection {
public:
    PlainConnection(std::shared_ptr<Lane> lane, Socket socket)
        : Connection(std::move(lane), peer_of(socket)), socket_(std::move(socket)) {
        Error ignored;
        socket_.non_blocking(true, ignored);
    }

private:
    Socket socket_;

    std::shared_ptr<PlainConnection> self() {
        return std::static_pointer_cast<PlainConnection>(shared_from_this());
    }

    void shake_hands() override { on_ready({}); }

    void start_reading(char* to, std::size_t room) override {
        socket_.async_read_some(buffer(to, room), [self = self()](Error error, std::size_t count) {
            self->on_read(error, count);
        });
    }

    void start_writing(std::string_view octets) override {
        socket_.async_write_some(
            buffer(octets.data(), octets.size()),
            [self = self()](Error error, std::size_t count) { self->on_written(error, count); });
    }

    // A failure here comes again in start_writing, and is told there.
    std::size_t write_now(std::string_view octets) override {
        Error error;
        const std::size_t count = socket_.write_some(buffer(octets.data(), octets.size()), error);
        return error ? 0 : count;
    }

    void end_sending() override {
        Error ignored;
        socket_.shutdown(Socket::shutdown_send, ignored);
    }

    void shut() override {
        Error ignored;
        socket_.close(ignored);
    }
};

class TlsConnection : public Connection {
public:
    TlsConnection(std::shared_ptr<Lane> lane, Socket socket, boost::asio::ssl::context& tls)
        : Connection(std::move(lane), peer_of(socket)), stream_(std::move(socket), tls) {}

private:
    boost::asio::ssl::stream<Socket> stream_;

    std::shared_ptr<TlsConnection> self() {
        return std::static_pointer_cast<TlsConnection>(shared_from_this());
    }

    void shake_hands() override {
        stream_.async_handshake(boost::asio::ssl::stream_base::server,
                                [self = self()](Error error) { self->on_ready(error); });
    }

    // A peer that ends TCP without ending TLS has said all too: HTTP frames its messages itself.
    void start_reading(char* to, std::size_t room) override {
        stream_.async_read_some(buffer(to, room), [self = self()](Error error, std::size_t count) {
            if (error == boost::asio::ssl::error::stream_truncated) error = boost::asio::error::eof;
            self->on_read(error, count);
        });
    }

    void start_writing(std::string_view octets) override {
        stream_.async_write_some(
            buffer(octets.data(), octets.size()),
            [self = self()](Error error, std::size_t count) { self->on_written(error, count); });
    }

    std::size_t write_now(std::string_view) override { return 0; }

    void end_sending() override {
        stream_.async_shutdown([self = self()](Error) { self->close(); });
    }

    void shut() override {
        Error ignored;
        stream_.lowest_layer().close(ignored);
    }
};

}  // namespace

std::shared_ptr<Connection> make_connection(std::shared_ptr<Lane> lane, Socket socket,
                                            boost::asio::ssl::context* tls) {
    if (tls != nullptr)
        return std::make_shared<TlsConnection>(std::move(lane), std::move(socket), *tls);
    return std::make_shared<PlainConnection>(std::move(lane), std::move(socket));
}

}  // namespace kontor
