// JSON in: a walk over the text that fills a described value and collects every fault on its way.
//
// nlohmann's parser calls back word by word; no document is built in memory, because its document
// forgets members that stand twice and turns long numbers into floating point.
#include "api/json.h"

#include "api/scalar_text.h"
#include "domain/core/ensure.h"
#include "domain/core/money.h"
#include "domain/core/quantity.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace kontor {
namespace {

constexpr Bounds unbounded{};

// Where the next value goes. No type: nowhere, its fault is told already.
struct Target {
    const Type* type = nullptr;
    void* at = nullptr;
    const Bounds* bounds = &unbounded;
};

// An object or list that is being read.
struct Frame {
    const Type* type = nullptr;
    void* at = nullptr;
    Bounds items{};           // of a list or map: what its items are held to
    Bounds count{};           // of a list or map: how many there may be
    std::size_t index = 0;    // list: the next item; record: where the next field is looked for;
                              // map and variant: how many there were
    std::size_t seen = 0;     // record: where its marks begin
    std::string_view member;  // whose value is being read; a map's lies in `key`
    std::string key;
    Target next{};
};

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    Target root{};
    std::vector<Fault> faults;

    bool null();
    bool boolean(bool value);
    bool number_integer(std::int64_t value);
    bool number_unsigned(std::uint64_t value);
    bool number_float(double, const std::string& text);
    bool string(std::string& text);
    bool binary(nlohmann::json::binary_t&) { return true; }  // only of binary formats
    bool start_object(std::size_t);
    bool key(std::string& name);
    bool end_object();
    bool start_array(std::size_t);
    bool end_array();
    bool parse_error(std::size_t position, const std::string& token,
                     const nlohmann::json::exception& error);
    void end();

private:
    Frame& top() { return frames_[depth_ - 1]; }
    Target next();
    static Target inner(Target target);
    Target next_scalar() { return skipping_ ? Target{} : inner(next()); }
    bool open(Target target);
    void field(Frame& frame, std::string_view name);
    void part(Frame& frame, const std::string& name);
    void pair(Frame& frame, const std::string& name);
    void alternative(Frame& frame, std::string_view name);
    void close_record(Frame& frame);
    void close_measured(Frame& frame);
    bool refuse_number();

    void not_json(std::size_t position, std::string_view what);

    std::string pointer(std::size_t frames) const;
    std::string pointer() const { return pointer(depth_); }
    bool fault(std::string pointer, std::string problem);
    bool wrong(const Type& type);
    bool problem_of_value(std::string problem);

    std::string_view text_;
    std::array<Frame, deepest_json> frames_{};
    std::size_t depth_ = 0;
    bool stopped_ = false;      // at what is no JSON
    std::size_t skipping_ = 0;  // how deep the reading is inside a value that goes nowhere
    std::vector<char> marks_;   // which fields of the open records were seen
    // The parts of the amount that is being read; amounts hold nothing deeper, so there is one.
    struct Part {
        std::string text;
        bool seen = false;
        bool spoiled = false;  // its fault is told already
    };
    Part amount_, measure_;
};

std::string Reader::pointer(std::size_t frames) const {
    std::string pointer;
    for (std::size_t at = 0; at < frames; ++at) {
        const Frame& frame = frames_[at];
        switch (frame.type->kind) {
            case Kind::list: (pointer += '/') += std::to_string(frame.index - 1); break;
            case Kind::map: pointer = pointer_to(pointer, shown(frame.key)); break;
            default: pointer = pointer_to(pointer, frame.member); break;
        }
    }
    return pointer;
}

bool Reader::fault(std::string pointer, std::string problem) {
    if (faults.size() == most_faults) return false;
    faults.push_back({std::move(pointer), std::move(problem)});
    return faults.size() < most_faults;
}

