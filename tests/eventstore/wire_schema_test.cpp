// The schema that is committed and stored: that stock FlatBuffers reads our bytes by it, that the
// stored form prints what the program's own types print, and that a broken promise is noticed.
#include "eventstore/wire_schema.h"

#include "eventstore/wire.h"
#include "eventstore/wire_print.h"
#include "tests/support/dice.h"
#include "tests/support/dossier.h"
#include "tests/support/kitchen_sink.h"
#include "tests/support/random_values.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace kontor;
using namespace kontor::test;

namespace {

const std::vector<const Type*> kitchen = {&type_of<KitchenSink>(), &type_of<Wrapping>(),
                                          &type_of<Period>(), &type_of<Dossier>()};

std::unique_ptr<const StoredSchema> stored(const std::string& fbs) {
    auto schema = StoredSchema::read(schema_binary(fbs));
    REQUIRE(schema);
    return schema;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), with);
}

std::string contents(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return std::move(text).str();
}

// What the stock compiler makes of our bytes, as JSON; without spaces.
std::string flatc_json(const std::filesystem::path& folder, const std::string& root,
                       const std::string& bytes) {
    std::ofstream(folder / "message.bin", std::ios::binary) << bytes;
    const std::string command = "cd '" + folder.string() +
                                "' && flatc --json --strict-json --natural-utf8 --raw-binary"
                                " --root-type " +
                                root + " kitchen.fbs -- message.bin > flatc.txt 2>&1";
    INFO(command);
    const int status = std::system(command.c_str());
    INFO(contents(folder / "flatc.txt"));
    REQUIRE(status == 0);
    std::string json;
    bool quoted = false;
    bool escaped = false;
    for (const char c : contents(folder / "message.json")) {
        if (c == '"' && !escaped) quoted = !quoted;
        escaped = c == '\\' && !escaped;
        if (quoted || (c != ' ' && c != '\n')) json.push_back(c);
    }
    return json;
}

std::filesystem::path flatc_folder() {
    const auto folder = std::filesystem::path(KONTOR_BINARY_DIR) / "wire_schema_test";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "kitchen.fbs") << to_fbs("kitchen", kitchen);
    return folder;
}

}  // namespace

TEST_CASE("a schema is written dependencies first, with slots, docs and attributes", "[wire]") {
    const std::vector<const Type*> roots = {&type_of<Label>()};
    CHECK(to_fbs("shop", roots) ==
          "// What the messages of shop look like on the wire. Emitted from their descriptions.\n"
          "attribute \"message\";\n"
          "attribute \"shape\";\n"
          "attribute \"kind\";\n"
          "attribute \"thing\";\n"
          "attribute \"optional\";\n"
          "attribute \"otherwise\";\n"
          "\n"
          "namespace shop;\n"
          "\n"
          "/// How it is painted.\n"
          "enum Colour : ubyte {\n"
          "  /// As a brick.\n"
          "  red = 0,\n"
          "  /// As \"grass\" is.\n"
          "  green = 1,\n"
          "  /// As the sea.\n"
          "  blue = 2\n"
          "}\n"
          "\n"
          "/// What is stuck on it.\n"
          "table Label (message) {\n"
          "  /// What it says.\n"
          "  text: string (id: 0);\n"
          "  /// Of the paper.\n"
          "  colour: Colour = null (id: 1);\n"
          "}\n");
}

TEST_CASE("the same schema has the same binary form", "[wire]") {
    CHECK(to_fbs("kitchen", kitchen) == to_fbs("kitchen", kitchen));
    const std::string fbs = to_fbs("kitchen", kitchen);
    CHECK(schema_binary(fbs) == schema_binary(fbs));
    CHECK(schema_binary(fbs) != schema_binary(replaced(fbs, "A depot.", "The depot.")));
}

