// Hashes by the libraries that are best at each.
#include "eventstore/hashes.h"

#include "domain/core/ensure.h"

#include <memory>

#include <openssl/evp.h>
#include <sodium.h>

#define XXH_INLINE_ALL  // xxhash's own way to be compiled in, without its shared library
#include <xxhash.h>

namespace kontor {
namespace {

const auto* bytes_of(std::string_view octets) {
    return reinterpret_cast<const unsigned char*>(octets.data());
}

}  // namespace

Hash sha256(std::string_view octets) {
    // Looking the algorithm up and making a context cost as much as hashing a small commit.
    static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm(
        EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free);
    thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
        EVP_MD_CTX_new(), EVP_MD_CTX_free);
    Hash hash;
    unsigned size = 0;
    const bool done = EVP_DigestInit_ex2(context.get(), algorithm.get(), nullptr) == 1 &&
                      EVP_DigestUpdate(context.get(), octets.data(), octets.size()) == 1 &&
                      EVP_DigestFinal_ex(context.get(), hash.data(), &size) == 1;
    ensure(done && size == hash.size(), "SHA-256 cannot fail");
    return hash;
}

Hash blake2b(std::string_view octets) {
    Hash hash;
    crypto_generichash(hash.data(), hash.size(), bytes_of(octets), octets.size(), nullptr, 0);
    return hash;
}

static_assert(sizeof(crypto_generichash_state) <= 384 && alignof(crypto_generichash_state) <= 64);

Blake2b::Blake2b() {
    auto* state = reinterpret_cast<crypto_generichash_state*>(state_.data());
    crypto_generichash_init(state, nullptr, 0, Hash{}.size());
}

void Blake2b::add(std::string_view octets) {
    auto* state = reinterpret_cast<crypto_generichash_state*>(state_.data());
    crypto_generichash_update(state, bytes_of(octets), octets.size());
}

Hash Blake2b::finish() {
    auto* state = reinterpret_cast<crypto_generichash_state*>(state_.data());
    Hash hash;
    crypto_generichash_final(state, hash.data(), hash.size());
    return hash;
}

std::uint64_t xxh3(std::string_view octets) { return XXH3_64bits(octets.data(), octets.size()); }

std::string to_text(const Hash& hash) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * hash.size());
    for (const std::uint8_t octet : hash) {
        text.push_back(digits[octet >> 4]);
        text.push_back(digits[octet & 15]);
    }
    return text;
}

}  // namespace kontor
