// How a question is answered from a log at rest, and how a server is asked.
#include "tools/audit_desk.h"

#include "api/http_client.h"
#include "api/query_answers.h"
#include "api/query_text.h"
#include "domain/contexts.h"
#include "tools/audit_rebuild.h"
#include "tools/audit_source.h"
#include "tools/command_line.h"
#include "tools/progress.h"

#include <chrono>
#include <limits>
#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

namespace kontor {
namespace {

// What a problem says, each fault in a line of its own.
std::string words_of(const HttpAnswer& answer) {
    const auto problem = nlohmann::json::parse(answer.body, nullptr, false);
    if (!problem.is_object()) return "The answer was " + std::to_string(answer.status) + ".";
    std::string words = problem.value("detail", problem.value("title", std::string()));
    if (problem.contains("errors"))
        for (const auto& error : problem["errors"])
            words += "\n    " + error.value("pointer", std::string()).erase(0, 1) + " " +
                     error.value("problem", std::string());
    return words;
}

// The cursor of the next page; empty on the last.
std::string next_of(const HttpAnswer& answer) {
    if (const std::string* next = answer.header("Kontor-Next")) return *next;
    const std::string* type = answer.header("Content-Type");
    if (!type || !type->starts_with("application/json")) return {};
    const auto page = nlohmann::json::parse(answer.body, nullptr, false);
    return page.is_object() && page.value("next", nlohmann::json()).is_string()
               ? page["next"].get<std::string>()
               : std::string();
}

class OneAfterTheOther : public AuditDesk {
public:
    void ask(const DeskQuestion& question,
             const std::function<bool(const std::string& page)>& call) final {
        DeskQuestion page = question;
        for (;;) {
            if (InterruptWatch::asked()) throw Interrupted{};
            const HttpAnswer answer = answer_to(page);
            if (answer.status != 200) throw Unable(words_of(answer));
            if (!call(answer.body)) return;
            const std::string next = next_of(answer);
            if (next.empty()) return;
            page.url_query = "after=" + next + "&limit=1000";
        }
    }

protected:
    virtual HttpAnswer answer_to(const DeskQuestion& question) = 0;
};

class DeskOfLog final : public OneAfterTheOther {
public:
    DeskOfLog(const std::string& data, const std::string& key, std::string scratch)
        : source_(data, key),
          scratch_(std::move(scratch)),
          catalog_(make_catalog()),
          specs_(read_models()) {}

private:
    QueryRef query(const std::string& name) const {
        for (const ReadModelSpec& spec : specs_)
            for (const QuerySpec& each : spec.queries)
                if (each.type->name == name) return {&spec, &each};
        throw Unable("There is no query " + name + "; `kontor describe` lists them.");
    }
    HttpAnswer answer_to(const DeskQuestion& asked) override {
        Question question{query(asked.query), asked.asking};
        if (const auto no = cannot_be_asked(question.query, asked.asking)) return answer_of(*no);
        const Position tail = source_.log().tail().position;
        if (const auto no = read_question({source_.log(), tail}, asked.url_query, question))
            return answer_of(*no);
        if (!models_)
            models_.emplace(*catalog_, source_.log(), question.known_at.value_or(tail), specs_,
                            scratch_);
        Library library{source_.log(), *catalog_, *models_->view()};
        library.most_searched = std::numeric_limits<Position>::max();
        return answer_from(library, question, asked.accept);
    }
    static HttpAnswer answer_of(const Problem& no) { return {no.status, {}, problem_json(no)}; }

    AuditSource source_;
    const std::string scratch_;
    const std::unique_ptr<const Catalog> catalog_;
    const std::vector<ReadModelSpec> specs_;
    std::optional<RebuiltModels> models_;  // as far as the first question knows
};

class DeskOfServer final : public OneAfterTheOther {
public:
    DeskOfServer(std::string url, const std::string& key)
        : url_(std::move(url)), client_(url_, patient()), authorization_("Bearer " + key) {}

private:
    static HttpClientOptions patient() {
        HttpClientOptions options;
        options.timeout = std::chrono::minutes(10);
        return options;
    }
    HttpAnswer answer_to(const DeskQuestion& asked) override {
        std::string target = "/queries/";
        append_percent_encoded(asked.query, target);
        if (asked.asking == Asking::events) target += "/explain";
        if (asked.asking == Asking::changes) target += "/diff";
        try {
            return client_.get(target + '?' + asked.url_query,
                               {{"Authorization", authorization_}, {"Accept", asked.accept}});
        } catch (const HttpFailure& why) {
            throw Unable("The server at " + url_ + " does not answer: " + why.what());
        }
    }

    const std::string url_;
    HttpClient client_;
    const std::string authorization_;
};

}  // namespace

std::unique_ptr<AuditDesk> desk_of_log(const std::string& data, const std::string& key,
                                       const std::string& scratch) {
    return std::make_unique<DeskOfLog>(data, key, scratch);
}

std::unique_ptr<AuditDesk> desk_of_server(const std::string& url, const std::string& key) {
    if (key.empty()) throw Unable("A server is asked with the secret of a key; give --key.");
    try {
        return std::make_unique<DeskOfServer>(url, key);
    } catch (const HttpFailure& why) {
        throw Unable(why.what());
    }
}

}  // namespace kontor
