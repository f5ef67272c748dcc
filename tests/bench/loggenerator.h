// SPDX-License-Identifier: GPL-3.0-or-later
// Invents a mail server's log of any size, the same for the same seed, and keeps the truth about it: what it
// counts is what it wrote.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sluicegate::bench {

enum class Style { Traditional, Zoned };
enum class Ids { Short, Long };
/// Where a quarter of all mail comes from: a login, a site's form (one stranger at a time), a site's dropped
/// mailer (many recipients, senders made up).
enum class Incident { Password, Form, Hack };

struct Settings {
    std::uint64_t bytes = 1 << 20; // stops behind the line that reaches it
    std::uint64_t seed = 1;
    Style style = Style::Traditional;
    Ids ids = Ids::Short;
    Incident incident = Incident::Password;
    std::int64_t start = 1793491200; // seconds since 1970
    bool keepJourneys = true; // false: only the sums
};

struct Outcome {
    std::string to;
    std::string status;
    bool operator==(const Outcome&) const = default;
};

/// What the written lines tell about one life of a queue id.
struct TrueJourney {
    std::string queueId;
    std::string messageId;
    std::string entry = "unknown";
    std::string login;
    std::optional<std::uint32_t> uid;
    std::string ip;
    std::string sender;
    std::uint64_t size = 0;
    std::uint32_t recipients = 0;
    std::vector<Outcome> outcomes; // in the order of their lines
    std::optional<std::int64_t> arrived; // seconds
    std::optional<std::int64_t> removed;
    std::string parent; // queue id
    std::uint32_t lines = 0;
    bool rejected = false;
};

/// Sums over one login ("login NAME") or uid ("uid N").
struct TrueSource {
    std::uint64_t messages = 0;
    std::uint64_t sent = 0;
    std::uint64_t deferred = 0;
    std::uint64_t bounced = 0;
    std::uint64_t rejected = 0;
};

struct Truth {
    std::vector<TrueJourney> journeys; // in the order of their first lines
    std::map<std::string, TrueSource> sources;
    std::uint64_t messages = 0;
    std::uint64_t lines = 0;
    std::uint64_t authFailures = 0;
    std::uint64_t rejects = 0;
    std::uint64_t limitRejects = 0;
    std::uint64_t logins = 0;
    std::string culprit; // the login that sends spam, or "uid N"
    std::string newsletter; // the login that sends much, lawfully
    std::string someMessageId; // one in the middle, for a search
};

class LogGenerator {
public:
    explicit LogGenerator(const Settings& settings);
    ~LogGenerator();
    /// Appends some lines; false when the log is whole.
    bool write(std::string& out);
    const Truth& truth() const;

private:
    struct World;
    std::unique_ptr<World> m_world;
};

std::string toJson(const Truth& truth);

} // namespace sluicegate::bench
