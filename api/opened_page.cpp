// Rows are opened where they are answered or looked into, and nowhere kept.
#include "api/opened_page.h"

#include "eventstore/unsealing.h"
#include "projections/opened.h"

namespace kontor {
namespace {

class WithKeys final : public ReadModels, public OpensPersonal {
public:
    WithKeys(const ReadModels& models, const SubjectKeys& keys) : models_(models), keys_(keys) {}
    const void* model(std::type_index type) const override { return models_.model(type); }
    void open(const Type& type, void* value) const override { unseal_within(type, value, keys_); }

private:
    const ReadModels& models_;
    const SubjectKeys& keys_;
};

}  // namespace

void answer_opened(const Library& library, const QuerySpec& query, const void* model,
                   const void* asked, const AsOf& as_of, AnyPage& page) {
    if (!library.keys) return query.answer(model, asked, as_of, page);
    const WithKeys models(as_of.models, *library.keys);
    query.answer(model, asked, {as_of.corner, as_of.position, as_of.rows, models}, page);
    const auto opened = [&](const Message& sealed) {
        const Box value = copied(*sealed.type, sealed.value.get());
        unseal_within(*sealed.type, value.get(), *library.keys);
        return Message{sealed.type, value};
    };
    if (query.type->row && holds_personal(query.type->row())) page.change_rows(opened);
    if (page.totals() && holds_personal(*page.totals()->type)) page.totals(opened(*page.totals()));
}

}  // namespace kontor
