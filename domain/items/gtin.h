// Global Trade Item Numbers: what the digits under a barcode are checked by.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kontor::items {

// Whether the text is as long as a GTIN-8, GTIN-12, GTIN-13 or GTIN-14 and nothing but digits.
bool looks_like_gtin(std::string_view text);
// The check digit that belongs behind the digits: they weigh 3 and 1 in turn from the right, and
// the sum with the check digit is a multiple of ten (GS1 General Specifications, 7.9). Digits only.
char gtin_check_digit(std::string_view digits);
// Whether the text is a GTIN with its right check digit.
bool is_gtin(std::string_view text);

// By what a barcode is told from others, however it was scanned: a GTIN in fourteen digits, as one
// number is printed as 12, as 13 and as 14 of them; other texts as they are.
std::string barcode_key(std::string_view text);

}  // namespace kontor::items
