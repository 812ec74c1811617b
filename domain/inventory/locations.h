// Locations: the zones, racks and bins of a warehouse, as a tree.
#pragma once

#include "domain/inventory/warehouses.h"

#include <optional>
#include <string>

namespace kontor::inventory {

struct LocationThing {
    static constexpr Thing thing{"location", "locations"};
};
using LocationCode = Code<LocationThing>;

enum class LocationKind : std::uint8_t { zone, rack, bin };

void describe(auto& choice, LocationKind) {
    choice.choice("LocationKind", "What a location is.")
        .value("zone", "A part of the warehouse: a hall, a cold store, a yard.")
        .value("rack", "Shelves of a zone.")
        .value("bin", "One place of a rack.");
}

inline constexpr Reason location_exists{Refusal::conflict, "location_exists",
                                        "The warehouse has a location with this code already."};
inline constexpr Reason location_unknown{Refusal::missing, "location_unknown",
                                         "The warehouse has no location with this code."};
inline constexpr Reason location_blocked{
    Refusal::conflict, "location_blocked",
    "Nothing more goes into the location or out of it, nor into what it is part of, until it is "
    "unblocked."};
inline constexpr Reason location_not_blocked{Refusal::conflict, "location_not_blocked",
                                             "The location itself is not blocked."};
inline constexpr Reason location_below_itself{Refusal::conflict, "location_below_itself",
                                              "A location is no part of itself."};
inline constexpr Reason location_stands_there{Refusal::conflict, "location_stands_there",
                                              "The location is a part of that already."};
inline constexpr Reason default_location_unchanged{
    Refusal::conflict, "default_location_unchanged",
    "Documents that name no location mean that one already."};

struct LocationDefined {
    CompanyCode company;
    WarehouseCode warehouse;
    LocationCode location;
    std::string name;
    LocationKind kind = LocationKind::bin;
    std::optional<LocationCode> parent;

    bool operator==(const LocationDefined&) const = default;
    static void describe(auto& event) {
        event.record("LocationDefined", "A warehouse has one more location.")
            .company(&LocationDefined::company)
            .stream(&LocationDefined::warehouse)
            .on_recorded_day()
            .field("company", &LocationDefined::company, "Whose it is.")
            .field("warehouse", &LocationDefined::warehouse, "The warehouse that it is in.")
            .field("location", &LocationDefined::location, "Its code.")
            .field("name", &LocationDefined::name, "Its name.")
            .field("kind", &LocationDefined::kind, "What it is.")
            .field("parent", &LocationDefined::parent, "What it is part of.");
    }
};

struct LocationRenamed {
    CompanyCode company;
    WarehouseCode warehouse;
    LocationCode location;
    std::string name;

    bool operator==(const LocationRenamed&) const = default;
    static void describe(auto& event) {
        event.record("LocationRenamed", "A location is called otherwise.")
            .company(&LocationRenamed::company)
            .stream(&LocationRenamed::warehouse)
            .on_recorded_day()
            .field("company", &LocationRenamed::company, "Whose it is.")
            .field("warehouse", &LocationRenamed::warehouse, "The warehouse that it is in.")
            .field("location", &LocationRenamed::location, "Its code.")
            .field("name", &LocationRenamed::name, "Its new name.");
    }
};

struct LocationMoved {
    CompanyCode company;
    WarehouseCode warehouse;
    LocationCode location;
    std::optional<LocationCode> parent;

    bool operator==(const LocationMoved&) const = default;
    static void describe(auto& event) {
        event
            .record("LocationMoved",
                    "A location is part of another one, with all that is below it.")
            .company(&LocationMoved::company)
            .stream(&LocationMoved::warehouse)
            .on_recorded_day()
            .field("company", &LocationMoved::company, "Whose it is.")
            .field("warehouse", &LocationMoved::warehouse, "The warehouse that it is in.")
            .field("location", &LocationMoved::location, "Its code.")
            .field("parent", &LocationMoved::parent, "What it is part of.");
    }
};

struct LocationBlocked {
    CompanyCode company;
    WarehouseCode warehouse;
    LocationCode location;

    bool operator==(const LocationBlocked&) const = default;
    static void describe(auto& event) {
        event.record("LocationBlocked", "Nothing more goes into a location or out of it.")
            .company(&LocationBlocked::company)
            .stream(&LocationBlocked::warehouse)
            .on_recorded_day()
            .field("company", &LocationBlocked::company, "Whose it is.")
            .field("warehouse", &LocationBlocked::warehouse, "The warehouse that it is in.")
            .field("location", &LocationBlocked::location, "Its code.");
    }
};

struct LocationUnblocked {
    CompanyCode company;
    WarehouseCode warehouse;
    LocationCode location;

