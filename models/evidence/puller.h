// SPDX-License-Identifier: GPL-3.0-or-later
// Runs one recipe or pulls one file and keeps what came. A refusal becomes a warning; only what ends the
// whole pull is a failure.
#pragma once

#include "models/evidence/output.h"
#include "models/evidence/pull.h"
#include "models/evidence/recipes.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sluicegate::evidence {

class Puller {
public:
    Puller(ssh::Server& server, const Scope& scope, Store& store, const Report& report, std::stop_token stop);

    using Answer = base::Result<std::optional<ssh::Output>>; // nullopt: refused, a warning says so

    /// Runs a recipe without keeping anything.
    Answer run(const recipes::Recipe& recipe, const std::vector<std::string>& arguments = {});
    /// Runs a recipe and keeps its output as commands/NAME.
    Answer ask(const recipes::Recipe& recipe, const std::vector<std::string>& arguments = {});
    base::Result<void> keep(Item about, std::string_view bytes);
    /// As commands/NAME; nothing when there is nothing but a complaint.
    base::Result<void> keepOutput(const recipes::Recipe& recipe, const ssh::Output& output);
    /// Pulls a file as it lies there.
    base::Result<void> file(const ListedFile& listed);

    void warn(std::string text);
    void plan(std::size_t more) { m_step.planned += more; }
    bool has(std::string_view path) const { return m_bundle.find(path) != nullptr; }
    Bundle& bundle() { return m_bundle; }
    const Scope& scope() const { return m_scope; }

private:
    enum class End { Whole, TooLarge, StoreFull };

    base::Result<ssh::Output> runAs(
        const recipes::Recipe& recipe, const std::vector<std::string>& arguments, ssh::Privilege privilege);
    base::Result<ssh::FileStat> stream(
        const ListedFile& listed, Writer& writer, ssh::Privilege privilege, End& end);
    void report();
    void done();

    ssh::Server& m_server;
    const Scope& m_scope;
    Store& m_store;
    const Report& m_report;
    std::stop_token m_stop;
    bool m_rootRefused = false;
    Step m_step;
    Bundle m_bundle;
};

/// Failures after which nothing more can be asked of the server, or kept.
bool endsAll(const base::Failure& failure);

} // namespace sluicegate::evidence
