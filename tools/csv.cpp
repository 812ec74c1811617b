// A reader that looks at each character once.
#include "tools/csv.h"

#include "domain/core/id.h"

#include <algorithm>

namespace kontor {
namespace {

constexpr std::size_t chunk_size = 1u << 18;
// A quote that is never closed swallows the file; no cell of a business file comes near.
constexpr std::size_t longest_cell = 1u << 20;

}  // namespace

CsvReader::CsvReader(std::istream& from, const CsvFormat& format)
    : from_(from), format_(format), decoder_(format.encoding), chunk_(chunk_size, '\0') {}

bool CsvReader::fill() {
    text_.clear();
    at_ = 0;
    while (text_.empty() && from_) {
        from_.read(chunk_.data(), static_cast<std::streamsize>(chunk_.size()));
        const auto count = static_cast<std::size_t>(from_.gcount());
        octets_ += count;
        decoder_.decode(std::string_view(chunk_).substr(0, count), !from_, text_);
    }
    return !text_.empty();
}

void CsvReader::check(const std::string& cell) const {
    if (cell.size() > longest_cell)
        throw CsvBroken("The cell that begins in line " + std::to_string(row_line_) +
                        " is longer than a megabyte; is a quote not closed?");
    const bool plain =
        std::ranges::all_of(cell, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (!plain && !is_utf8(cell))
        throw CsvBroken("Line " + std::to_string(row_line_) + " holds what is no " +
                        std::string(name_of(decoder_.encoding())) +
                        "; does the mapping name the right encoding?");
}

void CsvReader::quoted_cell(std::string& cell) {
    ++at_;
    for (int c = peek();; c = peek()) {
        if (c < 0)
            throw CsvBroken("The quote of the row in line " + std::to_string(row_line_) +
                            " is not closed.");
        ++at_;
        if (c == '\n') ++line_;
        if (c == format_.quote) {
            if (peek() != format_.quote) break;
            ++at_;
        }
        cell += static_cast<char>(c);
        if (cell.size() > longest_cell) check(cell);
    }
    const int after = peek();
    if (after >= 0 && after != format_.delimiter && after != '\n' && after != '\r')
        throw CsvBroken("Line " + std::to_string(line_) +
                        " goes on behind a closing quote; a quote inside quotes stands twice.");
}

void CsvReader::plain_cell(std::string& cell) {
    while (peek() >= 0) {
        const std::size_t start = at_;
        while (at_ < text_.size() && text_[at_] != format_.delimiter && text_[at_] != '\n' &&
               text_[at_] != '\r')
            ++at_;
        cell.append(text_, start, at_ - start);
        if (at_ < text_.size()) return;
    }
}

// Takes a line end; false when none stands here.
bool CsvReader::end_of_line() {
    const int c = peek();
    if (c != '\r' && c != '\n') return false;
    ++at_;
    ++line_;
    if (c == '\r' && peek() == '\n') ++at_;
    return true;
}

bool CsvReader::next(std::vector<std::string>& cells) {
    while (end_of_line()) {}
    if (peek() < 0) return false;
    row_line_ = line_;
    std::size_t count = 0;
    while (true) {
        if (cells.size() == count) cells.emplace_back();
        std::string& cell = cells[count++];
        cell.clear();
        if (format_.quote != 0 && peek() == format_.quote)
            quoted_cell(cell);
        else
            plain_cell(cell);
        check(cell);
        if (peek() != format_.delimiter) break;
        ++at_;
    }
    end_of_line();
    cells.resize(count);
    return true;
}

std::string csv_row(const std::vector<std::string>& cells, const CsvFormat& format) {
    std::string row;
    const std::string special = {format.delimiter, '\r', '\n', format.quote ? format.quote : '\r'};
    for (std::size_t at = 0; at < cells.size(); ++at) {
        std::string cell = cells[at];
        if (at > 0) row += format.delimiter;
        if (format.quote == 0) {
            for (char& c : cell)
                if (special.find(c) != std::string::npos) c = ' ';
            row += cell;
            continue;
        }
        // A row of one empty cell would be a line with nothing, which is no row.
        // A byte order mark at the beginning of a file would be taken for the file's.
        const bool bare = (!cell.empty() || cells.size() > 1) &&
                          !cell.starts_with("\xef\xbb\xbf") &&
                          cell.find_first_of(special) == std::string::npos &&
                          !cell.starts_with(' ') && !cell.ends_with(' ');
        if (bare) {
            row += cell;
            continue;
        }
        row += format.quote;
        for (const char c : cell) row.append(c == format.quote ? 2 : 1, c);
        row += format.quote;
    }
    return row + "\r\n";
}

}  // namespace kontor
