// `kontor export`: a company's ledger for other programs.
#pragma once

namespace kontor {

int export_ledger(int argc, char** argv);

}  // namespace kontor
