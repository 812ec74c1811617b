// Journals of hledger: what is read, what is told apart as not read, and what becomes of it.
#include "tools/hledger_journal.h"

#include "tools/journal_commands.h"

#include <catch2/catch.hpp>

namespace kontor::hledger {
namespace {

using namespace ledger;
using Lines = std::vector<std::string>;

Currency in(std::string_view code) { return currency_from(code).value(); }

Journal read(std::string_view text) {
    Journal journal;
    for (const JournalFault& fault : read_journal(text, journal))
        FAIL_CHECK(fault.line << ": " << fault.problem);
    return journal;
}

// "3: what is wrong", one a fault.
Lines shown(const std::vector<JournalFault>& faults) {
    Lines lines;
    for (const JournalFault& fault : faults)
        lines.push_back(std::to_string(fault.line) + ": " + fault.problem);
    return lines;
}

Lines faults_of(std::string_view text) {
    Journal journal;
    return shown(read_journal(text, journal));
}

std::string shown(const std::optional<WrittenAmount>& amount) {
    return amount ? to_text(amount->number) + " " + amount->commodity : "none";
}

// The amount of the first posting of a transaction, as it is read.
std::string amount_of(std::string_view written, std::string_view before = "") {
    const auto journal =
        read(std::string(before) + "2026-01-01 x\n  a  " + std::string(written) + "\n  b\n");
    return shown(journal.transactions.at(0).postings.at(0).amount);
}

CompanyBooks books() {
    CompanyBooks books;
    books.company = {"ACME"};
    books.base_currency = in("EUR");
    books.accounts = {{"1", {"Assets", true}},
                      {"1000", {"Cash"}},
                      {"1010", {"Bank"}},
                      {"1020", {"Dollars", false, false, false, in("USD")}},
                      {"1100", {"Receivables", false, false, true}},
                      {"1900", {"Old", false, true}},
                      {"4000", {"Sales"}},
                      {"5000", {"Twin"}},
                      {"5001", {"Twin"}}};
    return books;
}

JournalCommands made_of(std::string_view text, JournalWishes wishes = {{"GEN"}, {}, {}, {}, false},
                        const CompanyBooks& has = books()) {
    return commands_of(read(text), has, wishes);
}

// "1000 debit 5.00 EUR", one a line of all entries; with base or rate where it is said.
Lines lines_of(const JournalCommands& commands) {
    Lines lines = shown(commands.faults);
    for (const auto& entry : commands.entries)
        for (const EntryLine& line : std::get<PostEntry>(entry.command).lines)
            lines.push_back(
                line.account.text + (line.side == Side::debit ? " debit " : " credit ") +
                to_text(line.amount) + (line.base ? " base " + to_text(*line.base) : "") +
                (line.rate ? " rate " + short_decimal_text(line.rate->units, 10) : ""));
    return lines;
}

Lines lines_of(std::string_view text) { return lines_of(made_of(text)); }

TEST_CASE("a transaction is read with all that stands beside it") {
    const Journal journal = read(R"(; a comment
# another
comment
2026-01-01 not a transaction
end comment
2026/1/5=2026/1/9 * (R-1) Sale | note  ; entry:7, document:D-2; e
    ; more: things
    ! assets:bank account  USD 1,020.00 @@ EUR 938.40 = USD 1,020.00  ; Invoice R-1
    ; project: P1
    income	-938.40 EUR

P 2026-01-05 12:00:00 USD 0.92 EUR
account assets:bank account  ; Bank, type:A
    ; code:1010
)");
    REQUIRE(journal.transactions.size() == 1);
    const WrittenTransaction& sale = journal.transactions[0];
    CHECK(sale.line == 6);
    CHECK(to_text(sale.date) == "2026-01-05");
    CHECK(sale.code == "R-1");
    CHECK(sale.text == "Sale | note");
    CHECK(sale.tags.at("entry") == "7");
    CHECK(sale.tags.at("more") == "things");
    REQUIRE(sale.postings.size() == 2);
    const WrittenPosting& bank = sale.postings[0];
    CHECK(bank.line == 8);
    CHECK(bank.account == "assets:bank account");
    CHECK(shown(bank.amount) == "1020.00 USD");
    CHECK(shown(bank.cost->amount) == "938.40 EUR");
    CHECK(bank.cost->of_all);
    CHECK(shown(bank.assertion->amount) == "1020.00 USD");
    CHECK(bank.comment == "Invoice R-1");
    CHECK(bank.tags.at("project") == "P1");
    CHECK(shown(sale.postings[1].amount) == "-938.40 EUR");
    REQUIRE(journal.prices.size() == 1);
    CHECK(journal.prices[0].commodity == "USD");
    CHECK(shown(journal.prices[0].amount) == "0.92 EUR");
    REQUIRE(journal.accounts.size() == 1);
    CHECK(journal.accounts[0].tags.at("code") == "1010");
    CHECK(journal.accounts[0].tags.at("type") == "A");
}

TEST_CASE("amounts are read however their signs, symbols and marks stand") {
    CHECK(amount_of("EUR 5") == "5 EUR");
    CHECK(amount_of("-EUR 5") == "-5 EUR");
    CHECK(amount_of("EUR -5") == "-5 EUR");
    CHECK(amount_of("-5 EUR") == "-5 EUR");
    CHECK(amount_of("+5.50EUR") == "5.50 EUR");
    CHECK(amount_of("$5") == "5 $");
    CHECK(amount_of("-$5.25") == "-5.25 $");
    CHECK(amount_of("5 \"green apples\"") == "5 green apples");
    CHECK(amount_of("5") == "5 ");
    CHECK(amount_of("1,234,567 JPY") == "1234567 JPY");
    CHECK(amount_of("1.234.567,89 EUR") == "1234567.89 EUR");
    CHECK(amount_of("1,234.56 EUR") == "1234.56 EUR");
    CHECK(amount_of("12,5 EUR") == "12.5 EUR");
    CHECK(amount_of("1.234 KWD") == "1.234 KWD");
    CHECK(amount_of("1,234 EUR", "decimal-mark .\n") == "1234 EUR");
    CHECK(amount_of("1,234 EUR", "decimal-mark ,\n") == "1.234 EUR");
    CHECK(amount_of("1.234 EUR", "commodity 1.000,00 EUR\n") == "1234 EUR");
    CHECK(amount_of("1.234 EUR", "commodity EUR\n  format EUR 1.000,00\n") == "1234 EUR");
    CHECK(amount_of("1.234 USD", "commodity 1.000,00 EUR\n") == "1.234 USD");
}

TEST_CASE("what is not read is told with its line, all of it at once") {
    CHECK(faults_of("include other.journal\n\n~ monthly\n    a  5\n\n2026-02-30 x\n    a  5\n") ==
          Lines{"1: \"include\" is a part of hledger's format that is not read here",
                "3: \"~\" is a part of hledger's format that is not read here",
                "6: \"2026-02-30\" is no date such as 2026-03-31; the year is written too"});
    const auto of_posting = [](const std::string& posting) {
        const Lines faults = faults_of("2026-01-01 x\n    " + posting + "\n    b\n");
        REQUIRE(faults.size() == 1);
        return faults[0];
    };
    CHECK(of_posting("(a)  5") ==
          "2: virtual postings, whose accounts stand in brackets, are not read here");
    CHECK(of_posting("a  = 5 EUR") ==
          "2: a balance that is assigned (= without an amount before it) is not read here; write "
          "the amount");
    CHECK(of_posting("a  5 EUR {4 USD}") == "2: what is \"{4 USD}\" behind the amount?");
    CHECK(of_posting("a  1,234 EUR") ==
          "2: \"1,234\" may be thousands or thousandths; say which by a line \"decimal-mark .\" or "
          "\"decimal-mark ,\"");
    CHECK(of_posting("a  1,23,456 EUR") == "2: \"1,23,456\" is no number");
    CHECK(of_posting("a  five") == "2: an amount is missing before \"\"");
    CHECK(faults_of("1/5 x\n") ==
          Lines{"1: \"1/5\" is no date such as 2026-03-31; the year is written too"});
    CHECK(faults_of("2026-01-01 (x\n") == Lines{"1: the code is not closed by )"});
    CHECK(faults_of("    a  5\n") ==
          Lines{"1: the line is indented and belongs to nothing above it"});
    CHECK(faults_of("P 2026-01-01 USD 5\n") == Lines{"1: the price is in no commodity"});
}

TEST_CASE("positive amounts are debits, and the one that is left out is what is missing") {
    CHECK(lines_of("2026-01-01 x\n  1000  5.00 EUR\n  4000  -3\n  1010\n") ==
          Lines{"1000 debit 5.00 EUR", "4000 credit 3.00 EUR", "1010 credit 2.00 EUR"});
    CHECK(lines_of("2026-01-01 x\n  1020  USD 5\n  4000\n") ==
          Lines{"1020 debit 5.00 USD", "4000 credit 5.00 USD"});
    CHECK(lines_of("2026-01-01 x\n  1020  USD 5 @@ EUR 4\n  4000\n") ==
          Lines{"1020 debit 5.00 USD base 4.00 EUR", "4000 credit 4.00 EUR"});
    CHECK(lines_of("2026-01-01 x\n  1000  5.00 EUR\n  4000\n  1010\n") ==
          Lines{"4: two postings of the transaction have no amount"});
    CHECK(lines_of("2026-01-01 x\n  1020  USD 5\n  1000  EUR 5\n  4000\n") ==
          Lines{"4: the amount that is left out would be in several currencies; write it"});
}

TEST_CASE("costs become base amounts, unit costs rates") {
    CHECK(lines_of("2026-01-01 x\n  1020  USD -1020 @@ EUR 938.40\n  1000  EUR 938.40\n") ==
          Lines{"1020 credit 1020.00 USD base 938.40 EUR", "1000 debit 938.40 EUR"});
    CHECK(lines_of("2026-01-01 x\n  1020  USD 33.33 @ 0.92 EUR\n  1000\n") ==
          Lines{"1020 debit 33.33 USD rate 0.92", "1000 credit 30.66 EUR"});
    // Two currencies that balance against each other: one costs what the other is.
    CHECK(lines_of("2026-01-01 x\n  1020  USD 100\n  1000  EUR -92\n") ==
          Lines{"1020 debit 100.00 USD base 92.00 EUR", "1000 credit 92.00 EUR"});
    CHECK(lines_of("2026-01-01 x\n  1020  USD 1\n  1020  USD 2\n  1000  EUR -1\n") ==
          Lines{"1020 debit 1.00 USD base 0.33 EUR", "1020 debit 2.00 USD base 0.67 EUR",
                "1000 credit 1.00 EUR"});
    CHECK(lines_of("2026-01-01 x\n  1000  EUR 92 @@ USD 100\n  1020  USD -100\n") ==
          Lines{"1000 debit 92.00 EUR", "1020 credit 100.00 USD base 92.00 EUR"});
    CHECK(lines_of("2026-01-01 x\n  1020  USD 100\n  1000  EUR 92\n") ==
          Lines{"1: what the amounts cost cannot be told from the others; say it with @@"});
    CHECK(lines_of("2026-01-01 x\n  1020  USD 100 @@ GBP 80\n  1000  GBP -80\n") ==
          Lines{"2: the cost is not in the company's base currency, EUR"});
}

TEST_CASE("what does not balance, or no currency can hold, is told") {
    CHECK(lines_of("2026-01-01 x\n  1000  EUR 5\n  4000  EUR -4.99\n") ==
          Lines{"1: the transaction does not balance: 0.01 EUR are left over"});
    CHECK(lines_of("2026-01-01 x\n  1000  USD 5\n  4000  USD -4\n") ==
          Lines{"1: the transaction does not balance in any one currency; say what its amounts "
                "cost in EUR"});
    CHECK(lines_of("2026-01-01 x\n  1000  EUR 5.001\n  4000\n") ==
          Lines{"2: 5.001 has more digits than EUR has"});
    CHECK(lines_of("2026-01-01 x\n  1000  EUR 5.000\n  4000\n") ==
          Lines{"1000 debit 5.00 EUR", "4000 credit 5.00 EUR"});
    CHECK(lines_of("2026-01-01 x\n  1000  $5\n  4000\n") ==
          Lines{"2: $ is no currency of ISO 4217; say which one it is by --commodity $=EUR"});
    CHECK(lines_of("2026-01-01 x\n  1000  99999999999999.00 EUR\n  4000\n") ==
          Lines{"2: 99999999999999.00 is too large"});
    CHECK(lines_of("2026-01-01 x\n  1000  0\n  4000  0\n").empty());
}

TEST_CASE("symbols are currencies that the user names") {
    const auto commands = made_of("2026-01-01 x\n  1020  $5\n  1000  -4.00 €\n",
                                  {{"GEN"}, {}, {{"$", "USD"}, {"€", "EUR"}}, {}, false});
    CHECK(lines_of(commands) == Lines{"1020 debit 5.00 USD base 4.00 EUR", "1000 credit 4.00 EUR"});
}

TEST_CASE("accounts are found by the user's list, a tag, their code or their name") {
    CHECK(lines_of("account till  ; code:1000\n\n2026-01-01 x\n  till  5\n  assets:Bank  -2\n"
                   "  Sales  -2\n  40%30%30  -1\n") ==
          Lines{"1000 debit 5.00 EUR", "1010 credit 2.00 EUR", "4000 credit 2.00 EUR",
                "4000 credit 1.00 EUR"});
    CHECK(lines_of(made_of("2026-01-01 x\n  assets:Bank  5\n  4000\n",
                           {{"GEN"}, {{"assets:Bank", "1000"}}, {}, {}, false})) ==
          Lines{"1000 debit 5.00 EUR", "4000 credit 5.00 EUR"});
    const auto wrong = [](const std::string& name) {
        return lines_of("2026-01-01 x\n  " + name + "  5 EUR\n  4000\n");
    };
    CHECK(wrong("nowhere") ==
          Lines{"2: the chart has no account with the code or name nowhere; say which one it is "
                "(--accounts, or account nowhere  ; code:1000)"});
    CHECK(wrong("Twin") ==
          Lines{"2: two accounts of the chart, 5000 and 5001, have the name of Twin"});
    CHECK(wrong("1") == Lines{"2: the account 1 is a heading; nothing is posted on it"});
    CHECK(wrong("1900") == Lines{"2: the account 1900 is blocked"});
    CHECK(wrong("1100") ==
          Lines{"2: the account 1100 is a control account, which no import may move"});
    CHECK(wrong("1020") == Lines{"2: the account 1020 takes another currency only"});
    CHECK(lines_of("account till  ; code:9\n\n2026-01-01 x\n  till  5\n  4000\n") ==
          Lines{"4: the chart has no account 9, which till is said to be"});
}

TEST_CASE("a posting has the date that its comment gives it, and an entry is of one day") {
    const auto dates = [](const std::string& postings) {
        const auto commands = made_of("2026-01-05=2026-01-31 x  ; date:2026-03-01\n" + postings);
        Lines found = shown(commands.faults);
        for (const auto& entry : commands.entries)
            found.push_back(to_text(*std::get<PostEntry>(entry.command).date));
        return found;
    };
    const std::string one = "  1000  5 EUR", other = "  4000  -5 EUR";
    const auto both = [&](const std::string& comment) {
        return dates(one + "  ; " + comment + "\n" + other + "\n  ; " + comment + "\n");
    };
    CHECK(both("date:2026-01-09") == Lines{"2026-01-09"});
    CHECK(both("paid, date: 1/9, by card") == Lines{"2026-01-09"});
    CHECK(both("paid [2026-01-09]") == Lines{"2026-01-09"});
    CHECK(both("[1/9=2026-02-01]") == Lines{"2026-01-09"});
    // Secondary dates, and what is no date, say nothing of the day.
    CHECK(both("[=2026-01-09] date2:2026-01-09") == Lines{"2026-01-05"});
    CHECK(both("[x] [] update:5") == Lines{"2026-01-05"});
    CHECK(dates(one + "  ; date:2026-01-05\n" + other + "\n") == Lines{"2026-01-05"});
    CHECK(
        dates(one + "\n" + other + "  ; date:2026-01-09\n") ==
        Lines{"3: the posting is of 2026-01-09 and one above it of 2026-01-05; an entry is of one "
              "day, so write two transactions, with an account between them"});
    CHECK(faults_of("2026-01-05 x\n" + one + "  ; date:tomorrow\n" + other + "\n") ==
          Lines{"2: \"tomorrow\" is no date such as 2026-03-31; the year is written too"});
    CHECK(faults_of("2026-01-05 x\n" + one + "\n  ; [2026-02-30]\n" + other + "\n") ==
          Lines{"3: \"2026-02-30\" is no date such as 2026-03-31; the year is written too"});
    // What the file asserts, it asserts of the postings' own day.
    CHECK(lines_of("2026-01-05 x\n  1000  5 EUR = 7 EUR  ; date:1/9\n  4000  -5 EUR  ; date:1/9\n\n"
                   "2026-01-07 y\n  1000  2 EUR = 2 EUR\n  4000\n")
              .size() == 4);
}

TEST_CASE("an account is opened with the code that its declaration says") {
    const JournalWishes opening{{"GEN"}, {}, {}, {}, true};
    const std::string text =
        "account assets:till  ; type:A, code:1050\naccount assets:drawer  ; type:A, code:1050\n"
        "account assets:bank  ; type:A, code:1010\n\n"
        "2026-01-01 x\n  assets:till  5 EUR\n  assets:drawer  2 EUR\n  assets:bank\n";
    const auto commands = made_of(text, opening);
    CHECK(lines_of(commands) ==
          Lines{"1050 debit 5.00 EUR", "1050 debit 2.00 EUR", "1010 credit 7.00 EUR"});
    REQUIRE(commands.accounts.size() == 1);
    CHECK(commands.accounts[0].command.account.text == "1050");
    CHECK(commands.accounts[0].command.name == "till");
    CHECK(lines_of(text) ==
          Lines{"6: the chart has no account 1050, which assets:till is said to be"});
    // The user's own list comes first, and can name an account that is opened too.
    const auto listed = made_of(text, {{"GEN"}, {{"assets:till", "1060"}}, {}, {}, true});
    REQUIRE(listed.accounts.size() == 2);
    CHECK(listed.accounts[0].command.account.text == "1060");
    CHECK(lines_of(
              made_of("account x  ; type:A, code: \n\n2026-01-01 x\n  x  5 EUR\n  1000\n", opening))
              .front()
              .starts_with("1: as the code of an account "));
    CHECK(
        lines_of(made_of("account x  ; code:77\n\n2026-01-01 x\n  x  5 EUR\n  1000\n", opening)) ==
        Lines{"1: the account x needs a type to be opened: type:A, L, E, R or X"});
}

const std::string ours =
    "; %XX in a text is an octet that these programs would read as syntax, in hexadecimal\n\n"
    "account 1000\n    ; Cash, type:A\naccount 3000\n    ; Equity, type:E\n"
    "account 4000\n    ; Sales, type:R\n";

std::string id_text(int number) {
    return "01980000-0000-7000-8000-0000000000" + std::to_string(10 + number);
}

// A transaction of our own export.
std::string ours_of(int number, const std::string& day, const std::string& more,
                    const std::string& amount, const std::string& against = "4000") {
    return "\n" + day + " (GEN/2026/" + std::to_string(number) + ") No " + std::to_string(number) +
           "\n    ; entry:" + id_text(number) + more + "\n    1000  EUR " + amount + "\n    " +
           against + "  EUR " + (amount[0] == '-' ? amount.substr(1) : "-" + amount) + "\n";
}

CompanyBooks books_of_ours() {
    CompanyBooks has = books();
    has.accounts["3000"] = {"Equity"};
    has.accounts["3000"].kind = AccountKind::equity;
    has.accounts["4000"].kind = AccountKind::income;
    has.journals = {"GEN", "GEN/2026"};
    has.fiscal_years = {{{"FY26"}, *date_from("2026-01-01"), *date_from("2026-12-31")}};
    return has;
}

// "PostEntry <journal> <last digits of the id>", one a command.
Lines kinds_of(const JournalCommands& commands) {
    Lines lines = shown(commands.faults);
    const auto end = [](const auto& id) { return to_text(id.uuid).substr(34); };
    for (const auto& entry : commands.entries) {
        const EntryCommand& command = entry.command;
        if (const auto* post = std::get_if<PostEntry>(&command))
            lines.push_back("PostEntry " + post->journal.text + " " + end(post->entry));
        else if (const auto* back = std::get_if<ReverseEntry>(&command))
            lines.push_back("ReverseEntry " + end(back->reverses) + " by " + end(back->entry));
        else if (const auto* open = std::get_if<PostOpeningBalances>(&command))
            lines.push_back("PostOpeningBalances " + end(open->entry) + " of " +
                            std::to_string(open->lines.size()));
        else if (const auto* close = std::get_if<CloseFiscalYear>(&command))
            lines.push_back("CloseFiscalYear " + close->fiscal_year.text + " " + end(close->entry) +
                            " to " +
                            (close->retained_earnings ? close->retained_earnings->text : "none") +
                            (close->period ? " in " + std::to_string(*close->period) : ""));
    }
    return lines;
}

TEST_CASE("an entry of our own export comes back in its order, under its id, in its journal") {
    CompanyBooks has = books_of_ours();
    const std::string text = ours + ours_of(1, "2026-03-01", "", "5.00") +
                             ours_of(2, "2026-01-01", "\n    ; period: P13", "7.00");
    auto commands = made_of(text, {{"OTHER"}, {}, {}, {}, false}, has);
    CHECK(kinds_of(commands) == Lines{"PostEntry GEN/2026 11", "PostEntry GEN/2026 12"});
    CHECK(std::get<PostEntry>(commands.entries[1].command).period == 13);
    has.journals = {"GEN"};
    CHECK(kinds_of(made_of(text, {{"OTHER"}, {}, {}, {}, false}, has)) ==
          Lines{"PostEntry GEN 11", "PostEntry GEN 12"});
    has.journals = {};
    CHECK(kinds_of(made_of(text, {{"OTHER"}, {}, {}, {}, false}, has)) ==
          Lines{"PostEntry OTHER 11", "PostEntry OTHER 12"});
    has.entries.insert(*uuid_from(id_text(1)));
    CHECK(made_of(text, {{"OTHER"}, {}, {}, {}, false}, has).known_entries == 1);
    // Another program's tags of these names mean nothing.
    const auto foreign = made_of(text.substr(text.find('\n')), {{"OTHER"}, {}, {}, {}, false}, has);
    REQUIRE(foreign.entries.size() == 2);
    const auto& first = std::get<PostEntry>(foreign.entries[0].command);
    CHECK(first.journal.text == "OTHER");
    CHECK(to_text(*first.date) == "2026-01-01");
    CHECK_FALSE(first.period);
    CHECK(to_text(first.entry.uuid) != id_text(2));
}

TEST_CASE("what takes an entry back in our own export does so again") {
    const auto made = [](const std::string& transactions) {
        return kinds_of(
            made_of(ours + transactions, {{"GEN"}, {}, {}, {}, false}, books_of_ours()));
    };
    const std::string one = ours_of(1, "2026-03-01", ", document:D-1", "5.00");
    const std::string back = ", document:D-1, reverses:" + id_text(1);
    CHECK(made(one + ours_of(2, "2026-04-01", back, "-5.00")) ==
          Lines{"PostEntry GEN/2026 11", "ReverseEntry 11 by 12"});
    // More or less than it, a second time, or before it: an entry like others.
    CHECK(made(one + ours_of(2, "2026-04-01", back, "-4.00"))[1] == "PostEntry GEN/2026 12");
    CHECK(made(one + ours_of(2, "2026-02-01", back, "-5.00"))[1] == "PostEntry GEN/2026 12");
    CHECK(made(one + ours_of(2, "2026-04-01", back, "-5.00") +
               ours_of(3, "2026-04-01", back, "-5.00"))[2] == "PostEntry GEN/2026 13");
    // What stands in its place has the document's number, which was given back.
    const auto again = made_of(ours + one + ours_of(2, "2026-04-01", back, "-5.00") +
                                   ours_of(3, "2026-03-02", ", document:D-1", "6.00"),
                               {{"GEN"}, {}, {}, {}, false}, books_of_ours());
    CHECK(again.left_documents == 0);
    CHECK(std::get<PostEntry>(again.entries.at(2).command).document == "D-1");
}

TEST_CASE("entries that open or close in our own export do so again, by the company's commands") {
    CompanyBooks has = books_of_ours();
    const std::string open = ours_of(1, "2026-01-01", "\n    ; kind: opening", "9.00", "3000");
    const auto made = [&](const std::string& transactions, ClosingWish wish = ClosingWish::close) {
        return made_of(ours + transactions, {{"GEN"}, {}, {}, {}, false, wish}, has);
    };
    CHECK(kinds_of(made(open)) == Lines{"PostEntry GEN/2026 11"});
    CHECK(made(open).ordinary_openings == 1);
    has.opening_account = "3000";
    CHECK(kinds_of(made(open)) == Lines{"PostOpeningBalances 11 of 1"});
    CHECK(made(open).ordinary_openings == 0);

    const std::string sale = ours_of(2, "2026-05-01", "", "5.00");
    const auto closing = [](int number, const std::string& more = "") {
        return "\n2026-12-31 (GEN/2026/" + std::to_string(number) +
               ") Result\n    ; entry:" + id_text(number) + more +
               "\n    ; kind: closing\n    4000  EUR 5.00\n    3000  EUR -5.00\n";
    };
    CHECK(
        kinds_of(made(sale + closing(3) + ours_of(4, "2026-12-31", "", "1.00"))) ==
        Lines{"PostEntry GEN/2026 12", "CloseFiscalYear FY26 13 to 3000", "PostEntry GEN/2026 14"});
    // Several of a year are one command; one that is known is not done again.
    CHECK(kinds_of(made(sale + closing(3) + closing(4, "\n    ; period: P13"))) ==
          Lines{"PostEntry GEN/2026 12", "CloseFiscalYear FY26 13 to 3000"});
    has.entries.insert(*uuid_from(id_text(3)));
    CHECK(kinds_of(made(sale + closing(3))) == Lines{"PostEntry GEN/2026 12"});
    has.entries.clear();
    // A close that was taken back closes nothing.
    const auto reopened = made(sale + closing(3) + closing(4, ", reverses:" + id_text(3)));
    CHECK(kinds_of(reopened) == Lines{"PostEntry GEN/2026 12"});
    CHECK(reopened.left_closing_entries == 2);
    CHECK(made(sale + closing(3), ClosingWish::leave_out).left_closing_entries == 1);
    has.fiscal_years.clear();
    CHECK(kinds_of(made(sale + closing(3))) ==
          Lines{"15: the entry closes a year, and no fiscal year of the company ends on "
                "2026-12-31; open that year, or leave such entries out (--closing-entries "
                "leave-out)",
                "PostEntry GEN/2026 12"});
}

TEST_CASE("accounts that are declared with their type can be opened") {
    const std::string text =
        "account 1050  ; Bank, New York: dollars, type:A\naccount x%3Ay  ; type:X\n"
        "account z  ; nothing\n\n2026-01-01 x\n  1050  5\n  x%3Ay  -5\n";
    CHECK(made_of(text).faults.size() == 1);
    const auto commands = made_of(text, {{"GEN"}, {}, {}, {}, true});
    CHECK(lines_of(commands) == Lines{"1050 debit 5.00 EUR", "x:y credit 5.00 EUR"});
    REQUIRE(commands.accounts.size() == 2);
    CHECK(commands.accounts[0].command.account.text == "1050");
    CHECK(commands.accounts[0].command.name == "Bank, New York: dollars");
    CHECK(commands.accounts[0].command.kind == AccountKind::asset);
    CHECK(commands.accounts[1].command.name == "y");
    CHECK(commands.accounts[1].command.kind == AccountKind::expense);
    CHECK(lines_of(made_of("account z  ; nothing\n\n2026-01-01 x\n  z  5\n  4000\n",
                           {{"GEN"}, {}, {}, {}, true})) ==
          Lines{"1: the account z needs a type to be opened: type:A, L, E, R or X"});
}

TEST_CASE("balances that the file asserts hold, in the order of days") {
    const auto asserting = [](const std::string& assertion) {
        return lines_of("2026-01-02 later\n  1000  5 EUR " + assertion +
                        "\n  4000\n\n2026-01-01 earlier\n  1000  1.50 EUR\n  1000:till  USD 3\n"
                        "  4000  USD -3\n  4000\n");
    };
    // The account of the third posting is no account of the chart.
    const auto told = [&](const std::string& assertion) { return asserting(assertion).front(); };
    CHECK(told("= 6.50 EUR").starts_with("7: the chart has no account"));
    CHECK(told("= 6.51 EUR") == "2: the file asserts that 1000 has 6.51 EUR, and it has 6.50 EUR");
    CHECK(told("= 0 USD").starts_with("7: "));
    CHECK(told("== 6.50 EUR").starts_with("7: "));
    CHECK(told("=* 3 USD").starts_with("7: "));
    CHECK(told("= 3 USD") == "2: the file asserts that 1000 has 3.00 USD, and it has 0.00 USD");
    CHECK(told("==* 6.50 EUR") ==
          "2: 1000 has 3.00 USD besides, and the file asserts that it has nothing else");
    const auto commands = made_of(
        "2026-01-01 x\n  1000  5 EUR = 5 EUR\n  4000\n\n"
        "2026-01-31 check\n  1000  0 EUR = 5 EUR\n");
    CHECK(commands.faults.empty());
    CHECK(commands.assertions == 2);
    CHECK(commands.empty == 1);
    CHECK(commands.entries.size() == 1);
}

TEST_CASE("prices are spot rates, the last of a day, unless they are set already") {
    CompanyBooks has = books();
    has.rates[{in("GBP"), in("EUR"), *date_from("2026-01-05")}] = {11'500'000'000};
    const auto commands =
        made_of("P 2026-01-05 USD 0.91 EUR\nP 2026-01-05 USD EUR 0.92\nP 2026-01-05 GBP 1.15 EUR\n",
                {{"GEN"}, {}, {}, {}, false}, has);
    REQUIRE(commands.rates.size() == 1);
    const SetRate& set = commands.rates[0].command;
    CHECK(set.type == RateType::spot);
    CHECK(set.from == in("USD"));
    CHECK(set.to == in("EUR"));
    CHECK(set.rate.units == 9'200'000'000);
    CHECK(commands.known_rates == 1);
    CHECK(lines_of("P 2026-01-05 USD 0.00000000001 EUR\nP 2026-01-05 EUR 1 EUR\n") ==
          Lines{"1: 0.00000000001 is no rate: above zero, with at most ten digits after the point",
                "2: the price is of a commodity in itself"});
}

TEST_CASE("texts, documents and dimensions come along") {
    const std::string text =
        "2026-01-05 (R-1) Sale\n  1000  5  ; paid\n  ; project: P1, colour: red\n  4000\n\n"
        "2026-01-06 (R-1) Again\n  1000  5\n  4000\n\n"
        "2026-01-07 (GEN/2026/3) Ours\n  ; entry:x, document:R-3\n  1000  5\n  4000\n\n"
        "2026-01-08 (GEN/2026/4) Back\n  ; entry:y, document:R-3, reverses:x\n  1000  -5\n  4000\n";
    const auto commands = made_of(text, {{"GEN"}, {}, {}, {"project"}, false});
    REQUIRE(commands.entries.size() == 4);
    const auto posted = [&](std::size_t at) -> const PostEntry& {
        return std::get<PostEntry>(commands.entries[at].command);
    };
    const auto& sale = std::get<PostEntry>(commands.entries[0].command);
    CHECK(sale.company.text == "ACME");
    CHECK(sale.journal.text == "GEN");
    CHECK(sale.text == "Sale");
    CHECK(sale.document == "R-1");
    CHECK(sale.lines[0].text == "paid");
    CHECK(sale.lines[0].dimensions ==
          std::map<DimensionCode, DimensionValueCode>{{{"project"}, {"P1"}}});
    CHECK_FALSE(posted(1).document);
    CHECK(commands.left_documents == 1);
    CHECK(posted(2).document == "R-3");
    CHECK_FALSE(posted(3).document);
}

TEST_CASE("an entry has the same id whatever stands around it, and equal ones have their own") {
    const std::string one = "2026-01-05 Sale\n  1000  5\n  4000\n\n";
    const auto ids = [](const std::string& text) {
        std::vector<std::string> all;
        for (const auto& entry : made_of(text).entries)
            all.push_back(to_text(std::get<PostEntry>(entry.command).entry.uuid));
        return all;
    };
    const auto alone = ids(one);
    const auto among = ids("2026-01-01 Before\n  1000  5\n  4000\n\n" + one + one);
    REQUIRE(among.size() == 3);
    CHECK(among[1] == alone[0]);
    CHECK(among[2] != alone[0]);
    CHECK(among[0] != alone[0]);
    CompanyBooks has = books();
    has.entries.insert(*uuid_from(alone[0]));
    const auto commands = made_of(one + one, {{"GEN"}, {}, {}, {}, false}, has);
    CHECK(commands.known_entries == 1);
    CHECK(commands.entries.size() == 1);
}

}  // namespace
}  // namespace kontor::hledger
