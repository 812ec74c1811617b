// What each answer had to be, and what the log has to hold.
#include "tests/simulation/auditor.h"

#include "eventstore/chain.h"
#include "eventstore/moments.h"

#include <algorithm>
#include <set>

namespace kontor::simulation {
namespace {

std::string text_of(const Request& request, std::size_t line) {
    const Line& one = request.lines[line];
    const std::string_view name = std::visit(
        [](const auto& command) { return type_of<std::remove_cvref_t<decltype(command)>>().name; },
        one.command);
    std::string text(name);
    text += " of " + request.actor;
    if (one.id) text += " under id " + *one.id;
    if (request.dry_run) text += ", a dry run";
    if (request.lines.size() > 1)
        text += ", line " + std::to_string(line + 1) + " of a batch of " +
                std::to_string(request.lines.size());
    return text;
}

std::string text_of(int status, std::string_view code) {
    return std::to_string(status) + (code.empty() ? "" : " ") + std::string(code);
}

}  // namespace

void AuditCounts::add(const AuditCounts& more) {
    commands += more.commands;
    repeats += more.repeats;
    refusals += more.refusals;
    others += more.others;
    kept_unanswered += more.kept_unanswered;
    corners += more.corners;
}

// Repeats by id come first: nothing else of the request is looked at.
bool Auditor::repeats(const Request& request, Due& due) const {
    const auto all = [&](int status, std::string_view code) {
        for (Told& line : due.lines) {
            line.status = status;
            line.code = code;
        }
        return true;
    };
    std::set<std::string> ids;
    std::size_t known = 0;
    bool of_other_input = false;
    for (const Line& line : request.lines) {
        if (!line.id) continue;
        if (!ids.insert(*line.id).second) return all(422, "malformed_input");
        const auto told = told_.find({request.actor, *line.id});
        if (told == told_.end()) continue;
        ++known;
        if (told->second.input != line.input) of_other_input = true;
    }
    if (known == 0) return false;
    if (of_other_input) return all(422, "id_of_other_input");
    if (known < request.lines.size()) return all(409, "batch_partly_known");
    for (std::size_t at = 0; at < request.lines.size(); ++at)
        due.lines[at] = told_.at({request.actor, *request.lines[at].id});
    due.replayed = true;
    return true;
}

void Auditor::decide(const Request& request, Due& due) const {
    due.after = books_;
    std::uint32_t n = 0;
    for (std::size_t at = 0; at < request.lines.size(); ++at) {
        const Line& line = request.lines[at];
        const bool version_differs =
            line.if_match && due.after.version_of(stream_named_by(line.command)) != *line.if_match;
        const Ruling ruling =
            version_differs ? Ruling{412, "version_differs"} : due.after.judge(line.command);
        Told& told = due.lines[at];
        if (ruling.status == 200) {
            told.events = due.after.enter(line.command, tail_ + 1, n);
            continue;
        }
        due.lines.assign(request.lines.size(), {});
        for (Told& other : due.lines) {
            other.status = 409;
            other.code = "batch_refused";
        }
        due.lines[at].status = ruling.status;
        due.lines[at].code = ruling.code;
        due.after = books_;
        const bool named =
            std::ranges::any_of(request.lines, [](const Line& one) { return one.id.has_value(); });
        due.commits = !version_differs && named && !request.dry_run;
        return;
    }
    due.commits = !request.dry_run;
}

Auditor::Due Auditor::due(const Request& request) const {
    Due due;
    due.lines.resize(request.lines.size());
    if (!request.dry_run && repeats(request, due)) return due;
    decide(request, due);
    for (std::size_t at = 0; at < request.lines.size(); ++at) {
        due.lines[at].input = request.lines[at].input;
        if (due.commits) due.lines[at].position = tail_ + 1;
    }
    return due;
}

void Auditor::take(const Request& request, Due due) {
    if (!due.commits) return;
    ++tail_;
    books_ = std::move(due.after);
    for (std::size_t at = 0; at < request.lines.size(); ++at)
        if (request.lines[at].id)
            told_[{request.actor, *request.lines[at].id}] = std::move(due.lines[at]);
}

void Auditor::check_answer(const Request& request, const Due& due, std::size_t line,
                           const Answered& answer) const {
    const Told& told = due.lines[line];
    const std::string what = text_of(request, line);
    require(answer.status == told.status && answer.code == told.code,
            what + " was answered " + text_of(answer.status, answer.code) +
                "; by the books it is " + text_of(told.status, told.code));
    require(answer.replayed == due.replayed,
            what + (due.replayed ? " was not answered as a repeat" : " was answered as a repeat"));
    const Position position = answer.position.value_or(0);
    require(position == told.position, what + " was answered as commit " +
                                           std::to_string(position) + "; by the books it is " +
                                           std::to_string(told.position));
    if (told.status != 200) return;
    std::vector<std::pair<std::string, std::int64_t>> got, wanted;
    for (const auto& event : answer.events) got.emplace_back(event.stream, event.version);
    for (const auto& event : told.events) wanted.emplace_back(event.stream, event.version);
    require(got == wanted, what + " was answered with other events than the books have: " +
                               std::to_string(got.size()) + " and not " +
                               std::to_string(wanted.size()) +
                               (got.empty() ? "" : ", the first on " + got.front().first));
    if (request.lines[line].id && !request.dry_run)
        require(answer.id == *request.lines[line].id, what + " was answered under another id");
}

void Auditor::answered(const Exchange& exchange) {
    const Request& request = exchange.request;
    Due due = this->due(request);
    require(exchange.answers.size() == request.lines.size(), "a line was not answered");
    for (std::size_t at = 0; at < request.lines.size(); ++at) {
        check_answer(request, due, at, exchange.answers[at]);
        const int status = due.lines[at].status;
        ++counts_.commands;
        if (due.replayed)
            ++counts_.repeats;
        else if (status != 200)
            ++(due.commits ? counts_.refusals : counts_.others);
    }
    if (due.commits) {
        const auto& time = exchange.answers.front().time;
        require(time && *time > last_time_, text_of(request, 0) + " has no later time");
        last_time_ = *time;
    }
    take(request, std::move(due));
}

bool Auditor::is_of(const Request& request, const Due& due, const Commit& commit) const {
    if (commit.actor != request.actor || commit.commands.size() != request.lines.size())
        return false;
    for (std::size_t at = 0; at < request.lines.size(); ++at) {
        const StoredCommand& command = commit.commands[at];
        const auto& id = request.lines[at].id;
        if (command.server_made == id.has_value() || (id && command.id != *id)) return false;
        const Told& told = due.lines[at];
        if (command.outcome.status != told.status || command.outcome.code != told.code)
            return false;
        const bool same = std::ranges::equal(
            command.events, told.events, [](const StoredEvent& stored, const DueEvent& event) {
                return stored.stream == event.stream && stored.version == event.version;
            });
        if (!same) return false;
    }
    return true;
}

void Auditor::came_back(const EventLog& log, const std::vector<Request>& unanswered,
                        const std::map<Position, std::string>& tried,
                        const std::vector<Position>& ends_of_groups) {
    const Position there = log.tail().position, acknowledged = tail_;
    require(there >= acknowledged, "commits up to " + std::to_string(acknowledged) +
                                       " were acknowledged, and the log came back with " +
                                       std::to_string(there));
    const bool whole =
        there == acknowledged || std::ranges::find(ends_of_groups, there) != ends_of_groups.end();
    require(whole,
            "the log came back with a part of a group, up to commit " + std::to_string(there));
    for (const auto& [position, octets] : tried)
        if (position <= there) octets_[position] = octets;
    std::size_t next = 0;
    const auto cursor = log.read_from(acknowledged + 1);
    Position position = 0;
    for (std::string_view bytes; cursor->next(position, bytes);) {
        const Commit commit = sound_commit(position, bytes);
        while (next < unanswered.size()) {
            const Request& request = unanswered[next++];
            Due due = this->due(request);
            if (!due.commits) continue;
            require(is_of(request, due, commit),
                    "commit " + std::to_string(position) +
                        " came back and is not what was asked: " + text_of(request, 0));
            take(request, std::move(due));
            counts_.kept_unanswered += request.lines.size();
            break;
        }
        require(tail_ == position,
                "commit " + std::to_string(position) + " came back and nobody had asked for it");
        last_time_ = commit.time;
    }
    check_log(log);
}

void Auditor::check_log(const EventLog& log) const {
    const ChainVerdict verdict = verify_chain(log, {}, {});
    require(verdict.sound(), "the audit of the log says: " + verdict.difference);
    require(verdict.commits == tail_, "the log holds " + std::to_string(verdict.commits) +
                                          " commits and the books " + std::to_string(tail_));
    std::map<Name, Position> ids;
    const auto cursor = log.read_from(1);
    Position position = 0;
    for (std::string_view bytes; cursor->next(position, bytes);) {
        const auto octets = octets_.find(position);
        require(octets == octets_.end() || octets->second == bytes,
                "commit " + std::to_string(position) + " has other octets than were acknowledged");
        const Commit commit = sound_commit(position, bytes);
        for (const StoredCommand& command : commit.commands)
            if (!command.server_made)
                require(ids.emplace(Name{commit.actor, command.id}, position).second,
                        "id " + command.id + " of " + commit.actor + " is in the log twice");
    }
    require(ids.size() == told_.size(), "the log holds " + std::to_string(ids.size()) +
                                            " ids and the books " + std::to_string(told_.size()));
    for (const auto& [name, told] : told_) {
        const auto found = ids.find(name);
        require(found != ids.end() && found->second == told.position,
                "id " + name.second + " of " + name.first + " is not in commit " +
                    std::to_string(told.position));
    }
}

}  // namespace kontor::simulation
