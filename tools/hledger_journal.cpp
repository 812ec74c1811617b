// How the lines of hledger's journal format are read (hledger manual, "Journal").
#include "tools/hledger_journal.h"

#include "tools/journal_escapes.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kontor::hledger {
namespace {

constexpr std::string_view blanks = " \t";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// What is wrong with a line; thrown where it is found and told with its number.
struct Wrong {
    std::string problem;
};

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

// Takes a line piece by piece.
class Taking {
public:
    explicit Taking(std::string_view left) : left_(left) {}

    std::string_view left() const { return left_; }
    bool done() const { return left_.empty(); }
    void skip_blanks() {
        const auto first = left_.find_first_not_of(blanks);
        left_.remove_prefix(first == std::string_view::npos ? left_.size() : first);
    }
    bool take(std::string_view what) {
        if (!left_.starts_with(what)) return false;
        left_.remove_prefix(what.size());
        return true;
    }
    // Up to one of these characters, or to the end.
    std::string_view until(std::string_view any_of) {
        const auto end = std::min(left_.find_first_of(any_of), left_.size());
        const std::string_view taken = left_.substr(0, end);
        left_.remove_prefix(end);
        return taken;
    }
    std::string_view while_any(std::string_view any_of) {
        const auto end = std::min(left_.find_first_not_of(any_of), left_.size());
        const std::string_view taken = left_.substr(0, end);
        left_.remove_prefix(end);
        return taken;
    }

private:
    std::string_view left_;
};

// A line without its comment, and the comment.
std::pair<std::string_view, std::string_view> parted(std::string_view line) {
    const auto at = line.find(';');
    if (at == std::string_view::npos) return {trimmed(line), {}};
    return {trimmed(line.substr(0, at)), trimmed(line.substr(at + 1))};
}

// What the comment of an account says besides the tags that are read of it.
std::string without_tags(std::string_view comment) {
    std::string left;
    while (!comment.empty()) {
        const auto end = std::min(comment.find(','), comment.size());
        const std::string_view part = trimmed(comment.substr(0, end));
        if (!part.starts_with("type:") && !part.starts_with("code:"))
            left += (left.empty() ? "" : ",") + std::string(comment.substr(0, end));
        comment.remove_prefix(std::min(end + 1, comment.size()));
    }
    return std::string(trimmed(left));
}

// A date of a posting may leave out the year, which is then its transaction's.
Date date_in(std::string_view text);
Date date_in_year_of(Date day, std::string_view text) {
    const auto mark = text.find_first_of("-/.");
    const bool whole = mark != text.npos && text.find(text[mark], mark + 1) != text.npos;
    if (mark == text.npos || whole) return date_in(text);
    return date_in(to_text(day).substr(0, 4) + text[mark] + std::string(text));
}

// The date that a comment gives its posting: a tag `date:`, or one in square brackets, behind which
// a second one may stand that is of reports of its own.
std::optional<Date> own_date(std::string_view comment, Date of_transaction) {
    const auto tags = tags_in(comment);
    if (const auto tag = tags.find("date"); tag != tags.end())
        return date_in_year_of(of_transaction, tag->second);
    for (auto open = comment.find('['); open != comment.npos; open = comment.find('[', open + 1)) {
        const auto close = comment.find(']', open);
        if (close == comment.npos) break;
        const std::string_view inside = comment.substr(open + 1, close - open - 1);
        const std::string_view first = inside.substr(0, inside.find('='));
        if (!first.empty() && is_digit(first.front()) &&
            inside.find_first_not_of("0123456789-/.=") == inside.npos)
            return date_in_year_of(of_transaction, first);
    }
    return std::nullopt;
}

Date date_in(std::string_view text) {
    const auto wrong = [&] {
        return Wrong{quoted(text) + " is no date such as 2026-03-31; the year is written too"};
    };
    std::array<int, 3> parts{};
    std::size_t part = 0, digits = 0;
    char mark = 0;
    for (const char c : text) {
        if (is_digit(c)) {
            if (++digits > 4) throw wrong();
            parts[part] = parts[part] * 10 + (c - '0');
        } else if ((c == '-' || c == '/' || c == '.') && digits > 0 && part < 2 &&
                   (mark == 0 || mark == c)) {
            if (part == 0 && digits != 4) throw wrong();
            mark = c;
            digits = 0;
            ++part;
        } else {
            throw wrong();
        }
    }
    const auto date = date_of(parts[0], parts[1], parts[2]);
    if (part != 2 || digits == 0 || !date) throw wrong();
    return *date;
}

class Reader {
public:
    explicit Reader(Journal& journal) : journal_(journal) {}

