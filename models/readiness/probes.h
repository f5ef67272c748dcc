// SPDX-License-Identifier: GPL-3.0-or-later
// What the server sees of other people's servers: whether its mail ports are blocked, whether its address is
// on a block list. Asked only when the operator said so.
#pragma once

#include "models/base/instant.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::readiness {

enum class PortAnswer {
    Banner, // a mail server greeted: not blocked
    Open, // connected, but no greeting came
    Refused,
    Unreachable, // no route, or an administrator forbade it
    Dropped, // silence until the time was over
    NoAddress, // the name has none of this family
    NoTool, // the server has nothing to test with
    NotTold, // what came is none of these
};

struct PortTest {
    std::string host;
    std::string address; // that was tried
    std::uint16_t port = 0;
    int family = 4; // or 6
    PortAnswer answer = PortAnswer::NotTold;
    std::string said {}; // the greeting or the complaint; foreign bytes
    bool operator==(const PortTest&) const = default;
};

enum class ListAnswer { NotListed, Listed, NotTold };

struct ListTest {
    std::string zone;
    std::string address; // the server's own
    ListAnswer answer = ListAnswer::NotTold;
    std::vector<std::string> codes {}; // 127.0.0.2 ...
    bool operator==(const ListTest&) const = default;
};

/// When it was asked, and what came; empty lists: not asked.
struct Probes {
    std::vector<PortTest> ports {};
    std::vector<ListTest> lists {};
    std::optional<base::Instant> portsAt {};
    std::optional<base::Instant> listsAt {};
};

/// What a command printed and how it ended.
struct Printed {
    std::string_view out;
    std::string_view err;
    int exitStatus = 0;
};

/// The first address of this family in the output of `getent ahostsv4` or `ahostsv6`; an IPv4 address dressed
/// as IPv6 is none.
std::string firstAddress(std::string_view getent, int family);
PortAnswer readPortTest(const Printed& printed);
/// The first line a person should see of it.
std::string firstLine(const Printed& printed);

/// "4.3.2.1.zen.example" or the 32 nibbles of an IPv6 address; empty for what is no address.
std::string listName(std::string_view address, std::string_view zone);
/// The addresses of `getent ahostsv4`, each once.
std::vector<std::string> addressesIn(std::string_view getent);
/// `asked`: the answer about the address; `known`: the answer about 127.0.0.2, which every list has (RFC
/// 5782): without that, silence means nothing. 127.255.255.x is the list's way to say that it will not tell.
ListAnswer readListTest(const Printed& asked, const Printed& known);

std::string_view name(PortAnswer answer);
std::string_view name(ListAnswer answer);
std::optional<PortAnswer> findPortAnswer(std::string_view name);
std::optional<ListAnswer> findListAnswer(std::string_view name);
bool isBlocked(PortAnswer answer);

} // namespace sluicegate::readiness
