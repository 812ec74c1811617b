// Files as other programs write them: RFC 4180 to the letter, and what is met beside it.
#include "tools/csv.h"

#include "tools/import_formats.h"

#include <catch2/catch.hpp>
#include <sstream>

namespace kontor {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(const std::string& file, const CsvFormat& format = {}) {
    std::istringstream in(file);
    CsvReader reader(in, format);
    Rows rows;
    std::vector<std::string> cells;
    while (reader.next(cells)) rows.push_back(cells);
    return rows;
}

CsvFormat in(Encoding encoding) { return {',', '"', encoding}; }

TEST_CASE("cells lie between delimiters and rows between line ends of any kind") {
    const Rows rows = {{"a", "b"}, {"c", "d"}};
    for (const char* file : {"a,b\r\nc,d\r\n", "a,b\nc,d", "a,b\rc,d\r", "a,b\n\nc,d\n\n\n"})
        CHECK(rows_of(file) == rows);
    CHECK(rows_of("").empty());
    CHECK(rows_of("\r\n\n").empty());
    CHECK(rows_of(",\n") == Rows{{"", ""}});
    CHECK(rows_of("a|'b|c'\n", {'|', '\'', Encoding::utf_8}) == Rows{{"a", "b|c"}});
}

TEST_CASE("quotes hold delimiters, line ends and, twice, themselves") {
    CHECK(rows_of("\"a,b\",\"c\r\nd\",\"e \"\"f\"\"\"\n") == Rows{{"a,b", "c\r\nd", "e \"f\""}});
    CHECK(rows_of("\"\"\n") == Rows{{""}});
    CHECK(rows_of("5\" nails,x\n") == Rows{{"5\" nails", "x"}});
    CHECK(rows_of("\"a,b\n", {',', 0, Encoding::utf_8}) == Rows{{"\"a", "b"}});
}

TEST_CASE("a broken file is refused with the line in which it breaks") {
    CHECK_THROWS_WITH(rows_of("a\n\"b\nc"),
                      Catch::Contains("line 2") && Catch::Contains("not closed"));
    CHECK_THROWS_WITH(rows_of("a\nb\n\"c\"d\n"), Catch::Contains("Line 3"));
    CHECK_THROWS_WITH(rows_of("a\n\xE9t\xE9\n"),
                      Catch::Contains("Line 2") && Catch::Contains("utf-8"));
    CHECK_THROWS_WITH(rows_of("\"" + std::string(3u << 20, 'x')), Catch::Contains("megabyte"));
}

TEST_CASE("the line of a row counts the lines inside quotes before it") {
    std::istringstream file("a\n\"b\nb\"\n\nc\n");
    CsvReader reader(file, {});
    std::vector<std::string> cells;
    std::vector<std::uint64_t> lines;
    while (reader.next(cells)) lines.push_back(reader.line());
    CHECK(lines == std::vector<std::uint64_t>{1, 2, 5});
}

TEST_CASE("each encoding means its characters") {
    // Octets and characters from the code charts of ISO 8859-1, Microsoft's 1252 and 1251, Unicode.
    CHECK(rows_of("caf\xE9", in(Encoding::latin_1)) == Rows{{"café"}});
    CHECK(rows_of("\x80 10\x96"
                  "20",
                  in(Encoding::windows_1252)) == Rows{{"€ 10–20"}});
    CHECK(rows_of("\xD1\xF7\xB8\xF2 \xB9 1", in(Encoding::windows_1251)) == Rows{{"Счёт № 1"}});
    using namespace std::string_literals;
    CHECK(rows_of("a\0,\0\x3D\xD8\x00\xDE"s, in(Encoding::utf_16le)) == Rows{{"a", "😀"}});
    CHECK(rows_of("\0a\0,\xD8\x3D\xDE\x00"s, in(Encoding::utf_16be)) == Rows{{"a", "😀"}});
    CHECK_THROWS_AS(rows_of("a\0\x3D\xD8"s, in(Encoding::utf_16le)), CsvBroken);
    CHECK_THROWS_AS(rows_of("a\0b"s, in(Encoding::utf_16le)), CsvBroken);
    for (const char* name :
         {"utf-8", "iso-8859-1", "windows-1252", "windows-1251", "utf-16le", "utf-16be"})
        CHECK(name_of(encoding_from(name).value()) == name);
    CHECK(!encoding_from("ebcdic"));
}

TEST_CASE("a byte order mark is no part of the first cell and wins over the encoding asked for") {
    CHECK(rows_of("\xEF\xBB\xBF"
                  "é,b",
                  in(Encoding::windows_1252)) == Rows{{"é", "b"}});
    using namespace std::string_literals;
    CHECK(rows_of("\xFF\xFE"
                  "a\0"s,
                  in(Encoding::utf_8)) == Rows{{"a"}});
    CHECK(rows_of("\xFE\xFF\0a"s, in(Encoding::utf_16le)) == Rows{{"a"}});
    CHECK(rows_of("a") == Rows{{"a"}});
}

TEST_CASE("a file larger than what is read at once comes out whole") {
    std::string file;
    Rows rows;
    for (int at = 0; at < 60'000; ++at) {
        const std::string number = std::to_string(at);
        file.append(number).append(",\"ä\"\"").append(number).append("\n\",\r\n");
        rows.push_back({number, "ä\"" + number + "\n", ""});
    }
    CHECK(rows_of(file) == rows);
}

TEST_CASE("what is written as a row is read as the same row") {
    const std::vector<std::string> cells = {"a", "", "b,c", "d\"e", "f\r\ng", " h ", "é"};
    CHECK(rows_of(csv_row(cells)) == Rows{cells});
    CHECK(rows_of(csv_row({""})) == Rows{{""}});
    const CsvFormat semicolons{';', '\'', Encoding::utf_8};
    CHECK(rows_of(csv_row({"a;b", "c'd"}, semicolons), semicolons) == Rows{{"a;b", "c'd"}});
    const CsvFormat bare{'\t', 0, Encoding::utf_8};
    CHECK(rows_of(csv_row({"a\tb\n", "\"c\""}, bare), bare) == Rows{{"a b ", "\"c\""}});
}

std::string read_as(const std::string& text, char decimal, char thousands) {
    const auto number = number_from(text, {decimal, thousands});
    return number ? to_text(*number) : "no number";
}

TEST_CASE("numbers are read exactly, with the marks of their country") {
    CHECK(read_as("2.55", '.', 0) == "2.55");
    CHECK(read_as("-11062.06", '.', 0) == "-11062.06");
    CHECK(read_as("+7", '.', 0) == "7");
    CHECK(read_as("1.234.567,80", ',', '.') == "1234567.80");
    CHECK(read_as("1'234.5", '.', '\'') == "1234.5");
    CHECK(read_as("12,5-", ',', '.') == "-12.5");
    CHECK(read_as("0.1000000000000000000000000001", '.', 0) == "0.1000000000000000000000000001");
    for (const char* text : {"", "-", "1e5", "1,5", "1.", ".5", "1 000", "NaN", "--1", "0x10"})
        CHECK(read_as(text, '.', 0) == "no number");
    for (const char* text : {"1,23.45", "12,3456", "1234,567.0", ",123", "1,,234"})
        CHECK(read_as(text, '.', ',') == "no number");
    CHECK(read_as(std::string(37, '9'), '.', 0) == "no number");
}

TEST_CASE("products and sums keep every digit until they are rounded by name") {
    const Exact price{1'014, 3}, quantity{750, 0};  // 1.014 x 750 = 760.500
    const Exact net = product_of(price, quantity).value();
    CHECK(to_text(net) == "760.500");
    CHECK(to_text(sum_of(net, {1, 4}).value()) == "760.5001");
    CHECK(to_text(rounded(net, 0, Rounding::half_up)) == "761");
    CHECK(to_text(rounded(net, 0, Rounding::half_even)) == "760");
    CHECK(to_text(rounded(negated(net), 0, Rounding::half_up)) == "-761");
    CHECK(to_text(rounded({275, 1}, 2, Rounding::half_up)) == "27.50");
    const Exact huge{ten_to(37), 0};
    CHECK(!product_of(huge, huge));
    CHECK(!sum_of(huge, {1, 36}));
}

TEST_CASE("dates are read by their pattern, and only by it") {
    const auto day = [](const char* text, const char* pattern) {
        const auto date = date_by(text, pattern);
        return date ? to_text(*date) : "no date";
    };
    CHECK(day("2010-12-01 08:26:00", "YYYY-MM-DD hh:mm:ss") == "2010-12-01");
    CHECK(day("1.2.2024", "D.M.YYYY") == "2024-02-01");
    CHECK(day("12/31/99", "MM/DD/YY") == "1999-12-31");
    CHECK(day("31.12.68", "DD.MM.YY") == "2068-12-31");
    CHECK(day("20240229", "YYYYMMDD") == "2024-02-29");
    CHECK(day("2024-02-29T10:11:12Z", "YYYY-MM-DD*") == "2024-02-29");
    CHECK(day("2023-02-29", "YYYY-MM-DD") == "no date");
    CHECK(day("2024-2-9", "YYYY-MM-DD") == "no date");
    CHECK(day("2024-02-09 ", "YYYY-MM-DD") == "no date");
    CHECK(day("2024-02-09 25:00", "YYYY-MM-DD hh:mm") == "no date");
    CHECK(day("", "YYYY-MM-DD") == "no date");
    CHECK(fault_of_pattern("YYYY-MM-DD").empty());
    for (const char* wrong : {"YYYY-MM", "YYY-MM-DD", "YYYY-MM-DD-DD", "*YYYY-MM-DD", ""})
        CHECK_FALSE(fault_of_pattern(wrong).empty());
}

}  // namespace
}  // namespace kontor
