// Text in small letters, so that whoever looks for a word need not know how it was written.
#pragma once

#include <string>
#include <string_view>

namespace kontor {

// Small for capital letters of Latin, Greek and Cyrillic script, whose code points lie a fixed way
// apart (Unicode blocks Basic Latin, Latin-1 Supplement, Greek, Cyrillic); all else as it is.
std::string in_small_letters(std::string_view text);

}  // namespace kontor
