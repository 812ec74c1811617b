// Opening items and taking them back: invoices, credit notes and what stood open at the beginning.
//
// An item and its entry are one fact: the account of the item against the lines that it names.
#pragma once

#include "domain/settlement/booking.h"

namespace kontor {
class Part;
}

namespace kontor::settlement {

inline constexpr Reason open_item_exists{Refusal::conflict, "open_item_exists",
                                         "The company has an item with this id already."};
inline constexpr Reason open_item_unknown{Refusal::missing, "open_item_unknown",
                                          "The company has no item with this id."};
inline constexpr Reason open_item_reversed{Refusal::conflict, "open_item_reversed",
                                           "The item is taken back already."};
inline constexpr Reason item_kind_reserved{
    Refusal::invalid, "item_kind_reserved",
    "Payments are entered by RecordPayment, write-offs by WriteOffItem."};
inline constexpr Reason contract_of_another{Refusal::invalid, "contract_of_another",
                                            "The contract is with another counterparty."};
inline constexpr Reason not_an_item_account{
    Refusal::invalid, "not_an_item_account",
    "Items lie on the accounts that SetSettlementAccounts names, its `others` among them."};
inline constexpr Reason item_document_exists{
    Refusal::conflict, "item_document_exists",
    "An item of this kind has the document's number already: of this supplier, or of any customer. "
    "What is taken back gives its number back."};
inline constexpr Reason opening_has_lines{
    Refusal::invalid, "opening_has_lines",
    "What stood open at the beginning is posted against the opening account; it names no lines."};
inline constexpr Reason item_lines_missing{
    Refusal::invalid, "item_lines_missing",
    "The item names no other lines of its entry; only one that is `opening` has none."};
inline constexpr Reason instalments_and_terms{
    Refusal::invalid, "instalments_and_terms",
    "The item names payment terms and instalments; the terms say its instalments."};
inline constexpr Reason instalments_differ{
    Refusal::invalid, "instalments_differ",
    "Instalments are above zero, in the item's currency, and add up to its amount; either all say "
    "their `base`, not below zero and in base currency, or none does, and then they add up to the "
    "item's if it says one."};
inline constexpr Reason due_beyond_years{Refusal::invalid, "due_beyond_years",
                                         "By the terms something is due after the year 9999."};
inline constexpr Reason item_taxes_differ{
    Refusal::invalid, "item_taxes_differ",
    "The taxes that are in an item are in its currency and not more than its amount."};
inline constexpr Reason item_allocated{
    Refusal::conflict, "item_allocated",
    "Something is allocated to the item on that day or later; take that back first, or say "
    "`with_allocations`."};
inline constexpr Reason reversed_before_item{Refusal::invalid, "reversed_before_item",
                                             "It would be taken back before it was there."};
inline constexpr Reason item_held{Refusal::conflict, "item_held",
                                  "The item is held back from payment already."};
inline constexpr Reason item_not_held{Refusal::conflict, "item_not_held",
                                      "The item is not held back from payment."};

inline constexpr Reason till_insufficient{
    Refusal::conflict, "till_insufficient",
    "On a day from then on there would be less than nothing in the till."};

struct ItemOpened {
    CompanyCode company;
    OpenItemId item;
    Date date;
    ItemFacts facts;

    bool operator==(const ItemOpened&) const = default;
    static void describe(auto& event) {
        event.record("ItemOpened", "A counterparty owes something, or is owed it.")
            .company(&ItemOpened::company)
            .stream(&ItemOpened::item)
            .on(&ItemOpened::date)
            .field("company", &ItemOpened::company, "Whose books.")
            .field("item", &ItemOpened::item, "Its id.")
            .field("date", &ItemOpened::date, "The day that it is posted on.")
            .field("facts", &ItemOpened::facts, "What it is.");
    }
};

struct ItemReversed {
    CompanyCode company;
    OpenItemId item;
    Date date;
    std::optional<Date> belongs_to;
    ItemFacts facts;
    std::string reason;