// A value of another kind than the one that belongs here; the reading goes on behind it.
bool Reader::wrong(const Type& type) {
    if (depth_ && is_measured(top().type->kind)) {
        const bool amount = top().member == "amount";
        return problem_of_value(expected_words(amount ? type_of<Rate>()
                                               : top().type->kind == Kind::quantity
                                                   ? type_of<Unit>()
                                                   : type_of<Currency>()));
    }
    return problem_of_value(expected_words(type));
}

bool Reader::problem_of_value(std::string problem) {
    if (problem.empty()) return true;
    if (depth_ && is_measured(top().type->kind))
        (top().member == "amount" ? amount_ : measure_).spoiled = true;
    return fault(pointer(), std::move(problem));
}

Target Reader::next() {
    if (depth_ == 0) return root;
    Frame& frame = top();
    if (frame.type->kind != Kind::list) return std::exchange(frame.next, {});
    ++frame.index;
    // Told once, at the end of the list.
    if (frame.index > frame.count.longest) return {};
    return {&frame.type->element(), frame.type->grow(frame.at), &frame.items};
}

// An optional is read as what it may hold.
Target Reader::inner(Target target) {
    while (target.type && target.type->kind == Kind::optional) {
        target.at = target.type->emplace(target.at);
        target.type = &target.type->element();
    }
    return target;
}

bool Reader::null() {
    if (skipping_) return true;
    const Target target = next();
    if (!target.type) return true;
    if (target.type->kind != Kind::optional) return wrong(*target.type);
    target.type->reset(target.at);
    return true;
}

bool Reader::boolean(bool value) {
    const Target target = next_scalar();
    if (!target.type) return true;
    if (target.type->kind != Kind::boolean) return wrong(*target.type);
    *static_cast<bool*>(target.at) = value;
    return true;
}

bool Reader::number_integer(std::int64_t value) {
    const Target target = next_scalar();
    if (!target.type) return true;
    if (target.type->kind != Kind::integer) return wrong(*target.type);
    *static_cast<std::int64_t*>(target.at) = value;
    return problem_of_value(fault_of_integer(value, *target.bounds));
}

bool Reader::number_unsigned(std::uint64_t value) {
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (value <= most) return number_integer(static_cast<std::int64_t>(value));
    return refuse_number();
}

// A number with a point, an exponent or too many digits is none of ours.
bool Reader::number_float(double, const std::string&) { return refuse_number(); }

bool Reader::refuse_number() {
    const Target target = next_scalar();
    return !target.type || wrong(*target.type);
}

bool Reader::string(std::string& text) {
    const Target target = next_scalar();
    if (!target.type) return true;
    if (!is_scalar(target.type->kind) || target.type->kind == Kind::boolean ||
        target.type->kind == Kind::integer)
        return wrong(*target.type);
    return problem_of_value(read_scalar(*target.type, *target.bounds, text, target.at));
}

bool Reader::open(Target target) {
    if (depth_ == deepest_json) {
        skipping_ = 1;
        return fault(pointer(), "is nested deeper than " + std::to_string(deepest_json));
    }
    Frame& frame = frames_[depth_++];
    frame.type = target.type;
    frame.at = target.at;
    frame.index = 0;
    frame.next = {};
    frame.member = {};
    frame.items = *target.bounds;
    switch (target.type->kind) {
        case Kind::record:
            frame.seen = marks_.size();
            marks_.resize(marks_.size() + target.type->fields.size());
            break;
        case Kind::list:
        case Kind::map:
            frame.count = *target.bounds;
            frame.items.shortest = unbounded.shortest;
            frame.items.longest = unbounded.longest;
            target.type->clear(target.at);
            break;
        case Kind::variant: break;
        default: amount_ = measure_ = {}; break;
    }
    return true;
}

bool Reader::start_object(std::size_t) {
    if (skipping_) return ++skipping_, true;
    const Target target = inner(next());
    if (!target.type) return skipping_ = 1, true;
    const Kind kind = target.type->kind;
    if (kind == Kind::record || kind == Kind::map || kind == Kind::variant || is_measured(kind))
        return open(target);
    skipping_ = 1;
    return wrong(*target.type);
}

