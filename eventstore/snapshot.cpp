// How snapshots are taken and loaded.
#include "eventstore/snapshot.h"

#include "eventstore/hashes.h"
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

// The rows of one table of the last durable snapshot.
class Snapshots::Rows final : public StoredRows {
public:
    Rows(const EventLog& log, const AnyTable& table, std::string_view name, std::string prefix)
        : log_(log),
          key_type_(table.key_type()),
          row_type_(table.row_type()),
          name_(name),
          prefix_(std::move(prefix)) {}

    bool find(const void* key, void* row) const override {
        const auto bytes = log_.row(LocalRow::Family::snapshots, at(key));
        if (bytes && !from_wire(row_type_, *bytes, row)) unreadable();
        return bytes.has_value();
    }
    void each_from(const void* key, const Row& call) const override {
        const Box found = box(key_type_), row = box(row_type_);
        log_.each_row(LocalRow::Family::snapshots, prefix_, key ? at(key) : std::string(),
                      [&](std::string_view at, std::string_view value) {
                          at.remove_prefix(prefix_.size());
                          if (from_ordered(key_type_, at, found.get()) != at.size() ||
                              !from_wire(row_type_, value, row.get()))
                              unreadable();
                          return call(found.get(), row.get());
                      });
    }
    std::string at(const void* key) const { return prefix_ + ordered_key(key_type_, key); }

private:
    [[noreturn]] void unreadable() const {
        throw StorageBroken("a snapshot row of table " + name_ + " cannot be read");
    }

    const EventLog& log_;
    const Type& key_type_;
    const Type& row_type_;
    const std::string name_, prefix_;
};

Snapshots::Snapshots(const Catalog& catalog, EventLog& log)
    : catalog_(catalog), log_(log), version_(state_version(catalog)) {}

Snapshots::~Snapshots() = default;

std::string Snapshots::row_prefix(std::string_view table) const {
    std::string prefix = version_;
    prefix += table;
    prefix += '\0';
    return prefix;
}

Snapshots::Loaded Snapshots::load(State& state, std::size_t cached_rows) {
    for (const State::Named& named : state.tables()) {
        rows_.push_back(std::make_unique<Rows>(log_, *named.table, named.spec->name,
                                               row_prefix(named.spec->name)));
        if (named.table->paged()) named.table->page(*rows_.back(), cached_rows);
    }
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
    for (std::size_t at = 0; at < rows_.size(); ++at) {
        AnyTable& table = *state.tables()[at].table;
        if (table.paged()) continue;
        rows_[at]->each_from(nullptr, [&](const void* key, const void* row) {
            table.load(key, row);
            return true;
        });
    }
    return {static_cast<Position>(mark->position), true};
}

Snapshots::Frozen Snapshots::freeze(State& state, Position position) {
    Frozen frozen{position, {}};
    for (const State::Named& named : state.tables())
        if (named.table->changed() > 0)
            frozen.tables.emplace_back(named.spec, named.table->freeze());
    return frozen;
}

std::vector<LocalRow> Snapshots::encode(const Frozen& frozen) {
    std::vector<LocalRow> rows;
    for (const auto& [spec, changed] : frozen.tables) {
        const Type& key_type = spec->key();
        const Type& row_type = spec->row();
        const std::string prefix = row_prefix(spec->name);
        const Box old = box(row_type);
        DigestSum& sum = sums_[std::string(spec->name)];
        rows.reserve(rows.size() + changed->size() + 1);
        changed->each([&](const void* key, const void* row) {
            std::string at = prefix + ordered_key(key_type, key);
            if (const auto before = log_.row(LocalRow::Family::snapshots, at)) {
                if (!from_wire(row_type, *before, old.get()))
                    throw StorageBroken("a snapshot row of table " + std::string(spec->name) +
                                        " cannot be read");
                sum.subtract(row_digest(spec->name, key_type, key, row_type, old.get()));
            }
            std::optional<std::string> value;
            if (row) {
                sum.add(row_digest(spec->name, key_type, key, row_type, row));
                value = to_wire(row_type, row);
            }
            rows.push_back({LocalRow::Family::snapshots, std::move(at), std::move(value)});
        });
    }
    SnapshotMark mark{static_cast<std::int64_t>(frozen.position), {}};
    for (const auto& [table, sum] : sums_) mark.sums[table] = {to_octets(sum)};
    rows.push_back({LocalRow::Family::meta, std::string(mark_key) + version_, to_wire(mark)});
    return rows;
}

bool Snapshots::current() const {
    return log_.row(LocalRow::Family::meta, current_key) == version_;
}

void Snapshots::append(std::vector<LocalRow> rows) {
    if (!log_.append_if(log_.tail().position, {{}, std::move(rows)}))
        throw StorageBroken("the log was appended to by somebody else during a replay");
}

// The marks of other versions go first, so that no program finds a snapshot that lacks rows; then
// their rows, some at a time; the name of this version last, so that a crash repeats it all.
void Snapshots::make_current() {
    constexpr std::size_t most_rows = 10'000;
    const auto remove_others = [&](LocalRow::Family family, std::string_view prefix,
                                   const std::string& kept) {
        std::string from(prefix);
        for (bool kept_begins = true; kept_begins || !from.empty();) {
            std::vector<LocalRow> rows;
            kept_begins = false;
            log_.each_row(family, prefix, from, [&](std::string_view key, std::string_view) {
                kept_begins = key.starts_with(kept);
                if (kept_begins) return false;
                rows.push_back({family, std::string(key), std::nullopt});
                return rows.size() < most_rows;
            });
            // All that is kept lies together and is passed over at once.
            from = kept_begins ? prefix_end(kept) : rows.empty() ? "" : rows.back().key;
            if (!rows.empty()) append(std::move(rows));
        }
    };
    remove_others(LocalRow::Family::meta, mark_key, std::string(mark_key) + version_);
    remove_others(LocalRow::Family::snapshots, {}, version_);
    append({{LocalRow::Family::meta, std::string(current_key), version_}});
}

}  // namespace kontor
