// Barcodes: check digits, one barcode one item, and what a scanner finds.
#include "domain/items/barcodes.h"

#include "domain/items/gtin.h"
#include "tests/domain/items/stocked.h"

using namespace kontor;
using namespace kontor::items;
using namespace kontor::items::stocked;
using test::given;

namespace {

AssignBarcode assign(std::string_view barcode, std::string_view item = "mug") {
    AssignBarcode command;
    command.company = acme;
    command.barcode = {std::string(barcode)};
    command.item = {std::string(item)};
    return command;
}

BarcodeAssigned assigned(std::string_view barcode, std::string_view item = "mug",
                         std::string_view of = "pcs") {
    return {acme, {std::string(barcode)}, BarcodeScheme::gtin, {std::string(item)}, unit(of)};
}

std::string found(const test::Given& story, std::string_view barcode) {
    const auto* row = find_barcode(story.world(), acme, {std::string(barcode)});
    return row ? row->item.text : "none";
}

}  // namespace

TEST_CASE("check digits of all four lengths") {
    // 6291041500213 is the example of GS1's own page on check digits; the others are summed by
    // hand, such as 3 * (0+6+0+2+1+5) + (3+0+0+9+4) = 58, which lacks 2.
    CHECK(gtin_check_digit("629104150021") == '3');
    CHECK(gtin_check_digit("03600029145") == '2');
    CHECK(gtin_check_digit("7351353") == '7');        // 3 * (7+5+3+3) + (3+1+5) = 63
    CHECK(gtin_check_digit("1234567890123") == '1');  // 3 * (1+3+5+7+9+1+3) + (2+4+6+8+0+2) = 109
    CHECK(gtin_check_digit("0000000") == '0');
    for (const char* right : {"6291041500213", "036000291452", "73513537", "12345678901231"})
        CHECK(is_gtin(right));
    for (const char* wrong : {"6291041500214", "036000291453", "7351353", "123456789012312", "",
                              "629104150021x", "6291041500231"})
        CHECK_FALSE(is_gtin(wrong));
}

TEST_CASE("one number is printed in several lengths") {
    CHECK(barcode_key("036000291452") == "00036000291452");
    CHECK(barcode_key("0036000291452") == "00036000291452");
    CHECK(barcode_key("00036000291452") == "00036000291452");
    CHECK(barcode_key("036000291453") == "036000291453");  // no GTIN
    CHECK(barcode_key("MUG-01") == "MUG-01");
}

TEST_CASE("a barcode stands for one item in one of its units") {
    auto story = given(stocked_company());
    story.when(assign("036000291452")).then(assigned("036000291452"));
    AssignBarcode dozen = assign("10036000291459");  // the carton's own, with the indicator 1
    dozen.unit = unit("dz");
    story.when(dozen).then(assigned("10036000291459", "mug", "dz"));
    story.happened(assigned("036000291452"));
    CHECK(found(story, "0036000291452") == "mug");
    CHECK(found(story, "036000291453") == "none");
    story.when(assign("0036000291452", "oil"))
        .refused(barcode_taken, "barcode 036000291452, item mug");
}

TEST_CASE("what is wrong with a barcode is said in a fixed order") {
    auto story = given(stocked_company(), form("shirt"), assigned("036000291452"));
    story.when(assign("12", "cup")).refused(item_unknown, "item cup");
    story.when(assign("12", "shirt")).refused(item_is_template, "item shirt");
    story.when(assign("12")).refused(gtin_malformed, "barcode 12");
    story.when(assign("MUG-0001")).refused(gtin_malformed);
    AssignBarcode wrong = assign("036000291453", "oil");
    wrong.unit = unit("pcs");
    story.when(wrong).refused(gtin_check_digit_wrong, "barcode 036000291453");
    wrong.barcode = {"036000291452"};
    story.when(wrong).refused(barcode_taken);
    wrong.barcode = {"6291041500213"};
    story.when(wrong).refused(units_do_not_convert, "unit pcs, unit l");
    wrong.unit = unit("l");
    story.when(wrong).accepted();
}

TEST_CASE("barcodes of one's own are any text, and no second meaning of a GTIN") {
    auto story = given(stocked_company(), assigned("036000291452"));
    AssignBarcode own = assign("MUG-0001", "oil");
    own.scheme = BarcodeScheme::internal;
    story.when(own).accepted();
    own.barcode = {"0036000291452"};
    story.when(own).refused(barcode_taken);
}

TEST_CASE("a barcode that is withdrawn may stand for another item") {
    auto story = given(stocked_company(), assigned("036000291452"));
    story.when(WithdrawBarcode{acme, {"6291041500213"}}).refused(barcode_unknown);
    const BarcodeWithdrawn withdrawn{acme, {"036000291452"}, {"mug"}};
    story.when(WithdrawBarcode{acme, {"0036000291452"}}).then(withdrawn);
    story.happened(withdrawn);
    CHECK(found(story, "036000291452") == "none");
    story.when(assign("036000291452", "oil")).then(assigned("036000291452", "oil", "l"));
}
