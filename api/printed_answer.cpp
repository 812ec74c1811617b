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
#include "projections/ledger/books.h"

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

// Through which period is asked: its year, number and last day. Of a year, the last one.
struct ThroughPeriod {
    ledger::FiscalYearCode year;
    std::int64_t period = 0;
    Date last_day;
};

template <class Value>
const Value* asked_for(const Question& question, std::string_view name) {
    const Field* field = question.query.query->type->field(name);
    if (!field || field->retired) return nullptr;
    const void* at = field->in(question.asked.get());
    if (field->type().kind == Kind::optional) at = field->type().held(at);
    return static_cast<const Value*>(at);
}

std::optional<ThroughPeriod> through_period_of(const Question& question, const AsOf& as_of,
                                               const CompanyCode& company) {
    const Type& type = *question.query.query->type;
    if (!type.field("fiscal_year") || !type.field("through_period")) return std::nullopt;
    const auto* year = asked_for<ledger::FiscalYearCode>(question, "fiscal_year");
    const auto* period = asked_for<std::int64_t>(question, "through_period");
    const bool of_year = type.field("fiscal_year")->type().kind != Kind::optional;
    if (!year || (!period && !of_year)) return std::nullopt;
    const auto periods = as_of.models.of<ledger::BooksModel>().periods_of(as_of, company, *year);
    for (auto each = periods.rbegin(); each != periods.rend(); ++each)
        if (!period || each->period == *period)
            return ThroughPeriod{*year, each->period, each->last_day};
    return std::nullopt;
}

std::string leading_book_of(const Question& question, const AsOf& as_of,
                            const CompanyCode& company) {
    const Field* field = question.query.query->type->field("book");
    if (!field || asked_for<ledger::BookCode>(question, "book")) return {};
    for (const ledger::ListedBook& book :
         as_of.models.of<ledger::BooksModel>().books(as_of, company))
        if (book.leading) return book.book.text + " " + book.name;
    return {};
}

std::string valid_in_words(const Question& question, const ReportWords& words,
                           const std::optional<ThroughPeriod>& through) {
    if (question.query.query->type->times != Times::both) return {};
    if (through) {
        const std::string number = std::to_string(through->period), year = through->year.text,
                          day = to_text(through->last_day);
        return words.say(
            " · valid through period " + number + " of fiscal year " + year + ", which ends on " +
                day,
            " · по период " + number + " финансового года " + year + ", последний день " + day);
    }
    if (!question.valid_at) return words.say(" · valid at any day", " · на любую дату");
    const std::string day = to_text(*question.valid_at);
    return words.say(" · valid at " + day, " · по состоянию на " + day);
}

// What proves the answer, on each page.
void sign(const Library& library, Position known_at, const std::string& company,
          const std::string& valid, const ReportWords& words, Report& report) {
    static constexpr std::string_view dot = " · ";
    const std::string position = std::to_string(known_at);
    const auto says = [&](const std::string& known) {
        std::string line = report.company + (company.empty() ? "" : " (" + company + ")") + valid +
                           std::string(dot) + known;
        if (line.starts_with(dot)) line.erase(0, dot.size());
        report.footer.push_back(std::move(line));
    };
    // Before the first commit there is nothing that could prove anything.
    if (known_at == 0)
        return says(words.say("known before the first commit, log position 0",
                              "известно до первой записи, позиция журнала событий 0"));
    report.made = commit_at(library.log, known_at).time;
    const std::string made = to_text(report.made), hash = hash_at(library.log, known_at);
    says(words.say("known at " + made + ", log position " + position,
                   "известно на " + made + ", позиция журнала событий " + position));
    if (const auto digest = library.printing->digests.at(known_at))
        report.footer.push_back(
            words.say("State digest at position " + position + ": " + *digest,
                      "Дайджест состояния на позиции " + position + ": " + *digest));
    report.footer.push_back(
        words.say("Hash of commit " + position + ", of all before it too: " + hash,
                  "Хеш записи журнала " + position + " и всех до нее: " + hash));
    report.footer.push_back(words.say("To be verified: kontor audit replay --json --to " +
                                          position +
                                          " prints the state digest as \"all\", and the hash.",
                                      "Проверка: kontor audit replay --json --to " + position +
                                          " печатает дайджест состояния (\"all\") и хеш."));
}

}  // namespace

HttpAnswer printed_answer(const Library& library, const Question& question, Position known_at,
                          std::string_view accept_language) {
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
    const ReportWords words(language_of(accept_language));
    const auto through = through_period_of(question, as_of, {company});
    Report report = report_of(question, answer,
                              {words,
                               [&](const Thing& thing, const std::string& code) {
                                   return name_in_list(library, as_of, company, thing, code);
                               },
                               through ? std::optional(through->last_day) : std::nullopt,
                               leading_book_of(question, as_of, {company})});
    if (const auto found = as_of.models.of<companies::CompanyListModel>().find(
            as_of.rows, {company}, as_of.corner))
        report.company = found->name;
    sign(library, known_at, company, valid_in_words(question, words, through), words, report);
    try {
        return {200,
                {{"Content-Type", "application/pdf"},
                 {"Content-Language", std::string(words.code())},
                 {"Vary", "Accept, Accept-Language"},
                 {"Kontor-Position", std::to_string(known_at)}},
                pdf_of(report, report_fonts(library.printing->fonts))};
    } catch (const FontsMissing& why) {
        return problem_answer(problem(fonts_missing, why.what()));
    } catch (const ReportTooWide& why) {
        return problem_answer(problem(not_printable, why.what()));
    }
}

}  // namespace kontor
