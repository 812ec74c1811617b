// Where stock lies and what state it is in: the places that quantities are kept by.
#pragma once

#include "domain/inventory/locations.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace kontor::inventory {

struct LotThing {
    static constexpr Thing thing{"lot", {}};
};
using LotCode = Code<LotThing>;

enum class StockState : std::uint8_t { free, inspection, blocked, transit };

void describe(auto& choice, StockState) {
    choice.choice("StockState", "What may be done with stock.")
        .value("free", "It may be promised and used.")
        .value("inspection", "It is looked at before it may be used.")
        .value("blocked", "It is kept from use; it may be scrapped or sent back.")
        .value("transit", "It was sent and has not arrived: nobody has it in hand.");
}

// A bin, a lot and a state are parts of the place: what lies in one bin cannot be taken from
// another, nor can what is blocked be used, so none of them goes below zero by itself.
struct StockPlace {
    WarehouseCode warehouse;
    std::optional<LotCode> lot = std::nullopt;
    std::optional<LocationCode> location = std::nullopt;
    StockState state = StockState::free;

    auto operator<=>(const StockPlace&) const = default;
    static void describe(auto& record) {
        record.record("StockPlace", "Where a move takes place.")
            .field("warehouse", &StockPlace::warehouse, "The warehouse.")
            .field("lot", &StockPlace::lot, "The lot or serial number.")
            .field("location", &StockPlace::location,
                   "Where in the warehouse; of what is in transit, the transfer.")
            .field("state", &StockPlace::state, "What may be done with it.")
            .otherwise(StockState::free);
    }
};

// "warehouse MAIN, location A-01, lot L1, blocked"
std::string words_of(const StockPlace&);

// Whether what lies there may be promised and taken: it is free, and nothing blocks the way out.
bool can_be_taken(const World&, const CompanyCode&, const StockPlace&);

inline constexpr Reason stock_state_transit{
    Refusal::invalid, "stock_state_transit",
    "What is in transit is moved by the transfer that sent it, and by nothing else."};

// Where a line of a document takes place that names a warehouse and maybe a location; where it
// names none, in the warehouse's default location. Or why not: warehouse_unknown,
// warehouse_blocked, location_unknown, location_blocked or stock_state_transit.
Objection find_place(const World&, const CompanyCode&, const WarehouseCode&,
                     const std::optional<LocationCode>&, StockState, StockPlace&);

}  // namespace kontor::inventory
