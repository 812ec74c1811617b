// The API's own description: what it says of each message, and that validators of others accept it.
#include "api/openapi.h"

#include "api/server.h"
#include "domain/contexts.h"
#include "projections/projection.h"
#include "tests/api/meal.h"
#include "tests/support/dossier.h"
#include "tests/support/kitchen_sink.h"
#include "tests/support/random_values.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace kontor;
using namespace kontor::restaurant;

namespace fs = std::filesystem;

namespace {

constexpr Reason kitchen_closed{Refusal::conflict, "kitchen_closed", "It is past ten."};
constexpr Reason dish_unknown{Refusal::missing, "dish_unknown", "Not on the card."};

struct MealEaten {
    OrderId order;
    Branch menu;
    static void describe(auto& event) {
        event.record("MealEaten", "It was good.")
            .field("order", &MealEaten::order, "Which.")
            .field("menu", &MealEaten::menu, "Of this card.");
    }
};

struct Meals {
    DishCode dish;
    std::vector<Course> courses;
    std::map<DishCode, std::int64_t> sides;
    std::optional<Money> dearer_than;
    static void describe(auto& query) {
        query.record("Meals", "What was ordered.")
            .field("dish", &Meals::dish, "Of this dish.")
            .field("courses", &Meals::courses, "Of these.")
            .field("sides", &Meals::sides, "With these.")
            .field("dearer_than", &Meals::dearer_than, "Than this.")
            .template answers<Meal>(Times::both)
            .template totals<Cash>();
    }
};

// Of another context, of the same name.
struct Line {
    std::int64_t number = 0;
    static void describe(auto& line) { line.record("Line", "").field("number", &Line::number, ""); }
};
struct OtherLine {
    std::string text;
    static void describe(auto& line) {
        line.record("Line", "").field("text", &OtherLine::text, "");
    }
};
struct Lines {
    std::vector<Line> lines;
    std::vector<OtherLine> others;
    std::optional<Branch> menu;
    static void describe(auto& query) {
        query.record("Lines", "Two of a name.")
            .field("lines", &Lines::lines, "")
            .field("others", &Lines::others, "")
            .field("menu", &Lines::menu, "");
    }
};

ApiDescription the_restaurant() {
    ApiDescription api;
    api.version = "1.2.3";
    api.contexts = {{"kitchen", "Cooks."}, {"hall", "Serves."}};
    // A command of any type will do; the body is what is described.
    api.commands = {
        {&type_of<Meal>(),
         "kitchen",
         {&type_of<MealEaten>()},
         {{&kitchen_closed, {}}, {&dish_unknown, {}}, {&dish_unknown, "meal_reserves_a_table"}},
         std::string(a_meal)},
        {&type_of<Lines>(), "hall", {}, {}, {}},
        {&type_of<test::KitchenSink>(), "hall", {}, {}, {}},
        {&type_of<test::Dossier>(), "hall", {&type_of<test::Dossier>()}, {}, {}}};
    // The example leaves out what is optional; null is what the schema does not say.
    std::string& example = api.commands[0].example;
    example.replace(example.find("\"voucher\": null,"), 16, "");
    api.events = {{&type_of<MealEaten>(), "kitchen"}};
    api.queries = {{&type_of<Meals>(), "hall", true}};
    return api;
}

const fs::path tools = fs::path(KONTOR_BINARY_DIR) / "openapi_check";

void write_file(const fs::path& path, std::string_view text) {
    std::ofstream out(path, std::ios::binary);
    out << text;
    REQUIRE(out.flush());
}

std::string file_text(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

// What the command printed when it failed; empty when it ended with 0.
std::string failure_of(const std::string& command) {
    const fs::path output = tools / "output.txt";
    const int ended = std::system((command + " > '" + output.string() + "' 2>&1").c_str());
    return ended == 0 ? std::string() : "'" + command + "' failed:\n" + file_text(output);
}

// Installs the validators that the lock file names into the build folder, once.
void install_validators() {
    fs::create_directories(tools);
    const fs::path source = fs::path(KONTOR_SOURCE_DIR) / "tests/api/openapi";
    for (const char* name : {"package.json", "package-lock.json", "check.mjs"})
        fs::copy_file(source / name, tools / name, fs::copy_options::overwrite_existing);
    const std::string lock = file_text(tools / "package-lock.json");
    if (file_text(tools / "installed.json") == lock) return;
    if (!failure_of("node --version").empty() || !failure_of("npm --version").empty())
        FAIL(
            "node and npm are needed to validate the OpenAPI document: on Debian 12 "
            "`apt-get install nodejs npm`, or `tools/dev setup`.");
    const std::string cache = (fs::path(KONTOR_SOURCE_DIR) / "build/.npm").string();
    const std::string wrong =
        failure_of("cd '" + tools.string() +
                   "' && npm_config_update_notifier=false npm ci --ignore-scripts --no-audit "
                   "--no-fund --cache '" +
                   cache + "'");
    INFO(wrong);
    REQUIRE(wrong.empty());
    write_file(tools / "installed.json", lock);
}

std::string validated(const std::string& document, const std::string& instances = "[]") {
    install_validators();
    write_file(tools / "openapi.json", document);
    write_file(tools / "instances.json", instances);
    return failure_of("cd '" + tools.string() + "' && node check.mjs openapi.json instances.json");
}

// A list of {component, valid, instance} for the validator.
class Instances {
public:
    void add(std::string_view component, bool valid, std::string_view json) {
        text_ += text_.empty() ? "[" : ",\n";
        text_ += "{\"component\":\"" + std::string(component) +
                 "\",\"valid\":" + (valid ? "true" : "false") +
                 ",\"instance\":" + std::string(json) + "}";
    }
    template <class T>
    void add(std::string_view component, const T& value) {
        add(component, true, write_json(type_of<T>(), &value));
    }
    std::string text() const { return text_ + "]"; }

private:
    std::string text_;
};

bool says(const std::string& document, std::string_view part) {
    return document.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("each message is a route, a component and its reasons") {
    const std::string text = openapi_text(the_restaurant());
    for (const std::string_view part : {R"("openapi":"3.1.0")",
                                        R"("version":"1.2.3")",
                                        R"("/commands/Meal":{"post":)",
                                        R"("/commands":{"post":)",
                                        R"("/queries/Meals":{"get":)",
                                        R"("/queries/Meals/explain":)",
                                        R"("/events":)",
                                        R"("/openapi.json":)",
                                        R"("/health/live":)",
                                        R"("/health/ready":)",
                                        R"("/metrics":)",
                                        R"("/checkpoint":{"post":)",
                                        R"("kitchen.Meal":)",
                                        R"("kitchen.MealEaten":)",
                                        R"("kitchen.Branch":)",
                                        R"("hall.Line":)",
                                        R"("hall.Line_2":)",
                                        R"("Money":)",
                                        R"("Quantity":)",
                                        R"("UnitPrice":)",
                                        R"("Period":)",
                                        R"("kitchen.Course":)",
                                        R"("Idempotency-Key")",
                                        R"("dry_run")",
                                        R"("atomic")",
                                        R"("known_at")",
                                        R"("valid_at")",
                                        R"("min_position")",
                                        R"("text/csv")",
                                        R"("Last-Event-ID")",
                                        R"("dearer_than_currency")",
                                        R"("style":"deepObject")"}) {
        CAPTURE(part);
        CHECK(says(text, part));
    }
    // Seen first in the kitchen, so it is the kitchen's, wherever else it is used.
    CHECK_FALSE(says(text, "hall.Branch"));
    // A command's 409 has its own conflicts and those of the rules it reaches; 404 its own.
    CHECK(says(text, R"("code":{"enum":["kitchen_closed","dish_unknown"]})"));
    CHECK(says(text, "by the rule meal_reserves_a_table"));
    CHECK(says(text, R"("code":{"enum":["dish_unknown"]})"));
    CHECK(openapi_text(the_restaurant()) == text);
}

TEST_CASE("bounds, things and choices stand in the schema") {
    const std::string text = openapi_text(the_restaurant());
    for (const std::string_view part :
         {R"("guests":{"type":"integer","format":"int64","minimum":1,"maximum":12,)",
          R"("note":{"type":"string","maxLength":40,)",
          R"("last_digits":{"type":"string","minLength":1,"maxLength":4,)",
          R"("dish":{"type":"string","minLength":1,"maxLength":64,"x-kontor-thing":)"
          R"({"name":"dish","query":"dishes"})",
          R"("order":{"type":"string","format":"uuid","x-kontor-thing":{"name":"order"})",
          R"("day":{"type":"string","format":"date",)",
          R"("served":{"type":"string","format":"date-time",)",
          R"("days":{"type":"array","items":{"type":"string","format":"date"},"maxItems":3,)",
          R"("enum":["starter","main","dessert"])", R"(- `main`: Fills.)",
          R"("description":"Of the price. At least 0. At most 100.")",
          R"("description":"Of all. At least 1 of the currency's smallest units.")",
          R"("default":3)", R"("additionalProperties":false)"}) {
        CAPTURE(part);
        CHECK(says(text, part));
    }
    CHECK_FALSE(says(text, "\"waiter\""));
}

TEST_CASE("independent validators accept the document, and it allows what Kontor writes") {
    Instances instances;
    test::Dice dice(2020);
    for (int round = 0; round < 40; ++round) {
        instances.add("kitchen.Meal", test::random_value<Meal>(dice));
        auto sink = test::random_value<test::KitchenSink>(dice);
        // An absence within an absence is a null that the schema has no word for.
        sink.maybe_maybe.reset();
        instances.add("hall.KitchenSink", sink);
        auto dossier = test::random_value<test::Dossier>(dice);
        std::erase(dossier.maybe_each, std::nullopt);
        instances.add("hall.Dossier_answered", dossier);
        test::unsealed(type_of<test::Dossier>(), &dossier, dice);
        instances.add("hall.Dossier_answered", dossier);
        instances.add("hall.Dossier", dossier);
    }
    // What Kontor refuses, the schema refuses too.
    for (const std::string_view price :
         {R"({"amount":1.5,"currency":"EUR"})", R"({"amount":"1.5"})",
          R"({"amount":"1,5","currency":"EUR"})", R"({"amount":"1.5","currency":"eur"})",
          R"({"amount":"1.5","currency":"EUR","x":1})", R"({"amount":"01","currency":"EUR"})",
          R"({"amount":"0.00001","currency":"EUR"})"})
        instances.add("Money", false, price);
    instances.add("Money", true, R"({"amount":"-1.5000000","currency":"EUR"})");
    instances.add("Quantity", false, R"({"amount":"1.5","unit":"a long unit"})");
    instances.add("kitchen.Card", false, R"({"last_digits":"00421"})");
    instances.add("kitchen.Branch", false, R"({"name":"a","twig":1})");
    instances.add("kitchen.Branch", false, R"({"branches":[]})");
    instances.add("kitchen.Branch", true, R"({"name":"a","branches":[{"name":"b"}]})");
    instances.add("PersonalText", true, R"({"erased":true})");
    instances.add("PersonalText", true, R"("Ann")");
    instances.add("PersonalText", false, "null");
    instances.add("PersonalText", false, R"({"erased":false})");
    instances.add("hall.Note", true, R"({"topic":"a","text":"b"})");
    instances.add("hall.Note", false, R"({"topic":"a","text":{"sealed":true}})");
    instances.add("kitchen.Course", false, R"("supper")");
    instances.add("Problem", true,
                  R"({"type":"urn:kontor:problem:busy","title":"t","status":503,"code":"busy"})");
    const std::string wrong = validated(openapi_text(the_restaurant()), instances.text());
    INFO(wrong);
    CHECK(wrong.empty());
}

TEST_CASE("independent validators accept the program's own document") {
    const auto catalog = make_catalog();
    const std::string document = openapi_of(*catalog, read_models());
    for (const Catalog::Command& command : catalog->commands())
        CHECK(says(document, "\"/commands/" + std::string(command.spec->type->name) + "\""));
    const std::string wrong = validated(document);
    INFO(wrong);
    CHECK(wrong.empty());
}

TEST_CASE("the validators see what is wrong") {
    std::string document = openapi_text(the_restaurant());
    document.replace(document.find("\"info\""), 6, "\"unfo\"");
    CHECK_THAT(validated(document), Catch::Contains("no OpenAPI 3.1"));

    document = openapi_text(the_restaurant());
    const std::string reference = "#/components/schemas/Money";
    document.replace(document.find(reference), reference.size(), "#/components/schemas/Mony");
    CHECK_FALSE(validated(document).empty());

    ApiDescription api = the_restaurant();
    api.commands[0].example = R"({"hot": 1})";
    CHECK_THAT(validated(openapi_text(api)), Catch::Contains("its example is refused"));

    Instances instances;
    instances.add("Money", true, R"({"amount":1,"currency":"EUR"})");
    CHECK_THAT(validated(openapi_text(the_restaurant()), instances.text()),
               Catch::Contains("Money refuses"));
}
