// Random values of any described type, such as its description allows.
#pragma once

#include "domain/core/describe.h"
#include "tests/support/dice.h"

namespace kontor::test {

// Fills every field with something that its bounds allow: often plain, sometimes the least, the
// most, zero or nothing. Texts are UTF-8 of one to four octets a character without NUL; codes,
// currencies and units are good ones; what is personal is sealed by nobody's key; what contains
// itself ends after a few floors.
void randomize(const Type& type, void* value, Dice& dice);
Box random_value(const Type& type, Dice& dice);
// Puts plain texts in the place of what is personal, as a client sends them.
void unsealed(const Type& type, void* value, Dice& dice);

template <class T>
T random_value(Dice& dice) {
    T value{};
    randomize(type_of<T>(), &value, dice);
    return value;
}

}  // namespace kontor::test
