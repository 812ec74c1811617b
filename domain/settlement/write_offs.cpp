// How much of an item may be written off, and by whom.
#include "domain/settlement/write_offs.h"

#include "domain/core/catalog.h"

#include <algorithm>

namespace kontor::settlement {

namespace {

// What of an item is written off already, at what it was booked at.
Wide written_off(const World& world, const CompanyCode& company, const KeptItem& item) {
    Wide sum = 0;
    for (const AllocatedSpell& spell : item.spells) {
        if (spell.until) continue;
        const KeptAllocation& allocation =
            *world.of<Allocations>().find({company, spell.allocation});
        const OpenItemId& by =
            allocation.parts.at(static_cast<std::size_t>(spell.line - 1)).by.item;
        if (world.of<OpenItems>().find({company, by})->kind == ItemKind::write_off)
            sum += spell.base.minor;
    }
    return sum;
}

Objection fault_of_limit(const World& world, const WriteOffItem& write_off, const KeptItem& item,
                         Money base, const Context& context) {
    std::optional<Money> limit;
    bool limited = false;
    for (const auto& [key, row] : world.of<WriteOffLimits>().from({write_off.company, {}})) {
        if (key.company != write_off.company) break;
        limited = true;
        if (access::has_role(world, context.actor, key.role, write_off.company) &&
            (!limit || limit->minor < row.limit.minor))
            limit = row.limit;
    }
    const Wide sum = written_off(world, write_off.company, item) + base.minor;
    if (!limited || (limit && sum <= limit->minor)) return {};
    return write_off_beyond_limit.about(base, limit.value_or(Money{0, base.currency}));
}

// The instalments of the write-off, each as much of one of the item's at what that is booked at;
// so nothing is gained or lost.
Objection find_instalments(const WriteOffItem& write_off, const KeptItem& item, Date posted,
                           std::vector<ItemInstalment>& instalments) {
    std::optional<Money> left = write_off.amount;
    if (left && (left->currency != item.amount.currency || left->minor <= 0))
        return allocation_not_positive.about(*left);
    for (const std::int64_t number : by_due(item)) {
        if (write_off.instalment && *write_off.instalment != number) continue;
        const KeptInstalment& instalment =
            item.instalments.at(static_cast<std::size_t>(number - 1));
        Money part = room_on(item, number, posted);
        if (left && left->minor < part.minor) part = *left;
        if (part.minor <= 0) continue;
        instalments.push_back({instalment.due, part, base_of(instalment, part), {}});
        if (left) left = *left - part;
    }
    if (left && left->minor > 0) return allocated_beyond.about(write_off.item, *left);
    if (instalments.empty()) return allocated_beyond.about(write_off.item);
    return {};
}

}  // namespace

Decision<WriteOffLimitSet> decide(const World& world, const SetWriteOffLimit& set, const Context&) {
    const auto* company = world.of<companies::Companies>().find(set.company);
    if (!company) return companies::company_unknown.about(set.company);
    if (!world.of<access::Roles>().find(set.role)) return access::role_unknown.about(set.role);
    if (set.limit.currency != company->base_currency)
        return write_off_limit_unfit.about(company->base_currency);
    const WriteOffLimit* was = world.of<WriteOffLimits>().find({set.company, set.role});
    if (was && was->limit == set.limit) return write_off_limit_unchanged.about(set.role);
    return WriteOffLimitSet{set.company, set.role, set.limit};
}

Decision<ItemWrittenOff> decide(const World& world, const WriteOffItem& write_off,
                                const Context& context) {
    const CompanyCode& company = write_off.company;
    const SettlementRules* rules = world.of<SettlementRulesTable>().find(company);
    if (!rules) return settlement_accounts_missing;
    if (world.of<OpenItems>().find({company, write_off.write_off}) ||
        world.of<Allocations>().find({company, AllocationId{write_off.write_off.uuid}}))
        return open_item_exists.about(write_off.write_off);
    const KeptItem* item = nullptr;
    if (Objection fault = find_standing(world, company, write_off.item, item)) return fault;
    if (write_off.instalment &&
        *write_off.instalment > static_cast<std::int64_t>(item->instalments.size()))
        return instalment_unknown.about(write_off.item, *write_off.instalment);
    ledger::EntryLine bears;
    bears.account = write_off.account.value_or(rules->accounts.write_offs);
    if (write_off.account)
        if (Objection fault = ledger::fault_of_named(world, company, bears.account)) return fault;
    const Date day = write_off.date.value_or(context.today);
    ItemWrittenOff written{company, write_off.write_off, {}, {}, {}};
    ItemFacts& facts = written.facts;
    if (Objection fault = find_day(world, company, day, context, written.date, facts.belongs_to))
        return fault;
    if (written.date < item->date) return allocated_before_item.about(write_off.item, item->date);
    if (Objection fault = find_instalments(write_off, *item, written.date, facts.instalments))
        return fault;

    facts.kind = ItemKind::write_off;
    facts.side = item->side;
    facts.direction = other(item->direction);
    facts.party = item->party;
    facts.counterparty = item->counterparty;
    facts.contract = item->contract;
    facts.document_date = day;
    facts.account = item->account;
    facts.journal = rules->journals.payments;
    facts.amount = {0, item->amount.currency};
    facts.base = {0, item->base.currency};
    for (const ItemInstalment& part : facts.instalments) {
        facts.amount = facts.amount + part.amount;
        facts.base = facts.base + *part.base;
    }
    facts.text = write_off.reason;
    bears.side = item->direction;
    bears.amount = facts.amount;
    bears.base = facts.base;
    facts.lines = {bears};
    if (Objection fault = fault_of_limit(world, write_off, *item, facts.base, context))
        return fault;

    Allocating allocating(world, company, AllocationId{write_off.write_off.uuid}, day,
                          written.date);
    allocating.add(write_off.write_off, kept_of(facts, written.date));
    AllocationAsk ask;
    ask.item = write_off.item;
    ask.instalment = write_off.instalment;
    if (Objection fault = allocating.settle(write_off.write_off, ask)) return fault;
    written.parts = allocating.parts();
    return written;
}

ItemChange change_of(const ItemWrittenOff& written) {
    ItemChange change{written.company, written.date};
    change.item = &written.write_off;
    change.facts = &written.facts;
    change.allocation = AllocationId{written.write_off.uuid};
    change.parts = written.parts;
    return change;
}

void evolve(WriteOffLimits& limits, const WriteOffLimitSet& set) {
    limits.put({set.company, set.role}, {set.limit});
}

Part write_offs() {
    return Part()
        .table<WriteOffLimits>("settlement.write_off_limits")
        .commands<SetWriteOffLimit, WriteOffItem>()
        .event<WriteOffLimitSet, WriteOffLimits>()
        .event<ItemWrittenOff, OpenItems, DueInstalments, CounterpartiesOpen, OpenByDue, DueMoves,
               Allocations>();
}

}  // namespace kontor::settlement
