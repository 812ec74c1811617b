// Parallel books: the same business told by several rules, such as IFRS beside the local law.
//
// What both tell alike is posted once and is in all books; what only one of them tells is posted in
// that one. So the books of a company differ by the entries that name them and by nothing else.
#pragma once

#include "domain/companies/companies.h"
#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/table.h"
#include "domain/core/world.h"

#include <string>
#include <vector>

namespace kontor::ledger {

struct BookThing {
    static constexpr Thing thing{"book", "books"};
};
using BookCode = Code<BookThing>;

inline constexpr Reason book_exists{Refusal::conflict, "book_exists",
                                    "The company has a book with this code already."};
inline constexpr Reason book_unknown{Refusal::missing, "book_unknown",
                                     "The company has no book with this code."};

struct BookOpened {
    CompanyCode company;
    BookCode book;
    std::string name;
    bool leading = false;

    bool operator==(const BookOpened&) const = default;
    static void describe(auto& event) {
        event.record("BookOpened", "The company tells its business by one more set of rules.")
            .company(&BookOpened::company)
            .stream(&BookOpened::book)
            .on_recorded_day()
            .field("company", &BookOpened::company, "Whose books.")
            .field("book", &BookOpened::book, "Code of the book.")
            .field("name", &BookOpened::name, "Its name.")
            .field("leading", &BookOpened::leading,
                   "It is the one that is meant where none is named: the company's first.");
    }
};

struct OpenBook {
    CompanyCode company;
    BookCode book;
    std::string name;

    static void describe(auto& command) {
        command
            .record("OpenBook",
                    "Opens a book, such as IFRS or LOCAL. Entries that name no book are in all, "
                    "those from before too. The first one leads: it is meant where a question "
                    "names none.")
            .company(&OpenBook::company)
            .stream(&OpenBook::book)
            .example(R"({"company": "DEMO", "book": "HGB", "name": "Handelsgesetzbuch"})")
            .field("company", &OpenBook::company, "Whose books.")
            .field("book", &OpenBook::book, "A short code for it, such as \"IFRS\".")
            .field("name", &OpenBook::name, "Its name.")
            .shortest(1)
            .longest(200)
            .refuses(companies::company_unknown, book_exists);
    }
};

struct BookKey {
    CompanyCode company;
    BookCode book;

    auto operator<=>(const BookKey&) const = default;
    static void describe(auto& key) {
        key.record("BookKey", "A book of a company.")
            .field("company", &BookKey::company, "Whose.")
            .field("book", &BookKey::book, "Code of the book.");
    }
};

struct Book {
    bool leading = false;

    static void describe(auto& record) {
        record.record("Book", "A book as decisions know it.")
            .field("leading", &Book::leading, "It is meant where none is named.");
    }
};
using Books = Table<BookKey, Book>;

// What is to be said where the company does not have all of these.
Objection unknown_book(const World&, const CompanyCode&, const std::vector<BookCode>&);

Decision<BookOpened> decide(const World&, const OpenBook&, const Context&);
void evolve(Books&, const BookOpened&);

Part parallel_books();

}  // namespace kontor::ledger
