// The I/O threads: arrivals from elsewhere in batches, and the clock that slow clients run against.
#include "api/http_lane.h"

#include "api/http_connection.h"
#include "eventstore/threads.h"

#include <algorithm>
#include <boost/asio/post.hpp>

namespace kontor {
namespace {

// Often enough for the shortest timeout to mean something, seldom enough to cost nothing.
std::chrono::milliseconds tick_for(const HttpServerOptions& options) {
    const auto shortest =
        std::min({options.header_timeout, options.body_timeout, options.idle_timeout,
                  options.write_timeout, options.linger_timeout});
    return std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(250));
}

}  // namespace

Lane::Lane(std::shared_ptr<ServerFloor> server_floor)
    : floor(std::move(server_floor)), timer_(context), tick_every_(tick_for(floor->options)) {}

Lane::~Lane() = default;

void Lane::start() {
    work_.emplace(boost::asio::make_work_guard(context));
    // What runs first on the thread finds `thread_` already set: the mutex orders them.
    const std::lock_guard lock(mutex_);
    thread_ = named_thread("kontor-http", [self = shared_from_this()] {
        { const std::lock_guard started(self->mutex_); }
        self->schedule_tick();
        self->context.run();
    });
}

bool Lane::bring(std::shared_ptr<Arrival> arrival) {
    bool first = false;
    {
        const std::lock_guard lock(mutex_);
        if (ended_) return false;
        first = outbox_.empty();
        outbox_.push_back(std::move(arrival));
    }
    if (first) boost::asio::post(context, [this] { deliver(); });
    return true;
}

void Lane::deliver() {
    std::vector<std::shared_ptr<Arrival>> arrivals;
    {
        const std::lock_guard lock(mutex_);
        arrivals.swap(outbox_);
    }
    for (const auto& arrival : arrivals) arrival->arrive();
}

void Lane::hold(std::shared_ptr<Connection> connection) {
    connection->slot = connections_.size();
    connections_.push_back(std::move(connection));
}

void Lane::release(Connection& connection) {
    const std::size_t slot = connection.slot;
    const std::shared_ptr<Connection> last = std::move(connections_.back());
    connections_.pop_back();
    if (last.get() == &connection) return;
    last->slot = slot;
    connections_[slot] = last;
}

void Lane::schedule_tick() {
    if (ending_) return;
    timer_.expires_after(tick_every_);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error) tick();
    });
}

void Lane::tick() {
    const auto now = Clock::now();
    // A connection that ends leaves the list, so the walk is over a copy of those that are late.
    std::vector<std::shared_ptr<Connection>> late;
    for (const auto& connection : connections_)
        if (connection->is_late(now)) late.push_back(connection);
    for (const auto& connection : late) connection->expire(now);
    schedule_tick();
}

void Lane::drain() {
    boost::asio::post(context, [this] {
        const auto all = connections_;
        for (const auto& connection : all) connection->drain();
    });
}

void Lane::end() {
    if (!thread_.joinable()) return;
    boost::asio::post(context, [this] {
        const auto all = connections_;
        for (const auto& connection : all) connection->close();
        // A tick that is due already stands in the queue where no cancelling reaches it.
        ending_ = true;
        timer_.cancel();
        work_.reset();
    });
    thread_.join();
    std::vector<std::shared_ptr<Arrival>> undelivered;
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
        undelivered.swap(outbox_);
    }
}

}  // namespace kontor
