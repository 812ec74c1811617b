// A mapping says what the rows of a CSV file mean: which commands they become, and how.
//
// The language is described in docs/import.md. A mapping is read and held against the descriptions
// of the commands that it names before any row is: every fault is told with its place in the file.
#pragma once

#include "api/json.h"
#include "domain/core/catalog.h"
#include "tools/csv.h"
#include "tools/import_formats.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kontor::imports {

// What a name in a mapping stands for.
struct Ref {
    enum class Of : std::uint8_t {
        column,  // of the CSV file; the index is into Mapping::columns
        value,   // computed; the index is into Mapping::values
        row,     // #row: which row of the file the first row of the group is, from 1
        part,    // #part: which part of a long group this is, from 1
    };
    Of of = Of::column;
    std::size_t index = 0;
    bool operator==(const Ref&) const = default;
};

// A text with holes: "Invoice {InvoiceNo}". Two braces stand for one.
struct Text {
    struct Piece {
        std::string literal;
        std::optional<Ref> hole;  // behind the literal
    };
    std::vector<Piece> pieces;

    // The text, when it has no holes.
    std::optional<std::string> constant() const;
    // What it stands for, when it is one hole and nothing else.
    std::optional<Ref> only_hole() const;
};

// What a value is; a column is text.
enum class Yields : std::uint8_t { text, number, day, id };

// One rule of "values". Which members mean something depends on the operation.
struct ValueRule {
    enum class Op : std::uint8_t {
        text,      // a text with holes, or another when it comes out empty
        cut,       // some characters of a text
        constant,  // a number
        number,    // a text read as a number of another format than the file's
        date,      // a text read as a day
        lookup,    // the entry of a table
        multiply,
        add,
        subtract,
        negate,
        absolute,
        round,
        sign,  // one of three texts
        sum,   // over the rows at hand, or over groups of them
        first,
        last,
        uuid,  // the id that belongs to a text
    };
    std::string name, pointer;
    Op op = Op::text;
    Yields yields = Yields::text;
    // Looks at all rows at hand; otherwise it is computed row by row, and all must agree.
    bool gathers = false;
    std::vector<std::size_t> columns;  // all that it depends on

    Text text;
    std::optional<Text> otherwise;
    std::vector<Ref> of, by;
    std::size_t from = 0, length = 0;
    NumberFormat format;
    std::string pattern;
    std::size_t table = 0;
    Exact constant;
    int digits = 0;
    Rounding rounding = Rounding::half_up;
    std::array<std::optional<std::string>, 3> signs;  // negative, zero, positive
};

// Holds of the rows at hand.
struct Condition {
    enum class Test : std::uint8_t { is, is_not, begins_with, sign };
    Ref of;
    Test test = Test::is;
    std::vector<std::string> texts;
    std::vector<int> signs;
};
using Conditions = std::vector<Condition>;  // all must hold

// Rows, or groups of a command, that become nothing, counted under a name.
struct LeftOut {
    std::string reason;
    Conditions when;
};

// The shape of a command, or of a part of it, with texts where rows fill it.
struct Template {
    enum class Shape : std::uint8_t { scalar, object, list };
    Shape shape = Shape::scalar;
    std::string pointer;
    std::string member;           // its name and a colon as JSON has them; empty in a list
    bool required = false;        // empty, it makes the rows unreadable; otherwise it is left out
    bool bare = false;            // scalar: a number or truth value, which JSON has without quotes
    bool measured = false;        // object: an amount and what it is of; without one it is empty
    Text text;                    // scalar
    std::vector<Template> parts;  // object: its members; list: its items
    // An item of a list: once for each distinct combination, if they hold; once when there is none.
    bool repeats = false;
    std::vector<Ref> each;
    Conditions when;
};

struct CommandRule {
    enum class Takes : std::uint8_t { each_row, once_per, group };
    std::string command, pointer;
    const Type* type = nullptr;
    Text id;
    Takes takes = Takes::each_row;
    std::vector<Ref> key;
    Conditions when;                 // of each row
    std::vector<LeftOut> leave_out;  // of each group
    std::size_t most_rows = 0;       // a longer group becomes several commands; 0: no limit
    Template fields;
};

struct LookupTable {
    std::string name;
    std::map<std::string, std::string, std::less<>> entries;
};

// A column that the mapping speaks of.
struct ColumnUse {
    std::string name;
    std::string pointer;  // where it is first spoken of
};

struct Mapping {
    std::string ids;  // part of all command ids and UUIDs that are made
    CsvFormat csv;
    bool trim = true;                // space at the ends of cells means nothing
    std::vector<std::string> names;  // of the columns of a file without header; else empty
    NumberFormat numbers;
    std::vector<LookupTable> lookups;
    std::vector<ValueRule> values;
    std::vector<LeftOut> leave_out;
    std::vector<CommandRule> commands;
    std::vector<ColumnUse> columns;
};

struct ReadMapping {
    Mapping mapping;
    std::vector<Fault> faults;  // with any, the mapping must not be used
};

// Reads the JSON text, with // and /* */ comments. Paths of lookup files are relative to `folder`.
// The mapping refers to types of the catalog.
ReadMapping read_mapping(const Catalog& catalog, std::string_view text, const std::string& folder);

}  // namespace kontor::imports
