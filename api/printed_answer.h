// An answer as a PDF that an accountant hands on, with what proves it in the footer.
#pragma once

#include "api/query_answers.h"
#include "api/state_digests.h"

#include <string>
#include <string_view>

namespace kontor {

// What printing needs besides the answer: fonts, and digests of the state at any position.
struct Printing {
    std::string fonts;  // a directory; empty: where the system has them
    StateDigests digests;
};

// The whole answer; the same octets for the same question at the same position. A page, what has no
// room on paper, and fonts that are not installed, are problems. `accept_language` is the asker's
// header.
HttpAnswer printed_answer(const Library& library, const Question& question, Position known_at,
                          std::string_view accept_language);

}  // namespace kontor
