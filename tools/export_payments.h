// `kontor export --payment-run`: the file that a bank pays by.
#pragma once

#include "domain/core/date.h"
#include "domain/core/money.h"

#include <string>
#include <vector>

namespace kontor {

int export_payments(int argc, char** argv);

// One credit transfer of a file.
struct Transfer {
    std::string id;  // of the payment, a UUID
    Money amount;
    std::string name;  // of whoever is paid
    std::string iban, bic, number, bank_code;
    std::string text;
};

// What a file for a bank says.
struct TransferFile {
    std::string id;       // of the run, a UUID
    std::string created;  // such as 2026-06-15T09:00:00
    std::string name, iban, bic, number;
    Date date;
    std::vector<Transfer> transfers;
};

// ISO 20022 pain.001.001.09, customer credit transfer initiation. Euro between IBANs is a SEPA
// credit transfer (EPC132-08): charges are shared (SLEV) and the service level is SEPA.
std::string pain001(const TransferFile&);

}  // namespace kontor
