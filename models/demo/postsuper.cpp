// SPDX-License-Identifier: GPL-3.0-or-later
// postsuper: hold, release, delete and requeue, with its words on stderr and in the log.
#include "models/demo/programs.h"

#include <algorithm>
#include <array>
#include <format>

namespace sluicegate::demo::programs {

namespace {

struct Act {
    char letter;
    std::string_view each; // "ID: placed on hold"
    std::string_view total; // "Placed on hold: 2 messages"
};

constexpr Act acts[] = {
    {'d', "removed", "Deleted"},
    {'h', "placed on hold", "Placed on hold"},
    {'H', "released from hold", "Released from hold"},
    {'r', "requeued", "Requeued"},
};

bool isQueueId(std::string_view id)
{
    return !id.empty() && std::ranges::all_of(id, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    });
}

class Super {
public:
    explicit Super(Call& call)
        : m_call(call), m_tag(std::format("postfix/postsuper[{}]", call.world.freshPid()))
    {
    }

    int fatal(std::string_view text)
    {
        say("fatal: " + std::string(text));
        return 1;
    }

    void onIds(const Act& act, const std::vector<std::string>& ids)
    {
        for (const std::string& id : ids) {
            if (id == "ALL")
                onAll(act);
            else if (!isQueueId(id))
                say("warning: invalid mail queue id: " + id);
            else if (Queued* message = m_call.world.spool.find(id); message && applies(act, *message))
                one(act, id);
        }
    }

    void totals()
    {
        for (const Act& act : acts) {
            const auto& [used, count] = m_counts[std::size_t(&act - acts)];
            if (used)
                say(std::format("{}: {} message{}", act.total, count, count == 1 ? "" : "s"));
        }
    }

    void use(const Act& act) { m_counts[std::size_t(&act - acts)].first = true; }

private:
    static bool applies(const Act& act, const Queued& message)
    {
        return act.letter == 'h' ? message.place != "hold" : act.letter != 'H' || message.place == "hold";
    }

    void say(std::string_view text)
    {
        m_call.err += "postsuper: " + std::string(text) + '\n';
        m_call.world.log(m_tag, text);
    }

    void one(const Act& act, const std::string& id)
    {
        say(id + ": " + std::string(act.each));
        change(act, id);
        ++m_counts[std::size_t(&act - acts)].second;
    }

    // With ALL the real program is silent about the single messages.
    void onAll(const Act& act)
    {
        std::vector<std::string> ids;
        for (const Queued& message : m_call.world.spool.messages()) {
            if (applies(act, message))
                ids.push_back(message.id);
        }
        for (const std::string& id : ids)
            change(act, id);
        m_counts[std::size_t(&act - acts)].second += ids.size();
    }

    void change(const Act& act, const std::string& id)
    {
        Spool& spool = m_call.world.spool;
        Queued* message = spool.find(id);
        if (act.letter == 'd')
            spool.remove(id);
        else if (act.letter == 'h')
            message->place = "hold";
        else if (act.letter == 'H')
            message->place = "deferred";
        else
            requeue(*message);
    }

    // Requeued mail goes through pickup and cleanup again and comes back under another id.
    void requeue(Queued& message)
    {
        World& world = m_call.world;
        const std::string old = message.id;
        message.id = world.spool.freshId(world.nowMicroseconds());
        message.place = "deferred";
        world.log(std::format("postfix/pickup[{}]", world.freshPid()),
            std::format("{}: uid=89 from=<{}> orig_id={}", message.id, message.sender, old));
        const auto at = message.content.find("essage-I");
        const auto open = at == std::string::npos ? at : message.content.find('<', at);
        const auto close = open == std::string::npos ? open : message.content.find('>', open);
        world.log(std::format("postfix/cleanup[{}]", world.freshPid()),
            std::format("{}: message-id={}", message.id,
                close == std::string::npos ? "<>" : message.content.substr(open, close - open + 1)));
        world.log("postfix/qmgr[1209]",
            std::format("{}: from=<{}>, size={}, nrcpt={} (queue active)", message.id, message.sender,
                message.content.size(), message.recipients.size()));
    }

    Call& m_call;
    std::string m_tag;
    std::array<std::pair<bool, std::size_t>, 4> m_counts {};
};

std::vector<std::string> idsOf(std::string_view value, std::string_view input)
{
    if (value != "-")
        return {std::string(value)};
    std::vector<std::string> ids;
    for (const std::string_view line : linesOf(input)) {
        const auto first = line.find_first_not_of(" \t\r");
        if (first != std::string_view::npos)
            ids.emplace_back(line.substr(first, line.find_first_of(" \t\r", first) - first));
    }
    return ids;
}

} // namespace

int postsuper(Call& call)
{
    const Options given = options(call.args, "d:h:H:r:c:psSve:f:");
    Super super(call);
    if (given.unknown)
        return super.fatal("usage: postsuper [-c config_dir] [-d queue_id (delete)] [-e queue_id (expire)] "
                           "[-f queue_id (force-expire)] "
                           "[-h queue_id (hold)] [-H queue_id (un-hold)] [-p (purge temporary files)] [-r "
                           "queue_id (requeue)] "
                           "[-s (structure fix)] [-S (redundant structure fix)] [-v (verbose)] [queue...]");
    constexpr std::string_view queues
        = " hold incoming active deferred maildrop corrupt trace defer bounce flush saved ";
    for (const std::string& name : given.operands) {
        if (!queues.contains(' ' + name + ' '))
            return super.fatal("invalid directory name: " + name);
    }
    for (const Act& act : acts) {
        for (const Options::Given& one : given.given) {
            if (one.letter != act.letter)
                continue;
            super.use(act);
            super.onIds(act, idsOf(one.value, call.input));
        }
    }
    super.totals();
    return 0;
}

} // namespace sluicegate::demo::programs
