// The one place where what a command throws becomes a sentence and an exit code.
#include "tools/command_line.h"

#include "tools/progress.h"

#include <csignal>
#include <iostream>
#include <string>

namespace kontor {
namespace {

// Sentences begin with a capital and end with a full stop, whoever threw them.
std::string sentence(std::string text) {
    if (text.empty()) return "Something failed without saying why.";
    if (text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    if (text.back() != '.' && text.back() != '!' && text.back() != '?') text += '.';
    return text;
}

}  // namespace

int run_command(std::string_view name, const std::function<int()>& work) {
    // The reader of a pipe may have had enough: the write fails, and the work ends as it should,
    // without leaving behind what it made for itself.
    std::signal(SIGPIPE, SIG_IGN);
    try {
        const InterruptWatch watch;
        const int code = work();
        std::cout.flush();
        return code;
    } catch (const Interrupted&) {
        std::cerr << "kontor " << name << ": interrupted.\n";
        return exit_interrupted;
    } catch (const std::exception& why) {
        std::cout.flush();
        std::cerr << "kontor " << name << ": " << sentence(why.what()) << '\n';
        return exit_no;
    }
}

}  // namespace kontor
