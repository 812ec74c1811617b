// Allocating items to each other: payments and credit notes to invoices, what a counterparty owes
// to what it is owed. By hand, or the oldest due first; in part, later, and taken back.
#pragma once

#include "domain/settlement/open_items.h"

#include <map>

namespace kontor::settlement {

inline constexpr Reason item_allocation_exists{
    Refusal::conflict, "item_allocation_exists",
    "The company has an allocation with this id already."};
inline constexpr Reason item_allocation_unknown{Refusal::missing, "item_allocation_unknown",
                                                "The company has no allocation with this id."};
inline constexpr Reason allocation_line_unknown{Refusal::missing, "allocation_line_unknown",
                                                "The allocation has no part with this number."};
inline constexpr Reason allocation_taken_back{Refusal::conflict, "allocation_taken_back",
                                              "It is taken back already."};
inline constexpr Reason taken_back_before_allocation{
    Refusal::invalid, "taken_back_before_allocation",
    "It would be taken back before it was allocated."};
inline constexpr Reason item_not_named{
    Refusal::invalid, "item_not_named",
    "An allocation names the item that is settled by its id or by its document's number."};
inline constexpr Reason items_owed_alike{
    Refusal::invalid, "items_owed_alike",
    "Both items are owed, or both are owing; one settles the other only if they differ in that."};
inline constexpr Reason counterparty_differs{Refusal::invalid, "counterparty_differs",
                                             "The items are of two counterparties."};
inline constexpr Reason allocated_before_item{Refusal::invalid, "allocated_before_item",
                                              "One of the items is not there yet on that day."};
inline constexpr Reason instalment_unknown{Refusal::missing, "instalment_unknown",
                                           "The item has no instalment with this number."};
inline constexpr Reason allocation_not_positive{
    Refusal::invalid, "allocation_not_positive",
    "What is allocated is above zero and in the currency of its item."};
inline constexpr Reason allocated_beyond{
    Refusal::conflict, "allocated_beyond",
    "So much is not open on that day and on all days after it: of the item that settles, or of the "
    "one that is settled."};
inline constexpr Reason nothing_allocated{
    Refusal::conflict, "nothing_allocated",
    "Nothing of the items is open on that day and on all days after it."};
inline constexpr Reason difference_too_large{
    Refusal::conflict, "difference_too_large",
    "What is left of the item is more than the company lets go as a difference; write it off, or "
    "leave it open."};
inline constexpr Reason exchange_rate_unknown{
    Refusal::missing, "exchange_rate_unknown",
    "The items are in two currencies, and no rate between them is known on the day; set it, or "
    "say what the amount `clears`."};

// What is to be settled by a payment or another item.
struct AllocationAsk {
    std::optional<OpenItemId> item;
    std::optional<std::string> document;
    std::optional<std::int64_t> instalment;
    std::optional<Money> amount;
    std::optional<Money> clears;
    bool without_discount = false;
    bool closes = false;

    static void describe(auto& record) {
        record.record("AllocationAsk", "What is to be settled.")
            .field("item", &AllocationAsk::item, "The item, by its id,")
            .field("document", &AllocationAsk::document,
                   "or by the number of its document: an invoice on the same side.")
            .shortest(1)
            .longest(64)
            .field("instalment", &AllocationAsk::instalment,
                   "Which of its instalments, from 1. Absent: those that are due first.")
            .least(1)
            .field("amount", &AllocationAsk::amount,
                   "So much of what settles, in its currency. Absent: as much as there is and as "
                   "is needed.")
            .field("clears", &AllocationAsk::clears,
                   "What that is in the item's currency, where it is another one. Absent: at the "
                   "company's rate of the day.")
            .field("without_discount", &AllocationAsk::without_discount,
                   "No early discount is taken, though it could be.")
            .otherwise(false)
            .field("closes", &AllocationAsk::closes,
                   "What is left of the item is so little that nobody asks for it.")
            .otherwise(false);
    }
};

struct ItemsAllocated {
    CompanyCode company;
    AllocationId allocation;
    Date date;
    std::optional<Date> belongs_to;
    std::vector<AllocatedPart> parts;
    std::string text;

    bool operator==(const ItemsAllocated&) const = default;
    static void describe(auto& event) {
        event.record("ItemsAllocated", "Items settle each other from a day on.")
            .company(&ItemsAllocated::company)
            .stream(&ItemsAllocated::allocation)
            .on(&ItemsAllocated::date)
            .field("company", &ItemsAllocated::company, "Whose books.")
            .field("allocation", &ItemsAllocated::allocation, "Its id.")
            .field("date", &ItemsAllocated::date, "The day that it is posted on.")
            .field("belongs_to", &ItemsAllocated::belongs_to,
                   "The day that it belongs to, where that was closed.")
            .field("parts", &ItemsAllocated::parts, "What settles what.")
            .field("text", &ItemsAllocated::text, "Why.");
    }
};

struct AllocateItem {
    CompanyCode company;
    AllocationId allocation;
    OpenItemId by;
    std::optional<Date> date;
    std::vector<AllocationAsk> items;
    bool oldest_due = false;
    std::string text;

