// The table of addresses, read from top to bottom.
#include "api/routes.h"

#include "api/answers.h"
#include "api/command_routes.h"
#include "api/json.h"
#include "api/query_routes.h"
#include "api/query_text.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace kontor {
namespace {

struct Target {
    std::string_view path;
    std::string_view query;
};

Target parts_of(std::string_view target) {
    const std::size_t question = target.find('?');
    if (question == std::string_view::npos) return {target, {}};
    return {target.substr(0, question), target.substr(question + 1)};
}

// What stands behind the prefix, if the path begins with it.
std::optional<std::string_view> behind_prefix(std::string_view path, std::string_view prefix) {
    if (!path.starts_with(prefix) || path.size() == prefix.size()) return std::nullopt;
    return path.substr(prefix.size());
}

bool is_open_to_all(std::string_view path) {
    return path == "/health/live" || path == "/health/ready";
}

HttpAnswer not_here(std::string_view path) {
    return problem_answer(problem(nothing_here, "There is nothing at " + std::string(path) +
                                                    "; GET /openapi.json lists what there is."));
}

// Which of an address's flags are set: absent is false; anything but true or false is a fault, and
// so is a flag that stands twice: of "do it" and "do it not" nobody may guess which one was meant.
std::set<std::string> flags_set(std::string_view query, const std::set<std::string>& names,
                                std::vector<Fault>& faults) {
    std::set<std::string> seen, set;
    for (const UrlParameter& parameter : url_parameters(query, faults)) {
        if (!names.contains(parameter.name))
            faults.push_back({"/" + parameter.name, "is no parameter of this address"});
        else if (!seen.insert(parameter.name).second)
            faults.push_back({"/" + parameter.name, "stands twice"});
        else if (parameter.value != "true" && parameter.value != "false")
            faults.push_back({"/" + parameter.name, "must be true or false"});
        else if (parameter.value == "true")
            set.insert(parameter.name);
    }
    return set;
}

// A query's name, and perhaps what is asked of it besides its rows.
void ask(Backend& backend, const std::shared_ptr<Exchange>& exchange, const Visitor& visitor,
         std::string_view question, std::string_view parameters) {
    const std::size_t slash = std::min(question.find('/'), question.size());
    const std::string_view of = question.substr(slash);
    const Asking asking = of == "/explain" ? Asking::events
                          : of == "/diff"  ? Asking::changes
                                           : Asking::rows;
    get_query(backend, exchange, visitor,
              asking == Asking::rows ? question : question.substr(0, slash), parameters, asking);
}

}  // namespace

Routes::Routes(Backend& backend, ServerFacts facts)
    : backend_(backend), facts_(std::move(facts)), feed_(backend) {}

std::size_t Routes::body_limit(std::string_view method, std::string_view target) {
    if (method != "POST") return 0;
    return parts_of(target).path == "/commands" ? most_batch_bytes : most_command_bytes;
}

std::optional<HttpAnswer> Routes::admit(const HttpRequest& head) const {
    const Target target = parts_of(head.target);
    if (is_open_to_all(target.path)) return std::nullopt;
    // Whoever stands between may have read the other one.
    for (const char* once : {"Authorization", "Idempotency-Key", "If-Match"})
        if (std::ranges::count_if(
                head.headers, [&](const Header& each) { return same_name(each.name, once); }) > 1)
            return problem_answer(malformed(
                {{"", "comes with the header " + std::string(once) + " more than once"}}));
    if (!visitor_of(backend_.engine, head.header("Authorization")))
        return problem_answer(
            problem(key_missing,
                    "Send the header Authorization: Bearer <key> with a key that is known here "
                    "and not revoked; the first one is in admin.key of the data directory."));
    return std::nullopt;
}

void Routes::handle(const std::shared_ptr<Exchange>& exchange) {
    const HttpRequest& request = exchange->request();
    const Target target = parts_of(request.target);
    if (is_open_to_all(target.path)) return exchange->answer(health(target.path));
    const auto visitor = visitor_of(backend_.engine, request.header("Authorization"));
    if (!visitor) return exchange->answer(*admit(request));
    if (request.method == "GET" || request.method == "HEAD")
        return get(exchange, target.path, target.query, *visitor);
    if (request.method == "POST") return post(exchange, target.path, target.query, *visitor);
    exchange->answer(
        problem_answer(problem(method_wrong, "Commands are posted, everything else is got.")));
}

void Routes::get(const std::shared_ptr<Exchange>& exchange, std::string_view path,
                 std::string_view query, const Visitor& visitor) {
    if (const auto question = behind_prefix(path, "/queries/"))
        return ask(backend_, exchange, visitor, *question, query);
    if (path == "/events") return feed_.open(exchange, visitor, query);
    if (path == "/openapi.json") return exchange->answer(json_answer(facts_.openapi));
    if (path == "/metrics") {
        if (!visitor.may("metrics", "metrics", {}))
            return exchange->answer(problem_answer(
                problem(not_permitted, visitor.actor + " has no role with metrics.")));
        return exchange->answer(
            {200, {{"Content-Type", "text/plain; version=0.0.4"}}, facts_.metrics()});
    }
    if (path == "/commands" || path == "/checkpoint" || path == "/rebuild" ||
        path.starts_with("/commands/"))
        return exchange->answer(problem_answer(problem(method_wrong, "Use POST.")));
    exchange->answer(not_here(path));
}

