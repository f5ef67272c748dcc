// SPDX-License-Identifier: GPL-3.0-or-later
// Applications build subjects by template: WordPress writes [Site] Word: "Post", in every language. The
// structure is asked, not the words.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

namespace {

// "[Shop] Please moderate: "Hello"", "[Shop] New User Registration", "Account Details for ann at
// shop.example".
bool isTemplate(std::string_view subject)
{
    if (!subject.starts_with('['))
        return subject.starts_with("Account Details for ") || subject.starts_with("Account details for ");
    const std::size_t close = subject.find("] ");
    return close != std::string_view::npos && close > 1 && close < 120;
}

} // namespace

Finding formSubjects(const Scene& scene)
{
    std::uint64_t known = 0;
    std::uint64_t templated = 0;
    std::string example;
    Lines lines;
    const auto see = [&](std::string_view subject, const auto& quote) {
        ++known;
        if (!isTemplate(subject))
            return;
        ++templated;
        if (example.empty())
            example = subject.substr(0, 200);
        if (lines.size() < 5)
            lines.push_back(quote());
    };
    for (const std::uint32_t index : scene.spam) {
        const auto call = scene.background.scripts.calls.find(scene.rows[index].journey);
        if (call != scene.background.scripts.calls.end() && !call->second.mail->subject.empty())
            see(call->second.mail->subject, [&] { return lineOf(call->second); });
    }
    eachQueued(scene, [&](const std::string& id, const QueuedMessage& queued) {
        for (const message::Field& field : queued.inspection.fields)
            if (field.name == "Subject")
                return see(field.value, [&] { return lineOf(id, queued, field.offset); });
    });
    if (known == 0 || templated * 2 < known)
        return {};
    return Clue {.rule = "form-subjects",
        .weight = rising(static_cast<double>(templated), 0, 5),
        .count = templated,
        .values = {example},
        .evidence = lines};
}

} // namespace sluicegate::attribution::rules
