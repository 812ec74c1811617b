// How numbers of documents are written.
#include "domain/companies/document_number.h"

namespace kontor::companies {

std::string to_text(const DocumentNumber& number) {
    return number.series + std::to_string(number.count);
}

std::string series_on(std::string_view pattern, Date day) {
    constexpr std::string_view mark = "{year}";
    std::string series(pattern);
    const std::string year = std::to_string(civil(day).year);
    for (auto at = series.find(mark); at != std::string::npos;
         at = series.find(mark, at + year.size()))
        series.replace(at, mark.size(), year);
    return series;
}

}  // namespace kontor::companies
