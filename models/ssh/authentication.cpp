// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ssh/authentication.h"

#include "models/ssh/keyfile.h"
#include "models/ssh/secret.h"

#include <algorithm>
#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>

namespace sluicegate::ssh {

using base::fail;
using base::Failure;
using base::FailureKind;
using base::Result;

namespace {

constexpr int stageLimit = 4; // methods a server may ask for one after another
constexpr int roundLimit = 16; // rounds within one keyboard-interactive attempt
constexpr int promptLimit = 16;
constexpr int askLimit = 3; // times the operator is asked for a secret
constexpr std::size_t bannerLimit = 16u << 10;

enum class Step { Done, Partly, Refused };

/// One log-in. Every method returns how far it came; a Failure ends the whole attempt.
class Login {
public:
    Login(ssh_session session, const Making& making, const Identity& identity)
        : m_session(session), m_making(making), m_who(identity.user + '@' + identity.host)
    {
    }

    Result<void> run();

private:
    Result<Step> stage(int methods);
    Result<Step> agent();
    Result<Step> keys();
    Result<Step> keyFile(const std::filesystem::path& path);
    Result<Step> keyboard();
    Result<Step> answerRounds(int code, bool& asked);
    Result<std::vector<std::string>> answers(const std::vector<Prompt>& prompts);
    Result<Step> password();
    Result<Step> outcome(int code);
    Result<void> showBanner();
    Failure refused(int methods) const;

