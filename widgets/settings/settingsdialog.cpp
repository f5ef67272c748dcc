// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/settingsdialog.h"

#include "widgets/common/pieces.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

namespace sluicegate::settings {

using common::named;
using common::Step;

namespace {

constexpr int MostMinutes = 24 * 60;

/// A field with what it means close below it; the row's mnemonic leads to the field.
QWidget* explained(QWidget* field, const QString& text)
{
    auto* all = new QWidget;
    auto* rows = new QVBoxLayout(all);
    rows->setContentsMargins(0, 0, 0, Step);
    rows->setSpacing(Step / 2);
    rows->addWidget(field);
    rows->addWidget(common::wholeLabel(text, common::Rank::Small));
    all->setFocusProxy(field);
    return all;
}

} // namespace

SettingsDialog::SettingsDialog(const Preferences& now, const QString& usualCases, QWidget* parent)
    : QDialog(parent)
    , m_scheme(named(new QComboBox, tr("Colours"), QStringLiteral("settingsScheme")))
    , m_quiet(named(new QSpinBox, tr("Minutes it must be quiet"), QStringLiteral("settingsQuiet")))
    , m_knownHosts(named(new QLineEdit, tr("Known hosts file"), QStringLiteral("settingsKnownHosts")))
    , m_cases(named(new QLineEdit, tr("Folder of the cases"), QStringLiteral("settingsCases")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("settings"));
    setWindowTitle(tr("Settings"));
    for (const QString& scheme : {tr("As the desktop"), tr("Light"), tr("Dark")})
        m_scheme->addItem(scheme);
    m_scheme->setCurrentIndex(!now.scheme ? 0 : *now.scheme == common::Scheme::Light ? 1 : 2);
    m_quiet->setRange(0, MostMinutes);
    m_quiet->setSpecialValueText(tr("as the provider asks"));
    m_quiet->setSuffix(tr(" min"));
    m_quiet->setValue(now.quietMinutes);
    m_knownHosts->setText(now.knownHosts);
    m_knownHosts->setPlaceholderText(QStringLiteral("~/.ssh/known_hosts"));
    m_cases->setText(now.cases);
    m_cases->setPlaceholderText(usualCases);
    auto* form = new QFormLayout;
    form->setLabelAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(2 * Step);
    form->setVerticalSpacing(Step);
    form->addRow(tr("&Colours"), m_scheme);
    form->addRow(tr("&Quiet before the unblock"),
        explained(m_quiet, tr("How long the source must be silent, unless you say otherwise at the gate.")));
    form->addRow(tr("&Known hosts"),
        explained(withBrowse(m_knownHosts, tr("Choose a known hosts file"),
                      QStringLiteral("browseKnownHosts"), false),
            tr("Keys of servers are compared with it; a changed key is never taken.")));
    form->addRow(tr("C&ases go to"),
        explained(
            withBrowse(m_cases, tr("Choose a folder for the cases"), QStringLiteral("browseCases"), true),
            tr("New cases only. They hold your customers' mail: choose a place that only you can read.")));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    for (QAbstractButton* button : buttons->buttons())
        button->setAccessibleName(button->text().remove(u'&'));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT chosen(preferences());
        accept();
    });
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(3 * Step, 3 * Step, 3 * Step, 2 * Step);
    rows->setSpacing(2 * Step);
    rows->addLayout(form);
    rows->addStretch(1);
    rows->addWidget(buttons);
    resize(72 * Step, rows->totalHeightForWidth(72 * Step));
}

QWidget* SettingsDialog::withBrowse(QLineEdit* field, const QString& name, const QString& object, bool folder)
{
    auto* row = new QWidget;
    auto* columns = new QHBoxLayout(row);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(Step);
    auto* browse = named(new QPushButton(tr("Browse …")), name, object);
    browse->setAutoDefault(false); // Return says OK here
    columns->addWidget(field, 1);
    columns->addWidget(browse);
    row->setFocusProxy(field); // so that the label's mnemonic leads to it
    connect(browse, &QPushButton::clicked, this, [this, field, name, folder] {
        const QString chosen = folder ? QFileDialog::getExistingDirectory(this, name, field->text())
                                      : QFileDialog::getOpenFileName(this, name, field->text());
        if (!chosen.isEmpty())
            field->setText(chosen);
    });
    return row;
}

// As a shell would read it: nobody writes the home folder out.
static QString expanded(const QString& path)
{
    const QString text = path.trimmed();
    return text.startsWith(QLatin1String("~/")) ? QDir::homePath() + text.mid(1) : text;
}

Preferences SettingsDialog::preferences() const
{
    Preferences result {.quietMinutes = m_quiet->value(),
        .knownHosts = expanded(m_knownHosts->text()),
        .cases = expanded(m_cases->text())};
    if (m_scheme->currentIndex() > 0)
        result.scheme = m_scheme->currentIndex() == 1 ? common::Scheme::Light : common::Scheme::Dark;
    return result;
}

} // namespace sluicegate::settings
