// SPDX-License-Identifier: GPL-3.0-or-later
// A server for tests at the one port: scripts are answered from a table, files come from memory.
#pragma once

#include "models/ssh/server.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace sluicegate::support {

class FakeServer : public ssh::Server {
public:
    using Answer = std::function<base::Result<ssh::Output>(const ssh::Command&)>;
    struct File {
        std::string bytes;
        ssh::FileStat stat {};
        std::optional<base::Failure> failure; // given after `bytes` were sent
    };

    std::map<std::string, Answer, std::less<>> answers; // by script
    std::map<std::string, File, std::less<>> files; // by path
    std::function<void()> beforeEach; // of every run and pull
    std::vector<ssh::Command> ran;
    std::vector<std::string> pulled;

    void says(std::string_view script, std::string out, int exitStatus = 0, std::string err = {})
    {
        answers[std::string(script)] = [reply = ssh::Output {std::move(out), std::move(err), exitStatus, {}}](
                                           const ssh::Command&) { return reply; };
    }

    void fails(std::string_view script, base::Failure failure)
    {
        answers[std::string(script)] = [failure](const ssh::Command&) { return std::unexpected(failure); };
    }

    base::Result<ssh::Output> run(const ssh::Command& command, std::stop_token stop) override
    {
        if (beforeEach)
            beforeEach();
        ran.push_back(command);
        if (stop.stop_requested())
            return base::fail(base::FailureKind::Cancelled, command.script);
        const auto at = answers.find(command.script);
        return at == answers.end() ? ssh::Output {{}, "sh: not found\n", 127, {}} : at->second(command);
    }

    base::Result<ssh::FileStat> pull(const std::string& path, ssh::Privilege, const ssh::Sink& sink,
        const ssh::Progress& progress, std::stop_token stop) override
    {
        if (beforeEach)
            beforeEach();
        pulled.push_back(path);
        const auto at = files.find(path);
        if (at == files.end())
            return base::fail(base::FailureKind::NotFound, path);
        const std::string_view bytes = at->second.bytes;
        for (std::size_t from = 0; from < bytes.size(); from += 4096) {
            if (stop.stop_requested() || !sink(bytes.substr(from, 4096)))
                return base::fail(base::FailureKind::Cancelled, path);
            if (progress)
                progress({from + 4096, bytes.size(), from + 4096});
        }
        if (at->second.failure)
            return std::unexpected(*at->second.failure);
        return at->second.stat;
    }

    const ssh::Identity& identity() const override { return m_identity; }

private:
    ssh::Identity m_identity {"mail.example.test", 22, "root", "ssh-ed25519", "SHA256:invented"};
};

} // namespace sluicegate::support
