// A real server over a data directory of its own, asked over a real connection.
#pragma once

#include "api/http_client.h"
#include "api/server.h"
#include "domain/contexts.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace kontor::test {

// A directory that is gone when the test ends.
class ScratchDirectory {
public:
    ScratchDirectory() {
        std::string name = (std::filesystem::temp_directory_path() / "kontor_XXXXXX").string();
        if (!mkdtemp(name.data())) std::abort();
        path_ = name;
    }
    ~ScratchDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

// The program's own catalog, kept while it runs.
inline const Catalog& program() {
    static const auto catalog = make_catalog();
    return *catalog;
}

inline std::string first_line(const std::string& path) {
    std::string line;
    std::ifstream file(path);
    std::getline(file, line);
    return line;
}

// Serves on any free port until it is dropped.
class RunningServer {
public:
    explicit RunningServer(std::string directory, ServerOptions options = {})
        : server_(program(), read_models(), with(std::move(options), directory)),
          client_(server_.url()),
          key_(first_line(directory + "/admin.key")) {}

    std::string url() const { return server_.url(); }
    const std::string& key() const { return key_; }
    void stop() { server_.stop(); }

    HttpAnswer get(const std::string& target, std::vector<Header> headers = {}) {
        headers.push_back({"Authorization", "Bearer " + key_});
        return client_.get(target, std::move(headers));
    }
    HttpAnswer post(const std::string& target, const std::string& body,
                    std::vector<Header> headers = {}) {
        headers.push_back({"Authorization", "Bearer " + key_});
        return client_.post(target, body, std::move(headers));
    }
    HttpAnswer command(const std::string& name, const std::string& body,
                       std::vector<Header> headers = {}) {
        return post("/commands/" + name, body, std::move(headers));
    }
    // From here on, another key is used.
    void act_with(std::string key) { key_ = std::move(key); }

private:
    static ServerOptions with(ServerOptions options, const std::string& directory) {
        options.directory = directory;
        return options;
    }

    Server server_;
    HttpClient client_;
    std::string key_;
};

}  // namespace kontor::test
