// The life of an item, from draft to discontinued, and what it is kept from meanwhile.
#pragma once

#include "domain/items/item_records.h"

#include <string>
#include <vector>

namespace kontor::items {

inline constexpr Reason item_no_draft_again{
    Refusal::conflict, "item_no_draft_again",
    "The item was in use, so it is a draft no more; block it for what it is to be kept from."};
inline constexpr Reason item_lifecycle_unchanged{Refusal::conflict, "item_lifecycle_unchanged",
                                                 "The item is in this stage already."};
inline constexpr Reason item_use_blocked{Refusal::conflict, "item_use_blocked",
                                         "The item is blocked for this."};
inline constexpr Reason item_use_not_blocked{Refusal::conflict, "item_use_not_blocked",
                                             "The item is not blocked for this."};
// What whoever uses an item may meet, in this order.
inline constexpr Reason item_is_template{
    Refusal::invalid, "item_is_template",
    "The item stands for its variants; name the variant that is meant."};
inline constexpr Reason item_is_draft{Refusal::conflict, "item_is_draft",
                                      "The item is a draft; make it active first."};
inline constexpr Reason item_phased_out{
    Refusal::conflict, "item_phased_out",
    "The item is running out: no more of it is bought or made."};
inline constexpr Reason item_discontinued{
    Refusal::conflict, "item_discontinued",
    "The item is discontinued: it is neither bought nor made nor sold."};

struct ItemLifecycleSet {
    CompanyCode company;
    ItemCode item;
    ItemLifecycle lifecycle = ItemLifecycle::active;

    bool operator==(const ItemLifecycleSet&) const = default;
    static void describe(auto& event) {
        event.record("ItemLifecycleSet", "An item is in another stage of its life.")
            .company(&ItemLifecycleSet::company)
            .stream(&ItemLifecycleSet::item)
            .on_recorded_day()
            .field("company", &ItemLifecycleSet::company, "Whose item.")
            .field("item", &ItemLifecycleSet::item, "Its code.")
            .field("lifecycle", &ItemLifecycleSet::lifecycle, "The stage.");
    }
};

struct ItemBlocked {
    CompanyCode company;
    ItemCode item;
    std::vector<ItemUse> uses;
    std::string because;

    bool operator==(const ItemBlocked&) const = default;
    static void describe(auto& event) {
        event.record("ItemBlocked", "An item is kept from what is done with it.")
            .company(&ItemBlocked::company)
            .stream(&ItemBlocked::item)
            .on_recorded_day()
            .field("company", &ItemBlocked::company, "Whose item.")
            .field("item", &ItemBlocked::item, "Its code.")
            .field("uses", &ItemBlocked::uses, "From what, sorted.")
            .field("because", &ItemBlocked::because, "Why.");
    }
};

struct ItemUnblocked {
    CompanyCode company;
    ItemCode item;
    std::vector<ItemUse> uses;

    bool operator==(const ItemUnblocked&) const = default;
    static void describe(auto& event) {
        event.record("ItemUnblocked", "An item is no longer kept from what is done with it.")
            .company(&ItemUnblocked::company)
            .stream(&ItemUnblocked::item)
            .on_recorded_day()
            .field("company", &ItemUnblocked::company, "Whose item.")
            .field("item", &ItemUnblocked::item, "Its code.")
            .field("uses", &ItemUnblocked::uses, "From what, sorted.");
    }
};

struct SetItemLifecycle {
    CompanyCode company;
    ItemCode item;
    ItemLifecycle lifecycle = ItemLifecycle::active;

    static void describe(auto& command) {
        command
            .record("SetItemLifecycle",
                    "Puts an item into another stage of its life. What is ordered and promised "
                    "stays; a discontinued item may come back.")
            .company(&SetItemLifecycle::company)
            .stream(&SetItemLifecycle::item)
            .example(R"({"company": "DEMO", "item": "MUG-01", "lifecycle": "phase_out"})")
            .field("company", &SetItemLifecycle::company, "Whose item.")
            .field("item", &SetItemLifecycle::item, "An item of the company.")
            .field("lifecycle", &SetItemLifecycle::lifecycle, "The stage.")
            .refuses(item_unknown, item_lifecycle_unchanged, item_no_draft_again);
    }
};

struct BlockItem {
    CompanyCode company;
    ItemCode item;
    std::vector<ItemUse> uses;
    std::string because;

    static void describe(auto& command) {
        command
            .record("BlockItem",
                    "Keeps an item from being bought, made, sold or moved, such as after a "
                    "recall. Counts and corrections are still possible.")
            .company(&BlockItem::company)
            .stream(&BlockItem::item)
            .example(R"({"company": "DEMO", "item": "MUG-01", "uses": ["purchase", "sale"],
                "because": "The glaze is being tested."})")
            .field("company", &BlockItem::company, "Whose item.")
            .field("item", &BlockItem::item, "An item of the company.")
            .field("uses", &BlockItem::uses, "From what; at least one.")
            .shortest(1)
            .longest(4)
            .field("because", &BlockItem::because, "Why, as those are told who ask for it.")
            .shortest(1)
            .longest(500)
            .refuses(item_unknown, item_use_blocked);
    }
};

struct UnblockItem {
    CompanyCode company;
    ItemCode item;
    std::vector<ItemUse> uses;

    static void describe(auto& command) {
        command.record("UnblockItem", "Allows again what an item was kept from.")
            .company(&UnblockItem::company)
            .stream(&UnblockItem::item)
            .example(R"({"company": "DEMO", "item": "MUG-01", "uses": ["sale"]})")
            .field("company", &UnblockItem::company, "Whose item.")
            .field("item", &UnblockItem::item, "An item of the company.")
            .field("uses", &UnblockItem::uses, "What is allowed again; at least one.")
            .shortest(1)
            .longest(4)
            .refuses(item_unknown, item_use_not_blocked);
    }
};

// Why nothing of the kind may be done with an item now; null when it may. Meets item_unknown,
// item_is_template, item_is_draft, item_phased_out, item_discontinued, item_use_blocked and, of
// kits, kit_is_empty (kits.h), in this order; who calls it declares those that it can meet.
Objection fault_of_use(const World&, const CompanyCode&, const ItemCode&, ItemUse);

Decision<ItemLifecycleSet> decide(const World&, const SetItemLifecycle&, const Context&);
Decision<ItemBlocked> decide(const World&, const BlockItem&, const Context&);
Decision<ItemUnblocked> decide(const World&, const UnblockItem&, const Context&);
void evolve(Items&, const ItemLifecycleSet&);
void evolve(Items&, const ItemBlocked&);
void evolve(Items&, const ItemUnblocked&);

Part lifecycle();

}  // namespace kontor::items
