// Names, texts with holes and conditions, as a mapping writes them.
#include "tools/import_reading.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace kontor::imports {
namespace {

std::string listed(std::initializer_list<std::string_view> names) {
    std::string all;
    for (const std::string_view name : names) {
        if (!all.empty()) all += ", ";
        all += name;
    }
    return all;
}

}  // namespace

std::optional<std::string> Text::constant() const {
    std::string all;
    for (const Piece& piece : pieces) {
        if (piece.hole) return std::nullopt;
        all += piece.literal;
    }
    return all;
}

std::optional<Ref> Text::only_hole() const {
    if (pieces.size() != 1 || !pieces.front().literal.empty()) return std::nullopt;
    return pieces.front().hole;
}

void MappingReading::fault(const std::string& pointer, std::string problem) {
    if (faults.size() < most_faults) faults.push_back({pointer, std::move(problem)});
}

bool MappingReading::object(const Json& json, const std::string& pointer,
                            std::initializer_list<std::string_view> members) {
    if (!json.is_object()) {
        fault(pointer, "must be an object");
        return false;
    }
    for (const auto& item : json.items())
        if (std::ranges::find(members, item.key()) == members.end())
            fault(pointer_to(pointer, item.key()),
                  "means nothing here; known are " + listed(members));
    return true;
}

const Json* MappingReading::member(const Json& json, const std::string& pointer,
                                   std::string_view name, bool required) {
    const auto found = json.find(name);
    if (found != json.end()) return &*found;
    if (required) fault(pointer_to(pointer, name), "is missing");
    return nullptr;
}

std::string MappingReading::word(const Json& json, const std::string& pointer) {
    if (json.is_string() && !json.get_ref<const std::string&>().empty())
        return json.get<std::string>();
    fault(pointer, "must be a text that is not empty");
    return {};
}

std::vector<std::string> MappingReading::words(const Json& json, const std::string& pointer) {
    if (json.is_string()) return {json.get<std::string>()};
    std::vector<std::string> all;
    if (!json.is_array() || json.empty()) {
        fault(pointer, "must be a text or a list of texts");
        return all;
    }
    for (std::size_t at = 0; at < json.size(); ++at) {
        if (json[at].is_string())
            all.push_back(json[at].get<std::string>());
        else
            fault(pointer_to(pointer, std::to_string(at)), "must be a text");
    }
    return all;
}