    static void describe(auto& command) {
        command
            .record("AllocateItem",
                    "Settles items by another one of the same counterparty: an unallocated "
                    "payment, an advance, a credit note, or what it owes against what it is owed. "
                    "Differences to what they are booked at are gains or losses of exchange.")
            .company(&AllocateItem::company)
            .stream(&AllocateItem::allocation)
            .example(R"({"company": "DEMO", "allocation": "01980000-0000-7000-8000-00000000ea01",
                "by": "01980000-0000-7000-8000-00000000e003", "date": "2026-07-10", "items":
                [{"item": "01980000-0000-7000-8000-00000000e004"}]})")
            .field("company", &AllocateItem::company, "Whose books.")
            .field("allocation", &AllocateItem::allocation, "A new id, chosen by the client.")
            .field("by", &AllocateItem::by, "The item that settles.")
            .field("date", &AllocateItem::date,
                   "The business day, not before either item. Absent: today.")
            .field("items", &AllocateItem::items, "What is settled, in this order.")
            .otherwise_empty()
            .longest(1'000)
            .field("oldest_due", &AllocateItem::oldest_due,
                   "With what is left then, the counterparty's items on the same side and in the "
                   "same currency are settled, the oldest due first.")
            .otherwise(false)
            .field("text", &AllocateItem::text, "Why, for the reader of the journal.")
            .otherwise_empty()
            .longest(500)
            .refuses(item_allocation_exists, settlement_accounts_missing, open_item_unknown,
                     open_item_reversed, ledger::date_outside_calendar, ledger::period_closed,
                     ledger::period_soft_closed, item_not_named, items_owed_alike,
                     counterparty_differs, allocated_before_item, instalment_unknown,
                     allocation_not_positive, exchange_rate_unknown, allocated_beyond,
                     difference_too_large, nothing_allocated);
    }
};

struct TakeBackAllocation {
    CompanyCode company;
    AllocationId allocation;
    std::optional<std::int64_t> line;
    std::optional<Date> date;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("TakeBackAllocation",
                    "Opens again what was allocated, all of it or one part. What a payment was "
                    "allocated to at once has the payment's id.")
            .company(&TakeBackAllocation::company)
            .stream(&TakeBackAllocation::allocation)
            .example(R"({"company": "DEMO", "allocation": "01980000-0000-7000-8000-00000000ea01",
                "reason": "It was for another bill"})")
            .field("company", &TakeBackAllocation::company, "Whose books.")
            .field("allocation", &TakeBackAllocation::allocation, "An allocation that stands.")
            .field("line", &TakeBackAllocation::line, "Which part. Absent: all that stand.")
            .least(1)
            .field("date", &TakeBackAllocation::date,
                   "From which day on. Absent: its own, as if it had never been.")
            .field("reason", &TakeBackAllocation::reason, "Why, for the auditor.")
            .shortest(1)
            .longest(500)
            .refuses(item_allocation_unknown, allocation_line_unknown, allocation_taken_back,
                     taken_back_before_allocation, ledger::date_outside_calendar,
                     ledger::period_closed, ledger::period_soft_closed);
    }
};

// Allocations that come about one after the other, on one day, between items as they stand.
class Allocating {
public:
    // `posted` is the day that they are posted on, `day` that they belong to.
    Allocating(const World&, const CompanyCode&, const AllocationId&, Date day, Date posted);

    // An item that settles, or is settled, and that no event has opened yet.
    void add(const OpenItemId&, KeptItem);
    // Why it does not settle what is asked for, the reasons from open_item_unknown to
    // difference_too_large; none when it does.
    Objection settle(const OpenItemId& by, const AllocationAsk&);
    // Settles what the counterparty has on the same side, the oldest due first, as far as it goes.
    void settle_oldest(const OpenItemId& by);
    const KeptItem& item(const OpenItemId&) const;

    const std::vector<AllocatedPart>& parts() const { return parts_; }

private:
    // How much of what settles may be used at most, and what it is in the item's currency.
    struct Limit;
    KeptItem* find(const OpenItemId&);
    Objection find_settled(const OpenItemId& by, const AllocationAsk&, OpenItemId&);
    Objection find_limit(const KeptItem& item, const KeptItem& by, const AllocationAsk&, Limit&);
    void settle_instalment(const OpenItemId&, std::int64_t instalment, const OpenItemId& by,
                           const AllocationAsk&, Limit&);
    void settle_by(const OpenItemId&, std::int64_t instalment, const OpenItemId& by,
                   std::int64_t by_instalment, const AllocationAsk&, Limit&);
    Objection close_rest(const OpenItemId&, std::size_t first_part, const AllocationAsk&);
    void add_exchange(AllocatedPart&) const;
    // The taxes of the item that are due by a part which is no spell of it yet.
    void add_taxes(AllocatedPart&, const KeptItem&, const OpenItemId&, ItemKind settled_by,
                   Money settled, std::span<const AllocatedSpell> before,
                   std::span<const TaxMove> deducted) const;

    const World& world_;
    const CompanyCode company_;
    const AllocationId allocation_;
    Date day_, posted_;
    const SettlementRules& rules_;
    Currency base_;
    std::map<OpenItemId, KeptItem> items_;
    std::vector<AllocatedPart> parts_;
};

// What takes back parts of an allocation from a day on, or from its own where that is later; why
// they stay.
Objection find_taken_back(const World&, const AllocationKey&,
                          const std::vector<std::int64_t>& lines, Date, const std::string& reason,
                          const Context&, AllocationTakenBack&);

// The id of the entry of an allocation that is posted on its own.
ledger::EntryId entry_of(const AllocationId&);

ItemChange change_of(const ItemsAllocated&);

Decision<ItemsAllocated> decide(const World&, const AllocateItem&, const Context&);
Decision<AllocationTakenBack> decide(const World&, const TakeBackAllocation&, const Context&);

Part allocating();

}  // namespace kontor::settlement