    bool operator==(const LocationUnblocked&) const = default;
    static void describe(auto& event) {
        event.record("LocationUnblocked", "A location is in use again.")
            .company(&LocationUnblocked::company)
            .stream(&LocationUnblocked::warehouse)
            .on_recorded_day()
            .field("company", &LocationUnblocked::company, "Whose it is.")
            .field("warehouse", &LocationUnblocked::warehouse, "The warehouse that it is in.")
            .field("location", &LocationUnblocked::location, "Its code.");
    }
};

struct DefaultLocationSet {
    CompanyCode company;
    WarehouseCode warehouse;
    std::optional<LocationCode> location;

    bool operator==(const DefaultLocationSet&) const = default;
    static void describe(auto& event) {
        event.record("DefaultLocationSet", "Where goods lie whose document names no location.")
            .company(&DefaultLocationSet::company)
            .stream(&DefaultLocationSet::warehouse)
            .on_recorded_day()
            .field("company", &DefaultLocationSet::company, "Whose it is.")
            .field("warehouse", &DefaultLocationSet::warehouse, "The warehouse that it is in.")
            .field("location", &DefaultLocationSet::location, "The location; absent: none.");
    }
};

struct DefineLocation {
    CompanyCode company;
    WarehouseCode warehouse;
    LocationCode location;
    std::string name;
    LocationKind kind = LocationKind::bin;
    std::optional<LocationCode> parent;

    static void describe(auto& command) {
        command.record("DefineLocation", "Adds a zone, a rack or a bin to a warehouse.")
            .company(&DefineLocation::company)
            .stream(&DefineLocation::warehouse)
            .example(R"({"company": "DEMO", "warehouse": "SHOP", "location": "SHELF", "name":
                "Shelf by the door", "kind": "rack"})")
            .field("company", &DefineLocation::company, "Whose it is.")
            .field("warehouse", &DefineLocation::warehouse, "A warehouse of the company.")
            .field("location", &DefineLocation::location,
                   "A code that is new in the warehouse, such as \"A-01\".")
            .field("name", &DefineLocation::name, "What it is called.")
            .shortest(1)
            .longest(200)
            .field("kind", &DefineLocation::kind, "What it is.")
            .field("parent", &DefineLocation::parent,
                   "What it is part of. Absent: of the warehouse alone.")
            .refuses(warehouse_unknown, location_exists, location_unknown);
    }
};

struct RenameLocation {
    CompanyCode company;
    WarehouseCode warehouse;
    LocationCode location;
    std::string name;

    static void describe(auto& command) {
        command.record("RenameLocation", "Gives a location another name.")
            .company(&RenameLocation::company)
            .stream(&RenameLocation::warehouse)
            .example(R"({"company": "DEMO", "warehouse": "SHOP", "location": "SHELF", "name":
                "Shelf by the window"})")
            .field("company", &RenameLocation::company, "Whose it is.")
            .field("warehouse", &RenameLocation::warehouse, "A warehouse of the company.")
            .field("location", &RenameLocation::location, "A location of the warehouse.")
            .field("name", &RenameLocation::name, "The new name.")
            .shortest(1)
            .longest(200)
            .refuses(location_unknown);
    }
};

struct MoveLocation {
    CompanyCode company;
    WarehouseCode warehouse;
    LocationCode location;
    std::optional<LocationCode> parent;

    static void describe(auto& command) {
        command
            .record("MoveLocation",
                    "Makes a location a part of another one, with all that is below "
                    "it. What lay in it before that day is still found where it was "
                    "then.")
            .company(&MoveLocation::company)
            .stream(&MoveLocation::warehouse)
            .example(R"({"company": "DEMO", "warehouse": "SHOP", "location": "SHELF", "parent":
                "HALL"})")
            .field("company", &MoveLocation::company, "Whose it is.")
            .field("warehouse", &MoveLocation::warehouse, "A warehouse of the company.")
            .field("location", &MoveLocation::location, "A location of the warehouse.")
            .field("parent", &MoveLocation::parent,
                   "What it is part of. Absent: of the warehouse alone.")
            .refuses(location_unknown, location_below_itself, location_stands_there);
    }
};

struct BlockLocation {
    CompanyCode company;
    WarehouseCode warehouse;
    LocationCode location;

