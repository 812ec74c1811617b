// The catalog: reasons that flows can reach, the order of flows, vetoes, and what is contradictory.
#include "domain/core/catalog.h"

#include "tests/support/given.h"

using namespace kontor;

// Two small contexts of the test's own: a till in which coins are put, and a book that notes them.
namespace till {

struct TillThing {
    static constexpr Thing thing{"till", {}};
};
using TillCode = Code<TillThing>;

constexpr Reason till_full{Refusal::conflict, "till_full", "No coin fits."};
constexpr Reason book_full{Refusal::conflict, "book_full", "No line is left."};
constexpr Reason coin_forged{Refusal::conflict, "coin_forged", "The book knows this coin."};
constexpr Reason mark_missing{Refusal::missing, "mark_missing", "Nothing to mark."};

struct CoinPut {
    CompanyCode company;
    TillCode till;
    std::int64_t value = 0;
    static void describe(auto& event) {
        event.record("CoinPut", "A coin is in the till.")
            .company(&CoinPut::company)
            .stream(&CoinPut::till)
            .on_recorded_day()
            .field("company", &CoinPut::company, "Whose.")
            .field("till", &CoinPut::till, "Where.")
            .field("value", &CoinPut::value, "How much.");
    }
};
struct PutCoin {
    CompanyCode company;
    TillCode till;
    std::int64_t value = 0;
    static void describe(auto& command) {
        command.record("PutCoin", "Puts a coin in the till.")
            .company(&PutCoin::company)
            .stream(&PutCoin::till)
            .field("company", &PutCoin::company, "Whose.")
            .field("till", &PutCoin::till, "Where.")
            .field("value", &PutCoin::value, "How much.")
            .refuses(till_full);
    }
};
struct LineNoted {
    CompanyCode company;
    std::int64_t value = 0;
    bool marked = false;
    static void describe(auto& event) {
        event.record("LineNoted", "The book has one more line.")
            .company(&LineNoted::company)
            .no_stream()
            .on_recorded_day()
            .field("company", &LineNoted::company, "Whose.")
            .field("value", &LineNoted::value, "How much.")
            .field("marked", &LineNoted::marked, "In red.");
    }
};
struct NoteLine {
    CompanyCode company;
    std::int64_t value = 0;
    static void describe(auto& command) {
        command.record("NoteLine", "Notes a line in the book.")
            .company(&NoteLine::company)
            .no_stream()
            .field("company", &NoteLine::company, "Whose.")
            .field("value", &NoteLine::value, "How much.")
            .refuses(book_full);
    }
};
struct MarkLine {
    CompanyCode company;
    static void describe(auto& command) {
        command.record("MarkLine", "Marks the last line in red.")
            .company(&MarkLine::company)
            .no_stream()
            .field("company", &MarkLine::company, "Whose.")
            .refuses(mark_missing, book_full);
    }
};
// Two commands in one.
struct NoteAndMark {
    CompanyCode company;
    std::int64_t value = 0;
    static void describe(auto& command) {
        command.record("NoteAndMark", "Notes a line and marks it.")
            .company(&NoteAndMark::company)
            .no_stream()
            .field("company", &NoteAndMark::company, "Whose.")
            .field("value", &NoteAndMark::value, "How much.");
    }
};

// What a till and a book remember.
struct Coins {
    std::int64_t sum = 0;
    static void describe(auto& record) {
        record.record("Coins", "Coins in a till.").field("sum", &Coins::sum, "Their value.");
    }
};
using Tills = Table<TillCode, Coins>;
struct Lines {
    std::vector<std::int64_t> values;
    static void describe(auto& record) {
        record.record("Lines", "Lines of a book.").field("values", &Lines::values, "Amounts.");
    }
};
using Books = Table<CompanyCode, Lines>;

Decision<CoinPut> decide(const World& world, const PutCoin& put, const Context&) {
    const Coins* coins = world.of<Tills>().find(put.till);
    if (coins && coins->sum + put.value > 100) return till_full;
    return CoinPut{put.company, put.till, put.value};
}
Decision<LineNoted> decide(const World& world, const NoteLine& note, const Context&) {
    const Lines* lines = world.of<Books>().find(note.company);
    if (lines && lines->values.size() == 4) return book_full;
    return LineNoted{note.company, note.value, false};
}
Decision<LineNoted> decide(const World& world, const MarkLine& mark, const Context&) {
    const Lines* lines = world.of<Books>().find(mark.company);
    if (!lines) return mark_missing;
    if (lines->values.size() == 4) return book_full;
    return LineNoted{mark.company, lines->values.back(), true};
}
Steps<NoteLine, MarkLine> decide(const World&, const NoteAndMark& both, const Context&) {
    return {NoteLine{both.company, both.value}, MarkLine{both.company}};
}
void evolve(Tills& tills, const CoinPut& put) {
    const Coins* coins = tills.find(put.till);
    tills.put(put.till, {(coins ? coins->sum : 0) + put.value});
}
void evolve(Books& books, const LineNoted& noted) {
    const Lines* lines = books.find(noted.company);
    Lines more = lines ? *lines : Lines{};
    more.values.push_back(noted.value);
    books.put(noted.company, std::move(more));
}

// The rules. A coin of 13 is forged; each coin is noted, twice.
Decision<NoteLine> coin_is_noted(const CoinPut& put, const World&) {
    if (put.value == 13) return coin_forged;
    return NoteLine{put.company, put.value};
}
Decision<NoteLine, MarkLine> coin_is_noted_again_in_red(const CoinPut& put, const World&) {
    if (put.value < 10) return {};
    Decision<NoteLine, MarkLine> both;
    both.add(NoteLine{put.company, put.value * 10});
    both.add(MarkLine{put.company});
    return both;
}
Decision<PutCoin> line_is_paid(const LineNoted& noted, const World&) {
    return PutCoin{noted.company, {"till"}, noted.value};
}

std::vector<BusinessContext> two_contexts() {
    return {{"tills",
             "Tills.",
             {Part().table<Tills>("tills").commands<PutCoin>().event<CoinPut, Tills>()}},
            {"books",
             "Books.",
             {Part()
                  .table<Books>("books")
                  .commands<NoteLine, MarkLine, NoteAndMark>()
                  .event<LineNoted, Books>()}}};
}
std::vector<FlowSpec> two_rules() {
    return {on<coin_is_noted>().refuses(coin_forged), on<coin_is_noted_again_in_red>()};
}

}  // namespace till

