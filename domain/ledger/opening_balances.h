// Opening balances: what accounts stand at when the books begin here, each area against one account
// that must come to zero in the end.
//
// What is taken over comes in parts: balances by hand, open items and stock through areas of their
// own. Whatever is missing or doubled is what is left on the opening account.
#pragma once

#include "domain/core/decision.h"
#include "domain/core/world.h"
#include "domain/ledger/entries.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

inline constexpr Reason opening_account_missing{
    Refusal::conflict, "opening_account_missing",
    "The company's policy does not name the account that opening balances are posted against; set "
    "it by SetLedgerPolicy."};
inline constexpr Reason opening_account_repeated{
    Refusal::invalid, "opening_account_repeated",
    "A line names the opening account, whose line is added by itself."};

struct PostOpeningBalances {
    CompanyCode company;
    EntryId entry;
    JournalCode journal;
    Date date;
    std::string text;
    std::vector<EntryLine> lines;
    std::vector<BookCode> books;
    std::vector<Attachment> attachments;

    static void describe(auto& command) {
        command
            .record("PostOpeningBalances",
                    "Posts what accounts stand at when the books begin, with one more line on the "
                    "company's opening account that makes it balance. When all is entered, that "
                    "account stands at zero. Control accounts are opened by their own areas, item "
                    "by item. Above the amount of the company's policy they are a draft that is "
                    "`opening`.")
            .company(&PostOpeningBalances::company)
            .stream(&PostOpeningBalances::entry)
            .example(R"({"company": "DEMO", "entry": "01980000-0000-7000-8000-0000000000b1",
                "journal": "GEN", "date": "2026-05-01", "text": "Taken over from the old program",
                "lines": [{"account": "1500", "side": "debit", "amount": {"amount": "900.00",
                "currency": "EUR"}}]})")
            .field("company", &PostOpeningBalances::company, "Whose books.")
            .field("entry", &PostOpeningBalances::entry, "A new id, chosen by the client.")
            .field("journal", &PostOpeningBalances::journal, "An open journal.")
            .field("date", &PostOpeningBalances::date,
                   "The day that the balances stand at, such as the first of the first year.")
            .field("text", &PostOpeningBalances::text, "What it is, for the reader.")
            .otherwise_empty()
            .longest(500)
            .field("lines", &PostOpeningBalances::lines,
                   "1 to 999 lines, as many on either side as there are; foreign balances with "
                   "what they are booked at.")
            .field("books", &PostOpeningBalances::books, "The books that it is in; empty: all.")
            .otherwise_empty()
            .longest(20)
            .field("attachments", &PostOpeningBalances::attachments,
                   "Files that belong to it, such as the old program's trial balance.")
            .otherwise_empty()
            .longest(most_attachments)
            .refuses(companies::company_unknown, opening_account_missing, opening_account_repeated);
        refuses_as_entry(command).refuses(approval_required);
    }
};

Decision<EntryPosted> decide(const World&, const PostOpeningBalances&, const Context&);

// Adds to the lines of opening balances what brings them into balance; why there is no account that
// takes it, or one of them is on it.
Objection add_opening_line(const World&, const CompanyCode&, Currency base_currency,
                           std::vector<PostedLine>&);

Part opening_balances();

}  // namespace kontor::ledger
