// What numbers of the world's registers have in common: shapes, weights, check digits.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace kontor::parties {

// A number as people write it, without what they group it by (spaces, full stops, hyphens,
// slashes, brackets), in capitals.
std::string compacted(std::string_view text);

// What is wrong with a text by a shape in the notation of ISO 13616: "4!a6!n" is exactly four
// capitals, then six digits; c stands for either. Other characters stand for themselves. Empty when
// nothing is: "has 8 characters, not 10", "has X in place 5, where a digit stands".
std::string fault_of_shape(std::string_view text, std::string_view shape);
std::size_t length_of_shape(std::string_view shape);

bool all_digits(std::string_view text);
// 0 to 9, and 10 to 35 for A to Z (ISO 13616, ISO 17442).
int value_of(char digit_or_letter);

// Each digit times its weight; there are as many of one as of the other.
std::int64_t weighted_sum(std::string_view digits, std::initializer_list<int> weights);
// What is left of the whole number when it is divided; letters count two places each.
int remainder_of(std::string_view number, int divisor);
// ISO/IEC 7812-1, annex B: the digit that goes behind these.
int luhn_digit(std::string_view digits);
// ISO/IEC 7064, MOD 11,10: the digit that goes behind these.
int mod_11_10_digit(std::string_view digits);

// Empty when they are the same; else "has the check digit 7, which should be 4".
std::string fault_of_check_digit(std::string_view is, std::string_view should);
std::string fault_of_check_digit(char is, int should);

}  // namespace kontor::parties
