// How a subscriber is brought from where it was to the tail, at its own pace.
#include "api/feed.h"

#include "api/answers.h"
#include "api/json.h"
#include "api/query_text.h"
#include "domain/core/decimal.h"
#include "eventstore/moments.h"
#include "eventstore/threads.h"
#include "eventstore/unsealing.h"
#include "eventstore/wire.h"
#include "eventstore/wire_print.h"

#include <algorithm>
#include <atomic>
#include <set>

namespace kontor {
namespace {

constexpr std::chrono::seconds heartbeat{15};
constexpr std::chrono::milliseconds summary_pause{500};
constexpr std::size_t most_backlog = 1u << 20;

}  // namespace

class Feed::Subscriber : public std::enable_shared_from_this<Subscriber> {
public:
    struct Wants {
        Position after = 0;
        std::string type, stream;
        bool summary = false;
        bool lines = false;  // NDJSON instead of SSE
        Visitor visitor;
    };

    Subscriber(Backend& backend, std::shared_ptr<AnswerStream> stream, Wants wants)
        : backend_(backend), stream_(std::move(stream)), wants_(std::move(wants)) {}

    void start() {
        stream_->start(
            200, {{"Content-Type", wants_.lines ? "application/x-ndjson" : "text/event-stream"},
                  {"Cache-Control", "no-store"}});
        stream_->when_closed([weak = weak_from_this()] {
            if (const auto self = weak.lock()) self->closed_ = true;
        });
        if (!wants_.lines) stream_->write(": the feed is open\n\n");
        last_ = std::chrono::steady_clock::now();
        pump_later();
    }
    bool closed() const { return closed_; }
    void finish() { stream_->finish(); }

    void pump_later() {
        if (closed_ || busy_.exchange(true)) {
            again_ = true;
            return;
        }
        backend_.later([self = shared_from_this()] { self->pump(); });
    }
    void keep_alive() {
        if (std::chrono::steady_clock::now() - last_.load() < heartbeat) return;
        last_ = std::chrono::steady_clock::now();
        stream_->write(wants_.lines ? "\n" : ": still here\n\n");
    }
    // A summary that was held back because the last one is too young.
    bool owes() const { return owes_; }

private:
    void pump() {
        do {
            again_ = false;
            if (!may_still_hear()) {
                closed_ = true;
                stream_->finish();
                break;
            }
            try {
                wants_.summary ? summarise() : send_commits();
            } catch (const StorageBroken&) {
                // What cannot be read is no end of the feed: the client sees that it broke off.
                closed_ = true;
                stream_->abandon();
            }
        } while (again_ && !closed_);
        busy_ = false;
        if (again_) pump_later();
    }

    // A right that was withdrawn since is withdrawn here too.
    bool may_still_hear() {
        const auto rights = backend_.engine.rights();
        rights_ = rights;
        where_ = rights->where(wants_.visitor.actor, "events", "events");
        return rights->holds(wants_.visitor.key) &&
               (where_.every_company || !where_.companies.empty());
    }

    void send_commits() {
        const Position tail = backend_.engine.durable().position;
        if (wants_.after >= tail) return;
        const auto cursor = backend_.log.read_from(wants_.after + 1);
        Position position = 0;
        std::string_view bytes;
        while (!closed_ && wants_.after < tail && cursor->next(position, bytes)) {
            if (stream_->backlog() > most_backlog) {
                stream_->when_drained([weak = weak_from_this()] {
                    if (const auto self = weak.lock()) self->pump_later();
                });
                return;
            }
            const Commit commit = sound_commit(position, bytes);
            wants_.after = position;
            std::string message = commit_json(commit);
            if (!message.empty()) send(position, message);
        }
    }

    // Empty when nothing of the commit is wanted.
    std::string commit_json(const Commit& commit) const {
        std::string out = "{\"position\":" + std::to_string(commit.position) + ",\"time\":\"" +
                          to_text(commit.time) + "\",\"actor\":";
        append_json_text(commit.actor, out);
        out += ",\"events\":[";
        const std::size_t empty = out.size();
        std::uint32_t n = 0;
        for (const StoredCommand& command : commit.commands) {
            for (const StoredEvent& event : command.events) {
                const std::uint32_t at = n++;
                if (!wanted(event)) continue;
                if (out.size() != empty) out += ',';
                append_event(commit, command, event, at, out);
            }
        }
        if (out.size() == empty) return {};
        return out + "]}";
    }

