// How Russian numbers are checked.
#include "domain/parties/russian_numbers.h"

#include "domain/parties/check_digits.h"

namespace kontor::parties {

namespace {

std::string fault_of_digits(std::string_view number, std::size_t shorter, std::size_t longer) {
    if (number.size() != shorter && number.size() != longer)
        return "has " + std::to_string(number.size()) + " characters, not " +
               std::to_string(shorter) + " or " + std::to_string(longer);
    return fault_of_shape(number, std::to_string(number.size()) + "!n");
}

}  // namespace

std::string fault_of_inn(std::string_view inn) {
    if (std::string fault = fault_of_digits(inn, 10, 12); !fault.empty()) return fault;
    const auto digit = [](std::int64_t sum) { return std::to_string(sum % 11 % 10); };
    if (inn.size() == 10)
        return fault_of_check_digit(
            inn.substr(9), digit(weighted_sum(inn.substr(0, 9), {2, 4, 10, 3, 5, 9, 4, 6, 8})));
    std::string should = digit(weighted_sum(inn.substr(0, 10), {7, 2, 4, 10, 3, 5, 9, 4, 6, 8}));
    const std::string eleven = std::string(inn.substr(0, 10)) + should;
    should += digit(weighted_sum(eleven, {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8}));
    return fault_of_check_digit(inn.substr(10), should);
}

std::string fault_of_kpp(std::string_view kpp) { return fault_of_shape(kpp, "4!n2!c3!n"); }

std::string fault_of_ogrn(std::string_view ogrn) {
    if (std::string fault = fault_of_digits(ogrn, 13, 15); !fault.empty()) return fault;
    const int divisor = ogrn.size() == 13 ? 11 : 13;
    const std::string_view number = ogrn.substr(0, ogrn.size() - 1);
    return fault_of_check_digit(ogrn.back(), remainder_of(number, divisor) % 10);
}

std::string fault_of_bik(std::string_view bik) {
    if (std::string fault = fault_of_shape(bik, "9!n"); !fault.empty()) return fault;
    // 04 takes part in settlements, 00 to 02 are treasuries, offices and foreign participants.
    if (bik[0] != '0' || (bik[1] > '2' && bik[1] != '4'))
        return "begins with " + std::string(bik.substr(0, 2)) + ", not with 04 or 00 to 02";
    return {};
}

std::string fault_of_russian_account(std::string_view account, std::string_view bik) {
    if (std::string fault = fault_of_shape(account, "5!n1!c14!n"); !fault.empty()) return fault;
    // A letter in the sixth place stands for a digit, in this order; these look alike in both
    // alphabets, and Latin ones are meant.
    const std::size_t letter = std::string_view("ABCEHKMPTX").find(account[5]);
    std::string number(account);
    if (letter != std::string_view::npos)
        number[5] = static_cast<char>('0' + letter);
    else if (!all_digits(account.substr(5, 1)))
        return "has " + std::string(account.substr(5, 1)) +
               " in place 6, where only A B C E H K M P T X are letters";
    if (account.front() == '0') return {};
    // Accounts kept by the Bank of Russia are checked with its office, others with the bank.
    const bool at_bank_of_russia =
        bik.substr(6) < "003" || account.starts_with("30101") || account.starts_with("40102");
    number =
        (at_bank_of_russia ? "0" + std::string(bik.substr(4, 2)) : std::string(bik.substr(6))) +
        number;
    const char key = account[8];
    number[11] = '0';
    int sum = 0;
    for (std::size_t at = 0; at < number.size(); ++at)
        sum += value_of(number[at]) * (at % 3 == 0 ? 7 : at % 3 == 1 ? 1 : 3) % 10;
    const int should = sum % 10 * 3 % 10;
    if (key - '0' == should) return {};
    return "has the key " + std::string(1, key) + ", which should be " + std::to_string(should) +
           " at the bank " + std::string(bik);
}

}  // namespace kontor::parties
