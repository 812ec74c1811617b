// What is left when the program ends: the log, and the rows of read models.
#pragma once

#include "eventstore/event_log.h"
#include "projections/rows.h"
#include "tests/support/dice.h"

#include <memory>
#include <string>

namespace kontor::simulation {

struct GroundCounts {
    std::uint64_t cuts = 0;                                          // of power
    std::uint64_t sync_fails = 0;                                    // EIO
    std::uint64_t full_disks = 0;                                    // ENOSPC
    std::uint64_t lost_octets = 0, kept_octets = 0, lost_names = 0;  // not synced when it was cut

    std::uint64_t torn_manifests = 0;  // starts refused for one, which was mended

    void add(const GroundCounts& more) {
        torn_manifests += more.torn_manifests;
        cuts += more.cuts;
        sync_fails += more.sync_fails;
        full_disks += more.full_disks;
        lost_octets += more.lost_octets;
        kept_octets += more.kept_octets;
        lost_names += more.lost_names;
    }
};

class Ground {
public:
    Ground() = default;
    Ground(const Ground&) = delete;
    Ground& operator=(const Ground&) = delete;
    virtual ~Ground() = default;

    // Before each beginning of the program; throws StorageBroken.
    virtual void open() = 0;
    virtual EventLog& log() = 0;
    virtual RowStore& rows() = 0;
    // Something may go wrong soon.
    virtual void plan_trouble(test::Dice&) {}
    // It went wrong: nothing more reaches the log until the ground is opened again.
    virtual bool in_trouble() const { return false; }
    // After each end of the program, which may have been at any moment.
    virtual void close(test::Dice& dice) = 0;

    GroundCounts counts;
};

// In memory, where no group is ever torn. Rows come back as they were, as they were some time ago,
// or not at all.
std::unique_ptr<Ground> memory_ground();
// On disk, with RocksDB, under a file system that loses power and fails. `synced` false: syncs of
// the write-ahead log do nothing, which must be found out.
std::unique_ptr<Ground> disk_ground(const std::string& directory, bool synced);

}  // namespace kontor::simulation
