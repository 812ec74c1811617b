// The words of a report in the language of who asks for it: heads, labels, dates, figures, and the
// names that a template of a chart has in both.
#pragma once

#include "domain/core/date.h"

#include <optional>
#include <string>
#include <string_view>

namespace kontor {

enum class ReportLanguage : std::uint8_t { english, russian };

// What a header Accept-Language likes best of them (RFC 9110, 12.5.4); empty where it names none.
std::optional<ReportLanguage> language_of(std::string_view accept_language);

class ReportWords {
public:
    // Without a language that was asked for, labels are English and names as the company has them.
    explicit ReportWords(std::optional<ReportLanguage> asked = std::nullopt) : asked_(asked) {}

    // As Content-Language has it.
    std::string_view code() const { return say("en", "ru"); }
    template <class Text>
    Text say(Text english, Text russian) const {
        return asked_ == ReportLanguage::russian ? russian : english;
    }
    const char* say(const char* english, const char* russian) const {
        return asked_ == ReportLanguage::russian ? russian : english;
    }
    // Of a field or query: "through_period" is "Through period".
    std::string head(std::string_view name) const;
    // Of a choice, such as `excluded`.
    std::string value(std::string_view name) const;
    // "31 December 2026", "31 декабря 2026 г.".
    std::string date(Date date) const;
    // "-1,234.50"; "-1 234,50" with spaces that do not break.
    std::string figure(const std::string& decimal) const;
    // A name of an account or a line; one that a template has in both languages, in this one.
    std::string name(const std::string& name) const;

private:
    std::optional<ReportLanguage> asked_;
};

}  // namespace kontor
