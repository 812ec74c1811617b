// How the parts of a running company are put together, and taken apart in the opposite order.
#include "api/server.h"

#include "api/answers.h"
#include "api/first_start.h"
#include "api/openapi.h"
#include "api/printed_answer.h"
#include "api/routes.h"
#include "api/server_metrics.h"
#include "domain/companies/companies.h"
#include "eventstore/clock.h"
#include "projections/rocks_rows.h"

#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <filesystem>
#include <future>

namespace kontor {
namespace {

// The events that a command's answer can hold: its own, its steps' and its flows', each once.
void gather_events(const Catalog& catalog, const CommandSpec& spec,
                   std::vector<const Type*>& events) {
    for (const Type* step : spec.steps)
        gather_events(catalog, *catalog.command(step)->spec, events);
    for (const Type* event : spec.appends) {
        if (std::ranges::find(events, event) != events.end()) continue;
        events.push_back(event);
        for (const FlowSpec* flow : catalog.event(event)->flows)
            for (const Type* sent : flow->sends)
                gather_events(catalog, *catalog.command(sent)->spec, events);
    }
}

}  // namespace

std::string openapi_of(const Catalog& catalog, const std::vector<ReadModelSpec>& read_models) {
    ApiDescription api;
    api.version = "0.1.0";
    for (const BusinessContext& context : catalog.contexts())
        api.contexts.push_back({std::string(context.name), std::string(context.doc)});
    for (const Catalog::Command& command : catalog.commands()) {
        ApiCommand described{command.spec->type,
                             std::string(command.context->name),
                             {},
                             {},
                             std::string(command.spec->type->example)};
        gather_events(catalog, *command.spec, described.events);
        for (const Reason* reason : command.own_reasons) described.refusals.push_back({reason, {}});
        for (const auto& [reason, flow] : command.flow_reasons)
            described.refusals.push_back({reason, std::string(flow)});
        api.commands.push_back(std::move(described));
    }
    for (const Catalog::Event& event : catalog.events())
        api.events.push_back({event.spec->type, std::string(event.context->name)});
    for (const ReadModelSpec& model : read_models)
        for (const QuerySpec& query : model.queries)
            api.queries.push_back(
                {query.type, std::string(model.context), query.explain != nullptr});
    return openapi_text(api);
}

class Server::Open {
public:
    Open(const Catalog& catalog, std::vector<ReadModelSpec> read_models, ServerOptions options)
        : catalog_(catalog), options_(std::move(options)), workers_(options_.worker_threads) {
        const std::string openapi = openapi_of(catalog_, read_models);
        http_ = std::make_unique<HttpServer>(
            options_.http, [this](std::shared_ptr<Exchange> exchange) { handle(exchange); },
            Admission{[this](const HttpRequest& head) { return admit(head); },
                      [](const std::string& method, std::string_view target) {
                          return Routes::body_limit(method, target);
                      }});
        // The address comes first: a server that cannot listen leaves no directory behind.
        RocksLogOptions log;
        log.directory = options_.directory;
        log.accept_shorter_log = options_.accept_shorter_log;
        log_ = rocks_event_log(log);
        for (const std::string& fault : faults_of(read_models))
            throw std::runtime_error("this program is contradictory: " + fault);
        check_clock();
        keys_ = subject_keys_of(catalog_, options_.directory);
        engine_ = std::make_unique<Engine>(catalog_, *log_, engine_options());
        admit_administrator(catalog_, *engine_, options_.directory);
        rows_ = std::make_unique<RocksRows>(options_.directory + "/views");
        ProjectorOptions projecting;
        projecting.report = options_.report;
        projector_ = std::make_unique<Projector>(catalog_, *log_, *rows_, std::move(read_models),
                                                 projecting);
        engine_->when_durable([this](LogTail tail) { projector_->tail_moved(tail.position); });
        projector_->tail_moved(engine_->durable().position);
        printing_ =
            std::unique_ptr<Printing>(new Printing{options_.fonts, StateDigests(catalog_, *log_)});
        backend_ = std::make_unique<Backend>(
            Backend{catalog_, *log_, *engine_, *projector_,
                    [this](std::function<void()> work) {
                        boost::asio::post(workers_, [this, work = std::move(work)] { run(work); });
                    },
                    engine_->durable().position, *printing_, keys_.get()});
        routes_ = std::make_unique<Routes>(
            *backend_, ServerFacts{[this] { return metrics_text(*backend_, http_->traffic()); },
                                   [this](std::string& to) { return checkpoint(to); }, openapi});
        ready_ = true;
    }

