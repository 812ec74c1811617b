// Tests of decisions as sentences: given what happened, when a command comes, then this follows.
#pragma once

#include "domain/contexts.h"
#include "domain/core/catalog.h"
#include "domain/core/date.h"
#include "domain/core/money.h"
#include "domain/core/personal.h"
#include "domain/core/quantity.h"
#include "domain/core/state.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace kontor::test {

// The program's own catalog, made once.
inline const Catalog& the_catalog() {
    static const std::unique_ptr<Catalog> catalog = make_catalog();
    return *catalog;
}

// A value as a failed check shows it.
inline std::string shown(const Type& type, const void* value) {
    const auto many = [&](std::string_view open, std::string_view close) {
        std::string text(open);
        for (std::size_t at = 0; at < type.count(value); ++at)
            text +=
                (at ? ", " : "") + shown(type.element(), type.item(const_cast<void*>(value), at));
        return text.append(close);
    };
    switch (type.kind) {
        case Kind::boolean: return *static_cast<const bool*>(value) ? "true" : "false";
        case Kind::integer: return std::to_string(*static_cast<const std::int64_t*>(value));
        case Kind::text: return '"' + *static_cast<const std::string*>(value) + '"';
        case Kind::code: return static_cast<const CompanyCode*>(value)->text;
        case Kind::personal: {
            const auto& personal = *static_cast<const PersonalText*>(value);
            return personal.plain.empty() ? "sealed" : '"' + personal.plain + '"';
        }
        case Kind::id: return to_text(*static_cast<const Uuid*>(value));
        case Kind::date: return to_text(*static_cast<const Date*>(value));
        case Kind::money: return to_text(*static_cast<const Money*>(value));
        case Kind::currency: return std::string(static_cast<const Currency*>(value)->text());
        case Kind::choice:
            return std::string(type.choices[*static_cast<const std::uint8_t*>(value)].name);
        case Kind::optional:
            return type.held(value) ? shown(type.element(), type.held(value)) : "none";
        case Kind::list: return many("[", "]");
        case Kind::map: {
            std::pair<const Type*, std::string> into{&type, "{"};
            type.each(value, &into, [](void* to, const void* key, const void* held) {
                auto& [map, text] = *static_cast<std::pair<const Type*, std::string>*>(to);
                text += shown(map->key(), key) + ": " + shown(map->element(), held) + ", ";
            });
            return into.second + "}";
        }
        case Kind::record: {
            std::string text = std::string(type.name) + "{";
            for (const Field& field : type.fields)
                if (!field.retired)
                    text += std::string(field.name) + ": " + shown(field.type(), field.in(value)) +
                            ", ";
            return text + "}";
        }
        default: return "...";
    }
}

inline std::string shown(const Message& message) {
    return shown(*message.type, message.value.get());
}

// What came of a command.
struct Played {
    Objection refused;
    std::string_view flow;        // the rule that refused or whose command was refused
    std::vector<Message> events;  // in the order in which they were evolved
};

enum class Flows : bool { leave_out, run };

// Decides and evolves as the engine does, without a log: steps one after the other, and flows depth
// first once all events of their cause are evolved. Neither keeps nor takes back.
class Play {
public:
    Play(const Catalog& catalog, State& state, Flows flows, Context context)
        : catalog_(catalog), state_(state), flows_(flows), context_(std::move(context)) {}

