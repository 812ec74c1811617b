// Columns by name, and the five columns that a refused row has more.
#include "tools/import_file.h"

#include "tools/command_line.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace kontor::imports {
namespace {

constexpr std::array<std::string_view, 5> notes = {"kontor_attempt", "kontor_command",
                                                   "kontor_part", "kontor_code", "kontor_text"};

bool ends_with_notes(const std::vector<std::string>& names) {
    return names.size() > notes.size() &&
           std::equal(notes.begin(), notes.end(), names.end() - notes.size());
}

// The file of refused rows is UTF-8 whatever the mapping says: this mark tells the reader.
constexpr std::string_view utf_8_mark = "\xEF\xBB\xBF";

}  // namespace

ImportFile::ImportFile(const Mapping& mapping, std::string path)
    : mapping_(mapping), path_(std::move(path)) {
    rewind();
    std::vector<std::string> first;
    if (!reader_->next(first)) throw Unable("there are no rows in " + path_);
    was_refused_ = ends_with_notes(first);
    has_header_ = was_refused_ || mapping_.names.empty();
    columns_ = has_header_ ? first : mapping_.names;
    if (was_refused_) columns_.resize(columns_.size() - notes.size());
    if (mapping_.trim)
        for (std::string& name : columns_) {
            const std::size_t start = name.find_first_not_of(" \t");
            const std::size_t end = name.find_last_not_of(" \t");
            name = start == std::string::npos ? "" : name.substr(start, end - start + 1);
        }
    rewind();
}

void ImportFile::rewind() {
    in_ = std::ifstream(path_, std::ios::binary);
    if (!in_) throw Unable("cannot read " + path_);
    reader_ = std::make_unique<CsvReader>(in_, mapping_.csv);
    number_ = 0;
    std::vector<std::string> header;
    if (has_header_ && !columns_.empty()) reader_->next(header);
}

std::uint64_t ImportFile::noted(const std::string& cell, std::uint64_t otherwise) const {
    if (cell.empty()) return otherwise;
    const auto number = integer_from(cell);
    if (!number || *number < 0)
        throw Unable("line " + std::to_string(reader_->line()) + " of " + path_ + " has \"" + cell +
                     "\" where a number was noted");
    return static_cast<std::uint64_t>(*number);
}

bool ImportFile::next(Row& row) {
    row.trouble.clear();
    if (!reader_->next(row.cells)) {
        if (in_.bad()) throw Unable("cannot read " + path_ + " to its end");
        return false;
    }
    row.number = ++number_;
    const std::size_t width = columns_.size() + (was_refused_ ? notes.size() : 0);
    if (row.cells.size() != width)
        throw CsvBroken("Line " + std::to_string(reader_->line()) + " of " + path_ + " has " +
                        std::to_string(row.cells.size()) + " cells where " + std::to_string(width) +
                        " are meant; is the delimiter right?");
    row.attempt = 1;
    row.only = 0;
    row.part = 0;
    if (was_refused_) {
        row.attempt = std::max<std::uint64_t>(noted(row.cells[columns_.size()], 1), 1);
        row.only = static_cast<std::size_t>(noted(row.cells[columns_.size() + 1], 0));
        row.part = noted(row.cells[columns_.size() + 2], 0);
        row.cells.resize(columns_.size());
    }
    return true;
}

std::vector<std::size_t> ImportFile::places(std::vector<Fault>& faults) const {
    std::vector<std::size_t> places;
    for (const ColumnUse& use : mapping_.columns) {
        const auto found = std::ranges::find(columns_, use.name);
        if (found == columns_.end())
            faults.push_back({use.pointer, "names \"" + use.name +
                                               "\", which is no value and no "
                                               "column of " +
                                               path_});
        else if (std::ranges::count(columns_, use.name) > 1)
            faults.push_back({use.pointer, "names \"" + use.name + "\", which two columns of " +
                                               path_ + " are called"});
        places.push_back(static_cast<std::size_t>(found - columns_.begin()));
    }
    return places;
}

RefusedRows::RefusedRows(const Mapping& mapping, const ImportFile& file, std::string path)
    : format_(mapping.csv), columns_(file.columns()), path_(std::move(path)) {}

void RefusedRows::open() {
    std::error_code none;
    if (std::filesystem::exists(path_, none))
        std::filesystem::rename(path_, path_ + ".before", none);
    out_.open(path_, std::ios::binary);
    std::vector<std::string> names = columns_;
    names.insert(names.end(), notes.begin(), notes.end());
    out_ << utf_8_mark << csv_row(names, format_);
}

void RefusedRows::add(const Row& row, const Why& why) {
    if (count_ == 0) open();
    ++count_;
    std::vector<std::string> cells = row.cells;
    const auto shown = [](std::uint64_t number) {
        return number ? std::to_string(number) : std::string();
    };
    cells.insert(cells.end(),
                 {shown(why.attempt), shown(why.only), shown(why.part), why.code, why.text});
    out_ << csv_row(cells, format_);
}

void RefusedRows::flush() {
    if (count_ == 0) return;
    out_.flush();
    if (!out_) throw Unable("the refused rows cannot be written to " + path_);
}

}  // namespace kontor::imports
