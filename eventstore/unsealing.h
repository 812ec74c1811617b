// What is personal in a message or a row, opened for who may read it.
#pragma once

#include "eventstore/subject_keys.h"

#include <functional>

namespace kontor {

// How a reader comes by a key: from the place of the keys, or from what is being decided.
using FindKey = std::function<SubjectKeys::Found(const SubjectName& subject)>;

// Opens every personal value inside: its text is in `plain`, or it is `erased` where the key that
// it was sealed under is gone, whether its person was erased or the keys were lost. Answers what
// did not open although its key is there: a sentence, empty when all did.
std::string unseal_within(const Type& type, void* value, const FindKey& find);

// The same for an answer. Throws StorageBroken with the sentence.
void unseal_within(const Type& type, void* value, const SubjectKeys& keys);

}  // namespace kontor
