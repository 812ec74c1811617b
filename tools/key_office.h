// Where commands about keys are decided: by the running server, or here where none runs.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kontor {

// A command as a client sends it.
struct AskedCommand {
    std::string command;
    std::string json;
};

// What came of commands that were asked together.
struct KeyAnswer {
    bool done = false;
    std::string code;  // of the reason that refused
    std::string text;  // its words
};

struct KnownKey {
    std::string key, actor;
    bool revoked = false;
    std::vector<std::string> roles;  // of the actor, such as "reader" or "bookkeeper at ACME"
};

class KeyOffice {
public:
    virtual ~KeyOffice() = default;
    // All of them in one commit, or none.
    virtual KeyAnswer ask(const std::vector<AskedCommand>& commands) = 0;
    // All keys by name, revoked ones too.
    virtual std::vector<KnownKey> keys() = 0;
};

// The server that runs on the data directory, asked with `secret` (empty: the administrator's); or,
// where none runs, the log itself: whoever may write the directory may do everything. Throws
// StorageBroken or Unable.
std::unique_ptr<KeyOffice> key_office(const std::string& data, const std::string& secret);

}  // namespace kontor
