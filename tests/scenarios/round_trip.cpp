// How a company is set up by the events of another one.
#include "tests/scenarios/round_trip.h"

#include "api/json.h"
#include "domain/companies/companies.h"
#include "domain/ledger/accounts.h"
#include "domain/ledger/calendar.h"
#include "domain/ledger/closing_accounts.h"
#include "domain/ledger/dimensions.h"
#include "domain/ledger/journals.h"
#include "domain/ledger/policy.h"
#include "eventstore/wire.h"
#include "tests/support/ran.h"
#include "tests/support/running_server.h"
#include "tools/audit_log.h"
#include "tools/import_journal.h"

#include <nlohmann/json.hpp>

#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

namespace kontor::test {
namespace {

using Json = nlohmann::json;

void must(RunningServer& server, const std::string& name, const Json& data) {
    const HttpAnswer answer = server.command(name, data.dump());
    if (answer.status != 200)
        throw std::runtime_error(name + ' ' + data.dump() + ": " + answer.body);
}

template <class Event>
Json told(const StoredEvent& stored) {
    const auto event = from_wire<Event>(stored.data.octets).value();
    return Json::parse(write_json(type_of<Event>(), &event));
}

// What of an event says how a company is set up, as the command that comes to it.
class Copying {
public:
    explicit Copying(RunningServer& server) : server_(server) {}

    void event(const StoredEvent& stored) {
        if (stored.type == "CompanyCreated") return create(told<companies::CompanyCreated>(stored));
        if (stored.type == "FiscalYearOpened") return open_year(stored);
        if (stored.type == "JournalOpened") {
            unless_there("OpenJournal", told<ledger::JournalOpened>(stored));
        } else if (stored.type == "DimensionDefined") {
            unless_there("DefineDimension", told<ledger::DimensionDefined>(stored));
        } else if (stored.type == "DimensionValuesAdded") {
            must(server_, "AddDimensionValues", told<ledger::DimensionValuesAdded>(stored));
        } else if (stored.type == "AccountOpened") {
            open_account(told<ledger::AccountOpened>(stored));
        } else if (stored.type == "ClosingAccountSet") {
            closings_.push_back(told<ledger::ClosingAccountSet>(stored));
        } else if (stored.type == "LedgerPolicySet") {
            policy_ = told<ledger::LedgerPolicySet>(stored);
        }
    }
    // What names accounts comes when all are there.
    void finish() {
        for (const Json& closing : closings_) must(server_, "SetClosingAccount", closing);
        if (policy_.is_null()) return;
        Json data = policy_.at("policy");
        data["company"] = policy_.at("company");
        // An import is approved by nobody.
        for (const char* not_for_imports : {"four_eyes_above", "without_approval"})
            data.erase(not_for_imports);
        must(server_, "SetLedgerPolicy", data);
    }

private:
    // Some are there from the beginning.
    void unless_there(const std::string& name, const Json& data) {
        const HttpAnswer answer = server_.command(name, data.dump());
        if (answer.status != 200 && answer.status != 409)
            throw std::runtime_error(name + ' ' + data.dump() + ": " + answer.body);
    }
    void create(Json created) {
        Json data{{"chart", "none"}, {"first_fiscal_year", 0}};
        for (const char* same : {"company", "name", "base_currency", "time_zone"})
            data[same] = created.at(same);
        must(server_, "CreateCompany", data);
    }
    void open_year(const StoredEvent& stored) {
        Json data = told<ledger::FiscalYearOpened>(stored);
        if (data.at("weeks") == 0) data.erase("weeks");
        must(server_, "OpenFiscalYear", data);
    }
    // What an export does not say of an account would stand in the way of its postings.
    void open_account(const Json& opened) {
        if (opened.value("summary", false)) return;
        Json data;
        for (const char* same : {"company", "account", "name", "kind"})
            data[same] = opened.at(same);
        must(server_, "OpenAccount", data);
    }

