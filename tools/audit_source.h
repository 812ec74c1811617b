// Where the audited log comes from: a directory at rest, a backup, or a copy that the running
// server makes.
#pragma once

#include "eventstore/event_log.h"

#include <memory>
#include <string>

namespace kontor {

// Opens the data directory or backup for reading. Where no server runs, the directory itself,
// which no server can be started on meanwhile; beside a running one, a checkpoint that the server
// is asked for and that is removed at the end. Throws StorageBroken or Unable.
class AuditSource {
public:
    // `secret` is the key to ask the server with; empty: the administrator's, from the directory.
    AuditSource(const std::string& data, const std::string& secret);
    ~AuditSource();
    AuditSource(const AuditSource&) = delete;
    AuditSource& operator=(const AuditSource&) = delete;

    EventLog& log() { return *log_; }
    // Where the read models lie; perhaps nothing is there.
    std::string views() const { return directory_ + "/views"; }
    const std::string& directory() const { return directory_; }

private:
    std::string directory_;
    std::string checkpoint_;  // to be removed; empty for none
    std::unique_ptr<EventLog> log_;
};

}  // namespace kontor
