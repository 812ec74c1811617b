// The load generator against a small server of its own: what it counts, and what it calls slow.
#include "tools/load.h"
#include "api/http_server.h"
#include "tools/command_line.h"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <cmath>
#include <mutex>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace kontor;
using Catch::Contains;
using Catch::Equals;
using Json = nlohmann::json;

namespace {

std::string url_of(const HttpServer& server) {
    return "http://127.0.0.1:" + std::to_string(server.port());
}

LoadMix entries() { return LoadMix::entries("DEMO", "GEN", {"1000", "4000"}, "EUR", "2026-01-15"); }

// What a server was asked.
struct Asked {
    std::mutex mutex;
    std::vector<HttpRequest> requests;

    void take(const HttpRequest& request) {
        const std::lock_guard lock(mutex);
        requests.push_back(request);
    }
};

LoadPlan plan_for(const HttpServer& server, int milliseconds) {
    LoadPlan plan;
    plan.url = url_of(server);
    plan.connections = 4;
    plan.duration = std::chrono::milliseconds(milliseconds);
    return plan;
}

}  // namespace

TEST_CASE("Percentiles agree with a plain sort within one per cent") {
    std::mt19937_64 random(20260115);
    for (const double spread : {1.0, 3.0, 8.0}) {
        std::lognormal_distribution<double> durations(12, spread);
        LatencyHistogram histogram;
        std::vector<std::uint64_t> all;
        for (int at = 0; at < 20'000; ++at) {
            const auto value = static_cast<std::uint64_t>(std::min(durations(random), 1e18));
            all.push_back(value);
            histogram.record(value);
        }
        std::sort(all.begin(), all.end());
        for (const double share : {0.0, 0.01, 0.5, 0.9, 0.99, 0.999, 1.0}) {
            const auto rank = static_cast<std::size_t>(
                std::max(1.0, std::ceil(share * static_cast<double>(all.size()))));
            const auto right = static_cast<double>(all[rank - 1]);
            CAPTURE(spread, share, right);
            const auto found = static_cast<double>(histogram.percentile(share));
            CHECK(found >= right);
            CHECK(found <= right * 1.01);
        }
        CHECK(histogram.longest() == all.back());
        CHECK(histogram.count() == all.size());
    }
}

TEST_CASE("A histogram holds the smallest and the greatest durations, and two make one") {
    LatencyHistogram small;
    CHECK(small.percentile(0.5) == 0);
    for (std::uint64_t value = 0; value < 100; ++value) small.record(value);
    CHECK(small.percentile(0.5) == 49);
    CHECK(small.percentile(0.99) == 98);
    LatencyHistogram great;
    great.record(UINT64_MAX);
    CHECK(great.percentile(1) == UINT64_MAX);
    great.add(small);
    CHECK(great.count() == 101);
    CHECK(great.percentile(0.5) == 50);
    CHECK(great.percentile(1) == UINT64_MAX);
}

TEST_CASE("The entries of a load are journal entries of two lines, each with ids of its own") {
    LoadMix mix = entries();
    const LoadMix::Command first = mix.next();
    const LoadMix::Command second = mix.next();
    CHECK(first.name == "PostEntry");
    const Json entry = Json::parse(first.body);
    const std::string id = entry["entry"];
    REQUIRE(id.size() == 36);
    CHECK(id[14] == '7');
    CHECK(std::string("89ab").find(id[19]) != std::string::npos);
    CHECK(std::set<std::string>{id, first.id, second.id,
                                Json::parse(second.body)["entry"].get<std::string>()}
              .size() == 4);
    const Json expected = Json::parse(R"({
        "company": "DEMO", "journal": "GEN", "date": "2026-01-15", "text": "Load 1", "lines": [
            {"account": "1000", "side": "debit",
             "amount": {"amount": "10.00", "currency": "EUR"}},
            {"account": "4000", "side": "credit",
             "amount": {"amount": "10.00", "currency": "EUR"}}]})");
    Json without_id = entry;
    without_id.erase("entry");
    CHECK(without_id == expected);
}

TEST_CASE("Ids of a load follow time, as version 7 has it") {
    LoadMix mix = entries();
    const std::string early = mix.new_uuid();
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
    CHECK(early < mix.new_uuid());
}

