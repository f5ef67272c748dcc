// SPDX-License-Identifier: GPL-3.0-or-later
// makelog SIZE SEED [--style traditional|iso] [--ids short|long] [--truth FILE]: a log on stdout, the truth
// about it in a file.
#include "tests/bench/loggenerator.h"

#include <charconv>
#include <cstdio>
#include <fstream>
#include <optional>
#include <string_view>

using namespace sluicegate::bench;

namespace {

std::optional<std::uint64_t> number(std::string_view text)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const std::string_view unit(end, text.data() + text.size());
    if (error != std::errc {} || unit.size() > 1)
        return {};
    return unit.empty() ? value : unit == "K" ? value << 10 : unit == "M" ? value << 20 : value << 30;
}

int usage()
{
    std::fputs(
        "makelog SIZE[K|M|G] SEED [--style traditional|iso] [--ids short|long] [--truth FILE]\n", stderr);
    return 2;
}

} // namespace

int main(int argc, char** argv)
{
    const auto size = argc > 1 ? number(argv[1]) : std::nullopt;
    const auto seed = argc > 2 ? number(argv[2]) : std::nullopt;
    if (!size || !seed)
        return usage();
    Settings settings {.bytes = *size, .seed = *seed, .keepJourneys = false};
    std::string truthFile;
    for (int n = 3; n + 1 < argc; n += 2) {
        const std::string_view option = argv[n];
        const std::string_view value = argv[n + 1];
        if (option == "--style")
            settings.style = value == "iso" ? Style::Zoned : Style::Traditional;
        else if (option == "--ids")
            settings.ids = value == "long" ? Ids::Long : Ids::Short;
        else if (option == "--truth")
            truthFile = value;
        else
            return usage();
    }
    LogGenerator generator(settings);
    std::string out;
    for (bool more = true; more; out.clear()) {
        more = generator.write(out);
        if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size())
            return 1;
    }
    if (!truthFile.empty())
        std::ofstream(truthFile) << toJson(generator.truth());
    return 0;
}
