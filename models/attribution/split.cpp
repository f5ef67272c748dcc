// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attribution/split.h"

#include "models/attribution/network.h"
#include "models/attribution/requests.h"
#include "models/attribution/wording.h"

#include <algorithm>
#include <map>
#include <set>

namespace sluicegate::attribution {

namespace {

using base::Instant;
using std::chrono::minutes;

constexpr std::size_t burstSize = 20; // messages in ten minutes that no person types
constexpr minutes burstTime {10};
constexpr minutes pause {45}; // a longer silence ends an attack's wave

// Rows that stand in a dense stretch: at least burstSize rows within burstTime.
std::vector<bool> denseRows(const std::vector<Row>& rows)
{
    std::vector<bool> dense(rows.size(), false);
    std::size_t marked = 0;
    for (std::size_t begin = 0, end = 0; begin < rows.size(); ++begin) {
        while (end < rows.size() && rows[end].at - rows[begin].at <= burstTime)
            ++end;
        if (end - begin < burstSize)
            continue;
        for (marked = std::max(marked, begin); marked < end; ++marked)
            dense[marked] = true;
    }
    return dense;
}

// Some of the numbers that the scene's names have.
class Chosen {
public:
    explicit Chosen(std::size_t names) : m_in(names, false) { }
    void insert(std::uint32_t number)
    {
        m_size += m_in[number] ? 0 : 1;
        m_in[number] = true;
    }
    bool contains(std::uint32_t number) const { return m_in[number]; }
    std::size_t size() const { return m_size; }

private:
    std::vector<bool> m_in;
    std::size_t m_size = 0;
};

// What the spam's tool leaves. Tools that change it with every message cannot be told by it.
struct Marks {
    Chosen signatures;
    Chosen clients;
    std::size_t seeds = 0;

    bool diverse() const { return seeds >= 3 && signatures.size() * 2 > seeds; }
    bool knows(const Row& row) const { return signatures.contains(row.signature); }
    bool uses(const Row& row) const { return clients.contains(row.client); }
};

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

// The wave that holds the first seed begins where its like was silent before.
Instant beginOf(const std::vector<Row>& rows, const std::vector<bool>& seeds, auto like)
{
    std::size_t first = 0;
    while (!seeds[first])
        ++first;
    Instant begin = rows[first].at;
    for (std::size_t i = first; i-- > 0 && begin - rows[i].at <= pause;)
        if (like(rows[i]))
            begin = rows[i].at;
    return begin;
}

Instant endOf(const std::vector<Row>& rows, const std::vector<bool>& seeds, auto like)
{
    std::size_t last = rows.size() - 1;
    while (!seeds[last])
        --last;
    Instant end = rows[last].at;
    for (std::size_t i = last + 1; i < rows.size() && rows[i].at - end <= pause; ++i)
        if (like(rows[i]))
            end = rows[i].at;
    return end;
}

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

// Where nothing else does, words tell: what is worded as two of the spam are is spam, and what
// is worded as none of them only bears the same mail program's mark.
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

// A message whose queue file names its script belongs to the spam exactly when the spam's does.
class QueuedScripts {
public:
    QueuedScripts(const Scene& scene, const std::vector<bool>& seeds)
        : m_named(scene.background.scripts.named)
    {
        for (std::size_t i = 0; i < scene.rows.size(); ++i)
            if (seeds[i])
                if (const std::string* script = of(scene.rows[i]); script && !isMailLibrary(*script))
                    m_ofSpam.insert(*script);
    }

    std::optional<bool> says(const Row& row) const
    {
        const std::string* script = of(row);
        if (!script || m_ofSpam.empty())
            return {};
        return m_ofSpam.contains(*script);
    }

private:
    const std::string* of(const Row& row) const
    {
        const auto found = m_named.find(row.journey);
        return found == m_named.end() ? nullptr : &found->second;
    }

