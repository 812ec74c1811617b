// What a business context registers: its tables, commands and events, each named once.
//
// An aggregate's .cpp ends with its Part; a context's .cpp lists its Parts; domain/contexts.cpp
// lists the contexts; domain/flows/flows.cpp lists the rules that cross them. Nothing else is a
// registration.
#pragma once

#include "domain/core/decision.h"
#include "domain/core/describe.h"
#include "domain/core/id.h"
#include "domain/core/table.h"
#include "domain/core/world.h"

#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace kontor {

struct TableSpec {
    std::string_view name;  // unique over the program
    int version = 1;        // raised when `evolve` changes the meaning of its rows
    TableSlot slot = nullptr;
    std::unique_ptr<AnyTable> (*make)() = nullptr;
    const void* (*shown)(const AnyTable& table) = nullptr;  // the table as World knows it
    const Type& (*key)() = nullptr;
    const Type& (*row)() = nullptr;
};

struct CommandSpec {
    const Type* type = nullptr;
    Outcome (*decide)(const World&, const void* command, const Context&) = nullptr;
    std::vector<const Type*> appends;  // the events that it may append
    std::vector<const Type*> steps;    // or the commands that it is made of
    bool leaves_out = false;           // those of them that are refused
};

struct EventSpec {
    const Type* type = nullptr;
    struct Fold {
        TableSlot slot;
        void (*evolve)(AnyTable& table, const void* event);
    };
    std::vector<Fold> folds;
};

namespace detail {

template <class D>
struct DecisionTypes;
template <class... E>
struct DecisionTypes<Decision<E...>> {
    static void list(CommandSpec& spec) { (spec.appends.push_back(&type_of<E>()), ...); }
    static std::vector<const Type*> types() { return {&type_of<E>()...}; }
};
template <class... C>
struct DecisionTypes<Steps<C...>> {
    static void list(CommandSpec& spec) { (spec.steps.push_back(&type_of<C>()), ...); }
};
template <class... C>
struct DecisionTypes<StepsAsAccepted<C...>> {
    static void list(CommandSpec& spec) {
        DecisionTypes<Steps<C...>>::list(spec);
        spec.leaves_out = true;
    }
};

}  // namespace detail

// One aggregate's share of the catalog.
class Part {
public:
    // The record of changes that decisions look at; `name` is its name in digests and snapshots.
    template <class T>
    Part& table(std::string_view name, int version = 1) {
        tables.push_back(
            {name, version, &table_slot<T>,
             []() -> std::unique_ptr<AnyTable> { return std::make_unique<T>(); },
             [](const AnyTable& table) -> const void* { return static_cast<const T*>(&table); },
             &type_of<typename T::TableKey>, &type_of<typename T::TableRow>});
        return *this;
    }
    // Commands with `decide(const World&, const Command&, const Context&)` beside them.
    template <class... Command>
    Part& commands() {
        (one_command<Command>(), ...);
        return *this;
    }
    // An event and the tables that `evolve(Table&, const Event&)` folds it into, in this order.
    template <class Event, class... Tables>
    Part& event() {
        EventSpec spec{&type_of<Event>(), {}};
        (spec.folds.push_back({&table_slot<Tables>,
                               [](AnyTable& table, const void* event) {
                                   evolve(static_cast<Tables&>(table),
                                          *static_cast<const Event*>(event));
                               }}),
         ...);
        events.push_back(std::move(spec));
        return *this;
    }

    std::vector<TableSpec> tables;
    std::vector<CommandSpec> command_specs;
    std::vector<EventSpec> events;

private:
    template <class Command>
    void one_command() {
        using Result = decltype(decide(std::declval<const World&>(), std::declval<const Command&>(),
                                       std::declval<const Context&>()));
        CommandSpec spec;
        spec.type = &type_of<Command>();
        spec.decide = [](const World& world, const void* command, const Context& context) {
            return decide(world, *static_cast<const Command*>(command), context).outcome();
        };
        detail::DecisionTypes<Result>::list(spec);
        command_specs.push_back(std::move(spec));
    }
};

