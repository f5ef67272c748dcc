// SPDX-License-Identifier: GPL-3.0-or-later
// Names that mailers and shells come with, or none at all.
#include "models/attribution/network.h"
#include "models/attribution/requests.h"
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

#include <algorithm>
#include <array>

namespace sluicegate::attribution::rules {

namespace {

bool isOddName(std::string_view script)
{
    static constexpr std::array<std::string_view, 16> names {"mailer.php", "alfa.php", "leaf.php",
        "leafmailer.php", "shell.php", "wso.php", "c99.php", "r57.php", "up.php", "x.php", "mini.php",
        "priv.php", "bypass.php", "symlink.php", "about.php7", "sendout.php"};
    const std::string name = lowered(script.substr(script.rfind('/') + 1));
    const std::size_t dot = name.find('.');
    const std::string stem = name.substr(0, dot);
    if (std::ranges::find(names, name) != names.end() || stem.size() <= 2)
        return true;
    if (name.find('.', dot + 1) != std::string::npos && isProgram(name) && !name.starts_with("class."))
        return true; // picture.jpg.php
    // Letters and digits by chance: "x7f3q9.php". Versions and years at the end ("form2.php") are usual.
    std::size_t changes = 0;
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t i = 1; i < stem.size(); ++i)
        changes += isDigit(stem[i]) != isDigit(stem[i - 1]) ? 1 : 0;
    return changes >= 3;
}

} // namespace

Finding oddScript(const Scene& scene)
{
    std::string script = scene.origin.script;
    if (script.empty())
        if (const EndpointMatch* match = droppedOf(scene))
            script = match->endpoint.substr(0, match->endpoint.find('?'));
    if (script.empty() || isMailLibrary(script) || !isOddName(script))
        return {};
    return Clue {.rule = "odd-script",
        .weight = 1,
        .count = scene.spam.size(),
        .values = {script},
        .evidence = linesWith(scene, entryText(scene), 1)};
}

} // namespace sluicegate::attribution::rules
