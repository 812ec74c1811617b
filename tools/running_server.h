// The server that holds a data directory: whether there is one, and how a tool asks it.
#pragma once

#include "api/http.h"

#include <optional>
#include <string>
#include <string_view>

namespace kontor {

// Whether a process holds the directory's lock for writing.
bool is_served(const std::string& data);

// What is asked of the server in the name of a key. Throws Unable when it cannot be reached.
class RunningServer {
public:
    // The server of the directory, as its server.json says. `secret` is the key to ask with; empty:
    // the administrator's, from <data>/admin.key. Throws Unable when either is missing.
    RunningServer(const std::string& data, const std::string& secret);

    struct Answer {
        int status = 0;
        std::string body;
    };
    Answer get(const std::string& target) const;
    Answer post(const std::string& target, const std::string& body,
                const std::string& media_type = "application/json") const;

    // A copy of log and read models, made by the server in a directory of its own, which is
    // answered. Throws Unable when the server says no.
    std::string checkpoint() const;

    // What went wrong, in the server's words.
    static std::string no_of(const Answer& answer);

private:
    Answer ask(HttpRequest request) const;

    std::string data_, url_, secret_;
};

// Removes a checkpoint that a server made, and nothing that lies elsewhere than checkpoints do.
void remove_checkpoint(const std::string& checkpoint);

// What a file holds, without white space at its ends; empty when it cannot be read.
std::optional<std::string> file_text(const std::string& path);

}  // namespace kontor
