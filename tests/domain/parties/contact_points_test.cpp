// Contact points: what can be reached, and what cannot be an address at all.
#include "domain/parties/contact_points.h"

#include "domain/parties/contact_forms.h"
#include "tests/domain/parties/known.h"

using namespace kontor;
using namespace kontor::parties;
using namespace kontor::parties::known;
using test::given;

TEST_CASE("an organisation gets a contact point and loses it") {
    auto story = given(acquainted());
    AddContactPoint add{acme, {"NOBODY"}, {"orders"}, ContactKind::email, "orders", ""};
    story.when(add).refused(party_unknown);
    add.party = {"SALIX"};
    story.when(add).refused(contact_address_malformed, "email, has no @");
    add.address = "orders@salix.example";
    const ContactPointAdded added{acme, {"SALIX"}, {"orders"}, ContactKind::email, add.address, ""};
    story.when(add).then(added);
    const RemoveContactPoint remove{acme, {"SALIX"}, {"orders"}};
    story.when(remove).refused(contact_point_unknown);
    story.happened(added);
    add.address = "orders";
    story.when(add).refused(contact_point_exists);
    story.when(remove).then(ContactPointRemoved{acme, {"SALIX"}, {"orders"}});
    story.when(RemoveContactPoint{acme, {"NOBODY"}, {"orders"}}).refused(party_unknown);
}

TEST_CASE("numbers and addresses are looked at by their kind") {
    CHECK(fault_of_telephone("+49 (711) 123-4567 ext 12").empty());
    CHECK(fault_of_telephone("110 99").empty());
    CHECK(fault_of_telephone("1234") == "has 4 digits, not 5 to 15");
    CHECK(fault_of_telephone("+49 711 CALL") ==
          "has more than digits, spaces, hyphens and brackets");
    CHECK(fault_of_email("info@firma.example").empty());
    CHECK(fault_of_email("info@firma") == "has no domain behind the @");
    CHECK(fault_of_email("info@firma..example") == "has no domain behind the @");
    CHECK(fault_of_email("@firma.example") == "has nothing before the @");
    CHECK(fault_of_email("in fo@firma.example") == "has a space");
    CHECK(fault_of_web("https://firma.example/shop?x=1").empty());
    CHECK(fault_of_web("https://firma.example:8443").empty());
    CHECK(fault_of_web("firma.example") == "does not begin with https:// or http://");
    CHECK(fault_of_web("https://firma") == "names no domain");
    auto story = given(acquainted());
    const auto add = [](ContactKind kind, const char* address) {
        return AddContactPoint{acme, {"SALIX"}, {"x"}, kind, address, ""};
    };
    story.when(add(ContactKind::fax, "none")).refused(contact_address_malformed);
    story.when(add(ContactKind::telephone, "none")).refused(contact_address_malformed);
    story.when(add(ContactKind::web, "none")).refused(contact_address_malformed);
    story.when(add(ContactKind::other, "Portal, shop 7")).accepted();
}
