// How an event is found in its commit, and its reason among its fields.
#include "api/told_event.h"

#include "eventstore/moments.h"
#include "eventstore/storage_broken.h"
#include "eventstore/wire.h"

namespace kontor {
namespace {

std::optional<std::string> text_of(const Type& type, const void* event, std::string_view name) {
    const Field* field = type.field(name);
    if (!field || field->retired) return std::nullopt;
    const Type* of = &field->type();
    const void* value = field->in(event);
    if (of->kind == Kind::optional) {
        value = of->held(value);
        of = &of->element();
    }
    if (!value || of->kind != Kind::text) return std::nullopt;
    const auto& text = *static_cast<const std::string*>(value);
    return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

std::optional<std::string> reason_of(const Catalog& catalog, const StoredEvent& event) {
    const Catalog::Event* known = catalog.event(event.type);
    if (!known) return std::nullopt;
    const Type& type = *known->spec->type;
    const Box value = box(type);
    if (!from_wire(type, event.data.octets, value.get())) return std::nullopt;
    if (auto reason = text_of(type, value.get(), "reason")) return reason;
    return text_of(type, value.get(), "text");
}

ToldEvent EventTeller::told(const EventRef& event) {
    if (static_cast<Position>(commit_.position) != event.position)
        commit_ = commit_at(log_, event.position);
    std::uint32_t n = 0;
    for (const StoredCommand& command : commit_.commands)
        for (const StoredEvent& stored : command.events) {
            if (n++ != event.n) continue;
            ToldEvent told{std::to_string(event.position) + "." + std::to_string(event.n),
                           stored.type,
                           stored.stream,
                           stored.day,
                           commit_.time,
                           commit_.actor,
                           command.name,
                           command.id,
                           {},
                           reason_of(catalog_, stored),
                           commit_.note};
            if (!stored.flow.empty()) told.flow = stored.flow;
            return told;
        }
    throw StorageBroken("commit " + std::to_string(event.position) + " has no event " +
                        std::to_string(event.n));
}

}  // namespace kontor