    void line(std::string_view text) {
        ++number_;
        if (text.ends_with('\r')) text.remove_suffix(1);
        if (in_comment_) {
            in_comment_ = trimmed(text) != "end comment";
            return;
        }
        if (trimmed(text).empty()) {
            below_ = Below::nothing;
            return;
        }
        try {
            text.find_first_of(blanks) == 0 ? below(trimmed(text)) : at_margin(trimmed(text));
        } catch (const Wrong& wrong) {
            faults.push_back({number_, wrong.problem});
            if (text.find_first_of(blanks) != 0) below_ = Below::fault;
        }
    }

    std::vector<JournalFault> faults;

private:
    // What indented lines go on with.
    enum class Below { nothing, fault, transaction, account, commodity, note };

    void at_margin(std::string_view text) {
        below_ = Below::nothing;
        if (text == escapes_notice) journal_.exported = true;
        if (text.find_first_of(";#*%") == 0) return;
        if (is_digit(text.front())) return transaction(text);
        Taking from(text);
        const std::string_view word = from.until(blanks);
        const std::string_view rest = trimmed(from.left());
        if (word == "comment") {
            in_comment_ = true;
        } else if (word == "account") {
            account(rest);
        } else if (word == "P") {
            price(rest);
        } else if (word == "commodity") {
            commodity(rest);
        } else if (word == "decimal-mark") {
            const auto [mark, comment] = parted(rest);
            if (mark != "." && mark != ",") throw Wrong{"decimal-mark is followed by . or ,"};
            mark_ = mark.front();
        } else if (word == "payee" || word == "tag") {
            below_ = Below::note;  // says nothing that an entry would have
        } else {
            throw Wrong{quoted(word) + " is a part of hledger's format that is not read here"};
        }
    }

    void below(std::string_view text) {
        const bool comment = text.front() == ';';
        const std::string_view words = comment ? trimmed(text.substr(1)) : text;
        switch (below_) {
            case Below::fault:
            case Below::note: return;
            case Below::nothing:
                if (comment) return;
                throw Wrong{"the line is indented and belongs to nothing above it"};
            case Below::commodity: {
                Taking from(text);
                if (!comment && from.take("format")) commodity(trimmed(from.left()));
                return;
            }
            case Below::account:
                if (!comment) throw Wrong{"an account is followed by comments alone"};
                if (journal_.accounts.back().said.empty())
                    journal_.accounts.back().said = said(without_tags(words));
                journal_.accounts.back().tags.merge(said_tags(words));
                return;
            case Below::transaction: {
                WrittenTransaction& transaction = journal_.transactions.back();
                if (!comment) return transaction.postings.push_back(posting(text));
                if (transaction.postings.empty()) {
                    transaction.tags.merge(said_tags(words));
                    return;
                }
                WrittenPosting& above = transaction.postings.back();
                above.tags.merge(said_tags(words));
                if (!above.date) above.date = own_date(words, transaction.date);
                return;
            }
        }
    }

    // What a text says, where the journal has escapes.
    std::string said(std::string_view text) const {
        return journal_.exported ? unescaped(text) : std::string(text);
    }
    std::map<std::string, std::string> said_tags(std::string_view comment) const {
        auto tags = tags_in(comment);
        if (!journal_.exported) return tags;
        std::map<std::string, std::string> said;
        for (const auto& [name, value] : tags) said.emplace(unescaped(name), unescaped(value));
        return said;
    }

