// The routes of the API as OpenAPI 3.1: one rule for all commands, one for all queries.
#include "api/openapi.h"

#include "api/command_routes.h"
#include "api/openapi_shapes.h"
#include "api/problem.h"
#include "api/scalar_text.h"
#include "domain/core/personal.h"

#include <nlohmann/json.hpp>

namespace kontor {
namespace {

using namespace openapi;

class Document {
public:
    explicit Document(const ApiDescription& api) : api_(api) {
        each_message([this](const Type& type, std::string_view context) {
            components_.belongs(type, context);
        });
        each_message([this](const Type& type, std::string_view context) {
            components_.belongs_within(type, context);
        });
    }

    std::string text();

private:
    void each_message(const auto& call) const {
        for (const ApiCommand& command : api_.commands) call(*command.type, command.context);
        for (const ApiEvent& event : api_.events) call(*event.type, event.context);
        for (const ApiQuery& query : api_.queries) call(*query.type, query.context);
    }
    Json information() const;
    Json tags() const;
    void add_command(const ApiCommand& command);
    void add_batch();
    void add_query(const ApiQuery& query);
    void add_explain(const ApiQuery& query);
    void add_question(const ApiQuery& query, const std::string& of, Json operation);
    void add_diff(const ApiQuery& query);
    void add_events();
    void add_operations();
    Json query_parameters(const ApiQuery& query, bool between);
    std::pair<Json, Json> row_and_totals(const ApiQuery& query);
    Json field_parameters(const ApiQuery& query);
    std::vector<Json> events_of(const ApiCommand& command);
    Json components();

