// The command line of the auditor.
#include "tools/audit.h"

#include "domain/contexts.h"
#include "projections/projection.h"
#include "tools/audit_log.h"
#include "tools/audit_print.h"
#include "tools/audit_source.h"
#include "tools/audit_state.h"
#include "tools/audit_verify.h"
#include "tools/command_line.h"

#include <chrono>
#include <cstdio>
#include <iostream>

#include <CLI/CLI.hpp>

namespace kontor {
namespace {

struct Options {
    std::string data, key, scratch;
    std::string from, to, at, event, table;
    EventFilter filter;
    bool json = false;

    PrintAs as() const { return json ? PrintAs::json : PrintAs::text; }
};

constexpr const char* moment_words =
    "A position, or a time such as 2026-02-17T22:30:00Z (the last commit not after it)";

CLI::App* sub_command(CLI::App& app, Options& options, const char* name, const char* doc) {
    CLI::App* sub = app.add_subcommand(name, doc);
    sub->add_option("--data,--backup", options.data, "Data directory, or a backup of one")
        ->required();
    sub->add_option("--key", options.key,
                    "Secret of the key to ask a running server with; else that in admin.key");
    return sub;
}

void describe(CLI::App& app, Options& options) {
    app.require_subcommand(1);
    auto* print = sub_command(app, options, "print", "Prints events by their stored schemas");
    print->add_option("--stream", options.filter.stream, "Only events of this stream");
    print->add_option("--type", options.filter.type, "Only events of this type");
    print->add_option("--actor", options.filter.actor, "Only what this actor did");
    print->add_option("--company", options.filter.company, "Only events of this company");
    print->add_option("--from", options.from, "First position, or a time: what came not before it");
    print->add_option("--to", options.to, moment_words);
    print->add_flag("--json", options.json, "One JSON object a line");

    auto* verify = sub_command(app, options, "verify",
                               "Checks log, indexes, schemas, snapshot and read models");
    auto* replay = sub_command(app, options, "replay",
                               "Rebuilds state and read models and prints their digests");
    replay->add_option("--to", options.to, moment_words);
    replay->add_flag("--json", options.json, "One JSON object");
    auto* state = sub_command(app, options, "state", "Prints what decisions remembered, as JSON");
    state->add_option("--at", options.at, moment_words);
    state->add_option("--table", options.table, "Only this table");

    auto* explain = sub_command(app, options, "explain", "Prints everything about one event");
    explain->add_option("--event", options.event, "The event, as <position>.<n>")->required();
    explain->add_flag("--json", options.json, "One JSON object");

    auto* diff = sub_command(app, options, "diff",
                             "Prints what happened between two moments and what it changed");
    diff->add_option("--from", options.from, moment_words)->required();
    diff->add_option("--to", options.to, moment_words);

    for (CLI::App* sub : {verify, replay, state, diff})
        sub->add_option("--scratch", options.scratch,
                        "Directory for what is rebuilt; else where the system has such files");
}

Position or_tail(const EventLog& log, const std::string& text) {
    return text.empty() ? log.tail().position : position_from(log, text);
}

int print(const Options& options) {
    AuditSource source(options.data, options.key);
    EventFilter filter = options.filter;
    if (!options.from.empty()) filter.from = first_position_from(source.log(), options.from);
    filter.to = or_tail(source.log(), options.to);
    if (!print_log(source.log(), filter, options.as(), std::cout))
        std::cerr << "Nothing in the log is like that. Names are written as in `kontor describe`, "
                     "streams as <thing>/<company>/<key>.\n";
    return exit_done;
}

std::string counted(std::uint64_t count, const std::string& one, const std::string& many = {}) {
    return std::to_string(count) + ' ' + (count == 1 ? one : many.empty() ? one + 's' : many);
}

int verify(const Options& options) {
    const auto started = std::chrono::steady_clock::now();
    AuditSource source(options.data, options.key);
    const auto catalog = make_catalog();
    const Examination found =
        examine(*catalog, read_models(), {source.log(), source.views(), options.scratch});
    if (!found.difference.empty()) throw Unable(found.difference);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    for (const std::string& note : found.notes) std::cout << note << '\n';
    char seconds[32];
    std::snprintf(seconds, sizeof seconds, "%.1f", took.count());
    std::cout << "All agrees: " << counted(found.commits, "commit") << ", "
              << counted(found.events, "event") << ", " << counted(found.commands, "command")
              << ", " << counted(found.streams, "stream") << ", "
              << counted(found.companies, "company", "companies") << ", "
              << counted(found.schemas, "schema") << ", "
              << counted(found.read_models, "read model") << ", in " << seconds << " s.\n";
    return exit_done;
}

int replay(const Options& options) {
    AuditSource source(options.data, options.key);
    const auto catalog = make_catalog();
    print_replay(*catalog, source.log(), or_tail(source.log(), options.to), read_models(),
                 options.scratch, options.as(), std::cout);
    return exit_done;
}

int state(const Options& options) {
    AuditSource source(options.data, options.key);
    const auto catalog = make_catalog();
    print_state(*catalog, source.log(), or_tail(source.log(), options.at), options.table,
                options.scratch, std::cout);
    return exit_done;
}

int explain(const Options& options) {
    AuditSource source(options.data, options.key);
    const auto catalog = make_catalog();
    print_explanation(*catalog, source.log(), options.event, options.as(), std::cout);
    return exit_done;
}

int diff(const Options& options) {
    AuditSource source(options.data, options.key);
    const auto catalog = make_catalog();
    print_changes(*catalog, source.log(), position_from(source.log(), options.from),
                  or_tail(source.log(), options.to), options.scratch, std::cout);
    return exit_done;
}

}  // namespace

int audit(int argc, char** argv) {
    Options options;
    CLI::App app("Reads and checks the log", "kontor audit");
    describe(app, options);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? exit_done : exit_usage;
    }
    const std::pair<const char*, int (*)(const Options&)> words[] = {
        {"print", print}, {"verify", verify},   {"replay", replay},
        {"state", state}, {"explain", explain}, {"diff", diff}};
    for (const auto& [word, work] : words)
        if (app.got_subcommand(word))
            return run_command(std::string("audit ") + word, [&] { return work(options); });
    return exit_usage;
}

}  // namespace kontor
