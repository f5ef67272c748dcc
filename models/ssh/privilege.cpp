// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ssh/privilege.h"

#include "models/ssh/quote.h"
#include "models/ssh/scripts.h"

#include <algorithm>
#include <array>

namespace sluicegate::ssh {

using base::fail;
using base::FailureKind;
using base::Result;

namespace {

constexpr std::size_t talkLimit = 64u << 10; // what sudo may say before it asks
constexpr auto probeTimeout = std::chrono::seconds(15);

Result<Output> probe(Link& link, std::string_view script)
{
    Output output;
    Exchange exchange(link);
    const auto collect = [](std::string& to) {
        return [&to](std::string_view bytes) -> Result<void> {
            to.append(bytes.substr(0, talkLimit - std::min(to.size(), talkLimit)));
            return {};
        };
    };
    exchange.onOut = collect(output.out);
    exchange.onErr = collect(output.err);
    exchange.closeInput();
    return exchange.run(wrap(script, {}), probeTimeout, Patience::Whole).transform([&](const Ended& ended) {
        output.exitStatus = ended.exitStatus;
        return output;
    });
}

std::string randomToken()
{
    std::array<unsigned char, 12> bytes {};
    ssh_get_random(bytes.data(), static_cast<int>(bytes.size()), 1);
    std::string token = "sluicegate";
    for (const unsigned byte : bytes) {
        token += "0123456789abcdef"[byte >> 4];
        token += "0123456789abcdef"[byte & 15];
    }
    return token;
}

std::string firstLine(const std::string& text)
{
    return text.substr(0, text.find('\n'));
}

/// Follows sudo's standard error up to the command's own: the prompt is a token nobody else knows, and the
/// command announces itself by another. Only between the two is the password in the pipe.
class Talk {
public:
    Talk(Exchange& exchange, const Secret& password, std::string input, std::string token)
        : m_exchange(exchange)
        , m_password(password)
        , m_input(std::move(input))
        , m_prompt(token + "p")
        , m_begun(token + "r\n")
        , m_own(std::move(exchange.onErr))
    {
        m_exchange.onErr = [this](std::string_view bytes) { return hear(bytes); };
    }

    bool begun() const { return m_running; }
    bool asked() const { return m_answered; }
    const std::string& heard() const { return m_heard; }

private:
    Result<void> hear(std::string_view bytes)
    {
        if (m_running)
            return pass(bytes);
        m_heard += bytes;
        if (m_heard.size() > talkLimit)
            return fail(FailureKind::Hostile, "sudo", "endless talk before the command began");
        if (const auto at = m_heard.find(m_begun); at != std::string::npos) {
            m_running = true;
            m_exchange.send(m_input);
            m_exchange.closeInput();
            const auto own = m_heard.substr(at + m_begun.size());
            return own.empty() ? Result<void> {} : pass(own);
        }
        if (const auto at = m_heard.find(m_prompt); at != std::string::npos) {
            m_heard.erase(0, at + m_prompt.size());
            // A second question means a wrong password; another try would count against the account.
            if (std::exchange(m_answered, true))
                return fail(FailureKind::SudoRefused, "sudo", "wrong password");
            m_exchange.send(m_password.text() + '\n');
        }
        return {};
    }

    Result<void> pass(std::string_view bytes) { return m_own ? m_own(bytes) : Result<void> {}; }

    Exchange& m_exchange;
    const Secret& m_password;
    std::string m_input;
    std::string m_prompt;
    std::string m_begun;
    std::function<Result<void>(std::string_view)> m_own;
    std::string m_heard;
    bool m_answered = false;
    bool m_running = false;
};

Result<Ended> runPlainly(
    Exchange& exchange, const std::string& text, const Command& command, Patience patience)
{
    exchange.send(command.input);
    exchange.closeInput();
    return exchange.run(text, command.timeout, patience);
}

} // namespace

// One `sudo -n true` per connection: it tells free, with password, or not at all.
Result<Privileges::Way> Privileges::learn(Link& link)
{
    auto uid = probe(link, uidScript);
    if (!uid)
        return std::unexpected(uid.error());
    if (uid->out == "0\n")
        return Way::Direct;
    auto sudo = probe(link, "sudo -n true");
    if (!sudo)
        return std::unexpected(sudo.error());
    if (sudo->exitStatus == 0)
        return Way::Free;
    if (sudo->err.contains("a password is required"))
        return Way::Password;
    m_refusal = sudo->exitStatus == 127 ? "sudo is not installed" : firstLine(sudo->err);
    return Way::Refused;
}

Result<Ended> Privileges::runWithPassword(
    Link& link, Exchange& exchange, const Command& command, Patience patience)
{
    if (m_password.empty()) {
        auto given = m_asker.sudoPassword ? m_asker.sudoPassword(link.subject) : std::nullopt;
        if (!given)
            return m_asker.sudoPassword
                ? fail(FailureKind::Cancelled, link.subject, "no sudo password given")
                : fail(FailureKind::SudoRefused, link.subject, "a password is required");
        m_password.take(std::move(*given));
    }
    const auto token = randomToken();
    Talk talk(exchange, m_password, command.input, token);
    const auto text = wrap("exec sudo -S -k -p \"$1p\" -- sh -c \"echo $1r >&2; $2\"",
        {token, wrap(command.script, command.arguments)});
    auto ended = exchange.run(text, command.timeout, patience);
    const bool refused = talk.begun() ? false : ended ? true : ended.error().kind == FailureKind::SudoRefused;
    if (!refused)
        return ended;
    m_way = Way::Refused;
    m_refusal
        = ended ? firstLine(talk.heard().substr(talk.heard().find_first_not_of('\n'))) : ended.error().detail;
    m_password.take({});
    return fail(FailureKind::SudoRefused, link.subject, m_refusal);
}

Result<Ended> Privileges::run(Link& link, Exchange& exchange, const Command& command, Patience patience)
{
    const auto plain = wrap(command.script, command.arguments);
    if (command.privilege == Privilege::Plain)
        return runPlainly(exchange, plain, command, patience);
    if (m_way == Way::Unknown) {
        auto way = learn(link);
        if (!way)
            return std::unexpected(way.error());
        m_way = *way;
    }
    switch (m_way) {
    case Way::Direct:
        return runPlainly(exchange, plain, command, patience);
    case Way::Free:
        return runPlainly(exchange, wrap("exec sudo -n -- sh -c \"$1\"", {plain}), command, patience);
    case Way::Password:
        return runWithPassword(link, exchange, command, patience);
    case Way::Unknown:
    case Way::Refused:
        break;
    }
    return fail(FailureKind::SudoRefused, link.subject, m_refusal);
}

} // namespace sluicegate::ssh
