// How the rules of a mapping are carried out on rows.
#include "tools/import_rows.h"

#include "api/json.h"
#include "api/scalar_text.h"
#include "domain/core/id.h"

#include <algorithm>
#include <unordered_map>

namespace kontor::imports {
namespace {

using Op = ValueRule::Op;

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
    return text;
}

std::string text_of(const Value& value) {
    switch (value.what) {
        case Yields::number: return to_text(value.number);
        case Yields::day: return to_text(value.day);
        default: return value.text;
    }
}

Value text_value(std::string text) { return {Yields::text, std::move(text), {}, {}}; }
Value number_value(const Exact& number) { return {Yields::number, {}, number, {}}; }

Unreadable differing(const std::string& name, std::string_view one, std::string_view other) {
    std::string why = "The rows of the group differ in " + name + ": \"";
    why.append(one).append("\" and \"").append(other).append("\".");
    return Unreadable(why);
}

Exact fitting(const std::optional<Exact>& number, const std::string& name) {
    if (!number) throw Unreadable("The value " + name + " has too many digits.");
    return *number;
}

// Characters of UTF-8, not octets.
std::string cut(std::string_view text, std::size_t from, std::size_t length) {
    std::string part;
    for (std::size_t at = 0, count = 0; at < text.size() && count < from + length; ++count) {
        const std::size_t size = std::max<std::size_t>(utf8_length(text.substr(at)), 1);
        if (count >= from) part += text.substr(at, size);
        at += size;
    }
    return part;
}

}  // namespace

Uuid at_day(Uuid uuid, Date day) {
    constexpr std::uint64_t day_millis = 86'400'000;
    const auto millis = day.days > 0 ? static_cast<std::uint64_t>(day.days) * day_millis : 0;
    uuid.high = (millis << 16) | (uuid.high & 0xFFFF);
    return uuid;
}

std::string_view Reckoning::cell(std::size_t column, const Row& row) const {
    const std::string& cell = row.cells[places_[column]];
    return mapping_.trim ? trimmed(cell) : std::string_view(cell);
}

std::string Reckoning::agreed_cell(std::size_t column, Scope scope) const {
    const std::string_view first = cell(column, *scope.rows.front());
    for (const Row* row : scope.rows.subspan(1))
        if (cell(column, *row) != first)
            throw differing(mapping_.columns[column].name, first, cell(column, *row));
    return std::string(first);
}

Value Reckoning::value(Ref ref, Scope scope) const {
    switch (ref.of) {
        case Ref::Of::row: return number_value({static_cast<Wide>(scope.rows.front()->number), 0});
        case Ref::Of::part: return number_value({static_cast<Wide>(scope.part), 0});
        case Ref::Of::column: return text_value(agreed_cell(ref.index, scope));
        case Ref::Of::value: break;
    }
    const ValueRule& rule = mapping_.values[ref.index];
    return rule.gathers || scope.rows.size() == 1 ? computed(rule, scope) : agreed(rule, scope);
}

// Computed of the first row; rows that look the same to the rule need no second look.
Value Reckoning::agreed(const ValueRule& rule, Scope scope) const {
    Value first = computed(rule, {scope.rows.first(1), scope.part});
    const std::string shown = text_of(first);
    for (std::size_t at = 1; at < scope.rows.size(); ++at) {
        const Row& row = *scope.rows[at];
        const bool same = std::ranges::all_of(rule.columns, [&](std::size_t column) {
            return cell(column, row) == cell(column, *scope.rows.front());
        });
        if (same) continue;
        const std::string other = text_of(computed(rule, {scope.rows.subspan(at, 1), scope.part}));
        if (other != shown) throw differing(rule.name, shown, other);
    }
    return first;
}

Exact Reckoning::number(Ref ref, Scope scope) const {
    const Value found = value(ref, scope);
    if (found.what == Yields::number) return found.number;
    const auto number = number_from(found.text, mapping_.numbers);
    if (!number) throw Unreadable("\"" + found.text + "\" is no number.");
    return *number;
}

std::string Reckoning::text(Ref ref, Scope scope) const { return text_of(value(ref, scope)); }

