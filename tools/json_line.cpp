// How the members of one JSON object follow each other.
#include "tools/json_line.h"

#include "api/json.h"

namespace kontor {

void JsonLine::name(std::string_view name) {
    if (out_.size() > 1) out_ += ',';
    append_json_text(name, out_);
    out_ += ':';
}

JsonLine& JsonLine::text(std::string_view member, std::string_view value) {
    name(member);
    append_json_text(value, out_);
    return *this;
}

JsonLine& JsonLine::boolean(std::string_view member, bool value) {
    return raw(member, value ? "true" : "false");
}

JsonLine& JsonLine::raw(std::string_view member, std::string_view json) {
    name(member);
    out_ += json;
    return *this;
}

}  // namespace kontor
