// How a request becomes commands for the engine, and its answers become JSON.
#include "api/command_routes.h"

#include "api/answers.h"
#include "api/batch_line.h"
#include "api/json.h"
#include "domain/core/decimal.h"
#include "domain/core/id.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>

namespace kontor {
namespace {

std::uint64_t new_lane() {
    static std::atomic<std::uint64_t> lane{0};
    return ++lane;
}

void append_events(const std::vector<Answered::Event>& events, std::string& out) {
    out += "\"events\":[";
    for (const Answered::Event& event : events) {
        if (out.back() != '[') out += ',';
        out += "{\"type\":";
        append_json_text(event.type->name, out);
        out += ",\"stream\":";
        append_json_text(event.stream, out);
        out += ",\"version\":" + std::to_string(event.version) + ",\"data\":";
        append_json(*event.type, event.value.get(), out);
        out += '}';
    }
    out += ']';
}

std::string accepted_json(const Answered& answer) {
    std::string out = "{";
    if (!answer.id.empty()) {
        out += "\"id\":";
        append_json_text(answer.id, out);
        out += ',';
    }
    if (answer.position) {
        out += "\"position\":" + std::to_string(*answer.position) + ",\"time\":";
        append_json_text(to_text(*answer.time), out);
        out += ',';
    } else {
        out += "\"dry_run\":true,";
    }
    append_events(answer.events, out);
    out += '}';
    return out;
}

HttpAnswer http_answer(const Answered& answer) {
    HttpAnswer http =
        answer.status == 200
            ? HttpAnswer{200, {{"Content-Type", "application/json"}}, accepted_json(answer)}
            : problem_answer(problem_of(answer));
    if (answer.replayed) http.headers.push_back({"Idempotency-Replayed", "true"});
    if (answer.status == 200 && !answer.id.empty())
        http.headers.push_back({"Idempotency-Key", answer.id});
    return http;
}

// The version in If-Match: "<version>", quotes and all; a plain number is understood too.
std::optional<std::int64_t> version_in(std::string_view if_match) {
    if (if_match.size() >= 2 && if_match.front() == '"' && if_match.back() == '"')
        if_match = if_match.substr(1, if_match.size() - 2);
    const auto version = integer_from(if_match);
    return version && *version >= 0 ? version : std::nullopt;
}

// Headers have no place in the body that a pointer could name, so the words name them.
Fault fault_of_header(std::string_view name, std::string_view problem) {
    return {"", "comes with the header " + std::string(name) + ", which " + std::string(problem)};
}

// A note stays in the log for good and every reader of it shows it: it is a text like any other.
std::string fault_of_note(std::string_view note) {
    if (note.size() > longest_note)
        return "must be at most " + std::to_string(longest_note) + " bytes long";
    return is_utf8(note) ? "" : "must be UTF-8";
}

// Media types are compared without regard to case, their parameters left aside (RFC 9110, 8.3.1).
bool is_ndjson(std::string_view media_type) {
    media_type = media_type.substr(0, media_type.find(';'));
    while (media_type.ends_with(' ') || media_type.ends_with('\t')) media_type.remove_suffix(1);
    return same_name(media_type, "application/x-ndjson");
}

// A line's answer: {"id", "status", "position"} or {"id", "status", "problem"}; of a dry run
// {"id", "status", "dry_run"}.
std::string answer_line(std::string_view id, const Answered& answer) {
    std::string out = "{\"id\":";
    append_json_text(id, out);
    out += ",\"status\":" + std::to_string(answer.status);
    if (answer.status == 200) {
        out += answer.position ? ",\"position\":" + std::to_string(*answer.position)
                               : ",\"dry_run\":true";
        if (answer.replayed) out += ",\"replayed\":true";
    } else {
        out += ",\"problem\":";
        append_problem(problem_of(answer), out);
    }
    out += "}\n";
    return out;
}

std::string problem_line(const std::optional<std::string>& id, const Problem& problem) {
    std::string out = "{\"id\":";
    if (id)
        append_json_text(*id, out);
    else
        out += "null";
    out += ",\"status\":" + std::to_string(problem.status) + ",\"problem\":";
    append_problem(problem, out);
    out += "}\n";
    return out;
}

// A line of a batch, ready for the engine or with what is wrong about it.
struct ReadLine {
    std::optional<std::string> id;
    Ask ask;
    std::optional<Problem> problem;
};

ReadLine read_line(const Catalog& catalog, std::string_view text) {
    BatchLine line = read_batch_line(text);
    ReadLine read{line.id, {}, std::nullopt};
    const Catalog::Command* command = catalog.command(line.command);
    if (line.faults.empty() && !command) line.faults.push_back({"/command", "names no command"});
    if (line.faults.empty()) {
        const Type& type = *command->spec->type;
        const Box value = box(type);
        for (Fault& fault : read_json(type, line.data, value.get()))
            line.faults.push_back({"/data" + fault.pointer, std::move(fault.problem)});
        read.ask = {command, value, line.id, line.if_match};
    }
    if (!line.faults.empty()) read.problem = malformed(std::move(line.faults));
    return read;
}

std::vector<std::string_view> lines_of(std::string_view body) {
    std::vector<std::string_view> lines;
    while (!body.empty()) {
        const std::size_t end = body.find('\n');
        std::string_view line = body.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!line.empty()) lines.push_back(line);
        body.remove_prefix(end == std::string_view::npos ? body.size() : end + 1);
    }
    return lines;
}

// A batch whose lines are commits of their own: some wait in the engine, answers leave in order,
// and a client that does not read them holds up nobody but itself.
class BatchRun : public std::enable_shared_from_this<BatchRun> {
public:
    BatchRun(Backend& backend, std::shared_ptr<Exchange> exchange, Visitor visitor)
        : backend_(backend),
          exchange_(std::move(exchange)),
          visitor_(std::move(visitor)),
          lines_(lines_of(exchange_->request().body)),
          answers_(lines_.size()) {}

