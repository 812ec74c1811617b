// Items as decisions know them: what is open of each instalment, and what is allocated from when.
#pragma once

#include "domain/core/paged_table.h"
#include "domain/settlement/item_facts.h"

#include <span>

namespace kontor::settlement {

struct AllocationThing {
    static constexpr Thing thing{"allocation", ""};
};
// Of several parts; those of a payment that was allocated at once have the payment's id.
using AllocationId = Id<AllocationThing>;

enum class DeductionKind : std::uint8_t { discount, tax, difference };

void describe(auto& choice, DeductionKind) {
    choice.choice("DeductionKind", "Why more of an item is settled than is paid.")
        .value("discount", "An early discount, without its taxes.")
        .value("tax", "What an early discount takes off a tax.")
        .value("difference", "So little that nobody asks for it.");
}

struct Deduction {
    DeductionKind kind = DeductionKind::discount;
    ledger::AccountCode account;
    Money amount;
    Money base;

    bool operator==(const Deduction&) const = default;
    static void describe(auto& record) {
        record.record("Deduction", "What is settled of an item without being paid.")
            .field("kind", &Deduction::kind, "Why.")
            .field("account", &Deduction::account, "The account that bears it.")
            .field("amount", &Deduction::amount, "In the item's currency.")
            .field("base", &Deduction::base, "In base currency.");
    }
};

// What a payment makes due of a tax that is owed when it is paid.
struct TaxMove {
    OpenItemId item;
    taxes::TaxCode tax;
    ledger::AccountCode from;
    ledger::AccountCode to;
    ledger::Side side = ledger::Side::debit;
    Money amount;
    Money base;
    Money deducted;
    Money deducted_base;

    bool operator==(const TaxMove&) const = default;
    static void describe(auto& record) {
        record.record("TaxMove", "What is due of a tax as its item is settled.")
            .field("item", &TaxMove::item, "The item that the tax is in.")
            .field("tax", &TaxMove::tax, "The tax.")
            .field("from", &TaxMove::from, "Where it waited.")
            .field("to", &TaxMove::to,
                   "Where it is due; of what is written off, the account that bears that.")
            .field("side", &TaxMove::side, "On which side of `from` it is posted.")
            .field("amount", &TaxMove::amount, "In the item's currency.")
            .field("base", &TaxMove::base, "In base currency.")
            .field("deducted", &TaxMove::deducted, "What an early discount took off it.")
            .field("deducted_base", &TaxMove::deducted_base, "The same in base currency.");
    }
};

// One side of an allocation: so much of an instalment is settled.
struct SettledPart {
    OpenItemId item;
    std::int64_t instalment = 1;
    ItemSide side = ItemSide::receivable;
    ledger::Side direction = ledger::Side::debit;
    parties::CounterpartyCode counterparty;
    ledger::AccountCode account;
    Date due;
    Money amount;
    Money base;
    std::optional<contracts::ContractCode> contract;
    ItemKind kind = ItemKind::invoice;

    bool operator==(const SettledPart&) const = default;
    static void describe(auto& record) {
        record.record("SettledPart", "So much of an instalment is settled.")
            .field("item", &SettledPart::item, "The item.")
            .field("instalment", &SettledPart::instalment, "Which of its instalments, from 1.")
            .field("side", &SettledPart::side, "Of a customer or a supplier.")
            .field("direction", &SettledPart::direction, "Debit: the counterparty owes the item.")
            .field("counterparty", &SettledPart::counterparty, "Whose item.")
            .field("account", &SettledPart::account, "The account that the item lies on.")
            .field("due", &SettledPart::due, "When the instalment is due.")
            .field("amount", &SettledPart::amount, "What of it, in the item's currency.")
            .field("base", &SettledPart::base, "What that was booked at.")
            .field("contract", &SettledPart::contract, "The contract that the item is of.")
            .field("kind", &SettledPart::kind, "What the item tells.");
    }
};

// An item of one direction against one of the other.
struct AllocatedPart {
    std::int64_t line = 1;
    SettledPart settled;
    SettledPart by;
    std::vector<Deduction> deductions;
    std::optional<Percent> percent;
    Money exchange;
    std::optional<ledger::AccountCode> exchange_account;
    std::vector<TaxMove> taxes = {};

