// The feed: committed events as they become durable, for consoles and for what lies outside.
#pragma once

#include "api/backend.h"
#include "api/http.h"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

namespace kontor {

// Holds the open streams: wakes them when the log has grown, and keeps silent ones alive.
class Feed {
public:
    explicit Feed(Backend& backend);
    ~Feed();
    Feed(const Feed&) = delete;
    Feed& operator=(const Feed&) = delete;

    // GET /events?after=<position>&type=&stream=&summary=true, as text/event-stream or, to those
    // who accept it, application/x-ndjson. A message a commit; `Last-Event-ID` resumes.
    void open(const std::shared_ptr<Exchange>& exchange, const Visitor& visitor,
              std::string_view url_query);
    // Ends all streams.
    void close();

private:
    class Subscriber;
    void loop();

    Backend& backend_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<std::shared_ptr<Subscriber>> subscribers_;
    bool grown_ = false, closing_ = false;
    std::thread thread_;
};

}  // namespace kontor
