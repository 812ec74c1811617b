// The seam to the read-model database: ordered rows of bytes, snapshots of them, and batches.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace kontor {

// A place among the rows, in the order of their keys as unsigned bytes. It belongs to one thread
// and must not outlive what it was asked from. `key` and `value` stay readable until it is moved.
// All calls throw StorageBroken when the database cannot be read.
class RowCursor {
public:
    virtual ~RowCursor() = default;
    virtual void seek(std::string_view key) = 0;           // to the first row at or after the key
    virtual void seek_for_prev(std::string_view key) = 0;  // to the last row at or before the key
    virtual void next() = 0;                               // only when valid
    virtual void prev() = 0;                               // only when valid
    virtual bool valid() const = 0;                        // false beyond either end
    virtual std::string_view key() const = 0;              // only when valid
    virtual std::string_view value() const = 0;            // only when valid
};

// Rows as they are. While nobody changes them they may be read by many threads at once.
class RowReader {
public:
    virtual ~RowReader() = default;
    // False when there is no such row; `value` is then left in an unspecified state.
    virtual bool get(std::string_view key, std::string& value) const = 0;
    // Placed nowhere (not valid) until it is told to seek. It is asked for rows whose keys begin
    // with `within`; others may be there or not. So what was erased beside them is not walked over.
    virtual std::unique_ptr<RowCursor> cursor(std::string_view within) const = 0;
};

// Rows that can be changed; reads see what was put and erased before. A cursor that was made
// before a change is no longer to be used after it.
class RowWriter : public RowReader {
public:
    virtual void put(std::string_view key, std::string_view value) = 0;
    virtual void erase(std::string_view key) = 0;
    // The row's value, to be changed where it lies until the commit; empty when there was no such
    // row, and then it is one from now on. For rows that grow by a few octets again and again: what
    // is there is neither read nor copied for each of them.
    virtual std::string& row_to_change(std::string_view key) = 0;
};

// Changes that reach the database together. Dropped without a commit, it leaves nothing.
class RowBatch : public RowWriter {
public:
    // Writes all changes at once: after a crash all of them are there or none. Then the batch is
    // empty and goes on from what it wrote.
    virtual void commit() = 0;
    // How many rows were put or erased since the last commit, and about how many bytes they take.
    virtual std::size_t changed_rows() const = 0;
    virtual std::size_t changed_bytes() const = 0;
};

// The read-model database. Snapshots may be asked for from any thread; everything else belongs to
// one writer. It may have several batches open; each must be the only one that changes a row which
// it read, until it is dropped.
class RowStore {
public:
    virtual ~RowStore() = default;
    // All rows as of the last commit, for as long as somebody holds it.
    virtual std::shared_ptr<const RowReader> snapshot() const = 0;
    // The store must outlive the batch.
    virtual std::unique_ptr<RowBatch> begin() = 0;
    // Erases every row whose key begins so, in bounded batches: after a crash some may be left and
    // the call is to be repeated.
    virtual void erase_prefix(std::string_view prefix) = 0;
    // Writes a copy that can be opened as a database of its own; the directory must not exist yet.
    virtual void checkpoint(const std::filesystem::path& directory) = 0;
    // Makes durable what was committed. Without it a crash may lose the last commits, never the
    // order of them.
    virtual void sync() = 0;
    // Syncs and lets go of the database; only snapshots may still be used, and the database is
    // closed when the last of them is dropped.
    virtual void close() = 0;
};

}  // namespace kontor
