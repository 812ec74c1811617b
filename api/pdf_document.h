// A report as PDF: A4, upright or across, with fonts inside, the same octets for the same report.
#pragma once

#include "api/report.h"

#include <stdexcept>
#include <string>

namespace kontor {

// Where the fonts are that a report is printed with.
struct ReportFonts {
    std::string regular, bold;  // TrueType files
};

// Those of the directory, or, where it is empty, of the first directory of the system that has
// them. Throws FontsMissing.
ReportFonts report_fonts(const std::string& directory);

struct FontsMissing : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// The columns have no room on a page.
struct ReportTooWide : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Throws FontsMissing when the fonts cannot be read, and ReportTooWide.
std::string pdf_of(const Report& report, const ReportFonts& fonts);

}  // namespace kontor
