// What clients ask in a simulated history, as plain values that can be asked again.
#pragma once

#include "domain/companies/companies.h"
#include "domain/ledger/entries.h"
#include "eventstore/engine.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace kontor::simulation {

using Command = std::variant<companies::CreateCompany, ledger::OpenAccount, ledger::RenameAccount,
                             ledger::BlockAccount, ledger::UnblockAccount, ledger::ClosePeriod,
                             ledger::ReopenPeriod, ledger::PostEntry, ledger::ReverseEntry,
                             ledger::CorrectEntry>;

struct Line {
    Command command;
    std::uint64_t input = 0;               // the same only for the same input
    std::optional<std::string> id;         // the client's; absent: the server makes one
    std::optional<std::int64_t> if_match;  // the version that the client believes in
};

// A command, or an atomic batch of several.
struct Request {
    std::string actor;
    std::uint64_t lane = 0;
    std::vector<Line> lines;
    bool dry_run = false;
};

// A request with what came back for each line.
struct Exchange {
    Request request;
    std::vector<Answered> answers;
};

// The same as the engine takes it.
Submission submission_of(const Catalog& catalog, const Request& request);

}  // namespace kontor::simulation
