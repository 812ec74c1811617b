// What every command and every query has in common, as OpenAPI.
#include "api/openapi_shapes.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace kontor::openapi {
namespace {

using Members = std::vector<std::pair<std::string, Json>>;

Json object(Members members, const std::vector<std::string>& required) {
    Json schema{{"type", "object"}};
    for (auto& [name, member] : members) schema["properties"][name] = std::move(member);
    schema["required"] = required;
    return schema;
}

Json described(Json schema, std::string_view doc) {
    schema["description"] = doc;
    return schema;
}

Json whole_number() { return {{"type", "integer"}}; }
Json instant() { return {{"type", "string"}, {"format", "date-time"}}; }
Json day() { return {{"type", "string"}, {"format", "date"}}; }
Json list_of(Json item) { return {{"type", "array"}, {"items", std::move(item)}}; }
Json or_null(Json schema) {
    schema["type"] = Json::array({schema["type"], "null"});
    return schema;
}

// One of the alternatives, or of none: nothing at all.
Json list_of_any(std::vector<Json> alternatives) {
    if (alternatives.empty()) return {{"type", "array"}, {"maxItems", 0}};
    return list_of({{"oneOf", std::move(alternatives)}});
}

Json as_of() {
    return described(object({{"position", described(position(), "The rows hold the log up to it.")},
                             {"valid_at", or_null(day())},
                             {"known_at", described(position(), "What known_at came to.")}},
                            {"position", "valid_at", "known_at"}),
                     "The moment that the rows are of.");
}

Json next() {
    return described(or_null(text()), "Cursor of the next page, for `after`; null on the last.");
}

Json problem_component() {
    Json fault = object({{"pointer", described(text(),
                                               "JSON pointer (RFC 6901) into the input, or "
                                               "/ and a parameter; empty: the whole.")},
                         {"problem", text()}},
                        {"pointer", "problem"});
    return described(
        object({{"type", {{"type", "string"}, {"format", "uri"}}},
                {"title", text()},
                {"status", whole_number()},
                {"detail", text()},
                {"code", described(text(), "Stable: what a program looks at.")},
                {"pointer",
                 described(text(), "The part of the command that a refusal is about (RFC 6901).")},
                {"flow", described(text(), "The rule whose veto it was.")},
                {"id", described(text(), "The command that it is about.")},
                {"position", position()},
                {"retry_after", described(whole_number(), "Seconds.")},
                {"errors", list_of(std::move(fault))}},
               {"type", "title", "status", "code"}),
        "A no (RFC 9457).");
}

Json batch_answer() {
    return described(object({{"id", or_null(text())},
                             {"status", described(whole_number(), "As if it had come alone.")},
                             {"position", position()},
                             {"replayed", {{"type", "boolean"}}},
                             {"dry_run", described({{"const", true}}, "Nothing was recorded.")},
                             {"problem", ref("Problem")}},
                            {"id", "status"}),
                     "The answer to a line of a batch.");
}

Json amount() { return {{"type", "string"}, {"pattern", "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$"}}; }

// An event, who did it, when and why, with what else an answer says of it.
Json told_event(Members more, const std::vector<std::string>& required) {
    Json schema =
        object({{"event", {{"type", "string"}, {"pattern", "^[0-9]+\\.[0-9]+$"}}},
                {"type", text()},
                {"stream", text()},
                {"day", described(day(), "When it is true.")},
                {"time", described(instant(), "When it was recorded.")},
                {"actor", described(text(), "Who asked for it.")},
                {"command", text()},
                {"command_id", text()},
                {"flow", described(text(), "The rule that caused it.")},
                {"text", described(text(), "Its own `reason` or `text`: why, or what happened.")},
                {"note", described(text(), "The asker's note (Kontor-Note).")}},
               {"event", "type", "stream", "day", "time", "actor", "command", "command_id"});
    for (auto& [name, member] : more) schema["properties"][name] = std::move(member);
    for (const std::string& name : required) schema["required"].push_back(name);
    return schema;
}

Json explanation() {
    return described(
        object({{"as_of", as_of()},
                {"figure", object({{"amount", amount()}, {"unit", text()}}, {"amount", "unit"})},
                {"rows", list_of(told_event({{"amount", amount()}}, {"amount"}))},
                {"next", next()}},
               {"as_of", "figure", "rows", "next"}),
        "A figure and a page of the events behind it; all pages add up to it.");
}

Json changed_field() {
    return described(
        object({{"field", described(text(), "Its name in the row.")},
                {"difference", described(amount(), "Of a figure: after less before.")},
                {"unit", described(text(), "Currency or unit of it.")},
                {"explained",
                 described(amount(), "What the told events account for by their amounts.")}},
               {"field"}),
        "A field that changed; of a row that came or went, a figure of it.");
}

Json changing_event() {
    Json by{{"type", "string"}, {"enum", {"amount", "name", "effect", "surroundings"}}};
    Json amounts{{"type", "object"}, {"additionalProperties", amount()}};
    return described(
        told_event(
            {{"by", described(std::move(by),
                              "How it changed the row: its amounts are in a figure; it names the "
                              "row; the row was another before it; or nothing tells, and it is "
                              "what else happened meanwhile.")},
             {"amounts", described(std::move(amounts), "By figure.")}},
            {"by"}),
        "An event between the moments that changed a row.");
}

Json recorded_commit(std::vector<Json> events) {
    return described(object({{"position", position()},
                             {"time", instant()},
                             {"actor", text()},
                             {"events", list_of_any(std::move(events))}},
                            {"position", "time", "actor", "events"}),
                     "A commit as the feed tells it.");
}

}  // namespace

