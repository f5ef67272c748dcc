// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attribution/visitors.h"

#include "models/attribution/network.h"
#include "models/attribution/requests.h"
#include "models/attribution/split.h"
#include "models/attribution/visits.h"
#include "models/attribution/wording.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace sluicegate::attribution {

namespace {

using base::Instant;
using std::chrono::seconds;

// Many clients, many of whose requests the form answered with mail: not a script that its owner's enemy
// calls.
bool isMisusedForm(const Scene& scene, const EndpointMatch& match)
{
    return dataFolder(match.endpoint).empty() && match.paired * 10 >= scene.spam.size() * 3;
}

std::string recipientsOf(const Scene& scene, const Row& row)
{
    std::set<std::string> all;
    for (const maillog::Attempt& attempt : scene.log().journey(row.journey).attempts())
        all.insert(lowered(attempt.origTo.empty() ? attempt.to : attempt.origTo));
    std::string joined;
    for (const std::string& each : all)
        joined += each + ' ';
    return joined;
}

// Who asked for which message of the spam: requests of the same seconds, fewer of them where words tell.
class Askers {
public:
    Askers(const Scene& scene, const Visits& visits) : m_scene(scene), m_visits(visits), m_wording(scene)
    {
        learnWords();
        findTheirOwn();
    }

    Doubt judge(const Row& row, bool& isGood) const
    {
        const Template* words = templateFor(row);
        const Found near = askers(row, m_visits.closeTo(row.at), words);
        const Found wide = askers(row, m_visits.around(row.at), words);
        isGood = wide.people > 0 && wide.bots == 0;
        if (isGood)
            return Doubt::None;
        if (near.people > 0 || (wide.people > 0 && (near.bots == 0 || wide.unanswered > 0)))
            return Doubt::VisitorAsked;
        return m_closed && words && !words->isBots() && words->bots <= 1 ? Doubt::WordsUnlike : Doubt::None;
    }

    /// A copy of what somebody wrote goes to whom the message to the site's owner is to be answered.
    std::vector<std::uint32_t> messagesOf(const Row& copy) const
    {
        const auto [begin, end] = m_byWriter.equal_range(recipientsOf(m_scene, copy));
        std::vector<std::uint32_t> found;
        for (auto at = begin; at != end; ++at)
            if (std::chrono::abs(m_scene.rows[at->second].at - copy.at) <= seconds(10))
                found.push_back(at->second);
        return found;
    }

private:
    // What the misused form's requests and the others' are seen to write when nobody else asks.
    struct Template {
        std::size_t bots = 0;
        std::size_t others = 0;
        bool noticed = false;
        bool isBots() const { return noticed || (bots >= 2 && others * 10 <= bots); }
        bool isOthers() const { return !noticed && others > 0 && bots == 0; }
    };
    struct Found {
        std::size_t bots = 0;
        std::size_t people = 0;
        std::size_t unanswered = 0; // people none of whose messages came when it usually does
    };
    struct Answer {
        std::string recipients; // of the message in words of their own
        bool isSeen = false; // some message came when one asked for by this request usually does
    };

    void learnWords()
    {
        std::size_t known = 0;
        for (std::uint32_t i = 0; i < m_scene.rows.size(); ++i) {
            const Row& row = m_scene.rows[i];
            if (const std::string writer = m_wording.replyTo(row); !writer.empty())
                m_byWriter.emplace(writer + ' ', i);
            const std::string words = m_wording.words(row);
            if (words.empty())
                continue;
            const auto asked = m_visits.around(row.at);
            const auto isPerson = [](const Visit& visit) { return visit.maybePerson; };
            const auto isMisuse = [](const Visit& visit) { return visit.misuse; };
            Template& of = m_templates[words];
            of.noticed = of.noticed || row.noticed;
            if (asked.empty())
                continue;
            if (row.spam && std::ranges::none_of(asked, isPerson)) {
                ++of.bots;
                ++known;
            } else if (std::ranges::none_of(asked, isMisuse)) {
                ++of.others;
            }
        }
        std::size_t repeated = 0;
        for (const auto& [words, of] : m_templates)
            repeated += of.isBots() ? of.bots : 0;
        constexpr std::size_t enough = 5;
        m_closed = known >= enough && repeated * 10 >= known * 9;
    }

    const Template* templateFor(const Row& row) const
    {
        const auto known = m_templates.find(m_wording.words(row));
        return known == m_templates.end() ? nullptr : &known->second;
    }

