// The file that is imported: its rows with what an earlier import noted beside them, and the file
// of refused rows, which is imported again once it is mended.
#pragma once

#include "tools/import_rows.h"

#include <cstdint>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace kontor::imports {

// Reads rows, any number of times. Throws CsvBroken and Unable.
class ImportFile {
public:
    // Reads the header, or takes the names that the mapping gives. The columns of a file of refused
    // rows are known by their names and stand apart from the cells.
    ImportFile(const Mapping& mapping, std::string path);

    void rewind();
    bool next(Row& row);
    std::uint64_t octets() const { return reader_->octets(); }
    // Names of the columns, without those of a file of refused rows.
    const std::vector<std::string>& columns() const { return columns_; }
    // In which cell each of the mapping's columns is, or faults for those that the file lacks.
    std::vector<std::size_t> places(std::vector<Fault>& faults) const;

private:
    std::uint64_t noted(const std::string& cell, std::uint64_t otherwise) const;

    const Mapping& mapping_;
    const std::string path_;
    std::ifstream in_;
    std::unique_ptr<CsvReader> reader_;
    std::vector<std::string> columns_;
    bool has_header_ = true, was_refused_ = false;
    std::uint64_t number_ = 0;
};

// The rows that became nothing, with the reason beside each. Made when the first one is written; an
// earlier one of the same name, which may have been mended by hand, is kept as <path>.before.
class RefusedRows {
public:
    RefusedRows(const Mapping& mapping, const ImportFile& file, std::string path);

    struct Why {
        std::uint64_t attempt = 1;  // the one to be made next
        std::size_t only = 0;       // the command that is to be made again; 0: all
        std::uint64_t part = 0;     // of a long group; 0: it is not one
        std::string code, text;
    };
    void add(const Row& row, const Why& why);
    void flush();
    std::uint64_t count() const { return count_; }
    const std::string& path() const { return path_; }

private:
    void open();

    const CsvFormat format_;
    std::vector<std::string> columns_;
    const std::string path_;
    std::ofstream out_;
    std::uint64_t count_ = 0;
};

}  // namespace kontor::imports