TEST_CASE("A mix takes its lines in turn and fills their blanks") {
    LoadMix mix = LoadMix::of_lines(
        "{\"command\":\"A\",\"data\":{\"day\":\"{date}\",\"n\":\"{seq}-{seq}\"}}\n\n"
        "{\"command\":\"B\",\"data\":{\"z\":1,\"a\":\"{other}\"}}",
        "2026-02-28");
    CHECK(mix.next().body == R"({"day":"2026-02-28","n":"1-1"})");
    const LoadMix::Command second = mix.next();
    CHECK(second.name == "B");
    CHECK(second.body == R"({"z":1,"a":"{other}"})");
    std::string lines;
    mix.append_line(lines);
    const Json line = Json::parse(lines);
    CHECK(lines.back() == '\n');
    CHECK(line["command"] == "A");
    CHECK(line["data"]["n"] == "3-3");
    CHECK(line["id"].get<std::string>().size() == 36);
    CHECK_THROWS_WITH(LoadMix::of_lines("{\"command\":\"A\",\"data\":{}}\n{\"command\":1}", ""),
                      Contains("Line 2"));
    CHECK_THROWS_AS(LoadMix::of_lines("\n", ""), Unable);
}

TEST_CASE(
    "Numbers and days of a mix are drawn between their bounds, and asked for without a body") {
    LoadMix mix = LoadMix::of_lines(
        "{\"query\":\"/queries/journals?day={day:2026-02-27:2026-03-01}&n={number:098:101}\"}",
        "2026-01-15");
    CHECK(mix.asks());
    std::set<std::string> seen;
    for (int at = 0; at < 400; ++at) {
        const LoadMix::Command question = mix.next();
        CHECK(question.asks);
        CHECK(question.id.empty());
        seen.insert(question.body);
    }
    std::set<std::string> all;
    for (const char* day : {"2026-02-27", "2026-02-28", "2026-03-01"})
        for (const char* number : {"098", "099", "100", "101"})
            all.insert(std::string("/queries/journals?day=") + day + "&n=" + number);
    CHECK(seen == all);
    // No more zeros than the first number asks for.
    LoadMix plain = LoadMix::of_lines("{\"query\":\"/{number:9:10}\"}", "");
    for (int at = 0; at < 20; ++at) CHECK_THAT(plain.next().body, Equals("/9") || Equals("/10"));
    // What is no blank stays as it is.
    LoadMix odd = LoadMix::of_lines(
        R"({"command":"A","data":"{number:2:1}{number:1}{day:2026-02-30:2026-03-01}{}{uuid"})", "");
    CHECK(odd.next().body == R"("{number:2:1}{number:1}{day:2026-02-30:2026-03-01}{}{uuid")");
    CHECK_FALSE(odd.asks());
}

TEST_CASE("A load ends when as many requests as were wanted are answered") {
    Asked asked;
    HttpServer server({}, [&](const std::shared_ptr<Exchange>& exchange) {
        asked.take(exchange->request());
        exchange->answer({200, {}, "{}"});
    });
    LoadPlan plan = plan_for(server, 20'000);
    plan.most_requests = 25;
    plan.key = "secret";
    LoadMix mix = LoadMix::of_lines("{\"query\":\"/queries/journals?n={seq}\"}", "");
    const LoadFindings findings = run_load(plan, mix);
    CHECK(findings.requests == 25);
    CHECK(findings.unsent == 0);
    REQUIRE(asked.requests.size() == 25);
    CHECK(asked.requests[0].method == "GET");
    CHECK(asked.requests[0].target.starts_with("/queries/journals?n="));
    CHECK(asked.requests[0].body.empty());
    plan.rate = 1000;
    CHECK(run_load(plan, mix).requests == 25);
}

TEST_CASE("A closed loop counts each request once, by its status") {
    Asked asked;
    std::atomic<std::uint64_t> created = 0;
    std::atomic<std::uint64_t> refused = 0;
    HttpServer server({}, [&](const std::shared_ptr<Exchange>& exchange) {
        asked.take(exchange->request());
        const bool no = (created + refused) % 3 == 2;
        ++(no ? refused : created);
        exchange->answer({no ? 409 : 200, {}, "{}"});
    });
    LoadPlan plan = plan_for(server, 200);
    plan.key = "secret";
    LoadMix mix = entries();
    LoadFindings findings = run_load(plan, mix);
    CHECK(findings.requests > 0);
    CHECK(findings.requests == asked.requests.size());
    CHECK(findings.commands == findings.requests);
    CHECK(findings.latency.count() == findings.requests);
    CHECK(findings.statuses[200] == created);
    CHECK(findings.statuses[409] == refused);
    CHECK(findings.failed + findings.unanswered + findings.unsent == 0);
    std::set<std::string> ids;
    for (const HttpRequest& request : asked.requests) {
        REQUIRE(request.method == "POST");
        REQUIRE(request.target == "/commands/PostEntry");
        REQUIRE(*request.header("Authorization") == "Bearer secret");
        ids.insert(*request.header("Idempotency-Key"));
    }
    CHECK(ids.size() == asked.requests.size());
}

TEST_CASE("A batch counts its lines by their own statuses, streamed or whole") {
    for (const bool streamed : {true, false}) {
        HttpServer server({}, [&](const std::shared_ptr<Exchange>& exchange) {
            const std::string& body = exchange->request().body;
            const auto lines = std::count(body.begin(), body.end(), '\n');
            std::string answers;
            for (int line = 0; line < lines; ++line)
                answers += line == 3
                               ? "{\"id\":\"x\",\"status\":422,\"problem\":{\"status\":422}}\n"
                               : "{\"id\":\"x\",\"status\":200,\"position\":1}\n";
            if (!streamed) return exchange->answer({200, {}, answers});
            const auto stream = exchange->stream();
            stream->start(200, {});
            for (std::size_t at = 0; at < answers.size(); at += 7)
                stream->write(answers.substr(at, 7));
            stream->finish();
        });
        LoadPlan plan = plan_for(server, 100);
        plan.batch = 10;
        LoadMix mix = entries();
        LoadFindings findings = run_load(plan, mix);
        CHECK(findings.requests > 0);
        CHECK(findings.commands == 10 * findings.requests);
        CHECK(findings.statuses[200] == 9 * findings.requests);
        CHECK(findings.statuses[422] == findings.requests);
        CHECK(mix.made() == findings.commands);
    }
}

TEST_CASE("A schedule counts from the planned moment, so that a stall is not hidden") {
    // The server stalls once, for 300 ms. One connection sends; of 200 planned requests about 60
    // would have been sent meanwhile, and each of them waited.
    std::atomic<int> count = 0;
    HttpServer server({}, [&](const std::shared_ptr<Exchange>& exchange) {
        if (++count == 10) std::this_thread::sleep_for(std::chrono::milliseconds(300));
        exchange->answer({200, {}, "{}"});
    });
    LoadPlan plan = plan_for(server, 1000);
    plan.connections = 1;
    plan.rate = 200;
    LoadMix mix = entries();
    const LoadFindings findings = run_load(plan, mix);
    CHECK(findings.requests + findings.unsent >= 199);
    CHECK(findings.requests + findings.unsent <= 201);
    CHECK(findings.latency.longest() >= 300'000'000);
    // A closed loop would find one slow request in 200. Here a tenth waited for over 100 ms.
    CHECK(findings.latency.percentile(0.9) >= 100'000'000);
}

TEST_CASE("A server that is gone, or never answers, ends the load in time") {
    std::string url;
    {
        const HttpServer server({}, [](const auto&) {});
        url = url_of(server);
    }
    LoadPlan plan;
    plan.url = url;
    plan.duration = std::chrono::milliseconds(100);
    LoadMix mix = entries();
    const LoadFindings none = run_load(plan, mix);
    CHECK(none.requests == 0);
    CHECK(none.failed > 0);

    std::mutex mutex;
    std::vector<std::shared_ptr<Exchange>> held;
    HttpServerOptions options;
    options.stop_timeout = std::chrono::milliseconds(50);
    HttpServer deaf(options, [&](const std::shared_ptr<Exchange>& exchange) {
        const std::lock_guard lock(mutex);
        held.push_back(exchange);
    });
    plan = plan_for(deaf, 50);
    plan.patience = std::chrono::milliseconds(50);
    const LoadFindings waiting = run_load(plan, mix);
    CHECK(waiting.requests == 0);
    CHECK(waiting.unanswered == 4);
    deaf.stop();

    plan.url = "https://127.0.0.1:1";
    CHECK_THROWS_AS(run_load(plan, mix), Unable);
    plan.url = "nonsense";
    CHECK_THROWS_AS(run_load(plan, mix), Unable);
}

TEST_CASE("Findings are told as text and as JSON") {
    LoadFindings findings;
    findings.seconds = 2;
    findings.requests = 1000;
    findings.commands = 10'000;
    findings.statuses = {{200, 9'990}, {409, 10}};
    findings.unsent = 7;
    for (int at = 0; at < 1000; ++at) findings.latency.record(2'000'000);
    CHECK_THAT(findings_text(findings), Contains("1000 requests in 2.00 s: 500 a second") &&
                                            Contains("10000 commands: 5000 a second") &&
                                            Contains("p50 2.000  p99 2.000  p99.9 2.000") &&
                                            Contains("200 x 9990  409 x 10") &&
                                            Contains("planned but not sent: 7"));
    const Json json = Json::parse(findings_json(findings));
    CHECK(json["requests_per_second"] == 500.0);
    CHECK(json["latency_ms"]["p99.9"] == 2.0);
    CHECK(json["statuses"]["409"] == 10);
    CHECK(json["unsent"] == 7);
}
