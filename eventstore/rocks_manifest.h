// How long a database's list of its files was: what finds a MANIFEST that lost its end.
//
// RocksDB takes a last record of that list which cannot be read for one that a crash cut short, and
// deletes the tables that the lost records named, without a word: rows in the middle are gone, such
// as the ids of commands that were carried out. Records of the list are synced before they count,
// so a crash never shortens it below what was noted.
//
//    <database>/manifest.length    "MANIFEST-000031 1146 <checksum>"
//
// The names of RocksDB are only declared here; who defines them is a file named rocks_*.cpp.
#pragma once

#include <memory>
#include <string>

namespace rocksdb {
class DB;
class Env;
class EventListener;
}  // namespace rocksdb

namespace kontor {

// Notes the length now; to be called once a database has been opened for writing. A note that
// cannot be written leaves an older one, which asks for less and refuses nothing wrongly.
void note_manifest(rocksdb::DB& database);

// Notes it whenever tables were added or replaced.
std::shared_ptr<rocksdb::EventListener> manifest_watch();

// What is wrong with the list of a closed database: a sentence without its full stop. Empty when
// nothing is, or when nothing was noted there.
std::string fault_of_manifest(const std::string& database, rocksdb::Env& files);

}  // namespace kontor
