// SPDX-License-Identifier: GPL-3.0-or-later
// A password that is wiped from memory when its owner is done with it.
#pragma once

#include <string>

#include <string.h>

namespace sluicegate::ssh {

class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text) : m_text(std::move(text)) { }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { wipe(m_text); }

    const std::string& text() const { return m_text; }
    bool empty() const { return m_text.empty(); }
    void take(std::string text)
    {
        wipe(m_text);
        m_text = std::move(text);
    }

    static void wipe(std::string& text)
    {
        explicit_bzero(text.data(), text.size());
        text.clear();
    }

private:
    std::string m_text;
};

} // namespace sluicegate::ssh
