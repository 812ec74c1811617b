// What an open item is: an amount that somebody owes the company or is owed, and when it is due.
//
// Invoices, credit notes, advances and payments are all items. Those that the counterparty owes
// (debit) and those that it is owed (credit) are allocated to each other until nothing is open.
#pragma once

#include "domain/contracts/agreements.h"
#include "domain/contracts/payment_terms.h"
#include "domain/core/date.h"
#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/ledger/entries.h"
#include "domain/parties/bank_accounts.h"
#include "domain/parties/counterparty.h"
#include "domain/parties/party.h"
#include "domain/settlement/settlement_accounts.h"
#include "domain/taxes/calculation.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kontor::settlement {

struct TillThing {
    static constexpr Thing thing{"till", "tills"};
};
using TillCode = Code<TillThing>;

struct PaymentRunThing {
    static constexpr Thing thing{"payment_run", ""};
};
using PaymentRunId = Id<PaymentRunThing>;

struct OpenItemThing {
    static constexpr Thing thing{"open_item", "open_items"};
};
using OpenItemId = Id<OpenItemThing>;

enum class ItemSide : std::uint8_t { receivable, payable };

void describe(auto& choice, ItemSide) {
    choice.choice("ItemSide", "Whether an item is business with a customer or a supplier.")
        .value("receivable", "What is sold: customers owe, and are owed by credit notes.")
        .value("payable", "What is bought: suppliers are owed, and owe by credit notes.");
}

enum class ItemKind : std::uint8_t { invoice, credit_note, advance, other, payment, write_off };

void describe(auto& choice, ItemKind) {
    choice.choice("OpenItemKind", "What an item tells.")
        .value("invoice", "What was delivered or invoiced is owed.")
        .value("credit_note", "Something of an invoice is given back.")
        .value("advance", "Paid before anything is due; keeps its rate (IFRIC 22.8).")
        .value("other", "Another claim of the same direction as an invoice, such as a deposit.")
        .value("payment", "Money that came in or went out.")
        .value("write_off", "What is no longer expected, or so little that nobody asks for it.");
}

// What paying an instalment early takes off.
struct ItemDiscount {
    Date until;
    Percent percent;
    bool of_net = false;

    bool operator==(const ItemDiscount&) const = default;
    static void describe(auto& record) {
        record.record("ItemDiscount", "What paying an instalment early takes off.")
            .field("until", &ItemDiscount::until, "The last day of it.")
            .field("percent", &ItemDiscount::percent, "Above 0 and below 100.")
            .least(1)
            .most(99'999'999)
            .field("of_net", &ItemDiscount::of_net,
                   "Of the amount without tax, which stays; else of all, and taxes go down in "
                   "proportion.")
            .otherwise(false);
    }
};

struct ItemInstalment {
    Date due;
    Money amount;
    std::optional<Money> base;
    std::vector<ItemDiscount> discounts;

    bool operator==(const ItemInstalment&) const = default;
    static void describe(auto& record) {
        record.record("ItemInstalment", "A part of an item that is due on a day.")
            .field("due", &ItemInstalment::due, "The last day on which it is paid in time.")
            .field("amount", &ItemInstalment::amount, "Above zero, in the item's currency.")
            .field("base", &ItemInstalment::base,
                   "What it is booked at, in base currency. Absent: its share of the item's.")
            .field("discounts", &ItemInstalment::discounts, "For paying early, the largest first.")
            .otherwise_empty()
            .longest(5);
    }
};

// A tax that is in an item: an early discount takes its part off it too.
struct ItemTax {
    ledger::AccountCode account;
    Money amount;
    std::optional<taxes::TaxCode> tax;

    bool operator==(const ItemTax&) const = default;
    static void describe(auto& record) {
        record.record("ItemTax", "A tax that is in the amount of an item.")
            .field("account", &ItemTax::account, "The account that it is posted on.")
            .field("amount", &ItemTax::amount, "Not below zero, in the item's currency.")
            .least(0)
            .field("tax", &ItemTax::tax, "Its code.");
    }
};

