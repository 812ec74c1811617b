// When a payment can be recorded, and what it is as an item.
#include "domain/settlement/payments.h"

#include "domain/core/catalog.h"

namespace kontor::settlement {

namespace {

// Where the money is or was.
Objection find_money(const World& world, const RecordPayment& record,
                     ledger::AccountCode& account) {
    if (record.account.has_value() == record.till.has_value()) return payment_account_missing;
    if (record.account) {
        account = *record.account;
        return ledger::fault_of_named(world, record.company, account);
    }
    const Till* till = world.of<Tills>().find({record.company, *record.till});
    if (!till) return till_unknown.about(*record.till);
    if (till->currency != record.amount.currency)
        return till_currency_differs.about(till->currency);
    account = till->account;
    return {};
}

// Takes what the bank charges off the money that came, or adds it to what went, at the same rate.
Objection find_charges(const World& world, const RecordPayment& record, ledger::EntryLine& money,
                       std::vector<ledger::EntryLine>& lines) {
    lines = {money};
    if (!record.charges && !record.charges_account) return {};
    if (!record.charges || !record.charges_account || record.till) return payment_charges_unfit;
    const Money charges = *record.charges;
    const bool received = record.way == PaymentWay::received;
    if (charges.currency != record.amount.currency || charges.minor <= 0 ||
        (received && record.amount.minor <= charges.minor))
        return payment_charges_unfit.about(charges);
    if (Objection fault = ledger::fault_of_named(world, record.company, *record.charges_account))
        return fault;
    ledger::EntryLine bank;
    bank.account = *record.charges_account;
    bank.side = ledger::Side::debit;
    bank.amount = charges;
    bank.base = Money{static_cast<std::int64_t>(divide(Wide{money.base->minor} * charges.minor,
                                                       record.amount.minor, Rounding::half_up)),
                      money.base->currency};
    money.amount = received ? money.amount - charges : money.amount + charges;
    money.base = received ? *money.base - *bank.base : *money.base + *bank.base;
    lines = {money, bank};
    return {};
}

// The payment as an item that settles nothing yet.
Objection find_item(const World& world, const RecordPayment& record, const Context& context,
                    PaymentRecorded& recorded) {
    const SettlementRules& rules = *world.of<SettlementRulesTable>().find(record.company);
    ItemFacts& facts = recorded.facts;
    facts.kind = ItemKind::payment;
    facts.side = record.side.value_or(record.way == PaymentWay::received ? ItemSide::receivable
                                                                         : ItemSide::payable);
    facts.direction =
        record.way == PaymentWay::received ? ledger::Side::credit : ledger::Side::debit;
    facts.account = facts.side == ItemSide::receivable ? rules.accounts.customer_advances
                                                       : rules.accounts.supplier_advances;
    ledger::EntryLine money;
    if (Objection fault = find_money(world, record, money.account)) return fault;
    const Date day = record.date.value_or(context.today);
    Booked booked;
    if (Objection fault = find_booked(world, record.company,
                                      {facts.account, facts.direction, record.counterparty,
                                       record.amount, record.base, record.rate},
                                      day, context, booked))
        return fault;
    money.side = other(facts.direction);
    money.amount = record.amount;
    money.base = booked.base;
    recorded.date = booked.date;
    facts.party = record.party;
    facts.counterparty = record.counterparty;
    facts.document = record.document;
    facts.document_date = day;
    facts.belongs_to = booked.belongs_to;
    facts.journal = rules.journals.payments;
    facts.amount = record.amount;
    facts.base = booked.base;
    facts.rate = booked.rate;
    facts.instalments = {{booked.date, record.amount, booked.base, {}}};
    if (Objection fault = find_charges(world, record, money, facts.lines)) return fault;
    facts.text = record.text;
    facts.till = record.till;
    facts.contract = record.contract;
    facts.run = record.run;
    facts.bank_account = record.bank_account;
    return {};
}

}  // namespace

Decision<PaymentRecorded> decide(const World& world, const RecordPayment& record,
                                 const Context& context) {
    if (!world.of<companies::Companies>().find(record.company))
        return companies::company_unknown.about(record.company);
    if (world.of<OpenItems>().find({record.company, record.payment}) ||
        world.of<Allocations>().find({record.company, AllocationId{record.payment.uuid}}))
        return open_item_exists.about(record.payment);
    if (!world.of<SettlementRulesTable>().find(record.company)) return settlement_accounts_missing;
    if (Objection fault = fault_of_whose(world, record.company,
                                         {record.party, record.counterparty, record.contract}))
        return fault;
    if (record.bank_account && !world.of<parties::BankAccounts>().find(
                                   {record.company, record.counterparty, *record.bank_account}))
        return payment_bank_account_unknown.about(*record.bank_account);
    PaymentRecorded recorded{record.company, record.payment, {}, {}, {}};
    if (Objection fault = find_item(world, record, context, recorded)) return fault;
    if (record.till)
        if (Objection fault = fault_of_till(world, {record.company, *record.till}, recorded.date,
                                            more_in_till(recorded.facts)))
            return fault;
    Allocating allocating(world, record.company, AllocationId{record.payment.uuid},
                          record.date.value_or(context.today), recorded.date);
    allocating.add(record.payment, kept_of(recorded.facts, recorded.date));
    for (std::size_t at = 0; at < record.allocations.size(); ++at)
        if (Objection fault = allocating.settle(record.payment, record.allocations[at]))
            return std::move(fault).at("allocations", at);
    if (record.oldest_due) allocating.settle_oldest(record.payment);
    recorded.parts = allocating.parts();
    return recorded;
}

ItemChange change_of(const PaymentRecorded& recorded) {
    ItemChange change{recorded.company, recorded.date};
    change.item = &recorded.payment;
    change.facts = &recorded.facts;
    change.allocation = AllocationId{recorded.payment.uuid};
    change.parts = recorded.parts;
    return change;
}

Part payments() {
    return Part()
        .commands<RecordPayment>()
        .event<PaymentRecorded, OpenItems, DueInstalments, CounterpartiesOpen, OpenByDue, DueMoves,
               Allocations, Tills, TillDays>();
}

}  // namespace kontor::settlement
