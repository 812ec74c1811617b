// Availability: where stock can be, what is promised of it, and what can be promised still.
#pragma once

#include "domain/inventory/reorder_rules.h"
#include "domain/inventory/transfers.h"
#include "projections/described_rows.h"
#include "projections/projection.h"
#include "projections/two_time_totals.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kontor::inventory {

struct ListedLocation {
    WarehouseCode warehouse;
    LocationCode location;
    std::string name;
    LocationKind kind = LocationKind::bin;
    std::optional<LocationCode> parent;
    bool blocked = false;

    bool operator==(const ListedLocation&) const = default;
    static void describe(auto& row) {
        row.record("ListedLocation", "A location of a warehouse.")
            .field("warehouse", &ListedLocation::warehouse, "The warehouse.")
            .field("location", &ListedLocation::location, "Its code.")
            .field("name", &ListedLocation::name, "Its name.")
            .field("kind", &ListedLocation::kind, "What it is.")
            .field("parent", &ListedLocation::parent, "What it is part of.")
            .field("blocked", &ListedLocation::blocked, "Nothing goes into it or out of it.");
    }
};

struct LocationList {
    CompanyCode company;
    std::optional<WarehouseCode> warehouse;

    static void describe(auto& query) {
        query
            .record("locations",
                    "Zones, racks and bins by warehouse and code, as the tree was "
                    "on the day `valid_at`.")
            .company(&LocationList::company)
            .field("company", &LocationList::company, "Whose.")
            .field("warehouse", &LocationList::warehouse, "Only of this warehouse.")
            .template answers<ListedLocation>(Times::both);
    }
};

struct ListedLot {
    items::ItemCode item;
    LotCode lot;
    std::optional<Date> expires;
    Quantity quantity;

    bool operator==(const ListedLot&) const = default;
    static void describe(auto& row) {
        row.record("ListedLot", "A lot or a serial number of which something is there.")
            .field("item", &ListedLot::item, "The item.")
            .field("lot", &ListedLot::lot, "The lot or serial number.")
            .field("expires", &ListedLot::expires, "The last day that it keeps; absent: for good.")
            .field("quantity", &ListedLot::quantity, "What there is of it, wherever it lies.");
    }
};

struct LotList {
    CompanyCode company;
    std::optional<items::ItemCode> item;
    std::optional<Date> expires_until;

    static void describe(auto& query) {
        query
            .record("lots",
                    "Lots of which something is there at the end of the day "
                    "`valid_at`, and how long they keep.")
            .company(&LotList::company)
            .field("company", &LotList::company, "Whose.")
            .field("item", &LotList::item, "Only of this item.")
            .field("expires_until", &LotList::expires_until, "Only what keeps until then at most.")
            .template answers<ListedLot>(Times::both);
    }
};

struct ExpectedLine {
    OrderReference order;
    std::int64_t line = 0;
    items::ItemCode item;
    ExpectedWay way = ExpectedWay::in;
    std::optional<WarehouseCode> warehouse;
    Quantity ordered;
    Quantity moved;
    Quantity open;
    Date day;
    std::optional<Date> confirmed;

    bool operator==(const ExpectedLine&) const = default;
    static void describe(auto& row) {
        row.record("ExpectedLine", "What is to come or to go by a line of an order.")
            .field("order", &ExpectedLine::order, "The order.")
            .field("line", &ExpectedLine::line, "Its line.")
            .field("item", &ExpectedLine::item, "The item.")
            .field("way", &ExpectedLine::way, "Whether it is to come or to go.")
            .field("warehouse", &ExpectedLine::warehouse, "Where; absent: anywhere.")
            .field("ordered", &ExpectedLine::ordered, "In all.")
            .field("moved", &ExpectedLine::moved, "What of it has come or gone.")
            .field("open", &ExpectedLine::open, "What is still to.")
            .field("day", &ExpectedLine::day, "When.")
            .field("confirmed", &ExpectedLine::confirmed, "The new day that was confirmed.");
    }
};

