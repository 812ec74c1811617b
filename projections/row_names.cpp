// The queries whose rows have names of several fields.
#include "projections/row_names.h"

#include <algorithm>

namespace kontor {

std::span<const RowNames> row_names() {
    static const std::vector<RowNames> names{
        {"dimension_values", {"dimension", "value"}},
        {"fiscal_periods", {"fiscal_year", "period"}},
        {"grants", {"actor", "role", "for_company"}},
        {"rate", {"type", "from", "to"}},
        {"rates", {"type", "from", "to", "date"}},
        {"rule_runs", {"rule", "of", "fiscal_year", "period"}}};
    return names;
}

std::span<const std::string_view> fields_that_name_rows(std::string_view query) {
    const auto found = std::ranges::find(row_names(), query, &RowNames::query);
    if (found == row_names().end()) return {};
    return found->fields;
}

}  // namespace kontor