    // A request writes one message to the site's owner. Where a visitor's is found by words that no bot has,
    // what goes to the same recipients in the bots' words at that time is not the visitor's.
    void findTheirOwn()
    {
        m_answers.resize(m_visits.all().size());
        for (const Row& row : m_scene.rows) {
            if (row.noticed)
                continue;
            const Template* words = m_closed ? templateFor(row) : nullptr;
            bool isFree = words && !words->isBots(); // it answers the first of those it can
            for (const Visit& visit : m_visits.around(row.at)) {
                Answer& answer = answerTo(visit);
                if (!visit.maybePerson || !isFree || !answer.recipients.empty())
                    continue;
                answer.recipients = recipientsOf(m_scene, row);
                isFree = false;
            }
            for (const Visit& visit : m_visits.closeTo(row.at))
                answerTo(visit).isSeen = true;
        }
    }

    Found askers(const Row& row, std::span<const Visit> visits, const Template* words) const
    {
        Found found;
        std::string recipients;
        for (const Visit& visit : visits) {
            if (words && ((words->isBots() && !visit.misuse) || (words->isOthers() && visit.misuse)))
                continue;
            const Answer& answer = answerTo(visit);
            if (words && words->isBots() && !answer.recipients.empty()) {
                if (recipients.empty())
                    recipients = recipientsOf(m_scene, row);
                if (answer.recipients == recipients)
                    continue;
            }
            ++(visit.maybePerson ? found.people : found.bots);
            found.unanswered += visit.maybePerson && !answer.isSeen ? 1 : 0;
        }
        return found;
    }

    const Answer& answerTo(const Visit& visit) const { return m_answers[indexOf(visit)]; }
    Answer& answerTo(const Visit& visit) { return m_answers[indexOf(visit)]; }
    std::size_t indexOf(const Visit& visit) const
    {
        return static_cast<std::size_t>(&visit - m_visits.all().data());
    }

    const Scene& m_scene;
    const Visits& m_visits;
    Wording m_wording;
    std::map<std::string, Template> m_templates;
    std::multimap<std::string, std::uint32_t> m_byWriter; // rows by the address to answer to
    std::vector<Answer> m_answers; // by visit
    bool m_closed = false; // the bots' words are few, and known
};

} // namespace

bool spareVisitors(Scene& scene)
{
    const bool byProgram = scene.origin.path == Path::Pickup || scene.origin.path == Path::LocalSmtp;
    if (!byProgram || scene.endpoints.empty() || !isMisusedForm(scene, scene.endpoints.front()))
        return false;
    const Visits visits(scene, scene.endpoints.front());
    const Askers askers(scene, visits);
    std::vector<std::uint32_t> spared;
    std::vector<std::uint32_t> doubted;
    for (const std::uint32_t index : scene.spam) {
        Row& row = scene.rows[index];
        bool isGood = false;
        if (row.noticed)
            continue;
        row.doubt = askers.judge(row, isGood);
        if (isGood)
            spared.push_back(index);
        else if (row.doubt != Doubt::None)
            doubted.push_back(index);
    }
    // People who are many are none, or the form is not the one that is misused: nobody knows.
    const bool isPlain = spared.size() * 5 <= scene.spam.size();
    for (const std::uint32_t index : spared) {
        scene.rows[index].spam = false;
        scene.rows[index].doubt = isPlain ? Doubt::None : Doubt::VisitorAsked;
    }
    if (isPlain) // their own words raised a doubt that their request clears
        for (Row& row : scene.rows)
            if (bool isGood = false; row.doubt == Doubt::WordsUnlike && !row.spam) {
                askers.judge(row, isGood);
                row.doubt = isGood ? Doubt::None : row.doubt;
            }
    for (const std::uint32_t index : doubted)
        scene.rows[index].spam = false;
    for (const std::uint32_t index : doubted) {
        const auto messages = askers.messagesOf(scene.rows[index]);
        if (!messages.empty()
            && std::ranges::all_of(messages, [&](std::uint32_t at) { return scene.rows[at].spam; })) {
            scene.rows[index].spam = true;
            scene.rows[index].doubt = Doubt::None;
        }
    }
    if (spared.empty() && doubted.empty())
        return false;
    collectSpam(scene);
    return true;
}

} // namespace sluicegate::attribution
