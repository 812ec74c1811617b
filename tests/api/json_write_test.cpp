// JSON out: the text of every kind of value, and that what is written is read as the same value.
#include "domain/contexts.h"
#include "eventstore/wire.h"
#include "eventstore/wire_print.h"
#include "projections/projection.h"
#include "tests/api/meal.h"
#include "tests/support/dossier.h"
#include "tests/support/kitchen_sink.h"
#include "tests/support/random_values.h"

#include <limits>

using namespace kontor;
using namespace kontor::restaurant;

namespace {

std::string quoted(std::string_view text) {
    std::string out;
    append_json_text(text, out);
    return out;
}

// Writes, reads and writes again; and the wire's printer, which is another's work, says the same.
void goes_round(const Type& type, const void* value) {
    const std::string text = write_json(type, value);
    CAPTURE(type.name, text);
    const Box again = box(type);
    CHECK(read_json(type, text, again.get()) == std::vector<Fault>{});
    CHECK(write_json(type, again.get()) == text);
    if (holds_personal(type)) return;  // sealed, it is told otherwise
    CHECK(to_wire(type, again.get()) == to_wire(type, value));
    CHECK(wire_to_json(type, to_wire(type, value)) == text);
}

}  // namespace

TEST_CASE("a value of every kind is written in the order of its fields") {
    Meal meal;
    REQUIRE(read_json(type_of<Meal>(), a_meal, &meal).empty());
    CHECK(write_json(type_of<Meal>(), &meal) ==
          "{\"hot\":true,\"guests\":4,"
          "\"note\":\"no \\\"salt\\\", \xC3\xA9t\xC3\xA9 \xF0\x9F\x8D\xB2\",\"seal\":\"AQID/w==\","
          R"("dish":"soup/7","order":"0190b6a4-7c1e-7b3a-9f00-5d2c8e1a4b67","day":"2024-02-29",)"
          R"("served":"2024-02-29T19:30:00.5Z","currency":"EUR","unit":"pcs","rate":"1.0837",)"
          R"("tip":"12.5","price":{"amount":"84.20","currency":"EUR"},)"
          R"("unit_price":{"amount":"21.05","currency":"EUR"},)"
          R"("eaten":{"amount":"1.25","unit":"kg"},"course":"main","table":7,)"
          R"("season":{"first":"2024-01-01","last":"2024-03-31"},)"
          R"("days":["2024-02-28","2024-02-29"],"sides":{"bread":1,"rice":2},)"
          R"("menu":{"name":"card","branches":[{"name":"wine","branches":[]}]},)"
          R"("paid":{"Card":{"last_digits":"0042"}},"stars":3})");
}

TEST_CASE("whole numbers are numbers up to 64 bits") {
    std::vector<std::int64_t> numbers{0, -1, (std::int64_t{1} << 53) + 1,
                                      std::numeric_limits<std::int64_t>::max(),
                                      std::numeric_limits<std::int64_t>::min()};
    CHECK(write_json(type_of<std::vector<std::int64_t>>(), &numbers) ==
          "[0,-1,9007199254740993,9223372036854775807,-9223372036854775808]");
}

