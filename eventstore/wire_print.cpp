// The printer of messages: a walk over checked tables that writes text instead of members.
#include "eventstore/wire_print.h"

#include "domain/core/date.h"
#include "domain/core/ensure.h"
#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/core/quantity.h"
#include "eventstore/wire_cursor.h"
#include "eventstore/wire_layout.h"

#include <array>

namespace kontor {
namespace {

enum class Style : bool { json, lines };

// Length of the well-formed UTF-8 character (RFC 3629) in front, 0 when there is none.
std::size_t character_length(std::string_view text) {
    const auto octet = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
    };
    const auto follows = [&](std::size_t i) { return (octet(i) & 0xc0) == 0x80; };
    const unsigned lead = octet(0);
    if (lead < 0x80) return 1;
    if (lead >= 0xc2 && lead <= 0xdf) return follows(1) ? 2 : 0;
    if (lead >= 0xe0 && lead <= 0xef) {
        const bool overlong = lead == 0xe0 && octet(1) < 0xa0;
        const bool surrogate = lead == 0xed && octet(1) >= 0xa0;
        return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        const bool overlong = lead == 0xf0 && octet(1) < 0x90;
        const bool beyond = lead == 0xf4 && octet(1) >= 0x90;
        return follows(1) && follows(2) && follows(3) && !overlong && !beyond ? 4 : 0;
    }
    return 0;
}

// RFC 8259 section 7; octets that are no UTF-8 become U+FFFD each.
void append_quoted(std::string& out, std::string_view text) {
    static constexpr std::string_view digits = "0123456789abcdef";
    static constexpr std::string_view short_for = "\"\\\b\f\n\r\t";
    static constexpr std::string_view short_form = "\"\\bfnrt";
    out.push_back('"');
    while (!text.empty()) {
        const auto octet = static_cast<unsigned char>(text.front());
        const std::size_t length = character_length(text);
        if (const auto known = short_for.find(text.front()); known != std::string_view::npos) {
            out.push_back('\\');
            out.push_back(short_form[known]);
        } else if (octet < 0x20) {
            out.append("\\u00");
            out.push_back(digits[octet >> 4]);
            out.push_back(digits[octet & 15]);
        } else if (length == 0) {
            out.append("\xef\xbf\xbd");
        } else {
            out.append(text.substr(0, length));
        }
        text.remove_prefix(length ? length : 1);
    }
    out.push_back('"');
}

// RFC 4648, with padding.
std::string base64(std::string_view octets) {
    static constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < octets.size(); i += 3) {
        std::uint32_t three = 0;
        for (std::size_t j = i; j < i + 3; ++j)
            three = three << 8 | (j < octets.size() ? static_cast<unsigned char>(octets[j]) : 0u);
        for (std::size_t j = 0; j < 4; ++j)
            text.push_back(i + j > octets.size() ? '=' : digits[three >> (18 - 6 * j) & 63]);
    }
    return text;
}

// A value that lies in place, copied to where it may be read as what it is.
struct alignas(8) InPlace {
    std::array<char, 16> octets{};
    template <class T>
    T as() const {
        T value{};
        std::memcpy(&value, octets.data(), sizeof(T) < 16 ? sizeof(T) : 16);
        return value;
    }
};

struct Amount {
    std::string amount;
    std::string_view measure_name;
    std::string measure;
};

Amount amount_of(Kind kind, const InPlace& value) {
    if (kind == Kind::quantity) {
        const auto quantity = value.as<Quantity>();
        return {amount_text(quantity), "unit", std::string(quantity.unit.text())};
    }
    if (kind == Kind::unit_price) {
        const auto price = value.as<UnitPrice>();
        return {short_decimal_text(price.units, UnitPrice::digits), "currency",
                std::string(price.currency.text())};
    }
    const auto money = value.as<Money>();
    return {amount_text(money), "currency", std::string(money.currency.text())};
}

// Values that are one word, without quotes.
std::string word_of(const Type& type, const InPlace& value) {
    switch (type.kind) {
        case Kind::boolean: return value.octets[0] ? "true" : "false";
        case Kind::integer: return std::to_string(value.as<std::int64_t>());
        case Kind::choice: return std::string(type.choices[value.as<std::uint8_t>()].name);
        case Kind::id: return to_text(value.as<Uuid>());
        case Kind::date: return to_text(value.as<Date>());
        case Kind::timestamp: return to_text(value.as<Timestamp>());
        case Kind::currency: return std::string(value.as<Currency>().text());
        case Kind::unit: return std::string(value.as<Unit>().text());
        case Kind::rate: return short_decimal_text(value.as<Rate>().units, Rate::digits);
        case Kind::percent: return short_decimal_text(value.as<Percent>().units, Percent::digits);
        default: ensure(false, "a kind that is one word"); return {};
    }
}

bool is_measured(Kind kind) {
    return kind == Kind::money || kind == Kind::unit_price || kind == Kind::quantity;
}

