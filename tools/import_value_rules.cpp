// The operations of "values", each with its operands.
#include "tools/import_reading.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace kontor::imports {
namespace {

using Op = ValueRule::Op;

struct Operation {
    std::string_view name;
    Op op;
    Yields yields;
    bool gathers;
    std::string_view also;  // further members that it takes, each between spaces
};

constexpr Operation operations[] = {
    {"text", Op::text, Yields::text, false, " otherwise "},
    {"cut", Op::cut, Yields::text, false, " from length "},
    {"constant", Op::constant, Yields::number, false, " "},
    {"number", Op::number, Yields::number, false, " decimal_mark thousands_mark "},
    {"date", Op::date, Yields::day, false, " pattern "},
    {"lookup", Op::lookup, Yields::text, false, " in otherwise "},
    {"multiply", Op::multiply, Yields::number, false, " "},
    {"add", Op::add, Yields::number, false, " "},
    {"subtract", Op::subtract, Yields::number, false, " "},
    {"negate", Op::negate, Yields::number, false, " "},
    {"absolute", Op::absolute, Yields::number, false, " "},
    {"round", Op::round, Yields::number, false, " digits rounding "},
    {"sign", Op::sign, Yields::text, false, " negative zero positive "},
    {"sum", Op::sum, Yields::number, true, " by "},
    {"first", Op::first, Yields::text, true, " "},
    {"last", Op::last, Yields::text, true, " "},
    {"uuid", Op::uuid, Yields::id, false, " ordered_by "},
};

constexpr std::int64_t longest_cut = 10'000, most_digits = 12;

bool takes_numbers(Op op) { return op >= Op::multiply && op <= Op::sum; }

}  // namespace

void MappingReading::depends(ValueRule& rule, const std::vector<Ref>& refs) const {
    const auto add = [&](std::size_t column) {
        if (std::ranges::find(rule.columns, column) == rule.columns.end())
            rule.columns.push_back(column);
    };
    for (const Ref& ref : refs) {
        if (ref.of == Ref::Of::column) add(ref.index);
        if (ref.of != Ref::Of::value) continue;
        for (const std::size_t column : mapping.values[ref.index].columns) add(column);
        rule.gathers = rule.gathers || mapping.values[ref.index].gathers;
    }
}

void MappingReading::depends(ValueRule& rule, const Text& text) const {
    for (const Text::Piece& piece : text.pieces)
        if (piece.hole) {
            depends(rule, std::vector<Ref>{*piece.hole});
            // Which row it is differs from row to row, and is meant of the first.
            if (piece.hole->of == Ref::Of::row) rule.gathers = true;
        }
}

void MappingReading::signs(ValueRule& rule, const Json& json) {
    constexpr std::string_view names[] = {"negative", "zero", "positive"};
    for (std::size_t at = 0; at < 3; ++at)
        if (const Json* sign = member(json, rule.pointer, names[at])) {
            if (sign->is_string())
                rule.signs[at] = sign->get<std::string>();
            else
                fault(pointer_to(rule.pointer, names[at]), "must be a text");
        }
}

