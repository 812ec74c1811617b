// How a question in an address becomes a page, and a figure its events.
#include "api/query_routes.h"

#include "api/answers.h"
#include "api/cursor.h"
#include "api/json.h"
#include "api/query_text.h"
#include "domain/core/decimal.h"
#include "eventstore/moments.h"
#include "eventstore/placement.h"
#include "projections/companies/company_list.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace kontor {
namespace {

constexpr std::array<std::string_view, 7> page_parameters = {
    "limit", "after", "valid_at", "known_at", "min_position", "row", "field"};
constexpr std::chrono::seconds longest_wait{5};
constexpr std::size_t most_csv_rows = 100'000;

// A question, read and checked, on its way to the read models.
struct Question {
    Backend& backend;
    std::shared_ptr<Exchange> exchange;
    QueryRef query;
    Box asked;
    std::string filters;
    std::size_t limit = usual_page;
    std::string after;
    std::optional<Date> valid_at;
    std::optional<Position> known_at;
    Position min_position = 0;
    std::optional<ExplainedRow> explained;
    bool explains = false;
    bool paged = false;  // it says itself how many rows it wants, or goes on behind some
};

using Shared = std::shared_ptr<Question>;

const std::string* value_of(const std::vector<UrlParameter>& parameters, std::string_view name,
                            std::vector<Fault>& faults) {
    const std::string* found = nullptr;
    for (const UrlParameter& parameter : parameters) {
        if (parameter.name != name) continue;
        if (parameter.key || found)
            faults.push_back({"/" + std::string(name), "must be given once"});
        found = &parameter.value;
    }
    return found;
}

// A position in digits, or a moment, which is resolved once.
std::optional<Position> known_at_from(const Backend& backend, std::string_view text,
                                      std::vector<Fault>& faults) {
    if (!text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) {
        const auto position = integer_from(text);
        if (position && static_cast<Position>(*position) <= backend.engine.durable().position)
            return static_cast<Position>(*position);
        faults.push_back({"/known_at", "is beyond the log, which ends at position " +
                                           std::to_string(backend.engine.durable().position)});
        return std::nullopt;
    }
    if (const auto moment = timestamp_from(text)) return position_at(backend.log, *moment);
    faults.push_back({"/known_at",
                      "must be a position or an instant with an offset, such as "
                      "2026-03-31T23:59:59Z or 2026-04-01T01:59:59%2B02:00, since a + in an "
                      "address is a space"});
    return std::nullopt;
}

void read_page_parameters(Question& question, const std::vector<UrlParameter>& parameters,
                          std::vector<Fault>& faults) {
    if (const auto* limit = value_of(parameters, "limit", faults)) {
        const auto number = integer_from(*limit);
        question.paged = true;
        if (number && *number >= 1 && *number <= static_cast<std::int64_t>(longest_page))
            question.limit = static_cast<std::size_t>(*number);
        else
            faults.push_back({"/limit", "must be a whole number from 1 to 10000"});
    }
    const Times times = question.query.query->type->times;
    if (const auto* valid_at = value_of(parameters, "valid_at", faults)) {
        question.valid_at = date_from(*valid_at);
        if (times != Times::both)
            faults.push_back({"/valid_at", "means nothing to this query"});
        else if (!question.valid_at)
            faults.push_back({"/valid_at", "must be a date, such as 2026-03-31"});
    }
    if (const auto* known_at = value_of(parameters, "known_at", faults)) {
        if (times == Times::none)
            faults.push_back({"/known_at", "means nothing to this query"});
        else
            question.known_at = known_at_from(question.backend, *known_at, faults);
    }
    if (const auto* position = value_of(parameters, "min_position", faults)) {
        const auto number = integer_from(*position);
        if (!number || *number < 0)
            faults.push_back({"/min_position", "must be a position"});
        else
            question.min_position = static_cast<Position>(*number);
    }
}

// A cursor goes on with its own filters and times; what is said beside it must be the same.
std::optional<Problem> go_on_from(Question& question, const std::string& text, bool filtered) {
    const auto cursor = cursor_from(text);
    const QuerySpec& query = *question.query.query;
    if (!cursor || cursor->query != query.type->name)
        return malformed({{"/after", "is no cursor of this query"}});
    if (cursor->version != question.query.spec->version)
        return problem(cursor_expired, "The read model has another version now; ask anew.");
    if (cursor->row.has_value() != question.explains)
        return malformed({{"/after",
                           "is a cursor of an answer and not of its explanation, or the "
                           "other way round"}});
    if (question.explains) {
        const ExplainedRow was{*cursor->row, cursor->field.value_or("")};
        if (!question.explained) question.explained = was;
        if (question.explained->row != was.row || question.explained->field != was.field)
            return malformed({{"/after", "belongs to the explanation of another figure"}});
    }
    if (filtered && cursor->filters != question.filters)
        return malformed({{"/after", "belongs to a question with other filters"}});
    if ((question.valid_at && question.valid_at != cursor->valid_at) ||
        (question.known_at && static_cast<std::int64_t>(*question.known_at) != cursor->known_at))
        return malformed({{"/after", "belongs to a question at other times"}});
    if (static_cast<Position>(cursor->known_at) > question.backend.engine.durable().position)
        return problem(cursor_expired, "The log is shorter than when the page was made.");
    if (!filtered) {
        std::vector<Fault> faults;
        const auto parameters = url_parameters(cursor->filters, faults);
        question.asked = box(*query.type);
        std::ranges::move(read_query(*query.type, parameters, {}, question.asked.get()),
                          std::back_inserter(faults));
        if (!faults.empty()) return malformed({{"/after", "is no cursor of this query"}});
        question.filters = cursor->filters;
    }
    question.valid_at = cursor->valid_at;
    question.known_at = static_cast<Position>(cursor->known_at);
    question.after = cursor->after.octets;
    question.paged = true;
    return std::nullopt;
}

std::optional<Problem> read_question(Question& question, std::string_view url_query,
                                     bool explains) {
    const Type& type = *question.query.query->type;
    std::vector<Fault> faults;
    const auto parameters = url_parameters(url_query, faults);
    std::vector<std::string_view> elsewhere(page_parameters.begin(),
                                            page_parameters.end() - (explains ? 0 : 2));
    // A query may have a field of such a name itself; then it is the field.
    std::erase_if(elsewhere, [&](std::string_view name) { return type.field(name) != nullptr; });
    const bool filtered = std::ranges::any_of(parameters, [&](const UrlParameter& parameter) {
        return std::ranges::find(elsewhere, parameter.name) == elsewhere.end();
    });
    const std::string* after = value_of(parameters, "after", faults);
    question.asked = box(type);
    if (filtered || !after)
        std::ranges::move(read_query(type, parameters, elsewhere, question.asked.get()),
                          std::back_inserter(faults));
    read_page_parameters(question, parameters, faults);
    if (explains) {
        const std::string* row = value_of(parameters, "row", faults);
        const std::string* field = value_of(parameters, "field", faults);
        question.explains = true;
        const bool goes_on = after && !row && !field;  // the cursor says which figure
        if (!row && !goes_on) faults.push_back({"/row", "is missing"});
        if (!field && !goes_on) faults.push_back({"/field", "is missing"});
        if (row && field) question.explained = ExplainedRow{*row, *field};
    }
    if (!faults.empty()) return malformed(std::move(faults));
    question.filters = query_text(type, question.asked.get());
    if (after) return go_on_from(question, *after, filtered);
    return std::nullopt;
}

std::string as_of_json(const Question& question, Position known_at) {
    std::string out = "{\"position\":" + std::to_string(known_at) + ",\"valid_at\":";
    if (question.valid_at)
        append_json_text(to_text(*question.valid_at), out);
    else
        out += "null";
    return out + ",\"known_at\":" + std::to_string(known_at) + "}";
}

std::string next_json(const Question& question, Position known_at, bool more, std::string after) {
    if (!more) return "null";
    Cursor cursor;
    cursor.query = question.query.query->type->name;
    cursor.version = question.query.spec->version;
    cursor.known_at = static_cast<std::int64_t>(known_at);
    cursor.valid_at = question.valid_at;
    cursor.filters = question.filters;
    cursor.after.octets = std::move(after);
    if (question.explained) {
        cursor.row = question.explained->row;
        cursor.field = question.explained->field;
    }
    return '"' + to_text(cursor) + '"';
}

bool wants_csv(const HttpRequest& request) {
    const std::string* accept = request.header("Accept");
    return accept && accept->find("text/csv") != std::string::npos;
}

HttpAnswer csv_answer(std::string csv, Position known_at) {
    HttpAnswer answer{
        200, {{"Content-Type", "text/csv; charset=utf-8; header=present"}}, std::move(csv)};
    answer.headers.push_back({"Kontor-Position", std::to_string(known_at)});
    return answer;
}

// The table that begins with a page, its header written.
CsvTable csv_begun(const QuerySpec& query, const AnyPage& page, std::string& csv) {
    CsvTable table(query.type->row(), page.rows().empty() ? nullptr : page.rows().front().value);
    table.append_header(csv);
    return table;
}

// A file of the whole answer, as nobody who opens it sees that there was a next page.
HttpAnswer whole_csv(const Question& question, const AsOf& as_of, const void* model) {
    const QuerySpec& query = *question.query.query;
    std::string csv, after;
    std::optional<CsvTable> table;
    for (std::size_t rows = 0;;) {
        AnyPage page(longest_page, after);
        query.answer(model, question.asked.get(), as_of, page);
        if (page.missing()) return problem_answer(problem(row_missing, *page.missing()));
        if (!table) table.emplace(csv_begun(query, page, csv));
        for (const Message& row : page.rows()) table->append_row(row.value.get(), csv);
        if (!page.more()) return csv_answer(std::move(csv), as_of.corner.known_at);
        rows += page.rows().size();
        if (rows >= most_csv_rows)
            return problem_answer(
                problem(answer_too_long, "The answer has over " + std::to_string(most_csv_rows) +
                                             " rows; ask for less, or for pages with `limit`."));
        after = page.last();
    }
}

HttpAnswer page_answer(const Question& question, Position known_at, const AnyPage& page) {
    const QuerySpec& query = *question.query.query;
    const std::string next = next_json(question, known_at, page.more(), page.last());
    if (wants_csv(question.exchange->request())) {
        std::string csv;
        const CsvTable table = csv_begun(query, page, csv);
        for (const Message& row : page.rows()) table.append_row(row.value.get(), csv);
        HttpAnswer answer = csv_answer(std::move(csv), known_at);
        if (page.more()) answer.headers.push_back({"Kontor-Next", next.substr(1, next.size() - 2)});
        return answer;
    }
    std::string body = "{\"as_of\":" + as_of_json(question, known_at) + ",\"rows\":[";
    for (const Message& row : page.rows()) {
        if (body.back() != '[') body += ',';
        append_json(*row.type, row.value.get(), body);
    }
    body += ']';
    if (page.totals()) {
        body += ",\"totals\":";
        append_json(*page.totals()->type, page.totals()->value.get(), body);
    }
    return json_answer(body + ",\"next\":" + next + "}");
}

void append_explained(const Commit& commit, const Explanation::Item& item, std::string& out) {
    std::uint32_t n = 0;
    for (const StoredCommand& command : commit.commands) {
        for (const StoredEvent& event : command.events) {
            if (n++ != item.event.n) continue;
            out += "{\"event\":\"" + std::to_string(item.event.position) + "." +
                   std::to_string(item.event.n) + "\",\"type\":";
            append_json_text(event.type, out);
            out += ",\"stream\":";
            append_json_text(event.stream, out);
            out += ",\"day\":\"" + to_text(event.day) + "\",\"time\":\"" + to_text(commit.time) +
                   "\",\"actor\":";
            append_json_text(commit.actor, out);
            out += ",\"command\":";
            append_json_text(command.name, out);
            out += ",\"command_id\":";
            append_json_text(command.id, out);
        }
    }
    out += ",\"amount\":\"" + decimal_text(item.amount.units, item.amount.digits) + "\"}";
}

HttpAnswer explanation_answer(const Question& question, Position known_at, const Explanation& why) {
    const Figure& figure = *why.explained();
    std::string body = "{\"as_of\":" + as_of_json(question, known_at) +
                       ",\"figure\":{\"amount\":\"" + decimal_text(figure.units, figure.digits) +
                       "\",\"unit\":";
    append_json_text(figure.unit, body);
    body += "},\"rows\":[";
    Commit commit;
    for (const Explanation::Item& item : why.items()) {
        if (body.back() != '[') body += ',';
        // Neighbours often lie in one commit, which is opened once.
        if (static_cast<Position>(commit.position) != item.event.position)
            commit = commit_at(question.backend.log, item.event.position);
        append_explained(commit, item, body);
    }
    std::string after;
    if (why.more() && !why.items().empty()) {
        const EventRef last = why.items().back().event;
        after = std::to_string(last.position) + "." + std::to_string(last.n);
    }
    return json_answer(body + "],\"next\":" + next_json(question, known_at, why.more(), after) +
                       "}");
}

std::optional<EventRef> event_ref_from(std::string_view text) {
    const std::size_t point = text.find('.');
    if (point == std::string_view::npos) return std::nullopt;
    const auto position = integer_from(text.substr(0, point));
    const auto n = integer_from(text.substr(point + 1));
    if (!position || !n) return std::nullopt;
    return EventRef{static_cast<std::uint64_t>(*position), static_cast<std::uint32_t>(*n)};
}

// Whether the books that are asked about were kept at all, as was known then: a slip in the code
// must not look like empty books.
bool company_known(const Question& question, const AsOf& as_of) {
    const std::string company = company_of(*question.query.query->type, question.asked.get());
    return company.empty() || as_of.models.of<companies::CompanyListModel>()
                                  .find(as_of.rows, {company}, as_of.corner)
                                  .has_value();
}

HttpAnswer answer_now(const Question& question, const ReadView& view, const void* model) {
    const QuerySpec& query = *question.query.query;
    const Position known_at = std::min(question.known_at.value_or(view.position), view.position);
    const AsOf as_of{{question.valid_at, known_at}, view.position, *view.rows, view};
    if (!company_known(question, as_of))
        return problem_answer(problem(row_missing, "No company has this code."));
    if (!question.explained && !question.paged && wants_csv(question.exchange->request()))
        return whole_csv(question, as_of, model);
    if (!question.explained) {
        AnyPage page(question.limit, question.after);
        query.answer(model, question.asked.get(), as_of, page);
        if (page.missing()) return problem_answer(problem(row_missing, *page.missing()));
        return page_answer(question, known_at, page);
    }
    Explanation why(question.limit, event_ref_from(question.after));
    query.explain(model, question.asked.get(), *question.explained, as_of, why);
    if (why.missing() || !why.explained())
        return problem_answer(problem(
            row_missing, why.missing().value_or("There is no such figure in this answer.")));
    return explanation_answer(question, known_at, why);
}

void answer(const Question& question) {
    const auto view = question.backend.projector.view();
    const ReadView::Model* model = view->named(question.query.spec->name);
    if (!model->stopped.empty())
        return question.exchange->answer(problem_answer(
            try_again(read_model_stopped,
                      std::string(question.query.spec->name) + " stands at position " +
                          std::to_string(model->position) + ": " + model->stopped,
                      5)));
    try {
        question.exchange->answer(answer_now(question, *view, model->model.get()));
    } catch (const ReadModelOut& out) {
        question.exchange->answer(problem_answer(try_again(read_model_stopped, out.what(), 5)));
    } catch (const StorageBroken& broken) {
        question.exchange->answer(problem_answer(try_again(not_serving, broken.what(), 5)));
    }
}

// Waits for the position that the question needs, then answers on a worker thread.
void answer_when_there(const Shared& question) {
    const Position needed = std::max(question->min_position,
                                     question->known_at.value_or(question->backend.held_at_start));
    const auto deadline = std::chrono::steady_clock::now() + longest_wait;
    question->backend.projector.when_at(needed, deadline, [question, needed](bool reached) {
        question->backend.later([question, needed, reached] {
            if (reached) return answer(*question);
            const std::string broken = question->backend.projector.broken();
            question->exchange->answer(problem_answer(try_again(
                behind,
                broken.empty()
                    ? "Position " + std::to_string(needed) + " is not in the read models yet."
                    : broken,
                1)));
        });
    });
}

void get(Backend& backend, const std::shared_ptr<Exchange>& exchange, const Visitor& visitor,
         std::string_view name, std::string_view url_query, bool explains) {
    const auto query = backend.projector.query(name);
    if (!query)
        return exchange->answer(
            problem_answer(problem(nothing_here, "There is no query " + std::string(name) + ".")));
    if (explains && !query->query->explain)
        return exchange->answer(problem_answer(
            problem(nothing_here, "No figure of " + std::string(name) + " is a sum of events.")));
    auto question = std::make_shared<Question>(
        Question{backend, exchange, *query, {}, {}, usual_page, {}, {}, {}, 0, {}, false, false});
    if (const auto no = read_question(*question, url_query, explains))
        return exchange->answer(problem_answer(*no));
    const std::string company = company_of(*query->query->type, question->asked.get());
    if (!visitor.may(name, query->spec->context, company))
        return exchange->answer(problem_answer(
            problem(not_permitted,
                    visitor.actor + " has no role with " + std::string(name) +
                        (company.empty() ? " for every company." : " for " + company + "."))));
    answer_when_there(question);
}

}  // namespace

void get_query(Backend& backend, const std::shared_ptr<Exchange>& exchange, const Visitor& visitor,
               std::string_view name, std::string_view url_query) {
    get(backend, exchange, visitor, name, url_query, false);
}

void get_explanation(Backend& backend, const std::shared_ptr<Exchange>& exchange,
                     const Visitor& visitor, std::string_view name, std::string_view url_query) {
    get(backend, exchange, visitor, name, url_query, true);
}

}  // namespace kontor
