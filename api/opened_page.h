// A page of a query's answer with what is personal in it opened.
#pragma once

#include "api/query_answers.h"

namespace kontor {

// Asks the query, and opens its rows and totals with the library's keys: who may ask a query may
// read what it answers. Without keys they stay sealed. Throws ReadModelOut and StorageBroken.
void answer_opened(const Library& library, const QuerySpec& query, const void* model,
                   const void* asked, const AsOf& as_of, AnyPage& page);

}  // namespace kontor
