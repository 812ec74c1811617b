// Reads a mapping from the top down.
#include "tools/import_mapping.h"

#include "tools/import_reading.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

namespace kontor::imports {
namespace {

// The document, with comments dropped; faults for a text that is no JSON and for members that
// stand twice, which a document would silently lose.
Json parsed(std::string_view text, std::vector<Fault>& faults) {
    std::vector<std::set<std::string>> seen;
    const auto look = [&](int depth, nlohmann::detail::parse_event_t event, Json& value) {
        using Event = nlohmann::detail::parse_event_t;
        const auto level = static_cast<std::size_t>(depth);
        if (seen.size() <= level + 1) seen.resize(level + 2);
        if (event == Event::object_start) seen[level + 1].clear();
        if (event == Event::key && !seen[level].insert(value.get<std::string>()).second)
            faults.push_back({"", "has the member " + value.dump() + " twice in one object"});
        return true;
    };
    try {
        return Json::parse(text, look, true, true);
    } catch (const Json::parse_error& error) {
        const std::string what = error.what();
        const std::size_t start = what.find("at line");
        faults.push_back(
            {"", "is no JSON " + (start == std::string::npos ? what : what.substr(start))});
        return {};
    }
}

class TopLevel : MappingReading {
public:
    TopLevel(Mapping& read, std::vector<Fault>& found, const Catalog& catalog,
             const std::string& folder)
        : MappingReading(read, found), catalog_(catalog), folder_(folder) {}

    void read(const Json& json) {
        if (!object(
                json, "",
                {"ids", "csv", "numbers", "dates", "lookups", "values", "leave_out", "commands"}))
            return;
        if (const Json* ids = member(json, "", "ids", true)) read_ids(*ids);
        if (const Json* csv = member(json, "", "csv")) read_csv(*csv);
        if (const Json* numbers = member(json, "", "numbers"))
            if (object(*numbers, "/numbers", {"decimal_mark", "thousands_mark"}))
                mapping.numbers = number_format(*numbers, "/numbers", {});
        dates = "YYYY-MM-DD";
        if (const Json* pattern = member(json, "", "dates")) {
            dates = word(*pattern, "/dates");
            if (const auto wrong = fault_of_pattern(dates); !wrong.empty())
                fault("/dates", "the pattern " + wrong);
        }
        if (const Json* lookups = member(json, "", "lookups")) read_lookups(*lookups);
        if (const Json* values = member(json, "", "values")) {
            if (!values->is_object()) return fault("/values", "must be an object");
            for (const auto& item : values->items())
                value(item.key(), item.value(), pointer_to("/values", item.key()));
        }
        if (const Json* rows = member(json, "", "leave_out"))
            mapping.leave_out = left_out(*rows, "/leave_out");
        if (const Json* commands = member(json, "", "commands", true)) read_commands(*commands);
        check_columns();
    }

private:
    void read_ids(const Json& json) {
        mapping.ids = word(json, "/ids");
        const bool plain = std::ranges::all_of(mapping.ids, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   c == '-' || c == '_' || c == '.';
        });
        if (!plain || mapping.ids.size() > 40)
            fault("/ids", "must be at most 40 letters, digits, -, _ and .: a name of this import");
    }

    void read_csv(const Json& json) {
        if (!object(json, "/csv", {"delimiter", "quote", "encoding", "columns", "trim"})) return;
        if (const Json* delimiter = member(json, "/csv", "delimiter"))
            mapping.csv.delimiter = character(*delimiter, "/csv/delimiter", false);
        if (const Json* quote = member(json, "/csv", "quote"))
            mapping.csv.quote = character(*quote, "/csv/quote", true);
        if (mapping.csv.quote == mapping.csv.delimiter) fault("/csv/quote", "is the delimiter too");
        if (const Json* encoding = member(json, "/csv", "encoding")) {
            const auto known = encoding_from(word(*encoding, "/csv/encoding"));
            if (known)
                mapping.csv.encoding = *known;
            else
                fault("/csv/encoding", "must be " + std::string(encoding_names()));
        }
        if (const Json* columns = member(json, "/csv", "columns"))
            mapping.names = words(*columns, "/csv/columns");
        if (const Json* trim = member(json, "/csv", "trim")) {
            if (!trim->is_boolean()) return fault("/csv/trim", "must be true or false");
            mapping.trim = trim->get<bool>();
        }
    }

    void read_lookups(const Json& json) {
        if (!json.is_object()) return fault("/lookups", "must be an object");
        for (const auto& item : json.items()) {
            const std::string here = pointer_to("/lookups", item.key());
            LookupTable table{item.key(), {}};
            if (object(item.value(), here, {"table", "csv", "key", "value"})) {
                if (const Json* inside = member(item.value(), here, "table"))
                    read_table(table, *inside, pointer_to(here, "table"));
                else
                    read_file(table, item.value(), here);
            }
            mapping.lookups.push_back(std::move(table));
        }
    }

    void read_table(LookupTable& table, const Json& json, const std::string& pointer) {
        if (!json.is_object()) return fault(pointer, "must be an object of texts");
        for (const auto& entry : json.items()) {
            if (entry.value().is_string())
                table.entries[entry.key()] = entry.value().get<std::string>();
            else
                fault(pointer_to(pointer, entry.key()), "must be a text");
        }
    }

