// How rows, totals and questions are laid out.
#include "api/report_layout.h"

#include "api/json.h"
#include "api/query_text.h"
#include "api/scalar_text.h"

#include <algorithm>
#include <map>
#include <set>

namespace kontor {
namespace {

struct Cell {
    const Type* type = nullptr;
    const void* at = nullptr;  // null: absent
};

Cell cell_of(const Field& field, const void* record) {
    Cell cell{&field.type(), record ? field.in(record) : nullptr};
    while (cell.type->kind == Kind::optional) {
        if (cell.at) cell.at = cell.type->held(cell.at);
        cell.type = &cell.type->element();
    }
    return cell;
}

Cell cell_of(const Type& type, std::string_view name, const void* record) {
    const Field* field = type.field(name);
    return field && !field->retired ? cell_of(*field, record) : Cell{};
}

std::optional<Date> date_in(const Cell& cell) {
    if (!cell.at || cell.type->kind != Kind::date) return std::nullopt;
    return *static_cast<const Date*>(cell.at);
}

std::string text_of(const ReportWords& words, const Cell& cell);

std::string joined(const ReportWords& words, const Cell& cell) {
    std::string text;
    if (cell.type->kind == Kind::list) {
        for (std::size_t at = 0; at < cell.type->count(cell.at); ++at)
            text += (at ? ", " : "") +
                    text_of(words, {&cell.type->element(),
                                    cell.type->item(const_cast<void*>(cell.at), at)});
        return text;
    }
    struct Walk {
        const ReportWords& words;
        const Type& type;
        std::string& text;
    } walk{words, *cell.type, text};
    cell.type->each(cell.at, &walk, [](void* to, const void* key, const void* value) {
        auto& [said, type, into] = *static_cast<Walk*>(to);
        into += (into.empty() ? "" : ", ") + text_of(said, {&type.key(), key}) + " " +
                text_of(said, {&type.element(), value});
    });
    return text;
}

std::string text_of(const ReportWords& words, const Cell& cell) {
    if (!cell.at) return {};
    const Kind kind = cell.type->kind;
    if (kind == Kind::list || kind == Kind::map) return joined(words, cell);
    if (kind == Kind::boolean)
        return *static_cast<const bool*>(cell.at) ? words.say("yes", "да") : "";
    if (is_measured(kind))
        return words.figure(amount_of(*cell.type, cell.at)) + " " +
               std::string(measure_of(*cell.type, cell.at));
    std::string text;
    if (is_scalar(kind))
        append_scalar(*cell.type, cell.at, text);
    else
        append_json(*cell.type, cell.at, text);
    return kind == Kind::choice ? words.value(text) : text;
}

// What is called something in a column `name` may be an account or a line of a template.
bool is_name(const Field& field) { return field.name == "name" || field.name == "account_name"; }

// A map of amounts has a column a key.
bool is_matrix(const Field& field) {
    const Type& type = field.type();
    return type.kind == Kind::map && is_measured(type.element().kind);
}

std::map<std::string, const void*> values_of(const ReportWords& words, const Type& map,
                                             const void* value) {
    struct Walk {
        const ReportWords& words;
        const Type& key;
        std::map<std::string, const void*> values;
    } walk{words, map.key(), {}};
    if (value)
        map.each(value, &walk, [](void* to, const void* key, const void* each) {
            auto& into = *static_cast<Walk*>(to);
            into.values.emplace(text_of(into.words, {&into.key, key}), each);
        });
    return walk.values;
}

// What stands in one column: a field, or one value of a matrix.
struct Column {
    const Field* field = nullptr;
    std::optional<std::string> key{};
};

bool is_zero(const std::string& decimal) {
    return decimal.find_first_not_of("-0.") == decimal.npos;
}

// The row type of an answer with what of it stands in which column.
class Layout {
public:
    Layout(const Question& question, const WholeAnswer& answer, const ReportWords& words)
        : question_(question),
          answer_(answer),
          words_(words),
          type_(question.query.query->type->row()),
          outline_(type_.field("level") && type_.field("name")) {
        for (const Field& field : type_.fields)
            if (!field.retired && is_matrix(field))
                add_matrix(field);
            else if (is_column(field))
                columns_.push_back({&field});
        find_unit();
    }