    bool operator==(const AllocatedPart&) const = default;
    static void describe(auto& record) {
        record.record("AllocatedPart", "One instalment is settled by another item.")
            .field("line", &AllocatedPart::line, "Its number in the allocation, from 1.")
            .field("settled", &AllocatedPart::settled, "What is settled.")
            .field("by", &AllocatedPart::by, "By what: a payment, credit note or write-off.")
            .field("deductions", &AllocatedPart::deductions, "What was settled beyond that.")
            .otherwise_empty()
            .field("percent", &AllocatedPart::percent, "The early discount that was taken.")
            .field("exchange", &AllocatedPart::exchange,
                   "What it is worth more than it was booked at, in base currency; a loss is below "
                   "zero.")
            .field("exchange_account", &AllocatedPart::exchange_account,
                   "Where that is posted; absent: there is none.")
            .field("taxes", &AllocatedPart::taxes, "Taxes that are due by it.")
            .otherwise_empty();
    }
};

// From when until when something is allocated to an instalment.
struct AllocatedSpell {
    AllocationId allocation;
    std::int64_t line = 1;
    std::int64_t instalment = 1;
    Date from;
    std::optional<Date> until;
    Money amount;
    Money base;
    std::optional<Percent> percent;
    std::int64_t paid = 0;
    std::vector<TaxMove> taxes = {};

    bool operator==(const AllocatedSpell&) const = default;
    static void describe(auto& record) {
        record.record("AllocatedSpell", "From when until when an instalment is allocated.")
            .field("allocation", &AllocatedSpell::allocation, "The allocation.")
            .field("line", &AllocatedSpell::line, "Which part of it.")
            .field("instalment", &AllocatedSpell::instalment, "Which instalment, from 1.")
            .field("from", &AllocatedSpell::from, "The first day.")
            .field("until", &AllocatedSpell::until, "The day on which it was taken back.")
            .field("amount", &AllocatedSpell::amount, "What of it.")
            .field("base", &AllocatedSpell::base, "What that was booked at.")
            .field("percent", &AllocatedSpell::percent, "The early discount that was taken.")
            .field("paid", &AllocatedSpell::paid, "What was paid for it, in smallest units.")
            .field("taxes", &AllocatedSpell::taxes, "Taxes of the item that are due by it.");
    }
};

struct KeptInstalment {
    Date due;
    Money amount;
    Money base;
    Money open;
    Money open_base;
    std::vector<ItemDiscount> discounts;

    bool operator==(const KeptInstalment&) const = default;
    static void describe(auto& record) {
        record.record("KeptInstalment", "What is open of an instalment.")
            .field("due", &KeptInstalment::due, "When it is due.")
            .field("amount", &KeptInstalment::amount, "Its whole amount.")
            .field("base", &KeptInstalment::base, "What that was booked at.")
            .field("open", &KeptInstalment::open, "What is open after all allocations.")
            .field("open_base", &KeptInstalment::open_base, "What that is booked at.")
            .field("discounts", &KeptInstalment::discounts, "For paying early.");
    }
};

struct OpenItemKey {
    CompanyCode company;
    OpenItemId item;

    auto operator<=>(const OpenItemKey&) const = default;
    static void describe(auto& key) {
        key.record("OpenItemKey", "An item of a company.")
            .field("company", &OpenItemKey::company, "Whose books.")
            .field("item", &OpenItemKey::item, "Its id.");
    }
};

struct KeptItem {
    ItemKind kind = ItemKind::invoice;
    ItemSide side = ItemSide::receivable;
    ledger::Side direction = ledger::Side::debit;
    std::optional<parties::PartyCode> party;
    parties::CounterpartyCode counterparty;
    std::optional<std::string> document;
    Date date;
    Date happened;
    Date document_date;
    ledger::AccountCode account;
    ledger::JournalCode journal;
    Money amount;
    Money base;
    std::vector<ItemTax> taxes;
    std::vector<ledger::EntryLine> lines;
    bool opening = false;
    std::vector<KeptInstalment> instalments;
    std::vector<AllocatedSpell> spells;
    std::optional<Date> reversed;
    bool blocked = false;
    std::optional<TillCode> till;
    std::optional<contracts::ContractCode> contract;

