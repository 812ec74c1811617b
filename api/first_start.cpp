// The key file comes before the commit, so that a crash in between locks nobody out.
#include "api/first_start.h"

#include "domain/access/access.h"
#include "domain/access/keys.h"
#include "domain/access/roles.h"
#include "eventstore/directory.h"
#include "eventstore/hashes.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>

namespace kontor {
namespace {

template <class C>
Ask asking(const Catalog& catalog, C command) {
    return {catalog.command(&type_of<C>()), std::make_shared<const C>(std::move(command)),
            std::nullopt, std::nullopt};
}

void write_private(const std::string& path, std::string_view text) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool written =
        file >= 0 && fchmod(file, 0600) == 0 &&
        write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        fsync(file) == 0;
    const int error = errno;
    if (file >= 0) close(file);
    if (!written)
        throw StorageBroken("the administrator's key cannot be written to " + path + ": " +
                            std::strerror(error));
}

}  // namespace

std::string new_secret() {
    std::array<unsigned char, 32> octets;
    randombytes_buf(octets.data(), octets.size());
    return "kontor_" + to_text(Hash(octets));
}

void admit_administrator(const Catalog& catalog, Engine& engine, const std::string& directory) {
    if (engine.durable().position != 0 || !catalog.command("CreateKey")) return;
    const std::string secret = new_secret();
    write_private(directory + "/admin.key", secret + "\n");
    sync_directory(directory);
    const Hash hash = sha256(secret);
    Submission submission;
    submission.asker = {"kontor", "", true};
    submission.note = "first start";
    submission.asks = {
        asking(catalog, access::DefineRole{{"administrator"}, {"*"}}),
        asking(catalog, access::GrantRole{{"administrator"}, {"administrator"}, std::nullopt}),
        asking(catalog,
               access::CreateKey{{"admin"}, {"administrator"}, {{hash.begin(), hash.end()}}}),
    };
    for (const Answered& answer : engine.ask(std::move(submission)))
        if (answer.status != 200)
            throw StorageBroken("the first start could not admit an administrator: " + answer.text);
}

}  // namespace kontor
