// How the parts of all contexts become one catalog, and what would make it contradictory.
#include "domain/core/catalog.h"

#include "domain/core/personal.h"

#include <algorithm>
#include <set>

namespace kontor {

namespace detail {

std::string_view name_of_function(std::string_view pretty) {
    // gcc: "... [with auto Function = kontor::flows::rule; ...]"; clang: "... [Function = &...]".
    const std::size_t start = pretty.find("Function = ");
    if (start == std::string_view::npos) return pretty;
    std::string_view name = pretty.substr(start + 11);
    name = name.substr(0, name.find_first_of(";]("));
    const std::size_t scope = name.rfind("::");
    if (scope != std::string_view::npos) name = name.substr(scope + 2);
    if (name.starts_with('&')) name.remove_prefix(1);
    return name;
}

}  // namespace detail

Catalog::Catalog(std::vector<BusinessContext> contexts, std::vector<FlowSpec> flows)
    : contexts_(std::move(contexts)), flows_(std::move(flows)) {
    index();
    check_messages();
    check_personal();
    check_cycles();
    if (faults_.empty()) compute_reasons();
}

void Catalog::index() {
    std::set<std::string_view> tables;
    for (const BusinessContext& context : contexts_) {
        for (const Part& part : context.parts) {
            for (const TableSpec& table : part.tables) {
                tables_.push_back(table);
                if (!tables.insert(table.name).second)
                    faults_.push_back("two tables are named " + std::string(table.name));
            }
            for (const CommandSpec& spec : part.command_specs) {
                if (!command_by_name_.emplace(spec.type->name, commands_.size()).second)
                    faults_.push_back("two commands are named " + std::string(spec.type->name));
                command_by_type_.emplace(spec.type, commands_.size());
                commands_.push_back({&spec, &context, {}, {}, holds_personal(*spec.type)});
            }
            for (const EventSpec& spec : part.events) {
                if (!event_by_name_.emplace(spec.type->name, events_.size()).second)
                    faults_.push_back("two events are named " + std::string(spec.type->name));
                event_by_type_.emplace(spec.type, events_.size());
                events_.push_back({&spec, &context, {}, holds_personal(*spec.type)});
            }
        }
    }
    for (const FlowSpec& flow : flows_) {
        const auto event = event_by_type_.find(flow.event);
        if (event == event_by_type_.end())
            faults_.push_back("flow " + std::string(flow.name) + " reacts to an unknown event");
        else
            events_[event->second].flows.push_back(&flow);
    }
}

void Catalog::check_messages() {
    const auto says = [&](const Type& type, std::string_view kind) {
        const std::string name = std::string(kind) + " " + std::string(type.name);
        if (!type.company && !type.every_company)
            faults_.push_back(name + " says neither company nor every_company");
        if (!type.stream && !type.no_stream)
            faults_.push_back(name + " says neither stream nor no_stream");
    };
    for (const Command& command : commands_) {
        says(*command.spec->type, "command");
        for (const Type* event : command.spec->appends)
            if (!event_by_type_.contains(event))
                faults_.push_back("command " + std::string(command.spec->type->name) +
                                  " may append the unregistered " + std::string(event->name));
        for (const Type* step : command.spec->steps)
            if (!command_by_type_.contains(step))
                faults_.push_back("command " + std::string(command.spec->type->name) +
                                  " is made of the unregistered " + std::string(step->name));
    }
    std::map<std::string_view, const Reason*> reasons;
    const auto unique = [&](const Reason* reason) {
        const auto [known, added] = reasons.emplace(reason->code, reason);
        if (!added && known->second != reason)
            faults_.push_back("two reasons have the code " + std::string(reason->code));
    };
    for (const Command& command : commands_)
        std::ranges::for_each(command.spec->type->reasons, unique);
    for (const FlowSpec& flow : flows_) {
        std::ranges::for_each(flow.reasons, unique);
        for (const Type* sent : flow.sends)
            if (!command_by_type_.contains(sent))
                faults_.push_back("flow " + std::string(flow.name) + " sends the unregistered " +
                                  std::string(sent->name));
    }
    for (const Event& event : events_) {
        says(*event.spec->type, "event");
        if (!event.spec->type->on && !event.spec->type->on_recorded_day)
            faults_.push_back("event " + std::string(event.spec->type->name) +
                              " says neither on nor on_recorded_day");
        if (command_by_name_.contains(event.spec->type->name))
            faults_.push_back("a command and an event are both named " +
                              std::string(event.spec->type->name));
    }
}

// Tables may hold what is sealed without saying whose it is: nobody opens it there.
void Catalog::check_personal() {
    const auto check = [&](const Type& type, std::string_view kind) {
        for (const std::string& fault : faults_of_personal(type))
            faults_.push_back(std::string(kind) + " " + fault);
    };
    for (const Command& command : commands_) {
        check(*command.spec->type, "command");
        if (command.spec->type->erases)
            faults_.push_back("command " + std::string(command.spec->type->name) +
                              " erases somebody, which only an event does");
    }
    for (const Event& event : events_) check(*event.spec->type, "event");
    for (const TableSpec& table : tables_)
        if (holds_personal(table.key()))
            faults_.push_back("table " + std::string(table.name) + " has keys that are personal");
}

void Catalog::check_cycles() {
    if (!faults_.empty()) return;
    // A command leads to its steps and, through its events, to what their flows send.
    enum class Seen { no, open, done };
    std::vector<Seen> seen(commands_.size(), Seen::no);
    std::vector<std::string_view> path;
    const auto visit = [&](const auto& self, std::size_t at) -> void {
        const Command& command = commands_[at];
        if (seen[at] == Seen::done) return;
        path.push_back(command.spec->type->name);
        if (seen[at] == Seen::open) {
            std::string circle;
            for (auto name = std::ranges::find(path, path.back()); name != path.end(); ++name)
                circle += (circle.empty() ? "" : " -> ") + std::string(*name);
            faults_.push_back("commands lead back to themselves: " + circle);
            path.pop_back();
            return;
        }
        seen[at] = Seen::open;
        for (const Type* step : command.spec->steps) self(self, command_by_type_.at(step));
        for (const Type* event : command.spec->appends)
            for (const FlowSpec* flow : events_[event_by_type_.at(event)].flows)
                for (const Type* sent : flow->sends) self(self, command_by_type_.at(sent));
        seen[at] = Seen::done;
        path.pop_back();
    };
    for (std::size_t at = 0; at < commands_.size(); ++at) visit(visit, at);
}

void Catalog::compute_reasons() {
    for (Command& command : commands_) {
        std::set<const Reason*> own, reached;
        const auto add_own = [&](const Reason* reason) {
            if (own.insert(reason).second) command.own_reasons.push_back(reason);
        };
        const auto add_reached = [&](const Reason* reason, std::string_view flow) {
            if (reached.insert(reason).second) command.flow_reasons.push_back({reason, flow});
        };
        // `flow` is the flow that leads here, empty while it is the command itself or its steps.
        // Of a step that is left out where it is refused, only what its flows refuse is reached.
        const auto walk = [&](const auto& self, const CommandSpec& spec, std::string_view flow,
                              bool left_out) -> void {
            if (!left_out)
                for (const Reason* reason : spec.type->reasons)
                    flow.empty() ? add_own(reason) : add_reached(reason, flow);
            for (const Type* step : spec.steps)
                self(self, *commands_[command_by_type_.at(step)].spec, flow, spec.leaves_out);
            for (const Type* event : spec.appends)
                for (const FlowSpec* next : events_[event_by_type_.at(event)].flows) {
                    for (const Reason* veto : next->reasons) add_reached(veto, next->name);
                    for (const Type* sent : next->sends)
                        self(self, *commands_[command_by_type_.at(sent)].spec, next->name, false);
                }
        };
        walk(walk, *command.spec, {}, false);
    }
}

const Catalog::Command* Catalog::command(std::string_view name) const {
    const auto at = command_by_name_.find(name);
    return at == command_by_name_.end() ? nullptr : &commands_[at->second];
}

const Catalog::Command* Catalog::command(const Type* type) const {
    const auto at = command_by_type_.find(type);
    return at == command_by_type_.end() ? nullptr : &commands_[at->second];
}

const Catalog::Event* Catalog::event(std::string_view name) const {
    const auto at = event_by_name_.find(name);
    return at == event_by_name_.end() ? nullptr : &events_[at->second];
}

const Catalog::Event* Catalog::event(const Type* type) const {
    const auto at = event_by_type_.find(type);
    return at == event_by_type_.end() ? nullptr : &events_[at->second];
}

bool Catalog::personal() const {
    return std::ranges::any_of(commands_, &Command::personal) ||
           std::ranges::any_of(events_, &Event::personal) || erases();
}

bool Catalog::erases() const {
    return std::ranges::any_of(
        events_, [](const Event& event) { return static_cast<bool>(event.spec->type->erases); });
}

}  // namespace kontor
