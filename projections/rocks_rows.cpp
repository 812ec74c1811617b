// Rows in RocksDB 7.8: one column family, snapshots that stay, and no write-ahead log: what a crash
// loses is folded anew. A write-ahead log that is not synced would be worse than none. When the
// machine loses power while a memory table is being flushed, the log of that table can lose its end
// and the next one keep its beginning; read back, later commits stand on earlier ones that are
// gone. Memory tables reach the disk whole and in order, so the rows are always those of some
// commit.
#include "projections/rocks_rows.h"

#include "eventstore/ordered_key.h"
#include "eventstore/rocks_manifest.h"
#include "eventstore/rocks_settings.h"
#include "eventstore/storage_broken.h"
#include "projections/row_overlay.h"

#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_batch.h>

namespace kontor {

// The octets of a key that say whose row it is: a read model's number.
constexpr std::size_t place_octets = 4;

struct RocksRows::Open {
    std::string where;  // the directory, for sentences
    bool read_only = false;
    std::shared_ptr<const RocksMemory> memory;
    std::size_t ingest_from_bytes = 0;
    rocksdb::Options settings;
    std::shared_ptr<FirstFailure> failure = std::make_shared<FirstFailure>();
    std::unique_ptr<rocksdb::DB> database;  // last, so that it closes before what it uses

    void check(const rocksdb::Status& status, const char* what) const {
        if (status.ok()) return;
        throw StorageBroken("The read models in " + where + " cannot be " + what + ": " +
                            words_of(status) + ".");
    }
    std::string ingest_directory() const { return where + "/ingest"; }
    void remove_what_was_not_ingested() const {
        std::vector<std::string> files;
        if (!settings.env->GetChildren(ingest_directory(), &files).ok()) return;  // there is none
        for (const std::string& file : files)
            if (file != "." && file != "..")
                check(settings.env->DeleteFile(ingest_directory() + "/" + file), "written");
    }
    // A failed flush leaves a database that still takes writes into memory: it takes none of ours.
    void check_writable() const {
        if (failure->happened()) throw StorageBroken(failure->sentence());
    }
    bool get(const rocksdb::ReadOptions& how, std::string_view key, std::string& value) const {
        const rocksdb::Status status = database->Get(how, key, &value);
        if (status.IsNotFound()) return false;
        check(status, "read");
        return true;
    }
};

namespace {

rocksdb::WriteOptions without_log() {
    rocksdb::WriteOptions how;
    how.disableWAL = true;
    return how;
}

class RocksCursor final : public RowCursor {
public:
    RocksCursor(const RocksRows::Open& open, rocksdb::ReadOptions how, std::string_view within)
        : open_(open),
          first_(within),
          behind_(prefix_end(first_)),
          lower_(first_),
          upper_(behind_) {
        // Else a search for what is not there goes on through all that was erased beside it.
        if (!within.empty()) how.iterate_lower_bound = &lower_;
        if (!behind_.empty()) how.iterate_upper_bound = &upper_;
        at_.reset(open.database->NewIterator(how));
    }
    RocksCursor(const RocksCursor&) = delete;
    RocksCursor& operator=(const RocksCursor&) = delete;

    void seek(std::string_view key) override {
        at_->Seek(key);
        check();
    }
    void seek_for_prev(std::string_view key) override {
        at_->SeekForPrev(key);
        check();
    }
    void next() override {
        at_->Next();
        check();
    }
    void prev() override {
        at_->Prev();
        check();
    }
    bool valid() const override { return at_->Valid(); }
    std::string_view key() const override { return at_->key().ToStringView(); }
    std::string_view value() const override { return at_->value().ToStringView(); }

private:
    void check() const {
        if (!at_->Valid()) open_.check(at_->status(), "read");
    }

    const RocksRows::Open& open_;
    const std::string first_, behind_;
    const rocksdb::Slice lower_, upper_;
    std::unique_ptr<rocksdb::Iterator> at_;
};

class RocksSnapshot final : public RowReader {
public:
    explicit RocksSnapshot(std::shared_ptr<RocksRows::Open> open)
        : open_(std::move(open)), snapshot_(open_->database->GetSnapshot()) {
        how_.snapshot = snapshot_;
    }
    ~RocksSnapshot() override { open_->database->ReleaseSnapshot(snapshot_); }
    RocksSnapshot(const RocksSnapshot&) = delete;
    RocksSnapshot& operator=(const RocksSnapshot&) = delete;

    bool get(std::string_view key, std::string& value) const override {
        return open_->get(how_, key, value);
    }
    std::unique_ptr<RowCursor> cursor(std::string_view within) const override {
        return std::make_unique<RocksCursor>(*open_, how_, within);
    }

private:
    std::shared_ptr<RocksRows::Open> open_;
    const rocksdb::Snapshot* snapshot_;
    rocksdb::ReadOptions how_;
};

class RocksBatch final : public OverlaidRows {
public:
    explicit RocksBatch(std::shared_ptr<RocksRows::Open> open) : open_(std::move(open)) {}

    void commit() override {
        open_->check_writable();
        if (changed_bytes() < open_->ingest_from_bytes)
            write_batch();
        else
            ingest();
        forget_changes();
    }

private:
    void write_batch() {
        rocksdb::WriteBatch batch(changed_bytes() + 32 * changed_rows());
        for (const auto row : unwritten()) {
            const auto& [key, change] = *row;
            open_->check(change.value ? batch.Put(key, *change.value) : batch.Delete(key),
                         "written");
        }
        open_->check(open_->database->Write(without_log(), &batch), "written");
    }

