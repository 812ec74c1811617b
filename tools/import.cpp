// Reads the mapping, surveys the file, sends what it makes of it, and says what became of it.
#include "tools/import.h"

#include "domain/contexts.h"
#include "tools/command_line.h"
#include "tools/import_journal.h"
#include "tools/import_making.h"
#include "tools/import_mapping.h"
#include "tools/import_sending.h"
#include "tools/import_server.h"
#include "tools/import_statement.h"
#include "tools/progress.h"
#include "tools/running_server.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

namespace kontor {
namespace {

using namespace imports;

struct Wishes {
    std::string mapping, csv, refused;
    ServerWishes server;
    bool check = false;
    std::size_t show = 0;
};

std::string whole_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) throw Unable("cannot read " + path);
    return text.str();
}

[[noreturn]] void tell_faults(const std::string& path, const std::vector<Fault>& faults) {
    for (const Fault& fault : faults)
        std::cerr << path << ": " << (fault.pointer.empty() ? "the mapping" : fault.pointer) << ' '
                  << fault.problem << '\n';
    throw Unable("the mapping has " + std::to_string(faults.size()) +
                 (faults.size() == 1 ? " fault" : " faults") + ", see above; nothing was sent");
}

// What is done with the commands: they are sent, or, with --check, held against their types.
class Use {
public:
    Use(const Mapping& mapping, RefusedRows& refused_rows)
        : mapping_(mapping), refused_rows_(refused_rows) {}
    virtual ~Use() = default;
    virtual void take(Made made) = 0;
    virtual void finish() = 0;
    virtual SendingCounts counts() const = 0;

protected:
    void refuse(const Made& made, const Said& said) {
        // What was never sent keeps its attempt and counts for all commands again.
        const bool sent = !made.line.empty();
        for (const Row& row : made.rows)
            refused_rows_.add(
                row, {sent ? made.attempt + 1 : row.attempt, sent ? made.command : row.only,
                      sent ? made.part : row.part, said.code, said.text});
    }
    const Mapping& mapping_;

private:
    RefusedRows& refused_rows_;
};

class Sent : public Use {
public:
    Sent(const Mapping& mapping, RefusedRows& rows, SendingOptions options)
        : Use(mapping, rows),
          sending_(std::move(options),
                   [this](const Made& made, const Said& said) { refuse(made, said); }) {}
    void take(Made made) override { sending_.put(std::move(made)); }
    void finish() override { sending_.finish(); }
    SendingCounts counts() const override { return sending_.counts(); }

private:
    CommandSending sending_;
};

class Checked : public Use {
public:
    Checked(const Mapping& mapping, RefusedRows& rows, std::size_t show)
        : Use(mapping, rows), show_(show) {}
    void take(Made made) override {
        if (made.line.empty()) {
            ++counts_.unreadable;
            return refuse(made, {0, false, "unreadable", made.why_not});
        }
        if (shown_++ < show_) std::cout << made.line;
        // {"id":...,"command":...,"data":{...}} and a line end
        const std::size_t data = made.line.find(",\"data\":") + 8;
        const std::string_view json(made.line.data() + data, made.line.size() - data - 2);
        const Type& type = *mapping_.commands[made.command - 1].type;
        const Box value = box(type);
        std::string wrong;
        for (const Fault& fault : read_json(type, json, value.get()))
            wrong += (wrong.empty() ? "" : " ") + fault.pointer + " " + fault.problem + ".";
        if (wrong.empty()) {
            ++counts_.accepted;
            return;
        }
        ++counts_.unreadable;
        made.line.clear();
        refuse(made, {0, false, "malformed", wrong});
    }
    void finish() override {}
    SendingCounts counts() const override { return counts_; }

private:
    const std::size_t show_;
    std::size_t shown_ = 0;
    SendingCounts counts_;
};

void line(const std::string& what, std::uint64_t count) {
    std::cout << fmt::format("{:<24} {:>12}\n", what, count);
}

void tell(const Wishes& wishes, const Tally& tally, const SendingCounts& counts,
          const RefusedRows& refused, std::chrono::duration<double> took) {
    line("rows read", tally.rows);
    for (const auto& [reason, count] : tally.rows_left_out) line("  left out: " + reason, count);
    for (const auto& [reason, count] : tally.groups_left_out)
        line("groups left out: " + reason, count);
    if (wishes.check) {
        line("commands well-formed", counts.accepted);
    } else {
        line("commands sent", counts.sent);
        line("  accepted", counts.accepted);
        line("  repeated", counts.repeated);
        line("  refused", counts.refused);
    }
    line("commands not made", counts.unreadable);
    line("rows refused", refused.count());
    const double seconds = std::max(took.count(), 0.001);
    const auto commands = static_cast<double>(wishes.check ? counts.accepted : counts.sent);
    std::cout << fmt::format("{:.1f} s: {:.0f} rows/s, {:.0f} commands/s\n", seconds,
                             static_cast<double>(tally.rows) / seconds, commands / seconds);
}

