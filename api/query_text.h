// A question as it stands behind the "?" of an address, and its answer as a CSV file.
#pragma once

#include "api/json.h"
#include "domain/core/describe.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kontor {

// One name=value of an address, decoded; `key` of name[key]=value.
struct UrlParameter {
    std::string name;
    std::optional<std::string> key{};
    std::string value;
    bool operator==(const UrlParameter&) const = default;
};

// Takes a query apart (WHATWG application/x-www-form-urlencoded: "+" is a space). What is no
// percent encoding or no UTF-8 is a fault at "/<name>" and left out.
std::vector<UrlParameter> url_parameters(std::string_view query, std::vector<Fault>& faults);

// Whether a described record can be asked in an address or a form: its fields are scalars, amounts,
// lists of scalars, maps to scalars, perhaps optional; an amount is name=12.50&name_currency=EUR.
bool fits_in_address(const Type& type);

// Fills a fresh value from parameters; every fault at "/<name>". A list or map of which nothing is
// said is empty. Parameters named in `elsewhere` are read by somebody else and passed over.
std::vector<Fault> read_query(const Type& type, const std::vector<UrlParameter>& parameters,
                              std::span<const std::string_view> elsewhere, void* value);

// The other way: "company=demo&account=4000", for links and cursors; empty for nothing to say. An
// optional list that is there but empty reads back as absent.
std::string query_text(const Type& type, const void* value);

// One octet as %XX, whatever it is (RFC 3986, 2.1).
void append_percent_octet(char octet, std::string& out);
// Letters, digits and "-._~" as they are, everything else as %XX (RFC 3986).
void append_percent_encoded(std::string_view text, std::string& out);

// CSV of described rows (RFC 4180, UTF-8, CRLF): a header line, then a line a row. Money, prices
// and quantities are two columns, `name` and `name_currency` or `name_unit`; nested records have a
// column a field, `name.field`; lists, other maps, variants and what contains itself are JSON in a
// cell.
//
// A text whose first character would make a spreadsheet calculate (= + - @, tab, carriage return)
// gets an apostrophe before it: names come from outside, and an accountant opens the file with a
// double click. Numbers, dates and amounts are left as they are. JSON answers hold the exact texts.
//
// A map of amounts is a table of its own, such as figures by period: it has a column a key,
// `name[key]`, for the keys that the first row has; all rows of such an answer have the same.
class CsvTable {
public:
    // `first` is the first row; null where there is none, or it does not matter.
    explicit CsvTable(const Type& row, std::shared_ptr<const void> first = {})
        : row_(row), first_(std::move(first)) {}
    void append_header(std::string& out) const;
    void append_row(const void* value, std::string& out) const;

private:
    const Type& row_;
    std::shared_ptr<const void> first_;
};

// One cell: as it is, or made harmless as a text that came from outside.
void append_csv_cell(std::string_view text, std::string& out);
void append_foreign_csv_cell(std::string_view text, std::string& out);

}  // namespace kontor
