// Reads SWIFT MT940, the customer statement message: fields of one or several lines that begin with
// a tag. Parts of a statement that go on in the next message (:62M:, :60M:) are joined.
#include "tools/bank_file.h"

#include <algorithm>
#include <array>
#include <map>

namespace kontor::bank {

namespace {

struct TaggedField {
    std::string tag, text;  // lines joined by line ends
    std::size_t line = 0;

    std::string where() const { return "line " + std::to_string(line) + ", :" + tag + ":"; }
};

bool is_tag(std::string_view line) {
    const auto digit = [](char c) { return '0' <= c && c <= '9'; };
    if (line.size() < 4 || line[0] != ':' || !digit(line[1]) || !digit(line[2])) return false;
    return line[3] == ':' ||
           (line.size() > 4 && 'A' <= line[3] && line[3] <= 'Z' && line[4] == ':');
}

std::vector<TaggedField> fields_of(const std::string& text) {
    std::vector<TaggedField> fields;
    std::size_t number = 0;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = std::min(text.find('\n', at), text.size());
        std::string line = text.substr(at, end - at);
        at = end + 1;
        ++number;
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
        // The blocks around the message, and the hyphen that ends it.
        if (const std::size_t block = line.find("{4:"); block != std::string::npos)
            line.erase(0, block + 3);
        if (line.empty() || line == "-" || line.starts_with("-}") || line.starts_with("{"))
            continue;
        if (is_tag(line)) {
            const std::size_t colon = line.find(':', 1);
            fields.push_back({line.substr(1, colon - 1), line.substr(colon + 1), number});
        } else if (fields.empty()) {
            throw BankFileBroken("line " + std::to_string(number), "is before the first tag");
        } else {
            fields.back().text += '\n' + line;
        }
    }
    return fields;
}

// Takes what a field begins with, or says what is missing.
class Taking {
public:
    explicit Taking(const TaggedField& field) : field_(field), rest_(field.text) {}

