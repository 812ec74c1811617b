// How warehouses are opened, blocked and taken into use again.
#include "domain/inventory/warehouses.h"

namespace kontor::inventory {

Objection fault_of_warehouse(const World& world, const CompanyCode& company,
                             const WarehouseCode& code) {
    const Warehouse* warehouse = world.of<Warehouses>().find({company, code});
    if (!warehouse) return warehouse_unknown.about(code);
    if (warehouse->blocked) return warehouse_blocked.about(code);
    return {};
}

Decision<WarehouseOpened> decide(const World& world, const OpenWarehouse& open, const Context&) {
    if (!world.of<companies::Companies>().find(open.company))
        return companies::company_unknown.about(open.company);
    if (world.of<Warehouses>().find({open.company, open.warehouse}))
        return warehouse_exists.about(open.warehouse);
    return WarehouseOpened{open.company, open.warehouse, open.name};
}

Decision<WarehouseRenamed> decide(const World& world, const RenameWarehouse& rename,
                                  const Context&) {
    if (!world.of<Warehouses>().find({rename.company, rename.warehouse}))
        return warehouse_unknown.about(rename.warehouse);
    return WarehouseRenamed{rename.company, rename.warehouse, rename.name};
}

Decision<WarehouseBlocked> decide(const World& world, const BlockWarehouse& block, const Context&) {
    if (Objection fault = fault_of_warehouse(world, block.company, block.warehouse)) return fault;
    return WarehouseBlocked{block.company, block.warehouse};
}

Decision<WarehouseUnblocked> decide(const World& world, const UnblockWarehouse& unblock,
                                    const Context&) {
    const Warehouse* warehouse = world.of<Warehouses>().find({unblock.company, unblock.warehouse});
    if (!warehouse) return warehouse_unknown.about(unblock.warehouse);
    if (!warehouse->blocked) return warehouse_not_blocked.about(unblock.warehouse);
    return WarehouseUnblocked{unblock.company, unblock.warehouse};
}

void evolve(Warehouses& warehouses, const WarehouseOpened& opened) {
    warehouses.put({opened.company, opened.warehouse}, {});
}

void evolve(Warehouses& warehouses, const WarehouseBlocked& blocked) {
    warehouses.change({blocked.company, blocked.warehouse},
                      [](Warehouse& warehouse) { warehouse.blocked = true; });
}

void evolve(Warehouses& warehouses, const WarehouseUnblocked& unblocked) {
    warehouses.change({unblocked.company, unblocked.warehouse},
                      [](Warehouse& warehouse) { warehouse.blocked = false; });
}

Part warehouses() {
    return Part()
        .table<Warehouses>("inventory.warehouses")
        .commands<OpenWarehouse, RenameWarehouse, BlockWarehouse, UnblockWarehouse>()
        .event<WarehouseOpened, Warehouses>()
        .event<WarehouseRenamed>()
        .event<WarehouseBlocked, Warehouses>()
        .event<WarehouseUnblocked, Warehouses>();
}

}  // namespace kontor::inventory
