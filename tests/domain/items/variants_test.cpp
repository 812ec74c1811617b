// Variants: templates, their attributes, and one item for each combination.
#include "domain/items/variants.h"

#include "tests/domain/items/stocked.h"

using namespace kontor;
using namespace kontor::items;
using namespace kontor::items::stocked;
using test::day;
using test::given;

namespace {

const NamedAttributeValue medium{{"M"}, "medium"}, large{{"L"}, "large"}, red{{"R"}, "red"};

VariantAttributeDefined defined(std::string_view attribute,
                                std::vector<NamedAttributeValue> values) {
    return {acme, {"shirt"}, {std::string(attribute)}, std::string(attribute), std::move(values)};
}

// A shirt in sizes and one colour; "colour" comes before "size".
test::Past shirts() {
    ItemCreated shirt = form("shirt");
    shirt.category = ItemCategoryCode{"goods"};
    shirt.weight = quantity("0.2", "kg");
    return {Message::of(shirt), Message::of(defined("size", {medium, large})),
            Message::of(defined("colour", {red}))};
}

CreateVariant variant(std::string_view item, VariantValues values) {
    return {acme, {"shirt"}, {std::string(item)}, std::move(values), {}};
}

const VariantValues large_red{{{"colour"}, {"R"}}, {{"size"}, {"L"}}};

ItemCreated shirt_created() {
    ItemCreated created = goods("shirt-L");
    created.name = "shirt, red, large";
    created.category = ItemCategoryCode{"goods"};
    created.weight = quantity("0.2", "kg");
    return created;
}

}  // namespace

TEST_CASE("what is wrong with an attribute is said in a fixed order") {
    auto story = given(stocked_company(), shirts());
    DefineVariantAttribute define{acme, {"cup"}, {"size"}, "Size", {red, red}};
    story.when(define).refused(item_unknown);
    define.item = {"mug"};
    story.when(define).refused(item_no_template, "item mug");
    define.item = {"shirt"};
    story.when(define).refused(variant_attribute_exists, "variant attribute size");
    define.attribute = {"sleeve"};
    story.when(define).refused(attribute_value_exists, "attribute value R", "/values/1");
    define.values = {red};
    story.when(define).then(VariantAttributeDefined{acme, {"shirt"}, {"sleeve"}, "Size", {red}});
    story.happened(shirt_created());
    story.happened(VariantAdded{acme, {"shirt"}, {"shirt-L"}, large_red});
    define.values = {red, red};
    story.when(define).refused(template_has_variants, "item shirt");
}

TEST_CASE("an attribute gets more values, also when there are variants") {
    auto story = given(stocked_company(), shirts(), shirt_created(),
                       VariantAdded{acme, {"shirt"}, {"shirt-L"}, large_red});
    story.when(AddAttributeValues{acme, {"cup"}, {"size"}, {red}}).refused(item_unknown);
    story.when(AddAttributeValues{acme, {"mug"}, {"size"}, {red}}).refused(item_no_template);
    story.when(AddAttributeValues{acme, {"shirt"}, {"sleeve"}, {red}})
        .refused(variant_attribute_unknown);
    story.when(AddAttributeValues{acme, {"shirt"}, {"size"}, {red, medium}})
        .refused(attribute_value_exists, "attribute value M", "/values/1");
    const AttributeValuesAdded added{acme, {"shirt"}, {"size"}, {{{"XL"}, "extra large"}}};
    story.when(AddAttributeValues{acme, {"shirt"}, {"size"}, {{{"XL"}, "extra large"}}})
        .then(added);
    story.happened(added);
    story.when(variant("shirt-XL", {{{"colour"}, {"R"}}, {{"size"}, {"XL"}}})).accepted();
}

TEST_CASE("a variant takes over what its template is, and is named by its values") {
    auto story = given(stocked_company(), shirts());
    story.when(variant("shirt-L", large_red))
        .then(shirt_created(), VariantAdded{acme, {"shirt"}, {"shirt-L"}, large_red});
    CreateVariant named = variant("shirt-L", large_red);
    named.name = "The red one";
    ItemCreated expected = shirt_created();
    expected.name = "The red one";
    story.when(named).then(expected, VariantAdded{acme, {"shirt"}, {"shirt-L"}, large_red});
    // Of the category of its day, and a draft where the template is one.
    story.happened(ItemCategorized{acme, {"shirt"}, day("2026-03-01"), ItemCategoryCode{"mugs"}});
    story.happened(ItemLifecycleSet{acme, {"shirt"}, ItemLifecycle::draft});
    Context april;
    april.today = day("2026-04-01");
    expected.category = ItemCategoryCode{"mugs"};
    expected.lifecycle = ItemLifecycle::draft;
    story.when(named, april).then(expected, VariantAdded{acme, {"shirt"}, {"shirt-L"}, large_red});
}

TEST_CASE("what is wrong with a variant is said in a fixed order") {
    auto story = given(stocked_company(), shirts(), shirt_created(),
                       VariantAdded{acme, {"shirt"}, {"shirt-L"}, large_red});
    CHECK(story.world().of<Items>().find({acme, {"shirt-L"}})->variant_of == ItemCode{"shirt"});
    CreateVariant wrong = variant("shirt-L", {{{"sleeve"}, {"S"}}, {{"size"}, {"S"}}});
    wrong.variant_of = {"cup"};
    story.when(wrong).refused(item_unknown, "item cup");
    wrong.variant_of = {"mug"};
    story.when(wrong).refused(item_no_template);
    wrong.variant_of = {"shirt"};
    story.when(wrong).refused(item_exists, "item shirt-L");
    wrong.item = {"shirt-M"};
    wrong.values = {{{"sleeve"}, {"S"}}};
    story.when(wrong).refused(variant_attribute_unknown, "variant attribute sleeve");
    wrong.values = {{{"size"}, {"S"}}};
    story.when(wrong).refused(attribute_value_unknown, "variant attribute size, attribute value S");
    wrong.values = {{{"size"}, {"M"}}};
    story.when(wrong).refused(attribute_value_missing, "variant attribute colour");
    wrong.values = large_red;
    story.when(wrong).refused(variant_exists, "item shirt-L");
    wrong.values = {{{"colour"}, {"R"}}, {{"size"}, {"M"}}};
    story.when(wrong).accepted();
}

TEST_CASE("a template without attributes has no variants") {
    auto story = given(stocked_company(), form("sock"));
    CreateVariant create = variant("sock-1", {});
    create.variant_of = {"sock"};
    story.when(create).refused(attribute_value_missing, "item sock");
}