struct ExpectedStock {
    CompanyCode company;
    std::optional<items::ItemCode> item;
    std::optional<ExpectedWay> way;

    static void describe(auto& query) {
        query
            .record("expected_stock",
                    "What lines of orders let come and go that are not done at the "
                    "end of the day `valid_at`, by item.")
            .company(&ExpectedStock::company)
            .field("company", &ExpectedStock::company, "Whose.")
            .field("item", &ExpectedStock::item, "Only of this item.")
            .field("way", &ExpectedStock::way, "Only what comes, or only what goes.")
            .template answers<ExpectedLine>(Times::both);
    }
};

struct ListedReservation {
    OrderReference order;
    std::int64_t line = 0;
    items::ItemCode item;
    std::optional<WarehouseCode> warehouse;
    Date needed_on;
    Quantity reserved;
    Quantity covered;
    Quantity missing;

    bool operator==(const ListedReservation&) const = default;
    static void describe(auto& row) {
        row.record("ListedReservation",
                   "What is promised to a line of an order, and what of it is "
                   "there.")
            .field("order", &ListedReservation::order, "The order.")
            .field("line", &ListedReservation::line, "Its line.")
            .field("item", &ListedReservation::item, "The item.")
            .field("warehouse", &ListedReservation::warehouse, "Where; absent: anywhere.")
            .field("needed_on", &ListedReservation::needed_on, "When it is needed.")
            .field("reserved", &ListedReservation::reserved, "What is promised.")
            .field("covered", &ListedReservation::covered, "What of it is there.")
            .field("missing", &ListedReservation::missing, "What has lost its cover.");
    }
};

struct ReservationList {
    CompanyCode company;
    std::optional<items::ItemCode> item;
    std::optional<bool> missing_only;
    Date on;

    static void describe(auto& query) {
        query
            .record("reservations",
                    "What is promised to whom, with what of it is covered by what "
                    "is free at the end of the day `valid_at`: first promised, "
                    "first covered.")
            .company(&ReservationList::company)
            .field("company", &ReservationList::company, "Whose.")
            .field("item", &ReservationList::item, "Only of this item.")
            .field("missing_only", &ReservationList::missing_only,
                   "Only where something has lost its cover.")
            .field("on", &ReservationList::on, "The day for which lots must keep.")
            .template answers<ListedReservation>(Times::both);
    }
};

struct PromisedBucket {
    Date from;
    Date until;
    Quantity receipts;
    Quantity orders;
    std::optional<Quantity> discrete;
    Quantity cumulative;

    bool operator==(const PromisedBucket&) const = default;
    static void describe(auto& row) {
        row.record("PromisedBucket", "What can be promised of an item in a span of days.")
            .field("from", &PromisedBucket::from, "Its first day.")
            .field("until", &PromisedBucket::until, "Its last day.")
            .field("receipts", &PromisedBucket::receipts, "What is to come in it.")
            .field("orders", &PromisedBucket::orders, "What is needed in it.")
            .field("discrete", &PromisedBucket::discrete,
                   "What of its own supply is promised to nobody; absent where "
                   "nothing comes.")
            .field("cumulative", &PromisedBucket::cumulative,
                   "What can be promised until then without taking it from "
                   "anybody; below zero: so much is promised that will not be "
                   "there.");
    }
};

struct AvailableToPromise {
    CompanyCode company;
    items::ItemCode item;
    std::optional<WarehouseCode> warehouse;
    Date from;
    std::int64_t days = 1;
    std::int64_t spans = 28;

