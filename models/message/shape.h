// SPDX-License-Identifier: GPL-3.0-or-later
// Messages put together by the template they were made from: what a mailing tool leaves the same in all of
// them.
#pragma once

#include "models/message/inspection.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::message {

/// The runs of letters and digits by their length, everything else as it stands: "4f7k2p1x.20261123@" and
/// "9a8b7c6d.20251224@" look alike, while a counter may grow by a digit.
std::string shapeOf(std::string_view token);

/// The names of the fields in order (but those of the way it took), the mailer without its version, and the
/// shapes of Message-ID and MIME boundary.
std::string headShape(const Inspection& inspection);

/// A subject's words; numbers become "#", addresses "@".
std::vector<std::string> subjectWords(std::string_view subject);

struct Template {
    std::string subject; // the words all of them have; "*" stands for those that change
    std::string mailer; // X-Mailer or User-Agent of the first
    std::vector<std::size_t> members; // indices of what was given, in its order; the first represents them
};

/// Same head, and subjects of as many words of which at least half are the same. Largest first. Null entries
/// are left out.
std::vector<Template> templatesOf(const std::vector<const Inspection*>& messages);

} // namespace sluicegate::message