// A value of any kind as the only one of a table.
std::string wrapped_to_wire(const Type& type, const void* value) {
    Type wrapper;
    wrapper.name = "value";
    wrapper.fields.push_back({"value", {}, TypeRef(type)});
    return to_wire(wrapper, value);
}

class Printer {
public:
    Printer(Style style, std::string_view bytes) : style_(style), cursor_(bytes) {}

    bool message(const Type& type) {
        WireTable table;
        return cursor_.root(table) && table_of(table, type);
    }
    // The value in slot 0 of the message's table.
    bool only_value(const Type& type, std::string path) {
        path_ = std::move(path);
        WireTable table;
        return cursor_.root(table) && slot(table, 0, type, nullptr);
    }
    std::string take() && { return std::move(out_); }

private:
    // In JSON containers and commas; in lines a path that grows and shrinks.
    void open(char bracket) {
        if (style_ == Style::json) out_.push_back(bracket);
    }
    void close(char bracket) {
        if (style_ == Style::json) out_.push_back(bracket);
    }
    void separate() {
        if (out_.back() != '{' && out_.back() != '[') out_.push_back(',');
    }
    std::size_t member(std::string_view name) {
        const std::size_t before = path_.size();
        if (style_ == Style::json) {
            separate();
            append_quoted(out_, name);
            out_.push_back(':');
        } else {
            if (!path_.empty()) path_.push_back('.');
            path_.append(name);
        }
        return before;
    }
    std::size_t item(std::size_t index) {
        const std::size_t before = path_.size();
        if (style_ == Style::json)
            separate();
        else
            path_.append("[").append(std::to_string(index)).append("]");
        return before;
    }
    void back_to(std::size_t path) { path_.resize(path); }

    void line(std::string_view value) {
        out_.append(path_).append(path_.empty() ? "" : ": ").append(value).push_back('\n');
    }
    void null() {
        if (style_ == Style::json)
            out_.append("null");
        else
            line("none");
    }
    void text(std::string_view text) {
        if (style_ == Style::json) return append_quoted(out_, text);
        std::string quoted;
        append_quoted(quoted, text);
        const bool plain = !text.empty() && text.front() != ' ' && text.back() != ' ' &&
                           quoted.size() == text.size() + 2;
        line(plain ? text : quoted);
    }
    void value(const Type& type, const InPlace& value) {
        if (is_measured(type.kind)) return measured(amount_of(type.kind, value));
        const std::string word = word_of(type, value);
        if (style_ == Style::lines)
            line(word);
        else if (type.kind == Kind::boolean || type.kind == Kind::integer)
            out_.append(word);
        else
            append_quoted(out_, word);
    }
    void measured(const Amount& amount) {
        if (style_ == Style::lines)
            return line(amount.amount + (amount.measure.empty() ? "" : " ") + amount.measure);
        open('{');
        member("amount");
        append_quoted(out_, amount.amount);
        member(amount.measure_name);
        append_quoted(out_, amount.measure);
        close('}');
    }

    bool table_of(const WireTable& table, const Type& type) {
        return type.kind == Kind::variant ? variant(table, type) : record(table, type);
    }

    bool record(const WireTable& table, const Type& type) {
        open('{');
        for (std::size_t i = 0; i < type.fields.size(); ++i) {
            const Field& field = type.fields[i];
            if (field.retired) continue;
            const Type& of = field.type();
            std::size_t at = 0;
            if (of.kind == Kind::optional) {
                if (!cursor_.slot(table, i, of.element().kind, at)) return false;
                if (!at) continue;
            }
            const std::size_t path = member(field.name);
            if (!slot(table, i, of, field.otherwise.get())) return false;
            back_to(path);
        }
        close('}');
        return true;
    }

    bool variant(const WireTable& table, const Type& type) {
        std::size_t found = 0;
        std::size_t which = 0;
        for (std::size_t i = 0; i < type.alternatives.size(); ++i) {
            std::size_t at = 0;
            if (!cursor_.slot(table, i, Kind::record, at) || (at && found)) return false;
            if (at) found = at, which = i;
        }
        if (!found) return false;
        const Type& alternative = type.alternatives[which]();
        open('{');
        const std::size_t path = member(alternative.name);
        if (!reached(found, alternative)) return false;
        back_to(path);
        close('}');
        return true;
    }

    bool slot(const WireTable& table, std::size_t index, const Type& type, const void* otherwise) {
        const bool optional = type.kind == Kind::optional;
        const Type& carried = optional ? type.element() : type;
        std::size_t at = 0;
        if (!cursor_.slot(table, index, carried.kind, at)) return false;
        if (at)
            return optional && wrapped_in_optional(carried.kind) ? wrapped(at, carried)
                                                                 : reached(at, carried);
        if (optional) {
            null();
            return true;
        }
        return otherwise ? live(type, otherwise) : zero(type);
    }