// A part of the business with words of its own, a floor of the building.
struct BusinessContext {
    std::string_view name;
    std::string_view doc;
    std::vector<Part> parts;
};

// A rule across contexts: when this event happened, these commands follow in the same commit.
struct FlowSpec {
    std::string_view name;
    const Type* event = nullptr;
    Outcome (*react)(const void* event, const World&) = nullptr;
    std::vector<const Type*> sends;
    std::vector<const Reason*> reasons;  // its own vetoes

    template <class... R>
    FlowSpec refuses(const R&... own) && {
        (reasons.push_back(&own), ...);
        return std::move(*this);
    }
};

namespace detail {

// The last name in a compiler's rendering of a function, such as "on<kontor::flows::a_rule>".
std::string_view name_of_function(std::string_view pretty);

template <auto Function>
std::string_view function_name() {
    static const std::string_view name = name_of_function(__PRETTY_FUNCTION__);
    return name;
}

template <class Event, class Sends>
Event event_of_flow(Sends (*)(const Event&, const World&));

}  // namespace detail

// A line of flows.cpp: on<goods_receipt_posts_to_ledger>(). The rule's name is the function's.
template <auto Rule>
FlowSpec on() {
    using Event = decltype(detail::event_of_flow(Rule));
    using Sends = decltype(Rule(std::declval<const Event&>(), std::declval<const World&>()));
    FlowSpec flow;
    flow.name = detail::function_name<Rule>();
    flow.event = &type_of<Event>();
    flow.react = [](const void* event, const World& world) {
        return Rule(*static_cast<const Event*>(event), world).outcome();
    };
    flow.sends = detail::DecisionTypes<Sends>::types();
    return flow;
}

// Everything that a program can decide, looked up by name or type. Built once at start; what is
// contradictory (a name twice, a cycle of flows, a message that does not say whose it is) is
// answered by `faults`, and a program with faults does not start.
class Catalog {
public:
    struct Command {
        const CommandSpec* spec = nullptr;
        const BusinessContext* context = nullptr;
        // Its own reasons in order, then those of its steps, then all that its flows can reach.
        std::vector<const Reason*> own_reasons;
        struct Reached {
            const Reason* reason;
            std::string_view flow;
        };
        std::vector<Reached> flow_reasons;
        bool personal = false;  // something in it is to be sealed
    };
    struct Event {
        const EventSpec* spec = nullptr;
        const BusinessContext* context = nullptr;
        std::vector<const FlowSpec*> flows;  // in the order of flows.cpp
        bool personal = false;               // something in it is sealed
    };

    Catalog(std::vector<BusinessContext> contexts, std::vector<FlowSpec> flows);
    Catalog(const Catalog&) = delete;
    Catalog& operator=(const Catalog&) = delete;

    const std::vector<BusinessContext>& contexts() const { return contexts_; }
    const std::vector<FlowSpec>& flows() const { return flows_; }
    const std::vector<TableSpec>& tables() const { return tables_; }
    // In the order of registration.
    const std::vector<Command>& commands() const { return commands_; }
    const std::vector<Event>& events() const { return events_; }

    const Command* command(std::string_view name) const;
    const Command* command(const Type* type) const;
    const Event* event(std::string_view name) const;
    const Event* event(const Type* type) const;
    // Whether anything personal is in any command or event, or any event erases a person.
    bool personal() const;
    bool erases() const;

    // What is wrong with the program itself, in words; empty for a sound one.
    const std::vector<std::string>& faults() const { return faults_; }

private:
    void index();
    void check_messages();
    void check_personal();
    void check_cycles();
    void compute_reasons();

    std::vector<BusinessContext> contexts_;
    std::vector<FlowSpec> flows_;
    std::vector<TableSpec> tables_;
    std::vector<Command> commands_;
    std::vector<Event> events_;
    std::map<std::string_view, std::size_t> command_by_name_, event_by_name_;
    std::map<const Type*, std::size_t> command_by_type_, event_by_type_;
    std::vector<std::string> faults_;
};

}  // namespace kontor
