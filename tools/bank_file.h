// Statements as banks send them, whatever the form of the file.
#pragma once

#include "domain/core/date.h"
#include "domain/core/money.h"

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace kontor::bank {

// What is wrong with a file, with the element or the line that it is wrong in.
class BankFileBroken : public std::runtime_error {
public:
    BankFileBroken(const std::string& where, const std::string& what)
        : std::runtime_error(where + ": " + what) {}
};

struct FileLine {
    Date date;
    Date value_date;
    bool received = true;
    Money amount;
    std::string reference;   // the bank's, where it gave a unique one
    std::string end_to_end;  // of whoever pays
    std::string name, account, text;
};

struct FileStatement {
    std::string account, number;
    Date date;
    Money opening, closing;
    std::vector<FileLine> lines;
};

// ISO 20022 camt.053.001.02 to .001.13: the elements that they have in common. Throws
// BankFileBroken naming the element.
std::vector<FileStatement> read_camt053(const std::string& xml);

// SWIFT MT940, with or without the blocks of a SWIFT message around it. Information to the account
// owner (:86:) is read as text, or by its subfields (?20 to ?33) and codes (EREF+, SVWZ+, IBAN+).
// Throws BankFileBroken naming line and tag.
std::vector<FileStatement> read_mt940(const std::string& text);

// By the first octets of the file. Throws BankFileBroken.
std::vector<FileStatement> read_bank_file(const std::string& text);

// The amount of money that a text says in a currency; empty when it is none. `point` separates the
// digits below the unit.
std::optional<Money> amount_from(std::string text, Currency, char point);

}  // namespace kontor::bank
