// How commands become batches, and what of them the server says no to.
#include "tools/journal_sending.h"

#include "api/http_client.h"
#include "api/json.h"
#include "tools/command_line.h"
#include "tools/json_line.h"
#include "tools/progress.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace kontor::hledger {
namespace {

using namespace ledger;

// So many commands fit in one commit, all of them or none.
constexpr std::size_t most_at_once = 1'000;
constexpr std::size_t most_octets_at_once = 4'000'000;
// Of a trial: who has so many faults mends them first.
constexpr std::size_t most_told = 100;

// One commit, or a dry run of one: what the server says of each line.
std::vector<imports::Said> asked_at_once(const imports::ServerWishes& server,
                                         const std::string& key, const std::string& body,
                                         std::size_t count, const std::string& flags) {
    HttpClient client(server.url, {std::chrono::milliseconds{60'000}, server.trust});
    const HttpAnswer answer =
        client.post("/commands?" + flags, body,
                    {{"Authorization", "Bearer " + key}, {"Content-Type", "application/x-ndjson"}});
    auto said = imports::said_in(answer.body, count);
    if (answer.status != 200 || said.empty())
        throw Unable("the server answers " + std::to_string(answer.status) + ": " + answer.body);
    return said;
}

JournalFault fault_of(const BatchLines& lines, std::size_t at, const imports::Said& said) {
    return {lines.line_of(at), said.code + ": " + said.text};
}

JournalOutcome send_at_once(const imports::ServerWishes& server, const std::string& key,
                            const BatchLines& lines) {
    std::string body;
    for (const imports::Made& made : lines.lines()) body += made.line;
    const auto said = asked_at_once(server, key, body, lines.lines().size(), "atomic=true");
    JournalOutcome sent;
    for (std::size_t at = 0; at < said.size(); ++at) {
        if (said[at].status == 200)
            ++sent.accepted;
        else if (said[at].code != "batch_refused")
            sent.refused.push_back(fault_of(lines, at, said[at]));
    }
    return sent;
}

JournalOutcome send_in_batches(const imports::ServerWishes& server, const BatchLines& lines) {
    JournalOutcome sent;
    std::map<std::string, std::size_t> places;
    for (std::size_t at = 0; at < lines.lines().size(); ++at)
        places.emplace(lines.lines()[at].id, at);
    ProgressBar bar("importing");
    imports::CommandSending sending(
        server.sending(), [&](const imports::Made& made, const imports::Said& said) {
            sent.refused.push_back(fault_of(lines, places.at(made.id), said));
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

// Parts of a journal that each fit in one commit, tried one after the other.
class Trial {
public:
    Trial(const imports::ServerWishes& server, const std::string& key, const BatchLines& lines)
        : server_(server), key_(key), lines_(lines) {}

    JournalOutcome outcome() {
        const bool whole = lines_.fit_in_one_commit();
        ProgressBar bar("trying");
        for (std::size_t at = 0; at < lines_.lines().size(); ++at) {
            if (InterruptWatch::asked()) throw Interrupted{};
            if (!whole && lines_.needs_all(at)) {
                ++outcome_.untried;
                continue;
            }
            std::set<std::size_t> more;
            if (!whole) more = lines_.needed_for(at);
            more.insert(at);
            if (!has_room(more)) {
                try_part();
                part_.clear();
            }
            if (has_room(more))
                part_.merge(more);
            else
                ++outcome_.untried;
            bar.at(at + 1, lines_.lines().size());
            if (outcome_.refused.size() >= most_told) return std::move(outcome_);
        }
        try_part();
        std::ranges::stable_sort(outcome_.refused, {}, &JournalFault::line);
        return std::move(outcome_);
    }

private:
    bool has_room(const std::set<std::size_t>& more) const {
        std::size_t count = 0, octets = 0;
        const auto add = [&](std::size_t at) {
            ++count;
            octets += lines_.lines()[at].line.size();
        };
        for (const std::size_t at : part_) add(at);
        for (const std::size_t at : more)
            if (!part_.contains(at)) add(at);
        return count <= most_at_once && octets <= most_octets_at_once;
    }
    // A refusal takes the whole part back, so it is told, left out with what needs it, and the rest
    // tried again.
    void try_part() {
        while (!part_.empty() && outcome_.refused.size() < most_told) {
            const std::vector<std::size_t> tried(part_.begin(), part_.end());
            std::string body;
            for (const std::size_t at : tried) body += lines_.lines()[at].line;
            const auto said =
                asked_at_once(server_, key_, body, tried.size(), "atomic=true&dry_run=true");
            std::set<std::size_t> out;
            for (std::size_t n = 0; n < said.size(); ++n) {
                if (said[n].status == 200 || said[n].code == "batch_refused") continue;
                out.insert(tried[n]);
                if (told_.insert(tried[n]).second)
                    outcome_.refused.push_back(fault_of(lines_, tried[n], said[n]));
            }
            if (out.empty()) return;
            std::erase_if(part_, [&](std::size_t at) {
                if (out.contains(at)) return true;
                return std::ranges::any_of(lines_.needed_for(at), [&](std::size_t needed) {
                    return out.contains(needed);
                });
            });
        }
    }

    const imports::ServerWishes& server_;
    const std::string key_;
    const BatchLines& lines_;
    std::set<std::size_t> part_, told_;
    JournalOutcome outcome_;
};

}  // namespace

BatchLines::BatchLines(const JournalCommands& commands, const std::string& run) {
    for (const auto& open : commands.accounts) {
        accounts_[open.command.account.text] = lines_.size();
        add(run, "OpenAccount", open.command, {open.line});
    }
    for (const auto& set : commands.rates) {
        rates_[{set.command.from, set.command.to}][set.command.date] = lines_.size();
        add(run, "SetRate", set.command, {set.line});
    }
    for (const auto& entry : commands.entries) add_entry(run, entry.line, entry.command);
}

template <class Command>
void BatchLines::add(const std::string& run, const char* name, const Command& command,
                     Place place) {
    imports::Made made;
    made.id = run + std::to_string(lines_.size() + 1);
    made.line = JsonLine()
                    .text("id", made.id)
                    .text("command", name)
                    .raw("data", write_json(type_of<Command>(), &command))
                    .str() +
                '\n';
    octets_ += made.line.size();
    lines_.push_back(std::move(made));
    places_.push_back(std::move(place));
}

void BatchLines::add_entry(const std::string& run, std::uint64_t line,
                           const EntryCommand& command) {
    if (const auto* post = std::get_if<PostEntry>(&command)) {
        entries_[post->entry.uuid] = lines_.size();
        add(run, "PostEntry", *post, {line, needs_of(post->lines, post->date)});
    } else if (const auto* open = std::get_if<PostOpeningBalances>(&command)) {
        entries_[open->entry.uuid] = lines_.size();
        add(run, "PostOpeningBalances", *open, {line, needs_of(open->lines, open->date)});
    } else if (const auto* reverse = std::get_if<ReverseEntry>(&command)) {
        Place place{line};
        if (const auto reversed = entries_.find(reverse->reverses.uuid); reversed != entries_.end())
            place.needs.insert(reversed->second);
        add(run, "ReverseEntry", *reverse, std::move(place));
    } else if (const auto* close = std::get_if<CloseFiscalYear>(&command)) {
        add(run, "CloseFiscalYear", *close, {line, {}, true});
    }
}

std::set<std::size_t> BatchLines::needs_of(const std::vector<EntryLine>& lines,
                                           std::optional<Date> date) const {
    std::set<std::size_t> needs;
    bool looked_up = false;
    for (const EntryLine& line : lines) {
        if (const auto account = accounts_.find(line.account.text); account != accounts_.end())
            needs.insert(account->second);
        looked_up = looked_up || (!line.base && !line.rate);
    }
    if (!looked_up) return needs;
    for (const auto& [pair, by_day] : rates_) {
        const auto later = date ? by_day.upper_bound(*date) : by_day.end();
        if (later != by_day.begin()) needs.insert(std::prev(later)->second);
    }
    return needs;
}

std::set<std::size_t> BatchLines::needed_for(std::size_t at) const {
    std::set<std::size_t> needed;
    std::vector<std::size_t> open(places_[at].needs.begin(), places_[at].needs.end());
    while (!open.empty()) {
        const std::size_t one = open.back();
        open.pop_back();
        if (!needed.insert(one).second) continue;
        open.insert(open.end(), places_[one].needs.begin(), places_[one].needs.end());
    }
    return needed;
}

bool BatchLines::fit_in_one_commit() const {
    return lines_.size() <= most_at_once && octets_ <= most_octets_at_once;
}

JournalOutcome send(const imports::ServerWishes& server, const std::string& key,
                    const BatchLines& lines) {
    return lines.fit_in_one_commit() ? send_at_once(server, key, lines)
                                     : send_in_batches(server, lines);
}

JournalOutcome try_out(const imports::ServerWishes& server, const std::string& key,
                       const BatchLines& lines) {
    return Trial(server, key, lines).outcome();
}

}  // namespace kontor::hledger
