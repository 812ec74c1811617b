// How the length of RocksDB's list of files is noted, and held against the list.
#include "eventstore/rocks_manifest.h"

#include "eventstore/hashes.h"

#include <mutex>
#include <optional>
#include <sstream>
#include <utility>
#include <vector>

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/listener.h>

namespace kontor {
namespace {

constexpr std::string_view beginning = "MANIFEST-";

std::string note_of(const std::string& database) { return database + "/manifest.length"; }

struct Noted {
    std::string name;  // MANIFEST-000031
    std::uint64_t length = 0;

    std::string words() const { return name + ' ' + std::to_string(length); }
};

// Of the same length always, so that it can be written where the last one was.
std::string text_of(const Noted& noted) {
    constexpr std::size_t length = 128;
    std::string text = noted.words() + ' ' + std::to_string(xxh3(noted.words()));
    text.resize(length - 1, ' ');
    return text + '\n';
}

// In place: a file that replaces another makes ext4 flush it, which takes as long as a sync.
void write_note(const std::string& path, const std::string& text, rocksdb::Env& files) {
    std::unique_ptr<rocksdb::RandomRWFile> note;
    if (files.NewRandomRWFile(path, &note, rocksdb::EnvOptions()).ok()) {
        note->Write(0, text).PermitUncheckedError();
        note->Close().PermitUncheckedError();
    } else {
        rocksdb::WriteStringToFile(&files, text, path, false).PermitUncheckedError();
    }
}

// A torn or damaged note is none.
std::optional<Noted> read_note(const std::string& database, rocksdb::Env& files) {
    std::string text;
    if (!rocksdb::ReadFileToString(&files, note_of(database), &text).ok()) return std::nullopt;
    Noted noted;
    std::istringstream words(text);
    words >> noted.name >> noted.length;
    if (!words || !noted.name.starts_with(beginning) || text != text_of(noted)) return std::nullopt;
    return noted;
}

// Names are numbers of six digits or more.
bool is_older(const std::string& one, const std::string& other) {
    return std::pair(one.size(), one) < std::pair(other.size(), other);
}

class ManifestWatch final : public rocksdb::EventListener {
public:
    void OnFlushCompleted(rocksdb::DB* database, const rocksdb::FlushJobInfo&) override {
        note_manifest(*database);
    }
    void OnCompactionCompleted(rocksdb::DB* database, const rocksdb::CompactionJobInfo&) override {
        note_manifest(*database);
    }
    void OnExternalFileIngested(rocksdb::DB* database,
                                const rocksdb::ExternalFileIngestionInfo&) override {
        note_manifest(*database);
    }
};

}  // namespace

void note_manifest(rocksdb::DB& database) {
    static std::mutex mutex;  // two jobs may end at once
    const std::lock_guard lock(mutex);
    std::vector<std::string> live;
    Noted noted;
    // This length is RocksDB's own and counts what is synced; the file may be longer already.
    if (!database.GetLiveFiles(live, &noted.length, false).ok()) return;
    for (const std::string& file : live)
        if (file.starts_with("/" + std::string(beginning))) noted.name = file.substr(1);
    if (noted.name.empty()) return;
    write_note(note_of(database.GetName()), text_of(noted), *database.GetEnv());
}

std::shared_ptr<rocksdb::EventListener> manifest_watch() {
    return std::make_shared<ManifestWatch>();
}

std::string fault_of_manifest(const std::string& database, rocksdb::Env& files) {
    const auto noted = read_note(database, files);
    std::string current;
    if (!noted || !rocksdb::ReadFileToString(&files, database + "/CURRENT", &current).ok())
        return {};
    if (current.ends_with('\n')) current.pop_back();
    // What is no name of a list RocksDB refuses itself.
    if (!current.starts_with(beginning) || is_older(noted->name, current)) return {};
    if (is_older(current, noted->name))
        return "its list of files is the older " + current + " in place of " + noted->name;
    std::uint64_t length = 0;
    if (!files.GetFileSize(database + "/" + current, &length).ok() || length >= noted->length)
        return {};
    return "what is stored is damaged (" + current + ", its list of files, has " +
           std::to_string(length) + " bytes and had " + std::to_string(noted->length) + ")";
}

}  // namespace kontor
