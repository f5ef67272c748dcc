// SPDX-License-Identifier: GPL-3.0-or-later
// The one writer: takes the operator's intents, runs the jobs, keeps the case, and says what changed.
#pragma once

#include "models/desk/asking.h"
#include "models/desk/jobs.h"
#include "models/desk/latest.h"
#include "models/desk/snapshot.h"

#include <QObject>
#include <QTemporaryDir>

#include <filesystem>
#include <memory>
#include <vector>

namespace sluicegate::desk {

class Desk : public QObject {
    Q_OBJECT
public:
    /// New cases are made below `cases`.
    explicit Desk(std::filesystem::path cases, QObject* parent = nullptr);
    ~Desk() override;

    const std::shared_ptr<const Snapshot>& snapshot() const { return m_snapshot; }
    const std::filesystem::path& cases() const { return m_cases; }
    /// Where cases made from now on go.
    void setCases(std::filesystem::path cases) { m_cases = std::move(cases); }
    /// Instead of ~/.ssh/known_hosts; empty: that one.
    void setKnownHosts(std::filesystem::path file) { m_knownHosts = std::move(file); }
    /// For cases in which the operator says nothing else; without it the provider's profile says it.
    void setUsualQuiet(std::optional<std::chrono::minutes> quiet);

    void readNotice(const std::string& raw);
    void openNoticeFile(const std::filesystem::path& file);
    /// A case folder, evidence folders, log files and notices, told apart by what they are.
    void openFiles(const std::vector<std::filesystem::path>& files);
    /// Where the target names none, the operator's own known_hosts and agent are used.
    void connectTo(ssh::Target target, evidence::Now now = evidence::systemNow);
    /// Asks ssh what a name from ~/.ssh/config stands for; answered by resolved().
    void resolve(const std::string& name);
    /// An empty name takes the first incident there is.
    void startDemo(const std::string& incident);
    /// Works out what an action would do; shown as the snapshot's handling, or as trouble.
    void plan(containment::ActionId action, int rank, containment::Exclusions exclusions = {});
    /// Runs what is planned.
    void apply();
    /// Judges the gate anew: time passes, too.
    void judge();
    /// How long the source must be silent; without a word the provider's profile says it.
    void setQuiet(std::chrono::minutes quiet);
    /// A provider's profile instead of the one that the notice tells.
    void setProfile(const std::filesystem::path& file);
    /// Lets the server ask other people's servers: only when the operator said so.
    void probe(Probe what);
    /// Puts it on record that a web page was opened.
    void noteOpened(const std::string& page);
    void readJournal();
    /// Keeps a note or a pin in the case, or writes the one of this id anew.
    void keepRemark(casefile::Remark remark);
    void removeRemark(const std::string& id);
    /// Keeps what the messages are filtered by for the next time the case is opened.
    void keepFilter(const std::string& filter);
    /// The operator's word to pass a condition over; Usage without a reason.
    void waive(readiness::ConditionId id, const std::string& reason);
    void withdrawWaiver(readiness::ConditionId id);
    /// Reads on in the log, over a connection of its own, until it is stopped or the evidence is another one.
    void startWatch();
    /// False if there was none.
    bool stopWatch();
    /// Puts it on record that the operator unblocks now; does nothing without a permit.
    void recordUnblock();
    /// The same server once more.
    void pullAgain();
    /// Ends the job under way. An action first ends what is in the server's hands, and then says what was
    /// done.
    void cancel();
    void answer(Answer answer);
    void dismissTrouble();
    void exportReport(const std::filesystem::path& file);
    /// Forgets everything shown; what was kept stays in its case folder.
    void startAnew();

Q_SIGNALS:
    void changed(sluicegate::desk::Parts parts);
    void resolved(const sluicegate::ssh::Target& target);

private:
    void change(Parts parts, const std::function<void(Snapshot&)>& edit);
    void fail(Stage stage, const base::Failure& failure);
    std::filesystem::path caseFolder();
    template <typename Job> void begin(Stage stage, std::string subject, Job job);
    void finish(Outcome outcome);
    void analyseAgain();
    void keepNotice(std::string raw);
    base::Result<ssh::Target> target();
    /// This machine's time; the demo's server and what is done to it live in the incident's.
    base::Instant now() const;
    void editRemarks(std::function<base::Result<void>(casefile::CaseFolder&)> edit);
    void note(std::function<base::Result<void>(containment::Ledger&)> write);
    void showWatch(const WatchState& state);
    void chooseProfile();
    std::chrono::minutes quiet() const;
    void onClerk(std::function<void(Clerk&)> task);
    Tell teller(std::stop_token stop);

    std::filesystem::path m_cases;
    std::shared_ptr<const Snapshot> m_snapshot = std::make_shared<Snapshot>();
    std::unique_ptr<QTemporaryDir> m_demoFolder;
    std::shared_ptr<Demo> m_demo;
    std::optional<ssh::Target> m_target; // connected to last
    std::stop_source m_acting;
    std::filesystem::path m_caseFolder; // chosen, perhaps not made yet
    std::shared_ptr<Asking> m_asking;
    std::shared_ptr<Clerk> m_clerk = std::make_shared<Clerk>();
    QThreadPool m_worker; // one thread: jobs and journal records, in order
    QThreadPool m_writers; // reports, and ssh's configuration
    Latest m_job {&m_worker};
    QThreadPool m_watcher; // one thread
    Latest m_watch {&m_watcher};
    bool m_watchAgain = false; // when the new evidence is judged
    std::optional<std::chrono::minutes> m_quiet; // as the operator said
    std::optional<std::chrono::minutes> m_usualQuiet;
    std::filesystem::path m_knownHosts;
    std::filesystem::path m_profile;
};

template <typename Job> void Desk::begin(Stage stage, std::string subject, Job job)
{
    Parts parts = Part::Running | Part::Trouble;
    if (m_snapshot->preliminary)
        parts |= Part::Analysis;
    change(parts, [&](Snapshot& next) {
        next.running = Running {.stage = stage, .subject = std::move(subject)};
        next.trouble.reset();
        next.preliminary.reset();
    });
    m_job.run(
        this, [this, job = std::move(job)](std::stop_token stop) { return job(teller(stop), stop); },
        [this](Outcome outcome) { finish(std::move(outcome)); });
}

} // namespace sluicegate::desk
