// SPDX-License-Identifier: GPL-3.0-or-later
// An invented case for the tests of the case folder.
#pragma once

#include "models/casefile/casefolder.h"

namespace sluicegate::casefile {

inline const base::Instant someDay = *base::parseIso("2026-11-23T09:44:08Z");

inline evidence::Item stored(CaseFolder& folder, const std::string& path, std::string_view bytes)
{
    auto writer = folder.begin();
    if (!writer || !(*writer)->write(bytes))
        return {};
    evidence::Item about;
    about.path = path;
    return (*writer)->finish(std::move(about)).value_or(evidence::Item {});
}

inline evidence::Bundle someBundle(CaseFolder& folder)
{
    evidence::Bundle bundle;
    bundle.host = "mail.example.test";
    bundle.hostKey = "SHA256:abc";
    bundle.clock = {someDay, someDay + std::chrono::seconds(3), std::chrono::seconds(-12600)};
    bundle.warnings = {"php: refused", "bytes \xff\xfe that are no UTF-8"};
    bundle.items.push_back(stored(folder, "/var/log/maillog", "line one\nline two\n"));
    bundle.items.push_back(stored(folder, "/var/log/odd\xff/../name", "x"));
    bundle.items.push_back(stored(folder, "commands/postqueue-j", "{}\n"));
    bundle.items[1].complete = false;
    bundle.items[1].note = "rotated meanwhile";
    bundle.items[2].command = "postqueue -j";
    bundle.items[2].exitStatus = 0;
    bundle.items[2].provenance = evidence::Provenance::CommandOutput;
    bundle.items[2].pulled = someDay;
    return bundle;
}

} // namespace sluicegate::casefile