    void transaction(std::string_view text) {
        const auto [head, comment] = parted(text);
        Taking from(head);
        WrittenTransaction transaction;
        transaction.line = number_;
        std::string_view date = from.until(blanks);
        date = date.substr(0, date.find('='));  // a second date is of reports of its own
        transaction.date = date_in(date);
        from.skip_blanks();
        if (from.take("*") || from.take("!")) from.skip_blanks();
        if (from.take("(")) {
            transaction.code = said(trimmed(from.until(")")));
            if (!from.take(")")) throw Wrong{"the code is not closed by )"};
        }
        transaction.text = said(trimmed(from.left()));
        transaction.tags = said_tags(comment);
        journal_.transactions.push_back(std::move(transaction));
        below_ = Below::transaction;
    }

    WrittenPosting posting(std::string_view text) {
        WrittenPosting posting;
        posting.line = number_;
        Taking from(text);
        if (from.take("*") || from.take("!")) from.skip_blanks();
        // A name may have single spaces in it.
        std::size_t end = 0;
        const std::string_view left = from.left();
        while (end < left.size() && left[end] != '\t' &&
               !(left[end] == ' ' && end + 1 < left.size() &&
                 blanks.find(left[end + 1]) != std::string_view::npos))
            ++end;
        posting.account = trimmed(left.substr(0, end));
        if (posting.account.starts_with('(') || posting.account.starts_with('['))
            throw Wrong{"virtual postings, whose accounts stand in brackets, are not read here"};
        if (posting.account.empty() || posting.account.starts_with(';'))
            throw Wrong{"the posting has no account"};
        const auto [amounts, comment] = parted(left.substr(end));
        posting.comment = said(comment);
        posting.tags = said_tags(comment);
        posting.date = own_date(comment, journal_.transactions.back().date);
        Taking rest(amounts);
        if (!rest.done() && rest.left().front() != '=') posting.amount = amount(rest);
        rest.skip_blanks();
        if (rest.take("@")) {
            WrittenCost cost;
            cost.of_all = rest.take("@");
            cost.amount = amount(rest);
            posting.cost = cost;
            rest.skip_blanks();
        }
        if (rest.take("=")) {
            Assertion assertion;
            assertion.nothing_else = rest.take("=");
            assertion.with_below = rest.take("*");
            assertion.amount = amount(rest);
            posting.assertion = assertion;
            rest.skip_blanks();
        }
        if (!rest.done()) throw Wrong{"what is " + quoted(rest.left()) + " behind the amount?"};
        if (posting.assertion && !posting.amount)
            throw Wrong{
                "a balance that is assigned (= without an amount before it) is not read "
                "here; write the amount"};
        return posting;
    }

    void price(std::string_view text) {
        Taking from(parted(text).first);
        WrittenPrice price;
        price.line = number_;
        price.date = date_in(from.until(blanks));
        from.skip_blanks();
        if (is_digit(from.left().empty() ? ' ' : from.left().front())) {  // a time of the day
            from.until(blanks);
            from.skip_blanks();
        }
        price.commodity = symbol(from);
        if (price.commodity.empty()) throw Wrong{"P is followed by a date and a commodity"};
        price.amount = amount(from);
        from.skip_blanks();
        if (!from.done()) throw Wrong{"what is " + quoted(from.left()) + " behind the price?"};
        if (price.amount.commodity.empty()) throw Wrong{"the price is in no commodity"};
        journal_.prices.push_back(std::move(price));
    }

    void account(std::string_view text) {
        const auto [name, comment] = parted(text);
        if (name.empty()) throw Wrong{"account is followed by a name"};
        journal_.accounts.push_back(
            {number_, std::string(name), said(without_tags(comment)), said_tags(comment)});
        below_ = Below::account;
    }

