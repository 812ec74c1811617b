// How a moment of the company is rebuilt and shown.
#include "tools/audit_state.h"

#include "eventstore/schemas.h"
#include "eventstore/wire_print.h"
#include "tools/audit_log.h"
#include "tools/audit_rebuild.h"
#include "tools/command_line.h"
#include "tools/json_line.h"

#include <algorithm>
#include <charconv>
#include <ostream>

namespace kontor {
namespace {

struct ModelDigest {
    std::string name;
    int version;
    std::string digest;
};

std::vector<ModelDigest> digests_of(const RebuiltModels& rebuilt) {
    std::vector<ModelDigest> digests;
    for (const ReadView::Model& model : rebuilt.view()->models) {
        if (!model.stopped.empty())
            throw StorageBroken("Read model " + std::string(model.spec->name) +
                                " cannot be folded: " + model.stopped);
        digests.push_back({std::string(model.spec->name), model.spec->version,
                           to_text(Projector::digest(*rebuilt.view(), model))});
    }
    return digests;
}

std::string moment_json(const EventLog& log, Position position) {
    JsonLine line;
    line.number("position", position);
    if (position > 0) {
        const ReadCommit commit = read_commit(log, position);
        line.text("time", to_text(commit.commit.time)).text("hash", to_text(commit.hash));
    }
    return line.str();
}

std::string sums_json(const TableSums& sums) {
    JsonLine line;
    for (const auto& [name, sum] : sums) line.text(name, to_text(sum));
    return line.str();
}

}  // namespace

void print_replay(const Catalog& catalog, const EventLog& log, Position to,
                  std::vector<ReadModelSpec> specs, const std::string& scratch, PrintAs as,
                  std::ostream& out) {
    const ReplayedState replayed(catalog, log, to, scratch);
    const StateDigest digest = summed_up(catalog, digest_of(replayed.state()));
    const auto models = digests_of(RebuiltModels(catalog, log, to, std::move(specs), scratch));
    if (as == PrintAs::json) {
        JsonLine read_models, line;
        for (const ModelDigest& model : models) read_models.text(model.name, model.digest);
        line.raw("at", moment_json(log, to))
            .raw("tables", sums_json(digest.tables))
            .raw("contexts", sums_json(digest.contexts))
            .text("all", to_text(digest.all))
            .raw("read_models", read_models.str());
        out << line.str() << '\n';
        return;
    }
    const auto line = [&](std::string_view what, const std::string& name,
                          const std::string& octets) {
        out << what << ' ' << name << std::string(name.size() < 32 ? 32 - name.size() : 1, ' ')
            << octets << '\n';
    };
    out << "after commit " << to << '\n';
    for (const auto& [name, sum] : digest.tables) line("table     ", name, to_text(sum));
    for (const auto& [name, sum] : digest.contexts) line("context   ", name, to_text(sum));
    line("all       ", "(without access)", to_text(digest.all));
    for (const ModelDigest& model : models) line("read model", model.name, model.digest);
}

void print_state(const Catalog& catalog, const EventLog& log, Position at, const std::string& table,
                 const std::string& scratch, std::ostream& out) {
    if (!table.empty() && std::ranges::none_of(catalog.tables(), [&](const TableSpec& spec) {
            return spec.name == table;
        })) {
        std::string names;
        for (const TableSpec& spec : catalog.tables())
            names += (names.empty() ? "" : ", ") + std::string(spec.name);
        throw Unable("There is no table " + table + "; there are " + names + ".");
    }
    const ReplayedState replayed(catalog, log, at, scratch);
    const StateDigest digest = summed_up(catalog, digest_of(replayed.state()));
    out << moment_json(log, at) << '\n';
    for (const State::Named& named : replayed.state().tables()) {
        if (!table.empty() && named.spec->name != table) continue;
        named.table->each([&](const void* key, const void* row) {
            JsonLine line;
            line.text("table", named.spec->name)
                .raw("key", json_by_wire(named.table->key_type(), key))
                .raw("row", json_by_wire(named.table->row_type(), row));
            out << line.str() << '\n';
        });
        JsonLine line;
        line.text("table", named.spec->name)
            .number("rows", named.table->size())
            .text("digest", to_text(digest.tables.find(named.spec->name)->second));
        out << line.str() << '\n';
    }
    if (!table.empty()) return;
    JsonLine line;
    line.raw("contexts", sums_json(digest.contexts)).text("all", to_text(digest.all));
    out << line.str() << '\n';
}

namespace {

EventPlace place_from(std::string_view text) {
    EventPlace place;
    const char* const end = text.data() + text.size();
    const auto position = std::from_chars(text.data(), end, place.position);
    if (position.ec == std::errc() && position.ptr != end && *position.ptr == '.') {
        const auto n = std::from_chars(position.ptr + 1, end, place.n);
        if (n.ec == std::errc() && n.ptr == end && place.position > 0) return place;
    }
    throw Unable("\"" + std::string(text) +
                 "\" names no event; an event is <position>.<n>, such "
                 "as 12.0.");
}

// The event with the command that it belongs to.
struct Found {
    const StoredCommand* command = nullptr;
    const StoredEvent* event = nullptr;
};

Found find(const Commit& commit, std::uint32_t n) {
    for (const StoredCommand& command : commit.commands) {
        if (n < command.events.size()) return {&command, &command.events[n]};
        n -= static_cast<std::uint32_t>(command.events.size());
    }
    return {};
}

// The events from which the rule can have sent the command behind this one: those of the type that
// the rule reacts to, earlier in the commit. The log does not say which, where there are several.
std::vector<std::string> causes_of(const Catalog& catalog, const Commit& commit,
                                   const StoredCommand& command, const StoredEvent& event) {
    std::vector<std::string> causes;
    std::uint32_t n = 0;
    for (const StoredCommand& each : commit.commands)
        for (const StoredEvent& earlier : each.events) {
            const std::uint32_t at = n++;
            if (&earlier == &event) return causes;
            if (&each != &command) continue;
            for (const FlowSpec& flow : catalog.flows())
                if (flow.name == event.flow && flow.event->name == earlier.type)
                    causes.push_back(std::to_string(commit.position) + '.' + std::to_string(at));
        }
    return causes;
}

std::string hexadecimal(std::string_view octets) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char octet : octets) {
        text += digits[static_cast<unsigned char>(octet) >> 4];
        text += digits[static_cast<unsigned char>(octet) & 15];
    }
    return text;
}

