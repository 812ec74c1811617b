// Described rows as CSV: which columns a row type has, and what stands in each cell.
#include "api/query_text.h"
#include "api/scalar_text.h"

#include <algorithm>
#include <map>
#include <utility>

namespace kontor {
namespace {

// The records around the one that is being taken apart: what contains itself ends in a JSON cell.
using Around = std::vector<const Type*>;

// The values of a map by the text of their keys.
using Values = std::map<std::string, const void*>;
Values values_of(const Type& map, const void* value) {
    struct Told {
        const Type& key;
        Values values;
    } told{map.key(), {}};
    if (value)
        map.each(value, &told, [](void* to, const void* key, const void* each) {
            auto& all = *static_cast<Told*>(to);
            std::string text;
            append_scalar(all.key, key, text);
            all.values.emplace(std::move(text), each);
        });
    return std::move(told.values);
}

bool has_columns_of_its_own(const Type& type, const Around& around) {
    return type.kind == Kind::record && std::ranges::find(around, &type) == around.end();
}

// Calls `column` with the name, the type and the value (null where there is none) of each column,
// amounts as one. `first` is the same of the row that says which columns a map of amounts has.
void each_column(const Type& type, const void* first, const void* value, const std::string& name,
                 Around& around, const auto& column) {
    if (type.kind == Kind::optional) {
        each_column(type.element(), first ? type.held(first) : nullptr,
                    value ? type.held(value) : nullptr, name, around, column);
        return;
    }
    if (type.kind == Kind::map && is_measured(type.element().kind)) {
        const Values values = values_of(type, value);
        for (const auto& [key, of_first] : values_of(type, first)) {
            const auto found = values.find(key);
            column(type.element(), found == values.end() ? nullptr : found->second,
                   name + "[" + key + "]");
        }
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
        each_column(field.type(), first ? field.in(first) : nullptr,
                    value ? field.in(value) : nullptr, inner, around, column);
    }
    around.pop_back();
}

void append_value(const Type& type, const void* value, std::string& line) {
    if (is_measured(type.kind)) {
        if (value) append_csv_cell(amount_of(type, value), line);
        line += ',';
        if (value) append_foreign_csv_cell(measure_of(type, value), line);
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
            append_csv_cell(text, line);
            return;
        default: break;
    }
    append_scalar(type, value, text);
    if (type.kind == Kind::text || type.kind == Kind::code || type.kind == Kind::unit ||
        type.kind == Kind::personal)
        append_foreign_csv_cell(text, line);
    else
        append_csv_cell(text, line);
}

}  // namespace

void append_csv_cell(std::string_view text, std::string& line) {
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

void append_foreign_csv_cell(std::string_view text, std::string& line) {
    constexpr std::string_view calculates = "=+-@\t\r";
    if (text.empty() || calculates.find(text.front()) == calculates.npos)
        append_csv_cell(text, line);
    else
        append_csv_cell("'" + std::string(text), line);
}

void CsvTable::append_header(std::string& out) const {
    Around around;
    bool first = true;
    each_column(row_, first_.get(), nullptr, {}, around,
                [&](const Type& type, const void*, const std::string& name) {
                    if (!std::exchange(first, false)) out += ',';
                    append_csv_cell(name, out);
                    if (!is_measured(type.kind)) return;
                    out += ',';
                    append_csv_cell(name + "_" + std::string(measure_name(type.kind)), out);
                });
    out += "\r\n";
}

void CsvTable::append_row(const void* value, std::string& out) const {
    Around around;
    bool first = true;
    each_column(row_, first_.get(), value, {}, around,
                [&](const Type& type, const void* at, const std::string&) {
                    if (!std::exchange(first, false)) out += ',';
                    append_value(type, at, out);
                });
    out += "\r\n";
}

}  // namespace kontor
