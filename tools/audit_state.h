// What was known at a moment: digests of state and read models, rows, differences, one event.
// What is rebuilt lies in a directory that is made in `scratch`, or where the system has such
// files.
#pragma once

#include "domain/core/catalog.h"
#include "eventstore/event_log.h"
#include "projections/projection.h"
#include "tools/audit_print.h"

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace kontor {

// Rebuilds state and read models up to the commit and prints their digests: of each table, of each
// context, of all contexts but access, of each read model. The same on every run and machine.
void print_replay(const Catalog& catalog, const EventLog& log, Position to,
                  std::vector<ReadModelSpec> specs, const std::string& scratch, PrintAs as,
                  std::ostream& out);

// The state's rows after the commit as lines of JSON, each table followed by its digest; of one
// table only when one is named. Throws Unable for a table that there is not.
void print_state(const Catalog& catalog, const EventLog& log, Position at, const std::string& table,
                 const std::string& scratch, std::ostream& out);

// Everything about the event named `<position>.<n>`: its commit and command, who asked, the rule
// that caused it, and what proves its place in the chain. Throws Unable when there is none.
void print_explanation(const Catalog& catalog, const EventLog& log, std::string_view event,
                       PrintAs as, std::ostream& out);

// The events after one commit up to another, then the rows of the state that they left different,
// as lines of JSON.
void print_changes(const Catalog& catalog, const EventLog& log, Position from, Position to,
                   const std::string& scratch, std::ostream& out);

}  // namespace kontor
