// How figures, their events and their changes are asked for and printed.
#include "tools/audit_figures.h"

#include "api/query_text.h"
#include "domain/core/decimal.h"
#include "projections/projection.h"
#include "tools/command_line.h"

#include <ostream>
#include <utility>

#include <nlohmann/json.hpp>

namespace kontor {
namespace {

using Json = nlohmann::ordered_json;

void append_parameter(std::string_view name, std::string_view value, std::string& url_query) {
    if (!url_query.empty()) url_query += '&';
    append_percent_encoded(name, url_query);
    url_query += '=';
    append_percent_encoded(value, url_query);
}

std::string url_query_of(const FigureWish& wish) {
    std::string url_query;
    for (const std::string& parameter : wish.parameters) {
        const std::size_t equals = parameter.find('=');
        if (equals == 0 || equals == parameter.npos)
            throw Unable("\"" + parameter + "\" is no parameter; one is <name>=<value>.");
        append_parameter(parameter.substr(0, equals), parameter.substr(equals + 1), url_query);
    }
    for (const std::string& moment : wish.between) append_parameter("between", moment, url_query);
    if (url_query.find("limit=") == url_query.npos) append_parameter("limit", "1000", url_query);
    return url_query;
}

// Whole units of a decimal text such as "-12.50", and how many of its digits are behind the point.
struct Decimal {
    Wide units = 0;
    int digits = 0;

