// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/triage/analysis.h"

#include "models/base/discard.h"
#include "models/evidence/logname.h"
#include "models/hosting/stamp.h"
#include "models/message/inspection.h"
#include "models/notice/candidates.h"
#include "models/triage/settings.h"
#include "models/triage/shelf.h"

#include <algorithm>

namespace sluicegate::triage {

namespace {

using attribution::Facts;
using evidence::Item;

bool isBelow(std::string_view domain, std::string_view parent)
{
    return domain == parent
        || (domain.size() > parent.size() && domain.ends_with(parent)
            && domain[domain.size() - parent.size() - 1] == '.');
}

// One run over the bundle: every step reads what the next needs.
class Run {
public:
    /// With `only`, no other file of the mail log is read, and no web log.
    Run(Analysis& analysis, const Window& window, std::stop_token stop, const Item* only = nullptr)
        : m_analysis(analysis)
        , m_window(window)
        , m_stop(stop)
        , m_only(only)
        , m_shelf(analysis.bundle, analysis.troubles, stop)
    {
    }

    bool finish()
    {
        readClock();
        if (!readLog())
            return false;
        readQueue();
        readHosting();
        readSettingsOfServer();
        readPhpMail();
        lookUpCandidates();
        pointInside();
        if (m_stop.stop_requested())
            return false;
        readRequests();
        m_analysis.verdict = attribution::attribute(facts(), m_stop);
        return !m_stop.stop_requested();
    }

private:
    Facts& facts() { return m_analysis.facts; }
    const evidence::Bundle& bundle() const { return m_analysis.bundle; }

    void readClock()
    {
        facts().now = bundle().clock.server.value_or(m_analysis.generated);
        facts().zone = bundle().clock.zone ? *bundle().clock.zone : zoneOfWebLogs();
    }

    // Web servers write their offset, syslog's old stamps do not. Both are the server's local time.
    std::chrono::seconds zoneOfWebLogs()
    {
        for (const evidence::Bundle::WebLog& log : bundle().webLogs()) {
            const base::Bytes bytes = m_shelf.read(*log.item);
            const std::string_view text = bytes.view().substr(0, bytes.view().find('\n'));
            if (const auto zone = hosting::readWebZone(hosting::webStampIn(text)))
                return *zone;
        }
        return {};
    }

    bool readLog()
    {
        std::vector<maillog::Source> sources;
        const std::vector<const Item*> logs = m_only ? std::vector {m_only} : bundle().mailLogs();
        std::vector<base::Bytes> bytes = m_shelf.readAll(logs);
        if (m_stop.stop_requested()) {
            base::discard(std::move(bytes));
            return false;
        }
        for (std::size_t n = 0; n < logs.size(); ++n)
            if (!bytes[n].empty())
                sources.push_back({logs[n]->path, std::move(bytes[n])});
        if (sources.empty())
            return true;
        maillog::Options options {
            .now = facts().now, .zone = facts().zone, .since = m_window.since, .until = m_window.until};
        if (const Item* accounts = bundle().accounts())
            for (const hosting::Account& account : hosting::readPasswd(m_shelf.read(*accounts).view()))
                if (account.user == "qmaild")
                    options.smtpUids.push_back(account.uid);
        auto history = maillog::History::read(std::move(sources), options, m_stop);
        if (history)
            m_analysis.log = *history;
        else if (history.error().kind == base::FailureKind::Cancelled)
            return false;
        else
            m_shelf.note(history.error());
        return true;
    }

