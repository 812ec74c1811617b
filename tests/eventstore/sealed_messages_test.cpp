// Whatever is personal in a message, wherever it stands: sealed, stored, read back and opened, it
// is what was said.
#include "eventstore/canonical.h"
#include "eventstore/deciding_keys.h"
#include "eventstore/storage_broken.h"
#include "eventstore/unsealing.h"
#include "eventstore/wire.h"
#include "tests/support/dossier.h"
#include "tests/support/random_values.h"

#include <catch2/catch.hpp>

using namespace kontor;
using namespace kontor::test;

namespace {

std::vector<std::string> plain_in(Dossier& dossier) {
    std::vector<std::string> texts;
    each_personal(type_of<Dossier>(), &dossier,
                  [&](const PersonalValue& value) { texts.push_back(value.text.plain); });
    return texts;
}

Dossier drawn(Dice& dice) {
    auto dossier = random_value<Dossier>(dice);
    // Whoever is named has an id here; who has none is refused, as another test shows.
    for (Guest& guest : dossier.guests) guest.guest = {{dice.next(), dice.next()}};
    unsealed(type_of<Dossier>(), &dossier, dice);
    return dossier;
}

}  // namespace

TEST_CASE("random messages come back as they were said") {
    Dice dice(31);
    const auto keys = memory_subject_keys();
    for (int round = 0; round < 200; ++round) {
        Dossier said = drawn(dice);
        DecidingKeys deciding(keys.get());
        const SealedCommand sealed = deciding.seal(type_of<Dossier>(), &said);
        CHECK(sealed.problem == "");
        CHECK(sealed.fresh_key);
        const std::string message = to_wire(type_of<Dossier>(), sealed.value.get());
        for (const std::string& text : plain_in(said))
            if (text.size() > 4) CHECK(message.find(text) == std::string::npos);
        keys->add(deciding.keep(1).added);

        auto back = from_wire<Dossier>(message);
        REQUIRE(back);
        CHECK(canonical(*back) == canonical(*static_cast<const Dossier*>(sealed.value.get())));
        unseal_within(type_of<Dossier>(), &*back, *keys);
        CHECK(plain_in(*back) == plain_in(said));

        // Under the keys that are there by now it is said again: another seal, the same
        // fingerprint.
        const SealedCommand again = deciding.seal(type_of<Dossier>(), &said);
        CHECK_FALSE(again.fresh_key);
        CHECK(again.keyed == sealed.keyed);
        CHECK(to_wire(type_of<Dossier>(), again.value.get()) != message);
    }
}

TEST_CASE("with one of several persons erased, what is about the others stays open") {
    Dice dice(32);
    const auto keys = memory_subject_keys();
    DecidingKeys deciding(keys.get());
    Dossier said = drawn(dice);
    said.name.plain = "Ann";
    said.guests = {Guest{{{Uuid{9, 9}}}, {}}};
    said.guests[0].name.plain = "Ben";
    const SealedCommand sealed = deciding.seal(type_of<Dossier>(), &said);
    keys->add(deciding.keep(1).added);
    keys->destroy({name_of({"parcel", said.about.uuid})});
    Dossier back = *static_cast<const Dossier*>(sealed.value.get());
    unseal_within(type_of<Dossier>(), &back, *keys);
    CHECK(back.name.erased);
    CHECK(back.guests[0].name.plain == "Ben");
}

TEST_CASE("a value that was put where it does not belong is damage, also when a key is gone") {
    Dice dice(33);
    const auto keys = memory_subject_keys();
    DecidingKeys deciding(keys.get());
    Dossier said = drawn(dice);
    said.name.plain = "Ann";
    const SealedCommand sealed = deciding.seal(type_of<Dossier>(), &said);
    keys->add(deciding.keep(1).added);
    const Dossier stored = *static_cast<const Dossier*>(sealed.value.get());
    for (const bool erased : {false, true}) {
        if (erased) keys->destroy({name_of({"parcel", said.about.uuid})});
        Dossier swapped = stored;
        swapped.about.uuid.low ^= 1;
        CHECK_THROWS_AS(unseal_within(type_of<Dossier>(), &swapped, *keys), StorageBroken);
        swapped = stored;
        swapped.aliases = {stored.name};
        CHECK_THROWS_AS(unseal_within(type_of<Dossier>(), &swapped, *keys), StorageBroken);
    }
}
