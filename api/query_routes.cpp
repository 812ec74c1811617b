// How a question in an address finds its reader, waits for its moment and is answered.
#include "api/query_routes.h"

#include "api/answers.h"
#include "api/query_answers.h"
#include "api/question.h"
#include "domain/core/personal.h"
#include "eventstore/placement.h"
#include "projections/figure_too_large.h"
#include "projections/question_malformed.h"

#include <algorithm>
#include <chrono>

namespace kontor {
namespace {

constexpr std::chrono::seconds longest_wait{5};

// A question on its way to the read models, and who waits for the answer.
struct Asked {
    Backend& backend;
    std::shared_ptr<Exchange> exchange;
    Question question;
};

void answer(const Asked& asked) {
    const auto view = asked.backend.projector.view();
    const std::string_view name = asked.question.query.spec->name;
    const ReadView::Model* model = view->named(name);
    if (!model->stopped.empty())
        return asked.exchange->answer(
            problem_answer(try_again(read_model_stopped,
                                     std::string(name) + " stands at position " +
                                         std::to_string(model->position) + ": " + model->stopped,
                                     5)));
    const HttpRequest& request = asked.exchange->request();
    const auto header = [&](const char* called) {
        const std::string* text = request.header(called);
        return text ? std::string_view(*text) : std::string_view();
    };
    try {
        asked.exchange->answer(answer_from({.log = asked.backend.log,
                                            .catalog = asked.backend.catalog,
                                            .view = *view,
                                            .printing = &asked.backend.printing,
                                            .keys = asked.backend.keys},
                                           asked.question, header("Accept"),
                                           header("Accept-Language")));
    } catch (const ReadModelOut& out) {
        asked.exchange->answer(problem_answer(try_again(read_model_stopped, out.what(), 5)));
    } catch (const QuestionMalformed& question) {
        asked.exchange->answer(problem_answer(malformed({{question.pointer, question.what()}})));
    } catch (const FigureTooLarge& too_large) {
        asked.exchange->answer(problem_answer(problem(figure_too_large, too_large.what())));
    } catch (const StorageBroken& broken) {
        asked.exchange->answer(problem_answer(try_again(not_serving, broken.what(), 5)));
    }
}

// Waits for the position that the question needs, then answers on a worker thread.
void answer_when_there(const std::shared_ptr<Asked>& asked) {
    const Position needed =
        std::max(asked->question.min_position,
                 asked->question.known_at.value_or(asked->backend.held_at_start));
    const auto deadline = std::chrono::steady_clock::now() + longest_wait;
    asked->backend.projector.when_at(needed, deadline, [asked, needed](bool reached) {
        asked->backend.later([asked, needed, reached] {
            if (reached) return answer(*asked);
            const std::string broken = asked->backend.projector.broken();
            asked->exchange->answer(problem_answer(try_again(
                behind,
                broken.empty()
                    ? "Position " + std::to_string(needed) + " is not in the read models yet."
                    : broken,
                1)));
        });
    });
}

// Addresses are written down everywhere: what is personal comes in the body of a POST, as a form
// sends it.
std::optional<Problem> misplaced(const QueryRef& query, bool posted, std::string_view url_query) {
    const Type& type = *query.query->type;
    if (!holds_personal(type))
        return posted ? std::optional(problem(method_wrong, "Use GET.")) : std::nullopt;
    if (posted && url_query.empty()) return std::nullopt;
    return problem(method_wrong, "Whom " + std::string(type.name) +
                                     " asks about is personal: use POST, with the parameters as "
                                     "the body and none in the address.");
}

}  // namespace

void get_query(Backend& backend, const std::shared_ptr<Exchange>& exchange, const Visitor& visitor,
               std::string_view name, std::string_view url_query, Asking asking) {
    const auto query = backend.projector.query(name);
    if (!query)
        return exchange->answer(
            problem_answer(problem(nothing_here, "There is no query " + std::string(name) + ".")));
    if (const auto no = cannot_be_asked(*query, asking))
        return exchange->answer(problem_answer(*no));
    const HttpRequest& request = exchange->request();
    if (const auto no = misplaced(*query, request.method == "POST", url_query))
        return exchange->answer(problem_answer(*no));
    if (request.method == "POST") url_query = request.body;
    auto asked = std::make_shared<Asked>(Asked{backend, exchange, Question{*query, asking}});
    if (const auto no = read_question({backend.log, backend.engine.durable().position}, url_query,
                                      asked->question))
        return exchange->answer(problem_answer(*no));
    const std::string company = company_of(*query->query->type, asked->question.asked.get());
    if (!visitor.may(name, query->spec->context, company))
        return exchange->answer(problem_answer(
            problem(not_permitted,
                    visitor.actor + " has no role with " + std::string(name) +
                        (company.empty() ? " for every company." : " for " + company + "."))));
    answer_when_there(asked);
}

}  // namespace kontor
