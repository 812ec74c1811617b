// Queries over HTTP: pages of one moment, at any corner of the two times, and what is behind a
// figure.
#pragma once

#include "api/backend.h"
#include "api/http.h"

#include <memory>
#include <string_view>

namespace kontor {

constexpr std::size_t usual_page = 100;
constexpr std::size_t longest_page = 10'000;

// GET /queries/<query>?...&limit=&after=&valid_at=&known_at=&min_position=
// Answers JSON, or CSV to those who accept text/csv.
void get_query(Backend& backend, const std::shared_ptr<Exchange>& exchange, const Visitor& visitor,
               std::string_view name, std::string_view url_query);

// GET /queries/<query>/explain?<the same>&row=<key>&field=<name>
void get_explanation(Backend& backend, const std::shared_ptr<Exchange>& exchange,
                     const Visitor& visitor, std::string_view name, std::string_view url_query);

}  // namespace kontor
