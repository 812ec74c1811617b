// Looking into what is personal: for questions that search and compare texts which lie sealed.
//
// Nothing that is opened is kept: an index of plain texts on a disk would outlive the key that was
// to take them away, in tables and logs that are rewritten when it happens to suit.
#pragma once

#include "projections/projection.h"

namespace kontor {

// Read models that are asked with the keys of persons at hand.
class OpensPersonal {
public:
    virtual ~OpensPersonal() = default;
    // Opens what is personal in a value; what is gone reads as erased.
    virtual void open(const Type& type, void* value) const = 0;
};

// A copy that can be read, or that is as sealed as it was where nobody has the keys.
template <class T>
T opened(const T& sealed, const AsOf& as_of) {
    T copy = sealed;
    if (const auto* keys = dynamic_cast<const OpensPersonal*>(&as_of.models))
        keys->open(type_of<T>(), &copy);
    return copy;
}

}  // namespace kontor
