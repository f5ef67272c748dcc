// SPDX-License-Identifier: GPL-3.0-or-later
// What the lines of qmail say, and of the programs that Plesk puts around it.
#pragma once

#include "models/maillog/idtable.h"
#include "models/maillog/intake.h"

#include <deque>
#include <string>
#include <unordered_map>

namespace sluicegate::maillog::qmail {

enum class What : std::uint8_t {
    Other, // known, but no part of a journey: "status: local 0/10 remote 1/20"
    NewMessage,
    Info,
    Start, // "starting delivery 7: msg 42 to remote a@b"
    Result, // "delivery 7: success: ..."
    End,
    Bounce, // "bounce msg 42 qp 4711"
    Discarded, // "double bounce: discarding bounce/42"
    Unknown
};

/// A line without the stamp that splogger adds.
struct Parts {
    What what = What::Unknown;
    std::string_view id; // message number
    std::uint64_t delivery = 0;
    std::string_view text;
};
Parts split(std::string_view message);

/// Message numbers are inodes; as keys they are kept apart from other daemons' ids.
IdKey keyFor(std::string_view id);

/// "info msg 42: bytes 2341 from <a@b> qp 4711 uid 10003"
struct Info {
    std::uint64_t bytes = 0;
    std::string_view sender;
    std::uint64_t process = 0; // qp: of the qmail-queue that took it in
    std::optional<std::uint32_t> uid;
};
Info readInfo(std::string_view text);
std::uint64_t bounceProcess(std::string_view text);

struct Target {
    std::string_view recipient;
    bool remote = false;
};
Target readTarget(std::string_view text);
Status statusOf(std::string_view text);
Attempt readResult(std::string_view text);

/// "SMTP user info : /var/qmail/mailnames/birch.example/info logged in from unknown@ [192.0.2.7]"
struct Login {
    std::string user; // info@birch.example
    std::string_view ip;
};
bool isLogin(const Line& line);
bool isFailedLogin(const Line& line);
Login readLogin(std::string_view message);

/// Which recipient a result belongs to: only the line that started the delivery knows.
class Recipients {
public:
    void start(std::string_view text);
    /// Fills in what the result alone does not say.
    void complete(Attempt& attempt, std::string_view result, base::Instant arrived) const;

private:
    std::unordered_map<std::uint64_t, Target> m_byDelivery;
};

/// Logins of smtp_auth that messages may have come by. qmail names none for a message, so it is found by the
/// time and the sender, and only where no other login could be meant.
class Sessions {
public:
    struct Session {
        std::uint64_t line = 0;
        Moment at;
        std::string user;
        bool used = false;
    };
    void add(Session session);
    /// The one login that a message of this sender, seen at this time, came by; nullptr if unclear.
    const Session* match(std::string_view sender, Moment at);

private:
    std::deque<Session> m_sessions;
};

Intake intakeOf(const Store& store, const Life& life);

} // namespace sluicegate::maillog::qmail
