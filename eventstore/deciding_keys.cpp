// How a command is sealed, and when the keys that it draws are kept.
#include "eventstore/deciding_keys.h"

#include "domain/core/ensure.h"
#include "eventstore/canonical.h"
#include "eventstore/log_keys.h"

#include <algorithm>

#include <sodium.h>

namespace kontor {

SubjectKeys::Found DecidingKeys::find(const SubjectName& subject) const {
    if (std::ranges::find(erased_, subject) != erased_.end())
        return {SubjectKeys::State::erased, {}};
    if (const auto drawn = drawn_.find(subject); drawn != drawn_.end())
        return {SubjectKeys::State::there, drawn->second};
    if (const auto pending = pending_.find(subject); pending != pending_.end())
        return pending->second.found;
    ensure(keys_ != nullptr, "a program with personal data has a place for keys");
    return keys_->find(subject);
}

bool DecidingKeys::erased(const SubjectName& subject) const {
    return find(subject).state == SubjectKeys::State::erased;
}

// Of an erased person anything is sealed under a key that is thrown away: the command is refused,
// unless it is the repeat of one that was decided before.
SubjectKey DecidingKeys::key_for(const SubjectName& subject, SealedCommand& sealed) {
    const SubjectKeys::Found found = find(subject);
    if (std::ranges::find(sealed.subjects, subject) == sealed.subjects.end())
        sealed.subjects.push_back(subject);
    if (found.state == SubjectKeys::State::there) {
        sealed.fresh_key = sealed.fresh_key || drawn_.contains(subject);
        return found.key;
    }
    sealed.fresh_key = true;
    const SubjectKey key = SubjectKey::drawn();
    if (found.state == SubjectKeys::State::none) drawn_.emplace(subject, key);
    return key;
}

SealedCommand DecidingKeys::seal(const Type& command, const void* value) {
    SealedCommand sealed;
    const Box copy = copied(command, value);
    std::string numbers;
    each_personal(command, copy.get(), [&](const PersonalValue& personal) {
        PersonalText& text = personal.text;
        if (text.plain.empty()) return;
        if (!personal.subject) {
            sealed.problem =
                "\"" + std::string(personal.meaning) + "\" is given, but not about whom it is.";
            return;
        }
        const SubjectKey key = key_for(name_of(*personal.subject), sealed);
        append_number(numbers, key.number());
        PersonalText under_seal = sealed_text(key, *personal.subject, personal.meaning, text.plain);
        sodium_memzero(text.plain.data(), text.plain.size());
        text = std::move(under_seal);
    });
    if (!numbers.empty()) {
        const Hash keys = blake2b(numbers);
        const Hash fingerprint = personal_fingerprint(command, copy.get());
        sealed.keyed.assign(keys.begin(), keys.begin() + 8);
        sealed.keyed.append(fingerprint.begin(), fingerprint.begin() + 24);
    }
    sealed.value = copy;
    return sealed;
}

void DecidingKeys::happened(const Type& event, const void* value) {
    if (const auto subject = erased_by(event, value)) erased_.push_back(name_of(*subject));
}

void DecidingKeys::put(const SubjectName& subject, const SubjectKeys::Found& found,
                       Position position) {
    pending_[subject] = {found, position};
    in_order_.emplace_back(position, subject);
}

KeyChanges DecidingKeys::keep(Position position) {
    KeyChanges changes;
    for (const auto& [subject, key] : drawn_) {
        changes.added.push_back({subject, key});
        put(subject, {SubjectKeys::State::there, key}, position);
    }
    for (const SubjectName& subject : erased_)
        put(subject, {SubjectKeys::State::erased, {}}, position);
    changes.erased = std::move(erased_);
    drop();
    return changes;
}

void DecidingKeys::drop() {
    drawn_.clear();
    erased_.clear();
}

void DecidingKeys::forget_until(Position durable) {
    for (; !in_order_.empty() && in_order_.front().first <= durable; in_order_.pop_front()) {
        const auto pending = pending_.find(in_order_.front().second);
        // What a later commit changed again stays until that one is durable.
        if (pending != pending_.end() && pending->second.position <= durable)
            pending_.erase(pending);
    }
}

}  // namespace kontor
