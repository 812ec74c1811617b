// How parameters and cursors become a question.
#include "api/question.h"

#include "api/cursor.h"
#include "api/query_text.h"
#include "domain/core/decimal.h"
#include "eventstore/moments.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace kontor {
namespace {

// What of a question is no field of the query.
std::vector<std::string_view> page_parameters(const Question& question) {
    std::vector<std::string_view> names = {"limit", "after", "valid_at", "min_position"};
    names.push_back(question.asking == Asking::changes ? "between" : "known_at");
    if (question.asking == Asking::events) names.insert(names.end(), {"row", "field"});
    // A query may have a field of such a name itself; then it is the field.
    std::erase_if(names, [&](std::string_view name) {
        return question.query.query->type->field(name) != nullptr;
    });
    return names;
}

const std::string* value_of(const std::vector<UrlParameter>& parameters, std::string_view name,
                            std::vector<Fault>& faults) {
    const std::string* found = nullptr;
    for (const UrlParameter& parameter : parameters) {
        if (parameter.name != name) continue;
        if (parameter.key || found)
            faults.push_back({"/" + std::string(name), "must be given once"});
        found = &parameter.value;
    }
    return found;
}

// A position in digits, or a moment, which is resolved once.
std::optional<Position> position_of(const AskedLog& log, const std::string& pointer,
                                    std::string_view text, std::vector<Fault>& faults) {
    if (!text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) {
        const auto position = integer_from(text);
        if (position && static_cast<Position>(*position) <= log.end)
            return static_cast<Position>(*position);
        faults.push_back(
            {pointer, "is beyond the log, which ends at position " + std::to_string(log.end)});
        return std::nullopt;
    }
    if (const auto moment = timestamp_from(text)) return position_at(log.log, *moment);
    faults.push_back({pointer,
                      "must be a position or an instant with an offset, such as "
                      "2026-03-31T23:59:59Z or 2026-04-01T01:59:59%2B02:00, since a + in an "
                      "address is a space"});
    return std::nullopt;
}

// The two moments of changes; nothing is said of them where a cursor goes on.
void read_between(const AskedLog& log, const std::vector<UrlParameter>& parameters,
                  Question& question, std::vector<Fault>& faults) {
    std::vector<std::string_view> moments;
    for (const UrlParameter& parameter : parameters) {
        if (parameter.name != "between") continue;
        if (parameter.key) faults.push_back({"/between", "is a list and no map"});
        moments.push_back(parameter.value);
    }
    if (moments.empty() && value_of(parameters, "after", faults)) return;
    if (moments.size() != 2)
        return faults.push_back(
            {"/between", "must be given twice: the earlier moment, then the later one"});
    question.since = position_of(log, "/between", moments[0], faults);
    question.known_at = position_of(log, "/between", moments[1], faults);
    if (question.since && question.known_at && *question.since > *question.known_at)
        faults.push_back({"/between", "must name the earlier moment first"});
}

void read_page_parameters(const AskedLog& log, const std::vector<UrlParameter>& parameters,
                          Question& question, std::vector<Fault>& faults) {
    if (const auto* limit = value_of(parameters, "limit", faults)) {
        const auto number = integer_from(*limit);
        question.paged = true;
        if (number && *number >= 1 && *number <= static_cast<std::int64_t>(longest_page))
            question.limit = static_cast<std::size_t>(*number);
        else
            faults.push_back({"/limit", "must be a whole number from 1 to 10000"});
    }
    const Times times = question.query.query->type->times;
    if (const auto* valid_at = value_of(parameters, "valid_at", faults)) {
        question.valid_at = date_from(*valid_at);
        if (times != Times::both)
            faults.push_back({"/valid_at", "means nothing to this query"});
        else if (!question.valid_at)
            faults.push_back({"/valid_at", "must be a date, such as 2026-03-31"});
    }
    if (question.asking == Asking::changes) {
        read_between(log, parameters, question, faults);
    } else if (const auto* known_at = value_of(parameters, "known_at", faults)) {
        if (times == Times::none)
            faults.push_back({"/known_at", "means nothing to this query"});
        else
            question.known_at = position_of(log, "/known_at", *known_at, faults);
    }
    if (const auto* position = value_of(parameters, "min_position", faults)) {
        const auto number = integer_from(*position);
        if (!number || *number < 0)
            faults.push_back({"/min_position", "must be a position"});
        else
            question.min_position = static_cast<Position>(*number);
    }
}

Asking asking_of(const Cursor& cursor) {
    if (cursor.since) return Asking::changes;
    return cursor.row ? Asking::events : Asking::rows;
}

bool is_another(const std::optional<Position>& said, const std::optional<std::int64_t>& was) {
    return said && was && static_cast<std::int64_t>(*said) != *was;
}

// A cursor goes on with its own filters and times; what is said beside it must be the same.
std::optional<Problem> go_on_from(const AskedLog& log, const std::string& text, bool filtered,
                                  Question& question) {
    const auto cursor = cursor_from(text);
    const QuerySpec& query = *question.query.query;
    if (!cursor || cursor->query != query.type->name)
        return malformed({{"/after", "is no cursor of this query"}});
    if (cursor->version != question.query.spec->version)
        return problem(cursor_expired, "The read model has another version now; ask anew.");
    if (asking_of(*cursor) != question.asking)
        return malformed({{"/after",
                           "is a cursor of something else: of the rows, of an explanation or of "
                           "changes"}});
    if (question.asking == Asking::events) {
        const ExplainedRow was{*cursor->row, cursor->field.value_or("")};
        if (!question.explained) question.explained = was;
        if (question.explained->row != was.row || question.explained->field != was.field)
            return malformed({{"/after", "belongs to the explanation of another figure"}});
    }
    if (filtered && cursor->filters != question.filters)
        return malformed({{"/after", "belongs to a question with other filters"}});
    if ((question.valid_at && question.valid_at != cursor->valid_at) ||
        is_another(question.known_at, cursor->known_at) ||
        is_another(question.since, cursor->since))
        return malformed({{"/after", "belongs to a question at other times"}});
    if (static_cast<Position>(cursor->known_at) > log.end)
        return problem(cursor_expired, "The log is shorter than when the page was made.");
    if (!filtered) {
        std::vector<Fault> faults;
        const auto parameters = url_parameters(cursor->filters, faults);
        question.asked = box(*query.type);
        std::ranges::move(read_query(*query.type, parameters, {}, question.asked.get()),
                          std::back_inserter(faults));
        if (!faults.empty()) return malformed({{"/after", "is no cursor of this query"}});
        question.filters = cursor->filters;
    }
    question.valid_at = cursor->valid_at;
    question.known_at = static_cast<Position>(cursor->known_at);
    if (cursor->since) question.since = static_cast<Position>(*cursor->since);
    question.after = cursor->after.octets;
    question.paged = true;
    return std::nullopt;
}

void read_explained(const std::vector<UrlParameter>& parameters, bool goes_on, Question& question,
                    std::vector<Fault>& faults) {
    const std::string* row = value_of(parameters, "row", faults);
    const std::string* field = value_of(parameters, "field", faults);
    if (goes_on && !row && !field) return;  // the cursor says which figure
    if (!row) faults.push_back({"/row", "is missing"});
    if (!field) faults.push_back({"/field", "is missing"});
    if (row && field) question.explained = ExplainedRow{*row, *field};
}

}  // namespace