    bool wanted(const StoredEvent& event) const {
        if (!wants_.type.empty() && event.type != wants_.type) return false;
        if (!wants_.stream.empty() && event.stream != wants_.stream) return false;
        return where_.every_company ||
               (!event.company.empty() && where_.companies.contains(event.company));
    }

    void append_event(const Commit& commit, const StoredCommand& command, const StoredEvent& event,
                      std::uint32_t n, std::string& out) const {
        out += "{\"event\":\"" + std::to_string(commit.position) + "." + std::to_string(n) +
               "\",\"type\":";
        append_json_text(event.type, out);
        out += ",\"stream\":";
        append_json_text(event.stream, out);
        out += ",\"version\":" + std::to_string(event.version) + ",\"day\":\"" +
               to_text(event.day) + "\",\"company\":";
        append_json_text(event.company, out);
        out += ",\"command\":";
        append_json_text(command.name, out);
        if (!event.flow.empty()) {
            out += ",\"flow\":";
            append_json_text(event.flow, out);
        }
        out += ",\"data\":" + data_json(event) + "}";
    }

    // What is personal is opened for who may read the event's context, as it is now: the right to
    // the feed alone shows that something is there.
    std::string data_json(const StoredEvent& event) const {
        const Catalog::Event* known = backend_.catalog.event(event.type);
        if (!known) throw StorageBroken("an event of the log cannot be read");
        const Type& type = *known->spec->type;
        const bool opens =
            known->personal && backend_.keys &&
            rights_->permits(wants_.visitor.actor, type.name, known->context->name, event.company);
        if (opens) {
            const Box value = box(type);
            if (!from_wire(type, event.data.octets, value.get()))
                throw StorageBroken("an event of the log cannot be read");
            unseal_within(type, value.get(), *backend_.keys);
            return write_json(type, value.get());
        }
        const auto text = wire_to_json(type, event.data.octets);
        if (!text) throw StorageBroken("an event of the log cannot be read");
        return *text;
    }

    // At most two lines a second: where the log is, and which read models have changed.
    void summarise() {
        const auto now = std::chrono::steady_clock::now();
        const Position tail = backend_.projector.view()->position;
        const bool too_soon = told_ && now - last_.load() < summary_pause;
        owes_ = too_soon || tail < backend_.engine.durable().position;
        if (too_soon || (told_ && wants_.after >= tail)) return;
        std::string out = "{\"position\":" + std::to_string(tail) + ",\"changed\":[";
        for (const std::string_view name : changed(wants_.after, tail)) {
            if (out.back() != '[') out += ',';
            append_json_text(name, out);
        }
        wants_.after = tail;
        told_ = true;
        send(tail, out + "]}");
    }

    std::set<std::string_view> changed(Position after, Position tail) const {
        constexpr Position most_looked_at = 1'000;
        std::set<std::string_view> names;
        if (!told_) return names;
        std::set<std::string> types;
        if (tail - after <= most_looked_at) {
            const auto cursor = backend_.log.read_from(after + 1);
            Position position = 0;
            std::string_view bytes;
            while (cursor->next(position, bytes) && position <= tail) {
                const Commit commit = sound_commit(position, bytes);
                for (const StoredCommand& command : commit.commands)
                    for (const StoredEvent& event : command.events) types.insert(event.type);
            }
        }
        for (const ReadModelSpec& spec : backend_.projector.specs())
            for (const ReadModelSpec::Fold& fold : spec.folds)
                if (tail - after > most_looked_at || types.contains(std::string(fold.event->name)))
                    names.insert(spec.name);
        return names;
    }

    void send(Position position, const std::string& json) {
        last_ = std::chrono::steady_clock::now();
        const std::string id = std::to_string(position);
        if (!stream_->write(wants_.lines ? json + "\n" : "id: " + id + "\ndata: " + json + "\n\n"))
            closed_ = true;
    }

