// How a connection goes from request to answer to the next request, and how it ends.
#include "api/http_connection.h"

#include "api/http_exchange.h"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <cstring>
#include <utility>

namespace kontor {
namespace {

constexpr std::size_t first_buffer = 4 * 1024;
constexpr std::size_t usual_body_limit = 1024 * 1024;
// Answers to requests that came ahead are gathered into one write up to here; beyond it nothing
// more is read until the client has read.
constexpr std::size_t gathered_answers = 256 * 1024;
// What a connection keeps allocated between requests.
constexpr std::size_t kept_memory = 64 * 1024;

bool has_no_body(int status) { return status < 200 || status == 204 || status == 304; }

}  // namespace

Connection::Connection(std::shared_ptr<Lane> lane, std::string peer)
    : lane_(std::move(lane)), peer_(std::move(peer)), reader_(lane_->floor->options.header_limit) {}

Connection::~Connection() = default;

void Connection::open() {
    read_by_ = Clock::now() + lane_->floor->options.header_timeout;
    lane_->hold(shared_from_this());
    if (lane_->floor->stopping) return close();
    shake_hands();
}

void Connection::turn_away() {
    lane_->hold(shared_from_this());
    write_answer(protocol_no(503, "too_many_connections", "The server has no connection to spare."),
                 false);
    leave();
    proceed();
}

void Connection::close() {
    if (closed_) return;
    closed_ = true;
    const std::shared_ptr<Connection> self = shared_from_this();
    shut();
    lane_->release(*this);
    --lane_->floor->connections;
    request_.reset();
    if (const auto stream = std::exchange(stream_, nullptr)) stream->over();
}

void Connection::drain() {
    if (closed_) return;
    const bool idle = stage_ == Stage::greeting ||
                      (stage_ == Stage::header && !request_ && begin_ == end_ && !writing_);
    if (idle || (stage_ == Stage::streaming && asked_get_)) return close();
    if (stage_ == Stage::header && !request_ && begin_ == end_) return leave();
    keep_alive_ = false;
}

bool Connection::is_late(Clock::time_point now) const {
    return now > read_by_ || now > written_by_;
}

void Connection::expire(Clock::time_point now) {
    if (closed_ || !is_late(now)) return;
    const bool in_request = stage_ == Stage::body || (stage_ == Stage::header && request_);
    const bool unhurried = stage_ == Stage::leaving || (stage_ == Stage::header && !request_);
    if (!unhurried || now > written_by_) ++lane_->floor->timed_out;
    if (!in_request || now > written_by_) return close();
    refuse(protocol_no(408, "too_slow", "The request did not arrive in time."));
    proceed();
}

void Connection::on_ready(Error error) {
    if (closed_) return;
    if (error || lane_->floor->stopping) return close();
    stage_ = Stage::header;
    read_on();
}

void Connection::on_read(Error error, std::size_t octets) {
    reading_ = false;
    if (closed_) return;
    if (error) {
        // Whoever has said all may still be reading its last answer; a stream would not learn in
        // time that nobody reads, so there it means that the client has gone.
        if (error != boost::asio::error::eof || stage_ == Stage::streaming || !writing_)
            return close();
        heard_all_ = true;
        if (stage_ != Stage::leaving) leave();
        return;
    }
    end_ += octets;
    if (stage_ == Stage::leaving) begin_ = end_ = 0;
    proceed();
}

// Uses what has arrived, as far as it goes, writes, and reads on.
void Connection::proceed() {
    if (proceeding_ || closed_) return;
    proceeding_ = true;
    bool again = true;
    while (again && !closed_) {
        while (next_.size() < gathered_answers && step()) {}
        // What came ahead may go on once a full buffer or a finished stream has been written.
        const bool was_full = next_.size() >= gathered_answers;
        const Stage before = stage_;
        flush();
        again = stage_ != before || (was_full && next_.size() < gathered_answers);
    }
    proceeding_ = false;
    read_on();
}

bool Connection::step() {
    if (stage_ != Stage::header && stage_ != Stage::body) return false;
    if (begin_ == end_ && !(request_ && !reader_.has_body())) return false;
    if (!request_) {
        request_ = std::make_shared<TakenRequest>(shared_from_this(), ++number_);
        request_->taken.peer = peer_;
        only_head_ = false;
        minor_version_ = 1;
        reader_.begin(request_->taken);
        read_by_ = Clock::now() + lane_->floor->options.header_timeout;
    }
    std::size_t used = 0;
    const std::string_view octets(in_.data() + begin_, end_ - begin_);
    const RequestReader::Step step = reader_.read(octets, used);
    begin_ += used;
    if (stage_ == Stage::body && !count_body()) return false;
    switch (step) {
        case RequestReader::Step::more: return used > 0 && begin_ < end_;
        case RequestReader::Step::header: admit(); return true;
        case RequestReader::Step::whole: ask(); return true;
        case RequestReader::Step::broken: break;
    }
    const ProtocolFault& fault = reader_.fault();
    refuse(protocol_no(fault.status, fault.code, fault.detail));
    return false;
}

// Between header and body: who may not, or wants too much, is told before sending it.
void Connection::admit() {
    const ServerFloor& floor = *lane_->floor;
    const HttpRequest& request = request_->taken;
    only_head_ = request.method == "HEAD";
    asked_get_ = request.method == "GET";
    minor_version_ = request.minor_version;
    keep_alive_ = reader_.keep_alive();
    stage_ = Stage::body;
    if (floor.admission.admit) {
        if (auto no = floor.admission.admit(request)) return refuse(std::move(*no));
    }
    if (!reader_.has_body()) return;
    const std::size_t most = floor.admission.body_limit
                                 ? floor.admission.body_limit(request.method, request.target)
                                 : usual_body_limit;
    if (reader_.content_length().value_or(0) > most)
        return refuse(protocol_no(413, "too_large", "The body is too large for this address."));
    reader_.limit_body(most);
    body_began_ = Clock::now();
    body_read_ = 0;
    read_by_ = body_began_ + floor.options.body_timeout;
    if (reader_.expects_continue() && begin_ == end_) next_ += "HTTP/1.1 100 Continue\r\n\r\n";
}

// Keeps the sum over all requests, and the pace of this one.
bool Connection::count_body() {
    ServerFloor& floor = *lane_->floor;
    const std::uint64_t size = request_->taken.body.size();
    const std::uint64_t more = size - request_->counted;
    if (more == 0) return true;
    request_->counted = size;
    const std::uint64_t pace = size / std::max<std::size_t>(1, floor.options.body_rate);
    read_by_ = body_began_ + floor.options.body_timeout + std::chrono::seconds(pace);
    if ((floor.body_bytes += more) <= floor.options.body_memory) return true;
    refuse(protocol_no(503, "memory_full", "The server holds as many requests as it can."));
    return false;
}

// Answers in the application's place. A body that is still to come is not read: the connection
// ends.
void Connection::refuse(HttpAnswer answer) {
    ++lane_->floor->refused;
    const bool reusable =
        stage_ == Stage::body && !reader_.has_body() && keep_alive_ && !lane_->floor->stopping;
    request_.reset();
    write_answer(answer, reusable);
    if (reusable)
        next_request();
    else
        leave();
}

void Connection::ask() {
    ServerFloor& floor = *lane_->floor;
    ++floor.requests;
    stage_ = Stage::asking;
    read_by_ = Clock::time_point::max();
    const std::shared_ptr<TakenRequest> asked = std::exchange(request_, nullptr);
    asked->hand_over();
    try {
        floor.application(asked);
    } catch (const std::exception& error) {
        floor.report("A request failed: " + std::string(error.what()));
        asked->answer(protocol_no(500, "failed", "The request failed; the server has the reason."));
    }
}

void Connection::take_answer(std::uint64_t number, HttpAnswer answer) {
    if (closed_ || number != number_ || stage_ != Stage::asking) return;
    const bool stays = keep_alive_ && !lane_->floor->stopping;
    write_answer(answer, stays);
    if (stays)
        next_request();
    else
        leave();
    proceed();
}

void Connection::write_answer(const HttpAnswer& answer, bool keep_alive) {
    const bool bare = has_no_body(answer.status);
    append_head(answer, bare ? Framing::none : Framing::length, keep_alive, minor_version_, next_);
    if (!bare && !only_head_) next_ += answer.body;
}

void Connection::next_request() {
    stage_ = Stage::header;
    read_by_ = Clock::now() + lane_->floor->options.idle_timeout;
}

void Connection::leave() {
    stage_ = Stage::leaving;
    begin_ = end_ = 0;
    read_by_ = Clock::now() + lane_->floor->options.linger_timeout +
               (writing_ || !next_.empty() ? lane_->floor->options.write_timeout
                                           : std::chrono::milliseconds(0));
}

void Connection::take_stream(std::uint64_t number, const std::shared_ptr<ChunkedAnswer>& stream) {
    if (closed_ || number != number_ || stage_ != Stage::asking) return stream->over();
    stage_ = Stage::streaming;
    stream_ = stream;
    if (stream->is_abandoned() || (lane_->floor->stopping && asked_get_)) return close();
    keep_alive_ = keep_alive_ && minor_version_ == 1 && !lane_->floor->stopping;
    chunked_ = minor_version_ == 1 && !has_no_body(stream->head().status);
    append_head(stream->head(), chunked_ ? Framing::chunks : Framing::close, keep_alive_,
                minor_version_, next_);
}

void Connection::stream_moved(ChunkedAnswer& stream) {
    if (closed_ || stream_.get() != &stream) return;
    if (stream.is_abandoned()) {
        ++lane_->floor->timed_out;
        return close();
    }
    proceed();
}

// Room for reading: while a request arrives, and while a stream is told, to learn that the client
// has gone. While the application thinks, nothing is read.
void Connection::read_on() {
    if (reading_ || closed_ || heard_all_ || stage_ == Stage::greeting || stage_ == Stage::asking)
        return;
    const bool request_comes = stage_ == Stage::header || stage_ == Stage::body;
    if (request_comes && next_.size() + out_.size() >= gathered_answers) return;
    if (!make_room()) return;
    reading_ = true;
    start_reading(in_.data() + end_, in_.size() - end_);
}

bool Connection::make_room() {
    if (begin_ == end_) begin_ = end_ = 0;
    const std::size_t most =
        std::max(first_buffer, lane_->floor->options.header_limit + first_buffer);
    if (in_.empty()) in_.resize(std::min(first_buffer, most));
    if (end_ < in_.size()) return true;
    if (begin_ > 0) {
        std::memmove(in_.data(), in_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
        return true;
    }
    if (in_.size() < most) {
        in_.resize(std::min(most, in_.size() * 4));
        return true;
    }
    if (stage_ == Stage::streaming) return false;
    // A whole buffer that says nothing: no chunk has a line so long.
    refuse(protocol_no(400, "malformed_request", "A line of the body's coding is too long."));
    flush();
    if (closed_) return false;
    begin_ = end_ = 0;
    return true;
}

// Writes what there is, at once where the transport takes it.
void Connection::flush() {
    while (!writing_ && !closed_) {
        if (out_done_ == out_.size() && !gather()) return;
        const std::string_view rest = std::string_view(out_).substr(out_done_);
        const std::size_t gone = write_now(rest);
        if (closed_) return;
        sent(gone);
        if (gone == rest.size()) continue;
        writing_ = true;
        if (written_by_ == Clock::time_point::max() || gone > 0)
            written_by_ = Clock::now() + lane_->floor->options.write_timeout;
        start_writing(std::string_view(out_).substr(out_done_));
    }
}

// Takes the next octets to write; false when there are none, and then an ended stream or a leaving
// connection goes on.
bool Connection::gather() {
    written_by_ = Clock::time_point::max();
    out_.clear();
    out_done_ = 0;
    if (out_.capacity() > kept_memory) out_ = std::string();
    if (stream_) {
        stream_->pull(next_, chunked_, only_head_);
        if (stream_->is_finished()) {
            if (chunked_ && !only_head_) next_ += "0\r\n\r\n";
            const auto told = std::exchange(stream_, nullptr);
            if (keep_alive_)
                next_request();
            else
                leave();
            told->over();
            if (closed_) return false;
        }
    }
    out_.swap(next_);
    if (!out_.empty()) {
        if (stream_) stream_->unsent(out_.size());
        return !closed_;
    }
    if (stage_ == Stage::leaving && heard_all_) {
        close();
    } else if (stage_ == Stage::leaving && !ended_sending_) {
        ended_sending_ = true;
        read_by_ = Clock::now() + lane_->floor->options.linger_timeout;
        end_sending();
    }
    return false;
}

void Connection::sent(std::size_t octets) {
    out_done_ += octets;
    if (stream_ && octets > 0) stream_->unsent(out_.size() - out_done_);
}

void Connection::on_written(Error error, std::size_t octets) {
    writing_ = false;
    if (closed_) return;
    if (error) return close();
    if (octets > 0) written_by_ = Clock::now() + lane_->floor->options.write_timeout;
    sent(octets);
    proceed();
}

}  // namespace kontor
