// How snapshots are taken, loaded and brought up to the tail.
#include "eventstore/snapshot.h"

#include "eventstore/hashes.h"
#include "eventstore/moments.h"
#include "eventstore/ordered_key.h"
#include "eventstore/wire.h"

#include <algorithm>
#include <set>

namespace kontor {
namespace {

constexpr std::string_view current_key = "state_version";
constexpr std::string_view mark_key = "snapshot/";

// Where a snapshot stands, beside its rows.
struct SnapshotMark {
    std::int64_t position = 0;
    std::map<std::string, Bytes> sums;

    static void describe(auto& mark) {
        mark.record("SnapshotMark", "Where a snapshot stands.")
            .field("position", &SnapshotMark::position, "The state is as after this commit.")
            .field("sums", &SnapshotMark::sums, "Digest of each table.");
    }
};

// What a row means, as text: the kinds and names of all that it is made of.
void append_meaning(std::string& text, const Type& type, std::set<const Type*>& open) {
    text += std::to_string(static_cast<int>(type.kind));
    text += type.name;
    if (!open.insert(&type).second) return;
    text += '(';
    for (const Field& field : type.fields) {
        text += field.name;
        if (!field.retired) append_meaning(text += ':', field.type(), open);
        text += ',';
    }
    for (const Choice& choice : type.choices) (text += choice.name) += ',';
    for (const TypeRef& alternative : type.alternatives) append_meaning(text, alternative(), open);
    if (type.key) append_meaning(text, type.key(), open);
    if (type.element) append_meaning(text, type.element(), open);
    text += ')';
    open.erase(&type);
}

}  // namespace

std::string state_version(const Catalog& catalog) {
    std::string material;
    for (const TableSpec& table : catalog.tables()) {
        material += std::string(table.name) + '=' + std::to_string(table.version) + ';';
        std::set<const Type*> open;
        append_meaning(material, table.key(), open);
        append_meaning(material, table.row(), open);
        material += '\n';
    }
    const Hash hash = sha256(material);
    return std::string(hash.begin(), hash.begin() + 8);
}

TableSums digest_of(const State& state) {
    TableSums sums;
    for (const State::Named& named : state.tables()) {
        DigestSum& sum = sums[std::string(named.spec->name)];
        named.table->each([&](const void* key, const void* row) {
            sum.add(row_digest(named.spec->name, named.table->key_type(), key,
                               named.table->row_type(), row));
        });
    }
    return sums;
}

StateDigest summed_up(const Catalog& catalog, const TableSums& tables) {
    StateDigest digest{tables, {}, {}};
    for (const BusinessContext& context : catalog.contexts())
        for (const Part& part : context.parts)
            for (const TableSpec& table : part.tables) {
                const auto sum = tables.find(table.name);
                if (sum == tables.end()) continue;
                digest.contexts[std::string(context.name)].add(sum->second);
                if (context.name != "access") digest.all.add(sum->second);
            }
    return digest;
}

Snapshots::Snapshots(const Catalog& catalog, EventLog& log)
    : catalog_(catalog), log_(log), version_(state_version(catalog)) {}

std::string Snapshots::row_prefix(std::string_view table) const {
    std::string prefix = version_;
    prefix += table;
    prefix += '\0';
    return prefix;
}

Snapshots::Loaded Snapshots::load(State& state) {
    const auto bytes = log_.row(LocalRow::Family::meta, std::string(mark_key) + version_);
    if (!bytes) return {};
    const auto mark = from_wire<SnapshotMark>(*bytes);
    if (!mark) throw StorageBroken("the mark of the snapshot cannot be read");
    for (const auto& [table, sum] : mark->sums) {
        Hash octets{};
        if (sum.octets.size() != octets.size())
            throw StorageBroken("the mark of the snapshot cannot be read");
        std::ranges::copy(sum.octets, octets.begin());
        sums_[table] = digest_sum_from(octets);
    }
    for (const State::Named& named : state.tables()) {
        const Box key = box(named.table->key_type()), row = box(named.table->row_type());
        const std::string prefix = row_prefix(named.spec->name);
        log_.each_row(
            LocalRow::Family::snapshots, prefix, [&](std::string_view at, std::string_view value) {
                at.remove_prefix(prefix.size());
                if (from_ordered(named.table->key_type(), at, key.get()) != at.size() ||
                    !from_wire(named.table->row_type(), value, row.get()))
                    throw StorageBroken("a snapshot row of table " + std::string(named.spec->name) +
                                        " cannot be read");
                named.table->load(key.get(), row.get());
                return true;
            });
    }
    return {static_cast<Position>(mark->position), true};
}

std::vector<LocalRow> Snapshots::take(State& state, Position position) {
    std::vector<LocalRow> rows;
    for (const State::Named& named : state.tables()) {
        if (named.table->changed() == 0) continue;
        const Type& key_type = named.table->key_type();
        const Type& row_type = named.table->row_type();
        const std::string prefix = row_prefix(named.spec->name);
        const Box old = box(row_type);
        DigestSum& sum = sums_[std::string(named.spec->name)];
        named.table->each_changed([&](const void* key, const void* row) {
            std::string at = prefix + ordered_key(key_type, key);
            if (const auto before = log_.row(LocalRow::Family::snapshots, at)) {
                if (!from_wire(row_type, *before, old.get()))
                    throw StorageBroken("a snapshot row of table " + std::string(named.spec->name) +
                                        " cannot be read");
                sum.subtract(row_digest(named.spec->name, key_type, key, row_type, old.get()));
            }
            std::optional<std::string> value;
            if (row) {
                sum.add(row_digest(named.spec->name, key_type, key, row_type, row));
                value = to_wire(row_type, row);
            }
            rows.push_back({LocalRow::Family::snapshots, std::move(at), std::move(value)});
        });
    }
    SnapshotMark mark{static_cast<std::int64_t>(position), {}};
    for (const auto& [table, sum] : sums_) mark.sums[table] = {to_octets(sum)};
    rows.push_back({LocalRow::Family::meta, std::string(mark_key) + version_, to_wire(mark)});
    state.settle();
    return rows;
}

bool Snapshots::current() const {
    return log_.row(LocalRow::Family::meta, current_key) == version_;
}

std::vector<LocalRow> Snapshots::make_current() {
    std::vector<LocalRow> rows;
    const auto remove_others = [&](LocalRow::Family family, std::string_view prefix,
                                   std::string_view kept) {
        log_.each_row(family, prefix, [&](std::string_view key, std::string_view) {
            if (!key.starts_with(kept)) rows.push_back({family, std::string(key), std::nullopt});
            return true;
        });
    };
    remove_others(LocalRow::Family::snapshots, {}, version_);
    remove_others(LocalRow::Family::meta, mark_key, std::string(mark_key) + version_);
    rows.push_back({LocalRow::Family::meta, std::string(current_key), version_});
    return rows;
}

void replay(const Catalog& catalog, State& state, const Commit& commit) {
    for (const StoredCommand& command : commit.commands) {
        for (const StoredEvent& stored : command.events) {
            const Catalog::Event* event = catalog.event(stored.type);
            if (!event)
                throw StorageBroken("commit " + std::to_string(commit.position) + " holds a " +
                                    stored.type +
                                    ", which this program does not know; it was "
                                    "written by a newer one");
            const Box value = box(*event->spec->type);
            if (!from_wire(*event->spec->type, stored.data.octets, value.get()))
                throw StorageBroken("commit " + std::to_string(commit.position) + ": a " +
                                    stored.type + " cannot be read");
            state.evolve(*event, value.get());
        }
    }
    state.keep();
}

void recover(const Catalog& catalog, EventLog& log, Snapshots& snapshots, State& state, bool write,
             const Progress& progress) {
    constexpr std::size_t rows_in_between = 50'000;
    constexpr Position commits_between_reports = 10'000;
    const Position tail = log.tail().position;
    const auto append = [&](std::vector<LocalRow> rows) {
        if (!log.append_if(tail, {{}, std::move(rows)}))
            throw StorageBroken("the log was appended to by somebody else during recovery");
    };
    Position at = snapshots.load(state).position;
    if (at > tail)
        throw StorageBroken("the snapshot stands at commit " + std::to_string(at) +
                            " but the log ends at " + std::to_string(tail) +
                            ": commits that were there are missing");
    const auto cursor = log.read_from(at + 1);
    Position position = 0;
    for (std::string_view bytes; cursor->next(position, bytes); at = position) {
        replay(catalog, state, sound_commit(position, bytes));
        if (progress && position % commits_between_reports == 0) progress(position, tail);
        if (write && state.changed() >= rows_in_between) append(snapshots.take(state, position));
    }
    if (at != tail)
        throw StorageBroken("the log says it ends at commit " + std::to_string(tail) +
                            " but commits after " + std::to_string(at) + " are missing");
    if (write && !snapshots.current()) {
        append(snapshots.take(state, at));
        append(snapshots.make_current());
    }
    if (progress) progress(at, tail);
}

}  // namespace kontor