namespace {

using namespace till;

std::vector<std::string_view> codes(const std::vector<const Reason*>& reasons) {
    std::vector<std::string_view> codes;
    for (const Reason* reason : reasons) codes.push_back(reason->code);
    return codes;
}

bool names_fault(const Catalog& catalog, std::string_view words) {
    return std::ranges::any_of(catalog.faults(), [&](const std::string& fault) {
        return fault.find(words) != std::string::npos;
    });
}

PutCoin put(std::int64_t value) { return {{"ACME"}, {"till"}, value}; }

// A command and an event that say nothing of where they belong.
struct Homeless {
    std::int64_t value = 0;
    static void describe(auto& message) {
        message.record("Homeless", "Belongs nowhere.").field("value", &Homeless::value, "Any.");
    }
};
struct NothingHappened {
    std::int64_t value = 0;
    static void describe(auto& message) {
        message.record("NothingHappened", "Belongs nowhere.")
            .field("value", &NothingHappened::value, "Any.");
    }
};
Decision<NothingHappened> decide(const World&, const Homeless&, const Context&) { return {}; }

}  // namespace

TEST_CASE("a sound catalog has no faults and finds what it has by name and by type") {
    const Catalog catalog(two_contexts(), two_rules());
    CHECK(catalog.faults().empty());
    REQUIRE(catalog.command("PutCoin") != nullptr);
    CHECK(catalog.command("PutCoin") == catalog.command(&type_of<PutCoin>()));
    CHECK(catalog.command("PutCoin")->context->name == "tills");
    CHECK(catalog.event("LineNoted") == catalog.event(&type_of<LineNoted>()));
    CHECK(catalog.command("CoinPut") == nullptr);
    CHECK(catalog.event("PutCoin") == nullptr);
}

TEST_CASE("a command's reasons are its own and all that its flows can reach") {
    const Catalog catalog(two_contexts(), two_rules());
    const Catalog::Command& coin = *catalog.command("PutCoin");
    CHECK(codes(coin.own_reasons) == std::vector<std::string_view>{"till_full"});
    std::vector<std::pair<std::string_view, std::string_view>> reached;
    for (const auto& [reason, flow] : coin.flow_reasons) reached.emplace_back(flow, reason->code);
    CHECK(reached == std::vector<std::pair<std::string_view, std::string_view>>{
                         {"coin_is_noted", "coin_forged"},
                         {"coin_is_noted", "book_full"},
                         {"coin_is_noted_again_in_red", "mark_missing"}});
}

TEST_CASE("the reasons of steps count as the command's own, each once") {
    const Catalog catalog(two_contexts(), two_rules());
    CHECK(codes(catalog.command("NoteAndMark")->own_reasons) ==
          std::vector<std::string_view>{"book_full", "mark_missing"});
    CHECK(catalog.command("NoteAndMark")->flow_reasons.empty());
}