int run(const Wishes& wishes) {
    const auto started = std::chrono::steady_clock::now();
    const auto catalog = make_catalog();
    const std::string folder = std::filesystem::path(wishes.mapping).parent_path().string();
    ReadMapping read = read_mapping(*catalog, whole_file(wishes.mapping), folder);
    if (!read.faults.empty()) tell_faults(wishes.mapping, read.faults);
    const Mapping& mapping = read.mapping;
    ImportFile file(mapping, wishes.csv);
    std::vector<std::size_t> places = file.places(read.faults);
    if (!read.faults.empty()) tell_faults(wishes.mapping, read.faults);

    const std::string refused_path =
        wishes.refused.empty() ? wishes.csv + ".refused.csv" : wishes.refused;
    std::error_code none;
    if (std::filesystem::equivalent(refused_path, wishes.csv, none))
        throw Unable("--refused names the file that is imported");
    RefusedRows refused(mapping, file, refused_path);
    CommandMaking making(mapping, file, std::move(places));
    const std::uint64_t octets = std::filesystem::file_size(wishes.csv);
    {
        ProgressBar bar("reading " + wishes.csv);
        making.survey([&](std::uint64_t at) { bar.at(at, octets); });
    }
    std::unique_ptr<Use> use;
    if (wishes.check) {
        use = std::make_unique<Checked>(mapping, refused, wishes.show);
    } else {
        use = std::make_unique<Sent>(mapping, refused, wishes.server.sending());
    }
    try {
        ProgressBar bar(wishes.check ? "checking" : "importing");
        making.make([&](Made made) { use->take(std::move(made)); },
                    [&](std::uint64_t at) { bar.at(at, making.steps()); });
        use->finish();
    } catch (const Interrupted&) {
        const std::uint64_t done = use->counts().sent;
        use.reset();
        refused.flush();
        std::cerr << "kontor import: interrupted after " << done
                  << " commands. Run the same import again: it goes on where it stopped, for what "
                     "was done is known by its ids.\n";
        return exit_interrupted;
    }
    const SendingCounts counts = use->counts();
    use.reset();
    refused.flush();
    tell(wishes, making.tally(), counts, refused, std::chrono::steady_clock::now() - started);
    if (refused.count() == 0) return exit_done;
    const std::string rows = refused.count() == 1 ? " row was" : " rows were";
    throw Unable(std::to_string(refused.count()) + rows + " refused, see " + refused.path() +
                 " with the reason beside each: mend them there and import that "
                 "file with the same mapping");
}

}  // namespace

int import_csv(int argc, char** argv) {
    for (int at = 1; at < argc; ++at)
        if (std::string_view(argv[at]).starts_with("--hledger")) return import_journal(argc, argv);
    for (int at = 1; at < argc; ++at)
        if (std::string_view(argv[at]).starts_with("--statement"))
            return import_statement(argc, argv);
    CLI::App app{
        "Turns the rows of a CSV file into commands by a mapping (docs/import.md) and "
        "sends them to a server. Importing the same file twice changes nothing. With --hledger "
        "the file is a journal of hledger, which needs no mapping.",
        "kontor import"};
    app.footer(
        "For a journal of hledger: kontor import --hledger <journal> --company <code>; with\n"
        "--help behind it, it says what else it takes.\nFor a statement of a bank, "
        "camt.053 or MT940: kontor import --statement <file> --company\n<code>.");
    Wishes wishes;
    app.add_option("csv", wishes.csv, "the file")->required()->check(CLI::ExistingFile);
    app.add_option("--mapping", wishes.mapping, "what its rows mean (JSON)")
        ->required()
        ->check(CLI::ExistingFile);
    wishes.server.add_options(app);
    app.add_option("--refused", wishes.refused,
                   "where refused rows go; <csv>.refused.csv if not given");
    app.add_flag("--check", wishes.check, "makes and checks all commands, and sends nothing");
    app.add_option("--show", wishes.show, "prints the first so many commands, and sends nothing");
    CLI11_PARSE(app, argc, argv);
    wishes.check = wishes.check || wishes.show > 0;
    return run_command("import", [&] { return run(wishes); });
}

}  // namespace kontor
