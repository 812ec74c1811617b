// The description of the whole API as OpenAPI 3.1, made from the descriptions of its messages.
//
// Types are components `<context>.<Name>`, the values of the core plain (`Money`, `Quantity`). An
// optional field may also be sent as null, which means absent; answers leave it out.
#pragma once

#include "domain/core/decision.h"
#include "domain/core/describe.h"

#include <string>
#include <string_view>
#include <vector>

namespace kontor {

struct ApiContext {
    std::string name;
    std::string doc;
};

struct ApiRefusal {
    const Reason* reason = nullptr;
    std::string flow;  // empty: the command's own
};

struct ApiCommand {
    const Type* type = nullptr;
    std::string context;
    std::vector<const Type*> events;  // what its answer can hold, those of its flows included
    std::vector<ApiRefusal> refusals;
    std::string example;  // JSON that a demo company accepted; may be empty
};

struct ApiEvent {
    const Type* type = nullptr;
    std::string context;
};

struct ApiQuery {
    const Type* type = nullptr;
    std::string context;
    bool explained = false;  // whether its figures can be explained
};

struct ApiDescription {
    std::string version;               // of the program
    std::vector<ApiContext> contexts;  // lower floor first
    std::vector<ApiCommand> commands;
    std::vector<ApiEvent> events;
    std::vector<ApiQuery> queries;
    std::int64_t usual_rows = 100;  // of a page that says no limit
    std::int64_t most_rows = 10'000;
};

// The document, in the order of the description, so that the same program gives the same text.
std::string openapi_text(const ApiDescription& api);

}  // namespace kontor
