// SPDX-License-Identifier: GPL-3.0-or-later
// What a path on a web site says by its place and name.
#include "models/attribution/network.h"
#include "models/attribution/requests.h"

#include <algorithm>
#include <array>

namespace sluicegate::attribution {

namespace {

// Parameters that choose what a front controller does.
std::string_view chooser(std::string_view query)
{
    static constexpr std::array<std::string_view, 5> names {
        "action=", "task=", "wc-ajax=", "option=", "mode="};
    for (const std::string_view name : names)
        for (std::size_t at = query.find(name); at != std::string_view::npos; at = query.find(name, at + 1))
            if (at == 0 || query[at - 1] == '&')
                return query.substr(at, query.find('&', at) - at);
    return {};
}

} // namespace

std::string_view pathOf(std::string_view target)
{
    if (target.starts_with("http://") || target.starts_with("https://")) {
        const std::size_t slash = target.find('/', 8);
        target = slash == std::string_view::npos ? "/" : target.substr(slash);
    }
    return target.substr(0, target.find_first_of("?#"));
}

std::string endpointOf(std::string_view target)
{
    const std::string_view path = pathOf(target);
    const std::size_t question = target.find('?');
    const std::string_view chosen
        = question == std::string_view::npos ? std::string_view() : chooser(target.substr(question + 1));
    std::string endpoint(path.substr(0, 512));
    if (!chosen.empty())
        endpoint.append("?").append(chosen.substr(0, 128));
    return endpoint;
}

bool isProgram(std::string_view path)
{
    const std::string name = lowered(path.substr(path.rfind('/') + 1));
    static constexpr std::array<std::string_view, 8> endings {
        ".php", ".phtml", ".php5", ".php7", ".php8", ".phar", ".pl", ".cgi"};
    return std::ranges::any_of(endings, [&](std::string_view ending) { return name.ends_with(ending); });
}

std::string_view dataFolder(std::string_view path)
{
    static constexpr std::array<std::string_view, 11> folders {
        "uploads", "upload", "cache", "tmp", "images", "img", "media", "files", "fonts", "css", "upgrade"};
    std::string_view rest = path;
    for (std::size_t slash = rest.find('/'); slash != std::string_view::npos; slash = rest.find('/')) {
        const std::string_view part = rest.substr(0, slash);
        rest.remove_prefix(slash + 1);
        const bool hidden = part.size() > 1 && part.front() == '.' && part != "..";
        if (hidden || std::ranges::find(folders, part) != folders.end())
            return part;
    }
    return rest.size() > 1 && rest.front() == '.' ? rest : std::string_view();
}

bool isKnownForm(std::string_view endpoint)
{
    static constexpr std::array<std::string_view, 34> marks {"/wp-comments-post.php", "action=register",
        "action=lostpassword", "action=retrievepassword", "/wp-signup.php", "/wp-json/contact-form-7/",
        "/admin-ajax.php", "/wp-json/", "wc-ajax=", "/my-account", "option=com_users", "option=com_contact",
        "task=registration", "task=contact", "/user/register", "/user/password", "/comment/reply", "/contact",
        "/kontakt", "/contacto", "/contatti", "mode=register", "/ucp.php", "/posting.php",
        "/newsletter/subscriber", "/customer/account/create", "sendmail.php", "form.php", "formmail",
        "/mailform", "/register", "/signup", "/subscribe", "/feedback"};
    const std::string name = lowered(endpoint);
    return std::ranges::any_of(
        marks, [&](std::string_view mark) { return name.find(mark) != std::string::npos; });
}

} // namespace sluicegate::attribution
