// How things are named: the text of ids, ids made from their cause, and what a code may be.
#include "domain/core/id.h"

#include "domain/core/decimal.h"

#include <array>
#include <bit>

namespace kontor {

namespace {

// SHA-256 (FIPS 180-4) lives here because the domain has no library but std, and because the ids of
// what flows make must not be steered into each other by whoever chooses the ids of documents.
// Its constants are computed from their definition, so that none can be mistyped.

constexpr std::array<unsigned, 64> first_primes() {
    std::array<unsigned, 64> primes{};
    std::size_t found = 0;
    for (unsigned candidate = 2; found < primes.size(); ++candidate) {
        bool prime = true;
        for (std::size_t i = 0; i < found; ++i) prime = prime && candidate % primes[i] != 0;
        if (prime) primes[found++] = candidate;
    }
    return primes;
}

// The first 32 bits after the point of the second or third root: the largest whole number whose
// power does not pass number x 2^(32 x degree), without what stands before the point.
constexpr std::uint32_t fraction_of_root(unsigned number, int degree) {
    const Wide most = Wide{number} << (32 * degree);
    Wide root = 0;
    for (int bit = 36; bit >= 0; --bit) {
        const Wide tried = root | (Wide{1} << bit);
        const Wide power = degree == 2 ? tried * tried : tried * tried * tried;
        if (power <= most) root = tried;
    }
    return static_cast<std::uint32_t>(root & 0xFFFF'FFFF);
}

template <std::size_t Count>
constexpr std::array<std::uint32_t, Count> fractions_of_roots(int degree) {
    std::array<std::uint32_t, Count> fractions{};
    const auto primes = first_primes();
    for (std::size_t i = 0; i < Count; ++i) fractions[i] = fraction_of_root(primes[i], degree);
    return fractions;
}

constexpr auto initial_hash = fractions_of_roots<8>(2);
constexpr auto round_constants = fractions_of_roots<64>(3);

std::uint32_t octet(char c) { return static_cast<std::uint8_t>(c); }

void digest_block(std::array<std::uint32_t, 8>& hash, std::string_view block) {
    using std::rotr;
    std::array<std::uint32_t, 64> words{};
    for (std::size_t i = 0; i < 16; ++i)
        words[i] = octet(block[4 * i]) << 24 | octet(block[4 * i + 1]) << 16 |
                   octet(block[4 * i + 2]) << 8 | octet(block[4 * i + 3]);
    for (std::size_t i = 16; i < 64; ++i) {
        const std::uint32_t early = words[i - 15], late = words[i - 2];
        words[i] = words[i - 16] + (rotr(early, 7) ^ rotr(early, 18) ^ early >> 3) + words[i - 7] +
                   (rotr(late, 17) ^ rotr(late, 19) ^ late >> 10);
    }
    auto [a, b, c, d, e, f, g, h] = hash;
    for (std::size_t i = 0; i < 64; ++i) {
        const std::uint32_t one = h + (rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25)) +
                                  ((e & f) ^ (~e & g)) + round_constants[i] + words[i];
        const std::uint32_t two =
            (rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + one;
        d = c;
        c = b;
        b = a;
        a = one + two;
    }
    const std::array<std::uint32_t, 8> mixed = {a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) hash[i] += mixed[i];
}

std::array<std::uint32_t, 8> sha256(std::string message) {
    const std::uint64_t bits = message.size() * 8;
    message.push_back('\x80');
    while (message.size() % 64 != 56) message.push_back('\0');
    for (int shift = 56; shift >= 0; shift -= 8)
        message.push_back(static_cast<char>(bits >> shift & 0xFF));
    auto hash = initial_hash;
    for (std::size_t at = 0; at < message.size(); at += 64)
        digest_block(hash, std::string_view(message).substr(at, 64));
    return hash;
}

void append_octets(std::string& text, std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8)
        text.push_back(static_cast<char>(number >> shift & 0xFF));
}

int hexadecimal(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool hyphen_belongs(std::size_t at) { return at == 8 || at == 13 || at == 18 || at == 23; }

// The next character of UTF-8 text, which is shortened by it; empty when it is none. Overlong
// forms, surrogates and what lies beyond U+10FFFF are none (RFC 3629).
std::optional<std::uint32_t> next_character(std::string_view& text) {
    const std::uint32_t lead = octet(text.front());
    std::size_t length = 1;
    if (lead >= 0xC0) length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if ((lead >= 0x80 && lead < 0xC2) || lead > 0xF4 || text.size() < length) return std::nullopt;

    std::uint32_t character = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (const char c : text.substr(1, length - 1)) {
        if ((octet(c) & 0xC0) != 0x80) return std::nullopt;
        character = character << 6 | (octet(c) & 0x3F);
    }
    if (length == 3 && character < 0x800) return std::nullopt;
    if (length == 4 && (character < 0x1'0000 || character > 0x10'FFFF)) return std::nullopt;
    if (character >= 0xD800 && character <= 0xDFFF) return std::nullopt;
    text.remove_prefix(length);
    return character;
}

}  // namespace

std::string to_text(const Uuid& uuid) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::uint64_t half : {uuid.high, uuid.low}) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            if (hyphen_belongs(text.size())) text.push_back('-');
            text.push_back(digits[half >> shift & 0xF]);
        }
    }
    return text;
}

std::optional<Uuid> uuid_from(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    Uuid uuid;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (hyphen_belongs(i)) {
            if (text[i] != '-') return std::nullopt;
            continue;
        }
        const int digit = hexadecimal(text[i]);
        if (digit < 0) return std::nullopt;
        uuid.high = uuid.high << 4 | uuid.low >> 60;
        uuid.low = uuid.low << 4 | static_cast<std::uint64_t>(digit);
    }
    return uuid;
}

Uuid named_uuid(const Uuid& space, std::string_view name) {
    std::string named;
    append_octets(named, space.high);
    append_octets(named, space.low);
    const auto hash = sha256(std::move(named.append(name)));
    Uuid uuid{std::uint64_t{hash[0]} << 32 | hash[1], std::uint64_t{hash[2]} << 32 | hash[3]};
    uuid.high = (uuid.high & ~std::uint64_t{0xF000}) | 0x8000;
    uuid.low = (uuid.low & ~std::uint64_t{0} >> 2) | std::uint64_t{1} << 63;
    return uuid;
}

Uuid derived_uuid(const Uuid& cause, std::string_view flow, std::uint64_t count) {
    return named_uuid(cause, std::string(flow).append("/").append(std::to_string(count)));
}

// A flow's name has no slash, so the text of the cause cannot pass for a part of it.
Uuid derived_uuid(std::string_view cause, std::string_view flow, std::uint64_t count) {
    return named_uuid(
        Uuid{},
        std::string(flow).append("/").append(std::to_string(count)).append("/").append(cause));
}

bool is_utf8(std::string_view text) {
    while (!text.empty())
        if (!next_character(text)) return false;
    return true;
}

std::string_view fault_of_code(std::string_view text) {
    if (text.empty()) return "is empty";
    if (text.size() > longest_code) return "is longer than 64 bytes";
    if (!is_utf8(text)) return "is not UTF-8";
    bool first = true, space = false;
    while (!text.empty()) {
        const std::uint32_t character = *next_character(text);
        if (character < 0x20 || (character >= 0x7F && character < 0xA0))
            return "has a control character";
        space = character == 0x20 || character == 0xA0;
        if (space && first) return "begins with a space";
        first = false;
    }
    return space ? "ends with a space" : "";
}

}  // namespace kontor