Json ref(std::string_view component) {
    return {{"$ref", "#/components/schemas/" + std::string(component)}};
}

Json text() { return {{"type", "string"}}; }

Json position() { return {{"type", "integer"}, {"format", "int64"}, {"minimum", 0}}; }

Json parameter(std::string_view in, std::string_view name, std::string_view doc, Json schema) {
    return {{"name", name}, {"in", in}, {"description", doc}, {"schema", std::move(schema)}};
}

Json flag(std::string_view name, std::string_view doc) {
    return parameter("query", name, doc, {{"type", "boolean"}, {"default", false}});
}

Json content(std::string_view media_type, Json schema) {
    Json content = Json::object();
    content[std::string(media_type)]["schema"] = std::move(schema);
    return content;
}

Json answer(std::string_view doc, std::string_view media_type, Json schema) {
    return {{"description", doc}, {"content", content(media_type, std::move(schema))}};
}

Json answered_event(const Type& type, Json data) {
    Json schema = object({{"type", {{"const", type.name}}},
                          {"stream", text()},
                          {"version", position()},
                          {"data", std::move(data)}},
                         {"type", "stream", "version", "data"});
    schema["title"] = type.name;
    return schema;
}

Json recorded_event(const Type& type, Json data) {
    Json schema = answered_event(type, std::move(data));
    schema["properties"]["event"] = described(text(), "<position>.<n>");
    schema["properties"]["day"] = described(day(), "When it is true.");
    schema["properties"]["company"] = text();
    schema["properties"]["command"] = text();
    schema["properties"]["flow"] = described(text(), "The rule that caused it.");
    return schema;
}

Json accepted(std::vector<Json> events) {
    Json schema = object(
        {{"id", described(text(), "The id of the command, yours or the server's.")},
         {"position", described(position(), "Where it stands in the log, for min_position.")},
         {"time", described(instant(), "When it was recorded.")},
         {"dry_run", described({{"const", true}}, "Nothing was recorded: no position, no time.")},
         {"events", described(list_of_any(std::move(events)), "What became true, in order.")}},
        {"events"});
    Json response =
        answer("Recorded, or, for a dry run, possible.", "application/json", std::move(schema));
    response["headers"]["Idempotency-Replayed"] = {
        {"description", "Present and true when this answer was given before."},
        {"schema", {{"type", "boolean"}}}};
    response["headers"]["Idempotency-Key"] = {
        {"description", "The id of the command, yours or the server's."}, {"schema", text()}};
    return response;
}

