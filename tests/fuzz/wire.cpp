// A message as it may lie in a log that somebody wrote into: every command, event, key and row.
#include "eventstore/wire.h"

#include "domain/contexts.h"
#include "eventstore/canonical.h"
#include "eventstore/schemas.h"
#include "eventstore/wire_print.h"
#include "eventstore/wire_schema.h"
#include "tests/fuzz/targets.h"

#include <memory>
#include <nlohmann/json.hpp>

namespace kontor::fuzz {
namespace {

// The types of all messages as a schema holds that was stored in a log.
const StoredSchema& stored() {
    static const auto schema = StoredSchema::read(schema_binary(to_fbs("everything", messages())));
    holds(schema != nullptr, "the program's own schema can be read");
    return *schema;
}

// A reader, a printer of JSON, one of lines, and both from the stored schema: one verdict.
bool accepted(const Type& type, std::string_view message, void* value) {
    const bool read = from_wire(type, message, value);
    const auto as_json = wire_to_json(type, message);
    holds(as_json.has_value() == read, "what can be read prints as JSON, and nothing else");
    holds(wire_to_text(type, message).has_value() == read, "and as lines");
    if (as_json) holds(nlohmann::json::accept(*as_json), "what is printed is JSON");
    const Type* const old = stored().find(type.name);
    holds(old != nullptr, "every message is in the schema");
    const auto by_schema = wire_to_json(*old, message);
    holds(by_schema.has_value() == read, "the stored schema takes what the program takes");
    if (by_schema) holds(nlohmann::json::accept(*by_schema), "and prints it as JSON");
    holds(wire_to_text(*old, message).has_value() == read, "and as lines");
    return read;
}

}  // namespace

void wire(std::string_view octets) {
    const auto [name, rest] = addressed(octets);
    const Type& type = called(messages(), name);
    const Exactly message(rest);
    const Box value = box(type);
    if (!accepted(type, message.view(), value.get())) return;

    const std::string again = to_wire(type, value.get());
    const Box back = box(type);
    holds(accepted(type, again, back.get()), "what was read can be written and read");
    holds(canonical(type, back.get()) == canonical(type, value.get()), "and is the same then");
    holds(to_wire(type, back.get()) == again, "equal values have equal octets");
    holds(wire_to_json(type, again) == wire_to_json(*stored().find(type.name), again),
          "the stored schema prints what the program prints");
}

}  // namespace kontor::fuzz
