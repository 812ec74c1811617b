// Comma-separated values as RFC 4180 has them: the form in which every business program lets its
// rows go.
#pragma once

#include "tools/import_encoding.h"

#include <cstdint>
#include <istream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace kontor {

struct CsvFormat {
    char delimiter = ',';
    char quote = '"';  // 0: no quotes, every character stands for itself
    Encoding encoding = Encoding::utf_8;
};

// The text is no CSV; the sentence names the line.
struct CsvBroken : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Reads row by row, never the whole file. Rows end with CRLF, LF or CR, inside quotes they go on; a
// quote stands twice inside quotes. A quote in the middle of a cell without quotes stands for
// itself, as in 5" nails. Lines with nothing at all are no rows.
class CsvReader {
public:
    CsvReader(std::istream& from, const CsvFormat& format);

    // The cells of the next row, in UTF-8; false after the last one. Throws CsvBroken.
    bool next(std::vector<std::string>& cells);
    // The line of the file in which the row that was read last begins, from 1.
    std::uint64_t line() const { return row_line_; }
    // Octets of the file that have been read, for progress.
    std::uint64_t octets() const { return octets_; }

private:
    // The next character without taking it; -1 at the end.
    int peek() {
        return at_ < text_.size() || fill() ? static_cast<unsigned char>(text_[at_]) : -1;
    }
    bool fill();
    void quoted_cell(std::string& cell);
    void plain_cell(std::string& cell);
    bool end_of_line();
    void check(const std::string& cell) const;

    std::istream& from_;
    CsvFormat format_;
    Decoder decoder_;
    std::string chunk_, text_;  // octets as read, and what they mean
    std::size_t at_ = 0;
    std::uint64_t line_ = 1, row_line_ = 0, octets_ = 0;
};

// One row with its line end, in UTF-8: quotes stand where the delimiter, a quote, a line end or
// space at an end asks for them. In a format without quotes such characters become spaces.
std::string csv_row(const std::vector<std::string>& cells, const CsvFormat& format = {});

}  // namespace kontor
