// How cells become JSON by the described type of their column, and JSON becomes cells.
#include "tests/scenarios/scenario_values.h"

#include "domain/core/id.h"

#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace kontor::test {

namespace {

std::string trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(' ') + 1 - begin));
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.push_back(trimmed(text.substr(0, end)));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

const Type& bare(const Type& type) { return type.kind == Kind::optional ? type.element() : type; }

// Where each word of a table's head begins; what is between belongs to the word before.
std::vector<std::size_t> columns_of(std::string_view head) {
    std::vector<std::size_t> columns;
    for (std::size_t at = 0; at < head.size(); ++at)
        if (head[at] != ' ' && (at == 0 || head[at - 1] == ' ')) columns.push_back(at);
    return columns;
}

std::string cell(std::string_view line, const std::vector<std::size_t>& columns, std::size_t at) {
    if (columns[at] >= line.size()) return {};
    const std::size_t end = at + 1 < columns.size() ? columns[at + 1] : line.size();
    return trimmed(line.substr(columns[at], end - columns[at]));
}

const Field& field_of(const Type& type, const std::string& name) {
    const Field* field = type.field(name);
    if (!field) throw std::runtime_error(std::string(type.name) + " has no field " + name);
    return *field;
}

bool is_whole(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() && text.size() < 19 &&
           std::ranges::all_of(text, [](unsigned char digit) { return std::isdigit(digit); });
}

}  // namespace

std::size_t characters_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char octet) { return (octet & 0xc0) != 0x80; }));
}

bool is_figure(const Type& type) {
    switch (bare(type).kind) {
        case Kind::integer:
        case Kind::rate:
        case Kind::percent:
        case Kind::money:
        case Kind::unit_price:
        case Kind::quantity: return true;
        default: return false;
    }
}

std::string ScenarioValues::id(const std::string& name) {
    if (uuid_from(name)) return name;
    const std::string text = to_text(named_uuid({}, name));
    names_[text] = name;
    return text;
}

ScenarioValues::Json ScenarioValues::value(const Type& type, const std::string& text) {
    if (text.starts_with('{') || text.starts_with('[')) return Json::parse(text);
    switch (type.kind) {
        case Kind::optional: return value(type.element(), text);
        case Kind::boolean:
            return text == "true" || text == "yes"   ? Json(true)
                   : text == "false" || text == "no" ? Json(false)
                                                     : Json(text);
        case Kind::integer: return is_whole(text) ? Json(std::stoll(text)) : Json(text);
        case Kind::id: return id(text);
        case Kind::money:
        case Kind::unit_price: {
            const std::size_t gap = text.rfind(' ');
            std::string amount = text.substr(0, gap);
            std::erase(amount, ',');
            return {{"amount", amount},
                    {"currency", gap == std::string::npos ? currency : text.substr(gap + 1)}};
        }
        case Kind::quantity: {
            const std::size_t gap = text.rfind(' ');
            return {{"amount", text.substr(0, gap)},
                    {"unit", gap == std::string::npos ? "" : text.substr(gap + 1)}};
        }
        case Kind::list: {
            Json list = Json::array();
            for (const std::string& part : split(text, ','))
                list.push_back(value(type.element(), part));
            return list;
        }
        case Kind::map: {
            Json map = Json::object();
            for (const std::string& part : split(text, ',')) {
                const std::size_t equals = part.find('=');
                if (equals == std::string::npos)
                    throw std::runtime_error("a map is name=value, not " + part);
                map[trimmed(part.substr(0, equals))] =
                    value(type.element(), trimmed(part.substr(equals + 1)));
            }
            return map;
        }
        case Kind::record: {
            Json made = Json::object();
            for (const std::string& part : split(text, ',')) {
                const std::size_t equals = part.find('=');
                if (equals == std::string::npos)
                    throw std::runtime_error("a record in a cell is field=value, not " + part);
                const std::string name = trimmed(part.substr(0, equals));
                made[name] = value(field_of(type, name).type(), trimmed(part.substr(equals + 1)));
            }
            return made;
        }
        default: return text;
    }
}