    static Decimal from(const std::string& text) {
        Decimal decimal;
        const std::size_t point = text.find('.');
        if (point != text.npos) decimal.digits = static_cast<int>(text.size() - point - 1);
        for (const char c : text)
            if (c >= '0' && c <= '9') decimal.units = decimal.units * 10 + (c - '0');
        if (text.starts_with('-')) decimal.units = -decimal.units;
        return decimal;
    }
};

std::string text_of(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// "4000 of trial_balance" or "trial_balance in all".
std::string what(const FigureWish& wish) {
    return wish.row.empty() ? wish.query + " in all" : wish.row + " of " + wish.query;
}

std::string moment_of(const Json& as_of) {
    const std::string valid_at = text_of(as_of, "valid_at");
    return "known at position " + as_of.at("known_at").dump() +
           (valid_at.empty() ? std::string() : ", valid at " + valid_at);
}

void print_event(const Json& event, std::ostream& out) {
    out << "    " << text_of(event, "event") << ' ' << text_of(event, "type") << " on "
        << text_of(event, "day");
    if (const std::string amount = text_of(event, "amount"); !amount.empty())
        out << ", amount " << amount;
    if (event.contains("amounts"))
        for (const auto& [field, amount] : event["amounts"].items())
            out << ", " << field << ' ' << amount.get<std::string>();
    out << "\n        " << text_of(event, "command") << ' ' << text_of(event, "command_id")
        << " by " << text_of(event, "actor") << " at " << text_of(event, "time");
    if (event.contains("flow")) out << ", by the rule " << text_of(event, "flow");
    if (event.contains("text")) out << ": " << text_of(event, "text");
    if (event.contains("note")) out << ", who notes: " << text_of(event, "note");
    if (text_of(event, "by") == "surroundings") out << " (it names no row, but happened meanwhile)";
    out << '\n';
}

// Prints the pages of one figure as text and adds up.
bool print_as_text(AuditDesk& desk, const FigureWish& wish, const DeskQuestion& question,
                   std::ostream& out) {
    Wide sum = 0;
    std::uint64_t events = 0;
    std::string figure, unit;
    desk.ask(question, [&](const std::string& body) {
        const Json page = Json::parse(body);
        if (figure.empty()) {
            figure = text_of(page.at("figure"), "amount");
            unit = text_of(page.at("figure"), "unit");
            out << *wish.field << " of " << what(wish) << " is " << figure
                << (unit.empty() ? "" : " ") << unit << ", " << moment_of(page.at("as_of")) << '\n';
        }
        for (const Json& event : page.at("rows")) {
            sum += Decimal::from(text_of(event, "amount")).units;
            ++events;
            print_event(event, out);
        }
        return out.good();
    });
    const Decimal due = Decimal::from(figure);
    const bool adds_up = sum == due.units;
    out << events << (events == 1 ? " event adds" : " events add") << " up to "
        << decimal_text(sum, due.digits) << (unit.empty() ? "" : " ") << unit
        << (adds_up ? ", which is the figure.\n" : ", which is NOT the figure.\n");
    return adds_up;
}

bool is_measured_or_absent(const Type& type) {
    if (type.kind == Kind::optional) return is_measured_or_absent(type.element());
    return type.kind == Kind::money || type.kind == Kind::quantity;
}

// The figures that a row of the query, or its totals, may explain.
std::vector<std::string> figures_of(const FigureWish& wish) {
    for (const ReadModelSpec& model : read_models())
        for (const QuerySpec& query : model.queries) {
            if (query.type->name != wish.query) continue;
            const TypeRef row = wish.row.empty() ? query.type->totals : query.type->row;
            std::vector<std::string> figures;
            if (row)
                for (const Field& field : row().fields)
                    if (!field.retired && is_measured_or_absent(field.type()))
                        figures.emplace_back(field.name);
            return figures;
        }
    throw Unable("There is no query " + wish.query + "; `kontor describe` lists them.");
}

bool print_one(AuditDesk& desk, const FigureWish& wish, std::ostream& out) {
    DeskQuestion question{wish.query, Asking::events, url_query_of(wish), "application/json"};
    append_parameter("row", wish.row, question.url_query);
    append_parameter("field", *wish.field, question.url_query);
    if (wish.as == FiguresAs::text) return print_as_text(desk, wish, question, out);
    if (wish.as == FiguresAs::csv) question.accept = "text/csv";
    bool first = true;
    desk.ask(question, [&](const std::string& body) {
        // A file has one line of heads.
        const bool cut = wish.as == FiguresAs::csv && !first;
        out << (cut ? body.substr(body.find('\n') + 1) : body);
        if (wish.as == FiguresAs::json) out << '\n';
        first = false;
        return out.good();
    });
    return true;
}

std::string field_text(const Json& row, const char* side, const std::string& field) {
    const auto at = row.find(side);
    if (at == row.end() || !at->contains(field)) return "nothing";
    const Json& value = (*at)[field];
    if (value.is_object() && value.contains("amount")) return value["amount"].get<std::string>();
    return value.is_string() ? value.get<std::string>() : value.dump();
}

void print_changed_row(const Json& row, std::ostream& out) {
    out << text_of(row, "row") << ' ' << text_of(row, "change") << '\n';
    for (const Json& field : row.at("fields")) {
        const std::string name = text_of(field, "field");
        out << "    " << name << ' ' << field_text(row, "before", name) << " -> "
            << field_text(row, "after", name);
        const std::string difference = text_of(field, "difference");
        if (!difference.empty()) out << ", by " << difference << ' ' << text_of(field, "unit");
        if (const std::string explained = text_of(field, "explained");
            !difference.empty() && explained == difference)
            out << ", which these events add up to";
        else if (!explained.empty())
            out << "; amounts of these events add up to " << explained;
        out << '\n';
    }
    for (const Json& event : row.at("events")) print_event(event, out);
    if (row.at("more_events").get<bool>()) out << "    and more events\n";
}

}  // namespace

bool print_figure(AuditDesk& desk, const FigureWish& wish, std::ostream& out) {
    if (wish.field) return print_one(desk, wish, out);
    bool adds_up = true, any = false;
    std::string why = "No figure of " + wish.query + " can be explained.";
    for (const std::string& field : figures_of(wish)) {
        FigureWish one = wish;
        one.field = field;
        try {
            adds_up = print_one(desk, one, out) && adds_up;
            any = true;
        } catch (const Unable& no) {
            why = no.what();  // such as a balance that is in the row and is no sum
        }
    }
    if (!any) throw Unable(why);
    return adds_up;
}

void print_changed_rows(AuditDesk& desk, const FigureWish& wish, std::ostream& out) {
    DeskQuestion question{wish.query, Asking::changes, url_query_of(wish),
                          wish.as == FiguresAs::csv ? "text/csv" : "application/json"};
    std::uint64_t rows = 0;
    bool first = true;
    desk.ask(question, [&](const std::string& body) {
        const bool heads = std::exchange(first, false);
        if (wish.as == FiguresAs::csv) {
            out << (heads ? body : body.substr(body.find('\n') + 1));
            return out.good();
        }
        if (wish.as == FiguresAs::json) {
            out << body << '\n';
            return out.good();
        }
        const Json page = Json::parse(body);
        if (heads)
            out << wish.query << " between positions " << page.at("between")[0] << " and "
                << page.at("between")[1] << '\n';
        for (const Json& row : page.at("rows")) print_changed_row(row, out);
        rows += page.at("rows").size();
        return out.good();
    });
    if (wish.as == FiguresAs::text)
        out << (rows == 0 ? "nothing changed"
                          : std::to_string(rows) + (rows == 1 ? " row changed" : " rows changed"))
            << '\n';
}

}  // namespace kontor
