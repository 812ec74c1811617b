// A client that sends exactly the octets that a test wants, and reads what comes back.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace kontor {

// Waits at most ten seconds for anything; the tests do not depend on how long it really takes.
class RawClient {
public:
    explicit RawClient(std::uint16_t port, int receive_buffer = 0)
        : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        if (receive_buffer > 0)
            setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        const timeval patience{10, 0};
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
            throw std::runtime_error("cannot connect");
    }
    ~RawClient() { ::close(socket_); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    // False when the other side has closed.
    bool send(std::string_view octets) {
        while (!octets.empty()) {
            const auto count = ::send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL);
            if (count <= 0) return false;
            octets.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }
    void end_sending() { ::shutdown(socket_, SHUT_WR); }

    // Everything up to and with `mark`; what came behind it stays for later.
    std::string until(std::string_view mark) {
        while (true) {
            const std::size_t at = held_.find(mark);
            if (at != std::string::npos) return take(at + mark.size());
            if (!more()) throw std::runtime_error("ended before \"" + std::string(mark) + "\"");
        }
    }
    // Everything until the other side closes.
    std::string rest() {
        while (more()) {}
        return take(held_.size());
    }
    // One answer with a Content-Length.
    std::string answer() {
        std::string text = until("\r\n\r\n");
        constexpr std::string_view mark = "Content-Length: ";
        const std::size_t at = text.find(mark);
        if (at == std::string::npos) return text;
        const std::size_t length = std::stoul(text.substr(at + mark.size()));
        while (held_.size() < length)
            if (!more()) throw std::runtime_error("ended inside a body");
        return text + take(length);
    }
    std::string ask(std::string_view octets) {
        send(octets);
        return answer();
    }

private:
    int socket_;
    std::string held_;

    bool more() {
        char buffer[16 * 1024];
        const auto count = ::recv(socket_, buffer, sizeof buffer, 0);
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            throw std::runtime_error("nothing came for ten seconds");
        if (count <= 0) return false;
        held_.append(buffer, static_cast<std::size_t>(count));
        return true;
    }
    std::string take(std::size_t count) {
        std::string taken = held_.substr(0, count);
        held_.erase(0, count);
        return taken;
    }
};

}  // namespace kontor