    Played run(const Message& command) {
        played_ = {};
        step(command, {});
        return std::move(played_);
    }

private:
    bool step(const Message& message, std::string_view flow) {
        const Catalog::Command* command = catalog_.command(message.type);
        REQUIRE(command != nullptr);
        Context context = context_;
        context.by_flow = context.by_flow || !flow.empty();
        const Outcome outcome = command->spec->decide(state_.world(), message.value.get(), context);
        if (outcome.refused) return refuse(outcome.refused, flow);
        if (!command->spec->steps.empty()) {
            for (const Message& each : outcome.messages) {
                const std::size_t before = played_.events.size();
                if (step(each, flow)) continue;
                if (!command->spec->leaves_out || played_.events.size() != before) return false;
                played_.refused = {};
            }
            return true;
        }
        for (const Message& event : outcome.messages) {
            const auto& may = command->spec->appends;
            REQUIRE(std::ranges::find(may, event.type) != may.end());
            state_.evolve(*catalog_.event(event.type), event.value.get());
            played_.events.push_back(event);
        }
        if (flows_ == Flows::leave_out) return true;
        for (const Message& event : outcome.messages)
            for (const FlowSpec* rule : catalog_.event(event.type)->flows)
                if (!follow(*rule, event)) return false;
        return true;
    }
    bool follow(const FlowSpec& rule, const Message& event) {
        const Outcome follows = rule.react(event.value.get(), state_.world());
        if (follows.refused) return refuse(follows.refused, rule.name);
        return std::ranges::all_of(follows.messages,
                                   [&](const Message& sent) { return step(sent, rule.name); });
    }
    bool refuse(const Objection& objection, std::string_view flow) {
        played_.refused = objection;
        played_.flow = flow;
        return false;
    }

    const Catalog& catalog_;
    State& state_;
    Flows flows_;
    Context context_;
    Played played_;
};

// The claim about what came of a command.
class Then {
public:
    Then(Played played, const Catalog::Command& command)
        : played_(std::move(played)), command_(command) {}

    // Exactly these events, in this order.
    template <class... Event>
    void then(const Event&... expected) const {
        INFO("refused: " << (played_.refused ? played_.refused.reason->code : "no"));
        CHECK_FALSE(played_.refused);
        REQUIRE(played_.events.size() == sizeof...(Event));
        std::size_t at = 0;
        (same(played_.events[at++], expected), ...);
    }
    // Exactly this reason, and the command declares it.
    void refused(const Reason& reason) const {
        INFO("answered: " << (played_.refused ? played_.refused.reason->code : "accepted")
                          << ", expected: " << reason.code);
        CHECK(played_.refused.reason == &reason);
        const auto& declared = command_.own_reasons;
        CHECK(std::ranges::find(declared, &reason) != declared.end());
    }
    // And says where and about what.
    void refused(const Reason& reason, std::string_view about,
                 std::string_view pointer = {}) const {
        refused(reason);
        CHECK(played_.refused.about == about);
        CHECK(played_.refused.pointer == pointer);
    }
    void accepted() const {
        INFO("refused: " << (played_.refused ? played_.refused.reason->code : "no"));
        CHECK_FALSE(played_.refused);
    }
    const std::vector<Message>& events() const { return played_.events; }

private:
    template <class Event>
    static void same(const Message& actual, const Event& expected) {
        INFO("actual:   " << shown(actual));
        INFO("expected: " << shown(Message::of(expected)));
        const Event* value = actual.as<Event>();
        CHECK((value && *value == expected));
    }

    Played played_;
    const Catalog::Command& command_;
};

using Past = std::vector<Message>;

class Given {
public:
    explicit Given(const Catalog& catalog) : catalog_(catalog), state_(catalog) {}

    void happened(const Past& past) {
        for (const Message& event : past) {
            const Catalog::Event* known = catalog_.event(event.type);
            REQUIRE(known != nullptr);
            state_.evolve(*known, event.value.get());
        }
        state_.keep();
    }
    template <class Event>
    void happened(const Event& event) {
        happened(Past{Message::of(event)});
    }
    // Decides, without flows, and leaves the past as it was.
    template <class Command>
    Then when(const Command& command, Context context = {}) {
        Play play(catalog_, state_, Flows::leave_out, std::move(context));
        Played played = play.run(Message::of(command));
        state_.take_back();
        return {std::move(played), *catalog_.command(&type_of<Command>())};
    }
    const World& world() const { return state_.world(); }

private:
    const Catalog& catalog_;
    State state_;
};

// given(events or pasts...).when(command).then(events...), or .refused(reason).
inline Given given(const auto&... past) {
    Given story(the_catalog());
    (story.happened(past), ...);
    return story;
}

inline Currency currency(std::string_view code) { return currency_from(code).value(); }
inline Money money(std::string_view amount, std::string_view code) {
    return money_from(amount, currency(code)).value();
}
inline Date day(std::string_view text) { return date_from(text).value(); }
template <class Id>
Id nth(std::uint64_t number) {
    return Id{Uuid{0, number}};
}

}  // namespace kontor::test
