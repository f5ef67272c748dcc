// SPDX-License-Identifier: GPL-3.0-or-later
// A server with a Postfix queue that behaves as the real one does, and breaks where a test wants it to; and a
// case in memory.
#pragma once

#include "models/containment/ledger.h"
#include "models/ssh/server.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sluicegate::support {

struct QueuedMail {
    std::string id;
    std::string place = "deferred";
    std::int64_t arrival = 0;
    std::string sender;
    std::vector<std::string> recipients;
    std::string content;
    bool operator==(const QueuedMail&) const = default;
};

enum class Break {
    None,
    Before,
    After
}; // the connection is lost before the command runs, or before its answer

class FakeQueue : public ssh::Server {
public:
    std::vector<QueuedMail> mails;
    std::vector<QueuedMail> injected; // by sendmail
    std::vector<ssh::Command> ran;
    std::vector<std::string> everErased; // ids, in order
    int breakAt = -1; // which command
    Break how = Break::None;
    std::size_t halfOf = 0; // with Break::After: postsuper gets no further than this many ids
    std::function<void(FakeQueue&, const ssh::Command&)> before; // somebody else acts on the server
    std::map<std::string, ssh::Output, std::less<>> answers; // instead of running a script
    bool readOnly = false; // the spool's file system
    bool tooOld = false; // knows no postqueue -j

    base::Result<ssh::Output> run(const ssh::Command& command, std::stop_token stop) override;
    base::Result<ssh::FileStat> pull(const std::string& path, ssh::Privilege, const ssh::Sink&,
        const ssh::Progress&, std::stop_token) override
    {
        return base::fail(base::FailureKind::NotFound, path);
    }
    const ssh::Identity& identity() const override { return m_identity; }

    QueuedMail* find(std::string_view id);
    void add(QueuedMail mail) { mails.push_back(std::move(mail)); }
    std::string listing() const;
    std::string plainListing() const;
    static std::string postcat(const QueuedMail& mail);

private:
    ssh::Output answer(const ssh::Command& command, std::size_t most);
    ssh::Output super(char act, std::string_view input, bool holdOnly, std::size_t most);
    ssh::Output show(const std::vector<std::string>& ids);
    ssh::Output sendmail(std::string_view input);

    ssh::Identity m_identity {"mail.example.test", 22, "root", "ssh-ed25519", "SHA256:invented"};
};

class MemoryLedger : public containment::Ledger {
public:
    std::vector<containment::Note> all;
    std::map<std::string, std::string> files;
    int failAt = -1; // which note or keep fails, as on a full disk

    base::Result<void> note(const containment::Note& note) override;
    std::vector<containment::Note> notes() const override { return all; }
    base::Result<std::vector<std::string>> keep(std::span<const std::string_view> bytes) override;
    base::Result<std::string> kept(const std::string& sha256) const override;

private:
    int m_calls = 0;
};

} // namespace sluicegate::support