    Backend& backend_;
    const std::shared_ptr<AnswerStream> stream_;
    Wants wants_;
    std::shared_ptr<const access::Rights> rights_;
    access::Rights::Where where_;
    bool told_ = false;
    std::atomic<bool> closed_{false}, busy_{false}, again_{false}, owes_{false};
    std::atomic<std::chrono::steady_clock::time_point> last_{};
};

Feed::Feed(Backend& backend) : backend_(backend) {
    backend_.engine.when_durable([this](LogTail) {
        {
            const std::lock_guard lock(mutex_);
            grown_ = true;
        }
        wake_.notify_one();
    });
    thread_ = named_thread("kontor-feed", [this] { loop(); });
}

Feed::~Feed() { close(); }

void Feed::close() {
    {
        const std::lock_guard lock(mutex_);
        if (closing_) return;
        closing_ = true;
    }
    wake_.notify_one();
    thread_.join();
    const std::lock_guard lock(mutex_);
    for (const auto& subscriber : subscribers_) subscriber->finish();
    subscribers_.clear();
}

void Feed::loop() {
    while (true) {
        std::vector<std::shared_ptr<Subscriber>> open;
        bool grown = false;
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, summary_pause, [&] { return grown_ || closing_; });
            if (closing_) return;
            grown = std::exchange(grown_, false);
            std::erase_if(subscribers_, [](const auto& one) { return one->closed(); });
            open = subscribers_;
        }
        for (const auto& subscriber : open) {
            if (grown || subscriber->owes()) subscriber->pump_later();
            subscriber->keep_alive();
        }
    }
}

void Feed::open(const std::shared_ptr<Exchange>& exchange, const Visitor& visitor,
                std::string_view url_query) {
    const HttpRequest& request = exchange->request();
    std::vector<Fault> faults;
    Subscriber::Wants wants;
    wants.after = backend_.engine.durable().position;
    const auto position = [&](std::string_view text, std::string_view pointer,
                              std::string_view problem) {
        const auto number = integer_from(text);
        if (number && *number >= 0 && static_cast<Position>(*number) <= wants.after)
            return static_cast<Position>(*number);
        faults.push_back({std::string(pointer), std::string(problem)});
        return wants.after;
    };
    std::optional<Position> after;
    std::set<std::string> seen;
    for (const UrlParameter& parameter : url_parameters(url_query, faults)) {
        if (!seen.insert(parameter.name).second)
            faults.push_back({"/" + parameter.name, "stands twice"});
        else if (parameter.name == "after")
            after = position(parameter.value, "/after", "must be a position of the log");
        else if (parameter.name == "type")
            wants.type = parameter.value;
        else if (parameter.name == "stream")
            wants.stream = parameter.value;
        else if (parameter.name == "summary" && parameter.value != "true" &&
                 parameter.value != "false")
            faults.push_back({"/summary", "must be true or false"});
        else if (parameter.name == "summary")
            wants.summary = parameter.value == "true";
        else
            faults.push_back({"/" + parameter.name, "is no parameter of the feed"});
    }
    if (const std::string* last = request.header("Last-Event-ID"))
        after = position(
            *last, "", "comes with the header Last-Event-ID, which must be a position of the log");
    if (!wants.type.empty() && !backend_.catalog.event(wants.type))
        faults.push_back({"/type", "names no event"});
    if (!faults.empty()) return exchange->answer(problem_answer(malformed(std::move(faults))));
    // Who names no place hears everything; a console, which draws what is, only what comes.
    if (after || !wants.summary) wants.after = after.value_or(0);
    const std::string* accept = request.header("Accept");
    wants.lines = accept && accept->find("application/x-ndjson") != std::string::npos;
    const auto where = visitor.rights->where(visitor.actor, "events", "events");
    if (!where.every_company && where.companies.empty())
        return exchange->answer(
            problem_answer(problem(not_permitted, visitor.actor + " has no role with events.")));
    wants.visitor = visitor;
    auto subscriber = std::make_shared<Subscriber>(backend_, exchange->stream(), std::move(wants));
    {
        const std::lock_guard lock(mutex_);
        if (closing_)
            return exchange->answer(
                problem_answer(try_again(not_serving, "The server is being stopped.", 1)));
        subscribers_.push_back(subscriber);
    }
    subscriber->start();
}

}  // namespace kontor
