// Figures of queries under audit: the events that one comes from, and what changed in an answer.
#pragma once

#include "tools/audit_desk.h"

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace kontor {

enum class FiguresAs { text, json, csv };

struct FigureWish {
    std::string query;
    std::string row;                        // empty: the totals
    std::optional<std::string> field;       // nothing: every figure of the row
    std::vector<std::string> parameters;    // name=value
    std::vector<std::string> between = {};  // two moments, of changes
    FiguresAs as = FiguresAs::text;
};

// Prints the events behind a figure with their amounts and adds them up. False when they do not
// add up to it. Throws Unable for what is not there.
bool print_figure(AuditDesk& desk, const FigureWish& wish, std::ostream& out);

// Prints which rows of an answer changed between two moments, and which events changed them.
void print_changed_rows(AuditDesk& desk, const FigureWish& wish, std::ostream& out);

}  // namespace kontor
