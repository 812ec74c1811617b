// Problems and JSON as HTTP answers.
#include "api/answers.h"

namespace kontor {

HttpAnswer problem_answer(const Problem& problem) {
    HttpAnswer answer{
        problem.status, {{"Content-Type", std::string(problem_media_type)}}, problem_json(problem)};
    if (problem.retry_after)
        answer.headers.push_back({"Retry-After", std::to_string(*problem.retry_after)});
    if (problem.status == 401) answer.headers.push_back({"WWW-Authenticate", "Bearer"});
    return answer;
}

HttpAnswer json_answer(std::string body) {
    return {200, {{"Content-Type", "application/json"}}, std::move(body)};
}

}  // namespace kontor