bool Reader::start_array(std::size_t) {
    if (skipping_) return ++skipping_, true;
    const Target target = inner(next());
    if (!target.type) return skipping_ = 1, true;
    if (target.type->kind == Kind::list) return open(target);
    skipping_ = 1;
    return wrong(*target.type);
}

bool Reader::key(std::string& name) {
    if (skipping_) return true;
    Frame& frame = top();
    switch (frame.type->kind) {
        case Kind::record: field(frame, name); break;
        case Kind::map: pair(frame, name); break;
        case Kind::variant: alternative(frame, name); break;
        default: part(frame, name); break;
    }
    return faults.size() < most_faults;
}

void Reader::field(Frame& frame, std::string_view name) {
    const std::vector<Field>& fields = frame.type->fields;
    // Clients mostly write fields in their order, so the search begins behind the last one.
    for (std::size_t n = 0; n < fields.size(); ++n) {
        const std::size_t at = (frame.index + n) % fields.size();
        const Field& field = fields[at];
        if (field.name != name || field.retired) continue;
        frame.index = at + 1;
        frame.member = field.name;
        if (std::exchange(marks_[frame.seen + at], 1)) {
            fault(pointer(), "stands twice");
            return;
        }
        frame.next = {&field.type(), field.in(frame.at), &field.bounds};
        return;
    }
    fault(pointer_to(pointer(depth_ - 1), shown(name)),
          "is not a field of " + std::string(frame.type->name));
}

// A member of money, a quantity or a price: two texts.
void Reader::part(Frame& frame, const std::string& name) {
    const bool amount = name == "amount";
    if (!amount && name != measure_name(frame.type->kind)) {
        fault(pointer_to(pointer(depth_ - 1), shown(name)),
              "is not a field of " + std::string(frame.type->name));
        return;
    }
    frame.member = amount ? std::string_view("amount") : measure_name(frame.type->kind);
    Part& part = amount ? amount_ : measure_;
    if (std::exchange(part.seen, true)) {
        fault(pointer(), "stands twice");
        return;
    }
    // Read as texts now, understood together at the end: digits depend on the currency.
    frame.next = {&type_of<std::string>(), &part.text, &unbounded};
}

void Reader::pair(Frame& frame, const std::string& name) {
    frame.key = name;
    if (++frame.index > frame.count.longest) return;
    const Type& key_type = frame.type->key();
    const Box key = box(key_type);
    if (std::string problem = read_scalar(key_type, unbounded, name, key.get()); !problem.empty()) {
        fault(pointer(), "is a key that " + problem);
        return;
    }
    void* const place = frame.type->insert(frame.at, key.get());
    if (!place) {
        fault(pointer(), "stands twice");
        return;
    }
    frame.next = {&frame.type->element(), place, &frame.items};
}

void Reader::alternative(Frame& frame, std::string_view name) {
    // A second one is told at the end of the object.
    if (++frame.index > 1) return;
    for (std::size_t at = 0; at < frame.type->alternatives.size(); ++at) {
        const Type& type = frame.type->alternatives[at]();
        if (type.name != name) continue;
        frame.member = type.name;
        frame.next = {&type, frame.type->become(frame.at, at), &unbounded};
        return;
    }
    std::string problem = "must be one of ";
    for (std::size_t at = 0; at < frame.type->alternatives.size(); ++at)
        (problem += at ? ", " : "") += frame.type->alternatives[at]().name;
    fault(pointer_to(pointer(depth_ - 1), shown(name)), std::move(problem));
}

