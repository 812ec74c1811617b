// Questions in addresses, there and back, and answers as CSV.
#include "api/query_text.h"

#include "projections/projection.h"
#include "tests/api/meal.h"
#include "tests/support/random_values.h"

#include <array>

using namespace kontor;
using namespace kontor::restaurant;

namespace {

using Faults = std::vector<Fault>;

struct MealsServed {
    DishCode dish;
    std::optional<Date> from;
    std::vector<Course> courses;
    std::optional<std::vector<std::int64_t>> tables;
    std::map<std::string, std::string> notes;
    std::map<DishCode, std::int64_t> sides;
    std::optional<Money> dearer_than;
    std::int64_t guests = 0;
    bool hot = false;
    bool operator==(const MealsServed&) const = default;
    static void describe(auto& query) {
        query.record("MealsServed", "What was eaten.")
            .field("dish", &MealsServed::dish, "Of this dish.")
            .field("from", &MealsServed::from, "Since this day.")
            .field("courses", &MealsServed::courses, "Of these.")
            .longest(2)
            .field("tables", &MealsServed::tables, "At these.")
            .least(1)
            .field("notes", &MealsServed::notes, "With these words.")
            .field("sides", &MealsServed::sides, "With at least so many.")
            .field("dearer_than", &MealsServed::dearer_than, "In this currency.")
            .retired("waiter")
            .field("guests", &MealsServed::guests, "At least.")
            .least(0)
            .otherwise(std::int64_t{1})
            .field("hot", &MealsServed::hot, "Steaming.")
            .otherwise(false);
    }
};

constexpr std::array<std::string_view, 2> of_the_page = {"limit", "after"};

Faults asked(std::string_view text, MealsServed& query) {
    Faults faults;
    const auto parameters = url_parameters(text, faults);
    for (const Fault& fault : read_query(type_of<MealsServed>(), parameters, of_the_page, &query))
        faults.push_back(fault);
    return faults;
}

Faults faults_of(std::string_view text) {
    MealsServed query;
    return asked(text, query);
}

struct Served {
    std::string name;
    std::optional<Money> price;
    Quantity eaten;
    std::optional<Period> season;
    std::vector<std::int64_t> tables;
    Branch menu;
    std::int64_t change = 0;
    DishCode dish;
    static void describe(auto& row) {
        row.record("Served", "A row.")
            .field("name", &Served::name, "")
            .field("price", &Served::price, "")
            .field("eaten", &Served::eaten, "")
            .field("season", &Served::season, "")
            .field("tables", &Served::tables, "")
            .field("menu", &Served::menu, "")
            .retired("tip")
            .field("change", &Served::change, "")
            .field("dish", &Served::dish, "");
    }
};

std::string row_of(const Served& row) {
    std::string text;
    CsvTable(type_of<Served>()).append_row(&row, text);
    return text;
}

}  // namespace

TEST_CASE("an address is taken apart as browsers put it together") {
    Faults faults;
    CHECK(url_parameters("a=1&b=x+y%26%C3%A9&a=&c&&d[e]=f%5Bg%5D&h%5Bi]=j=k", faults) ==
          std::vector<UrlParameter>{{"a", {}, "1"},
                                    {"b", {}, "x y&\xC3\xA9"},
                                    {"a", {}, ""},
                                    {"c", {}, ""},
                                    {"d", "e", "f[g]"},
                                    {"h", "i", "j=k"}});
    CHECK(faults.empty());
    CHECK(url_parameters("", faults).empty());
}

TEST_CASE("what is no percent encoding or no UTF-8 is a fault of its parameter") {
    for (const char* text : {"a=%", "a=%4", "a=%4g", "a=%%41"}) {
        Faults faults;
        CHECK(url_parameters(text, faults).empty());
        CHECK(faults == Faults{{"/a", "has a % without two hexadecimal digits behind it"}});
    }
    Faults faults;
    CHECK(url_parameters("a=%FF&b=%C3%28", faults).empty());
    CHECK(faults == Faults{{"/a", "is not UTF-8"}, {"/b", "is not UTF-8"}});
    // The name itself is told in UTF-8, whatever was sent.
    faults.clear();
    CHECK(url_parameters("a\xff=1&%FF=2", faults).empty());
    CHECK(faults == Faults{{"/a%FF", "is not UTF-8"}, {"/%FF", "is not UTF-8"}});
}

