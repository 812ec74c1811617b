// The log on disk: commits and what is derived from them, in one RocksDB.
//
//    commits    position                               -> envelope
//    commands   actor, id                              -> position, index of the command
//    streams    's', stream                            -> newest version, place of its first event
//               'e', place of the first event, version -> place of that event, from version 2 on
//    schemas, snapshots, meta                          -> local rows as they were given
//    default    "format"                               -> the format of all this
//
// Numbers are big-endian, so that bytes sort as they do. A stream is named by the place of its
// first event where its events are listed: short keys that grow with the log, where names of
// streams would scatter every event of the log over the whole family.
//
// A group is one write batch, synced. RocksDB puts it into the write-ahead log first and makes it
// visible after the sync, so nobody reads what is not durable. What a crash can leave is a last
// batch that is only partly there, or whose octets never arrived in a file that has its length
// already (ext4, xfs), so that anything may stand there. Point in time recovery ends the log before
// the first record that is not whole, and would do so without a word for one that was durable; the
// mark tells the two apart. Zeros in a record's place it passes over up to the next block of 32
// KiB; since a group is synced before the next is written, nothing is behind what was not synced.
// `track_and_verify_wals_in_manifest` adds that no earlier file of the write-ahead log may be
// missing or short.
#include "domain/core/ensure.h"
#include "eventstore/directory.h"
#include "eventstore/event_log.h"
#include "eventstore/hashes.h"
#include "eventstore/log_entries.h"
#include "eventstore/log_keys.h"
#include "eventstore/rocks_log_files.h"
#include "eventstore/rocks_manifest.h"
#include "eventstore/rocks_mark.h"
#include "eventstore/rocks_settings.h"

#include <algorithm>
#include <map>

#include <rocksdb/db.h>
#include <rocksdb/utilities/checkpoint.h>

