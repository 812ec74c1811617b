// Addresses of a counterparty: by purpose, dated, one of each purpose taken by default.
#include "domain/parties/addresses.h"

#include "domain/parties/dealings.h"
#include "tests/domain/parties/known.h"

using namespace kontor;
using namespace kontor::parties;
using namespace kontor::parties::known;
using test::given;

namespace {

constexpr auto seat = AddressPurpose::registered;
constexpr auto delivery = AddressPurpose::delivery;
constexpr auto invoice = AddressPurpose::invoice;
const CounterpartyCode salix{"S-GMBH"};

PostalAddress at(const char* country) { return {{"Weidenweg 7"}, "70173", "City", "", {country}}; }
AddAddress add(const char* address, std::vector<AddressPurpose> purposes) {
    return {acme, salix, {address}, std::move(purposes), at("DE"), day("2026-01-01")};
}
AddressAdded added(const char* address, std::vector<AddressPurpose> purposes,
                   std::vector<AddressPurpose> preferred) {
    return {acme,
            salix,
            {address},
            std::move(purposes),
            at("DE"),
            day("2026-01-01"),
            std::move(preferred)};
}

}  // namespace

TEST_CASE("an address is added, and the first of a purpose is taken by default") {
    auto story = given(acquainted());
    AddAddress wrong = add("HQ", {invoice, seat, invoice});
    wrong.counterparty = {"NOBODY"};
    story.when(wrong).refused(counterparty_unknown);
    wrong.counterparty = salix;
    wrong.postal.country = {"EU"};
    story.when(wrong).refused(country_unknown, "country EU");
    wrong.postal.country = {"DE"};
    story.when(wrong).then(added("HQ", {seat, invoice}, {seat, invoice}));
    story.happened(added("HQ", {seat, invoice}, {seat, invoice}));
    wrong.postal.country = {"EU"};
    story.when(wrong).refused(address_exists);
    story.when(add("BARN", {invoice, delivery}))
        .then(added("BARN", {delivery, invoice}, {delivery}));
}

TEST_CASE("an address is written anew, preferred and ended") {
    auto story = given(acquainted(), added("HQ", {seat, delivery}, {seat, delivery}),
                       added("BARN", {delivery}, {}));
    ChangeAddress change{acme, {"NOBODY"}, {"HUT"}, {seat}, at("EU"), day("2026-03-01")};
    PreferAddress prefer{acme, {"NOBODY"}, {"HUT"}, invoice};
    EndAddress end{acme, {"NOBODY"}, {"HUT"}, day("2025-12-31")};
    story.when(change).refused(counterparty_unknown);
    story.when(prefer).refused(counterparty_unknown);
    story.when(end).refused(counterparty_unknown);
    change.counterparty = prefer.counterparty = end.counterparty = salix;
    story.when(change).refused(address_unknown);
    story.when(prefer).refused(address_unknown);
    story.when(end).refused(address_unknown);
    change.address = prefer.address = end.address = {"BARN"};
    story.when(change).refused(country_unknown);
    story.when(prefer).refused(address_not_for, "address BARN, invoice");
    story.when(end).refused(end_before_beginning);
    change.postal = at("AT");
    prefer.purpose = delivery;
    end.until = {};
    const AddressChanged changed{acme, salix, {"BARN"}, {seat}, at("AT"), day("2026-03-01")};
    story.when(change).then(changed);
    story.when(prefer).then(AddressPreferred{acme, salix, {"BARN"}, delivery});
    const AddressEnded ended{acme, salix, {"BARN"}, day("2026-05-15")};
    story.when(end, today()).then(ended);
    story.happened(ended);
    story.when(change).refused(address_ended, "address BARN, 2026-05-15");
    story.when(prefer).refused(address_ended);
    story.when(end).refused(address_ended);
}

TEST_CASE("the country of an address is that of the day") {
    auto story = given(acquainted(), added("HQ", {seat}, {seat}));
    story.happened(AddressChanged{acme, salix, {"HQ"}, {seat}, at("AT"), day("2026-03-01")});
    story.happened(AddressChanged{acme, salix, {"HQ"}, {seat}, at("CH"), day("2026-02-01")});
    const Address& hq = *story.world().of<Addresses>().find({acme, salix, {"HQ"}});
    CHECK(country_on(hq, day("2025-06-01")).text == "DE");
    CHECK(country_on(hq, day("2026-01-31")).text == "DE");
    CHECK(country_on(hq, day("2026-02-28")).text == "CH");
    CHECK(country_on(hq, day("2026-03-01")).text == "AT");
}

TEST_CASE("the address for a purpose is the preferred one, the first, or the seat") {
    auto story = given(acquainted(), added("HQ", {seat}, {seat}),
                       added("SHED", {delivery}, {delivery}), added("BARN", {delivery}, {}));
    const auto address = [&](AddressPurpose purpose, const char* on) {
        const auto code = address_for(story.world(), acme, salix, purpose, day(on));
        return code ? code->text : "none";
    };
    CHECK(address(delivery, "2026-01-01") == "SHED");
    CHECK(address(delivery, "2025-12-31") == "none");
    CHECK(address(invoice, "2026-01-01") == "HQ");
    story.happened(AddressPreferred{acme, salix, {"BARN"}, delivery});
    CHECK(address(delivery, "2026-01-01") == "BARN");
    story.happened(AddressEnded{acme, salix, {"BARN"}, day("2026-06-30")});
    CHECK(address(delivery, "2026-06-30") == "BARN");
    CHECK(address(delivery, "2026-07-01") == "SHED");
}
