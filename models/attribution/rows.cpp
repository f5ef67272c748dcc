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
    const auto& locals = scene.facts().localDomains;
    // Over SMTP from localhost any site here may write; what is nobody's here is foreign.
    if (scene.origin.path == Path::LocalSmtp && !domain.empty() && !locals.empty())
        return !std::ranges::binary_search(locals, lowered(domain))
            && std::ranges::none_of(scene.facts().hosting.sites,
                [&](const hosting::Site& site) { return related(domain, site.domain); });
    if (domain.empty() || scene.sites.empty())
        return false;
    // Without an envelope sender of its own, sendmail writes user@myhostname or user@mydestination.
    if (std::ranges::binary_search(scene.facts().localDomains, domain, std::less<> {})
        && sender.substr(0, sender.rfind('@')) == scene.origin.name)
        return false;
    return std::ranges::none_of(
        scene.sites, [&](const hosting::Site* site) { return related(domain, site->domain); });
}

// Whose name a message bears is asked once for each name.
std::uint32_t numberOfSender(Scene& scene, std::string_view sender)
{
    Names& names = scene.names;
    const std::uint32_t number = names.senders.of(sender);
    if (number < names.aboutSender.size())
        return number;
    const bool isLogin = scene.origin.path == Path::Login;
    const bool foreign
        = isLogin ? isForeignToLogin(sender, scene.origin.name) : isForeignToSites(scene, sender);
    names.aboutSender.push_back({foreign, isLogin || foreign ? 0 : std::hash<std::string_view> {}(sender)});
    return number;
}

std::uint32_t numberOfClient(Names& names, std::string_view client)
{
    const std::uint32_t number = names.clients.of(client);
    if (number == names.networkOf.size())
        names.networkOf.push_back(names.networks.of(network(client)));
    return number;
}

Row rowOf(Scene& scene, std::uint32_t index)
{
    const maillog::Journey journey = scene.log().journey(index);
    Row row {.at = journey.arrived().value_or(journey.first()),
        .journey = index,
        .client = numberOfClient(scene.names, journey.clientIp()),
        .sender = numberOfSender(scene, journey.sender())};
    const Names::Sender& about = scene.names.aboutSender[row.sender];
    row.noticed = scene.background.noticed[index];
    row.foreign = about.foreign;
    row.signature
        = scene.names.signatures.of(mix(mix(journey.messageIdShape(), about.foreign ? 1 : 0), about.hash));
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