TEST_CASE("stock flatc decodes our bytes", "[wire]") {
    const auto folder = flatc_folder();
    // Currencies and units are their characters, first lowest: "EUR" is 0x525545.
    const Box3 box{120, {1'500'000, {{'k', 'g'}}}};
    CHECK(flatc_json(folder, "kitchen.Box3", to_wire(box)) ==
          R"({"width_mm":120,"weight":{"micro":1500000,"unit":26475}})");
    CHECK(flatc_json(folder, "kitchen.Label", to_wire(Label{"é\"", Colour::red})) ==
          R"({"text":"é\"","colour":"red"})");
    CHECK(flatc_json(folder, "kitchen.Label", to_wire(Label{})) == "{}");
    CHECK(flatc_json(folder, "kitchen.Box3OrLabel", to_wire(Wrapping(Label{"x", {}}))) ==
          R"({"label":{"text":"x"}})");

    KitchenSink sink{};
    sink.text = "";
    sink.count = 0;
    sink.colour = Colour::blue;
    sink.parcel.uuid = {1, 2};
    sink.price = {2'500'000, {{'E', 'U', 'R'}}};
    sink.maybe_count = 0;
    sink.colours = {Colour::red, Colour::blue};
    sink.days = {Date{-1}, Date{1}};
    sink.blobs = {Bytes{"ab"}, Bytes{}};
    sink.amount_rows = {{Money{-5, {}}}, {}};
    sink.stock = {{{"A"}, Money{1, {}}}, {{"B"}, Money{}}};
    sink.label = {"l", {}};
    sink.appended = 0;
    CHECK(flatc_json(folder, "kitchen.KitchenSink", to_wire(sink)) ==
          R"({"flag":true,"parcel":{"high":1,"low":2},"price":{"units":2500000,)"
          R"("currency":5395781},"colour":"blue","maybe_count":0,"colours":["red","blue"],)"
          R"("days":[{"days":-1},{"days":1}],"blobs":[{"value":[97,98]},{}],)"
          R"("amount_rows":[{"value":[{"minor":-5,"currency":0}]},{}],)"
          R"("stock":[{"key":"A","value":{"minor":1,"currency":0}},{"key":"B"}],)"
          R"("label":{"text":"l"},"wrapping":{"box3":{}},"tree":{},"appended":0,"greeting":"",)"
          R"("fallback":{}})");
}

TEST_CASE("stock flatc decodes random messages, and we read what it encodes again", "[wire]") {
    const auto folder = flatc_folder();
    Dice dice(11);
    for (int round = 0; round < 5; ++round) {
        const auto sink = random_value<KitchenSink>(dice);
        flatc_json(folder, "kitchen.KitchenSink", to_wire(sink));
        // Its own encoder shares no code with ours: other layout, same meaning.
        const std::string command = "cd '" + folder.string() +
                                    "' && flatc --binary --root-type kitchen.KitchenSink "
                                    "kitchen.fbs message.json > flatc.txt 2>&1";
        const int status = std::system(command.c_str());
        INFO(contents(folder / "flatc.txt"));
        REQUIRE(status == 0);
        const auto back = from_wire<KitchenSink>(contents(folder / "message.bin"));
        REQUIRE(back.has_value());
        CHECK(*back == sink);
    }
}

TEST_CASE("a stored schema prints what the program's own type prints", "[wire]") {
    const auto schema = stored(to_fbs("kitchen", kitchen));
    const Type* sink = schema->find("KitchenSink");
    REQUIRE(sink);
    CHECK(schema->find("kitchen.KitchenSink") == sink);
    CHECK(schema->find("Colour") == nullptr);
    CHECK(schema->find("Nothing") == nullptr);
    CHECK(schema->messages().size() == 4);
    Dice dice(5);
    for (int round = 0; round < 200; ++round) {
        const Box value = random_value(type_of<KitchenSink>(), dice);
        const std::string bytes = to_wire(type_of<KitchenSink>(), value.get());
        const auto json = wire_to_json(*sink, bytes);
        REQUIRE(json.has_value());
        CHECK(*json == wire_to_json(type_of<KitchenSink>(), bytes));
        CHECK(*json == json_by_wire(type_of<KitchenSink>(), value.get()));
        CHECK(wire_to_text(*sink, bytes) == wire_to_text(type_of<KitchenSink>(), bytes));
    }
}

TEST_CASE("what is personal is a core value in a stored schema, which nobody opens", "[wire]") {
    const auto folder = flatc_folder();
    Dossier dossier;
    dossier.about.uuid = {1, 2};
    dossier.name.sealed = "ab";
    dossier.name.fingerprint = "c";
    dossier.nickname.emplace();
    dossier.aliases = {dossier.name, {}};
    CHECK(flatc_json(folder, "kitchen.Dossier", to_wire(dossier)) ==
          R"({"about":{"high":1,"low":2},"name":{"sealed":[97,98],"fingerprint":[99]},)"
          R"("nickname":{},"aliases":[{"sealed":[97,98],"fingerprint":[99]},{}]})");

    const auto schema = stored(to_fbs("kitchen", kitchen));
    const Type& type = *schema->find("Dossier");
    CHECK(type.field("name")->type().kind == Kind::personal);
    CHECK(schema->about(*type.field("name")) == "about");
    CHECK(type.field("nickname")->meaning == "name");
    CHECK(wire_to_json(type, to_wire(dossier)) ==
          R"({"about":"00000000-0000-0001-0000-000000000002","name":{"sealed":true},)"
          R"("nickname":"","aliases":[{"sealed":true},""],"maybe_each":[],"by_depot":{},)"
          R"("notes":[],"remarks":[],"guests":[]})");
    Dice dice(6);
    for (int round = 0; round < 200; ++round) {
        const Box value = random_value(type_of<Dossier>(), dice);
        const std::string bytes = to_wire(type_of<Dossier>(), value.get());
        CHECK(wire_to_json(type, bytes) == json_by_wire(type_of<Dossier>(), value.get()));
        CHECK(wire_to_text(type, bytes) == wire_to_text(type_of<Dossier>(), bytes));
        flatc_json(folder, "kitchen.Dossier", round < 5 ? bytes : to_wire(Dossier{}));
    }

    const std::string fbs = to_fbs("kitchen", kitchen);
    const auto breaks = [&](std::string_view what, std::string_view with) {
        return schema_breaks(*schema, *stored(replaced(fbs, what, with)));
    };
    using Sentences = std::vector<std::string>;
    CHECK(breaks("name: PersonalText (id: 1, about: \"about\")",
                 "name: PersonalText (id: 1, about: \"aliases\")") ==
          Sentences{"Dossier.name is about somebody else"});
    CHECK(breaks("sealed_as: \"name\"", "sealed_as: \"nickname\"") ==
          Sentences{"Dossier.nickname is sealed as something else"});
    CHECK(breaks("name: PersonalText (id: 1, about: \"about\")", "name: string (id: 1)") ==
          Sentences{"Dossier.name was PersonalText and is text"});
    // A table that only calls itself so is none of ours.
    CHECK_FALSE(StoredSchema::read(schema_binary(
        replaced(fbs, "fingerprint: [ubyte] (id: 1);", "fingerprint: string (id: 1);"))));
}

