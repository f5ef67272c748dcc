// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/profile/profile.h"

#include <QByteArray>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QUrl>

#include <algorithm>
#include <array>
#include <cctype>

static void loadProfiles()
{
    Q_INIT_RESOURCE(profiles); // a static library's resources are not found without this
}

namespace sluicegate::profile {

using base::fail;
using base::FailureKind;
using base::Result;

namespace {

constexpr std::string_view genericId = "generic";
constexpr qint64 mostBytes = 256 << 10;
constexpr std::array<const char*, 9> members {"name", "hints", "unblock", "cleanUp", "mailboxCheck",
    "pluginSearch", "portTargets", "lists", "quietMinutes"};

bool isHost(const std::string& text)
{
    const auto fits
        = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.'; };
    return !text.empty() && text.size() <= 253 && text.front() != '-' && text.front() != '.'
        && text.contains('.') && std::ranges::all_of(text, fits);
}

bool isPage(const std::string& text)
{
    const QUrl url(QString::fromStdString(pageFor(text, "x")), QUrl::StrictMode);
    return text.empty()
        || (url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty()
            && (url.scheme() == u"https" || url.scheme() == u"http"));
}

/// Reads members one by one; the first wrong one stays named.
class Reader {
public:
    Reader(const QJsonObject& object, std::string id) : m_object(object), m_id(std::move(id)) { }

    std::string text(const char* name)
    {
        const QJsonValue value = m_object[QLatin1String(name)];
        if (!value.isUndefined() && !value.isString())
            wrong(name, "is not a text");
        return value.toString().toStdString();
    }
    std::string page(const char* name)
    {
        std::string address = text(name);
        if (!isPage(address))
            wrong(name, "is not the address of a web page");
        return address;
    }
    std::vector<std::string> texts(const char* name)
    {
        std::vector<std::string> all;
        for (const QJsonValue& each : array(name)) {
            all.push_back(each.toString().toStdString());
            if (all.back().empty())
                wrong(name, "is not a list of texts");
        }
        return all;
    }
    std::vector<std::string> hosts(const char* name)
    {
        auto all = texts(name);
        for (const std::string& each : all)
            if (!isHost(each))
                wrong(name, "names no host");
        return all;
    }
    std::vector<PortTarget> targets(const char* name)
    {
        std::vector<PortTarget> all;
        for (const QJsonValue& each : array(name)) {
            PortTarget target {each[QLatin1String("host")].toString().toStdString(), {}};
            for (const QJsonValue& port : each[QLatin1String("ports")].toArray()) {
                if (port.toInt() < 1 || port.toInt() > 65535)
                    wrong(name, "has a port that is none");
                target.ports.push_back(std::uint16_t(port.toInt()));
            }
            if (!isHost(target.host) || target.ports.empty())
                wrong(name, "needs a host and its ports");
            all.push_back(std::move(target));
        }
        return all;
    }
    std::chrono::minutes minutes(const char* name, std::chrono::minutes usual)
    {
        const QJsonValue value = m_object[QLatin1String(name)];
        if (value.isUndefined())
            return usual;
        if (value.toInt() < 1 || value.toInt() > 24 * 60)
            wrong(name, "is not a number of minutes from 1 to 1440");
        return std::chrono::minutes(value.toInt());
    }
    void onlyKnown()
    {
        for (auto at = m_object.begin(); at != m_object.end(); ++at)
            if (std::ranges::none_of(
                    members, [&](const char* known) { return at.key() == QLatin1String(known); }))
                wrong(at.key().toUtf8().constData(), "is not known");
    }
    void wrong(const char* name, const char* why)
    {
        if (!m_failure)
            m_failure = base::Failure {FailureKind::NotUnderstood, m_id, std::string(name) + ' ' + why};
    }
    const std::optional<base::Failure>& failure() const { return m_failure; }

private:
    QJsonArray array(const char* name)
    {
        const QJsonValue value = m_object[QLatin1String(name)];
        if (!value.isUndefined() && !value.isArray())
            wrong(name, "is not a list");
        return value.toArray();
    }

