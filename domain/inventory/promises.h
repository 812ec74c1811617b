// Available to promise: what of stock and of what is to come is not promised yet, by the day.
//
// One definition for all who ask. Discrete: the first bucket has what is on hand with its receipts,
// less what is needed before the next receipt; a later one with receipts has these, less what is
// needed before the next; what is less than nothing is taken from the buckets before it. The sums
// from the first on are then what can be promised for each bucket, as what is needed later has been
// looked at. (APICS, available-to-promise: discrete, cumulative with look-ahead.)
#pragma once

#include "domain/inventory/reservations.h"

#include <map>
#include <optional>
#include <vector>

namespace kontor::inventory {

// What comes and goes in a bucket, millionths.
struct SupplyAndDemand {
    Wide receipts = 0;
    Wide orders = 0;
};
struct Promise {
    std::optional<Wide> discrete;  // none in a bucket that nothing comes in, but for the first
    Wide cumulative = 0;           // below zero: so much is promised that will not be there
    bool operator==(const Promise&) const = default;
};
// By number of the bucket, from 0 on; buckets where nothing happens may be left out, the first
// is always answered.
std::map<std::int64_t, Promise> available_to_promise(
    Wide on_hand, const std::map<std::int64_t, SupplyAndDemand>&);

// Something that is to come or to go, whole or in part.
struct PlannedMove {
    OrderLineRef order;
    std::optional<WarehouseCode> warehouse;
    Date day;
    std::int64_t quantity = 0;  // millionths, above zero comes
    bool operator==(const PlannedMove&) const = default;
};
struct OpenLine {
    ExpectedWay way = ExpectedWay::in;
    OrderLineRef order;
    Expectation expectation;
};
// What is to come and to go from a day on. What should have come before it comes on the day that
// was confirmed anew, else nobody counts on it; what should have gone is needed at once. A
// reservation is part of its order: a line needs what is open of it, or what is reserved for it
// where that is more.
std::vector<PlannedMove> planned_moves(const std::vector<OpenLine>&,
                                       const std::vector<OpenReservation>&, Date from);

// By buckets of so many days from the first day on, in one warehouse or in all. Of one warehouse no
// more can be promised than of all, as what is needed in any may be taken there.
class PromisePlan {
public:
    PromisePlan(const FreeStock&, const std::vector<PlannedMove>&,
                const std::optional<WarehouseCode>&, Date first, std::int64_t days_of_bucket);

    std::optional<Wide> discrete(std::int64_t bucket) const;
    Wide cumulative(std::int64_t bucket) const;
    SupplyAndDemand moves(std::int64_t bucket) const;
    Wide on_hand() const { return on_hand_; }
    // The first bucket from which on so much can be promised; empty where that is never.
    std::optional<std::int64_t> first_with(std::int64_t quantity) const;

private:
    using Buckets = std::map<std::int64_t, Promise>;

    std::map<std::int64_t, SupplyAndDemand> moves_;  // of what is asked for
    Buckets own_, of_all_;
    Wide on_hand_ = 0;
};

PromisePlan promise_plan(const World&, const CompanyCode&, const items::ItemCode&,
                         const std::optional<WarehouseCode>&, Date first,
                         std::int64_t days_of_bucket);
// The first day from `from` on for which a quantity in the base unit can be promised; empty where
// not even all that is expected is enough.
std::optional<Date> promised_day(const World&, const CompanyCode&, const items::ItemCode&,
                                 const std::optional<WarehouseCode>&, const Quantity&, Date from);

}  // namespace kontor::inventory
