// How templates get their attributes and their variants.
#include "domain/items/variants.h"

#include "domain/core/catalog.h"

#include <algorithm>
#include <set>

namespace kontor::items {

namespace {

Objection fault_of_template(const World& world, const CompanyCode& company, const ItemCode& code) {
    const Item* item = world.of<Items>().find({company, code});
    if (!item) return item_unknown.about(code);
    if (!item->is_template) return item_no_template.about(code);
    return {};
}

const NamedAttributeValue* value_of(const VariantAttribute& attribute,
                                    const AttributeValueCode& value) {
    const auto found = std::ranges::find(attribute.values, value, &NamedAttributeValue::value);
    return found == attribute.values.end() ? nullptr : &*found;
}

// Why values cannot be added to those that are there; null when they can.
Objection fault_of_values(const VariantAttribute& there,
                          const std::vector<NamedAttributeValue>& added) {
    std::set<AttributeValueCode> seen;
    for (std::size_t n = 0; n < added.size(); ++n)
        if (value_of(there, added[n].value) || !seen.insert(added[n].value).second)
            return attribute_value_exists.about(added[n].value).at("values", n);
    return {};
}

std::string text_of(const VariantValues& values) {
    std::string text;
    for (const auto& [attribute, value] : values) text += (text.empty() ? "" : "\n") + value.text;
    return text;
}

bool has_variants(const World& world, const CompanyCode& company, const ItemCode& item) {
    for (const auto& [key, variant] : world.of<Variants>().from({company, item, {}}))
        return key.company == company && key.variant_of == item;
    return false;
}

}  // namespace

Decision<VariantAttributeDefined> decide(const World& world, const DefineVariantAttribute& define,
                                         const Context&) {
    if (const Objection fault = fault_of_template(world, define.company, define.item)) return fault;
    if (world.of<VariantAttributes>().find({define.company, define.item, define.attribute}))
        return variant_attribute_exists.about(define.attribute);
    if (has_variants(world, define.company, define.item))
        return template_has_variants.about(define.item);
    if (const Objection fault = fault_of_values({}, define.values)) return fault;
    return VariantAttributeDefined{define.company, define.item, define.attribute, define.name,
                                   define.values};
}

Decision<AttributeValuesAdded> decide(const World& world, const AddAttributeValues& add,
                                      const Context&) {
    if (const Objection fault = fault_of_template(world, add.company, add.item)) return fault;
    const VariantAttribute* attribute =
        world.of<VariantAttributes>().find({add.company, add.item, add.attribute});
    if (!attribute) return variant_attribute_unknown.about(add.attribute);
    if (const Objection fault = fault_of_values(*attribute, add.values)) return fault;
    return AttributeValuesAdded{add.company, add.item, add.attribute, add.values};
}

Decision<ItemCreated, VariantAdded> decide(const World& world, const CreateVariant& create,
                                           const Context& context) {
    const CompanyCode& company = create.company;
    if (const Objection fault = fault_of_template(world, company, create.variant_of)) return fault;
    if (world.of<Items>().find({company, create.item})) return item_exists.about(create.item);
    const Item& form = *world.of<Items>().find({company, create.variant_of});
    std::string name = form.name;
    for (const auto& [attribute, value] : create.values) {
        const VariantAttribute* known =
            world.of<VariantAttributes>().find({company, create.variant_of, attribute});
        if (!known) return variant_attribute_unknown.about(attribute);
        const NamedAttributeValue* named = value_of(*known, value);
        if (!named) return attribute_value_unknown.about(attribute, value);
        name += ", " + named->name;
    }
    for (const auto& [key, attribute] :
         world.of<VariantAttributes>().from({company, create.variant_of, {}})) {
        if (key.company != company || key.item != create.variant_of) break;
        if (!create.values.contains(key.attribute))
            return attribute_value_missing.about(key.attribute);
    }
    if (create.values.empty()) return attribute_value_missing.about(create.variant_of);
    if (const Variant* variant =
            world.of<Variants>().find({company, create.variant_of, text_of(create.values)}))
        return variant_exists.about(variant->item);
    return {
        ItemCreated{company, create.item, create.name.value_or(name), form.text, form.kind,
                    form.base_unit, category_of(world, company, create.variant_of, context.today),
                    form.tracking, form.shelf_life_days, form.weight, form.volume, form.lifecycle,
                    false},
        VariantAdded{company, create.variant_of, create.item, create.values}};
}

void evolve(VariantAttributes& attributes, const VariantAttributeDefined& defined) {
    attributes.put({defined.company, defined.item, defined.attribute}, {defined.values});
}

void evolve(VariantAttributes& attributes, const AttributeValuesAdded& added) {
    attributes.change({added.company, added.item, added.attribute}, [&](VariantAttribute& is) {
        is.values.insert(is.values.end(), added.values.begin(), added.values.end());
    });
}

void evolve(Items& items, const VariantAdded& added) {
    items.change({added.company, added.item},
                 [&](Item& item) { item.variant_of = added.variant_of; });
}

void evolve(Variants& variants, const VariantAdded& added) {
    variants.put({added.company, added.variant_of, text_of(added.values)}, {added.item});
}

Part variants() {
    return Part()
        .table<VariantAttributes>("items.variant_attributes")
        .table<Variants>("items.variants")
        .commands<DefineVariantAttribute, AddAttributeValues, CreateVariant>()
        .event<VariantAttributeDefined, VariantAttributes>()
        .event<AttributeValuesAdded, VariantAttributes>()
        .event<VariantAdded, Items, Variants>();
}

}  // namespace kontor::items
