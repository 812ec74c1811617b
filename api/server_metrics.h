// What an operator watches, as Prometheus text.
#pragma once

#include "api/backend.h"
#include "api/http_server.h"

#include <string>

namespace kontor {

// Counters and gauges of this moment in the text format 0.0.4.
std::string metrics_text(const Backend& backend, const HttpTraffic& traffic);

}  // namespace kontor
