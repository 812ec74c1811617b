// Described rows as CSV: which columns a row type has, and what stands in each cell.
#include "api/query_text.h"
#include "api/scalar_text.h"

#include <algorithm>
#include <utility>

namespace kontor {
namespace {

// The records around the one that is being taken apart: what contains itself ends in a JSON cell.
using Around = std::vector<const Type*>;

bool has_columns_of_its_own(const Type& type, const Around& around) {
    return type.kind == Kind::record && std::ranges::find(around, &type) == around.end();
}

void append_cell(std::string_view text, std::string& line) {
    if (text.find_first_of("\",\r\n") == text.npos) {
        line += text;
        return;
    }
    line += '"';
    for (const char letter : text) {
        if (letter == '"') line += '"';
        line += letter;
    }
    line += '"';
}

// Texts that others may have written, made harmless for a spreadsheet.
void append_foreign_cell(std::string_view text, std::string& line) {
    constexpr std::string_view calculates = "=+-@\t\r";
    if (text.empty() || calculates.find(text.front()) == calculates.npos)
        append_cell(text, line);
    else
        append_cell("'" + std::string(text), line);
}

// Calls `column` with the name, the type and the value (null where there is none) of each column,
// amounts as one.
void each_column(const Type& type, const void* value, const std::string& name, Around& around,
                 const auto& column) {
    if (type.kind == Kind::optional) {
        each_column(type.element(), value ? type.held(value) : nullptr, name, around, column);
        return;
    }
    if (!has_columns_of_its_own(type, around)) {
        column(type, value, name);
        return;
    }
    around.push_back(&type);
    for (const Field& field : type.fields) {
        if (field.retired) continue;
        const std::string inner =
            name.empty() ? std::string(field.name) : name + "." + std::string(field.name);
        each_column(field.type(), value ? field.in(value) : nullptr, inner, around, column);
    }
    around.pop_back();
}

void append_value(const Type& type, const void* value, std::string& line) {
    if (is_measured(type.kind)) {
        if (value) append_cell(amount_of(type, value), line);
        line += ',';
        if (value) append_foreign_cell(measure_of(type, value), line);
        return;
    }
    if (!value) return;
    std::string text;
    switch (type.kind) {
        case Kind::list:
        case Kind::map:
        case Kind::variant:
        case Kind::record:
            append_json(type, value, text);
            append_cell(text, line);
            return;
        default: break;
    }
    append_scalar(type, value, text);
    if (type.kind == Kind::text || type.kind == Kind::code || type.kind == Kind::unit)
        append_foreign_cell(text, line);
    else
        append_cell(text, line);
}

}  // namespace

void append_csv_header(const Type& row, std::string& out) {
    Around around;
    bool first = true;
    each_column(row, nullptr, {}, around,
                [&](const Type& type, const void*, const std::string& name) {
                    if (!std::exchange(first, false)) out += ',';
                    append_cell(name, out);
                    if (!is_measured(type.kind)) return;
                    out += ',';
                    append_cell(name + "_" + std::string(measure_name(type.kind)), out);
                });
    out += "\r\n";
}

void append_csv_row(const Type& row, const void* value, std::string& out) {
    Around around;
    bool first = true;
    each_column(row, value, {}, around, [&](const Type& type, const void* at, const std::string&) {
        if (!std::exchange(first, false)) out += ',';
        append_value(type, at, out);
    });
    out += "\r\n";
}

}  // namespace kontor