TEST_CASE("a question is read into its fields") {
    MealsServed query;
    CHECK(asked("dish=soup%2F7&from=2024-02-29&courses=main&courses=dessert&tables=4&"
                "notes[salt]=no+more&notes[%5B]=x&sides[rice]=2&dearer_than=12.50&"
                "dearer_than_currency=EUR&hot=true&limit=5&after=abc",
                query) == Faults{});
    MealsServed expected;
    expected.dish = {"soup/7"};
    expected.from = date_of(2024, 2, 29);
    expected.courses = {Course::main, Course::dessert};
    expected.tables = {4};
    expected.notes = {{"salt", "no more"}, {"[", "x"}};
    expected.sides = {{{"rice"}, 2}};
    expected.dearer_than = money_from("12.50", *currency_from("EUR"));
    expected.guests = 1;
    expected.hot = true;
    CHECK(query == expected);
}

TEST_CASE("every fault of a question is told with the name of its parameter") {
    CHECK(faults_of("from=29.02.2024&courses=main&courses=supper&courses=starter&tables=0&tables=x&"
                    "notes=salt&sides[rice]=many&sides[]=1&dearer_than=1.234&"
                    "dearer_than_currency=EUR&guests=-1&hot&hot=true&colour=red&dish[x]=y") ==
          Faults{
              {"/dish", "takes no [key]"},
              {"/from", "must be a day of the calendar as YYYY-MM-DD"},
              {"/courses", "must have at most 2 items"},
              {"/courses", "must be one of starter, main, dessert"},
              {"/tables", "must be at least 1"},
              {"/tables", "must be a whole number of 64 bits, without point or exponent"},
              {"/notes", "needs a [key]"},
              {"/sides[rice]", "must be a whole number of 64 bits, without point or exponent"},
              {"/sides[]", "has a key that " + std::string(fault_of_code(""))},
              {"/dearer_than", "has more than 2 digits after the point, which is all that EUR has"},
              {"/guests", "must be at least 0"},
              {"/hot", "stands twice"},
              {"/colour", "is not a parameter of MealsServed"}});
    CHECK(faults_of("") == Faults{{"/dish", "is missing"}});
    CHECK(faults_of("dish=a&dearer_than=5") == Faults{{"/dearer_than_currency", "is missing"}});
    CHECK(faults_of("dish=a&dearer_than_currency=EUR") == Faults{{"/dearer_than", "is missing"}});
    CHECK(faults_of("dish=a&notes[b]=1&notes[b]=2") == Faults{{"/notes[b]", "stands twice"}});
    CHECK(faults_of("dish=a&waiter=Ada") ==
          Faults{{"/waiter", "is not a parameter of MealsServed"}});
}

TEST_CASE("a question is written as an address and read as the same") {
    MealsServed query;
    query.dish = {"a b&c"};
    query.courses = {Course::starter};
    query.notes = {{"", "="}};
    query.dearer_than = money_from("3", *currency_from("JPY"));
    CHECK(query_text(type_of<MealsServed>(), &query) ==
          "dish=a%20b%26c&courses=starter&notes[]=%3D&dearer_than=3&dearer_than_currency=JPY&"
          "guests=0&hot=false");
    test::Dice dice(3986);
    for (int round = 0; round < 300; ++round) {
        auto drawn = test::random_value<MealsServed>(dice);
        if (drawn.tables && drawn.tables->empty()) drawn.tables.reset();
        const std::string text = query_text(type_of<MealsServed>(), &drawn);
        CAPTURE(text);
        MealsServed again;
        CHECK(asked(text, again) == Faults{});
        CHECK(again == drawn);
    }
}

TEST_CASE("every question of the program goes to an address and back") {
    test::Dice dice(1738);
    std::size_t queries = 0;
    for (const ReadModelSpec& model : read_models())
        for (const QuerySpec& query : model.queries) {
            const Type& type = *query.type;
            CAPTURE(type.name);
            REQUIRE(fits_in_address(type));
            ++queries;
            for (int round = 0; round < 20; ++round) {
                const Box drawn = test::random_value(type, dice);
                test::unsealed(type, drawn.get(), dice);
                const std::string text = query_text(type, drawn.get());
                CAPTURE(text);
                Faults faults;
                const auto parameters = url_parameters(text, faults);
                const Box again = box(type);
                CHECK(read_query(type, parameters, {}, again.get()) == Faults{});
                CHECK(query_text(type, again.get()) == text);
            }
        }
    CHECK(queries > 0);
}

