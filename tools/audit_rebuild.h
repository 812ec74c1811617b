// State and read models made anew from the log alone, somewhere where nobody depends on them.
#pragma once

#include "domain/core/state.h"
#include "eventstore/recovery.h"
#include "projections/projector.h"
#include "projections/rocks_rows.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kontor {

// A new directory with a name of its own, gone at the end.
class ScratchDirectory {
public:
    // In `parent`, or where the system has such files when that is empty.
    explicit ScratchDirectory(const std::string& parent);
    ~ScratchDirectory();
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

// The decision state after the commit at `to`, from the first commit on; what is paged lies in a
// scratch database. Shows progress.
class ReplayedState {
public:
    ReplayedState(const Catalog& catalog, const EventLog& log, Position to,
                  const std::string& scratch_parent);

    const State& state() const { return state_; }
    void fold(const Commit& commit) { replay_.fold(commit); }

private:
    ScratchDirectory scratch_;
    std::unique_ptr<EventLog> rows_;
    Snapshots snapshots_;
    State state_;
    Replay replay_;
};

// All read models after the commit at `to`, folded from the first commit on. Shows progress.
class RebuiltModels {
public:
    RebuiltModels(const Catalog& catalog, const EventLog& log, Position to,
                  std::vector<ReadModelSpec> specs, const std::string& scratch_parent);

    std::shared_ptr<const ReadView> view() const { return view_; }
    const std::vector<ReadModelSpec>& specs() const { return projector_->specs(); }

private:
    ScratchDirectory scratch_;
    std::unique_ptr<EventLog> until_;
    std::unique_ptr<RocksRows> rows_;
    std::unique_ptr<Projector> projector_;
    std::shared_ptr<const ReadView> view_;
};

// A row of a table that two states do not agree on; as JSON, nothing where a state lacks it.
struct RowDifference {
    std::string table, key;
    std::optional<std::string> before, after;
};
// Table by table in the order of the catalog, until the callback says false.
void each_difference(const State& before, const State& after,
                     const std::function<bool(const RowDifference&)>& call);

}  // namespace kontor