std::string Reckoning::text(const Text& text, Scope scope) const {
    std::string all;
    for (const Text::Piece& piece : text.pieces) {
        all += piece.literal;
        if (piece.hole) all += this->text(*piece.hole, scope);
    }
    return all;
}

std::string Reckoning::looked_up(const ValueRule& rule, Scope scope) const {
    const LookupTable& table = mapping_.lookups[rule.table];
    const std::string wanted = text(rule.text, scope);
    const auto found = table.entries.find(wanted);
    if (found != table.entries.end()) return found->second;
    if (rule.otherwise) return text(*rule.otherwise, scope);
    throw Unreadable("The table " + table.name + " has no \"" + wanted + "\".");
}

Exact Reckoning::total(const ValueRule& rule, Scope scope) const {
    Exact sum;
    const auto add = [&](Scope part) {
        sum = fitting(sum_of(sum, number(rule.of.front(), part)), rule.name);
    };
    if (rule.by.empty()) {
        for (std::size_t at = 0; at < scope.rows.size(); ++at)
            add({scope.rows.subspan(at, 1), scope.part});
    } else {
        for (const auto& group : groups(rule.by, scope)) add({group, scope.part});
    }
    return sum;
}

Value Reckoning::computed(const ValueRule& rule, Scope scope) const {
    const auto operand = [&](std::size_t at) { return number(rule.of[at], scope); };
    const auto folded = [&](auto fold) {
        Exact all = operand(0);
        for (std::size_t at = 1; at < rule.of.size(); ++at)
            all = fitting(fold(all, operand(at)), rule.name);
        return number_value(all);
    };
    switch (rule.op) {
        case Op::text: {
            std::string all = text(rule.text, scope);
            if (all.empty() && rule.otherwise) all = text(*rule.otherwise, scope);
            return text_value(std::move(all));
        }
        case Op::cut: return text_value(cut(text(rule.of[0], scope), rule.from, rule.length));
        case Op::constant: return number_value(rule.constant);
        case Op::number: {
            const std::string written = text(rule.of[0], scope);
            const auto number = number_from(written, rule.format);
            if (!number) throw Unreadable("\"" + written + "\" is no number (" + rule.name + ").");
            return number_value(*number);
        }
        case Op::date: {
            const std::string written = text(rule.of[0], scope);
            const auto day = date_by(written, rule.pattern);
            if (!day)
                throw Unreadable("\"" + written + "\" is no date of the form " + rule.pattern +
                                 ".");
            return {Yields::day, {}, {}, *day};
        }
        case Op::lookup: return text_value(looked_up(rule, scope));
        case Op::multiply: return folded(product_of);
        case Op::add: return folded(sum_of);
        case Op::subtract:
            return folded([](const Exact& a, const Exact& b) { return sum_of(a, negated(b)); });
        case Op::negate: return number_value(negated(operand(0)));
        case Op::absolute:
            return number_value(sign_of(operand(0)) < 0 ? negated(operand(0)) : operand(0));
        case Op::round: return number_value(rounded(operand(0), rule.digits, rule.rounding));
        case Op::sign: {
            const int sign = sign_of(operand(0));
            const auto& said = rule.signs[sign < 0 ? 0 : sign == 0 ? 1 : 2];
            if (said) return text_value(*said);
            throw Unreadable("The value " + rule.name + " says nothing of " + to_text(operand(0)) +
                             ".");
        }
        case Op::sum: return number_value(total(rule, scope));
        case Op::first: return value(rule.of[0], {scope.rows.first(1), scope.part});
        case Op::last: return value(rule.of[0], {scope.rows.last(1), scope.part});
        case Op::uuid: {
            static const Uuid all_imports = named_uuid({}, "kontor import");
            Uuid uuid = named_uuid(named_uuid(all_imports, mapping_.ids), text(rule.text, scope));
            if (!rule.of.empty()) uuid = at_day(uuid, value(rule.of[0], scope).day);
            return {Yields::id, to_text(uuid), {}, {}};
        }
    }
    return {};
}

