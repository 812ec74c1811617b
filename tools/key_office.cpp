// How commands about keys reach the one who decides them.
#include "tools/key_office.h"

#include "api/json.h"
#include "domain/access/roles.h"
#include "domain/companies/companies.h"
#include "domain/contexts.h"
#include "eventstore/clock.h"
#include "eventstore/engine.h"
#include "eventstore/uuid7.h"
#include "tools/command_line.h"
#include "tools/json_line.h"
#include "tools/running_server.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace kontor {
namespace {

std::string shown(const std::string& role, const std::string& company) {
    return company.empty() ? role : role + " at " + company;
}

class ServersOffice final : public KeyOffice {
public:
    ServersOffice(const std::string& data, const std::string& secret) : server_(data, secret) {}

    KeyAnswer ask(const std::vector<AskedCommand>& commands) override {
        std::string lines;
        for (const AskedCommand& each : commands) {
            JsonLine line;
            line.text("id", to_text(new_uuid7(system_now()))).text("command", each.command);
            lines += line.raw("data", each.json).str() + '\n';
        }
        const auto answer = server_.post("/commands?atomic=true", lines, "application/x-ndjson");
        if (answer.status != 200) throw Unable(RunningServer::no_of(answer));
        return verdict(answer.body);
    }

    std::vector<KnownKey> keys() override {
        // What was answered before is in the list, however far the read models are.
        const auto ready = object(server_.get("/health/ready"));
        const std::string at = std::to_string(ready.value("position", std::uint64_t{0}));
        std::vector<KnownKey> keys;
        each_row("keys", at, [&](const nlohmann::json& row) {
            keys.push_back({row.at("key").get<std::string>(),
                            row.at("actor").get<std::string>(),
                            row.contains("revoked_at"),
                            {}});
        });
        each_row("grants", at, [&](const nlohmann::json& row) {
            for (KnownKey& key : keys)
                if (key.actor == row.at("actor").get<std::string>())
                    key.roles.push_back(shown(row.at("role").get<std::string>(),
                                              row.value("for_company", std::string())));
        });
        return keys;
    }

private:
    // The line that says no counts; those that were only taken down with it do not.
    static KeyAnswer verdict(const std::string& lines) {
        KeyAnswer answer{true, {}, {}};
        for (std::size_t at = 0; at < lines.size();) {
            const std::size_t end = std::min(lines.find('\n', at), lines.size());
            const auto line = nlohmann::json::parse(lines.substr(at, end - at), nullptr, false);
            at = end + 1;
            if (!line.is_object() || !line.contains("status"))
                throw Unable("The server's answer cannot be understood.");
            if (line.at("status").get<int>() == 200) continue;
            const auto problem = line.value("problem", nlohmann::json::object());
            const std::string code = problem.value("code", std::string());
            if (!answer.done && code == "batch_refused") continue;
            answer = {false, code, problem.value("detail", problem.value("title", code))};
            if (code == "malformed_input") answer.text = faults_of(problem);
        }
        return answer;
    }
    static std::string faults_of(const nlohmann::json& problem) {
        std::string text;
        for (const auto& fault : problem.value("errors", nlohmann::json::array()))
            text += (text.empty() ? "" : "; ") + fault.value("pointer", std::string()) + ' ' +
                    fault.value("problem", std::string());
        return text.empty() ? "the input is malformed" : text;
    }
    static nlohmann::json object(const RunningServer::Answer& answer) {
        if (answer.status != 200) throw Unable(RunningServer::no_of(answer));
        auto object = nlohmann::json::parse(answer.body, nullptr, false);
        if (!object.is_object()) throw Unable("The server's answer cannot be understood.");
        return object;
    }
    template <class Call>
    void each_row(const std::string& query, const std::string& position, Call call) const {
        std::string after;
        do {
            const auto page = object(
                server_.get("/queries/" + query + "?limit=1000&min_position=" + position + after));
            for (const auto& row : page.at("rows")) call(row);
            after.clear();
            if (const auto next = page.find("next"); next != page.end() && next->is_string())
                after = "&after=" + next->get<std::string>();
        } while (!after.empty());
    }

    RunningServer server_;
};

class LogsOffice final : public KeyOffice {
public:
    // A log that is not there is no place to make keys in: the first start of a server makes it,
    // with an administrator.
    explicit LogsOffice(const std::string& data) : data_(data), catalog_(make_catalog()) {
        if (opened(LogAccess::read_only)->tail().position == 0)
            throw Unable("The log in " + data + " is empty; start a server on it first.");
    }

    KeyAnswer ask(const std::vector<AskedCommand>& commands) override {
        const auto log = opened(LogAccess::read_write);
        EngineOptions options;
        options.rights = [](const World& world) { return access::Rights(world); };
        options.zone_of = companies::time_zone_of;
        const auto keys = subject_keys_of(*catalog_, data_);
        options.keys = keys.get();
        Engine engine(*catalog_, *log, options);
        Submission submission;
        submission.asker = {"kontor", "", true};
        submission.note = "on the machine of the log, no server running";
        for (const AskedCommand& each : commands) submission.asks.push_back(asking(each));
        KeyAnswer answer{true, {}, {}};
        for (const Answered& each : engine.ask(std::move(submission)))
            if (each.status != 200 && (answer.done || answer.code == "batch_refused"))
                answer = {false, each.code, each.text};
        return answer;
    }

    std::vector<KnownKey> keys() override {
        const auto log = opened(LogAccess::read_only);
        State state(*catalog_);
        Snapshots snapshots(*catalog_, *log);
        recover(*catalog_, *log, snapshots, state, {}, {});
        std::vector<KnownKey> keys;
        for (const auto& [name, key] : state.world().of<access::Keys>()) {
            KnownKey known{name.text, key.actor.text, key.revoked, {}};
            if (const auto* grant = state.world().of<access::Grants>().find(key.actor))
                for (const access::GrantedRole& role : grant->roles)
                    known.roles.push_back(
                        shown(role.role.text, role.company ? role.company->text : ""));
            keys.push_back(std::move(known));
        }
        return keys;
    }

private:
    std::unique_ptr<EventLog> opened(LogAccess access) const {
        RocksLogOptions options;
        options.directory = data_;
        options.access = access;
        return rocks_event_log(options);
    }
    Ask asking(const AskedCommand& asked) const {
        const Catalog::Command* command = catalog_->command(asked.command);
        const Box value = box(*command->spec->type);
        std::string text;
        for (const Fault& fault : read_json(*command->spec->type, asked.json, value.get()))
            text += (text.empty() ? "" : "; ") + fault.pointer + ' ' + fault.problem;
        if (!text.empty()) throw Unable(text);
        return {command, value, std::nullopt, std::nullopt};
    }

    const std::string data_;
    const std::unique_ptr<Catalog> catalog_;
};

}  // namespace

std::unique_ptr<KeyOffice> key_office(const std::string& data, const std::string& secret) {
    if (is_served(data)) return std::make_unique<ServersOffice>(data, secret);
    return std::make_unique<LogsOffice>(data);
}

}  // namespace kontor
