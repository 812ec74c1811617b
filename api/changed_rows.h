// Which rows of an answer differ between two moments of knowledge, and which events made them so.
//
// The two answers are walked side by side in windows of their keys, so that memory does not grow
// with them. Rows are the same where their keys are; where figures explain themselves a row that
// came to stand elsewhere in its window is found by its name.
#pragma once

#include "api/query_answers.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kontor {

struct ChangedField {
    const Field* field = nullptr;
    // Of a figure: after less before, and what the events behind it account for.
    std::optional<Figure> difference{};
    std::optional<Figure> explained{};
};

// An event that changed a row: by amounts that figures explain; because it names the row; because
// the row was another before it; or, when nothing tells, perhaps: it is what else happened to what
// the answer is made of.
enum class ChangedBy : std::uint8_t { amount, name, effect, surroundings };

struct ChangingEvent {
    ChangedBy by = ChangedBy::amount;
    std::map<std::string, Figure> amounts{};  // by figure
};

struct ChangedRow {
    std::string row;                       // its name
    std::shared_ptr<const void> before{};  // null: it was not there
    std::shared_ptr<const void> after{};   // null: it is no longer there
    std::vector<ChangedField> fields{};
    std::map<EventRef, ChangingEvent> events{};
    bool more_events = false;  // than are told
};

struct ChangedRows {
    std::vector<ChangedRow> rows;
    std::optional<Message> totals_before, totals_after;
    std::string after;                     // where the next page begins; empty on the last
    std::optional<std::string> missing;    // what is asked about was not there at either moment
    std::optional<std::string> too_far{};  // why the events cannot be found
};

constexpr std::size_t most_told_events = 100;  // of one row

// A page of the rows that changed. A page may be empty and yet have a next one: so many rows are
// compared in one go and no more.
ChangedRows changed_rows(const Library& library, const Question& question);

// The answer as it was known then, of a company that was known then.
void answer_at(const Library& library, const Question& question, Position known_at, AnyPage& page);

// What a row goes by: its first field, with its line where rows are lines of an entry, as
// ExplainedRow has it; or the fields that projections/row_names.h says, with a / between them.
std::string name_of_row(const QuerySpec& query, const void* row);

// The text of a field's value: a scalar's own, the amount of what is measured, else JSON. Empty for
// what is absent.
std::string text_of_field(const Field& field, const void* row);

}  // namespace kontor
