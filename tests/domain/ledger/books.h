// A company with open books, for tests that post in them.
#pragma once

#include "domain/ledger/entries.h"
#include "tests/support/given.h"

namespace kontor::ledger::books {

inline const CompanyCode acme{"ACME"};

inline Money eur(std::string_view amount) { return test::money(amount, "EUR"); }
inline Money usd(std::string_view amount) { return test::money(amount, "USD"); }
inline EntryId entry(std::uint64_t number) { return test::nth<EntryId>(number); }

inline Message opened(std::string_view account, AccountKind kind,
                      std::optional<Currency> currency = {},
                      std::vector<DimensionCode> required = {}) {
    return Message::of(AccountOpened{acme,
                                     {std::string(account)},
                                     std::string(account),
                                     kind,
                                     normal_side_of(kind),
                                     {},
                                     false,
                                     currency,
                                     std::move(required)});
}

// ACME keeps books in EUR, by calendar years 2025 and 2026, with these accounts.
inline test::Past open_books() {
    return {
        Message::of(companies::CompanyCreated{acme, "Acme", test::currency("EUR"), "UTC", 1, 2025,
                                              companies::Chart::none}),
        Message::of(FiscalYearOpened{acme, {"2025"}, test::day("2025-01-01"), 12}),
        Message::of(FiscalYearOpened{acme, {"2026"}, test::day("2026-01-01"), 12}),
        Message::of(JournalOpened{acme, {"GEN"}, "General"}),
        Message::of(JournalOpened{acme, {"SAL"}, "Sales"}),
        Message::of(DimensionDefined{acme, {"project"}, "Project", ValueRule::listed}),
        Message::of(DimensionDefined{acme, {"country"}, "Country", ValueRule::any}),
        Message::of(DimensionValuesAdded{acme, {"project"}, {{{"P1"}, "One"}, {{"P2"}, "Two"}}}),
        opened("cash", AccountKind::asset),
        opened("dollars", AccountKind::asset, test::currency("USD")),
        opened("sales", AccountKind::income),
        opened("wages", AccountKind::expense, {}, {DimensionCode{"project"}}),
        Message::of(AccountOpened{
            acme, {"assets"}, "Assets", AccountKind::asset, Side::debit, {}, true, {}, {}}),
    };
}

inline EntryLine debit(std::string_view account, Money amount) {
    return {{std::string(account)}, Side::debit, amount, {}, {}, {}};
}
inline EntryLine credit(std::string_view account, Money amount) {
    return {{std::string(account)}, Side::credit, amount, {}, {}, {}};
}
inline PostedLine posted(Side side, std::string_view account, Money amount) {
    return {{std::string(account)}, side, amount, amount, {}, {}};
}

// A sale of 100 EUR for cash on 4 May 2026.
inline PostEntry sale(std::uint64_t number = 1) {
    return {acme,
            entry(number),
            {"GEN"},
            test::day("2026-05-04"),
            "Sale",
            {},
            {debit("cash", eur("100.00")), credit("sales", eur("100.00"))},
            {}};
}

// What comes of `sale` when it is the journal's first entry of the year.
inline EntryPosted sale_posted(std::uint64_t number = 1, std::int64_t in_journal = 1) {
    return {
        acme,
        entry(number),
        {"GEN"},
        {"2026"},
        in_journal,
        test::day("2026-05-04"),
        "Sale",
        {},
        {posted(Side::debit, "cash", eur("100.00")), posted(Side::credit, "sales", eur("100.00"))},
        {},
        {},
        5};
}

}  // namespace kontor::ledger::books