bool Reader::end_object() {
    if (skipping_) return --skipping_, true;
    Frame& frame = top();
    switch (frame.type->kind) {
        case Kind::record: close_record(frame); break;
        case Kind::variant:
            if (frame.index != 1) fault(pointer(depth_ - 1), expected_words(*frame.type));
            break;
        case Kind::map:
            if (std::string problem = fault_of_count(frame.index, frame.count); !problem.empty())
                fault(pointer(depth_ - 1), std::move(problem));
            break;
        default: close_measured(frame); break;
    }
    --depth_;
    return faults.size() < most_faults;
}

void Reader::close_record(Frame& frame) {
    for (std::size_t at = 0; at < frame.type->fields.size(); ++at) {
        const Field& field = frame.type->fields[at];
        if (field.retired || marks_[frame.seen + at]) continue;
        const Type& type = field.type();
        if (field.otherwise)
            type.assign(field.in(frame.at), field.otherwise.get());
        else if (type.kind == Kind::optional)
            type.reset(field.in(frame.at));
        else
            fault(pointer_to(pointer(depth_ - 1), field.name), "is missing");
    }
    marks_.resize(frame.seen);
}

void Reader::close_measured(Frame& frame) {
    for (Fault& found :
         read_measured(*frame.type, frame.items, amount_.seen ? &amount_.text : nullptr,
                       measure_.seen ? &measure_.text : nullptr, frame.at)) {
        if ((found.pointer == "/amount" ? amount_ : measure_).spoiled) continue;
        fault(pointer(depth_ - 1) + found.pointer, std::move(found.problem));
    }
}

bool Reader::end_array() {
    if (skipping_) return --skipping_, true;
    Frame& frame = top();
    if (std::string problem = fault_of_count(frame.index, frame.count); !problem.empty())
        fault(pointer(depth_ - 1), std::move(problem));
    --depth_;
    return faults.size() < most_faults;
}

// Says where the text stops to be JSON, and what was met there. The parser's sentence is
// "[name] parse error at line 1, column 2: syntax error while ... - <what>; last read: '...'": the
// part behind "last read" repeats the client's octets, which need not be UTF-8.
bool Reader::parse_error(std::size_t position, const std::string&,
                         const nlohmann::json::exception& error) {
    constexpr int number_overflow = 406;
    stopped_ = true;
    std::string_view what = error.what();
    if (error.id == number_overflow) {
        const std::size_t told = faults.size();
        refuse_number();
        if (faults.size() > told) return false;
        what = "a number that is too large";
    } else if (const auto dash = what.find(" - "); dash != what.npos)
        what.remove_prefix(dash + 3);
    what = what.substr(0, what.find("; last read"));
    not_json(position, what);
    return false;
}

void Reader::not_json(std::size_t position, std::string_view what) {
    const std::string_view before = text_.substr(0, std::min(position, text_.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t start = before.rfind('\n');
    const std::size_t column = before.size() - (start == before.npos ? 0 : start + 1);
    fault("", "is not JSON at line " + std::to_string(line) + ", column " +
                  std::to_string(std::max<std::size_t>(column, 1)) + ": " + std::string(what));
}

// The parser takes the octet 0 for the end of the text, and would not look at what is behind it.
void Reader::end() {
    const std::size_t zero = text_.find('\0');
    if (zero != text_.npos && !stopped_) not_json(zero + 1, "the octet 0");
}

}  // namespace

std::string pointer_to(std::string_view pointer, std::string_view member) {
    std::string longer(pointer);
    longer += '/';
    for (const char letter : member) {
        if (letter == '~')
            longer += "~0";
        else if (letter == '/')
            longer += "~1";
        else
            longer += letter;
    }
    return longer;
}

std::vector<Fault> read_json(const Type& type, std::string_view text, void* value) {
    ensure(type.size != 0, "only a type with a C++ value is read from JSON");
    Reader reader(text);
    reader.root = {&type, value, &unbounded};
    nlohmann::json::sax_parse(text.begin(), text.end(), &reader);
    reader.end();
    return std::move(reader.faults);
}

}  // namespace kontor
