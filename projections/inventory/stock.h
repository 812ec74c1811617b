// Stock: how much lies where, what it is worth, and the card of an item with every move.
#pragma once

#include "domain/inventory/landed_costs.h"
#include "domain/inventory/stock_moves.h"
#include "projections/described_rows.h"
#include "projections/inventory/stock_queries.h"
#include "projections/projection.h"
#include "projections/two_time_totals.h"

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace kontor::inventory {

struct ListedWarehouse {
    WarehouseCode warehouse;
    std::string name;
    bool blocked = false;

    bool operator==(const ListedWarehouse&) const = default;
    static void describe(auto& row) {
        row.record("ListedWarehouse", "A warehouse.")
            .field("warehouse", &ListedWarehouse::warehouse, "Its code.")
            .field("name", &ListedWarehouse::name, "Its name.")
            .field("blocked", &ListedWarehouse::blocked, "Nothing goes into it or out of it.");
    }
};

struct WarehouseList {
    CompanyCode company;

    static void describe(auto& query) {
        query.record("warehouses", "The company's warehouses, by code.")
            .company(&WarehouseList::company)
            .field("company", &WarehouseList::company, "Whose.")
            .template answers<ListedWarehouse>(Times::known_at);
    }
};

struct StockAtPlace {
    items::ItemCode item;
    WarehouseCode warehouse;
    std::optional<LocationCode> location;
    std::optional<LotCode> lot;
    StockState state = StockState::free;
    Quantity quantity;

    bool operator==(const StockAtPlace&) const = default;
    static void describe(auto& row) {
        row.record("StockAtPlace", "Stock of an item at a place.")
            .field("item", &StockAtPlace::item, "The item.")
            .field("warehouse", &StockAtPlace::warehouse, "The warehouse.")
            .field("location", &StockAtPlace::location,
                   "Where in it; of what is in transit, the transfer.")
            .field("lot", &StockAtPlace::lot, "The lot or serial number.")
            .field("state", &StockAtPlace::state, "What may be done with it.")
            .field("quantity", &StockAtPlace::quantity, "In the item's base unit.");
    }
};

struct StockOnHand {
    CompanyCode company;
    std::optional<items::ItemCode> item;
    std::optional<WarehouseCode> warehouse;
    std::optional<LocationCode> location;
    std::optional<LotCode> lot;
    std::optional<StockState> state;

    static void describe(auto& query) {
        query
            .record("stock_on_hand",
                    "What lies where at the end of the day `valid_at`, by item, warehouse, lot, "
                    "location and state; places with nothing are left out.")
            .company(&StockOnHand::company)
            .field("company", &StockOnHand::company, "Whose stock.")
            .field("item", &StockOnHand::item, "Only of this item.")
            .field("warehouse", &StockOnHand::warehouse, "Only in this warehouse.")
            .field("location", &StockOnHand::location,
                   "Only in this location and what was part of it on that day.")
            .field("lot", &StockOnHand::lot, "Only of this lot or serial number.")
            .field("state", &StockOnHand::state, "Only in this state.")
            .template answers<StockAtPlace>(Times::both);
    }
};

struct ValuedStock {
    items::ItemCode item;
    Quantity quantity;
    Money posted;
    Money replayed;

    bool operator==(const ValuedStock&) const = default;
    static void describe(auto& row) {
        row.record("ValuedStock", "What stock of an item is worth.")
            .field("item", &ValuedStock::item, "The item.")
            .field("quantity", &ValuedStock::quantity, "What there is, in its base unit.")
            .field("posted", &ValuedStock::posted,
                   "What its account of stock has, by days of entries.")
            .field("replayed", &ValuedStock::replayed,
                   "What it is worth by the days on which it moved. It is what is posted, unless "
                   "a late fact was posted in a later period that was open.");
    }
};

struct StockTotals {
    Money posted;
    Money replayed;

    bool operator==(const StockTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("StockTotals", "Of all items that are asked for.")
            .field("posted", &StockTotals::posted, "By days of entries.")
            .field("replayed", &StockTotals::replayed, "By days on which it moved.");
    }
};

struct StockValue {
    CompanyCode company;
    std::optional<items::ItemCode> item;

    static void describe(auto& query) {
        query
            .record("stock_value", "What stock is worth at the end of the day `valid_at`, by item.")
            .company(&StockValue::company)
            .field("company", &StockValue::company, "Whose stock.")
            .field("item", &StockValue::item, "Only this item.")
            .template answers<ValuedStock>(Times::both)
            .template totals<StockTotals>();
    }
};

struct CardLine {
    std::optional<StockDocumentId> document;
    std::optional<std::int64_t> line;
    Date date;
    StockDocumentKind kind = StockDocumentKind::receipt;
    std::string text;
    std::optional<StockPlace> place;
    Quantity quantity;
    Money value;
    Quantity quantity_after;
    Money value_after;

    bool operator==(const CardLine&) const = default;
    static void describe(auto& row) {
        row.record("CardLine", "A move of an item, with what there is after it.")
            .field("document", &CardLine::document,
                   "The document; absent: a standard or a formula.")
            .field("line", &CardLine::line, "Number of its line.")
            .field("date", &CardLine::date, "When it moved.")
            .field("kind", &CardLine::kind, "What the document tells.")
            .field("text", &CardLine::text, "What it says.")
            .field("place", &CardLine::place, "Where it moved, if it did.")
            .field("quantity", &CardLine::quantity, "In the base unit; above zero is in.")
            .field("value", &CardLine::value, "What stock is worth more by it.")
            .field("quantity_after", &CardLine::quantity_after, "What there is after it.")
            .field("value_after", &CardLine::value_after, "What that is worth.");
    }
};

struct StockCard {
    CompanyCode company;
    items::ItemCode item;

    static void describe(auto& query) {
        query
            .record("stock_card",
                    "Every move of an item in business order up to `valid_at`, valued as the "
                    "moves were known at `known_at`. Where stock is costed by warehouse or lot, "
                    "one after the other.")
            .company(&StockCard::company)
            .field("company", &StockCard::company, "Whose stock.")
            .field("item", &StockCard::item, "The item.")
            .template answers<CardLine>(Times::both);
    }
};

class StockModel {
public:
    explicit StockModel(const Place& place)
        : warehouses_(place.table(1)),
          moves_(place.table(2)),
          series_(place.table(3)),
          bases_(place.table(6)),
          unmatched_(place.table(7)),
          quantities_(place.table(4), 1),
          values_(place.table(5), 1),
          replayed_(place.table(8), 1),
          moved_(place.table(9), 3),
          newest_(place.table(10)) {}

    void on(const companies::CompanyCreated&, const Recorded&);
    void on(const WarehouseOpened&, const Recorded&);
    void on(const WarehouseRenamed&, const Recorded&);
    void on(const WarehouseBlocked&, const Recorded&);
    void on(const WarehouseUnblocked&, const Recorded&);
    void on(const StockMoved&, const Recorded&);
    void on(const StockLineCorrected&, const Recorded&);
    void on(const StockDocumentReversed&, const Recorded&);
    void on(const StockRevalued&, const Recorded&);
    void on(const LandedCostAdded&, const Recorded&);
    void on(const LandedCostWithdrawn&, const Recorded&);
    void answer(const WarehouseList&, const AsOf&, Page<ListedWarehouse>&) const;
    void answer(const StockOnHand&, const AsOf&, Page<StockAtPlace>&) const;
    void answer(const StockValue&, const AsOf&, Page<ValuedStock>&) const;
    void answer(const StockCard&, const AsOf&, Page<CardLine>&) const;
    void answer(const StockReconciliation&, const AsOf&, Page<ReconciledStock>&) const;
    void answer(const UnmatchedReturns&, const AsOf&, Page<UnmatchedReturn>&) const;
    void answer(const StockAgeing&, const AsOf&, Page<AgedStock>&) const;

    // Items of which anything ever moved, in order; whether this is one, and then its base unit.
    std::vector<items::ItemCode> items_of(const AsOf&, const CompanyCode&) const;
    bool has_moved(const AsOf&, const CompanyCode&, const items::ItemCode&) const;
    Unit unit_of(const AsOf&, const CompanyCode&, const items::ItemCode&) const;
    // Whether nothing goes into a warehouse or out of it, as is known.
    bool is_blocked(const AsOf&, const CompanyCode&, const WarehouseCode&) const;
    // What of an item lies where at the corner, in the order of places.
    void each_place(const AsOf&, const CompanyCode&, const items::ItemCode&,
                    const std::function<void(const StockPlace&, std::int64_t)>&) const;

private:
    struct WarehouseRowKey {
        CompanyCode company;
        WarehouseCode warehouse;
        static void describe(auto& key) {
            key.record("ListedWarehouseKey", "A warehouse of a company.")
                .field("company", &WarehouseRowKey::company, "Whose.")
                .field("warehouse", &WarehouseRowKey::warehouse, "Its code.");
        }
    };
    struct CompanyKey {
        CompanyCode company;
        static void describe(auto& key) {
            key.record("CompanyOfStockKey", "A company.")
                .field("company", &CompanyKey::company, "Its code.");
        }
    };
    struct ItemKey {
        CompanyCode company;
        items::ItemCode item;
        static void describe(auto& key) {
            key.record("StockedItemKey", "An item of a company.")
                .field("company", &ItemKey::company, "Whose.")
                .field("item", &ItemKey::item, "Its code.");
        }
    };
    struct PlaceKey {
        CompanyCode company;
        items::ItemCode item;
        StockPlace place;
        static void describe(auto& key) {
            key.record("StockAtPlaceKey", "An item at a place.")
                .field("company", &PlaceKey::company, "Whose.")
                .field("item", &PlaceKey::item, "Which item.")
                .field("place", &PlaceKey::place, "Where.");
        }
    };
    struct SeriesRowKey {
        CompanyCode company;
        items::ItemCode item;
        std::optional<WarehouseCode> area;
        std::optional<LotCode> lot;
        static void describe(auto& key) {
            key.record("CostedStockKey", "Stock that has one cost.")
                .field("company", &SeriesRowKey::company, "Whose.")
                .field("item", &SeriesRowKey::item, "Of which item.")
                .field("area", &SeriesRowKey::area, "In which area; absent: everywhere.")
                .field("lot", &SeriesRowKey::lot, "Of which lot.");
        }
    };
    struct MoveKey {
        CompanyCode company;
        items::ItemCode item;
        std::optional<WarehouseCode> area;
        std::optional<LotCode> lot;
        MoveOrder at;
        static void describe(auto& key) {
            key.record("MoveOfItemKey", "A move of stock that has one cost.")
                .field("company", &MoveKey::company, "Whose.")
                .field("item", &MoveKey::item, "Of which item.")
                .field("area", &MoveKey::area, "In which area; absent: everywhere.")
                .field("lot", &MoveKey::lot, "Of which lot.")
                .field("at", &MoveKey::at, "Its place in business order.");
        }
    };
    struct MoveOfItem {
        MoveOrder at;
        StockDocumentKind kind = StockDocumentKind::receipt;
        std::string text;
        MovedLine line;
        static void describe(auto& row) {
            row.record("MoveOfItem", "A move of an item.")
                .field("at", &MoveOfItem::at, "Its place in business order.")
                .field("kind", &MoveOfItem::kind, "What the document tells.")
                .field("text", &MoveOfItem::text, "What it says.")
                .field("line", &MoveOfItem::line, "The line.");
        }
    };
    struct ReturnKey {
        CompanyCode company;
        Date date;
        StockDocumentId document;
        std::int64_t line = 0;
        static void describe(auto& key) {
            key.record("UnmatchedReturnKey", "A line of a return.")
                .field("company", &ReturnKey::company, "Whose.")
                .field("date", &ReturnKey::date, "When it came back.")
                .field("document", &ReturnKey::document, "The document.")
                .field("line", &ReturnKey::line, "Number of the line.");
        }
    };
    struct NewestMove {
        Date day;
        static void describe(auto& row) {
            row.record("NewestMove", "When stock that has one cost moved last.")
                .field("day", &NewestMove::day,
                       "The day; or a later one, of moves that are taken back.");
        }
    };
    struct CompanyCurrency {
        Currency currency;
        static void describe(auto& row) {
            row.record("CurrencyOfStock", "What stock is valued in.")
                .field("currency", &CompanyCurrency::currency, "The company's base currency.");
        }
    };
    // Moves of stock that has one cost, with what they did, and steps between them.
    struct ReplayedMove {
        std::optional<MoveOfItem> line;  // of steps none
        Move move;
        Effect effect;
    };
    struct Replayed {
        SeriesKey series;
        Unit unit;
        std::vector<ReplayedMove> moves;
    };
    static MoveKey key_of(const CompanyCode&, const MoveOrder&, const MovedLine&);
    void change(const Recorded&, const CompanyCode&, const LineEdit&) const;
    void match(const Recorded&, const CompanyCode&, const LineEdit&, StockDocumentKind) const;
    void post(const Recorded&, const CompanyCode&, const std::vector<StockEntryLine>&) const;
    std::vector<Replayed> replayed(const AsOf&, const CompanyCode&, const items::ItemCode&) const;
    // By keys that begin so, each with the sums that it has at the corner.
    using Sums = std::map<std::string, std::vector<std::int64_t>, std::less<>>;
    static Sums sums_of(const TwoTimeTotals&, const AsOf&, const std::string& begins_with);
    // What lies of stock that has one cost, by how long it has lain.
    std::vector<std::int64_t> lain_of(const AsOf&, const std::string& key, Date on,
                                      std::int64_t all, std::int64_t came,
                                      const std::vector<std::int64_t>& bounds) const;
    Date newest_of(const AsOf&, const SeriesRowKey&, std::int64_t moves) const;
    std::map<SeriesKey, std::int64_t> values_of(const AsOf&, const CompanyCode&,
                                                const items::ItemCode&) const;
    Currency currency_of(const AsOf&, const CompanyCode&) const;

    DescribedRows<WarehouseRowKey, ListedWarehouse> warehouses_;
    DescribedRows<MoveKey, MoveOfItem> moves_;
    DescribedRows<SeriesRowKey, MovedLine> series_;  // as the line that it began with says
    DescribedRows<CompanyKey, CompanyCurrency> bases_;
    DescribedRows<ReturnKey, UnmatchedReturn> unmatched_;
    TwoTimeTotals quantities_;
    TwoTimeTotals values_;    // by days of entries
    TwoTimeTotals replayed_;  // by days of moves
    // By stock that has one cost: what came, what came less what went, and how many moves; what
    // only lies elsewhere is one that brings nothing.
    TwoTimeTotals moved_;
    DescribedRows<SeriesRowKey, NewestMove> newest_;
};

ReadModelSpec stock();

}  // namespace kontor::inventory
