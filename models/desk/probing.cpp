// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/probing.h"

namespace sluicegate::desk {

using base::Result;
using containment::Hand;
using readiness::ListTest;
using readiness::PortTest;
using readiness::Printed;

namespace {

constexpr auto patience = std::chrono::seconds(20); // the commands end by themselves after eight

// One simple command each: the address and the port are arguments, never part of the script.
constexpr std::string_view resolve4 = R"(timeout 8 getent ahostsv4 "$1")";
constexpr std::string_view resolve6 = R"(timeout 8 getent ahostsv6 "$1")";
constexpr std::string_view greeting
    = R"(timeout 8 bash -c 'exec 3<>"/dev/tcp/$1/$2"; head -n 1 <&3' bash "$1" "$2")";
constexpr std::string_view greetingBehindTls
    = R"(timeout 8 openssl s_client -quiet -connect "$1" -servername "$2")";

Result<ssh::Output> run(
    Hand& hand, std::string_view script, std::vector<std::string> arguments, std::string input = {})
{
    return hand.run({.script = std::string(script),
        .arguments = std::move(arguments),
        .input = std::move(input),
        .privilege = ssh::Privilege::Plain,
        .timeout = patience});
}

Printed printed(const ssh::Output& output)
{
    return {output.out, output.err, output.exitStatus};
}

Result<PortTest> testPort(Hand& hand, PortTest test)
{
    constexpr std::uint16_t tlsFromTheBegin = 465;
    const std::string port = std::to_string(test.port);
    const std::string place = test.family == 6 ? '[' + test.address + "]:" + port : test.address + ':' + port;
    const auto output = test.port == tlsFromTheBegin
        ? run(hand, greetingBehindTls, {place, test.host}, "QUIT\r\n")
        : run(hand, greeting, {test.address, port});
    if (!output)
        return std::unexpected(output.error());
    test.answer = readiness::readPortTest(printed(*output));
    test.said = readiness::firstLine(printed(*output));
    return test;
}

} // namespace

Result<void> testPorts(Hand& hand, std::span<const profile::PortTarget> targets)
{
    std::vector<PortTest> tests;
    for (const profile::PortTarget& target : targets) {
        for (const int family : {4, 6}) {
            const auto resolved = run(hand, family == 4 ? resolve4 : resolve6, {target.host});
            if (!resolved)
                return std::unexpected(resolved.error());
            const std::string address = readiness::firstAddress(resolved->out, family);
            for (const std::uint16_t port : target.ports) {
                PortTest test {target.host, address, port, family, readiness::PortAnswer::NoAddress, {}};
                if (!address.empty()) {
                    auto tested = testPort(hand, test);
                    if (!tested)
                        return std::unexpected(tested.error());
                    test = std::move(*tested);
                }
                tests.push_back(std::move(test));
            }
        }
    }
    return readiness::recordPorts(tests, hand.ledger());
}

Result<std::vector<std::string>> ownAddresses(Hand& hand, const triage::Analysis& analysis)
{
    std::vector<std::string> all;
    if (analysis.notice)
        all = analysis.notice->ips;
    if (!all.empty() || analysis.bundle.host.empty())
        return all;
    for (const int family : {4, 6}) {
        if (auto literal = readiness::firstAddress(analysis.bundle.host, family); !literal.empty())
            return std::vector {std::move(literal)};
        const auto resolved = run(hand, family == 4 ? resolve4 : resolve6, {analysis.bundle.host});
        if (!resolved)
            return std::unexpected(resolved.error());
        if (auto address = readiness::firstAddress(resolved->out, family); !address.empty())
            all.push_back(std::move(address));
    }
    return all;
}

Result<void> askLists(Hand& hand, std::span<const std::string> addresses, std::span<const std::string> zones)
{
    std::vector<ListTest> tests;
    for (const std::string& zone : zones) {
        const auto known = run(hand, resolve4, {readiness::listName("127.0.0.2", zone)});
        if (!known)
            return std::unexpected(known.error());
        for (const std::string& address : addresses) {
            const std::string name = readiness::listName(address, zone);
            if (name.empty())
                continue;
            const auto asked = run(hand, resolve4, {name});
            if (!asked)
                return std::unexpected(asked.error());
            tests.push_back({zone, address, readiness::readListTest(printed(*asked), printed(*known)),
                readiness::addressesIn(asked->out)});
        }
    }
    if (tests.empty())
        return base::fail(base::FailureKind::NotFound, "address", "no address of the server is known");
    return readiness::recordLists(tests, hand.ledger());
}

} // namespace sluicegate::desk
