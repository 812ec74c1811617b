// `kontor import --statement`: a bank's statement becomes commands.
#pragma once

#include "tools/bank_file.h"

#include <string>

namespace kontor {

int import_statement(int argc, char** argv);

// The command RecordBankStatement of a statement, as JSON. Its ids are made of account, number, day
// and place in it, so that the same file always makes the same command.
std::string command_of(const bank::FileStatement&, const std::string& company);

}  // namespace kontor
