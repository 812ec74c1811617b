// The data directory of one company group: who may open it, and which program wrote it.
//
//    <directory>/lock     held by the one process that writes; names its pid
//    <directory>/format   the format of this layout, written when the log is complete
//    <directory>/log      the log's database
//    <directory>/mark     how far the log went
//    <directory>/keys     the keys of persons (subject_keys.h), in no copy of the rest
//
// Whatever is wrong is thrown as StorageBroken: one sentence with the path and the system's reason.
#pragma once

#include "eventstore/event_log.h"

#include <string>

namespace kontor {

class DataDirectory {
public:
    // read_write: makes the directory if it is not there, and holds its lock until the end of this
    // object or of the process, however it ends. read_only: makes nothing, needs no permission to
    // write, and refuses only while a writer is there.
    DataDirectory(std::string path, LogAccess access);
    ~DataDirectory();
    DataDirectory(const DataDirectory&) = delete;
    DataDirectory& operator=(const DataDirectory&) = delete;

    const std::string& path() const { return path_; }
    std::string log_path() const { return path_ + "/log"; }

    // Whether a log was completed here. Throws for a format that this program does not know, and
    // when the log that was completed here is gone.
    bool holds_log() const;
    // Makes a log under another name by `make(path)` and moves it to its place whole, so that a
    // crash leaves none or all of it.
    void complete_log(const std::function<void(const std::string& path)>& make);

private:
    void lock(LogAccess access);
    void write_format() const;

    std::string path_;
    int lock_ = -1;
};

// Makes the names in a directory durable. Throws StorageBroken.
void sync_directory(const std::string& path);

}  // namespace kontor
