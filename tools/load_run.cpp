// The clients of a load: many connections on one thread, each with one request on its way.
#include "api/http_client.h"
#include "tools/command_line.h"
#include "tools/load.h"

#include <algorithm>
#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <memory>
#include <vector>

namespace kontor {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

// Just enough of HTTP to know where an answer of Kontor ends, and what it says.
class AnswerScan {
public:
    enum class State { more, whole, broken };

    void begin() {
        text_.clear();
        body_.clear();
        at_ = 0;
        status_ = 0;
    }
    State add(std::string_view octets) {
        text_ += octets;
        if (status_ == 0 && !read_head()) return status_ < 0 ? State::broken : State::more;
        if (chunked_) return read_chunks();
        if (text_.size() - at_ < length_) return State::more;
        body_.assign(text_, at_, length_);
        return State::whole;
    }
    int status() const { return status_; }
    bool closes() const { return closes_; }
    const std::string& body() const { return body_; }

private:
    std::string text_;
    std::string body_;
    std::size_t at_ = 0;
    int status_ = 0;
    bool chunked_ = false;
    bool closes_ = false;
    std::size_t length_ = 0;

    bool read_head() {
        const std::size_t end = text_.find("\r\n\r\n");
        if (end == std::string::npos) return false;
        const std::string_view head(text_.data(), end + 2);
        const char* const digits = head.data() + std::min<std::size_t>(9, head.size());
        std::from_chars(digits, head.data() + head.size(), status_);
        if (!head.starts_with("HTTP/1.") || status_ < 200) {
            status_ = -1;
            return false;
        }
        chunked_ = closes_ = false;
        length_ = 0;
        for (std::size_t from = head.find("\r\n") + 2; from < head.size();) {
            const std::size_t line_end = head.find("\r\n", from);
            read_header(head.substr(from, line_end - from));
            from = line_end + 2;
        }
        at_ = end + 4;
        return true;
    }

    void read_header(std::string_view line) {
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) return;
        const std::string_view name = line.substr(0, colon);
        std::string_view value = line.substr(colon + 1);
        while (value.starts_with(' ')) value.remove_prefix(1);
        if (same_name(name, "content-length"))
            std::from_chars(value.data(), value.data() + value.size(), length_);
        else if (same_name(name, "transfer-encoding"))
            chunked_ = same_name(value, "chunked");
        else if (same_name(name, "connection"))
            closes_ = same_name(value, "close");
    }

    State read_chunks() {
        while (true) {
            const std::size_t line_end = text_.find("\r\n", at_);
            if (line_end == std::string::npos) return State::more;
            std::size_t size = 0;
            const auto read =
                std::from_chars(text_.data() + at_, text_.data() + line_end, size, 16);
            if (read.ec != std::errc()) return State::broken;
            if (text_.size() < line_end + 2 + size + 2) return State::more;
            body_.append(text_, line_end + 2, size);
            at_ = line_end + 2 + size + 2;
            if (size == 0) return State::whole;
        }
    }
};

class LoadRun;

class LoadClient : public std::enable_shared_from_this<LoadClient> {
public:
    explicit LoadClient(LoadRun& run);

    void connect();
    void send(Clock::time_point planned);
    bool waits() const { return waits_; }
    void cut() {
        error_code ignored;
        socket_.close(ignored);
    }

private:
    LoadRun& run_;
    tcp::socket socket_;
    asio::steady_timer pause_;
    std::string out_;
    std::array<char, 16 * 1024> in_;
    AnswerScan scan_;
    Clock::time_point planned_;
    bool waits_ = false;

    void read();
    void answered();
    void lost();
};

class LoadRun {
public:
    LoadRun(const LoadPlan& plan, LoadMix& mix)
        : plan_(plan), mix_(mix), place_(place_of(plan.url)), timer_(context) {
        if (place_.tls) throw Unable("A load goes over plain HTTP; the URL says https.");
        error_code error;
        ends = tcp::resolver(context).resolve(place_.host, std::to_string(place_.port), error);
        if (error || ends.empty()) throw Unable("The host " + place_.host + " is not known.");
        headers_ = " HTTP/1.1\r\nHost: " + place_.host + ":" + std::to_string(place_.port) +
                   (plan.key.empty() ? "" : "\r\nAuthorization: Bearer " + plan.key);
        path_ = "POST " + place_.prefix + "/commands";
    }

