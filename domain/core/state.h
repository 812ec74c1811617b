// All that decisions remember: one table of each kind, kept or taken back together.
#pragma once

#include "domain/core/catalog.h"

#include <memory>
#include <vector>

namespace kontor {

class State {
public:
    // Paged tables hold everything until `page` of each says where their rows are.
    explicit State(const Catalog& catalog);

    const World& world() const { return world_; }
    // Folds one event into the tables that remember it.
    void evolve(const Catalog::Event& event, const void* value);
    void keep();
    void take_back();

    // In the order of the catalog.
    struct Named {
        const TableSpec* spec;
        std::unique_ptr<AnyTable> table;
    };
    const std::vector<Named>& tables() const { return tables_; }
    AnyTable* table(std::string_view name);
    // Rows changed since the last freeze, in all tables.
    std::size_t changed() const;
    // The rows that were frozen last are in a durable snapshot.
    void release();

private:
    void let_go();

    std::vector<Named> tables_;
    std::map<TableSlot, AnyTable*> by_slot_;
    std::vector<AnyTable*> touched_, paged_;
    World world_;
};

}  // namespace kontor