TEST_CASE("a scrambled question is read or refused, and never more") {
    test::Dice dice(7);
    const std::string whole = "dish=soup%2F7&courses=main&notes[salt]=no+more&sides[rice]=2";
    for (int round = 0; round < 5'000; ++round) {
        std::string text = whole;
        for (int flips = 0; flips < 3; ++flips)
            text[dice.below(text.size())] = static_cast<char>(dice.next());
        MealsServed query;
        const Faults faults = asked(text, query);
        if (faults.empty()) CHECK(query.dish.text.size() > 0);
    }
}

TEST_CASE("only what is flat fits in an address") {
    CHECK(fits_in_address(type_of<MealsServed>()));
    CHECK_FALSE(fits_in_address(type_of<Meal>()));
    CHECK_FALSE(fits_in_address(type_of<Branch>()));
    CHECK_FALSE(fits_in_address(type_of<std::vector<Date>>()));
}

TEST_CASE("rows are CSV with two columns for an amount and a column for an inner field") {
    std::string header;
    CsvTable(type_of<Served>()).append_header(header);
    CHECK(header ==
          "name,price,price_currency,eaten,eaten_unit,season.first,season.last,tables,menu.name,"
          "menu.branches,change,dish\r\n");
    Served row;
    row.name = "soup, \"hot\"\nand salty";
    row.price = money_from("-4.20", *currency_from("EUR"));
    row.eaten = *quantity_from("0.5", *unit_from("kg"));
    row.season = Period{*date_of(2024, 1, 1), *date_of(2024, 3, 31)};
    row.tables = {1, 2};
    row.menu = {"card", {{"wine", {}}}};
    row.change = -3;
    row.dish = {"soup/7"};
    CHECK(row_of(row) ==
          "\"soup, \"\"hot\"\"\nand salty\",-4.20,EUR,0.5,kg,2024-01-01,2024-03-31,\"[1,2]\",card,"
          "\"[{\"\"name\"\":\"\"wine\"\",\"\"branches\"\":[]}]\",-3,soup/7\r\n");
    Served empty;
    empty.eaten = *quantity_from("0", *unit_from("kg"));
    empty.dish = {"x"};
    CHECK(row_of(empty) == ",,,0,kg,,,[],,[],0,x\r\n");
}

namespace {

struct Sold {
    std::string dish;
    std::map<std::string, Money> by_day;
    std::map<std::string, std::string> notes;
    static void describe(auto& row) {
        row.record("Sold", "A row.")
            .field("dish", &Sold::dish, "")
            .field("by_day", &Sold::by_day, "")
            .field("notes", &Sold::notes, "");
    }
};

}  // namespace

TEST_CASE("a map of amounts has a column a key of the first row, another map is one cell") {
    const auto eur = [](const char* amount) { return *money_from(amount, *currency_from("EUR")); };
    const Sold first{"soup", {{"mon", eur("1.00")}, {"tue, wed", eur("-2.50")}}, {{"a", "b"}}};
    const CsvTable table(type_of<Sold>(), std::make_shared<const Sold>(first));
    std::string text;
    table.append_header(text);
    table.append_row(&first, text);
    const Sold other{"cake", {{"mon", eur("3.00")}, {"sun", eur("9.00")}}, {}};
    table.append_row(&other, text);
    CHECK(text ==
          "dish,by_day[mon],by_day[mon]_currency,\"by_day[tue, wed]\",\"by_day[tue, "
          "wed]_currency\",notes\r\n"
          "soup,1.00,EUR,-2.50,EUR,\"{\"\"a\"\":\"\"b\"\"}\"\r\n"
          "cake,3.00,EUR,,,{}\r\n");
    std::string none;
    CsvTable(type_of<Sold>()).append_header(none);
    CHECK(none == "dish,notes\r\n");
}

TEST_CASE("a text that a spreadsheet would calculate gets an apostrophe, a number does not") {
    Served row;
    row.eaten = *quantity_from("-1", *unit_from("=kg"));
    row.change = -3;
    for (const char first : {'=', '+', '-', '@', '\t', '\r'}) {
        row.name = first + std::string("1");
        row.dish = {"-7"};
        const std::string text = row_of(row);
        CAPTURE(text);
        CHECK_THAT(text, Catch::StartsWith(first == '\r' ? "\"'\r1\"," : "'" + row.name + ","));
        CHECK_THAT(text, Catch::EndsWith(",-1,'=kg,,,[],,[],-3,'-7\r\n"));
    }
    row.name = "1=1";
    CHECK_THAT(row_of(row), Catch::StartsWith("1=1,"));
}