    Money open() const;
    static void describe(auto& record) {
        record.record("KeptItem", "An item as decisions know it.")
            .field("kind", &KeptItem::kind, "What it tells.")
            .field("side", &KeptItem::side, "Of a customer or a supplier.")
            .field("direction", &KeptItem::direction, "Debit: the counterparty owes it.")
            .field("party", &KeptItem::party, "Who it was dealt with.")
            .field("counterparty", &KeptItem::counterparty, "The legal entity.")
            .field("document", &KeptItem::document, "Number of the document.")
            .field("date", &KeptItem::date, "The day that it is posted on.")
            .field("happened", &KeptItem::happened, "The day that it belongs to.")
            .field("document_date", &KeptItem::document_date, "Date of the document.")
            .field("account", &KeptItem::account, "The account that it lies on.")
            .field("journal", &KeptItem::journal, "The journal of its entry.")
            .field("amount", &KeptItem::amount, "Its whole amount.")
            .field("base", &KeptItem::base, "What it is booked at.")
            .field("taxes", &KeptItem::taxes, "The taxes that are in it.")
            .field("lines", &KeptItem::lines,
                   "The other lines of the entry of a payment or write-off.")
            .field("opening", &KeptItem::opening, "It stood open when the books began.")
            .field("instalments", &KeptItem::instalments, "What is due when.")
            .field("spells", &KeptItem::spells, "What is allocated from when until when.")
            .field("reversed", &KeptItem::reversed, "The day from which it is taken back.")
            .field("blocked", &KeptItem::blocked, "It is not to be paid yet.")
            .field("till", &KeptItem::till, "The till that a payment went into or out of.")
            .field("contract", &KeptItem::contract, "The contract that it is of.");
    }
};
using OpenItems = PagedTable<OpenItemKey, KeptItem>;

// Numbers of documents that are taken: a supplier's number by supplier, one's own once.
struct ItemDocumentKey {
    CompanyCode company;
    ItemSide side = ItemSide::receivable;
    ItemKind kind = ItemKind::invoice;
    parties::CounterpartyCode counterparty;
    std::string document;

    auto operator<=>(const ItemDocumentKey&) const = default;
    static void describe(auto& key) {
        key.record("ItemDocumentKey", "A document number that an item has.")
            .field("company", &ItemDocumentKey::company, "Whose books.")
            .field("side", &ItemDocumentKey::side, "Of a customer or a supplier.")
            .field("kind", &ItemDocumentKey::kind, "What the item tells.")
            .field("counterparty", &ItemDocumentKey::counterparty, "Whose item.")
            .field("document", &ItemDocumentKey::document, "The number.");
    }
};
struct ItemDocument {
    OpenItemId item;
    static void describe(auto& record) {
        record.record("ItemDocument", "Which item has a document number.")
            .field("item", &ItemDocument::item, "The item.");
    }
};
using ItemDocuments = PagedTable<ItemDocumentKey, ItemDocument>;

// What is open of a counterparty, in the order in which it is due.
struct DueKey {
    CompanyCode company;
    ItemSide side = ItemSide::receivable;
    parties::CounterpartyCode counterparty;
    Date due;
    OpenItemId item;
    std::int64_t instalment = 1;

    auto operator<=>(const DueKey&) const = default;
    static void describe(auto& key) {
        key.record("DueKey", "An instalment that is open.")
            .field("company", &DueKey::company, "Whose books.")
            .field("side", &DueKey::side, "Of a customer or a supplier.")
            .field("counterparty", &DueKey::counterparty, "Whose item.")
            .field("due", &DueKey::due, "When it is due.")
            .field("item", &DueKey::item, "The item.")
            .field("instalment", &DueKey::instalment, "Which instalment, from 1.");
    }
};
struct DueAmount {
    ledger::Side direction = ledger::Side::debit;
    Money open;
    static void describe(auto& record) {
        record.record("DueAmount", "What is open of an instalment.")
            .field("direction", &DueAmount::direction, "Debit: the counterparty owes it.")
            .field("open", &DueAmount::open, "After all allocations.");
    }
};
using DueInstalments = PagedTable<DueKey, DueAmount>;

// What is open of a counterparty in all, by currency: what a credit limit looks at.
struct CounterpartyOpenKey {
    CompanyCode company;
    parties::CounterpartyCode counterparty;
    ItemSide side = ItemSide::receivable;
    Currency currency;
    std::optional<contracts::ContractCode> contract;

    auto operator<=>(const CounterpartyOpenKey&) const = default;
    static void describe(auto& key) {
        key.record("CounterpartyOpenKey", "Items of a counterparty in a currency.")
            .field("company", &CounterpartyOpenKey::company, "Whose books.")
            .field("counterparty", &CounterpartyOpenKey::counterparty, "Whose items.")
            .field("side", &CounterpartyOpenKey::side, "Of a customer or a supplier.")
            .field("currency", &CounterpartyOpenKey::currency, "In which currency.")
            .field("contract", &CounterpartyOpenKey::contract, "Of which contract.");
    }
};
struct CounterpartyOpen {
    std::int64_t debit = 0;
    static void describe(auto& record) {
        record.record("CounterpartyOpen", "What is open of a counterparty.")
            .field("debit", &CounterpartyOpen::debit,
                   "What it owes less what it is owed, in smallest units.");
    }
};
using CounterpartiesOpen = PagedTable<CounterpartyOpenKey, CounterpartyOpen>;

// What is open of receivables by due day, as booked, after all days; advances and payments are
// none.
struct OpenByDueKey {
    CompanyCode company;
    Date due;

