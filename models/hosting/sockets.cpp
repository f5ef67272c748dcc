// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/hosting/sockets.h"

#include "models/hosting/scan.h"

#include <algorithm>
#include <array>

namespace sluicegate::hosting {

namespace {

std::string_view takeWord(std::string_view& text)
{
    text = scan::trim(text);
    return scan::takeUntil(text, ' ');
}

// "uid:33" and "pid=4711": the number behind the mark.
std::optional<std::uint32_t> numberAfter(std::string_view text, std::string_view mark)
{
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos)
        return {};
    text.remove_prefix(at + mark.size());
    return scan::number<std::uint32_t>(text.substr(0, text.find_first_not_of("0123456789")));
}

// users:(("sleep",pid=4711,fd=3))
std::string_view processOf(std::string_view text)
{
    const std::size_t at = text.find("users:((\"");
    if (at == std::string_view::npos)
        return {};
    text.remove_prefix(at + 9);
    return text.substr(0, text.find('"'));
}

} // namespace

std::vector<MailSocket> readSockets(std::string_view bytes)
{
    std::vector<MailSocket> sockets;
    for (std::uint64_t number = 1; !bytes.empty(); ++number) {
        const std::string_view line = scan::takeLine(bytes);
        std::string_view rest = line;
        const std::string_view state = takeWord(rest);
        takeWord(rest); // Recv-Q
        takeWord(rest); // Send-Q
        takeWord(rest); // local address
        const std::string_view peer = takeWord(rest);
        const std::size_t colon = peer.rfind(':');
        if (state == "LISTEN" || colon == std::string_view::npos)
            continue;
        const auto port = scan::number<int>(peer.substr(colon + 1));
        if (!port || (*port != 25 && *port != 465 && *port != 587))
            continue;
        std::string_view remote = peer.substr(0, colon);
        if (remote.starts_with('[') && remote.ends_with(']'))
            remote = remote.substr(1, remote.size() - 2);
        MailSocket socket {.process = std::string(processOf(rest)),
            .remote = std::string(remote),
            .text = std::string(line)};
        socket.pid = numberAfter(rest, "pid=");
        socket.uid = numberAfter(rest, "uid:");
        if (!socket.uid && !socket.process.empty())
            socket.uid = 0;
        socket.port = *port;
        socket.line = number;
        sockets.push_back(std::move(socket));
    }
    return sockets;
}

bool isMailServer(std::string_view process)
{
    static constexpr std::array<std::string_view, 10> names {
        "smtp", "lmtp", "smtpd", "tlsproxy", "exim", "exim4", "qmail-remote", "sendmail", "msmtp", "master"};
    return std::ranges::find(names, process) != names.end();
}

} // namespace sluicegate::hosting
