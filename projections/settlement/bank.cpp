// How statements and their lines are listed, and held against the ledger.
#include "projections/settlement/bank.h"

#include "projections/any_day.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/foreign_balances.h"
#include "projections/ledger/ledger_totals.h"

#include <array>

namespace kontor::settlement {

namespace {

Money signed_money(PaymentWay way, Money amount) {
    return way == PaymentWay::received ? amount : -amount;
}

std::string money_key(const CompanyCode& company, const ledger::AccountCode& account,
                      Currency currency) {
    return ordered_key(company) + ordered_key(account) + ordered_key(currency);
}

// What the ledger has on an account in the currency of the bank at the end of a day.
Money ledger_balance(const CompanyCode& company, const ListedHouseBank& bank, const AsOf& as_of) {
    const auto& totals = as_of.models.of<ledger::LedgerTotals>();
    ledger::Scope scope;
    scope.corner = as_of.corner;
    if (totals.base_currency(as_of, company) == bank.currency)
        return ledger::money_of(
            totals.of_account(as_of, company, bank.account, {}, scope).balance(), bank.currency);
    const auto sums = as_of.models.of<ledger::ForeignBalancesModel>().sums(as_of, company,
                                                                           bank.account, {}, scope);
    const auto found = sums.find({bank.account, bank.currency});
    return ledger::money_of(found == sums.end() ? Wide{0} : found->second.amount, bank.currency);
}

}  // namespace

void BankModel::add_outstanding(const Recorded& recorded, const CompanyCode& company,
                                const ledger::AccountCode& account, Date day, Money more) const {
    outstanding_.add(recorded.rows, money_key(company, account, more.currency), day, recorded.event,
                     {&more.minor, 1});
}

void BankModel::add_waiting(const Recorded& recorded, const CompanyCode& company,
                            const HouseBankCode& bank, Date day, PaymentWay way, Money amount,
                            bool waits) const {
    const std::int64_t minor = signed_money(way, amount).minor;
    const std::array<std::int64_t, 2> amounts{waits ? 1 : -1, waits ? minor : -minor};
    waiting_.add(recorded.rows, ordered_key(company) + ordered_key(bank), day, recorded.event,
                 amounts);
}

void BankModel::change_line(const Recorded& recorded, const auto& event, BankLineState state,
                            const std::optional<OpenItemId>& payment) const {
    lines_.change_always(recorded,
                         {event.company, event.bank, event.date, event.statement, event.line},
                         [&](ListedBankLine& line) {
                             line.state = state;
                             line.payment = payment;
                         });
    add_waiting(recorded, event.company, event.bank, event.date, event.way, event.amount,
                state == BankLineState::waits);
}

void BankModel::on(const HouseBankOpened& opened, const Recorded& recorded) {
    banks_.put(recorded, {opened.company, opened.bank}, first_date,
               {opened.bank, opened.name, opened.iban, opened.account_number, opened.bic,
                opened.currency, opened.account, opened.suspense, opened.settles_by});
}

void BankModel::on(const BankMatchingSet& set, const Recorded& recorded) {
    banks_.change_always(recorded, {set.company, set.bank},
                         [&](ListedHouseBank& bank) { bank.settles_by = set.settles_by; });
}

void BankModel::on(const BankStatementRecorded& told, const Recorded& recorded) {
    statements_.put(recorded, {told.company, told.bank, told.date, told.number}, told.date,
                    {told.statement, told.bank, told.number, told.date, told.opening, told.closing,
                     static_cast<std::int64_t>(told.lines.size())});
    for (const RecordedBankLine& line : told.lines) {
        const bool cleared = line.settles && line.recognized->payment;
        lines_.put(recorded, {told.company, told.bank, line.date, told.statement, line.line},
                   first_date,
                   {told.statement, line.line, told.bank, line.date, line.value_date, line.way,
                    line.amount, line.reference, line.payer, line.name, line.number, line.text,
                    line.recognized, cleared ? BankLineState::cleared : BankLineState::waits,
                    cleared ? line.recognized->payment : std::nullopt});
        if (cleared)
            add_outstanding(recorded, told.company, line.against, line.date,
                            -signed_money(line.way, line.amount));
        else
            add_waiting(recorded, told.company, told.bank, line.date, line.way, line.amount, true);
    }
}

void BankModel::on(const BankLineCleared& cleared, const Recorded& recorded) {
    change_line(recorded, cleared, BankLineState::cleared, cleared.payment);
    add_outstanding(recorded, cleared.company, cleared.to, cleared.date,
                    -signed_money(cleared.way, cleared.amount));
}

void BankModel::on(const BankLinePosted& posted, const Recorded& recorded) {
    change_line(recorded, posted, BankLineState::posted, {});
}

void BankModel::on(const BankLineReopened& reopened, const Recorded& recorded) {
    change_line(recorded, reopened, BankLineState::waits, {});
    if (reopened.payment)
        add_outstanding(recorded, reopened.company, reopened.from, reopened.date,
                        signed_money(reopened.way, reopened.amount));
}

void BankModel::on(const PaymentRecorded& paid, const Recorded& recorded) {
    const ItemFacts& facts = paid.facts;
    if (facts.till) return;
    const bool received = facts.direction == ledger::Side::credit;
    // What the bank kept of it never was on the account.
    const ledger::EntryLine& money = facts.lines.front();
    const PaidMoney row{money.account, received ? money.amount : -money.amount};
    payments_.put(recorded, {paid.company, paid.payment}, first_date, row);
    add_outstanding(recorded, paid.company, row.account, paid.date, row.more);
}

void BankModel::on(const ItemReversed& reversed, const Recorded& recorded) {
    if (reversed.facts.kind != ItemKind::payment) return;
    const auto row = payments_.get(recorded.rows, {reversed.company, reversed.item}, Corner{});
    if (row) add_outstanding(recorded, reversed.company, row->account, reversed.date, -row->more);
}

void BankModel::answer(const HouseBankList& query, const AsOf& as_of,
                       Page<ListedHouseBank>& page) const {
    banks_.list(on_any_day(as_of), ordered_key(query.company), page);
}

void BankModel::answer(const BankStatementList& query, const AsOf& as_of,
                       Page<ListedBankStatement>& page) const {
    statements_.list(as_of, ordered_key(query.company), page, [&](const ListedBankStatement& row) {
        return !query.bank || row.bank == *query.bank;
    });
}

void BankModel::answer(const BankLineList& query, const AsOf& as_of,
                       Page<ListedBankLine>& page) const {
    std::string begins_with = ordered_key(query.company);
    if (query.bank) begins_with += ordered_key(*query.bank);
    lines_.list(on_any_day(as_of), begins_with, page, [&](const ListedBankLine& row) {
        return (!query.state || row.state == *query.state) &&
               (!as_of.corner.valid_at || row.date <= *as_of.corner.valid_at);
    });
}

ReconciledBank BankModel::reconciled(const CompanyCode& company, const ListedHouseBank& bank,
                                     const AsOf& as_of) const {
    ReconciledBank row;
    row.bank = bank.bank;
    row.account = bank.account;
    row.closing = {0, bank.currency};
    statements_.each(as_of, ordered_key(company) + ordered_key(bank.bank),
                     [&](const ListedBankStatement& statement) {
                         row.number = statement.number;
                         row.date = statement.date;
                         row.closing = statement.closing;
                     });
    AsOf then = as_of;
    if (row.date) then.corner.valid_at = row.date;
    std::array<Wide, 1> outstanding{};
    std::array<Wide, 2> waiting{};
    outstanding_.sum(as_of.rows, money_key(company, bank.account, bank.currency), then.corner,
                     outstanding);
    waiting_.sum(as_of.rows, ordered_key(company) + ordered_key(bank.bank), then.corner, waiting);
    row.ledger = ledger_balance(company, bank, then);
    row.outstanding = ledger::money_of(outstanding[0], bank.currency);
    row.difference = row.ledger - row.closing - row.outstanding;
    row.lines_waiting = static_cast<std::int64_t>(waiting[0]);
    row.waiting = ledger::money_of(waiting[1], bank.currency);
    return row;
}

void BankModel::answer(const BankReconciliation& query, const AsOf& as_of,
                       Page<ReconciledBank>& page) const {
    bool room = true;
    banks_.each(on_any_day(as_of), ordered_key(query.company), [&](const ListedHouseBank& bank) {
        if (query.bank && bank.bank != *query.bank) return;
        std::string key = ordered_key(bank.bank);
        if (room && key > page.after())
            room = page.add(std::move(key), reconciled(query.company, bank, as_of));
    });
}

ReadModelSpec bank_model() {
    return ReadModelSpec::of<BankModel>("bank", 1, "settlement")
        .folding<BankModel, HouseBankOpened, BankMatchingSet, BankStatementRecorded,
                 BankLineCleared, BankLinePosted, BankLineReopened, PaymentRecorded, ItemReversed>()
        .answering<BankModel, HouseBankList, ListedHouseBank>()
        .answering<BankModel, BankStatementList, ListedBankStatement>()
        .answering<BankModel, BankLineList, ListedBankLine>()
        .answering<BankModel, BankReconciliation, ReconciledBank>();
}

}  // namespace kontor::settlement
