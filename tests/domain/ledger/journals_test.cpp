// Journals: opened once in a known company.
#include "domain/ledger/journals.h"

#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::given;

TEST_CASE("a journal is opened once in a known company") {
    const OpenJournal open{acme, {"BNK"}, "Bank"};
    given(open_books()).when(open).then(JournalOpened{acme, {"BNK"}, "Bank"});
    given(open_books(), JournalOpened{acme, {"BNK"}, "Bank"}).when(open).refused(journal_exists);
    given().when(open).refused(companies::company_unknown);
}

TEST_CASE("companies have journals of the same code") {
    given(open_books(), JournalOpened{{"OTHER"}, {"BNK"}, "Bank"})
        .when(OpenJournal{acme, {"BNK"}, "Bank"})
        .then(JournalOpened{acme, {"BNK"}, "Bank"});
}
