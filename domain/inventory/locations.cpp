// How the tree of locations grows and changes.
#include "domain/inventory/locations.h"

namespace kontor::inventory {

namespace {

bool is_within(const World& world, const CompanyCode& company, const WarehouseCode& warehouse,
               std::optional<LocationCode> location, const LocationCode& above) {
    while (location) {
        if (*location == above) return true;
        location = world.of<Locations>().find({company, warehouse, *location})->parent;
    }
    return false;
}

}  // namespace

Objection fault_of_location(const World& world, const CompanyCode& company,
                            const WarehouseCode& warehouse, const LocationCode& code) {
    const Locations& locations = world.of<Locations>();
    const Location* location = locations.find({company, warehouse, code});
    if (!location) return location_unknown.about(warehouse, code);
    for (LocationCode at = code; location;
         at = *location->parent, location = locations.find({company, warehouse, at})) {
        if (location->blocked) return location_blocked.about(warehouse, at);
        if (!location->parent) break;
    }
    return {};
}

std::optional<LocationCode> default_location(const World& world, const CompanyCode& company,
                                             const WarehouseCode& warehouse) {
    const DefaultLocation* found = world.of<DefaultLocations>().find({company, warehouse});
    return found ? std::optional(found->location) : std::nullopt;
}

Decision<LocationDefined> decide(const World& world, const DefineLocation& define, const Context&) {
    if (!world.of<Warehouses>().find({define.company, define.warehouse}))
        return warehouse_unknown.about(define.warehouse);
    const Locations& locations = world.of<Locations>();
    if (locations.find({define.company, define.warehouse, define.location}))
        return location_exists.about(define.warehouse, define.location);
    if (define.parent && !locations.find({define.company, define.warehouse, *define.parent}))
        return location_unknown.about(define.warehouse, *define.parent);
    return LocationDefined{define.company, define.warehouse, define.location,
                           define.name,    define.kind,      define.parent};
}

Decision<LocationRenamed> decide(const World& world, const RenameLocation& rename, const Context&) {
    if (!world.of<Locations>().find({rename.company, rename.warehouse, rename.location}))
        return location_unknown.about(rename.warehouse, rename.location);
    return LocationRenamed{rename.company, rename.warehouse, rename.location, rename.name};
}

Decision<LocationMoved> decide(const World& world, const MoveLocation& move, const Context&) {
    const Locations& locations = world.of<Locations>();
    const Location* location = locations.find({move.company, move.warehouse, move.location});
    if (!location) return location_unknown.about(move.warehouse, move.location);
    if (move.parent && !locations.find({move.company, move.warehouse, *move.parent}))
        return location_unknown.about(move.warehouse, *move.parent);
    if (is_within(world, move.company, move.warehouse, move.parent, move.location))
        return location_below_itself.about(*move.parent);
    if (location->parent == move.parent) return location_stands_there.about(move.location);
    return LocationMoved{move.company, move.warehouse, move.location, move.parent};
}

Decision<LocationBlocked> decide(const World& world, const BlockLocation& block, const Context&) {
    const Location* location =
        world.of<Locations>().find({block.company, block.warehouse, block.location});
    if (!location) return location_unknown.about(block.warehouse, block.location);
    if (location->blocked) return location_blocked.about(block.warehouse, block.location);
    return LocationBlocked{block.company, block.warehouse, block.location};
}

Decision<LocationUnblocked> decide(const World& world, const UnblockLocation& unblock,
                                   const Context&) {
    const Location* location =
        world.of<Locations>().find({unblock.company, unblock.warehouse, unblock.location});
    if (!location) return location_unknown.about(unblock.warehouse, unblock.location);
    if (!location->blocked) return location_not_blocked.about(unblock.location);
    return LocationUnblocked{unblock.company, unblock.warehouse, unblock.location};
}

Decision<DefaultLocationSet> decide(const World& world, const SetDefaultLocation& set,
                                    const Context&) {
    if (!world.of<Warehouses>().find({set.company, set.warehouse}))
        return warehouse_unknown.about(set.warehouse);
    if (set.location)
        if (Objection fault = fault_of_location(world, set.company, set.warehouse, *set.location))
            return fault;
    if (default_location(world, set.company, set.warehouse) == set.location)
        return default_location_unchanged.about(set.warehouse);
    return DefaultLocationSet{set.company, set.warehouse, set.location};
}

void evolve(Locations& locations, const LocationDefined& defined) {
    locations.put({defined.company, defined.warehouse, defined.location}, {defined.parent, false});
}

void evolve(Locations& locations, const LocationMoved& moved) {
    locations.change({moved.company, moved.warehouse, moved.location},
                     [&](Location& location) { location.parent = moved.parent; });
}

void evolve(Locations& locations, const LocationBlocked& blocked) {
    locations.change({blocked.company, blocked.warehouse, blocked.location},
                     [](Location& location) { location.blocked = true; });
}

void evolve(Locations& locations, const LocationUnblocked& unblocked) {
    locations.change({unblocked.company, unblocked.warehouse, unblocked.location},
                     [](Location& location) { location.blocked = false; });
}

void evolve(DefaultLocations& defaults, const DefaultLocationSet& set) {
    if (set.location)
        defaults.put({set.company, set.warehouse}, {*set.location});
    else
        defaults.erase({set.company, set.warehouse});
}

Part locations() {
    return Part()
        .table<Locations>("inventory.locations")
        .table<DefaultLocations>("inventory.default_locations")
        .commands<DefineLocation, RenameLocation, MoveLocation, BlockLocation, UnblockLocation,
                  SetDefaultLocation>()
        .event<LocationDefined, Locations>()
        .event<LocationRenamed>()
        .event<LocationMoved, Locations>()
        .event<LocationBlocked, Locations>()
        .event<LocationUnblocked, Locations>()
        .event<DefaultLocationSet, DefaultLocations>();
}

}  // namespace kontor::inventory
