// How any answer becomes a report, by the description of its query and rows alone.
//
// Figures stand right with thousands separated; one currency of all of them is said once. Rows with
// a `level` are an outline: they show names and figures, set in by level, ruled where `total` says
// so. Columns that are empty in all rows are left out.
#pragma once

#include "api/question.h"
#include "api/report.h"
#include "api/report_words.h"
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

// What a report says that the question and its answer do not.
struct ReportFacts {
    ReportWords words;
    NameOf name_of;
    std::optional<Date> last_day{};  // of the period through which is asked
    std::string leading_book{};      // where the company keeps several and none is named
};

Report report_of(const Question& question, const WholeAnswer& answer, const ReportFacts& facts);

}  // namespace kontor
