// SPDX-License-Identifier: GPL-3.0-or-later
// What the operator may choose once for all cases.
#pragma once

#include "widgets/common/theme.h"

#include <QDialog>

#include <optional>

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace sluicegate::settings {

struct Preferences {
    std::optional<common::Scheme> scheme {}; // nothing: as the desktop prefers
    int quietMinutes = 0; // 0: as the provider's profile says
    QString knownHosts {}; // empty: the operator's own
    QString cases {}; // empty: the usual place
    bool operator==(const Preferences&) const = default;
};

class SettingsDialog : public QDialog {
    Q_OBJECT
public:
    /// `usualCases` is where cases go without another word.
    SettingsDialog(const Preferences& now, const QString& usualCases, QWidget* parent);
    Preferences preferences() const;

Q_SIGNALS:
    void chosen(const sluicegate::settings::Preferences& preferences);

private:
    QWidget* withBrowse(QLineEdit* field, const QString& name, const QString& object, bool folder);

    QComboBox* m_scheme;
    QSpinBox* m_quiet;
    QLineEdit* m_knownHosts;
    QLineEdit* m_cases;
};

} // namespace sluicegate::settings
