// What a run pays: by due day and discount, supplier by supplier.
#include "domain/settlement/payment_runs.h"

#include "domain/core/catalog.h"
#include "domain/parties/dealings.h"
#include "domain/settlement/early_payment.h"

#include <algorithm>
#include <map>

namespace kontor::settlement {

namespace {

// What is paid to one supplier.
struct Proposed {
    std::vector<AllocationAsk> items;
    Wide amount = 0;
    Wide owing = 0;  // what the supplier owes: credit notes and advances
};

bool is_wanted(const RunPayments& run, const parties::CounterpartyCode& counterparty) {
    const auto among = [&](const std::vector<parties::CounterpartyCode>& list) {
        return std::ranges::find(list, counterparty) != list.end();
    };
    return (run.counterparties.empty() || among(run.counterparties)) && !among(run.leave_out);
}

void propose(const World& world, const RunPayments& run, Date date, const DueKey& key,
             Proposed& proposed) {
    const KeptItem& item = *world.of<OpenItems>().find({key.company, key.item});
    if (item.blocked || date < item.date) return;
    const auto& instalment = item.instalments.at(static_cast<std::size_t>(key.instalment - 1));
    const ItemDiscount* discount = discount_on(instalment, date);
    if (run.due_until < key.due && (!discount || run.due_until < discount->until)) return;
    const Money room = room_on(item, key.instalment, date);
    const Taken taken = taken_by(item, key.instalment, room, room, discount);
    if (taken.paid.minor <= 0) return;
    AllocationAsk& ask = proposed.items.emplace_back();
    ask.item = key.item;
    ask.instalment = key.instalment;
    proposed.amount += taken.paid.minor;
}

}  // namespace

Steps<RecordPayment> decide(const World& world, const RunPayments& run, const Context& context) {
    const auto* company = world.of<companies::Companies>().find(run.company);
    if (!company) return companies::company_unknown.about(run.company);
    if (!world.of<SettlementRulesTable>().find(run.company)) return settlement_accounts_missing;
    const Date date = run.date.value_or(context.today);
    const Currency currency = run.currency.value_or(company->base_currency);
    std::map<parties::CounterpartyCode, Proposed> all;
    world.of<DueInstalments>().each_from(
        {run.company, ItemSide::payable, {}, first_date, {}, 0},
        [&](const DueKey& key, const DueAmount& amount) {
            if (key.company != run.company || key.side != ItemSide::payable) return false;
            if (amount.open.currency != currency || !is_wanted(run, key.counterparty)) return true;
            if (amount.direction == ledger::Side::debit)
                all[key.counterparty].owing += amount.open.minor;
            else
                propose(world, run, date, key, all[key.counterparty]);
            return true;
        });
    Steps<RecordPayment> payments;
    std::uint64_t count = 0;
    for (auto& [counterparty, proposed] : all) {
        if (proposed.items.empty() || proposed.amount <= proposed.owing) continue;
        RecordPayment pay;
        pay.company = run.company;
        pay.payment = {derived_uuid(run.run.uuid, "RunPayments", count++)};
        pay.way = PaymentWay::paid;
        pay.counterparty = parties::resolved(world, run.company, counterparty);
        pay.date = date;
        pay.amount = {static_cast<std::int64_t>(proposed.amount), currency};
        pay.account = run.account;
        pay.allocations = std::move(proposed.items);
        pay.text = run.text;
        pay.run = run.run;
        pay.bank_account =
            parties::bank_account_to_pay(world, run.company, pay.counterparty, currency, date);
        if (!pay.bank_account) return bank_account_missing.about(counterparty);
        payments.add(std::move(pay));
    }
    if (count == 0) return nothing_to_pay.about(run.due_until);
    return payments;
}

Part payment_runs() { return Part().commands<RunPayments>(); }

}  // namespace kontor::settlement
