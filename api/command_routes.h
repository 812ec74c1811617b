// Commands over HTTP: one, dry or for good; or a batch, line by line or as one commit.
#pragma once

#include "api/backend.h"
#include "api/http.h"
#include "api/problem.h"

#include <memory>
#include <string>
#include <string_view>

namespace kontor {

constexpr std::size_t most_command_bytes = 1u << 20;
constexpr std::size_t most_batch_bytes = 16u << 20;
constexpr std::size_t most_batch_lines = 10'000;
constexpr std::size_t most_atomic_bytes = 4u << 20;
constexpr std::size_t most_atomic_lines = 1'000;
// Lines of one batch that wait in the engine at a time.
constexpr std::size_t most_lines_in_engine = 256;
// Octets of the header Kontor-Note, which says why a command is given.
constexpr std::size_t longest_note = 500;

// POST /commands/<Command>: decides one command and answers with its events or a problem.
void post_command(Backend& backend, const std::shared_ptr<Exchange>& exchange,
                  const Visitor& visitor, std::string_view name, bool dry_run);

// POST /commands, application/x-ndjson: a line of answer for each line of input, in order, as they
// are decided. With `atomic` all lines are one commit; such a batch may be a dry run.
void post_batch(Backend& backend, const std::shared_ptr<Exchange>& exchange, const Visitor& visitor,
                bool atomic, bool dry_run);

// An answer of the engine as a problem; for a status other than 200.
Problem problem_of(const Answered& answer);

}  // namespace kontor
