// How items, what is due and what is open follow events.
#include "domain/settlement/kept_items.h"

#include <algorithm>
#include <array>

namespace kontor::settlement {

namespace {

KeptInstalment& instalment_of(KeptItem& item, std::int64_t number) {
    return item.instalments.at(static_cast<std::size_t>(number - 1));
}

// Both sides of a part.
std::array<const SettledPart*, 2> sides_of(const AllocatedPart& part) {
    return {&part.settled, &part.by};
}

// Takes a part of an allocation off an item from a day on: as if it had never been where that is
// the day on which it was allocated.
void unsettle(KeptItem& item, const SettledPart& side, const AllocationId& allocation,
              std::int64_t line, Date day) {
    KeptInstalment& instalment = instalment_of(item, side.instalment);
    instalment.open = instalment.open + side.amount;
    instalment.open_base = instalment.open_base + side.base;
    const auto spell = std::ranges::find_if(item.spells, [&](const AllocatedSpell& each) {
        return each.allocation == allocation && each.line == line && !each.until;
    });
    ensure(spell != item.spells.end(), "what is taken back is allocated");
    if (spell->from == day)
        item.spells.erase(spell);
    else
        spell->until = day;
}

DueKey due_key(const CompanyCode& company, const SettledPart& side) {
    return {company, side.side, side.counterparty, side.due, side.item, side.instalment};
}

// An instalment of which nothing is open has no row.
void add_due(DueInstalments& due, const DueKey& key, ledger::Side direction, Money more) {
    const DueAmount* was = due.find(key);
    const Money open = was ? was->open + more : more;
    if (open.minor == 0)
        due.erase(key);
    else
        due.put(key, {direction, open});
}

void add_open(CounterpartiesOpen& all, const CounterpartyOpenKey& key, std::int64_t debit) {
    const CounterpartyOpen* was = all.find(key);
    const std::int64_t sum = (was ? was->debit : 0) + debit;
    if (sum == 0)
        all.erase(key);
    else
        all.put(key, {sum});
}

// Calls with the due day and the amount, debits above zero, of all that changes of receivables.
template <class Call>
void each_receivable(const ItemChange& change, const Call& call) {
    const auto counts = [](ItemSide side, ItemKind kind) {
        return side == ItemSide::receivable && kind != ItemKind::payment &&
               kind != ItemKind::advance;
    };
    if (change.item && counts(change.facts->side, change.facts->kind))
        for (const ItemInstalment& each : change.facts->instalments) {
            const std::int64_t debit = signed_minor(change.facts->direction, each.base->minor);
            call(each.due, change.reversed ? -debit : debit);
        }
    for (const AllocatedPart& part : change.parts)
        for (const SettledPart* side : sides_of(part)) {
            if (!counts(side->side, side->kind)) continue;
            const std::int64_t debit = signed_minor(side->direction, side->base.minor);
            call(side->due, change.taken_back ? debit : -debit);
        }
}

void add_sum(auto& table, const auto& key, std::int64_t more) {
    const OpenByDueSum* was = table.find(key);
    const std::int64_t sum = (was ? was->base : 0) + more;
    if (sum == 0)
        table.erase(key);
    else
        table.put(key, {sum});
}

ItemDocumentKey document_key(const CompanyCode& company, const ItemFacts& facts) {
    return {company, facts.side, facts.kind,
            facts.side == ItemSide::payable ? facts.counterparty : parties::CounterpartyCode{},
            *facts.document};
}

}  // namespace

Money KeptItem::open() const {
    Money sum{0, amount.currency};
    for (const KeptInstalment& instalment : instalments) sum = sum + instalment.open;
    return sum;
}

bool KeptAllocation::stands(std::int64_t line) const {
    return !std::ranges::binary_search(taken_back, line);
}

KeptItem kept_of(const ItemFacts& facts, Date posted_on) {
    KeptItem item;
    item.kind = facts.kind;
    item.side = facts.side;
    item.direction = facts.direction;
    item.party = facts.party;
    item.counterparty = facts.counterparty;
    item.document = facts.document;
    item.date = posted_on;
    item.happened = facts.belongs_to.value_or(posted_on);
    item.document_date = facts.document_date;
    item.account = facts.account;
    item.journal = facts.journal;
    item.amount = facts.amount;
    item.base = facts.base;
    item.taxes = facts.taxes;
    if (facts.kind == ItemKind::payment || facts.kind == ItemKind::write_off)
        item.lines = facts.lines;
    item.opening = facts.opening;
    item.till = facts.till;
    item.contract = facts.contract;
    for (const ItemInstalment& instalment : facts.instalments)
        item.instalments.push_back({instalment.due, instalment.amount, *instalment.base,
                                    instalment.amount, *instalment.base, instalment.discounts});
    return item;
}

ItemFacts facts_of(const KeptItem& item) {
    ItemFacts facts;
    facts.kind = item.kind;
    facts.side = item.side;
    facts.direction = item.direction;
    facts.party = item.party;
    facts.counterparty = item.counterparty;
    facts.document = item.document;
    facts.document_date = item.document_date;
    if (item.happened != item.date) facts.belongs_to = item.happened;
    facts.account = item.account;
    facts.journal = item.journal;
    facts.amount = item.amount;
    facts.base = item.base;
    facts.taxes = item.taxes;
    facts.opening = item.opening;
    facts.till = item.till;
    facts.contract = item.contract;
    for (const KeptInstalment& instalment : item.instalments)
        facts.instalments.push_back(
            {instalment.due, instalment.amount, instalment.base, instalment.discounts});
    return facts;
}

Money base_of(const KeptInstalment& instalment, Money part) {
    if (part == instalment.open) return instalment.open_base;
    return {static_cast<std::int64_t>(divide(Wide{instalment.open_base.minor} * part.minor,
                                             instalment.open.minor, Rounding::half_up)),
            instalment.open_base.currency};
}

std::vector<std::int64_t> by_due(const KeptItem& item) {
    std::vector<std::int64_t> numbers;
    for (std::size_t at = 0; at < item.instalments.size(); ++at)
        numbers.push_back(static_cast<std::int64_t>(at) + 1);
    std::ranges::stable_sort(numbers, {}, [&](std::int64_t number) {
        return item.instalments[static_cast<std::size_t>(number - 1)].due;
    });
    return numbers;
}

void settle(KeptItem& item, const OpenItemId& id, const AllocatedPart& part,
            const AllocationId& allocation, Date day) {
    const bool is_settled = part.settled.item == id;
    const SettledPart& side = is_settled ? part.settled : part.by;
    KeptInstalment& instalment = instalment_of(item, side.instalment);
    instalment.open = instalment.open - side.amount;
    instalment.open_base = instalment.open_base - side.base;
    AllocatedSpell spell{
        allocation, part.line, side.instalment, day, {}, side.amount, side.base, {}, 0, {}};
    if (is_settled && part.percent) {
        spell.percent = part.percent;
        spell.paid = side.amount.minor;
        for (const Deduction& deduction : part.deductions) spell.paid -= deduction.amount.minor;
    }
    for (const TaxMove& tax : part.taxes)
        if (tax.item == id) spell.taxes.push_back(tax);
    item.spells.push_back(std::move(spell));
}

Money room_on(const KeptItem& item, std::int64_t number, Date day) {
    const auto& instalment = item.instalments.at(static_cast<std::size_t>(number - 1));
    // What was taken back after the day takes room until then; else what is open now is least.
    const bool some_ended = std::ranges::any_of(item.spells, [&](const AllocatedSpell& spell) {
        return spell.instalment == number && spell.until && *spell.until > day;
    });
    if (!some_ended) return instalment.open;
    Wide most = 0;
    const auto allocated_on = [&](Date at) {
        Wide sum = 0;
        for (const AllocatedSpell& spell : item.spells)
            if (spell.instalment == number && spell.from <= at &&
                (!spell.until || at < *spell.until))
                sum += spell.amount.minor;
        return sum;
    };
    most = allocated_on(day);
    for (const AllocatedSpell& spell : item.spells)
        if (spell.from > day) most = std::max(most, allocated_on(spell.from));
    return {static_cast<std::int64_t>(instalment.amount.minor - most), instalment.amount.currency};
}

std::vector<Money> open_of(const World& world, const CompanyCode& company,
                           const parties::CounterpartyCode& counterparty, ItemSide side,
                           const std::optional<contracts::ContractCode>& contract) {
    std::vector<Money> open;
    world.of<CounterpartiesOpen>().each_from(
        {company, counterparty, side, {}, {}},
        [&](const CounterpartyOpenKey& key, const CounterpartyOpen& sum) {
            if (key.company != company || key.counterparty != counterparty || key.side != side)
                return false;
            if (contract && key.contract != contract) return true;
            if (open.empty() || open.back().currency != key.currency)
                open.push_back({0, key.currency});
            open.back().minor += sum.debit;
            return true;
        });
    return open;
}

void apply(OpenItems& items, const ItemChange& change) {
    if (change.item && change.reversed)
        items.change({change.company, *change.item},
                     [&](KeptItem& item) { item.reversed = change.date; });
    else if (change.item)
        items.put({change.company, *change.item}, kept_of(*change.facts, change.date));
    for (const AllocatedPart& part : change.parts)
        for (const SettledPart* side : sides_of(part))
            items.change({change.company, side->item}, [&](KeptItem& item) {
                if (change.taken_back)
                    unsettle(item, *side, change.allocation, part.line, change.date);
                else
                    settle(item, side->item, part, change.allocation, change.date);
            });
}

void apply(DueInstalments& due, const ItemChange& change) {
    if (change.item) {
        const ItemFacts& facts = *change.facts;
        std::int64_t number = 0;
        for (const ItemInstalment& each : facts.instalments)
            add_due(
                due,
                {change.company, facts.side, facts.counterparty, each.due, *change.item, ++number},
                facts.direction, change.reversed ? -each.amount : each.amount);
    }
    for (const AllocatedPart& part : change.parts)
        for (const SettledPart* side : sides_of(part))
            add_due(due, due_key(change.company, *side), side->direction,
                    change.taken_back ? side->amount : -side->amount);
}

void apply(CounterpartiesOpen& all, const ItemChange& change) {
    if (change.item) {
        const ItemFacts& facts = *change.facts;
        const std::int64_t debit = signed_minor(facts.direction, facts.amount.minor);
        add_open(
            all,
            {change.company, facts.counterparty, facts.side, facts.amount.currency, facts.contract},
            change.reversed ? -debit : debit);
    }
    for (const AllocatedPart& part : change.parts)
        for (const SettledPart* side : sides_of(part)) {
            const std::int64_t debit = signed_minor(side->direction, side->amount.minor);
            add_open(all,
                     {change.company, side->counterparty, side->side, side->amount.currency,
                      side->contract},
                     change.taken_back ? debit : -debit);
        }
}

void apply(OpenByDue& open, const ItemChange& change) {
    each_receivable(change, [&](Date due, std::int64_t debit) {
        add_sum(open, OpenByDueKey{change.company, due}, debit);
    });
}

void apply(DueMoves& moves, const ItemChange& change) {
    each_receivable(change, [&](Date due, std::int64_t debit) {
        add_sum(moves, DueMoveKey{change.company, change.date, due}, debit);
    });
}

void apply(ItemDocuments& documents, const ItemChange& change) {
    // A bank gives its references as it likes.
    if (!change.item || !change.facts->document || change.facts->kind == ItemKind::payment) return;
    const ItemDocumentKey key = document_key(change.company, *change.facts);
    if (change.reversed)
        documents.erase(key);
    else
        documents.put(key, {*change.item});
}

void apply(Allocations& allocations, const ItemChange& change) {
    if (change.parts.empty()) return;
    const AllocationKey key{change.company, change.allocation};
    if (!change.taken_back) {
        allocations.put(key, {change.date,
                              {change.parts.begin(), change.parts.end()},
                              {},
                              change.item != nullptr,
                              0});
        return;
    }
    allocations.change(key, [&](KeptAllocation& allocation) {
        for (const AllocatedPart& part : change.parts) allocation.taken_back.push_back(part.line);
        std::ranges::sort(allocation.taken_back);
        ++allocation.times;
    });
}

}  // namespace kontor::settlement
