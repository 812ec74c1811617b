// How a log is examined, one thing after the other, until something differs.
#include "tools/audit_verify.h"

#include "eventstore/chain.h"
#include "tools/audit_log.h"
#include "tools/audit_rebuild.h"
#include "tools/progress.h"

#include <filesystem>
#include <set>

namespace kontor {
namespace {

// Ends the examination; caught in `examine` only.
struct Difference {
    std::string sentence;
};

[[noreturn]] void differ(std::string sentence) { throw Difference{std::move(sentence)}; }

class Examiner {
public:
    Examiner(const Catalog& catalog, const std::vector<ReadModelSpec>& specs,
             const ExaminedPlaces& places, Examination& found)
        : catalog_(catalog), specs_(specs), places_(places), found_(found) {}

    void chain();
    void meanings();
    void snapshot();
    void read_models();

private:
    void compare(const State& stored, const State& replayed, Position at,
                 const std::string& what) const;
    void compare(const Projector::Stored::Model& model, const RowReader& stored,
                 const ReadView& rebuilt, const ReadView::Model& anew);
    const ReadModelSpec* spec_of(const Projector::Stored::Model& model) const;

    const Catalog& catalog_;
    const std::vector<ReadModelSpec>& specs_;
    const ExaminedPlaces& places_;
    Examination& found_;
};

void Examiner::chain() {
    ProgressBar bar("checking the chain");
    const ChainVerdict verdict =
        verify_chain(places_.log, {}, [&](Position at, Position tail) { bar.at(at, tail); });
    found_.commits = verdict.commits;
    found_.events = verdict.events;
    found_.commands = verdict.commands;
    found_.streams = verdict.streams;
    found_.schemas = verdict.schemas;
    if (!verdict.sound()) differ(verdict.difference);
}

void Examiner::meanings() {
    ProgressBar bar("decoding by stored schemas");
    StoredMeanings meanings(places_.log);
    std::set<std::string> companies;
    each_commit(places_.log, 1, found_.commits, [&](const Commit& commit) {
        std::uint32_t n = 0;
        for (const StoredCommand& command : commit.commands)
            for (const StoredEvent& event : command.events) {
                try {
                    meanings.json(event);
                } catch (const StorageBroken& why) {
                    differ("Event " + std::to_string(commit.position) + '.' + std::to_string(n) +
                           ": " + why.what());
                }
                if (!event.company.empty()) companies.insert(event.company);
                ++n;
            }
        bar.at(static_cast<Position>(commit.position), found_.commits);
        return true;
    });
    found_.companies = companies.size();
}

// Rows first, since they name the place; the sums last, since they are what a digest asks.
void Examiner::compare(const State& stored, const State& replayed, Position at,
                       const std::string& what) const {
    each_difference(stored, replayed, [&](const RowDifference& row) -> bool {
        differ(what + " at commit " + std::to_string(at) + " differs from the events in table " +
               row.table + " at key " + row.key + ": it has " + row.before.value_or("no row") +
               ", the events say " + row.after.value_or("no row") + ".");
    });
}

void Examiner::snapshot() {
    const Position tail = found_.commits;
    Snapshots snapshots(catalog_, places_.log);
    State stored(catalog_);
    const Snapshots::Loaded loaded = snapshots.load(stored);
    if (!loaded.found) {
        // Every event is known to this program and folds.
        ReplayedState(catalog_, places_.log, tail, places_.scratch);
        found_.notes.emplace_back("There is no snapshot of this program's state version.");
        return;
    }
    if (loaded.position > tail)
        differ("The snapshot stands at commit " + std::to_string(loaded.position) +
               ", but the log ends at commit " + std::to_string(tail) + ".");
    ReplayedState from_events(catalog_, places_.log, loaded.position, places_.scratch);
    compare(stored, from_events.state(), loaded.position, "The snapshot");
    const TableSums sums = digest_of(from_events.state());
    for (const auto& [table, sum] : sums) {
        const auto kept = snapshots.sums().find(table);
        const DigestSum digest = kept == snapshots.sums().end() ? DigestSum{} : kept->second;
        if (digest != sum)
            differ("The snapshot at commit " + std::to_string(loaded.position) + " gives table " +
                   table + " the digest " + to_text(digest) + ", its rows come to " + to_text(sum) +
                   ".");
    }
    ProgressBar bar("replaying on");
    each_commit(places_.log, loaded.position + 1, tail, [&](const Commit& commit) {
        replay(catalog_, stored, commit);
        from_events.fold(commit);
        bar.at(static_cast<Position>(commit.position), tail);
        return true;
    });
    compare(stored, from_events.state(), tail, "The snapshot with the later commits");
}

const ReadModelSpec* Examiner::spec_of(const Projector::Stored::Model& model) const {
    for (const ReadModelSpec& spec : specs_)
        if (spec.name == model.name && spec.version == model.version) return &spec;
    return nullptr;
}

void Examiner::read_models() {
    if (!std::filesystem::exists(places_.views)) {
        found_.notes.emplace_back("There are no read models here.");
        return;
    }
    RocksRowsOptions options;
    options.read_only = true;
    RocksRows database(places_.views, options);
    const auto rows = database.snapshot();
    const auto stored = Projector::stored(*rows);
    if (!stored) {
        found_.notes.emplace_back("There are no read models here.");
        return;
    }
    if (stored->position > found_.commits)
        differ("The read models stand at commit " + std::to_string(stored->position) +
               ", but the log ends at commit " + std::to_string(found_.commits) + ".");
    const Hash hash = stored->position ? read_commit(places_.log, stored->position).hash : Hash{};
    if (stored->hash != std::string(hash.begin(), hash.end()))
        differ("The read models stand at commit " + std::to_string(stored->position) +
               ", which is another one in this log.");
    std::vector<ReadModelSpec> wanted;
    for (const Projector::Stored::Model& model : stored->models) {
        if (!model.live) continue;
        if (!model.stopped.empty())
            differ("Read model " + model.name + " stopped after commit " +
                   std::to_string(model.position) + ": " + model.stopped);
        if (const ReadModelSpec* spec = spec_of(model))
            wanted.push_back(*spec);
        else
            found_.notes.push_back("Read model " + model.name + " is of version " +
                                   std::to_string(model.version) +
                                   ", which this program does not have.");
    }
    const RebuiltModels rebuilt(catalog_, places_.log, stored->position, wanted, places_.scratch);
    for (const Projector::Stored::Model& model : stored->models)
        if (const auto anew = rebuilt.view()->named(model.name); model.live && anew)
            compare(model, *rows, *rebuilt.view(), *anew);
}

// Octets of a key as hexadecimal digits, and the texts among them as they are.
std::string shown(std::string_view octets) {
    constexpr std::string_view digits = "0123456789abcdef";
    constexpr std::size_t most = 160;
    std::string text;
    for (const char octet : octets.substr(0, most)) {
        const auto number = static_cast<unsigned char>(octet);
        if (number > ' ' && number < 0x7f && octet != '\\') {
            text += octet;
        } else {
            (text += "\\x") += digits[number >> 4];
            text += digits[number & 15];
        }
    }
    return octets.size() > most ? text + "..." : text;
}

void Examiner::compare(const Projector::Stored::Model& model, const RowReader& stored,
                       const ReadView& rebuilt, const ReadView::Model& anew) {
    if (!anew.stopped.empty())
        differ("Read model " + model.name + " cannot be folded anew: " + anew.stopped);
    const auto left = stored.cursor(model.prefix);
    const auto right = rebuilt.rows->cursor(anew.prefix);
    left->seek(model.prefix);
    right->seek(anew.prefix);
    const auto key_of = [](const RowCursor& cursor, std::string_view prefix) {
        std::optional<std::string_view> key;
        if (cursor.valid() && cursor.key().starts_with(prefix))
            key = cursor.key().substr(prefix.size());
        return key;
    };
    const auto at = [&](std::string_view key) {
        return "Read model " + model.name + " differs from the events at row " + shown(key) + ": ";
    };
    ProgressBar bar("comparing " + model.name);
    while (true) {
        const auto is = key_of(*left, model.prefix), should = key_of(*right, anew.prefix);
        if (!is && !should) break;
        if (!is || (should && *should < *is))
            differ(at(*should) + "it has no row, the events give " + shown(right->value()) + ".");
        if (!should || *is < *should)
            differ(at(*is) + "it has " + shown(left->value()) + ", the events give no row.");
        if (left->value() != right->value())
            differ(at(*is) + "it has " + shown(left->value()) + ", the events give " +
                   shown(right->value()) + ".");
        left->next();
        right->next();
        bar.at(0, 1);
    }
    ++found_.read_models;
}

}  // namespace

Examination examine(const Catalog& catalog, const std::vector<ReadModelSpec>& specs,
                    const ExaminedPlaces& places) {
    Examination found;
    Examiner examiner(catalog, specs, places, found);
    try {
        examiner.chain();
        examiner.meanings();
        examiner.snapshot();
        examiner.read_models();
    } catch (const Difference& difference) {
        found.difference = difference.sentence;
    } catch (const StorageBroken& broken) {
        found.difference = broken.what();
    }
    return found;
}

}  // namespace kontor