    static void describe(auto& query) {
        query
            .record("available_to_promise",
                    "What of an item can still be promised, by spans of days: of "
                    "what is on hand at the end of the day `valid_at`, what is to "
                    "come and what is needed. Overdue receipts count on the day "
                    "that was confirmed anew, or not at all.")
            .company(&AvailableToPromise::company)
            .field("company", &AvailableToPromise::company, "Whose.")
            .field("item", &AvailableToPromise::item, "The item.")
            .field("warehouse", &AvailableToPromise::warehouse,
                   "Only in this warehouse; what may be taken anywhere is then "
                   "left for others.")
            .field("from", &AvailableToPromise::from, "The first day: today, for a promise of now.")
            .field("days", &AvailableToPromise::days, "Days of a span: 1, or 7 for weeks.")
            .otherwise(std::int64_t{1})
            .least(1)
            .most(366)
            .field("spans", &AvailableToPromise::spans, "How many spans.")
            .otherwise(std::int64_t{28})
            .least(1)
            .most(1'000)
            .template answers<PromisedBucket>(Times::both);
    }
};

struct ProposedPick {
    WarehouseCode warehouse;
    std::optional<LocationCode> location;
    std::optional<LotCode> lot;
    std::optional<Date> expires;
    Quantity quantity;

    bool operator==(const ProposedPick&) const = default;
    static void describe(auto& row) {
        row.record("ProposedPick", "What to take of an item, and where.")
            .field("warehouse", &ProposedPick::warehouse, "The warehouse.")
            .field("location", &ProposedPick::location, "Where in it.")
            .field("lot", &ProposedPick::lot, "The lot or serial number.")
            .field("expires", &ProposedPick::expires, "The last day that it keeps.")
            .field("quantity", &ProposedPick::quantity, "How much.");
    }
};

struct PickProposal {
    CompanyCode company;
    items::ItemCode item;
    std::optional<WarehouseCode> warehouse;
    Date on;
    std::optional<Quantity> quantity;

    static void describe(auto& query) {
        query
            .record("pick_proposal",
                    "What to take of an item for an issue: what expires first, "
                    "first; nothing expired, nothing that is not free.")
            .company(&PickProposal::company)
            .field("company", &PickProposal::company, "Whose.")
            .field("item", &PickProposal::item, "The item.")
            .field("warehouse", &PickProposal::warehouse, "Only in this warehouse.")
            .field("on", &PickProposal::on, "The day of the issue.")
            .field("quantity", &PickProposal::quantity,
                   "How much, in the base unit. Absent: all that there is.")
            .template answers<ProposedPick>(Times::both);
    }
};

struct ProposedOrder {
    items::ItemCode item;
    std::optional<WarehouseCode> warehouse;
    Quantity position;
    Quantity point;
    Quantity quantity;
    Date comes;

    bool operator==(const ProposedOrder&) const = default;
    static void describe(auto& row) {
        row.record("ProposedOrder", "What is to be ordered of an item.")
            .field("item", &ProposedOrder::item, "The item.")
            .field("warehouse", &ProposedOrder::warehouse, "For which warehouse; absent: for any.")
            .field("position", &ProposedOrder::position,
                   "What there is, with all that comes and less what is needed "
                   "until an order would come.")
            .field("point", &ProposedOrder::point, "At that or below it is ordered.")
            .field("quantity", &ProposedOrder::quantity, "What is to be ordered.")
            .field("comes", &ProposedOrder::comes, "When it comes if it is ordered on that day.");
    }
};

struct ReorderProposal {
    CompanyCode company;
    Date on;
    std::optional<items::ItemCode> item;

    static void describe(auto& query) {
        query
            .record("reorder_proposal",
                    "What is to be ordered by the reorder rules, of items that are "
                    "at their points or below.")
            .company(&ReorderProposal::company)
            .field("company", &ReorderProposal::company, "Whose.")
            .field("on", &ReorderProposal::on, "The day of the order.")
            .field("item", &ReorderProposal::item, "Only of this item.")
            .template answers<ProposedOrder>(Times::both);
    }
};

class AvailabilityModel {
public:
    explicit AvailabilityModel(const Place& place)
        : locations_(place.table(1)),
          lots_(place.table(2)),
          expected_(place.table(3)),
          reservations_(place.table(4)),
          rules_(place.table(5)),
          moved_(place.table(6), 1) {}

