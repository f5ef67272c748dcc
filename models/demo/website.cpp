// SPDX-License-Identifier: GPL-3.0-or-later
// What a technician uses around a website: curl, wp, and sed for taking lines out.
#include "models/demo/programs.h"

#include <algorithm>
#include <format>

namespace sluicegate::demo::programs {

namespace {

// What the web server answers: no site, a form that .htaccess closes, a page, or nothing of that name.
int answer(World& world, const std::string& domain, std::string_view path, bool post)
{
    const Site* site = world.site(domain);
    if (!site || !site->enabled)
        return 503;
    const auto file = path.substr(0, path.find('?'));
    if (post
        && world.fileText(site->root + "/.htaccess")
            .contains("%{REQUEST_URI} == '" + std::string(file) + '\''))
        return 403;
    return file == "/" || world.files.find(site->root + std::string(file)) ? 200 : 404;
}

// The options of WordPress that were changed here.
std::string& option(World& world, const std::string& folder, const std::string& name)
{
    return world.settings.try_emplace(folder + ' ' + name, name == "users_can_register" ? "1" : "")
        .first->second;
}

} // namespace

int curl(Call& call)
{
    bool post = false;
    std::string url;
    std::string format;
    for (std::size_t i = 1; i < call.args.size(); ++i) {
        const std::string& arg = call.args[i];
        const bool takesValue
            = arg == "-d" || arg == "-m" || arg == "-o" || arg == "-w" || arg == "--connect-to";
        post = post || arg == "-d";
        if (takesValue && i + 1 < call.args.size())
            format = arg == "-w" ? call.args[++i] : (++i, format);
        else if (!arg.starts_with('-'))
            url = arg;
    }
    const auto host = url.find("://");
    if (host == url.npos)
        return call.complain("(3) URL using bad/illegal format or missing URL", 3);
    const auto path = url.find('/', host + 3);
    const int status = answer(call.world, url.substr(host + 3, path - host - 3),
        path == url.npos ? "/" : std::string_view(url).substr(path), post);
    const auto mark = format.find("%{http_code}");
    if (mark != format.npos)
        call.out += format.replace(mark, 12, std::to_string(status));
    return 0;
}

// wp option get NAME, wp option update NAME VALUE, wp core verify-checksums
int wp(Call& call)
{
    std::vector<std::string> words;
    std::string folder;
    for (std::size_t i = 1; i < call.args.size(); ++i) {
        if (call.args[i].starts_with("--path="))
            folder = call.args[i].substr(7);
        else if (!call.args[i].starts_with("--"))
            words.push_back(call.args[i]);
    }
    if (!call.world.files.find(folder + "/wp-load.php")) {
        call.err += "Error: This does not seem to be a WordPress installation.\n";
        return 1;
    }
    if (words.size() >= 3 && words[0] == "option") {
        std::string& value = option(call.world, folder, words[2]);
        if (words[1] == "update" && words.size() > 3) {
            value = words[3];
            call.out += std::format("Success: Updated '{}' option.\n", words[2]);
        } else {
            call.out += value + '\n';
        }
        return 0;
    }
    if (words.size() >= 2 && words[0] == "core" && words[1] == "verify-checksums") {
        call.out += "Success: WordPress installation verifies against checksums.\n";
        return 0;
    }
    call.err += "Error: This is not a registered wp command.\n";
    return 1;
}

// sed "/^FIRST/,/^LAST/d" FILE: the one use of it here.
int sed(Call& call)
{
    if (call.args.size() != 3)
        return call.complain("no script specified");
    const std::string& script = call.args[1];
    const auto middle = script.find("/,/^");
    if (!script.starts_with("/^") || middle == script.npos || !script.ends_with("/d"))
        return call.complain("-e expression #1, char 1: unknown command: `" + script.substr(0, 1) + '\'');
    const std::string first = script.substr(2, middle - 2);
    const std::string last = script.substr(middle + 4, script.size() - middle - 6);
    const std::string* bytes = openFile(call, call.args[2]);
    if (!bytes)
        return 2;
    bool inside = false;
    for (const std::string_view line : linesOf(*bytes)) {
        inside = inside || line.starts_with(first);
        if (!inside)
            call.out.append(line).append("\n");
        inside = inside && !line.starts_with(last);
    }
    return 0;
}

} // namespace sluicegate::demo::programs
