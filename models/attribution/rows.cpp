// SPDX-License-Identifier: GPL-3.0-or-later
// Journeys of a source become rows with what their tool left in them.
#include "models/attribution/network.h"
#include "models/attribution/split.h"

#include <algorithm>

namespace sluicegate::attribution {

namespace {

std::uint64_t mix(std::uint64_t hash, std::uint64_t value)
{
    hash ^= value + 0x9e3779b97f4a7c15ULL + (hash << 6) + (hash >> 2);
    return hash * 0xff51afd7ed558ccdULL;
}

unsigned classOf(char c)
{
    if (c >= '0' && c <= '9')
        return 1;
    if (c >= 'a' && c <= 'z')
        return 2;
    if (c >= 'A' && c <= 'Z')
        return 4;
    return 0;
}

// A mail program keeps the shape of its Message-IDs: which marks part them, and the right side. Letters and
// digits are random, so a class counts only when it fills a part alone.
std::uint64_t shapeOf(std::string_view id)
{
    const std::size_t at = id.rfind('@');
    std::uint64_t shape = id.empty() ? 1 : 2;
    bool inRun = false;
    for (const char c : id.substr(0, at)) {
        const bool isRun = classOf(c) != 0;
        if (!isRun || !inRun)
            shape = mix(shape, isRun ? 7 : static_cast<unsigned char>(c));
        inRun = isRun;
    }
    if (at != std::string_view::npos)
        shape = mix(shape, std::hash<std::string_view> {}(id.substr(at + 1)));
    return shape;
}

bool isForeignToLogin(std::string_view sender, std::string_view login)
{
    if (sender.empty())
        return false;
    const std::string_view domain = domainOf(login);
    return domain.empty() ? false : !related(domainOf(sender), domain);
}

bool isForeignToSites(const Scene& scene, std::string_view sender)
{
    const std::string_view domain = domainOf(sender);
    if (domain.empty() || scene.sites.empty())
        return false;
    // Without an envelope sender of its own, sendmail writes user@myhostname or user@mydestination.
    if (std::ranges::binary_search(scene.facts().localDomains, domain, std::less<> {})
        && sender.substr(0, sender.rfind('@')) == scene.origin.name)
        return false;
    return std::ranges::none_of(
        scene.sites, [&](const hosting::Site* site) { return related(domain, site->domain); });
}

Row rowOf(const Scene& scene, std::uint32_t index)
{
    const maillog::Journey journey = scene.log().journey(index);
    const std::string_view client = journey.clientIp();
    Row row {.journey = index,
        .at = journey.arrived().value_or(journey.first()),
        .client = client,
        .network = network(client),
        .sender = journey.sender()};
    row.noticed = scene.background.noticed[index];
    row.foreign = scene.origin.path == Path::Login ? isForeignToLogin(row.sender, scene.origin.name)
                                                   : isForeignToSites(scene, row.sender);
    row.signature = mix(shapeOf(journey.messageId()), row.foreign ? 1 : 0);
    if (scene.origin.path != Path::Login && !row.foreign)
        row.signature = mix(row.signature, std::hash<std::string_view> {}(row.sender));
    return row;
}

} // namespace

void fillRows(Scene& scene)
{
    scene.rows.reserve(scene.origin.journeys.size());
    constexpr std::size_t ahead = 16;
    const std::vector<std::uint32_t>& journeys = scene.origin.journeys;
    for (std::size_t i = 0; i < journeys.size(); ++i) {
        if (i + ahead < journeys.size())
            scene.log().expect(journeys[i + ahead]);
        scene.rows.push_back(rowOf(scene, journeys[i]));
    }
    const auto order = [](const Row& row) { return std::pair(row.at, row.journey); };
    if (!std::ranges::is_sorted(scene.rows, {}, order))
        std::ranges::sort(scene.rows, {}, order);
}

} // namespace sluicegate::attribution