    void start() {
        stream_ = exchange_->stream();
        stream_->start(200, {{"Content-Type", "application/x-ndjson"}});
        go_on();
    }

private:
    static constexpr std::size_t most_backlog = 1u << 20;

    // Sends what is ready and asks the engine for more. One thread at a time goes on; others leave
    // a note that there is more to do.
    void go_on() {
        {
            const std::lock_guard lock(mutex_);
            if (going_) {
                again_ = true;
                return;
            }
            going_ = true;
        }
        while (true) {
            if (!step()) return;
            const std::lock_guard lock(mutex_);
            if (!again_) {
                going_ = false;
                return;
            }
            again_ = false;
        }
    }

    // False when the batch is over.
    bool step() {
        if (!send_ready()) return false;
        if (stream_->backlog() > most_backlog) {
            stream_->when_drained(
                [self = shared_from_this()] { self->backend_.later([self] { self->go_on(); }); });
            return true;
        }
        while (next_ < lines_.size() && in_engine() < most_lines_in_engine) take(next_++);
        return send_ready();
    }

    std::size_t in_engine() const {
        const std::lock_guard lock(mutex_);
        return in_engine_;
    }

    void take(std::size_t at) {
        ReadLine line = read_line(backend_.catalog, lines_[at]);
        if (line.problem) {
            const std::lock_guard lock(mutex_);
            answers_[at] = problem_line(line.id, *line.problem);
            return;
        }
        Submission submission;
        submission.asker = {visitor_.actor, visitor_.key};
        submission.lane = lane_;
        submission.may_be_refused = false;
        submission.asks.push_back(std::move(line.ask));
        {
            const std::lock_guard lock(mutex_);
            ++in_engine_;
        }
        backend_.engine.submit(
            std::move(submission),
            [self = shared_from_this(), at, id = *line.id](std::vector<Answered> answers) {
                bool wake = false;
                {
                    const std::lock_guard lock(self->mutex_);
                    self->answers_[at] = answer_line(id, answers.front());
                    --self->in_engine_;
                    wake = self->in_engine_ <= most_lines_in_engine / 2;
                }
                if (wake) self->backend_.later([self] { self->go_on(); });
            });
    }

    // False when all is sent or the client is gone.
    bool send_ready() {
        std::string chunk;
        bool finished = false;
        {
            const std::lock_guard lock(mutex_);
            while (sent_ < answers_.size() && !answers_[sent_].empty()) {
                chunk += answers_[sent_];
                answers_[sent_++] = {};
            }
            finished = sent_ == answers_.size();
        }
        const bool there = chunk.empty() || stream_->write(std::move(chunk));
        if (finished) stream_->finish();
        return there && !finished;
    }

    Backend& backend_;
    const std::shared_ptr<Exchange> exchange_;
    const Visitor visitor_;
    const std::vector<std::string_view> lines_;
    const std::uint64_t lane_ = new_lane();
    std::shared_ptr<AnswerStream> stream_;
    std::size_t next_ = 0;  // of who goes on

