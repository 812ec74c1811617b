// What settles what, to the cent: rates, early discounts, differences.
#include "domain/settlement/allocating.h"

#include "domain/core/catalog.h"
#include "domain/parties/dealings.h"
#include "domain/settlement/cash_taxes.h"
#include "domain/settlement/early_payment.h"

#include <algorithm>

namespace kontor::settlement {

namespace {

SettledPart part_of(const KeptItem& item, const OpenItemId& id, std::int64_t number, Money amount) {
    const KeptInstalment& instalment = item.instalments.at(static_cast<std::size_t>(number - 1));
    return {id,
            number,
            item.side,
            item.direction,
            item.counterparty,
            item.account,
            instalment.due,
            amount,
            base_of(instalment, amount),
            item.contract,
            item.kind};
}

// So much of the item's currency for one of the other.
ExactRate rate_between(Money item, Money by) {
    ExactRate rate{item.minor, by.minor};
    for (int digit = 0; digit < minor_digits(by.currency); ++digit) rate.numerator *= 10;
    for (int digit = 0; digit < minor_digits(item.currency); ++digit) rate.denominator *= 10;
    return rate;
}

ExactRate inverse(const ExactRate& rate) { return {rate.denominator, rate.numerator}; }

}  // namespace

struct Allocating::Limit {
    std::optional<Money> left;      // of what settles; none: all of it
    std::optional<ExactRate> rate;  // of the item's currency for one of what settles
};

Allocating::Allocating(const World& world, const CompanyCode& company,
                       const AllocationId& allocation, Date day, Date posted)
    : world_(world),
      company_(company),
      allocation_(allocation),
      day_(day),
      posted_(posted),
      rules_(*world.of<SettlementRulesTable>().find(company)),
      base_(world.of<companies::Companies>().find(company)->base_currency) {}

void Allocating::add(const OpenItemId& id, KeptItem item) { items_.emplace(id, std::move(item)); }

KeptItem* Allocating::find(const OpenItemId& id) {
    if (const auto found = items_.find(id); found != items_.end()) return &found->second;
    const KeptItem* item = world_.of<OpenItems>().find({company_, id});
    return item ? &items_.emplace(id, *item).first->second : nullptr;
}

const KeptItem& Allocating::item(const OpenItemId& id) const { return items_.at(id); }

Objection Allocating::find_settled(const OpenItemId& by_id, const AllocationAsk& ask,
                                   OpenItemId& id) {
    const KeptItem& by = *find(by_id);
    if (ask.item.has_value() == ask.document.has_value()) return item_not_named;
    if (ask.item) {
        id = *ask.item;
    } else {
        const bool of_supplier = by.side == ItemSide::payable;
        const ItemDocument* found = world_.of<ItemDocuments>().find(
            {company_, by.side, ItemKind::invoice,
             of_supplier ? by.counterparty : parties::CounterpartyCode{}, *ask.document});
        if (!found) return open_item_unknown.about(*ask.document);
        id = found->item;
    }
    const KeptItem* item = find(id);
    if (!item) return open_item_unknown.about(id);
    if (item->reversed) return open_item_reversed.about(id);
    if (item->direction == by.direction) return items_owed_alike.about(id);
    if (parties::resolved(world_, company_, item->counterparty) !=
        parties::resolved(world_, company_, by.counterparty))
        return counterparty_differs.about(item->counterparty, by.counterparty);
    if (posted_ < item->date) return allocated_before_item.about(id, item->date);
    if (posted_ < by.date) return allocated_before_item.about(by_id, by.date);
    const auto instalments = static_cast<std::int64_t>(item->instalments.size());
    if (ask.instalment && *ask.instalment > instalments)
        return instalment_unknown.about(id, *ask.instalment);
    return {};
}

Objection Allocating::find_limit(const KeptItem& item, const KeptItem& by, const AllocationAsk& ask,
                                 Limit& limit) {
    const auto unfit = [](const std::optional<Money>& said, Currency currency) {
        return said && (said->currency != currency || said->minor <= 0);
    };
    if (unfit(ask.amount, by.amount.currency)) return allocation_not_positive.about(*ask.amount);
    if (unfit(ask.clears, item.amount.currency)) return allocation_not_positive.about(*ask.clears);
    limit.left = ask.amount;
    if (item.amount.currency == by.amount.currency) {
        if (!limit.left) limit.left = ask.clears;
        return {};
    }
    if (ask.amount && ask.clears) {
        limit.rate = rate_between(*ask.clears, *ask.amount);
        return {};
    }
    const ledger::RateType type = ledger::policy_of(world_, company_).rate_type;
    const auto found =
        ledger::rate_on(world_, company_, type, by.amount.currency, item.amount.currency, day_);
    if (!found) return exchange_rate_unknown.about(by.amount.currency, item.amount.currency, day_);
    limit.rate = found->rate;
    if (ask.clears) limit.left = converted(*ask.clears, inverse(found->rate), by.amount.currency);
    return {};
}

void Allocating::add_exchange(AllocatedPart& part) const {
    Wide beyond = Wide{part.by.base.minor} - part.settled.base.minor;
    for (const Deduction& deduction : part.deductions) beyond += deduction.base.minor;
    // What is received beyond what was booked is a gain, what is paid beyond it a loss.
    const auto gain =
        static_cast<std::int64_t>(part.settled.direction == ledger::Side::debit ? beyond : -beyond);
    part.exchange = {gain, base_};
    if (gain != 0)
        part.exchange_account =
            gain > 0 ? rules_.accounts.exchange_gains : rules_.accounts.exchange_losses;
}

void Allocating::add_taxes(AllocatedPart& part, const KeptItem& item, const OpenItemId& id,
                           ItemKind settled_by, Money settled,
                           std::span<const AllocatedSpell> before,
                           std::span<const TaxMove> deducted) const {
    const ledger::AccountCode* written_off =
        settled_by == ItemKind::write_off ? &rules_.accounts.write_offs : nullptr;
    for (TaxMove& move :
         taxes_due_by(world_, company_, item, id, before, settled, deducted, written_off))
        part.taxes.push_back(std::move(move));
}

void Allocating::settle_by(const OpenItemId& id, std::int64_t instalment, const OpenItemId& by_id,
                           std::int64_t by_instalment, const AllocationAsk& ask, Limit& limit) {
    KeptItem& item = *find(id);
    KeptItem& by = *find(by_id);
    const Money room = room_on(item, instalment, posted_);
    Money offered = room_on(by, by_instalment, posted_);
    if (limit.left && limit.left->minor < offered.minor) offered = *limit.left;
    if (room.minor <= 0 || offered.minor <= 0) return;
    const auto in_item = limit.rate ? converted(offered, *limit.rate, room.currency) : offered;
    const KeptInstalment& open = item.instalments.at(static_cast<std::size_t>(instalment - 1));
    const bool may_discount = by.kind == ItemKind::payment && !ask.without_discount;
    const Taken taken = taken_by(item, instalment, in_item.value_or(room), room,
                                 may_discount ? discount_on(open, by.happened) : nullptr);
    Money used = offered;
    if (taken.paid != in_item) {
        const auto back =
            limit.rate ? converted(taken.paid, inverse(*limit.rate), offered.currency) : taken.paid;
        if (back && back->minor < used.minor) used = *back;
    }
    const Money cleared = taken.paid + taken.discount;
    if (used.minor <= 0 || cleared.minor <= 0) return;

    AllocatedPart part;
    part.line = static_cast<std::int64_t>(parts_.size()) + 1;
    part.settled = part_of(item, id, instalment, cleared);
    part.by = part_of(by, by_id, by_instalment, used);
    std::vector<TaxMove> deducted;
    if (taken.discount.minor > 0) {
        part.percent = taken.percent;
        const Money base{
            static_cast<std::int64_t>(divide(Wide{part.settled.base.minor} * taken.discount.minor,
                                             cleared.minor, Rounding::half_up)),
            base_};
        std::vector<std::int64_t> weights;
        for (const Money& off : taken.off) weights.push_back(off.minor);
        const std::vector<Money> bases = allocate(base, weights);
        for (std::size_t at = 0; at < taken.off.size(); ++at) {
            if (taken.off[at].minor == 0) continue;
            const ledger::AccountCode& discounts = item.side == ItemSide::receivable
                                                       ? rules_.accounts.discounts_given
                                                       : rules_.accounts.discounts_taken;
            part.deductions.push_back({at == 0 ? DeductionKind::discount : DeductionKind::tax,
                                       at == 0 ? discounts : item.taxes[at - 1].account,
                                       taken.off[at], bases[at]});
            if (at == 0 || !item.taxes[at - 1].tax) continue;
            TaxMove& off = deducted.emplace_back();
            off.tax = *item.taxes[at - 1].tax;
            off.deducted = taken.off[at];
            off.deducted_base = bases[at];
        }
    }
    add_exchange(part);
    add_taxes(part, item, id, by.kind, cleared, item.spells, deducted);
    add_taxes(part, by, by_id, item.kind, used, by.spells, {});
    settlement::settle(item, id, part, allocation_, posted_);
    settlement::settle(by, by_id, part, allocation_, posted_);
    if (limit.left) limit.left = *limit.left - used;
    parts_.push_back(std::move(part));
}

void Allocating::settle_instalment(const OpenItemId& id, std::int64_t instalment,
                                   const OpenItemId& by, const AllocationAsk& ask, Limit& limit) {
    for (const std::int64_t by_instalment : by_due(*find(by)))
        settle_by(id, instalment, by, by_instalment, ask, limit);
}

Objection Allocating::close_rest(const OpenItemId& id, std::size_t first_part,
                                 const AllocationAsk& ask) {
    if (!ask.closes || parts_.size() == first_part) return {};
    AllocatedPart& part = parts_.back();
    KeptItem& item = *find(id);
    const std::int64_t number = part.settled.instalment;
    const Money rest = room_on(item, number, posted_);
    if (rest.minor <= 0) return {};
    KeptInstalment& instalment = item.instalments.at(static_cast<std::size_t>(number - 1));
    const Money base = base_of(instalment, rest);
    if (base.minor > rules_.difference_tolerance) return difference_too_large.about(rest);
    part.deductions.push_back({DeductionKind::difference, rules_.accounts.differences, rest, base});
    part.settled.amount = part.settled.amount + rest;
    part.settled.base = part.settled.base + base;
    const std::vector<TaxMove> deducted = item.spells.back().taxes;
    item.spells.pop_back();
    std::erase_if(part.taxes, [&](const TaxMove& move) { return move.item == id; });
    add_taxes(part, item, id, part.by.kind, part.settled.amount, item.spells, deducted);
    instalment.open = instalment.open + part.settled.amount - rest;
    instalment.open_base = instalment.open_base + part.settled.base - base;
    settlement::settle(item, id, part, allocation_, posted_);
    return {};
}

Objection Allocating::settle(const OpenItemId& by, const AllocationAsk& ask) {
    OpenItemId id;
    if (Objection fault = find_settled(by, ask, id)) return fault;
    Limit limit;
    if (Objection fault = find_limit(*find(id), *find(by), ask, limit)) return fault;
    const std::size_t first_part = parts_.size();
    if (ask.instalment)
        settle_instalment(id, *ask.instalment, by, ask, limit);
    else
        for (const std::int64_t number : by_due(*find(id)))
            settle_instalment(id, number, by, ask, limit);
    if (limit.left && limit.left->minor > 0) return allocated_beyond.about(id, *limit.left);
    if (parts_.size() == first_part) return allocated_beyond.about(id);
    return close_rest(id, first_part, ask);
}

void Allocating::settle_oldest(const OpenItemId& by_id) {
    const KeptItem& by = *find(by_id);
    if (posted_ < by.date) return;
    std::vector<parties::CounterpartyCode> whose{by.counterparty};
    if (const auto* found = world_.of<parties::Counterparties>().find({company_, by.counterparty}))
        whose.insert(whose.end(), found->absorbed.begin(), found->absorbed.end());
    std::vector<DueKey> due;
    for (const parties::CounterpartyCode& counterparty : whose)
        world_.of<DueInstalments>().each_from(
            {company_, by.side, counterparty, first_date, {}, 0},
            [&](const DueKey& key, const DueAmount& amount) {
                if (key.company != company_ || key.side != by.side ||
                    key.counterparty != counterparty)
                    return false;
                if (amount.direction != by.direction && amount.open.currency == by.amount.currency)
                    due.push_back(key);
                return true;
            });
    std::ranges::stable_sort(due, {}, &DueKey::due);
    for (const DueKey& key : due) {
        const KeptItem* item = find(key.item);
        if (item->blocked || posted_ < item->date) continue;
        Limit limit;
        settle_instalment(key.item, key.instalment, by_id, {}, limit);
    }
}

ledger::EntryId entry_of(const AllocationId& allocation) {
    return {derived_uuid(allocation.uuid, "allocated_items_post_to_ledger", 0)};
}

ItemChange change_of(const ItemsAllocated& allocated) {
    ItemChange change{allocated.company, allocated.date};
    change.allocation = allocated.allocation;
    change.parts = allocated.parts;
    return change;
}

Decision<ItemsAllocated> decide(const World& world, const AllocateItem& allocate,
                                const Context& context) {
    if (world.of<Allocations>().find({allocate.company, allocate.allocation}))
        return item_allocation_exists.about(allocate.allocation);
    if (!world.of<SettlementRulesTable>().find(allocate.company))
        return settlement_accounts_missing;
    const KeptItem* by = nullptr;
    if (Objection fault = find_standing(world, allocate.company, allocate.by, by)) return fault;
    const Date day = allocate.date.value_or(context.today);
    ItemsAllocated allocated{allocate.company, allocate.allocation, day, {}, {}, allocate.text};
    if (Objection fault =
            find_day(world, allocate.company, day, context, allocated.date, allocated.belongs_to))
        return fault;
    Allocating allocating(world, allocate.company, allocate.allocation, day, allocated.date);
    allocating.add(allocate.by, *by);
    for (std::size_t at = 0; at < allocate.items.size(); ++at)
        if (Objection fault = allocating.settle(allocate.by, allocate.items[at]))
            return std::move(fault).at("items", at);
    if (allocate.oldest_due) allocating.settle_oldest(allocate.by);
    if (allocating.parts().empty()) return nothing_allocated;
    allocated.parts = allocating.parts();
    return allocated;
}

Objection find_taken_back(const World& world, const AllocationKey& key,
                          const std::vector<std::int64_t>& lines, Date date,
                          const std::string& reason, const Context& context,
                          AllocationTakenBack& back) {
    const KeptAllocation& allocation = *world.of<Allocations>().find(key);
    back.company = key.company;
    back.allocation = key.allocation;
    back.reason = reason;
    back.time = allocation.times + 1;
    for (const AllocatedPart& part : allocation.parts)
        if (std::ranges::find(lines, part.line) != lines.end()) back.parts.push_back(part);
    back.whole = !allocation.with_item && back.parts.size() == allocation.parts.size();
    return find_day(world, key.company, std::max(date, allocation.date), context, back.date,
                    back.belongs_to);
}

Decision<AllocationTakenBack> decide(const World& world, const TakeBackAllocation& take_back,
                                     const Context& context) {
    const AllocationKey key{take_back.company, take_back.allocation};
    const KeptAllocation* allocation = world.of<Allocations>().find(key);
    if (!allocation) return item_allocation_unknown.about(take_back.allocation);
    const auto parts = static_cast<std::int64_t>(allocation->parts.size());
    if (take_back.line && *take_back.line > parts)
        return allocation_line_unknown.about(take_back.allocation, *take_back.line);
    std::vector<std::int64_t> lines;
    for (const AllocatedPart& part : allocation->parts)
        if (allocation->stands(part.line) && (!take_back.line || *take_back.line == part.line))
            lines.push_back(part.line);
    if (lines.empty()) return allocation_taken_back.about(take_back.allocation);
    const Date date = take_back.date.value_or(allocation->date);
    if (date < allocation->date) return taken_back_before_allocation.about(allocation->date);
    AllocationTakenBack back;
    if (Objection fault = find_taken_back(world, key, lines, date, take_back.reason, context, back))
        return fault;
    return back;
}

Part allocating() {
    return Part()
        .commands<AllocateItem, TakeBackAllocation>()
        .event<ItemsAllocated, OpenItems, DueInstalments, CounterpartiesOpen, OpenByDue, DueMoves,
               Allocations>()
        .event<AllocationTakenBack, OpenItems, DueInstalments, CounterpartiesOpen, OpenByDue,
               DueMoves, Allocations>();
}

}  // namespace kontor::settlement
