// One I/O thread and the connections that live on it; only files named http_* see it.
#pragma once

#include "api/http_server.h"

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace kontor {

class Connection;

// What all lanes of a server share.
struct ServerFloor {
    HttpServerOptions options;
    Application application;
    Admission admission;
    std::atomic<std::uint64_t> connections{0};
    std::atomic<std::uint64_t> accepted{0};
    std::atomic<std::uint64_t> turned_away{0};
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> refused{0};
    std::atomic<std::uint64_t> timed_out{0};
    std::atomic<std::uint64_t> body_bytes{0};
    std::atomic<bool> stopping{false};

    void report(const std::string& sentence) const {
        if (options.report) options.report(sentence);
    }
};

// Something from another thread that has to happen on the connection's own.
class Arrival {
public:
    virtual ~Arrival() = default;
    virtual void arrive() = 0;
};

// A connection stays on its lane, so nothing of a connection needs a lock or a strand. Time is
// looked at by one timer a lane, which costs a request nothing, and not by one a connection.
class Lane : public std::enable_shared_from_this<Lane> {
public:
    using Clock = std::chrono::steady_clock;

    explicit Lane(std::shared_ptr<ServerFloor> server_floor);
    ~Lane();

    boost::asio::io_context context{1};
    const std::shared_ptr<ServerFloor> floor;

    void start();
    bool here() const { return thread_.get_id() == std::this_thread::get_id(); }

    // From any thread. Many arrivals at once (answers that one sync released) wake the thread once.
    // False after the end of the lane: it is dropped.
    bool bring(std::shared_ptr<Arrival> arrival);

    // On the lane: holds a connection while it is open.
    void hold(std::shared_ptr<Connection> connection);
    void release(Connection& connection);

    // From outside: tells each connection that the server stops; cuts all that is left; waits for
    // the thread.
    void drain();
    void end();

private:
    using Work = boost::asio::executor_work_guard<boost::asio::io_context::executor_type>;

    void deliver();
    void schedule_tick();
    void tick();

    std::thread thread_;
    std::optional<Work> work_;
    boost::asio::steady_timer timer_;
    std::chrono::milliseconds tick_every_;
    std::vector<std::shared_ptr<Connection>> connections_;
    std::mutex mutex_;
    std::vector<std::shared_ptr<Arrival>> outbox_;
    bool ended_ = false;
    bool ending_ = false;  // the lane's own: no tick after this
};

}  // namespace kontor
