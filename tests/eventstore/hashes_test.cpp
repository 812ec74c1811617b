// The hashes give what their standards and authors say.
#include "eventstore/hashes.h"

#include <catch2/catch.hpp>

using namespace kontor;

TEST_CASE("SHA-256 is that of FIPS 180-4", "[hashes]") {
    CHECK(to_text(sha256("")) ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(to_text(sha256("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("BLAKE2b-256 is that of another implementation", "[hashes]") {
    CHECK(to_text(blake2b("")) ==
          "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    CHECK(to_text(blake2b("abc")) ==
          "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST_CASE("BLAKE2b-256 is the same in pieces of any size", "[hashes]") {
    const std::string octets(200'000, 'a');
    for (const std::size_t piece : {1u, 127u, 128u, 129u, 65'536u, 200'000u}) {
        Blake2b hash;
        for (std::size_t at = 0; at < octets.size(); at += piece)
            hash.add(std::string_view(octets).substr(at, piece));
        CHECK(to_text(hash.finish()) ==
              "5d9714feafe283193f3554a956c08f5d8fbade49844b12bf3ba49ac2aa9107e3");
    }
}

TEST_CASE("XXH3-64 is that of its author, with seed 0", "[hashes]") {
    CHECK(xxh3("") == 0x2d06'8005'38d3'94c2);
    CHECK(xxh3("abc") == 0x78af'5f94'892f'3950);
    const std::string octets(10'000, 'x');
    for (std::size_t at = 0; at < octets.size(); at += 97) {
        std::string flipped = octets;
        flipped[at] = 'y';
        CHECK(xxh3(flipped) != xxh3(octets));
    }
}
