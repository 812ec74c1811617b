// Problem details as text (RFC 9457): members of the standard first, then Kontor's own.
#include "api/problem.h"

#include "domain/core/ensure.h"

#include <utility>

namespace kontor {
namespace {

// "period_closed" reads "Period closed".
std::string words_of(std::string_view code) {
    std::string words(code);
    for (char& letter : words)
        if (letter == '_') letter = ' ';
    if (!words.empty() && words[0] >= 'a' && words[0] <= 'z')
        words[0] = static_cast<char>(words[0] - 'a' + 'A');
    return words;
}

std::string title_of(std::string_view code) {
    for (const ProblemKind* kind : problem_kinds())
        if (kind->code == code) return std::string(kind->title);
    return words_of(code);
}

void append_member(std::string_view name, std::string_view text, std::string& out) {
    if (text.empty()) return;
    out += ',';
    append_json_text(name, out);
    out += ':';
    append_json_text(text, out);
}

}  // namespace

const std::vector<const ProblemKind*>& problem_kinds() {
    static const std::vector<const ProblemKind*> kinds{
        &malformed_input, &id_of_other_input,  &commit_too_large,

        &key_missing,     &not_permitted,      &nothing_here,       &row_missing,
        &method_wrong,    &batch_refused,      &batch_partly_known, &subject_erased,
        &cursor_expired,  &answer_too_long,    &not_printable,      &fonts_missing,
        &version_differs, &too_large,          &media_type_wrong,   &busy,
        &behind,          &read_model_stopped, &outcome_unknown,    &not_serving};
    return kinds;
}

Problem problem(const ProblemKind& kind, std::string detail) {
    Problem problem;
    problem.status = kind.status;
    problem.code = kind.code;
    problem.title = kind.title;
    problem.detail = std::move(detail);
    return problem;
}

Problem malformed(std::vector<Fault> faults) {
    Problem answer = problem(malformed_input);
    if (faults.size() == 1) {
        const Fault& only = faults.front();
        answer.detail = (only.pointer.empty() ? "The input" : only.pointer) + " " + only.problem;
    } else {
        answer.detail = std::to_string(faults.size()) + " faults";
    }
    if (faults.size() >= most_faults) answer.detail += "; there may be more than are told";
    answer.detail += '.';
    answer.errors = std::move(faults);
    return answer;
}

Problem refused(int status, std::string code, std::string text, std::string flow) {
    Problem answer;
    answer.status = status;
    answer.title = title_of(code);
    answer.code = std::move(code);
    answer.detail = std::move(text);
    answer.flow = std::move(flow);
    return answer;
}

Problem refused(const Reason& reason, std::string_view flow) {
    return refused(flow.empty() ? status_of(reason.refusal) : status_of(Refusal::conflict),
                   std::string(reason.code), std::string(reason.doc), std::string(flow));
}

Problem try_again(const ProblemKind& kind, std::string detail, int retry_after) {
    Problem answer = problem(kind, std::move(detail));
    answer.retry_after = retry_after;
    return answer;
}

void append_problem(const Problem& problem, std::string& out) {
    out += "{\"type\":";
    append_json_text("urn:kontor:problem:" + problem.code, out);
    append_member("title", problem.title, out);
    out += ",\"status\":" + std::to_string(problem.status);
    append_member("detail", problem.detail, out);
    append_member("code", problem.code, out);
    append_member("pointer", problem.pointer, out);
    append_member("flow", problem.flow, out);
    append_member("id", problem.id, out);
    if (problem.position) out += ",\"position\":" + std::to_string(*problem.position);
    if (problem.retry_after) out += ",\"retry_after\":" + std::to_string(*problem.retry_after);
    if (!problem.errors.empty()) {
        out += ",\"errors\":[";
        for (const Fault& fault : problem.errors) {
            if (&fault != &problem.errors.front()) out += ',';
            out += "{\"pointer\":";
            append_json_text(fault.pointer, out);
            out += ",\"problem\":";
            append_json_text(fault.problem, out);
            out += '}';
        }
        out += ']';
    }
    out += '}';
}

std::string problem_json(const Problem& problem) {
    std::string out;
    append_problem(problem, out);
    return out;
}

}  // namespace kontor
