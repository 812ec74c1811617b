// How two answers are compared window by window.
#include "api/changed_rows.h"

#include "api/changing_events.h"
#include "api/json.h"
#include "api/opened_page.h"
#include "api/scalar_text.h"
#include "eventstore/ordered_key.h"
#include "eventstore/placement.h"
#include "eventstore/storage_broken.h"
#include "projections/companies/company_list.h"
#include "projections/row_names.h"

#include <algorithm>
#include <utility>

namespace kontor {
namespace {

constexpr std::size_t most_windows = 20;  // of one page

// Where a page ended: its window and how many of the window's changes were told.
struct ChangesCursor {
    Bytes window;
    std::int64_t told = 0;

    static void describe(auto& cursor) {
        cursor.record("ChangesCursor", "A place among the changes of an answer.")
            .field("window", &ChangesCursor::window, "The rows behind this key.")
            .field("told", &ChangesCursor::told, "So many changes among them.");
    }
};

struct Value {
    const Type* type = nullptr;
    const void* at = nullptr;  // null: absent
};

Value value_of(const Field& field, const void* row) {
    Value value{&field.type(), row ? field.in(row) : nullptr};
    while (value.type->kind == Kind::optional) {
        if (value.at) value.at = value.type->held(value.at);
        value.type = &value.type->element();
    }
    return value;
}

std::optional<Figure> figure_of(const Value& value) {
    if (value.type->kind == Kind::money)
        return value.at ? Figure::of(*static_cast<const Money*>(value.at)) : Figure{};
    if (value.type->kind == Kind::quantity)
        return value.at ? Figure::of(*static_cast<const Quantity*>(value.at)) : Figure{};
    return std::nullopt;
}

// Empty where the value is no figure, or the two are of different units.
std::optional<Figure> difference_of(const Value& before, const Value& after) {
    const auto was = figure_of(before), is = figure_of(after);
    if (!was || !is || (before.at && after.at && was->unit != is->unit)) return std::nullopt;
    Figure difference = after.at ? *is : *was;
    difference.units = is->units - was->units;
    return difference;
}

std::string json_of(const Value& value) {
    std::string json;
    if (value.at) append_json(*value.type, value.at, json);
    return json;
}

ChangedRow changed(const QuerySpec& query, const Message* before, const Message* after) {
    const Type& type = query.type->row();
    ChangedRow row;
    if (before) row.before = before->value;
    if (after) row.after = after->value;
    row.row = name_of_row(query, after ? row.after.get() : row.before.get());
    for (const Field& field : type.fields) {
        if (field.retired) continue;
        const Value was = value_of(field, row.before.get()), is = value_of(field, row.after.get());
        if (json_of(was) == json_of(is)) continue;
        auto difference = difference_of(was, is);
        // A row that came or went changes in all its fields; of those its figures are told.
        if ((before && after) || (difference && difference->units != 0))
            row.fields.push_back({&field, std::move(difference), {}});
    }
    return row;
}

// One of the two answers, from a key on.
struct Side {
    Side(const Library& library, const Question& question, Position known_at,
         const std::string& behind)
        : page(longest_page, behind) {
        answer_at(library, question, known_at, page);
    }
    AnyPage page;
    std::size_t at = 0;

