// SPDX-License-Identifier: GPL-3.0-or-later
// A process that talks to other servers' mail ports by itself: what it is and what starts it is shown and
// kept, then it is ended.
#include "models/containment/actions.h"

#include "models/message/ascii.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace sluicegate::containment::acts {

namespace {

constexpr std::size_t most = 50; // processes in one run
constexpr std::uint64_t mostBytes = 16u << 20; // of a program that is kept

struct Process {
    std::string pid;
    std::string uid;
    std::string start; // in ticks since the machine started: with the pid it names one process for ever
};

PlannedCommand list(Stage stage)
{
    return {.stage = stage, .script = R"sh(ss -Htanp "( dport = :25 or dport = :465 or dport = :587 )")sh"};
}

// Of each pid that belongs to the user: pid, uid, start, then program, folder and command line. The fields of
// stat are counted from behind the name, which may hold blanks and brackets.
PlannedCommand describe(const Target& target, std::vector<std::string> pids)
{
    PlannedCommand command {.stage = Stage::ListProcesses,
        .script
        = R"sh(u=$(id -u "$1") || exit 67; shift; for p in "$@"; do [ "$(stat -c %u "/proc/$p" 2>/dev/null)" = "$u" ] || continue; )sh"
          R"sh(s=$(cat "/proc/$p/stat") || continue; s=${s##*) }; set -- $s; echo "$p $u ${20} $(readlink "/proc/$p/exe") | )sh"
          R"sh($(readlink "/proc/$p/cwd") | $(tr "\0" " " <"/proc/$p/cmdline" | head -c 400)"; done)sh",
        .arguments = {target.user}};
    std::ranges::move(pids, std::back_inserter(command.arguments));
    return command;
}

PlannedCommand keepProgram(std::string pid)
{
    return {.stage = Stage::CopyIntoCase,
        .script = R"sh(head -c 16777216 "/proc/$1/exe")sh",
        .arguments = {std::move(pid)}};
}

PlannedCommand tasks(const Target& target)
{
    return {.stage = Stage::ShowTasks,
        .script
        = R"sh(echo "== crontab"; crontab -l -u "$1" 2>&1; echo "== files of cron"; grep -ls -- "$1" /etc/crontab /etc/cron.d/* 2>/dev/null; )sh"
          R"sh(echo "== at"; atq 2>/dev/null | grep -w -- "$1"; echo "== systemd"; h=$(getent passwd "$1" | cut -d: -f6); )sh"
          R"sh(ls -la "$h/.config/systemd/user" 2>/dev/null; ls /var/lib/systemd/linger 2>/dev/null | grep -x -- "$1"; )sh"
          R"sh(echo "== shell"; ls -la "$h/.bashrc" "$h/.profile" "$h/.bash_profile" 2>/dev/null; true)sh",
        .arguments = {target.user}};
}

// $1: pid, $2: uid, $3: start. Pids come again: what has another start is another process. SIGTERM first, and
// what does not heed it is killed.
PlannedCommand stop(const Process& process)
{
    return {.stage = Stage::StopProcess,
        .script
        = R"sh(same() { s=$(cat "/proc/$1/stat" 2>/dev/null) || return 1; u=$(stat -c %u "/proc/$1") || return 1; w="$2 $3"; )sh"
          R"sh(s=${s##*) }; set -- $s; [ "$1" != Z ] && [ "$u ${20}" = "$w" ]; }; )sh"
          R"sh(same "$@" || { echo "it has ended by itself" >&2; exit 66; }; kill -TERM "$1"; )sh"
          R"sh(i=0; while [ $i -lt 30 ] && same "$@"; do i=$((i+1)); sleep 0.1; done; same "$@" && kill -KILL "$1"; )sh"
          R"sh(sleep 0.2; if same "$@"; then echo "it still runs" >&2; exit 1; fi)sh",
        .arguments = {process.pid, process.uid, process.start}};
}

bool isNumber(std::string_view text)
{
    return !text.empty() && text.size() < 20 && std::ranges::all_of(text, message::isDigit);
}

