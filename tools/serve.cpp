// Opens a data directory, says where it serves, and closes it properly when asked to end.
#include "tools/serve.h"

#include "api/server.h"
#include "domain/contexts.h"
#include "domain/core/decimal.h"
#include "tools/command_line.h"

#include <pthread.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>
#include <CLI/CLI.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>

namespace kontor {
namespace {

struct Wishes {
    std::string data;
    std::string listen = "127.0.0.1:8080";
    std::string certificate, key, fonts;
    bool public_without_tls = false;
    bool accept_clock = false;
    bool accept_shorter_log = false;
};

// "127.0.0.1:8080", "[::1]:8080", "localhost:0".
void read_listen(const std::string& listen, HttpServerOptions& http) {
    const std::size_t colon = listen.rfind(':');
    const auto port = colon == std::string::npos ? std::optional<std::int64_t>()
                                                 : integer_from(listen.substr(colon + 1));
    if (!port || *port < 0 || *port > 65'535)
        throw Unable("--listen must be <address>:<port>, such as 127.0.0.1:8080");
    http.port = static_cast<std::uint16_t>(*port);
    http.address = listen.substr(0, colon);
    if (http.address.starts_with('[') && http.address.ends_with(']'))
        http.address = http.address.substr(1, http.address.size() - 2);
}

// Tells tools on this machine where the server of this directory is; gone when it ends.
class Signpost {
public:
    Signpost(const std::string& directory, const std::string& url)
        : path_(directory + "/server.json") {
        const std::string fresh = path_ + ".new";
        std::ofstream(fresh) << "{\"pid\": " << getpid() << ", \"url\": \"" << url << "\"}\n";
        std::filesystem::rename(fresh, path_);
    }
    ~Signpost() {
        std::error_code gone;
        std::filesystem::remove(path_, gone);
    }
    Signpost(const Signpost&) = delete;
    Signpost& operator=(const Signpost&) = delete;

private:
    std::string path_;
};

int run(const Wishes& wishes) {
    // All threads leave these signals to sigwait below.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    const auto catalog = make_catalog();
    for (const std::string& fault : catalog->faults())
        throw Unable("this program is contradictory: " + fault);
    auto journal = spdlog::stderr_color_mt("kontor");
    ServerOptions options;
    options.directory = wishes.data;
    options.fonts = wishes.fonts;
    options.accept_clock = wishes.accept_clock;
    options.accept_shorter_log = wishes.accept_shorter_log;
    options.report = [journal](const std::string& sentence) { journal->warn(sentence); };
    read_listen(wishes.listen, options.http);
    options.http.certificate_file = wishes.certificate;
    options.http.key_file = wishes.key;
    options.http.allow_public_plain = wishes.public_without_tls;
    options.http.report = options.report;
    const std::string admin_key = wishes.data + "/admin.key";
    const bool first_start = !std::filesystem::exists(admin_key);
    Server server(*catalog, read_models(), options);
    const Signpost signpost(wishes.data, server.url());
    std::printf("kontor serves %s at %s\n", wishes.data.c_str(), server.url().c_str());
    if (first_start && std::filesystem::exists(admin_key))
        std::printf("the administrator's key is in %s; `CreateCompany` is the first command\n",
                    admin_key.c_str());
    std::fflush(stdout);
    int signal = 0;
    sigwait(&ends, &signal);
    journal->info("ending: answering what was taken");
    server.stop();
    return exit_done;
}

}  // namespace

int serve(int argc, char** argv) {
    CLI::App app{"Serves the HTTP API over a data directory, which is made if it is not there.",
                 "kontor serve"};
    Wishes wishes;
    app.add_option("--data", wishes.data, "the data directory")->required();
    app.add_option("--listen", wishes.listen, "address and port; port 0 is any free one")
        ->capture_default_str();
    app.add_option("--tls-certificate", wishes.certificate, "PEM file with the certificate chain");
    app.add_option("--tls-key", wishes.key, "PEM file with its private key");
    app.add_option("--fonts", wishes.fonts,
                   "directory of DejaVuSans.ttf and DejaVuSans-Bold.ttf, which PDFs are printed "
                   "with; else where the system has them");
    app.add_flag("--public-without-tls", wishes.public_without_tls,
                 "listens on an address that others can reach although nothing is encrypted");
    app.add_flag("--accept-shorter-log", wishes.accept_shorter_log,
                 "Go on with a log that ends before commits that were durable: they are lost for "
                 "good");
    app.add_flag("--accept-clock", wishes.accept_clock,
                 "believes a clock that is over a day ahead of the last commit");
    CLI11_PARSE(app, argc, argv);
    return run_command("serve", [&] { return run(wishes); });
}

}  // namespace kontor
