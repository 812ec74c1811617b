// The seal opens for the person's key, the person and the meaning, and for nothing else.
#include "eventstore/seal.h"

#include "tests/support/dice.h"

#include <catch2/catch.hpp>

#include <set>

using namespace kontor;

namespace {

const Subject ann{"person", {1, 2}};

Unsealed opened(const SubjectKey& key, const PersonalText& value, std::string& text,
                const Subject& subject = ann, std::string_view meaning = "name") {
    text = "untouched";
    return unseal(key, subject, meaning, value, text);
}

}  // namespace

TEST_CASE("what was sealed opens as it was") {
    const SubjectKey key = SubjectKey::drawn();
    for (const std::string& text :
         {std::string("Ann"), std::string(16, 'x'), std::string(5000, '\xc3'),
          std::string("\0\x80", 2), std::string()}) {
        const PersonalText value = sealed_text(key, ann, "name", text);
        CHECK(value.plain.empty());
        std::string back;
        CHECK(opened(key, value, back) == Unsealed::opened);
        CHECK(back == text);
    }
}

TEST_CASE("another person, another meaning or another key does not open it") {
    const SubjectKey key = SubjectKey::drawn();
    const PersonalText value = sealed_text(key, ann, "name", "Ann Example");
    std::string text;
    CHECK(opened(key, value, text, {"person", {1, 3}}) == Unsealed::altered);
    CHECK(opened(key, value, text, {"customer", {1, 2}}) == Unsealed::altered);
    CHECK(opened(key, value, text, ann, "nickname") == Unsealed::altered);
    CHECK(opened(key, value, text, ann, "nam") == Unsealed::altered);
    CHECK(opened(SubjectKey::drawn(), value, text, {"person", {1, 3}}) == Unsealed::altered);
    CHECK(is_labelled(value, ann, "name"));
    CHECK_FALSE(is_labelled(value, {"person", {1, 3}}, "name"));
    CHECK_FALSE(is_labelled(value, ann, "nickname"));
    CHECK_FALSE(is_labelled({}, ann, "name"));
    CHECK(opened(SubjectKey::drawn(), value, text) == Unsealed::other_key);
    CHECK(text == "untouched");

    // The number of the key is put right: the key is another one all the same.
    const SubjectKey other = SubjectKey::drawn();
    PersonalText forged = value;
    forged.sealed.replace(5, 8, sealed_text(other, ann, "name", "x").sealed, 5, 8);
    CHECK(opened(other, forged, text) == Unsealed::altered);
}

TEST_CASE("no octet of it can be turned, taken away or added") {
    const SubjectKey key = SubjectKey::drawn();
    const PersonalText value = sealed_text(key, ann, "name", "Ann Example");
    std::string text;
    for (std::size_t at = 0; at < value.sealed.size(); ++at)
        for (int bit = 0; bit < 8; ++bit) {
            PersonalText turned = value;
            turned.sealed[at] = static_cast<char>(turned.sealed[at] ^ (1 << bit));
            CHECK(opened(key, turned, text) != Unsealed::opened);
        }
    for (std::size_t at = 0; at < value.fingerprint.size(); ++at) {
        PersonalText turned = value;
        turned.fingerprint[at] = static_cast<char>(turned.fingerprint[at] ^ 1);
        CHECK(opened(key, turned, text) == Unsealed::altered);
    }
    for (std::size_t length = 0; length < value.sealed.size(); ++length) {
        PersonalText cut = value;
        cut.sealed.resize(length);
        CHECK(opened(key, cut, text) != Unsealed::opened);
    }
    PersonalText longer = value;
    longer.sealed += '\0';
    CHECK(opened(key, longer, text) == Unsealed::altered);
    test::Dice dice(3);
    for (int round = 0; round < 2000; ++round) {
        PersonalText garbage;
        garbage.sealed.resize(dice.below(150));
        for (char& octet : garbage.sealed) octet = static_cast<char>(dice.below(256));
        CHECK(opened(key, garbage, text) != Unsealed::opened);
    }
}

TEST_CASE("fingerprints compare what one person says with one meaning, and nothing else") {
    const SubjectKey key = SubjectKey::drawn();
    const PersonalText value = sealed_text(key, ann, "name", "Ann");
    const PersonalText again = sealed_text(key, ann, "name", "Ann");
    CHECK(value == again);
    CHECK(value.sealed != again.sealed);
    CHECK_FALSE(value == sealed_text(key, ann, "name", "Anna"));
    CHECK_FALSE(value == sealed_text(key, ann, "nickname", "Ann"));
    CHECK_FALSE(value == sealed_text(SubjectKey::drawn(), ann, "name", "Ann"));
    CHECK(value.fingerprint.size() == 16);
}

TEST_CASE("the octets do not tell how long a short text is") {
    const SubjectKey key = SubjectKey::drawn();
    std::set<std::size_t> sizes;
    for (std::size_t length = 0; length < 16; ++length)
        sizes.insert(sealed_text(key, ann, "name", std::string(length, 'x')).sealed.size());
    CHECK(sizes.size() == 1);
}
