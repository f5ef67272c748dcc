// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/asking.h"

namespace sluicegate::desk {

Answer Asking::ask(Question question, std::stop_token stop)
{
    {
        const std::lock_guard lock(m_mutex);
        m_waiting = true;
        m_answer.reset();
    }
    m_show(std::move(question));
    std::unique_lock lock(m_mutex);
    m_answered.wait(lock, stop, [this] { return m_answer.has_value(); });
    m_waiting = false;
    Answer answer = std::exchange(m_answer, std::nullopt).value_or(std::monostate());
    lock.unlock();
    m_show(std::nullopt);
    return answer;
}

void Asking::answer(Answer answer)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_waiting)
            return;
        m_answer = std::move(answer);
    }
    m_answered.notify_all();
}

ssh::Asker Asking::asker(std::stop_token stop, std::function<void(std::string)> banner)
{
    // A question that comes a second time within one connection means that the answer was refused.
    const auto secret = [this, stop](SecretQuestion::Kind kind) {
        return [this, stop, kind, before = std::optional<std::string>()](
                   const std::string& subject) mutable -> std::optional<std::string> {
            const bool again = std::exchange(before, subject) == subject;
            Answer given = ask(SecretQuestion {kind, subject, again}, stop);
            auto* texts = std::get_if<std::vector<std::string>>(&given);
            if (!texts || texts->empty())
                return {};
            return std::move(texts->front());
        };
    };
    ssh::Asker asker;
    asker.hostKey = [this, stop](const ssh::HostKeyQuestion& question) {
        const Answer given = ask(question, stop);
        const auto* answer = std::get_if<ssh::HostKeyAnswer>(&given);
        return answer ? *answer : ssh::HostKeyAnswer::Refuse;
    };
    asker.password = secret(SecretQuestion::Kind::Password);
    asker.passphrase = secret(SecretQuestion::Kind::Passphrase);
    asker.sudoPassword = secret(SecretQuestion::Kind::Sudo);
    asker.interactive
        = [this, stop, before = std::vector<std::string>()](const std::string& instruction,
              const std::vector<ssh::Prompt>& prompts) mutable -> std::optional<std::vector<std::string>> {
        std::vector<std::string> texts;
        for (const ssh::Prompt& prompt : prompts)
            texts.push_back(prompt.text);
        const bool again = !texts.empty() && texts == before;
        before = std::move(texts);
        Answer given = ask(InteractiveQuestion {instruction, prompts, again}, stop);
        auto* answers = std::get_if<std::vector<std::string>>(&given);
        if (!answers || answers->size() != prompts.size())
            return {};
        return std::move(*answers);
    };
    asker.banner = [banner = std::move(banner)](const std::string& text) { banner(text); };
    return asker;
}

} // namespace sluicegate::desk
