// A walk over the events since the mark, of which only those that erase are decoded.
#include "eventstore/erasures.h"

#include "domain/core/personal.h"
#include "eventstore/wire.h"

namespace kontor {
namespace {

std::string in_words(Position position) { return "commit " + std::to_string(position); }

void find_erased(const Catalog& catalog, Position position, const EventOctets& octets,
                 std::vector<SubjectName>& erased) {
    const Catalog::Event* event = catalog.event(octets.type);
    if (!event || !event->spec->type->erases) return;
    const Box value = box(*event->spec->type);
    if (!from_wire(*event->spec->type, octets.data, value.get()))
        throw StorageBroken(in_words(position) + ": a " + std::string(octets.type) +
                            " cannot be read");
    if (const auto subject = erased_by(*event->spec->type, value.get()))
        erased.push_back(name_of(*subject));
}

}  // namespace

void carry_out_erasures(const Catalog& catalog, const EventLog& log, SubjectKeys& keys) {
    constexpr std::size_t most_at_once = 1'000;
    if (!catalog.erases()) return;
    const Position tail = log.tail().position;
    // A mark beyond the log is of another history, and says nothing about this one.
    const Position mark = keys.erased_to() > tail ? 0 : keys.erased_to();
    std::vector<SubjectName> erased;
    std::vector<EventOctets> events;
    const auto cursor = log.read_from(mark + 1);
    Position position = mark;
    for (std::string_view bytes; position < tail && cursor->next(position, bytes);) {
        const std::string fault = read_events(bytes, events);
        if (!fault.empty()) throw StorageBroken(in_words(position) + " cannot be read: " + fault);
        for (const EventOctets& event : events) find_erased(catalog, position, event, erased);
        if (erased.size() < most_at_once) continue;
        keys.destroy(erased);
        erased.clear();
    }
    if (!erased.empty()) keys.destroy(erased);
    keys.erased_to(tail);
}

}  // namespace kontor
