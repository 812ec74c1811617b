// Reads the journal, holds all of it against the company's books, and only then sends anything.
#include "tools/import_journal.h"

#include "api/http_client.h"
#include "api/json.h"
#include "api/query_text.h"
#include "tools/command_line.h"
#include "tools/csv.h"
#include "tools/import_sending.h"
#include "tools/import_server.h"
#include "tools/journal_commands.h"
#include "tools/json_line.h"
#include "tools/progress.h"
#include "tools/running_server.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>

namespace kontor {
namespace {

using namespace hledger;
using Json = nlohmann::json;

// So many commands fit in one commit, all of them or none.
constexpr std::size_t most_at_once = 1'000;
constexpr std::size_t most_octets_at_once = 4'000'000;

struct Wishes {
    std::string file, company, journal = "GEN", accounts;
    imports::ServerWishes server;
    std::vector<std::string> commodities, dimensions;
    bool open_accounts = false, check = false;
};

std::string in_url(std::string_view text) {
    std::string encoded;
    append_percent_encoded(text, encoded);
    return encoded;
}

// The company's books, asked for at a server.
class AskedBooks {
public:
    AskedBooks(const Wishes& wishes, std::string key)
        : company_(wishes.company),
          key_(std::move(key)),
          client_(wishes.server.url, {std::chrono::milliseconds{60'000}, wishes.server.trust}) {
        // All that was posted so far is seen, though the read models may be behind.
        const Json ready = Json::parse(client_.get("/health/ready").body, nullptr, false);
        if (ready.is_object()) position_ = ready.value("position", std::uint64_t{0});
    }

    CompanyBooks books(const Journal& journal, const std::string& in_journal) {
        CompanyBooks books;
        books.company = {company_};
        const Json totals = page("trial_balance", "&limit=1").at("totals");
        books.base_currency =
            currency_from(totals.at("debit").at("currency").get<std::string>()).value();
        each("chart_of_accounts", "", [&](const Json& row) {
            CompanyBooks::Account account{row.at("name").get<std::string>(),
                                          row.value("summary", false), row.value("blocked", false),
                                          row.value("control", false)};
            if (const auto currency = row.find("currency"); currency != row.end())
                account.currency = currency_from(currency->get<std::string>());
            books.accounts.emplace(row.at("account").get<std::string>(), std::move(account));
        });
        if (!journal.prices.empty())
            each("rates", "&type=spot", [&](const Json& row) {
                const auto text = [&](const char* name) { return row.at(name).get<std::string>(); };
                books.rates[{currency_from(text("from")).value(), currency_from(text("to")).value(),
                             date_from(text("date")).value()}] = {
                    decimal_from(text("rate"), Rate::digits).value()};
            });
        each("journal", "&order=number&journal=" + in_url(in_journal), [&](const Json& row) {
            books.entries.insert(uuid_from(row.at("entry").get<std::string>()).value());
        });
        return books;
    }

private:
    Json page(const std::string& query, const std::string& more) {
        const HttpAnswer answer =
            client_.get("/queries/" + query + "?company=" + in_url(company_) +
                            "&min_position=" + std::to_string(position_) + more,
                        {{"Authorization", "Bearer " + key_}});
        Json json = Json::parse(answer.body, nullptr, false);
        if (answer.status == 200 && json.is_object()) return json;
        const std::string words = json.is_object() ? json.value("detail", "") : std::string();
        throw Unable("the server answers " + std::to_string(answer.status) + " to " + query +
                     (words.empty() ? "" : ": " + words));
    }
    void each(const std::string& query, const std::string& more, const auto& call) {
        std::string after;
        do {
            if (InterruptWatch::asked()) throw Interrupted{};
            const Json json = page(query, more + "&limit=1000" + after);
            for (const Json& row : json.at("rows")) call(row);
            const auto next = json.find("next");
            after = next != json.end() && next->is_string()
                        ? "&after=" + in_url(next->get<std::string>())
                        : std::string();
        } while (!after.empty());
    }

    const std::string company_, key_;
    HttpClient client_;
    std::uint64_t position_ = 0;
};

[[noreturn]] void tell_faults(const std::string& path, const std::vector<JournalFault>& faults) {
    constexpr std::size_t most_told = 100;
    for (std::size_t at = 0; at < faults.size() && at < most_told; ++at)
        std::cerr << path << ':' << faults[at].line << ": " << faults[at].problem << '\n';
    if (faults.size() > most_told) std::cerr << "and " << faults.size() - most_told << " more\n";
    throw Unable("the journal has " + std::to_string(faults.size()) +
                 (faults.size() == 1 ? " fault" : " faults") + ", see above; nothing was sent");
}

JournalWishes journal_wishes(const Wishes& wishes) {
    JournalWishes made;
    made.journal = {wishes.journal};
    made.open_accounts = wishes.open_accounts;
    made.dimensions.insert(wishes.dimensions.begin(), wishes.dimensions.end());
    for (const std::string& one : wishes.commodities) {
        const auto equals = one.rfind('=');
        if (equals == std::string::npos || !currency_from(one.substr(equals + 1)))
            throw Unable("--commodity wants a symbol and a currency, such as $=USD, and not " +
                         one);
        made.commodities[one.substr(0, equals)] = one.substr(equals + 1);
    }
    if (wishes.accounts.empty()) return made;
    std::ifstream in(wishes.accounts, std::ios::binary);
    if (!in) throw Unable("cannot read " + wishes.accounts);
    CsvReader reader(in, {});
    std::vector<std::string> cells;
    while (reader.next(cells)) {
        if (cells.size() != 2)
            throw Unable(wishes.accounts + ":" + std::to_string(reader.line()) +
                         ": a row is a name of the journal and a code of the chart");
        made.accounts[cells[0]] = cells[1];
    }
    return made;
}

// All commands as lines of a batch, with the lines of the file that they come from.
class Lines {
public:
    Lines(const JournalCommands& commands, const std::string& run) : run_(run) {
        for (const auto& open : commands.accounts) add("OpenAccount", open);
        for (const auto& set : commands.rates) add("SetRate", set);
        for (const auto& post : commands.entries) add("PostEntry", post);
    }
    const std::vector<imports::Made>& lines() const { return lines_; }
    std::uint64_t line_of(const std::string& id) const { return line_of_.at(id); }
    std::size_t octets() const { return octets_; }

private:
    template <class Command>
    void add(const char* name, const OfLine<Command>& of) {
        imports::Made made;
        made.id = run_ + std::to_string(lines_.size() + 1);
        made.line = JsonLine()
                        .text("id", made.id)
                        .text("command", name)
                        .raw("data", write_json(type_of<Command>(), &of.command))
                        .str() +
                    '\n';
        octets_ += made.line.size();
        line_of_[made.id] = of.line;
        lines_.push_back(std::move(made));
    }

    const std::string run_;
    std::vector<imports::Made> lines_;
    std::map<std::string, std::uint64_t> line_of_;
    std::size_t octets_ = 0;
};

struct Sent {
    std::uint64_t accepted = 0;
    std::vector<JournalFault> refused;
};

// All of them in one commit, or none.
Sent send_at_once(const Wishes& wishes, const std::string& key, const Lines& lines) {
    std::string body;
    for (const imports::Made& made : lines.lines()) body += made.line;
    HttpClient client(wishes.server.url, {std::chrono::milliseconds{60'000}, wishes.server.trust});
    const HttpAnswer answer =
        client.post("/commands?atomic=true", body,
                    {{"Authorization", "Bearer " + key}, {"Content-Type", "application/x-ndjson"}});
    const auto said = imports::said_in(answer.body, lines.lines().size());
    if (answer.status != 200 || said.empty())
        throw Unable("the server answers " + std::to_string(answer.status) + ": " + answer.body);
    Sent sent;
    for (std::size_t at = 0; at < said.size(); ++at) {
        if (said[at].status == 200)
            ++sent.accepted;
        else if (said[at].code != "batch_refused")
            sent.refused.push_back(
                {lines.line_of(lines.lines()[at].id), said[at].code + ": " + said[at].text});
    }
    return sent;
}

Sent send_in_batches(const Wishes& wishes, const Lines& lines) {
    Sent sent;
    ProgressBar bar("importing");
    imports::CommandSending sending(
        wishes.server.sending(), [&](const imports::Made& made, const imports::Said& said) {
            sent.refused.push_back({lines.line_of(made.id), said.code + ": " + said.text});
        });
    std::uint64_t put = 0;
    for (const imports::Made& made : lines.lines()) {
        sending.put(made);
        bar.at(++put, lines.lines().size());
    }
    sending.finish();
    sent.accepted = sending.counts().accepted + sending.counts().repeated;
    return sent;
}

void line(const std::string& what, std::uint64_t count) {
    std::cout << fmt::format("{:<32} {:>8}\n", what, count);
}

void tell(const Journal& journal, const JournalCommands& commands) {
    line("transactions read", journal.transactions.size());
    line("  posted already", commands.known_entries);
    line("  of zeros, left out", commands.empty);
    line("  to be posted", commands.entries.size());
    line("prices to be set as rates", commands.rates.size());
    line("  set already", commands.known_rates);
    line("accounts to be opened", commands.accounts.size());
    line("balance assertions held", commands.assertions);
    if (commands.left_documents > 0)
        line("documents named twice, left out", commands.left_documents);
}

int run(const Wishes& wishes) {
    std::ifstream in(wishes.file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) throw Unable("cannot read " + wishes.file);
    if (!is_utf8(text.str()))
        throw Unable(wishes.file + " is not in UTF-8; convert it, for example with iconv");
    const JournalWishes wished = journal_wishes(wishes);
    Journal journal;
    if (const auto faults = read_journal(text.str(), journal); !faults.empty())
        tell_faults(wishes.file, faults);
    const std::string key = wishes.server.the_key();
    CompanyBooks books;
    try {
        books = AskedBooks(wishes, key).books(journal, wishes.journal);
    } catch (const HttpFailure& failure) {
        throw Unable(failure.what());
    }
    const JournalCommands commands = commands_of(journal, books, wished);
    if (!commands.faults.empty()) tell_faults(wishes.file, commands.faults);
    tell(journal, commands);
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const Lines lines(commands,
                      "journal-" + std::to_string(now / std::chrono::microseconds(1)) + "-");
    if (wishes.check || lines.lines().empty()) {
        std::cout << (wishes.check ? "nothing was sent, as --check asks\n" : "nothing to do\n");
        return exit_done;
    }
    const bool at_once =
        lines.lines().size() <= most_at_once && lines.octets() <= most_octets_at_once;
    Sent sent;
    try {
        sent = at_once ? send_at_once(wishes, key, lines) : send_in_batches(wishes, lines);
    } catch (const HttpFailure& failure) {
        throw Unable(std::string(failure.what()) +
                     "; run the same import again: what was done is known by its ids");
    }
    line("commands accepted", sent.accepted);
    if (sent.refused.empty()) return exit_done;
    for (const JournalFault& fault : sent.refused)
        std::cerr << wishes.file << ':' << fault.line << ": " << fault.problem << '\n';
    throw Unable(std::to_string(sent.refused.size()) +
                 " of the commands were refused, see above; " +
                 (at_once ? "nothing was posted"
                          : "mend the journal or the books and run the same import again: what "
                            "was posted is known by its ids"));
}

}  // namespace

int import_journal(int argc, char** argv) {
    CLI::App app{
        "Posts the transactions of a journal of hledger (docs/import.md) in a company's books. "
        "All of it is checked before anything is sent; importing the same journal twice posts "
        "nothing.",
        "kontor import --hledger"};
    Wishes wishes;
    app.add_option("--hledger", wishes.file, "the journal")->required()->check(CLI::ExistingFile);
    app.add_option("--company", wishes.company, "in whose books")->required();
    app.add_option("--journal", wishes.journal, "the company's journal that the entries are in")
        ->capture_default_str();
    app.add_option("--accounts", wishes.accounts,
                   "a CSV file of two columns: names of the file, codes of the chart")
        ->check(CLI::ExistingFile);
    app.add_option("--commodity", wishes.commodities,
                   "which currency a symbol is, such as $=USD; any number of times");
    app.add_option("--dimension", wishes.dimensions,
                   "a tag that is a dimension of the company; any number of times");
    app.add_flag("--open-accounts", wishes.open_accounts,
                 "opens accounts that the journal declares with a type and the chart lacks");
    app.add_flag("--check", wishes.check, "holds the journal against the books, and sends nothing");
    wishes.server.add_options(app);
    CLI11_PARSE(app, argc, argv);
    return run_command("import", [&] { return run(wishes); });
}

}  // namespace kontor
