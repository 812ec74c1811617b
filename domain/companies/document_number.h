// Numbers of documents: gapless within a series, counted by whoever issues them.
#pragma once

#include "domain/core/date.h"
#include "domain/core/describe.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace kontor::companies {

struct DocumentNumber {
    std::string series;
    std::int64_t count = 1;

    bool operator==(const DocumentNumber&) const = default;
    static void describe(auto& record) {
        record.record("DocumentNumber", "The number of a document.")
            .field("series", &DocumentNumber::series, "What numbers of the series begin with.")
            .field("count", &DocumentNumber::count, "Which one of the series, from 1.");
    }
};
// "R-2026-17"
std::string to_text(const DocumentNumber&);

// The series of a day: what stands for `{year}` in its pattern is the year, so that numbers begin
// anew with each.
std::string series_on(std::string_view pattern, Date);

}  // namespace kontor::companies
