// The sub-command `kontor load`: options in, findings out.
#include "tools/load.h"

#include "tools/command_line.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <chrono>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace kontor {
namespace {

double millis(std::uint64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e6; }

double per_second(std::uint64_t count, double seconds) {
    return seconds > 0 ? static_cast<double>(count) / seconds : 0;
}

std::string today() {
    const std::time_t now = std::time(nullptr);
    std::tm day{};
    gmtime_r(&now, &day);
    return fmt::format("{:04}-{:02}-{:02}", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

std::string read_text(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw Unable("The file " + file + " cannot be read.");
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

std::string findings_text(const LoadFindings& findings) {
    std::string text = fmt::format(
        "{} requests in {:.2f} s: {:.0f} a second; {} commands: {:.0f} a second\n",
        findings.requests, findings.seconds, per_second(findings.requests, findings.seconds),
        findings.commands, per_second(findings.commands, findings.seconds));
    const LatencyHistogram& latency = findings.latency;
    text += fmt::format("latency ms: p50 {:.3f}  p99 {:.3f}  p99.9 {:.3f}  max {:.3f}\n",
                        millis(latency.percentile(0.5)), millis(latency.percentile(0.99)),
                        millis(latency.percentile(0.999)), millis(latency.longest()));
    text += "statuses:";
    for (const auto& [status, count] : findings.statuses)
        text += fmt::format("  {} x {}", status, count);
    text += '\n';
    if (findings.failed > 0) text += fmt::format("failed: {}\n", findings.failed);
    if (findings.unanswered > 0) text += fmt::format("unanswered: {}\n", findings.unanswered);
    if (findings.unsent > 0)
        text += fmt::format("planned but not sent: {} (the server cannot keep the rate)\n",
                            findings.unsent);
    return text;
}

std::string findings_json(const LoadFindings& findings) {
    nlohmann::ordered_json statuses = nlohmann::ordered_json::object();
    for (const auto& [status, count] : findings.statuses) statuses[std::to_string(status)] = count;
    const LatencyHistogram& latency = findings.latency;
    return nlohmann::ordered_json{
        {"seconds", findings.seconds},
        {"requests", findings.requests},
        {"requests_per_second", per_second(findings.requests, findings.seconds)},
        {"commands", findings.commands},
        {"commands_per_second", per_second(findings.commands, findings.seconds)},
        {"latency_ms",
         {{"p50", millis(latency.percentile(0.5))},
          {"p99", millis(latency.percentile(0.99))},
          {"p99.9", millis(latency.percentile(0.999))},
          {"max", millis(latency.longest())}}},
        {"statuses", statuses},
        {"failed", findings.failed},
        {"unanswered", findings.unanswered},
        {"unsent", findings.unsent}}
        .dump();
}

int load(int argc, char** argv) {
    LoadPlan plan;
    std::string mix_file = "entries";
    std::string company = "DEMO";
    std::string journal = "GEN";
    std::string currency = "EUR";
    std::string date = today();
    std::vector<std::string> accounts{"1000", "4000"};
    double seconds = 10;
    bool json = false;

    CLI::App app(
        "Measures a running server under load. What it sends is posted for good: use a company "
        "that "
        "may be thrown away.",
        "kontor load");
    app.add_option("--url", plan.url, "The server, plain HTTP.")->capture_default_str();
    app.add_option("--key", plan.key, "A key that may send the commands.");
    app.add_option("--connections", plan.connections, "Clients at once.")
        ->capture_default_str()
        ->check(CLI::Range(1, 10'000));
    app.add_option("--duration", seconds, "Seconds.")
        ->capture_default_str()
        ->check(CLI::Range(0.01, 86'400.0));
    app.add_option("--requests", plan.most_requests,
                   "Ends when so many are sent and answered, or when the duration is over.");
    app.add_option("--mix", mix_file,
                   "\"entries\" (journal entries of two lines), or a file with a line "
                   "{\"command\", \"data\"} or {\"query\": \"/queries/...\"} each, in which "
                   "{uuid}, {seq}, {date}, {number:0001:1000} and {day:2026-01-01:2026-12-31} are "
                   "filled.")
        ->capture_default_str();
    app.add_option("--batch", plan.batch, "Commands a request; above 1 as NDJSON.")
        ->capture_default_str()
        ->check(CLI::Range(1, 10'000));
    app.add_option("--rate", plan.rate,
                   "Requests a second on a schedule, latency counted from the planned moment; "
                   "without it each client sends when its answer has come.")
        ->check(CLI::Range(0.001, 10'000'000.0));
    app.add_option("--company", company, "Of the entries.")->capture_default_str();
    app.add_option("--journal", journal, "Of the entries.")->capture_default_str();
    app.add_option("--accounts", accounts, "Debited and credited account.")
        ->delimiter(',')
        ->expected(2)
        ->capture_default_str();
    app.add_option("--currency", currency, "Of the entries.")->capture_default_str();
    app.add_option("--date", date, "Business date; today (UTC) unless given.");
    app.add_flag("--json", json, "Prints one JSON object.");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? exit_done : exit_usage;
    }
    plan.duration = std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));

    return run_command("load", [&] {
        LoadMix mix = mix_file == "entries"
                          ? LoadMix::entries(company, journal, accounts, currency, date)
                          : LoadMix::of_lines(read_text(mix_file), date);
        if (plan.batch > 1 && mix.asks()) throw Unable("A batch cannot hold a question.");
        const LoadFindings findings = run_load(plan, mix);
        std::cout << (json ? findings_json(findings) + "\n" : findings_text(findings));
        if (findings.requests == 0) throw Unable("No request was answered by " + plan.url + ".");
        if (findings.statuses.size() == 1 && findings.statuses.contains(401))
            throw Unable(
                "The server does not know the key, or it is revoked; give one with --key.");
        return exit_done;
    });
}

}  // namespace kontor