    static void describe(auto& command) {
        command
            .record("BlockLocation",
                    "Keeps documents from naming a location and what is below it. "
                    "What lies there stays, and is promised to nobody.")
            .company(&BlockLocation::company)
            .stream(&BlockLocation::warehouse)
            .example(R"({"company": "DEMO", "warehouse": "SHOP", "location": "SHELF"})")
            .field("company", &BlockLocation::company, "Whose it is.")
            .field("warehouse", &BlockLocation::warehouse, "A warehouse of the company.")
            .field("location", &BlockLocation::location, "A location of the warehouse.")
            .refuses(location_unknown, location_blocked);
    }
};

struct UnblockLocation {
    CompanyCode company;
    WarehouseCode warehouse;
    LocationCode location;

    static void describe(auto& command) {
        command.record("UnblockLocation", "Takes a location into use again.")
            .company(&UnblockLocation::company)
            .stream(&UnblockLocation::warehouse)
            .example(R"({"company": "DEMO", "warehouse": "SHOP", "location": "SHELF"})")
            .field("company", &UnblockLocation::company, "Whose it is.")
            .field("warehouse", &UnblockLocation::warehouse, "A warehouse of the company.")
            .field("location", &UnblockLocation::location, "A location of the warehouse.")
            .refuses(location_unknown, location_not_blocked);
    }
};

struct SetDefaultLocation {
    CompanyCode company;
    WarehouseCode warehouse;
    std::optional<LocationCode> location;

    static void describe(auto& command) {
        command
            .record("SetDefaultLocation",
                    "Says where goods lie whose document names a warehouse and no "
                    "location.")
            .company(&SetDefaultLocation::company)
            .stream(&SetDefaultLocation::warehouse)
            .example(R"({"company": "DEMO", "warehouse": "SHOP", "location": "SHELF"})")
            .field("company", &SetDefaultLocation::company, "Whose it is.")
            .field("warehouse", &SetDefaultLocation::warehouse, "A warehouse of the company.")
            .field("location", &SetDefaultLocation::location,
                   "A location of the warehouse. Absent: in no location of it.")
            .refuses(warehouse_unknown, location_unknown, location_blocked,
                     default_location_unchanged);
    }
};

struct LocationKey {
    CompanyCode company;
    WarehouseCode warehouse;
    LocationCode location;

    auto operator<=>(const LocationKey&) const = default;
    static void describe(auto& key) {
        key.record("LocationKey", "A location of a warehouse.")
            .field("company", &LocationKey::company, "Whose it is.")
            .field("warehouse", &LocationKey::warehouse, "The warehouse that it is in.")
            .field("location", &LocationKey::location, "Its code.");
    }
};

struct Location {
    std::optional<LocationCode> parent;
    bool blocked = false;

    static void describe(auto& record) {
        record.record("Location", "What decisions need of a location.")
            .field("parent", &Location::parent, "What it is part of.")
            .field("blocked", &Location::blocked, "Nothing goes into it or out of it.");
    }
};

using Locations = Table<LocationKey, Location>;

struct DefaultLocation {
    LocationCode location;

    static void describe(auto& record) {
        record.record("DefaultLocation", "Where goods lie whose document names no location.")
            .field("location", &DefaultLocation::location, "The location.");
    }
};

using DefaultLocations = Table<WarehouseKey, DefaultLocation>;

// Why no document may name a location: location_unknown or location_blocked, by itself or by what
// it is part of.
Objection fault_of_location(const World&, const CompanyCode&, const WarehouseCode&,
                            const LocationCode&);
std::optional<LocationCode> default_location(const World&, const CompanyCode&,
                                             const WarehouseCode&);

Decision<LocationDefined> decide(const World&, const DefineLocation&, const Context&);
Decision<LocationRenamed> decide(const World&, const RenameLocation&, const Context&);
Decision<LocationMoved> decide(const World&, const MoveLocation&, const Context&);
Decision<LocationBlocked> decide(const World&, const BlockLocation&, const Context&);
Decision<LocationUnblocked> decide(const World&, const UnblockLocation&, const Context&);
Decision<DefaultLocationSet> decide(const World&, const SetDefaultLocation&, const Context&);
void evolve(Locations&, const LocationDefined&);
void evolve(Locations&, const LocationMoved&);
void evolve(Locations&, const LocationBlocked&);
void evolve(Locations&, const LocationUnblocked&);
void evolve(DefaultLocations&, const DefaultLocationSet&);

Part locations();

}  // namespace kontor::inventory