    bool operator==(const ItemReversed&) const = default;
    static void describe(auto& event) {
        event.record("ItemReversed", "An item is taken back from a day on.")
            .company(&ItemReversed::company)
            .stream(&ItemReversed::item)
            .on(&ItemReversed::date)
            .field("company", &ItemReversed::company, "Whose books.")
            .field("item", &ItemReversed::item, "The item.")
            .field("date", &ItemReversed::date, "The day that its reversal is posted on.")
            .field("belongs_to", &ItemReversed::belongs_to,
                   "The day that the reversal belongs to, where that was closed.")
            .field("facts", &ItemReversed::facts, "What it was, without its other lines.")
            .field("reason", &ItemReversed::reason, "Why.");
    }
};

// Defined beside the commands that need it: parts of an allocation are taken back.
struct AllocationTakenBack {
    CompanyCode company;
    AllocationId allocation;
    Date date;
    std::optional<Date> belongs_to;
    std::vector<AllocatedPart> parts;
    bool whole = false;
    std::int64_t time = 1;
    std::string reason;

    bool operator==(const AllocationTakenBack&) const = default;
    static void describe(auto& event) {
        event.record("AllocationTakenBack", "What was allocated is open again from a day on.")
            .company(&AllocationTakenBack::company)
            .stream(&AllocationTakenBack::allocation)
            .on(&AllocationTakenBack::date)
            .field("company", &AllocationTakenBack::company, "Whose books.")
            .field("allocation", &AllocationTakenBack::allocation, "The allocation.")
            .field("date", &AllocationTakenBack::date, "The day that it is posted on.")
            .field("belongs_to", &AllocationTakenBack::belongs_to,
                   "The day that it belongs to, where that was closed.")
            .field("parts", &AllocationTakenBack::parts, "The parts that are taken back.")
            .field("whole", &AllocationTakenBack::whole,
                   "They are all of it, and it has an entry of its own, which is reversed.")
            .field("time", &AllocationTakenBack::time,
                   "Parts of the allocation are taken back for the so many-th time.")
            .field("reason", &AllocationTakenBack::reason, "Why.");
    }
};

struct ItemPaymentHeld {
    CompanyCode company;
    OpenItemId item;
    std::string reason;

    bool operator==(const ItemPaymentHeld&) const = default;
    static void describe(auto& event) {
        event.record("ItemPaymentHeld", "An item is not proposed for payment.")
            .company(&ItemPaymentHeld::company)
            .stream(&ItemPaymentHeld::item)
            .on_recorded_day()
            .field("company", &ItemPaymentHeld::company, "Whose books.")
            .field("item", &ItemPaymentHeld::item, "The item.")
            .field("reason", &ItemPaymentHeld::reason, "Why.");
    }
};

struct ItemPaymentReleased {
    CompanyCode company;
    OpenItemId item;
    std::string reason;

    bool operator==(const ItemPaymentReleased&) const = default;
    static void describe(auto& event) {
        event.record("ItemPaymentReleased", "An item may be paid.")
            .company(&ItemPaymentReleased::company)
            .stream(&ItemPaymentReleased::item)
            .on_recorded_day()
            .field("company", &ItemPaymentReleased::company, "Whose books.")
            .field("item", &ItemPaymentReleased::item, "The item.")
            .field("reason", &ItemPaymentReleased::reason, "Why.");
    }
};

struct OpenItem {
    CompanyCode company;
    OpenItemId item;
    ItemKind kind = ItemKind::invoice;
    ItemSide side = ItemSide::receivable;
    std::optional<parties::PartyCode> party;
    parties::CounterpartyCode counterparty;
    std::optional<std::string> document;
    std::optional<Date> document_date;
    std::optional<Date> date;
    Money amount;
    std::optional<Money> base;
    std::optional<Rate> rate;
    std::optional<ledger::AccountCode> account;
    std::vector<ItemInstalment> instalments;
    std::optional<contracts::PaymentTermsCode> terms;
    std::vector<ItemTax> taxes;
    std::vector<ledger::EntryLine> lines;
    bool opening = false;
    std::string text;
    std::optional<contracts::ContractCode> contract;