    Report report() {
        Report report;
        if (!unit_.empty()) report.unit = words_.say("in " + unit_, "в " + unit_);
        for (const Column& column : columns_)
            report.columns.push_back({head_of(column), is_figure(*column.field)});
        for (const Message& row : answer_.rows) report.rows.push_back(row_of(row.value.get()));
        if (answer_.totals) add_totals(report);
        return report;
    }

private:
    bool is_column(const Field& field) const {
        // A key that is made for explanations only repeats what stands beside it.
        if (field.retired || field.name == "row") return false;
        if (outline_ && field.name != "name" && (!is_figure(field) || field.name == "level"))
            return false;
        // What no row has is no column; without rows one sees what there could be.
        return answer_.rows.empty() || std::ranges::any_of(answer_.rows, [&](const Message& row) {
                   return !text_of(words_, cell_of(field, row.value.get())).empty();
               });
    }
    void add_matrix(const Field& field) {
        if (answer_.rows.empty()) return;
        const void* first = field.in(answer_.rows.front().value.get());
        for (const auto& [key, value] : values_of(words_, field.type(), first))
            columns_.push_back({&field, key});
    }
    Cell cell_in(const Column& column, const Field& field, const void* record) const {
        if (!column.key) return cell_of(field, record);
        const auto values = values_of(words_, field.type(), field.in(record));
        const auto found = values.find(*column.key);
        return {&field.type().element(), found == values.end() ? nullptr : found->second};
    }
    static bool is_figure(const Field& field) {
        if (is_matrix(field)) return true;
        const Kind kind = cell_of(field, nullptr).type->kind;
        return is_measured(kind) || kind == Kind::integer;
    }
    void find_unit() {
        std::set<std::string> units;
        for (const Message& row : answer_.rows)
            for (const Column& column : columns_) {
                const Cell cell = cell_in(column, *column.field, row.value.get());
                if (cell.at && is_measured(cell.type->kind))
                    units.emplace(measure_of(*cell.type, cell.at));
            }
        if (units.size() == 1) unit_ = *units.begin();
    }
    std::string figure_text(const Cell& cell) const {
        if (!cell.at) return {};
        if (!is_measured(cell.type->kind)) return text_of(words_, cell);
        const std::string amount = amount_of(*cell.type, cell.at);
        if (is_zero(amount)) return "–";
        return unit_.empty() ? text_of(words_, cell) : words_.figure(amount);
    }
    ReportRow row_of(const void* row) const {
        ReportRow printed;
        bool figures = false;
        for (const Column& column : columns_) {
            const Cell cell = cell_in(column, *column.field, row);
            const bool figure = is_figure(*column.field);
            std::string text = figure ? figure_text(cell) : text_of(words_, cell);
            printed.cells.push_back(is_name(*column.field) ? words_.name(text) : text);
            figures = figures || (figure && cell.at);
        }
        if (!outline_) return printed;
        if (const Cell level = cell_of(type_, "level", row); level.at)
            printed.level = *static_cast<const std::int64_t*>(level.at);
        const Cell total = cell_of(type_, "total", row);
        if (total.at && total.type->kind == Kind::boolean && *static_cast<const bool*>(total.at))
            printed.style = printed.level <= 1 ? ReportStyle::total : ReportStyle::subtotal;
        else if (!figures)
            printed.style = ReportStyle::caption;
        return printed;
    }
    // Totals of the names of columns stand below them; others that are something are remarks.
    void add_totals(Report& report) const {
        const Type& type = *answer_.totals->type;
        const void* totals = answer_.totals->value.get();
        ReportRow row;
        row.style = ReportStyle::total;
        bool any = false;
        for (const Column& column : columns_) {
            const Field* field = type.field(column.field->name);
            const bool same = field && !field->retired && is_figure(*column.field) &&
                              field->type().kind == column.field->type().kind;
            const Cell cell = same ? cell_in(column, *field, totals) : Cell{};
            any = any || cell.at;
            row.cells.push_back(cell.at ? figure_text(cell) : std::string());
        }
        if (any) {
            const auto text = std::ranges::find(report.columns, false, &ReportColumn::figure);
            if (text != report.columns.end())
                row.cells[static_cast<std::size_t>(text - report.columns.begin())] =
                    words_.say("Total", "Итого");
            report.rows.push_back(std::move(row));
        }
        for (const Field& field : type.fields) {
            const Cell cell = cell_of(field, totals);
            const bool shown = std::ranges::any_of(
                columns_, [&](const Column& column) { return column.field->name == field.name; });
            if (field.retired || is_matrix(field) || is_table(field) || shown || !cell.at ||
                cell.type->kind == Kind::date)
                continue;
            const std::string text = text_of(words_, cell);
            if (text.empty() ||
                (is_measured(cell.type->kind) && is_zero(amount_of(*cell.type, cell.at))))
                continue;
            report.remarks.push_back(words_.head(field.name) + ": " + words_.value(text));
        }
    }
    static bool is_table(const Field& field) {
        const Type& type = field.type();
        return type.kind == Kind::list && type.element().kind == Kind::record;
    }
    // The times of an amount and of what it is compared with are the heads of their columns.
    std::string head_of(const Column& column) const {
        const Field& field = *column.field;
        if (column.key)
            return column.key->empty() ? words_.say("none", "без значения") : *column.key;
        const Type& asked = *question_.query.query->type;
        const void* question = question_.asked.get();
        if (outline_ && field.name == "name") return {};
        static constexpr std::string_view compared = "comparative_";
        std::string head;
        std::optional<Date> from, to;
        if (!outline_ && field.name.starts_with(compared)) {
            head = words_.head(field.name.substr(compared.size())) + " ";
            if (asked.field("compare_from"))
                from = date_in(cell_of(asked, "compare_from", question));
            to = date_in(cell_of(asked, "compare_to", question));
        } else if (outline_ && field.name == "comparative") {
            from = date_in(cell_of(asked, "compare_from", question));
            to = date_in(cell_of(asked, "compare_to", question));
        } else if (outline_ && field.name == "amount" && answer_.totals) {
            const void* totals = answer_.totals->value.get();
            to = date_in(cell_of(*answer_.totals->type, "to", totals));
            if (asked.field("compare_from") && date_in(cell_of(asked, "compare_from", question)))
                from = date_in(cell_of(*answer_.totals->type, "from", totals));
        }
        if (!to) return words_.head(field.name);
        return head + (from ? to_text(*from) + " – " : "") + to_text(*to);
    }

