// Sealing by libsodium, and the keys that are derived from a person's own.
#include "eventstore/seal.h"

#include "domain/core/ensure.h"
#include "eventstore/hashes.h"

#include <cstring>

#include <sodium.h>

namespace kontor {
namespace {

constexpr char version = '\1';
constexpr std::size_t label_at = 1, number_at = 5, nonce_at = 13, cipher_at = 37;
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t padded_to = 16, fingerprint_size = 16;
static_assert(nonce_at + nonce_size == cipher_at);
static_assert(SubjectKey::size == crypto_kdf_KEYBYTES);

// One key for each purpose, so that no use of one says anything about another.
enum class Purpose : std::uint64_t { number = 1, sealing = 2, fingerprint = 3 };

struct DerivedKey {
    explicit DerivedKey(const SubjectKey& key, Purpose purpose) {
        crypto_kdf_derive_from_key(octets.data(), octets.size(),
                                   static_cast<std::uint64_t>(purpose), "kontor-1",
                                   key.octets.data());
    }
    ~DerivedKey() { sodium_memzero(octets.data(), octets.size()); }
    DerivedKey(const DerivedKey&) = delete;
    DerivedKey& operator=(const DerivedKey&) = delete;

    std::array<std::uint8_t, crypto_aead_xchacha20poly1305_ietf_KEYBYTES> octets;
};

auto* octets_in(std::string& text, std::size_t at = 0) {
    return reinterpret_cast<unsigned char*>(text.data() + at);
}
const auto* octets_in(std::string_view text, std::size_t at = 0) {
    return reinterpret_cast<const unsigned char*>(text.data() + at);
}

void append_number(std::string& octets, std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8)
        octets += static_cast<char>(number >> shift & 0xff);
}

// The names end with a zero octet, which none of them holds.
std::string sealed_as(const Subject& subject, std::string_view meaning) {
    std::string what(subject.thing);
    what += '\0';
    append_number(what, subject.id.high);
    append_number(what, subject.id.low);
    return what.append(meaning);
}

std::string label_of(const std::string& sealed_as) {
    const Hash hash = blake2b(sealed_as);
    return {hash.begin(), hash.begin() + (number_at - label_at)};
}

std::string fingerprint_of(const SubjectKey& key, std::string_view meaning, std::string_view text) {
    const DerivedKey derived(key, Purpose::fingerprint);
    std::string said(meaning);
    said += '\0';
    said += text;
    std::string fingerprint(fingerprint_size, '\0');
    crypto_generichash(octets_in(fingerprint), fingerprint.size(), octets_in(said), said.size(),
                       derived.octets.data(), derived.octets.size());
    sodium_memzero(said.data(), said.size());
    return fingerprint;
}

void ready() {
    static const bool is_ready = sodium_init() >= 0;
    ensure(is_ready, "libsodium can be used");
}

}  // namespace

SubjectKey::~SubjectKey() { sodium_memzero(octets.data(), octets.size()); }

SubjectKey SubjectKey::drawn() {
    ready();
    SubjectKey key;
    crypto_kdf_keygen(key.octets.data());
    return key;
}

std::uint64_t SubjectKey::number() const {
    const DerivedKey derived(*this, Purpose::number);
    std::uint64_t number = 0;
    for (std::size_t at = 0; at < 8; ++at) number = number << 8 | derived.octets[at];
    return number;
}

PersonalText sealed_text(const SubjectKey& key, const Subject& subject, std::string_view meaning,
                         std::string_view text) {
    ready();
    PersonalText value;
    value.fingerprint = fingerprint_of(key, meaning, text);
    const std::string what = sealed_as(subject, meaning);
    std::string& sealed = value.sealed;
    sealed += version;
    sealed += label_of(what);
    append_number(sealed, key.number());
    sealed.resize(cipher_at);
    randombytes_buf(octets_in(sealed, nonce_at), nonce_size);
    const std::size_t padded = (text.size() / padded_to + 1) * padded_to;
    sealed.append(text).resize(cipher_at + padded + tag_size);
    std::size_t length = 0;
    sodium_pad(&length, octets_in(sealed, cipher_at), text.size(), padded_to, padded);
    const DerivedKey derived(key, Purpose::sealing);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        octets_in(sealed, cipher_at), nullptr, octets_in(sealed, cipher_at), length,
        octets_in(what), what.size(), nullptr, octets_in(sealed, nonce_at), derived.octets.data());
    return value;
}

bool is_labelled(const PersonalText& value, const Subject& subject, std::string_view meaning) {
    return value.sealed.size() > number_at && value.sealed.front() == version &&
           std::string_view(value.sealed).substr(label_at, number_at - label_at) ==
               label_of(sealed_as(subject, meaning));
}

Unsealed unseal(const SubjectKey& key, const Subject& subject, std::string_view meaning,
                const PersonalText& value, std::string& text) {
    ready();
    const std::string_view sealed = value.sealed;
    const std::string what = sealed_as(subject, meaning);
    if (sealed.size() < cipher_at + padded_to + tag_size || !is_labelled(value, subject, meaning))
        return Unsealed::altered;
    std::string number;
    append_number(number, key.number());
    if (sealed.substr(number_at, number.size()) != number) return Unsealed::other_key;
    const DerivedKey derived(key, Purpose::sealing);
    std::string padded(sealed.size() - cipher_at - tag_size, '\0');
    std::size_t length = 0;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            octets_in(padded), nullptr, nullptr, octets_in(sealed, cipher_at),
            sealed.size() - cipher_at, octets_in(what), what.size(), octets_in(sealed, nonce_at),
            derived.octets.data()) != 0 ||
        sodium_unpad(&length, octets_in(padded), padded.size(), padded_to) != 0)
        return Unsealed::altered;
    padded.resize(length);
    if (fingerprint_of(key, meaning, padded) != value.fingerprint) return Unsealed::altered;
    text = std::move(padded);
    return Unsealed::opened;
}

}  // namespace kontor
