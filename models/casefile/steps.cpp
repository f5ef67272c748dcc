// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/casefile/steps.h"

#include "models/casefile/chain.h"

#include <charconv>
#include <string_view>

namespace sluicegate::casefile {

namespace {

using namespace containment;

constexpr std::string_view exitMark = "exit status ";
constexpr std::string_view outputMark = " sha256 ";

std::optional<int> exitStatusIn(std::string_view text)
{
    int status = 0;
    if (!text.starts_with(exitMark))
        return {};
    const auto rest = text.substr(exitMark.size());
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), status);
    return error == std::errc {} ? std::optional(status) : std::nullopt;
}

std::string outputHashIn(std::string_view text)
{
    constexpr std::size_t digits = 64;
    const std::size_t at = text.find(outputMark);
    const std::string_view hash
        = at == text.npos ? text.substr(0, 0) : text.substr(at + outputMark.size(), digits);
    return isHash(hash) ? std::string(hash) : std::string();
}

void endCommand(JournalStep& step, const JournalLine& line)
{
    if (line.entry.kind == kinds::commandCut) {
        step.end = StepEnd::MustBeChecked;
        step.text += " -- " + line.entry.text;
        return;
    }
    step.exitStatus = exitStatusIn(line.entry.text);
    step.outputHash = outputHashIn(line.entry.text);
    const bool well = step.exitStatus == 0 && !line.entry.text.contains(" signal ");
    step.end = well ? StepEnd::Well : StepEnd::Badly;
}

// "change-password anna@shop.example change:done verify:already-so"
StepEnd endOfAction(const JournalLine& line)
{
    const std::string_view text = line.entry.text;
    if (text.contains(":must-be-checked"))
        return StepEnd::MustBeChecked;
    for (const QJsonValue& fact : line.more[QLatin1String("facts")].toArray())
        if (fact[0].toString() == u"ended" && fact[1].toString() != u"whole")
            return StepEnd::Badly;
    return text.contains(":already-so") && !text.contains(":done") ? StepEnd::AlreadySo : StepEnd::Well;
}

JournalStep stepOf(const JournalLine& line, std::size_t number)
{
    JournalStep step {
        .line = number, .at = line.entry.at, .by = line.by, .kind = line.entry.kind, .text = line.entry.text};
    if (step.kind == kinds::actionEnded)
        step.end = endOfAction(line);
    if (step.kind == "failed")
        step.end = StepEnd::Badly;
    if (step.kind == itemKind)
        step.outputHash = line.more[QLatin1String("item")][QLatin1String("sha256")].toString().toStdString();
    return step;
}

} // namespace

std::vector<JournalStep> stepsIn(std::span<const JournalLine> lines)
{
    std::vector<JournalStep> steps;
    std::optional<std::size_t> open; // the command that has no end yet
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string_view kind = lines[i].entry.kind;
        if (open && (kind == kinds::commandEnded || kind == kinds::commandCut)) {
            endCommand(steps[*open], lines[i]);
            open.reset();
            continue;
        }
        steps.push_back(stepOf(lines[i], i + 1));
        if (kind == kinds::command) {
            steps.back().end = StepEnd::MustBeChecked; // until its end is read
            open = steps.size() - 1;
        }
    }
    return steps;
}

} // namespace sluicegate::casefile