    auto operator<=>(const OpenByDueKey&) const = default;
    static void describe(auto& key) {
        key.record("OpenByDueKey", "Receivables that are due on a day.")
            .field("company", &OpenByDueKey::company, "Whose books.")
            .field("due", &OpenByDueKey::due, "When they are due.");
    }
};
struct OpenByDueSum {
    std::int64_t base = 0;
    static void describe(auto& record) {
        record.record("OpenByDueSum", "What receivables are more by, as booked.")
            .field("base", &OpenByDueSum::base, "In smallest units of base currency.");
    }
};
using OpenByDue = PagedTable<OpenByDueKey, OpenByDueSum>;

// On which day that changed: without what came later it is what was open on a day.
struct DueMoveKey {
    CompanyCode company;
    Date day;
    Date due;

    auto operator<=>(const DueMoveKey&) const = default;
    static void describe(auto& key) {
        key.record("DueMoveKey", "A day on which receivables of a due day changed.")
            .field("company", &DueMoveKey::company, "Whose books.")
            .field("day", &DueMoveKey::day, "The day of the change.")
            .field("due", &DueMoveKey::due, "When they are due.");
    }
};
using DueMoves = PagedTable<DueMoveKey, OpenByDueSum>;

struct AllocationKey {
    CompanyCode company;
    AllocationId allocation;

    auto operator<=>(const AllocationKey&) const = default;
    static void describe(auto& key) {
        key.record("ItemAllocationKey", "An allocation of a company.")
            .field("company", &AllocationKey::company, "Whose books.")
            .field("allocation", &AllocationKey::allocation, "Its id.");
    }
};
struct KeptAllocation {
    Date date;
    std::vector<AllocatedPart> parts;
    std::vector<std::int64_t> taken_back;
    bool with_item = false;
    std::int64_t times = 0;

    bool stands(std::int64_t line) const;
    static void describe(auto& record) {
        record.record("KeptAllocation", "An allocation as decisions know it.")
            .field("date", &KeptAllocation::date, "The day that it is posted on.")
            .field("parts", &KeptAllocation::parts, "Its parts, as they were allocated.")
            .field("taken_back", &KeptAllocation::taken_back, "Those that were taken back, sorted.")
            .field("with_item", &KeptAllocation::with_item,
                   "It is posted in the entry of a payment or write-off.")
            .field("times", &KeptAllocation::times, "How many times parts were taken back.");
    }
};
using Allocations = PagedTable<AllocationKey, KeptAllocation>;

// The item that facts make, posted on a day; nothing of it is allocated yet.
KeptItem kept_of(const ItemFacts&, Date posted_on);
// What so much of an instalment is booked at; the last that is open of it has all that is left.
Money base_of(const KeptInstalment&, Money part);
// Its instalments by number, in the order in which they are due.
std::vector<std::int64_t> by_due(const KeptItem&);
// What an item was when it was opened, without the other lines of its entry.
ItemFacts facts_of(const KeptItem&);
// Allocates a part to the item that is one side of it, from a day on.
void settle(KeptItem&, const OpenItemId&, const AllocatedPart&, const AllocationId&, Date);
// What of an instalment nothing is allocated to on a day and on all days after it.
Money room_on(const KeptItem&, std::int64_t instalment, Date);

// What is open of a counterparty on a side, by currency: what it owes less what it is owed. Of all
// its contracts, or of one.
std::vector<Money> open_of(const World&, const CompanyCode&, const parties::CounterpartyCode&,
                           ItemSide, const std::optional<contracts::ContractCode>& contract = {});

// What an event does to items, for the tables that follow it.
struct ItemChange {
    const CompanyCode& company;
    Date date;
    // An item that is opened, or taken back when nothing is allocated to it any more.
    const OpenItemId* item = nullptr;
    const ItemFacts* facts = nullptr;
    bool reversed = false;
    // Parts that are allocated, or taken back.
    AllocationId allocation{};
    std::span<const AllocatedPart> parts{};
    bool taken_back = false;
};

void apply(OpenItems&, const ItemChange&);
void apply(DueInstalments&, const ItemChange&);
void apply(CounterpartiesOpen&, const ItemChange&);
void apply(OpenByDue&, const ItemChange&);
void apply(DueMoves&, const ItemChange&);
void apply(ItemDocuments&, const ItemChange&);
void apply(Allocations&, const ItemChange&);

// Events say what they change by `change_of`; each table follows.
template <class Followed, class Event>
requires requires(const Event& event) { change_of(event); }
void evolve(Followed& table, const Event& event) { apply(table, change_of(event)); }

}  // namespace kontor::settlement
