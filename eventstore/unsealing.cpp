// The walk that opens personal values, one key for neighbours of the same person.
#include "eventstore/unsealing.h"

#include "domain/core/personal.h"
#include "eventstore/storage_broken.h"

#include <optional>

namespace kontor {
namespace {

class Opener {
public:
    Opener(const Type& type, const FindKey& find) : type_(type), find_(find) {}

    void open(const PersonalValue& value) {
        PersonalText& text = value.text;
        if (text.sealed.empty()) return;
        if (!value.subject) return fail(value, "of nobody");
        const SubjectKeys::Found& found = key_of(*value.subject);
        std::string plain;
        Unsealed how = is_labelled(text, *value.subject, value.meaning) ? Unsealed::other_key
                                                                        : Unsealed::altered;
        if (found.state == SubjectKeys::State::there)
            how = unseal(found.key, *value.subject, value.meaning, text, plain);
        if (how == Unsealed::altered) return fail(value, "of " + to_text(value.subject->id));
        text = {};
        text.plain = std::move(plain);
        text.erased = how == Unsealed::other_key;
    }
    std::string fault() && { return std::move(fault_); }

private:
    const SubjectKeys::Found& key_of(const Subject& subject) {
        const SubjectName name = name_of(subject);
        if (!found_ || name != name_) found_ = find_(name), name_ = name;
        return *found_;
    }
    void fail(const PersonalValue& value, const std::string& whose) {
        if (!fault_.empty()) return;
        fault_ = "what " + std::string(type_.name) + " holds as \"" + std::string(value.meaning) +
                 "\" " + whose + " is not what was sealed as that";
    }

    const Type& type_;
    const FindKey& find_;
    SubjectName name_{};
    std::optional<SubjectKeys::Found> found_;
    std::string fault_;
};

}  // namespace

std::string unseal_within(const Type& type, void* value, const FindKey& find) {
    Opener opener(type, find);
    each_personal(type, value, [&](const PersonalValue& one) { opener.open(one); });
    return std::move(opener).fault();
}

void unseal_within(const Type& type, void* value, const SubjectKeys& keys) {
    const std::string fault = unseal_within(
        type, value, FindKey([&](const SubjectName& subject) { return keys.find(subject); }));
    if (!fault.empty()) throw StorageBroken(fault);
}

}  // namespace kontor
