// Ids and codes: their text, where derived ones come from, and what a code may not be.
#include "domain/core/id.h"

#include <catch2/catch.hpp>
#include <random>
#include <set>
#include <string>
#include <type_traits>

namespace kontor {
namespace {

struct DealThing {
    static constexpr Thing thing{"deal", "deals"};
};
struct CustomerThing {
    static constexpr Thing thing{"customer", "customers"};
};

Uuid uuid(std::string_view text) {
    const auto read = uuid_from(text);
    INFO(text);
    REQUIRE(read);
    return *read;
}

}  // namespace

TEST_CASE("a uuid is read in either case and written in lower case") {
    const Uuid example = uuid("F81D4FAE-7DEC-11D0-A765-00a0c91e6bf6");
    CHECK(example.high == 0xF81D4FAE7DEC11D0);
    CHECK(example.low == 0xA76500A0C91E6BF6);
    CHECK(to_text(example) == "f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
    CHECK(to_text(Uuid{}) == "00000000-0000-0000-0000-000000000000");
    CHECK(to_text(Uuid{~0ULL, ~0ULL}) == "ffffffff-ffff-ffff-ffff-ffffffffffff");

    std::mt19937_64 random(9562);
    for (int i = 0; i < 2'000; ++i) {
        const Uuid any{random(), random()}, other{random() % 2 ? any.high : random(), random()};
        REQUIRE(uuid_from(to_text(any)) == any);
        REQUIRE((any < other) == (to_text(any) < to_text(other)));
    }
}

TEST_CASE("what is no uuid is refused") {
    using namespace std::string_view_literals;
    for (const auto text :
         {""sv, "f81d4fae7dec11d0a76500a0c91e6bf6"sv, "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}"sv,
          "f81d4fae-7dec-11d0-a765-00a0c91e6bf"sv, "f81d4fae-7dec-11d0-a765-00a0c91e6bf60"sv,
          "f81d4fae-7dec-11d0-a765-00a0c91e6bg6"sv, "f81d4fae-7dec-11d0-a765_00a0c91e6bf6"sv,
          "f81d4fa-e7dec-11d0-a765-00a0c91e6bf6"sv, "f81d4fae-7dec-11d0-a765--0a0c91e6bf6"sv,
          " 81d4fae-7dec-11d0-a765-00a0c91e6bf6"sv, "f81d4fae-7dec-11d0-a765-00a0c91e6bf\0"sv,
          "f81d4fae-7dec-11d0-a765-00a0c91e6b\xD9\xA3"sv,
          "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"sv})
        CHECK_FALSE(uuid_from(text));
}

TEST_CASE("the id of a name is the one that RFC 9562 works out in B.2") {
    const Uuid dns = uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    CHECK(to_text(named_uuid(dns, "www.example.com")) == "5c146b14-3c52-8afd-938a-375d0df1fbf6");
}

TEST_CASE("the id of a name is right where the hash goes over to another block") {
    // Computed with another implementation of SHA-256; the space's 16 octets come on top.
    struct Named {
        std::size_t length;
        const char* id;
    };
    const Named all[] = {{0, "374708ff-f771-8dd5-979e-c875d56cd228"},
                         {39, "0a933b5a-5d13-8831-be64-07e065da5cc7"},
                         {40, "4256d56a-7fd8-8b12-965e-80e35a63fd8f"},
                         {47, "266c0853-212e-8350-948f-2b877959e17d"},
                         {48, "93acce5b-314f-8e5b-ab3b-328b2bcab7aa"},
                         {103, "06f9eb1b-7d3d-80de-aafe-3bccea27eb0f"},
                         {104, "8f92954b-828c-8d44-b111-49824fa4972c"},
                         {112, "5e14efe1-fdf3-822a-a5ab-fb21bcfeec6f"},
                         {1000, "f8add590-a366-8941-9f26-47ac8e3eb51b"}};
    for (const Named& named : all)
        CHECK(to_text(named_uuid(Uuid{}, std::string(named.length, 'a'))) == named.id);
}

TEST_CASE("what a flow makes has the same id on every run") {
    // Ids are in the log for good: these values may never change.
    const Uuid receipt = uuid("0b7e1c52-93d4-4f6a-8e21-5a7c90d3f1b8");
    const std::string_view flow = "goods_receipt_posts_to_ledger";
    CHECK(to_text(derived_uuid(receipt, flow, 0)) == "e12c4782-bae5-83ce-b4d3-21eccbdbc45b");
    CHECK(to_text(derived_uuid(receipt, flow, 1)) == "b4c88e9c-97e5-849a-ad16-d3d6310c3955");
    CHECK(to_text(derived_uuid(receipt, flow, ~std::uint64_t{0})) ==
          "38465baf-6fb7-8718-9a58-db24e1c97b33");
    CHECK(to_text(derived_uuid("SI-2026-0042", flow, 0)) == "c36addbc-d32b-803c-aa61-3e82d958324a");
}

TEST_CASE("another cause, flow or count is another id") {
    std::set<Uuid> ids;
    std::size_t made = 0;
    for (const auto& cause : {Uuid{}, Uuid{0, 1}, Uuid{1, 0}})
        for (const char* flow : {"", "a", "b", "a1"})
            for (std::uint64_t count = 0; count < 12; ++count, ++made)
                ids.insert(derived_uuid(cause, flow, count));
    for (const char* cause : {"", "/", "0", "1/0", "a/0"})
        for (const char* flow : {"", "a", "b", "a1"})
            for (std::uint64_t count = 0; count < 12; ++count, ++made)
                ids.insert(derived_uuid(cause, flow, count));
    CHECK(ids.size() == made);
    for (const Uuid& id : ids) {
        CHECK((id.high >> 12 & 0xF) == 8);  // version
        CHECK(id.low >> 62 == 2);           // variant
    }
}

TEST_CASE("an id of one kind of thing does not pass for another's") {
    CHECK_FALSE(std::is_convertible_v<Id<DealThing>, Id<CustomerThing>>);
    CHECK_FALSE(std::is_constructible_v<Id<DealThing>, Id<CustomerThing>>);
    CHECK_FALSE(std::is_convertible_v<Code<DealThing>, Code<CustomerThing>>);
    CHECK_FALSE(std::is_convertible_v<Id<DealThing>, Uuid>);
    CHECK(type_of<Id<DealThing>>().kind == Kind::id);
    CHECK(type_of<Id<DealThing>>().thing.query == "deals");
    CHECK(type_of<Code<CustomerThing>>().kind == Kind::code);
    CHECK(type_of<Code<CustomerThing>>().thing.name == "customer");
    CHECK(&type_of<Id<DealThing>>() != &type_of<Id<CustomerThing>>());
}

TEST_CASE("text is UTF-8 when every character is written the one way it may be") {
    using namespace std::string_view_literals;
    for (const auto text : {""sv, "a"sv, "\0"sv, "\x7F"sv, "\xC2\x80"sv, "\xDF\xBF"sv,
                            "\xE0\xA0\x80"sv, "\xED\x9F\xBF"sv, "\xEE\x80\x80"sv, "\xEF\xBF\xBF"sv,
                            "\xF0\x90\x80\x80"sv, "\xF4\x8F\xBF\xBF"sv,
                            "Stra\xC3\x9F"
                            "e 7"sv})
        CHECK(is_utf8(text));
    for (const auto text : {"\x80"sv,
                            "\xBF"sv,
                            "\xC0\x80"sv,
                            "\xC1\xBF"sv,
                            "\xC2"sv,
                            "\xC2\x41"sv,
                            "\xC2\xC2"sv,
                            "\xE0\x80\x80"sv,
                            "\xE0\x9F\xBF"sv,
                            "\xE2\x82"sv,
                            "\xE2\x82\x41"sv,
                            "\xED\xA0\x80"sv,
                            "\xED\xBF\xBF"sv,
                            "\xF0\x80\x80\x80"sv,
                            "\xF0\x8F\xBF\xBF"sv,
                            "\xF0\x9F\x98"sv,
                            "\xF4\x90\x80\x80"sv,
                            "\xF5\x80\x80\x80"sv,
                            "\xF8\x88\x80\x80\x80"sv,
                            "\xFE"sv,
                            "\xFF"sv,
                            "ok\xC3"sv,
                            "ok\xC3ok"sv})
        CHECK_FALSE(is_utf8(text));
}

TEST_CASE("a code is what a user would call a thing") {
    using namespace std::string_view_literals;
    for (const auto text :
         {"4000"sv, "BK-M68B-42"sv, "a"sv, "two words"sv, "\xC3\x84rger & Co."sv, "a\xC2\xA0z"sv,
          "\xE6\x9D\xB1\xE4\xBA\xAC"sv, "\xF0\x9F\x98\x80"sv, "\"quoted\"/\\"sv})
        CHECK(fault_of_code(text).empty());
    CHECK(fault_of_code(std::string(64, 'x')).empty());

    CHECK(fault_of_code("") == "is empty");
    CHECK(fault_of_code(std::string(65, 'x')) == "is longer than 64 bytes");
    CHECK(fault_of_code(std::string(63, 'x') + "\xC3\xA4") == "is longer than 64 bytes");
    for (const auto text : {"\xFF"sv, "a\xC3"sv, "\xC0\xAF"sv, "\xED\xA0\x80"sv, "\xE0\x80\xAF"sv,
                            "\xF4\x90\x80\x80"sv})
        CHECK(fault_of_code(text) == "is not UTF-8");
    for (const auto text : {"\0"sv, "a\0"sv, "a\0z"sv, "a\tz"sv, "a\n"sv, "\x1F"sv, "\x7F"sv,
                            "a\xC2\x80z"sv, "\xC2\x9F"sv})
        CHECK(fault_of_code(text) == "has a control character");
    for (const auto text : {" "sv, " a"sv, " a "sv, "\xC2\xA0"sv,
                            "\xC2\xA0"
                            "a"sv})
        CHECK(fault_of_code(text) == "begins with a space");
    for (const auto text : {"a "sv, "a\xC2\xA0"sv, "a  "sv})
        CHECK(fault_of_code(text) == "ends with a space");
}

}  // namespace kontor
