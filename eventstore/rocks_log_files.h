// Write-ahead logs that seldom change their length, so that a sync of theirs seldom waits for more.
#pragma once

#include <memory>
#include <string>

namespace rocksdb {
class Env;
}  // namespace rocksdb

namespace kontor {

// Files as `base` has them, but the write-ahead logs of a directory are lengthened by zeros ahead
// of what is written, half a megabyte at a time. What is appended then overwrites octets that are
// there: `fdatasync` has only them to write. The length of a file, and which blocks it has, are
// facts of the file system's own journal, whose commit waits in turn for whatever other files of it
// are being written out, tables of tens of megabytes among them.
//
// The end of a log is zeros, which RocksDB's reader passes over. `base` outlives it.
std::unique_ptr<rocksdb::Env> with_lengthened_logs(rocksdb::Env& base,
                                                   const std::string& directory);

}  // namespace kontor
