// By which fields the rows of an answer are told apart where the first one alone does not.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace kontor {

struct RowNames {
    std::string_view query;
    std::vector<std::string_view> fields;  // in the order of the name, such as <type>/<from>/<to>
};

// THE list of such queries; none of their figures is explained, as explanations name rows by their
// first field.
std::span<const RowNames> row_names();

// Empty where the first field tells the rows apart.
std::span<const std::string_view> fields_that_name_rows(std::string_view query);

}  // namespace kontor
