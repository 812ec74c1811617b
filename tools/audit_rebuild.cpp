// How state and read models are made anew, and how two states are compared.
#include "tools/audit_rebuild.h"

#include "eventstore/canonical.h"
#include "eventstore/wire_print.h"
#include "tools/audit_log.h"
#include "tools/progress.h"

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace kontor {

ScratchDirectory::ScratchDirectory(const std::string& parent) {
    std::error_code error;
    std::filesystem::path place = parent;
    if (parent.empty()) place = std::filesystem::temp_directory_path(error);
    std::string name = (place / "kontor-audit-XXXXXX").string();
    if (error || !::mkdtemp(name.data()))
        throw StorageBroken("No scratch directory can be made in " + place.string() + ": " +
                            std::generic_category().message(errno) + ".");
    path_ = name;
}

ScratchDirectory::~ScratchDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

ReplayedState::ReplayedState(const Catalog& catalog, const EventLog& log, Position to,
                             const std::string& scratch_parent)
    : scratch_(scratch_parent),
      rows_(rocks_event_log({scratch_.path() / "state"})),
      snapshots_(catalog, *rows_),
      state_(catalog),
      replay_(catalog, state_, snapshots_, snapshots_.load(state_).position, true) {
    ProgressBar bar("replaying");
    replay_.fold_until(log, to, [&](Position at) { bar.at(at, to); });
}

RebuiltModels::RebuiltModels(const Catalog& catalog, const EventLog& log, Position to,
                             std::vector<ReadModelSpec> specs, const std::string& scratch_parent)
    : scratch_(scratch_parent) {
    until_ = std::make_unique<LogUntil>(log, to);
    rows_ = std::make_unique<RocksRows>(scratch_.path() / "views");
    projector_ =
        std::make_unique<Projector>(catalog, *until_, *rows_, std::move(specs), ProjectorOptions{});
    ProgressBar bar("folding read models");
    while (!projector_->wait_for(to, std::chrono::milliseconds(100))) {
        if (const std::string why = projector_->broken(); !why.empty()) throw StorageBroken(why);
        bar.at(projector_->view()->position, to);
    }
    view_ = projector_->view();
}

namespace {

std::string json(const Type& type, const void* value) { return json_by_wire(type, value); }

// False when the callback has seen enough.
bool differences_of(const State::Named& before, const State::Named& after,
                    const std::function<bool(const RowDifference&)>& call) {
    const Type& key_type = before.table->key_type();
    const Type& row_type = before.table->row_type();
    bool more = true;
    const auto differ = [&](const void* key, const void* was, const void* is) {
        RowDifference found{std::string(before.spec->name), json(key_type, key), {}, {}};
        if (was) found.before = json(row_type, was);
        if (is) found.after = json(row_type, is);
        more = call(found);
    };
    before.table->each([&](const void* key, const void* was) {
        if (!more) return;
        const void* is = after.table->find_row(key);
        if (!is || canonical(row_type, was) != canonical(row_type, is)) differ(key, was, is);
    });
    after.table->each([&](const void* key, const void* is) {
        if (more && !before.table->find_row(key)) differ(key, nullptr, is);
    });
    return more;
}

}  // namespace

void each_difference(const State& before, const State& after,
                     const std::function<bool(const RowDifference&)>& call) {
    for (std::size_t at = 0; at < before.tables().size(); ++at)
        if (!differences_of(before.tables()[at], after.tables()[at], call)) return;
}

}  // namespace kontor
