// What a line of a bank statement can become, and how it comes back.
#include "domain/settlement/bank_lines.h"

#include "domain/core/catalog.h"

#include <algorithm>

namespace kontor::settlement {

namespace {

// The line when it waits; why it cannot be assigned.
Objection find_waiting(const World& world, const BankLineKey& key, const KeptBankLine*& line) {
    line = world.of<BankLines>().find(key);
    if (!line) return bank_line_unknown.about(key.statement, key.line);
    if (line->state != BankLineState::waits) return bank_line_settled.about(key.line);
    return {};
}

}  // namespace

OpenItemId payment_of(const BankPayerId& payer, std::int64_t times) {
    return {derived_uuid(payer.uuid, "AssignBankLine", static_cast<std::uint64_t>(times))};
}

ledger::EntryId entry_of(const BankStatementId& statement, std::int64_t line, std::string_view what,
                         std::int64_t time) {
    const Uuid of_line = derived_uuid(statement.uuid, what, static_cast<std::uint64_t>(line));
    return {derived_uuid(of_line, what, static_cast<std::uint64_t>(time))};
}

const ledger::AccountCode& money_account_of(const KeptItem& payment) {
    return payment.lines.front().account;
}

bool is_payment_like(const KeptItem& item, PaymentWay way, Money amount) {
    const ledger::Side direction =
        way == PaymentWay::received ? ledger::Side::credit : ledger::Side::debit;
    return item.kind == ItemKind::payment && item.direction == direction && !item.reversed &&
           !item.till && !item.lines.empty() && item.lines.front().amount == amount;
}

Decision<BankLineCleared> decide(const World& world, const ClearBankLine& clear, const Context&) {
    const KeptBankLine* line = nullptr;
    if (Objection fault = find_waiting(world, {clear.company, clear.statement, clear.line}, line))
        return fault;
    const KeptItem* payment = world.of<OpenItems>().find({clear.company, clear.payment});
    if (!payment) return open_item_unknown.about(clear.payment);
    if (!is_payment_like(*payment, line->way, line->amount))
        return bank_line_payment_unfit.about(clear.payment, line->amount);
    if (world.of<ClearedPayments>().find({clear.company, clear.payment}))
        return bank_line_payment_cleared.about(clear.payment);
    return BankLineCleared{
        clear.company, clear.statement, clear.line,   line->bank,    line->date,
        clear.payment, line->way,       line->amount, line->against, money_account_of(*payment),
        line->times};
}

Steps<RecordPayment, ClearBankLine> decide(const World& world, const AssignBankLine& assign,
                                           const Context&) {
    const KeptBankLine* line = nullptr;
    if (Objection fault =
            find_waiting(world, {assign.company, assign.statement, assign.line}, line))
        return fault;
    const bool as_proposed = !assign.counterparty;
    if (as_proposed && !line->recognized) return bank_line_not_recognized.about(assign.line);
    Steps<RecordPayment, ClearBankLine> steps;
    if (as_proposed && line->recognized->payment)
        return steps.add(ClearBankLine{assign.company, assign.statement, assign.line,
                                       *line->recognized->payment});
    RecordPayment pay;
    if (assign.charges) {
        const bool received = line->way == PaymentWay::received;
        const Money charges = *assign.charges;
        if (charges.currency != line->amount.currency || charges.minor <= 0 ||
            (!received && line->amount.minor <= charges.minor))
            return payment_charges_unfit.about(charges);
        pay.amount = received ? line->amount + charges : line->amount - charges;
    } else {
        pay.amount = line->amount;
    }
    pay.charges = assign.charges;
    pay.charges_account = assign.charges_account;
    pay.company = assign.company;
    pay.payment = payment_of(line->payer, line->times);
    pay.way = line->way;
    pay.side = assign.side;
    pay.date = line->date;
    pay.account = line->against;
    pay.text = assign.text;
    if (as_proposed) {
        pay.counterparty = *line->recognized->counterparty;
        pay.side = line->recognized->side;
        for (const OpenItemId& item : line->recognized->items)
            pay.allocations.emplace_back().item = item;
        pay.oldest_due = pay.allocations.empty();
    } else {
        pay.counterparty = *assign.counterparty;
        pay.allocations = assign.allocations;
        pay.oldest_due = assign.oldest_due;
    }
    const ClearBankLine clear{assign.company, assign.statement, assign.line, pay.payment};
    return steps.add(std::move(pay)).add(clear);
}

Decision<BankLinePosted> decide(const World& world, const PostBankLine& post,
                                const Context& context) {
    const KeptBankLine* line = nullptr;
    if (Objection fault = find_waiting(world, {post.company, post.statement, post.line}, line))
        return fault;
    if (Objection fault = fault_of_lines(world, post.company, post.lines, context)) return fault;
    return BankLinePosted{post.company, post.statement, post.line,    line->bank,
                          line->date,   line->way,      line->amount, line->against,
                          post.lines,   post.text,      line->times};
}

Decision<BankLineReopened> decide(const World& world, const ReopenBankLine& reopen,
                                  const Context&) {
    const KeptBankLine* line =
        world.of<BankLines>().find({reopen.company, reopen.statement, reopen.line});
    if (!line) return bank_line_unknown.about(reopen.statement, reopen.line);
    if (line->state == BankLineState::waits) return bank_line_waits.about(reopen.line);
    const auto& suspense = world.of<HouseBanks>().find({reopen.company, line->bank})->suspense;
    const bool made = line->payment && line->times > 0 &&
                      *line->payment == payment_of(line->payer, line->times - 1);
    return BankLineReopened{reopen.company, reopen.statement, reopen.line,  line->bank,
                            line->date,     line->way,        line->amount, line->payment,
                            made,           line->against,    suspense,     reopen.reason,
                            line->times};
}

Decision<BankPayerErased> decide(const World& world, const EraseBankPayer& erase, const Context&) {
    const KeptBankLine* line =
        world.of<BankLines>().find({erase.company, erase.statement, erase.line});
    if (!line) return bank_line_unknown.about(erase.statement, erase.line);
    if (world.of<BankPayers>().find({erase.company, line->payer})->erased)
        return bank_payer_erased.about(line->payer);
    return BankPayerErased{erase.company, erase.statement, line->payer};
}

void evolve(BankLines& lines, const BankStatementRecorded& recorded) {
    for (const RecordedBankLine& each : recorded.lines) {
        KeptBankLine line;
        line.bank = recorded.bank;
        line.date = each.date;
        line.way = each.way;
        line.amount = each.amount;
        line.payer = each.payer;
        line.recognized = each.recognized;
        line.against = each.against;
        if (each.settles && each.recognized->payment) {
            line.state = BankLineState::cleared;
            line.payment = each.recognized->payment;
        }
        lines.put({recorded.company, recorded.statement, each.line}, std::move(line));
    }
}

void evolve(BankLines& lines, const BankLineCleared& cleared) {
    lines.change({cleared.company, cleared.statement, cleared.line}, [&](KeptBankLine& line) {
        line.state = BankLineState::cleared;
        line.payment = cleared.payment;
        line.against = cleared.to;
        ++line.times;
    });
}

void evolve(BankLines& lines, const BankLinePosted& posted) {
    lines.change({posted.company, posted.statement, posted.line}, [&](KeptBankLine& line) {
        line.state = BankLineState::posted;
        ++line.times;
    });
}

void evolve(BankLines& lines, const BankLineReopened& reopened) {
    lines.change({reopened.company, reopened.statement, reopened.line}, [&](KeptBankLine& line) {
        line.state = BankLineState::waits;
        line.payment.reset();
        line.against = reopened.to;
        // The next payment that is made of it is another one.
        ++line.times;
    });
}

void evolve(ClearedPayments& payments, const BankStatementRecorded& recorded) {
    for (const RecordedBankLine& line : recorded.lines)
        if (line.settles && line.recognized->payment)
            payments.put({recorded.company, *line.recognized->payment},
                         {recorded.statement, line.line});
}

void evolve(ClearedPayments& payments, const BankLineCleared& cleared) {
    payments.put({cleared.company, cleared.payment}, {cleared.statement, cleared.line});
}

void evolve(ClearedPayments& payments, const BankLineReopened& reopened) {
    if (reopened.payment) payments.erase({reopened.company, *reopened.payment});
}

void evolve(BankPayers& payers, const BankPayerErased& erased) {
    payers.put({erased.company, erased.payer}, {true});
}

Part bank_lines() {
    return Part()
        .commands<ClearBankLine, AssignBankLine, PostBankLine, ReopenBankLine, EraseBankPayer>()
        .event<BankLineCleared, BankLines, ClearedPayments>()
        .event<BankLinePosted, BankLines>()
        .event<BankLineReopened, BankLines, ClearedPayments>()
        .event<BankPayerErased, BankPayers>();
}

}  // namespace kontor::settlement
