// The seal on one personal value: who has the person's key can open it, and nobody else.
//
//    0  version  1   1
//    1  label    4   of the subject and the meaning (BLAKE2b): what is put where it does not belong
//                    is known even when no key is left that could tell
//    5  number   8   of the key, by which a value of a key that is lost is told from a damaged one
//   13  nonce   24   drawn
//   37  XChaCha20-Poly1305 of the text, padded to a multiple of sixteen (ISO/IEC 7816-4), so that
//       what remains of an erased person does not even say how long the name was
//
// What it is sealed as (the subject, and the meaning of the field) is authenticated with it: a
// value that is put where it does not belong does not open there.
#pragma once

#include "domain/core/personal.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace kontor {

// A person's own key. Its octets are wiped when it is let go.
class SubjectKey {
public:
    static constexpr std::size_t size = 32;

    SubjectKey() = default;
    SubjectKey(const SubjectKey&) = default;
    SubjectKey& operator=(const SubjectKey&) = default;
    ~SubjectKey();

    static SubjectKey drawn();

    // Says which key it is and nothing about it.
    std::uint64_t number() const;
    bool operator==(const SubjectKey&) const = default;

    std::array<std::uint8_t, size> octets{};
};

// The text sealed, with its fingerprint.
PersonalText sealed_text(const SubjectKey& key, const Subject& subject, std::string_view meaning,
                         std::string_view text);

// Whether the value says of itself that it was sealed as that; for where no key is left to prove
// it.
bool is_labelled(const PersonalText& value, const Subject& subject, std::string_view meaning);

enum class Unsealed : std::uint8_t {
    opened,
    other_key,  // sealed under a key that the subject no longer has
    altered,    // the octets, the subject or the meaning are not those that were sealed
};
// Opens a sealed value into `text`.
Unsealed unseal(const SubjectKey& key, const Subject& subject, std::string_view meaning,
                const PersonalText& value, std::string& text);

}  // namespace kontor
