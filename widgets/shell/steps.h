// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of an incident in the founding order, and how far each one is.
#pragma once

#include "models/desk/snapshot.h"

#include <QString>

namespace sluicegate::shell {

enum class StepId { Notice, Evidence, Identify, Source, ShutDown, Queue, Ready, Report, Journal, Notes };
inline constexpr int StepCount = 8; // on the rail; journal and notes are reached from anywhere

enum class Progress { ToDo, Running, Done, Attention };

struct StepState {
    Progress progress = Progress::ToDo;
    QString text;
};

QString stepName(StepId step);
StepState stepState(StepId step, const desk::Snapshot& snapshot);

} // namespace sluicegate::shell
