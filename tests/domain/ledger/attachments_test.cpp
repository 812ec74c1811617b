// Attachments: files named by hash, at posting and later, each once.
#include "domain/ledger/attachments.h"

#include "domain/ledger/drafts.h"
#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::given;

namespace {

Attachment file(char digit, std::string name = "bill.pdf") {
    return {std::move(name), std::string(64, digit), 1'200, "application/pdf"};
}

PostEntry sale_with(std::vector<Attachment> attachments) {
    PostEntry post = sale();
    post.attachments = std::move(attachments);
    return post;
}

EntryPosted posted_with(std::vector<Attachment> attachments) {
    EntryPosted posted = sale_posted();
    posted.attachments = std::move(attachments);
    return posted;
}

AttachToEntry attach(Attachment attachment, std::uint64_t number = 1) {
    return {acme, entry(number), std::move(attachment)};
}

}  // namespace

TEST_CASE("an entry is posted with the files that prove it") {
    given(open_books())
        .when(sale_with({file('1'), file('2', "order.txt")}))
        .then(posted_with({file('1'), file('2', "order.txt")}));
}

TEST_CASE("a hash is 64 hexadecimal digits, in letters of either size") {
    for (const std::string& malformed :
         {std::string(63, 'a'), std::string(65, 'a'), std::string(63, 'a') + "g", std::string()}) {
        Attachment bad = file('1');
        bad.sha256 = malformed;
        given(open_books()).when(sale_with({bad})).refused(attachment_hash_malformed);
        given(open_books(), sale_posted()).when(attach(bad)).refused(attachment_hash_malformed);
        DraftedEntry content;
        content.attachments = {bad};
        given(open_books())
            .when(SaveDraft{acme, test::nth<DraftId>(1), content})
            .refused(attachment_hash_malformed);
    }
    given(open_books()).when(sale_with({file('B')})).then(posted_with({file('b')}));
    given(open_books(), sale_posted())
        .when(attach(file('B')))
        .then(AttachmentAdded{acme, entry(1), file('b')});
}

TEST_CASE("a file is attached to an entry once, under whatever name") {
    given(open_books()).when(sale_with({file('1'), file('1', "2.pdf")})).refused(attachment_exists);
    auto story = given(open_books(), posted_with({file('1')}));
    story.when(attach(file('1', "again.pdf"))).refused(attachment_exists);
    story.when(attach(file('2'))).then(AttachmentAdded{acme, entry(1), file('2')});
    story.happened(AttachmentAdded{acme, entry(1), file('2')});
    story.when(attach(file('2'))).refused(attachment_exists);
    DraftedEntry content;
    content.attachments = {file('1'), file('1')};
    story.when(SaveDraft{acme, test::nth<DraftId>(1), content}).refused(attachment_exists);
}

TEST_CASE("files are attached to known entries, whatever became of them") {
    given(open_books()).when(attach(file('1'))).refused(entry_unknown);
    EntryPosted reversal = sale_posted(2, 2);
    reversal.reverses = entry(1);
    auto story = given(open_books(), sale_posted(), reversal, PeriodClosed{acme, {"2026"}, 5});
    story.when(attach(file('1'), 1)).then(AttachmentAdded{acme, entry(1), file('1')});
    story.when(attach(file('1'), 2)).then(AttachmentAdded{acme, entry(2), file('1')});
}

TEST_CASE("the files of a draft are those of its entry") {
    DraftedEntry content;
    const PostEntry post = sale();
    content.journal = post.journal;
    content.date = post.date;
    content.text = post.text;
    content.lines = post.lines;
    content.attachments = {file('1')};
    const DraftId draft = test::nth<DraftId>(1);
    EntryPosted expected = posted_with({file('1')});
    expected.draft = draft;
    given(open_books(), DraftSaved{acme, draft, content, "ann"})
        .when(PostDraft{acme, draft, entry(1)})
        .then(expected, DraftPosted{acme, draft, entry(1)});
}
