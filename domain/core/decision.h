// What follows from a command: the events to append, the steps to take, or why nothing happens.
#pragma once

#include "domain/core/date.h"
#include "domain/core/describe.h"
#include "domain/core/ensure.h"

#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace kontor {

// How the business says no: 422, 404 or 409.
enum class Refusal : std::uint8_t { invalid, missing, conflict };

struct Objection;

// One way the business says no. Declared once, beside the command that can meet it.
struct Reason {
    Refusal refusal;
    std::string_view code;  // unique over the program
    std::string_view doc;   // what holds, and what would make the command possible

    // The reason, met by these: codes, ids, days, amounts, or a few words, each said as what it is
    // ("account 4711").
    template <class... Value>
    Objection about(const Value&... values) const;
};

// A reason that was met, and by what. A function that looks for one answers an empty objection when
// there is none.
struct Objection {
    const Reason* reason = nullptr;
    std::string about;    // what stands in the way; may be empty
    std::string pointer;  // the part of the command that it is about (RFC 6901); may be empty

    Objection() = default;
    Objection(const Reason& met) : reason(&met) {}
    explicit operator bool() const { return reason != nullptr; }

    // Within an item of a list of the command, counted from 0; from the inside out.
    Objection at(std::string_view list, std::size_t item) &&;
    // For a command that is made of what is kept, and has no such part itself.
    Objection of_what_is_kept() &&;
    // What a person is told: where, what, and the reason's words.
    std::string text() const;

    // Adds one more of what stands in the way.
    void add(const Type& type, const void* value);
    void add(std::string_view words);
};

template <class... Value>
Objection Reason::about(const Value&... values) const {
    Objection met(*this);
    const auto add = [&](const auto& value) {
        if constexpr (std::is_convertible_v<decltype(value), std::string_view>)
            met.add(std::string_view(value));
        else
            met.add(type_of<std::remove_cvref_t<decltype(value)>>(), &value);
    };
    (add(values), ...);
    return met;
}

// The moment that a decision is made in, put there by the engine.
struct Context {
    Timestamp now;
    std::string actor;     // the person or program that asks
    Date today;            // the business day of the command's company, in its time zone
    bool by_flow = false;  // a rule sends the command, not the actor itself
};

// An event or a command whose type is known only at run time.
struct Message {
    const Type* type = nullptr;
    std::shared_ptr<const void> value;

    template <class T>
    static Message of(T value) {
        return {&type_of<T>(), std::make_shared<const T>(std::move(value))};
    }
    // The value if it is a T, else null.
    template <class T>
    const T* as() const {
        return type == &type_of<T>() ? static_cast<const T*>(value.get()) : nullptr;
    }
};

// What a decision came to, with the types forgotten.
struct Outcome {
    Objection refused;
    std::vector<Message> messages;
};

template <class One, class... Many>
concept one_of = (std::same_as<One, Many> || ...);

// What a decide may append, or a flow may send: some of exactly these types, in order; or a reason.
template <class... May>
class [[nodiscard]] Decision {
public:
    Decision() = default;  // nothing follows, and that is fine
    Decision(const Reason& reason) : Decision(Objection(reason)) {}
    Decision(Objection objection) { outcome_.refused = std::move(objection); }
    template <class... M>
    requires(sizeof...(M) > 0 && (one_of<M, May...> && ...)) Decision(M... messages) {
        outcome_.messages.reserve(sizeof...(M));
        (outcome_.messages.push_back(Message::of(std::move(messages))), ...);
    }

    template <one_of<May...> M>
    Decision& add(M message) {
        outcome_.messages.push_back(Message::of(std::move(message)));
        return *this;
    }

    const Objection& refused() const { return outcome_.refused; }
    const std::vector<Message>& messages() const { return outcome_.messages; }
    Outcome outcome() && { return std::move(outcome_); }

private:
    Outcome outcome_;
};

// Commands that together are one: each is decided after the earlier one was evolved, and a refusal
// of any is the refusal of all.
template <class... Command>
class [[nodiscard]] Steps {
public:
    Steps() = default;  // nothing is due, and that is fine
    Steps(const Reason& reason) : Steps(Objection(reason)) {}
    Steps(Objection objection) { outcome_.refused = std::move(objection); }
    Steps(Command... commands) requires(sizeof...(Command) > 0) {
        (outcome_.messages.push_back(Message::of(std::move(commands))), ...);
    }

    // As many as it takes, in order.
    template <one_of<Command...> C>
    Steps& add(C command) {
        outcome_.messages.push_back(Message::of(std::move(command)));
        return *this;
    }

    const Objection& refused() const { return outcome_.refused; }
    const std::vector<Message>& messages() const { return outcome_.messages; }
    Outcome outcome() && { return std::move(outcome_); }

private:
    Outcome outcome_;
};

// Steps that do not depend on each other: what one of them refuses is left out, and the others
// follow. So their reasons are none of the command. Where a flow refuses what a step made, all is
// refused, as that step has been evolved by then.
template <class... Command>
class [[nodiscard]] StepsAsAccepted : public Steps<Command...> {
public:
    using Steps<Command...>::Steps;
};

}  // namespace kontor
