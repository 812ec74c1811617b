// How a change is traced to amounts, to names, or at least to what happened meanwhile.
#include "api/changing_events.h"

#include "api/answer_bisection.h"
#include "api/scalar_text.h"
#include "eventstore/moments.h"
#include "eventstore/placement.h"
#include "eventstore/storage_broken.h"
#include "eventstore/wire.h"
#include "projections/row_names.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <span>
#include <utility>

#include <nlohmann/json.hpp>

namespace kontor {
namespace {

constexpr std::uint32_t behind_all = std::numeric_limits<std::uint32_t>::max();

void put(ChangedRow& row, const EventRef& event, ChangedBy by) {
    if (row.events.contains(event)) return;
    if (row.events.size() >= most_told_events)
        row.more_events = true;
    else
        row.events[event].by = by;
}

// The events whose amounts changed the row's figures, from its explanation as of the later moment.
void explain(const Library& library, const Question& question, ChangedRow& row) {
    const QuerySpec& query = *question.query.query;
    if (!query.explain || !row.after) return;
    const void* model = library.view.named(question.query.spec->name)->model.get();
    const AsOf as_of{{question.valid_at, *question.known_at},
                     library.view.position,
                     *library.view.rows,
                     library.view};
    for (ChangedField& field : row.fields) {
        if (!field.difference) continue;
        Explanation why(most_told_events, EventRef{*question.since, behind_all});
        const std::string name(field.field->name);
        query.explain(model, question.asked.get(), {row.row, name}, as_of, why);
        if (why.missing() || !why.explained()) continue;
        field.explained = *field.difference;
        field.explained->units = 0;
        for (const Explanation::Item& item : why.items())
            field.explained->units += item.amount.units;
        // What a row shows of what was there before it came, as a running balance does, changed
        // nothing.
        if (!row.before && (why.more() || field.explained->units != field.difference->units)) {
            field.explained.reset();
            continue;
        }
        for (const Explanation::Item& item : why.items()) {
            put(row, item.event, ChangedBy::amount);
            if (const auto found = row.events.find(item.event); found != row.events.end())
                found->second.amounts[name] = item.amount;
        }
        if (!why.more()) continue;
        field.explained.reset();  // of a part of them nothing can be said
        row.more_events = true;
    }
}

// A balance that changed sides: what it is now on one side and what it was on the other are
// together what the events add up to.
bool changed_sides(const ChangedRow& row, const ChangedField& field) {
    return std::ranges::any_of(row.fields, [&](const ChangedField& other) {
        if (!other.difference || other.difference->unit != field.difference->unit) return false;
        if ((other.difference->units < 0) == (field.difference->units < 0)) return false;
        const Wide between = field.difference->units - other.difference->units;
        return (field.explained && field.explained->units == between) ||
               (other.explained && other.explained->units == -between);
    });
}

// Figures by company or by column change by what changes the figure that they are parts of.
bool is_told_with_another(const ChangedRow& row, const ChangedField& field) {
    const Type& type = field.field->type();
    return type.kind == Kind::map && is_measured(type.element().kind) &&
           std::ranges::any_of(row.fields, [](const ChangedField& other) {
               return other.explained && other.explained->units == other.difference->units;
           });
}

// Amounts leave it open why this field changed.
bool is_open(const ChangedRow& row, const ChangedField& field) {
    if (!field.difference) return !is_told_with_another(row, field);
    if (!field.explained) return !row.more_events;
    return field.explained->units != field.difference->units && !changed_sides(row, field);
}

bool is_open(const ChangedRow& row) {
    if (!row.before || !row.after) return row.events.empty();
    return std::ranges::any_of(row.fields,
                               [&](const ChangedField& field) { return is_open(row, field); });
}

// The event types that read models fold: that of the query, and those of its context.
struct Folded {
    std::set<std::string_view> own, all;

