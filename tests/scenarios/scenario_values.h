// Values of scenarios: the text of a cell or a field as JSON, and JSON as the text of a cell.
#pragma once

#include "domain/core/describe.h"

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kontor::test {

// How wide a UTF-8 text is when each character is.
std::size_t characters_of(std::string_view text);
// What stands at the right side of its column.
bool is_figure(const Type& type);

class ScenarioValues {
public:
    using Json = nlohmann::ordered_json;

    // The currency of amounts that say none.
    std::string currency = "EUR";

    // A record from lines "name  value"; a record's own fields stand deeper below its name, a list
    // of records is a table whose head stands beside its name.
    Json record(const Type& type, const std::vector<std::string>& block);
    // A value of a query's parameter: ids by the names that the scenario gave them.
    std::string parameter(const Type& type, const std::string& text);
    // The row of an explanation: the id behind a name that was used before, else the text itself.
    std::string row(const std::string& text) const;
    // The other way: what the scenario calls a row, or a line of it.
    std::string row_name(const std::string& row) const;

    std::string text(const Type& type, const Json& value) const;
    // A stream's name with the scenario's name of its id.
    std::string stream(std::string_view name) const;

private:
    Json value(const Type& type, const std::string& text);
    Json table(const Type& row, const std::string& head, const std::vector<std::string>& block,
               std::size_t column);
    std::string id(const std::string& name);

    std::map<std::string, std::string> names_;  // by id
};

}  // namespace kontor::test
