// SPDX-License-Identifier: GPL-3.0-or-later
// Whose message is it, the thief's or the owner's: places, programs and words tell.
#include "models/attribution/marks.h"
#include "models/attribution/network.h"
#include "models/attribution/wording.h"

#include <map>
#include <optional>

namespace sluicegate::attribution {

using base::Instant;

Marks marksOf(const Scene& scene, const std::vector<bool>& seeds)
{
    Marks marks {Chosen(scene.names.signatures.size()), Chosen(scene.names.clients.size())};
    for (std::size_t i = 0; i < scene.rows.size(); ++i)
        if (seeds[i]) {
            marks.signatures.insert(scene.rows[i].signature);
            marks.clients.insert(scene.rows[i].client);
            ++marks.seeds;
        }
    return marks;
}

void readWords(Scene& scene, const Marks& ofSeeds)
{
    const Wording wording(scene);
    if (!wording.knowsAny())
        return;
    std::map<std::string, std::size_t> listed;
    std::size_t known = 0;
    for (const Row& row : scene.rows)
        if (std::string words = wording.words(row); row.spam && !words.empty()) {
            ++listed[std::move(words)];
            ++known;
        }
    std::size_t repeated = 0;
    for (const auto& [words, count] : listed)
        repeated += count >= 2 ? count : 0;
    const bool closed = known >= 5 && repeated * 10 >= known * 9;
    for (Row& row : scene.rows) {
        if (row.noticed || (!row.spam && row.doubt == Doubt::None))
            continue;
        const bool hasPlace = !scene.client(row).empty();
        const auto words = listed.find(wording.words(row));
        const std::size_t count = words == listed.end() ? 0 : words->second;
        if (row.doubt != Doubt::None && count >= 2) {
            row.spam = true;
            row.doubt = Doubt::None;
        } else if (row.spam && closed && count == 1 && (!hasPlace || !ofSeeds.uses(row))) {
            row.spam = false;
            row.doubt = Doubt::WordsUnlike;
        }
    }
}

namespace {

// Places the login's owner is known by: from the days before the attack, by mail or by a good login. A log
// that does not reach back a day must do with the hour, or less.
class Homes {
public:
    Homes(const Scene& scene, Instant begin)
        : m_names(scene.names)
        , m_addresses(m_names.clients.size())
        , m_networks(m_names.networks.size())
        , m_odd(m_names.clients.size())
    {
        const base::Instant::duration reach = begin - scene.log().summary().from.value_or(begin);
        const Instant before = begin - quietBefore(reach);
        m_long = reach > longEnough;
        for (const Row& row : scene.rows)
            if (row.at < before)
                seeRow(row);
        const auto logins = scene.background.logins.find(scene.origin.name);
        if (logins != scene.background.logins.end())
            for (const maillog::Event& event : logins->second)
                if (event.at < before)
                    see(event.ip, event.kind != maillog::EventKind::Login);
    }

    bool contain(const Row& row) const
    {
        return m_addresses.contains(row.client) && !m_odd.contains(row.client);
    }
    /// The log has a day of the owner's mail or logins before the attack: who comes from elsewhere is new.
    bool areAll() const { return m_long && m_addresses.size() > 0; }
    /// Providers change an owner's address within the neighbourhood.
    bool neighbour(const Row& row) const { return m_networks.contains(m_names.networkOf[row.client]); }

private:
    static constexpr std::chrono::hours longEnough {36};

    // How long before the wave the thief may have been at work: a day, an hour; half of what a log has that
    // begins just before it.
    static base::Instant::duration quietBefore(base::Instant::duration reach)
    {
        if (reach > longEnough)
            return std::chrono::hours(24);
        return std::min<base::Instant::duration>(std::chrono::hours(1), reach / 2);
    }

    void seeRow(const Row& row)
    {
        if (m_names.clients[row.client].empty())
            return;
        if (row.foreign) {
            m_odd.insert(row.client);
            return;
        }
        m_addresses.insert(row.client);
        m_networks.insert(m_names.networkOf[row.client]);
    }

    // A place no row came from is of no interest, but its neighbourhood may be.
    void see(std::string_view client, bool isOdd)
    {
        if (client.empty())
            return;
        const auto known = m_names.clients.find(client);
        if (known)
            (isOdd ? m_odd : m_addresses).insert(*known);
        if (const auto near = isOdd ? std::nullopt : m_names.networks.find(network(client)))
            m_networks.insert(*near);
    }

