// How parallel books are opened.
#include "domain/ledger/parallel_books.h"

#include "domain/core/catalog.h"

#include <algorithm>

namespace kontor::ledger {

bool all_open(const World& world, const CompanyCode& company, const std::vector<BookCode>& books) {
    return std::ranges::all_of(books, [&](const BookCode& book) {
        return world.of<Books>().find({company, book}) != nullptr;
    });
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