    Folded(const Library& library, const Question& question) {
        const ReadModelSpec& of = *question.query.spec;
        for (const ReadView::Model& model : library.view.models)
            for (const ReadModelSpec::Fold& fold : model.spec->folds) {
                if (model.spec->name == of.name) own.insert(fold.event->name);
                if (model.spec->context == of.context) all.insert(fold.event->name);
            }
    }
};

// Collects the codes and ids of a key's kind that are anywhere in the value.
void collect(const Type& type, const void* value, const Type& key, std::set<std::string>& found) {
    switch (type.kind) {
        case Kind::code:
        case Kind::id:
            if (type.kind != key.kind || type.thing.name != key.thing.name) return;
            {
                std::string text;
                append_scalar(type, value, text);
                found.insert(std::move(text));
            }
            return;
        case Kind::optional:
            if (const void* held = type.held(value)) collect(type.element(), held, key, found);
            return;
        case Kind::record:
            for (const Field& field : type.fields)
                if (!field.retired) collect(field.type(), field.in(value), key, found);
            return;
        case Kind::list:
            for (std::size_t at = 0; at < type.count(value); ++at)
                collect(type.element(), type.item(const_cast<void*>(value), at), key, found);
            return;
        case Kind::variant:
            return collect(type.alternatives[type.which(value)](), type.held(value), key, found);
        default: return;
    }
}

// What an event holds of the kind of a row's first field.
std::set<std::string> named_by(const Type& type, const void* event, const Field& first) {
    std::set<std::string> found;
    const Kind kind = first.type().kind;
    if (kind == Kind::code || kind == Kind::id)
        collect(type, event, first.type(), found);
    else if (const Field* same = type.field(first.name); same && !same->retired)
        found.insert(text_of_field(*same, event));
    return found;
}

// What an event says of the fields that name a row is what the row has.
bool names(const Type& type, const void* event, const Type& row_type, const void* row,
           std::span<const std::string_view> fields) {
    return std::ranges::all_of(fields, [&](std::string_view name) {
        const Field& field = *row_type.field(name);
        const std::string has = text_of_field(field, row);
        if (has.empty()) return true;
        const auto said = named_by(type, event, field);
        return said.empty() || said.contains(has);
    });
}

// Where an event has fields of the names of those that tell the row apart, they agree with it;
// where it names the row elsewhere, as an entry names the one that it reverses, it is of no matter.
bool agrees(const Type& type, const void* event, const QuerySpec& query, const void* row) {
    const Type& row_type = query.type->row();
    if (const auto fields = fields_that_name_rows(query.type->name); !fields.empty())
        return names(type, event, row_type, row, fields);
    for (const Field& field : row_type.fields) {
        const bool first = &field == &row_type.fields.front();
        const Kind kind = field.type().kind;
        if (!first && kind != Kind::code && kind != Kind::id && kind != Kind::integer) break;
        const Field* same = type.field(field.name);
        const bool equal = !same || same->retired || same->type().kind != kind ||
                           text_of_field(*same, event) == text_of_field(field, row);
        if (!equal) return first;
    }
    return true;
}

// Reads the log between the moments once for all rows that are open.
class Search {
public:
    Search(const Library& library, const Question& question, const std::vector<ChangedRow*>& open)
        : library_(library),
          question_(question),
          row_type_(question.query.query->type->row()),
          folded_(library, question),
          company_(company_of(*question.query.query->type, question.asked.get())) {
        for (ChangedRow* row : open) {
            const void* value = row->after ? row->after.get() : row->before.get();
            rows_.emplace(text_of_field(row_type_.fields.front(), value),
                          Open{row, {}, {}, {}, {}});
            for (const auto& [event, how] : row->events) by_amount_.insert(event);
        }
    }

    void run() {
        const auto cursor = library_.log.read_from(*question_.since + 1);
        Position position = 0;
        for (std::string_view bytes; cursor->next(position, bytes);) {
            if (position > *question_.known_at) break;
            const Commit commit = sound_commit(position, bytes);
            EventRef at{position, 0};
            for (const StoredCommand& command : commit.commands)
                for (const StoredEvent& event : command.events) {
                    if (folded_.all.contains(event.type) &&
                        (company_.empty() || event.company == company_))
                        look_at(at, event);
                    ++at.n;
                }
        }
        for (const auto& [name, open] : rows_) give(open);
    }

private:
    // A row that is open, with the events that name it.
    struct Open {
        ChangedRow* row;
        std::set<EventRef> carrying;  // they have a field that changed
        std::set<EventRef> own;       // of those that the query's own read model folds
        std::set<EventRef> others;
        std::set<std::string_view> carried;  // the fields that changed and that events have
    };

