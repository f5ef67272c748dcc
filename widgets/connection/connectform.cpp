// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/connection/connectform.h"

#include "models/items/hostmodel.h"
#include "widgets/common/marks.h"
#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"

#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QSpinBox>
#include <QVBoxLayout>

namespace sluicegate::connection {

using common::label;
using common::named;
using common::Rank;
using common::Step;

ConnectForm::ConnectForm(QWidget* parent)
    : QWidget(parent)
    , m_host(named(new QLineEdit, tr("Server"), QStringLiteral("host")))
    , m_user(named(new QLineEdit, tr("User"), QStringLiteral("user")))
    , m_port(named(new QSpinBox, tr("Port"), QStringLiteral("port")))
    , m_key(named(new QLineEdit, tr("Key file"), QStringLiteral("key")))
    , m_connect(named(new common::PrimaryButton(tr("&Connect and get the evidence")),
          tr("Connect and get the evidence"), QStringLiteral("connect")))
    , m_hostsCaption(label({}, Rank::Muted))
    , m_hosts(named(new QListView, tr("Known servers"), QStringLiteral("hosts")))
    , m_model(new items::HostModel(this))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2 * Step);
    rows->addWidget(connectCard(), 1);
    rows->addWidget(filesCard());
    m_port->setRange(1, 65535);
    m_port->setValue(22);
    m_host->setPlaceholderText(tr("server.example or a name from ~/.ssh/config"));
    m_user->setPlaceholderText(tr("root"));
    m_key->setPlaceholderText(tr("agent and usual keys"));
    m_connect->setEnabled(false);
    setHosts({}, {});
    connect(m_host, &QLineEdit::textChanged, this,
        [this](const QString& text) { m_connect->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_host, &QLineEdit::returnPressed, m_connect, &QPushButton::click);
    connect(m_connect, &QPushButton::clicked, this,
        [this] { Q_EMIT connectRequested(target(), m_host->text().trimmed()); });
}

QWidget* ConnectForm::connectCard()
{
    auto* card = new common::Card;
    card->rows()->addWidget(label(tr("Over SSH"), Rank::Heading));
    card->rows()->addWidget(
        label(tr("Reading only: logs, queue, accounts. Nothing on the server is changed."), Rank::Muted));
    auto* form = new QFormLayout;
    form->setLabelAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    form->setHorizontalSpacing(2 * Step);
    form->setVerticalSpacing(Step);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Se&rver"), m_host);
    form->addRow(tr("&User"), m_user);
    form->addRow(tr("P&ort"), m_port);
    form->addRow(tr("&Key file"), keyRow());
    card->rows()->addLayout(form);
    card->rows()->addWidget(m_connect);
    card->rows()->addSpacing(Step);
    card->rows()->addWidget(m_hostsCaption);
    m_hosts->setModel(m_model);
    m_hosts->setItemDelegate(new common::RowDelegate(m_hosts));
    m_hosts->setUniformItemSizes(true);
    m_hosts->setFrameShape(QFrame::NoFrame);
    card->rows()->addWidget(m_hosts, 1);
    connect(m_hosts, &QListView::clicked, this, &ConnectForm::choose);
    connect(m_hosts, &QListView::activated, this, &ConnectForm::choose);
    return card;
}

QWidget* ConnectForm::keyRow()
{
    auto* row = new QWidget;
    auto* columns = new QHBoxLayout(row);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(Step);
    auto* browse
        = named(new QPushButton(tr("&Browse …")), tr("Choose a key file"), QStringLiteral("browseKey"));
    columns->addWidget(m_key, 1);
    columns->addWidget(browse);
    connect(browse, &QPushButton::clicked, this, [this] {
        const QString file
            = QFileDialog::getOpenFileName(this, tr("Key file"), QDir::homePath() + QStringLiteral("/.ssh"));
        if (!file.isEmpty())
            m_key->setText(file);
    });
    return row;
}

QWidget* ConnectForm::filesCard()
{
    auto* card = new common::Card;
    card->rows()->addWidget(label(tr("Or without a connection"), Rank::Heading));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(Step);
    auto* files
        = named(new QPushButton(tr("Log fil&es …")), tr("Open log files"), QStringLiteral("openLogs"));
    auto* folder = named(new QPushButton(tr("Fol&der …")), tr("Open a folder of evidence or a case"),
        QStringLiteral("openFolder"));
    auto* demo = named(new QPushButton(tr("De&mo")), tr("Demo incident"), QStringLiteral("demo"));
    for (QPushButton* button : {files, folder, demo})
        buttons->addWidget(button, 1);
    card->rows()->addLayout(buttons);
    connect(files, &QPushButton::clicked, this, &ConnectForm::openRequested);
    connect(folder, &QPushButton::clicked, this, &ConnectForm::openFolderRequested);
    connect(demo, &QPushButton::clicked, this, &ConnectForm::demoRequested);
    return card;
}

void ConnectForm::setHosts(const QStringList& recent, const QStringList& config)
{
    m_model->show(recent, config);
    m_hostsCaption->setText(m_model->rowCount() > 0
            ? tr("Known servers")
            : tr("Servers used before, and names from ~/.ssh/config, will be listed here."));
}

void ConnectForm::propose(const QString& host)
{
    if (m_host->text().isEmpty() && !host.isEmpty())
        m_host->setText(host);
}

void ConnectForm::clear()
{
    fill({});
}

void ConnectForm::setBusy(bool busy)
{
    for (QWidget* widget : std::initializer_list<QWidget*> {m_host, m_user, m_port, m_key, m_hosts})
        widget->setEnabled(!busy);
    m_connect->setEnabled(!busy && !m_host->text().trimmed().isEmpty());
}

void ConnectForm::choose(const QModelIndex& index)
{
    take(index.data().toString());
    if (items::HostModel::Kind(index.data(items::HostModel::KindRole).toInt())
        == items::HostModel::Kind::Config)
        Q_EMIT hostChosen(index.data().toString());
}

void ConnectForm::fill(const ssh::Target& target)
{
    m_filled = target;
    m_host->setText(QString::fromStdString(target.host));
    m_user->setText(QString::fromStdString(target.user));
    m_port->setValue(target.port);
    m_key->setText(
        target.identities.empty() ? QString() : QString::fromStdString(target.identities.front().string()));
}

void ConnectForm::take(const QString& name)
{
    const qsizetype at = name.indexOf(u'@');
    QString host = name.mid(at + 1);
    const qsizetype colon = host.lastIndexOf(u':');
    bool isPort = false;
    const int port = colon > 0 ? host.mid(colon + 1).toInt(&isPort) : 0;
    if (isPort)
        host.truncate(colon);
    m_host->setText(host);
    m_user->setText(at > 0 ? name.left(at) : QString());
    m_port->setValue(isPort ? port : 22);
    m_connect->setFocus();
}

ssh::Target ConnectForm::target() const
{
    const std::string host = m_host->text().trimmed().toStdString();
    // Further keys, agent and known hosts of an imported name stay as long as the name does.
    ssh::Target target = m_filled.host == host ? m_filled : ssh::Target();
    target.host = host;
    target.user = m_user->text().trimmed().toStdString();
    target.port = std::uint16_t(m_port->value());
    const std::string key = m_key->text().trimmed().toStdString();
    if (key.empty())
        target.identities.clear();
    else if (target.identities.empty() || target.identities.front() != key)
        target.identities = {key};
    return target;
}

} // namespace sluicegate::connection
