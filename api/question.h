// A question as it stands in an address, read and checked: what is asked of a query, at which
// moments, and from where on.
#pragma once

#include "api/problem.h"
#include "domain/core/date.h"
#include "domain/core/describe.h"
#include "eventstore/event_log.h"
#include "projections/projector.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kontor {

constexpr std::size_t usual_page = 100;
constexpr std::size_t longest_page = 10'000;

// The rows of an answer, the events behind one of its figures, or which of its rows changed between
// two moments.
enum class Asking : std::uint8_t { rows, events, changes };

// The log as far as a question may reach into it.
struct AskedLog {
    const EventLog& log;
    Position end;
};

struct Question {
    QueryRef query;
    Asking asking = Asking::rows;
    Box asked{};
    std::string filters{};
    std::size_t limit = usual_page;
    std::string after{};
    std::optional<Date> valid_at{};
    std::optional<Position> known_at{};  // of changes: the later moment
    std::optional<Position> since{};     // of changes: the earlier moment
    Position min_position = 0;
    std::optional<ExplainedRow> explained{};
    bool paged = false;  // it says itself how many rows it wants, or goes on behind some
};

// Why a query has no such answer; empty when it has.
std::optional<Problem> cannot_be_asked(const QueryRef& query, Asking asking);

// Reads what stands behind the "?" into a question that says its query and what is asked of it;
// answers what is wrong with it.
std::optional<Problem> read_question(const AskedLog& log, std::string_view url_query,
                                     Question& question);

// The cursor with which a question goes on behind a row: quoted JSON, or null where nothing is
// behind it.
std::string next_json(const Question& question, Position known_at, bool more, std::string after);

}  // namespace kontor
