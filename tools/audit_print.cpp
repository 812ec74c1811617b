// How commits are filtered and shown.
#include "tools/audit_print.h"

#include "tools/audit_log.h"
#include "tools/json_line.h"
#include "tools/progress.h"

#include <algorithm>
#include <ostream>
#include <set>

#include <nlohmann/json.hpp>

namespace kontor {
namespace {

std::string place(const Commit& commit, std::uint32_t n) {
    return std::to_string(commit.position) + '.' + std::to_string(n);
}

JsonLine& with_command(JsonLine& line, const Commit& commit, const StoredCommand& command) {
    line.number("position", commit.position)
        .text("time", to_text(commit.time))
        .text("actor", commit.actor)
        .text("key", commit.key);
    if (commit.note) line.text("note", *commit.note);
    return line.text("command", command.name).text("id", command.id);
}

// Why the command was given, as its events keep it: the first `reason`, or else the first `text`.
std::string reason_of(const StoredCommand& command, StoredMeanings& meanings) {
    std::string first_text;
    for (const StoredEvent& event : command.events) {
        nlohmann::json fields;
        try {
            fields = nlohmann::json::parse(meanings.json(event));
        } catch (const StorageBroken&) {
            continue;  // the event says it itself when its turn comes
        }
        const auto text = [&](const char* name) {
            const auto found = fields.find(name);
            return found != fields.end() && found->is_string() ? found->get<std::string>() : "";
        };
        if (std::string reason = text("reason"); !reason.empty()) return reason;
        if (first_text.empty()) first_text = text("text");
    }
    return first_text;
}

// In one line: in quotes as in JSON where it has line breaks or the like.
std::string in_one_line(const std::string& text) {
    const bool plain = std::ranges::none_of(text, [](char c) { return c >= 0 && c < ' '; });
    return plain ? text : nlohmann::json(text).dump();
}

class Printer {
public:
    Printer(const EventLog& log, const EventFilter& filter, PrintAs as, std::ostream& out)
        : filter_(filter), as_(as), out_(out), meanings_(log) {}

    // Whether anything was there to print.
    bool any() const { return any_; }

    void commit(const Commit& commit) {
        if (!filter_.takes(commit)) return;
        headed_ = false;
        std::uint32_t n = 0;
        for (const StoredCommand& command : commit.commands) {
            named_ = false;
            if (command.events.empty() && !filter_.asks_of_events()) {
                any_ = true;
                without_events(commit, command);
            }
            for (const StoredEvent& event : command.events) {
                const std::uint32_t at = n++;
                if (!filter_.takes(event)) continue;
                any_ = true;
                try {
                    as_ == PrintAs::json ? json(commit, command, event, at)
                                         : text(commit, command, event, at);
                } catch (const StorageBroken& why) {
                    throw StorageBroken("Event " + place(commit, at) +
                                        " cannot be printed: " + why.what());
                }
            }
        }
    }

private:
    void json(const Commit& commit, const StoredCommand& command, const StoredEvent& event,
              std::uint32_t n) {
        JsonLine line;
        line.text("event", place(commit, n)).text("type", event.type);
        with_command(line, commit, command);
        if (const std::string reason = reason_of(command, meanings_); !reason.empty())
            line.text("reason", reason);
        if (!event.flow.empty()) line.text("flow", event.flow);
        if (!event.stream.empty())
            line.text("stream", event.stream).number("version", event.version);
        line.text("day", to_text(event.day));
        if (!event.company.empty()) line.text("company", event.company);
        line.raw("data", meanings_.json(event));
        out_ << line.str() << '\n';
    }
    void text(const Commit& commit, const StoredCommand& command, const StoredEvent& event,
              std::uint32_t n) {
        const std::string fields = meanings_.text(event);
        head(commit, command);
        out_ << "    " << place(commit, n) << ' ' << event.type << " on " << to_text(event.day);
        if (!event.stream.empty()) out_ << ", version " << event.version << " of " << event.stream;
        if (!event.flow.empty()) out_ << ", by " << event.flow;
        out_ << '\n';
        for (std::size_t at = 0; at < fields.size();) {
            const std::size_t end = std::min(fields.find('\n', at), fields.size());
            out_ << "        " << std::string_view(fields).substr(at, end - at) << '\n';
            at = end + 1;
        }
    }
    void without_events(const Commit& commit, const StoredCommand& command) {
        const StoredOutcome& outcome = command.outcome;
        if (as_ == PrintAs::json) {
            JsonLine line;
            with_command(line, commit, command).number("status", outcome.status);
            if (!outcome.code.empty()) line.text("code", outcome.code).text("text", outcome.text);
            if (!outcome.flow.empty()) line.text("flow", outcome.flow);
            out_ << line.str() << '\n';
            return;
        }
        head(commit, command);
        out_ << "    no events; answered " << outcome.status;
        if (!outcome.code.empty()) out_ << ' ' << outcome.code << ": " << outcome.text;
        if (!outcome.flow.empty()) out_ << " (by " << outcome.flow << ')';
        out_ << '\n';
    }
    void head(const Commit& commit, const StoredCommand& command) {
        if (!headed_) {
            out_ << "commit " << commit.position << " at " << to_text(commit.time) << " by "
                 << commit.actor;
            if (!commit.key.empty()) out_ << " with key " << commit.key;
            if (commit.note) out_ << ", who notes: " << *commit.note;
            out_ << '\n';
        }
        if (!named_) {
            out_ << "  " << command.name << ' ' << command.id;
            if (const std::string reason = reason_of(command, meanings_); !reason.empty())
                out_ << ": " << in_one_line(reason);
            out_ << '\n';
        }
        headed_ = named_ = true;
    }

    const EventFilter& filter_;
    const PrintAs as_;
    std::ostream& out_;
    StoredMeanings meanings_;
    bool headed_ = false, named_ = false, any_ = false;
};

}  // namespace

bool EventFilter::takes(const Commit& commit) const {
    return actor.empty() || commit.actor == actor;
}

bool EventFilter::takes(const StoredEvent& event) const {
    return (stream.empty() || event.stream == stream) && (type.empty() || event.type == type) &&
           (company.empty() || event.company == company);
}

bool print_log(const EventLog& log, const EventFilter& filter, PrintAs as, std::ostream& out) {
    Printer printer(log, filter, as, out);
    const auto print = [&](const Commit& commit) {
        if (InterruptWatch::asked()) throw Interrupted{};
        printer.commit(commit);
        return out.good();  // the reader of a pipe may have had enough
    };
    if (filter.stream.empty()) {
        each_commit(log, filter.from, filter.to, print);
        return printer.any();
    }
    // The log lists the events of a stream, however few they are among the rest.
    std::set<Position> positions;
    log.indexes().each_of_stream(filter.stream, 1, [&](std::int64_t, EventPlace place) {
        if (place.position >= filter.from && place.position <= filter.to)
            positions.insert(place.position);
        return true;
    });
    for (const Position position : positions)
        if (!print(read_commit(log, position).commit)) break;
    return printer.any();
}

}  // namespace kontor