    // Its example says which mark stands before the decimals.
    void commodity(std::string_view text) {
        below_ = Below::commodity;
        Taking from(parted(text).first);
        std::string name(symbol(from));
        from.skip_blanks();
        const std::string_view digits = from.while_any("0123456789.,'");
        from.skip_blanks();
        if (name.empty()) name = symbol(from);
        const auto mark = digits.find_last_of(".,");
        if (mark != std::string_view::npos) marks_[name] = digits[mark];
    }

    static std::string symbol(Taking& from) {
        if (from.take("\"")) {
            const std::string name(from.until("\""));
            if (!from.take("\"")) throw Wrong{"a commodity is not closed by \""};
            return name;
        }
        return std::string(from.until(" \t0123456789.,;:@=+-*{}()[]<>\"'"));
    }

    // USD -1,020.00; -1.020,00 €; 1020: a sign stands before either.
    WrittenAmount amount(Taking& from) {
        from.skip_blanks();
        const auto sign = [&] {
            const bool minus = from.take("-");
            if (!minus) from.take("+");
            from.skip_blanks();
            return minus;
        };
        bool negative = sign();
        WrittenAmount amount{{}, symbol(from)};
        from.skip_blanks();
        if (!amount.commodity.empty()) negative ^= sign();
        const std::string_view digits = from.while_any("0123456789.,'");
        if (digits.empty() || !is_digit(digits.front()) || !is_digit(digits.back()))
            throw Wrong{"an amount is missing before " + quoted(from.left())};
        if (amount.commodity.empty()) {
            Taking behind = from;
            behind.skip_blanks();
            amount.commodity = symbol(behind);
            if (!amount.commodity.empty()) from = behind;
        }
        const char decimal = mark_of(digits, amount.commodity);
        const bool apostrophes = digits.find('\'') != std::string_view::npos;
        const auto number = number_from(digits, {decimal, apostrophes      ? '\''
                                                          : decimal == ',' ? '.'
                                                                           : ','});
        if (!number) throw Wrong{quoted(digits) + " is no number"};
        amount.number = negative ? negated(*number) : *number;
        return amount;
    }

    // What stands before the decimals: by a directive, else as the number shows itself.
    char mark_of(std::string_view digits, const std::string& commodity) const {
        const auto known = marks_.find(commodity);
        if (mark_) return mark_;
        return known == marks_.end() ? shown_mark(digits) : known->second;
    }

    static char shown_mark(std::string_view digits) {
        const auto points = std::ranges::count(digits, '.');
        const auto commas = std::ranges::count(digits, ',');
        if (points > 0 && commas > 0) return digits[digits.find_last_of(".,")];
        if (points > 1) return ',';
        if (commas != 1) return '.';
        if (digits.size() - digits.find(',') == 4)
            throw Wrong{quoted(digits) +
                        " may be thousands or thousandths; say which by a line \"decimal-mark .\" "
                        "or \"decimal-mark ,\""};
        return ',';
    }

    Journal& journal_;
    std::uint64_t number_ = 0;
    bool in_comment_ = false;
    Below below_ = Below::nothing;
    char mark_ = 0;
    std::map<std::string, char> marks_;  // by commodity
};

}  // namespace

std::map<std::string, std::string> tags_in(std::string_view comment) {
    std::map<std::string, std::string> tags;
    std::size_t at = 0;
    while (at < comment.size()) {
        const auto end = std::min(comment.find(',', at), comment.size());
        const std::string_view part = trimmed(comment.substr(at, end - at));
        at = end + 1;
        const auto colon = part.find(':');
        if (colon == std::string_view::npos || colon == 0) continue;
        // The name is the last word before the colon.
        const std::string_view before = part.substr(0, colon);
        const auto blank = before.find_last_of(blanks);
        const auto name = blank == std::string_view::npos ? before : before.substr(blank + 1);
        if (!name.empty())
            tags.emplace(std::string(name), std::string(trimmed(part.substr(colon + 1))));
    }
    return tags;
}

std::vector<JournalFault> read_journal(std::string_view text, Journal& journal) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    Reader reader(journal);
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        reader.line(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return std::move(reader.faults);
}

}  // namespace kontor::hledger
