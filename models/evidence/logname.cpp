// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/logname.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace sluicegate::evidence {

namespace {

bool dropEnd(std::string_view& text, std::string_view end)
{
    if (text.size() <= end.size() || !text.ends_with(end))
        return false;
    text.remove_suffix(end.size());
    return true;
}

// Takes ".12" or "-20261123" from the end.
std::optional<std::uint64_t> dropNumber(
    std::string_view& text, std::string_view separators, std::size_t least, std::size_t most)
{
    const auto last = text.find_last_not_of("0123456789");
    if (last == text.npos || last == 0 || separators.find(text[last]) == separators.npos)
        return {};
    const auto digits = text.substr(last + 1);
    std::uint64_t number = 0;
    if (digits.size() < least || digits.size() > most
        || std::from_chars(digits.data(), digits.data() + digits.size(), number).ec != std::errc {})
        return {};
    text = text.substr(0, last);
    return number;
}

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> words)
{
    return std::ranges::find(words, text) != words.end();
}

// Takes "access", "ssl", "log" and the like, with their separator, from both ends of a name.
std::string_view withoutTrimmings(std::string_view name)
{
    static constexpr std::array<std::string_view, 13> trimmings {"log", "access", "ssl", "tls", "http",
        "https", "proxy", "80", "443", "combined", "vhost", "custom", "webmail"};
    const auto trim = [&name](std::string_view word) {
        if (name == word)
            name = {};
        else if (name.size() > word.size() && name.ends_with(word)
            && std::string_view("._-").contains(name[name.size() - word.size() - 1]))
            name.remove_suffix(word.size() + 1);
        else if (name.size() > word.size() && name.starts_with(word)
            && std::string_view("._-").contains(name[word.size()]))
            name.remove_prefix(word.size() + 1);
        else
            return false;
        return true;
    };
    while (std::ranges::any_of(trimmings, trim)) { }
    return name;
}

std::string lower(std::string_view text)
{
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return result;
}

// "/var/www/vhosts/system/DOMAIN/logs" or "/var/log/ispconfig/httpd/DOMAIN": the domain.
std::string_view domainOfFolder(std::string_view folder)
{
    static constexpr std::string_view plesk = "/var/www/vhosts/system/",
                                      ispconfig = "/var/log/ispconfig/httpd/";
    if (folder.starts_with(plesk) && folder.ends_with("/logs")) {
        const auto domain = folder.substr(plesk.size(), folder.size() - plesk.size() - 5);
        return domain.contains('/') ? std::string_view {} : domain;
    }
    if (folder.starts_with(ispconfig)) {
        const auto domain = folder.substr(ispconfig.size());
        return domain.contains('/') ? std::string_view {} : domain;
    }
    return {};
}

// "/var/www/vhosts/NAME/logs/mail.log" is PHP's, not the server's.
bool isOfASite(const LogName& name)
{
    return name.folder.starts_with("/var/www/") || name.folder.starts_with("/home/")
        || name.folder.starts_with("/var/log/php");
}

} // namespace

LogName readLogName(std::string_view path)
{
    LogName name;
    const auto slash = path.rfind('/');
    if (slash != path.npos)
        name.folder = path.substr(0, slash);
    name.stem = path.substr(slash == path.npos ? 0 : slash + 1);
    for (const std::string_view ending : {".gz", ".bz2", ".xz", ".zst"})
        name.compressed = name.compressed || dropEnd(name.stem, ending);
    for (bool again = true; again;) {
        again = false;
        if (dropEnd(name.stem, ".processed"))
            again = name.processed = true;
        else if (const auto date = name.date ? std::nullopt : dropNumber(name.stem, "-._", 8, 14))
            again = (name.date = date).has_value();
        else if (const auto number = name.number ? std::nullopt : dropNumber(name.stem, ".-", 1, 4))
            again = (name.number = number).has_value();
    }
    return name;
}

bool olderThan(const LogName& one, const LogName& other)
{
    const auto place = [](const LogName& name) { return name.rotated() ? 0 : name.processed ? 1 : 2; };
    if (place(one) != place(other))
        return place(one) < place(other);
    if (one.date.has_value() != other.date.has_value())
        return one.date.has_value();
    if (one.date != other.date)
        return *one.date < *other.date;
    if (one.number != other.number)
        return one.number > other.number;
    return one.processed > other.processed;
}

bool isPhpMailLog(const LogName& name)
{
    return isOneOf(name.stem, {"php-mail.log", "phpmail.log", "php_mail.log", "php-mail"})
        || (name.stem == "mail.log" && isOfASite(name));
}

bool mayBePhpMailLog(std::string_view path)
{
    static constexpr std::array<std::string_view, 7> folders {
        "/var/log/", "/var/www/", "/var/tmp/", "/home/", "/srv/", "/tmp/", "/usr/local/"};
    const auto name = path.substr(path.rfind('/') + 1);
    const bool inPlace
        = std::ranges::any_of(folders, [path](auto folder) { return path.starts_with(folder); });
    return inPlace && (name.contains("log") || name.contains("mail")) && !path.contains("/../")
        && !path.contains("/.ssh/") && path.find('\n') == path.npos && path.size() < 1024;
}

IsMailLog isMailLog(const LogName& name)
{
    if (isOfASite(name))
        return IsMailLog::No;
    if (isOneOf(name.stem, {"maillog", "mail.log", "exim_mainlog", "postfix.log"}))
        return IsMailLog::Sure;
    if (name.stem == "mainlog" && name.folder.contains("/exim"))
        return IsMailLog::Sure;
    if (name.stem == "mail" && name.folder == "/var/log")
        return IsMailLog::Sure;
    if (isOneOf(name.stem, {"messages", "syslog"}) && name.folder == "/var/log")
        return IsMailLog::Perhaps;
    return IsMailLog::No;
}

std::optional<std::string> webLogDomain(std::string_view path)
{
    const auto name = readLogName(path);
    if (const auto domain = domainOfFolder(name.folder); !domain.empty()) {
        const bool wanted = isOneOf(name.stem,
            {"access_log", "access_ssl_log", "proxy_access_log", "proxy_access_ssl_log", "access.log"});
        return wanted ? std::optional(lower(domain)) : std::nullopt;
    }
    const bool byDomain = name.folder.ends_with("/domlogs") || name.folder == "/var/log/httpd/domains";
    const bool common = isOneOf(name.folder, {"/var/log/apache2", "/var/log/nginx", "/var/log/httpd"});
    if (name.stem.contains("error") || !(byDomain || (common && name.stem.contains("access"))))
        return {};
    const auto rest = withoutTrimmings(name.stem);
    return rest.contains('.') ? lower(rest) : std::string {};
}

} // namespace sluicegate::evidence
