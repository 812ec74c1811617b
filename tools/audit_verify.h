// The whole examination: log, indexes, schemas, snapshot and read models against each other.
#pragma once

#include "domain/core/catalog.h"
#include "eventstore/event_log.h"
#include "projections/projection.h"

#include <cstdint>
#include <string>
#include <vector>

namespace kontor {

struct Examination {
    Position commits = 0;
    std::uint64_t events = 0, commands = 0, streams = 0, schemas = 0, companies = 0;
    std::uint64_t read_models = 0;   // derived anew and found equal
    std::vector<std::string> notes;  // what could not be compared, a sentence each
    std::string difference;          // the first one, a sentence; empty when all agrees
};

struct ExaminedPlaces {
    EventLog& log;
    std::string views;    // the read models' database; nothing is compared when it is not there
    std::string scratch;  // where a scratch directory may be made; empty: the system's place
};

// In this order, ending at the first difference, since what follows rests on it: every commit, the
// chain and the indexes (verify_chain); each event against its stored schema; the snapshot against
// a replay from the first commit, then snapshot and later commits against the whole replay; the
// rows of each read model against those folded anew from the log.
Examination examine(const Catalog& catalog, const std::vector<ReadModelSpec>& specs,
                    const ExaminedPlaces& places);

}  // namespace kontor