std::int64_t MappingReading::integer(const Json& json, const std::string& pointer,
                                     std::int64_t least, std::int64_t most) {
    if (json.is_number_integer()) {
        const auto number = json.get<std::int64_t>();
        if (number >= least && number <= most) return number;
    }
    fault(pointer,
          "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return least;
}

char MappingReading::character(const Json& json, const std::string& pointer, bool may_be_empty) {
    if (json.is_string()) {
        const auto& text = json.get_ref<const std::string&>();
        if (text.empty() && may_be_empty) return 0;
        if (text.size() == 1 && static_cast<unsigned char>(text[0]) < 0x80 && text[0] != '\n' &&
            text[0] != '\r')
            return text[0];
    }
    fault(pointer,
          may_be_empty ? "must be one ASCII character, or empty" : "must be one ASCII character");
    return 0;
}

// Values come first, so that one may stand in the place of a column that it mends.
Ref MappingReading::ref(std::string_view name, const std::string& pointer) {
    if (name == "#row") return {Ref::Of::row, 0};
    if (name == "#part") return {Ref::Of::part, 0};
    if (name.empty() || name.starts_with('#')) {
        fault(pointer, "names \"" + std::string(name) +
                           "\", which is no column and no value; with "
                           "a # there are #row and #part");
        return {};
    }
    for (std::size_t at = 0; at < mapping.values.size(); ++at)
        if (mapping.values[at].name == name) return {Ref::Of::value, at};
    for (std::size_t at = 0; at < mapping.columns.size(); ++at)
        if (mapping.columns[at].name == name) return {Ref::Of::column, at};
    mapping.columns.push_back({std::string(name), pointer});
    return {Ref::Of::column, mapping.columns.size() - 1};
}

std::vector<Ref> MappingReading::refs(const Json& json, const std::string& pointer) {
    std::vector<Ref> all;
    for (const std::string& name : words(json, pointer)) all.push_back(ref(name, pointer));
    return all;
}

Text MappingReading::text(const Json& json, const std::string& pointer) {
    if (json.is_string()) return text(json.get_ref<const std::string&>(), pointer);
    if (json.is_boolean() || json.is_number_integer()) return {{{json.dump(), std::nullopt}}};
    fault(pointer, json.is_number()
                       ? "must be in quotes: decimals are exact, JSON's numbers are not"
                       : "must be a text");
    return {};
}

Text MappingReading::text(const std::string& written, const std::string& pointer) {
    Text text;
    std::string literal;
    for (std::size_t at = 0; at < written.size(); ++at) {
        const char c = written[at];
        const bool twice = at + 1 < written.size() && written[at + 1] == c;
        if ((c == '{' || c == '}') && twice) {
            literal += c;
            ++at;
        } else if (c == '{') {
            const std::size_t end = written.find('}', at);
            if (end == std::string::npos) {
                fault(pointer,
                      "has a { without its }; a brace that stands for itself stands twice");
                return {};
            }
            text.pieces.push_back(
                {std::move(literal), ref(written.substr(at + 1, end - at - 1), pointer)});
            literal.clear();
            at = end;
        } else if (c == '}') {
            fault(pointer, "has a } without its {; a brace that stands for itself stands twice");
            return {};
        } else {
            literal += c;
        }
    }
    if (!literal.empty()) text.pieces.push_back({std::move(literal), std::nullopt});
    return text;
}

Condition MappingReading::condition(const Json& json, const std::string& pointer) {
    Condition condition;
    if (!object(json, pointer, {"value", "is", "is_not", "begins_with", "sign"})) return condition;
    if (const Json* value = member(json, pointer, "value", true))
        condition.of =
            ref(word(*value, pointer_to(pointer, "value")), pointer_to(pointer, "value"));
    if (json.size() - json.count("value") != 1) {
        fault(pointer, "must have one of is, is_not, begins_with and sign");
        return condition;
    }
    using Test = Condition::Test;
    const std::pair<std::string_view, Test> tests[] = {{"is", Test::is},
                                                       {"is_not", Test::is_not},
                                                       {"begins_with", Test::begins_with},
                                                       {"sign", Test::sign}};
    for (const auto& [name, test] : tests) {
        const Json* given = member(json, pointer, name);
        if (!given) continue;
        condition.test = test;
        condition.texts = words(*given, pointer_to(pointer, name));
    }
    if (condition.test != Test::sign) return condition;
    must_be_number(condition.of, pointer_to(pointer, "value"));
    for (const std::string& sign : condition.texts) {
        if (sign != "negative" && sign != "zero" && sign != "positive")
            fault(pointer_to(pointer, "sign"), "must be negative, zero or positive");
        condition.signs.push_back(sign == "negative" ? -1 : sign == "zero" ? 0 : 1);
    }
    return condition;
}

Conditions MappingReading::conditions(const Json& json, const std::string& pointer) {
    if (json.is_object()) return {condition(json, pointer)};
    Conditions all;
    if (!json.is_array() || json.empty()) {
        fault(pointer, "must be a condition or a list of conditions, which must all hold");
        return all;
    }
    for (std::size_t at = 0; at < json.size(); ++at)
        all.push_back(condition(json[at], pointer_to(pointer, std::to_string(at))));
    return all;
}

std::vector<LeftOut> MappingReading::left_out(const Json& json, const std::string& pointer) {
    std::vector<LeftOut> all;
    if (!json.is_array()) {
        fault(pointer, "must be a list");
        return all;
    }
    for (std::size_t at = 0; at < json.size(); ++at) {
        const std::string here = pointer_to(pointer, std::to_string(at));
        if (!object(json[at], here, {"reason", "when"})) continue;
        const Json* reason = member(json[at], here, "reason", true);
        const Json* when = member(json[at], here, "when", true);
        if (reason && when)
            all.push_back({word(*reason, pointer_to(here, "reason")),
                           conditions(*when, pointer_to(here, "when"))});
    }
    return all;
}

NumberFormat MappingReading::number_format(const Json& json, const std::string& pointer,
                                           NumberFormat usual) {
    if (const Json* mark = member(json, pointer, "decimal_mark"))
        usual.decimal_mark = character(*mark, pointer_to(pointer, "decimal_mark"), false);
    if (const Json* mark = member(json, pointer, "thousands_mark"))
        usual.thousands_mark = character(*mark, pointer_to(pointer, "thousands_mark"), true);
    if (usual.decimal_mark == usual.thousands_mark)
        fault(pointer, "has the same mark for decimals and thousands");
    return usual;
}

Yields MappingReading::yields(Ref ref) const {
    return ref.of == Ref::Of::value    ? mapping.values[ref.index].yields
           : ref.of == Ref::Of::column ? Yields::text
                                       : Yields::number;
}

bool MappingReading::gathers(Ref ref) const {
    return ref.of == Ref::Of::value && mapping.values[ref.index].gathers;
}

void MappingReading::must_be_number(Ref ref, const std::string& pointer) {
    const Yields what = yields(ref);
    if (what == Yields::day || what == Yields::id)
        fault(pointer, what == Yields::day ? "names a date where a number is meant"
                                           : "names an id where a number is meant");
}

std::vector<std::string> MappingReading::outcomes(Ref ref) const {
    std::vector<std::string> all;
    if (ref.of != Ref::Of::value) return all;
    const ValueRule& rule = mapping.values[ref.index];
    if (rule.op == ValueRule::Op::sign) {
        for (const auto& sign : rule.signs)
            if (sign) all.push_back(*sign);
    } else if (rule.op == ValueRule::Op::lookup) {
        if (rule.otherwise && !rule.otherwise->constant()) return all;
        if (rule.table >= mapping.lookups.size()) return all;
        for (const auto& [key, entry] : mapping.lookups[rule.table].entries) all.push_back(entry);
        if (rule.otherwise) all.push_back(*rule.otherwise->constant());
    } else if (rule.op == ValueRule::Op::text && rule.text.constant()) {
        all.push_back(*rule.text.constant());
    }
    return all;
}

}  // namespace kontor::imports
