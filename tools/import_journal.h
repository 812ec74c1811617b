// `kontor import --hledger`: a journal of plain-text accounting becomes a company's entries.
#pragma once

namespace kontor {

int import_journal(int argc, char** argv);

}  // namespace kontor
