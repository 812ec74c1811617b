// How a tool finds the server of a data directory and speaks to it.
#include "tools/running_server.h"

#include "api/http_client.h"
#include "tools/command_line.h"

#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

namespace kontor {
namespace {

// A text member of a JSON object; empty when it is not one, or has no such text.
std::optional<std::string> member_of(const std::string& json, const char* name) {
    const auto object = nlohmann::json::parse(json, nullptr, false);
    if (!object.is_object()) return std::nullopt;
    const auto member = object.find(name);
    if (member == object.end() || !member->is_string()) return std::nullopt;
    return member->get<std::string>();
}

}  // namespace

bool is_served(const std::string& data) {
    const int lock = ::open((data + "/lock").c_str(), O_RDONLY | O_CLOEXEC);
    if (lock < 0) return false;
    const bool held = ::flock(lock, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(lock);
    return held;
}

std::optional<std::string> file_text(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), {});
    if (!file.is_open() || file.bad()) return std::nullopt;
    constexpr std::string_view white = " \t\r\n";
    text.erase(std::min(text.find_last_not_of(white) + 1, text.size()));
    text.erase(0, std::min(text.find_first_not_of(white), text.size()));
    return text;
}

RunningServer::RunningServer(const std::string& data, const std::string& secret)
    : data_(data), secret_(secret) {
    const auto server = file_text(data + "/server.json");
    const auto url = server ? member_of(*server, "url") : std::nullopt;
    if (!url)
        throw Unable("The data directory " + data +
                     " is in use by another process, and it has no " +
                     "server.json that says where a server can be asked.");
    url_ = *url;
    while (url_.ends_with('/')) url_.pop_back();
    if (!secret_.empty()) return;
    const auto key = file_text(data + "/admin.key");
    if (!key || key->empty())
        throw Unable("A server runs on " + data + ", and there is no " + data +
                     "/admin.key that can be read to ask it with; give --key.");
    secret_ = *key;
}

RunningServer::Answer RunningServer::get(const std::string& target) const {
    HttpRequest request;
    request.method = "GET";
    request.target = target;
    return ask(std::move(request));
}

RunningServer::Answer RunningServer::post(const std::string& target, const std::string& body,
                                          const std::string& media_type) const {
    HttpRequest request;
    request.method = "POST";
    request.target = target;
    request.headers = {{"Content-Type", media_type}};
    request.body = body;
    return ask(std::move(request));
}

RunningServer::Answer RunningServer::ask(HttpRequest request) const {
    request.headers.push_back({"Authorization", "Bearer " + secret_});
    HttpClientOptions options;
    options.timeout = std::chrono::minutes(10);  // a checkpoint of a large log flushes first
    try {
        HttpAnswer answer = HttpClient(url_, options).send(request);
        return {answer.status, std::move(answer.body)};
    } catch (const HttpFailure& why) {
        throw Unable("The server at " + url_ + " of " + data_ + " does not answer: " + why.what());
    }
}

std::string RunningServer::no_of(const Answer& answer) {
    if (answer.status == 401)
        return "The server does not know the key, or it is revoked; give a valid one with --key.";
    const auto detail = member_of(answer.body, "detail");
    const auto title = member_of(answer.body, "title");
    if (detail && !detail->empty()) return *detail;
    if (title && !title->empty()) return *title + ".";
    return "It answered " + std::to_string(answer.status) + ".";
}

std::string RunningServer::checkpoint() const {
    const Answer answer = post("/checkpoint", "{}");
    if (answer.status != 200)
        throw Unable("The server at " + url_ + " makes no checkpoint: " + no_of(answer));
    const auto directory = member_of(answer.body, "directory");
    if (!directory)
        throw Unable("The server at " + url_ + " does not say where its checkpoint is.");
    // The server may name the directory as seen from where it was started; where its checkpoints
    // lie is known.
    const auto path =
        std::filesystem::path(data_) / "checkpoints" / std::filesystem::path(*directory).filename();
    std::error_code error;
    if (!std::filesystem::is_directory(path, error))
        throw Unable("The server at " + url_ + " made the checkpoint " + *directory +
                     ", which is not in " + path.parent_path().string() + ".");
    return path.string();
}

void remove_checkpoint(const std::string& checkpoint) {
    const std::filesystem::path path(checkpoint);
    if (path.parent_path().filename() != "checkpoints" || path.filename().empty()) return;
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
}

}  // namespace kontor
