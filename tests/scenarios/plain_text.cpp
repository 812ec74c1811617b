// How hledger and ledger-cli are asked, and what they answer is read.
#include "tests/scenarios/plain_text.h"

#include "domain/core/decimal.h"
#include "domain/ledger/entries.h"
#include "eventstore/wire.h"
#include "tools/audit_log.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>

namespace kontor::test {

namespace {

// The code of an account behind the name that it has in the file.
std::string code_of(std::string_view name) {
    std::string code;
    for (std::size_t at = 0; at < name.size(); ++at)
        if (name[at] == '%' && at + 2 < name.size()) {
            code += static_cast<char>(std::stoi(std::string(name.substr(at + 1, 2)), nullptr, 16));
            at += 2;
        } else {
            code += name[at];
        }
    return code;
}

// "EUR -1,500.00" by account.
void add(PlainBalances& balances, const std::string& account, std::string_view amount) {
    const std::size_t gap = amount.find(' ');
    if (gap == std::string_view::npos) return;  // "0"
    const std::string code(amount.substr(0, gap));
    std::string number(amount.substr(gap + 1));
    std::erase(number, ',');
    const auto currency = currency_from(code);
    if (!currency) throw std::runtime_error("no currency: " + std::string(amount));
    const auto units = decimal_from(number, minor_digits(*currency));
    if (!units) throw std::runtime_error("no amount: " + std::string(amount));
    if (*units != 0) balances[account][code] += *units;
}

}  // namespace

std::string output_of(const std::string& command) {
    std::FILE* pipe = popen(("LC_ALL=C.UTF-8 " + command + " 2>&1").c_str(), "r");
    if (!pipe) throw std::runtime_error("no pipe for " + command);
    std::string text;
    std::array<char, 4096> piece;
    while (const std::size_t count = std::fread(piece.data(), 1, piece.size(), pipe))
        text.append(piece.data(), count);
    if (pclose(pipe) != 0) throw std::runtime_error(command + ": " + text);
    return text;
}

std::optional<PlainBalances> balances_by(const std::string& program, const std::string& journal,
                                         bool at_cost, const std::optional<PlainTag>& tag,
                                         const std::string& query) {
    if (std::system(("command -v " + program + " >/dev/null").c_str()) != 0) return std::nullopt;
    // One line a pair of account and currency: <account>|<currency> <number>, ...
    const std::string cost = at_cost ? " -B" : "";
    PlainBalances balances;
    std::string said;
    if (program == "hledger") {
        const std::string only =
            tag ? " 'tag:" + tag->name + "=^" + tag->value + "$'" : ' ' + query;
        said = output_of("hledger -f " + journal + " bal -N --flat" + cost +
                         " --format '%(account)|%(total)|'" + only);
    } else {
        const std::string only = tag ? " '%" + tag->name + "=/^" + tag->value + "$/'" : ' ' + query;
        said = output_of("ledger --no-color --args-only -f " + journal + " bal --flat --no-total" +
                         cost + " --balance-format '%(account)|%(scrub(display_total))|'" + only);
    }
    while (!said.empty()) {
        const std::size_t bar = said.find('|');
        if (bar == std::string::npos) break;
        std::string account = said.substr(0, bar);
        account.erase(0, account.find_first_not_of(" \n"));
        account.erase(account.find_last_not_of(" \n") + 1);
        const std::size_t end = std::min(said.find('|', bar + 1), said.size());
        std::string amounts = said.substr(bar + 1, end - bar - 1);
        for (char& octet : amounts)
            if (octet == '\n') octet = ';';
        std::size_t at = 0;
        while (at < amounts.size()) {
            const std::size_t stop =
                std::min({amounts.find(", ", at), amounts.find(';', at), amounts.size()});
            std::string one = amounts.substr(at, stop - at);
            one.erase(0, one.find_first_not_of(' '));
            add(balances, code_of(account), one);
            at = stop + 1;
        }
        said.erase(0, std::min(end + 1, said.size()));
    }
    return balances;
}

PlainBalances balances_in(const EventLog& log, const CompanyCode& company, bool at_cost) {
    std::optional<ledger::BookCode> leading;
    PlainBalances balances;
    each_commit(log, 1, log.tail().position, [&](const Commit& commit) {
        for (const StoredCommand& command : commit.commands) {
            for (const StoredEvent& event : command.events) {
                if (event.company != company.text) continue;
                if (event.type == "BookOpened") {
                    const auto opened = from_wire<ledger::BookOpened>(event.data.octets);
                    if (opened->leading) leading = opened->book;
                }
                if (event.type != "EntryPosted") continue;
                const auto posted = from_wire<ledger::EntryPosted>(event.data.octets);
                if (!posted->books.empty() &&
                    (!leading || std::ranges::find(posted->books, *leading) == posted->books.end()))
                    continue;
                for (const ledger::PostedLine& line : posted->lines) {
                    const Money& money = at_cost ? line.base : line.amount;
                    balances[line.account.text][std::string(money.currency.text())] +=
                        line.side == ledger::Side::debit ? money.minor : -money.minor;
                }
            }
        }
        return true;
    });
    for (auto& [account, amounts] : balances)
        std::erase_if(amounts, [](const auto& amount) { return amount.second == 0; });
    std::erase_if(balances, [](const auto& account) { return account.second.empty(); });
    return balances;
}

}  // namespace kontor::test