TEST_CASE("a stored type says what the program's own type says", "[wire]") {
    const auto schema = stored(to_fbs("kitchen", kitchen));
    const Type& live = type_of<KitchenSink>();
    const Type& type = *schema->find("KitchenSink");
    CHECK(type.doc == live.doc);
    REQUIRE(type.fields.size() == live.fields.size());
    for (std::size_t i = 0; i < live.fields.size(); ++i) {
        CHECK(type.fields[i].name == live.fields[i].name);
        CHECK(type.fields[i].doc == live.fields[i].doc);
        CHECK(type.fields[i].retired == live.fields[i].retired);
        if (live.fields[i].retired) continue;
        const Type& one = type.fields[i].type();
        const Type& other = live.fields[i].type();
        CHECK(one.kind == other.kind);
        CHECK(one.thing.name == (other.kind == Kind::code || other.kind == Kind::id
                                     ? other.thing.name
                                     : std::string_view()));
    }
    CHECK(type.field("colour")->type().choices.at(1).name == "green");
    CHECK(type.field("colour")->type().choices.at(1).doc == "As \"grass\" is.");
    CHECK(schema->otherwise(*type.field("appended")) == "42");
    CHECK(schema->otherwise(*type.field("greeting")) == "\"hello\"");
    CHECK(schema->otherwise(*type.field("count")).empty());
}

TEST_CASE("hostile schemas and hostile messages are refused, not followed", "[wire]") {
    const std::string binary = schema_binary(to_fbs("kitchen", kitchen));
    const std::string bytes = to_wire(KitchenSink{});
    Dice dice(9);
    for (int round = 0; round < 4000; ++round) {
        std::string damaged = binary;
        for (std::uint64_t flips = 1 + dice.below(3); flips > 0; --flips)
            damaged[dice.below(damaged.size())] = static_cast<char>(dice.below(256));
        const auto schema = StoredSchema::read(damaged);
        const Type* sink = schema ? schema->find("KitchenSink") : nullptr;
        if (sink) wire_to_json(*sink, bytes);
    }
    CHECK_FALSE(StoredSchema::read(""));
    CHECK_FALSE(StoredSchema::read(std::string_view(binary).substr(0, binary.size() / 2)));

    const auto schema = stored(to_fbs("kitchen", kitchen));
    const Type& sink = *schema->find("KitchenSink");
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::string damaged = bytes;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x7f);
        const bool readable = from_wire<KitchenSink>(damaged).has_value();
        CHECK(wire_to_json(sink, damaged).has_value() == readable);
        // The last few octets may be padding that nobody reads.
        const auto cut = std::string_view(bytes).substr(0, i);
        CHECK(wire_to_json(sink, cut).has_value() == from_wire<KitchenSink>(cut).has_value());
        if (i + 8 <= bytes.size()) CHECK_FALSE(wire_to_json(sink, cut).has_value());
    }
}