bool Reckoning::holds(const Condition& condition, Scope scope) const {
    using Test = Condition::Test;
    if (condition.test == Test::sign) {
        const int sign = sign_of(number(condition.of, scope));
        return std::ranges::find(condition.signs, sign) != condition.signs.end();
    }
    const std::string shown = text(condition.of, scope);
    const bool found = std::ranges::any_of(condition.texts, [&](const std::string& one) {
        return condition.test == Test::begins_with ? shown.starts_with(one) : shown == one;
    });
    return found != (condition.test == Test::is_not);
}

bool Reckoning::holds(const Conditions& conditions, Scope scope) const {
    return std::ranges::all_of(conditions, [&](const Condition& one) { return holds(one, scope); });
}

std::string Reckoning::key(const std::vector<Ref>& refs, const Row& row) const {
    const Row* const one[] = {&row};
    std::string all;
    for (const Ref& ref : refs) {
        // The length keeps ("a", "bc") and ("ab", "c") apart.
        const std::string part = text(ref, {one, 1});
        if (refs.size() > 1) all += std::to_string(part.size()) + ':';
        all += part;
    }
    return all;
}

std::vector<std::vector<const Row*>> Reckoning::groups(const std::vector<Ref>& by,
                                                       Scope scope) const {
    std::vector<std::vector<const Row*>> groups;
    std::unordered_map<std::string, std::size_t> known;
    for (const Row* row : scope.rows) {
        const auto [place, added] = known.try_emplace(key(by, *row), groups.size());
        if (added) groups.emplace_back();
        groups[place->second].push_back(row);
    }
    return groups;
}

bool Reckoning::append_scalar(const Template& shape, Scope scope, std::string& out) const {
    const std::string shown = text(shape.text, scope);
    if (shown.empty()) return false;
    if (!shape.bare) {
        append_json_text(shown, out);
        return true;
    }
    // Numbers such as 12.00 are whole numbers too.
    std::string bare = shown;
    if (const auto number = number_from(shown, {}); number && number->scale > 0)
        if (const auto whole = rounded(*number, 0, Rounding::down);
            whole.units * ten_to(number->scale) == number->units)
            bare = to_text(whole);
    if (!integer_from(bare) && bare != "true" && bare != "false")
        throw Unreadable("\"" + shown + "\" is no whole number or truth value (" + shape.pointer +
                         ").");
    out += bare;
    return true;
}

bool Reckoning::append_list(const Template& shape, Scope scope, std::string& out) const {
    const std::size_t start = out.size();
    out += '[';
    const auto item = [&](const Template& one, Scope part) {
        if (!one.when.empty() && !holds(one.when, part)) return;
        const std::size_t before = out.size();
        if (out.back() != '[') out += ',';
        if (!append(one, part, out)) out.resize(before);
    };
    for (const Template& one : shape.parts) {
        if (!one.repeats) {
            item(one, scope);
        } else {
            for (const auto& group : groups(one.each, scope)) item(one, {group, scope.part});
        }
    }
    const bool any = out.size() > start + 1;
    if (any)
        out += ']';
    else
        out.resize(start);
    return any;
}

bool Reckoning::append(const Template& shape, Scope scope, std::string& out) const {
    if (shape.shape == Template::Shape::scalar) return append_scalar(shape, scope, out);
    if (shape.shape == Template::Shape::list) return append_list(shape, scope, out);
    const std::size_t start = out.size();
    out += '{';
    const Template* missing = nullptr;
    for (const Template& part : shape.parts) {
        const std::size_t before = out.size();
        if (out.back() != '{') out += ',';
        out += part.member;
        if (append(part, scope, out)) continue;
        out.resize(before);
        if (part.required && !missing) missing = &part;
    }
    const bool any = out.size() > start + 1 && !(shape.measured && missing);
    // What is empty is not there; of what is there, all that is required must be.
    if (any && missing) throw Unreadable(missing->pointer + " comes out empty and is required.");
    if (any)
        out += '}';
    else
        out.resize(start);
    return any;
}

std::string Reckoning::json(const Template& shape, Scope scope) const {
    std::string out;
    if (!append(shape, scope, out)) out = "{}";
    return out;
}

}  // namespace kontor::imports