TEST_CASE("flows run in the order of the list, each command on what came before") {
    const auto values_noted = [](std::vector<FlowSpec> rules) {
        const Catalog catalog(two_contexts(), std::move(rules));
        State state(catalog);
        test::Play play(catalog, state, test::Flows::run, {});
        const test::Played played = play.run(Message::of(put(20)));
        REQUIRE_FALSE(played.refused);
        std::vector<std::int64_t> values;
        for (const Message& event : played.events)
            if (const auto* noted = event.as<LineNoted>()) values.push_back(noted->value);
        return values;
    };
    CHECK(values_noted({on<coin_is_noted>(), on<coin_is_noted_again_in_red>()}) ==
          std::vector<std::int64_t>{20, 200, 200});
    CHECK(values_noted({on<coin_is_noted_again_in_red>(), on<coin_is_noted>()}) ==
          std::vector<std::int64_t>{200, 200, 20});
}

TEST_CASE("a veto of a flow refuses the command and leaves nothing") {
    const Catalog catalog(two_contexts(), two_rules());
    State state(catalog);
    test::Play play(catalog, state, test::Flows::run, {});
    const test::Played forged = play.run(Message::of(put(13)));
    CHECK(forged.refused.reason == &coin_forged);
    CHECK(forged.flow == "coin_is_noted");
    state.take_back();
    CHECK(state.world().of<Tills>().size() == 0);
    CHECK(state.world().of<Books>().size() == 0);
}

TEST_CASE("a refusal deep in a flow names the flow and takes back what earlier flows did") {
    const Catalog catalog(two_contexts(), two_rules());
    State state(catalog);
    test::Play play(catalog, state, test::Flows::run, {});
    REQUIRE_FALSE(play.run(Message::of(put(20))).refused);
    state.keep();
    // Three of four lines are full: the first rule still finds room, the second does not.
    const test::Played full = play.run(Message::of(put(20)));
    CHECK(full.refused.reason == &book_full);
    CHECK(full.flow == "coin_is_noted_again_in_red");
    state.take_back();
    CHECK(state.world().of<Tills>().find({"till"})->sum == 20);
    CHECK(state.world().of<Books>().find({"ACME"})->values ==
          std::vector<std::int64_t>{20, 200, 200});
}

TEST_CASE("a flow may find that nothing follows") {
    const Catalog catalog(two_contexts(), {on<coin_is_noted_again_in_red>()});
    State state(catalog);
    test::Play play(catalog, state, test::Flows::run, {});
    const test::Played small = play.run(Message::of(put(5)));
    CHECK_FALSE(small.refused);
    CHECK(small.events.size() == 1);
}

TEST_CASE("commands that lead back to themselves are a fault") {
    const Catalog catalog(two_contexts(), {on<coin_is_noted>(), on<line_is_paid>()});
    REQUIRE(catalog.faults().size() == 1);
    CHECK(catalog.faults().front() ==
          "commands lead back to themselves: PutCoin -> NoteLine -> PutCoin");
}

TEST_CASE("names and reasons are unique over the program") {
    auto contexts = two_contexts();
    contexts.push_back(contexts.front());
    const Catalog twice(std::move(contexts), {});
    CHECK(names_fault(twice, "two commands are named PutCoin"));
    CHECK(names_fault(twice, "two events are named CoinPut"));
    CHECK(names_fault(twice, "two tables are named tills"));
    static constexpr Reason another{Refusal::invalid, "till_full", "The same code again."};
    const Catalog veto(two_contexts(), {on<coin_is_noted>().refuses(another)});
    CHECK(names_fault(veto, "two reasons have the code till_full"));
}

TEST_CASE("what is not registered is a fault") {
    std::vector<BusinessContext> tills_only{two_contexts().front()};
    const Catalog no_book(tills_only, two_rules());
    CHECK(names_fault(no_book, "flow coin_is_noted sends the unregistered NoteLine"));
    const Catalog no_event(tills_only, {on<line_is_paid>()});
    CHECK(names_fault(no_event, "flow line_is_paid reacts to an unknown event"));
    const Catalog no_append({{"tills", "Tills.", {Part().commands<PutCoin>()}}}, {});
    CHECK(names_fault(no_append, "command PutCoin may append the unregistered CoinPut"));
    const Catalog no_step(
        {{"books", "Books.", {Part().commands<NoteAndMark, NoteLine>().event<LineNoted>()}}}, {});
    CHECK(names_fault(no_step, "command NoteAndMark is made of the unregistered MarkLine"));
}

TEST_CASE("a message that does not say where it belongs is a fault") {
    const Catalog catalog(
        {{"nowhere", "Nowhere.", {Part().commands<Homeless>().event<NothingHappened>()}}}, {});
    CHECK(names_fault(catalog, "command Homeless says neither company nor every_company"));
    CHECK(names_fault(catalog, "command Homeless says neither stream nor no_stream"));
    CHECK(names_fault(catalog, "event NothingHappened says neither on nor on_recorded_day"));
}