    asio::io_context context{1};
    tcp::resolver::results_type ends;
    LoadFindings findings;

    LoadFindings run();
    void write_request(std::string& out);
    // A client can send: now, on the schedule, or not any more.
    void free(const std::shared_ptr<LoadClient>& client);
    void count(const AnswerScan& answer, Clock::time_point planned);
    void sending() {
        ++on_the_way_;
        ++sent_;
    }
    void done();
    bool over() const { return over_; }

private:
    const LoadPlan& plan_;
    LoadMix& mix_;
    const HttpPlace place_;
    std::string path_;
    std::string headers_;
    asio::steady_timer timer_;
    std::vector<std::shared_ptr<LoadClient>> clients_;
    std::vector<std::shared_ptr<LoadClient>> idle_;
    Clock::time_point start_;
    Clock::time_point last_answer_;
    std::uint64_t planned_ = 0;  // requests of the schedule that have been given out
    std::uint64_t on_the_way_ = 0;
    std::uint64_t sent_ = 0;
    bool over_ = false;

    Clock::time_point due(std::uint64_t number) const {
        const std::chrono::duration<double> after(static_cast<double>(number) / plan_.rate);
        return start_ + std::chrono::duration_cast<Clock::duration>(after);
    }
    bool all_are_sent() const { return plan_.most_requests > 0 && sent_ >= plan_.most_requests; }
    void follow_schedule();
    void end();
};

LoadClient::LoadClient(LoadRun& run) : run_(run), socket_(run.context), pause_(run.context) {}

void LoadClient::connect() {
    if (run_.over()) return;
    asio::async_connect(socket_, run_.ends,
                        [self = shared_from_this()](error_code error, const tcp::endpoint&) {
                            if (error) return self->lost();
                            self->socket_.set_option(tcp::no_delay(true), error);
                            self->run_.free(self);
                        });
}

void LoadClient::send(Clock::time_point planned) {
    planned_ = planned;
    waits_ = true;
    run_.sending();
    out_.clear();
    run_.write_request(out_);
    scan_.begin();
    asio::async_write(socket_, asio::buffer(out_),
                      [self = shared_from_this()](error_code error, std::size_t) {
                          if (error) return self->lost();
                          self->read();
                      });
}

void LoadClient::read() {
    socket_.async_read_some(asio::buffer(in_),
                            [self = shared_from_this()](error_code error, std::size_t count) {
                                if (error) return self->lost();
                                switch (self->scan_.add({self->in_.data(), count})) {
                                    case AnswerScan::State::more: return self->read();
                                    case AnswerScan::State::whole: return self->answered();
                                    case AnswerScan::State::broken: return self->lost();
                                }
                            });
}

void LoadClient::answered() {
    waits_ = false;
    run_.count(scan_, planned_);
    run_.done();
    if (!scan_.closes()) return run_.free(shared_from_this());
    cut();
    connect();
}

// A server that is down is not asked as fast as the processor can.
void LoadClient::lost() {
    const bool owed = std::exchange(waits_, false);
    cut();
    if (!run_.over() || owed) ++run_.findings.failed;
    if (owed) run_.done();
    if (run_.over()) return;
    pause_.expires_after(std::chrono::milliseconds(50));
    pause_.async_wait([self = shared_from_this()](error_code) { self->connect(); });
}

void LoadRun::write_request(std::string& out) {
    if (plan_.batch <= 1) {
        const LoadMix::Command command = mix_.next();
        if (command.asks) {
            out += "GET " + place_.prefix + command.body + headers_ + "\r\n\r\n";
            return;
        }
        out += path_;
        out += '/';
        out += command.name;
        out += headers_;
        out += "\r\nIdempotency-Key: " + command.id;
        out += "\r\nContent-Type: application/json\r\nContent-Length: ";
        out += std::to_string(command.body.size());
        out += "\r\n\r\n";
        out += command.body;
        return;
    }
    std::string lines;
    for (std::size_t line = 0; line < plan_.batch; ++line) mix_.append_line(lines);
    out += path_ + headers_ + "\r\nContent-Type: application/x-ndjson\r\nContent-Length: " +
           std::to_string(lines.size()) + "\r\n\r\n" + lines;
}