    void on(const LocationDefined&, const Recorded&);
    void on(const LocationRenamed&, const Recorded&);
    void on(const LocationMoved&, const Recorded&);
    void on(const LocationBlocked&, const Recorded&);
    void on(const LocationUnblocked&, const Recorded&);
    void on(const LotExpirySet&, const Recorded&);
    void on(const StockExpected&, const Recorded&);
    void on(const ExpectationDropped&, const Recorded&);
    void on(const StockReserved&, const Recorded&);
    void on(const ReservationChanged&, const Recorded&);
    void on(const ReservationReleased&, const Recorded&);
    void on(const ReorderRuleSet&, const Recorded&);
    void on(const ReorderRuleWithdrawn&, const Recorded&);
    void on(const StockMoved&, const Recorded&);
    void on(const StockLineCorrected&, const Recorded&);
    void on(const StockDocumentReversed&, const Recorded&);
    void answer(const LocationList&, const AsOf&, Page<ListedLocation>&) const;
    void answer(const LotList&, const AsOf&, Page<ListedLot>&) const;
    void answer(const ExpectedStock&, const AsOf&, Page<ExpectedLine>&) const;
    void answer(const ReservationList&, const AsOf&, Page<ListedReservation>&) const;
    void answer(const AvailableToPromise&, const AsOf&, Page<PromisedBucket>&) const;
    void answer(const PickProposal&, const AsOf&, Page<ProposedPick>&) const;
    void answer(const ReorderProposal&, const AsOf&, Page<ProposedOrder>&) const;

    // Whether a location is the other one or lies below it, as the tree was.
    bool is_within(const AsOf&, const CompanyCode&, const WarehouseCode&, LocationCode,
                   const LocationCode& above) const;

private:
    struct LocationRowKey {
        CompanyCode company;
        WarehouseCode warehouse;
        LocationCode location;

        static void describe(auto& row) {
            row.record("ListedLocationKey", "A location of a warehouse.")
                .field("company", &LocationRowKey::company, "Whose.")
                .field("warehouse", &LocationRowKey::warehouse, "Where.")
                .field("location", &LocationRowKey::location, "Its code.");
        }
    };

    struct LotRowKey {
        CompanyCode company;
        items::ItemCode item;
        LotCode lot;

        static void describe(auto& row) {
            row.record("ListedLotKey", "A lot of an item.")
                .field("company", &LotRowKey::company, "Whose.")
                .field("item", &LotRowKey::item, "Of which item.")
                .field("lot", &LotRowKey::lot, "Which lot.");
        }
    };

    struct LotRow {
        std::optional<Date> received;
        bool is_set = false;
        std::optional<Date> set;

        std::optional<Date> expires() const { return is_set ? set : received; }
        static void describe(auto& row) {
            row.record("LotThatKeeps", "How long a lot keeps.")
                .field("received", &LotRow::received, "As its receipts say.")
                .field("is_set", &LotRow::is_set, "It was said apart from them.")
                .field("set", &LotRow::set, "And then, until when.");
        }
    };

    struct LineKey {
        CompanyCode company;
        items::ItemCode item;
        ExpectedWay way = ExpectedWay::in;
        OrderReference order;
        std::int64_t line = 0;

        static void describe(auto& row) {
            row.record("ExpectedLineKey", "An item of a line of an order.")
                .field("company", &LineKey::company, "Whose.")
                .field("item", &LineKey::item, "Which item.")
                .field("way", &LineKey::way, "Which way.")
                .field("order", &LineKey::order, "Which order.")
                .field("line", &LineKey::line, "Which line.");
        }
    };

    struct LineRow {
        items::ItemCode item;
        ExpectedWay way = ExpectedWay::in;
        OrderReference order;
        std::int64_t line = 0;
        std::optional<WarehouseCode> warehouse;
        Quantity ordered;
        Date day;
        std::optional<Date> confirmed;

