// How promises are counted.
#include "domain/inventory/promises.h"

#include "domain/core/ensure.h"

#include <algorithm>
#include <ranges>
#include <set>

namespace kontor::inventory {

std::map<std::int64_t, Promise> available_to_promise(
    Wide on_hand, const std::map<std::int64_t, SupplyAndDemand>& moves) {
    std::map<std::int64_t, Promise> promises;
    Promise* supply = &promises[0];  // the last bucket that anything comes in
    supply->discrete = on_hand;
    for (const auto& [bucket, of_bucket] : moves) {
        Promise& promise = promises[bucket];
        if (bucket != 0 && of_bucket.receipts != 0) {
            promise.discrete = 0;
            supply = &promise;
        }
        *supply->discrete += of_bucket.receipts - of_bucket.orders;
    }
    // From the last on: what is missing is taken from what comes before.
    Wide missing = 0;
    for (auto& [bucket, promise] : promises | std::views::reverse) {
        if (!promise.discrete) continue;
        *promise.discrete -= missing;
        missing = 0;
        if (*promise.discrete < 0 && bucket != 0) {
            missing = -*promise.discrete;
            promise.discrete = 0;
        }
    }
    Wide sum = 0;
    for (auto& [bucket, promise] : promises) {
        sum += promise.discrete.value_or(0);
        promise.cumulative = sum;
    }
    return promises;
}

std::vector<PlannedMove> planned_moves(const std::vector<OpenLine>& lines,
                                       const std::vector<OpenReservation>& reservations,
                                       Date from) {
    std::vector<PlannedMove> moves;
    std::map<OrderLineRef, const OpenReservation*> of_order;
    for (const OpenReservation& each : reservations) of_order.emplace(each.order, &each);
    const auto needs = [&](const OrderLineRef& order, const std::optional<WarehouseCode>& warehouse,
                           Date day, std::int64_t quantity) {
        if (quantity > 0) moves.push_back({order, warehouse, std::max(day, from), -quantity});
    };
    for (const OpenLine& line : lines) {
        const Expectation& expected = line.expectation;
        const std::int64_t open = expected.open();
        if (line.way == ExpectedWay::in) {
            const Date comes = expected.confirmed.value_or(expected.day);
            if (open > 0 && comes >= from)
                moves.push_back({line.order, expected.warehouse, comes, open});
            continue;
        }
        const auto found = of_order.find(line.order);
        std::int64_t reserved = 0;
        if (found != of_order.end()) {
            const Reservation& reservation = found->second->reservation;
            reserved = reservation.quantity();
            needs(line.order, reservation.warehouse ? reservation.warehouse : expected.warehouse,
                  expected.day, reserved);
            of_order.erase(found);
        }
        needs(line.order, expected.warehouse, expected.day, open - reserved);
    }
    for (const auto& [order, each] : of_order)
        needs(order, each->reservation.warehouse, each->reservation.needed_on,
              each->reservation.quantity());
    return moves;
}

PromisePlan::PromisePlan(const FreeStock& free, const std::vector<PlannedMove>& planned,
                         const std::optional<WarehouseCode>& warehouse, Date first,
                         std::int64_t days_of_bucket) {
    ensure(days_of_bucket > 0, "a bucket has days");
    std::map<std::int64_t, SupplyAndDemand> of_all;
    const auto add = [](SupplyAndDemand& bucket, std::int64_t quantity) {
        (quantity > 0 ? bucket.receipts : bucket.orders) += quantity > 0 ? quantity : -quantity;
    };
    for (const PlannedMove& move : planned) {
        const std::int64_t bucket = (move.day - first) / days_of_bucket;
        add(of_all[bucket], move.quantity);
        if (!warehouse || move.warehouse == warehouse) add(moves_[bucket], move.quantity);
    }
    Wide in_all = 0;
    for (const auto& [where, quantity] : free) {
        in_all += quantity;
        if (!warehouse || where == *warehouse) on_hand_ += quantity;
    }
    own_ = available_to_promise(on_hand_, moves_);
    of_all_ = available_to_promise(in_all, of_all);
}

std::optional<Wide> PromisePlan::discrete(std::int64_t bucket) const {
    const auto found = own_.find(bucket);
    return found == own_.end() ? std::nullopt : found->second.discrete;
}

Wide PromisePlan::cumulative(std::int64_t bucket) const {
    const auto until = [&](const Buckets& buckets) {
        return std::prev(buckets.upper_bound(bucket))->second.cumulative;
    };
    return std::min(until(own_), until(of_all_));
}

SupplyAndDemand PromisePlan::moves(std::int64_t bucket) const {
    const auto found = moves_.find(bucket);
    return found == moves_.end() ? SupplyAndDemand{} : found->second;
}

std::optional<std::int64_t> PromisePlan::first_with(std::int64_t quantity) const {
    std::set<std::int64_t> buckets;
    for (const Buckets* of : {&own_, &of_all_})
        for (const auto& [bucket, promise] : *of) buckets.insert(bucket);
    const auto found = std::ranges::find_if(
        buckets, [&](std::int64_t bucket) { return cumulative(bucket) >= quantity; });
    return found == buckets.end() ? std::nullopt : std::optional(*found);
}

PromisePlan promise_plan(const World& world, const CompanyCode& company,
                         const items::ItemCode& item, const std::optional<WarehouseCode>& warehouse,
                         Date first, std::int64_t days_of_bucket) {
    std::vector<OpenLine> lines;
    for (const auto& [key, expectation] : open_expectations(world, company, item))
        lines.push_back({key.way, {key.order, key.line}, expectation});
    return {free_stock(world, company, item, first),
            planned_moves(lines, open_reservations(world, company, item, first), first), warehouse,
            first, days_of_bucket};
}

std::optional<Date> promised_day(const World& world, const CompanyCode& company,
                                 const items::ItemCode& item,
                                 const std::optional<WarehouseCode>& warehouse,
                                 const Quantity& quantity, Date from) {
    const auto bucket =
        promise_plan(world, company, item, warehouse, from, 1).first_with(quantity.micro);
    if (!bucket) return std::nullopt;
    return from + static_cast<int>(*bucket);
}

}  // namespace kontor::inventory