ScenarioValues::Json ScenarioValues::table(const Type& row, const std::string& head,
                                           const std::vector<std::string>& block,
                                           std::size_t column) {
    const std::vector<std::size_t> columns = columns_of(head);
    Json rows = Json::array();
    for (const std::string& line : block) {
        if (line.size() <= column) throw std::runtime_error("a row stands left of its table");
        const std::string cells = line.substr(column);
        Json made = Json::object();
        for (std::size_t at = 0; at < columns.size(); ++at) {
            const std::string text = cell(cells, columns, at);
            const std::string name = cell(head, columns, at);
            if (!text.empty()) made[name] = value(field_of(row, name).type(), text);
        }
        rows.push_back(std::move(made));
    }
    return rows;
}

ScenarioValues::Json ScenarioValues::record(const Type& type,
                                            const std::vector<std::string>& block) {
    Json made = Json::object();
    for (std::size_t at = 0; at < block.size();) {
        const std::string& line = block[at++];
        const std::size_t end = std::min(line.find(' '), line.size());
        const std::string name = line.substr(0, end);
        const std::size_t column = std::min(line.find_first_not_of(' ', end), line.size());
        const std::string text = trimmed(line.substr(column));
        std::vector<std::string> below;
        while (at < block.size() && block[at].starts_with(' ')) below.push_back(block[at++]);
        const Type& of = bare(field_of(type, name).type());
        if (of.kind == Kind::list && of.element().kind == Kind::record) {
            made[name] = text.starts_with('[')
                             ? Json::parse(text)
                             : table(of.element(), line.substr(column), below, column);
        } else if (of.kind == Kind::record && text.empty()) {
            const std::size_t depth = below.empty() ? 0 : below[0].find_first_not_of(' ');
            for (std::string& deeper : below) deeper.erase(0, depth);
            made[name] = record(of, below);
        } else {
            std::string all = text;  // a long text goes on in deeper lines
            for (const std::string& more : below) all += ' ' + trimmed(more);
            made[name] = value(of, all);
        }
    }
    return made;
}

std::string ScenarioValues::parameter(const Type& type, const std::string& text) {
    return bare(type).kind == Kind::id ? id(text) : text;
}

std::string ScenarioValues::row(const std::string& text) const {
    for (const auto& [id, name] : names_)
        if (name == text) return id;
    return text;
}

std::string ScenarioValues::row_name(const std::string& row) const {
    const std::size_t point = std::min(row.find('.'), row.size());
    const auto known = names_.find(row.substr(0, point));
    return known == names_.end() ? row : known->second + row.substr(point);
}

std::string ScenarioValues::text(const Type& type, const Json& value) const {
    switch (type.kind) {
        case Kind::optional: return value.is_null() ? "" : text(type.element(), value);
        case Kind::boolean: return value.get<bool>() ? "yes" : "no";
        case Kind::integer: return value.dump();
        case Kind::personal:
            if (value.is_string()) return value.get<std::string>();
            return value.contains("erased") ? "[erased]" : "[sealed]";
        case Kind::id: {
            const auto name = names_.find(value.get<std::string>());
            return name == names_.end() ? value.get<std::string>() : name->second;
        }
        case Kind::money:
        case Kind::unit_price: {
            const std::string unit = value.at("currency").get<std::string>();
            const std::string amount = value.at("amount").get<std::string>();
            return unit == currency ? amount : amount + ' ' + unit;
        }
        case Kind::quantity:
            return value.at("amount").get<std::string>() + ' ' +
                   value.at("unit").get<std::string>();
        case Kind::list: {
            std::string all;
            for (const Json& each : value)
                all += (all.empty() ? "" : ", ") + text(type.element(), each);
            return all;
        }
        case Kind::map: {
            std::string all;
            for (const auto& [name, each] : value.items())
                all += (all.empty() ? "" : ", ") + name + '=' + text(type.element(), each);
            return all;
        }
        case Kind::record: {
            std::string all;
            for (const auto& [name, each] : value.items()) {
                const std::string cell = text(type.field(name)->type(), each);
                if (!cell.empty()) all += (all.empty() ? "" : " ") + cell;
            }
            return all;
        }
        case Kind::variant: return value.dump();
        default: return value.get<std::string>();
    }
}

std::string ScenarioValues::stream(std::string_view name) const {
    const std::size_t slash = name.rfind('/');
    const auto known = names_.find(std::string(name.substr(slash + 1)));
    if (known == names_.end()) return std::string(name);
    return std::string(name.substr(0, slash + 1)) + known->second;
}

}  // namespace kontor::test