// users:(("php",pid=4711,fd=3),("sh",pid=4712,fd=3))
std::vector<std::string> pidsIn(std::string_view said)
{
    std::set<std::string> found;
    constexpr std::string_view mark = ",pid=";
    for (auto at = said.find(mark); at != said.npos; at = said.find(mark, at + 1)) {
        const auto rest = said.substr(at + mark.size());
        const auto pid = rest.substr(0, rest.find_first_not_of("0123456789"));
        if (isNumber(pid) && pid != "1" && found.size() < most)
            found.emplace(pid);
    }
    return {found.begin(), found.end()};
}

std::vector<Process> readProcesses(std::string_view said)
{
    std::vector<Process> all;
    while (!said.empty()) {
        auto line = said.substr(0, said.find('\n'));
        said.remove_prefix(std::min(line.size() + 1, said.size()));
        std::string_view parts[3];
        for (std::string_view& part : parts) {
            part = line.substr(0, line.find(' '));
            line.remove_prefix(std::min(part.size() + 1, line.size()));
        }
        if (std::ranges::all_of(parts, isNumber) && parts[1] != "0")
            all.push_back({std::string(parts[0]), std::string(parts[1]), std::string(parts[2])});
    }
    return all;
}

void keep(Doing& doing, const Process& process)
{
    const auto bytes = doing.run(keepProgram(process.pid));
    if (!bytes || bytes->exitStatus != 0)
        return;
    const std::string_view one[] = {bytes->out};
    const auto hashes = doing.hand().ledger().keep(one);
    const auto noted = hashes.and_then([&](const std::vector<std::string>& all) {
        Note note {
            "program-saved", "pid " + process.pid, {}, {{"pid", process.pid}, {"sha256", all.front()}}};
        note.rows.push_back(
            {.item = {.id = {"pid-" + process.pid}, .arrival = {}, .size = bytes->out.size(), .sender = {}},
                .sha256 = all.front()});
        return doing.hand().ledger().note(note);
    });
    if (!noted)
        doing.stop(noted.error());
    else
        doing.judge(Outcome::Done,
            "sha256 " + hashes->front() + (bytes->out.size() == mostBytes ? " (its first 16 MiB)" : ""));
}

// What it prints of processes there may be none: that is no failure.
std::vector<Process> found(Doing& doing, const Target& target, Stage stage)
{
    const auto listed = doing.run(list(stage));
    if (!listed || listed->exitStatus != 0)
        return {};
    auto pids = pidsIn(listed->out);
    if (pids.empty())
        return {};
    const auto described = doing.run(describe(target, std::move(pids)));
    if (!described || described->exitStatus != 0)
        return {};
    doing.judge(Outcome::Done, described->out);
    return readProcesses(described->out);
}

} // namespace

Plan planStopProcess(const Target& target)
{
    return {.action = ActionId::StopProcess,
        .target = target.user,
        .commands = {list(Stage::ListProcesses), describe(target, {"PID"}), tasks(target), keepProgram("PID"),
            stop({"PID", "UID", "START"}), list(Stage::Verify)},
        .effects = {Remark::WorkIsLost, Remark::StartsAgain, Remark::FileIsKept},
        .cannotBeUndone = {Remark::WorkIsLost}};
}

Acted stopProcess(Hand& hand, const Target& target)
{
    Doing doing(hand, "stop-process", target.user);
    if (!isUserName(target.user) || target.user == "root")
        return doing.finish();
    const auto processes = found(doing, target, Stage::ListProcesses);
    doing.run(tasks(target)); // before it ends: it may take its traces along
    if (!doing.over() && processes.empty())
        doing.add(Stage::StopProcess, Outcome::AlreadySo, "no process of the user talks to a mail port now");
    for (const Process& process : processes) {
        keep(doing, process);
        if (const auto ended = doing.run(stop(process)); ended && ended->exitStatus == 66)
            doing.judge(Outcome::AlreadySo, complaint(*ended));
    }
    if (processes.empty() || doing.over())
        return doing.finish();
    const auto again = found(doing, target, Stage::Verify);
    if (!again.empty())
        doing.judge(Outcome::Failed, "it talks to mail ports again: something starts it");
    return doing.finish();
}

} // namespace sluicegate::containment::acts
