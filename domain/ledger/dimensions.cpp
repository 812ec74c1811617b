// How dimensions and their values come and go.
#include "domain/ledger/dimensions.h"

#include "domain/core/catalog.h"

#include <set>

namespace kontor::ledger {

Decision<DimensionDefined> decide(const World& world, const DefineDimension& define,
                                  const Context&) {
    if (!world.of<companies::Companies>().find(define.company))
        return companies::company_unknown.about(define.company);
    if (world.of<Dimensions>().find({define.company, define.dimension}))
        return dimension_exists.about(define.dimension);
    return DimensionDefined{define.company, define.dimension, define.name, define.values};
}

Decision<DimensionValuesAdded> decide(const World& world, const AddDimensionValues& add,
                                      const Context&) {
    if (!world.of<Dimensions>().find({add.company, add.dimension}))
        return dimension_unknown.about(add.dimension);
    std::set<DimensionValueCode> listed;
    for (const NamedValue& added : add.values) {
        if (!listed.insert(added.value).second) return dimension_value_exists.about(added.value);
        if (world.of<DimensionValues>().find({add.company, add.dimension, added.value}))
            return dimension_value_exists.about(added.value);
    }
    return DimensionValuesAdded{add.company, add.dimension, add.values};
}

Decision<DimensionValueBlocked> decide(const World& world, const BlockDimensionValue& block,
                                       const Context&) {
    const DimensionValue* value =
        world.of<DimensionValues>().find({block.company, block.dimension, block.value});
    if (!value) return dimension_value_unknown.about(block.dimension, block.value);
    if (value->blocked) return dimension_value_blocked.about(block.dimension, block.value);
    return DimensionValueBlocked{block.company, block.dimension, block.value};
}

Decision<DimensionValueUnblocked> decide(const World& world, const UnblockDimensionValue& unblock,
                                         const Context&) {
    const DimensionValue* value =
        world.of<DimensionValues>().find({unblock.company, unblock.dimension, unblock.value});
    if (!value) return dimension_value_unknown.about(unblock.dimension, unblock.value);
    if (!value->blocked) return dimension_value_not_blocked.about(unblock.dimension, unblock.value);
    return DimensionValueUnblocked{unblock.company, unblock.dimension, unblock.value};
}

void evolve(Dimensions& dimensions, const DimensionDefined& defined) {
    dimensions.put({defined.company, defined.dimension}, {defined.values});
}

void evolve(DimensionValues& values, const DimensionValuesAdded& added) {
    for (const NamedValue& value : added.values)
        values.put({added.company, added.dimension, value.value}, {});
}

void evolve(DimensionValues& values, const DimensionValueBlocked& blocked) {
    values.change({blocked.company, blocked.dimension, blocked.value},
                  [](DimensionValue& value) { value.blocked = true; });
}

void evolve(DimensionValues& values, const DimensionValueUnblocked& unblocked) {
    values.change({unblocked.company, unblocked.dimension, unblocked.value},
                  [](DimensionValue& value) { value.blocked = false; });
}

Part dimensions() {
    return Part()
        .table<Dimensions>("ledger.dimensions")
        .table<DimensionValues>("ledger.dimension_values")
        .commands<DefineDimension, AddDimensionValues, BlockDimensionValue, UnblockDimensionValue>()
        .event<DimensionDefined, Dimensions>()
        .event<DimensionValuesAdded, DimensionValues>()
        .event<DimensionValueBlocked, DimensionValues>()
        .event<DimensionValueUnblocked, DimensionValues>();
}

}  // namespace kontor::ledger