    static void keep(const EventRef& event, std::set<EventRef>& events) {
        if (events.size() <= most_told_events) events.insert(event);
    }
    void look_at(const EventRef& at, const StoredEvent& event) {
        const Catalog::Event* known = library_.catalog.event(event.type);
        if (!known) return;
        const Type& type = *known->spec->type;
        const Box value = box(type);
        if (!from_wire(type, event.data.octets, value.get()))
            throw StorageBroken("an event of the log cannot be read");
        auto& others = others_[event.type];
        if (others.size() <= most_told_events) others.push_back(at);
        for (const std::string& name : named_by(type, value.get(), row_type_.fields.front())) {
            const auto [begin, end] = rows_.equal_range(name);
            for (auto row = begin; row != end; ++row) {
                Open& open = row->second;
                const auto& shown = open.row->after ? open.row->after : open.row->before;
                if (!agrees(type, value.get(), *question_.query.query, shown.get())) continue;
                keep(at, folded_.own.contains(event.type) ? open.own : open.others);
                for (const ChangedField& field : open.row->fields)
                    if (type.field(field.field->name)) {
                        open.carried.insert(field.field->name);
                        keep(at, open.carrying);
                    }
            }
        }
        if (by_amount_.contains(at)) explaining_.insert(event.type);
    }
    // Best are events with the very fields that changed; else what the query's own read model
    // folds, or at least others of the context; and where nothing tells, what else happened.
    void give(const Open& open) const {
        ChangedRow& row = *open.row;
        const auto add = [&](const std::set<EventRef>& events, ChangedBy by) {
            for (const EventRef& event : events) put(row, event, by);
            return !events.empty();
        };
        const bool all_carried =
            !row.fields.empty() && row.before && row.after &&
            std::ranges::all_of(row.fields, [&](const ChangedField& field) {
                return !is_open(row, field) || open.carried.contains(field.field->name);
            });
        const bool carried = add(open.carrying, ChangedBy::name);
        if (all_carried && carried) return;
        const bool own = add(open.own, ChangedBy::name);
        if (carried || own || add(open.others, ChangedBy::name)) return;
        for (const auto& [type, events] : others_)
            if (!explaining_.contains(type))
                for (const EventRef& event : events) put(row, event, ChangedBy::surroundings);
    }

    const Library& library_;
    const Question& question_;
    const Type& row_type_;
    const Folded folded_;
    const std::string company_;
    std::multimap<std::string, Open> rows_;
    std::map<std::string, std::vector<EventRef>, std::less<>> others_;
    std::set<EventRef> by_amount_;
    std::set<std::string, std::less<>> explaining_;  // types of those
};

// The keys of a row's maps, such as companies or columns, whose values changed.
std::set<std::string> changed_keys(const ChangedRow& row) {
    std::set<std::string> keys;
    for (const ChangedField& changed : row.fields) {
        const Field& field = *changed.field;
        if (field.type().kind != Kind::map) continue;
        const auto json_of = [&](const auto& at) {
            return at ? nlohmann::json::parse(text_of_field(field, at.get()))
                      : nlohmann::json::object();
        };
        const auto before = json_of(row.before), after = json_of(row.after);
        for (const auto* side : {&before, &after})
            for (const auto& [key, value] : side->items())
                if (!before.contains(key) || !after.contains(key) || before[key] != after[key])
                    keys.insert(key);
    }
    return keys;
}

// Finds the events of the commits at which open rows became others.
class Turning {
public:
    Turning(const Library& library, const Question& question)
        : library_(library),
          question_(question),
          query_(*question.query.query),
          folded_(library, question),
          company_(company_of(*query_.type, question.asked.get())) {}

    void run(const std::vector<ChangedRow*>& open) {
        std::map<std::string, std::size_t> names;
        for (const ChangedRow* row : open) ++names[row->row];
        std::vector<ChangedRow*> rows;
        std::vector<WatchedRow> watched;
        for (ChangedRow* row : open) {
            if (names[row->row] > 1) continue;  // nobody could tell them apart
            rows.push_back(row);
            watched.push_back(
                {row->row, [this, row](const void* value) { return state(*row, value); }});
        }
        const auto found = turning_commits(library_, question_, watched);
        if (!found) return;
        for (std::size_t at = 0; at < rows.size(); ++at)
            for (const Position position : (*found)[at]) give(*rows[at], position);
    }

private:
    struct Happened {
        EventRef event;
        std::string type, company;
        const Type* described;
        Box value;
    };

