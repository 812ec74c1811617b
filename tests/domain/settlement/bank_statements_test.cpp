// Statements of bank accounts: what is recognized settles, what is not waits in suspense, and the
// bank's account in the ledger is what the bank says.
#include "domain/flows/bank_statements_post_to_ledger.h"
#include "domain/parties/bank_accounts.h"
#include "domain/settlement/bank_lines.h"
#include "domain/settlement/bank_matching.h"
#include "domain/settlement/payment_runs.h"
#include "tests/domain/settlement/settled_company.h"

using namespace kontor;
using namespace kontor::settlement;
using namespace kontor::settlement::settled;

namespace {

// An IBAN of the registry's examples, and one whose check digits are computed by ISO 7064.
const std::string our_iban = "DE89370400440532013000";
const std::string alder_iban = "GB29NWBK60161331926819";

template <class Command>
void refused(Books& books, const Command& command, const Reason& reason) {
    INFO("expected: " << reason.code);
    const Objection objection = books.refused(command);
    INFO("answered: " << objection.text());
    CHECK(objection.reason == &reason);
}

OpenHouseBank house_bank() {
    OpenHouseBank open;
    open.company = acme;
    open.bank = {"MAIN"};
    open.name = "Acme";
    open.iban = "DE89 3704 0044 0532 0130 00";
    open.account = {"1010"};
    open.suspense = {"1095"};
    return open;
}

BankStatementId statement_id(std::uint64_t number) { return nth<BankStatementId>(900 + number); }

BankLineAsk in(std::uint64_t payer, std::string_view date, Money amount, std::string words = {}) {
    BankLineAsk line;
    line.payer = nth<BankPayerId>(payer);
    line.date = day(date);
    line.amount = amount;
    line.words = std::move(words);
    return line;
}
BankLineAsk out(std::uint64_t payer, std::string_view date, Money amount, std::string words = {}) {
    BankLineAsk line = in(payer, date, amount, std::move(words));
    line.way = PaymentWay::paid;
    return line;
}

RecordBankStatement statement(std::uint64_t number, std::string_view date, Money opening,
                              Money closing, std::vector<BankLineAsk> lines) {
    RecordBankStatement record;
    record.company = acme;
    record.statement = statement_id(number);
    record.account = our_iban;
    record.number = std::to_string(number);
    record.date = day(date);
    record.opening = opening;
    record.closing = closing;
    record.lines = std::move(lines);
    return record;
}

class Bank : public Books {
public:
    Bank() {
        ledger::OpenAccount suspense;
        suspense.company = acme;
        suspense.account = {"1095"};
        suspense.name = "Suspense";
        suspense.kind = ledger::AccountKind::asset;
        suspense.parent = ledger::AccountCode{"1"};
        suspense.suspense = true;
        must(suspense);
        must(house_bank());
        parties::AddBankAccount account;
        account.company = acme;
        account.counterparty = {"ALDER"};
        account.bank_account = {"MAIN"};
        account.details.iban = alder_iban;
        account.since = day("2026-01-01");
        must(account);
    }
    const KeptBankLine& line(std::uint64_t statement, std::int64_t number) const {
        return *world().of<BankLines>().find({acme, statement_id(statement), number});
    }
};

OpenItem numbered(std::uint64_t number, std::string_view date, Money amount, const char* document,
                  const char* whose = "ALDER") {
    OpenItem open = invoice(number, date, amount, ItemSide::receivable, whose);
    open.document = document;
    return open;
}

}  // namespace