    const Names& m_names;
    Chosen m_addresses;
    Chosen m_networks;
    Chosen m_odd; // failed to log in from, or wrote in others' names
    bool m_long = false;
};

// A burst catches what the owner wrote meanwhile: what comes from home is no seed while most of it does not.
void unseedHome(const Scene& scene, std::vector<bool>& seeds)
{
    const auto first = static_cast<std::size_t>(std::ranges::find(seeds, true) - seeds.begin());
    const Homes homes(scene, scene.rows[first].at);
    std::vector<std::size_t> atHome;
    for (std::size_t i = first; i < seeds.size(); ++i)
        if (seeds[i] && homes.contain(scene.rows[i]))
            atHome.push_back(i);
    if (atHome.size() * 2 < static_cast<std::size_t>(std::ranges::count(seeds, true)))
        for (const std::size_t i : atHome)
            seeds[i] = false;
}

// Nor what has neither the place nor the tool of the burst.
void unseedLonely(const Scene& scene, std::vector<bool>& seeds)
{
    constexpr std::size_t some = 5;
    std::vector<std::size_t> ofClient(scene.names.clients.size());
    std::vector<std::size_t> ofSignature(scene.names.signatures.size());
    for (std::size_t i = 0; i < seeds.size(); ++i)
        if (seeds[i]) {
            ++ofClient[scene.rows[i].client];
            ++ofSignature[scene.rows[i].signature];
        }
    std::vector<bool> shared(seeds.size());
    for (std::size_t i = 0; i < seeds.size(); ++i)
        shared[i] = seeds[i]
            && (scene.rows[i].foreign || ofClient[scene.rows[i].client] >= some
                || ofSignature[scene.rows[i].signature] >= some);
    if (std::ranges::find(shared, true) != shared.end())
        seeds = std::move(shared);
}

// The thief tries the password before using it: the attack begins with the first message from a place that is
// not the owner's and that the spam used, or in a name that is not the owner's.
Instant attackBegins(const Scene& scene, const Marks& marks, const Homes& homes, Instant begin)
{
    const Instant earliest = begin - std::chrono::hours(72);
    for (const Row& row : scene.rows)
        if (row.at >= earliest && row.at < begin && !homes.contain(row)
            && (marks.uses(row) || (row.foreign && !homes.neighbour(row))))
            return row.at;
    return begin;
}

// Whose message is it, once it is clear when the attack began?
class LoginSplitter {
public:
    LoginSplitter(const Scene& scene, const Marks& marks, const Homes& homes, Instant begin)
        : m_scene(scene)
        , m_marks(marks)
        , m_homes(homes)
        , m_begin(begin)
        , m_ownSignatures(scene.names.signatures.size())
        , m_ownNames(scene.names.senders.size())
    {
        for (const Row& row : scene.rows)
            if (row.at < begin && homes.contain(row)) {
                m_ownSignatures.insert(row.signature);
                m_ownNames.insert(row.sender);
            }
        m_manyPlaces = marks.clients.size() >= 4;
    }

    /// Spam is what bears a mark of the spam that the owner has not, or comes from a place that is new while
    /// many are. A log that does not know the owner's places cannot tell a new one.
    void divide(Row& row) const
    {
        row.spam = hasMark(row);
        row.doubt = Doubt::None;
        // Nor does it know when the attack began: its first messages may be unlike those that are known.
        const Instant begin = m_homes.areAll() ? m_begin : m_begin - pause;
        if (row.spam || row.at < begin || m_homes.contain(row))
            return;
        const bool isOwnHand = m_ownSignatures.contains(row.signature) && !m_marks.knows(row);
        if (isOwnHand || (m_homes.areAll() && !m_manyPlaces))
            return;
        row.spam = m_homes.areAll();
        row.doubt = row.spam ? Doubt::None : Doubt::PlaceUnknown;
    }

private:
    bool hasMark(const Row& row) const
    {
        if (row.at < m_begin)
            return false;
        if (m_homes.contain(row)) // the owner's own device, unless the thief's mail leaves from there
            return m_marks.uses(row) && m_marks.knows(row);
        return m_marks.uses(row) || hasToolMark(row) || (row.foreign && !m_ownNames.contains(row.sender));
    }

    // RFC 5322 3.6.4 asks for a domain of the host's in a Message-ID, and mail programs for people take the
    // writer's: then the owner's looks the same, and only knowing it would tell.
    bool hasToolMark(const Row& row) const
    {
        if (!m_marks.knows(row) || m_ownSignatures.contains(row.signature))
            return false;
        return m_homes.areAll()
            || !related(
                domainOf(m_scene.log().journey(row.journey).messageId()), domainOf(m_scene.origin.name));
    }

    const Scene& m_scene;
    const Marks& m_marks;
    const Homes& m_homes;
    Instant m_begin;
    Chosen m_ownSignatures; // what the owner's mail programs leave
    Chosen m_ownNames; // senders the owner uses
    bool m_manyPlaces = false;
};

} // namespace

void splitLogin(Scene& scene, std::vector<bool> seeds)
{
    std::vector<Row>& rows = scene.rows;
    if (std::ranges::none_of(rows, &Row::noticed)) {
        unseedHome(scene, seeds);
        unseedLonely(scene, seeds);
    }
    Marks marks = marksOf(scene, seeds);
    const auto firstSeed = static_cast<std::size_t>(std::ranges::find(seeds, true) - seeds.begin());
    const Homes before(scene, rows[firstSeed].at);
    const auto like
        = [&](const Row& row) { return marks.knows(row) && (marks.uses(row) || !before.contain(row)); };
    const Instant wave = beginOf(rows, seeds, like);
    const Homes homes(scene, wave);
    const Instant begin = attackBegins(scene, marks, homes, wave);
    // The second look knows the places and tools that the first one found.
    for (int looks = 0; looks < 2; ++looks) {
        const LoginSplitter splitter(scene, marks, homes, begin);
        std::vector<bool> found(rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            splitter.divide(rows[i]);
            if (seeds[i]) {
                rows[i].spam = true;
                rows[i].doubt = Doubt::None;
            }
            found[i] = rows[i].spam;
        }
        marks = marksOf(scene, found);
    }
    if (!homes.areAll())
        readWords(scene, marksOf(scene, seeds));
}

} // namespace sluicegate::attribution
