// The parts keep their own counts; here they get the names that Prometheus knows them by.
#include "api/server_metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

namespace kontor {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

class Families {
public:
    void add(MetricType type, const std::string& name, const std::string& help, double value,
             std::vector<ClientMetric::Label> labels = {}) {
        if (families_.empty() || families_.back().name != name)
            families_.push_back(MetricFamily{name, help, type, {}});
        ClientMetric metric;
        metric.label = std::move(labels);
        metric.gauge.value = value;
        metric.counter.value = value;
        families_.back().metric.push_back(std::move(metric));
    }
    std::string text() const { return prometheus::TextSerializer().Serialize(families_); }

private:
    std::vector<MetricFamily> families_;
};

double number(std::uint64_t count) { return static_cast<double>(count); }

}  // namespace

std::string metrics_text(const Backend& backend, const HttpTraffic& traffic) {
    Families all;
    const Engine::Counters engine = backend.engine.counters();
    const Position tail = backend.engine.durable().position;
    const auto counter = [&](const char* name, const char* help, std::uint64_t value) {
        all.add(MetricType::Counter, name, help, number(value));
    };
    const auto gauge = [&](const char* name, const char* help, std::uint64_t value) {
        all.add(MetricType::Gauge, name, help, number(value));
    };
    counter("kontor_commands_accepted_total", "Commands answered 200.", engine.decided);
    counter("kontor_commands_refused_total", "Commands answered otherwise.", engine.refused);
    counter("kontor_commits_total", "Commits decided since the start.", engine.commits);
    counter("kontor_groups_total", "Groups of commits made durable since the start.",
            engine.groups);
    gauge("kontor_commands_waiting", "Submissions that wait to be decided.", engine.waiting);
    gauge("kontor_log_position", "Position of the last durable commit.", tail);
    gauge("kontor_engine_broken", "1 when the engine takes no more commands.",
          backend.engine.broken().empty() ? 0 : 1);
    const Position folded = backend.projector.view()->position;
    gauge("kontor_read_models_lag_commits", "Durable commits that the read models lack.",
          tail > folded ? tail - folded : 0);
    const auto models = backend.projector.status();
    for (const auto& model : models)
        all.add(MetricType::Gauge, "kontor_read_model_position", "Where a read model stands.",
                number(model.position), {{"read_model", model.name}});
    for (const auto& model : models)
        all.add(MetricType::Gauge, "kontor_read_model_stopped",
                "1 when a read model has stopped by a fault.", model.stopped.empty() ? 0 : 1,
                {{"read_model", model.name}});
    for (const auto& model : models)
        all.add(MetricType::Gauge, "kontor_read_model_building",
                "1 while a read model is being built.", model.building ? 1 : 0,
                {{"read_model", model.name}});
    gauge("kontor_http_connections", "Open connections.", traffic.connections);
    counter("kontor_http_accepted_total", "Connections accepted.", traffic.accepted);
    counter("kontor_http_turned_away_total", "Connections over the limit.", traffic.turned_away);
    counter("kontor_http_requests_total", "Requests that reached the routes.", traffic.requests);
    counter("kontor_http_refused_total", "Requests refused before.", traffic.refused);
    counter("kontor_http_timed_out_total", "Clients that were too slow.", traffic.timed_out);
    gauge("kontor_http_body_bytes", "Bytes of request bodies held.", traffic.body_bytes);
    return all.text();
}

}  // namespace kontor
