// Parallel books: how they are opened, and which of them an entry is in.
#include "domain/ledger/parallel_books.h"

#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::given;

TEST_CASE("the first book that a company opens leads") {
    const BookOpened elsewhere{{"OTHER"}, {"IFRS"}, "IFRS", true};
    auto story = given(open_books(), elsewhere);
    const BookOpened ifrs{acme, {"IFRS"}, "IFRS", true};
    story.when(OpenBook{{"NONE"}, {"IFRS"}, "IFRS"}).refused(companies::company_unknown);
    story.when(OpenBook{acme, {"IFRS"}, "IFRS"}).then(ifrs);
    story.happened(ifrs);
    story.when(OpenBook{acme, {"IFRS"}, "IFRS"}).refused(book_exists);
    story.when(OpenBook{acme, {"HGB"}, "Local"}).then(BookOpened{acme, {"HGB"}, "Local", false});
}

TEST_CASE("an entry is in the books that it names, and its reversal in the same") {
    auto story = given(open_books(), BookOpened{acme, {"IFRS"}, "IFRS", true},
                       BookOpened{acme, {"HGB"}, "Local", false});
    PostEntry post = sale();
    post.books = {{"LAW"}};
    story.when(post).refused(book_unknown, "book LAW", "/books/0");
    post.books = {{"IFRS"}, {"HGB"}, {"IFRS"}};
    EntryPosted expected = sale_posted();
    expected.books = {{"HGB"}, {"IFRS"}};
    story.when(post).then(expected);
    story.happened(expected);
    const auto then = story.when(ReverseEntry{acme, entry(2), entry(1), {}, {}});
    then.accepted();
    CHECK(then.events().front().as<EntryPosted>()->books == expected.books);
}