TEST_CASE("an invoice that a line names is settled, in part too, and the bank is what it says") {
    Bank bank;
    bank.must(numbered(1, "2026-03-01", eur("100.00"), "R-2026-101"));
    bank.must(numbered(2, "2026-03-01", eur("70.00"), "R-2026-102", "BIRCH"));
    bank.must(statement(1, "2026-03-31", eur("0.00"), eur("130.00"),
                        {in(1, "2026-03-30", eur("100.00"), "Invoice R-2026-101, thank you"),
                         in(2, "2026-03-31", eur("30.00"), "part of R-2026-102.")}));
    CHECK(bank.open(1) == eur("0.00"));
    CHECK(bank.open(2) == eur("40.00"));
    CHECK(bank.balance("1010") == 130'00);
    CHECK(bank.balance("1010", "2026-03-30") == 100'00);
    CHECK(bank.balance("1095") == 0);
    CHECK(bank.balance("1100") == 40'00);
    CHECK(bank.line(1, 1).state == BankLineState::cleared);
    CHECK(bank.line(1, 1).payment == payment_of(nth<BankPayerId>(1), 0));
}

TEST_CASE("a line that nobody knows waits in suspense until it is assigned or posted") {
    Bank bank;
    bank.must(invoice(1, "2026-03-01", eur("50.00")));
    bank.must(statement(
        1, "2026-03-31", eur("0.00"), eur("42.50"),
        {in(1, "2026-03-30", eur("50.00"), "Regards"), out(2, "2026-03-31", eur("7.50"), "Fees")}));
    CHECK(bank.balance("1010") == 42'50);
    CHECK(bank.balance("1095") == -42'50);
    CHECK(bank.line(1, 1).state == BankLineState::waits);
    AssignBankLine assign{acme, statement_id(1), 1, {}, {}, {}, false, {}, {}, {}};
    refused(bank, assign, bank_line_not_recognized);
    assign.counterparty = parties::CounterpartyCode{"ALDER"};
    assign.oldest_due = true;
    bank.must(assign);
    refused(bank, assign, bank_line_settled);
    CHECK(bank.open(1) == eur("0.00"));
    CHECK(bank.balance("1095") == 7'50);
    PostBankLine post{acme, statement_id(1), 2, {debit("5300", eur("7.50"))}, "Fees"};
    post.lines.front().account = {"none"};
    refused(bank, post, ledger::account_unknown);
    post.lines.front().account = {"1100"};
    refused(bank, post, line_on_item_account);
    post.lines.front().account = {"5300"};
    post.line = 3;
    refused(bank, post, bank_line_unknown);
    post.line = 2;
    bank.must(post);
    refused(bank, post, bank_line_settled);
    CHECK(bank.balance("1095") == 0);
    CHECK(bank.balance("5300") == 7'50);
    CHECK(bank.balance("1010") == 42'50);
}

TEST_CASE("a line that is put back takes its payment with it, and can be assigned anew") {
    Bank bank;
    bank.must(numbered(1, "2026-03-01", eur("50.00"), "R-2026-101"));
    bank.must(numbered(2, "2026-03-01", eur("50.00"), "R-2026-102"));
    bank.must(statement(1, "2026-03-31", eur("0.00"), eur("50.00"),
                        {in(1, "2026-03-30", eur("50.00"), "R-2026-101")}));
    const OpenItemId made = *bank.line(1, 1).payment;
    // The payment is on a statement: it is not taken back behind its back.
    refused(bank, ReverseItem{acme, made, {}, true, "Wrong"}, flow::payment_on_statement);
    ReopenBankLine reopen{acme, statement_id(1), 2, "It was for the other one"};
    refused(bank, reopen, bank_line_unknown);
    reopen.line = 1;
    bank.must(reopen);
    refused(bank, reopen, bank_line_waits);
    CHECK(bank.open(1) == eur("50.00"));
    CHECK(bank.balance("1095") == -50'00);
    CHECK(bank.balance("1010") == 50'00);
    AssignBankLine assign{
        acme, statement_id(1), 1, parties::CounterpartyCode{"ALDER"}, {}, {of(2)}, false, {}, {},
        {}};
    bank.must(assign);
    CHECK(bank.open(1) == eur("50.00"));
    CHECK(bank.open(2) == eur("0.00"));
    CHECK(bank.balance("1095") == 0);
    CHECK(bank.line(1, 1).payment != made);
    bank.must(reopen);
    PostBankLine post{acme, statement_id(1), 1, {credit("4000", eur("50.00"))}, "Cash sale"};
    bank.must(post);
    CHECK(bank.balance("1095") == 0);
    bank.must(reopen);
    CHECK(bank.balance("1095") == -50'00);
}

TEST_CASE("our own payment is recognized by its end-to-end id and posted once") {
    Bank bank;
    bank.must(invoice(1, "2026-03-01", eur("80.00"), ItemSide::payable));
    const auto run = nth<PaymentRunId>(1);
    bank.must(
        RunPayments{acme, run, day("2026-04-01"), day("2026-04-30"), {"1010"}, {}, {}, {}, {}});
    CHECK(bank.balance("1010") == -80'00);
    std::string id = to_text(derived_uuid(run.uuid, "RunPayments", 0));
    std::erase(id, '-');
    BankLineAsk line = out(1, "2026-04-02", eur("80.00"));
    line.end_to_end = id;
    bank.must(statement(1, "2026-04-02", eur("100.00"), eur("20.00"), {line}));
    CHECK(bank.balance("1010") == -80'00);
    CHECK(bank.balance("1095") == 0);
    CHECK(bank.line(1, 1).state == BankLineState::cleared);
    // Nobody is paid twice: the same id once more is a line to look at.
    line.payer = nth<BankPayerId>(2);
    line.date = day("2026-04-03");
    bank.must(statement(2, "2026-04-03", eur("20.00"), eur("-60.00"), {line}));
    CHECK(bank.line(2, 1).state == BankLineState::waits);
    CHECK(bank.balance("1095") == 80'00);
}

TEST_CASE("a payment that was entered by hand is cleared by its line") {
    Bank bank;
    bank.must(payment(5, "2026-03-10", eur("60.00")));
    bank.must(payment(6, "2026-03-10", eur("61.00")));
    bank.must(statement(1, "2026-03-12", eur("0.00"), eur("120.00"),
                        {in(1, "2026-03-12", eur("60.00")), in(2, "2026-03-12", eur("60.00"))}));
    ClearBankLine clear{acme, statement_id(1), 9, item(7)};
    refused(bank, clear, bank_line_unknown);
    clear.line = 1;
    refused(bank, clear, open_item_unknown);
    clear.payment = item(6);
    refused(bank, clear, bank_line_payment_unfit);
    clear.payment = item(5);
    bank.must(clear);
    refused(bank, clear, bank_line_settled);
    clear.line = 2;
    refused(bank, clear, bank_line_payment_cleared);
    // By hand 121.00, and 60.00 that nobody knows.
    CHECK(bank.balance("1010") == 121'00 + 60'00);
    CHECK(bank.balance("1095") == -60'00);
    bank.must(ReopenBankLine{acme, statement_id(1), 1, "Another one"});
    CHECK(bank.balance("1095") == -120'00);
    CHECK(bank.open(5) == eur("60.00"));
}

TEST_CASE("who pays is known by their account, and settles one open amount or waits") {
    Bank bank;
    bank.must(invoice(1, "2026-03-01", eur("50.00")));
    bank.must(invoice(2, "2026-03-02", eur("50.00")));
    bank.must(invoice(3, "2026-03-03", eur("70.00")));
    const auto of_alder = [](BankLineAsk line) {
        line.iban = "GB29 NWBK 6016 1331 9268 19";
        return line;
    };
    bank.must(statement(
        1, "2026-03-31", eur("0.00"), eur("130.00"),
        {of_alder(in(1, "2026-03-30", eur("70.00"))), of_alder(in(2, "2026-03-30", eur("50.00"))),
         of_alder(in(3, "2026-03-31", eur("10.00")))}));
    CHECK(bank.open(3) == eur("0.00"));
    // Two are open with that amount: nobody can tell which.
    CHECK(bank.line(1, 2).state == BankLineState::waits);
    CHECK(bank.line(1, 2).recognized->by == BankMatch::counterparty);
    // The proposal is accepted: the oldest due.
    bank.must(AssignBankLine{acme, statement_id(1), 2, {}, {}, {}, false, {}, {}, {}});
    CHECK(bank.open(1) == eur("0.00"));
    CHECK(bank.open(2) == eur("50.00"));
    // By another rule it settles by itself.
    SetBankMatching set{acme, {"OTHER"}, {BankMatch::counterparty, BankMatch::counterparty}};
    refused(bank, set, house_bank_unknown);
    set.bank = {"MAIN"};
    bank.must(set);
    refused(bank, set, bank_matching_unchanged);
    bank.must(statement(2, "2026-04-01", eur("130.00"), eur("140.00"),
                        {of_alder(in(4, "2026-04-01", eur("10.00")))}));
    CHECK(bank.open(2) == eur("40.00"));
}

TEST_CASE("a document of somebody else than who pays is a proposal, and so is a number by chance") {
    Bank bank;
    bank.must(numbered(1, "2026-03-01", eur("50.00"), "R-2026-101", "BIRCH"));
    bank.must(numbered(2, "2026-03-01", eur("60.00"), "17", "BIRCH"));
    BankLineAsk of_alder = in(1, "2026-03-30", eur("50.00"), "R-2026-101");
    of_alder.iban = alder_iban;
    bank.must(statement(1, "2026-03-31", eur("0.00"), eur("55.00"),
                        {of_alder, in(2, "2026-03-31", eur("5.00"), "room 17")}));
    CHECK(bank.line(1, 1).state == BankLineState::waits);
    CHECK(bank.line(1, 1).recognized->counterparty == parties::CounterpartyCode{"BIRCH"});
    CHECK_FALSE(bank.line(1, 2).recognized);
    // Two lines for one invoice: the first settles it, the second waits.
    bank.must(statement(2, "2026-04-01", eur("55.00"), eur("155.00"),
                        {in(3, "2026-04-01", eur("50.00"), "R-2026-101"),
                         in(4, "2026-04-01", eur("50.00"), "R-2026-101")}));
    CHECK(bank.open(1) == eur("0.00"));
    CHECK_FALSE(bank.line(2, 2).recognized);
}

TEST_CASE("charges of the bank are no part of what is settled") {
    Bank bank;
    bank.must(invoice(1, "2026-03-01", eur("100.00")));
    RecordPayment pay = payment(5, "2026-03-10", eur("100.00"));
    pay.allocations = {of(1)};
    pay.charges = eur("2.00");
    refused(bank, pay, payment_charges_unfit);
    pay.charges_account = ledger::AccountCode{"5300"};
    pay.charges = eur("100.00");
    refused(bank, pay, payment_charges_unfit);
    pay.charges = usd("2.00");
    refused(bank, pay, payment_charges_unfit);
    pay.charges = eur("2.00");
    bank.must(pay);
    CHECK(bank.open(1) == eur("0.00"));
    CHECK(bank.balance("1010") == 98'00);
    CHECK(bank.balance("5300") == 2'00);
    bank.must(ReverseItem{acme, item(5), {}, true, "Bounced"});
    CHECK(bank.balance("1010") == 0);
    CHECK(bank.balance("5300") == 0);
    // The same out of a line, whose amount is what came.
    bank.must(
        statement(1, "2026-03-31", eur("0.00"), eur("97.00"), {in(1, "2026-03-31", eur("97.00"))}));
    AssignBankLine assign{acme,        statement_id(1),
                          1,           parties::CounterpartyCode{"ALDER"},
                          {},          {of(1)},
                          false,       {},
                          eur("0.00"), ledger::AccountCode{"5300"}};
    refused(bank, assign, payment_charges_unfit);
    assign.charges = eur("3.00");
    bank.must(assign);
    CHECK(bank.open(1) == eur("0.00"));
    CHECK(bank.balance("1095") == 0);
    CHECK(bank.balance("5300") == 3'00);
}

TEST_CASE("a house bank is refused for the first of its faults") {
    Books books;
    OpenHouseBank open = house_bank();
    open.company = {"OTHER"};
    open.iban.clear();
    open.account = {"none"};
    open.suspense = {"1"};
    refused(books, open, companies::company_unknown);
    open.company = acme;
    refused(books, open, house_bank_number_unclear);
    open.iban = "DE88370400440532013000";
    refused(books, open, house_bank_malformed);
    open.iban = our_iban;
    open.bic = "NOBIC";
    refused(books, open, house_bank_malformed);
    open.bic = "COBADEFFXXX";
    refused(books, open, ledger::account_unknown);
    open.account = {"4000"};
    refused(books, open, ledger::account_is_summary);
    open.suspense = {"1020"};
    refused(books, open, house_bank_account_unfit);
    open.account = {"1100"};
    refused(books, open, house_bank_account_unfit);
    open.account = {"1010"};
    // It is not marked as one whose balance is to be zero.
    refused(books, open, suspense_account_unfit);
    ledger::ChangeAccountUse use;
    use.company = acme;
    use.account = {"1020"};
    use.suspense = true;
    books.must(use);
    books.must(open);
    refused(books, open, house_bank_exists);
    open.bank = {"SECOND"};
    refused(books, open, house_bank_listed);
    Books without(false);
    refused(without, open, settlement_accounts_missing);
}

TEST_CASE("a statement is refused for the first of its faults") {
    Bank bank;
    RecordBankStatement record =
        statement(1, "2026-03-31", usd("1.00"), eur("2.00"), {in(1, "2026-04-01", usd("-1.00"))});
    record.account = "DE00";
    refused(bank, record, house_bank_unknown);
    record.account = our_iban;
    refused(bank, record, bank_statement_currency_differs);
    record.opening = eur("1.00");
    CHECK(bank.refused(record).pointer == "/lines/0");
    refused(bank, record, bank_statement_currency_differs);
    record.lines.front().amount = eur("0.00");
    refused(bank, record, bank_line_amount_unfit);
    record.lines.front().amount = eur("10.00");
    record.lines.push_back(record.lines.front());
    refused(bank, record, bank_line_late);
    for (BankLineAsk& line : record.lines) line.date = day("2026-03-31");
    refused(bank, record, bank_payer_taken);
    record.lines.back().payer = nth<BankPayerId>(2);
    // 1.00 + 10.00 + 10.00 = 21.00
    CHECK(bank.refused(record).about == "21.00 EUR, 2.00 EUR");
    refused(bank, record, bank_statement_unbalanced);
    record.closing = eur("21.00");
    for (BankLineAsk& line : record.lines) line.reference = "REF" + to_text(line.payer.uuid);
    const std::int64_t before = bank.entries();
    bank.must(record);
    CHECK(bank.entries() == before + 2);
    // Twice is nothing, by number and day and by id.
    refused(bank, record, bank_statement_exists);
    record.statement = statement_id(7);
    refused(bank, record, bank_statement_exists);
    CHECK(bank.entries() == before + 2);
    // The next one begins where this one ended.
    RecordBankStatement next = statement(2, "2026-04-30", eur("20.00"), eur("20.00"), {});
    refused(bank, next, bank_statement_gap);
    next.opening = eur("21.00");
    next.closing = eur("31.00");
    next.lines = {in(9, "2026-03-31", eur("10.00"))};
    next.lines.front().reference = record.lines.front().reference;
    refused(bank, next, bank_line_exists);
    next.lines.front().reference = "NEW";
    bank.must(next);
    // One that came late fits between, or not.
    RecordBankStatement between =
        statement(3, "2026-04-15", eur("21.00"), eur("22.00"), {in(10, "2026-04-15", eur("1.00"))});
    refused(bank, between, bank_statement_gap);
    between.closing = eur("21.00");
    between.lines.clear();
    bank.must(between);
}

TEST_CASE("what a line says of somebody can be erased") {
    Bank bank;
    bank.must(
        statement(1, "2026-03-31", eur("0.00"), eur("5.00"), {in(1, "2026-03-31", eur("5.00"))}));
    EraseBankPayer erase{acme, statement_id(1), 2};
    refused(bank, erase, bank_line_unknown);
    erase.line = 1;
    bank.must(erase);
    refused(bank, erase, bank_payer_erased);
}

TEST_CASE("numbers of documents are found between what is written around them") {
    const std::vector<std::string> words = document_words("Inv. R-2026/101, (A17) 'x-1'; -");
    CHECK(words == std::vector<std::string>{"Inv", "R-2026/101", "A17", "x-1"});
    CHECK(document_words("").empty());
}
