// How files are named beside an entry, once each.
#include "domain/ledger/attachments.h"

#include "domain/core/catalog.h"
#include "domain/ledger/posting.h"

#include <utility>

namespace kontor::ledger {

Decision<AttachmentAdded> decide(const World& world, const AttachToEntry& attach, const Context&) {
    if (!world.of<Entries>().find({attach.company, attach.entry}))
        return entry_unknown.about(attach.entry);
    std::vector<Attachment> one;
    if (const Objection fault = find_attachments({&attach.attachment, 1}, one)) return fault;
    if (world.of<Attachments>().find({attach.company, attach.entry, one.front().sha256}))
        return attachment_exists;
    return AttachmentAdded{attach.company, attach.entry, std::move(one.front())};
}

void evolve(Attachments& attachments, const EntryPosted& posted) {
    for (const Attachment& attachment : posted.attachments)
        attachments.put({posted.company, posted.entry, attachment.sha256}, {attachment.name});
}

void evolve(Attachments& attachments, const AttachmentAdded& added) {
    attachments.put({added.company, added.entry, added.attachment.sha256}, {added.attachment.name});
}

Part attachments() {
    return Part()
        .table<Attachments>("ledger.attachments")
        .commands<AttachToEntry>()
        .event<AttachmentAdded, Attachments>();
}

}  // namespace kontor::ledger
