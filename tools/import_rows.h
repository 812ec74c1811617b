// The rows of a CSV file as a mapping sees them: its columns by name, and what it computes of them.
#pragma once

#include "tools/import_mapping.h"

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace kontor::imports {

struct Row {
    std::vector<std::string> cells;
    std::uint64_t number = 0;   // of the rows of the file, from 1
    std::uint64_t attempt = 1;  // 1 unless it was refused before
    std::size_t only = 0;       // 0: for all commands; else the one of that number, from 1
    std::uint64_t part = 0;     // of a long group, when it was refused as one; else 0
    std::string trouble;        // why it cannot be read, if it cannot
};

// Rows that become one command, or one part of a command.
struct Scope {
    std::span<const Row* const> rows;
    std::uint64_t part = 1;
};

// The rows cannot become what the mapping makes of them; the sentence says why.
struct Unreadable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Value {
    Yields what = Yields::text;
    std::string text;
    Exact number;
    Date day;
};

// A UUID whose order is that of the days (its first 48 bits are milliseconds, as in version 7), so
// that documents imported in order lie in order.
Uuid at_day(Uuid uuid, Date day);

// Computes values and conditions of rows; for one thread.
class Reckoning {
public:
    // `places` says in which cell of a row each of the mapping's columns is.
    Reckoning(const Mapping& mapping, std::vector<std::size_t> places)
        : mapping_(mapping), places_(std::move(places)) {}

    // All throw Unreadable. Rows must agree on what is not computed from all of them.
    Value value(Ref ref, Scope scope) const;
    Exact number(Ref ref, Scope scope) const;
    std::string text(Ref ref, Scope scope) const;
    std::string text(const Text& text, Scope scope) const;
    bool holds(const Conditions& conditions, Scope scope) const;
    // What tells a row from those of other groups.
    std::string key(const std::vector<Ref>& refs, const Row& row) const;
    // The rows in groups of one key each, in the order of their first rows.
    std::vector<std::vector<const Row*>> groups(const std::vector<Ref>& by, Scope scope) const;

    // The data of a command as JSON.
    std::string json(const Template& shape, Scope scope) const;

private:
    std::string_view cell(std::size_t column, const Row& row) const;
    std::string agreed_cell(std::size_t column, Scope scope) const;
    Value computed(const ValueRule& rule, Scope scope) const;
    Value agreed(const ValueRule& rule, Scope scope) const;
    Exact total(const ValueRule& rule, Scope scope) const;
    std::string looked_up(const ValueRule& rule, Scope scope) const;
    bool holds(const Condition& condition, Scope scope) const;
    // Appends the shape's JSON; false, and nothing, when it comes out empty.
    bool append(const Template& shape, Scope scope, std::string& out) const;
    bool append_list(const Template& shape, Scope scope, std::string& out) const;
    bool append_scalar(const Template& shape, Scope scope, std::string& out) const;

    const Mapping& mapping_;
    const std::vector<std::size_t> places_;
};

}  // namespace kontor::imports