    // Up to which key it is known; nothing where all of it is.
    bool holds(const std::string& key) const { return !page.more() || key <= page.keys().back(); }
};

// The changes behind a key, up to where both answers are known.
struct Window {
    std::vector<ChangedRow> rows;
    std::string next;  // the key that the next window is behind; empty on the last
    std::optional<Message> totals_before, totals_after;
    std::optional<std::string> missing;
};

struct Unpaired {
    std::size_t place;  // among the changes
    const Message* row;
};

// Rows with other keys that have the same name are one row that came to stand elsewhere.
void pair_by_name(const QuerySpec& query, std::vector<ChangedRow>& rows,
                  const std::vector<Unpaired>& gone, const std::vector<Unpaired>& come) {
    std::multimap<std::string, const Unpaired*> by_name;
    for (const Unpaired& each : gone)
        by_name.emplace(name_of_row(query, each.row->value.get()), &each);
    std::vector<std::size_t> unchanged;
    for (const Unpaired& each : come) {
        const auto found = by_name.find(name_of_row(query, each.row->value.get()));
        if (found == by_name.end()) continue;
        rows[each.place] = changed(query, found->second->row, each.row);
        if (rows[each.place].fields.empty()) unchanged.push_back(each.place);
        unchanged.push_back(found->second->place);
        by_name.erase(found);
    }
    std::ranges::sort(unchanged, std::greater<>());
    for (const std::size_t place : unchanged)
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(place));
}

Window window_behind(const Library& library, const Question& question, const std::string& key) {
    const QuerySpec& query = *question.query.query;
    Side before(library, question, *question.since, key);
    Side after(library, question, *question.known_at, key);
    Window window;
    window.totals_before = before.page.totals();
    window.totals_after = after.page.totals();
    if (before.page.missing() && after.page.missing()) window.missing = after.page.missing();
    if (before.page.more()) window.next = before.page.last();
    if (after.page.more() && (window.next.empty() || after.page.last() < window.next))
        window.next = after.page.last();

    std::vector<Unpaired> gone, come;
    const auto has = [](const Side& side) { return side.at < side.page.keys().size(); };
    while (has(before) || has(after)) {
        const std::string* was = has(before) ? &before.page.keys()[before.at] : nullptr;
        const std::string* is = has(after) ? &after.page.keys()[after.at] : nullptr;
        const std::string& first = !is || (was && *was <= *is) ? *was : *is;
        if (!before.holds(first) || !after.holds(first)) break;
        const Message* old_row = was && *was == first ? &before.page.rows()[before.at++] : nullptr;
        const Message* new_row = is && *is == first ? &after.page.rows()[after.at++] : nullptr;
        const bool named = query.explain != nullptr;
        if (old_row && new_row &&
            (!named || name_of_row(query, old_row->value.get()) ==
                           name_of_row(query, new_row->value.get()))) {
            ChangedRow row = changed(query, old_row, new_row);
            if (!row.fields.empty()) window.rows.push_back(std::move(row));
            continue;
        }
        if (old_row) {
            if (named) gone.push_back({window.rows.size(), old_row});
            window.rows.push_back(changed(query, old_row, nullptr));
        }
        if (new_row) {
            if (named) come.push_back({window.rows.size(), new_row});
            window.rows.push_back(changed(query, nullptr, new_row));
        }
    }
    if (!gone.empty()) pair_by_name(query, window.rows, gone, come);
    return window;
}

}  // namespace

void answer_at(const Library& library, const Question& question, Position known_at, AnyPage& page) {
    const AsOf as_of{
        {question.valid_at, known_at}, library.view.position, *library.view.rows, library.view};
    const QuerySpec& query = *question.query.query;
    const std::string company = company_of(*query.type, question.asked.get());
    if (!company.empty() &&
        !as_of.models.of<companies::CompanyListModel>().find(as_of.rows, {company}, as_of.corner))
        return page.missing("No company has this code.");
    answer_opened(library, query, library.view.named(question.query.spec->name)->model.get(),
                  question.asked.get(), as_of, page);
}

std::string name_of_row(const QuerySpec& query, const void* row) {
    const Type& type = query.type->row();
    const auto fields = fields_that_name_rows(query.type->name);
    std::string name;
    for (const std::string_view field : fields)
        if (const std::string part = text_of_field(*type.field(field), row); !part.empty())
            name += (name.empty() ? "" : "/") + part;
    if (!fields.empty()) return name;
    name = text_of_field(type.fields.front(), row);
    const Field* line = type.field("line");
    if (line && line->type().kind == Kind::integer) name += "." + text_of_field(*line, row);
    return name;
}

std::string text_of_field(const Field& field, const void* row) {
    const Value value = value_of(field, row);
    if (!value.at) return {};
    if (is_measured(value.type->kind)) return amount_of(*value.type, value.at);
    std::string text;
    if (is_scalar(value.type->kind))
        append_scalar(*value.type, value.at, text);
    else
        append_json(*value.type, value.at, text);
    return text;
}

ChangedRows changed_rows(const Library& library, const Question& question) {
    ChangesCursor from;
    if (!question.after.empty() && !from_ordered(type_of<ChangesCursor>(), question.after, &from))
        throw StorageBroken("a cursor of changes cannot be read");
    ChangedRows all;
    auto told = static_cast<std::size_t>(from.told);
    std::string key = from.window.octets;
    for (std::size_t windows = 0;; ++windows) {
        if (windows == most_windows) {
            all.after = ordered_key(ChangesCursor{{key}, 0});
            break;
        }
        Window window = window_behind(library, question, key);
        if (windows == 0) {
            all.totals_before = std::move(window.totals_before);
            all.totals_after = std::move(window.totals_after);
            all.missing = std::move(window.missing);
        }
        while (told < window.rows.size() && all.rows.size() < question.limit)
            all.rows.push_back(std::move(window.rows[told++]));
        if (told < window.rows.size()) {
            all.after = ordered_key(ChangesCursor{{key}, static_cast<std::int64_t>(told)});
            break;
        }
        if (window.next.empty()) break;
        key = window.next;
        told = 0;
        if (all.rows.size() == question.limit) {
            all.after = ordered_key(ChangesCursor{{key}, 0});
            break;
        }
    }
    all.too_far = find_events(library, question, all.rows);
    return all;
}

}  // namespace kontor