namespace kontor {
namespace {

constexpr std::string_view format_key = "format";
constexpr std::uint64_t newest_format = 1;

enum Column : std::size_t { own, commits, commands, streams, schemas, snapshots, meta };
constexpr std::array<const char*, 7> column_names = {"default", "commits",   "commands", "streams",
                                                     "schemas", "snapshots", "meta"};

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }
std::string_view view(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

Column column_of(LocalRow::Family family) {
    switch (family) {
        case LocalRow::Family::schemas: return schemas;
        case LocalRow::Family::snapshots: return snapshots;
        case LocalRow::Family::meta: break;
    }
    return meta;
}

// The database with its column families, closed in the right order.
struct Database {
    std::unique_ptr<rocksdb::DB> db;
    std::vector<rocksdb::ColumnFamilyHandle*> columns;

    Database() = default;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database() {
        for (auto* column : columns) db->DestroyColumnFamilyHandle(column);
    }
};

class RocksEventLog final : public EventLog, private LogIndexes {
public:
    explicit RocksEventLog(const RocksLogOptions& options);

    LogTail tail() const override;
    bool append_if(Position expected, const Group& group) override;
    std::unique_ptr<CommitCursor> read_from(Position position) const override;
    std::optional<CommandPlace> find_command(std::string_view actor,
                                             std::string_view id) const override;
    std::int64_t tail_of(std::string_view stream) const override;
    const LogIndexes& indexes() const override { return *this; }
    std::optional<std::string> row(LocalRow::Family family, std::string_view key) const override;
    void each_row(LocalRow::Family family, std::string_view prefix, std::string_view from,
                  const std::function<bool(std::string_view key, std::string_view value)>& call)
        const override;
    void checkpoint(const std::string& directory) override;

private:
    void each_command(const std::function<bool(std::string_view actor, std::string_view id,
                                               CommandPlace place)>& call) const override;
    void each_stream(const std::function<bool(std::string_view stream, std::int64_t version)>& call)
        const override;
    void each_of_stream(
        std::string_view stream, std::int64_t from_version,
        const std::function<bool(std::int64_t version, EventPlace place)>& call) const override;
    std::uint64_t listed_events() const override;

    rocksdb::DBOptions settings() const;
    rocksdb::Status open_database(const rocksdb::DBOptions& settings);
    std::vector<rocksdb::ColumnFamilyDescriptor> families() const;
    void make(const std::string& path) const;
    void open();
    void refuse_newer_format() const;
    void find_tail();
    void make_mark() const;
    void refuse_lost() const;
    void refuse_shorter() const;
    std::string mark_path() const { return directory_.path() + "/mark"; }
    void put_commit(rocksdb::WriteBatch& batch, const SealedCommit& sealed,
                    std::map<std::string, StreamTail>& changed) const;
    void each(Column column, std::string_view prefix, std::string_view from,
              const std::function<bool(std::string_view key, std::string_view value)>& call) const;
    std::optional<std::string> get(Column column, std::string_view key) const;
    std::optional<StreamTail> stream(std::string_view name) const;
    std::string broken_beginning() const {
        return "The log in " + directory_.path() + " could not be written, so it takes no more: ";
    }
    [[noreturn]] void damaged(const std::string& what) const;

    const LogAccess access_;
    DataDirectory directory_;
    std::shared_ptr<const RocksMemory> memory_;
    rocksdb::Env* const files_;
    const std::unique_ptr<rocksdb::Env> lengthened_;
    std::shared_ptr<FirstFailure> failure_ = std::make_shared<FirstFailure>();
    Database database_;
    std::mutex writing_;
    mutable std::mutex mutex_;  // of tail_
    LogTail tail_;
    std::unique_ptr<LogMark> mark_;  // last, so that it ends before what it speaks to
};

class RocksCursor final : public CommitCursor {
public:
    RocksCursor(const std::string& path, Position from, Position last)
        : path_(path), next_(from), last_(last), bound_(position_key(last + 1)), upper_(bound_) {}

    void open(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* column) {
        rocksdb::ReadOptions reading;
        reading.fill_cache = false;  // a walk through the log leaves what is asked often in memory
        reading.iterate_upper_bound = &upper_;
        commits_.reset(db.NewIterator(reading, column));
        commits_->Seek(position_key(next_));
    }

    bool next(Position& position, std::string_view& bytes) override {
        if (next_ > last_) return false;
        if (given_) commits_->Next();
        if (!commits_->status().ok())
            throw StorageBroken("The log in " + path_ + " cannot be read at commit " +
                                std::to_string(next_) + ": " + words_of(commits_->status()) + ".");
        if (!commits_->Valid() || view(commits_->key()) != position_key(next_))
            throw StorageBroken("Commit " + std::to_string(next_) + " is missing in the log in " +
                                path_ + ".");
        given_ = true;
        position = next_++;
        bytes = view(commits_->value());
        return true;
    }

private:
    const std::string path_;
    Position next_, last_;
    bool given_ = false;
    std::string bound_;
    rocksdb::Slice upper_;
    std::unique_ptr<rocksdb::Iterator> commits_;
};

RocksEventLog::RocksEventLog(const RocksLogOptions& options)
    : access_(options.access),
      directory_(options.directory, options.access),
      memory_(shared_rocks_memory(options.block_cache_bytes, options.write_buffer_bytes)),
      files_(options.files),
      lengthened_(with_lengthened_logs(files_ ? *files_ : *rocksdb::Env::Default(),
                                       directory_.log_path())) {
    const bool there = directory_.holds_log();
    if (!there) refuse_lost();
    if (access_ == LogAccess::read_write)
        directory_.complete_log([this](const std::string& path) {
            make(path);
            make_mark();
        });
    else if (!there)
        throw StorageBroken("There is no log in " + directory_.path() + ".");
    open();
    refuse_newer_format();
    find_tail();
    if (!options.accept_shorter_log)
        refuse_shorter();
    else if (access_ == LogAccess::read_write)
        make_mark();
    if (access_ == LogAccess::read_write)
        mark_ = std::make_unique<LogMark>(mark_path(), files_, [this](const std::string& why) {
            failure_->note(broken_beginning() + "the mark: " + why + ".");
        });
}

rocksdb::DBOptions RocksEventLog::settings() const {
    auto settings = rocks_database_settings(*memory_, broken_beginning(), failure_);
    settings.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
    settings.track_and_verify_wals_in_manifest = true;
    settings.env = lengthened_.get();
    settings.listeners.push_back(manifest_watch());
    return settings;
}

std::vector<rocksdb::ColumnFamilyDescriptor> RocksEventLog::families() const {
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (std::size_t column = 0; column < column_names.size(); ++column) {
        const auto keys = column == snapshots                       ? NewKeys::anywhere
                          : column == commands || column == streams ? NewKeys::near_the_end
                                                                    : NewKeys::at_the_end;
        families.emplace_back(column_names[column], rocks_family_settings(*memory_, keys));
    }
    return families;
}

void RocksEventLog::make(const std::string& path) const {
    auto settings = this->settings();
    settings.create_if_missing = true;
    settings.create_missing_column_families = true;
    settings.env->CreateDirIfMissing(path);  // else it reports as an error that there is none
    Database made;
    rocksdb::DB* db = nullptr;
    auto status = rocksdb::DB::Open(settings, path, families(), &made.columns, &db);
    made.db.reset(db);
    if (status.ok()) {
        std::string format;
        append_number(format, newest_format);
        rocksdb::WriteOptions synced;
        synced.sync = true;
        status = db->Put(synced, made.columns[own], slice(format_key), format);
    }
    if (!status.ok())
        throw StorageBroken("The log in " + path + " cannot be made: " + words_of(status) + ".");
}

void RocksEventLog::open() {
    const std::string path = directory_.log_path();
    if (const std::string fault =
            fault_of_manifest(path, files_ ? *files_ : *rocksdb::Env::Default());
        !fault.empty())
        throw StorageBroken("The log in " + directory_.path() + " cannot be opened: " + fault +
                            ".");
    std::vector<std::string> names;
    auto status = rocksdb::DB::ListColumnFamilies(settings(), path, &names);
    if (status.ok())
        for (const std::string& name : names)
            if (std::ranges::find(column_names, name) == column_names.end())
                throw StorageBroken("The log in " + directory_.path() +
                                    " was written by a newer program: it has a family " + name +
                                    ", which this one does not know.");
    if (status.ok()) status = open_database(settings());
    if (!status.ok())
        throw StorageBroken("The log in " + directory_.path() +
                            " cannot be opened: " + words_of(status) + ".");
}

rocksdb::Status RocksEventLog::open_database(const rocksdb::DBOptions& settings) {
    const std::string path = directory_.log_path();
    rocksdb::DB* db = nullptr;
    const auto status =
        access_ == LogAccess::read_only
            ? rocksdb::DB::OpenForReadOnly(settings, path, families(), &database_.columns, &db)
            : rocksdb::DB::Open(settings, path, families(), &database_.columns, &db);
    database_.db.reset(db);
    if (db && access_ == LogAccess::read_write) note_manifest(*db);
    return status;
}

void RocksEventLog::refuse_newer_format() const {
    const auto octets = get(own, format_key);
    std::uint64_t format = 0;
    std::string_view rest = octets ? *octets : std::string_view();
    if (!take_number(rest, format) || !rest.empty() || format == 0)
        damaged("it does not say its format");
    if (format > newest_format)
        throw StorageBroken("The log in " + directory_.path() +
                            " was written by a newer program (format " + std::to_string(format) +
                            "); this one knows up to " + std::to_string(newest_format) + ".");
}

// The last commits are read and their chain is checked: damage there would be built upon.
void RocksEventLog::find_tail() {
    constexpr Position looked_at = 16;
    const std::unique_ptr<rocksdb::Iterator> last(
        database_.db->NewIterator({}, database_.columns[commits]));
    last->SeekToLast();
    if (!last->status().ok()) damaged("its end cannot be read: " + words_of(last->status()));
    if (!last->Valid()) return;
    Position position = 0;
    std::string_view key = view(last->key());
    if (!take_number(key, position) || !key.empty() || position == 0)
        damaged("its last commit has a key that is no position");
    const Position from = position > looked_at ? position - looked_at + 1 : 1;
    tail_.position = position;
    const auto cursor = read_from(from);
    Position at = 0;
    for (std::string_view bytes; cursor->next(at, bytes);) {
        const OpenedCommit opened = open_commit(bytes, Hashing::compute);
        const std::string name = "commit " + std::to_string(at);
        if (!opened.fault.empty()) damaged(name + ": " + opened.fault);
        if (static_cast<Position>(opened.commit.position) != at)
            damaged(name + " says that it is commit " + std::to_string(opened.commit.position));
        if (at > from || from == 1) {
            if (opened.previous != tail_.hash)
                damaged(name + " does not name the hash of the commit before it");
            if (at > 1 && opened.commit.time <= tail_.time)
                damaged(name + " is not later than the commit before it");
        }
        tail_ = {position, opened.commit.time, opened.hash};
    }
}

void RocksEventLog::make_mark() const {
    LogMark::make(mark_path(), files_, {tail_.position, tail_.hash});
    sync_directory(directory_.path());
}

// Where there was a log, none is begun.
void RocksEventLog::refuse_lost() const {
    const auto marked = LogMark::read(mark_path(), files_);
    if (marked && marked->position > 0)
        throw StorageBroken("The log is gone: " + directory_.log_path() + " is missing, though " +
                            mark_path() + " says that it went to commit " +
                            std::to_string(marked->position) + ".");
}

void RocksEventLog::refuse_shorter() const {
    constexpr std::string_view what_to_do =
        " Restore a backup; or, knowing that what is missing is lost for good, start once with "
        "--accept-shorter-log.";
    const std::string log = "The log in " + directory_.path();
    const auto marked = LogMark::read(mark_path(), files_);
    if (!marked)
        throw StorageBroken(log + " has no sound mark of how far it went (" + mark_path() +
                            "), so nobody knows whether it is whole: it ends at commit " +
                            std::to_string(tail_.position) + "." + std::string(what_to_do));
    if (marked->position > tail_.position)
        throw StorageBroken(log + " ends at commit " + std::to_string(tail_.position) +
                            ", but commits up to " + std::to_string(marked->position) +
                            " were durable: they are missing." + std::string(what_to_do));
    if (marked->position == 0) return;
    const auto cursor = read_from(marked->position);
    Position position = 0;
    std::string_view bytes;
    if (!cursor->next(position, bytes) || sha256(bytes) != marked->hash)
        throw StorageBroken(log + " holds another commit " + std::to_string(marked->position) +
                            " than the one that was durable." + std::string(what_to_do));
}

LogTail RocksEventLog::tail() const {
    const std::lock_guard lock(mutex_);
    return tail_;
}

void RocksEventLog::put_commit(rocksdb::WriteBatch& batch, const SealedCommit& sealed,
                               std::map<std::string, StreamTail>& changed) const {
    const auto put = [&](Column column, std::string_view key, std::string_view value) {
        const auto status = batch.Put(database_.columns[column], slice(key), slice(value));
        ensure(status.ok(), "a batch in memory takes what is put");
    };
    put(commits, position_key(static_cast<Position>(sealed.commit.position)), sealed.bytes);
    each_client_command(sealed.commit, [&](const std::string& id, CommandPlace place) {
        put(commands, command_key(sealed.commit.actor, id), place_octets(place));
    });
    each_event_of_stream(sealed.commit, [&](const StoredEvent& event, EventPlace place) {
        auto [tail, added] = changed.try_emplace(event.stream);
        if (added && event.version == 1) tail->second = {0, place};
        if (added && event.version > 1) tail->second = stream(event.stream).value_or(StreamTail{});
        ensure(static_cast<std::uint64_t>(event.version) == ++tail->second.version,
               "versions of a stream are gapless");
        if (tail->second.version > 1)  // the stream itself says where its first event is
            put(streams, stream_event_key(tail->second.first, tail->second.version),
                place_octets(place));
    });
}

bool RocksEventLog::append_if(Position expected, const Group& group) {
    const std::lock_guard writing(writing_);
    if (failure_->happened()) throw StorageBroken(failure_->sentence());
    if (access_ == LogAccess::read_only)
        throw StorageBroken("The log in " + directory_.path() + " is open for reading only.");
    const LogTail before = tail();
    if (expected != before.position) return false;
    const LogTail after = tail_after(before, group.commits);
    rocksdb::WriteBatch batch;
    std::map<std::string, StreamTail> changed;
    for (const SealedCommit& sealed : group.commits) put_commit(batch, sealed, changed);
    for (const auto& [name, tail] : changed)
        batch.Put(database_.columns[streams], stream_key(name), stream_octets(tail));
    for (const LocalRow& row : group.rows) {
        auto* column = database_.columns[column_of(row.family)];
        if (row.value)
            batch.Put(column, row.key, *row.value);
        else
            batch.Delete(column, row.key);
    }
    if (batch.Count() == 0) return true;
    rocksdb::WriteOptions synced;
    synced.sync = true;
    mark_->sync_now();
    const auto status = database_.db->Write(synced, &batch);
    if (!status.ok()) {
        failure_->note(broken_beginning() + words_of(status) + ".");
        throw StorageBroken(failure_->sentence());
    }
    if (after.position != before.position) mark_->passed({after.position, after.hash});
    const std::lock_guard lock(mutex_);
    tail_ = after;
    return true;
}

std::unique_ptr<CommitCursor> RocksEventLog::read_from(Position position) const {
    auto cursor = std::make_unique<RocksCursor>(directory_.path(), std::max<Position>(position, 1),
                                                tail().position);
    cursor->open(*database_.db, database_.columns[commits]);
    return cursor;
}

std::optional<CommandPlace> RocksEventLog::find_command(std::string_view actor,
                                                        std::string_view id) const {
    const auto value = get(commands, command_key(actor, id));
    if (!value) return std::nullopt;
    CommandPlace place;
    std::string_view octets = *value;
    if (!take_place(octets, place) || !octets.empty())
        damaged("the entry of command " + std::string(id) + " is malformed");
    return place;
}

std::optional<StreamTail> RocksEventLog::stream(std::string_view name) const {
    const auto value = get(streams, stream_key(name));
    if (!value) return std::nullopt;
    StreamTail tail;
    if (!take_stream(*value, tail))
        damaged("the entry of stream " + std::string(name) + " is malformed");
    return tail;
}

std::int64_t RocksEventLog::tail_of(std::string_view stream) const {
    const auto tail = this->stream(stream);
    return tail ? static_cast<std::int64_t>(tail->version) : 0;
}

std::optional<std::string> RocksEventLog::get(Column column, std::string_view key) const {
    std::string value;
    const auto status = database_.db->Get({}, database_.columns[column], slice(key), &value);
    if (status.IsNotFound()) return std::nullopt;
    if (!status.ok())
        damaged(std::string(column_names[column]) + " cannot be read: " + words_of(status));
    return value;
}

std::optional<std::string> RocksEventLog::row(LocalRow::Family family, std::string_view key) const {
    return get(column_of(family), key);
}

void RocksEventLog::each(
    Column column, std::string_view prefix, std::string_view from,
    const std::function<bool(std::string_view key, std::string_view value)>& call) const {
    const std::unique_ptr<rocksdb::Iterator> rows(
        database_.db->NewIterator({}, database_.columns[column]));
    for (rows->Seek(slice(from)); rows->Valid() && view(rows->key()).starts_with(prefix);
         rows->Next())
        if (!call(view(rows->key()), view(rows->value()))) return;
    if (!rows->status().ok())
        damaged(std::string(column_names[column]) + " cannot be read: " + words_of(rows->status()));
}

void RocksEventLog::each_row(
    LocalRow::Family family, std::string_view prefix, std::string_view from,
    const std::function<bool(std::string_view key, std::string_view value)>& call) const {
    each(column_of(family), prefix, std::max(prefix, from), call);
}

void RocksEventLog::each_command(
    const std::function<bool(std::string_view actor, std::string_view id, CommandPlace place)>&
        call) const {
    each(commands, {}, {}, [&](std::string_view key, std::string_view value) {
        std::uint32_t length = 0;
        CommandPlace place;
        if (!take_number(key, length) || key.size() < length || !take_place(value, place) ||
            !value.empty())
            damaged("an entry of the commands is malformed");
        return call(key.substr(0, length), key.substr(length), place);
    });
}

void RocksEventLog::each_stream(
    const std::function<bool(std::string_view stream, std::int64_t version)>& call) const {
    each(streams, "s", "s", [&](std::string_view key, std::string_view value) {
        StreamTail tail;
        if (!take_stream(value, tail)) damaged("an entry of the streams is malformed");
        return call(key.substr(1), static_cast<std::int64_t>(tail.version));
    });
}

void RocksEventLog::each_of_stream(
    std::string_view stream, std::int64_t from_version,
    const std::function<bool(std::int64_t version, EventPlace place)>& call) const {
    const auto tail = this->stream(stream);
    if (!tail) return;
    const std::string prefix = 'e' + place_octets(tail->first);
    const auto from = static_cast<std::uint64_t>(std::max<std::int64_t>(from_version, 1));
    if (from == 1 && !call(1, tail->first)) return;
    each(streams, prefix, stream_event_key(tail->first, from),
         [&](std::string_view key, std::string_view value) {
             std::uint64_t version = 0;
             EventPlace place;
             key.remove_prefix(prefix.size());
             if (!take_number(key, version) || !key.empty() || !take_place(value, place) ||
                 !value.empty())
                 damaged("an event's entry of stream " + std::string(stream) + " is malformed");
             return call(static_cast<std::int64_t>(version), place);
         });
}

std::uint64_t RocksEventLog::listed_events() const {
    std::uint64_t events = 0;
    for (const char* part : {"e", "s"})  // a stream lists its first event itself
        each(streams, part, part, [&](std::string_view, std::string_view) { return ++events > 0; });
    return events;
}

void RocksEventLog::checkpoint(const std::string& directory) {
    DataDirectory copy(directory, LogAccess::read_write);
    if (copy.holds_log()) throw StorageBroken("There is a log in " + directory + " already.");
    const LogTail marked = tail();  // what is copied goes at least so far
    copy.complete_log([&](const std::string& path) {
        rocksdb::Checkpoint* made = nullptr;
        auto status = rocksdb::Checkpoint::Create(database_.db.get(), &made);
        const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
        if (status.ok()) status = checkpoint->CreateCheckpoint(path);
        if (!status.ok())
            throw StorageBroken("The log in " + directory_.path() + " could not be copied to " +
                                directory + ": " + words_of(status) + ".");
        LogMark::make(directory + "/mark", files_, {marked.position, marked.hash});
    });
}

void RocksEventLog::damaged(const std::string& what) const {
    throw StorageBroken("The log in " + directory_.path() + " is damaged: " + what + ".");
}

}  // namespace

std::unique_ptr<EventLog> rocks_event_log(const RocksLogOptions& options) {
    return std::make_unique<RocksEventLog>(options);
}

}  // namespace kontor
