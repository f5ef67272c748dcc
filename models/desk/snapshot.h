// SPDX-License-Identifier: GPL-3.0-or-later
// Everything the screens may know at one moment; never changed once it is shown.
#pragma once

#include "models/casefile/remark.h"
#include "models/casefile/steps.h"
#include "models/desk/handling.h"
#include "models/desk/watching.h"
#include "models/evidence/pull.h"
#include "models/profile/profile.h"
#include "models/readiness/gate.h"
#include "models/ssh/connection.h"
#include "models/triage/analysis.h"

#include <QFlags>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace sluicegate::desk {

enum class Stage { Reading, Connecting, Pulling, Analysing, Exporting, Acting };

/// The job under way.
struct Running {
    Stage stage = Stage::Reading;
    std::string subject; // host, file or folder
    evidence::Step step {}; // while pulling
    std::uint64_t totalBytes = 0; // received by this pull so far
    double bytesPerSecond = 0;
    std::optional<containment::Progress> action {}; // while acting
    bool stopping = false; // the operator cancelled; what is in the server's hands ends first
};

struct SecretQuestion {
    enum class Kind { Password, Passphrase, Sudo };
    Kind kind = Kind::Password;
    std::string subject; // user@host, or the key file
    bool again = false; // the answer before was refused
};
struct InteractiveQuestion {
    std::string instruction; // foreign text
    std::vector<ssh::Prompt> prompts;
    bool again = false; // the same was asked and answered before
};
/// What the connection waits for the operator to say.
using Question = std::variant<ssh::HostKeyQuestion, SecretQuestion, InteractiveQuestion>;

/// Refusing is an answer too: std::monostate. Otherwise the host key's answer, or one text for each prompt.
using Answer = std::variant<std::monostate, ssh::HostKeyAnswer, std::vector<std::string>>;

/// A failed job: what it was doing, and why it ended.
struct Trouble {
    Stage stage = Stage::Reading;
    base::Failure failure;
};

struct Snapshot {
    std::optional<notice::Notice> notice;
    std::string target; // what the operator connected to or opened
    std::optional<ssh::Identity> server; // whom the bundle was pulled from in this session
    std::shared_ptr<const evidence::Bundle> bundle;
    std::string evidenceFrom; // the server, file, folder or case that the bundle came from
    std::shared_ptr<const triage::Analysis> analysis;
    /// While the rest is read, or after that was cancelled: what the newest file of the mail log says.
    std::shared_ptr<const triage::Analysis> preliminary;
    std::optional<Running> running;
    std::optional<Question> question;
    std::optional<Trouble> trouble;
    std::string banner; // the server's greeting: foreign text
    std::filesystem::path caseFolder; // empty until something was kept
    std::vector<std::filesystem::path> exported; // reports written in this session, newest last
    std::shared_ptr<const Handling> handling; // planned, running or over
    std::vector<Handled> handled; // in this session, in order
    std::uint64_t saved = 0; // messages that the case could bring back
    std::shared_ptr<const readiness::Gate> gate; // judged from the analysis and what was done
    std::optional<WatchState> watch; // running, or as it ended
    std::shared_ptr<const profile::Choice> profile = std::make_shared<profile::Choice>(
        profile::Choice {.profile = profile::generic()}); // of the provider
    std::shared_ptr<const casefile::JournalView> journal; // when it was asked for last
    std::shared_ptr<const std::vector<casefile::Remark>> remarks
        = std::make_shared<const std::vector<casefile::Remark>>(); // notes and pins, in order of time
    std::string filter; // of the messages, as the case held it when it was opened
    bool unblocked = false; // recorded in this case
    bool reachable = false; // there is a server to act on: one was connected to in this session
    bool demo = false;
};

enum class Part {
    Notice = 0x01,
    Server = 0x02,
    Evidence = 0x04,
    Analysis = 0x08,
    Running = 0x10,
    Asked = 0x20,
    Trouble = 0x40,
    Case = 0x80,
    Exported = 0x100,
    Action = 0x200,
    Gate = 0x400,
    Watch = 0x800,
    Profile = 0x1000,
    Journal = 0x2000,
    Remarks = 0x4000,
    Everything = 0x7fff,
};
Q_DECLARE_FLAGS(Parts, Part)
Q_DECLARE_OPERATORS_FOR_FLAGS(Parts)

} // namespace sluicegate::desk
