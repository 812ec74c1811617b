// Where an auditor's questions to queries go: to read models folded from a log, or to a server.
#pragma once

#include "api/question.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace kontor {

// What is asked of a query, whoever answers.
struct DeskQuestion {
    std::string query;
    Asking asking = Asking::rows;
    std::string url_query;  // as behind the "?" of an address
    std::string accept;     // media type
};

// Answers the pages of a question one after the other, each as the HTTP API answers it, until the
// callback says false. Throws Unable with what was wrong with the question.
class AuditDesk {
public:
    virtual ~AuditDesk() = default;
    virtual void ask(const DeskQuestion& question,
                     const std::function<bool(const std::string& page)>& call) = 0;
};

// Folds the log of a data directory or backup, as far as the question knows it, in a directory of
// its own in `scratch`: the read models of a server have no part in it. `key` asks a server that
// holds the directory for a checkpoint.
std::unique_ptr<AuditDesk> desk_of_log(const std::string& data, const std::string& key,
                                       const std::string& scratch);
// Asks a server with the secret of a key.
std::unique_ptr<AuditDesk> desk_of_server(const std::string& url, const std::string& key);

}  // namespace kontor
