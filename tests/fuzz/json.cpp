// A command's body as clients send it, for every command that there is.
#include "api/json.h"

#include "domain/core/personal.h"
#include "eventstore/canonical.h"
#include "eventstore/wire.h"
#include "eventstore/wire_print.h"
#include "tests/fuzz/targets.h"

#include <nlohmann/json.hpp>

namespace kontor::fuzz {
namespace {

// What was taken is written, and read from that, as the same; on the wire too.
void check_taken(const Type& type, const void* value) {
    const std::string octets = canonical(type, value);
    const std::string text = write_json(type, value);
    holds(nlohmann::json::accept(text), "what is written is JSON");
    const Box again = box(type);
    holds(read_json(type, text, again.get()).empty(), "what was written can be read");
    holds(canonical(type, again.get()) == octets, "what was written reads as the same");
    holds(write_json(type, again.get()) == text, "the same is written alike");

    // What is personal goes to the wire sealed, and a stored message tells nothing of it.
    if (holds_personal(type)) return;
    const std::string message = to_wire(type, value);
    const Box from = box(type);
    holds(from_wire(type, message, from.get()), "what was read goes to the wire and back");
    holds(canonical(type, from.get()) == octets, "the wire changes nothing");
    holds(wire_to_json(type, message) == text, "a stored message prints as it was answered");
}

}  // namespace

void json(std::string_view octets) {
    const auto [name, rest] = addressed(octets);
    const Type& type = called(inputs(), name);
    const Exactly text(rest);
    const Box value = box(type);
    const std::vector<Fault> faults = read_json(type, text.view(), value.get());
    check_faults(faults);
    if (!faults.empty()) return;
    holds(nlohmann::json::accept(text.view()), "only what is JSON is taken");
    check_taken(type, value.get());
}

}  // namespace kontor::fuzz
