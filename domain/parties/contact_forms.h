// Whether a telephone number, a mail address or a web address can be one.
#pragma once

#include <string>
#include <string_view>

namespace kontor::parties {

// Each answers what is wrong, in words; empty when nothing is.

// 5 to 15 digits (ITU-T E.164) with what people group them by, a plus in front or not, and an
// extension behind "ext".
std::string fault_of_telephone(std::string_view number);
// One @, something before it, a domain with a full stop behind it, no space (what RFC 5321 allows
// beyond that, such as quoted names, nobody uses).
std::string fault_of_email(std::string_view address);
// Begins with http:// or https://, names a domain, has no space.
std::string fault_of_web(std::string_view address);

}  // namespace kontor::parties