    // Another CSV file, of the same format, with a header.
    void read_file(LookupTable& table, const Json& json, const std::string& pointer) {
        const Json* file = member(json, pointer, "csv", true);
        const Json* key = member(json, pointer, "key", true);
        const Json* value = member(json, pointer, "value", true);
        if (!file || !key || !value) return;
        const std::string key_name = word(*key, pointer_to(pointer, "key"));
        const std::string value_name = word(*value, pointer_to(pointer, "value"));
        const auto path = std::filesystem::path(folder_) / word(*file, pointer_to(pointer, "csv"));
        std::ifstream in(path, std::ios::binary);
        if (!in) return fault(pointer_to(pointer, "csv"), "cannot be read: " + path.string());
        try {
            CsvReader rows(in, mapping.csv);
            std::vector<std::string> cells;
            rows.next(cells);
            const auto column = [&](const std::string& name, std::string_view member) {
                const auto found = std::ranges::find(cells, name);
                if (found == cells.end())
                    fault(pointer_to(pointer, member), "names no column of " + path.string());
                return static_cast<std::size_t>(found - cells.begin());
            };
            const std::size_t width = cells.size();
            const std::size_t from = column(key_name, "key"), to = column(value_name, "value");
            if (from == width || to == width) return;
            while (rows.next(cells)) {
                if (cells.size() != width)
                    return fault(
                        pointer_to(pointer, "csv"),
                        "has too few or too many cells in line " + std::to_string(rows.line()));
                if (!table.entries.emplace(cells[from], cells[to]).second)
                    return fault(pointer_to(pointer, "csv"),
                                 "has the key " + cells[from] + " twice");
            }
        } catch (const CsvBroken& broken) {
            fault(pointer_to(pointer, "csv"), broken.what());
        }
    }

    void read_commands(const Json& json) {
        if (!json.is_array() || json.empty())
            return fault("/commands", "must be a list of at least one command");
        for (std::size_t at = 0; at < json.size(); ++at)
            read_command(json[at], pointer_to("/commands", std::to_string(at)));
    }

    void read_command(const Json& json, const std::string& here) {
        if (!object(json, here,
                    {"command", "id", "once_per", "group_by", "when", "leave_out", "most_rows",
                     "fields"}))
            return;
        CommandRule rule;
        rule.pointer = here;
        const Json* name = member(json, here, "command", true);
        const Json* id = member(json, here, "id", true);
        const Json* fields = member(json, here, "fields", true);
        if (id) rule.id = text(word(*id, pointer_to(here, "id")), pointer_to(here, "id"));
        if (id && rule.id.constant())
            fault(pointer_to(here, "id"), "is the same for all: it needs a hole, such as {#row}");
        const Json* once = member(json, here, "once_per");
        const Json* group = member(json, here, "group_by");
        if (once && group) fault(here, "must not have both once_per and group_by");
        if (once) rule.key = refs(*once, pointer_to(here, "once_per"));
        if (group) rule.key = refs(*group, pointer_to(here, "group_by"));
        rule.takes = once    ? CommandRule::Takes::once_per
                     : group ? CommandRule::Takes::group
                             : CommandRule::Takes::each_row;
        for (const Ref& ref : rule.key)
            if (ref.of != Ref::Of::column && (ref.of != Ref::Of::value || gathers(ref)))
                fault(here, "groups by what is only known of a group");
        if (const Json* when = member(json, here, "when"))
            rule.when = conditions(*when, pointer_to(here, "when"));
        if (const Json* groups = member(json, here, "leave_out"))
            rule.leave_out = left_out(*groups, pointer_to(here, "leave_out"));
        if (const Json* most = member(json, here, "most_rows")) {
            rule.most_rows =
                static_cast<std::size_t>(integer(*most, pointer_to(here, "most_rows"), 1, 100'000));
            if (!group) fault(pointer_to(here, "most_rows"), "is for group_by only");
        }
        const Catalog::Command* command = nullptr;
        if (name) {
            rule.command = word(*name, pointer_to(here, "command"));
            command = catalog_.command(rule.command);
            if (!command && !rule.command.empty())
                fault(pointer_to(here, "command"), "is no command of this program");
        }
        if (command && fields) {
            rule.type = command->spec->type;
            rule.fields = shape(*rule.type, {}, *fields, pointer_to(here, "fields"));
        }
        mapping.commands.push_back(std::move(rule));
    }

    // With names of columns in the mapping, all that it speaks of are known before the file is.
    void check_columns() {
        if (mapping.names.empty()) return;
        for (const ColumnUse& use : mapping.columns)
            if (std::ranges::find(mapping.names, use.name) == mapping.names.end())
                fault(use.pointer,
                      "names \"" + use.name + "\", which is no value and none of /csv/columns");
    }

    const Catalog& catalog_;
    const std::string folder_;
};

}  // namespace

ReadMapping read_mapping(const Catalog& catalog, std::string_view text, const std::string& folder) {
    ReadMapping read;
    const Json json = parsed(text, read.faults);
    if (!read.faults.empty()) return read;
    TopLevel(read.mapping, read.faults, catalog, folder).read(json);
    return read;
}

}  // namespace kontor::imports