TEST_CASE("money has the digits of its currency") {
    const auto text = [](std::int64_t minor, std::string_view currency) {
        const Money money{minor, *currency_from(currency)};
        return write_json(type_of<Money>(), &money);
    };
    CHECK(text(100'000, "EUR") == R"({"amount":"1000.00","currency":"EUR"})");
    CHECK(text(-5, "EUR") == R"({"amount":"-0.05","currency":"EUR"})");
    CHECK(text(100, "JPY") == R"({"amount":"100","currency":"JPY"})");
    CHECK(text(1, "KWD") == R"({"amount":"0.001","currency":"KWD"})");
}

TEST_CASE("texts are escaped as JSON asks and are always UTF-8") {
    CHECK(quoted("") == "\"\"");
    CHECK(quoted("a\"b\\c/d") == "\"a\\\"b\\\\c/d\"");
    CHECK(quoted("\b\f\n\r\t") == "\"\\b\\f\\n\\r\\t\"");
    CHECK(quoted(std::string_view("\0\x01\x1F\x7F", 4)) == "\"\\u0000\\u0001\\u001f\x7F\"");
    CHECK(quoted("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x8D\xB2") ==
          "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x8D\xB2\"");
    // Not UTF-8: a lone octet, a cut character, one written too long, a surrogate, beyond U+10FFFF.
    CHECK(quoted("a\xFFz") == "\"a\xEF\xBF\xBDz\"");
    CHECK(quoted("\xE2\x82") == "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
    CHECK(quoted("\xC0\x80") == "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
    CHECK(quoted("\xED\xA0\x80") == "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
    CHECK(quoted("\xF4\x90\x80\x80").size() == 2 + 4 * 3);
}

TEST_CASE("octets are base64 with padding") {
    // RFC 4648, section 10.
    const auto text = [](std::string_view octets) {
        const Bytes bytes{std::string(octets)};
        return write_json(type_of<Bytes>(), &bytes);
    };
    CHECK(text("") == "\"\"");
    CHECK(text("f") == "\"Zg==\"");
    CHECK(text("fo") == "\"Zm8=\"");
    CHECK(text("foo") == "\"Zm9v\"");
    CHECK(text("foob") == "\"Zm9vYg==\"");
    CHECK(text("foobar") == "\"Zm9vYmFy\"");
    const auto reads = [](const std::string& base64) {
        return faults_in<Bytes>("\"" + base64 + "\"").empty();
    };
    CHECK(reads("Zm8="));
    for (const char* wrong :
         {"Zm8", "Zm9=", "Zg=", "Zg===", "Z===", "====", "Zm 8", "Zm8=Zm8=", "Zm-_"})
        CHECK_FALSE(reads(wrong));
}

TEST_CASE("every value of every kind goes to JSON and back") {
    test::Dice dice(541'909);
    for (int round = 0; round < 150; ++round) {
        CAPTURE(round);
        auto sink = test::random_value<test::KitchenSink>(dice);
        // JSON has one way to say nothing.
        if (sink.maybe_maybe && !*sink.maybe_maybe) sink.maybe_maybe.reset();
        goes_round(type_of<test::KitchenSink>(), &sink);
        const auto meal = test::random_value<Meal>(dice);
        goes_round(type_of<Meal>(), &meal);
        auto dossier = test::random_value<test::Dossier>(dice);
        test::unsealed(type_of<test::Dossier>(), &dossier, dice);
        goes_round(type_of<test::Dossier>(), &dossier);
    }
}

TEST_CASE("every message of the program goes to JSON and back") {
    const auto catalog = make_catalog();
    test::Dice dice(4217);
    std::vector<const Type*> types;
    for (const Catalog::Command& command : catalog->commands()) types.push_back(command.spec->type);
    for (const Catalog::Event& event : catalog->events()) types.push_back(event.spec->type);
    for (const TableSpec& table : catalog->tables()) types.push_back(&table.row());
    for (const ReadModelSpec& model : read_models())
        for (const QuerySpec& query : model.queries) {
            types.push_back(query.type);
            types.push_back(&query.type->row());
            if (query.type->totals) types.push_back(&query.type->totals());
        }
    REQUIRE(types.size() > 20);
    for (const Type* type : types)
        for (int round = 0; round < 10; ++round) {
            const Box value = test::random_value(*type, dice);
            test::unsealed(*type, value.get(), dice);
            goes_round(*type, value.get());
        }
}

TEST_CASE("an answer says of what is personal whether it is open, sealed or erased") {
    PersonalText value;
    const auto json = [&] { return write_json(type_of<PersonalText>(), &value); };
    CHECK(json() == R"("")");
    value.plain = "Ann \"A\"";
    CHECK(json() == R"("Ann \"A\"")");
    value = {"octets", "fingerprint", {}, false};
    CHECK(json() == R"({"sealed":true})");
    value = {};
    value.erased = true;
    CHECK(json() == R"({"erased":true})");
    // These are answers: nobody can send them.
    for (const char* text : {R"({"erased":true})", R"({"sealed":true})", "null", "7", "[]"})
        CHECK(faults_in<PersonalText>(text) ==
              std::vector<Fault>{{"", "must be a text in quotes"}});
    CHECK(faults_in<PersonalText>(R"("a\u0000b")").size() == 1);
}
