// How an auditor comes to a log that nobody changes meanwhile.
#include "tools/audit_source.h"

#include "tools/running_server.h"

namespace kontor {

AuditSource::AuditSource(const std::string& data, const std::string& secret) : directory_(data) {
    if (is_served(data)) directory_ = checkpoint_ = RunningServer(data, secret).checkpoint();
    RocksLogOptions options;
    options.directory = directory_;
    options.access = LogAccess::read_only;
    try {
        log_ = rocks_event_log(options);
    } catch (...) {
        if (!checkpoint_.empty()) remove_checkpoint(checkpoint_);
        throw;
    }
}

AuditSource::~AuditSource() {
    log_.reset();
    if (!checkpoint_.empty()) remove_checkpoint(checkpoint_);
}

}  // namespace kontor
