// Reads all of the file before anything is sent; what is recorded already is left out.
#include "tools/import_statement.h"

#include "api/http_client.h"
#include "domain/core/id.h"
#include "tools/command_line.h"
#include "tools/import_server.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iostream>
#include <sstream>

namespace kontor {
namespace {

using Json = nlohmann::json;

struct Wishes {
    std::string file, company;
    imports::ServerWishes server;
    bool check = false;
};

Json json_of(Money money) {
    return {{"amount", amount_text(money)}, {"currency", std::string(money.currency.text())}};
}

// Whole characters only, as a text that is cut within one is none.
std::string cut(std::string text, std::size_t longest) {
    if (text.size() <= longest) return text;
    while (longest > 0 && (static_cast<unsigned char>(text[longest]) & 0xC0) == 0x80) --longest;
    return text.substr(0, longest);
}

// MT940 is in ISO 8859-1 where it is in no other; what is UTF-8 stays.
std::string in_utf8(const std::string& text) {
    if (is_utf8(text)) return text;
    std::string made;
    for (const char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        if (octet < 0x80) {
            made += c;
        } else {
            made += static_cast<char>(0xC0 | (octet >> 6));
            made += static_cast<char>(0x80 | (octet & 0x3F));
        }
    }
    return made;
}

Json line_of(const bank::FileLine& line, const Uuid& payer) {
    Json made{{"payer", to_text(payer)},
              {"date", to_text(line.date)},
              {"value_date", to_text(line.value_date)},
              {"way", line.received ? "received" : "paid"},
              {"amount", json_of(line.amount)}};
    const auto say = [&](const char* name, const std::string& text, std::size_t longest) {
        if (!text.empty()) made[name] = cut(in_utf8(text), longest);
    };
    constexpr std::size_t of_code = 64, of_number = 50, of_name = 200, of_text = 2'000;
    say("reference", line.reference, of_code);
    say("end_to_end", line.end_to_end, of_code);
    say("iban", line.account, of_number);
    say("words", line.text, of_text);
    say("name", line.name, of_name);
    say("number", line.account, of_number);
    say("text", line.text, of_text);
    return made;
}

int run(const Wishes& wishes) {
    std::ifstream in(wishes.file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) throw Unable("cannot read " + wishes.file);
    std::vector<bank::FileStatement> statements;
    try {
        statements = bank::read_bank_file(text.str());
    } catch (const bank::BankFileBroken& broken) {
        throw Unable(wishes.file + ", " + broken.what() + "; nothing was sent");
    }
    std::uint64_t recorded = 0, known = 0, lines = 0;
    try {
        HttpClient client(wishes.server.url, {std::chrono::seconds(60), wishes.server.trust});
        const std::string key = wishes.server.the_key();
        for (const bank::FileStatement& statement : statements) {
            const HttpAnswer answer = client.post(
                std::string("/commands/RecordBankStatement") +
                    (wishes.check ? "?dry_run=true" : ""),
                command_of(statement, wishes.company),
                {{"Authorization", "Bearer " + key}, {"Content-Type", "application/json"}});
            if (answer.status == 200) {
                ++recorded;
                lines += statement.lines.size();
                continue;
            }
            const Json problem = Json::parse(answer.body, nullptr, false);
            const bool told = problem.is_object();
            if (told && problem.value("code", "") == "bank_statement_exists") {
                ++known;
                continue;
            }
            throw Unable(fmt::format(
                "statement {} of {}: the server answers {}: {}; {} before it were recorded",
                statement.number, to_text(statement.date), answer.status,
                told ? problem.value("detail", problem.value("title", "")) : "", recorded));
        }
    } catch (const HttpFailure& failure) {
        throw Unable(failure.what());
    }
    std::cout << fmt::format("{:<32} {:>8}\n", "statements read", statements.size())
              << fmt::format("{:<32} {:>8}\n", "  recorded already", known)
              << fmt::format("{:<32} {:>8}\n", wishes.check ? "  would be recorded" : "  recorded",
                             recorded)
              << fmt::format("{:<32} {:>8}\n", "lines", lines);
    return exit_done;
}

}  // namespace

std::string command_of(const bank::FileStatement& statement, const std::string& company) {
    const Uuid id =
        named_uuid(named_uuid({}, company),
                   statement.account + '\n' + statement.number + '\n' + to_text(statement.date));
    Json made{{"company", company},
              {"statement", to_text(id)},
              {"account", statement.account},
              {"number", cut(in_utf8(statement.number), 64)},
              {"date", to_text(statement.date)},
              {"opening", json_of(statement.opening)},
              {"closing", json_of(statement.closing)},
              {"lines", Json::array()}};
    std::uint64_t count = 0;
    for (const bank::FileLine& line : statement.lines)
        made["lines"].push_back(line_of(line, derived_uuid(id, "payer", count++)));
    return made.dump();
}

int import_statement(int argc, char** argv) {
    CLI::App app{
        "Records the statements in a bank's file: ISO 20022 camt.053, or SWIFT MT940. Their lines "
        "are recognized and settle what they pay, or wait in the queue of `bank_lines`. Importing "
        "the same file twice changes nothing.",
        "kontor import"};
    Wishes wishes;
    app.add_option("--statement", wishes.file, "the bank's file")
        ->required()
        ->check(CLI::ExistingFile);
    app.add_option("--company", wishes.company, "whose account")->required();
    wishes.server.add_options(app);
    app.add_flag("--check", wishes.check, "tries it at the server, and records nothing");
    CLI11_PARSE(app, argc, argv);
    return run_command("import", [&] { return run(wishes); });
}

}  // namespace kontor
