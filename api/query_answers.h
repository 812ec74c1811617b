// What comes of a question: rows, the events behind a figure, or what changed, as JSON, CSV or,
// of rows, PDF.
#pragma once

#include "api/http.h"
#include "api/question.h"
#include "domain/core/catalog.h"
#include "eventstore/event_log.h"
#include "eventstore/subject_keys.h"
#include "projections/projector.h"

#include <string_view>

namespace kontor {

struct Printing;

// All read models at a moment, with the log that they were folded from: what a question is asked
// of, whether a server runs or not.
struct Library {
    const EventLog& log;
    const Catalog& catalog;
    const ReadView& view;
    // So many commits are searched for the causes of a change that no amount explains.
    Position most_searched = 100'000;
    Printing* printing = nullptr;       // nobody prints where there is none
    const SubjectKeys* keys = nullptr;  // what is personal stays sealed where there are none
};

// `accept` and `accept_language` are the asker's headers. Throws ReadModelOut and StorageBroken.
HttpAnswer answer_from(const Library& library, const Question& question, std::string_view accept,
                       std::string_view accept_language = {});

}  // namespace kontor
