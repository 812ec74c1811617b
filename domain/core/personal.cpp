// How descriptions are asked what is personal in a message, and whom it is about.
#include "domain/core/personal.h"

#include <set>

namespace kontor {
namespace {

std::optional<Subject> subject_at(const Type& type, const void* at) {
    if (type.kind == Kind::optional) {
        const void* held = type.held(at);
        return held ? subject_at(type.element(), held) : std::nullopt;
    }
    // Every Id<Of> is its Uuid, whatever it names.
    return Subject{type.thing.name, *static_cast<const Uuid*>(at)};
}

struct Surroundings {
    std::optional<Subject> subject;
    std::string_view meaning;
};

class Walk {
public:
    explicit Walk(const std::function<void(const PersonalValue&)>& call) : call_(call) {}

    void value(const Type& type, void* at, const Surroundings& around) {
        switch (type.kind) {
            case Kind::personal:
                return call_({*static_cast<PersonalText*>(at), around.subject, around.meaning});
            case Kind::optional:
                // The description has one way to what is held, for readers and writers.
                if (const void* held = type.held(at))
                    value(type.element(), const_cast<void*>(held), around);
                return;
            case Kind::list:
                for (std::size_t i = 0; i < type.count(at); ++i)
                    value(type.element(), type.item(at, i), around);
                return;
            case Kind::map: return map(type, at, around);
            case Kind::record: return record(type, at, around);
            case Kind::variant:
                return value(type.alternatives[type.which(at)](), const_cast<void*>(type.held(at)),
                             around);
            default: return;
        }
    }

private:
    void record(const Type& type, void* at, const Surroundings& around) {
        for (const Field& field : type.fields) {
            if (field.retired) continue;
            Surroundings inside{around.subject, field.meaning.empty() ? field.name : field.meaning};
            if (field.subject)
                inside.subject = subject_at(field.subject.type(), field.subject.in(at));
            value(field.type(), field.in(at), inside);
        }
    }
    void map(const Type& type, void* at, const Surroundings& around) {
        struct To {
            Walk& walk;
            const Type& element;
            const Surroundings& around;
        } to{*this, type.element(), around};
        type.each(at, &to, [](void* with, const void*, const void* each) {
            const To& all = *static_cast<To*>(with);
            all.walk.value(all.element, const_cast<void*>(each), all.around);
        });
    }

    const std::function<void(const PersonalValue&)>& call_;
};

bool holds(const Type& type, std::set<const Type*>& seen) {
    if (type.kind == Kind::personal) return true;
    if (!seen.insert(&type).second) return false;
    for (const Field& field : type.fields)
        if (!field.retired && holds(field.type(), seen)) return true;
    for (const TypeRef& alternative : type.alternatives)
        if (holds(alternative(), seen)) return true;
    return (type.element && holds(type.element(), seen)) || (type.key && holds(type.key(), seen));
}

bool names_one(const Type& type) {
    return type.kind == Kind::id || (type.kind == Kind::optional && names_one(type.element()));
}

// Looks at each type twice at most: where it is known whose it is, and where it is not.
class Check {
public:
    explicit Check(const Type& message) : message_(message.name) {}

    void within(const Type& type, bool of_somebody, const std::string& path) {
        if (type.kind == Kind::personal && !of_somebody)
            say(path + " is personal, and nothing says about whom");
        if (!seen_.emplace(&type, of_somebody).second) return;
        for (const Field& field : type.fields)
            if (!field.retired) look_at(field, of_somebody, path);
        for (const TypeRef& alternative : type.alternatives)
            within(alternative(), of_somebody, path);
        if (type.key && holds_personal(type.key())) say(path + " has keys that are personal");
        if (type.element && type.kind != Kind::personal) within(type.element(), of_somebody, path);
    }
    std::vector<std::string> faults() && { return std::move(faults_); }

    void say(const std::string& fault) { faults_.push_back(message_ + ": " + fault); }

private:
    void look_at(const Field& field, bool of_somebody, const std::string& path) {
        const std::string name = (path.empty() ? "" : path + ".") + std::string(field.name);
        const bool personal = holds_personal(field.type());
        if (field.subject && !names_one(field.subject.type()))
            say(name + " is about something that is named by no id");
        if ((field.subject || !field.meaning.empty()) && !personal)
            say(name + " holds nothing that is personal");
        if (field.otherwise && personal)
            say(name + " is personal and cannot mean something where it is absent");
        within(field.type(), of_somebody || field.subject, name);
    }

    const std::string message_;
    std::set<std::pair<const Type*, bool>> seen_;
    std::vector<std::string> faults_;
};

}  // namespace

void each_personal(const Type& type, void* value,
                   const std::function<void(const PersonalValue&)>& call) {
    Walk(call).value(type, value, {});
}

std::optional<Subject> erased_by(const Type& event, const void* value) {
    if (!event.erases) return std::nullopt;
    return subject_at(event.erases.type(), event.erases.in(value));
}

bool holds_personal(const Type& type) {
    std::set<const Type*> seen;
    return holds(type, seen);
}

std::vector<std::string> faults_of_personal(const Type& type) {
    Check check(type);
    check.within(type, false, {});
    if (type.erases && !names_one(type.erases.type()))
        check.say("erases something that is named by no id");
    return std::move(check).faults();
}

}  // namespace kontor
