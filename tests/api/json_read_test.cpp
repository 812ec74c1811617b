// JSON in: what a described type reads, and every fault with the place it stands at.
#include "tests/api/meal.h"

#include <catch2/catch.hpp>
#include <random>

using namespace kontor;
using namespace kontor::restaurant;

namespace {

using Faults = std::vector<Fault>;

// The meal with one member's text replaced; the member's text stands in it exactly once.
Faults meal_with(std::string_view what, std::string_view instead) {
    std::string text(a_meal);
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    text.replace(at, what.size(), instead);
    return faults_in<Meal>(text);
}

// The pointer of the only fault, and its problem when it holds the words.
void only_fault(const Faults& faults, std::string_view pointer, std::string_view words) {
    CAPTURE(faults);
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].pointer == pointer);
    CHECK_THAT(faults[0].problem, Catch::Contains(std::string(words)));
}

struct Many {
    std::vector<std::int64_t> numbers;
    std::map<std::string, std::string> texts;
    static void describe(auto& many) {
        many.record("Many", "")
            .field("numbers", &Many::numbers, "")
            .field("texts", &Many::texts, "");
    }
};

}  // namespace

TEST_CASE("a value of every kind is read") {
    Meal meal;
    const Faults faults = read_json(type_of<Meal>(), a_meal, &meal);
    CHECK(faults == Faults{});

    CHECK(meal.hot);
    CHECK(meal.guests == 4);
    CHECK(meal.note == "no \"salt\", \xC3\xA9t\xC3\xA9 \xF0\x9F\x8D\xB2");
    CHECK(meal.seal.octets == "\x01\x02\x03\xFF");
    CHECK(meal.dish.text == "soup/7");
    CHECK(meal.order.uuid == Uuid{0x0190b6a47c1e7b3a, 0x9f005d2c8e1a4b67});
    CHECK(meal.day == date_of(2024, 2, 29));
    // 2024-02-29 is 19,782 days after 1970-01-01; half past seven in the evening in UTC.
    CHECK(meal.served.micros == ((19'782LL * 24 + 19) * 60 + 30) * 60'000'000 + 500'000);
    CHECK(meal.currency.text() == "EUR");
    CHECK(meal.unit.text() == "pcs");
    CHECK(meal.rate.units == 10'837'000'000);
    CHECK(meal.tip.units == 12'500'000);
    CHECK(meal.price.minor == 8420);
    CHECK(meal.price.currency.text() == "EUR");
    CHECK(meal.unit_price.units == 21'050'000);
    CHECK(meal.eaten.micro == 1'250'000);
    CHECK(meal.eaten.unit.text() == "kg");
    CHECK(meal.course == Course::main);
    CHECK(meal.table == 7);
    CHECK_FALSE(meal.voucher);
    REQUIRE(meal.season);
    CHECK(meal.season->last == date_of(2024, 3, 31));
    CHECK(meal.days.size() == 2);
    CHECK(meal.sides == std::map<DishCode, std::int64_t>{{{"bread"}, 1}, {{"rice"}, 2}});
    CHECK(meal.menu.branches.at(0).name == "wine");
    CHECK(std::get<Card>(meal.paid).last_digits == "0042");
    CHECK(meal.stars == 3);
}

TEST_CASE("every fault is told at once, with its place") {
    const Faults faults = faults_in<Meal>(R"({
        "hot": 1, "guests": 13, "dish": " soup", "order": "x", "day": "2023-02-29",
        "served": "2024-02-29T20:30:00", "currency": "EUX", "unit": "a long unit", "rate": 1.5,
        "tip": "100.000001", "price": {"amount": "1.005", "currency": "EUR"},
        "unit_price": {"amount": 3, "currency": "eur"}, "eaten": {"unit": "kg"},
        "course": "supper", "table": 100, "season": {"first": "2024-01-01", "till": 3},
        "days": ["2024-01-01", 4, "2024-13-01"], "sides": {"rice": 0, "": 1, "rice": 2},
        "menu": {"name": "card", "branches": [{"name": "wine", "name": "beer"}, {}]},
        "paid": {"Card": {"last_digits": "42"}}, "a/b~c": {"deep": [1]}, "waiter": "Ada",
        "seal": "AQI", "note": 5})");
    const Faults expected{
        {"/hot", "must be true or false"},
        {"/guests", "must be at most 12"},
        {"/dish", std::string(fault_of_code(" soup"))},
        {"/order", "must be a UUID, such as 0190b6a4-7c1e-7b3a-9f00-5d2c8e1a4b67"},
        {"/day", "must be a day of the calendar as YYYY-MM-DD"},
        {"/served",
         "must be an instant with its offset, such as 2026-02-17T22:30:00+01:00, with at most six "
         "digits after the second"},
        {"/currency", "must be a currency of ISO 4217, such as EUR"},
        {"/unit", "must be a unit of 1 to 8 printable characters, such as kg"},
        {"/rate", "must be a decimal in quotes, such as \"12.50\""},
        {"/tip", "must be at most 100"},
        {"/price/amount", "has more than 2 digits after the point, which is all that EUR has"},
        {"/unit_price/amount", "must be a decimal in quotes, such as \"12.50\""},
        {"/unit_price/currency", "must be a currency of ISO 4217, such as EUR"},
        {"/eaten/amount", "is missing"},
        {"/course", "must be one of starter, main, dessert"},
        {"/table", "must be at most 99"},
        {"/season/till", "is not a field of Period"},
        {"/season/last", "is missing"},
        {"/days/1", "must be a date in quotes, such as \"2026-02-17\""},
        {"/days/2", "must be a day of the calendar as YYYY-MM-DD"},
        {"/sides/rice", "must be at least 1"},
        {"/sides/", "is a key that " + std::string(fault_of_code(""))},
        {"/sides/rice", "stands twice"},
        {"/menu/branches/0/name", "stands twice"},
        {"/menu/branches/1/name", "is missing"},
        {"/paid/Card/last_digits", "must be at least 4 bytes long"},
        {"/a~1b~0c", "is not a field of Meal"},
        {"/waiter", "is not a field of Meal"},
        {"/seal", "must be base64 with padding"},
        {"/note", "must be a text in quotes"},
    };
    CHECK(faults == expected);
}

TEST_CASE("what is required is missed, and null is absence of an optional only") {
    std::vector<std::string> missing;
    for (const Fault& fault : faults_in<Meal>("{}")) {
        CHECK(fault.problem == "is missing");
        missing.push_back(fault.pointer);
    }
    CHECK(missing == std::vector<std::string>{"/hot",      "/guests",     "/note",  "/seal",
                                              "/dish",     "/order",      "/day",   "/served",
                                              "/currency", "/unit",       "/rate",  "/tip",
                                              "/price",    "/unit_price", "/eaten", "/course",
                                              "/days",     "/sides",      "/menu",  "/paid"});
    only_fault(meal_with("\"guests\": 4", "\"guests\": null"), "/guests", "whole number");
    only_fault(meal_with("\"days\": [", "\"days\": [null, "), "/days/0", "date");
    CHECK(meal_with("\"table\": 7", "\"table\": null").empty());
}

TEST_CASE("whole numbers are written as such and fit 64 bits") {
    const auto guests = [](std::string_view number) {
        return meal_with("\"guests\": 4", "\"guests\": " + std::string(number));
    };
    CHECK(guests("12").empty());
    CHECK(guests("1").empty());
    only_fault(guests("0"), "/guests", "must be at least 1");
    for (const std::string_view number :
         {"4.0", "4e0", "0.4e1", "9223372036854775808", "18446744073709551616",
          "-9223372036854775809", "\"4\"", "true", "[4]", "{\"n\": 4}",
          "100000000000000000000000000000000000000000000000000"})
        only_fault(guests(number), "/guests", "must be a whole number of 64 bits");

    const auto branch = [](std::string_view number) {
        Many many;
        const auto faults = read_json(
            type_of<Many>(), "{\"texts\":{},\"numbers\":[" + std::string(number) + "]}", &many);
        CHECK(faults == Faults{});
        return many.numbers.at(0);
    };
    CHECK(branch("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
    CHECK(branch("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
    CHECK(branch("-0") == 0);
}

TEST_CASE("a number that no machine holds ends the reading at its place") {
    only_fault(meal_with("\"guests\": 4", "\"guests\": 1e999"), "/guests", "whole number");
    const Faults hidden = faults_in<Meal>("{\"what\": 1e999}");
    REQUIRE(hidden.size() == 2);
    CHECK(hidden[0] == Fault{"/what", "is not a field of Meal"});
    CHECK(hidden[1].pointer == "");
}

TEST_CASE("amounts are decimals in quotes with the digits of their currency") {
    const auto price = [](std::string_view amount, std::string_view currency) {
        return meal_with(R"("price": {"amount": "84.20", "currency": "EUR"})",
                         R"("price": {"amount": )" + std::string(amount) + R"(, "currency": ")" +
                             std::string(currency) + "\"}");
    };
    CHECK(price("\"0.01\"", "EUR").empty());
    CHECK(price("\"5\"", "EUR").empty());
    CHECK(price("\"5.100\"", "EUR").empty());
    CHECK(price("\"100\"", "JPY").empty());
    CHECK(price("\"0.001\"", "KWD").empty());
    only_fault(price("\"0.1\"", "JPY"), "/price/amount", "more than 0 digits");
    only_fault(price("\"0.0001\"", "KWD"), "/price/amount", "more than 3 digits");
    only_fault(price("\"0.00\"", "EUR"), "/price/amount", "must be at least 0.01");
    // 10^15 cents are the most that a described amount may be.
    CHECK(price("\"10000000000000.00\"", "EUR").empty());
    only_fault(price("\"10000000000000.01\"", "EUR"), "/price/amount", "must be between");
    only_fault(price("\"99999999999999999999999999\"", "EUR"), "/price/amount", "must be between");
    for (const std::string_view amount :
         {"\"1,50\"", "\"1.\"", "\".5\"", "\"+1\"", "\"1e2\"", "\" 1\"", "\"01\"", "\"\"", "\"-\"",
          "12.5", "12", "null", "[\"1\"]", "{}"})
        only_fault(price(amount, "EUR"), "/price/amount", "must be a decimal in quotes");
    only_fault(meal_with(R"({"amount": "1.25", "unit": "kg"})", "1.25"), "/eaten",
               R"({"amount": "1.5", "unit": "kg"})");
    only_fault(meal_with(R"({"amount": "1.25", "unit": "kg"})", R"({"amount": "1.25", "unit": "kg",
               "amount": "3"})"),
               "/eaten/amount", "stands twice");
    only_fault(meal_with(R"({"amount": "1.25", "unit": "kg"})", R"({"amount": "1.25", "unit": "kg",
               "currency": "EUR"})"),
               "/eaten/currency", "is not a field of Quantity");
}

TEST_CASE("lists and maps are counted") {
    only_fault(meal_with("\"days\": [", R"("days": ["2024-01-01", "2024-01-02", )"), "/days",
               "must have at most 3 items");
    only_fault(meal_with("\"sides\": {", R"("sides": {"a": 1, "b": 1, )"), "/sides",
               "must have at most 3 items");
    only_fault(meal_with("\"days\": [\"2024-02-28\", \"2024-02-29\"]", "\"days\": {}"), "/days",
               "must be a list");
    only_fault(meal_with("{\"rice\": 2, \"bread\": 1}", "[]"), "/sides", "must be an object");
}

TEST_CASE("a variant is exactly one of its alternatives") {
    const std::string_view card = R"({"Card": {"last_digits": "0042"}})";
    only_fault(meal_with(card, "{}"), "/paid", "exactly one of Cash, Card");
    only_fault(meal_with(card, R"({"Card": {"last_digits": "0042"}, "Cash": {}})"), "/paid",
               "exactly one of Cash, Card");
    only_fault(meal_with(card, R"({"Cheque": {}})"), "/paid/Cheque", "must be one of Cash, Card");
    only_fault(meal_with(card, "\"Card\""), "/paid", "exactly one of Cash, Card");
    only_fault(
        meal_with(card, R"({"Cash": {"given": {"amount": "1", "currency": "USD", "x": 1}}})"),
        "/paid/Cash/given/x", "is not a field of Money");
}

TEST_CASE("texts are measured in bytes and hold no U+0000") {
    const std::string_view note = R"("no \"salt\", \u00e9t\u00e9 \ud83c\udf72")";
    CHECK(meal_with(note, "\"" + std::string(40, 'a') + "\"").empty());
    only_fault(meal_with(note, "\"" + std::string(41, 'a') + "\""), "/note",
               "must be at most 40 bytes long");
    only_fault(meal_with(note, R"("a\u0000b")"), "/note", "U+0000");
    CHECK(meal_with(note, R"("\u0001\t\n")").empty());
}

TEST_CASE("what is no JSON is refused with the place where it ends to be some") {
    const auto syntax = [](std::string_view text, std::string_view words) {
        const Faults faults = faults_in<Branch>(text);
        CAPTURE(text, faults);
        REQUIRE_FALSE(faults.empty());
        CHECK(faults.back().pointer == "");
        CHECK_THAT(faults.back().problem, Catch::StartsWith("is not JSON at line"));
        CHECK_THAT(faults.back().problem, Catch::Contains(std::string(words)));
    };
    syntax("", "line 1, column 1");
    syntax("{\n \"name\": ?", "line 2, column 10");
    syntax("{\"name\": \"a\"} {", "line 1, column 15");
    syntax("{\"name\": \"a\"} true", "end of input");
    syntax("{\"name\": \"a\",}", "column 14");
    syntax("{\"name\": \"\xFF\"}", "UTF-8");
    syntax("{\"name\": \"\xC0\x80\"}", "UTF-8");
    syntax("{\"name\": \"\xED\xA0\x80\"}", "UTF-8");
    syntax("{\"name\": \"\\ud800\"}", "surrogate");
    syntax("{\"name\": \"\\udc00\"}", "surrogate");
    syntax("{\"name\": \"\\ud800\\u0041\"}", "surrogate");
    syntax("{\"name\": \"a\nb\"}", "control character");
    syntax(std::string_view("{\"name\": \"a\0b\"}", 15), "control character");
    syntax(std::string_view("{\"name\": \"a\"}\0", 14), "column 14");
    syntax(std::string_view("{\"name\": \"a\"}\0{}", 16), "column 14: the octet 0");
    syntax("{\"name\": 'a'}", "column 10");
    syntax("{\"name\": 01}", "column 11");
    syntax("{\"name\": NaN}", "column 10");
    syntax("/* */ {\"name\": \"a\"}", "column 1");
    syntax("\xEF\xBB{\"name\": \"a\"}", "");
    // RFC 8259, 8.1: a byte order mark may be passed over.
    CHECK(faults_in<Branch>("\xEF\xBB\xBF{\"name\": \"a\"}").empty());
    CHECK(faults_in<Branch>(" \r\n\t{\"name\": \"a\"} \n").empty());
}

TEST_CASE("a document of another kind is one fault") {
    for (const std::string_view text : {"[]", "\"text\"", "null", "7", "true", "[{\"name\": 1}]"})
        CHECK(faults_in<Branch>(text) == Faults{{"", "must be an object"}});
}

TEST_CASE("nesting is bounded, and what goes nowhere may be as deep as it likes") {
    const auto tree = [](int levels) {
        std::string text, tail;
        for (int level = 0; level < levels; ++level) {
            text += "{\"name\": \"n\", \"branches\": [";
            tail += "]}";
        }
        return text + tail;
    };
    // A level is an object and a list: sixteen are 32 deep.
    CHECK(faults_in<Branch>(tree(16)).empty());
    const Faults deeper = faults_in<Branch>(tree(17));
    REQUIRE(deeper.size() == 1);
    CHECK(deeper[0].problem == "is nested deeper than 32");
    CHECK_THAT(deeper[0].pointer, Catch::EndsWith("/branches/0"));
    CHECK(faults_in<Branch>(tree(5'000)).size() == 1);

    const std::string brackets = std::string(100'000, '[') + std::string(100'000, ']');
    CHECK(faults_in<Branch>(brackets) == Faults{{"", "must be an object"}});
    CHECK(faults_in<Branch>("{\"name\": \"a\", \"x\": " + brackets + "}") ==
          Faults{{"/x", "is not a field of Branch"}});
    CHECK(faults_in<Branch>(std::string(100'000, '[')).size() == 2);
    CHECK(faults_in<Branch>("{\"name\":" + std::string(100'000, '{')).size() == 2);
}

TEST_CASE("faults are told up to a hundred and in few words") {
    std::string text = "{\"numbers\": [";
    for (int n = 0; n < 5'000; ++n) text += "\"x\",";
    text += "1], \"texts\": {\"" + std::string(50'000, 'k') + "\": 1}}";
    CHECK(faults_in<Many>(text).size() == most_faults);
    const Faults faults = faults_in<Many>("{\"numbers\": [], \"texts\": {\"" +
                                          std::string(50'000, 'k') + "\": \"\"}}");
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].pointer.size() < 250);
    CHECK(faults_in<Branch>("{\"name\": \"a\", \"" + std::string(100'000, '/') + "\": 1}")
              .at(0)
              .pointer.size() < 500);
}

TEST_CASE("a text that is cut or scrambled anywhere is refused or read, and never more") {
    const std::string whole(a_meal);
    for (std::size_t end = 0; end < whole.size(); ++end) {
        CAPTURE(end);
        CHECK_FALSE(faults_in<Meal>(std::string_view(whole).substr(0, end)).empty());
    }
    std::mt19937_64 random(20'240'229);
    for (int round = 0; round < 3'000; ++round) {
        std::string text = whole;
        for (int flips = 0; flips < 3; ++flips)
            text[random() % text.size()] = static_cast<char>(random());
        Meal meal;
        const Faults faults = read_json(type_of<Meal>(), text, &meal);
        if (!faults.empty()) continue;
        // What was read is a value like any other: it is written and read again as the same.
        Meal again;
        const std::string written = write_json(type_of<Meal>(), &meal);
        CHECK(read_json(type_of<Meal>(), written, &again) == Faults{});
        CHECK(again == meal);
    }
}
