// SPDX-License-Identifier: GPL-3.0-or-later
// Evidence folders and notices for the command line's tests, made on the spot.
#pragma once

#include <QByteArray>
#include <QString>

namespace sluicegate::support {

/// Three calm days of a small server, then a stolen password: anna@shop.example sends from many networks in
/// other names.
QByteArray stolenPasswordLog();
/// Names two Message-IDs of the spam, and one that is in no log when `foreign`.
enum class Ids { OfTheSpam, OfNobody };
QByteArray notice(Ids ids);

/// Writes bytes below a folder, making the folders on the way; false when it cannot.
bool put(const QString& folder, const QString& path, const QByteArray& bytes);
/// The whole mirror of the incident's server: log, clock, queue.
bool putIncident(const QString& folder);

} // namespace sluicegate::support
