// How the write-ahead logs of RocksDB are lengthened ahead of what is written to them.
#include "eventstore/rocks_log_files.h"

#include <algorithm>
#include <string>

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

class LengthenedLog final : public rocksdb::FSWritableFileOwnerWrapper {
public:
    explicit LengthenedLog(std::unique_ptr<FSWritableFile> file)
        : FSWritableFileOwnerWrapper(std::move(file)) {}

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
        written_ = length_ = size;
        return target()->Truncate(size, options, context);
    }
    // Somebody may be copying it: it is not cut, and is deleted soon. The file itself would set its
    // length by what it was told to write.
    IOStatus Close(const IOOptions& options, IODebugContext* context) override {
        if (length_ > written_) {
            const IOStatus kept = target()->Truncate(length_, options, context);
            if (!kept.ok()) return kept;
        }
        return target()->Close(options, context);
    }
    std::uint64_t GetFileSize(const IOOptions&, IODebugContext*) override { return written_; }

private:
    template <class Write>
    IOStatus appended(std::size_t octets, const IOOptions& options, IODebugContext* context,
                      const Write& write) {
        lengthen(written_ + octets, options, context);
        const IOStatus status = write();
        if (status.ok()) written_ += octets;
        return status;
    }
    // Where it cannot be, the file grows with what is appended; what is wrong shows there.
    void lengthen(std::uint64_t end, const IOOptions& options, IODebugContext* context) {
        constexpr std::uint64_t step = 512u << 10;
        static const std::string zeros(step, '\0');
        if (end <= length_ || !can_be_lengthened_) return;
        const std::uint64_t wanted = (end / step + 1) * step;
        for (std::uint64_t from = std::max(end, length_); from < wanted;) {
            const Slice part(zeros.data(), std::min(step, wanted - from));
            can_be_lengthened_ = target()->PositionedAppend(part, from, options, context).ok();
            if (!can_be_lengthened_) return;
            from += part.size();
        }
        length_ = wanted;
    }

    std::uint64_t written_ = 0, length_ = 0;
    bool can_be_lengthened_ = true;
};

class LengthenedLogs final : public rocksdb::FileSystemWrapper {
public:
    using FileSystemWrapper::FileSystemWrapper;
    const char* Name() const override { return "KontorLengthenedLogs"; }

    IOStatus NewWritableFile(const std::string& name, const FileOptions& options,
                             std::unique_ptr<FSWritableFile>* file,
                             IODebugContext* context) override {
        const IOStatus status = target()->NewWritableFile(name, options, file, context);
        if (status.ok() && name.ends_with(".log"))
            *file = std::make_unique<LengthenedLog>(std::move(*file));
        return status;
    }
};

}  // namespace

std::unique_ptr<rocksdb::Env> with_lengthened_logs(rocksdb::Env& base) {
    return rocksdb::NewCompositeEnv(std::make_shared<LengthenedLogs>(base.GetFileSystem()));
}

}  // namespace kontor
