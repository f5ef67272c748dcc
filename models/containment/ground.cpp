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

std::optional<Obstacle> badForm(const Target& target)
{
    if (target.endpoint.empty())
        return Obstacle::NoForm;
    if (!isEndpoint(target.endpoint) || !isDomain(target.domain))
        return Obstacle::OddName;
    if (documentRoot(target).empty())
        return Obstacle::OddForm;
    return isSiteFile(target.script) ? std::nullopt : std::optional(Obstacle::OutsideSites);
}

// Whoever stops root's processes or the mail server's own stops more than spam.
std::optional<Obstacle> badProcess(const Target& target)
{
    constexpr std::array<std::string_view, 11> systems {"root", "postfix", "exim", "Debian-exim", "mail",
        "mailnull", "qmailr", "qmails", "smmsp", "popuser", "dovecot"};
    if (!target.talks)
        return Obstacle::NoProcess;
    if (std::ranges::contains(systems, target.user))
        return Obstacle::SystemUser;
    return badName(target.user, isUserName(target.user), Obstacle::NoUser);
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
    case Object::Form:
        return badForm(target);
    case Object::Site:
        return badName(target.domain, isDomain(target.domain), Obstacle::NoSite);
    case Object::Process:
        return badProcess(target);
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
    case Platform::Queue:
        if (ground.postfix || ground.exim)
            return {};
        return ground.qmail ? Obstacle::QmailQueue : Obstacle::NoQueue;
    case Platform::Plesk:
        return ground.plesk ? std::nullopt : std::optional(Obstacle::NoPlesk);
    case Platform::Dovecot:
        return ground.dovecot ? std::nullopt : std::optional(Obstacle::NoDovecot);
    case Platform::NoPanel:
        return ground.plesk ? std::optional(Obstacle::HasPanel) : std::nullopt;
    case Platform::Any:
        break;
    }
    return {};
}

// What the first clue of this rule names.
std::string named(const attribution::Suspect& suspect, std::string_view rule)
{
    const auto at = std::ranges::find(suspect.clues, rule, &attribution::Clue::rule);
    return at == suspect.clues.end() || at->values.empty() ? std::string() : at->values.front();
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
    ground.exim = ground.exim || all.contains("/exim\n") || all.contains("/exim4\n");
    ground.qmail = ground.qmail || all.contains("/qmail-qread\n");
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
    target.domain = source.domain;
    target.endpoint = named(suspect, "form-posts");
    target.talks = !named(suspect, "mail-socket").empty();
    return target;
}

std::optional<Obstacle> obstacle(const Action& action, const Target& target, const Ground& ground)
{
    for (const Platform platform : action.platforms)
        if (const auto found = obstacleOn(platform, ground))
            return found;
    return obstacle(action, target);
}

std::optional<Obstacle> obstacle(const Action& action, const Target& target)
{
    if (action.id == ActionId::RestoreQueue && target.saved == 0)
        return Obstacle::NothingSaved;
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

bool isDomain(std::string_view text)
{
    return text.size() <= 253 && consistsOf(text, ".-") && text.contains('.') && text.front() != '-'
        && text.front() != '.';
}

bool isEndpoint(std::string_view text)
{
    const auto mark = text.find('?');
    const auto path = text.substr(0, mark);
    return text.size() <= 512 && path.starts_with('/') && consistsOf(path, "/._-") && !path.contains("..")
        && !path.contains("//") && (mark == text.npos || consistsOf(text.substr(mark + 1), "=&._-"));
}

std::string documentRoot(const Target& target)
{
    const auto path = std::string_view(target.endpoint).substr(0, target.endpoint.find('?'));
    if (path.size() < 2 || path.ends_with('/') || !target.script.ends_with(path))
        return {};
    return target.script.substr(0, target.script.size() - path.size());
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