    // All files become part of the database in one step of its manifest, synced, above whatever it
    // holds in memory. What a crash leaves of them before that is removed when it is opened.
    void ingest() {
        open_->check(open_->settings.env->CreateDirIfMissing(open_->ingest_directory()), "written");
        rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), open_->settings);
        std::vector<std::string> files;
        std::string_view place;
        const auto finish = [&] {
            if (!files.empty()) open_->check(writer.Finish(), "written");
        };
        for (const auto row : unwritten()) {
            const auto& [key, change] = *row;
            // A file for each model: one that spans several would be merged with all in between.
            const std::string_view of = std::string_view(key).substr(0, place_octets);
            if (files.empty() || of != place) {
                finish();
                files.push_back(open_->ingest_directory() + "/" + std::to_string(files.size()));
                open_->check(writer.Open(files.back()), "written");
                place = of;
            }
            open_->check(change.value ? writer.Put(key, *change.value) : writer.Delete(key),
                         "written");
        }
        if (files.empty()) return;
        finish();
        rocksdb::IngestExternalFileOptions how;
        how.move_files = true;
        open_->check(open_->database->IngestExternalFile(files, how), "written");
    }

    bool get_committed(std::string_view key, std::string& value) const override {
        return open_->get(rocksdb::ReadOptions(), key, value);
    }
    std::unique_ptr<RowCursor> committed_cursor(std::string_view within) const override {
        return std::make_unique<RocksCursor>(*open_, rocksdb::ReadOptions(), within);
    }

    std::shared_ptr<RocksRows::Open> open_;
};

RocksRows::Open& still_open(const std::shared_ptr<RocksRows::Open>& open) {
    if (!open) throw StorageBroken("The read models are closed.");
    return *open;
}

}  // namespace

RocksRows::RocksRows(const std::filesystem::path& directory, const RocksRowsOptions& options)
    : open_(std::make_shared<Open>()) {
    open_->where = directory.string();
    open_->read_only = options.read_only;
    open_->memory = options.memory ? options.memory : shared_rocks_memory(128u << 20, 96u << 20);
    rocksdb::Options settings(
        rocks_database_settings(
            *open_->memory,
            "The read models in " + open_->where + " cannot be written: ", open_->failure),
        rocks_family_settings(*open_->memory, NewKeys::anywhere));
    settings.create_if_missing = !options.read_only;
    if (options.files) settings.env = options.files;
    settings.listeners.push_back(manifest_watch());
    if (const std::string fault = fault_of_manifest(open_->where, *settings.env); !fault.empty())
        throw StorageBroken("The read models in " + open_->where + " cannot be opened: " + fault +
                            "; delete that directory, and they are folded from the log anew.");
    open_->settings = settings;
    open_->ingest_from_bytes = options.ingest_from_bytes;
    rocksdb::DB* database = nullptr;
    if (options.read_only) {
        open_->check(rocksdb::DB::OpenForReadOnly(settings, open_->where, &database), "opened");
    } else {
        settings.env->CreateDirIfMissing(open_->where);  // else it reports that there is none
        const rocksdb::Status opened = rocksdb::DB::Open(settings, open_->where, &database);
        // Nothing is mended in silence. But these rows are no loss, and who reads this should know.
        if (opened.IsCorruption())
            throw StorageBroken("The read models in " + open_->where +
                                " cannot be opened: " + words_of(opened) +
                                "; delete that directory, and they are folded from the log anew.");
        open_->check(opened, "opened");
    }
    open_->database.reset(database);
    if (!options.read_only) open_->remove_what_was_not_ingested();
    if (!options.read_only) note_manifest(*database);
}

RocksRows::~RocksRows() = default;

std::shared_ptr<const RowReader> RocksRows::snapshot() const {
    still_open(open_);
    return std::make_shared<RocksSnapshot>(open_);
}

std::unique_ptr<RowBatch> RocksRows::begin() {
    still_open(open_);
    return std::make_unique<RocksBatch>(open_);
}

void RocksRows::erase_prefix(std::string_view prefix) {
    constexpr int most_rows = 10'000;  // of a batch: a few hundred kilobytes of keys
    const Open& open = still_open(open_);
    open.check_writable();
    rocksdb::ReadOptions how;
    how.fill_cache = false;
    RocksCursor cursor(open, how, prefix);
    rocksdb::WriteBatch batch;
    const auto write = [&] {
        open.check(open.database->Write(without_log(), &batch), "written");
        batch.Clear();
    };
    for (cursor.seek(prefix); cursor.valid() && cursor.key().starts_with(prefix); cursor.next()) {
        open.check(batch.Delete(cursor.key()), "written");
        if (batch.Count() == most_rows) write();
    }
    if (batch.Count() > 0) write();
}

void RocksRows::checkpoint(const std::filesystem::path& directory) {
    const Open& open = still_open(open_);
    rocksdb::Checkpoint* made = nullptr;
    open.check(rocksdb::Checkpoint::Create(open.database.get(), &made), "copied");
    const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
    open.check(checkpoint->CreateCheckpoint(directory.string()), "copied");
}

void RocksRows::sync() {
    const Open& open = still_open(open_);
    if (open.read_only) return;
    open.check_writable();
    open.check(open.database->Flush(rocksdb::FlushOptions()), "synced");
}

void RocksRows::close() {
    if (open_) sync();
    open_.reset();
}

}  // namespace kontor
