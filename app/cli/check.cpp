// SPDX-License-Identifier: GPL-3.0-or-later
// The verb `check`: the conditions for unblocking, each met, not met or unknown, and why.
#include "app/cli/checkoptions.h"
#include "app/cli/checktext.h"
#include "app/cli/cli.h"
#include "app/cli/connect.h"
#include "app/cli/gather.h"

#include "models/base/operator.h"
#include "models/containment/hand.h"
#include "models/desk/probing.h"
#include "models/words/words.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace sluicegate::app {

namespace {

using namespace readiness;
using base::FailureKind;
using base::Result;

struct Check {
    Q_DECLARE_TR_FUNCTIONS(Check)
};

class Run {
public:
    Run(const CheckOptions& options, RunCase& kept, const Interrupt& interrupt)
        : m_options(options), m_case(kept), m_interrupt(interrupt)
    {
    }

    int go()
    {
        const auto done = readNotice()
                              .and_then([this] { return chooseProfile(); })
                              .and_then([this] { return analyse(); })
                              .and_then([this] { return askOthers(); })
                              .and_then([this] { return judgeWithWords(); })
                              .and_then([this] { return watchOn(); });
        if (!done) {
            m_case.keepEvidence();
            return refuse(done.error());
        }
        return tell();
    }

private:
    Result<void> readNotice();
    Result<void> chooseProfile();
    Result<evidence::Bundle> bundle();
    Result<evidence::Bundle> pulled();
    Result<void> analyse();
    Result<void> askOthers();
    Result<void> judgeWithWords();
    Result<void> watchOn();
    void judge();
    int tell();

    bool connects() const { return !m_options.connection.host.isEmpty(); }
    std::chrono::minutes quiet() const { return m_options.watch.value_or(m_profile.quiet); }