    void readQueue()
    {
        queue::Listing listing;
        if (const Item* item = bundle().command("postqueue-j")) {
            listing = queue::readJson(m_shelf.read(*item).view());
            m_analysis.queueKnown = true;
        }
        for (const std::string_view name : {"postqueue-p", "mailq"})
            if (const Item* item = bundle().command(name); item && listing.entries.empty()) {
                listing = queue::readPlain(m_shelf.read(*item).view(), facts().now, facts().zone);
                m_analysis.queueKnown = true;
            }
        if (const Item* item = bundle().command("exim-bp"); item && listing.entries.empty()) {
            listing = queue::readExim(m_shelf.read(*item).view());
            m_analysis.queueKnown = true;
        }
        if (const Item* item = bundle().command("qmail-qread"); item && listing.entries.empty()) {
            listing = queue::readQmail(m_shelf.read(*item).view());
            m_analysis.queueKnown = true;
        }
        facts().queue = std::move(listing.entries);
        for (const Item* item : bundle().below("commands/postcat-q/"))
            if (!m_stop.stop_requested())
                readQueued(*item);
    }

    void readQueued(const Item& item)
    {
        std::string id = item.path.substr(item.path.rfind('/') + 1);
        id.resize(std::min(id.find('.'), id.size()));
        base::Bytes bytes = m_shelf.read(item);
        if (id.empty() || bytes.empty())
            return;
        auto inspection = message::inspect(bytes.view());
        facts().queued.insert_or_assign(
            std::move(id), attribution::QueuedMessage {std::move(inspection), std::move(bytes)});
    }

    void readHosting()
    {
        hosting::Hosting& house = facts().hosting;
        if (const Item* accounts = bundle().accounts())
            house.accounts = hosting::readPasswd(m_shelf.read(*accounts).view());
        house.sites = hosting::readPleskSites(m_shelf.command("plesk-sites").view());
        readOwners(house);
        std::vector<std::string> domains;
        for (const evidence::Bundle::WebLog& log : bundle().webLogs())
            if (!log.domain.empty() && !std::ranges::contains(domains, log.domain))
                domains.push_back(log.domain);
        hosting::addSitesOfLayout(house, domains);
        if (const Item* sockets = bundle().command("ss")) {
            facts().sockets = hosting::readSockets(m_shelf.read(*sockets).view());
            facts().socketsFile = sockets->path;
        }
        if (const Item* programs = bundle().command("new-programs")) {
            facts().programs = hosting::readPrograms(m_shelf.read(*programs).view());
            facts().programsFile = programs->path;
        }
    }

    // "owner|/var/www/vhosts/NAME" rows, where there is no panel to ask.
    void readOwners(hosting::Hosting& house)
    {
        const base::Bytes bytes = m_shelf.command("vhosts");
        std::string_view rest = bytes.view();
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            const std::string_view line = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            const std::size_t bar = line.find('|');
            if (bar == std::string_view::npos)
                continue;
            const std::string_view path = line.substr(bar + 1);
            const std::string_view domain = hosting::domainOfPath(path);
            if (!domain.empty() && house.byUser(line.substr(0, bar)) && !house.byDomain(domain))
                house.sites.push_back(
                    {std::string(domain), std::string(path), std::string(line.substr(0, bar))});
        }
    }

    void readSettingsOfServer()
    {
        Settings settings = readSettings(m_shelf.command("postconf-n").view());
        for (const hosting::Site& site : facts().hosting.sites)
            settings.domains.push_back(site.domain);
        std::ranges::sort(settings.domains);
        facts().localDomains = std::move(settings.domains);
        facts().localAddresses = std::move(settings.addresses);
        if (m_analysis.notice)
            facts().localAddresses.insert(
                facts().localAddresses.end(), m_analysis.notice->ips.begin(), m_analysis.notice->ips.end());
    }

    void readPhpMail()
    {
        for (const Item* item : bundle().phpMailLogs())
            facts().phpMailLogs.push_back(
                {item->path, hosting::readPhpMailLog(m_shelf.read(*item).view(), facts().zone, m_stop)});
    }

