// Attachments: which files prove an entry, by name and hash. The files themselves lie elsewhere.
//
// A hash says whether a file is the one that was meant, however it was kept since; so an auditor
// needs to trust neither the archive nor us.
#pragma once

#include "domain/core/decision.h"
#include "domain/core/paged_table.h"
#include "domain/core/world.h"
#include "domain/ledger/entries.h"

#include <string>

namespace kontor::ledger {

struct AttachmentAdded {
    CompanyCode company;
    EntryId entry;
    Attachment attachment;

    bool operator==(const AttachmentAdded&) const = default;
    static void describe(auto& event) {
        event.record("AttachmentAdded", "One more file belongs to a posted entry.")
            .company(&AttachmentAdded::company)
            .stream(&AttachmentAdded::entry)
            .on_recorded_day()
            .field("company", &AttachmentAdded::company, "Whose books.")
            .field("entry", &AttachmentAdded::entry, "The entry.")
            .field("attachment", &AttachmentAdded::attachment, "The file.");
    }
};

struct AttachToEntry {
    CompanyCode company;
    EntryId entry;
    Attachment attachment;

    static void describe(auto& command) {
        command
            .record("AttachToEntry",
                    "Names one more file that belongs to a posted entry, in whatever period and "
                    "state that is: it changes no figure.")
            .company(&AttachToEntry::company)
            .stream(&AttachToEntry::entry)
            .example(R"({"company": "DEMO", "entry": "494dfc53-fd59-8c37-956c-f9b006977653",
                "attachment": {"name": "delivery-note.pdf", "size": 48213, "sha256":
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}})")
            .field("company", &AttachToEntry::company, "Whose books.")
            .field("entry", &AttachToEntry::entry, "A posted entry.")
            .field("attachment", &AttachToEntry::attachment, "The file.")
            .refuses(entry_unknown, attachment_hash_malformed, attachment_exists);
    }
};

struct AttachmentKey {
    CompanyCode company;
    EntryId entry;
    std::string sha256;

    auto operator<=>(const AttachmentKey&) const = default;
    static void describe(auto& key) {
        key.record("AttachmentKey", "A file of an entry.")
            .field("company", &AttachmentKey::company, "Whose books.")
            .field("entry", &AttachmentKey::entry, "Id of the entry.")
            .field("sha256", &AttachmentKey::sha256, "The file's hash, in small letters.");
    }
};

struct AttachmentUse {
    std::string name;

    static void describe(auto& record) {
        record.record("AttachmentUse", "What the file of an entry is called.")
            .field("name", &AttachmentUse::name, "Its name.");
    }
};
using Attachments = PagedTable<AttachmentKey, AttachmentUse>;

Decision<AttachmentAdded> decide(const World&, const AttachToEntry&, const Context&);
void evolve(Attachments&, const EntryPosted&);
void evolve(Attachments&, const AttachmentAdded&);

Part attachments();

}  // namespace kontor::ledger
