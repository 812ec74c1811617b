// How any answer becomes a report, by the description of its query and rows alone.
//
// Figures stand right with thousands separated; one currency of all of them is said once. Rows with
// a `level` are an outline: they show names and figures, set in by level, ruled where `total` says
// so. Columns that are empty in all rows are left out.
#pragma once

#include "api/question.h"
#include "api/report.h"
#include "domain/core/decision.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kontor {

struct WholeAnswer {
    std::vector<Message> rows;
    std::optional<Message> totals;
};

// The name of what a code names, by the query that lists such things; empty where none tells.
using NameOf = std::function<std::string(const Thing& thing, const std::string& code)>;

Report report_of(const Question& question, const WholeAnswer& answer, const NameOf& name_of);

// "31 December 2026".
std::string long_date(Date date);
// "-1,234.50".
std::string with_thousands(const std::string& decimal);

}  // namespace kontor