    // Only what may have left: a provider's mail to a mailbox on this server is in the log too.
    void lookUpCandidates()
    {
        if (!m_analysis.notice || !m_analysis.log)
            return;
        const maillog::History& log = *m_analysis.log;
        notice::countCandidates(*m_analysis.notice, [&log](std::string_view id) {
            return std::ranges::any_of(log.findMessageId(id),
                [&log](std::uint32_t index) { return log.journey(index).mayHaveLeft(); });
        });
    }

    void pointInside()
    {
        facts().log = m_analysis.log.get();
        facts().notice = m_analysis.notice ? &*m_analysis.notice : nullptr;
    }

    // A site's own logs, and webmail's: who sent through it logged in from this server.
    std::vector<evidence::Bundle::WebLog> allWebLogs() const
    {
        auto logs = bundle().webLogs();
        for (const Item* item : bundle().below("/var/www/vhosts/"))
            if (std::string_view(item->path).substr(item->path.rfind('/') + 1).starts_with("webmail_access"))
                logs.push_back({item, std::string(hosting::domainOfPath(item->path))});
        return logs;
    }

    void readRequests()
    {
        const auto logs = allWebLogs();
        if (logs.empty() || m_only)
            return;
        const attribution::WebInterest interest = attribution::webInterest(facts(), m_stop);
        if (!interest.since)
            return;
        for (const evidence::Bundle::WebLog& log : logs) {
            const bool wanted = interest.allDomains || log.domain.empty()
                || std::ranges::any_of(interest.domains, [&](const std::string& domain) {
                       return isBelow(log.domain, domain) || isBelow(domain, log.domain);
                   });
            if (!wanted || m_stop.stop_requested())
                continue;
            base::Bytes bytes = m_shelf.read(*log.item);
            auto requests = hosting::readAccessLog(bytes.view(), {interest.since, interest.until}, m_stop);
            if (!requests.requests.empty())
                facts().requests.push_back(
                    {log.item->path, log.domain, std::move(requests), std::move(bytes)});
        }
    }

    Analysis& m_analysis;
    const Window& m_window;
    std::stop_token m_stop;
    const Item* m_only;
    Shelf m_shelf;
};

// The file that is written to now, if the older ones hold so much that it is worth to look at it first.
const Item* newestOfMuch(const evidence::Bundle& bundle, std::uint64_t much)
{
    std::uint64_t all = 0;
    const Item* newest = nullptr;
    for (const Item* item : bundle.mailLogs()) {
        all += item->bytes;
        if (evidence::readLogName(item->path).live() && (!newest || item->bytes > newest->bytes))
            newest = item;
    }
    const bool worth
        = newest && newest->bytes != 0 && newest->bytes <= all / 2 && all - newest->bytes >= much;
    return worth ? newest : nullptr;
}

void showNewest(
    const Analysis& whole, const Window& window, const std::stop_token& stop, const Preliminary& preliminary)
{
    const Item* newest = preliminary.show ? newestOfMuch(whole.bundle, preliminary.much) : nullptr;
    if (!newest)
        return;
    auto first = std::make_shared<Analysis>();
    first->generated = whole.generated;
    first->bundle = whole.bundle;
    first->notice = whole.notice;
    first->onlyFile = newest->path;
    if (Run(*first, window, stop, first->bundle.find(newest->path)).finish() && first->log)
        preliminary.show(std::move(first));
    else
        base::discard(std::move(first));
}

} // namespace

base::Result<std::shared_ptr<const Analysis>> analyse(evidence::Bundle bundle,
    std::optional<notice::Notice> notice, const Window& window, base::Instant now, std::stop_token stop,
    const Preliminary& preliminary)
{
    auto analysis = std::make_shared<Analysis>();
    analysis->generated = now;
    analysis->bundle = std::move(bundle);
    analysis->notice = std::move(notice);
    showNewest(*analysis, window, stop, preliminary);
    if (!Run(*analysis, window, stop).finish()) {
        base::discard(std::move(analysis));
        return base::fail(base::FailureKind::Cancelled, "analysis");
    }
    return analysis;
}

} // namespace sluicegate::triage
