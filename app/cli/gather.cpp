// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/gather.h"

#include "app/cli/cli.h"
#include "app/cli/connect.h"
#include "app/cli/demo.h"
#include "app/cli/progress.h"

#include "models/evidence/sha256.h"
#include "models/words/words.h"

#include <QCoreApplication>
#include <QDir>

namespace sluicegate::app {

namespace {

using base::FailureKind;

struct Gather {
    Q_DECLARE_TR_FUNCTIONS(Gather)
};

// Hashing a folder costs about as much as analysing it: done when somebody will hold the hashes against it.
base::Result<evidence::Bundle> hashed(evidence::Bundle bundle)
{
    for (evidence::Item& item : bundle.items) {
        if (!item.sha256.empty())
            continue;
        auto hash = evidence::sha256Of(item.local);
        if (hash)
            item.sha256 = std::move(*hash);
    }
    return bundle;
}

std::uint64_t bytesOf(const evidence::Bundle& bundle)
{
    std::uint64_t bytes = 0;
    for (const evidence::Item& item : bundle.items)
        bytes += item.bytes;
    return bytes;
}

base::Result<evidence::Bundle> fromFolder(const TriageOptions& options, RunCase& kept)
{
    constexpr std::uint64_t littleEnough = 256ULL << 20;
    auto bundle = evidence::fromFolder(options.evidence.toStdString());
    if (!bundle)
        return bundle;
    if (!kept.folder())
        return options.reports.isEmpty() && bytesOf(*bundle) > littleEnough ? std::move(bundle)
                                                                            : hashed(std::move(*bundle));
    auto adopted = casefile::adopt(*bundle, *kept.folder());
    if (!adopted)
        return adopted;
    kept.record("adopted", options.evidence.toStdString());
    return adopted;
}

base::Result<evidence::Bundle> fromServer(
    ssh::Server& server, const evidence::Scope& scope, RunCase& kept, const Interrupt& interrupt)
{
    const ssh::Identity& who = server.identity();
    say(Gather::tr("Connected to %1 as %2 (%3 %4).")
            .arg(words::inert(who.host), words::inert(who.user), words::inert(who.keyType),
                words::inert(who.fingerprint)));
    auto store = kept.store();
    if (!store)
        return std::unexpected(store.error());
    kept.record(
        "connected", who.user + "@" + who.host + ":" + std::to_string(who.port) + " " + who.fingerprint);
    ProgressLine progress;
    return evidence::pull(
        server, scope, **store, [&progress](const evidence::Step& step) { progress.show(step); },
        interrupt.token());
}

} // namespace

base::Result<RunCase> RunCase::open(const QString& folder)
{
    RunCase run;
    if (folder.isEmpty())
        return run;
    auto opened = casefile::CaseFolder::open(folder.toStdString());
    if (!opened)
        return std::unexpected(opened.error());
    run.m_case = std::move(*opened);
    return run;
}

base::Result<casefile::CaseFolder*> RunCase::store()
{
    if (m_case)
        return m_case.get();
    m_temporary = std::make_unique<QTemporaryDir>(QDir::tempPath() + QStringLiteral("/sluicegate-XXXXXX"));
    if (!m_temporary->isValid())
        return base::fail(FailureKind::WriteFailed, m_temporary->path().toStdString(),
            m_temporary->errorString().toStdString());
    auto opened
        = casefile::CaseFolder::open(m_temporary->filePath(QStringLiteral("case.sluice")).toStdString());
    if (!opened)
        return std::unexpected(opened.error());
    m_case = std::move(*opened);
    return m_case.get();
}

void RunCase::record(const char* kind, const std::string& text)
{
    if (!m_case)
        return;
    if (const auto done = m_case->record({.at = evidence::systemNow(), .kind = kind, .text = text}); !done)
        say(words::sentence(done.error()));
}

void RunCase::keepEvidence()
{
    if (!m_case)
        return;
    const QDir evidence(QString::fromStdString(m_case->folder().string()) + QStringLiteral("/evidence"));
    const bool holds = !evidence.isEmpty();
    if (m_temporary && holds)
        m_temporary->setAutoRemove(false);
    if (holds)
        say(Gather::tr("The evidence pulled so far is kept in %1")
                .arg(words::inert(m_case->folder().string())));
}

base::Result<evidence::Bundle> gather(const TriageOptions& options, Demo* demo, const evidence::Scope& scope,
    RunCase& kept, const Interrupt& interrupt)
{
    if (!options.evidence.isEmpty()) {
        auto bundle = fromFolder(options, kept);
        if (bundle && kept.folder())
            if (const auto done = kept.folder()->keepBundle(*bundle); !done)
                return std::unexpected(done.error());
        return bundle;
    }
    auto server = demo ? demo->connect(interrupt.token()) : connectTo(options, interrupt);
    if (!server)
        return std::unexpected(server.error());
    return pullFrom(**server, scope, kept, interrupt);
}

base::Result<evidence::Bundle> pullFrom(
    ssh::Server& server, const evidence::Scope& scope, RunCase& kept, const Interrupt& interrupt)
{
    auto bundle = fromServer(server, scope, kept, interrupt);
    if (!bundle)
        return bundle;
    if (const auto done = kept.folder()->keepBundle(*bundle); !done)
        return std::unexpected(done.error());
    kept.record("pulled", std::to_string(bundle->items.size()) + " items");
    return bundle;
}

} // namespace sluicegate::app