    static void describe(auto& command) {
        command
            .record("OpenItem",
                    "Opens an item: what a counterparty owes, or is owed, and one entry that has "
                    "it on its account and the given lines beside it. Lines in the item's foreign "
                    "currency that say no `base` or `rate` are booked at the item's rate.")
            .company(&OpenItem::company)
            .stream(&OpenItem::item)
            .example(R"({"company": "DEMO", "item": "01980000-0000-7000-8000-00000000e001",
                "kind": "invoice", "side": "receivable", "counterparty": "ALDER-LTD",
                "document": "M-2026-1", "date": "2026-06-30", "amount": {"amount": "1200.00",
                "currency": "EUR"}, "instalments": [{"due": "2026-07-30", "amount": {"amount":
                "1200.00", "currency": "EUR"}, "discounts": [{"until": "2026-07-10", "percent":
                "2"}]}], "taxes": [{"account": "2100", "amount": {"amount": "200.00", "currency":
                "EUR"}}], "lines": [{"account": "4000", "side": "credit", "amount": {"amount":
                "1000.00", "currency": "EUR"}}, {"account": "2100", "side": "credit", "amount":
                {"amount": "200.00", "currency": "EUR"}}], "text": "Candles"})")
            .field("company", &OpenItem::company, "Whose books.")
            .field("item", &OpenItem::item, "A new id, chosen by the client.")
            .field("kind", &OpenItem::kind,
                   "invoice, credit_note, advance or other; payments and write-offs have commands "
                   "of their own.")
            .field("side", &OpenItem::side, "Business with a customer or a supplier.")
            .field("party", &OpenItem::party, "The party that it was dealt with.")
            .field("counterparty", &OpenItem::counterparty,
                   "The legal entity that owes or is owed.")
            .field("document", &OpenItem::document,
                   "Number of the document: the supplier's own, or one that no other customer's "
                   "item of the kind has.")
            .shortest(1)
            .longest(64)
            .field("document_date", &OpenItem::document_date,
                   "Date of the document, from which terms count. Absent: `date`.")
            .field("date", &OpenItem::date,
                   "The business day that it belongs to. Absent: today. Where that is closed, it "
                   "is refused or posted in the next open period, as the ledger's policy says.")
            .field("amount", &OpenItem::amount, "Above zero, in any currency.")
            .field("base", &OpenItem::base,
                   "What it is booked at, in base currency. Absent: at `rate`, the instalments' "
                   "sum, or the company's rate of the day.")
            .field("rate", &OpenItem::rate, "So many of the base currency for one of the amount's.")
            .field("account", &OpenItem::account,
                   "An account of items. Absent: that of its side and kind.")
            .field("instalments", &OpenItem::instalments,
                   "What is due when. Empty: by `terms`, or all on the document's date.")
            .otherwise_empty()
            .longest(120)
            .field("terms", &OpenItem::terms,
                   "Payment terms of the company; their version of the document's date is taken.")
            .field("taxes", &OpenItem::taxes,
                   "The taxes that are in the amount; an early discount takes its part off them.")
            .otherwise_empty()
            .longest(50)
            .field("lines", &OpenItem::lines,
                   "The other lines of its entry, which balance it, such as revenue and tax.")
            .otherwise_empty()
            .longest(999)
            .field("opening", &OpenItem::opening,
                   "It stood open when the books began: posted against the opening account.")
            .otherwise(false)
            .field("text", &OpenItem::text, "What it is, for the reader of the journal.")
            .otherwise_empty()
            .longest(500)
            .field("contract", &OpenItem::contract, "The contract that it is of.")
            .refuses(
                companies::company_unknown, open_item_exists, settlement_accounts_missing,
                item_kind_reserved, parties::counterparty_unknown, parties::counterparty_merged,
                parties::party_unknown, parties::party_merged, contracts::contract_unknown,
                contract_of_another, not_an_item_account, item_document_exists, opening_has_lines,
                item_lines_missing, ledger::date_outside_calendar, ledger::period_closed,
                ledger::period_soft_closed, ledger::amount_not_positive, ledger::account_blocked,
                ledger::account_currency_differs, ledger::base_not_in_base_currency,
                ledger::base_contradicts_amount, ledger::base_negative, ledger::rate_not_positive,
                ledger::rate_contradicts_base, ledger::rate_unknown,
                ledger::dimension_value_blocked, instalments_and_terms,
                contracts::payment_terms_unknown, contracts::payment_terms_blocked,
                due_beyond_years, instalments_differ, item_taxes_differ, ledger::account_unknown,
                line_on_item_account, ledger::account_is_control);
    }
};

