// Files of a disk that loses power, fails to sync and fills up, as ext4 and xfs are allowed to.
//
// All goes to real files at once, and what is not synced is remembered. When the power is cut,
// unsynced octets are forgotten, or stay in part, with zeros or anything else behind them; names
// that were made, removed or changed since their directory was synced go back, newest first.
#pragma once

#include "tests/support/dice.h"

#include <cstdint>
#include <memory>
#include <string>

namespace rocksdb {
class Env;
}

namespace kontor::simulation {

class CutDisk;

class PowerCutFiles {
public:
    // Whatever lies below the directory and was written otherwise counts as synced. `synced` false:
    // syncs of the write-ahead log and of its mark do nothing, as if they had been turned off.
    PowerCutFiles(const std::string& directory, bool synced);
    ~PowerCutFiles();
    PowerCutFiles(const PowerCutFiles&) = delete;
    PowerCutFiles& operator=(const PowerCutFiles&) = delete;

    rocksdb::Env* env();

    enum class Trouble : std::uint8_t {
        power_cut,   // nothing more is written
        sync_fails,  // EIO, once; the pages may be dropped, and later syncs say that all is well
        disk_full,   // ENOSPC, behind a part of what was to be written, until the restart
    };
    // After so many more changes of the disk.
    void plan(Trouble trouble, std::uint64_t changes, std::uint64_t seed);
    bool in_trouble() const;
    // The trouble that came; only when in trouble.
    Trouble trouble() const;

    // The program has ended and will start again. Nothing is lost by that alone.
    void restart();
    struct Lost {
        std::uint64_t octets = 0, kept = 0, names = 0;
    };
    // The machine has ended: what was not synced is as the dice say.
    Lost cut(test::Dice& dice);
    // RocksDB 7.8 refuses a manifest whose last record, never synced, is torn and has zeros or
    // something else behind it. Takes away what is behind; how many files were so.
    std::size_t mend_manifests();

private:
    std::shared_ptr<CutDisk> disk_;
    std::unique_ptr<rocksdb::Env> env_;
};

}  // namespace kontor::simulation
