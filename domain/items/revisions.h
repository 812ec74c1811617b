// Revisions of an item: the same item, made or described anew, from a day on.
#pragma once

#include "domain/items/lifecycle.h"

#include <optional>
#include <string>

namespace kontor::items {

struct RevisionThing {
    static constexpr Thing thing{"revision", "item_revisions"};
};
using RevisionCode = Code<RevisionThing>;

inline constexpr Reason revision_exists{Refusal::conflict, "revision_exists",
                                        "The item has a revision with this code already."};
inline constexpr Reason revision_not_later{
    Refusal::invalid, "revision_not_later",
    "The item's last revision is from that day or a later one; revisions follow each other."};

struct ItemRevised {
    CompanyCode company;
    ItemCode item;
    RevisionCode revision;
    Date from;
    std::string text;

    bool operator==(const ItemRevised&) const = default;
    static void describe(auto& event) {
        event.record("ItemRevised", "An item is of another revision from a day on.")
            .company(&ItemRevised::company)
            .stream(&ItemRevised::item)
            .on(&ItemRevised::from)
            .field("company", &ItemRevised::company, "Whose item.")
            .field("item", &ItemRevised::item, "Its code.")
            .field("revision", &ItemRevised::revision, "Code of the revision.")
            .field("from", &ItemRevised::from, "The first day.")
            .field("text", &ItemRevised::text, "What is another way.");
    }
};

struct ReviseItem {
    CompanyCode company;
    ItemCode item;
    RevisionCode revision;
    std::optional<Date> from;
    std::string text;

    static void describe(auto& command) {
        command
            .record("ReviseItem",
                    "Says that an item is of another revision from a day on. It stays the same "
                    "item: what is in stock of the revision before is as good. What is not gets a "
                    "code of its own.")
            .company(&ReviseItem::company)
            .stream(&ReviseItem::item)
            .example(R"({"company": "DEMO", "item": "MUG-01", "revision": "B", "text":
                "Handle made wider"})")
            .field("company", &ReviseItem::company, "Whose item.")
            .field("item", &ReviseItem::item, "An item of the company; of a template, none.")
            .field("revision", &ReviseItem::revision, "A code for it, such as \"B\".")
            .field("from", &ReviseItem::from,
                   "The first day, after that of the last revision. Absent: today.")
            .field("text", &ReviseItem::text, "What is another way.")
            .otherwise(std::string())
            .longest(2'000)
            .refuses(item_unknown, item_is_template, revision_exists, revision_not_later);
    }
};

struct RevisionKey {
    CompanyCode company;
    ItemCode item;
    Date from;

    auto operator<=>(const RevisionKey&) const = default;
    static void describe(auto& key) {
        key.record("RevisionKey", "An item from a day on.")
            .field("company", &RevisionKey::company, "Whose item.")
            .field("item", &RevisionKey::item, "Its code.")
            .field("from", &RevisionKey::from, "The first day.");
    }
};

struct Revision {
    RevisionCode revision;

    static void describe(auto& record) {
        record.record("Revision", "A revision of an item.")
            .field("revision", &Revision::revision, "Its code.");
    }
};
using Revisions = Table<RevisionKey, Revision>;

// The revision that an item is of on a day; empty before its first.
std::optional<RevisionCode> revision_of(const World&, const CompanyCode&, const ItemCode&, Date);

Decision<ItemRevised> decide(const World&, const ReviseItem&, const Context&);
void evolve(Revisions&, const ItemRevised&);

Part revisions();

}  // namespace kontor::items