struct ReverseItem {
    CompanyCode company;
    OpenItemId item;
    std::optional<Date> date;
    bool with_allocations = false;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("ReverseItem",
                    "Takes an item back: an invoice that was wrong, a payment that bounced, a "
                    "write-off that was paid after all. Its entry is reversed, and what had its "
                    "document's number may come again.")
            .company(&ReverseItem::company)
            .stream(&ReverseItem::item)
            .example(R"({"company": "DEMO", "item": "01980000-0000-7000-8000-00000000e001",
                "reason": "Sent to the wrong firm"})")
            .field("company", &ReverseItem::company, "Whose books.")
            .field("item", &ReverseItem::item, "An item that stands.")
            .field("date", &ReverseItem::date,
                   "From which day on. Absent: its own, as if it had never been.")
            .field("with_allocations", &ReverseItem::with_allocations,
                   "What is allocated to it is taken off first, from the same day on or from its "
                   "own if that is later.")
            .otherwise(false)
            .field("reason", &ReverseItem::reason, "Why, for the auditor.")
            .shortest(1)
            .longest(500)
            .refuses(open_item_unknown, open_item_reversed, reversed_before_item, item_allocated,
                     ledger::date_outside_calendar, ledger::period_closed,
                     ledger::period_soft_closed, till_insufficient);
    }
};

struct HoldItemPayment {
    CompanyCode company;
    OpenItemId item;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("HoldItemPayment",
                    "Holds an item back from payment, such as a bill that differs from its order. "
                    "It stays owed, and payment runs leave it out.")
            .company(&HoldItemPayment::company)
            .stream(&HoldItemPayment::item)
            .example(R"({"company": "DEMO", "item": "01980000-0000-7000-8000-00000000e002",
                "reason": "Two boxes too many"})")
            .field("company", &HoldItemPayment::company, "Whose books.")
            .field("item", &HoldItemPayment::item, "An item that stands.")
            .field("reason", &HoldItemPayment::reason, "Why.")
            .shortest(1)
            .longest(500)
            .refuses(open_item_unknown, open_item_reversed, item_held);
    }
};

struct ReleaseItemPayment {
    CompanyCode company;
    OpenItemId item;
    std::string reason;

    static void describe(auto& command) {
        command.record("ReleaseItemPayment", "Lets an item be paid that was held back.")
            .company(&ReleaseItemPayment::company)
            .stream(&ReleaseItemPayment::item)
            .example(R"({"company": "DEMO", "item": "01980000-0000-7000-8000-00000000e002",
                "reason": "The supplier took two boxes back"})")
            .field("company", &ReleaseItemPayment::company, "Whose books.")
            .field("item", &ReleaseItemPayment::item, "An item that is held back.")
            .field("reason", &ReleaseItemPayment::reason, "Why.")
            .shortest(1)
            .longest(500)
            .refuses(open_item_unknown, open_item_reversed, item_not_held);
    }
};

// The id of the entry that an item is posted by.
ledger::EntryId entry_of(const OpenItemId&);
// Whose an item is to be.
struct Whose {
    const std::optional<parties::PartyCode>& party;
    const parties::CounterpartyCode& counterparty;
    const std::optional<contracts::ContractCode>& contract;
};
// Why it cannot be theirs: the counterparty, then the party is unknown or merged; the contract is
// unknown or that of another.
Objection fault_of_whose(const World&, const CompanyCode&, const Whose&);
// Why the company has no item with this id that stands; none when it has, and then the item.
Objection find_standing(const World&, const CompanyCode&, const OpenItemId&, const KeptItem*&);

ItemChange change_of(const ItemOpened&);
ItemChange change_of(const ItemReversed&);
ItemChange change_of(const AllocationTakenBack&);

Decision<ItemOpened> decide(const World&, const OpenItem&, const Context&);
Decision<AllocationTakenBack, ItemReversed> decide(const World&, const ReverseItem&,
                                                   const Context&);
Decision<ItemPaymentHeld> decide(const World&, const HoldItemPayment&, const Context&);
Decision<ItemPaymentReleased> decide(const World&, const ReleaseItemPayment&, const Context&);
void evolve(OpenItems&, const ItemPaymentHeld&);
void evolve(OpenItems&, const ItemPaymentReleased&);

Part open_items();

}  // namespace kontor::settlement
