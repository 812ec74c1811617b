// How the indexes of a log lie in a database: big-endian, so that octets sort as what they mean.
#pragma once

#include "eventstore/event_log.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace kontor {

// Numbers are unsigned.
template <class Number>
void append_number(std::string& octets, Number number) {
    for (std::size_t i = sizeof(Number); i-- > 0;)
        octets += static_cast<char>(number >> (8 * i) & 0xff);
}

// Takes a number from the front; what is too short is damage.
template <class Number>
bool take_number(std::string_view& octets, Number& number) {
    if (octets.size() < sizeof(Number)) return false;
    number = 0;
    for (std::size_t i = 0; i < sizeof(Number); ++i)
        number = static_cast<Number>(number << 8 | static_cast<unsigned char>(octets[i]));
    octets.remove_prefix(sizeof(Number));
    return true;
}

std::string position_key(Position position);
// The length of the actor stands before it, so that no actor and id look like another pair.
std::string command_key(std::string_view actor, std::string_view id);

std::string place_octets(EventPlace place);
bool take_place(std::string_view& octets, EventPlace& place);
std::string place_octets(CommandPlace place);
bool take_place(std::string_view& octets, CommandPlace& place);

struct StreamTail {
    std::uint64_t version = 0;  // of the newest event
    EventPlace first;           // where the first one is
};

std::string stream_key(std::string_view stream);
std::string stream_octets(const StreamTail& tail);
bool take_stream(std::string_view octets, StreamTail& tail);
// Under the place of the stream's first event, which is short and names it as well.
std::string stream_event_key(EventPlace first, std::uint64_t version);

}  // namespace kontor
