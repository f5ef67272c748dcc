// SPDX-License-Identifier: GPL-3.0-or-later
// The case as actions see it: their notes are journal lines, and what they keep lies in backup/ under its
// hash.
#pragma once

#include "models/casefile/casestate.h"
#include "models/containment/ledger.h"

namespace sluicegate::casefile {

/// What a journal line carries for actions; without rows and facts when it is none of theirs.
containment::Note noteOf(const JournalLine& line);

class CaseFolder::Backup : public containment::Ledger {
public:
    explicit Backup(State& state) : m_state(state) { }

    base::Result<void> note(const containment::Note& note) override;
    std::vector<containment::Note> notes() const override;
    base::Result<std::vector<std::string>> keep(std::span<const std::string_view> bytes) override;
    base::Result<std::string> kept(const std::string& sha256) const override;

private:
    base::Result<void> keepSome(
        std::span<const std::string_view> bytes, std::span<const std::string> hashes) const;

    State& m_state;
};

} // namespace sluicegate::casefile
