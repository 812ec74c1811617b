// How an answer is gathered, laid out and signed.
#include "api/printed_answer.h"

#include "api/answers.h"
#include "api/opened_page.h"
#include "api/pdf_document.h"
#include "api/report_layout.h"
#include "api/scalar_text.h"
#include "eventstore/moments.h"
#include "eventstore/placement.h"
#include "eventstore/storage_broken.h"
#include "projections/companies/company_list.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace kontor {
namespace {

constexpr std::size_t most_printed_rows = 20'000;  // some four hundred pages

// Rows of a query that names a company and nothing else, such as the one that lists its statements.
std::string name_in_list(const Library& library, const AsOf& as_of, const std::string& company,
                         const Thing& thing, const std::string& code) {
    for (const ReadView::Model& model : library.view.models)
        for (const QuerySpec& query : model.spec->queries) {
            const Field* key = query.type->name == thing.query && query.type->row
                                   ? query.type->row().field(thing.name)
                                   : nullptr;
            const Field* name = key ? query.type->row().field("name") : nullptr;
            const Field* of = query.type->field("company");
            if (!name || name->type().kind != Kind::text || !of) continue;
            const Box asked = box(*query.type);
            static_cast<CompanyCode*>(of->in(asked.get()))->text = company;
            AnyPage page(longest_page, {});
            query.answer(as_of.models.model(model.spec->cpp_type), asked.get(), as_of, page);
            for (const Message& row : page.rows()) {
                std::string text;
                append_scalar(key->type(), key->in(row.value.get()), text);
                if (text == code)
                    return *static_cast<const std::string*>(name->in(row.value.get()));
            }
        }
    return {};
}

std::string hash_at(const EventLog& log, Position position) {
    Position at = 0;
    std::string_view bytes;
    if (!log.read_from(position)->next(at, bytes) || at != position)
        throw StorageBroken("commit " + std::to_string(position) + " cannot be read");
    return to_text(open_commit(bytes, Hashing::compute).hash);
}

void sign(const Library& library, const Question& question, Position known_at,
          const std::string& company, Report& report) {
    const std::string position = std::to_string(known_at);
    std::string times;
    if (question.query.query->type->times == Times::both)
        times = question.valid_at ? " · valid at " + to_text(*question.valid_at)
                : question.filters.find("through_period") != std::string::npos
                    ? std::string(" · valid through the period that was asked for")
                    : std::string(" · valid at any day");
    report.made = commit_at(library.log, known_at).time;
    report.footer.push_back(report.company + (company.empty() ? "" : " (" + company + ")") + times +
                            " · known at " + to_text(report.made) + ", log position " + position);
    if (const auto digest = library.printing->digests.at(known_at))
        report.footer.push_back("State digest at position " + position + ": " + *digest);
    report.footer.push_back("Hash of commit " + position +
                            ", of all before it too: " + hash_at(library.log, known_at));
    report.footer.push_back("To be verified: kontor audit replay --json --to " + position +
                            " prints the state digest as \"all\", and the hash.");
}

}  // namespace

HttpAnswer printed_answer(const Library& library, const Question& question, Position known_at) {
    if (question.paged)
        return problem_answer(
            malformed({{"/limit", "means nothing to a PDF, which is the whole answer"}}));
    const QuerySpec& query = *question.query.query;
    const ReadView& view = library.view;
    const AsOf as_of{{question.valid_at, known_at}, view.position, *view.rows, view};
    const void* model = view.named(question.query.spec->name)->model.get();
    WholeAnswer answer;
    for (std::string after;;) {
        AnyPage page(longest_page, after);
        answer_opened(library, query, model, question.asked.get(), as_of, page);
        if (page.missing()) return problem_answer(problem(row_missing, *page.missing()));
        answer.rows.insert(answer.rows.end(), page.rows().begin(), page.rows().end());
        answer.totals = page.totals();
        if (!page.more()) break;
        if (answer.rows.size() >= most_printed_rows)
            return problem_answer(problem(answer_too_long, "The answer has over " +
                                                               std::to_string(most_printed_rows) +
                                                               " rows, too many to print."));
        after = page.last();
    }
    const std::string company = company_of(*query.type, question.asked.get());
    Report report = report_of(question, answer, [&](const Thing& thing, const std::string& code) {
        return name_in_list(library, as_of, company, thing, code);
    });
    if (const auto found = as_of.models.of<companies::CompanyListModel>().find(
            as_of.rows, {company}, as_of.corner))
        report.company = found->name;
    sign(library, question, known_at, company, report);
    try {
        return {
            200,
            {{"Content-Type", "application/pdf"}, {"Kontor-Position", std::to_string(known_at)}},
            pdf_of(report, report_fonts(library.printing->fonts))};
    } catch (const FontsMissing& why) {
        return problem_answer(problem(fonts_missing, why.what()));
    } catch (const ReportTooWide& why) {
        return problem_answer(problem(not_printable, why.what()));
    }
}

}  // namespace kontor