std::optional<Problem> cannot_be_asked(const QueryRef& query, Asking asking) {
    const std::string name(query.query->type->name);
    if (asking == Asking::events && !query.query->explain)
        return problem(nothing_here, "No figure of " + name + " is a sum of events.");
    if (asking == Asking::changes && query.query->type->times == Times::none)
        return problem(nothing_here, name + " has no moments of knowledge that could differ.");
    return std::nullopt;
}

std::optional<Problem> read_question(const AskedLog& log, std::string_view url_query,
                                     Question& question) {
    const Type& type = *question.query.query->type;
    std::vector<Fault> faults;
    const auto parameters = url_parameters(url_query, faults);
    const auto elsewhere = page_parameters(question);
    const bool filtered = std::ranges::any_of(parameters, [&](const UrlParameter& parameter) {
        return std::ranges::find(elsewhere, parameter.name) == elsewhere.end();
    });
    const std::string* after = value_of(parameters, "after", faults);
    question.asked = box(type);
    if (filtered || !after)
        std::ranges::move(read_query(type, parameters, elsewhere, question.asked.get()),
                          std::back_inserter(faults));
    read_page_parameters(log, parameters, question, faults);
    if (question.asking == Asking::events)
        read_explained(parameters, after != nullptr, question, faults);
    if (!faults.empty()) return malformed(std::move(faults));
    question.filters = query_text(type, question.asked.get());
    if (after) return go_on_from(log, *after, filtered, question);
    return std::nullopt;
}

std::string next_json(const Question& question, Position known_at, bool more, std::string after) {
    if (!more) return "null";
    Cursor cursor;
    cursor.query = question.query.query->type->name;
    cursor.version = question.query.spec->version;
    cursor.known_at = static_cast<std::int64_t>(known_at);
    cursor.valid_at = question.valid_at;
    cursor.filters = question.filters;
    cursor.after.octets = std::move(after);
    if (question.explained) {
        cursor.row = question.explained->row;
        cursor.field = question.explained->field;
    }
    if (question.since) cursor.since = static_cast<std::int64_t>(*question.since);
    return '"' + to_text(cursor) + '"';
}

}  // namespace kontor