    mutable std::mutex mutex_;
    std::vector<std::string> answers_;
    std::size_t in_engine_ = 0, sent_ = 0;
    bool going_ = false, again_ = false;
};

// Every line of the batch says no: the faulty ones why, the others that they were.
void refuse_atomic(const std::shared_ptr<Exchange>& exchange, const std::vector<ReadLine>& lines) {
    std::string body;
    for (const ReadLine& line : lines)
        body += problem_line(line.id, line.problem ? *line.problem
                                                   : problem(batch_refused,
                                                             "Another line is malformed; nothing "
                                                             "was done."));
    exchange->answer({200, {{"Content-Type", "application/x-ndjson"}}, std::move(body)});
}

void post_atomic(Backend& backend, const std::shared_ptr<Exchange>& exchange,
                 const Visitor& visitor, bool dry_run) {
    const std::string& body = exchange->request().body;
    const auto texts = lines_of(body);
    if (texts.size() > most_atomic_lines || body.size() > most_atomic_bytes)
        return exchange->answer(problem_answer(
            problem(too_large, "An atomic batch has at most 1,000 lines and 4 MB.")));
    std::vector<ReadLine> lines;
    std::set<std::string> ids;
    bool faulty = false;
    for (const std::string_view text : texts) {
        lines.push_back(read_line(backend.catalog, text));
        ReadLine& line = lines.back();
        if (!line.problem && !ids.insert(*line.id).second)
            line.problem = malformed({{"/id", "stands twice in the batch"}});
        faulty = faulty || line.problem;
    }
    if (faulty) return refuse_atomic(exchange, lines);
    if (lines.empty())
        return exchange->answer({200, {{"Content-Type", "application/x-ndjson"}}, {}});
    Submission submission;
    submission.asker = {visitor.actor, visitor.key};
    submission.dry_run = dry_run;
    submission.lane = new_lane();
    std::vector<std::string> known;
    for (ReadLine& line : lines) {
        known.push_back(*line.id);
        submission.asks.push_back(std::move(line.ask));
    }
    backend.engine.submit(
        std::move(submission), [exchange, known = std::move(known)](std::vector<Answered> answers) {
            std::string out;
            for (std::size_t at = 0; at < answers.size(); ++at)
                out += answer_line(known[at], answers[at]);
            exchange->answer({200, {{"Content-Type", "application/x-ndjson"}}, std::move(out)});
        });
}

}  // namespace

Problem problem_of(const Answered& answer) {
    Problem said = refused(answer.status, answer.code, answer.text, answer.flow);
    for (const ProblemKind* kind : problem_kinds())
        if (kind->code == answer.code) said = problem(*kind, answer.text);
    said.flow = answer.flow;
    said.pointer = answer.pointer;
    said.id = answer.id;
    said.position = answer.position;
    if (answer.status == 503) said.retry_after = 1;
    return said;
}

void post_command(Backend& backend, const std::shared_ptr<Exchange>& exchange,
                  const Visitor& visitor, std::string_view name, bool dry_run) {
    const HttpRequest& request = exchange->request();
    const Catalog::Command* command = backend.catalog.command(name);
    if (!command)
        return exchange->answer(problem_answer(
            problem(nothing_here, "There is no command " + std::string(name) + ".")));
    Ask ask{command, nullptr, std::nullopt, std::nullopt};
    const Type& type = *command->spec->type;
    const Box value = box(type);
    std::vector<Fault> faults = read_json(type, request.body, value.get());
    if (const std::string* id = request.header("Idempotency-Key")) {
        if (const auto fault = fault_of_command_id(*id); !fault.empty())
            faults.push_back(fault_of_header("Idempotency-Key", fault));
        ask.id = *id;
    }
    if (const std::string* if_match = request.header("If-Match")) {
        ask.if_match = version_in(*if_match);
        if (!ask.if_match)
            faults.push_back(fault_of_header("If-Match", "must be a version such as \"3\""));
    }
    const std::string* note = request.header("Kontor-Note");
    if (note)
        if (const std::string fault = fault_of_note(*note); !fault.empty())
            faults.push_back(fault_of_header("Kontor-Note", fault));
    if (!faults.empty()) return exchange->answer(problem_answer(malformed(std::move(faults))));
    ask.value = value;
    Submission submission;
    submission.asker = {visitor.actor, visitor.key};
    submission.dry_run = dry_run;
    submission.lane = new_lane();
    if (note) submission.note = *note;
    submission.asks.push_back(std::move(ask));
    backend.engine.submit(std::move(submission), [exchange](std::vector<Answered> answers) {
        exchange->answer_with(
            [answer = std::move(answers.front())] { return http_answer(answer); });
    });
}

void post_batch(Backend& backend, const std::shared_ptr<Exchange>& exchange, const Visitor& visitor,
                bool atomic, bool dry_run) {
    const std::string* type = exchange->request().header("Content-Type");
    if (!type || !is_ndjson(*type))
        return exchange->answer(problem_answer(
            problem(media_type_wrong, "A batch is application/x-ndjson, a command a line.")));
    if (atomic) return post_atomic(backend, exchange, visitor, dry_run);
    const std::string& body = exchange->request().body;
    if (lines_of(body).size() > most_batch_lines)
        return exchange->answer(
            problem_answer(problem(too_large, "A batch has at most 10,000 lines and 16 MB.")));
    auto run = std::make_shared<BatchRun>(backend, exchange, visitor);
    backend.later([run] { run->start(); });
}

}  // namespace kontor
