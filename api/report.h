// An answer as it is handed on: a table on paper, with what it is of and what proves it.
#pragma once

#include "domain/core/date.h"

#include <cstdint>
#include <string>
#include <vector>

namespace kontor {

struct ReportColumn {
    std::string head;
    bool figure = false;  // stands right
};

enum class ReportStyle : std::uint8_t { plain, caption, subtotal, total };

struct ReportRow {
    std::vector<std::string> cells{};  // one a column; empty shows nothing
    std::int64_t level = 1;            // how far the first text is set in, from 1
    ReportStyle style = ReportStyle::plain;
};

struct Report {
    std::string company;  // its name
    std::string title;
    std::vector<std::string> subtitles;  // day or period, and what narrows the question
    std::string unit;                    // of all figures, such as "in EUR"; empty: they say it
    std::vector<ReportColumn> columns;
    std::vector<ReportRow> rows;
    std::vector<std::string> remarks;  // below the table
    std::vector<std::string> footer;   // on each page
    Timestamp made;                    // the moment that the answer is of
};

}  // namespace kontor