    bool digits_next(std::size_t count) const {
        return rest_.size() >= count && std::ranges::all_of(rest_.substr(0, count), [](char c) {
                   return '0' <= c && c <= '9';
               });
    }
    std::string take(std::size_t count, const char* what) {
        if (rest_.size() < count)
            throw BankFileBroken(field_.where(), std::string("lacks ") + what);
        std::string taken(rest_.substr(0, count));
        rest_.remove_prefix(count);
        return taken;
    }
    // A day as YYMMDD; two digits of a year are of this century.
    Date day(const char* what) {
        const std::string text = take(6, what);
        const auto date =
            date_from("20" + text.substr(0, 2) + '-' + text.substr(2, 2) + '-' + text.substr(4, 2));
        if (!date) throw BankFileBroken(field_.where(), "has no day as " + (what + (": " + text)));
        return *date;
    }
    Money amount(Currency currency) {
        const std::size_t end = std::min(rest_.find_first_not_of("0123456789,"), rest_.size());
        const std::string text = take(end, "an amount");
        const auto amount = amount_from(text, currency, ',');
        if (!amount || text.find(',') == std::string::npos)
            throw BankFileBroken(field_.where(), "has no amount such as 1234,56: " + text);
        return *amount;
    }
    bool credit(const char* what) {
        const std::string mark = take(1, what);
        if (mark != "C" && mark != "D")
            throw BankFileBroken(field_.where(), "is marked neither C nor D: " + mark);
        return mark == "C";
    }
    std::string_view rest() const { return rest_; }

private:
    const TaggedField& field_;
    std::string_view rest_;
};

Money balance_in(const TaggedField& field, Date& day) {
    Taking taking(field);
    const bool credit = taking.credit("the mark of debit or credit");
    day = taking.day("its day");
    const std::string code = taking.take(3, "a currency");
    const auto currency = currency_from(code);
    if (!currency) throw BankFileBroken(field.where(), "has no currency of ISO 4217: " + code);
    const Money amount = taking.amount(*currency);
    return credit ? amount : -amount;
}

// The day of booking (MMDD) that is nearest to the day of value.
Date booked_on(const TaggedField& field, const std::string& month_day, Date value) {
    std::optional<Date> nearest;
    const int year = std::stoi(to_text(value).substr(0, 4));
    for (const int each : {year - 1, year, year + 1}) {
        const auto date = date_from(std::to_string(each) + '-' + month_day.substr(0, 2) + '-' +
                                    month_day.substr(2, 2));
        const auto distance = [&](Date from) { return std::abs(std::int64_t{from - value}); };
        if (date && (!nearest || distance(*date) < distance(*nearest))) nearest = date;
    }
    if (!nearest) throw BankFileBroken(field.where(), "has no day as MMDD: " + month_day);
    return *nearest;
}

// :61: as 6!n[4!n]2a[1!a]15d1!a3!c16x[//16x][34x].
FileLine line_in(const TaggedField& field, Currency currency) {
    Taking taking(field);
    FileLine line;
    line.value_date = taking.day("its day of value");
    line.date = line.value_date;
    if (taking.digits_next(4))
        line.date = booked_on(field, taking.take(4, "a day"), line.value_date);
    std::string mark = taking.take(1, "the mark of debit or credit");
    // The reversal of a credit is a debit.
    const bool reversal = mark == "R";
    if (reversal) mark = taking.take(1, "the mark of debit or credit");
    if (mark != "C" && mark != "D")
        throw BankFileBroken(field.where(), "is marked neither C nor D: " + mark);
    line.received = (mark == "C") != reversal;
    if (!taking.digits_next(1)) taking.take(1, "an amount");
    line.amount = taking.amount(currency);
    taking.take(4, "the type of the transaction");
    std::string references(taking.rest().substr(0, taking.rest().find('\n')));
    if (const std::size_t own = references.find("//"); own != std::string::npos) {
        line.reference = references.substr(own + 2);
        references.erase(own);
    }
    if (line.reference == "NONREF") line.reference.clear();
    if (references != "NONREF") line.end_to_end = references;
    return line;
}

std::string one_line(std::string text) {
    std::erase(text, '\n');
    return text;
}

// What follows a code such as EREF+ up to the next one.
void read_codes(const std::string& text, FileLine& line) {
    constexpr std::array<std::string_view, 12> codes{"EREF+", "KREF+", "MREF+", "CRED+",
                                                     "DEBT+", "SVWZ+", "ABWA+", "ABWE+",
                                                     "IBAN+", "BIC+",  "COAM+", "OAMT+"};
    std::map<std::size_t, std::string_view> found;
    for (const std::string_view code : codes)
        if (const std::size_t at = text.find(code); at != std::string::npos) found[at] = code;
    for (auto at = found.begin(); at != found.end(); ++at) {
        const auto next = std::next(at);
        const std::size_t begin = at->first + at->second.size();
        std::string value =
            text.substr(begin, (next == found.end() ? text.size() : next->first) - begin);
        while (!value.empty() && value.back() == ' ') value.pop_back();
        if (at->second == "EREF+" && value != "NOTPROVIDED") line.end_to_end = value;
        if (at->second == "SVWZ+") line.text = value;
        if (at->second == "IBAN+") line.account = value;
    }
}

// :86: with subfields: a code of three digits and a sign that begins each, such as ?20.
void read_information(const TaggedField& field, FileLine& line) {
    const std::string& text = field.text;
    const auto digit = [&](std::size_t at) {
        return at < text.size() && '0' <= text[at] && text[at] <= '9';
    };
    const bool structured = digit(0) && digit(1) && digit(2) && text.size() > 5 && text[3] == '?';
    if (!structured) {
        line.text = text;
        std::ranges::replace(line.text, '\n', ' ');
        read_codes(one_line(text), line);
        return;
    }
    const std::string whole = one_line(text);
    std::string purpose;
    for (std::size_t at = 3; at < whole.size();) {
        const std::size_t end = std::min(whole.find('?', at + 1), whole.size());
        const std::string code = whole.substr(at + 1, 2);
        const std::string value = end > at + 3 ? whole.substr(at + 3, end - at - 3) : "";
        if (("20" <= code && code <= "29") || ("60" <= code && code <= "63")) purpose += value;
        if (code == "31") line.account = value;
        if (code == "32" || code == "33") line.name += value;
        at = end;
    }
    line.text = purpose;
    read_codes(purpose, line);
}

class Reading {
public:
    std::vector<FileStatement> statements(const std::vector<TaggedField>& fields) {
        for (const TaggedField& field : fields) read(field);
        if (open_) throw BankFileBroken(last_.where(), "is the end of a statement without :62F:");
        if (made_.empty()) throw BankFileBroken("the file", "has no :20: and so no statement");
        return std::move(made_);
    }

private:
    void read(const TaggedField& field) {
        const std::string& tag = field.tag;
        last_ = field;
        if (tag == "20") return;
        if (tag == "25") return begin(field);
        if (made_.empty() || (!open_ && (tag == "60F" || tag == "60M" || tag == "61" ||
                                         tag == "62F" || tag == "62M")))
            throw BankFileBroken(field.where(), "is outside of a statement, which :25: begins");
        FileStatement& statement = made_.back();
        Date day;
        if (tag == "28C" || tag == "28") {
            if (!continues_) number_ = field.text;
        } else if (tag == "60F") {
            if (continues_) throw BankFileBroken(field.where(), "is where :60M: goes on");
            statement.opening = balance_in(field, day);
            opened_ = true;
        } else if (tag == "60M") {
            if (!continues_ || balance_in(field, day) != statement.closing)
                throw BankFileBroken(field.where(), "is not what the part before closed with");
        } else if (tag == "61") {
            if (!opened_) throw BankFileBroken(field.where(), "is before :60F:");
            const FileLine line = line_in(field, statement.opening.currency);
            of_line_ = line.amount.minor != 0;
            if (of_line_) statement.lines.push_back(line);
        } else if (tag == "86") {
            if (open_ && of_line_) read_information(field, statement.lines.back());
            of_line_ = false;
        } else if (tag == "62F" || tag == "62M") {
            if (!opened_) throw BankFileBroken(field.where(), "is before :60F:");
            statement.closing = balance_in(field, day);
            if (statement.closing.currency != statement.opening.currency)
                throw BankFileBroken(field.where(), "is in another currency than :60F:");
            statement.date = day;
            of_line_ = false;
            continues_ = tag == "62M";
            open_ = continues_;
            // Numbers begin anew each year.
            if (!continues_) statement.number = to_text(day).substr(0, 4) + "/" + number_;
        }
    }
    void begin(const TaggedField& field) {
        if (continues_) {
            if (made_.back().account != field.text)
                throw BankFileBroken(field.where(), "is another account than the part before");
            return;
        }
        if (open_) throw BankFileBroken(field.where(), "begins before :62F: ends the one before");
        made_.emplace_back().account = field.text;
        number_.clear();
        open_ = true;
        opened_ = false;
        of_line_ = false;
    }

    std::vector<FileStatement> made_;
    TaggedField last_;
    std::string number_;
    bool open_ = false, opened_ = false, continues_ = false, of_line_ = false;
};

}  // namespace

std::vector<FileStatement> read_mt940(const std::string& text) {
    return Reading().statements(fields_of(text));
}

}  // namespace kontor::bank