void LoadRun::free(const std::shared_ptr<LoadClient>& client) {
    if (over_) return;
    if (all_are_sent()) return end();
    if (plan_.rate <= 0) return client->send(Clock::now());
    const Clock::time_point planned = due(planned_);
    if (planned > Clock::now()) return idle_.push_back(client);
    ++planned_;
    client->send(planned);
}

void LoadRun::follow_schedule() {
    if (over_) return;
    while (!idle_.empty() && due(planned_) <= Clock::now() && !all_are_sent()) {
        const std::shared_ptr<LoadClient> client = std::move(idle_.back());
        idle_.pop_back();
        client->send(due(planned_++));
    }
    // With nobody idle the clients themselves take what is due.
    const auto soon = Clock::now() + std::chrono::milliseconds(1);
    timer_.expires_at(idle_.empty() ? soon : due(planned_));
    timer_.async_wait([this](error_code) { follow_schedule(); });
}

void LoadRun::count(const AnswerScan& answer, Clock::time_point planned) {
    const auto now = Clock::now();
    const auto took = std::max(Clock::duration::zero(), now - planned);
    findings.latency.record(static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(took).count()));
    last_answer_ = now;
    ++findings.requests;
    if (plan_.batch <= 1 || answer.status() != 200) {
        const std::uint64_t commands = std::max<std::size_t>(1, plan_.batch);
        findings.commands += commands;
        findings.statuses[answer.status()] += commands;
        return;
    }
    constexpr std::string_view mark = "\"status\":";
    const std::string_view body = answer.body();
    // The first status of a line is the line's own; a problem inside it repeats it.
    for (std::size_t from = 0; from < body.size();) {
        const std::size_t end = std::min(body.find('\n', from), body.size());
        const std::string_view line = body.substr(from, end - from);
        from = end + 1;
        const std::size_t at = line.find(mark);
        if (at == std::string_view::npos) continue;
        int status = 0;
        std::from_chars(line.data() + at + mark.size(), line.data() + line.size(), status);
        ++findings.commands;
        ++findings.statuses[status];
    }
}

void LoadRun::done() {
    --on_the_way_;
    if (over_ && on_the_way_ == 0) context.stop();
}

// The time is up: nothing more is sent, and what is on its way gets its patience.
void LoadRun::end() {
    over_ = true;
    timer_.cancel();
    if (plan_.rate > 0 && !all_are_sent()) {
        const double all = plan_.rate * std::chrono::duration<double>(plan_.duration).count();
        const auto planned = static_cast<std::uint64_t>(all);
        if (planned > planned_) findings.unsent = planned - planned_;
    }
    if (on_the_way_ == 0) return context.stop();
}

LoadFindings LoadRun::run() {
    start_ = last_answer_ = Clock::now();
    for (std::size_t at = 0; at < std::max<std::size_t>(1, plan_.connections); ++at) {
        clients_.push_back(std::make_shared<LoadClient>(*this));
        clients_.back()->connect();
    }
    if (plan_.rate > 0) follow_schedule();
    asio::steady_timer limit(context, plan_.duration);
    limit.async_wait([&](error_code) {
        end();
        limit.expires_after(plan_.patience);
        limit.async_wait([&](error_code) { context.stop(); });
    });
    context.run();
    for (const auto& client : clients_)
        if (client->waits()) ++findings.unanswered;
    for (const auto& client : clients_) client->cut();
    idle_.clear();
    findings.seconds = std::chrono::duration<double>(last_answer_ - start_).count();
    return findings;
}

}  // namespace

LoadFindings run_load(const LoadPlan& plan, LoadMix& mix) {
    try {
        return LoadRun(plan, mix).run();
    } catch (const HttpFailure& failure) {
        throw Unable(failure.what());
    }
}

}  // namespace kontor
