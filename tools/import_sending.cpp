// Batches, answers and patience.
#include "tools/import_sending.h"

#include "tools/command_line.h"
#include "tools/progress.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace kontor::imports {
namespace {

constexpr std::chrono::milliseconds longest_pause{5'000}, look_again{50};

using Json = nlohmann::json;

std::string text_in(const Json& json, const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// What a problem says, with the places that are wrong in the command.
std::string words_of(const Json& problem) {
    std::string words = text_in(problem, "detail");
    if (words.empty()) words = text_in(problem, "title");
    const auto errors = problem.find("errors");
    if (errors != problem.end() && errors->is_array())
        for (const Json& error : *errors)
            words += " " + text_in(error, "pointer") + " " + text_in(error, "problem") + ".";
    return words;
}

Said said_by(const Json& line) {
    Said said;
    said.status = line.value("status", 0);
    said.replayed = line.value("replayed", false);
    const auto problem = line.find("problem");
    if (problem != line.end() && problem->is_object()) {
        said.code = text_in(*problem, "code");
        said.text = words_of(*problem);
    }
    return said;
}

// A sentence that goes on.
std::string without_stop(std::string sentence) {
    while (sentence.ends_with('.')) sentence.pop_back();
    return sentence;
}

std::string words_of(const HttpAnswer& answer) {
    const Json problem = Json::parse(answer.body, nullptr, false);
    std::string words = problem.is_object() ? words_of(problem) : std::string();
    return "the server answers " + std::to_string(answer.status) +
           (words.empty() ? std::string() : ": " + words);
}

}  // namespace

std::vector<Said> said_in(const std::string& answer, std::size_t count) {
    std::vector<Said> all;
    for (std::size_t start = 0; start < answer.size();) {
        const std::size_t end = answer.find('\n', start);
        if (end == std::string::npos) return {};
        const Json line =
            Json::parse(answer.begin() + static_cast<std::ptrdiff_t>(start),
                        answer.begin() + static_cast<std::ptrdiff_t>(end), nullptr, false);
        start = end + 1;
        if (!line.is_object()) return {};
        all.push_back(said_by(line));
    }
    if (all.size() != count) all.clear();
    return all;
}

CommandSending::CommandSending(SendingOptions options, Refused refused)
    : options_(std::move(options)),
      refused_(std::move(refused)),
      client_(options_.url, {std::chrono::milliseconds{60'000}, options_.trust_file}),
      thread_([this] { run(); }) {}

CommandSending::~CommandSending() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
        ready_.clear();
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void CommandSending::put(Made made) {
    if (!made.line.empty()) {
        filling_octets_ += made.line.size();
        ++filling_lines_;
    }
    filling_.push_back(std::move(made));
    if (filling_lines_ >= options_.most_lines || filling_octets_ >= options_.most_octets ||
        filling_.size() >= 2 * options_.most_lines)
        hand_over();
}

void CommandSending::hand_over() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ready_.empty() || broken_; });
    if (broken_) std::rethrow_exception(broken_);
    ready_ = std::move(filling_);
    filling_ = {};
    filling_octets_ = filling_lines_ = 0;
    changed_.notify_all();
}

void CommandSending::finish() {
    if (!filling_.empty()) hand_over();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return (ready_.empty() && !busy_) || broken_; });
    if (broken_) std::rethrow_exception(broken_);
}

SendingCounts CommandSending::counts() const {
    const std::lock_guard lock(mutex_);
    return counts_;
}

void CommandSending::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [&] { return ending_ || !ready_.empty(); });
        if (ending_) return;
        const Batch batch = std::move(ready_);
        ready_ = {};
        busy_ = true;
        lock.unlock();
        changed_.notify_all();
        std::exception_ptr broken;
        try {
            send(batch);
        } catch (...) {
            broken = std::current_exception();
        }
        lock.lock();
        busy_ = false;
        broken_ = broken;
        changed_.notify_all();
        if (broken_) return;
    }
}

// Sleeps; false when there is no use in going on.
bool CommandSending::pause(std::chrono::milliseconds length) {
    const auto until = std::chrono::steady_clock::now() + length;
    while (std::chrono::steady_clock::now() < until) {
        if (InterruptWatch::asked()) return false;
        std::unique_lock lock(mutex_);
        if (changed_.wait_for(lock, look_again, [&] { return ending_; })) return false;
    }
    return true;
}

bool CommandSending::try_send(const std::string& body, std::size_t count, std::vector<Said>& said,
                              std::string& why) {
    try {
        const HttpAnswer answer = client_.post("/commands", body,
                                               {{"Authorization", "Bearer " + options_.key},
                                                {"Content-Type", "application/x-ndjson"}});
        if (answer.status == 503 || answer.status == 429) {
            why = words_of(answer);
            return false;
        }
        if (answer.status != 200) throw Unable(words_of(answer));
        said = said_in(answer.body, count);
        why = "the server's answer is not whole";
        if (said.size() != count) return false;
        // A server that stops taking commands says so line by line; the same ids are asked again.
        for (const Said& one : said)
            if (one.status == 503) {
                why = one.text.empty() ? "the server takes no commands" : one.text;
                return false;
            }
        return true;
    } catch (const HttpFailure& failure) {
        why = failure.what();
        return false;
    }
}

void CommandSending::send(const Batch& batch) {
    std::string body;
    std::size_t count = 0;
    for (const Made& made : batch) {
        body += made.line;
        if (!made.line.empty()) ++count;
    }
    std::vector<Said> said;
    std::string why;
    auto wait = options_.first_pause;
    const auto until = std::chrono::steady_clock::now() + options_.patience;
    while (count > 0 && !try_send(body, count, said, why)) {
        if (std::chrono::steady_clock::now() + wait > until)
            throw Unable(without_stop(why) + "; given up after " +
                         std::to_string(options_.patience.count() / 1000) +
                         " s. Run the same import again when the server is back: what it has done "
                         "already is known to it");
        if (!pause(wait)) throw Interrupted{};
        wait = std::min(2 * wait, longest_pause);
    }
    SendingCounts counted;
    std::size_t at = 0;
    for (const Made& made : batch) {
        if (made.line.empty()) {
            ++counted.unreadable;
            refused_(made, {0, false, "unreadable", made.why_not});
            continue;
        }
        const Said& one = said[at++];
        ++counted.sent;
        if (one.status == 200) {
            ++(one.replayed ? counted.repeated : counted.accepted);
        } else {
            ++counted.refused;
            refused_(made, one);
        }
    }
    const std::lock_guard lock(mutex_);
    counts_.sent += counted.sent;
    counts_.accepted += counted.accepted;
    counts_.repeated += counted.repeated;
    counts_.refused += counted.refused;
    counts_.unreadable += counted.unreadable;
}

}  // namespace kontor::imports
