// A log and rows on a disk that is cut off, fails and fills up.
#include "projections/rocks_rows.h"
#include "tests/simulation/ground.h"
#include "tests/simulation/power_cut_files.h"

#include <filesystem>

namespace kontor::simulation {
namespace {

class DiskGround final : public Ground {
public:
    DiskGround(std::string directory, bool synced)
        : directory_(std::move(directory)), files_(directory_, synced) {
        rocks_event_log({.directory = directory_ + "/data"});
    }
    ~DiskGround() override {
        rows_.reset();
        log_.reset();
    }

    // A start that is refused for a torn manifest has said so, and lost nothing.
    void open() override {
        try {
            begin();
        } catch (const StorageBroken& why) {
            rows_.reset();
            log_.reset();
            const bool says_so = std::string_view(why.what()).find("MANIFEST") != std::string::npos;
            if (files_.in_trouble() || !says_so || files_.mend_manifests() == 0) throw;
            ++counts.torn_manifests;
            begin();
        }
    }
    EventLog& log() override { return *log_; }
    RowStore& rows() override { return *rows_; }

    void plan_trouble(test::Dice& dice) override {
        using Trouble = PowerCutFiles::Trouble;
        const Trouble trouble = dice.one_in(4)   ? Trouble::sync_fails
                                : dice.one_in(6) ? Trouble::disk_full
                                                 : Trouble::power_cut;
        files_.plan(trouble, 1 + dice.below(dice.one_in(3) ? 120 : 20), dice.next());
    }
    bool in_trouble() const override { return files_.in_trouble(); }

    // Without trouble the machine may go on or end, too; after a failed sync the program alone may
    // start again, and finds what will not be there after the next cut.
    void close(test::Dice& dice) override {
        rows_.reset();
        log_.reset();
        bool cut = dice.one_in(2);
        if (files_.in_trouble()) {
            switch (files_.trouble()) {
                case PowerCutFiles::Trouble::power_cut: cut = true; break;
                case PowerCutFiles::Trouble::sync_fails: ++counts.sync_fails; break;
                case PowerCutFiles::Trouble::disk_full: ++counts.full_disks; break;
            }
        }
        if (cut) {
            const PowerCutFiles::Lost lost = files_.cut(dice);
            ++counts.cuts;
            counts.lost_octets += lost.octets;
            counts.kept_octets += lost.kept;
            counts.lost_names += lost.names;
        }
        files_.restart();
        small_ = dice.one_in(2);
    }

private:
    void begin() {
        RocksLogOptions options;
        options.directory = directory_ + "/data";
        options.block_cache_bytes = 8u << 20;
        options.write_buffer_bytes = small_ ? 2u << 20 : 32u << 20;
        options.files = files_.env();
        log_ = rocks_event_log(options);
        rows_ = std::make_unique<RocksRows>(directory_ + "/rows",
                                            RocksRowsOptions{.memory = {}, .files = files_.env()});
    }

    const std::string directory_;
    PowerCutFiles files_;
    bool small_ = false;  // little memory, so that it is written out often
    std::unique_ptr<EventLog> log_;
    std::unique_ptr<RocksRows> rows_;
};

}  // namespace

std::unique_ptr<Ground> disk_ground(const std::string& directory, bool synced) {
    return std::make_unique<DiskGround>(directory, synced);
}

}  // namespace kontor::simulation
