// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attribution/rules/quote.h"

#include "models/attribution/requests.h"

#include <algorithm>

namespace sluicegate::attribution::rules {

base::EvidenceLine lineWith(const Scene& scene, std::uint32_t journey, std::string_view text)
{
    const auto lines = scene.log().journey(journey).lines();
    if (lines.empty())
        return {};
    const auto found = std::ranges::find_if(lines, [&](maillog::LineRef line) {
        return scene.log().lineText(line).find(text) != std::string_view::npos;
    });
    return scene.log().evidence(found == lines.end() ? lines.front() : *found);
}

Lines linesWith(const Scene& scene, std::string_view text, const std::function<bool(const Row&)>& wanted,
    std::size_t limit)
{
    Lines lines;
    for (const std::uint32_t index : scene.spam) {
        if (lines.size() >= std::min(limit, quoteLimit))
            break;
        if (const Row& row = scene.rows[index]; wanted(row))
            lines.push_back(lineWith(scene, row.journey, text));
    }
    return lines;
}

Lines linesWith(const Scene& scene, std::string_view text, std::size_t limit)
{
    return linesWith(scene, text, [](const Row&) { return true; }, limit);
}

Lines linesOf(const Scene& scene, const std::vector<Tally>& tallies, std::string_view text, std::size_t limit)
{
    Lines lines;
    for (std::size_t i = 0; i < tallies.size() && i < std::min(limit, quoteLimit); ++i)
        lines.push_back(lineWith(scene, tallies[i].example, text));
    return lines;
}

base::EvidenceLine lineOf(const SiteRequests& log, const hosting::Request& request)
{
    return {log.file, request.line, std::string(request.text)};
}

base::EvidenceLine lineOf(const PhpCall& call)
{
    return {call.log->file, call.mail->line, call.mail->text};
}

base::EvidenceLine lineOf(const std::string& queueId, const QueuedMessage& message, std::size_t offset)
{
    const std::string_view bytes = message.bytes.view();
    offset = std::min(offset, bytes.size());
    const auto line = static_cast<std::uint64_t>(std::ranges::count(bytes.substr(0, offset), '\n')) + 1;
    const std::string_view rest = bytes.substr(offset);
    return {"commands/postcat-q/" + queueId, line, std::string(rest.substr(0, rest.find_first_of("\r\n")))};
}

const EndpointMatch* formOf(const Scene& scene)
{
    if (scene.endpoints.empty() || droppedOf(scene) == &scene.endpoints.front()
        || isWebmail(scene.endpoints.front()))
        return nullptr;
    if (isEvaluated(scene)) // what runs whatever it is sent is no form
        return nullptr;
    const EndpointMatch& best = scene.endpoints.front();
    const bool explains = best.paired >= 3 && best.paired * 10 >= scene.spam.size() * 4;
    // On a busy address chance alone puts a request beside every message.
    return explains && best.paired * 10 >= best.requests * 3 ? &best : nullptr;
}

bool isEvaluated(const Scene& scene)
{
    const auto& calls = scene.background.scripts.calls;
    bool found = std::ranges::any_of(scene.spam, [&](std::uint32_t index) {
        const auto call = calls.find(scene.rows[index].journey);
        return call != calls.end() && call->second.mail->evaluated;
    });
    eachQueued(scene, [&](const std::string&, const QueuedMessage& queued) {
        for (const message::Field& field : queued.inspection.fields)
            found = found
                || (field.name.starts_with("X-PHP-")
                    && field.value.find("eval()'d code") != std::string::npos);
    });
    return found;
}

bool isWebmail(const EndpointMatch& match)
{
    return !match.examples.empty() && match.examples.front().first->file.find("webmail") != std::string::npos;
}

const EndpointMatch* droppedOf(const Scene& scene)
{
    // A user without a site (popuser, who runs vacations) is beside every site's requests by chance.
    const auto isOwn = [&](const EndpointMatch& match) {
        return std::ranges::contains(scene.sites, match.domain, &hosting::Site::domain)
            || match.followed * 10 >= scene.spam.size();
    };
    for (const EndpointMatch& match : scene.endpoints)
        if (!dataFolder(match.endpoint).empty()
            && isProgram(match.endpoint.substr(0, match.endpoint.find('?'))) && isOwn(match))
            return &match;
    return nullptr;
}

std::string scriptOf(const Scene& scene)
{
    if (!scene.origin.script.empty())
        return scene.origin.script;
    if (const EndpointMatch* match = droppedOf(scene))
        return match->script;
    return !scene.endpoints.empty() && isEvaluated(scene) ? scene.endpoints.front().script : std::string();
}

void eachQueued(
    const Scene& scene, const std::function<void(const std::string& queueId, const QueuedMessage&)>& use)
{
    for (const auto& [queueId, queued] : scene.facts().queued) {
        const auto lives = scene.log().findQueueId(queueId);
        if (!lives.empty() && std::ranges::binary_search(scene.spamJourneys, lives.back()))
            use(queueId, queued);
    }
}

std::string_view entryText(const Scene& scene)
{
    switch (scene.origin.path) {
    case Path::Login:
        return "sasl_username=";
    case Path::Pickup:
        return "uid=";
    case Path::LocalSmtp:
    case Path::Relay:
        return "client=";
    default:
        return "from=<";
    }
}

std::string percent(std::uint64_t part, std::uint64_t whole)
{
    return std::to_string(whole == 0 ? 0 : part * 100 / whole);
}

double rising(double value, double from, double to)
{
    return std::clamp((value - from) / (to - from), 0.0, 1.0);
}

} // namespace sluicegate::attribution::rules
