// How the write-ahead logs of RocksDB are lengthened ahead of what is written to them.
#include "eventstore/rocks_log_files.h"

#include <atomic>
#include <map>
#include <mutex>
#include <string_view>

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

namespace kontor {
namespace {

using rocksdb::FileOptions;
using rocksdb::FSWritableFile;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

// How far a log is written: the log adds to it, and who asks for its size reads it.
using Written = std::atomic<std::uint64_t>;

class LengthenedLog final : public rocksdb::FSWritableFileOwnerWrapper {
public:
    LengthenedLog(std::unique_ptr<FSWritableFile> file, std::shared_ptr<Written> written)
        : FSWritableFileOwnerWrapper(std::move(file)), written_(std::move(written)) {}

    IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* context) override {
        return appended(data.size(), options, context,
                        [&] { return target()->Append(data, options, context); });
    }
    IOStatus Append(const Slice& data, const IOOptions& options,
                    const rocksdb::DataVerificationInfo& check, IODebugContext* context) override {
        return appended(data.size(), options, context,
                        [&] { return target()->Append(data, options, check, context); });
    }
    IOStatus Truncate(std::uint64_t size, const IOOptions& options,
                      IODebugContext* context) override {
        *written_ = length_ = size;
        return target()->Truncate(size, options, context);
    }
    // Somebody may be copying it: it is not cut, and is deleted soon. The file itself would set its
    // length by what it was told to write.
    IOStatus Close(const IOOptions& options, IODebugContext* context) override {
        if (length_ > *written_) {
            const IOStatus kept = target()->Truncate(length_, options, context);
            if (!kept.ok()) return kept;
        }
        return target()->Close(options, context);
    }
    std::uint64_t GetFileSize(const IOOptions&, IODebugContext*) override { return *written_; }

private:
    template <class Write>
    IOStatus appended(std::size_t octets, const IOOptions& options, IODebugContext* context,
                      const Write& write) {
        lengthen(*written_ + octets, options, context);
        const IOStatus status = write();
        if (status.ok()) *written_ += octets;
        return status;
    }
    // Where it cannot be, the file grows with what is appended; what is wrong shows there.
    void lengthen(std::uint64_t end, const IOOptions& options, IODebugContext* context) {
        constexpr std::uint64_t step = 512u << 10;
        static const std::string zeros(step, '\0');
        if (end <= length_ || !can_be_lengthened_) return;
        const std::uint64_t wanted = (end / step + 1) * step;
        can_be_lengthened_ =
            target()->PositionedAppend({zeros.data(), wanted - end}, end, options, context).ok();
        if (can_be_lengthened_) length_ = wanted;
    }

    const std::shared_ptr<Written> written_;
    std::uint64_t length_ = 0;
    bool can_be_lengthened_ = true;
};

class LengthenedLogs final : public rocksdb::FileSystemWrapper {
public:
    LengthenedLogs(const std::shared_ptr<rocksdb::FileSystem>& base, std::string directory)
        : FileSystemWrapper(base), directory_(std::move(directory)) {}
    const char* Name() const override { return "KontorLengthenedLogs"; }

    IOStatus NewWritableFile(const std::string& name, const FileOptions& options,
                             std::unique_ptr<FSWritableFile>* file,
                             IODebugContext* context) override {
        const IOStatus status = target()->NewWritableFile(name, options, file, context);
        if (status.ok() && is_log(name)) {
            auto written = std::make_shared<Written>(0);
            const std::lock_guard lock(mutex_);
            std::erase_if(open_, [](const auto& log) { return log.second.expired(); });
            open_[name] = written;
            *file = std::make_unique<LengthenedLog>(std::move(*file), std::move(written));
        }
        return status;
    }
    // A checkpoint copies a log that is open up to its size: the zeros behind what is written are
    // no part of it, as records may take their place while it copies.
    IOStatus GetFileSize(const std::string& name, const IOOptions& options, std::uint64_t* size,
                         IODebugContext* context) override {
        {
            const std::lock_guard lock(mutex_);
            const auto log = open_.find(name);
            if (const auto written = log == open_.end() ? nullptr : log->second.lock()) {
                *size = *written;
                return IOStatus::OK();
            }
        }
        return target()->GetFileSize(name, options, size, context);
    }

private:
    bool is_log(std::string_view name) const {
        return name.ends_with(".log") && name.substr(0, name.rfind('/')) == directory_;
    }

    const std::string directory_;
    std::mutex mutex_;
    std::map<std::string, std::weak_ptr<const Written>> open_;
};

}  // namespace

std::unique_ptr<rocksdb::Env> with_lengthened_logs(rocksdb::Env& base,
                                                   const std::string& directory) {
    return rocksdb::NewCompositeEnv(
        std::make_shared<LengthenedLogs>(base.GetFileSystem(), directory));
}

}  // namespace kontor
