// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attribution/wording.h"

#include "models/attribution/network.h"

#include <algorithm>

namespace sluicegate::attribution {

std::string templateOf(std::string_view subject)
{
    std::string words;
    bool quoted = false;
    for (const char c : subject.substr(0, 200)) {
        quoted = quoted != (c == '"');
        if (!quoted && (c < '0' || c > '9'))
            words += c;
    }
    return words;
}

Wording::Wording(const Scene& scene) : m_scene(scene)
{
    for (const auto& [id, queued] : scene.facts().queued)
        if (const auto lives = scene.log().findQueueId(id); !lives.empty())
            m_queued.emplace(lives.back(), &queued);
}

std::string_view Wording::subject(const Row& row) const
{
    const auto& calls = m_scene.background.scripts.calls;
    if (const auto call = calls.find(row.journey); call != calls.end())
        return call->second.mail->subject;
    return field(row, "Subject");
}

std::string Wording::words(const Row& row) const
{
    constexpr std::size_t fewLetters = 8; // "Re: ", "Hello": anybody's
    std::string words = templateOf(subject(row));
    const auto letters = std::ranges::count_if(
        words, [](char c) { return c != ' ' && c != '[' && c != ']' && c != '-' && c != ':'; });
    return static_cast<std::size_t>(letters) < fewLetters ? std::string() : words;
}

std::string Wording::replyTo(const Row& row) const
{
    std::string_view address = field(row, "Reply-To");
    if (const std::size_t open = address.rfind('<'); open != std::string_view::npos)
        address = address.substr(open + 1, address.find('>', open) - open - 1);
    return lowered(address);
}

std::string_view Wording::field(const Row& row, std::string_view name) const
{
    const auto queued = m_queued.find(row.journey);
    return queued == m_queued.end() ? std::string_view() : queued->second->inspection.value(name);
}

} // namespace sluicegate::attribution
