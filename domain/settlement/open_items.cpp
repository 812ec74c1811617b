// When an item can be opened, what it is due and booked at, and when it can be taken back.
#include "domain/settlement/open_items.h"

#include "domain/core/catalog.h"
#include "domain/parties/dealings.h"
#include "domain/settlement/allocating.h"
#include "domain/settlement/tills.h"

#include <algorithm>
#include <map>

namespace kontor::settlement {

namespace {

const ledger::AccountCode& account_for(const SettlementAccounts& accounts, ItemSide side,
                                       ItemKind kind) {
    if (kind == ItemKind::advance)
        return side == ItemSide::receivable ? accounts.customer_advances
                                            : accounts.supplier_advances;
    return side == ItemSide::receivable ? accounts.receivable : accounts.payable;
}

Objection fault_of_document(const World& world, const OpenItem& open) {
    if (!open.document) return {};
    const bool of_supplier = open.side == ItemSide::payable;
    const ItemDocumentKey key{open.company, open.side, open.kind,
                              of_supplier ? open.counterparty : parties::CounterpartyCode{},
                              *open.document};
    if (const ItemDocument* taken = world.of<ItemDocuments>().find(key))
        return item_document_exists.about(*open.document, taken->item);
    return {};
}

Money taxes_in(const OpenItem& open) {
    Wide sum = 0;
    for (const ItemTax& tax : open.taxes) sum += tax.amount.minor;
    return {static_cast<std::int64_t>(std::min(sum, Wide{most_money})), open.amount.currency};
}

Objection fault_of_taxes(const OpenItem& open) {
    for (const ItemTax& tax : open.taxes)
        if (tax.amount.currency != open.amount.currency) return item_taxes_differ.about(tax.amount);
    if (taxes_in(open).minor > open.amount.minor) return item_taxes_differ.about(taxes_in(open));
    return {};
}

// What is due when, as it is said or as the terms say.
Objection find_instalments(const World& world, const OpenItem& open, Date document_date,
                           std::vector<ItemInstalment>& instalments) {
    instalments = open.instalments;
    if (open.terms) {
        if (!instalments.empty()) return instalments_and_terms;
        if (Objection fault = contracts::fault_of_payment_terms(world, open.company, *open.terms))
            return fault;
        const std::int64_t version =
            contracts::payment_terms_version_on(world, open.company, *open.terms, document_date);
        const auto* conditions =
            contracts::payment_conditions(world, open.company, *open.terms, version);
        const auto schedule = contracts::schedule_of(*conditions, document_date, open.amount,
                                                     open.amount - taxes_in(open));
        if (schedule.empty()) return due_beyond_years.about(*open.terms);
        const bool of_net = conditions->discount_basis == contracts::DiscountBasis::net;
        for (const contracts::DueInstalment& due : schedule) {
            if (due.amount.minor == 0) continue;
            ItemInstalment& instalment =
                instalments.emplace_back(ItemInstalment{due.due, due.amount, {}, {}});
            for (const contracts::DiscountOffer& offer : due.discounts)
                if (offer.until <= last_date)
                    instalment.discounts.push_back({offer.until, offer.percent, of_net});
        }
    }
    if (instalments.empty()) instalments.push_back({document_date, open.amount, {}, {}});
    return {};
}

// What the instalments say that they are booked at, all together; none where they do not.
Objection find_said_base(const OpenItem& open, Currency base_currency,
                         const std::vector<ItemInstalment>& instalments,
                         std::optional<Money>& base) {
    Wide amounts = 0, bases = 0;
    std::size_t said = 0;
    for (const ItemInstalment& each : instalments) {
        if (each.amount.currency != open.amount.currency || each.amount.minor <= 0)
            return instalments_differ.about(each.amount);
        amounts += each.amount.minor;
        if (!each.base) continue;
        if (each.base->currency != base_currency || each.base->minor < 0)
            return instalments_differ.about(*each.base);
        bases += each.base->minor;
        ++said;
    }
    if (amounts != open.amount.minor || bases > most_money)
        return instalments_differ.about(open.amount);
    if (said != 0 && said != instalments.size()) return instalments_differ.about(open.amount);
    base = open.base;
    if (said == 0) return {};
    const Money sum{static_cast<std::int64_t>(bases), base_currency};
    if (base && *base != sum) return instalments_differ.about(sum);
    base = sum;
    return {};
}

void share_base_out(std::vector<ItemInstalment>& instalments, Money base) {
    std::vector<std::int64_t> weights;
    for (const ItemInstalment& each : instalments) weights.push_back(each.amount.minor);
    const std::vector<Money> shares = allocate(base, weights);
    for (std::size_t at = 0; at < instalments.size(); ++at)
        if (!instalments[at].base) instalments[at].base = shares[at];
}

// What is allocated to an item, by allocation; why it stays so.
Objection find_taken_off(const World& world, const ReverseItem& reverse, const KeptItem& item,
                         Date date, const Context& context,
                         std::vector<AllocationTakenBack>& taken_off) {
    std::map<AllocationId, std::vector<std::int64_t>> lines;
    for (const AllocatedSpell& spell : item.spells) {
        if (spell.until && *spell.until <= date) continue;
        if (spell.until || !reverse.with_allocations) return item_allocated.about(spell.from);
        lines[spell.allocation].push_back(spell.line);
    }
    for (const auto& [allocation, of_it] : lines) {
        AllocationTakenBack& back = taken_off.emplace_back();
        if (Objection fault = find_taken_back(world, {reverse.company, allocation}, of_it, date,
                                              reverse.reason, context, back))
            return fault;
    }
    return {};
}

}  // namespace

ledger::EntryId entry_of(const OpenItemId& item) {
    return {derived_uuid(item.uuid, "opened_item_posts_to_ledger", 0)};
}

Objection fault_of_whose(const World& world, const CompanyCode& company, const Whose& whose) {
    if (Objection fault = parties::fault_of_counterparty(world, company, whose.counterparty))
        return fault;
    if (whose.party)
        if (Objection fault = parties::fault_of_party(world, company, *whose.party)) return fault;
    if (!whose.contract) return {};
    const auto* contract = world.of<contracts::Contracts>().find({company, *whose.contract});
    if (!contract) return contracts::contract_unknown.about(*whose.contract);
    if (parties::resolved(world, company, contract->counterparty) !=
        parties::resolved(world, company, whose.counterparty))
        return contract_of_another.about(*whose.contract, contract->counterparty);
    return {};
}

Objection find_standing(const World& world, const CompanyCode& company, const OpenItemId& id,
                        const KeptItem*& item) {
    item = world.of<OpenItems>().find({company, id});
    if (!item) return open_item_unknown.about(id);
    if (item->reversed) return open_item_reversed.about(id);
    return {};
}

Decision<ItemOpened> decide(const World& world, const OpenItem& open, const Context& context) {
    const auto* company = world.of<companies::Companies>().find(open.company);
    if (!company) return companies::company_unknown.about(open.company);
    if (world.of<OpenItems>().find({open.company, open.item}))
        return open_item_exists.about(open.item);
    const SettlementRules* rules = world.of<SettlementRulesTable>().find(open.company);
    if (!rules) return settlement_accounts_missing;
    if (open.kind == ItemKind::payment || open.kind == ItemKind::write_off)
        return item_kind_reserved;
    if (Objection fault =
            fault_of_whose(world, open.company, {open.party, open.counterparty, open.contract}))
        return fault;
    const ledger::AccountCode account =
        open.account.value_or(account_for(rules->accounts, open.side, open.kind));
    if (!rules->has_control(account)) return not_an_item_account.about(account);
    if (Objection fault = fault_of_document(world, open)) return fault;
    if (open.opening && !open.lines.empty()) return opening_has_lines;
    if (!open.opening && open.lines.empty()) return item_lines_missing;

    const Date day = open.date.value_or(context.today);
    const Date document_date = open.document_date.value_or(day);
    std::vector<ItemInstalment> instalments = open.instalments;
    // The sum of what instalments are booked at counts as said, once they are found to be sound.
    std::optional<Money> said_base = open.base;
    Objection unsound;
    if (!open.terms && !instalments.empty())
        unsound = find_said_base(open, company->base_currency, instalments, said_base);
    const ledger::Side direction = direction_of(open.side, open.kind);
    Booked booked;
    if (Objection fault = find_booked(world, open.company,
                                      {account, direction, open.counterparty, open.amount,
                                       unsound ? open.base : said_base, open.rate},
                                      day, context, booked))
        return fault;
    if (Objection fault = find_instalments(world, open, document_date, instalments)) return fault;
    if (unsound) return unsound;
    if (Objection fault = fault_of_taxes(open)) return fault;
    if (Objection fault = fault_of_lines(world, open.company, open.lines, context)) return fault;

    share_base_out(instalments, booked.base);
    ItemFacts facts;
    facts.kind = open.kind;
    facts.side = open.side;
    facts.direction = direction;
    facts.party = open.party;
    facts.counterparty = open.counterparty;
    facts.document = open.document;
    facts.document_date = document_date;
    facts.belongs_to = booked.belongs_to;
    facts.account = account;
    facts.journal =
        open.side == ItemSide::receivable ? rules->journals.receivables : rules->journals.payables;
    facts.amount = open.amount;
    facts.base = booked.base;
    facts.rate = booked.rate;
    facts.instalments = std::move(instalments);
    facts.taxes = open.taxes;
    facts.lines = open.lines;
    share_base(facts.lines, direction, open.amount, booked.base);
    facts.opening = open.opening;
    facts.text = open.text;
    facts.terms = open.terms;
    facts.contract = open.contract;
    return ItemOpened{open.company, open.item, booked.date, std::move(facts)};
}

Decision<AllocationTakenBack, ItemReversed> decide(const World& world, const ReverseItem& reverse,
                                                   const Context& context) {
    const KeptItem* item = nullptr;
    if (Objection fault = find_standing(world, reverse.company, reverse.item, item)) return fault;
    const Date date = reverse.date.value_or(item->date);
    if (date < item->date) return reversed_before_item.about(item->date);
    std::vector<AllocationTakenBack> taken_off;
    if (Objection fault = find_taken_off(world, reverse, *item, date, context, taken_off))
        return fault;
    ItemReversed reversed{reverse.company, reverse.item, date, {}, facts_of(*item), reverse.reason};
    if (Objection fault =
            find_day(world, reverse.company, date, context, reversed.date, reversed.belongs_to))
        return fault;
    // What is taken off later than that would be allocated to an item that is gone.
    for (const AllocationTakenBack& back : taken_off)
        if (back.belongs_to && back.date > reversed.date) return item_allocated.about(back.date);
    if (item->till)
        if (Objection fault = fault_of_till(world, {reverse.company, *item->till}, reversed.date,
                                            -more_in_till(reversed.facts)))
            return fault;
    Decision<AllocationTakenBack, ItemReversed> decided;
    for (AllocationTakenBack& back : taken_off) decided.add(std::move(back));
    decided.add(std::move(reversed));
    return decided;
}

Decision<ItemPaymentHeld> decide(const World& world, const HoldItemPayment& hold, const Context&) {
    const KeptItem* item = nullptr;
    if (Objection fault = find_standing(world, hold.company, hold.item, item)) return fault;
    if (item->blocked) return item_held.about(hold.item);
    return ItemPaymentHeld{hold.company, hold.item, hold.reason};
}

Decision<ItemPaymentReleased> decide(const World& world, const ReleaseItemPayment& release,
                                     const Context&) {
    const KeptItem* item = nullptr;
    if (Objection fault = find_standing(world, release.company, release.item, item)) return fault;
    if (!item->blocked) return item_not_held.about(release.item);
    return ItemPaymentReleased{release.company, release.item, release.reason};
}

ItemChange change_of(const ItemOpened& opened) {
    ItemChange change{opened.company, opened.date};
    change.item = &opened.item;
    change.facts = &opened.facts;
    return change;
}

ItemChange change_of(const ItemReversed& reversed) {
    ItemChange change{reversed.company, reversed.date};
    change.item = &reversed.item;
    change.facts = &reversed.facts;
    change.reversed = true;
    return change;
}

ItemChange change_of(const AllocationTakenBack& back) {
    ItemChange change{back.company, back.date};
    change.allocation = back.allocation;
    change.parts = back.parts;
    change.taken_back = true;
    return change;
}

void evolve(OpenItems& items, const ItemPaymentHeld& held) {
    items.change({held.company, held.item}, [](KeptItem& item) { item.blocked = true; });
}

void evolve(OpenItems& items, const ItemPaymentReleased& released) {
    items.change({released.company, released.item}, [](KeptItem& item) { item.blocked = false; });
}

Part open_items() {
    return Part()
        .table<OpenItems>("settlement.open_items")
        .table<ItemDocuments>("settlement.item_documents")
        .table<DueInstalments>("settlement.due_instalments")
        .table<CounterpartiesOpen>("settlement.counterparties_open")
        .table<OpenByDue>("settlement.open_by_due")
        .table<DueMoves>("settlement.due_moves")
        .table<Allocations>("settlement.allocations")
        .commands<OpenItem, ReverseItem, HoldItemPayment, ReleaseItemPayment>()
        .event<ItemOpened, OpenItems, ItemDocuments, DueInstalments, CounterpartiesOpen, OpenByDue,
               DueMoves>()
        .event<ItemReversed, OpenItems, ItemDocuments, DueInstalments, CounterpartiesOpen,
               OpenByDue, DueMoves, Tills, TillDays>()
        .event<ItemPaymentHeld, OpenItems>()
        .event<ItemPaymentReleased, OpenItems>();
}

}  // namespace kontor::settlement