    const Question& question_;
    const WholeAnswer& answer_;
    const ReportWords& words_;
    const Type& type_;
    const bool outline_;
    std::vector<Column> columns_;
    std::string unit_;
};

// What the whole answer is of, such as the statement of `financial_statement`.
bool is_subject(const Type& query, const Field& field) {
    const Type& type = cell_of(field, nullptr).type ? *cell_of(field, nullptr).type : field.type();
    return type.kind == Kind::code && !type.thing.name.empty() &&
           query.name.ends_with("_" + std::string(type.thing.name)) &&
           !query.name.ends_with("_of_" + std::string(type.thing.name)) &&
           field.type().kind != Kind::optional;
}

// Day or period, then each parameter that narrows the question.
std::vector<std::string> subtitles_of(const Question& question, const WholeAnswer& answer,
                                      const ReportFacts& facts) {
    const ReportWords& words = facts.words;
    const Type& type = *question.query.query->type;
    const void* asked = question.asked.get();
    std::vector<std::string> lines;
    std::optional<Date> from, to = facts.last_day ? facts.last_day : question.valid_at;
    if (answer.totals) {
        from = date_in(cell_of(*answer.totals->type, "from", answer.totals->value.get()));
        if (const auto last =
                date_in(cell_of(*answer.totals->type, "to", answer.totals->value.get())))
            to = last;
    }
    if (!from) from = date_in(cell_of(type, "from", asked));
    if (from && to)
        lines.push_back(
            words.say("For the period from " + words.date(*from) + " to " + words.date(*to),
                      "За период с " + words.date(*from) + " по " + words.date(*to)));
    else if (to)
        lines.push_back(
            words.say("As at " + words.date(*to), "По состоянию на " + words.date(*to)));
    else if (type.times == Times::both)
        lines.push_back(words.say("All business dates", "За все даты"));
    const Box untouched = box(type);
    for (const Field& field : type.fields) {
        const bool of_times = field.name == "compare_from" || field.name == "compare_to" ||
                              (field.name == "from" && from && to);
        if (field.retired || field.name == "company" || is_subject(type, field) || of_times)
            continue;
        std::string text = text_of(words, cell_of(field, asked));
        if (field.name == "book" && text.empty() && !facts.leading_book.empty()) {
            lines.push_back(words.head(field.name) + ": " + facts.leading_book +
                            words.say(", the leading one", ", ведущий"));
            continue;
        }
        if (text.empty() || text == text_of(words, cell_of(field, untouched.get()))) continue;
        const Type& of = *cell_of(field, nullptr).type;
        const std::string name =
            of.kind == Kind::code ? words.name(facts.name_of(of.thing, text)) : std::string();
        if (field.name == "through_period" && facts.last_day)
            text += words.say(", which ends on " + words.date(*facts.last_day),
                              ", последний день " + words.date(*facts.last_day));
        lines.push_back(words.head(field.name) + ": " + text + (name.empty() ? "" : " " + name));
    }
    return lines;
}

}  // namespace

Report report_of(const Question& question, const WholeAnswer& answer, const ReportFacts& facts) {
    const Type& type = *question.query.query->type;
    Report report = Layout(question, answer, facts.words).report();
    report.title = facts.words.head(type.name);
    for (const Field& field : type.fields)
        if (!field.retired && is_subject(type, field)) {
            const std::string code = text_of(facts.words, cell_of(field, question.asked.get()));
            const std::string name =
                facts.words.name(facts.name_of(cell_of(field, nullptr).type->thing, code));
            report.title = name.empty() ? facts.words.head(code) : name;
        }
    report.subtitles = subtitles_of(question, answer, facts);
    // It stands where a column has no head, if there is one.
    if (!report.unit.empty() &&
        std::ranges::none_of(report.columns,
                             [](const ReportColumn& column) { return column.head.empty(); }))
        report.subtitles.push_back(
            facts.words.say("Amounts " + report.unit, "Суммы " + report.unit));
    return report;
}

}  // namespace kontor