    RunningServer& server_;
    std::vector<Json> closings_;
    Json policy_;
};

}  // namespace

void import_again(const std::string& directory, const EventLog& log, const CompanyCode& company,
                  const std::string& journal_path) {
    RunningServer server(directory);
    Copying copying(server);
    each_commit(log, 1, log.tail().position, [&](const Commit& commit) {
        for (const StoredCommand& command : commit.commands)
            for (const StoredEvent& event : command.events)
                if (event.company == company.text) copying.event(event);
        return true;
    });
    copying.finish();
    const std::vector<std::string> words{"--hledger", journal_path, "--company",      company.text,
                                         "--url",     server.url(), "--key",          server.key(),
                                         "--journal", "GEN",        "--open-accounts"};
    for (int time = 0; time < 2; ++time)
        if (const Ran done = ran(import_journal, words); done.code != 0)
            throw std::runtime_error(done.out + done.err);
}

namespace {

// A paragraph of a journal: a transaction, or a declaration with what is below it.
struct Paragraph {
    std::string head, below;

    std::string text() const { return head + '\n' + below; }
    // What a tag of its transaction says.
    std::string tag(const std::string& name) const {
        const auto at = below.find(name + ':');
        if (at == below.npos) return {};
        const auto first = below.find_first_not_of(' ', at + name.size() + 1);
        return below.substr(first, below.find_first_of(",\n", first) - first);
    }
    bool declares() const {
        return head.starts_with("account ") || head.starts_with("commodity ") ||
               head.starts_with("tag ");
    }
};

std::vector<Paragraph> paragraphs_of(const std::string& journal) {
    std::vector<Paragraph> found;
    std::istringstream in(journal);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with(' ') && !found.empty())
            found.back().below += line + '\n';
        else if (!line.empty())
            found.push_back({line, {}});
    }
    return found;
}

void cut_out(std::string& text, const std::string& from, std::size_t length) {
    if (const auto at = text.find(from); at != text.npos) text.erase(at, from.size() + length);
}

}  // namespace

std::string comparable(const std::string& journal, bool numbers) {
    const std::vector<Paragraph> paragraphs = paragraphs_of(journal);
    constexpr std::size_t id_length = 36, date_length = 10;
    std::set<std::string> declared, undone, reversals, taken_back;
    for (const Paragraph& each : paragraphs) {
        if (const std::string reversed = each.tag("reverses"); !reversed.empty()) {
            reversals.insert(each.tag("entry"));
            if (each.tag("kind") == "closing") undone.insert({reversed, each.tag("entry")});
        }
    }
    std::string text;
    for (Paragraph each : paragraphs) {
        if (each.declares()) {
            declared.insert(each.text());
            continue;
        }
        if (undone.contains(each.tag("entry"))) continue;
        const std::string reversed = each.tag("reverses");
        if (reversals.contains(reversed) || !taken_back.insert(reversed).second)
            cut_out(each.below, ", reverses:", id_length);
        cut_out(each.below, ", belongs_to:", date_length);
        if (const auto end = each.head.find(')'); !numbers && !each.tag("entry").empty()) {
            const auto slash = each.head.rfind('/', end);
            each.head.erase(slash, end - slash);
        }
        text += each.text();
    }
    for (const std::string& each : declared) text += each;
    return text;
}

bool numbers_are_whole(const std::string& journal) {
    std::map<std::string, int> last;
    for (const Paragraph& each : paragraphs_of(journal)) {
        if (each.declares() || each.tag("entry").empty()) continue;
        if (each.tag("kind") == "closing" && !each.tag("reverses").empty()) return false;
        const auto open = each.head.find('('), close = each.head.find(')');
        const auto slash = each.head.rfind('/', close);
        if (std::stoi(each.head.substr(slash + 1)) != ++last[each.head.substr(open, slash - open)])
            return false;
    }
    return true;
}

}  // namespace kontor::test