    const QJsonObject m_object; // asked for what it lacks, another one would take it up
    std::string m_id;
    std::optional<base::Failure> m_failure;
};

bool speaksOf(std::string_view text, const std::string& hint)
{
    const auto same = [](char one, char other) {
        return std::tolower(static_cast<unsigned char>(one))
            == std::tolower(static_cast<unsigned char>(other));
    };
    return !std::ranges::search(text, hint, same).empty();
}

bool isKnownBy(const Profile& profile, std::string_view notice)
{
    return std::ranges::any_of(
        profile.hints, [&](const std::string& hint) { return speaksOf(notice, hint); });
}

// In the order of their names; what cannot be read is told and left out.
std::vector<Profile> ownProfiles(const std::filesystem::path& folder, std::vector<base::Failure>& troubles)
{
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.path().extension() == ".json")
            files.push_back(entry.path());
    std::ranges::sort(files);
    std::vector<Profile> all;
    for (const auto& file : files) {
        auto read = readFile(file);
        if (read)
            all.push_back(std::move(*read));
        else
            troubles.push_back(read.error());
    }
    return all;
}

} // namespace

Result<Profile> read(std::string_view json, const std::string& id)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(QByteArray(json.data(), qsizetype(json.size())), &error);
    if (!document.isObject())
        return fail(FailureKind::NotUnderstood, id,
            error.error ? error.errorString().toStdString() : std::string("is not one JSON object"));
    Reader from(document.object(), id);
    Profile profile {.id = std::filesystem::path(id).stem().string(),
        .name = from.text("name"),
        .hints = from.texts("hints"),
        .unblock = from.page("unblock"),
        .cleanUp = from.page("cleanUp"),
        .mailboxCheck = from.page("mailboxCheck"),
        .pluginSearch = from.page("pluginSearch"),
        .portTargets = from.targets("portTargets"),
        .lists = from.hosts("lists"),
        .quiet = from.minutes("quietMinutes", std::chrono::minutes(30))};
    from.onlyKnown();
    if (profile.name.empty())
        from.wrong("name", "is missing");
    if (from.failure())
        return std::unexpected(*from.failure());
    return profile;
}

Result<Profile> readFile(const std::filesystem::path& path)
{
    QFile file(QString::fromStdString(path.string()));
    if (!file.open(QIODevice::ReadOnly))
        return fail(file.exists() ? FailureKind::Unreadable : FailureKind::NotFound, path.string(),
            file.errorString().toStdString());
    if (file.size() > mostBytes)
        return fail(FailureKind::NotUnderstood, path.string(), "is too large for a profile");
    return read(file.readAll().toStdString(), path.string());
}

std::vector<Profile> shipped()
{
    loadProfiles();
    std::vector<Profile> all;
    for (const char* id : {"hetzner", "ovh", "generic"})
        if (auto read = readFile(std::string(":/sluicegate/profiles/") + id + ".json"))
            all.push_back(std::move(*read));
    return all;
}

const Profile& generic()
{
    static const Profile ours = [] {
        auto all = shipped();
        return all.empty() ? Profile {.id = std::string(genericId), .name = "Any provider"} : all.back();
    }();
    return ours;
}

std::filesystem::path userFolder()
{
    const QString config = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return std::filesystem::path(config.toStdString()) / "sluicegate" / "profiles";
}

Choice choose(
    std::string_view notice, const std::filesystem::path& named, const std::filesystem::path& folder)
{
    Choice choice {.profile = generic()};
    if (!named.empty()) {
        auto read = readFile(named);
        if (read)
            choice.profile = std::move(*read);
        else
            choice.troubles.push_back(read.error());
        return choice;
    }
    auto all = ownProfiles(folder, choice.troubles);
    for (Profile& ours : shipped())
        if (std::ranges::none_of(all, [&](const Profile& own) { return own.id == ours.id; }))
            all.push_back(std::move(ours));
    const auto known
        = std::ranges::find_if(all, [&](const Profile& each) { return isKnownBy(each, notice); });
    const auto any = std::ranges::find(all, genericId, &Profile::id);
    if (known != all.end())
        choice.profile = *known;
    else if (any != all.end())
        choice.profile = *any;
    return choice;
}

std::string pageFor(const std::string& page, std::string_view thing)
{
    const std::size_t at = page.find("%1");
    if (at == page.npos)
        return page;
    const QByteArray encoded
        = QUrl::toPercentEncoding(QString::fromUtf8(thing.data(), qsizetype(thing.size())));
    return std::string(page).replace(at, 2, encoded.toStdString());
}

} // namespace sluicegate::profile
