// How pages, explanations and changes are written.
#include "api/query_answers.h"

#include "api/answers.h"
#include "api/changed_rows.h"
#include "api/json.h"
#include "api/opened_page.h"
#include "api/printed_answer.h"
#include "api/query_text.h"
#include "api/told_event.h"
#include "domain/core/decimal.h"
#include "eventstore/placement.h"
#include "projections/companies/company_list.h"

#include <algorithm>
#include <utility>

namespace kontor {
namespace {

constexpr std::size_t most_csv_rows = 100'000;

bool wants_csv(std::string_view accept) { return accept.find("text/csv") != accept.npos; }

std::string as_of_json(const Question& question, Position known_at) {
    std::string out = "{\"position\":" + std::to_string(known_at) + ",\"valid_at\":";
    if (question.valid_at)
        append_json_text(to_text(*question.valid_at), out);
    else
        out += "null";
    return out + ",\"known_at\":" + std::to_string(known_at) + "}";
}

HttpAnswer csv_answer(std::string csv, Position known_at) {
    HttpAnswer answer{
        200, {{"Content-Type", "text/csv; charset=utf-8; header=present"}}, std::move(csv)};
    answer.headers.push_back({"Kontor-Position", std::to_string(known_at)});
    return answer;
}

// The cursor that `next_json` made, without which a page of CSV is the last.
HttpAnswer csv_page(std::string csv, Position known_at, const std::string& next) {
    HttpAnswer answer = csv_answer(std::move(csv), known_at);
    if (next != "null") answer.headers.push_back({"Kontor-Next", next.substr(1, next.size() - 2)});
    return answer;
}

HttpAnswer too_long(const std::string& rows) {
    return problem_answer(
        problem(answer_too_long, "The answer has over " + std::to_string(most_csv_rows) + " " +
                                     rows + "; ask for less, or for pages with `limit`."));
}

// The table that begins with a page, its header written.
CsvTable csv_begun(const QuerySpec& query, const AnyPage& page, std::string& csv) {
    CsvTable table(query.type->row(), page.rows().empty() ? nullptr : page.rows().front().value);
    table.append_header(csv);
    return table;
}

// A file of the whole answer, as nobody who opens it sees that there was a next page.
HttpAnswer whole_csv(const Library& library, const Question& question, const AsOf& as_of,
                     const void* model) {
    const QuerySpec& query = *question.query.query;
    std::string csv, after;
    std::optional<CsvTable> table;
    for (std::size_t rows = 0;;) {
        AnyPage page(longest_page, after);
        answer_opened(library, query, model, question.asked.get(), as_of, page);
        if (page.missing()) return problem_answer(problem(row_missing, *page.missing()));
        if (!table) table.emplace(csv_begun(query, page, csv));
        for (const Message& row : page.rows()) table->append_row(row.value.get(), csv);
        if (!page.more()) return csv_answer(std::move(csv), as_of.corner.known_at);
        rows += page.rows().size();
        if (rows >= most_csv_rows) return too_long("rows");
        after = page.last();
    }
}

HttpAnswer page_answer(const Question& question, Position known_at, const AnyPage& page, bool csv) {
    const std::string next = next_json(question, known_at, page.more(), page.last());
    if (csv) {
        std::string text;
        const CsvTable table = csv_begun(*question.query.query, page, text);
        for (const Message& row : page.rows()) table.append_row(row.value.get(), text);
        return csv_page(std::move(text), known_at, next);
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

std::string text_of(const Figure& figure) { return decimal_text(figure.units, figure.digits); }

// {... , "<name>": <json>}: a described record and what is known of it besides.
void append_member(std::string_view name, std::string_view json, std::string& record) {
    record.pop_back();
    ((((record += record.back() == '{' ? "\"" : ",\"") += name) += "\":") += json) += '}';
}

HttpAnswer explanation_answer(const Library& library, const Question& question, Position known_at,
                              const Explanation& why, bool csv) {
    const Figure& figure = *why.explained();
    EventTeller teller(library.log, library.catalog);
    std::string after;
    if (why.more() && !why.items().empty()) {
        const EventRef last = why.items().back().event;
        after = std::to_string(last.position) + "." + std::to_string(last.n);
    }
    const std::string next = next_json(question, known_at, why.more(), after);
    std::string rows;
    const CsvTable table(type_of<ToldEvent>());
    if (csv) {
        table.append_header(rows);
        rows.insert(rows.size() - 2, ",amount,unit");
    }
    for (const Explanation::Item& item : why.items()) {
        const ToldEvent told = teller.told(item.event);
        if (csv) {
            table.append_row(&told, rows);
            rows.insert(rows.size() - 2, "," + text_of(item.amount) + "," + figure.unit);
            continue;
        }
        std::string row = write_json(type_of<ToldEvent>(), &told);
        append_member("amount", '"' + text_of(item.amount) + '"', row);
        (rows += rows.empty() ? "" : ",") += row;
    }
    if (csv) return csv_page(std::move(rows), known_at, next);
    std::string body = "{\"as_of\":" + as_of_json(question, known_at) +
                       ",\"figure\":{\"amount\":\"" + text_of(figure) + "\",\"unit\":";
    append_json_text(figure.unit, body);
    return json_answer(body + "},\"rows\":[" + rows + "],\"next\":" + next + "}");
}

std::optional<EventRef> event_ref_from(std::string_view text) {
    const std::size_t point = text.find('.');
    if (point == std::string_view::npos) return std::nullopt;
    const auto position = integer_from(text.substr(0, point));
    const auto n = integer_from(text.substr(point + 1));
    if (!position || !n) return std::nullopt;
    return EventRef{static_cast<std::uint64_t>(*position), static_cast<std::uint32_t>(*n)};
}

std::string_view word_of(ChangedBy by) {
    switch (by) {
        case ChangedBy::amount: return "amount";
        case ChangedBy::name: return "name";
        case ChangedBy::effect: return "effect";
        case ChangedBy::surroundings: return "surroundings";
    }
    return {};
}

std::string_view word_of(const ChangedRow& row) {
    if (!row.before) return "added";
    return row.after ? "changed" : "removed";
}

std::string json_text(std::string_view text) {
    std::string json;
    append_json_text(text, json);
    return json;
}

std::string fields_json(const ChangedRow& row) {
    std::string json;
    for (const ChangedField& field : row.fields) {
        (json += json.empty() ? "{\"field\":" : ",{\"field\":") += json_text(field.field->name);
        if (field.difference)
            json += ",\"difference\":\"" + text_of(*field.difference) +
                    "\",\"unit\":" + json_text(field.difference->unit);
        if (field.explained) json += ",\"explained\":\"" + text_of(*field.explained) + '"';
        json += '}';
    }
    return json;
}

std::string event_json(EventTeller& teller, const EventRef& ref, const ChangingEvent& how) {
    const ToldEvent told = teller.told(ref);
    std::string json = write_json(type_of<ToldEvent>(), &told);
    append_member("by", json_text(word_of(how.by)), json);
    if (how.amounts.empty()) return json;
    std::string amounts;
    for (const auto& [field, amount] : how.amounts)
        amounts += (amounts.empty() ? "" : ",") + json_text(field) + ":\"" + text_of(amount) + '"';
    append_member("amounts", '{' + amounts + '}', json);
    return json;
}

std::string row_json(const Type& type, const ChangedRow& row, EventTeller& teller) {
    std::string json = "{\"row\":" + json_text(row.row) + ",\"change\":" + json_text(word_of(row));
    for (const auto& [name, at] : {std::pair("before", &row.before), {"after", &row.after}}) {
        if (!*at) continue;
        json += ",\"" + std::string(name) + "\":";
        append_json(type, at->get(), json);
    }
    json += ",\"fields\":[" + fields_json(row) + "],\"events\":[";
    for (const auto& [ref, how] : row.events) {
        if (json.back() != '[') json += ',';
        json += event_json(teller, ref, how);
    }
    return json + "],\"more_events\":" + (row.more_events ? "true" : "false") + '}';
}

// What of a row a table of changes shows: its fields that changed; all, of one that came or went.
std::vector<ChangedField> told_fields(const Type& type, const ChangedRow& row) {
    if (row.before && row.after) return row.fields;
    std::vector<ChangedField> all;
    for (const Field& field : type.fields) {
        if (field.retired) continue;
        const auto found = std::ranges::find(row.fields, &field, &ChangedField::field);
        all.push_back(found == row.fields.end() ? ChangedField{&field} : *found);
    }
    return all;
}

// One cell for all events of a row: "57.0 EntryPosted 2026-04-02T10:00:00Z ann: Rent; ..."
std::string events_text(const ChangedRow& row, EventTeller& teller) {
    std::string text;
    for (const auto& [ref, how] : row.events) {
        const ToldEvent told = teller.told(ref);
        text += (text.empty() ? "" : "; ") + told.event + ' ' + told.type + ' ' +
                to_text(told.time) + ' ' + told.actor + ' ' + told.command;
        if (told.text) text += ": " + *told.text;
        if (told.note) text += " (" + *told.note + ')';
    }
    return row.more_events ? text + "; and more" : text;
}

void append_csv(const Type& type, const ChangedRow& row, EventTeller& teller, std::string& csv) {
    const std::string events = events_text(row, teller);
    for (const ChangedField& field : told_fields(type, row)) {
        const std::string before = row.before ? text_of_field(*field.field, row.before.get()) : "";
        const std::string after = row.after ? text_of_field(*field.field, row.after.get()) : "";
        if (before == after) continue;  // of a row that came or went: it has none
        const auto cell = [&](const std::string& text) {
            // Amounts are no texts that a spreadsheet could take for a calculation.
            field.difference ? append_csv_cell(text, csv) : append_foreign_csv_cell(text, csv);
            csv += ',';
        };
        append_foreign_csv_cell(row.row, csv);
        csv += ',' + std::string(word_of(row)) + ',' + std::string(field.field->name) + ',';
        cell(before);
        cell(after);
        if (field.difference) csv += text_of(*field.difference);
        csv += ',';
        if (field.explained) csv += text_of(*field.explained);
        csv += ',';
        if (field.difference) csv += field.difference->unit;
        csv += ',';
        append_foreign_csv_cell(events, csv);
        csv += "\r\n";
    }
}

HttpAnswer changes_csv(const Library& library, Question question) {
    const Type& type = question.query.query->type->row();
    const bool whole = !question.paged;
    if (whole) question.limit = longest_page;
    EventTeller teller(library.log, library.catalog);
    std::string csv = "row,change,field,before,after,difference,explained,unit,events\r\n";
    for (std::size_t rows = 0;;) {
        const ChangedRows changes = changed_rows(library, question);
        if (changes.missing) return problem_answer(problem(row_missing, *changes.missing));
        if (changes.too_far) return problem_answer(problem(answer_too_long, *changes.too_far));
        for (const ChangedRow& row : changes.rows) append_csv(type, row, teller, csv);
        if (!whole || changes.after.empty())
            return csv_page(
                std::move(csv), *question.known_at,
                next_json(question, *question.known_at, !changes.after.empty(), changes.after));
        rows += changes.rows.size();
        if (rows >= most_csv_rows) return too_long("changed rows");
        question.after = changes.after;
    }
}

void append_totals(const ChangedRows& changes, std::string& body) {
    if (!changes.totals_before && !changes.totals_after) return;
    body += ",\"totals\":{";
    for (const auto& [name, totals] :
         {std::pair("before", &changes.totals_before), std::pair("after", &changes.totals_after)}) {
        if (!*totals) continue;
        if (body.back() != '{') body += ',';
        body += '"' + std::string(name) + "\":";
        append_json(*(*totals)->type, (*totals)->value.get(), body);
    }
    body += '}';
}

HttpAnswer changes_answer(const Library& library, const Question& question) {
    const ChangedRows changes = changed_rows(library, question);
    if (changes.missing) return problem_answer(problem(row_missing, *changes.missing));
    if (changes.too_far) return problem_answer(problem(answer_too_long, *changes.too_far));
    EventTeller teller(library.log, library.catalog);
    const Type& type = question.query.query->type->row();
    std::string body = "{\"as_of\":" + as_of_json(question, *question.known_at) + ",\"between\":[" +
                       std::to_string(*question.since) + ',' + std::to_string(*question.known_at) +
                       "],\"rows\":[";
    for (const ChangedRow& row : changes.rows) {
        if (body.back() != '[') body += ',';
        body += row_json(type, row, teller);
    }
    body += ']';
    append_totals(changes, body);
    return json_answer(
        body + ",\"next\":" +
        next_json(question, *question.known_at, !changes.after.empty(), changes.after) + "}");
}

// Whether the books that are asked about were kept at all, as was known then: a slip in the code
// must not look like empty books.
bool company_known(const Question& question, const AsOf& as_of) {
    const std::string company = company_of(*question.query.query->type, question.asked.get());
    return company.empty() || as_of.models.of<companies::CompanyListModel>()
                                  .find(as_of.rows, {company}, as_of.corner)
                                  .has_value();
}

}  // namespace

HttpAnswer answer_from(const Library& library, const Question& question, std::string_view accept,
                       std::string_view accept_language) {
    const QuerySpec& query = *question.query.query;
    const ReadView& view = library.view;
    const void* model = view.named(question.query.spec->name)->model.get();
    const Position known_at = std::min(question.known_at.value_or(view.position), view.position);
    const AsOf as_of{{question.valid_at, known_at}, view.position, *view.rows, view};
    const bool csv = wants_csv(accept);
    const bool pdf = accept.find("application/pdf") != accept.npos;
    if (question.asking != Asking::rows && accept == "application/pdf")
        return problem_answer(
            problem(not_printable, "What is behind a figure is answered as JSON or CSV."));
    if (question.asking == Asking::changes)
        return csv ? changes_csv(library, question) : changes_answer(library, question);
    if (!company_known(question, as_of))
        return problem_answer(problem(row_missing, "No company has this code."));
    if (question.asking == Asking::rows && library.printing && pdf)
        return printed_answer(library, question, known_at, accept_language);
    if (question.asking == Asking::rows && !question.paged && csv)
        return whole_csv(library, question, as_of, model);
    if (question.asking == Asking::rows) {
        AnyPage page(question.limit, question.after);
        answer_opened(library, query, model, question.asked.get(), as_of, page);
        if (page.missing()) return problem_answer(problem(row_missing, *page.missing()));
        return page_answer(question, known_at, page, csv);
    }
    Explanation why(question.limit, event_ref_from(question.after));
    query.explain(model, question.asked.get(), *question.explained, as_of, why);
    if (why.missing() || !why.explained())
        return problem_answer(problem(
            row_missing, why.missing().value_or("There is no such figure in this answer.")));
    return explanation_answer(library, question, known_at, why, csv);
}

}  // namespace kontor