TEST_CASE("a broken promise is named", "[wire]") {
    const std::string fbs = to_fbs("kitchen", kitchen);
    const auto released = stored(fbs);
    const auto breaks = [&](std::string_view what, std::string_view with) {
        return schema_breaks(*released, *stored(replaced(fbs, what, with)));
    };
    using Sentences = std::vector<std::string>;

    CHECK(schema_breaks(*released, *released).empty());
    CHECK(breaks("  last: Date (id: 1);\n", "") ==
          Sentences{"Period.last was taken out; retire it"});
    CHECK(breaks("  count: long (id: 1);", "  count: string (id: 1);") ==
          Sentences{"KitchenSink.count was integer and is text"});
    CHECK(breaks("maybe_count: long = null", "maybe_count: long") ==
          Sentences{"KitchenSink.maybe_count was optional integer and is integer"});
    CHECK(breaks("  depot: string (id: 4, kind: \"code\", thing: \"depot\");",
                 "  depot: string (id: 4);") ==
          Sentences{"KitchenSink.depot was code and is text"});
    CHECK(
        breaks("  green = 1,\n  /// As the sea.\n  blue = 2", "  blue = 1") ==
        Sentences{"Colour.green is no longer the value 1", "Colour.blue is no longer the value 2"});
    CHECK(breaks("  first: Date (id: 0);\n  /// Last day; not before the first.\n"
                 "  last: Date (id: 1);",
                 "  first: Date (id: 1);\n  last: Date (id: 0);") ==
          Sentences{"Period.first has lost its slot to last",
                    "Period.last has lost its slot to first"});
    CHECK(breaks("  box3: Box3 (id: 0);\n  label: Label (id: 1);", "  box3: Box3 (id: 0);") ==
          Sentences{"Box3OrLabel.Label is no longer alternative 1"});
    CHECK(breaks("  last: Date (id: 1);", "  last: Date (id: 1);\n  why: string (id: 2);") ==
          Sentences{"Period.why was appended, but is neither optional nor says what its absence "
                    "means"});
    CHECK(breaks("otherwise: \"42\"", "otherwise: \"43\"") ==
          Sentences{"KitchenSink.appended means something else where it is absent"});
    CHECK(breaks("  shade: bool (id: 16, deprecated);", "  shade: bool (id: 16);") ==
          Sentences{"KitchenSink.shade was retired and cannot come back"});
    CHECK(breaks("table Period (message) {", "table Span (message) {") ==
          Sentences{"Period is no longer there"});
}

TEST_CASE("what may grow, grows", "[wire]") {
    const std::string fbs = to_fbs("kitchen", kitchen);
    const auto released = stored(fbs);
    const auto breaks = [&](std::string_view what, std::string_view with) {
        return schema_breaks(*released, *stored(replaced(fbs, what, with)));
    };
    CHECK(breaks("  last: Date (id: 1);",
                 "  last: Date (id: 1);\n  why: string (id: 2, optional);\n"
                 "  how: string (id: 3, otherwise: \"\\\"plain\\\"\");\n"
                 "  gone: bool (id: 4, deprecated);")
              .empty());
    CHECK(breaks("  blue = 2", "  blue = 2,\n  white = 3").empty());
    CHECK(breaks("  last: Date (id: 1);", "  last: bool (id: 1, deprecated);").empty());
    CHECK(breaks("  label: Label (id: 1);", "  label: Label (id: 1);\n  period: Period (id: 2);")
              .empty());
    CHECK(breaks("/// A depot.", "/// Where it lies.").empty());
}

TEST_CASE("a message in lines is one value a line", "[wire]") {
    KitchenSink sink{};
    sink.amounts = {Money{1250, {{'E', 'U', 'R'}}}, Money{-7, {{'J', 'P', 'Y'}}}};
    sink.text = "two\nlines";
    const auto text = wire_to_text(type_of<KitchenSink>(), to_wire(sink));
    REQUIRE(text.has_value());
    CHECK(text->find("\namounts[0]: 12.50 EUR\namounts[1]: -7 JPY\n") != std::string::npos);
    CHECK(text->find("\ntext: \"two\\nlines\"\n") != std::string::npos);
    CHECK(text->find("\nwrapping.Box3.width_mm: 0\n") != std::string::npos);
}

TEST_CASE("JSON escapes what it must and mends what is no UTF-8", "[wire]") {
    const auto json = [](std::string text) {
        return wire_to_json(type_of<Label>(), to_wire(Label{std::move(text), {}})).value();
    };
    CHECK(json("a\"\\/\n\x01\x7f") == "{\"text\":\"a\\\"\\\\/\\n\\u0001\x7f\"}");
    // RFC 3629: a lone continuation, an overlong slash, a surrogate, beyond U+10FFFF.
    CHECK(json("\x80") == "{\"text\":\"\xef\xbf\xbd\"}");
    CHECK(json("\xc0\xaf") == "{\"text\":\"\xef\xbf\xbd\xef\xbf\xbd\"}");
    CHECK(json("\xed\xa0\x80") == "{\"text\":\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"}");
    CHECK(json("\xf4\x90\x80\x80").size() == json("").size() + 4 * 3);
    CHECK(json("\xf0\x9f\x93\xa6") == "{\"text\":\"\xf0\x9f\x93\xa6\"}");
}
