// One JSON object written member by member, as a line for jq and for people.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

namespace kontor {

class JsonLine {
public:
    JsonLine& text(std::string_view name, std::string_view value);
    JsonLine& number(std::string_view name, std::integral auto value) {
        return raw(name, std::to_string(value));
    }
    JsonLine& boolean(std::string_view name, bool value);
    // `json` is JSON already.
    JsonLine& raw(std::string_view name, std::string_view json);

    // The object, without a line break.
    std::string str() const { return out_ + '}'; }

private:
    void name(std::string_view name);
    std::string out_ = "{";
};

}  // namespace kontor
