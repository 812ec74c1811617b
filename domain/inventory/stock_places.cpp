// How a place is found that a document names.
#include "domain/inventory/stock_places.h"

namespace kontor::inventory {

std::string words_of(const StockPlace& place) {
    std::string words = "warehouse " + place.warehouse.text;
    if (place.location) words += ", location " + place.location->text;
    if (place.lot) words += ", lot " + place.lot->text;
    switch (place.state) {
        case StockState::free: break;
        case StockState::inspection: words += ", in inspection"; break;
        case StockState::blocked: words += ", blocked"; break;
        case StockState::transit: words += ", in transit"; break;
    }
    return words;
}

bool can_be_taken(const World& world, const CompanyCode& company, const StockPlace& place) {
    return place.state == StockState::free &&
           !fault_of_warehouse(world, company, place.warehouse) &&
           !(place.location && fault_of_location(world, company, place.warehouse, *place.location));
}

Objection find_place(const World& world, const CompanyCode& company, const WarehouseCode& warehouse,
                     const std::optional<LocationCode>& location, StockState state,
                     StockPlace& place) {
    if (Objection fault = fault_of_warehouse(world, company, warehouse)) return fault;
    place.warehouse = warehouse;
    place.location = location ? location : default_location(world, company, warehouse);
    place.state = state;
    if (place.location)
        if (Objection fault = fault_of_location(world, company, warehouse, *place.location))
            return fault;
    if (state == StockState::transit) return stock_state_transit;
    return {};
}

}  // namespace kontor::inventory
