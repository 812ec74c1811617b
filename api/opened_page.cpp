// Rows are opened where they are answered, and nowhere kept.
#include "api/opened_page.h"

#include "eventstore/unsealing.h"

namespace kontor {

void answer_opened(const Library& library, const QuerySpec& query, const void* model,
                   const void* asked, const AsOf& as_of, AnyPage& page) {
    query.answer(model, asked, as_of, page);
    if (!library.keys) return;
    const auto opened = [&](const Message& sealed) {
        const Box value = copied(*sealed.type, sealed.value.get());
        unseal_within(*sealed.type, value.get(), *library.keys);
        return Message{sealed.type, value};
    };
    if (query.type->row && holds_personal(query.type->row())) page.change_rows(opened);
    if (page.totals() && holds_personal(*page.totals()->type)) page.totals(opened(*page.totals()));
}

}  // namespace kontor
