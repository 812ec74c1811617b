// Queries over HTTP: pages of one moment, at any corner of the two times, what is behind a figure,
// and what changed between two moments.
#pragma once

#include "api/backend.h"
#include "api/http.h"
#include "api/question.h"

#include <memory>
#include <string_view>

namespace kontor {

// Answers JSON, or CSV to those who accept text/csv:
// GET /queries/<query>?...&limit=&after=&valid_at=&known_at=&min_position=
// GET /queries/<query>/explain?<the same>&row=<key>&field=<name>
// GET /queries/<query>/diff?<the same without known_at>&between=<moment>&between=<later moment>
// A query that may be asked with something personal is posted, with the parameters as its body.
void get_query(Backend& backend, const std::shared_ptr<Exchange>& exchange, const Visitor& visitor,
               std::string_view name, std::string_view url_query, Asking asking);

}  // namespace kontor