// All that is known of an item when it is opened.
struct ItemFacts {
    ItemKind kind = ItemKind::invoice;
    ItemSide side = ItemSide::receivable;
    ledger::Side direction = ledger::Side::debit;
    std::optional<parties::PartyCode> party;
    parties::CounterpartyCode counterparty;
    std::optional<std::string> document;
    Date document_date;
    std::optional<Date> belongs_to;
    ledger::AccountCode account;
    ledger::JournalCode journal;
    Money amount;
    Money base;
    std::optional<ledger::LineRate> rate;
    std::vector<ItemInstalment> instalments;
    std::vector<ItemTax> taxes;
    std::vector<ledger::EntryLine> lines;
    bool opening = false;
    std::string text;
    std::optional<contracts::PaymentTermsCode> terms;
    std::optional<TillCode> till;
    std::optional<contracts::ContractCode> contract;
    std::optional<PaymentRunId> run;
    std::optional<parties::BankAccountCode> bank_account;

    bool operator==(const ItemFacts&) const = default;
    static void describe(auto& record) {
        record.record("ItemFacts", "What an item is.")
            .field("kind", &ItemFacts::kind, "What it tells.")
            .field("side", &ItemFacts::side, "Business with a customer or a supplier.")
            .field("direction", &ItemFacts::direction,
                   "Debit: the counterparty owes it; credit: it is owed.")
            .field("party", &ItemFacts::party, "The party that it was dealt with.")
            .field("counterparty", &ItemFacts::counterparty, "The legal entity.")
            .field("document", &ItemFacts::document, "Number of the document.")
            .field("document_date", &ItemFacts::document_date, "Date of the document.")
            .field("belongs_to", &ItemFacts::belongs_to,
                   "The day that it belongs to, where that was closed and it is posted later.")
            .field("account", &ItemFacts::account, "The account that it lies on.")
            .field("journal", &ItemFacts::journal, "The journal of its entry.")
            .field("amount", &ItemFacts::amount, "Above zero.")
            .field("base", &ItemFacts::base, "What it is booked at, in base currency.")
            .field("rate", &ItemFacts::rate, "The rate that it was converted at.")
            .field("instalments", &ItemFacts::instalments, "What is due when; they add up to it.")
            .field("taxes", &ItemFacts::taxes, "The taxes that are in it.")
            .otherwise_empty()
            .field("lines", &ItemFacts::lines, "The other lines of its entry.")
            .otherwise_empty()
            .field("opening", &ItemFacts::opening, "It stood open when the books began.")
            .otherwise(false)
            .field("text", &ItemFacts::text, "What it is.")
            .otherwise_empty()
            .field("terms", &ItemFacts::terms, "The payment terms that its instalments are of.")
            .field("till", &ItemFacts::till, "The till that a payment went into or out of.")
            .field("contract", &ItemFacts::contract, "The contract that it is of.")
            .field("run", &ItemFacts::run, "The payment run that a payment is of.")
            .field("bank_account", &ItemFacts::bank_account,
                   "The account of the counterparty that a payment goes to.");
    }
};

constexpr ledger::Side other(ledger::Side side) {
    return side == ledger::Side::debit ? ledger::Side::credit : ledger::Side::debit;
}

// On which side of its account an item of the kind lies: what customers owe is a debit.
constexpr ledger::Side direction_of(ItemSide side, ItemKind kind) {
    const bool owed_as_invoice = kind == ItemKind::invoice || kind == ItemKind::other;
    return (side == ItemSide::receivable) == owed_as_invoice ? ledger::Side::debit
                                                             : ledger::Side::credit;
}

// So many debits: credits are below zero.
constexpr std::int64_t signed_minor(ledger::Side side, std::int64_t minor) {
    return side == ledger::Side::debit ? minor : -minor;
}

}  // namespace kontor::settlement