    ssh_session m_session;
    const Making& m_making;
    std::string m_who;
    std::vector<std::string> m_notes; // what was tried, for the refusal's detail
    Secret m_lastPassword;
    int m_asked = 0;
    bool m_agentTried = false;
};

Result<Step> Login::outcome(int code)
{
    switch (code) {
    case SSH_AUTH_SUCCESS:
        return Step::Done;
    case SSH_AUTH_PARTIAL:
        return Step::Partly;
    case SSH_AUTH_DENIED:
        return Step::Refused;
    case SSH_AUTH_AGAIN:
        if (m_making.interrupt.requested())
            return fail(FailureKind::Cancelled, m_who);
        return fail(FailureKind::Timeout, m_who, "no answer while logging in");
    default:
        break;
    }
    return std::unexpected(broken(m_session, m_making.interrupt, m_who));
}

Descriptor connectAgent(const std::string& path)
{
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path)
        return {};
    std::memcpy(address.sun_path, path.data(), path.size());
    Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return {};
    return socket;
}

// The agent's socket is ours to connect and to watch: an agent that asks its own user may answer late, and
// cancelling must not wait for it.
Result<Step> Login::agent()
{
    if (m_making.target.agentSocket.empty() || m_agentTried)
        return Step::Refused;
    m_agentTried = true;
    auto socket = connectAgent(m_making.target.agentSocket);
    if (!socket) {
        m_notes.emplace_back("agent not reachable");
        return Step::Refused;
    }
    m_making.interrupt.watch(socket.get());
    if (!m_making.target.identities.empty()) {
        const bool only = true;
        ssh_options_set(m_session, SSH_OPTIONS_IDENTITIES_ONLY, &only);
    }
    ssh_set_agent_socket(m_session, socket.release());
    auto step = outcome(ssh_userauth_agent(m_session, nullptr));
    // A server hangs up at its own limit of attempts (sshd's MaxAuthTries: 6), and its farewell is lost with
    // the key that was offered next: a line that breaks just here is a refusal.
    if (!step && step.error().kind == FailureKind::ConnectionLost)
        return fail(FailureKind::AuthenticationRefused, m_who,
            "the server hung up while the agent offered its keys, perhaps too many: " + step.error().detail);
    if (step == Step::Refused)
        m_notes.emplace_back("no key of the agent accepted");
    return step;
}

Result<Step> Login::keyFile(const std::filesystem::path& path)
{
    auto file = inspectKeyFile(path);
    if (!file) {
        if (!m_making.target.identities.empty())
            m_notes.push_back(path.string() + ": " + std::string(base::name(file.error().kind)));
        return Step::Refused;
    }
    // Nobody is asked for the passphrase of a key that the server does not want.
    if (file->half) {
        auto wanted = outcome(ssh_userauth_try_publickey(m_session, nullptr, file->half.get()));
        if (wanted != Step::Done) {
            m_notes.push_back(path.string() + ": not accepted");
            return wanted;
        }
    }
    KeyHandle key = file->encrypted ? nullptr : loadKey(*file, {});
    for (int asked = 0; file->encrypted && !key && asked < askLimit && m_making.asker.passphrase; ++asked) {
        auto text = m_making.asker.passphrase(path.string());
        if (!text || m_making.interrupt.requested())
            return fail(FailureKind::Cancelled, m_who, "no passphrase given");
        const Secret passphrase(std::move(*text));
        key = loadKey(*file, passphrase.text());
    }
    if (!key) {
        m_notes.push_back(path.string() + (file->encrypted ? ": passphrase missing or wrong" : ": damaged"));
        return Step::Refused;
    }
    return outcome(ssh_userauth_publickey(m_session, nullptr, key.get()));
}

Result<Step> Login::keys()
{
    auto paths = m_making.target.identities;
    if (paths.empty())
        for (const char* name : {"id_ed25519", "id_ecdsa", "id_rsa"})
            paths.push_back(homeFolder() / ".ssh" / name);
    for (const auto& path : paths) {
        auto step = keyFile(path);
        if (step != Step::Refused)
            return step;
    }
    return Step::Refused;
}

bool asksForPassword(const std::vector<Prompt>& prompts)
{
    return prompts.size() == 1 && !prompts.front().echo && prompts.front().text.contains("assword");
}

// Without somebody to read the server's questions, only the plain one for the password is answered.
Result<std::vector<std::string>> Login::answers(const std::vector<Prompt>& prompts)
{
    const auto& asker = m_making.asker;
    std::optional<std::vector<std::string>> given;
    if (asker.interactive) {
        const char* instruction = ssh_userauth_kbdint_getinstruction(m_session);
        given = asker.interactive(instruction != nullptr ? instruction : "", prompts);
    } else if (asker.password && asksForPassword(prompts)) {
        if (auto text = asker.password(m_who))
            given = std::vector {std::move(*text)};
    } else {
        return std::vector<std::string> {};
    }
    if (!given || m_making.interrupt.requested())
        return fail(FailureKind::Cancelled, m_who, "no answer given");
    given->resize(prompts.size());
    return std::move(*given);
}

// PAM likes to send a last round without a single prompt: it is answered by just calling again.
Result<Step> Login::answerRounds(int code, bool& asked)
{
    for (int round = 0; code == SSH_AUTH_INFO; ++round) {
        const int count = ssh_userauth_kbdint_getnprompts(m_session);
        if (round >= roundLimit || count > promptLimit)
            return fail(FailureKind::Hostile, m_who, "endless questions while logging in");
        std::vector<Prompt> prompts;
        for (int at = 0; at < count; ++at) {
            char echo = 0;
            const char* text = ssh_userauth_kbdint_getprompt(m_session, static_cast<unsigned>(at), &echo);
            prompts.push_back({.text = text != nullptr ? text : "", .echo = echo != 0});
        }
        if (count > 0) {
            auto given = answers(prompts);
            if (!given)
                return std::unexpected(given.error());
            if (given->empty() || (asksForPassword(prompts) && given->front() == m_lastPassword.text()))
                return Step::Refused;
            asked = true;
            for (int at = 0; at < count; ++at)
                ssh_userauth_kbdint_setanswer(
                    m_session, static_cast<unsigned>(at), (*given)[static_cast<std::size_t>(at)].c_str());
            if (asksForPassword(prompts))
                m_lastPassword.take(given->front());
            std::ranges::for_each(*given, &Secret::wipe);
        }
        code = ssh_userauth_kbdint(m_session, nullptr, nullptr);
    }
    return outcome(code);
}

Result<Step> Login::keyboard()
{
    if (!m_making.asker.interactive && !m_making.asker.password)
        return Step::Refused;
    for (bool asked = true; asked && m_asked < askLimit; ++m_asked) {
        asked = false;
        auto step = answerRounds(ssh_userauth_kbdint(m_session, nullptr, nullptr), asked);
        if (step != Step::Refused)
            return step;
    }
    m_notes.emplace_back("keyboard-interactive refused");
    return Step::Refused;
}

// A password that was refused is never sent a second time: attempts are counted by fail2ban.
Result<Step> Login::password()
{
    while (m_making.asker.password && m_asked++ < askLimit) {
        auto given = m_making.asker.password(m_who);
        if (!given || m_making.interrupt.requested())
            return fail(FailureKind::Cancelled, m_who, "no password given");
        const bool again = !m_lastPassword.empty() && *given == m_lastPassword.text();
        m_lastPassword.take(std::move(*given));
        if (again)
            break;
        auto step = outcome(ssh_userauth_password(m_session, nullptr, m_lastPassword.text().c_str()));
        if (step != Step::Refused)
            return step;
    }
    m_notes.emplace_back(m_making.asker.password ? "password refused" : "nobody to ask for a password");
    return Step::Refused;
}

Result<Step> Login::stage(int methods)
{
    using Method = Result<Step> (Login::*)();
    const std::pair<int, Method> order[]
        = {{SSH_AUTH_METHOD_PUBLICKEY, &Login::agent}, {SSH_AUTH_METHOD_PUBLICKEY, &Login::keys},
            {SSH_AUTH_METHOD_INTERACTIVE, &Login::keyboard}, {SSH_AUTH_METHOD_PASSWORD, &Login::password}};
    for (const auto& [needed, method] : order) {
        if ((methods & needed) == 0)
            continue;
        auto step = (this->*method)();
        if (step != Step::Refused)
            return step;
    }
    return Step::Refused;
}

Result<void> Login::showBanner()
{
    const TextHandle text(ssh_get_issue_banner(m_session));
    if (text && m_making.asker.banner)
        m_making.asker.banner(std::string(text.get(), strnlen(text.get(), bannerLimit)));
    return {};
}

Failure Login::refused(int methods) const
{
    std::string detail = "the server offers";
    for (const auto& [method, name] : {std::pair {SSH_AUTH_METHOD_PUBLICKEY, " publickey"},
             {SSH_AUTH_METHOD_INTERACTIVE, " keyboard-interactive"}, {SSH_AUTH_METHOD_PASSWORD, " password"},
             {SSH_AUTH_METHOD_GSSAPI_MIC, " gssapi-with-mic"}, {SSH_AUTH_METHOD_HOSTBASED, " hostbased"}})
        if ((static_cast<unsigned>(methods) & method) != 0)
            detail += name;
    for (const auto& note : m_notes)
        detail += "; " + note;
    return {FailureKind::AuthenticationRefused, m_who, detail};
}

Result<void> Login::run()
{
    auto step = outcome(ssh_userauth_none(m_session, nullptr));
    showBanner();
    int methods = 0;
    for (int count = 0; step && *step != Step::Done; ++count) {
        methods = ssh_userauth_list(m_session, nullptr);
        if (count >= stageLimit)
            return fail(FailureKind::Hostile, m_who, "endless steps while logging in");
        m_asked = 0;
        step = stage(methods);
        if (step == Step::Refused)
            return std::unexpected(refused(methods));
    }
    if (!step)
        return std::unexpected(step.error());
    return {};
}

} // namespace

Result<void> authenticate(ssh_session session, const Making& making, const Identity& identity)
{
    return Login(session, making, identity).run();
}

} // namespace sluicegate::ssh
