// How journals are opened; what counts their entries is in entries.cpp.
#include "domain/ledger/journals.h"

#include "domain/core/catalog.h"

namespace kontor::ledger {

Decision<JournalOpened> decide(const World& world, const OpenJournal& open, const Context&) {
    if (!world.of<companies::Companies>().find(open.company))
        return companies::company_unknown.about(open.company);
    if (world.of<Journals>().find({open.company, open.journal}))
        return journal_exists.about(open.journal);
    return JournalOpened{open.company, open.journal, open.name};
}

void evolve(Journals& journals, const JournalOpened& opened) {
    journals.put({opened.company, opened.journal}, {});
}

Part journals() {
    return Part()
        .table<Journals>("ledger.journals")
        .commands<OpenJournal>()
        .event<JournalOpened, Journals>();
}

}  // namespace kontor::ledger