    const ApiDescription& api_;
    Components components_;
    Json paths_ = Json::object();
};

Json Document::information() const {
    return {{"title", "Kontor"},
            {"version", api_.version},
            {"description",
             "Every operation of the business is a command; what it decided is recorded as events; "
             "queries answer from what was recorded, as of any business date and as it was known "
             "at any moment.\n\nAn optional member may be sent as null, which means that it is "
             "absent; answers leave it out. Unknown members, members that stand twice and numbers "
             "where a decimal in quotes is asked for are refused; all faults are told at once."}};
}

Json Document::tags() const {
    Json tags = Json::array();
    for (const ApiContext& context : api_.contexts)
        tags.push_back({{"name", context.name}, {"description", context.doc}});
    tags.push_back({{"name", "log"}, {"description", "What was recorded, as it is recorded."}});
    tags.push_back({{"name", "operation"}, {"description", "Running the server."}});
    return tags;
}

std::vector<Json> Document::events_of(const ApiCommand& command) {
    std::vector<Json> events;
    for (const Type* event : command.events)
        events.push_back(answered_event(*event, components_.answered(*event, command.context)));
    return events;
}

Json note_parameters(const ApiCommand& command) {
    Json parameters = Json::array();
    parameters.push_back(parameter(
        "header", "Idempotency-Key",
        "Your id of the command: sent again, it gives the same answer "
        "and changes nothing. Made by the server when absent.",
        {{"type", "string"}, {"minLength", 1}, {"maxLength", 128}, {"pattern", "^[!-~]+$"}}));
    if (!command.type->no_stream && command.type->stream)
        parameters.push_back(parameter("header", "If-Match",
                                       "The version of the stream that you have seen, in quotes; "
                                       "412 when it has another one.",
                                       {{"type", "string"}, {"pattern", "^\"[0-9]+\"$"}}));
    parameters.push_back(parameter("header", "Kontor-Note",
                                   "Why, in your own words; stands in the log with the command.",
                                   {{"type", "string"}, {"maxLength", longest_note}}));
    parameters.push_back(flag("dry_run", "Decide and answer, and record nothing."));
    return parameters;
}

void Document::add_command(const ApiCommand& command) {
    const std::string name(command.type->name);
    Json operation{{"operationId", name},
                   {"tags", Json::array({command.context})},
                   {"description", command.type->doc},
                   {"parameters", note_parameters(command)}};
    Json body = components_.reference(*command.type, command.context);
    operation["requestBody"] = {{"required", true},
                                {"content", content("application/json", std::move(body))}};
    if (!command.example.empty())
        operation["requestBody"]["content"]["application/json"]["example"] =
            Json::parse(command.example);
    operation["responses"]["200"] = accepted(events_of(command));

    Refusals refusals;
    for (const ApiRefusal& refusal : command.refusals) {
        const Reason& reason = *refusal.reason;
        refusals.add(refusal.flow.empty() ? status_of(reason.refusal) : 409, reason.code,
                     refusal.flow.empty()
                         ? std::string(reason.doc)
                         : std::string(reason.doc) + " (by the rule " + refusal.flow + ")");
    }
    refusals.add({&malformed_input, &id_of_other_input, &commit_too_large, &version_differs,
                  &too_large, &media_type_wrong, &busy, &outcome_unknown});
    refusals.add(of_every_request());
    if (holds_personal(*command.type)) refusals.add({&subject_erased});
    refusals.add_to(operation["responses"]);
    paths_["/commands/" + name]["post"] = std::move(operation);
}

void Document::add_batch() {
    Json operation{{"operationId", "batch"},
                   {"tags", Json::array({"log"})},
                   {"description",
                    "Many commands, a line each (`BatchLine`); answers a line each "
                    "(`BatchAnswer`), in order, while it works. At most 10,000 lines and 16 MB; "
                    "one bad line stops nothing. Atomic: at most 1,000 lines and 4 MB, all of "
                    "them one commit or none."}};
    operation["parameters"] = Json::array(
        {flag("atomic", "All lines are one commit, or none."),
         flag("dry_run", "Decide and answer, and record nothing; of an atomic batch.")});
    Json lines{{"type", "string"}, {"description", "Lines of JSON."}};
    lines["x-kontor-line"] = ref("BatchLine");
    operation["requestBody"] = {{"required", true},
                                {"content", content("application/x-ndjson", lines)}};
    lines["x-kontor-line"] = ref("BatchAnswer");
    operation["responses"]["200"] =
        answer("A line for each line.", "application/x-ndjson", std::move(lines));
    Refusals refusals;
    refusals.add({&malformed_input, &too_large, &media_type_wrong});
    refusals.add(of_every_request());
    refusals.add_to(operation["responses"]);
    paths_["/commands"]["post"] = std::move(operation);
}

const Type& inside(const Type& type) {
    return type.kind == Kind::optional ? inside(type.element()) : type;
}

Json Document::field_parameters(const ApiQuery& query) {
    Json parameters = Json::array();
    for (const Field& field : query.type->fields) {
        if (field.retired) continue;
        const Type& type = inside(field.type());
        const bool many = type.kind == Kind::list || type.kind == Kind::map;
        const bool required = field.type().kind != Kind::optional && !field.otherwise && !many;
        Json schema = components_.field(field, query.context);
        schema.erase("description");
        if (is_measured(type.kind)) {
            const std::string name(field.name), measure(measure_name(type.kind));
            Json amount = parameter("query", name, field.doc, openapi::text());
            Json of =
                parameter("query", name + "_" + measure, "The " + measure + " of " + name + ".",
                          ref(measure == "unit" ? "Unit" : "Currency"));
            amount["required"] = of["required"] = required;
            parameters.push_back(std::move(amount));
            parameters.push_back(std::move(of));
            continue;
        }
        Json made = parameter("query", field.name, field.doc, std::move(schema));
        made["required"] = required;
        if (type.kind == Kind::map) made["style"] = "deepObject";
        if (many) made["explode"] = true;
        parameters.push_back(std::move(made));
    }
    return parameters;
}

// A moment as `known_at` has it.
Json moment() {
    return {{"anyOf", Json::array({{{"type", "string"}, {"pattern", "^[0-9]+$"}},
                                   {{"type", "string"}, {"format", "date-time"}}})}};
}

Json between_parameter() {
    Json between = parameter(
        "query", "between",
        "Given twice: the earlier and the later moment of knowledge, each a position of the log or "
        "an instant with its offset (RFC 3339). Needed unless `after` goes on.",
        {{"type", "array"}, {"minItems", 2}, {"maxItems", 2}, {"items", moment()}});
    between["explode"] = true;
    return between;
}

// `between` two moments, or `known_at` one.
Json Document::query_parameters(const ApiQuery& query, bool between) {
    Json parameters = field_parameters(query);
    parameters.push_back(parameter("query", "limit", "So many rows a page.",
                                   {{"type", "integer"},
                                    {"minimum", 1},
                                    {"maximum", api_.most_rows},
                                    {"default", api_.usual_rows}}));
    parameters.push_back(parameter("query", "after",
                                   "The cursor `next` of the page before; the question is in "
                                   "it and need not be asked again, only `limit` is not.",
                                   openapi::text()));
    if (query.type->times == Times::both)
        parameters.push_back(parameter("query", "valid_at",
                                       "The business date as of which is asked; absent: no limit.",
                                       {{"type", "string"}, {"format", "date"}}));
    if (between)
        parameters.push_back(between_parameter());
    else if (query.type->times != Times::none)
        parameters.push_back(parameter(
            "query", "known_at",
            "As it was known then: a position of the log, or an instant with its offset (RFC "
            "3339); absent: now.",
            moment()));
    parameters.push_back(parameter("query", "min_position",
                                   "Waits until the answer holds this position: read your own "
                                   "writes.",
                                   position()));
    return parameters;
}

std::pair<Json, Json> Document::row_and_totals(const ApiQuery& query) {
    std::pair<Json, Json> both;
    if (query.type->row) both.first = components_.answered(query.type->row(), query.context);
    if (query.type->totals) both.second = components_.answered(query.type->totals(), query.context);
    return both;
}

// Where a question may hold something personal, its parameters are the body of a form.
void Document::add_question(const ApiQuery& query, const std::string& of, Json operation) {
    Json& path = paths_["/queries/" + std::string(query.type->name) + of];
    if (!holds_personal(*query.type)) {
        path["get"] = std::move(operation);
        return;
    }
    Json form{{"type", "object"}, {"properties", Json::object()}, {"required", Json::array()}};
    for (const Json& each : operation["parameters"]) {
        Json schema = each.at("schema");
        schema["description"] = each.at("description");
        form["properties"][each.at("name").get<std::string>()] = std::move(schema);
        if (each.value("required", false)) form["required"].push_back(each.at("name"));
    }
    operation.erase("parameters");
    operation["requestBody"] = {
        {"required", true},
        {"content", content("application/x-www-form-urlencoded", std::move(form))}};
    path["post"] = std::move(operation);
}

void Document::add_query(const ApiQuery& query) {
    const std::string name(query.type->name);
    Json operation{{"operationId", name},
                   {"tags", Json::array({query.context})},
                   {"description", query.type->doc},
                   {"parameters", query_parameters(query, false)}};
    auto [row, totals] = row_and_totals(query);
    operation["responses"]["200"] = page(std::move(row), std::move(totals));
    Refusals refusals;
    refusals.add({&row_missing, &malformed_input, &figure_too_large, &answer_too_long,
                  &not_printable, &cursor_expired, &fonts_missing, &behind, &read_model_stopped});
    refusals.add(of_every_request());
    refusals.add_to(operation["responses"]);
    add_question(query, "", std::move(operation));
    if (query.explained) add_explain(query);
    if (query.type->times != Times::none && query.type->row) add_diff(query);
}

void Document::add_diff(const ApiQuery& query) {
    const std::string name(query.type->name);
    Json operation{{"operationId", "diff_" + name},
                   {"tags", Json::array({query.context})},
                   {"description", "Which rows of " + name +
                                       " changed between two moments of knowledge, and which "
                                       "events changed them. A page may be empty and have a "
                                       "next one."},
                   {"parameters", query_parameters(query, true)}};
    auto [row, totals] = row_and_totals(query);
    operation["responses"]["200"] = changes(std::move(row), std::move(totals));
    Refusals refusals;
    refusals.add({&row_missing, &malformed_input, &figure_too_large, &answer_too_long,
                  &cursor_expired, &behind, &read_model_stopped});
    refusals.add(of_every_request());
    refusals.add_to(operation["responses"]);
    add_question(query, "/diff", std::move(operation));
}

void Document::add_explain(const ApiQuery& query) {
    const std::string name(query.type->name);
    Json parameters = query_parameters(query, false);
    Json row = parameter("query", "row", "The key of the row: the text of its first field.",
                         openapi::text());
    Json field = parameter("query", "field", "The name of the figure in the row.", openapi::text());
    row["required"] = field["required"] = true;
    parameters.push_back(std::move(row));
    parameters.push_back(std::move(field));
    Json operation{{"operationId", "explain_" + name},
                   {"tags", Json::array({query.context})},
                   {"description", "Where a figure of " + name +
                                       " comes from: the events behind it, whose amounts add up "
                                       "to it over all pages."},
                   {"parameters", std::move(parameters)}};
    operation["responses"]["200"] =
        answer("The figure and a page of events.", "application/json", ref("Explanation"));
    Json csv = openapi::text();
    csv["description"] = "The events of the page with a header line (RFC 4180).";
    operation["responses"]["200"]["content"]["text/csv"]["schema"] = std::move(csv);
    Refusals refusals;
    refusals.add({&row_missing, &malformed_input, &figure_too_large, &cursor_expired, &behind,
                  &read_model_stopped});
    refusals.add(of_every_request());
    refusals.add_to(operation["responses"]);
    add_question(query, "/explain", std::move(operation));
}

void Document::add_events() {
    Json operation{{"operationId", "events"},
                   {"tags", Json::array({"log"})},
                   {"description",
                    "What is recorded, as it is recorded: one message a commit, its position as "
                    "id; or lines of JSON. `x-kontor-line` says what a message holds."}};
    Json after = parameter("query", "after", "Behind this position; absent: from the beginning.",
                           position());
    Json type = parameter("query", "type", "Only events of this type.", openapi::text());
    Json stream = parameter("query", "stream", "Only events of this stream.", openapi::text());
    Json last =
        parameter("header", "Last-Event-ID", "The position that was seen last; goes on behind it.",
                  {{"type", "string"}, {"pattern", "^[0-9]+$"}});
    operation["parameters"] = Json::array(
        {std::move(after), std::move(type), std::move(stream),
         flag("summary",
              "At most two messages a second: the position and the read models that changed."),
         std::move(last)});
    Json lines = openapi::text();
    lines["x-kontor-line"] = ref("RecordedCommit");
    Json response = answer("Goes on until either side ends it.", "text/event-stream", lines);
    response["content"]["application/x-ndjson"]["schema"] = std::move(lines);
    operation["responses"]["200"] = std::move(response);
    Refusals refusals;
    refusals.add({&malformed_input});
    refusals.add(of_every_request());
    refusals.add_to(operation["responses"]);
    paths_["/events"]["get"] = std::move(operation);
}

// What is there for running the server; `open` needs no key.
Json operation_of(std::string_view id, std::string_view doc, Json good, const Kinds& kinds,
                  bool open) {
    Json operation{{"operationId", id}, {"tags", Json::array({"operation"})}, {"description", doc}};
    if (open) operation["security"] = Json::array();
    operation["responses"]["200"] = std::move(good);
    Refusals refusals;
    refusals.add(kinds);
    if (!open) refusals.add(of_every_request());
    refusals.add_to(operation["responses"]);
    return operation;
}

void Document::add_operations() {
    const Json any{{"type", "object"}};
    paths_["/openapi.json"]["get"] = operation_of(
        "openapi", "This document.", answer("OpenAPI 3.1.", "application/json", any), {}, false);
    paths_["/health/live"]["get"] = operation_of(
        "live", "Whether the program runs.", answer("It does.", "application/json", any), {}, true);
    paths_["/health/ready"]["get"] =
        operation_of("ready", "Whether commands are taken and queries answered.",
                     answer("They are.", "application/json", any), {&not_serving}, true);
    paths_["/metrics"]["get"] = operation_of(
        "metrics", "Figures of the running server, for Prometheus.",
        answer("Text format of Prometheus.", "text/plain", openapi::text()), {}, false);
    Json made{{"type", "object"}};
    made["properties"]["directory"] = openapi::text();
    made["required"] = Json::array({"directory"});
    paths_["/checkpoint"]["post"] = operation_of(
        "checkpoint",
        "Makes a copy of log and read models beside the running server, for backup and audit.",
        answer("Where the copy lies.", "application/json", std::move(made)), {}, false);
    Json rebuild = operation_of(
        "rebuild",
        "Builds read models anew from the log, beside those that answer until then; how far it is "
        "stands in /health/ready.",
        answer("Begun.", "application/json", any), {&malformed_input, &nothing_here}, false);
    rebuild["responses"]["202"] = std::move(rebuild["responses"]["200"]);
    rebuild["responses"].erase("200");
    rebuild["parameters"] = Json::array(
        {parameter("query", "read_model", "Only this one; absent: all.", openapi::text())});
    paths_["/rebuild"]["post"] = std::move(rebuild);
}

Json Document::components() {
    std::vector<Json> events;
    for (const ApiEvent& event : api_.events)
        events.push_back(
            recorded_event(*event.type, components_.answered(*event.type, event.context)));
    std::vector<std::string> commands;
    for (const ApiCommand& command : api_.commands) commands.emplace_back(command.type->name);
    Json all = fixed_components(std::move(events));
    all["BatchLine"] = batch_line(std::move(commands));
    const Json described = components_.all();
    for (const auto& [name, schema] : described.items()) all[name] = schema;
    return all;
}

std::string Document::text() {
    for (const ApiCommand& command : api_.commands) add_command(command);
    add_batch();
    for (const ApiQuery& query : api_.queries) add_query(query);
    add_events();
    add_operations();
    Json document{{"openapi", "3.1.0"},
                  {"info", information()},
                  {"jsonSchemaDialect", "https://json-schema.org/draft/2020-12/schema"},
                  {"tags", tags()},
                  {"security", Json::array({{{"key", Json::array()}}})},
                  {"paths", std::move(paths_)}};
    document["components"]["schemas"] = components();
    document["components"]["securitySchemes"]["key"] = {
        {"type", "http"}, {"scheme", "bearer"}, {"description", "A key made by `kontor key`."}};
    return document.dump();
}

}  // namespace

std::string openapi_text(const ApiDescription& api) { return Document(api).text(); }

}  // namespace kontor
