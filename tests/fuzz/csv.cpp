// A file that somebody wants to import, in every encoding, and what a mapping makes of its rows.
#include "tools/csv.h"

#include "domain/contexts.h"
#include "tests/fuzz/targets.h"
#include "tools/import_rows.h"

#include <nlohmann/json.hpp>
#include <sstream>

namespace kontor::fuzz {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// Something of every operation, of the first three columns.
constexpr std::string_view mapping_text = R"({
    "ids": "fuzz", "csv": {"columns": ["Doc", "Net", "Day"]},
    "lookups": {"kinds": {"table": {"C": "credit", "": "none"}}},
    "values": {
        "kind": {"cut": "Doc", "from": 1, "length": 1},
        "kind_name": {"lookup": "{kind}", "in": "kinds", "otherwise": "other {kind}"},
        "tax": {"constant": "0.19"},
        "taxed": {"multiply": ["Net", "tax"]},
        "less": {"subtract": ["Net", "taxed"]},
        "all": {"sum": "less"},
        "rounded": {"round": "all", "digits": 2, "rounding": "half_even"},
        "german": {"number": "Net", "decimal_mark": ",", "thousands_mark": "."},
        "side": {"sign": "Net", "negative": "minus", "zero": "nil", "positive": "plus"},
        "day": {"date": "Day", "pattern": "D.M.YY*"},
        "id": {"uuid": "{Doc}"}
    },
    "commands": [{"command": "OpenJournal", "id": "{Doc}", "group_by": ["Doc"], "fields": {
        "company": "ACME", "journal": "{Doc}",
        "name": "{kind_name} {rounded} {german} {side} {day} {id} {#row}"}}]
})";

const imports::Mapping& mapping() {
    static const auto catalog = make_catalog();
    static const imports::ReadMapping read = imports::read_mapping(*catalog, mapping_text, ".");
    for (const Fault& fault : read.faults) throw Broken(fault.pointer + " " + fault.problem);
    return read.mapping;
}

Rows rows_of(const std::string& octets, const CsvFormat& format) {
    std::istringstream file(octets);
    CsvReader reader(file, format);
    Rows rows;
    std::vector<std::string> cells;
    std::uint64_t line = 0;
    while (reader.next(cells)) {
        holds(!cells.empty(), "a row has cells");
        holds(reader.line() > line, "rows begin in lines of their own");
        line = reader.line();
        for (const std::string& cell : cells) holds(is_utf8(cell), "cells are UTF-8");
        rows.push_back(cells);
    }
    holds(reader.octets() == octets.size(), "the whole file is read");
    return rows;
}

// Octet by octet a file means what it means at once.
void check_decoding(std::string_view octets, Encoding encoding) {
    std::string whole, slowly;
    Decoder(encoding).decode(octets, true, whole);
    Decoder decoder(encoding);
    for (std::size_t at = 0; at < octets.size(); ++at)
        decoder.decode(octets.substr(at, 1), false, slowly);
    decoder.decode({}, true, slowly);
    holds(whole == slowly, "pieces do not change what a file means");
    holds(whole.size() <= 3 * octets.size() + 3, "a character has at most three octets of one");
}

void check_written(const Rows& rows) {
    std::string text;
    for (const auto& row : rows) text += csv_row(row);
    holds(rows_of(text, {}) == rows, "rows that were written are read as the same");
}

void check_mapped(const Rows& rows) {
    std::vector<imports::Row> numbered;
    for (const auto& cells : rows) {
        if (cells.size() != 3) return;
        numbered.push_back({cells, numbered.size() + 1, 1, 0, 0, {}});
    }
    std::vector<std::size_t> places;
    const std::vector<std::string_view> names = {"Doc", "Net", "Day"};
    for (const imports::ColumnUse& use : mapping().columns)
        places.push_back(
            static_cast<std::size_t>(std::ranges::find(names, use.name) - names.begin()));
    const imports::Reckoning reckoning(mapping(), places);
    std::vector<const imports::Row*> all;
    for (const imports::Row& row : numbered) all.push_back(&row);
    const imports::CommandRule& rule = mapping().commands.front();
    for (const auto& group : reckoning.groups(rule.key, {all, 1})) {
        try {
            const std::string text = reckoning.json(rule.fields, {group, 1});
            holds(nlohmann::json::accept(text), "rows become JSON");
        } catch (const imports::Unreadable& unreadable) {
            holds(unreadable.what()[0] != '\0', "or it is said why not");
        }
    }
}

}  // namespace

// The first octet chooses the form of the file.
void csv(std::string_view octets) {
    if (octets.empty()) return;
    const auto choice = static_cast<unsigned char>(octets.front());
    octets.remove_prefix(1);
    CsvFormat format;
    format.encoding = static_cast<Encoding>(choice % 6);
    format.delimiter = ",;\t|"[choice / 6 % 4];
    format.quote = "\"'\0"[choice / 24 % 3];
    check_decoding(octets, format.encoding);
    Rows rows;
    try {
        rows = rows_of(std::string(octets), format);
    } catch (const CsvBroken& broken) {
        holds(std::string_view(broken.what()).find("ine ") != std::string_view::npos,
              "a file that is none is refused with the line");
        return;
    }
    check_written(rows);
    check_mapped(rows);
}

}  // namespace kontor::fuzz
