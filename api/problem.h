// How Kontor says no over HTTP: RFC 9457 problem details, one constructor for each kind of no.
#pragma once

#include "api/json.h"
#include "domain/core/decision.h"
#include "eventstore/refusal_status.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kontor {

constexpr std::string_view problem_media_type = "application/problem+json";

// A no that any command or query can meet; what the business says is a Reason of its command.
struct ProblemKind {
    int status;
    std::string_view code;   // unique over the program, reasons included
    std::string_view title;  // the same at each occurrence
};

// Input and its envelope.
inline constexpr ProblemKind malformed_input{422, "malformed_input", "The input is malformed"};
inline constexpr ProblemKind id_of_other_input{422, "id_of_other_input",
                                               "This Idempotency-Key was used for another input"};
inline constexpr ProblemKind commit_too_large{422, "commit_too_large",
                                              "The command decides more than one commit holds"};
inline constexpr ProblemKind key_missing{401, "key_missing", "A valid key is needed"};
inline constexpr ProblemKind not_permitted{403, "not_permitted", "The key lacks the permission"};
inline constexpr ProblemKind nothing_here{404, "nothing_here", "There is nothing at this address"};
inline constexpr ProblemKind figure_too_large{422, "figure_too_large",
                                              "A figure is larger than any amount"};
inline constexpr ProblemKind row_missing{404, "row_missing", "What was asked about is not there"};
inline constexpr ProblemKind method_wrong{405, "method_wrong",
                                          "This address does not take the method"};
inline constexpr ProblemKind batch_refused{409, "batch_refused",
                                           "Another line of the atomic batch was refused"};
inline constexpr ProblemKind batch_partly_known{
    409, "batch_partly_known", "Some lines of the atomic batch were sent before, some were not"};
inline constexpr ProblemKind answer_too_long{422, "answer_too_long",
                                             "The answer has more rows than one file may have"};
inline constexpr ProblemKind not_printable{406, "not_printable", "The answer has no room on paper"};
inline constexpr ProblemKind fonts_missing{503, "fonts_missing",
                                           "The fonts to print with are not installed"};
inline constexpr ProblemKind subject_erased{409, "subject_erased",
                                            "The person was erased, and nothing more is kept"};
inline constexpr ProblemKind cursor_expired{410, "cursor_expired",
                                            "The cursor can no longer be answered"};
inline constexpr ProblemKind version_differs{412, "version_differs",
                                             "The stream has another version"};
inline constexpr ProblemKind too_large{413, "too_large", "The request is too large"};
inline constexpr ProblemKind media_type_wrong{415, "media_type_wrong",
                                              "The media type is not understood"};
// The world: the same request may succeed later.
inline constexpr ProblemKind busy{503, "busy", "The queue of commands is full"};
inline constexpr ProblemKind behind{503, "behind", "The read models are not there yet"};
inline constexpr ProblemKind read_model_stopped{503, "read_model_stopped",
                                                "The read model has stopped"};
inline constexpr ProblemKind outcome_unknown{
    503, "outcome_unknown", "Whether the command was recorded is unknown until the restart"};
inline constexpr ProblemKind not_serving{503, "not_serving", "Kontor is not ready"};

// All of the above, for the API's description and for the check that codes are unique.
const std::vector<const ProblemKind*>& problem_kinds();

struct Problem {
    int status = 500;
    std::string code;
    std::string title;
    std::string detail;         // this occurrence, for a person; may be empty
    std::vector<Fault> errors;  // of malformed input
    std::string flow;           // the rule whose veto it was; may be empty
    std::string pointer;        // the part of the command that a refusal is about; may be empty
    std::string id;             // the command that it is about; may be empty
    std::optional<std::uint64_t> position;
    std::optional<int> retry_after;  // seconds; also the header Retry-After
};

Problem problem(const ProblemKind& kind, std::string detail = {});
// 422 with every fault.
Problem malformed(std::vector<Fault> faults);
// The business refused: 404, 409 or 422 of the reason; 409 when a flow did.
Problem refused(const Reason& reason, std::string_view flow = {});
// The same from what the engine answered or the log recorded; the words are those of its time.
Problem refused(int status, std::string code, std::string text, std::string flow);
// 503 with the seconds after which asking again may help.
Problem try_again(const ProblemKind& kind, std::string detail, int retry_after);

// {"type":"urn:kontor:problem:<code>","title","status","detail","code", and what is not empty}
std::string problem_json(const Problem& problem);
void append_problem(const Problem& problem, std::string& out);

}  // namespace kontor