    const CheckOptions& m_options;
    RunCase& m_case;
    const Interrupt& m_interrupt;
    profile::Profile m_profile;
    std::optional<notice::Notice> m_notice;
    std::unique_ptr<ssh::Server> m_server;
    std::shared_ptr<const triage::Analysis> m_analysis;
    std::unique_ptr<containment::Ledger> m_ledger;
    Gate m_gate;
};

Result<void> Run::readNotice()
{
    std::optional<std::string> bytes;
    if (m_case.folder())
        bytes = m_case.folder()->notice();
    if (!m_options.connection.notice.isEmpty()) {
        auto given = readInput(m_options.connection.notice);
        if (!given)
            return std::unexpected(given.error());
        auto store = m_case.store();
        if (!store)
            return std::unexpected(store.error());
        if (auto kept = (*store)->keepNotice(*given); !kept)
            return kept;
        bytes = std::move(*given);
    }
    if (!bytes)
        return {};
    auto read = notice::read(*bytes);
    if (!read)
        return std::unexpected(read.error());
    m_notice = std::move(*read);
    return {};
}

// A named profile must be good; of those found by themselves a bad one is said and left out.
Result<void> Run::chooseProfile()
{
    auto choice = profile::choose(m_notice ? std::string_view(m_notice->raw) : std::string_view(),
        m_options.profile.toStdString(), profile::userFolder());
    if (!m_options.profile.isEmpty() && !choice.troubles.empty())
        return std::unexpected(choice.troubles.front());
    for (const base::Failure& trouble : choice.troubles)
        say(words::sentence(trouble));
    m_profile = std::move(choice.profile);
    return {};
}

Result<evidence::Bundle> Run::bundle()
{
    if (connects())
        return pulled();
    return m_case.folder()->bundle();
}

Result<evidence::Bundle> Run::pulled()
{
    std::string hostKey;
    if (m_case.folder())
        if (const auto known = m_case.folder()->bundle())
            hostKey = known->hostKey;
    auto server = connectTo(m_options.connection, m_interrupt);
    if (!server)
        return std::unexpected(server.error());
    m_server = std::move(*server);
    if (const auto same = containment::sameServer(*m_server, hostKey); !same)
        return std::unexpected(same.error());
    evidence::Scope scope;
    if (m_notice)
        for (const notice::NoticedId& noticed : m_notice->ids)
            scope.messageIds.push_back(noticed.id.value);
    return pullFrom(*m_server, scope, m_case, m_interrupt);
}

Result<void> Run::analyse()
{
    auto bytes = bundle();
    if (!bytes)
        return std::unexpected(bytes.error());
    auto analysis
        = triage::analyse(std::move(*bytes), m_notice, {}, evidence::systemNow(), m_interrupt.token());
    if (!analysis)
        return std::unexpected(analysis.error());
    m_analysis = std::move(*analysis);
    m_ledger = m_case.folder()->ledger();
    return {};
}

Result<void> Run::askOthers()
{
    if (!m_server || (!m_options.testPorts && !m_options.askLists))
        return {};
    containment::Hand hand(*m_server, *m_ledger, m_interrupt.token());
    Result<void> done;
    if (m_options.testPorts) {
        say(Check::tr("Testing the mail ports of %Ln server(s) from there.", nullptr,
            int(m_profile.portTargets.size())));
        done = desk::testPorts(hand, m_profile.portTargets);
    }
    if (done && m_options.askLists)
        done = desk::ownAddresses(hand, *m_analysis).and_then([&](const std::vector<std::string>& own) {
            return desk::askLists(hand, own, m_profile.lists);
        });
    if (!done
        && done.error().kind == FailureKind::NotFound) { // no address to ask about: the rest still tells
        say(words::sentence(done.error()));
        return {};
    }
    return done;
}

void Run::judge()
{
    const auto notes = m_ledger->notes();
    Facts facts = factsOf(*m_analysis, notes, evidence::systemNow());
    facts.watch = quiet();
    m_gate = evaluate(facts);
}

// The operator's words first, then the judgement that heeds them. That a source was shut by hand, once said,
// asks for silence since: so one word may make room for another.
Result<void> Run::judgeWithWords()
{
    judge();
    for (const ConditionId id : conditions()) {
        const auto given = m_options.waived.find(id);
        const Condition& condition = *m_gate.find(id);
        if (given == m_options.waived.end() || condition.state == State::Met)
            continue;
        if (auto noted = recordWaiver(condition, given->second, base::operatorName(), *m_ledger); !noted)
            return noted;
        judge();
    }
    return {};
}

// Waits for the silence that is asked for, or for the message that breaks it.
Result<void> Run::watchOn()
{
    const Condition& silent = *m_gate.find(ConditionId::SourceSilent);
    if (!m_server || !m_options.watch || silent.why != Why::WatchNotOver || silent.waived)
        return {};
    desk::WatchOrder order {.analysis = m_analysis, .since = *m_gate.silentFrom, .isClosed = m_gate.isClosed};
    order.every = m_options.every;
    order.quiet = quiet();
    order.endsWhenTold = true;
    order.connect = [this](std::stop_token) -> Result<std::unique_ptr<ssh::Server>> {
        return m_server ? std::move(m_server) : connectTo(m_options.connection, m_interrupt);
    };
    say(Check::tr("Watching the log until it was quiet for %Ln minute(s); Ctrl+C ends the watch.", nullptr,
        int(quiet().count())));
    base::Result<void> kept;
    const desk::WatchState state = desk::watch(
        order,
        [&](const desk::WatchState& now) {
            if (!now.over)
                say(watchText(now));
            if (now.looks > 0 && kept)
                kept = recordWatched(now.seen, *m_ledger);
        },
        m_interrupt.token());
    if (!kept)
        return kept;
    if (state.ended)
        return std::unexpected(*state.ended);
    judge();
    return {};
}

int Run::tell()
{
    m_case.record("checked", m_gate.permit ? "ready" : "not ready");
    const bool shown
        = print(m_options.json ? QJsonDocument(gateJson(m_gate)).toJson() : gateText(m_gate).toUtf8());
    if (m_options.unblocked && m_gate.permit) {
        if (const auto recorded = recordUnblock(*m_gate.permit, *m_ledger); !recorded)
            return refuse(recorded.error());
        say(Check::tr("Recorded that you unblock now."));
        if (!m_profile.unblock.empty())
            say(Check::tr("The page of %1: %2")
                    .arg(words::inert(m_profile.name), QString::fromStdString(m_profile.unblock)));
    }
    if (!m_gate.permit)
        return NeedsAttention;
    return shown ? Done : PartlyDone;
}

Result<void> isUsable(const CheckOptions& options)
{
    const std::filesystem::path folder = options.connection.caseFolder.toStdString();
    std::error_code error;
    if (folder.empty())
        return {};
    if (!std::filesystem::exists(folder, error)) // evidence from a host begins a case
        return options.connection.host.isEmpty() ? base::fail(FailureKind::NotFound, folder.string())
                                                 : Result<void>();
    if (!casefile::CaseFolder::isCase(folder))
        return base::fail(FailureKind::NotUnderstood, folder.string(), "is not a case folder");
    return {};
}

} // namespace

int checkReady(const QStringList& arguments)
{
    const auto options = readCheckOptions(arguments);
    if (!options)
        return refuse(options.error());
    if (const auto usable = isUsable(*options); !usable)
        return refuse(usable.error());
    const Interrupt interrupt;
    auto kept = RunCase::open(options->connection.caseFolder);
    if (!kept)
        return refuse(kept.error());
    return Run(*options, *kept, interrupt).go();
}

} // namespace sluicegate::app
