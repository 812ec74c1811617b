// Where the forms of personal texts are kept: by the names of their types, beside descriptions that
// know nothing of them.
#include "domain/core/personal_form.h"

#include "domain/core/ensure.h"

#include <map>
#include <mutex>

namespace kontor {
namespace {

struct Forms {
    std::mutex mutex;
    std::map<std::string, PersonalForm, std::less<>> by_name;
};

Forms& forms() {
    static Forms all;
    return all;
}

}  // namespace

Type personal_text(Type living, const PersonalForm& form) {
    living.element = &type_of<std::string>;
    const std::lock_guard lock(forms().mutex);
    const bool added = forms().by_name.emplace(living.name, form).second;
    ensure(added, "each form of personal texts has a name of its own");
    return living;
}

PersonalForm form_of(const Type& personal) {
    const std::lock_guard lock(forms().mutex);
    const auto found = forms().by_name.find(personal.name);
    return found == forms().by_name.end() ? PersonalForm{} : found->second;
}

}  // namespace kontor