    // A value that is only in memory is printed from bytes of its own.
    bool live(const Type& type, const void* value) {
        const std::string bytes = wrapped_to_wire(type, value);
        Printer printer(style_, bytes);
        if (!printer.only_value(type, path_)) return false;
        out_ += std::move(printer).take();
        return true;
    }

    bool zero(const Type& type) {
        switch (type.kind) {
            case Kind::record:
            case Kind::variant: return false;
            case Kind::text:
            case Kind::code:
            case Kind::bytes:
            case Kind::personal: text({}); return true;
            case Kind::list:
                open('[');
                close(']');
                return true;
            case Kind::map:
                open('{');
                close('}');
                return true;
            default: value(type, {}); return true;
        }
    }

    bool wrapped(std::size_t at, const Type& type) {
        WireTable table;
        if (!cursor_.enter(at, table) || !slot(table, 0, type, nullptr)) return false;
        cursor_.leave();
        return true;
    }

    bool reached(std::size_t at, const Type& type) {
        std::string_view octets;
        switch (type.kind) {
            case Kind::text:
            case Kind::code:
                if (!cursor_.text(at, octets)) return false;
                text(octets);
                return true;
            case Kind::bytes:
                if (!cursor_.octets(at, octets)) return false;
                text(base64(octets));
                return true;
            case Kind::personal: return personal(at);
            case Kind::list: return list(at, type);
            case Kind::map: return map(at, type);
            case Kind::record:
            case Kind::variant: {
                WireTable table;
                if (!cursor_.enter(at, table) || !table_of(table, type)) return false;
                cursor_.leave();
                return true;
            }
            default: {
                InPlace in_place;
                if (!taken(at, type, in_place)) return false;
                value(type, in_place);
                return true;
            }
        }
    }

    bool personal(std::size_t at) {
        WirePersonal found;
        if (!wire_personal(cursor_, at, found)) return false;
        if (found.sealed.empty())
            text({});
        else if (style_ == Style::lines)
            line("[sealed]");
        else
            out_.append("{\"sealed\":true}");
        return true;
    }

    bool taken(std::size_t at, const Type& type, InPlace& value) const {
        const bool padded = type.kind == Kind::money || type.kind == Kind::unit_price;
        std::memcpy(value.octets.data(), cursor_.place(at), padded ? 12 : wire_width(type.kind));
        const auto first = value.as<std::uint8_t>();
        return type.kind == Kind::boolean  ? first <= 1
               : type.kind == Kind::choice ? first < type.choices.size()
                                           : true;
    }

    bool list(std::size_t at, const Type& type) {
        const Type& element = type.element();
        const std::size_t room = wire_room(element.kind);
        WireVector vector;
        if (!cursor_.vector(at, room, wire_alignment(element.kind), vector)) return false;
        open('[');
        for (std::size_t i = 0; i < vector.count; ++i) {
            const std::size_t place = vector.first + i * room;
            const std::size_t path = item(i);
            if (wrapped_in_list(element.kind) ? !wrapped(place, element) : !reached(place, element))
                return false;
            back_to(path);
        }
        close(']');
        return true;
    }

    bool map(std::size_t at, const Type& type) {
        const Type& key = type.key();
        WireVector vector;
        if (!cursor_.vector(at, 4, 4, vector)) return false;
        open('{');
        std::string last, scratch;
        for (std::size_t i = 0; i < vector.count; ++i) {
            WireTable pair;
            std::string_view order;
            if (!cursor_.enter(vector.first + 4 * i, pair) ||
                !wire_key(cursor_, pair, key, scratch, order) || (i > 0 && order <= last))
                return false;
            last = order;
            std::string name = last;
            if (key.kind != Kind::text && key.kind != Kind::code && !key_word(pair, key, name))
                return false;
            const std::size_t path = member(name);
            if (!slot(pair, 1, type.element(), nullptr)) return false;
            back_to(path);
            cursor_.leave();
        }
        close('}');
        return true;
    }

    bool key_word(const WireTable& pair, const Type& key, std::string& name) const {
        std::size_t at = 0;
        InPlace value;
        if (!cursor_.slot(pair, 0, key.kind, at) || (at && !taken(at, key, value))) return false;
        name = word_of(key, value);
        return true;
    }

    Style style_;
    WireCursor cursor_;
    std::string out_;
    std::string path_;
};

std::optional<std::string> printed(Style style, const Type& type, std::string_view bytes) {
    Printer printer(style, bytes);
    if (!printer.message(type)) return std::nullopt;
    return std::move(printer).take();
}

}  // namespace

std::optional<std::string> wire_to_json(const Type& type, std::string_view bytes) {
    return printed(Style::json, type, bytes);
}

std::optional<std::string> wire_to_text(const Type& type, std::string_view bytes) {
    return printed(Style::lines, type, bytes);
}

std::string json_by_wire(const Type& type, const void* value) {
    const std::string bytes = wrapped_to_wire(type, value);
    Printer printer(Style::json, bytes);
    ensure(printer.only_value(type, {}), "what was just written can be printed");
    return std::move(printer).take();
}

}  // namespace kontor
