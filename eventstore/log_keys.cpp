// The octets of each index entry, written and read back.
#include "eventstore/log_keys.h"

namespace kontor {

std::string position_key(Position position) {
    std::string key;
    append_number(key, position);
    return key;
}

std::string command_key(std::string_view actor, std::string_view id) {
    std::string key;
    append_number(key, static_cast<std::uint32_t>(actor.size()));
    key += actor;
    key += id;
    return key;
}

std::string place_octets(EventPlace place) {
    std::string octets;
    append_number(octets, place.position);
    append_number(octets, place.n);
    return octets;
}

bool take_place(std::string_view& octets, EventPlace& place) {
    return take_number(octets, place.position) && take_number(octets, place.n);
}

std::string place_octets(CommandPlace place) {
    std::string octets;
    append_number(octets, place.position);
    append_number(octets, place.index);
    return octets;
}

bool take_place(std::string_view& octets, CommandPlace& place) {
    return take_number(octets, place.position) && take_number(octets, place.index);
}

std::string stream_key(std::string_view stream) { return 's' + std::string(stream); }

std::string stream_octets(const StreamTail& tail) {
    std::string octets;
    append_number(octets, tail.version);
    return octets + place_octets(tail.first);
}

bool take_stream(std::string_view octets, StreamTail& tail) {
    return take_number(octets, tail.version) && take_place(octets, tail.first) && octets.empty();
}

std::string stream_event_key(EventPlace first, std::uint64_t version) {
    std::string key = 'e' + place_octets(first);
    append_number(key, version);
    return key;
}

}  // namespace kontor
