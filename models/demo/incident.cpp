// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/demo/incident.h"
#include "models/demo/programs.h"
#include "models/demo/shell.h"
#include "models/ssh/quote.h"
#include "models/ssh/scripts.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <format>
#include <mutex>

// The macro names a function of the global namespace.
static void initialiseDemoResource()
{
    Q_INIT_RESOURCE(demo);
}

namespace sluicegate::demo {

using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view names[] = {"harbor", "orchard", "meadow"};

std::string resource(std::string_view name, std::string_view file)
{
    QFile source(QStringLiteral(":/demo/") + QString::fromUtf8(name.data(), qsizetype(name.size())) + u'/'
        + QString::fromUtf8(file.data(), qsizetype(file.size())));
    return source.open(QIODevice::ReadOnly) ? source.readAll().toStdString() : std::string();
}

std::string text(const QJsonObject& from, QLatin1StringView key)
{
    return from.value(key).toString().toStdString();
}

World makeWorld(const std::string& name)
{
    const QByteArray json = QByteArray::fromStdString(resource(name, "incident.json"));
    const QJsonObject about = QJsonDocument::fromJson(json).object();
    World world;
    world.host = text(about, "host"_L1);
    world.ip = text(about, "ip"_L1);
    world.user = text(about, "user"_L1);
    world.plesk = text(about, "plesk"_L1);
    world.system = text(about, "os"_L1);
    world.kernel = text(about, "kernel"_L1);
    world.mailVersion = text(about, "mailVersion"_L1);
    world.maillog = text(about, "maillog"_L1);
    world.zoneName = text(about, "zoneName"_L1);
    world.zone = about.value("zoneMinutes"_L1).toInteger() * 60;
    world.start = about.value("now"_L1).toInteger() + 20;
    for (const QJsonValue& line : about.value("sockets"_L1).toArray())
        world.sockets.push_back(line.toString().toStdString());
    for (const QJsonValue& address : about.value("mailboxes"_L1).toArray())
        world.mailboxes.push_back({.address = address.toString().toStdString(), .sessions = {}});
    const QJsonObject filters = about.value("filters"_L1).toObject();
    const QJsonObject sessions = about.value("sessions"_L1).toObject();
    for (MailboxState& box : world.mailboxes) {
        for (const QJsonValue& ip : sessions.value(QString::fromStdString(box.address)).toArray())
            box.sessions.push_back(ip.toString().toStdString());
        const QJsonObject own = filters.value(QString::fromStdString(box.address)).toObject();
        for (auto at = own.begin(); at != own.end(); ++at)
            box.filters.emplace_back(at.key().toStdString(), at.value().toString().toStdString());
    }
    for (const QJsonValue& value : about.value("sites"_L1).toArray()) {
        const QJsonArray row = value.toArray();
        world.sites.push_back({row.at(0).toString().toStdString(), row.at(1).toString().toStdString(),
            row.at(2).toString().toStdString(), row.at(3).toString().toStdString()});
    }
    world.files = FileTree(resource(name, "tree"), [name](const std::string& file, bool packed) {
        std::string bytes = resource(name, file);
        return packed ? gunzip(bytes).value_or(std::string()) : bytes;
    });
    world.spool = Spool::read(gunzip(resource(name, "queue.gz")).value_or(std::string()));
    return world;
}

class Server final : public Incident {
public:
    explicit Server(const std::string& name)
        : m_world(makeWorld(name)), m_notice(resource(name, "notice.eml"))
    {
    }

    ssh::ExecReply answer(std::string_view command, std::string_view input) override
    {
        const std::lock_guard lock(m_mutex);
        const auto wrapped = ssh::unwrap(command);
        if (!wrapped)
            return Shell(m_world, {}).run(command, input);
        if (wrapped->script == ssh::pullScript)
            return pull(wrapped->arguments);
        return Shell(m_world, wrapped->arguments).run(wrapped->script, input);
    }

    bool wantsInput(std::string_view command) const override
    {
        const std::lock_guard lock(m_mutex);
        const auto wrapped = ssh::unwrap(command);
        if (!wrapped)
            return Shell(m_world, {}).readsInput(command);
        return wrapped->script != ssh::pullScript
            && Shell(m_world, wrapped->arguments).readsInput(wrapped->script);
    }

    std::string notice() const override { return m_notice; }
    std::string hostName() const override { return m_world.host; }
    std::string user() const override { return m_world.user; }
    base::Instant now() const override
    {
        return base::Instant(std::chrono::microseconds(m_world.nowMicroseconds()));
    }

private:
    ssh::ExecReply pull(const std::vector<std::string>& arguments)
    {
        Node* node = arguments.empty() ? nullptr : m_world.files.find(arguments.front());
        if (!node)
            return {{}, "no such file\n", ssh::PullAbsent};
        if (node->isFolder())
            return {{}, "not a regular file\n", ssh::PullNotRegular};
        const std::string& bytes = m_world.files.read(*node);
        return {std::format("SG1 64769:{} {} {} raw\n", node->inode, bytes.size(), node->modified) + bytes,
            {}, 0};
    }

    mutable std::mutex m_mutex;
    mutable World m_world;
    std::string m_notice;
};

} // namespace

std::vector<std::string> incidents()
{
    return {std::begin(names), std::end(names)};
}

base::Result<std::shared_ptr<Incident>> Incident::load(std::string_view name)
{
    initialiseDemoResource();
    std::string known;
    for (const std::string_view one : names) {
        if (one == name)
            return std::make_shared<Server>(std::string(name));
        known += (known.empty() ? "" : ", ") + std::string(one);
    }
    return base::fail(base::FailureKind::NotFound, "incident " + std::string(name), "there are: " + known);
}

ssh::ExecHost hostOf(std::shared_ptr<Incident> incident)
{
    return {.wantsInput = [incident](std::string_view command) { return incident->wantsInput(command); },
        .answer = [incident](std::string_view command,
                      std::string_view input) { return incident->answer(command, input); },
        .user = incident->user(),
        .password = {}};
}

} // namespace sluicegate::demo
