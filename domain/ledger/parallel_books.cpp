// How parallel books are opened.
#include "domain/ledger/parallel_books.h"

#include "domain/core/catalog.h"

namespace kontor::ledger {

Objection unknown_book(const World& world, const CompanyCode& company,
                       const std::vector<BookCode>& books) {
    for (std::size_t at = 0; at < books.size(); ++at)
        if (!world.of<Books>().find({company, books[at]}))
            return book_unknown.about(books[at]).at("books", at);
    return {};
}

Decision<BookOpened> decide(const World& world, const OpenBook& open, const Context&) {
    if (!world.of<companies::Companies>().find(open.company))
        return companies::company_unknown.about(open.company);
    const Books& books = world.of<Books>();
    if (books.find({open.company, open.book})) return book_exists.about(open.book);
    const auto of_company = books.from({open.company, {}});
    const bool first = of_company.empty() || of_company.begin()->first.company != open.company;
    return BookOpened{open.company, open.book, open.name, first};
}

void evolve(Books& books, const BookOpened& opened) {
    books.put({opened.company, opened.book}, {opened.leading});
}

Part parallel_books() {
    return Part().table<Books>("ledger.books").commands<OpenBook>().event<BookOpened, Books>();
}

}  // namespace kontor::ledger
