// The entries of bank statements and of their lines.
#include "domain/flows/bank_statements_post_to_ledger.h"

namespace kontor::flow {

namespace {

using namespace settlement;

ledger::EntryLine line_on(const ledger::AccountCode& account, ledger::Side side, Money amount) {
    ledger::EntryLine line;
    line.account = account;
    line.side = side;
    line.amount = amount;
    return line;
}

// What came in is a debit where it arrives and a credit where it comes from.
ledger::PostEntry entry(const CompanyCode& company, const ledger::EntryId& id,
                        const ledger::JournalCode& journal, Date date, PaymentWay way, Money amount,
                        const ledger::AccountCode& to, const ledger::AccountCode& from,
                        std::string text) {
    const bool in = way == PaymentWay::received;
    ledger::PostEntry post;
    post.company = company;
    post.entry = id;
    post.journal = journal;
    post.date = date;
    post.text = std::move(text);
    post.lines = {line_on(to, in ? ledger::Side::debit : ledger::Side::credit, amount),
                  line_on(from, in ? ledger::Side::credit : ledger::Side::debit, amount)};
    return post;
}

const ledger::JournalCode& journal_of(const World& world, const CompanyCode& company) {
    return world.of<SettlementRulesTable>().find(company)->journals.payments;
}

}  // namespace

Decision<ledger::PostEntry> recorded_bank_statement_posts_to_ledger(
    const BankStatementRecorded& recorded, const World&) {
    Decision<ledger::PostEntry> all;
    for (const RecordedBankLine& line : recorded.lines)
        if (line.against != recorded.account)
            all.add(entry(recorded.company, entry_of(line.payer), recorded.journal, line.date,
                          line.way, line.amount, recorded.account, line.against,
                          "Bank statement " + recorded.number));
    return all;
}

Decision<AssignBankLine> recognized_bank_lines_are_settled(const BankStatementRecorded& recorded,
                                                           const World&) {
    Decision<AssignBankLine> all;
    for (const RecordedBankLine& line : recorded.lines) {
        if (!line.settles || line.recognized->payment) continue;
        AssignBankLine assign;
        assign.company = recorded.company;
        assign.statement = recorded.statement;
        assign.line = line.line;
        all.add(std::move(assign));
    }
    return all;
}

Decision<ledger::PostEntry> cleared_bank_line_posts_to_ledger(const BankLineCleared& cleared,
                                                              const World& world) {
    if (cleared.from == cleared.to) return {};
    return entry(cleared.company,
                 entry_of(cleared.statement, cleared.line, "cleared_bank_line_posts_to_ledger",
                          cleared.time),
                 journal_of(world, cleared.company), cleared.date, cleared.way, cleared.amount,
                 cleared.from, cleared.to, {});
}

Decision<ledger::PostEntry> posted_bank_line_posts_to_ledger(const BankLinePosted& posted,
                                                             const World& world) {
    ledger::PostEntry post = entry(
        posted.company,
        entry_of(posted.statement, posted.line, "posted_bank_line_posts_to_ledger", posted.time),
        journal_of(world, posted.company), posted.date, posted.way, posted.amount, posted.from,
        posted.from, posted.text);
    post.lines.pop_back();
    post.lines.insert(post.lines.end(), posted.lines.begin(), posted.lines.end());
    return post;
}

Decision<ReverseItem, ledger::PostEntry, ledger::ReverseEntry> reopened_bank_line_posts_to_ledger(
    const BankLineReopened& reopened, const World& world) {
    const ledger::EntryId as = entry_of(reopened.statement, reopened.line,
                                        "reopened_bank_line_posts_to_ledger", reopened.time);
    if (!reopened.payment)
        return ledger::ReverseEntry{reopened.company,
                                    as,
                                    entry_of(reopened.statement, reopened.line,
                                             "posted_bank_line_posts_to_ledger", reopened.time - 1),
                                    reopened.date,
                                    reopened.reason,
                                    {}};
    if (reopened.made_by_line)
        return ReverseItem{reopened.company, *reopened.payment, {}, true, reopened.reason};
    if (reopened.from == reopened.to) return {};
    return entry(reopened.company, as, journal_of(world, reopened.company), reopened.date,
                 reopened.way, reopened.amount, reopened.from, reopened.to, reopened.reason);
}

Decision<> payment_on_statement_is_not_reversed(const ItemReversed& reversed, const World& world) {
    if (!world.of<ClearedPayments>().find({reversed.company, reversed.item})) return {};
    return payment_on_statement.about(reversed.item);
}

}  // namespace kontor::flow
