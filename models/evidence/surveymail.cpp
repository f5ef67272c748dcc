// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/survey.h"

#include "models/evidence/logname.h"
#include "models/evidence/queuesample.h"

#include <algorithm>
#include <format>

namespace sluicegate::evidence {

namespace {

constexpr std::size_t largestSample = 50;

}

base::Result<void> Survey::mailLog()
{
    std::string own;
    if (has("postconf")) {
        // Postfix before 3.4 does not know the setting, which is no trouble.
        const auto answer = m_puller.run(recipes::maillogFile);
        if (!answer)
            return std::unexpected(answer.error());
        own = *answer ? firstLine((*answer)->out) : std::string {};
        if (own.starts_with('/'))
            if (auto kept = m_puller.keepOutput(recipes::maillogFile, **answer); !kept)
                return kept;
    }
    auto listed = list(recipes::mailLogs);
    if (!listed)
        return std::unexpected(listed.error());
    if (own.starts_with('/')) {
        auto more = list(recipes::statFiles, {own});
        if (!more)
            return std::unexpected(more.error());
        for (auto& file : *more)
            if (std::ranges::none_of(*listed, [&file](const ListedFile& known) {
                    return known.stat.device == file.stat.device && known.stat.inode == file.stat.inode;
                }))
                listed->push_back(std::move(file));
    }
    return pullMailLog(mailLogFamilies(*listed, own));
}

base::Result<void> Survey::pullMailLog(const std::vector<LogFamily>& families)
{
    const LogFamily* chosen = nullptr;
    for (const auto& family : families) {
        if (chosen) {
            if (family.sure)
                m_puller.warn(std::format("another mail log was left on the server: {}, {} bytes in {} files",
                    family.name(), family.bytes(), family.files.size()));
            continue;
        }
        auto is = family.sure ? base::Result<bool>(true) : mailInside(family);
        if (!is)
            return std::unexpected(is.error());
        if (*is)
            chosen = &family;
    }
    if (!chosen)
        return journal();
    m_found = true;
    m_puller.plan(chosen->files.size());
    std::size_t left = 0;
    for (const auto& file : chosen->files) {
        if (!readLogName(file.path).live() && since() && file.stat.modified < *since())
            ++left;
        else if (auto step = m_puller.file(file); !step)
            return std::unexpected(step.error());
    }
    if (left > 0)
        m_puller.warn(std::format("{} older files of {} were left on the server", left, chosen->name()));
    return {};
}

base::Result<bool> Survey::mailInside(const LogFamily& family)
{
    const auto tail = m_puller.run(recipes::tail, {family.name()});
    if (!tail)
        return std::unexpected(tail.error());
    return *tail && speaksOfMail((*tail)->out);
}

base::Result<void> Survey::journal()
{
    if (!has("journalctl"))
        return {};
    const auto answer = m_puller.ask(recipes::journal, {std::format("@{}", usualSince())});
    if (!answer)
        return std::unexpected(answer.error());
    m_found = m_found || (*answer && !(*answer)->out.empty());
    return {};
}

base::Result<void> Survey::queue()
{
    if (has("postqueue")) {
        auto answer = m_puller.run(recipes::queueJson);
        if (!answer)
            return std::unexpected(answer.error());
        if (*answer && (*answer)->exitStatus == 0) {
            if (auto kept = m_puller.keepOutput(recipes::queueJson, **answer); !kept)
                return kept;
        } else if (answer = m_puller.ask(recipes::queuePlain); !answer) { // Postfix before 3.1 knows no -j
            return std::unexpected(answer.error());
        }
        if (*answer)
            m_queued = readQueued((*answer)->out);
    }
    if (has("exim") || has("exim4"))
        if (auto step = simple(recipes::eximQueue); !step)
            return std::unexpected(step.error());
    if (has("qmail-qread"))
        if (auto step = simple(recipes::qmailQueue); !step)
            return std::unexpected(step.error());
    return {};
}

base::Result<void> Survey::sample()
{
    if (m_queued.empty() || !has("postcat"))
        return {};
    auto ids = pickSample(m_queued, noticedQueueIds(), largestSample);
    // postcat stops at the first message that has left the queue meanwhile: on with those behind it.
    for (int round = 0; round < 10 && !ids.empty(); ++round) {
        const auto answer = m_puller.run(recipes::queuedMessages, ids);
        if (!answer)
            return std::unexpected(answer.error());
        if (!*answer)
            return {};
        const auto messages = splitMessages((*answer)->out, ids);
        for (const auto& [id, bytes] : messages)
            if (auto step = keepMessage(id, bytes); !step)
                return std::unexpected(step.error());
        if ((*answer)->exitStatus == 0)
            return {};
        ids.erase(ids.begin(), ids.begin() + std::ptrdiff_t(std::min(messages.size() + 1, ids.size())));
    }
    return {};
}

// Under which queue ids the log just pulled has the noticed messages.
std::set<std::string> Survey::noticedQueueIds()
{
    std::set<std::string> ids;
    const auto& messageIds = m_puller.scope().messageIds;
    if (messageIds.empty())
        return ids;
    for (const Item* log : m_puller.bundle().mailLogs())
        if (const auto unpacked = unpack(log->local))
            ids.merge(queueIdsOf(unpacked->bytes.view(), messageIds));
    return ids;
}

base::Result<void> Survey::keepMessage(const std::string& id, std::string_view bytes)
{
    Item about;
    about.path = std::format("commands/{}/{}", recipes::queuedMessages.name, id);
    about.command = std::format("postcat -qeh {}", id);
    about.provenance = Provenance::CommandOutput;
    about.exitStatus = 0;
    about.complete = bytes.contains("\n*** MESSAGE FILE END ");
    return m_puller.keep(std::move(about), bytes);
}

} // namespace sluicegate::evidence
