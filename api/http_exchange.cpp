// Answers on their way from any thread to the one that writes them.
#include "api/http_exchange.h"

#include <utility>

namespace kontor {
namespace {

// Below it a producer that waited is asked for more: about what one write takes.
constexpr std::size_t low_water = 64 * 1024;

}  // namespace

TakenRequest::TakenRequest(std::shared_ptr<Connection> connection, std::uint64_t number)
    : connection_(std::move(connection)), number_(number) {}

TakenRequest::~TakenRequest() {
    ServerFloor& floor = *connection_->lane().floor;
    if (counted > 0) floor.body_bytes -= counted;
    if (answered_) return;
    // The application lost it. Its place is taken by another, which carries only the 500.
    floor.report("A request was dropped without an answer: " + taken.method + " " + taken.target);
    const auto heir = std::make_shared<TakenRequest>(connection_, number_);
    heir->hand_over();
    heir->answer(protocol_no(500, "not_answered", "The request was lost; this is a defect."));
}

void TakenRequest::answer(HttpAnswer answer) {
    if (answered_.exchange(true)) return;
    Lane& lane = connection_->lane();
    if (lane.here()) return connection_->take_answer(number_, std::move(answer));
    answer_ = std::move(answer);
    lane.bring(shared_from_this());
}

void TakenRequest::answer_with(std::function<HttpAnswer()> make) {
    if (answered_.exchange(true)) return;
    make_ = std::move(make);
    Lane& lane = connection_->lane();
    if (lane.here()) return arrive();
    lane.bring(shared_from_this());
}

void TakenRequest::arrive() {
    try {
        if (make_) answer_ = std::exchange(make_, nullptr)();
    } catch (const std::exception& error) {
        connection_->lane().floor->report("An answer failed: " + std::string(error.what()));
        answer_ = protocol_no(500, "failed", "The answer failed; the server has the reason.");
    }
    connection_->take_answer(number_, std::move(answer_));
}

std::shared_ptr<AnswerStream> TakenRequest::stream() {
    if (answered_.exchange(true)) return nullptr;
    return std::make_shared<ChunkedAnswer>(connection_, number_);
}

ChunkedAnswer::ChunkedAnswer(std::shared_ptr<Connection> connection, std::uint64_t number)
    : connection_(std::move(connection)), number_(number) {}

// Tells the lane, once until it has come by. Also from the lane itself: a producer that is called
// back there must not find the connection in the middle of something.
void ChunkedAnswer::move(std::unique_lock<std::mutex>& lock) {
    if (on_the_way_) return;
    on_the_way_ = true;
    lock.unlock();
    if (!connection_->lane().bring(shared_from_this())) over();
}

void ChunkedAnswer::start(int status, std::vector<Header> headers) {
    std::unique_lock lock(mutex_);
    if (started_) return;
    started_ = true;
    head_.status = status;
    head_.headers = std::move(headers);
    move(lock);
}

bool ChunkedAnswer::write(std::string_view piece) {
    std::unique_lock lock(mutex_);
    if (over_ || abandoned_ || finished_ || !started_) return false;
    waiting_ += piece;
    if (waiting_.size() + unsent_ > connection_->lane().floor->options.stream_limit) {
        abandoned_ = true;
        move(lock);
        return false;
    }
    move(lock);
    return true;
}

std::size_t ChunkedAnswer::backlog() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size() + unsent_;
}

void ChunkedAnswer::when_drained(std::function<void()> call) {
    std::unique_lock lock(mutex_);
    drained_ = std::move(call);
    if (!over_) return move(lock);
    const auto now = std::exchange(drained_, nullptr);
    lock.unlock();
    if (now) now();
}

void ChunkedAnswer::when_closed(std::function<void()> call) {
    {
        const std::lock_guard lock(mutex_);
        if (!over_) {
            closed_ = std::move(call);
            return;
        }
    }
    if (call) call();
}

void ChunkedAnswer::finish() {
    std::unique_lock lock(mutex_);
    finished_ = true;
    move(lock);
}

void ChunkedAnswer::abandon() {
    std::unique_lock lock(mutex_);
    if (finished_) return;
    abandoned_ = true;
    move(lock);
}

void ChunkedAnswer::arrive() {
    bool begins = false;
    {
        const std::lock_guard lock(mutex_);
        on_the_way_ = false;
        if (over_) return;
        // Abandoned or finished before its start, it is adopted too: the connection must go on.
        begins = !adopted_ && (started_ || abandoned_ || finished_);
        adopted_ = adopted_ || begins;
    }
    const std::shared_ptr<ChunkedAnswer> self = shared_from_this();
    if (begins) connection_->take_stream(number_, self);
    if (adopted_) connection_->stream_moved(*this);
    call_drained();
}

void ChunkedAnswer::call_drained() {
    std::function<void()> call;
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() + unsent_ < low_water) call = std::exchange(drained_, nullptr);
    }
    if (call) call();
}

void ChunkedAnswer::pull(std::string& out, bool chunked, bool only_head) {
    const std::lock_guard lock(mutex_);
    if (!only_head) {
        if (chunked)
            append_chunk(waiting_, out);
        else
            out += waiting_;
    }
    // A burst's memory is not kept for the life of the stream.
    if (waiting_.capacity() > 4 * low_water)
        waiting_ = std::string();
    else
        waiting_.clear();
}

bool ChunkedAnswer::is_finished() const {
    const std::lock_guard lock(mutex_);
    return finished_ && waiting_.empty();
}

bool ChunkedAnswer::is_abandoned() const {
    const std::lock_guard lock(mutex_);
    return abandoned_;
}

void ChunkedAnswer::unsent(std::size_t octets) {
    {
        const std::lock_guard lock(mutex_);
        unsent_ = octets;
    }
    call_drained();
}

void ChunkedAnswer::over() {
    std::function<void()> drained;
    std::function<void()> closed;
    {
        const std::lock_guard lock(mutex_);
        if (over_) return;
        over_ = true;
        waiting_ = std::string();
        unsent_ = 0;
        drained = std::exchange(drained_, nullptr);
        closed = std::exchange(closed_, nullptr);
    }
    if (drained) drained();
    if (closed) closed();
}

}  // namespace kontor