std::string list_json(const std::vector<std::string>& plain) {
    std::string json = "[";
    for (const std::string& one : plain) ((json += json.size() > 1 ? ",\"" : "\"") += one) += '"';
    return json + ']';
}

}  // namespace

void print_explanation(const Catalog& catalog, const EventLog& log, std::string_view event,
                       PrintAs as, std::ostream& out) {
    const EventPlace place = place_from(event);
    if (place.position > log.tail().position)
        throw Unable("The log ends at commit " + std::to_string(log.tail().position) +
                     ", so there is no event " + std::string(event) + ".");
    const ReadCommit read = read_commit(log, place.position);
    const Found found = find(read.commit, place.n);
    if (!found.event)
        throw Unable("Commit " + std::to_string(place.position) + " has no event " +
                     std::to_string(place.n) + ".");
    const std::string data = StoredMeanings(log).json(*found.event);
    std::vector<std::pair<std::string_view, std::string>> texts = {
        {"event", std::string(event)},
        {"type", found.event->type},
        {"stream", found.event->stream},
        {"version", found.event->version ? std::to_string(found.event->version) : ""},
        {"day", to_text(found.event->day)},
        {"company", found.event->company},
        {"recorded", to_text(read.commit.time)},
        {"actor", read.commit.actor},
        {"key", read.commit.key},
        {"note", read.commit.note.value_or("")},
        {"command", found.command->name},
        {"id", found.command->id},
        {"id_made_by", found.command->server_made ? "server" : "client"},
        {"fingerprint", hexadecimal(found.command->fingerprint.octets)},
        {"flow", found.event->flow},
        {"schema", hexadecimal(schema_key(found.event->schema))},
        {"previous_hash", to_text(read.previous)},
        {"hash", to_text(read.hash)}};
    std::erase_if(texts, [](const auto& text) { return text.second.empty(); });
    const auto causes = causes_of(catalog, read.commit, *found.command, *found.event);
    if (as == PrintAs::json) {
        JsonLine line;
        for (const auto& [name, text] : texts)
            name == "version" ? line.raw(name, text) : line.text(name, text);
        if (!causes.empty()) line.raw("caused_by_one_of", list_json(causes));
        out << line.raw("data", data).str() << '\n';
        return;
    }
    for (const auto& [name, text] : texts)
        out << name << std::string(18 - name.size(), ' ') << text << '\n';
    for (const std::string& cause : causes) out << "caused by         " << cause << '\n';
    out << "data              " << data << '\n';
}

void print_changes(const Catalog& catalog, const EventLog& log, Position from, Position to,
                   const std::string& scratch, std::ostream& out) {
    if (from > to) throw Unable("The first moment lies after the second.");
    EventFilter filter;
    filter.from = from + 1;
    filter.to = to;
    print_log(log, filter, PrintAs::json, out);
    const ReplayedState before(catalog, log, from, scratch), after(catalog, log, to, scratch);
    each_difference(before.state(), after.state(), [&](const RowDifference& row) {
        JsonLine line;
        line.text("table", row.table).raw("key", row.key);
        if (row.before) line.raw("before", *row.before);
        if (row.after) line.raw("after", *row.after);
        out << line.str() << '\n';
        return out.good();
    });
}

}  // namespace kontor