    ~Open() { stop(); }

    void stop() {
        if (stopped_.exchange(true)) return;
        if (routes_) routes_->close();
        http_->stop();
        engine_->stop();
        projector_->stop();
        workers_.join();
        rows_->close();
    }

    std::uint16_t port() const { return http_->port(); }
    const ServerOptions& options() const { return options_; }

private:
    void check_clock() const {
        constexpr std::int64_t day = 24LL * 60 * 60 * 1'000'000;
        constexpr std::int64_t hour = day / 24;
        const LogTail tail = log_->tail();
        if (tail.time.micros - system_now().micros > hour && options_.report)
            options_.report("This machine's clock is behind the last commit (" +
                            to_text(tail.time) +
                            "); until it has caught up, record times stand at that moment.");
        if (options_.accept_clock || tail.position == 0) return;
        if (system_now().micros - tail.time.micros > day)
            throw StorageBroken("this machine's clock is over a day ahead of the last commit (" +
                                to_text(tail.time) +
                                "); if the clock is right, start with --accept-clock");
    }

    EngineOptions engine_options() {
        EngineOptions options;
        options.rights = [](const World& world) { return access::Rights(world); };
        options.zone_of = companies::time_zone_of;
        options.clock = options_.clock;
        options.keys = keys_.get();
        options.progress = [this](Position at, Position tail) {
            replayed_ = at;
            replaying_to_ = tail;
        };
        return options;
    }

    // What throws here leaves its exchange unanswered, which answers 500, and the server goes on.
    void run(const std::function<void()>& work) const {
        try {
            work();
        } catch (const std::exception& why) {
            if (options_.report) options_.report(std::string("a defect: ") + why.what());
        }
    }

    HttpAnswer starting() const {
        return problem_answer(try_again(not_serving,
                                        "The log is being replayed: " + std::to_string(replayed_) +
                                            " of " + std::to_string(replaying_to_) + " commits.",
                                        2));
    }

    std::optional<HttpAnswer> admit(const HttpRequest& head) const {
        if (ready_) return routes_->admit(head);
        if (head.target == "/health/live") return std::nullopt;
        return starting();
    }

    void handle(const std::shared_ptr<Exchange>& exchange) {
        if (ready_) return routes_->handle(exchange);
        exchange->answer(exchange->request().target == "/health/live"
                             ? json_answer("{\"status\":\"live\"}")
                             : starting());
    }

    // Read models first, then the log: a copy's read models are never ahead of its log.
    std::string checkpoint(std::string& to) {
        static std::atomic<int> count{0};
        const std::string directory = options_.directory + "/checkpoints/" +
                                      std::to_string(system_now().micros) + "-" +
                                      std::to_string(++count);
        try {
            std::filesystem::create_directories(directory);
            std::promise<std::string> made;
            projector_->between_batches([&](RowStore& rows) {
                try {
                    rows.checkpoint(directory + "/views");
                    made.set_value({});
                } catch (const std::exception& why) {
                    made.set_value(why.what());
                }
            });
            if (std::string fault = made.get_future().get(); !fault.empty()) return fault;
            log_->checkpoint(directory);
        } catch (const std::exception& why) {
            return why.what();
        }
        to = directory;
        return {};
    }

    const Catalog& catalog_;
    const ServerOptions options_;
    boost::asio::thread_pool workers_;
    std::atomic<Position> replayed_{0}, replaying_to_{0};
    std::atomic<bool> ready_{false}, stopped_{false};
    std::unique_ptr<EventLog> log_;
    std::unique_ptr<SubjectKeys> keys_;
    std::unique_ptr<RowStore> rows_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<Projector> projector_;
    std::unique_ptr<Printing> printing_;
    std::unique_ptr<Backend> backend_;
    std::unique_ptr<Routes> routes_;
    std::unique_ptr<HttpServer> http_;
};

Server::Server(const Catalog& catalog, std::vector<ReadModelSpec> read_models,
               ServerOptions options)
    : open_(std::make_unique<Open>(catalog, std::move(read_models), std::move(options))) {}

Server::~Server() = default;

std::string Server::url() const {
    const HttpServerOptions& http = open_->options().http;
    const bool six = http.address.find(':') != std::string::npos;
    return (http.certificate_file.empty() ? "http://" : "https://") +
           (six ? "[" + http.address + "]" : http.address) + ":" + std::to_string(open_->port());
}

void Server::stop() { open_->stop(); }

}  // namespace kontor
