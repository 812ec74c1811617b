// Sends commands in batches over HTTP, one batch at the server while the next one is made, and
// hears what became of each.
#pragma once

#include "api/http_client.h"
#include "tools/import_making.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace kontor::imports {

// What the server said of one command.
struct Said {
    int status = 0;
    bool replayed = false;
    std::string code, text;  // of a "no"
};

// The answer's lines in order; empty when they are not one for each of `count` commands.
std::vector<Said> said_in(const std::string& answer, std::size_t count);

struct SendingOptions {
    std::string url, key;
    std::size_t most_lines = 2'000;
    std::size_t most_octets = 4u << 20;
    // How long a server that cannot be reached, or says 503, is asked again.
    std::chrono::milliseconds patience{60'000};
    std::chrono::milliseconds first_pause{200};
    std::string trust_file;  // PEM certificates, for a server with one of its own
};

struct SendingCounts {
    std::uint64_t sent = 0, accepted = 0, repeated = 0, refused = 0, unreadable = 0;
};

class CommandSending {
public:
    // Of what was refused or unreadable; called from one other thread, in the order of `put`.
    using Refused = std::function<void(const Made&, const Said&)>;

    CommandSending(SendingOptions options, Refused refused);
    // Ends what is at the server without sending more.
    ~CommandSending();

    // Takes one more command; waits while a batch is at the server and another one full. Throws
    // Unable when the server cannot be reached for too long or does not let us in.
    void put(Made made);
    // Sends what is left and waits for the answers. Throws as `put` does.
    void finish();
    SendingCounts counts() const;

private:
    using Batch = std::vector<Made>;

    void hand_over();
    void run();
    void send(const Batch& batch);
    // One try; false when it is worth another one, which `why` explains.
    bool try_send(const std::string& body, std::size_t count, std::vector<Said>& said,
                  std::string& why);
    bool pause(std::chrono::milliseconds length);

    const SendingOptions options_;
    const Refused refused_;
    HttpClient client_;
    Batch filling_;
    std::size_t filling_octets_ = 0, filling_lines_ = 0;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    Batch ready_;
    bool busy_ = false, ending_ = false;
    std::exception_ptr broken_;
    SendingCounts counts_;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace kontor::imports
