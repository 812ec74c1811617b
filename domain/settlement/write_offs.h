// Writing items off: what is no longer expected to be paid, up to what a role may decide.
#pragma once

#include "domain/access/roles.h"
#include "domain/settlement/allocating.h"

namespace kontor::settlement {

inline constexpr Reason write_off_beyond_limit{
    Refusal::conflict, "write_off_beyond_limit",
    "More of the item would be written off than the roles of who asks may decide; somebody with a "
    "higher limit can."};
inline constexpr Reason write_off_limit_unfit{Refusal::invalid, "write_off_limit_unfit",
                                              "A limit is in base currency."};
inline constexpr Reason write_off_limit_unchanged{Refusal::conflict, "write_off_limit_unchanged",
                                                  "That is the limit of the role already."};

struct WriteOffLimitSet {
    CompanyCode company;
    access::RoleCode role;
    Money limit;

    bool operator==(const WriteOffLimitSet&) const = default;
    static void describe(auto& event) {
        event.record("WriteOffLimitSet", "A role may write off so much of an item.")
            .company(&WriteOffLimitSet::company)
            .stream(&WriteOffLimitSet::company)
            .on_recorded_day()
            .field("company", &WriteOffLimitSet::company, "Of whose items.")
            .field("role", &WriteOffLimitSet::role, "The role.")
            .field("limit", &WriteOffLimitSet::limit, "At most, of one item, in base currency.");
    }
};

struct ItemWrittenOff {
    CompanyCode company;
    OpenItemId write_off;
    Date date;
    ItemFacts facts;
    std::vector<AllocatedPart> parts;

    bool operator==(const ItemWrittenOff&) const = default;
    static void describe(auto& event) {
        event.record("ItemWrittenOff", "What is open of an item is no longer expected.")
            .company(&ItemWrittenOff::company)
            .stream(&ItemWrittenOff::write_off)
            .on(&ItemWrittenOff::date)
            .field("company", &ItemWrittenOff::company, "Whose books.")
            .field("write_off", &ItemWrittenOff::write_off, "Its id, which its allocation has too.")
            .field("date", &ItemWrittenOff::date, "The day that it is posted on.")
            .field("facts", &ItemWrittenOff::facts, "What it is.")
            .field("parts", &ItemWrittenOff::parts, "What it settles.");
    }
};

struct SetWriteOffLimit {
    CompanyCode company;
    access::RoleCode role;
    Money limit;

    static void describe(auto& command) {
        command
            .record("SetWriteOffLimit",
                    "Says how much of one item a role may write off. As long as no role has a "
                    "limit, whoever may write off may write off all; then only within the "
                    "highest limit of one's roles.")
            .company(&SetWriteOffLimit::company)
            .stream(&SetWriteOffLimit::company)
            .example(R"({"company": "DEMO", "role": "administrator", "limit": {"amount":
                "500.00", "currency": "EUR"}})")
            .field("company", &SetWriteOffLimit::company, "Of whose items.")
            .field("role", &SetWriteOffLimit::role, "A role.")
            .field("limit", &SetWriteOffLimit::limit, "At most, of one item, in base currency.")
            .least(0)
            .refuses(companies::company_unknown, access::role_unknown, write_off_limit_unfit,
                     write_off_limit_unchanged);
    }
};

struct WriteOffItem {
    CompanyCode company;
    OpenItemId write_off;
    OpenItemId item;
    std::optional<std::int64_t> instalment;
    std::optional<Money> amount;
    std::optional<Date> date;
    std::optional<ledger::AccountCode> account;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("WriteOffItem",
                    "Writes off what is open of an item, or part of it, at what it is booked at. "
                    "Paid after all, the write-off is taken back by ReverseItem.")
            .company(&WriteOffItem::company)
            .stream(&WriteOffItem::item)
            .example(R"({"company": "DEMO", "write_off": "01980000-0000-7000-8000-00000000ef01",
                "item": "01980000-0000-7000-8000-00000000e005", "date": "2026-06-30", "reason":
                "Insolvent"})")
            .field("company", &WriteOffItem::company, "Whose books.")
            .field("write_off", &WriteOffItem::write_off,
                   "A new id, chosen by the client; the write-off is an item with it.")
            .field("item", &WriteOffItem::item, "An item that stands.")
            .field("instalment", &WriteOffItem::instalment,
                   "Only of this instalment, from 1. Absent: of all.")
            .least(1)
            .field("amount", &WriteOffItem::amount,
                   "So much, in the item's currency. Absent: all that is open.")
            .field("date", &WriteOffItem::date, "The business day. Absent: today.")
            .field("account", &WriteOffItem::account,
                   "The account that bears it. Absent: that of write-offs.")
            .field("reason", &WriteOffItem::reason, "Why, for the auditor.")
            .shortest(1)
            .longest(500)
            .refuses(settlement_accounts_missing, open_item_exists, open_item_unknown,
                     open_item_reversed, instalment_unknown, ledger::account_unknown,
                     ledger::account_is_summary, ledger::account_is_control,
                     ledger::date_outside_calendar, ledger::period_closed,
                     ledger::period_soft_closed, allocated_before_item, allocation_not_positive,
                     allocated_beyond, write_off_beyond_limit);
    }
};

struct WriteOffLimitKey {
    CompanyCode company;
    access::RoleCode role;

    auto operator<=>(const WriteOffLimitKey&) const = default;
    static void describe(auto& key) {
        key.record("WriteOffLimitKey", "A role that may write off.")
            .field("company", &WriteOffLimitKey::company, "Of whose items.")
            .field("role", &WriteOffLimitKey::role, "The role.");
    }
};
struct WriteOffLimit {
    Money limit;
    static void describe(auto& record) {
        record.record("WriteOffLimit", "How much of one item a role may write off.")
            .field("limit", &WriteOffLimit::limit, "At most, in base currency.");
    }
};
using WriteOffLimits = Table<WriteOffLimitKey, WriteOffLimit>;

ItemChange change_of(const ItemWrittenOff&);

Decision<WriteOffLimitSet> decide(const World&, const SetWriteOffLimit&, const Context&);
Decision<ItemWrittenOff> decide(const World&, const WriteOffItem&, const Context&);
void evolve(WriteOffLimits&, const WriteOffLimitSet&);

Part write_offs();

}  // namespace kontor::settlement
