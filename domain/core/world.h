// What a decision may look at: every table of every context, read-only.
#pragma once

#include "domain/core/ensure.h"

#include <unordered_map>

namespace kontor {

// Stands for a table type without its run-time type information.
using TableSlot = const char*;
template <class T>
inline constexpr char table_slot = 0;

class World {
public:
    // The one table of this type. Which contexts a file may look at is held by the tidy test.
    template <class T>
    const T& of() const {
        const auto table = tables_.find(&table_slot<T>);
        ensure(table != tables_.end(), "every table that is looked at is registered");
        return *static_cast<const T*>(table->second);
    }

    template <class T>
    World& show(const T& table) {
        tables_[&table_slot<T>] = &table;
        return *this;
    }
    void show(TableSlot slot, const void* table) { tables_[slot] = table; }

private:
    std::unordered_map<TableSlot, const void*> tables_;
};

}  // namespace kontor