    // Of a row that stayed, what no amount has told.
    std::string state(const ChangedRow& row, const void* value) const {
        std::string text;
        const auto add = [&](const Field& field) { (text += text_of_field(field, value)) += '\n'; };
        if (row.before && row.after) {
            for (const ChangedField& field : row.fields)
                if (is_open(row, field)) add(*field.field);
        } else {
            for (const Field& field : query_.type->row().fields)
                if (!field.retired) add(field);
        }
        return text;
    }

    // All that happened in the commit to whom the question is about.
    const std::vector<Happened>& commit(Position position) {
        const auto [at, is_new] = commits_.try_emplace(position);
        if (!is_new) return at->second;
        EventRef event{position, 0};
        for (const StoredCommand& command : commit_at(library_.log, position).commands)
            for (const StoredEvent& stored : command.events) {
                const EventRef here = event;
                ++event.n;
                const Catalog::Event* known = library_.catalog.event(stored.type);
                if (!known || (!company_.empty() && stored.company != company_)) continue;
                Box value = box(*known->spec->type);
                if (!from_wire(*known->spec->type, stored.data.octets, value.get()))
                    throw StorageBroken("an event of the log cannot be read");
                at->second.push_back(
                    {here, stored.type, stored.company, known->spec->type, std::move(value)});
            }
        return at->second;
    }

    // Narrows what happened, unless nothing would be left.
    static void keep(std::vector<const Happened*>& events, const auto& where) {
        if (std::ranges::any_of(events, where))
            std::erase_if(events, [&](const Happened* each) { return !where(each); });
    }
    void give(ChangedRow& row, Position position) {
        const auto told = row.events.lower_bound({position, 0});
        if (told != row.events.end() && told->first.position == position) return;
        std::vector<const Happened*> events;
        for (const Happened& each : commit(position)) events.push_back(&each);
        keep(events, [&](const Happened* each) { return folded_.all.contains(each->type); });
        if (company_.empty())
            keep(events, [keys = changed_keys(row)](const Happened* each) {
                return keys.contains(each->company);
            });
        const auto& shown = row.after ? row.after : row.before;
        const Field& first = query_.type->row().fields.front();
        const std::string name = text_of_field(first, shown.get());
        const auto names = [&](const Happened* each) {
            return named_by(*each->described, each->value.get(), first).contains(name) &&
                   agrees(*each->described, each->value.get(), query_, shown.get());
        };
        // Who is about the row itself, and not about what only mentions it.
        const auto is_of = [&](const Happened* each) {
            const Field* same = each->described->field(first.name);
            return names(each) && same && text_of_field(*same, each->value.get()) == name;
        };
        keep(events, names);
        keep(events, is_of);
        for (const Happened* each : events)
            put(row, each->event, names(each) ? ChangedBy::name : ChangedBy::effect);
    }

    const Library& library_;
    const Question& question_;
    const QuerySpec& query_;
    const Folded folded_;
    const std::string company_;
    std::map<Position, std::vector<Happened>> commits_;
};

}  // namespace

std::optional<std::string> find_events(const Library& library, const Question& question,
                                       std::vector<ChangedRow>& rows) {
    std::vector<ChangedRow*> open;
    for (ChangedRow& row : rows) {
        explain(library, question, row);
        if (is_open(row)) open.push_back(&row);
    }
    if (open.empty()) return std::nullopt;
    std::map<const ChangedRow*, std::size_t> told;
    for (const ChangedRow* row : open) told[row] = row->events.size();
    Turning(library, question).run(open);
    std::erase_if(open, [&](const ChangedRow* row) { return row->events.size() > told[row]; });
    if (open.empty()) return std::nullopt;
    if (*question.known_at - *question.since > library.most_searched)
        return "The moments lie over " + std::to_string(library.most_searched) +
               " commits apart, too many to search for what changed the rows; ask about closer "
               "moments, or `kontor audit diff`.";
    Search(library, question, open).run();
    return std::nullopt;
}

}  // namespace kontor
