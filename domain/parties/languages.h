// Languages by their two letters (ISO 639-1): in which a party's documents are written.
#pragma once

#include "domain/core/id.h"

#include <string_view>

namespace kontor::parties {

struct LanguageThing {
    static constexpr Thing thing{"language", ""};
};
using LanguageCode = Code<LanguageThing>;

// Whether the text is a code of ISO 639-1. Small letters only.
bool is_language(std::string_view code);

}  // namespace kontor::parties