Json page(Json row, Json totals) {
    Json schema = object({{"as_of", as_of()},
                          {"rows", row.is_null() ? Json{{"type", "array"}} : list_of(row)},
                          {"next", next()}},
                         {"as_of", "rows", "next"});
    if (!totals.is_null())
        schema["properties"]["totals"] =
            described(std::move(totals), "Of the whole filter, the same on each page.");
    Json response = answer("A page of rows.", "application/json", std::move(schema));
    response["content"]["text/csv"]["schema"] = described(
        text(), "The same rows with a header line (RFC 4180); without `limit` all of them.");
    response["content"]["application/pdf"]["schema"] = described(
        {{"type", "string"}, {"format", "binary"}},
        "All rows on A4 pages, to be handed on; without `limit`. The footer says as of when, and "
        "how it is verified. In English or Russian, by the header Accept-Language.");
    response["headers"]["Kontor-Position"] = {
        {"description", "Of a CSV page: the position that it is of."}, {"schema", position()}};
    response["headers"]["Kontor-Next"] = {
        {"description", "Of a CSV page (`limit`): the cursor of the next one."},
        {"schema", text()}};
    return response;
}

Json changes(Json row, Json totals) {
    const Json one =
        object({{"row", described(text(), "Its key: the text of its first field.")},
                {"change", {{"type", "string"}, {"enum", {"added", "removed", "changed"}}}},
                {"before", row},
                {"after", row},
                {"fields", list_of(ref("ChangedField"))},
                {"events", list_of(ref("ChangingEvent"))},
                {"more_events", described({{"type", "boolean"}}, "There are more than told.")}},
               {"row", "change", "fields", "events", "more_events"});
    Json schema =
        object({{"as_of", as_of()},
                {"between", described(list_of(position()), "What the two moments came to.")},
                {"rows", list_of(one)},
                {"next", next()}},
               {"as_of", "between", "rows", "next"});
    if (!totals.is_null())
        schema["properties"]["totals"] =
            described(object({{"before", totals}, {"after", totals}}, {}), "At either moment.");
    Json response = answer("A page of rows that changed.", "application/json", std::move(schema));
    response["content"]["text/csv"]["schema"] =
        described(text(), "A line a changed field (RFC 4180); without `limit` all of them.");
    return response;
}

Json fixed_components(std::vector<Json> recorded_events) {
    Json components = Json::object();
    components["Problem"] = problem_component();
    components["BatchAnswer"] = batch_answer();
    components["Explanation"] = explanation();
    components["ChangedField"] = changed_field();
    components["ChangingEvent"] = changing_event();
    components["RecordedCommit"] = recorded_commit(std::move(recorded_events));
    return components;
}

Json batch_line(std::vector<std::string> commands) {
    Json schema =
        object({{"id", {{"type", "string"}, {"minLength", 1}, {"maxLength", 128}}},
                {"command", text()},
                {"data", described({{"type", "object"}}, "The body of the command.")},
                {"if_match", described(position(), "The version of the stream that was seen.")}},
               {"id", "command", "data"});
    if (!commands.empty()) schema["properties"]["command"]["enum"] = std::move(commands);
    schema["additionalProperties"] = false;
    return described(std::move(schema), "A line of a batch.");
}

const Kinds& of_every_request() {
    static const Kinds kinds{&key_missing, &not_permitted, &not_serving};
    return kinds;
}

void Refusals::add(int status, std::string_view code, std::string_view doc) {
    Status& at = statuses_[status];
    if (std::ranges::find(at.codes, code) != at.codes.end()) return;
    at.codes.emplace_back(code);
    (((at.doc += at.doc.empty() ? "- `" : "\n- `") += code) += "`: ") += doc;
}

void Refusals::add(const Kinds& kinds) {
    for (const ProblemKind* kind : kinds) add(kind->status, kind->code, kind->title);
}

void Refusals::add_to(Json& responses) const {
    for (const auto& [status, at] : statuses_) {
        Json codes{{"type", "object"}};
        codes["properties"]["code"]["enum"] = at.codes;
        Json schema;
        schema["allOf"] = Json::array({ref("Problem"), std::move(codes)});
        Json& response = responses[std::to_string(status)];
        response = answer(at.doc, problem_media_type, std::move(schema));
        if (status == 503)
            response["headers"]["Retry-After"] = {
                {"description", "Seconds after which asking again may help; absent where not."},
                {"schema", {{"type", "integer"}, {"minimum", 0}}}};
        if (status == 401)
            response["headers"]["WWW-Authenticate"] = {{"description", "Bearer"},
                                                       {"schema", text()}};
    }
}

}  // namespace kontor::openapi