void MappingReading::operation(ValueRule& rule, std::string_view op, const Json& operand,
                               const Json& json) {
    const std::string here = pointer_to(rule.pointer, op);
    const auto at = [&](std::string_view name) { return pointer_to(rule.pointer, name); };
    switch (rule.op) {
        case Op::text:
        case Op::uuid:
        case Op::lookup: rule.text = text(operand, here); break;
        case Op::constant:
            if (const auto number = operand.is_string()
                                        ? number_from(operand.get<std::string>(), {})
                                        : number_from(operand.dump(), {});
                number && (operand.is_string() || operand.is_number_integer()))
                rule.constant = *number;
            else
                fault(here, "must be a whole number, or a decimal in quotes such as \"0.01\"");
            break;
        default: rule.of = refs(operand, here);
    }
    const bool many = rule.op == Op::multiply || rule.op == Op::add || rule.op == Op::subtract;
    if (!many && rule.of.size() > 1) fault(here, "must name one column or value");
    if (many && rule.of.size() < 2) fault(here, "must name at least two columns or values");
    if (takes_numbers(rule.op))
        for (const Ref& one : rule.of) must_be_number(one, here);

    if (const Json* given = member(json, rule.pointer, "otherwise"))
        rule.otherwise = text(*given, at("otherwise"));
    if (rule.op == Op::cut) {
        const Json* from = member(json, rule.pointer, "from", true);
        if (from)
            rule.from = static_cast<std::size_t>(integer(*from, at("from"), 1, longest_cut)) - 1;
        const Json* length = member(json, rule.pointer, "length");
        rule.length = length
                          ? static_cast<std::size_t>(integer(*length, at("length"), 1, longest_cut))
                          : longest_cut;
    }
    if (rule.op == Op::number) rule.format = number_format(json, rule.pointer, mapping.numbers);
    if (rule.op == Op::date) {
        const Json* pattern = member(json, rule.pointer, "pattern");
        rule.pattern = pattern ? word(*pattern, at("pattern")) : dates;
        if (const std::string wrong = fault_of_pattern(rule.pattern); !wrong.empty())
            fault(pattern ? at("pattern") : rule.pointer, "the pattern " + wrong);
    }
    if (rule.op == Op::lookup) {
        const Json* table = member(json, rule.pointer, "in", true);
        const std::string name = table ? word(*table, at("in")) : std::string();
        const auto found = std::ranges::find(mapping.lookups, name, &LookupTable::name);
        if (found != mapping.lookups.end())
            rule.table = static_cast<std::size_t>(found - mapping.lookups.begin());
        else if (!name.empty())
            fault(at("in"), "names no table of /lookups");
    }
    if (rule.op == Op::round) {
        if (const Json* digits = member(json, rule.pointer, "digits", true))
            rule.digits = static_cast<int>(integer(*digits, at("digits"), 0, most_digits));
        if (const Json* how = member(json, rule.pointer, "rounding", true)) {
            const auto rounding = rounding_from(word(*how, at("rounding")));
            if (rounding)
                rule.rounding = *rounding;
            else
                fault(at("rounding"), "must be " + std::string(rounding_names()));
        }
    }
    if (rule.op == Op::sign) signs(rule, json);
    if (const Json* by = member(json, rule.pointer, "by")) rule.by = refs(*by, at("by"));
    if (const Json* order = member(json, rule.pointer, "ordered_by")) {
        rule.of = {ref(word(*order, at("ordered_by")), at("ordered_by"))};
        if (yields(rule.of.front()) != Yields::day) fault(at("ordered_by"), "must name a date");
    }
}

void MappingReading::value(const std::string& name, const Json& json, const std::string& pointer) {
    ValueRule rule;
    rule.name = name;
    rule.pointer = pointer;
    const Operation* chosen = nullptr;
    if (json.is_object())
        for (const Operation& operation : operations)
            if (json.contains(operation.name)) {
                if (chosen) fault(pointer, "has two operations");
                chosen = &operation;
            }
    std::string all;
    for (const Operation& operation : operations)
        all += (all.empty() ? "" : ", ") + std::string(operation.name);
    if (!chosen) {
        fault(pointer, "must be an object with one of these operations: " + all);
    } else {
        for (const auto& item : json.items())
            if (item.key() != chosen->name &&
                chosen->also.find(" " + item.key() + " ") == std::string_view::npos)
                fault(pointer_to(pointer, item.key()),
                      "means nothing beside " + std::string(chosen->name));
        rule.op = chosen->op;
        rule.yields = chosen->yields;
        rule.gathers = chosen->gathers;
        operation(rule, chosen->name, json.at(std::string(chosen->name)), json);
        depends(rule, rule.of);
        depends(rule, rule.by);
        depends(rule, rule.text);
        if (rule.otherwise) depends(rule, *rule.otherwise);
        if ((rule.op == Op::first || rule.op == Op::last) && !rule.of.empty())
            rule.yields = yields(rule.of.front());
    }
    // A value that could not be read has a name all the same, so that its users are not faults too.
    mapping.values.push_back(std::move(rule));
}

}  // namespace kontor::imports
