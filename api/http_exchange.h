// The application's side of a connection: a taken request and a streamed answer, from any thread.
#pragma once

#include "api/http_connection.h"

#include <atomic>
#include <mutex>

namespace kontor {

// Reaches the application as its Exchange, and comes back to the lane carrying the answer.
class TakenRequest : public Exchange,
                     public Arrival,
                     public std::enable_shared_from_this<TakenRequest> {
public:
    TakenRequest(std::shared_ptr<Connection> connection, std::uint64_t number);
    ~TakenRequest() override;

    HttpRequest taken;
    std::uint64_t counted = 0;  // octets of the body in the server's sum

    const HttpRequest& request() const override { return taken; }
    void answer(HttpAnswer answer) override;
    void answer_with(std::function<HttpAnswer()> make) override;
    std::shared_ptr<AnswerStream> stream() override;
    void arrive() override;

    // From here on the application owes an answer.
    void hand_over() { answered_ = false; }

private:
    const std::shared_ptr<Connection> connection_;
    const std::uint64_t number_;
    std::atomic<bool> answered_{true};
    HttpAnswer answer_;
    std::function<HttpAnswer()> make_;  // in its place
};

class ChunkedAnswer : public AnswerStream,
                      public Arrival,
                      public std::enable_shared_from_this<ChunkedAnswer> {
public:
    ChunkedAnswer(std::shared_ptr<Connection> connection, std::uint64_t number);

    void start(int status, std::vector<Header> headers) override;
    bool write(std::string_view piece) override;
    std::size_t backlog() const override;
    void when_drained(std::function<void()> call) override;
    void when_closed(std::function<void()> call) override;
    void finish() override;
    void abandon() override;
    void arrive() override;

    // For the connection, on its lane.
    const HttpAnswer& head() const { return head_; }
    // Moves what waits to `out`, as one chunk where chunks are used.
    void pull(std::string& out, bool chunked, bool only_head);
    bool is_finished() const;   // whole, and all of it pulled
    bool is_abandoned() const;  // by the producer, or too far behind
    void unsent(std::size_t octets);
    // The connection is done with it.
    void over();

private:
    void move(std::unique_lock<std::mutex>& lock);
    void call_drained();

    const std::shared_ptr<Connection> connection_;
    const std::uint64_t number_;
    HttpAnswer head_;
    mutable std::mutex mutex_;
    std::string waiting_;
    std::size_t unsent_ = 0;
    bool started_ = false;
    bool adopted_ = false;  // the connection has it
    bool finished_ = false;
    bool abandoned_ = false;
    bool over_ = false;
    bool on_the_way_ = false;  // to the lane
    std::function<void()> drained_;
    std::function<void()> closed_;
};

}  // namespace kontor