        static void describe(auto& row) {
            row.record("ExpectedLineRow", "What a line of an order lets come or go.")
                .field("item", &LineRow::item, "The item.")
                .field("way", &LineRow::way, "Which way.")
                .field("order", &LineRow::order, "The order.")
                .field("line", &LineRow::line, "Its line.")
                .field("warehouse", &LineRow::warehouse, "Where.")
                .field("ordered", &LineRow::ordered, "In all.")
                .field("day", &LineRow::day, "When.")
                .field("confirmed", &LineRow::confirmed, "The day that was confirmed.");
        }
    };

    struct PromiseKey {
        CompanyCode company;
        items::ItemCode item;
        OrderReference order;
        std::int64_t line = 0;

        static void describe(auto& row) {
            row.record("PromisedLineKey", "An item that is promised to a line.")
                .field("company", &PromiseKey::company, "Whose.")
                .field("item", &PromiseKey::item, "Which item.")
                .field("order", &PromiseKey::order, "Which order.")
                .field("line", &PromiseKey::line, "Which line.");
        }
    };

    struct PromiseRow {
        items::ItemCode item;
        Unit unit;
        OrderReference order;
        std::int64_t line = 0;
        Reservation reservation;

        static void describe(auto& row) {
            row.record("PromisedLineRow", "What is promised to a line.")
                .field("item", &PromiseRow::item, "The item.")
                .field("unit", &PromiseRow::unit, "Its base unit.")
                .field("order", &PromiseRow::order, "The order.")
                .field("line", &PromiseRow::line, "Its line.")
                .field("reservation", &PromiseRow::reservation, "The promise.");
        }
    };

    struct RuleKey {
        CompanyCode company;
        items::ItemCode item;
        std::optional<WarehouseCode> warehouse;

        static void describe(auto& row) {
            row.record("ReorderedItemKey", "An item that is reordered.")
                .field("company", &RuleKey::company, "Whose.")
                .field("item", &RuleKey::item, "Which item.")
                .field("warehouse", &RuleKey::warehouse, "Where.");
        }
    };

    struct RuleRow {
        items::ItemCode item;
        std::optional<WarehouseCode> warehouse;
        Unit unit;
        ReorderRule rule;

        static void describe(auto& row) {
            row.record("ReorderedItem", "How an item is reordered.")
                .field("item", &RuleRow::item, "The item.")
                .field("warehouse", &RuleRow::warehouse, "Where.")
                .field("unit", &RuleRow::unit, "Its base unit.")
                .field("rule", &RuleRow::rule, "The rule.");
        }
    };

    struct ItemAtCorner {
        const AsOf& as_of;
        const CompanyCode& company;
        const items::ItemCode& item;
    };
    void fold(const Recorded&, const CompanyCode&, const std::vector<LineEdit>&) const;
    void use_up(const Recorded&, const StockMoved&) const;
    bool can_be_taken(const AsOf&, const CompanyCode&, const StockPlace&) const;
    std::optional<Date> expiry_of(const ItemAtCorner&, const StockPlace&) const;
    std::vector<KeptStock> kept_stock(const ItemAtCorner&) const;
    FreeStock free_stock(const ItemAtCorner&, Date) const;
    std::vector<OpenReservation> reservations_of(const ItemAtCorner&, const FreeStock&) const;
    std::vector<OpenLine> lines_of(const ItemAtCorner&) const;
    std::int64_t moved_by(const AsOf&, const CompanyCode&, const LineRow&) const;

    DescribedRows<LocationRowKey, ListedLocation> locations_;
    DescribedRows<LotRowKey, LotRow> lots_;
    DescribedRows<LineKey, LineRow> expected_;
    DescribedRows<PromiseKey, PromiseRow> reservations_;
    DescribedRows<RuleKey, RuleRow> rules_;
    TwoTimeTotals moved_;
};

ReadModelSpec availability();

}  // namespace kontor::inventory