    const std::unordered_map<std::uint32_t, std::string>& m_named;
    std::set<std::string> m_ofSpam;
};

void splitProgram(Scene& scene, const std::vector<bool>& seeds)
{
    std::vector<Row>& rows = scene.rows;
    const Marks marks = marksOf(scene, seeds);
    const auto like = [&](const Row& row) { return marks.knows(row); };
    const Instant begin = beginOf(rows, seeds, like);
    const Instant end = endOf(rows, seeds, like);
    const std::vector<bool> dense = denseRows(rows);
    const QueuedScripts scripts(scene, seeds);
    Chosen before(scene.names.signatures.size()); // how the site writes when nobody abuses it
    for (const Row& row : rows)
        if (row.at < begin - minutes(60))
            before.insert(row.signature);
    const bool isKnownSite = before.size() > 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Row& row = rows[i];
        const bool within = row.at >= begin && row.at <= end;
        const bool known = marks.knows(row);
        const bool unheard = !before.contains(row.signature);
        row.spam = seeds[i] || (known && (within || dense[i] || (unheard && row.foreign)))
            || (within && marks.diverse() && unheard && isKnownSite);
        if (!row.spam && within && marks.diverse() && !isKnownSite)
            row.doubt = Doubt::ToolUnknown;
        if (const auto said = scripts.says(row); said && !seeds[i]) {
            row.spam = *said;
            row.doubt = Doubt::None;
        }
    }
    readWords(scene, marks);
}

std::vector<bool> seedsOf(const Scene& scene)
{
    std::vector<bool> seeds(scene.rows.size(), false);
    bool any = false;
    for (std::size_t i = 0; i < seeds.size(); ++i)
        if (scene.rows[i].noticed)
            any = seeds[i] = true;
    if (any)
        return seeds;
    seeds = denseRows(scene.rows);
    if (std::ranges::find(seeds, true) != seeds.end())
        return seeds;
    for (std::size_t i = 0; i < seeds.size(); ++i)
        seeds[i] = scene.rows[i].foreign;
    return seeds;
}

// A relay, a forward and returned mail have no owner who also writes: spam is what the notice names, what has
// its sender, and for the rest all of it.
void splitPassing(Scene& scene)
{
    Chosen senders(scene.names.senders.size());
    for (const Row& row : scene.rows)
        if (row.noticed)
            senders.insert(row.sender);
    const bool all = senders.size() == 0 || scene.origin.path != Path::Forward;
    for (Row& row : scene.rows)
        row.spam = all || row.noticed || (!scene.sender(row).empty() && senders.contains(row.sender));
}

} // namespace

void splitRows(Scene& scene)
{
    if (scene.rows.empty())
        return;
    const Path path = scene.origin.path;
    const bool wasPlanted = path == Path::Pickup && !dataFolder(scene.origin.script).empty();
    if (wasPlanted) { // it has no honest business to be told from
        std::ranges::for_each(scene.rows, [](Row& row) { row.spam = true; });
    } else if (path == Path::Relay || path == Path::Forward || path == Path::Backscatter) {
        splitPassing(scene);
    } else {
        const std::vector<bool> seeds = seedsOf(scene);
        if (std::ranges::find(seeds, true) == seeds.end())
            std::ranges::for_each(scene.rows, [](Row& row) { row.spam = true; });
        else if (path == Path::Login)
            splitLogin(scene, seeds);
        else
            splitProgram(scene, seeds);
    }
    collectSpam(scene);
}

void collectSpam(Scene& scene)
{
    // Of a source whose every message is doubtful the doubtful are judged; listed is none.
    if (std::ranges::none_of(scene.rows, &Row::spam))
        for (Row& row : scene.rows)
            row.spam = row.doubt != Doubt::None;
    scene.spam.clear();
    scene.spamJourneys.clear();
    for (std::uint32_t i = 0; i < scene.rows.size(); ++i)
        if (scene.rows[i].spam) {
            scene.spam.push_back(i);
            scene.spamJourneys.push_back(scene.rows[i].journey);
        }
    if (!std::ranges::is_sorted(scene.spamJourneys))
        std::ranges::sort(scene.spamJourneys);
}

} // namespace sluicegate::attribution
