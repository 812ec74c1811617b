// How a scenario is read line by line, sent to a server, and its answers written as tables.
#include "tests/scenarios/scenario.h"

#include "api/query_text.h"
#include "api/scalar_text.h"
#include "domain/core/personal.h"
#include "eventstore/hashes.h"
#include "tests/scenarios/scenario_values.h"
#include "tests/support/running_server.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <map>
#include <stdexcept>
#include <vector>

namespace kontor::test {

namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words;
    while (true) {
        const std::size_t begin = line.find_first_not_of(' ');
        if (begin == std::string_view::npos) return words;
        line.remove_prefix(begin);
        const std::size_t end = std::min(line.find(' '), line.size());
        words.emplace_back(line.substr(0, end));
        line.remove_prefix(end);
    }
}

bool is_outcome(std::string_view line) { return line.starts_with("=>") || line.starts_with("|"); }

std::string percent_encoded(std::string_view text) {
    std::string encoded;
    append_percent_encoded(text, encoded);
    return encoded;
}

// A table of cells whose columns are as wide as what they hold; what is a figure stands right.
std::string table_of(const std::vector<std::vector<std::string>>& rows,
                     const std::vector<bool>& figures) {
    std::vector<std::size_t> widths(figures.size());
    for (const auto& row : rows)
        for (std::size_t at = 0; at < row.size(); ++at)
            widths[at] = std::max(widths[at], characters_of(row[at]));
    std::string text;
    for (const auto& row : rows) {
        std::string line = "|";
        for (std::size_t at = 0; at < row.size(); ++at) {
            const std::string room(widths[at] - characters_of(row[at]), ' ');
            line += "  " + (figures[at] ? room + row[at] : row[at] + room);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + '\n';
    }
    return text;
}

class Playing {
public:
    Playing(const std::string& directory, const Catalog& catalog, std::string_view scenario)
        : catalog_(catalog), lines_(lines_of(scenario)), server_(directory, options()) {
        for (const ReadModelSpec& model : read_models())
            for (const QuerySpec& query : model.queries) queries_[query.type->name] = query.type;
    }

    std::string run() {
        while (at_ < lines_.size()) {
            const std::string& line = lines_[at_];
            if (line.empty() || line.starts_with("#")) {
                take_line();
            } else if (std::isupper(static_cast<unsigned char>(line[0]))) {
                command();
            } else if (!said(words_of(line))) {
                question();
            }
        }
        return std::move(out_);
    }

private:
    ServerOptions options() {
        ServerOptions options;
        options.accept_clock = true;
        options.clock = [this] { return now_; };
        return options;
    }
    [[noreturn]] void stop(const std::string& why) const {
        throw std::runtime_error("line " + std::to_string(at_ + 1) + ": " + why);
    }
    void take_line() { (out_ += lines_[at_++]) += '\n'; }
    void skip_outcome() {
        while (at_ < lines_.size() && is_outcome(lines_[at_])) ++at_;
    }
    std::vector<std::string> indented() {
        std::vector<std::string> block;
        while (at_ < lines_.size() && lines_[at_].starts_with("    ")) {
            block.push_back(lines_[at_].substr(4));
            take_line();
        }
        return block;
    }

    // What holds from here on; false when the words are no such line.
    bool said(const std::vector<std::string>& words) {
        if (words.size() != 2) return false;
        if (words[0] == "clock") {
            const auto time = timestamp_from(words[1]);
            if (!time) stop("the clock is no instant such as 2026-01-31T09:00:00Z");
            now_ = *time;
        } else if (words[0] == "company") {
            company_ = words[1];
        } else if (words[0] == "actor") {
            act_as(words[1]);
        } else if (words[0] == "currency") {
            values_.currency = words[1];
        } else if (words[0] == "together") {
            together_ = words[1].size() == 1 ? static_cast<std::size_t>(words[1][0] - '0') : 0;
            if (together_ < 2 || together_ > 9) stop("2 to 9 commands are one batch");
        } else if (words[0] == "remember") {
            remembered_[words[1]] = std::to_string(position_);
        } else {
            return false;
        }
        take_line();
        return true;
    }

    // Who has not acted before is given a key and the administrator's role.
    void act_as(const std::string& actor) {
        if (keys_.empty()) keys_["administrator"] = server_.key();
        if (!keys_.contains(actor)) {
            const std::string secret = "the secret of " + actor;
            const Hash hash = sha256(secret);
            std::string encoded;
            append_base64({reinterpret_cast<const char*>(hash.data()), hash.size()}, encoded);
            server_.act_with(keys_["administrator"]);
            told_to("CreateKey", {{"key", actor}, {"actor", actor}, {"sha256", encoded}});
            told_to("GrantRole", {{"actor", actor}, {"role", "administrator"}});
            keys_[actor] = secret;
        }
        server_.act_with(keys_[actor]);
    }
    void told_to(const std::string& name, const Json& body) {
        const HttpAnswer answer = server_.command(name, body.dump());
        if (answer.status != 200) stop(name + " is refused: " + answer.body);
    }

    void command() {
        const std::vector<std::string> words = words_of(lines_[at_]);
        const Catalog::Command* known = catalog_.command(words[0]);
        if (!known) stop("no command is called " + words[0]);
        take_line();
        const std::vector<std::string> block = indented();
        const Type& type = *known->spec->type;
        Json body = values_.record(type, block);
        if (type.field("company") && !body.contains("company") && !company_.empty())
            body["company"] = company_;
        skip_outcome();
        const std::string id = "scenario-" + std::to_string(++commands_);
        if (together_ == 0)
            return outcome(server_.command(words[0], body.dump(), {{"Idempotency-Key", id}}));
        const Json line{{"id", id}, {"command", words[0]}, {"data", body}};
        batch_.push_back({line.dump(), out_.size()});
        if (batch_.size() == together_) send_batch();
    }
    // Each command has its outcome below it, although all are known at the end.
    void send_batch() {
        std::string body;
        for (const Batched& each : batch_) body += each.line + '\n';
        const HttpAnswer answer =
            server_.post("/commands?atomic=true", body, {{"Content-Type", "application/x-ndjson"}});
        const std::vector<std::string> answers = lines_of(answer.body);
        if (answer.status != 200 || answers.size() != batch_.size())
            stop("the batch is not answered: " + answer.body);
        for (std::size_t at = batch_.size(); at-- > 0;) {
            const Json told = Json::parse(answers[at]);
            out_.insert(batch_[at].outcome_at,
                        outcome_of(told.at("status").get<int>(),
                                   told.contains("problem") ? told["problem"] : told));
        }
        batch_.clear();
        together_ = 0;
    }
    void outcome(const HttpAnswer& answer) {
        out_ += outcome_of(answer.status, Json::parse(answer.body));
    }
    std::string outcome_of(int status, const Json& told) {
        if (told.contains("position")) position_ = told["position"].get<std::uint64_t>();
        if (status == 200) return "=> ok\n";
        std::string text =
            "=> " + std::to_string(status) + ' ' + told.at("code").get<std::string>();
        if (told.contains("errors"))
            for (const Json& fault : told["errors"])
                text += "\n=>     " + fault.at("pointer").get<std::string>() + ' ' +
                        fault.at("problem").get<std::string>();
        if (told.contains("flow")) text += " (" + told["flow"].get<std::string>() + ')';
        return text + '\n';
    }

    void question() {
        std::vector<std::string> words = words_of(lines_[at_]);
        const bool why = words[0] == "explain", diff = words[0] == "diff";
        if (why || diff) words.erase(words.begin());
        if (words.empty()) stop("nothing is asked");
        const auto query = queries_.find(words[0]);
        if (query == queries_.end()) stop("neither a query nor a setting is called " + words[0]);
        std::string target = "/queries/" + words[0] +
                             (why    ? "/explain?"
                              : diff ? "/diff?"
                                     : "?") +
                             "limit=1000&min_position=" + std::to_string(position_);
        bool of_company = false;
        for (std::size_t at = 1; at < words.size(); ++at) {
            const std::size_t equals = words[at].find('=');
            if (equals == std::string::npos) stop("a parameter is name=value");
            const std::string name = words[at].substr(0, equals);
            std::string value = words[at].substr(equals + 1);
            of_company = of_company || name == "company" || name.starts_with("company[");
            if (remembered_.contains(value) && (name == "known_at" || name == "between"))
                value = remembered_[value];
            if (const Field* field = query->second->field(name))
                value = values_.parameter(field->type(), value);
            if (why && name == "row") value = values_.row(value);
            target += '&' + percent_encoded(name) + '=' + percent_encoded(value);
        }
        if (!of_company && !company_.empty() && query->second->field("company"))
            target += "&company=" + percent_encoded(company_);
        take_line();
        std::vector<std::string> shown;
        for (const std::string& line : indented()) {
            const std::vector<std::string> named = words_of(line);
            if (named.empty() || named[0] != "show") stop("a question is followed by `show`");
            shown.assign(named.begin() + 1, named.end());
        }
        skip_outcome();
        // Whom a question is about stands in no address.
        const std::size_t mark = target.find('?');
        const HttpAnswer answer =
            holds_personal(*query->second)
                ? server_.post(target.substr(0, mark), target.substr(mark + 1))
                : server_.get(target);
        if (answer.status != 200) return outcome(answer);
        const Json told = Json::parse(answer.body);
        if (why) return explained(told);
        if (diff) return changed(*query->second, told);
        answered(*query->second, told, shown);
    }

    // A column is a field or, as "columns[DE]", one value of a map.
    static std::pair<std::string, std::string> field_and_key(const std::string& column) {
        const std::size_t open = column.find('[');
        if (open == std::string::npos || !column.ends_with(']')) return {column, {}};
        return {column.substr(0, open), column.substr(open + 1, column.size() - open - 2)};
    }
    static const Type* column_type(const Type& row, const std::string& column) {
        const Field* field = row.field(field_and_key(column).first);
        if (!field) return nullptr;
        const Type& type = field->type();
        if (column == field->name) return &type;
        return type.kind == Kind::map ? &type.element() : nullptr;
    }
    static const Json* cell_of(const Json& row, const std::string& column) {
        const auto [field, key] = field_and_key(column);
        const auto found = row.find(field);
        if (found == row.end()) return nullptr;
        if (column == field) return &*found;
        const auto value = found->find(key);
        return value == found->end() ? nullptr : &*value;
    }

    void answered(const Type& query, const Json& told, std::vector<std::string> shown) {
        if (shown.empty())
            for (const Field& field : query.row().fields) shown.emplace_back(field.name);
        std::vector<bool> figures;
        for (const std::string& column : shown) {
            const Type* type = column_type(query.row(), column);
            if (!type) stop("the answer has no column " + column);
            figures.push_back(is_figure(*type));
        }
        std::vector<std::vector<std::string>> rows{shown};
        for (const Json& row : told.at("rows")) {
            std::vector<std::string> cells;
            for (const std::string& column : shown) {
                const Json* cell = cell_of(row, column);
                cells.push_back(cell ? values_.text(*column_type(query.row(), column), *cell) : "");
            }
            rows.push_back(std::move(cells));
        }
        out_ += told["rows"].empty() ? "| nothing\n" : table_of(rows, figures);
        if (!told.contains("totals")) return;
        std::string totals;
        for (const auto& [name, value] : told["totals"].items())
            totals += "  " + name + ' ' + values_.text(query.totals().field(name)->type(), value);
        out_ += "| totals:" + totals + '\n';
    }

    void explained(const Json& told) {
        std::vector<std::vector<std::string>> rows;
        for (const Json& event : told.at("rows"))
            rows.push_back({event.at("amount").get<std::string>(),
                            event.at("day").get<std::string>(), event.at("type").get<std::string>(),
                            values_.stream(event.at("stream").get<std::string>())});
        rows.push_back({told.at("figure").at("amount").get<std::string>(), "in all"});
        out_ += table_of(rows, {true, false, false, false});
    }

    // A line a field that changed, and below the last of a row the events that changed the row.
    void changed(const Type& query, const Json& told) {
        std::vector<std::vector<std::string>> rows{{"row", "field", "before", "after", "because"}};
        for (const Json& row : told.at("rows")) {
            const std::string name = values_.row_name(row.at("row").get<std::string>());
            const std::size_t first = rows.size();
            for (const Json& field : row.at("fields")) {
                const std::string column = field.at("field").get<std::string>();
                const auto side = [&](const char* when) {
                    return row.contains(when) && row[when].contains(column)
                               ? values_.text(query.row().field(column)->type(), row[when][column])
                               : std::string();
                };
                rows.push_back({name, column, side("before"), side("after"), ""});
            }
            std::size_t at = first;
            for (const Json& event : row.at("events")) {
                if (at == rows.size()) rows.push_back({"", "", "", "", ""});
                rows[at++].back() = because(event);
            }
        }
        out_ += told["rows"].empty() ? "| nothing\n"
                                     : table_of(rows, {false, false, true, true, false});
    }
    static std::string because(const Json& event) {
        std::string text =
            event.at("command").get<std::string>() + " on " + event.at("day").get<std::string>();
        if (event.contains("text")) text += ": " + event["text"].get<std::string>();
        return text;
    }

    const Catalog& catalog_;
    std::vector<std::string> lines_;
    std::size_t at_ = 0;
    std::string out_;
    std::string company_;
    std::map<std::string, std::string> remembered_;
    std::map<std::string, std::string> keys_;  // by actor
    std::uint64_t position_ = 0;
    std::size_t commands_ = 0;
    struct Batched {
        std::string line;
        std::size_t outcome_at = 0;  // in what is written
    };
    std::size_t together_ = 0;  // so many commands are one batch; 0: each is sent alone
    std::vector<Batched> batch_;
    Timestamp now_ = *timestamp_from("2026-01-01T09:00:00Z");
    ScenarioValues values_;
    std::map<std::string_view, const Type*> queries_;
    RunningServer server_;
};

}  // namespace

std::string played(const Catalog& catalog, std::string_view scenario) {
    const ScratchDirectory scratch;
    return played_in(scratch.path(), catalog, scenario);
}

std::string played_in(const std::string& directory, const Catalog& catalog,
                      std::string_view scenario) {
    return Playing(directory, catalog, scenario).run();
}

}  // namespace kontor::test
