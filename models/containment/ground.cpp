// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/containment/ground.h"

#include "models/message/ascii.h"

#include <algorithm>
#include <array>

namespace sluicegate::containment {

namespace {

bool consistsOf(std::string_view text, std::string_view marks)
{
    return !text.empty()
        && std::ranges::all_of(text, [&](char c) { return message::isAlnum(c) || marks.contains(c); });
}

std::optional<Obstacle> badName(std::string_view name, bool good, Obstacle none)
{
    if (name.empty())
        return none;
    return good ? std::nullopt : std::optional(Obstacle::OddName);
}

std::optional<Obstacle> obstacleOf(Object object, const Target& target)
{
    switch (object) {
    case Object::Mailbox:
        return badName(target.mailbox, isMailbox(target.mailbox), Obstacle::NoMailbox);
    case Object::User:
        return badName(target.user, isUserName(target.user), Obstacle::NoUser);
    case Object::Script:
        if (!target.script.empty() && !isSiteFile(target.script))
            return Obstacle::OutsideSites;
        return badName(target.script, true, Obstacle::NoScript);
    case Object::Queue:
        break;
    }
    return {};
}

std::optional<Obstacle> obstacleOn(Platform platform, const Ground& ground)
{
    switch (platform) {
    case Platform::Postfix:
        return ground.postfix ? std::nullopt : std::optional(Obstacle::OtherMailServer);
    case Platform::Plesk:
        return ground.plesk ? std::nullopt : std::optional(Obstacle::NoPlesk);
    case Platform::Dovecot:
        return ground.dovecot ? std::nullopt : std::optional(Obstacle::NoDovecot);
    case Platform::Any:
        break;
    }
    return {};
}

} // namespace

Ground groundOf(const evidence::Bundle& bundle)
{
    Ground ground;
    ground.postfix = bundle.command("postqueue-j") || bundle.command("postqueue-p");
    ground.exim = bundle.command("exim-bp");
    ground.qmail = bundle.command("qmail-qread");
    ground.plesk = bundle.command("plesk-version") || bundle.command("plesk-sites");
    ground.dovecot = bundle.command("doveconf-n");
    const evidence::Item* programs = bundle.command("programs");
    const auto listed = programs ? base::Bytes::map(programs->local) : base::Bytes {};
    if (!listed)
        return ground;
    const std::string_view all = listed->view();
    ground.postfix = ground.postfix || all.contains("/postqueue\n");
    ground.plesk = ground.plesk || all.contains("/plesk\n");
    ground.dovecot = ground.dovecot || all.contains("/doveconf\n");
    return ground;
}

Target targetOf(const attribution::Suspect& suspect)
{
    using attribution::SourceKind;
    Target target {.clients = suspect.clients, .queued = suspect.queueIds.size()};
    const auto& source = suspect.source;
    if (source.kind == SourceKind::Mailbox)
        target.mailbox = source.account;
    else
        target.user = source.account;
    target.script = source.script;
    return target;
}

std::optional<Obstacle> obstacle(const Action& action, const Target& target, const Ground& ground)
{
    if (action.id == ActionId::RestoreQueue && target.saved == 0)
        return Obstacle::NothingSaved;
    for (const Platform platform : action.platforms)
        if (const auto found = obstacleOn(platform, ground))
            return found;
    if (action.id == ActionId::ClearQueue && target.queued == 0)
        return Obstacle::NothingQueued;
    return obstacleOf(action.object, target);
}

bool isMailbox(std::string_view text)
{
    const auto at = text.rfind('@');
    return at != text.npos && at > 0 && text.size() <= 254 && text.front() != '-'
        && consistsOf(text.substr(0, at), "._+=-") && consistsOf(text.substr(at + 1), ".-");
}

bool isUserName(std::string_view text)
{
    return text.size() <= 64 && consistsOf(text, "._-") && text.front() != '-';
}

bool isSiteFile(std::string_view path)
{
    constexpr std::array<std::string_view, 4> homes {"/var/www/", "/home/", "/srv/", "/usr/local/www/"};
    const bool plain
        = std::ranges::all_of(path, [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != 0x7f; });
    return plain && path.size() < 4096 && !path.ends_with('/') && !path.contains("//")
        && !path.contains("/./") && !path.contains("/../") && !path.ends_with("/..") && !path.ends_with("/.")
        && std::ranges::any_of(homes, [&](std::string_view home) { return path.starts_with(home); });
}

} // namespace sluicegate::containment
