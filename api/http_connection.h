// One client's connection: reads requests, asks the application, writes answers in order.
#pragma once

#include "api/http_lane.h"
#include "api/http_reader.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>
#include <memory>
#include <string>

namespace boost::asio::ssl {
class context;
}

namespace kontor {

class TakenRequest;
class ChunkedAnswer;

// Everything here runs on the lane's thread. One request is with the application at a time: what a
// client sends ahead waits in the buffer, and when that is full in the client's own memory, so that
// answers leave in order and pipelining holds no more memory than patience does.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    using Clock = Lane::Clock;
    using Error = boost::system::error_code;

    Connection(std::shared_ptr<Lane> lane, std::string peer);
    virtual ~Connection();

    std::size_t slot = 0;  // the lane's place for it

    // Begins to serve, or to turn away with 503.
    void open();
    void turn_away();
    void close();
    // The server stops: goes at once when idle, after the answer otherwise.
    void drain();
    bool is_late(Clock::time_point now) const;
    void expire(Clock::time_point now);

    Lane& lane() const { return *lane_; }
    const std::shared_ptr<Lane>& shared_lane() const { return lane_; }

    // The application's answer to the request of that number; an answer to a connection that has
    // gone on or ended is dropped.
    void take_answer(std::uint64_t number, HttpAnswer answer);
    void take_stream(std::uint64_t number, const std::shared_ptr<ChunkedAnswer>& stream);
    // The stream has news: pieces, its end, or that it was abandoned.
    void stream_moved(ChunkedAnswer& stream);

protected:
    // The transport. Reads and writes end in on_read and on_written, never before they return.
    virtual void shake_hands() = 0;  // ends in on_ready
    virtual void start_reading(char* to, std::size_t room) = 0;
    virtual void start_writing(std::string_view octets) = 0;
    // Writes what goes without waiting; 0 where the transport cannot.
    virtual std::size_t write_now(std::string_view octets) = 0;
    // No more will be written; the other side learns of it.
    virtual void end_sending() = 0;
    virtual void shut() = 0;

    void on_ready(Error error);
    void on_read(Error error, std::size_t octets);
    void on_written(Error error, std::size_t octets);

private:
    enum class Stage {
        greeting,  // TLS handshake
        header,    // waiting for or inside a request's header
        body,
        asking,     // the application has the request
        streaming,  // the application is telling the answer
        leaving,    // no further request; closes when all is written and read
    };

    void proceed();
    bool step();
    void admit();
    void refuse(HttpAnswer answer);
    void ask();
    bool count_body();
    void write_answer(const HttpAnswer& answer, bool keep_alive);
    void next_request();
    void leave();

    void read_on();
    bool make_room();
    void flush();
    bool gather();
    void sent(std::size_t octets);

    const std::shared_ptr<Lane> lane_;
    const std::string peer_;
    Stage stage_ = Stage::greeting;
    bool closed_ = false;
    bool proceeding_ = false;
    bool reading_ = false;
    bool writing_ = false;
    bool ended_sending_ = false;
    bool heard_all_ = false;  // the client sends no more
    bool keep_alive_ = true;
    bool only_head_ = false;  // a HEAD request: the answer's body is not sent
    bool chunked_ = true;     // of the streamed answer: not for HTTP/1.0
    int minor_version_ = 1;

    RequestReader reader_;
    std::shared_ptr<TakenRequest> request_;  // while it is being read
    std::uint64_t number_ = 0;
    bool asked_get_ = false;
    std::uint64_t body_read_ = 0;
    Clock::time_point body_began_;

    std::string in_;  // a buffer: octets between begin_ and end_ are not used yet
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::string out_;  // being written
    std::size_t out_done_ = 0;
    std::string next_;  // to be written after it

    std::shared_ptr<ChunkedAnswer> stream_;

    Clock::time_point read_by_ = Clock::time_point::max();
    Clock::time_point written_by_ = Clock::time_point::max();
};

using Socket = boost::asio::ip::tcp::socket;
// Without a context plain TCP.
std::shared_ptr<Connection> make_connection(std::shared_ptr<Lane> lane, Socket socket,
                                            boost::asio::ssl::context* tls);

}  // namespace kontor
