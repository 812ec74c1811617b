// One line of a batch: the frame around a command's own JSON.
#include "api/batch_line.h"

#include "tests/fuzz/targets.h"

#include <nlohmann/json.hpp>

namespace kontor::fuzz {
namespace {

using Document = nlohmann::json;

// A reader of another making agrees on what the members are.
void check_members(const BatchLine& line, std::string_view text) {
    const Document whole = Document::parse(text, nullptr, false);
    if (whole.is_discarded()) return;
    holds(whole.is_object(), "only an object is a line");
    holds(whole.value("id", Document()) == Document(line.id.value_or("")), "the id is the id");
    holds(whole.value("command", Document()) == Document(line.command), "the command is too");
    holds(whole.at("data") == Document::parse(line.data), "the data is the text of the data");
    holds(whole.contains("if_match") == line.if_match.has_value(), "if_match is what was said");
    if (line.if_match) holds(whole.at("if_match") == *line.if_match, "and says the same");
}

}  // namespace

void batch(std::string_view octets) {
    const Exactly text(octets);
    const BatchLine line = read_batch_line(text.view());
    check_faults(line.faults);
    if (!line.data.empty())
        holds(line.data.data() >= text.view().data() &&
                  line.data.data() + line.data.size() <= text.view().data() + text.view().size(),
              "the data is a part of the line");
    if (!line.faults.empty()) return;
    holds(line.id && fault_of_command_id(*line.id).empty(), "a line has an id that may be one");
    // The frame alone decides about lines whose data is no JSON: its reader says so.
    if (Document::accept(text.view()))
        check_members(line, text.view());
    else
        holds(!Document::accept(line.data), "a line is no JSON only where its data is none");
}

}  // namespace kontor::fuzz
