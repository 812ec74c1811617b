// How the tables of a program move together.
#include "domain/core/state.h"

#include <algorithm>

namespace kontor {

State::State(const Catalog& catalog) {
    for (const TableSpec& spec : catalog.tables()) {
        auto table = spec.make();
        by_slot_[spec.slot] = table.get();
        world_.show(spec.slot, spec.shown(*table));
        if (table->paged()) paged_.push_back(table.get());
        tables_.push_back({&spec, std::move(table)});
    }
}

void State::evolve(const Catalog::Event& event, const void* value) {
    for (const EventSpec::Fold& fold : event.spec->folds) {
        AnyTable* table = by_slot_.at(fold.slot);
        if (std::ranges::find(touched_, table) == touched_.end()) touched_.push_back(table);
        fold.evolve(*table, value);
    }
}

void State::keep() {
    for (AnyTable* table : touched_) table->keep();
    touched_.clear();
    let_go();
}

void State::take_back() {
    for (AnyTable* table : touched_) table->take_back();
    touched_.clear();
    let_go();
}

void State::let_go() {
    for (AnyTable* table : paged_) table->let_go();
}

AnyTable* State::table(std::string_view name) {
    for (const Named& named : tables_)
        if (named.spec->name == name) return named.table.get();
    return nullptr;
}

std::size_t State::changed() const {
    std::size_t changed = 0;
    for (const Named& named : tables_) changed += named.table->changed();
    return changed;
}

void State::release() {
    for (const Named& named : tables_) named.table->release();
}

}  // namespace kontor
