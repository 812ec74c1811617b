// The command line of the auditor.
#include "tools/audit.h"

#include "domain/contexts.h"
#include "projections/projection.h"
#include "tools/audit_figures.h"
#include "tools/audit_log.h"
#include "tools/audit_print.h"
#include "tools/audit_source.h"
#include "tools/audit_state.h"
#include "tools/audit_verify.h"
#include "tools/command_line.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <memory>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

namespace kontor {
namespace {

struct Options {
    std::string data, key, scratch, url;
    std::string from, to, at, event, table;
    EventFilter filter;
    FigureWish figure;
    std::vector<std::string> others;  // what else stands in the line: a query's own parameters
    bool json = false, csv = false;

    PrintAs as() const { return json ? PrintAs::json : PrintAs::text; }
};

constexpr const char* moment_words =
    "A position, or a time such as 2026-02-17T22:30:00Z (the last commit not after it)";

CLI::App* sub_command(CLI::App& app, Options& options, const char* name, const char* doc,
                      bool of_log = true) {
    CLI::App* sub = app.add_subcommand(name, doc);
    sub->add_option("--data,--backup", options.data, "Data directory, or a backup of one")
        ->required(of_log);
    sub->add_option("--key", options.key,
                    "Secret of the key to ask a running server with; else that in admin.key");
    return sub;
}

// What a question to a query takes.
void describe_figure(CLI::App* sub, Options& options) {
    sub->footer(
        "The query, as `kontor describe` lists them, and its row stand without an option: " +
        std::string(sub->get_name()) + " trial_balance --company DEMO ...");
    sub->add_option("--param", options.figure.parameters,
                    "A parameter of the query as <name>=<value>; --<name> <value> says the same")
        ->expected(1)
        ->take_all();
    sub->add_option("--url", options.url, "A running server to ask, with --key");
    sub->add_flag("--json", options.json, "JSON, as the HTTP API answers");
    sub->add_flag("--csv", options.csv, "CSV, as the HTTP API answers");
    sub->allow_extras();
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

    auto* explain = sub_command(app, options, "explain",
                                "Prints the events that a figure of a query comes from, and adds "
                                "them up; or everything about one event",
                                false);
    explain->add_option("--event", options.event, "The event, as <position>.<n>");
    describe_figure(explain, options);
    explain->add_option("--row", options.figure.row,
                        "The row's key, the text of its first field, where it does not stand "
                        "behind the query; absent: the totals");
    explain->add_option("--field", options.figure.field,
                        "The figure in the row; absent: all of them");

    auto* diff = sub_command(app, options, "diff",
                             "Prints which rows of a query changed between two moments and which "
                             "events changed them; or, without a query, what happened and what it "
                             "changed in the state",
                             false);
    diff->add_option("--from", options.from, moment_words);
    diff->add_option("--to", options.to, moment_words);
    describe_figure(diff, options);
    diff->add_option("--between", options.figure.between,
                     "The earlier and the later moment, of a query")
        ->expected(2);

    for (CLI::App* sub : {verify, replay, state, explain, diff})
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

// Words that are no option of the sub-command: "--valid-at 2026-03-31", "--valid-at=2026-03-31" and
// "valid_at=2026-03-31" are the same parameter of the query; others are the query and its row.
FigureWish figure_of(const Options& options) {
    FigureWish wish = options.figure;
    for (std::size_t at = 0; at < options.others.size(); ++at) {
        std::string word = options.others[at];
        const bool option = word.starts_with("--");
        if (option) word.erase(0, 2);
        std::size_t equals = word.find('=');
        if (option && equals == word.npos) {
            if (at + 1 == options.others.size())
                throw Unable("The parameter --" + word + " has no value.");
            equals = word.size();
            word += '=' + options.others[++at];
        }
        if (equals == word.npos) {
            std::string& into = wish.query.empty() ? wish.query : wish.row;
            if (!into.empty()) throw Unable("\"" + word + "\" is one word too many.");
            into = std::move(word);
            continue;
        }
        std::replace(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(equals), '-', '_');
        wish.parameters.push_back(std::move(word));
    }
    if (options.json) wish.as = FiguresAs::json;
    if (options.csv) wish.as = FiguresAs::csv;
    return wish;
}

std::unique_ptr<AuditDesk> desk_of(const Options& options) {
    if (options.url.empty() == options.data.empty())
        throw Unable("Give either --data, or --url and --key.");
    return options.url.empty() ? desk_of_log(options.data, options.key, options.scratch)
                               : desk_of_server(options.url, options.key);
}

// What is asked of the log alone.
void expect_log(const Options& options) {
    if (options.data.empty()) throw Unable("Give --data.");
}

int explain(const Options& options) {
    const FigureWish wish = figure_of(options);
    if (wish.query.empty()) {
        expect_log(options);
        if (options.event.empty()) throw Unable("Name a query and a row, or give --event.");
        AuditSource source(options.data, options.key);
        const auto catalog = make_catalog();
        print_explanation(*catalog, source.log(), options.event, options.as(), std::cout);
        return exit_done;
    }
    if (!options.event.empty()) throw Unable("Of a query, a row is explained and no --event.");
    if (print_figure(*desk_of(options), wish, std::cout)) return exit_done;
    throw Unable("The events do not add up to the figure.");
}

int diff(const Options& options) {
    FigureWish wish = figure_of(options);
    if (wish.query.empty()) {
        expect_log(options);
        if (options.from.empty()) throw Unable("Give --from, or a query and --between.");
        AuditSource source(options.data, options.key);
        const auto catalog = make_catalog();
        print_changes(*catalog, source.log(), position_from(source.log(), options.from),
                      or_tail(source.log(), options.to), options.scratch, std::cout);
        return exit_done;
    }
    if (!wish.row.empty()) throw Unable("\"" + wish.row + "\" is one word too many.");
    if (wish.between.empty()) throw Unable("Say --between <earlier moment> <later moment>.");
    // A query's own parameters may have these names.
    if (!options.from.empty()) wish.parameters.push_back("from=" + options.from);
    if (!options.to.empty()) wish.parameters.push_back("to=" + options.to);
    print_changed_rows(*desk_of(options), wish, std::cout);
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
        if (app.got_subcommand(word)) {
            options.others = app.get_subcommand(word)->remaining();
            return run_command(std::string("audit ") + word, [&] { return work(options); });
        }
    return exit_usage;
}

}  // namespace kontor
