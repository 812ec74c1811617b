// What every implementation of the log promises, as checks that any of them can be put to.
#pragma once

#include "eventstore/event_log.h"

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace kontor::test {

// Gives an empty log.
using MakeLog = std::function<std::unique_ptr<EventLog>()>;

struct LogPromise {
    std::string_view sentence;
    // Says how the promise was broken; empty when it held.
    std::string (*broken)(const MakeLog& make);
};

const std::vector<LogPromise>& log_promises();

}  // namespace kontor::test
