// Shapes of the face itself, whatever the messages are: pages, problems, lines of a batch.
#pragma once

#include "api/openapi_schemas.h"
#include "api/problem.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kontor::openapi {

Json ref(std::string_view component);
Json text();
Json position();
Json parameter(std::string_view in, std::string_view name, std::string_view doc, Json schema);
Json flag(std::string_view name, std::string_view doc);
// A response, or the body of a request, of one media type.
Json content(std::string_view media_type, Json schema);
Json answer(std::string_view doc, std::string_view media_type, Json schema);

// An event in a command's answer: {"type", "stream", "version", "data"}.
Json answered_event(const Type& type, Json data);
// The same in the feed, which says more about it.
Json recorded_event(const Type& type, Json data);
// 200 of a command, whose events are these alternatives.
Json accepted(std::vector<Json> events);
// 200 of a query, with its rows (null: of no described type) and totals (null: none).
Json page(Json row, Json totals);
// 200 of what changed in a query's rows between two moments.
Json changes(Json row, Json totals);
// Problem, BatchAnswer, Explanation, ChangedField, ChangingEvent, and the commit of the feed.
Json fixed_components(std::vector<Json> recorded_events);
// {"id", "command", "data", "if_match"?} of one of these commands.
Json batch_line(std::vector<std::string> commands);

using Kinds = std::vector<const ProblemKind*>;
// What any request with a key can meet.
const Kinds& of_every_request();

// The codes that can stand in an answer, by status, and what each means.
class Refusals {
public:
    void add(int status, std::string_view code, std::string_view doc);
    void add(const Kinds& kinds);
    void add_to(Json& responses) const;

private:
    struct Status {
        std::vector<std::string> codes;
        std::string doc;
    };
    std::map<int, Status> statuses_;
};

}  // namespace kontor::openapi
