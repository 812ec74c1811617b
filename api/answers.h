// The answers that every route gives.
#pragma once

#include "api/http.h"
#include "api/problem.h"

namespace kontor {

// A problem as an HTTP answer, with Retry-After and WWW-Authenticate where they belong.
HttpAnswer problem_answer(const Problem& problem);
HttpAnswer json_answer(std::string body);

}  // namespace kontor