void Routes::post(const std::shared_ptr<Exchange>& exchange, std::string_view path,
                  std::string_view query, const Visitor& visitor) {
    std::vector<Fault> faults;
    if (path == "/commands") {
        const auto set = flags_set(query, {"atomic", "dry_run"}, faults);
        const bool atomic = set.contains("atomic"), dry_run = set.contains("dry_run");
        // Lines that are decided one by one would not know of each other in a dry run.
        if (dry_run && !atomic)
            faults.push_back({"/dry_run", "is of one command, or of a batch that is atomic"});
        if (!faults.empty()) return exchange->answer(problem_answer(malformed(faults)));
        return post_batch(backend_, exchange, visitor, atomic, dry_run);
    }
    if (const auto name = behind_prefix(path, "/commands/")) {
        const bool dry_run = flags_set(query, {"dry_run"}, faults).contains("dry_run");
        if (!faults.empty()) return exchange->answer(problem_answer(malformed(faults)));
        return post_command(backend_, exchange, visitor, *name, dry_run);
    }
    if (const auto question = behind_prefix(path, "/queries/"))
        return ask(backend_, exchange, visitor, *question, query);
    if (path == "/checkpoint") return checkpoint(exchange, visitor);
    if (path == "/rebuild") return exchange->answer(rebuild(query, visitor));
    if (path == "/events" || path == "/openapi.json" || path == "/metrics")
        return exchange->answer(problem_answer(problem(method_wrong, "Use GET.")));
    exchange->answer(not_here(path));
}

HttpAnswer Routes::health(std::string_view path) const {
    if (path == "/health/live") return json_answer("{\"status\":\"live\"}");
    const std::string engine = backend_.engine.broken(), models = backend_.projector.broken();
    if (!engine.empty() || !models.empty())
        return problem_answer(try_again(not_serving, engine.empty() ? models : engine, 5));
    std::string body =
        "{\"status\":\"ready\",\"position\":" + std::to_string(backend_.engine.durable().position) +
        ",\"read_models\":[";
    for (const Projector::Status& model : backend_.projector.status()) {
        if (body.back() != '[') body += ',';
        body += "{\"name\":\"" + model.name + "\",\"version\":" + std::to_string(model.version) +
                ",\"position\":" + std::to_string(model.position) + ",\"building\":" +
                // What a start or a crash left behind the log is being folded anew.
                (model.building || model.position < backend_.held_at_start ? "true" : "false");
        if (!model.stopped.empty()) {
            body += ",\"stopped\":";
            append_json_text(model.stopped, body);
        }
        body += '}';
    }
    return json_answer(body + "]}");
}

void Routes::checkpoint(const std::shared_ptr<Exchange>& exchange, const Visitor& visitor) {
    if (!visitor.may("checkpoint", "checkpoint", {}))
        return exchange->answer(problem_answer(
            problem(not_permitted, visitor.actor + " has no role with checkpoint.")));
    backend_.later([this, exchange] {
        std::string directory;
        const std::string fault = facts_.checkpoint(directory);
        if (!fault.empty())
            return exchange->answer(problem_answer(try_again(not_serving, fault, 5)));
        std::string body = "{\"directory\":";
        append_json_text(directory, body);
        exchange->answer(json_answer(body + "}"));
    });
}

// The models go on answering from their old rows until the new ones have caught up.
HttpAnswer Routes::rebuild(std::string_view query, const Visitor& visitor) {
    if (!visitor.may("rebuild", "rebuild", {}))
        return problem_answer(problem(not_permitted, visitor.actor + " has no role with rebuild."));
    std::vector<Fault> faults;
    std::string name;
    for (const UrlParameter& parameter : url_parameters(query, faults)) {
        if (parameter.name == "read_model" && name.empty())
            name = parameter.value;
        else if (parameter.name == "read_model")
            faults.push_back({"/read_model", "stands twice"});
        else
            faults.push_back({"/" + parameter.name, "is no parameter of this address"});
    }
    if (!faults.empty()) return problem_answer(malformed(std::move(faults)));
    std::string body = "{\"rebuilding\":[";
    for (const ReadModelSpec& spec : backend_.projector.specs()) {
        if (!name.empty() && spec.name != name) continue;
        backend_.projector.rebuild(spec.name);
        if (body.back() != '[') body += ',';
        append_json_text(spec.name, body);
    }
    if (body.back() == '[')
        return problem_answer(problem(nothing_here, "There is no read model " + name + "."));
    return {202, {{"Content-Type", "application/json"}}, body + "]}"};
}

}  // namespace kontor
