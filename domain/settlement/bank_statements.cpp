// When a statement can be recorded: its sums, its place among the others, and its lines.
#include "domain/settlement/bank_statements.h"

#include "domain/core/catalog.h"
#include "domain/settlement/bank_lines.h"
#include "domain/settlement/bank_matching.h"

#include <set>
#include <tuple>

namespace kontor::settlement {

namespace {

BankReferenceKey reference_key(const CompanyCode& company, const HouseBankCode& bank, Date date,
                               const std::string& reference, PaymentWay way, Money amount) {
    return {company, bank, date, reference, way, amount.minor};
}

Objection fault_of_lines(const World& world, const RecordBankStatement& record,
                         const HouseBank& bank) {
    std::set<BankPayerId> payers;
    for (std::size_t at = 0; at < record.lines.size(); ++at) {
        const BankLineAsk& line = record.lines[at];
        if (line.amount.currency != bank.currency)
            return bank_statement_currency_differs.about(bank.currency).at("lines", at);
        if (line.amount.minor <= 0)
            return bank_line_amount_unfit.about(line.amount).at("lines", at);
        if (record.date < line.date) return bank_line_late.about(line.date).at("lines", at);
        if (!payers.insert(line.payer).second ||
            world.of<BankPayers>().find({record.company, line.payer}))
            return bank_payer_taken.about(line.payer).at("lines", at);
    }
    return {};
}

Objection fault_of_sum(const RecordBankStatement& record) {
    Wide sum = record.opening.minor;
    for (const BankLineAsk& line : record.lines)
        sum +=
            line.way == PaymentWay::received ? Wide{line.amount.minor} : -Wide{line.amount.minor};
    if (sum == record.closing.minor) return {};
    if (sum < -Wide{most_money} || Wide{most_money} < sum) return bank_statement_unbalanced;
    return bank_statement_unbalanced.about(
        Money{static_cast<std::int64_t>(sum), record.closing.currency}, record.closing);
}

// Statements of a day are in the order that their balances have, which numbers may not tell.
Objection fault_of_place(const World& world, const RecordBankStatement& record,
                         const HouseBankCode& bank) {
    std::optional<Date> before, after;
    bool follows = false, leads = false;
    Money closed, opened;
    world.of<BankStatements>().each_from(
        {record.company, bank, first_date, {}},
        [&](const BankStatementKey& key, const KeptBankStatement& kept) {
            if (key.company != record.company || key.bank != bank) return false;
            if (key.date <= record.date) {
                if (before != key.date) follows = false;
                before = key.date;
                closed = kept.closing;
                follows = follows || kept.closing == record.opening;
                return true;
            }
            if (after && *after != key.date) return false;
            after = key.date;
            opened = kept.opening;
            leads = leads || kept.opening == record.closing;
            return true;
        });
    if (before && !follows) return bank_statement_gap.about(*before, closed);
    if (after && !leads) return bank_statement_gap.about(*after, opened);
    return {};
}

Objection fault_of_references(const World& world, const RecordBankStatement& record,
                              const HouseBankCode& bank) {
    for (std::size_t at = 0; at < record.lines.size(); ++at) {
        const BankLineAsk& line = record.lines[at];
        if (!line.reference) continue;
        if (world.of<BankReferences>().find(reference_key(record.company, bank, line.date,
                                                          *line.reference, line.way, line.amount)))
            return bank_line_exists.about(*line.reference).at("lines", at);
    }
    return {};
}

RecordedBankLine recorded_line(const BankLineAsk& ask, std::size_t at) {
    RecordedBankLine line;
    line.line = static_cast<std::int64_t>(at) + 1;
    line.payer = ask.payer;
    line.date = ask.date;
    line.value_date = ask.value_date.value_or(ask.date);
    line.way = ask.way;
    line.amount = ask.amount;
    line.reference = ask.reference;
    line.name = ask.name;
    line.number = ask.number;
    line.text = ask.text;
    return line;
}

}  // namespace

ledger::EntryId entry_of(const BankPayerId& payer) {
    return {derived_uuid(payer.uuid, "recorded_bank_statement_posts_to_ledger", 0)};
}

Decision<BankStatementRecorded> decide(const World& world, const RecordBankStatement& record,
                                       const Context&) {
    const auto code = house_bank_of(world, record.company, record.account);
    // The number of an account is told to whoever gave it, and kept nowhere.
    if (!code) return house_bank_unknown;
    const HouseBank& bank = *world.of<HouseBanks>().find({record.company, *code});
    if (world.of<BankStatements>().find({record.company, *code, record.date, record.number}) ||
        world.of<BankLines>().find({record.company, record.statement, 1}))
        return bank_statement_exists.about(record.number, record.date);
    if (record.opening.currency != bank.currency || record.closing.currency != bank.currency)
        return bank_statement_currency_differs.about(bank.currency);
    if (Objection fault = fault_of_lines(world, record, bank)) return fault;
    if (Objection fault = fault_of_sum(record)) return fault;
    if (Objection fault = fault_of_place(world, record, *code)) return fault;
    if (Objection fault = fault_of_references(world, record, *code)) return fault;
    BankStatementRecorded recorded{
        record.company,
        record.statement,
        *code,
        record.number,
        record.date,
        record.opening,
        record.closing,
        bank.account,
        world.of<SettlementRulesTable>().find(record.company)->journals.payments,
        {}};
    BankMatching matching(world, record.company, bank);
    for (std::size_t at = 0; at < record.lines.size(); ++at) {
        RecordedBankLine line = recorded_line(record.lines[at], at);
        line.recognized = matching.recognize(record.lines[at], line.settles);
        line.against = bank.suspense;
        if (line.settles && line.recognized->payment)
            line.against = money_account_of(
                *world.of<OpenItems>().find({record.company, *line.recognized->payment}));
        recorded.lines.push_back(std::move(line));
    }
    return recorded;
}

void evolve(BankStatements& statements, const BankStatementRecorded& recorded) {
    statements.put({recorded.company, recorded.bank, recorded.date, recorded.number},
                   {recorded.opening, recorded.closing});
}

void evolve(BankReferences& references, const BankStatementRecorded& recorded) {
    for (const RecordedBankLine& line : recorded.lines)
        if (line.reference)
            references.put(reference_key(recorded.company, recorded.bank, line.date,
                                         *line.reference, line.way, line.amount),
                           {recorded.statement});
}

void evolve(BankPayers& payers, const BankStatementRecorded& recorded) {
    for (const RecordedBankLine& line : recorded.lines)
        payers.put({recorded.company, line.payer}, {});
}

Part bank_statements() {
    return Part()
        .table<BankStatements>("settlement.bank_statements")
        .table<BankReferences>("settlement.bank_references")
        .table<BankPayers>("settlement.bank_payers")
        .table<BankLines>("settlement.bank_lines")
        .table<ClearedPayments>("settlement.cleared_payments")
        .commands<RecordBankStatement>()
        .event<BankStatementRecorded, BankStatements, BankReferences, BankPayers, BankLines,
               ClearedPayments>();
}

}  // namespace kontor::settlement
