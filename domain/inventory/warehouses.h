// Where stock lies.
#pragma once

#include "domain/companies/companies.h"
#include "domain/core/catalog.h"
#include "domain/core/table.h"

#include <compare>
#include <string>

namespace kontor::inventory {

struct WarehouseThing {
    static constexpr Thing thing{"warehouse", "warehouses"};
};
using WarehouseCode = Code<WarehouseThing>;

inline constexpr Reason warehouse_exists{Refusal::conflict, "warehouse_exists",
                                         "The company has a warehouse with this code already."};
inline constexpr Reason warehouse_unknown{Refusal::missing, "warehouse_unknown",
                                          "The company has no warehouse with this code."};
inline constexpr Reason warehouse_blocked{
    Refusal::conflict, "warehouse_blocked",
    "Nothing more goes into the warehouse or out of it, until it is unblocked."};
inline constexpr Reason warehouse_not_blocked{Refusal::conflict, "warehouse_not_blocked",
                                              "The warehouse is not blocked."};

struct WarehouseOpened {
    CompanyCode company;
    WarehouseCode warehouse;
    std::string name;

    bool operator==(const WarehouseOpened&) const = default;
    static void describe(auto& event) {
        event.record("WarehouseOpened", "The company has one more warehouse.")
            .company(&WarehouseOpened::company)
            .stream(&WarehouseOpened::warehouse)
            .on_recorded_day()
            .field("company", &WarehouseOpened::company, "Whose it is.")
            .field("warehouse", &WarehouseOpened::warehouse, "Its code.")
            .field("name", &WarehouseOpened::name, "Its name.");
    }
};

struct WarehouseRenamed {
    CompanyCode company;
    WarehouseCode warehouse;
    std::string name;

    bool operator==(const WarehouseRenamed&) const = default;
    static void describe(auto& event) {
        event.record("WarehouseRenamed", "A warehouse is called otherwise.")
            .company(&WarehouseRenamed::company)
            .stream(&WarehouseRenamed::warehouse)
            .on_recorded_day()
            .field("company", &WarehouseRenamed::company, "Whose it is.")
            .field("warehouse", &WarehouseRenamed::warehouse, "Its code.")
            .field("name", &WarehouseRenamed::name, "Its new name.");
    }
};

struct WarehouseBlocked {
    CompanyCode company;
    WarehouseCode warehouse;

    bool operator==(const WarehouseBlocked&) const = default;
    static void describe(auto& event) {
        event.record("WarehouseBlocked", "Nothing more goes into a warehouse or out of it.")
            .company(&WarehouseBlocked::company)
            .stream(&WarehouseBlocked::warehouse)
            .on_recorded_day()
            .field("company", &WarehouseBlocked::company, "Whose it is.")
            .field("warehouse", &WarehouseBlocked::warehouse, "Its code.");
    }
};

struct WarehouseUnblocked {
    CompanyCode company;
    WarehouseCode warehouse;

    bool operator==(const WarehouseUnblocked&) const = default;
    static void describe(auto& event) {
        event.record("WarehouseUnblocked", "A warehouse is in use again.")
            .company(&WarehouseUnblocked::company)
            .stream(&WarehouseUnblocked::warehouse)
            .on_recorded_day()
            .field("company", &WarehouseUnblocked::company, "Whose it is.")
            .field("warehouse", &WarehouseUnblocked::warehouse, "Its code.");
    }
};

struct OpenWarehouse {
    CompanyCode company;
    WarehouseCode warehouse;
    std::string name;

    static void describe(auto& command) {
        command.record("OpenWarehouse", "Opens a place that stock lies in.")
            .company(&OpenWarehouse::company)
            .stream(&OpenWarehouse::warehouse)
            .example(R"({"company": "DEMO", "warehouse": "MAIN", "name": "Main warehouse"})")
            .field("company", &OpenWarehouse::company, "Whose it is.")
            .field("warehouse", &OpenWarehouse::warehouse, "A new code, such as \"MAIN\".")
            .field("name", &OpenWarehouse::name, "What it is called.")
            .shortest(1)
            .longest(200)
            .refuses(companies::company_unknown, warehouse_exists);
    }
};

struct RenameWarehouse {
    CompanyCode company;
    WarehouseCode warehouse;
    std::string name;

    static void describe(auto& command) {
        command.record("RenameWarehouse", "Gives a warehouse another name.")
            .company(&RenameWarehouse::company)
            .stream(&RenameWarehouse::warehouse)
            .example(R"({"company": "DEMO", "warehouse": "MAIN", "name": "Old town"})")
            .field("company", &RenameWarehouse::company, "Whose it is.")
            .field("warehouse", &RenameWarehouse::warehouse, "A warehouse of the company.")
            .field("name", &RenameWarehouse::name, "The new name.")
            .shortest(1)
            .longest(200)
            .refuses(warehouse_unknown);
    }
};

struct BlockWarehouse {
    CompanyCode company;
    WarehouseCode warehouse;

    static void describe(auto& command) {
        command
            .record("BlockWarehouse",
                    "Keeps documents from naming a warehouse. What lies there stays, and what "
                    "was moved there can still be corrected.")
            .company(&BlockWarehouse::company)
            .stream(&BlockWarehouse::warehouse)
            .example(R"({"company": "DEMO", "warehouse": "MAIN"})")
            .field("company", &BlockWarehouse::company, "Whose it is.")
            .field("warehouse", &BlockWarehouse::warehouse, "A warehouse of the company.")
            .refuses(warehouse_unknown, warehouse_blocked);
    }
};

struct UnblockWarehouse {
    CompanyCode company;
    WarehouseCode warehouse;

    static void describe(auto& command) {
        command.record("UnblockWarehouse", "Takes a warehouse into use again.")
            .company(&UnblockWarehouse::company)
            .stream(&UnblockWarehouse::warehouse)
            .example(R"({"company": "DEMO", "warehouse": "MAIN"})")
            .field("company", &UnblockWarehouse::company, "Whose it is.")
            .field("warehouse", &UnblockWarehouse::warehouse, "A blocked warehouse.")
            .refuses(warehouse_unknown, warehouse_not_blocked);
    }
};

struct WarehouseKey {
    CompanyCode company;
    WarehouseCode warehouse;

    auto operator<=>(const WarehouseKey&) const = default;
    static void describe(auto& key) {
        key.record("WarehouseKey", "A warehouse of a company.")
            .field("company", &WarehouseKey::company, "Whose it is.")
            .field("warehouse", &WarehouseKey::warehouse, "Its code.");
    }
};

struct Warehouse {
    bool blocked = false;

    static void describe(auto& record) {
        record.record("Warehouse", "What decisions need of a warehouse.")
            .field("blocked", &Warehouse::blocked, "Nothing goes into it or out of it.");
    }
};
using Warehouses = Table<WarehouseKey, Warehouse>;

// Why no document may name a warehouse: warehouse_unknown or warehouse_blocked.
Objection fault_of_warehouse(const World&, const CompanyCode&, const WarehouseCode&);

Decision<WarehouseOpened> decide(const World&, const OpenWarehouse&, const Context&);
Decision<WarehouseRenamed> decide(const World&, const RenameWarehouse&, const Context&);
Decision<WarehouseBlocked> decide(const World&, const BlockWarehouse&, const Context&);
Decision<WarehouseUnblocked> decide(const World&, const UnblockWarehouse&, const Context&);
void evolve(Warehouses&, const WarehouseOpened&);
void evolve(Warehouses&, const WarehouseBlocked&);
void evolve(Warehouses&, const WarehouseUnblocked&);

Part warehouses();

}  // namespace kontor::inventory
